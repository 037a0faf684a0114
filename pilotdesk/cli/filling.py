"""The command that fills a form of somebody else: 套用正式模板."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import msgspec

from pilotdesk.cli.passwords import add_password, package_at
from pilotdesk.cli.targets import add_target, target_of
from pilotdesk.clock import SYSTEM_CLOCK

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from pilotdesk.cli.adding import AddCommand
    from pilotdesk.documents.filling.filling import Filled

_WHY: Final = {"no_place": "模板里没有它的地方", "not_sure": "只是猜的，没有填", "no_fit": "那个地方放不下"}


def add_filling(add: AddCommand) -> None:
    """Add ``fill`` to the command line."""
    fill = add("fill", _fill, "套用正式模板：把草稿填进别人的 Word 表；0 都填上了，1 有没放下的，2 填不了")
    fill.add_argument("template", type=Path, metavar="TEMPLATE.docx")
    fill.add_argument("package", type=Path, metavar="X.pilot")
    fill.add_argument("--mapping", type=Path, metavar="M.toml", help="用这份对应，不另外找")
    fill.add_argument("--save-mapping", type=Path, metavar="M.toml", help="把用到的对应存下来，可以改好再用")
    fill.add_argument("--json", action="store_true")
    add_target(fill)
    add_password(fill)


def _fill(asked: argparse.Namespace) -> int:
    from pilotdesk.documents.filling.filling import fill
    from pilotdesk.documents.filling.installed import mapping_for
    from pilotdesk.documents.filling.mapping import write_mapping
    from pilotdesk.documents.filling.saving import save_filled
    from pilotdesk.documents.opened import OpenedDocx
    from pilotdesk.forms.aliases import read_aliases
    from pilotdesk.forms.installed import current_folder
    from pilotdesk.projects import session_of_package

    target, today = target_of(asked), SYSTEM_CLOCK.today()
    session = session_of_package(package_at(asked.package, asked), today)
    form, round_name = session.form, session.pack.round.name
    opened = OpenedDocx.open(asked.template)
    mapping = mapping_for(opened, form, round_name=round_name, today=today, given=asked.mapping)
    aliases = read_aliases(current_folder(round_name), form.head.name)
    filled = fill(opened, mapping, form, session.freeze(), aliases)
    save_filled(opened, filled, target)
    if asked.save_mapping:
        write_mapping(mapping, asked.save_mapping)
    print(
        json.dumps(_as_json(filled), ensure_ascii=False, indent=1)
        if asked.json
        else "\n".join(_lines(filled, target))
    )
    return 1 if filled.unplaced else 0


def _as_json(filled: Filled) -> dict[str, Any]:
    return {
        "placed": [msgspec.structs.asdict(one) for one in filled.placed],
        "unplaced": [msgspec.structs.asdict(one) for one in filled.unplaced],
        "empty": list(filled.empty),
        "unclaimed": list(filled.unclaimed),
    }


def _lines(filled: Filled, target: Path) -> Iterator[str]:
    yield f"已存为 {target}，填了 {len(filled.placed)} 处，重新打开核对一致。"
    if filled.unplaced:
        yield f"还有 {len(filled.unplaced)} 栏没有填进去："
        for one in filled.unplaced:
            guess = f"（像是“{one.label}”）" if one.label else ""
            yield f"  {one.name}：{_WHY[one.why]}{guess}"
    if filled.unclaimed:
        yield f"模板里这些地方没有对上栏目：{'；'.join(filled.unclaimed)}"
