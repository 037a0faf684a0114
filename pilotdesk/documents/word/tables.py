"""Grids and list tables, written row by row; nothing here looks a cell up, so time grows with the rows only.

Source: print target §2.3 (breaks), §5 (tables), §9 (the same in Word).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from pilotdesk.documents.blocks import Cell, Grid, GridRow, Table, is_sum
from pilotdesk.documents.fonts import shipped_fonts
from pilotdesk.documents.pdf.tabular import LEAST_TO_PART
from pilotdesk.documents.pdf.widths import fitted_widths, set_head
from pilotdesk.documents.word import measure
from pilotdesk.documents.word.markup import paragraph, twip
from pilotdesk.documents.word.sections import LANDSCAPE_TWIPS, PORTRAIT_TWIPS
from pilotdesk.documents.word.styles import HEAD_RULE, OUTER_RULE, STYLES, grid_borders, rule
from pilotdesk.documents.word.texts import boxed_runs, marked_paragraphs, printed_paragraphs, tick_runs

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pilotdesk.documents.word.marks import Marks

_KEEP: Final = "<w:keepNext/>"
_SPLIT_SHARE: Final = 0.6
_NARROW_MM: Final = 50
_VERTICAL_PADDING: Final = 55
"""3 pt less half an inner rule, which adds to a row's height in Word: else a page takes a row less than in the PDF."""
_ROLE_STYLES: Final = {
    "label": "PDLabel",
    "value": "PDValue",
    "longtext": "PDCellText",
    "head": "PDTableHead",
    "text": "PDTableText",
    "total": "PDTotal",
}
_DENSE_STYLES: Final = {**_ROLE_STYLES, "head": "PDDenseHead", "text": "PDDenseText", "total": "PDDenseHead"}
_OWN_ALIGN: Final = {
    "PDLabel": "center",
    "PDTableHead": "center",
    "PDTableCentred": "center",
    "PDTotal": "center",
    "PDDenseHead": "center",
    "PDCellText": "justify",
}
_SIZES: Final = {style.id: style.size for style in STYLES}
_SUBTOTAL_LEAST: Final = 454
"""8 mm in twips."""
# Least heights in twips: (head row, other rows).
_LEAST: Final = {"grid": (510, 510), "list": (510, 454), "tight": (624, 510), "dense": (624, 488)}


@dataclass(frozen=True, slots=True)
class RowStyle:
    """How one row is set. ``least`` in twips; ``top``, ``bottom``: width of an own rule above, below (0 for none)."""

    least: int
    header: bool = False
    split: bool = False
    keep: bool = False
    top: int = 0
    bottom: int = 0


@dataclass(frozen=True, slots=True)
class Slot:
    """One cell where it stands: first column, and whether it only continues the cell above."""

    cell: Cell
    start: int
    continued: bool = False


@dataclass(frozen=True, slots=True)
class Frame:
    """What all rows of a table share: column widths in twips, padding in pt, styles by role."""

    columns: tuple[int, ...]
    padding_pt: float
    styles: dict[str, str]

    def width(self, slot: Slot) -> int:
        """The width of a cell, in twips."""
        return sum(self.columns[slot.start : slot.start + slot.cell.span])


def column_twips(widths_mm: Sequence[float]) -> tuple[int, ...]:
    """Column widths in twips; the last column takes the remainder, so that the table fills its text area exactly."""
    total_mm = sum(widths_mm)
    total = next(
        (twips for mm, twips in ((156, PORTRAIT_TWIPS), (245, LANDSCAPE_TWIPS)) if abs(total_mm - mm) < 0.2),
        twip(total_mm),
    )
    columns = [twip(width) for width in widths_mm[:-1]]
    return (*columns, total - sum(columns))


def grid_markup(grid: Grid, marks: Marks, kept_pt: float = 0.0) -> str:
    """A grid form; rows that belong together stay together.

    Args:
        grid: the form.
        marks: gets the bookmarks.
        kept_pt: height that stays with the heading above.
    """
    frame = Frame(column_twips(grid.widths), grid.padding_pt, _ROLE_STYLES)
    least = _LEAST["grid"][1]
    placed = list(place_cells((row.cells for row in grid.rows), len(grid.widths)))
    heights = [row_height(slots, frame, least) for slots in placed]
    keeps = grid_keeps(grid.rows, placed, heights)
    for number in range(leading_rows(heights, kept_pt) - 1):
        keeps[number] = True
    rows = "".join(
        row_markup(
            slots, frame, RowStyle(least, split=height > _SPLIT_SHARE * measure.PAGE_PT, keep=keep), marks
        )
        for slots, height, keep in zip(placed, heights, keeps, strict=True)
    )
    return table_markup(frame, rows)


