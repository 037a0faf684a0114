"""推荐汇总表: what the province recommends, one line a project, as Excel and Word files.

The notice asks for no such table; the columns are those that provinces and SAC's own lists have, so the note says that the
layout is a reference. The numbers are the desk's; while the quota is over there is no table.

Source: notice, item 2 (limits); round.toml (fields); columns inferred.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from pilotdesk.errors import ExportError
from pilotdesk.record import Record
from pilotdesk.review.beside.left_over import county_of
from pilotdesk.review.outputs.official_records import day_text
from pilotdesk.review.quota import in_words, line_name, quota_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from pilotdesk.forms.round import PilotField, Round
    from pilotdesk.review.desk.records import Pick as Ranked
    from pilotdesk.review.records import Facts

SPECIAL: Final = "专项"
_PROVINCE: Final = re.compile(r"^.{2,7}?(?:省|自治区|(?<=北京|天津|上海|重庆)市)(?=.)")


class Pick(Record, frozen=True, kw_only=True):
    """A recommended project.

    Attributes:
        key: of its submission. facts: what the table says of it.
        note: 备注 of the bureau's own; empty for none.
    """

    key: str
    facts: Facts
    note: str = ""


class SummaryRow(Record, frozen=True, kw_only=True):
    """One line. ``number`` is the order of recommendation, ``place`` the county; the rest is as in the facts.

    ``field`` is 农业农村, 司法行政专项; ``whole_place`` goes from the city down.
    """

    number: int
    field: str
    special: bool
    title: str
    unit: str
    uscc: str
    unit_kind: str
    directions: tuple[str, ...]
    participants: tuple[str, ...]
    place: str
    whole_place: str
    pilot_before: str
    credit_on: date | None
    contact: str
    phone: str
    note: str


class SummaryTable(Record, frozen=True, kw_only=True):
    """A whole table.

    Attributes:
        title: 2026年度国家标准化试点项目推荐汇总表. bureau: full name. on: its date, ``None`` leaves it open.
        rows: in the order of recommendation, special tracks last.
        notes: sentences of the note, without their numbers.
    """

    title: str
    bureau: str
    on: date | None
    rows: tuple[SummaryRow, ...]
    notes: tuple[str, ...]

    @property
    def note(self) -> str:
        """The note in one line, without its 注：."""
        return "".join(f"{number}. {text}" for number, text in enumerate(self.notes, 1))

    @property
    def count_line(self) -> str:
        """共11项　2026年6月24日."""
        return f"共{len(self.rows)}项" + (f"　{day_text(self.on)}" if self.on else "")

    @property
    def gaps(self) -> tuple[str, ...]:
        """What has no place filled in it, a sentence for every kind; the clerk sees to it before the table is signed."""
        kinds = {
            "统一社会信用代码": [row.number for row in self.rows if not row.uscc],
            "信用核查日期": [row.number for row in self.rows if row.credit_on is None],
            "联系人或联系电话": [row.number for row in self.rows if not (row.contact and row.phone)],
            "所在地": [row.number for row in self.rows if not row.place],
        }
        return tuple(
            f"第 {'、'.join(map(str, numbers))} 项没有{words}，表上空着。请核实后补上。"
            for words, numbers in kinds.items()
            if numbers
        )

    @property
    def one_year(self) -> int | None:
        """The year of all queries of credit; ``None`` when they are of several, or none is known."""
        years = {row.credit_on.year for row in self.rows if row.credit_on}
        return years.pop() if len(years) == 1 else None


def summary_table_of(round_: Round, bureau: str, picks: Sequence[Pick], on: date | None) -> SummaryTable:
    """The table of what is recommended: those of the fields in the order of the ranking, then the special tracks.

    Args:
        round_: has fields and limits.
        bureau: full name of the province's bureau.
        picks: in ranking order.
        on: date of the table.

    Raises:
        ExportError: ``nothing_picked``; ``quota_over`` (sentence) while more is picked than may be.
    """
    if not picks:
        raise ExportError("nothing_picked")
    quota = quota_of(round_, [(pick.key, pick.facts.field) for pick in picks])
    if not quota.fits:
        raise ExportError("quota_over", sentence=quota.sentence)
    fields = {field.code: field for field in round_.pilot_field}
    placed = sorted(picks, key=lambda pick: part_of_table(round_, pick.facts.field))
    rows = tuple(_row(number, pick, fields[pick.facts.field]) for number, pick in enumerate(placed, 1))
    table = SummaryTable(title=f"{round_.title}推荐汇总表", bureau=bureau, on=on, rows=rows, notes=())
    return SummaryTable(title=table.title, bureau=bureau, on=on, rows=rows, notes=_notes(table, round_))


def in_table_order(round_: Round, picks: Iterable[Ranked]) -> tuple[str, ...]:
    """Keys of what is recommended as they stand in the table, whose numbers the other papers give too.

    Args:
        round_: has the fields.
        picks: of the desk, in ranking order.
    """
    return tuple(pick.key for pick in sorted(picks, key=lambda pick: part_of_table(round_, pick.field)))


def part_of_table(round_: Round, code: str) -> int:
    """Where the picks of a field stand: -1 among those of the six fields, which share a ranking, then special track by track."""
    return next(
        (at for at, field in enumerate(round_.pilot_field) if field.special and field.code == code), -1
    )


def _row(number: int, pick: Pick, field: PilotField) -> SummaryRow:
    facts = pick.facts
    region = "".join(facts.region.split())
    notes = [SPECIAL] if field.special else []
    return SummaryRow(
        number=number,
        field=line_name(field).removesuffix("领域"),
        special=field.special,
        title=facts.title,
        unit=facts.unit,
        uscc=facts.uscc,
        unit_kind=facts.unit_kind,
        directions=facts.directions,
        participants=facts.participants,
        place=county_of(region) or region,
        whole_place=_PROVINCE.sub("", region),
        pilot_before=facts.pilot_before,
        credit_on=facts.credit_on,
        contact=facts.contact,
        phone=facts.phone,
        note="；".join([*notes, *filter(None, [pick.note])]),
    )


def _notes(table: SummaryTable, round_: Round) -> tuple[str, ...]:
    fields = [field for field in round_.pilot_field if not field.special]
    shared = sum(not row.special for row in table.rows)
    most = max((field.quota for field in fields), default=0)
    tracks = "、".join(
        line_name(field).removesuffix(SPECIAL) for field in round_.pilot_field if field.special
    )
    limits = f"{in_words(len(fields))}个领域合计{shared}项，同一领域不超过{most}项"
    said = ["按推荐顺序排列。", f"{limits}；{tracks}专项另计。" if tracks else f"{limits}。"]
    if table.one_year:
        said.append(f"信用核查日期均为{table.one_year}年。")
    return (*said, "本表为参考格式。")
