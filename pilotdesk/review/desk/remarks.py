"""What there is to say of one submission when it is chosen: what its pick breaks, and where else it could stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pilotdesk.record import Record
from pilotdesk.review.desk.records import CONCLUSION_WORDS, Conclusion
from pilotdesk.review.quota import effect_of_moving
from pilotdesk.rules.issue import Severity

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pilotdesk.review.desk.cells import CellWords
    from pilotdesk.review.desk.records import DeskRow
    from pilotdesk.review.quota import Quota


class Remark(Record, frozen=True):
    """A sentence with its severity."""

    severity: Severity
    sentence: str


def picks_of(rows: Iterable[DeskRow]) -> list[tuple[str, str]]:
    """Key and pilot field of the picks, highest first, as the quota asks for them."""
    picked = sorted((row for row in rows if row.picked), key=lambda row: row.rank)
    return [(row.key, row.facts.field) for row in picked]


def remarks_on(
    row: DeskRow, quota: Quota, picks: list[tuple[str, str]], words: CellWords
) -> tuple[Remark, ...]:
    """What to say of a submission, gravest first.

    Args:
        row: its line.
        quota: of the picks.
        picks: see :func:`picks_of`.
        words: know where else it could stand.
    """
    said = [
        Remark(Severity.ERROR, f"推荐第 {row.rank} 名：{over.sentence}")
        for over in quota.over
        if over.key == row.key
    ]
    if row.picked and row.conclusion in {Conclusion.RETURNED, Conclusion.REFUSED}:
        word = CONCLUSION_WORDS[row.conclusion]
        said.append(Remark(Severity.WARNING, f"勾了推荐，结论却是“{word}”。请核实后再出汇总表。"))
    for other in words.others(row):
        effect = effect_of_moving(words.pack.round, picks, row.key, other.field)
        begin = "" if row.picked else "如果推荐，"
        said.append(Remark(Severity.HINT, f"{other.sentence}{begin}{effect}"))
    return tuple(said)
