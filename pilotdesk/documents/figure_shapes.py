"""What a structure figure is made of: boxes, lines and texts in mm, known to no engine.

Lengths are mm from the top left corner of the figure, sizes of type and weights of rules pt.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from pilotdesk.documents.blocks import FigureNode
    from pilotdesk.documents.fonts import Role

MM_PT: Final = 72 / 25.4
RULE_PT: Final = 0.75
ROOT_RULE_PT: Final = 1.0
DASH_PT: Final = (3.0, 2.0)
"""Lengths of stroke and gap of the edge of a category whose standards are all still to be made."""

Anchor = Literal["center", "left"]


@dataclass(frozen=True, slots=True)
class FigureBox:
    """An empty rectangle with an edge."""

    x: float
    y: float
    width: float
    height: float
    weight_pt: float = RULE_PT
    dashed: bool = False


@dataclass(frozen=True, slots=True)
class FigureLine:
    """A connector, level or upright."""

    x0: float
    y0: float
    x1: float
    y1: float
    weight_pt: float = RULE_PT


@dataclass(frozen=True, slots=True)
class FigureText:
    """One line of text (one character of vertical text).

    Attributes:
        x: its middle or left end, by ``anchor``.
        y: the middle of its ideographs.
        role: face.
        path: part of the tree's field that is shown, such as ``[r_1f].name``; ``""`` for printed words.
    """

    x: float
    y: float
    text: str
    role: Role
    size_pt: float
    anchor: Anchor = "center"
    path: str = ""


@dataclass(slots=True)
class FigureSheet:
    """One figure, ready to be drawn at its size.

    Attributes:
        number: ``图6-1``.
        caption: set below the figure by whoever draws it.
        width, height: mm, with the legend, without the caption.
        landscape: needs a landscape page.
        description: the tree as a list, for readers who cannot see the picture.
    """

    number: str
    caption: str
    width: float
    height: float = 0.0
    landscape: bool = False
    description: str = ""
    boxes: list[FigureBox] = field(default_factory=list)
    lines: list[FigureLine] = field(default_factory=list)
    texts: list[FigureText] = field(default_factory=list)

    def node_box(self, node: FigureNode, x: float, y: float, width: float, height: float) -> None:
        """The box of a category."""
        self.boxes.append(FigureBox(x, y, width, height, dashed=is_all_planned(node)))

    def write(
        self,
        x: float,
        y: float,
        text: str,
        role: Role,
        size_pt: float,
        *,
        anchor: Anchor = "center",
        path: str = "",
    ) -> None:
        """Put one line of text."""
        if text:
            self.texts.append(FigureText(x, y, text, role, size_pt, anchor, path))

    def bus(self, parent_x: float, top: float, bottom: float, children_x: list[float]) -> None:
        """Connect a box with those below it by right angles, the level line half-way."""
        if not children_x:
            return
        half = (top + bottom) / 2
        self.lines.append(FigureLine(parent_x, top, parent_x, half))
        left, right = min(parent_x, *children_x), max(parent_x, *children_x)
        if right - left > 0.01:
            self.lines.append(FigureLine(left, half, right, half))
        self.lines += [FigureLine(x, half, x, bottom) for x in children_x]


def is_all_planned(node: FigureNode) -> bool:
    """True when every standard of a category is still to be made."""
    return node.count > 0 and node.planned == node.count


def leaves(node: FigureNode) -> list[FigureNode]:
    """Nodes without children, in order; the node itself when it has none."""
    return [leaf for child in node.children for leaf in leaves(child)] if node.children else [node]


def depth(node: FigureNode) -> int:
    """Levels, the node's own counted."""
    return 1 + max((depth(child) for child in node.children), default=0)


def size(node: FigureNode) -> int:
    """Nodes, the node itself counted."""
    return 1 + sum(size(child) for child in node.children)


def code_path(node: FigureNode) -> str:
    """Where the code of a node is answered, below the tree's field; ``""`` for a node that nobody answered."""
    return f"[{node.id}].code" if node.id else ""


def name_path(node: FigureNode) -> str:
    """Where the name of a node is answered, below the tree's field."""
    return f"[{node.id}].name" if node.id else ""


def planned_words(node: FigureNode) -> str:
    """``（拟2）``, empty when nothing is to be made."""
    return f"（拟{node.planned}）" if node.planned else ""


def listed(node: FigureNode, level: int = 0) -> str:
    """The tree as an indented list."""
    words = " ".join(filter(None, (node.code, node.name, f"{node.count}项{planned_words(node)}")))
    return "\n".join(["　" * level + words, *(listed(child, level + 1) for child in node.children)])
