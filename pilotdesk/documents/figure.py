"""标准体系结构图: which layout a tree gets, and the finished sheets for PDF, Word and preview.

==== ==================================== ==========================================================
A    ≤ 9 nodes, ≤ 6 leaves, 2 levels      portrait, level boxes
B    ≤ 22 leaves, 3 levels                landscape, upright boxes
C    ≤ 66 leaves in ≤ 6 columns           landscape, stacked boxes, deeper levels indented
D    more                                 an overview, then one sheet for every group
==== ==================================== ==========================================================

Source: print target §7.1.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from math import inf
from typing import TYPE_CHECKING, Final

from pilotdesk.documents.blocks import FigureNode
from pilotdesk.documents.figure_boxes import (
    LANDSCAPE_WIDTH,
    PORTRAIT_WIDTH,
    TIGHT_LEAVES,
    lay_out_level,
    lay_out_upright,
)
from pilotdesk.documents.figure_columns import lay_out_columns, lay_out_stack
from pilotdesk.documents.figure_shapes import (
    DASH_PT,
    FigureBox,
    FigureLine,
    FigureSheet,
    FigureText,
    depth,
    is_all_planned,
    leaves,
    listed,
    size,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pilotdesk.documents.blocks import Figure

__all__ = ["DASH_PT", "FigureBox", "FigureLine", "FigureSheet", "FigureText", "layout_figure"]

_LEVEL_NODES, _LEVEL_LEAVES = 9, 6
_UPRIGHT_LEAVES: Final = 22
_COLUMN_LEAVES: Final = 66
_SLACK_MM: Final = 0.05

_LEGEND_GAP, _LEGEND_SIZE, _LEGEND_HEIGHT = 7.4, 9.0, 9.4


def layout_figure(figure: Figure, height: float = inf) -> tuple[FigureSheet, ...]:
    """The sheets of a figure, usually one.

    Args:
        figure: the tree. Without a node there is no sheet.
        height: mm that the first sheet's page has for it, headings above and caption below subtracted; the layout
            becomes tighter where that is needed, but may still be higher.

    Raises:
        PilotDeskError: ``program_incomplete`` when the fonts are missing, by which widths are measured.
    """
    if not figure.roots:
        return ()
    root = figure.roots[0] if len(figure.roots) == 1 else _joined(figure)
    sheet = _whole(figure, root, height)
    legend = _LEGEND_HEIGHT if root.planned else 0.0
    if sheet and sheet.height + legend > height + _SLACK_MM and depth(root) > 2:
        sheet = None  # drawn smaller, its smallest type would be below 9 pt
    sheets = (sheet,) if sheet else tuple(_parts(figure, root, height))
    for made in sheets:
        _legend(made, root)
    return sheets


def _joined(figure: Figure) -> FigureNode:
    """A root over several topmost categories, named by the caption; nobody answered it, so it has no id."""
    name = figure.caption.removesuffix("结构图").strip() or "标准体系"
    total = sum(node.count for node in figure.roots)
    planned = sum(node.planned for node in figure.roots)
    return FigureNode("", "", name, total, planned, figure.roots)


def _whole(figure: Figure, root: FigureNode, height: float) -> FigureSheet | None:
    """All on one sheet: the first of the layouts A, B, tight B and C that is low enough, else the lowest."""
    levels, ends = depth(root), len(leaves(root))
    layouts: list[tuple[bool, Callable[[FigureSheet, FigureNode], bool]]] = []
    if levels <= 2 and size(root) <= _LEVEL_NODES and ends <= _LEVEL_LEAVES:
        layouts.append((False, lay_out_level))
    if levels <= 3 and ends <= _UPRIGHT_LEAVES:
        layouts.append((True, lay_out_upright))
        layouts += [(True, partial(lay_out_upright, leaves=leaf)) for leaf in TIGHT_LEAVES]
    if levels == 2:
        layouts += [(True, partial(lay_out_stack, tight=tight)) for tight in (False, True)]
    if levels >= 3 and ends <= _COLUMN_LEAVES:
        layouts += [(True, partial(lay_out_columns, tight=tight)) for tight in (False, True)]
    lowest: FigureSheet | None = None
    room = height - (_LEGEND_HEIGHT if root.planned else 0.0)
    for landscape, lay_out in layouts:
        sheet = _sheet(figure, root, landscape=landscape)
        if not lay_out(sheet, root):
            continue
        if sheet.height <= room:
            return sheet
        lowest = sheet if lowest is None or sheet.height < lowest.height else lowest
    return lowest


def _parts(figure: Figure, root: FigureNode, height: float) -> list[FigureSheet]:
    """Layout D: the groups alone, then each group with what is below it; of two levels the second in portions."""
    if depth(root) == 2:
        return list(_portion_sheets(figure, root, figure.caption, 0))
    groups = tuple(replace(group, children=()) for group in root.children)
    overview = _whole(figure, replace(root, children=groups), height)
    sheets = [overview] if overview else []
    for group in root.children:
        title = f"{group.code}　{group.name}".strip("　")
        sheets += _portion_sheets(figure, group, title, len(sheets))
    return sheets


def _portion_sheets(figure: Figure, group: FigureNode, title: str, before: int) -> Iterator[FigureSheet]:
    """The sheets of one group; ``before``: sheets of the figure in front of them."""
    for n, portion in enumerate(_portions(group)):
        caption = f"{title}（续）" if n else title
        sheet = _sheet(figure, portion, number=_numbered(figure.number, before + n), caption=caption)
        _lay_out_portion(sheet, portion)
        yield sheet


def _lay_out_portion(sheet: FigureSheet, portion: FigureNode) -> bool:
    if all(not child.children for child in portion.children):
        return lay_out_stack(sheet, portion)
    return lay_out_columns(sheet, portion)


def _portions(group: FigureNode) -> list[FigureNode]:
    """A group in as few portions as fit on a sheet each."""
    whole = FigureSheet("", "", LANDSCAPE_WIDTH, landscape=True)
    if _lay_out_portion(whole, group) or len(group.children) < 2:
        return [group]
    half = (len(group.children) + 1) // 2
    halves = (group.children[:half], group.children[half:])
    return [portion for part in halves for portion in _portions(replace(group, children=part))]


def _sheet(
    figure: Figure, root: FigureNode, *, landscape: bool = True, number: str = "", caption: str = ""
) -> FigureSheet:
    return FigureSheet(
        number=number or figure.number,
        caption=caption or figure.caption,
        width=LANDSCAPE_WIDTH if landscape else PORTRAIT_WIDTH,
        landscape=landscape,
        description=listed(root),
    )


def _numbered(number: str, place: int) -> str:
    """``图6-1`` and 2 make ``图6-3``."""
    head, _, last = number.rpartition("-")
    return f"{head}-{int(last) + place}" if last.isdecimal() else number


def _legend(sheet: FigureSheet, root: FigureNode) -> None:
    """What a dashed edge and （拟…） mean, where they occur."""
    if not root.planned:
        return
    y = sheet.height + _LEGEND_GAP
    x = 0.0
    dashed = any(is_all_planned(node) for node in _all(root))
    entries = [(False, "已有标准的类目"), *([(True, "全部待补充的类目")] if dashed else [])]
    for planned, text in entries:
        sheet.boxes.append(FigureBox(x, y - 1.4, 9, 2.8, dashed=planned))
        sheet.write(x + 11.2, y, text, "song", _LEGEND_SIZE, anchor="left")
        x += 11.2 + len(text) * _LEGEND_SIZE / 72 * 25.4 + 6.5
    sheet.write(x + 2, y, "“（拟2）”为其中拟补充制定的项数", "song", _LEGEND_SIZE, anchor="left")
    sheet.height += _LEGEND_HEIGHT


def _all(node: FigureNode) -> list[FigureNode]:
    return [node, *(below for child in node.children for below in _all(child))]
