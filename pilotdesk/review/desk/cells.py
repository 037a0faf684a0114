"""What stands in the cells of the desk's table, and by what its lines are sorted."""

from __future__ import annotations

from datetime import datetime
from enum import Enum
from typing import TYPE_CHECKING, Final

from pilotdesk.errors import PackError
from pilotdesk.record import Record
from pilotdesk.review.beside.elsewhere import could_stand_elsewhere
from pilotdesk.review.checking.facts import is_credit_old
from pilotdesk.review.desk.records import AGREEMENT_WORDS, CONCLUSION_WORDS, KIND_WORDS, Conclusion
from pilotdesk.review.intake.packs import review_for
from pilotdesk.review.quota import line_name, short_name
from pilotdesk.review.records import Agreement, Kind

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
    REGION = "地区"
    FIELD = "领域"
    DIRECTION = "方向"
    COMPLETE = "完整"
    MUST = "必须改"
    ASK = "请核实"
    AGREEMENT = "三份核对"
    ATTACHMENTS = "附件"
    CREDIT = "信用查询"
    VERSION = "版式"
    SOURCE = "材料来源"
    HANDED = "报来"
    CONCLUSION = "结论"


FIXED: Final = (Column.PICK, Column.RANK, Column.NUMBER, Column.TITLE)
"""Columns without which nobody knows which line is which; they are always there."""

USUAL: Final = frozenset(
    {*FIXED, Column.UNIT, Column.FIELD, Column.MUST, Column.AGREEMENT, Column.CREDIT, Column.CONCLUSION}
)
"""Columns that are shown as long as nobody chose others."""


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
_CARRIERS: Final = {Kind.PILOT: ".pilot", Kind.WORD: "Word", Kind.PDF: "PDF"}
_SOURCES: Final = KIND_WORDS | _CARRIERS
_KINDS: Final = tuple(Kind)
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
            Column.VERSION: self._version,
            Column.HANDED: self._handed,
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
            said = "没有读到查询日期，请看原件" if row.source is Kind.PLAIN_WORD else "没有查询日期"
            return Cell(NONE, Standing.DOUBT if asked else Standing.PLAIN, said if asked else "")
        text = self._day(day)
        if is_credit_old(day, self._upload, self._review) and self._upload and self._review:
            age = (self._upload - day).days
            said = f"到上传那天已经 {age} 天，一般不超过 {self._review.limits.credit_days} 天。"
            return Cell(text, Standing.DOUBT, said)
        return Cell(text)

    def _version(self, row: DeskRow) -> Cell:
        if row.source is Kind.PLAIN_WORD:
            return Cell(NONE, said="别的 Word 文件，不是照哪一版表单填的。")
        form, text = self.pack.forms.get(row.form), f"第 {row.form_version} 版"
        if form is None or row.form_version == form.head.version:
            return Cell(text)
        here = form.head.version
        if row.form_version < here:
            return Cell(f"{text}，旧", Standing.DOUBT, f"照{text}表单填的，现在用的是第 {here} 版。")
        return Cell(f"{text}，新", Standing.DOUBT, f"照{text}表单填的，这里只有第 {here} 版。")

    def _handed(self, row: DeskRow) -> Cell:
        moment = datetime.fromisoformat(row.taken_at).astimezone()
        changed = f"，改了 {row.changed} 处" if row.changed else ""
        said = f"{moment:%Y-%m-%d %H:%M} 第 {row.handed} 次报来{changed}"
        return Cell(f"第 {row.handed} 次 · {self._day(moment.date())}", said=said)

    def _day(self, day: date) -> str:
        year = self._upload.year if self._upload else self.pack.round.issued.year
        return f"{day.month}月{day.day:02}日" if day.year == year else day.isoformat()


