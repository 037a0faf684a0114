"""The log in words, and as an Excel file: who did what when, where, and why."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Final

from pilotdesk.record import Record
from pilotdesk.review.outputs.log_words import after_words, before_words, place_words, what_words
from pilotdesk.review.outputs.workbooks import (
    book_bytes,
    cell_at,
    landscape,
    new_book,
    put,
    put_table,
    set_widths,
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from pilotdesk.forms.model import FormPack
    from pilotdesk.review.desk.reading import DeskReading
    from pilotdesk.review.desk.records import DeskRow, LogEntry

HEADS: Final = (
    "序号",
    "时间",
    "谁",
    "做了什么",
    "编号",
    "承担单位",
    "第几次报来",
    "何处",
    "原来",
    "现在",
    "理由",
)
_WIDTHS: Final = (7, 19, 9, 12, 7, 26, 9, 26, 22, 26, 26)
_HEAD_ROW: Final = 3


class LogLine(Record, frozen=True, kw_only=True):
    """One entry in words.

    Attributes:
        seq: from 1. at: local time, ``2026-06-24 10:32:05``. who: may be empty. what: 推荐, 撤销：推荐.
        key: of the submission; empty for none. number: 编号, 0 for none. unit: 承担单位. handed: round of handing in, 0 for none.
        place: point, field or setting. before, after: in words, empty for nothing. why: the reason given.
    """

    seq: int
    at: str
    who: str
    what: str
    key: str
    number: int
    unit: str
    handed: int
    place: str
    before: str
    after: str
    why: str

    @property
    def cells(self) -> tuple[str | int | None, ...]:
        """In the order of :data:`HEADS`."""
        return (
            self.seq, self.at, self.who, self.what, self.number or None, self.unit, self.handed or None, self.place,
            self.before, self.after, self.why,
        )  # fmt: skip


def log_lines(desk: DeskReading, pack: FormPack, key: str = "") -> tuple[LogLine, ...]:
    """The log in words, the newest first.

    Args:
        desk: whose it is.
        pack: names the points and fields.
        key: of a submission, for its entries only; empty for all.
    """
    rows = {row.key: row for row in desk.rows()}
    return tuple(_line(entry, rows.get(entry.key), pack) for entry in reversed(desk.log(key)))


def log_book(lines: Sequence[LogLine], bureau: str, on: date) -> bytes:
    """The .xlsx file; the same lines give the same bytes."""
    book = new_book("操作记录", bureau)
    sheet = book.create_sheet("操作记录")
    put(cell_at(sheet, 1, 1), "审核台操作记录", size=16, bold=True)
    put(
        cell_at(sheet, 2, 1),
        f"{bureau}　截至{on.year}年{on.month}月{on.day}日　{len(lines)} 条，最近的在最上面".strip("　"),
    )
    for row in (1, 2):
        sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=len(HEADS))
    end = put_table(sheet, _HEAD_ROW, HEADS, [line.cells for line in lines], centred=(1, 2))
    set_widths(sheet, _WIDTHS)
    sheet.freeze_panes = cell_at(sheet, _HEAD_ROW + 1, 1)
    sheet.auto_filter.ref = f"A{_HEAD_ROW}:{sheet.cell(end, len(HEADS)).coordinate}"
    landscape(sheet, head_row=_HEAD_ROW, margins_mm=(10, 10, 15, 15))
    return book_bytes(book)


def _line(entry: LogEntry, row: DeskRow | None, pack: FormPack) -> LogLine:
    return LogLine(
        seq=entry.seq,
        at=f"{datetime.fromisoformat(entry.at.replace('Z', '+00:00')).astimezone():%Y-%m-%d %H:%M:%S}",
        who=entry.who,
        what=what_words(entry),
        key=entry.key,
        number=row.number if row else 0,
        unit=row.facts.unit if row else "",
        handed=entry.number,
        place=place_words(entry, row, pack),
        before=before_words(entry),
        after=after_words(entry),
        why=entry.why,
    )
