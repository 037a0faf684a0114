"""Where the boxes of the live structure figure stand, in px; plain arithmetic, no painting.

Made for reading on a screen: root, groups beside each other, their leaves as narrow boxes; what stands below a
leaf is only counted. Names stand whole: boxes grow with the longest one. What is printed has layouts of its own, by
the measures of the page, with every level.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pilotdesk.documents.blocks import FigureNode

LEAF_GAP, GROUP_GAP = 5.0, 12.0
LEAST_LEAF, WIDEST_LEAF = 37.0, 112.0
MOST_LEAF_LINES: Final = 5
"""Lines of a name from which on its box gets wider rather than higher; more only in the widest."""
WIDEST_GROUP: Final = 192.0
SIDE: Final = 2.0
"""Left and right of the text in a leaf."""
PAD: Final = 4.0
"""Above the code of a leaf, and below its foot."""
SIGN: Final = "标"
"""As wide as any sign of a name."""
ROOT_LINE, GROUP_LINE, LEAF_LINES = 26.0, 25.0, 80.0
LEVEL_GAP: Final = 11.0
EDGE: Final = 4.0


@dataclass(frozen=True, slots=True)
class NodeBox:
    """One box, px from the top left corner.

    Attributes:
        kind: ``root``, ``group`` or ``leaf``. wanting: nothing stands under it yet, or under a category below it
            that is not drawn.
        count: words at its foot, such as ``31 项``.
        folded: number of categories below it that are not drawn.
    """

    node: FigureNode
    kind: str
    x: float
    y: float
    width: float
    height: float
    wanting: bool
    count: str
    folded: int = 0

    @property
    def folded_words(self) -> str:
        """``另2类`` at the foot of a leaf that has more below it; else empty."""
        return f"另{self.folded}类" if self.folded else ""

    @property
    def middle(self) -> float:
        """The middle of its width."""
        return self.x + self.width / 2


class Connector(NamedTuple):
    """A line, level or upright."""

    x0: float
    y0: float
    x1: float
    y1: float


@dataclass(frozen=True, slots=True)
class Drawing:
    """The whole figure."""

    boxes: tuple[NodeBox, ...]
    lines: tuple[Connector, ...]
    width: float
    height: float


def lay_out(
    roots: Sequence[FigureNode],
    room: float,
    scale: float,
    text_width: Callable[[str], float],
    line_height: float = 17.0,
) -> Drawing:
    """Lay out a tree.

    Args:
        roots: its topmost nodes; a single one stands above its groups, several are groups themselves.
        room: px there are; a figure that needs more is wider, and scrolls.
        scale: factor on every measure.
        text_width: width of a text in the group's type, px.
        line_height: height of a line in the leaves, px.
    """
    single = roots[0] if len(roots) == 1 else None
    groups = tuple(single.children if single is not None else roots)
    type_ = _Type(text_width, line_height, scale)
    edge = top = EDGE * scale
    leaf = _leaf_size(groups, room - 2 * edge, type_)
    widths, high = _head_sizes(groups, leaf[0], type_)
    total = sum(widths) + GROUP_GAP * scale * max(0, len(groups) - 1)
    left = max(edge, (room - total) / 2)
    boxes, lines, heads = list[NodeBox](), list[Connector](), list[NodeBox]()
    below = top + (ROOT_LINE + LEVEL_GAP) * scale if single is not None else top
    x = left
    for group, width in zip(groups, widths, strict=True):
        found, drawn = _group(group, (x, below), (width, high), leaf, scale)
        boxes += found
        lines += drawn
        heads.append(found[0])
        x += width + GROUP_GAP * scale
    if single is not None:
        width = max(240 * scale, min(text_width(single.name) + 40 * scale, room - 2 * edge))
        middle = left + total / 2 if groups else room / 2
        root = _box(single, "root", (max(edge, middle - width / 2), top), (width, ROOT_LINE * scale))
        boxes.insert(0, root)
        lines += _bus(root, heads) if heads else []
    return _drawing(boxes, lines, room, edge)


class _Type(NamedTuple):
    """How the words are set: their width, the height of a line in the leaves, px, and the factor on every measure."""

    text_width: Callable[[str], float]
    line_height: float
    scale: float


def _leaf_size(groups: Sequence[FigureNode], room: float, type_: _Type) -> tuple[float, float]:
    """Width and height of every leaf: as wide as the room gives, wider for long names, high enough for the longest."""
    scale, sign = type_.scale, type_.text_width(SIGN)
    leaves = [leaf for group in groups for leaf in group.children]
    columns = [max(1, len(group.children)) for group in groups]
    width = _leaf_width(columns, room / scale) * scale
    width = _wide_enough(leaves, width, scale, sign)
    return width, _leaf_height(leaves, width, scale, sign, type_.line_height)


def _head_sizes(groups: Sequence[FigureNode], leaf: float, type_: _Type) -> tuple[list[float], float]:
    """Width of each group, and the height of all."""
    scale, text_width = type_.scale, type_.text_width
    counts = [max(1, len(group.children)) for group in groups]
    widths = [
        max(leaf * count + LEAF_GAP * scale * (count - 1),
            min(text_width(f"{group.code} {group.name}") + 20 * scale, WIDEST_GROUP * scale))
        for group, count in zip(groups, counts, strict=True)
    ]  # fmt: skip
    lines = [head_lines(group, width, scale, text_width) for group, width in zip(groups, widths, strict=True)]
    return widths, GROUP_LINE * scale + (max(lines, default=1) - 1) * type_.line_height


def _drawing(boxes: list[NodeBox], lines: list[Connector], room: float, edge: float) -> Drawing:
    """Boxes and connectors with the area they need."""
    bottom = max((box.y + box.height for box in boxes), default=0.0)
    right = max((box.x + box.width for box in boxes), default=0.0)
    return Drawing(tuple(boxes), tuple(lines), max(room, right + edge), bottom + edge)


def _leaf_width(columns: list[int], room: float) -> float:
    """Width of a leaf at scale 1: what the room gives, within limits."""
    count = sum(columns)
    if not count:
        return WIDEST_LEAF
    gaps = LEAF_GAP * (count - len(columns)) + GROUP_GAP * (len(columns) - 1)
    return max(LEAST_LEAF, min(WIDEST_LEAF, (room - gaps) / count))


def _wide_enough(leaves: Sequence[FigureNode], width: float, scale: float, sign: float) -> float:
    """A leaf so wide that no name has more than five lines, up to the widest; px."""
    while width < WIDEST_LEAF * scale and _most_lines(leaves, width, scale, sign) > MOST_LEAF_LINES:
        width = min(width + sign, WIDEST_LEAF * scale)
    return width


def _leaf_height(
    leaves: Sequence[FigureNode], width: float, scale: float, sign: float, line_height: float
) -> float:
    """Height of all leaves: code, the longest name, feet; px."""
    feet = 1 + any(leaf.children for leaf in leaves)
    lines = 1 + _most_lines(leaves, width, scale, sign) + feet
    return max(LEAF_LINES * scale, 2 * PAD * scale + lines * line_height)


def _most_lines(leaves: Sequence[FigureNode], width: float, scale: float, sign: float) -> int:
    per_line = signs_in_line(width - 2 * SIDE * scale, sign)
    return max((-(-len(leaf.name) // per_line) for leaf in leaves), default=1)


def signs_in_line(width: float, sign: float) -> int:
    """How many signs of this width stand in a line; at least one."""
    return max(1, int(width // sign))


def head_lines(group: FigureNode, width: float, scale: float, text_width: Callable[[str], float]) -> int:
    """Lines that code and name of a group need in its box, as signs stand in them."""
    text = f"{group.code} {group.name}".strip()
    room = width - 6 * scale
    if text_width(text) <= room:
        return 1
    return -(-len(text) // signs_in_line(room, text_width(SIGN)))


def _group(
    group: FigureNode,
    corner: tuple[float, float],
    head_size: tuple[float, float],
    leaf_size: tuple[float, float],
    scale: float,
) -> tuple[list[NodeBox], list[Connector]]:
    """The boxes of a group, its own first, and their connectors."""
    left, top = corner
    head = _box(group, "group", corner, head_size)
    leaf, count = leaf_size[0], len(group.children)
    used = leaf * count + LEAF_GAP * scale * max(0, count - 1)
    x, y = left + (head_size[0] - used) / 2, top + head_size[1] + LEVEL_GAP * scale
    step = leaf + LEAF_GAP * scale
    below = [_box(child, "leaf", (x + at * step, y), leaf_size) for at, child in enumerate(group.children)]
    return [head, *below], _bus(head, below) if below else []


def _box(node: FigureNode, kind: str, corner: tuple[float, float], size: tuple[float, float]) -> NodeBox:
    empty = not node.children and not node.count
    words = "待补充" if empty else f"{node.count} 项"
    is_leaf = kind == "leaf"
    short = empty or (is_leaf and wanting(node.children) > 0)
    return NodeBox(node, kind, *corner, *size, short, words, _below(node) if is_leaf else 0)


def _below(node: FigureNode) -> int:
    return sum(1 + _below(child) for child in node.children)


def _bus(above: NodeBox, below: list[NodeBox]) -> list[Connector]:
    """Right-angled connectors, the level line half-way."""
    bottom, top = above.y + above.height, below[0].y
    half = (bottom + top) / 2
    first, last = min(above.middle, below[0].middle), max(above.middle, below[-1].middle)
    lines = [Connector(above.middle, bottom, above.middle, half), Connector(first, half, last, half)]
    return lines + [Connector(box.middle, half, box.middle, top) for box in below]


def wanting(roots: Sequence[FigureNode]) -> int:
    """Lowest nodes under which nothing stands yet."""
    return sum(wanting(node.children) if node.children else not node.count for node in roots)