def row_words(row: DeskRow) -> str:
    """How a submission stands, in one line: its number, which round of handing in, how far it is filled, its findings."""
    said = [
        f"{row.number:02}",
        f"第 {row.handed} 次报来" + (f"，改了 {row.changed} 处" if row.changed else ""),
        _how_full(row),
        f"附件 {row.attachments} 个",
        *(f"{word} {count}" for word, count in (("必须改", row.must), ("请核实", row.ask)) if count),
    ]
    return " · ".join(said)


def _how_full(row: DeskRow) -> str:
    if row.source is Kind.PLAIN_WORD:
        return f"读到 {row.filled} 栏，共 {row.asked} 栏"
    return f"填了 {row.filled} / {row.asked} 栏"


def _counts(row: DeskRow) -> str:
    said = f"必须改 {row.must}，请核实 {row.ask}，建议 {row.hint}"
    return f"{said}。只查了读到的，{_how_full(row)}" if row.source is Kind.PLAIN_WORD else said


def _agreement(row: DeskRow) -> Cell:
    word, missing = AGREEMENT_WORDS[row.agreement], _missing(row)
    if row.agreement in _DOUBTFUL:
        older = [_CARRIERS[one] for one in row.older]
        if len(older) == 1:
            word = f"{older[0]} 旧版"
        said = f"{'、'.join(older)} 是旧版" if older else word if missing else ""
        return Cell(word, Standing.DOUBT, "，".join(filter(None, (said, missing))))
    if missing:
        return Cell(f"缺附件 {len(row.missing_attachments)}", Standing.DOUBT, f"{word}，{missing}")
    return Cell(word)


def _missing(row: DeskRow) -> str:
    return f"缺{'、'.join(row.missing_attachments)}" if row.missing_attachments else ""


def _attachments(row: DeskRow) -> Cell:
    lacking = len(row.missing_attachments)
    if not lacking:
        return Cell(str(row.attachments))
    return Cell(f"{row.attachments}，缺 {lacking}", Standing.DOUBT, _missing(row))


def _complete(row: DeskRow) -> Cell:
    text, lacking = f"{row.filled}/{row.asked}", row.asked - row.filled
    said = (
        f"还有 {lacking} 栏没有读到，请看原件" if row.source is Kind.PLAIN_WORD else f"还有 {lacking} 栏没填"
    )
    return Cell(text, Standing.DOUBT, said) if lacking > 0 else Cell(text)


def _source(row: DeskRow) -> Cell:
    standing = Standing.PLAIN if row.source in _CARRIERS else Standing.DOUBT
    return Cell(_SOURCES[row.source], standing, f"填写的内容取自{KIND_WORDS[row.source]}")


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
    Column.REGION: lambda row: _named(row.facts.region, "没填"),
    Column.DIRECTION: lambda row: Cell("、".join(row.facts.directions) or NONE),
    Column.COMPLETE: _complete,
    Column.ASK: lambda row: Cell(str(row.ask), Standing.DOUBT if row.ask else Standing.PLAIN, _counts(row)),
    Column.AGREEMENT: _agreement,
    Column.ATTACHMENTS: _attachments,
    Column.SOURCE: _source,
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
        row.agreement not in _DOUBTFUL, row.agreement.value, [one.value for one in row.older],
        -len(row.missing_attachments),
    ),
    Column.REGION: lambda row: _spoken(row.facts.region),
    Column.DIRECTION: lambda row: (not row.facts.directions, *map(_spoken, row.facts.directions)),
    Column.COMPLETE: lambda row: row.filled - row.asked,
    Column.ASK: lambda row: (-row.ask, -row.must),
    Column.ATTACHMENTS: lambda row: (-len(row.missing_attachments), row.attachments),
    Column.VERSION: lambda row: (row.source is Kind.PLAIN_WORD, row.form, row.form_version),
    Column.SOURCE: lambda row: _KINDS.index(row.source),
    Column.HANDED: lambda row: row.taken_at,
    Column.CREDIT: lambda row: str(row.facts.credit_on or ""),
    Column.CONCLUSION: lambda row: _CONCLUSIONS.index(row.conclusion),
}  # fmt: skip
