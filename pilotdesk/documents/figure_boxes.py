"""Layouts A and B of the structure figure: one box for every category.

A: up to 9 nodes on two levels, level boxes across the portrait page. B: root, groups, and upright boxes for the
leaves, on a landscape page. Source: print target §7.1 (B was drawn and looked at; A is computed).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from pilotdesk.documents.figure_shapes import (
    MM_PT,
    ROOT_RULE_PT,
    FigureBox,
    code_path,
    name_path,
    planned_words,
)
from pilotdesk.documents.figure_text import Piece, label_lines, upright, width_mm, words, write_pieces

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pilotdesk.documents.blocks import FigureNode
    from pilotdesk.documents.figure_shapes import FigureSheet
    from pilotdesk.documents.figure_text import Upright

PORTRAIT_WIDTH: Final = 156.0
LANDSCAPE_WIDTH: Final = 245.0

_ROOT_HEIGHT, _ROOT_LINE = 11.0, 6.0
_ROOT_GAP, _LEAF_GAP = 14.0, 13.0
_TIGHT_ROOT_GAP, _TIGHT_LEAF_GAP = 9.0, 8.0
_GROUP_HEIGHT, _GROUP_SLOTS, _GROUP_LINE = 13.5, 3, 4.8
_LEAF_HEIGHTS = (62.0, 72.0)
TIGHT_LEAVES: Final = (62.0, 58.0, 54.0, 50.0)
"""Heights of the leaves where the page is low, to be tried in this order."""

_WIDEST_LEAF, _TIGHT_LEAF, _NARROWEST_LEAF = 14.0, 9.0, 8.5
_LEAF_HEAD, _LEAF_FOOT = 7.5, 13.0
_LEVEL_LEAF_WIDTH, _LEVEL_LEAF_HEIGHT, _LEVEL_GAP = 22.0, 12.0, 4.0


def root_box(sheet: FigureSheet, root: FigureNode) -> float:
    """The root's box in the middle of the top; returns its lower edge."""
    ending = f"（{root.count}项）"
    text = f"{root.code}　{words(root.name)}{ending}"
    size = 14.0 if width_mm("hei", 14, text) < sheet.width - 20 else 12.0
    lines = label_lines(root, "hei", size, sheet.width - 12, ending=ending)
    widths = [width_mm("hei", size, "".join(piece.text for piece in line)) for line in lines]
    width = max(92.0 if sheet.landscape else 60.0, max(widths) + 10)
    height = _ROOT_HEIGHT + (len(lines) - 1) * _ROOT_LINE
    sheet.boxes.append(FigureBox((sheet.width - width) / 2, 0, width, height, ROOT_RULE_PT))
    for n, line in enumerate(lines):
        at = (sheet.width / 2, _ROOT_HEIGHT / 2 + _ROOT_LINE * n)
        write_pieces(sheet, at, line, "hei", size, anchor="center")
    return height


def lay_out_level(sheet: FigureSheet, root: FigureNode) -> bool:
    """Layout A: the root and level boxes side by side below it. False when a name does not fit."""
    nodes = root.children
    bottom = root_box(sheet, root)
    if not nodes:
        sheet.height = bottom
        return True
    width = min(40.0, (sheet.width - _LEVEL_GAP * (len(nodes) - 1)) / len(nodes))
    if width < _LEVEL_LEAF_WIDTH:
        return False
    left = (sheet.width - width * len(nodes) - _LEVEL_GAP * (len(nodes) - 1)) / 2
    labels = [label_lines(node, "song", 12, width - 3, code_apart=True) for node in nodes]
    numbers = [_numbers_below(node, width - 2) for node in nodes]
    needed = max(6 * len(lines) + 5 * len(below) for lines, below in zip(labels, numbers, strict=True))
    height = max(_LEVEL_LEAF_HEIGHT + 5.0, needed + 3)
    top = bottom + _LEAF_GAP
    middles = []
    for n, (node, lines, below) in enumerate(zip(nodes, labels, numbers, strict=True)):
        x = left + n * (width + _LEVEL_GAP)
        middles.append(x + width / 2)
        sheet.node_box(node, x, top, width, height)
        start = top + (height - 6 * len(lines) - 5 * len(below)) / 2 + 3
        for place, line in enumerate(lines):
            write_pieces(sheet, (middles[-1], start + 6 * place), line, "song", 12, anchor="center")
        for place, words_below in enumerate(below):
            y = start + 6 * len(lines) - 0.5 + 5 * place
            sheet.write(middles[-1], y, words_below, "song", 10.5)
    sheet.bus(sheet.width / 2, bottom, top, middles)
    sheet.height = top + height
    return True


