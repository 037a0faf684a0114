"""``review``: the province's desk without a window."""

from __future__ import annotations

import json
import unicodedata
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from pilotdesk.cli.passwords import add_password, password_of
from pilotdesk.cli.review_papers import write_papers
from pilotdesk.clock import SYSTEM_CLOCK

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator, Sequence
    from datetime import date

    from pilotdesk.cli.adding import AddCommand
    from pilotdesk.forms.model import FormPack
    from pilotdesk.review.desk.file import Desk
    from pilotdesk.review.desk.records import DeskRow, Outcome
    from pilotdesk.review.records import ReceivedFile, Submission

_WIDEST: Final = 32
_HEAD: Final = (
    "编号", "承担单位", "项目名称", "领域", "必须改", "请核实", "建议", "三份核对", "已填", "信用查询", "结论", "收件",
)  # fmt: skip


def add_review(add: AddCommand) -> None:
    """Add ``review`` to the command line."""
    review = add(
        "review", _review, "省级审核台：收一个文件夹里的申报材料并检查：0 没有必须改的，1 有，2 做不了"
    )
    review.add_argument("folder", type=Path, help="各单位报来的材料，可以有子文件夹和 zip")
    review.add_argument("--to", type=Path, required=True, help="审核台文件存在哪个文件夹；已有的接着用")
    review.add_argument(
        "--former", type=Path, metavar="LIST.xlsx", help="已承担过试点的单位名单，Excel、CSV 或 Word 表格"
    )
    review.add_argument("--round", default="2026", help="哪一年的征集")
    review.add_argument("--province", default="", help="省份，写进审核台的文件名")
    review.add_argument("--reviewer", default="", help="审核人，写进操作记录")
    review.add_argument("--json", action="store_true")
    add_password(review)


def _review(asked: argparse.Namespace) -> int:
    from pilotdesk.forms.installed import current_pack
    from pilotdesk.review.beside.former import read_former
    from pilotdesk.review.desk.sources import note_sources

    _require_folders(asked.folder, asked.to)
    pack = current_pack(asked.round)
    former = read_former(asked.former) if asked.former else None
    desk = _desk(asked, pack)
    try:
        submissions, alone = _taken_in(asked, desk.last_day(pack.round, SYSTEM_CLOCK.today()))
        with desk.together():
            note_sources(desk, [asked.folder])
            outcomes = {desk.known_key(one): desk.take(one).outcome for one in submissions}
            if former is not None:
                desk.set_former_pilots(former.pilots, asked.former.name)
            _cross(desk, pack)
        papers, lacking = write_papers(desk, pack, asked.to)
        rows = desk.rows()
        if asked.json:
            print(json.dumps(_told(desk, rows, outcomes, alone), ensure_ascii=False, indent=1))
        else:
            print("\n".join(_lines(desk, rows, outcomes, alone)))
            print("\n".join(filter(None, (*(f"已存为 {paper}" for paper in papers), lacking))))
    finally:
        desk.close()
    return 1 if alone or any(row.must for row in rows) else 0


def _require_folders(folder: Path, target: Path) -> None:
    from pilotdesk.errors import DeskError, PackageError

    if not folder.exists():
        raise PackageError("file_missing", name=folder)
    if target.resolve().is_relative_to(folder.resolve()):
        raise DeskError("desk_inside", folder=folder)


def _desk(asked: argparse.Namespace, pack: FormPack) -> Desk:
    """The desk in the folder, opened; a new one where there is none."""
    from pilotdesk.review.desk.file import Desk, create_desk, file_name

    there = sorted(asked.to.glob(f"审核台*_{pack.round.name}.db"))
    path = asked.to / file_name(asked.province, pack.round.name)
    if len(there) == 1 and not asked.province:
        path = there[0]
    if not path.exists():
        create_desk(path, pack.round, {"province": asked.province, "reviewer": asked.reviewer})
    desk = Desk(path, SYSTEM_CLOCK, asked.reviewer)
    if desk.access.refusal is not None:
        desk.close()
        raise desk.access.refusal
    return desk


