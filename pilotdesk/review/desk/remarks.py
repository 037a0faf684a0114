"""What there is to say of one submission when it is chosen: what its pick breaks, and where else it could stand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pilotdesk.record import Record
from pilotdesk.review.desk.records import CONCLUSION_WORDS, Conclusion
from pilotdesk.review.quota import Rule, effect_of_moving
from pilotdesk.rules.issue import Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from pilotdesk.review.desk.cells import CellWords
    from pilotdesk.review.desk.records import DeskRow
    from pilotdesk.review.quota import Excess, Quota


_UNPASSED: Final = {
    Conclusion.UNSEEN: "还没有审",
    Conclusion.REVIEWING: "还没有审完",
    **{one: f"结论是“{CONCLUSION_WORDS[one]}”" for one in (Conclusion.RETURNED, Conclusion.REFUSED)},
}


class Remark(Record, frozen=True):
    """A sentence with its severity."""

    severity: Severity
    sentence: str


def picks_of(rows: Iterable[DeskRow]) -> list[tuple[str, str]]:
    """Key and pilot field of the picks, highest first, as the quota asks for them."""
    picked = sorted((row for row in rows if row.picked), key=lambda row: row.rank)
    return [(row.key, row.facts.field) for row in picked]


def doubts_of_picks(rows: Iterable[DeskRow]) -> dict[str, str]:
    """What speaks against a pick though it fits the quota: key to a sentence.

    That it is not reviewed yet or did not pass, what the unit still has to mend, that it is the practice sample, and that the
    unit has another pick.
    """
    picked = sorted((row for row in rows if row.picked), key=lambda row: row.rank)
    told = {row.key: list(_against(row, picked)) for row in picked}
    return {
        key: f"勾了推荐，但是{'，'.join(said)}。请核实后再出汇总表。" for key, said in told.items() if said
    }


def not_passed(rows: Iterable[DeskRow]) -> tuple[str, ...]:
    """Which picks are not reviewed or did not pass, a sentence for each conclusion, for whoever makes a paper of the picks."""
    picked = [row for row in rows if row.picked]
    told = []
    for conclusion, words in _UNPASSED.items():
        some = sorted(row.number for row in picked if row.conclusion is conclusion)
        if some:
            which = "、".join(f"{number:02}" for number in some)
            told.append(f"{len(picked)} 项里有 {len(some)} 项{words}：编号 {which}。请核实后再出。")
    return tuple(told)


def _against(row: DeskRow, picked: Iterable[DeskRow]) -> Iterator[str]:
    if row.practice:
        yield "这是练习用的样例"
    if row.conclusion in _UNPASSED:
        yield _UNPASSED[row.conclusion]
    if row.must:
        yield f"还有 {row.must} 处必须改"
    code = row.facts.uscc
    twins = [one for one in picked if one.key != row.key and code and one.facts.uscc == code]
    if twins:
        yield f"编号 {'、'.join(f'{one.number:02}' for one in twins)} 是同一个单位的，也勾了"


def remarks_on(
    row: DeskRow, rows: Mapping[str, DeskRow], quota: Quota, words: CellWords
) -> tuple[Remark, ...]:
    """What to say of a submission, gravest first.

    Args:
        row: its line.
        rows: of the whole desk, by their keys.
        quota: of the picks.
        words: know where else it could stand.
    """
    said = [
        Remark(Severity.ERROR, f"推荐第 {row.rank} 名：{over.sentence}{_before(over, rows, quota, words)}")
        for over in quota.over
        if over.key == row.key
    ]
    picks = picks_of(rows.values())
    doubt = doubts_of_picks(rows.values()).get(row.key)
    if doubt:
        said.append(Remark(Severity.WARNING, doubt))
    for other in words.others(row):
        effect = effect_of_moving(words.pack.round, picks, row.key, other.field)
        begin = "" if row.picked else "如果推荐，"
        said.append(Remark(Severity.HINT, f"{other.sentence}{begin}{effect}"))
    return tuple(said)


def _before(over: Excess, rows: Mapping[str, DeskRow], quota: Quota, words: CellWords) -> str:
    """Which picks use up the line that this one does not fit in."""
    shared = {field.code for field in words.pack.round.pilot_field if not field.special}
    fields = {
        Rule.FIELD: {over.field}, Rule.SPECIAL: {over.field}, Rule.TOTAL: shared, Rule.NO_FIELD: set[str]()
    }[over.rule]  # fmt: skip
    before = [rows[key] for key in quota.fitting if key in rows and rows[key].facts.field in fields]
    return f"占着名额的是编号 {'、'.join(f'{one.number:02}' for one in before)}。" if before else ""
