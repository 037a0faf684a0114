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
_HEAD_HEIGHT, _HEAD_LINE = 9.0, 5.0
_SPINE, _INDENT, _PADDING = 4.0, 5.0, 1.3
_STACK_ROWS: Final = 11
_SIZES: Final = (10.5, 9.0)
_SLACK: Final = 1e-6


class _Pace(NamedTuple):
    """White below the root and between two rows, height of a row, distance of its lines, mm."""

    head: float
    gap: float
    row: float
    line: float

    @property
    def stack_height(self) -> float:
        """Of eleven rows of one line."""
        return _STACK_ROWS * (self.row + self.gap)


_ORDINARY: Final = _Pace(12.0, 1.3, 6.2, 4.4)
_TIGHT: Final = _Pace(7.0, 0.7, 5.2, 3.9)


class _Row(NamedTuple):
    node: FigureNode
    level: int
    lines: list[list[Piece]]
    size: float
    pace: _Pace

    @property
    def height(self) -> float:
        return self.pace.row + (len(self.lines) - 1) * self.pace.line

    @property
    def pitch(self) -> float:
        return self.height + self.pace.gap


class _Family(NamedTuple):
    """A group and its stacks, one for each column that it takes."""

    head: FigureNode
    stacks: list[list[_Row]]


def lay_out_columns(sheet: FigureSheet, root: FigureNode, *, tight: bool = False) -> bool:
    """Layout C, ``tight`` where headings take part of the page. False when more than six columns would be needed."""
    pace = _TIGHT if tight else _ORDINARY
    fitted = _fitted(root.children, sheet.width, pace)
    if fitted is None:
        return False
    width, families = fitted
    bottom = root_box(sheet, root)
    count = sum(len(family.stacks) for family in families)
    left = (sheet.width - count * (width + _COLUMN_GAP) + _COLUMN_GAP) / 2
    _draw_families(sheet, families, width, left, bottom + pace.head)
    sheet.bus(sheet.width / 2, bottom, bottom + pace.head, _middles(families, width, left))
    sheet.height = max(box.y + box.height for box in sheet.boxes)
    return True


def lay_out_stack(sheet: FigureSheet, root: FigureNode, *, tight: bool = False) -> bool:
    """One group whose categories have none below them: its box, and the categories stacked in columns."""
    pace = _TIGHT if tight else _ORDINARY
    fitted = _fitted((root,), sheet.width, pace)
    if fitted is None:
        return False
    width, families = fitted
    stacks = families[0].stacks
    bottom = root_box(sheet, root)
    left = (sheet.width - len(stacks) * (width + _COLUMN_GAP) + _COLUMN_GAP) / 2
    lefts = [left + n * (width + _COLUMN_GAP) for n in range(len(stacks))]
    for x, stack in zip(lefts, stacks, strict=True):
        _draw_stack(sheet, stack, x, bottom + pace.head, width)
    sheet.bus(sheet.width / 2, bottom, bottom + pace.head, [x + _SPINE / 2 for x in lefts])
    sheet.height = max(box.y + box.height for box in sheet.boxes)
    return True


def _fitted(groups: Sequence[FigureNode], whole: float, pace: _Pace) -> tuple[float, list[_Family]] | None:
    """Width of the columns and what stands in them, for the fewest columns that take all; ``None`` for over six."""
    for columns in range(max(1, len(groups)), MOST_COLUMNS + 1):
        width = min(_WIDEST_COLUMN, (whole - _COLUMN_GAP * (columns - 1)) / columns)
        size = _size(groups, width)
        families = [_Family(group, _stacks(group, width, size, pace)) for group in groups]
        if sum(len(family.stacks) for family in families) <= columns:
            return width, families
    return None


def _size(groups: Sequence[FigureNode], width: float) -> float:
    """One size of type for all rows: the largest at which each is one line, else the smallest."""
    for size in _SIZES:
        rows = (row for group in groups for row in _rows(group.children, 0, width - _SPINE, size, _ORDINARY))
        if all(len(row.lines) == 1 for row in rows):
            return size
    return _SIZES[-1]


def _stacks(group: FigureNode, width: float, size: float, pace: _Pace) -> list[list[_Row]]:
    """The rows below a group, cut into columns of at most eleven rows of one line, as even as can be."""
    rows = _rows(group.children, 0, width - _SPINE, size, pace)
    stacks = _cut(rows, pace.stack_height)
    lowest = sum(row.pitch for row in rows) / len(stacks)
    while lowest < pace.stack_height:
        even = _cut(rows, lowest)
        if len(even) == len(stacks):
            return even
        lowest += pace.gap
    return stacks


def _cut(rows: Sequence[_Row], height: float) -> list[list[_Row]]:
    stacks: list[list[_Row]] = [[]]
    used = 0.0
    for row in rows:
        if used + row.pitch > height + _SLACK and stacks[-1]:
            stacks.append([])
            used = 0.0
        stacks[-1].append(row)
        used += row.pitch
    return stacks


def _rows(nodes: Sequence[FigureNode], level: int, width: float, size: float, pace: _Pace) -> list[_Row]:
    found = []
    for node in nodes:
        room = width - level * _INDENT - 2 * _PADDING
        ending = f"　{node.count}{planned_words(node)}"
        lines = label_lines(node, "song", size, room, ending=ending)
        found.append(_Row(node, level, lines, size, pace))
        found += _rows(node.children, level + 1, width, size, pace)
    return found


def _draw_families(
    sheet: FigureSheet, families: Sequence[_Family], width: float, left: float, top: float
) -> None:
    spans = _spans(families, width)
    labels = [
        label_lines(family.head, "hei", 12, span - 3, ending=f"　{family.head.count}项")
        for family, span in zip(families, spans, strict=True)
    ]
    height = _HEAD_HEIGHT + (max(map(len, labels), default=1) - 1) * _HEAD_LINE
    for family, span, lines in zip(families, spans, labels, strict=True):
        sheet.node_box(family.head, left, top, span, height)
        first = top + (height - (len(lines) - 1) * _HEAD_LINE) / 2
        for n, line in enumerate(lines):
            write_pieces(sheet, (left + span / 2, first + n * _HEAD_LINE), line, "hei", 12, anchor="center")
        for n, stack in enumerate(family.stacks):
            _draw_stack(sheet, stack, left + n * (width + _COLUMN_GAP), top + height, width)
        left += span + _COLUMN_GAP


def _spans(families: Sequence[_Family], width: float) -> list[float]:
    return [len(family.stacks) * (width + _COLUMN_GAP) - _COLUMN_GAP for family in families]


def _middles(families: Sequence[_Family], width: float, left: float) -> list[float]:
    """Where the groups' boxes hang from the line below the root."""
    found = []
    for span in _spans(families, width):
        found.append(left + span / 2)
        left += span + _COLUMN_GAP
    return found


def _draw_stack(sheet: FigureSheet, stack: Sequence[_Row], left: float, top: float, width: float) -> None:
    """Rows of one column with the line that joins them at the left."""
    y = top + stack[0].pace.gap + 1.5 if stack else top
    ends: list[tuple[float, int]] = []
    for row in stack:
        x = left + _SPINE + row.level * _INDENT
        sheet.node_box(row.node, x, y, left + width - x, row.height)
        middle = y + row.height / 2
        first = middle - (len(row.lines) - 1) * row.pace.line / 2
        for n, line in enumerate(row.lines):
            write_pieces(
                sheet, (x + _PADDING, first + n * row.pace.line), line, "song", row.size, anchor="left"
            )
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