def _taken_in(asked: argparse.Namespace, due: date | None) -> tuple[list[Submission], list[ReceivedFile]]:
    """Everything in the folder: submissions as they are when the intake is through, and files that belong to none."""
    from pilotdesk.review.intake import take_in

    password = password_of(asked)
    found: dict[str, Submission] = {}
    alone: list[ReceivedFile] = []
    passwords = [password] if password else []
    for news in take_in([asked.folder], today=SYSTEM_CLOCK.today(), due=due, passwords=passwords):
        for gone in news.gone:
            found.pop(gone, None)
        if news.submission is not None:
            found[news.submission.key] = news.submission
        if news.file is not None:
            alone.append(news.file)
    return sorted(found.values(), key=lambda one: one.files[0].place if one.files else ""), alone


def _cross(desk: Desk, pack: FormPack) -> None:
    from pilotdesk.review.beside.crossing import crossed_findings

    desk.set_crossed(crossed_findings(tuple(desk.submissions()), pack, desk.former_pilots()))


# -- what is said --------------------------------------------------------------------------------


def _told(
    desk: Desk, rows: Sequence[DeskRow], outcomes: dict[str, Outcome], alone: Sequence[ReceivedFile]
) -> dict[str, Any]:
    import msgspec

    plain = partial(msgspec.to_builtins, str_keys=True)

    submissions = []
    for row in rows:
        one = desk.one(row.key)
        outcome = outcomes.get(row.key)
        submissions.append(
            plain(row) | {
                "taken": outcome.value if outcome else "", "files": plain(one.submission.files),
                "findings": plain((*one.submission.findings, *one.crossed)), "changes": plain(one.history[-1].changed),
            }
        )  # fmt: skip
    return {"desk": desk.path.name, "submissions": submissions, "alone": plain(alone)}


def _lines(
    desk: Desk, rows: Sequence[DeskRow], outcomes: dict[str, Outcome], alone: Sequence[ReceivedFile]
) -> Iterator[str]:
    """A line for every submission, then the files that belong to none, then the sum."""
    cells = [_HEAD, *(_cells(row, outcomes.get(row.key)) for row in rows)]
    widths = [max(map(_width, column)) for column in zip(*cells, strict=True)]
    for line in cells:
        padded = (text + " " * (width - _width(text)) for text, width in zip(line, widths, strict=True))
        yield "  ".join(padded).rstrip()
    if alone:
        yield f"没有归到哪一件的文件 {len(alone)} 个："
        yield from (f"  {file.place}：{file.sentence}" for file in alone)
    mend = sum(bool(row.must) for row in rows)
    yield f"共 {len(rows)} 件，有必须改的 {mend} 件。审核台文件：{desk.path}"


def _cells(row: DeskRow, outcome: Outcome | None) -> tuple[str, ...]:
    from pilotdesk.review.desk.records import AGREEMENT_WORDS, CONCLUSION_WORDS, OUTCOME_WORDS

    facts = row.facts
    return (
        str(row.number), _short(facts.unit), _short(facts.title), facts.field, str(row.must), str(row.ask), str(row.hint),
        AGREEMENT_WORDS[row.agreement], f"{row.filled}/{row.asked}", facts.credit_on.isoformat() if facts.credit_on else "",
        CONCLUSION_WORDS[row.conclusion], OUTCOME_WORDS[outcome] if outcome else "",
    )  # fmt: skip


def _short(text: str) -> str:
    """A text that leaves room for the others in its line."""
    kept = text
    while _width(kept) > _WIDEST:
        kept = kept[:-1]
    return kept if kept == text else f"{kept}…"


def _width(text: str) -> int:
    """Columns that a text takes; a Chinese character takes two."""
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)