def grid_keeps(
    rows: Sequence[GridRow], placed: Sequence[Sequence[Slot]], heights: Sequence[float]
) -> list[bool]:
    """Which rows stay with the next one: all of a short grid; else those of a group, or under one merged cell."""
    last = len(rows) - 1
    if sum(heights) <= measure.PAGE_PT / 2:
        return [number < last for number in range(len(rows))]
    merged = merged_keeps(placed, heights, measure.PAGE_PT / 2)
    return [merged[number] or (row.keep_next and number < last) for number, row in enumerate(rows)]


def merged_keeps(placed: Sequence[Sequence[Slot]], heights: Sequence[float], most_pt: float) -> list[bool]:
    """Which rows stay with the next one because both are under one merged cell, lower than ``most_pt`` in all."""
    keeps = [False] * len(placed)
    for first, slots in enumerate(placed):
        for slot in slots:
            end = min(first + slot.cell.rows, len(placed))
            if not slot.continued and sum(heights[first:end]) <= most_pt:
                keeps[first : end - 1] = [True] * (end - 1 - first)
    return keeps


def leading_rows(heights: Sequence[float], wanted_pt: float) -> int:
    """How many of the first rows make up a height; all of them when they are lower."""
    total = 0.0
    for number, height in enumerate(heights):
        if total >= wanted_pt:
            return number
        total += height
    return len(heights)


def list_markup(table: Table, marks: Marks, kept_pt: float = 0.0, *, followed: bool = False) -> str:
    """A list table with caption, repeated head, closing rows and note.

    Args:
        table: the table.
        marks: gets the bookmarks.
        kept_pt: height that stays with the heading above; two rows always stay with the head.
        followed: whether the last row stays with what follows.
    """
    styles = _DENSE_STYLES if table.style == "dense" else _ROLE_STYLES
    widths = fitted_widths(table, shipped_fonts())
    frame = Frame(column_twips(widths), table.padding_pt, styles)
    head = [
        Slot(Cell(set_head(text, table, width), "head", "center"), column)
        for column, (text, width) in enumerate(zip(table.head, widths, strict=False))
    ]
    head_style = RowStyle(_LEAST[table.style][0], header=True, keep=True, bottom=HEAD_RULE)
    rows = [row_markup(head, frame, head_style, marks)] if table.head else []
    body = list(place_cells((*table.rows, *table.totals), len(widths)))
    row_styles = _row_styles(table, body, frame, kept_pt, followed=followed or bool(table.note))
    styled = zip(body, row_styles, strict=True)
    rows += [row_markup(slots, frame, style, marks) for slots, style in styled]
    note = printed_paragraphs((f"注：{table.note}",), "PDNote") if table.note else ""
    caption = caption_markup(table.number, table.caption, keep_next=True)
    return caption + table_markup(frame, "".join(rows)) + note


def _row_styles(
    table: Table, body: Sequence[Sequence[Slot]], frame: Frame, kept_pt: float, *, followed: bool
) -> Iterator[RowStyle]:
    """How the rows of a list are set, its closing ones too."""
    page = measure.LANDSCAPE_PAGE_PT if table.landscape else measure.PAGE_PT
    least = twip(table.least_mm) or _LEAST[table.style][1]
    sums = [is_sum(row) for row in (*table.rows, *table.totals)]
    leasts = [_SUBTOTAL_LEAST if summed else least for summed in sums]
    heights = [row_height(slots, frame, low) for slots, low in zip(body, leasts, strict=True)]
    # A tail that belongs together: the last two rows, the totals, the note below.
    tail = len(table.rows) - (2 if len(table.rows) >= LEAST_TO_PART and max(heights[-2:]) <= page / 4 else 1)
    short = sum(heights) <= page / 2
    merged = merged_keeps(body, heights, page / 2)
    leading = max(2, leading_rows(heights, kept_pt))
    for number, height in enumerate(heights):
        tied = short or merged[number] or number < leading - 1 or number >= tail
        last = number == len(body) - 1
        yield RowStyle(
            leasts[number],
            split=height > _SPLIT_SHARE * page,
            keep=followed if last else tied or sums[number + 1],
            top=HEAD_RULE if number == len(table.rows) or sums[number] else 0,
            bottom=HEAD_RULE if sums[number] and not last else 0,
        )


def caption_markup(number: str, caption: str, *, keep_next: bool) -> str:
    """``表9-1　量化指标表``; nothing for a table without number and caption."""
    text = "　".join(part for part in (number, caption) if part)
    return paragraph("Caption", boxed_runs(text), before=_KEEP if keep_next else "") if text else ""


def place_cells(rows: Iterable[Sequence[Cell]], columns: int) -> Iterable[list[Slot]]:
    """Give every cell its column; cells covered from above come as continued slots, gaps as empty cells.

    Raises:
        ValueError: cells stick out of the table or cover each other.
    """
    pending: dict[int, Slot] = {}
    for cells in rows:
        waiting = list(reversed(cells))
        slots: list[Slot] = []
        column = 0
        while column < columns:
            slot = pending.pop(column, None)
            if slot is None:
                slot = Slot(waiting.pop() if waiting else Cell(""), column)
            slots.append(slot)
            column += slot.cell.span
        if waiting or pending or column != columns:
            raise ValueError(f"a row of {len(cells)} cells does not fit {columns} columns")
        pending = {slot.start: _continued(slot) for slot in slots if slot.cell.rows > 1}
        yield slots


