"""Commands for the carriers of a draft: whether Word, PDF and package say the same."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Final

from pilotdesk.cli.passwords import add_password, package_at
from pilotdesk.clock import SYSTEM_CLOCK

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from pilotdesk.cli.adding import AddCommand
    from pilotdesk.projects.verifying import Group, Verification

_SHOWN_CHARACTERS: Final = 40


def add_carriers(add: AddCommand) -> None:
    """Add ``verify`` to the command line."""
    verify = add("verify", _verify, "核对 .pilot、Word、PDF：0 一致，1 改过或不一样，2 有读不出的")
    verify.add_argument("files", type=Path, nargs="+", metavar="FILE")
    verify.add_argument("--json", action="store_true")
    add_password(verify)


def _verify(asked: argparse.Namespace) -> int:
    from pilotdesk.projects.verifying import to_json, verify

    found = verify(asked.files, read=lambda path: package_at(path, asked), today=SYSTEM_CLOCK.today())
    if asked.json:
        print(json.dumps(to_json(found), ensure_ascii=False, indent=1))
    else:
        print("\n".join(_lines(found)))
    if not found.readable:
        return 2
    return 0 if found.agrees else 1


def _lines(found: Verification) -> Iterator[str]:
    """A line for every file, then what differs, then the verdict."""
    for finding in found.findings:
        yield f"{finding.file}：{finding.sentence}" if finding.documents else finding.sentence
        yield from (f"  改过：{one.label}" for one in finding.changed)
    for group in found.groups:
        names = [found.findings[place].file for place in group.files]
        if group.differences:
            yield f"{'、'.join(names)} 有 {len(group.differences)} 处不一样："
            yield from _differences(group, names)
        else:
            yield f"{'、'.join(names)} 内容一致。"


def _differences(group: Group, names: list[str]) -> Iterator[str]:
    for one in group.differences:
        yield f"  {one.label}"
        yield from (f"    {name}：{_short(text)}" for name, text in zip(names, one.texts, strict=True))


def _short(text: str) -> str:
    line = text.replace("\n", " ") or "（没有）"
    return line if len(line) <= _SHOWN_CHARACTERS else f"{line[:_SHOWN_CHARACTERS]}…"
