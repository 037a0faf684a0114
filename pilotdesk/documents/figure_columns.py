"""Layout C of the structure figure: every group heads a column, its categories are stacked below it.

Also each part of layout D, where deeper levels are indented. Source: print target §7.1 (computed).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from pilotdesk.documents.figure_boxes import root_box
from pilotdesk.documents.figure_shapes import FigureLine, planned_words
from pilotdesk.documents.figure_text import label_lines, write_pieces

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pilotdesk.documents.blocks import FigureNode
    from pilotdesk.documents.figure_shapes import FigureSheet
    from pilotdesk.documents.figure_text import Piece

MOST_COLUMNS: Final = 6
_COLUMN_GAP, _WIDEST_COLUMN = 4.0, 62.0
_HEAD_GAP, _HEAD_HEIGHT, _HEAD_LINE = 12.0, 9.0, 5.0
_ROW_HEIGHT, _ROW_PITCH, _ROW_LINE = 6.2, 7.5, 4.4
_SPINE, _INDENT, _PADDING = 4.0, 5.0, 1.3
_STACK_HEIGHT: Final = 11 * _ROW_PITCH
_SIZES: Final = (10.5, 9.0)


class _Row(NamedTuple):
    node: FigureNode
    level: int
    lines: list[list[Piece]]
    size: float

    @property
    def height(self) -> float:
        return _ROW_HEIGHT + (len(self.lines) - 1) * _ROW_LINE

    @property
    def pitch(self) -> float:
        return self.height + _ROW_PITCH - _ROW_HEIGHT


class _Family(NamedTuple):
    """A group and its stacks, one for each column that it takes."""

    head: FigureNode
    stacks: list[list[_Row]]


def lay_out_columns(sheet: FigureSheet, root: FigureNode) -> bool:
    """Layout C. False when more than six columns would be needed."""
    fitted = _fitted(root.children, sheet.width)
    if fitted is None:
        return False
    width, families = fitted
    bottom = root_box(sheet, root)
    count = sum(len(family.stacks) for family in families)
    left = (sheet.width - count * (width + _COLUMN_GAP) + _COLUMN_GAP) / 2
    _draw_families(sheet, families, width, left, bottom)
    sheet.height = max(box.y + box.height for box in sheet.boxes)
    return True


def lay_out_stack(sheet: FigureSheet, root: FigureNode) -> bool:
    """One group whose categories have none below them: its box, and the categories stacked in columns."""
    fitted = _fitted((root,), sheet.width)
    if fitted is None:
        return False
    width, families = fitted
    stacks = families[0].stacks
    bottom = root_box(sheet, root)
    left = (sheet.width - len(stacks) * (width + _COLUMN_GAP) + _COLUMN_GAP) / 2
    lefts = [left + n * (width + _COLUMN_GAP) for n in range(len(stacks))]
    for x, stack in zip(lefts, stacks, strict=True):
        _draw_stack(sheet, stack, x, bottom + _HEAD_GAP, width)
    sheet.bus(sheet.width / 2, bottom, bottom + _HEAD_GAP, [x + _SPINE / 2 for x in lefts])
    sheet.height = max(box.y + box.height for box in sheet.boxes)
    return True


def _fitted(groups: Sequence[FigureNode], whole: float) -> tuple[float, list[_Family]] | None:
    """Width of the columns and what stands in them, for the fewest columns that take all; ``None`` for over six."""
    for columns in range(max(1, len(groups)), MOST_COLUMNS + 1):
        width = min(_WIDEST_COLUMN, (whole - _COLUMN_GAP * (columns - 1)) / columns)
        size = _size(groups, width)
        families = [_Family(group, _stacks(group, width, size)) for group in groups]
        if sum(len(family.stacks) for family in families) <= columns:
            return width, families
    return None


def _size(groups: Sequence[FigureNode], width: float) -> float:
    """One size of type for all rows: the largest at which each is one line, else the smallest."""
    for size in _SIZES:
        rows = (row for group in groups for row in _rows(group.children, 0, width - _SPINE, size))
        if all(len(row.lines) == 1 for row in rows):
            return size
    return _SIZES[-1]


def _stacks(group: FigureNode, width: float, size: float) -> list[list[_Row]]:
    """The rows below a group, cut into columns of at most eleven rows of one line."""
    stacks: list[list[_Row]] = [[]]
    used = 0.0
    for row in _rows(group.children, 0, width - _SPINE, size):
        if used + row.pitch > _STACK_HEIGHT and stacks[-1]:
            stacks.append([])
            used = 0.0
        stacks[-1].append(row)
        used += row.pitch
    return stacks


def _rows(nodes: Sequence[FigureNode], level: int, width: float, size: float) -> list[_Row]:
    found = []
    for node in nodes:
        room = width - level * _INDENT - 2 * _PADDING
        ending = f"　{node.count}{planned_words(node)}"
        lines = label_lines(node, "song", size, room, ending=ending)
        found.append(_Row(node, level, lines, size))
        found += _rows(node.children, level + 1, width, size)
    return found


def _draw_families(
    sheet: FigureSheet, families: Sequence[_Family], width: float, left: float, root_bottom: float
) -> None:
    top = root_bottom + _HEAD_GAP
    spans = [len(family.stacks) * (width + _COLUMN_GAP) - _COLUMN_GAP for family in families]
    labels = [
        label_lines(family.head, "hei", 12, span - 3, ending=f"　{family.head.count}项")
        for family, span in zip(families, spans, strict=True)
    ]
    height = _HEAD_HEIGHT + (max(map(len, labels), default=1) - 1) * _HEAD_LINE
    middles = []
    for family, span, lines in zip(families, spans, labels, strict=True):
        middles.append(left + span / 2)
        sheet.node_box(family.head, left, top, span, height)
        first = top + (height - (len(lines) - 1) * _HEAD_LINE) / 2
        for n, line in enumerate(lines):
            write_pieces(sheet, (left + span / 2, first + n * _HEAD_LINE), line, "hei", 12, anchor="center")
        for n, stack in enumerate(family.stacks):
            _draw_stack(sheet, stack, left + n * (width + _COLUMN_GAP), top + height, width)
        left += span + _COLUMN_GAP
    sheet.bus(sheet.width / 2, root_bottom, top, middles)


def _draw_stack(sheet: FigureSheet, stack: Sequence[_Row], left: float, top: float, width: float) -> None:
    """Rows of one column with the line that joins them at the left."""
    y = top + _ROW_PITCH - _ROW_HEIGHT + 1.5
    ends: list[tuple[float, int]] = []
    for row in stack:
        x = left + _SPINE + row.level * _INDENT
        sheet.node_box(row.node, x, y, left + width - x, row.height)
        middle = y + row.height / 2
        first = middle - (len(row.lines) - 1) * _ROW_LINE / 2
        for n, line in enumerate(row.lines):
            write_pieces(sheet, (x + _PADDING, first + n * _ROW_LINE), line, "song", row.size, anchor="left")
        spine = x - _SPINE / 2
        sheet.lines.append(FigureLine(spine, middle, x, middle))
        ends.append((middle, row.level))
        y += row.pitch
    _draw_spines(sheet, stack, ends, left, top)


def _draw_spines(
    sheet: FigureSheet, stack: Sequence[_Row], ends: Sequence[tuple[float, int]], left: float, top: float
) -> None:
    """One upright line for each run of brothers, from their parent to the last of them."""
    for level in sorted({row.level for row in stack}):
        start, last = top, None
        for (middle, row_level), row in zip(ends, stack, strict=True):
            if row_level < level:
                _spine(sheet, left, level, start, last)
                start, last = middle + row.height / 2, None
            elif row_level == level:
                last = middle
        _spine(sheet, left, level, start, last)


def _spine(sheet: FigureSheet, left: float, level: int, start: float, end: float | None) -> None:
    if end is not None:
        x = left + _SPINE / 2 + level * _INDENT
        sheet.lines.append(FigureLine(x, start, x, end))
