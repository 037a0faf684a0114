"""The outline's vocabulary: what is printed, in order, without saying how Word or PDF draws it.

Writers see blocks only, never a form or a value. Lengths are in mm unless the name says ``pt``.
Every piece of text that is an answer carries its ``path``; all other text is printed by the form.
Printed words are set in 宋 / 黑, answers in 仿宋 (print target, rule 1).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Sequence

Align = Literal["left", "center", "right", "justify"]
CellRole = Literal["label", "value", "longtext", "head", "text", "total"]


@dataclass(frozen=True, slots=True)
class Tick:
    """One choice with its box; all choices are printed, also the ones not taken."""

    label: str
    taken: bool


@dataclass(frozen=True, slots=True)
class Cell:
    r"""One cell of a grid or table.

    Attributes:
        text: paragraphs are separated by ``\\n``. Empty when ``ticks`` are given.
        role: decides face, size and leading (``label`` 宋 12/18, ``value`` 仿宋 12/18, ``longtext`` 仿宋 12/20 justified
            with first-line indent, ``head`` 黑体 10.5/15, ``text`` 仿宋 10.5/15, ``total`` 黑体 10.5/15).
        align: ``justify`` only for ``longtext``.
        span: columns covered. rows: rows covered; the covered cells are not listed in the rows below.
        path: the answer shown, ``None`` for printed words.
        ticks: choices drawn as boxes.
    """

    text: str
    role: CellRole = "text"
    align: Align = "left"
    span: int = 1
    rows: int = 1
    path: str | None = None
    ticks: tuple[Tick, ...] = ()


@dataclass(frozen=True, slots=True)
class CoverLine:
    """One underlined line of the cover; several ``values`` take a line each."""

    label: str
    values: tuple[str, ...]
    path: str | None


@dataclass(frozen=True, slots=True)
class Cover:
    """The cover page. ``title`` are its two lines, ``year`` the line in brackets below."""

    title: tuple[str, str]
    year: str
    lines: tuple[CoverLine, ...]


@dataclass(frozen=True, slots=True)
class Notes:
    """The 填写说明: ``title`` and its numbered entries."""

    title: str
    entries: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Contents:
    """The table of contents: level-1 headings with printed page numbers."""

    title: str = "目录"


@dataclass(frozen=True, slots=True)
class Heading:
    """Level 1 ``一、…``, level 2 ``（一）…``, level 3 ``1. …``; ``text`` has its number. ``step`` names the wizard page."""

    level: Literal[1, 2, 3]
    text: str
    step: str
    new_page: bool = False


@dataclass(frozen=True, slots=True)
class Body:
    r"""Running text, 仿宋 14/26, paragraphs separated by ``\\n``; ``path`` ``None`` for printed sentences."""

    text: str
    path: str | None


@dataclass(frozen=True, slots=True)
class Pledge:
    """A statement printed by the form, 宋 12/21."""

    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GridRow:
    """A row of a grid; ``keep_next`` ties it to the next row (a person's three rows stay together)."""

    cells: tuple[Cell, ...]
    keep_next: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """A grid form: ``widths`` are its 5 columns (30 · 18 · 36 · 26 · 46), sum 156."""

    widths: tuple[float, ...]
    rows: tuple[GridRow, ...]
    padding_pt: float = 5.4


@dataclass(frozen=True, slots=True)
class Table:
    """A list table: n rows × len(widths) columns, repeated head.

    Attributes:
        number: ``表9-1``; empty for a table without caption (parts that are one table).
        widths: mm, sum 156 or 245.
        rows: one for each of the draft, and sums of those above them, see :func:`is_sum`.
        totals: closing rows in role ``total``, 0.75 pt rule above.
        note: printed below, without the leading 注：; empty for none.
        path: the table's field.
        least_mm: least height of a row that is no sum; 0 for that of the style.
    """

    number: str
    caption: str
    widths: tuple[float, ...]
    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    path: str
    totals: tuple[tuple[Cell, ...], ...] = ()
    note: str = ""
    style: Literal["list", "tight", "dense"] = "list"
    padding_pt: float = 4.2
    landscape: bool = False
    least_mm: float = 0.0


def is_sum(row: Sequence[Cell]) -> bool:
    """Whether a row of a table is worked out from those above it (小计), and holds no answer."""
    return bool(row) and all(cell.role == "total" and cell.path is None for cell in row)


@dataclass(frozen=True, slots=True)
class FigureNode:
    """One box of the structure figure; ``count`` standards below it, ``planned`` of them still to be made."""

    id: str
    code: str
    name: str
    count: int
    planned: int
    children: tuple[FigureNode, ...] = ()


@dataclass(frozen=True, slots=True)
class Figure:
    """标准体系结构图, drawn by the layouts of the print target §7; ``roots`` is usually one node."""

    number: str
    caption: str
    roots: tuple[FigureNode, ...]
    path: str


@dataclass(frozen=True, slots=True)
class Picture:
    """One attached picture: number and caption below it, the field that it was attached to, SHA-256 of the file."""

    number: str
    caption: str
    path: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Pictures:
    """Attached pictures, printed in their order; the files themselves are no part of the outline."""

    pictures: tuple[Picture, ...]


@dataclass(frozen=True, slots=True)
class SealBlock:
    """A block with room for signature and seal; never split over pages.

    Attributes:
        label: printed vertically, one character a line, in the 14 mm column at the left.
        paragraphs: statement above the white area (宋 12/21), printed by the form.
        answer, path: an answer above the white area (an opinion typed by the unit), or empty and ``None``.
        checks: (point, question) rows of the six review points with empty result boxes; empty for none.
        left, right: words at the foot; below ``right`` always ``年　　月　　日``.
    """

    label: str
    paragraphs: tuple[str, ...]
    left: str
    right: str
    height: float = 43
    answer: str = ""
    path: str | None = None
    checks: tuple[tuple[str, str], ...] = ()


Block = Cover | Notes | Contents | Heading | Body | Pledge | Grid | Table | Figure | Pictures | SealBlock


@dataclass(frozen=True, slots=True)
class PrintedAnswer:
    """One answer as printed: ``label`` for messages, ``text`` exactly as it stands in the blocks."""

    path: str
    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Origin:
    """Which document of which form of which project an outline is; travels in the properties of its files.

    Attributes:
        round, form, document: names in the pack; ``document`` may be empty for a form with one.
        version: of the form. project: id of the project, empty for a draft that was never stored.
        attachments: SHA-256 of the attached files that the document names, in its order.
    """

    round: str = ""
    form: str = ""
    document: str = ""
    version: int = 0
    project: str = ""
    attachments: tuple[str, ...] = ()

    @property
    def pack(self) -> str:
        """What the 校验码 counts as the form: ``2026/application/1/form``."""
        return f"{self.round}/{self.form}/{self.version}/{self.document}"


@dataclass(frozen=True, slots=True)
class Outline:
    """Everything a writer needs.

    Attributes:
        title: title of the document; ``name``: what its files are called (``申报书``); ``project``: project name for
            footers.
        reference_line: the 参考稿 line, ``None`` when the pack is official.
        revision: counted up with every final export, 0 for papers that have no versions; ``draft`` exports carry
            ``watermark`` and no check code.
        check_code: the 校验码 ``XXXX-XXXX`` of a final export, ``""`` for a draft.
        token: short ids for the QR: ``PD1;round;form;project;revision;code``.
        answers: every printed answer in order of printing, for read-back and digest.
        printed: the answers, and the words that stand where nothing was answered (无, with an empty label), in order;
            what the 校验码 is made of.
        origin: what it is, in the names of the pack.
    """

    title: str
    name: str
    project: str
    unit: str
    reference_line: str | None
    revision: int
    draft: bool
    watermark: str
    check_code: str
    token: str
    blocks: tuple[Block, ...]
    answers: tuple[PrintedAnswer, ...] = field(default=())
    printed: tuple[PrintedAnswer, ...] = field(default=())
    origin: Origin = Origin()

    @property
    def mark(self) -> str:
        """What the watermark says, in running text: ``草稿``, ``样张``, or nothing for a final version."""
        return self.watermark.replace("　", "") if self.draft else ""
