"""The commands of who distributes updates, and of who installs them without a window."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import msgspec

from pilotdesk import __version__
from pilotdesk.cli.passwords import add_key_password, key_password
from pilotdesk.cli.targets import add_target, target_of
from pilotdesk.clock import SYSTEM_CLOCK, local_day
from pilotdesk.errors import UpdateError

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterable, Iterator

    from pilotdesk.cli.adding import AddCommand
    from pilotdesk.drafts.store import DraftStore
    from pilotdesk.updates.keys import Distributor
    from pilotdesk.updates.planning import FormChange, UpdatePlan
    from pilotdesk.updates.record import InstalledUpdate

    _Commands = argparse._SubParsersAction[argparse.ArgumentParser]

STATE_WORDS: Final = {
    "active": "正在用",
    "covered": "程序自带的更新，没有用它",
    "spoilt": "文件少了或变了，没有用它，请把更新文件再装一次",
    "replaced": "后来又装了别的",
    "undone": "已撤销",
}


def add_updates(
    add: AddCommand,
    pack: _Commands,
) -> None:
    """Add the commands.

    Args:
        add: makes a command.
        pack: what the commands of ``pack`` are added to.
    """
    _add_making(pack)
    _add_installing(pack)
    program = add("program", _program_verify, "签名或核对安装程序")
    inner = program.add_subparsers(required=True, metavar="sign|verify", parser_class=type(program))
    sign = _one(inner, "sign", _program_sign, "给安装程序签名，在它旁边写一个 .pdsig 文件")
    sign.add_argument("setup", type=Path, metavar="SETUP.exe|.zip|.deb")
    sign.add_argument("--version", required=True, help="里面程序的版本，如 0.2.0")
    _add_notes(sign)
    _add_secret(sign)
    verify = _one(
        inner, "verify", _program_verify, "核对安装程序：0 是签名的那一份而且更新，1 不更新，2 不能用"
    )
    verify.add_argument("setup", type=Path, metavar="SETUP.exe|SETUP.exe.pdsig")
    verify.add_argument("--json", action="store_true")


def _one(
    inner: _Commands, name: str, command: Callable[[argparse.Namespace], int], text: str
) -> argparse.ArgumentParser:
    made = inner.add_parser(name, help=text, description=text)
    made.set_defaults(command=command)
    return made


def _add_making(pack: _Commands) -> None:
    key = _one(pack, "key", _key, "做一对钥匙：公钥 .pdkey 发给大家，私钥 .pdsecret 自己收好")
    key.add_argument("--name", required=True, help="发放单位的名称，如 某省标准化研究院")
    key.add_argument("--to", type=Path, required=True, help="存到哪个文件夹")
    add_key_password(key)
    build = _one(pack, "build", _build, "检查一个表单包，做成更新文件（还没有签名）")
    build.add_argument("folder", type=Path)
    add_target(build)
    _add_notes(build)
    build.add_argument("--old", type=Path, action="append", default=[], help="它换掉的旧版表单包的文件夹")
    build.add_argument("--needs", default=__version__, help="至少要哪一版程序，不写就是现在这一版")
    sign = _one(pack, "sign", _sign, "给更新文件签名")
    sign.add_argument("file", type=Path, metavar="X.pdpack")
    sign.add_argument("--to", type=Path, help="签好的存到哪里，不写就是原来的文件")
    _add_secret(sign)


def _add_installing(pack: _Commands) -> None:
    trust = _one(pack, "trust", _trust, "登记一个发放单位的公钥")
    trust.add_argument("file", type=Path, metavar="K.pdkey")
    trust.add_argument("--fingerprint", required=True, help="打电话核对过的指纹")
    verify = _one(pack, "verify", _verify, "看更新文件是谁签的、改了什么，不安装")
    verify.add_argument("file", type=Path, metavar="X.pdpack")
    verify.add_argument("--key", type=Path, metavar="K.pdkey", help="只认这个公钥，不管登记了谁")
    install = _one(pack, "install", _install, "装上一个签过名的更新")
    install.add_argument("file", type=Path, metavar="X.pdpack")
    undone = _one(pack, "undo", _undo, "撤销最近装上的更新")
    undone.add_argument("round", nargs="?", help="哪一年的表单，不写就是最近装上的那一份")
    listed = _one(pack, "list", _list, "列出装过的更新和登记过的发放单位")
    for command in (trust, verify, install, undone, listed):
        command.add_argument("--json", action="store_true")


def _add_notes(command: argparse.ArgumentParser) -> None:
    notes = command.add_mutually_exclusive_group()
    notes.add_argument("--notes", default="", help="改了什么，写给收到的人看")
    notes.add_argument("--notes-file", type=Path, metavar="F", help="同上，写在一个 UTF-8 的文本文件里")


def _add_secret(command: argparse.ArgumentParser) -> None:
    command.add_argument("--key", type=Path, required=True, metavar="K.pdsecret", help="私钥")
    add_key_password(command)
    command.add_argument("--json", action="store_true")


# -- making ----------------------------------------------------------------------------------------


def _key(asked: argparse.Namespace) -> int:
    from pilotdesk.updates.keys import make_keys

    made = make_keys(asked.to, asked.name, key_password(asked, twice=True))
    print(f"公钥：{made.public}（发给大家，安装以前放在安装程序旁边）")
    print(f"私钥：{made.secret}（只放在自己手里，另存一份锁好；密码忘了就没有办法）")
    print(f"指纹：{made.fingerprint}（印在发放说明上，有人打电话来就念给他听）")
    return 0


def _build(asked: argparse.Namespace) -> int:
    from pilotdesk.updates.building import build_pack

    built = build_pack(
        asked.folder, target_of(asked), _notes(asked), older=asked.old, needs_program=asked.needs
    )
    for name in built.left_out:
        print(f"没有带上：{name}", file=sys.stderr)
    for doubt in built.doubts:
        print(f"请核实：{doubt}", file=sys.stderr)
    print(f"已做成 {built.path}，还没有签名。下一步：pilotdesk pack sign {built.path} --key 私钥")
    return 0


def _sign(asked: argparse.Namespace) -> int:
    from pilotdesk.updates.building import sign_pack
    from pilotdesk.updates.keys import secret_key

    built = sign_pack(asked.file, asked.to or asked.file, secret_key(asked.key, key_password(asked)))
    if asked.json:
        _print_json({"file": str(built.path), **msgspec.to_builtins(built.manifest)})
    else:
        print(
            f"已签名：{built.path}。照收到的人那样看一遍：pilotdesk pack verify {built.path} --key 公钥.pdkey"
        )
    return 0


def _program_sign(asked: argparse.Namespace) -> int:
    from pilotdesk.updates.building import describe_program
    from pilotdesk.updates.keys import secret_key

    secret = secret_key(asked.key, key_password(asked))
    built = describe_program(asked.setup, asked.version, _notes(asked), secret)
    if asked.json:
        _print_json({"file": str(built.path), **msgspec.to_builtins(built.manifest)})
    else:
        print(f"已签名：{built.path}。和安装程序一起发，放在同一个文件夹里。")
    return 0


def _program_verify(asked: argparse.Namespace) -> int:
    from pilotdesk.updates.program import NO_USE, newer_program

    try:
        found = newer_program(asked.setup)
    except UpdateError as trouble:
        if trouble.code not in NO_USE:
            raise
        if asked.json:
            _print_json({"newer": False, "code": trouble.code})
        else:
            print(f"签名是真的。{trouble}")
        return 1
    if asked.json:
        said = {**msgspec.structs.asdict(found), "signer": _shown(found.signer)}
        _print_json({"newer": True, **{key: _plain(value) for key, value in said.items()}})
    else:
        print(f"{found.path.name}：第 {found.version} 版，{found.signer.name} 签的，一个字节没有变。")
        print(found.notes, end="\n" if found.notes else "")
    return 0


def _notes(asked: argparse.Namespace) -> str:
    if asked.notes_file is None:
        return str(asked.notes)
    try:
        return str(asked.notes_file.read_text("utf-8-sig"))
    except OSError as trouble:
        raise UpdateError("update_missing", name=asked.notes_file.name) from trouble
    except UnicodeDecodeError as trouble:  # older Windows saves what it calls ANSI
        raise UpdateError("notes_unread", name=asked.notes_file.name) from trouble


# -- installing ------------------------------------------------------------------------------------


def _trust(asked: argparse.Namespace) -> int:
    from pilotdesk.updates.keys import add_distributor, namesakes, read_key, same_fingerprint

    offered = read_key(asked.file)
    if not same_fingerprint(asked.fingerprint, offered.fingerprint):
        raise UpdateError("key_differs", fingerprint=offered.fingerprint)
    for one in namesakes(offered):
        print(f"注意：已经登记过“{one.name}”，指纹是 {one.fingerprint}，和这个不一样。", file=sys.stderr)
    known = add_distributor(offered)
    if asked.json:
        _print_json(_shown(known))
    else:
        print(f"已登记：{known.name}，指纹 {known.fingerprint}")
    return 0


def _verify(asked: argparse.Namespace) -> int:
    from pilotdesk.updates.keys import read_key
    from pilotdesk.updates.planning import plan_of
    from pilotdesk.updates.reading import read_update

    known = None if asked.key is None else [read_key(asked.key)]
    plan = plan_of(read_update(asked.file, known))
    _print_plan(plan, as_json=asked.json)
    return 0


def _install(asked: argparse.Namespace) -> int:
    from pilotdesk.updates.installing import install_pack
    from pilotdesk.updates.planning import plan_of
    from pilotdesk.updates.reading import read_update

    update = read_update(asked.file)
    with _Hold() as store:
        plan = plan_of(update, store.cards())
        installed = install_pack(plan, store)
    if asked.json:
        _print_json(_entry(installed))
    else:
        _print_plan(plan, as_json=False)
        print(f"装好了。撤销：pilotdesk pack undo {installed.round}")
    return 0


def _undo(asked: argparse.Namespace) -> int:
    from pilotdesk.updates.installing import undo
    from pilotdesk.updates.planning import undo_plan
    from pilotdesk.updates.record import installed_updates

    with _Hold() as store:
        found = [one for one in installed_updates() if one.undoable and asked.round in {None, one.round}]
        if not found:
            raise UpdateError("update_none")
        plan = undo_plan(found[0], store.cards())
        undone = undo(found[0], store)
    if asked.json:
        _print_json(_entry(undone))
    else:
        print(f"已撤销“{undone.title}”的更新。{plan.sentence}")
    return 0


def _list(asked: argparse.Namespace) -> int:
    from pilotdesk.updates.keys import distributors
    from pilotdesk.updates.record import installed_updates

    known, installed = distributors(), installed_updates()
    if asked.json:
        _print_json(
            {"updates": [_entry(one) for one in installed], "distributors": [_shown(one) for one in known]}
        )
        return 0
    for one in installed:
        versions = "、".join(f"{form} 第 {version} 版" for form, version in one.versions.items())
        print(f"{local_day(one.at)}  {one.title}  {one.signer}  {STATE_WORDS[one.state]}  （{versions}）")
    for known_one in known:
        origin = {"installed": "随程序装的", "added": f"{known_one.added} 登记"}[known_one.origin]
        print(f"发放单位  {known_one.name}  {known_one.fingerprint}  {origin}")
    if not installed and not known:
        print("没有装过更新，也没有登记发放单位。")
    return 0


class _Hold:
    """The drafts with the data directory in our hands; nobody else writes meanwhile."""

    def __enter__(self) -> DraftStore:
        """Take them.

        Raises:
            UpdateError: ``update_held``.
            StoreError: they cannot be opened.
        """
        from pilotdesk.drafts.lock import FolderLock
        from pilotdesk.drafts.store import DraftStore
        from pilotdesk.paths import data_dir

        folder = data_dir()
        self._lock = FolderLock(folder, SYSTEM_CLOCK)
        held = self._lock.take()
        if held is not None:
            raise UpdateError("update_held", who=held.holder.host if held.holder else "另一个程序")
        try:
            self._store = DraftStore(folder, SYSTEM_CLOCK)
        except BaseException:
            self._lock.release()
            raise
        return self._store

    def __exit__(self, *_given: object) -> None:
        """Let go."""
        self._store.close()
        self._lock.release()


# -- words -----------------------------------------------------------------------------------------


def _print_plan(plan: UpdatePlan, *, as_json: bool) -> None:
    if as_json:
        said = {
            "round": plan.round, "title": plan.title, "notes": plan.notes, "made": plan.manifest.made,
            "signer": _shown(plan.update.signer), "sha256": plan.update.sha256, "is_new_round": plan.is_new_round,
            "forms": [msgspec.structs.asdict(form) for form in plan.forms], "round_lines": plan.round_lines,
            "drafts": [msgspec.structs.asdict(draft) for draft in plan.drafts], "warnings": plan.warnings,
        }  # fmt: skip
        _print_json(said)
        return
    for line in _plan_lines(plan):
        print(line)


def _plan_lines(plan: UpdatePlan) -> Iterator[str]:
    signer = plan.update.signer
    yield f"{plan.title}，{signer.name} 签名（指纹 {signer.fingerprint}），{local_day(plan.manifest.made)} 做成"
    yield from _indented(plan.notes.splitlines())
    yield from (f"注意：{line}" for line in plan.warnings)
    yield from _indented(plan.round_lines)
    for form in plan.forms:
        yield f"{form.title}：{_versions(form)}{'' if form.lines else '，没有改动'}"
        yield from _indented(form.lines)
    if plan.drafts:
        yield f"和 {len(plan.drafts)} 份草稿有关："
        yield from _indented(f"{draft.form}{draft.line}" for draft in plan.drafts)


def _versions(form: FormChange) -> str:
    if form.old == form.new:
        return f"还是第 {form.new} 版"
    return " → ".join(f"第 {version} 版" if version else "没有" for version in (form.old, form.new))


def _indented(lines: Iterable[str]) -> Iterator[str]:
    yield from (f"  {line}" for line in lines)


def _shown(one: Distributor) -> dict[str, Any]:
    """A distributor without the bytes of the key."""
    return {
        "name": one.name, "fingerprint": one.fingerprint, "origin": one.origin, "made": one.made, "added": one.added
    }  # fmt: skip


def _entry(one: InstalledUpdate) -> dict[str, Any]:
    return {**msgspec.structs.asdict(one), "undoable": one.undoable}


def _plain(value: object) -> object:
    return str(value) if isinstance(value, Path) else value


def _print_json(said: object) -> None:
    print(json.dumps(said, ensure_ascii=False, indent=1))