def _numbers_below(node: FigureNode, width: float) -> list[str]:
    """Standards of a category, on one line when that fits."""
    count, planned = f"{node.count}项", planned_words(node)
    whole = count + planned
    return [whole] if width_mm("song", 10.5, whole) <= width or not planned else [count, planned]


class _Grid(NamedTuple):
    """Widths and gaps of layout B, mm: ``above`` groups and leaves."""

    leaf: float
    between: float
    groups: float
    above: tuple[float, float]

    def group_width(self, leaf_count: int) -> float:
        slots = max(_GROUP_SLOTS, leaf_count)
        return slots * self.leaf + (slots - 1) * self.between


def lay_out_upright(sheet: FigureSheet, root: FigureNode, *, leaves: float | None = None) -> bool:
    """Layout B. False when the leaves would be too narrow for it or a name does not fit.

    Args:
        sheet: gets the drawing.
        root: the tree.
        leaves: height of the leaves in a tight layout, mm, where headings take part of the page; ``None`` for the
            ordinary layout.
    """
    groups = root.children
    flat = all(not group.children for group in groups)  # two levels: the leaves hang below the root
    families = [tuple(groups)] if flat else [group.children for group in groups]
    above = (_ROOT_GAP, _LEAF_GAP) if leaves is None else (_TIGHT_ROOT_GAP, _TIGHT_LEAF_GAP)
    grid = _fitting_grid(sheet.width, families, above, flat=flat)
    if grid is None:
        return False
    leaf_nodes = [leaf for family in families for leaf in family]
    height = _leaf_height(leaf_nodes, grid.leaf, _LEAF_HEIGHTS if leaves is None else (leaves,))
    if height is None or not all(_leaf_size(leaf.code, grid.leaf) for leaf in leaf_nodes):
        return False
    bottom = root_box(sheet, root)
    if flat:
        _leaf_row(sheet, leaf_nodes, grid, (sheet.width / 2, bottom), height)
    else:
        _groups(sheet, groups, grid, bottom, height)
    sheet.height = max(box.y + box.height for box in sheet.boxes)
    return True


def _fitting_grid(
    width: float, families: Sequence[Sequence[FigureNode]], above: tuple[float, float], *, flat: bool
) -> _Grid | None:
    slots = sum(len(family) if flat else max(_GROUP_SLOTS, len(family)) for family in families)
    for between, groups, least in ((2.6, 5.2, _TIGHT_LEAF), (2.0, 4.0, _NARROWEST_LEAF)):
        leaf = (width - groups * (len(families) - 1) - between * (slots - len(families))) / slots
        if leaf >= least:
            return _Grid(min(leaf, _WIDEST_LEAF), between, groups, above)
    return None


def _leaf_height(nodes: Sequence[FigureNode], width: float, heights: Sequence[float]) -> float | None:
    """The first of these heights at which every name fits upright, ``None`` when there is none."""
    for height in heights:
        room = height - _LEAF_HEAD - _LEAF_FOOT
        if all(upright(node.name, width, room) for node in nodes):
            return height
    return None


