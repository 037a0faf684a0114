"""What stands in the cells of the desk's table, and by what its lines are sorted."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Final

from pilotdesk.errors import PackError
from pilotdesk.record import Record
from pilotdesk.review.beside.elsewhere import could_stand_elsewhere
from pilotdesk.review.checking.facts import is_credit_old
from pilotdesk.review.desk.records import AGREEMENT_WORDS, CONCLUSION_WORDS, Conclusion
from pilotdesk.review.intake.packs import review_for
from pilotdesk.review.quota import line_name, short_name
from pilotdesk.review.records import Agreement

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from pilotdesk.forms.model import FormPack
    from pilotdesk.review.beside.elsewhere import OtherField
    from pilotdesk.review.desk.records import DeskRow

UPLOAD: Final = "upload"
"""Name of the deadline up to which the age of credit queries counts."""

NONE: Final = "—"


class Column(Enum):
    """The columns in their order; the value is the heading. ``RANK`` is there while only picks are shown."""

    PICK = "推荐"
    RANK = "名次"
    NUMBER = "编号"
    TITLE = "项目名称"
    UNIT = "承担单位"
    FIELD = "领域"
    MUST = "必须改"
    AGREEMENT = "三份核对"
    CREDIT = "信用查询"
    CONCLUSION = "结论"


class Standing(Enum):
    """How things stand in a cell: nothing to say, good, to be looked at, to be mended."""

    PLAIN = "plain"
    GOOD = "good"
    DOUBT = "doubt"
    WRONG = "wrong"


class Cell(Record, frozen=True):
    """A cell: its text, how things stand, and a sentence where the text says too little; empty for none."""

    text: str
    standing: Standing = Standing.PLAIN
    said: str = ""


_CONCLUDED: Final = {
    Conclusion.UNSEEN: Standing.PLAIN,
    Conclusion.REVIEWING: Standing.PLAIN,
    Conclusion.PASSED: Standing.GOOD,
    Conclusion.RETURNED: Standing.WRONG,
    Conclusion.REFUSED: Standing.WRONG,
}
_CONCLUSIONS: Final = tuple(Conclusion)
_DOUBTFUL: Final = frozenset({Agreement.OLDER, Agreement.CHANGED, Agreement.DIFFERS})


class CellWords:
    """Says what stands in the cells, by the pack of the round.

    Args:
        pack: of the round.
    """

    def __init__(self, pack: FormPack) -> None:
        self.pack: Final = pack
        try:
            self._review = review_for(pack.round.name)
        except (
            PackError
        ):  # the table stands without it: then no query is old and no project fits another field
            self._review = None
        self._fields = {field.code: field for field in pack.round.pilot_field}
        self._places = {code: at for at, code in enumerate(self._fields)}
        self._upload = next((one.day for one in pack.round.deadline if one.name == UPLOAD), None)
        asking = [sheet for sheet in self._review.sheet if sheet.facts.credit_on] if self._review else []
        self._asks_credit = frozenset(form for sheet in asking for form in sheet.forms)
        self._others: dict[tuple[object, ...], tuple[OtherField, ...]] = {}
        self._cells: Mapping[Column, Callable[[DeskRow], Cell]] = _CELLS | {
            Column.FIELD: self._field,
            Column.CREDIT: self._credit,
        }
        self._orders: Mapping[Column, Callable[[DeskRow], object]] = _ORDERS | {
            Column.FIELD: lambda row: self._places.get(row.facts.field, len(self._places)),
        }

    def cell(self, row: DeskRow, column: Column) -> Cell:
        """One cell."""
        return self._cells[column](row)

    def order(self, column: Column) -> Callable[[DeskRow], tuple[object, int]]:
        """By what the lines are sorted in a column; the number decides between equals."""
        by = self._orders[column]
        return lambda row: (by(row), row.number)

    def others(self, row: DeskRow) -> tuple[OtherField, ...]:
        """The other pilot fields where a project could stand."""
        facts = row.facts
        place = (facts.field, facts.directions, facts.title, facts.unit)
        if place not in self._others:
            self._others[place] = could_stand_elsewhere(facts, self._review, self.pack)
        return self._others[place]

    def _field(self, row: DeskRow) -> Cell:
        field = self._fields.get(row.facts.field)
        if field is None:
            said = "没有填领域，或填的不是征集的领域。"
            return Cell(row.facts.field or "没填", Standing.DOUBT, said)
        named = "、".join((line_name(field), *row.facts.directions))
        more = "".join(f"也可以报{other.name}。" for other in self.others(row))
        return Cell(short_name(field), said=f"{named}。{more}" if more else named)

    def _credit(self, row: DeskRow) -> Cell:
        day = row.facts.credit_on
        if day is None:
            asked = row.form in self._asks_credit
            return Cell(NONE, Standing.DOUBT if asked else Standing.PLAIN, "没有查询日期" if asked else "")
        text = f"{day.month}月{day.day:02}日" if self._is_this_year(day) else day.isoformat()
        if is_credit_old(day, self._upload, self._review) and self._upload and self._review:
            age = (self._upload - day).days
            said = f"到上传那天已经 {age} 天，一般不超过 {self._review.limits.credit_days} 天。"
            return Cell(text, Standing.DOUBT, said)
        return Cell(text)

    def _is_this_year(self, day: date) -> bool:
        return day.year == (self._upload.year if self._upload else self.pack.round.issued.year)


def row_words(row: DeskRow) -> str:
    """How a submission stands, in one line: its number, which round of handing in, how far it is filled, its findings."""
    said = [
        f"{row.number:02}",
        f"第 {row.handed} 次报来" + (f"，改了 {row.changed} 处" if row.changed else ""),
        f"填了 {row.filled} / {row.asked} 栏",
        f"附件 {row.attachments} 个",
        *(f"{word} {count}" for word, count in (("必须改", row.must), ("请核实", row.ask)) if count),
    ]
    return " · ".join(said)


def _counts(row: DeskRow) -> str:
    return f"必须改 {row.must}，请核实 {row.ask}，建议 {row.hint}"


def _agreement(row: DeskRow) -> Cell:
    word = AGREEMENT_WORDS[row.agreement]
    missing = f"缺{'、'.join(row.missing_attachments)}" if row.missing_attachments else ""
    if row.agreement in _DOUBTFUL:
        return Cell(word, Standing.DOUBT, f"{word}，{missing}" if missing else "")
    if missing:
        return Cell(f"缺附件 {len(row.missing_attachments)}", Standing.DOUBT, f"{word}，{missing}")
    return Cell(word)


def _conclusion(row: DeskRow) -> Cell:
    word, standing = CONCLUSION_WORDS[row.conclusion], _CONCLUDED[row.conclusion]
    if row.conclusion is Conclusion.RETURNED and row.returned:
        due = f"，请在 {row.due.isoformat()} 前补正" if row.due else ""
        return Cell("已退回", standing, f"退回单 {row.returned} 已经发出{due}。")
    return Cell(word, standing, "审核人另下的结论" if row.overridden else "")


def _spoken(text: str) -> bytes:
    """Nearly the order of pinyin: that of the common characters in GB/T 2312."""
    return text.encode("gb18030", "replace")


def _named(text: str, missing: str) -> Cell:
    return Cell(text) if text else Cell(missing, Standing.DOUBT)


_CELLS: Final[dict[Column, Callable[[DeskRow], Cell]]] = {
    Column.PICK: lambda row: Cell("", said="推荐" if row.picked else "没有推荐"),
    Column.RANK: lambda row: Cell(str(row.rank or "")),
    Column.NUMBER: lambda row: Cell(f"{row.number:02}"),
    Column.TITLE: lambda row: _named(row.facts.title, "没有项目名称"),
    Column.UNIT: lambda row: _named(row.facts.unit, "没有单位名称"),
    Column.MUST: lambda row: Cell(
        str(row.must), Standing.WRONG if row.must else Standing.PLAIN, _counts(row)
    ),
    Column.AGREEMENT: _agreement,
    Column.CONCLUSION: _conclusion,
}
_ORDERS: Final[dict[Column, Callable[[DeskRow], object]]] = {
    Column.PICK: lambda row: (not row.picked, row.rank),
    Column.RANK: lambda row: (not row.picked, row.rank),
    Column.NUMBER: lambda _row: 0,
    Column.TITLE: lambda row: _spoken(row.facts.title),
    Column.UNIT: lambda row: _spoken(row.facts.unit),
    Column.MUST: lambda row: (-row.must, -row.ask),
    Column.AGREEMENT: lambda row: (
        row.agreement not in _DOUBTFUL, row.agreement.value, -len(row.missing_attachments),
    ),
    Column.CREDIT: lambda row: str(row.facts.credit_on or ""),
    Column.CONCLUSION: lambda row: _CONCLUSIONS.index(row.conclusion),
}  # fmt: skip
