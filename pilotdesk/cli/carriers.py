"""Commands for the carriers of a draft: whether Word, PDF and package say the same."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from pilotdesk.cli.passwords import add_password, package_at
from pilotdesk.cli.texts import SHOWN, differing, one_line
from pilotdesk.clock import SYSTEM_CLOCK

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from pilotdesk.cli.adding import AddCommand
    from pilotdesk.projects.verifying import Changed, Group, Verification


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
        yield from (f"  改过：{one.label}，{_now(one)}" for one in finding.changed)
    for group in found.groups:
        names = [found.findings[place].file for place in group.files]
        if group.differences:
            yield f"{'、'.join(names)} 有 {len(group.differences)} 处不一样："
            yield from _differences(group, names)
        else:
            yield f"{'、'.join(names)} 内容一致。"


def _now(one: Changed) -> str:
    """What stands in a changed place now: a Word file keeps a fingerprint of what it was written with, not the words."""
    text = one_line(one.text)
    if len(text) > 2 * SHOWN:  # which words are new nobody knows: often the last ones
        text = f"{text[:SHOWN]} …… {text[-SHOWN:]}"
    return f"现在是“{text}”" if text else "现在没有了"


def _differences(group: Group, names: list[str]) -> Iterator[str]:
    for one in group.differences:
        yield f"  {one.label}"
        texts = zip(names, differing(one.texts), strict=True)
        yield from (f"    {name}：{text or '（没有）'}" for name, text in texts)