def _groups(
    sheet: FigureSheet, groups: Sequence[FigureNode], grid: _Grid, root_bottom: float, leaf_height: float
) -> None:
    widths = [grid.group_width(len(group.children)) for group in groups]
    x = (sheet.width - sum(widths) - grid.groups * (len(groups) - 1)) / 2
    box_width = grid.group_width(_GROUP_SLOTS)
    labels, size = _group_labels(groups, box_width - 2)
    height = _GROUP_HEIGHT + (max(map(len, labels)) - 1) * _GROUP_LINE
    top = root_bottom + grid.above[0]
    middles = []
    for group, lines, width in zip(groups, labels, widths, strict=True):
        middle = x + width / 2
        middles.append(middle)
        sheet.node_box(group, middle - box_width / 2, top, box_width, height)
        first = top + (height - _GROUP_LINE * (len(lines) + 1)) / 2 + _GROUP_LINE / 2 - 0.2
        for n, line in enumerate(lines):
            write_pieces(sheet, (middle, first + n * _GROUP_LINE), line, "hei", size, anchor="center")
        sheet.write(middle, first + len(lines) * _GROUP_LINE + 0.5, f"{group.count}项", "song", 10.5)
        _leaf_row(sheet, group.children, grid, (middle, top + height), leaf_height)
        x += width + grid.groups
    sheet.bus(sheet.width / 2, root_bottom, top, middles)


def _group_labels(groups: Sequence[FigureNode], width: float) -> tuple[list[list[list[Piece]]], float]:
    """Labels of all groups in one size: the larger one if they then stay on one line."""
    for size in (12.0, 10.5):
        labels = [label_lines(group, "hei", size, width) for group in groups]
        if all(len(lines) == 1 for lines in labels):
            break
    return labels, size


def _leaf_row(
    sheet: FigureSheet,
    nodes: Sequence[FigureNode],
    grid: _Grid,
    parent: tuple[float, float],
    height: float,
) -> None:
    """Upright boxes of brothers below ``parent``, the middle of its lower edge."""
    top = parent[1] + grid.above[1]
    left = parent[0] - (len(nodes) * (grid.leaf + grid.between) - grid.between) / 2
    middles = [left + n * (grid.leaf + grid.between) + grid.leaf / 2 for n in range(len(nodes))]
    for node, middle in zip(nodes, middles, strict=True):
        sheet.node_box(node, middle - grid.leaf / 2, top, grid.leaf, height)
        name = upright(node.name, grid.leaf, height - _LEAF_HEAD - _LEAF_FOOT)
        _write_leaf(sheet, node, name, (middle, top), (grid.leaf, height))
    sheet.bus(*parent, top, middles)


def _write_leaf(
    sheet: FigureSheet,
    node: FigureNode,
    name: Upright | None,
    at: tuple[float, float],
    area: tuple[float, float],
) -> None:
    (middle, top), (width, height) = at, area
    sheet.write(middle, top + 3.8, node.code, "song", _leaf_size(node.code, width) or 9, path=code_path(node))
    if name is not None:
        centre = top + _LEAF_HEAD + (height - _LEAF_HEAD - _LEAF_FOOT) / 2
        step, column_step = name.pitch / 72 * 25.4, (name.size_pt + 1) / 72 * 25.4
        x = middle + (len(name.columns) - 1) * column_step / 2
        for column in name.columns:
            y = centre - name.height / 2 + step / 2
            if len(name.columns) == 1:
                y = centre - (len(column) - 1) * step / 2
            for char in column:
                sheet.write(x, y, char, "fang", name.size_pt, path=name_path(node))
                y += step
            x -= column_step
    count = f"{node.count}项"
    sheet.write(middle, top + height - 8.4, count, "song", _leaf_size(count, width) or 9)
    planned = planned_words(node)
    # The blank halves of the brackets may lie on the box's edge.
    if planned and width_mm("song", 9, planned) - 9 / MM_PT > width:
        planned = planned.strip("（）")
    sheet.write(middle, top + height - 3.8, planned, "song", 9)


def _leaf_size(text: str, width: float) -> float | None:
    """Size of type at which a code or number fits an upright box, ``None`` for none."""
    return next((size for size in (10.5, 9.0) if width_mm("song", size, text) <= width - 0.3), None)
