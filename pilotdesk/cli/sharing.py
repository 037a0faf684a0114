"""Commands for writing one draft together: hand out parts of it, and merge what comes back."""

from __future__ import annotations

import json
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from pilotdesk.cli.named import parts_named
from pilotdesk.cli.passwords import add_password, package_at, password_of
from pilotdesk.cli.targets import add_target, target_of
from pilotdesk.clock import SYSTEM_CLOCK

if TYPE_CHECKING:
    import argparse

    from pilotdesk.cli.adding import AddCommand
    from pilotdesk.drafts.package import Package
    from pilotdesk.forms.model import Form
    from pilotdesk.projects.sharing import Incoming
    from pilotdesk.session import Session


def add_sharing(add: AddCommand) -> None:
    """Add ``share`` and ``merge`` to the command line."""
    share = add("share", _share, "分工包：把草稿的几部分交给别人填")
    share.add_argument("package", type=Path)
    share.add_argument("--parts", required=True, metavar="a,b", help="请他填的部分，用步骤名，逗号隔开")
    share.add_argument("--for", dest="person", default="", help="交给谁")
    share.add_argument("--from", dest="sender", default="", help="谁交的")
    share.add_argument("--note", default="", help="要说的话")
    share.add_argument("--due", type=date.fromisoformat, help="哪天前交回，如 2026-06-30")
    merge = add("merge", _merge, "把别人交回的一份并进来：0 并好了，1 有要您决定的，2 并不了")
    merge.add_argument("here", type=Path, metavar="X.pilot", help="自己的一份")
    merge.add_argument("there", type=Path, metavar="Y.pilot", help="交回的一份")
    merge.add_argument("--base", type=Path, help="两边都从哪一份写起；不写就看 Y.pilot 里记的")
    merge.add_argument("--prefer", choices=("here", "there"), help="两边都改了的，都用自己的或都用交回的")
    merge.add_argument("--json", action="store_true")
    add_target(share, merge)
    add_password(share, merge)


def _share(asked: argparse.Namespace) -> int:
    from pilotdesk.drafts.package import write_package
    from pilotdesk.projects import session_of_package
    from pilotdesk.projects.sharing import Wanted, shared_package
    from pilotdesk.projects.sharing_words import part_words

    package = package_at(asked.package, asked)
    form = session_of_package(package, SYSTEM_CLOCK.today()).form
    parts = parts_named(form, asked.parts)
    wanted = Wanted(parts=parts, person=asked.person, sender=asked.sender, note=asked.note, due=asked.due)
    target = target_of(asked)
    write_package(shared_package(package, wanted, SYSTEM_CLOCK), target, password_of(asked))
    print(f"已存为 {target}，请填：{'；'.join(part_words(form, name) for name in parts)}")
    return 0


def _merge(asked: argparse.Namespace) -> int:
    from pilotdesk.drafts.merge_choices import Choice
    from pilotdesk.projects import session_of_package
    from pilotdesk.projects.sharing import look_into, take_over

    target = target_of(asked)
    mine, theirs = package_at(asked.here, asked), package_at(asked.there, asked)
    session = session_of_package(mine, SYSTEM_CLOCK.today())
    base = package_at(asked.base, asked) if asked.base else None
    incoming = look_into(session, theirs, *((base.values, base.accepted) if base else ()))
    _warn_of_another_project(session, theirs, base)
    conflicts = incoming.merged.conflicts
    decided = not conflicts or asked.prefer is not None
    if decided:
        take_over(session, incoming, {one.key: Choice(asked.prefer) for one in conflicts})
        _write(session, (mine, theirs), target, password_of(asked))
    if asked.json:
        print(json.dumps(_as_json(session.form, incoming, written=decided), ensure_ascii=False, indent=1))
    else:
        _print(session.form, incoming)
        print(f"已存为 {target}" if decided else f"还有 {len(conflicts)} 处要您决定，没有存 {target}")
    if not decided:
        print(
            "加 --prefer here 都用自己的，加 --prefer there 都用交回的；想一处处看，请在窗口里收回。",
            file=sys.stderr,
        )
    return 1 if conflicts else 0


def _warn_of_another_project(session: Session, theirs: Package, base: Package | None) -> None:
    """Say that what came may be about another project, as far as names tell: it has another, and began from another."""
    name = session.form.head.project_name
    here, there = session.value(name), theirs.values.get(name)
    began = theirs.share.ancestor if theirs.share else None
    known = [there, *(values.get(name) for values in (began, base.values if base else None) if values)]
    if None not in {here, there} and here not in known:
        print(f"注意：像是别的项目的一份。它写的是“{there}”，自己的一份是“{here}”。", file=sys.stderr)


def _write(session: Session, sources: tuple[Package, ...], target: Path, password: str | None) -> None:
    from pilotdesk.drafts.package import write_package
    from pilotdesk.forms.values import attachments_in
    from pilotdesk.projects import package_of

    named = {file.sha256 for file in attachments_in(session.values)}
    files = {sha256: one.files[sha256] for one in sources for sha256 in sorted(named & one.files.keys())}
    write_package(package_of(session, files), target, password)


def _print(form: Form, incoming: Incoming) -> None:
    from pilotdesk.projects.sharing_words import came_words, codes_words, side_words, where_words

    values = incoming.merged.values
    if incoming.codes:
        print(codes_words(incoming.codes))
    if not incoming.known:
        print("不知道两边从哪一份写起，凡是不一样的都要您决定。")
    for one in incoming.came:
        print(f"并入  {where_words(form, one, values)}：{came_words(form, one)}")
    for one in incoming.merged.conflicts:
        print(f"待定  {where_words(form, one, values)}")
        print(f"    我的：{side_words(form, one, one.here)}")
        print(f"    对方：{side_words(form, one, one.there)}")
    if not incoming.came and not incoming.merged.conflicts:
        print("没有新的改动。")


def _as_json(form: Form, incoming: Incoming, *, written: bool) -> dict[str, object]:
    from pilotdesk.forms.json_values import to_json
    from pilotdesk.projects.sharing_words import where_words

    values = incoming.merged.values
    return {
        "known": incoming.known,
        "written": written,
        "codes": dict(incoming.codes),
        "came": [
            {
                "path": one.path, "kind": one.kind, "part": one.part, "where": where_words(form, one, values),
                "before": to_json(one.here), "after": to_json(one.there),
            }
            for one in incoming.came
        ],
        "conflicts": [
            {
                "path": one.path, "kind": one.kind, "part": one.part, "where": where_words(form, one, values),
                "base": to_json(one.base), "here": to_json(one.here), "there": to_json(one.there),
            }
            for one in incoming.merged.conflicts
        ],
    }  # fmt: skip
