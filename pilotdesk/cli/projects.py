"""Commands on whole projects: what is due when, and the hand-over file."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from pilotdesk.cli.passwords import add_password, package_at
from pilotdesk.clock import SYSTEM_CLOCK

if TYPE_CHECKING:
    import argparse
    from collections.abc import Mapping

    from pilotdesk.cli.adding import AddCommand
    from pilotdesk.drafts.copies import ProjectCopy
    from pilotdesk.drafts.package import Package
    from pilotdesk.drafts.records import DraftCard
    from pilotdesk.forms.round import Round
    from pilotdesk.projects.timeline import Timeline


def add_commands(add: AddCommand) -> None:
    """Add ``timeline`` and ``handover`` to the command line."""
    line = add("timeline", _timeline, "一个项目现在到哪一步，什么时候交什么")
    line.add_argument("source", type=Path, help="一份 .pilot 草稿，或一个交接包 .zip")
    line.add_argument("--json", action="store_true")
    line.add_argument("--ics", type=Path, help="另存一份可以放进日历的文件")
    line.add_argument(
        "--said", type=_said, action="append", default=[], metavar="名称=日期",
        help="您知道的日子，如 admitted=2026-11-10、self_assessment=2029-03-01、summary_2027.county=2027-11-10",
    )  # fmt: skip
    add_password(line)
    kit = add("handover", _handover, "存交接包；或核对一个交接包")
    what = kit.add_mutually_exclusive_group(required=True)
    what.add_argument("--to", type=Path, help="存到哪个文件夹：这台电脑上的每个项目一个文件")
    what.add_argument("--check", type=Path, help="核对这个交接包，不读进来")


def _said(text: str) -> tuple[str, date]:
    """``admitted=2026-11-10``; argparse turns the ValueError into its own sentence."""
    name, day = text.split("=")
    return name, date.fromisoformat(day)


# -- timeline ------------------------------------------------------------------------------------


def _timeline(asked: argparse.Namespace) -> int:
    from pilotdesk.projects.calendar_file import calendar_file, events_of

    project_id, cards, dates = _read(asked.source, asked)
    round_, line = _line(cards, dates | dict(asked.said))
    _require_names(round_, [name for name, _ in asked.said])
    title = next((card.facts.title for card in cards if card.facts.title), "")
    if asked.ics:
        from pilotdesk.atomic import replacing

        with replacing(asked.ics) as part:
            part.write_bytes(calendar_file(events_of(project_id, title, line), SYSTEM_CLOCK))
    if asked.json:
        print(json.dumps(_as_json(line), ensure_ascii=False, indent=1))
    else:
        _print_line(title, line, round_)
    return 0


def _require_names(round_: Round, names: list[str]) -> None:
    from pilotdesk.errors import PackError
    from pilotdesk.projects.timeline import date_names

    known = date_names(round_)
    for name in names:
        if name not in known:
            raise PackError("date_unknown", name=name, known="、".join(known))


def _read(source: Path, asked: argparse.Namespace) -> tuple[str, tuple[DraftCard, ...], dict[str, date]]:
    """Project id, drafts and dates of a package or a hand-over file."""
    from pilotdesk.projects.handover import is_kit, read_kit

    if is_kit(source):
        copy = read_kit(source)
        return copy.project_id, tuple(draft.record.card for draft in copy.drafts), dict(copy.dates)
    return "p_package", (_card(package_at(source, asked)),), {}


def _card(package: Package) -> DraftCard:
    """The draft of a package, as a store would show it."""
    from pilotdesk.drafts.records import DraftCard
    from pilotdesk.projects import facts_of, session_of_package

    stamp = SYSTEM_CLOCK.stamp()
    return DraftCard(
        draft_id="d_package",
        project_id="p_package",
        form=package.form,
        round=package.round,
        facts=facts_of(session_of_package(package, SYSTEM_CLOCK.today())),
        practice=package.practice,
        revision=package.revision,
        created=stamp,
        updated=stamp,
    )


def _line(cards: tuple[DraftCard, ...], dates: Mapping[str, date]) -> tuple[Round, Timeline]:
    from pilotdesk.forms.installed import current_pack
    from pilotdesk.projects import CURRENT_ROUND
    from pilotdesk.projects.timeline import timeline

    round_ = current_pack(cards[0].round if cards else CURRENT_ROUND).round
    return round_, timeline(cards, round_, dates, SYSTEM_CLOCK.today())


def _print_line(title: str, line: Timeline, round_: Round) -> None:
    from pilotdesk.projects.timeline_words import (
        basis_words,
        due_title,
        next_sentence,
        stage_words,
        state_words,
    )

    print(f"{title or '未命名的项目'}：{stage_words(line)}")
    if line.closed:
        print(f"{round_.name} 年度征集已截止，现在新建的申报书可以为下一轮做准备。")
    for due in line.dated:
        print(f"  {due.day}  {due_title(due)}  {state_words(due)}  （{basis_words(due)}）")
    print(f"下一步：{next_sentence(line)}")


def _as_json(line: Timeline) -> dict[str, object]:
    from pilotdesk.projects.timeline_words import due_title, next_sentence

    return {
        "stage": line.stage.value,
        "year": line.year,
        "admitted": line.admitted,
        "closed": line.closed,
        "next": next_sentence(line),
        "due": [
            {
                "name": due.key,
                "form": due.form,
                "title": due_title(due),
                "day": due.day.isoformat() if due.day else None,
                "days": due.days,
                "basis": due.basis.value,
                "source": list(due.source),
                "state": due.state.value,
            }
            for due in line.dated
        ],
    }


# -- handover ------------------------------------------------------------------------------------


def _handover(asked: argparse.Namespace) -> int:
    from pilotdesk.projects.handover import read_kit

    if asked.check:
        copy = read_kit(asked.check)
        for content in copy.files:
            copy.files[content]
        print(f"{asked.check.name}：每个文件都对得上，{len(copy.drafts)} 份材料，{len(copy.files)} 个附件")
        return 0
    copies = _stored_projects()
    for copy in copies:
        print(_write(copy, asked.to))
    if not copies:
        print("这台电脑上还没有项目。")
    return 0


def _stored_projects() -> tuple[ProjectCopy, ...]:
    from pilotdesk.drafts.store import DraftStore
    from pilotdesk.paths import data_dir
    from pilotdesk.projects.handover import project_copy

    store = DraftStore(data_dir(), SYSTEM_CLOCK)
    try:
        projects = dict.fromkeys(card.project_id for card in store.cards())
        return tuple(project_copy(store, project_id) for project_id in projects)
    finally:
        store.close()


def _write(copy: ProjectCopy, folder: Path) -> Path:
    from pilotdesk.projects.handover.making import write_kit
    from pilotdesk.projects.handover.naming import kit_name

    cards = tuple(draft.record.card for draft in copy.drafts)
    round_, _ = _line(cards, copy.dates)
    title = next((card.facts.title for card in cards if card.facts.title), "")
    target = folder / kit_name(title, SYSTEM_CLOCK.today())
    number = 1
    while target.exists():  # two projects of one name, or a file of this morning
        number += 1
        target = target.with_name(
            f"{kit_name(title, SYSTEM_CLOCK.today()).removesuffix('.zip')}（{number}）.zip"
        )
    write_kit(copy, round_, target, SYSTEM_CLOCK)
    return target
