"""The command line: the same core without a window.

Exit codes: 0 all is well; 1 there is something to mend in the draft or pack; 2 what was asked for cannot
be done (bad input, folder not writable), said in one Chinese sentence on the error stream.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NoReturn

import msgspec

from pilotdesk import __version__
from pilotdesk.cli.carriers import add_carriers
from pilotdesk.cli.diagnostics import add_diagnostics
from pilotdesk.cli.filling import add_filling
from pilotdesk.cli.named import form_named
from pilotdesk.cli.passwords import add_password, package_at, password_of
from pilotdesk.cli.projects import add_commands
from pilotdesk.cli.readback import add_readback
from pilotdesk.cli.review import add_review
from pilotdesk.cli.self_test import add_self_test
from pilotdesk.cli.sharing import add_sharing
from pilotdesk.cli.targets import add_target, target_of
from pilotdesk.cli.updates import add_updates
from pilotdesk.cli.window import add_window, complain, meant
from pilotdesk.clock import SYSTEM_CLOCK
from pilotdesk.errors import PilotDeskError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from pilotdesk.cli.adding import AddCommand
    from pilotdesk.documents.blocks import Outline
    from pilotdesk.drafts.package import Package
    from pilotdesk.forms.model import Field, FormPack
    from pilotdesk.rules.issue import Issue
    from pilotdesk.session import Session

    _Commands = argparse._SubParsersAction[argparse.ArgumentParser]

SEVERITY_WORDS: Final = {"error": "必须改", "warning": "请核实", "hint": "建议"}


def run(arguments: Sequence[str]) -> int:
    """Carry out one command line; returns the exit code."""
    for stream in (sys.stdout, sys.stderr):
        # A Chinese Windows console is not UTF-8, and a sentence must never end in a traceback.
        getattr(stream, "reconfigure", lambda **_: None)(encoding="utf-8", errors="replace")
    parser, commands = _parser()
    given = meant(arguments, tuple(commands.choices or ()))
    asked = parser.parse_args(given)
    try:
        command: Callable[[argparse.Namespace], int] = asked.command
        return command(asked)
    except PilotDeskError as trouble:
        from pilotdesk.trouble_journal import note

        note(trouble)
        complain(str(trouble), in_window=given[:1] == ["gui"])
        for line in trouble.context.get("mistakes", ()):  # type: ignore[attr-defined]
            print(f"  {line}", file=sys.stderr)
        return 2
    except BrokenPipeError:
        # Whoever was reading has read enough (`… | head`); the rest goes nowhere, without a complaint.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


# -- commands ------------------------------------------------------------------------------------


def _demo(asked: argparse.Namespace) -> int:
    from pilotdesk.pictures import run_demo

    files, pictures = run_demo(asked.out)
    print(f"样例已导出：{'、'.join(file.name for file in files)}，逐栏读回核对一致。")
    print(f"另存了 {len(pictures)} 张页面图片。都在 {asked.out.resolve()}")
    return 0


def _sample(asked: argparse.Namespace) -> int:
    from pilotdesk.drafts.package import write_package
    from pilotdesk.forms.shipped import load_shipped
    from pilotdesk.projects import CURRENT_ROUND, sample_package

    form_named(load_shipped(CURRENT_ROUND), asked.form)
    target = target_of(asked)
    write_package(sample_package(asked.form), target, password_of(asked))
    print(f"练习样例已存为 {target}")
    return 0


def _pack_show(asked: argparse.Namespace) -> int:
    from pilotdesk.forms.installed import current_pack

    listed = list(_listed_fields(current_pack(asked.round)))
    if asked.json:
        print(json.dumps(listed, ensure_ascii=False, indent=1))
        return 0
    for entry in listed:
        required = {True: "必填", False: "选填"}.get(entry["required"], "视情况必填")
        number = f"{entry['number']} " if entry["number"] else ""
        source = "、".join(entry["source"])
        print(
            f"{entry['form']}  {entry['path']}  {entry['type']}  {number}{entry['label']}  {required}  {source}"
        )
    return 0


def _listed_fields(pack: FormPack) -> Iterator[dict[str, Any]]:
    """Every field of every form, columns as ``table[].column`` and parts as ``person.part``."""

    def entry(form: str, path: str, field: Field, owner: Field) -> dict[str, Any]:
        sources = field.source or owner.source
        return {
            "form": form,
            "name": field.name,
            "path": path,
            "number": field.number,
            "type": field.type,
            "label": field.label,
            "required": field.required,
            "source": list(dict.fromkeys(pack.sources[key].title for key in sources)),
            "basis": sorted({pack.sources[key].kind for key in sources}),
        }

    for form_name, form in pack.forms.items():
        for name, field in form.fields.items():
            yield entry(form_name, name, field, field)
            for column in field.columns:
                yield entry(form_name, f"{name}[].{column.name}", column, field)
            for part in field.parts:
                yield entry(form_name, f"{name}.{part.name}", part, field)


def _pack_lint(asked: argparse.Namespace) -> int:
    from pilotdesk.updates.building import pack_mistakes

    lines = pack_mistakes(asked.folder, asked.old or ())
    for line in lines:
        print(line)
    print(f"{asked.folder}：{'没有发现问题' if not lines else f'{len(lines)} 处要改'}")
    return 1 if lines else 0


def _new(asked: argparse.Namespace) -> int:
    from pilotdesk.drafts.package import write_package
    from pilotdesk.forms.installed import current_pack
    from pilotdesk.projects import new_package

    pack = current_pack(asked.round)
    form_named(pack, asked.form)
    target = target_of(asked)
    given = [package_at(source, asked) for source in asked.given]
    package = new_package(pack, asked.form, asked.answers, given=given)
    write_package(package, target, password_of(asked))
    print(f"已存为 {target}，填了 {len(package.values)} 项")
    return 0


def _check(asked: argparse.Namespace) -> int:
    from pilotdesk.projects import session_of_package

    session = session_of_package(package_at(asked.package, asked), SYSTEM_CLOCK.today())
    issues = session.all_issues()
    counts = {name: sum(issue.severity.value == name for issue in issues) for name in SEVERITY_WORDS}
    if asked.json:
        listed = [msgspec.structs.asdict(issue) | {"severity": issue.severity.value} for issue in issues]
        print(json.dumps({"counts": counts, "issues": listed}, ensure_ascii=False, indent=1))
    else:
        _print_issues(issues, {key: source.title for key, source in session.pack.sources.items()})
        print("，".join(f"{word} {counts[name]}" for name, word in SEVERITY_WORDS.items()))
    return 1 if counts["error"] else 0


def _print_issues(issues: Sequence[Issue], titles: dict[str, str]) -> None:
    for issue in issues:
        print(f"〔{SEVERITY_WORDS[issue.severity.value]}〕{issue.where}：{issue.what}")
        sources = "、".join(titles[key] for key in issue.source)
        for word, text in (
            ("为什么", issue.why),
            ("怎么改", issue.fix),
            ("例子", issue.example),
            ("依据", sources),
        ):
            if text:
                print(f"    {word}：{text}")


def _export(asked: argparse.Namespace) -> int:
    from pilotdesk.errors import ExportError
    from pilotdesk.projects import export_session, session_of_package

    package = package_at(asked.package, asked)
    session = session_of_package(package, SYSTEM_CLOCK.today(), check_later=True)
    both = not asked.word and not asked.pdf
    word, pdf = asked.word or both, asked.pdf or both
    try:
        result = export_session(
            session, asked.to, word=word, pdf=pdf, draft=asked.draft, papers=_papers(package, session),
            content=package.files.get,
        )  # fmt: skip
    except ExportError as trouble:
        if trouble.code != "errors_left":
            raise
        print(f"{trouble}（加 --draft）", file=sys.stderr)
        return 1
    for file in result.files:
        print(file.path)
    codes = "、".join(code for _, code in result.check_codes)
    code = f"，校验码 {codes}" if codes else ""
    print(f"逐栏读回核对：{result.answers} / {result.answers} 一致，共 {result.pages} 页{code}")
    if result.left_out:
        print(result.left_out_sentence)
    return 0


def _papers(package: Package, session: Session) -> tuple[Outline, ...]:
    """What goes along with the documents of a draft that was sent back."""
    if package.returned is None:
        return ()
    from pilotdesk.projects.returned_paper import comparison_outline

    return (comparison_outline(session, package.returned),)


def _shot(asked: argparse.Namespace) -> int:
    from pilotdesk.pictures import save_desk_shot, save_shot

    style = {"size": asked.size, "theme": asked.theme, "text": asked.text, "scale": asked.scale}
    if asked.desk is not None:
        save_desk_shot(asked.desk, asked.number, asked.to, **style)
    else:
        save_shot(package_at(asked.package, asked), asked.page, asked.to, **style)
    print(f"已存为 {asked.to}")
    return 0


# -- arguments -----------------------------------------------------------------------------------


def _size(text: str) -> tuple[int, int]:
    """``1366x697`` as width and height; argparse turns the ValueError into its own sentence."""
    width, height = text.split("x")
    return int(width), int(height)


_HEADINGS: Final = {
    "usage: ": "用法：",
    "positional arguments:": "要写的：",
    "options:": "可以写的：",
    "show this help message and exit": "看这个说明",
    "show program's version number and exit": "看是哪一版",
}
"""What argparse has for the parts of its help."""


class _ChineseParser(argparse.ArgumentParser):
    """An argument parser that says in one Chinese sentence what it did not understand; exit code 2."""

    def format_help(self) -> str:
        text = super().format_help()
        for english, words in _HEADINGS.items():
            text = text.replace(english, words, 1)
        return text

    def error(self, message: str) -> NoReturn:
        usage = " ".join(self.format_usage().removeprefix("usage: ").split())
        complain(f"没看懂这条命令：{_in_chinese(message)}。用法：{usage}", in_window=True)
        self.exit(2)


def _in_chinese(message: str) -> str:
    """What argparse has to say, in Chinese."""
    for pattern, words in (
        (r"the following arguments are required: (.*)", r"还缺 \1"),
        (r"one of the arguments (.*) is required", r"还缺 \1 中的一个"),
        (r"argument (\S+): not allowed with argument (\S+)", r"\1 和 \2 只能写一个"),
        (r"argument (\S+): invalid choice: '(.*?)'.*", r"\1 没有 \2 这一项"),
        (r"argument (\S+): expected one argument", r"\1 后面还缺一个值"),
        (r"argument (\S+): invalid .* value: '(.*)'", r"\1 后面的 \2 读不懂"),
        (r"unrecognized arguments: (.*)", r"不认得 \1"),
    ):
        if re.fullmatch(pattern, message):
            return re.sub(pattern, words, message)
    return message


def _parser() -> tuple[argparse.ArgumentParser, argparse.Action]:
    """The parser, and what knows the commands."""
    parser = _ChineseParser(prog="pilotdesk", description="PilotDesk 标准化试点申报助手", add_help=True)
    parser.add_argument("--version", action="version", version=f"PilotDesk {__version__}")
    commands = parser.add_subparsers(required=True, metavar="命令", parser_class=_ChineseParser)

    def add(name: str, command: Callable[[argparse.Namespace], int], text: str) -> argparse.ArgumentParser:
        made = commands.add_parser(name, help=text, description=text)
        made.set_defaults(command=command)
        return made

    add_window(add)
    demo = add("demo", _demo, "不开窗口，把样例导出并给每一页拍照")
    demo.add_argument("--out", type=Path, default=Path("out"), help="存到哪个文件夹")
    sample = add("sample", _sample, "存一份填好的练习样例")
    sample.add_argument("--form", default="application", help="哪一张表单，不写就是申报书")
    add_updates(add, _add_pack_commands(add("pack", _pack_show, "看、检查、签名、安装表单包")))
    new = add("new", _new, "由答案文件新建一份草稿")
    new.add_argument("--round", default="2026")
    new.add_argument("--form", default="application")
    new.add_argument("--answers", type=Path)
    new.add_argument(
        "--from", dest="given", type=Path, action="append", default=[], metavar="A.pilot",
        help="同一个项目别的表单的草稿，已经写过的从那里带来；可以写几个",
    )  # fmt: skip
    check = add("check", _check, "检查一份草稿：0 没有必须改的，1 有，2 文件读不了")
    check.add_argument("package", type=Path)
    check.add_argument("--json", action="store_true")
    add_target(sample, new)
    add_password(sample, new, check)
    _add_output_commands(add)
    add_commands(add)
    add_sharing(add)
    add_carriers(add)
    add_filling(add)
    add_readback(add)
    add_review(add)
    add_diagnostics(add)
    add_self_test(add)
    return parser, commands


def _add_pack_commands(pack: argparse.ArgumentParser) -> _Commands:
    """Those that look at packs; returns what the others are added to."""
    inner: _Commands = pack.add_subparsers(required=True, metavar="命令", parser_class=_ChineseParser)
    show = inner.add_parser("show", help="列出每个栏目")
    show.add_argument("round")
    show.add_argument("--json", action="store_true")
    show.set_defaults(command=_pack_show)
    lint = inner.add_parser("lint", help="检查表单包")
    lint.add_argument("folder", type=Path)
    lint.add_argument(
        "--old", type=Path, action="append", help="旧版表单包的文件夹，核对旧版的栏目是否都有去处"
    )
    lint.set_defaults(command=_pack_lint)
    return inner


def _add_output_commands(add: AddCommand) -> None:
    export = add("export", _export, "导出 Word 和 PDF，并读回核对")
    export.add_argument("package", type=Path)
    export.add_argument("--to", type=Path, required=True)
    for name, text in (("--word", "只要 Word"), ("--pdf", "只要 PDF"), ("--draft", "草稿，带水印")):
        export.add_argument(name, action="store_true", help=text)
    shot = add("shot", _shot, "把一个页面画成图片")
    shown = shot.add_mutually_exclusive_group(required=True)
    shown.add_argument("package", type=Path, nargs="?")
    shown.add_argument("--desk", type=Path, help="画省级审核台：它的文件")
    shot.add_argument("--page", default="start", help="草稿的哪一页")
    shot.add_argument("--number", type=int, default=0, help="审核台里看着的那一件的编号")
    shot.add_argument("--to", type=Path, required=True)
    shot.add_argument("--size", type=_size, default=(1366, 697), help="窗口内大小，逻辑像素")
    shot.add_argument("--theme", choices=("light", "dark", "contrast"), default="light")
    shot.add_argument("--text", choices=("standard", "large", "extra"), default="standard", help="字号")
    shot.add_argument("--scale", type=float, default=1.0, help="屏幕缩放，如 1.5")
    add_password(export, shot)