def _continued(slot: Slot) -> Slot:
    return Slot(replace(slot.cell, rows=slot.cell.rows - 1), slot.start, continued=True)


def row_height(slots: Sequence[Slot], frame: Frame, least: int) -> float:
    """The row's estimated height in pt."""
    cells = [(slot.cell, frame.width(slot) / 20) for slot in slots if not slot.continued]
    return measure.row_height_pt(cells, least / 20, frame.padding_pt)


def row_markup(slots: Sequence[Slot], frame: Frame, style: RowStyle, marks: Marks) -> str:
    """One ``w:tr``."""
    properties = (
        ("" if style.split else "<w:cantSplit/>")
        + f'<w:trHeight w:val="{style.least}" w:hRule="atLeast"/>'
        + ("<w:tblHeader/>" if style.header else "")
    )
    cells = "".join(_cell_markup(slot, frame, style, marks) for slot in slots)
    return f"<w:tr><w:trPr>{properties}</w:trPr>{cells}</w:tr>"


def table_markup(frame: Frame, rows: str, *, outer: int = OUTER_RULE) -> str:
    """One ``w:tbl`` around finished rows."""
    side = round(frame.padding_pt * 20)
    margins = "".join(
        f'<w:{name} w:w="{width}" w:type="dxa"/>'
        for name, width in (
            ("top", _VERTICAL_PADDING),
            ("left", side),
            ("bottom", _VERTICAL_PADDING),
            ("right", side),
        )
    )
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in frame.columns)
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="PDGrid"/><w:tblW w:w="{sum(frame.columns)}" w:type="dxa"/><w:jc w:val="center"/>'
        f'<w:tblInd w:w="0" w:type="dxa"/><w:tblBorders>{grid_borders(outer)}</w:tblBorders>'
        f'<w:tblLayout w:type="fixed"/><w:tblCellMar>{margins}</w:tblCellMar><w:tblLook w:val="0000"/></w:tblPr>'
        f"<w:tblGrid>{columns}</w:tblGrid>{rows}</w:tbl>"
    )


def _cell_markup(slot: Slot, frame: Frame, style: RowStyle, marks: Marks) -> str:
    cell = slot.cell
    width = frame.width(slot)
    merge = "<w:vMerge/>" if slot.continued else '<w:vMerge w:val="restart"/>' if cell.rows > 1 else ""
    borders = (rule("top", style.top) if style.top else "") + (
        rule("bottom", style.bottom) if style.bottom else ""
    )
    properties = (
        f'<w:tcW w:w="{width}" w:type="dxa"/>'
        + (f'<w:gridSpan w:val="{cell.span}"/>' if cell.span > 1 else "")
        + merge
        + (f"<w:tcBorders>{borders}</w:tcBorders>" if borders else "")
        + '<w:vAlign w:val="center"/>'
    )
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{_cell_paragraphs(slot, frame, style, marks)}</w:tc>"


def _cell_paragraphs(slot: Slot, frame: Frame, style: RowStyle, marks: Marks) -> str:
    cell = slot.cell
    name = frame.styles[cell.role]
    if name == "PDTableText" and cell.align == "center":
        name = "PDTableCentred"
    own = _OWN_ALIGN.get(name, "left")
    align = _narrowed(slot, frame, name) + (
        "" if cell.align == own else f'<w:jc w:val="{"both" if cell.align == "justify" else cell.align}"/>'
    )
    before = _KEEP if style.keep else ""
    if slot.continued:
        return paragraph(name, "", before=before)
    mark = marks.answer(cell.path)
    if cell.ticks:
        runs = mark[0] + tick_runs(cell.ticks, narrow=frame.width(slot) < twip(_NARROW_MM)) + mark[1]
        return paragraph(name, runs, before=before, after=align)
    if cell.path is None:
        return printed_paragraphs((cell.text,), name, before=before, after=align)
    return marked_paragraphs(cell.text, name, mark, before=before, after=align)


def _narrowed(slot: Slot, frame: Frame, style: str) -> str:
    """Indents that keep the last character of a cell from standing alone; a centred text stays in the middle."""
    if slot.cell.align == "justify":
        return ""
    room = frame.width(slot) / 20 - 2 * frame.padding_pt
    away = round(measure.lone_end_pt(slot.cell.text, room, _SIZES[style]) * 20)
    left = away // 2 if slot.cell.align == "center" else 0
    return f'<w:ind w:left="{left}" w:right="{away - left}"/>' if away else ""
