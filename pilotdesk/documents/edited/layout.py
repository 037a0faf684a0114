"""What is expected in a file: the form's own words, running text and tables in the order in which they are printed."""

from __future__ import annotations

from itertools import groupby, pairwise
from typing import TYPE_CHECKING, Literal

from pilotdesk.documents.blocks import (
    Body,
    Contents,
    Cover,
    Figure,
    Grid,
    Heading,
    Notes,
    Pictures,
    Pledge,
    SealBlock,
    Table,
    is_sum,
)
from pilotdesk.documents.outline.columns import columns_of
from pilotdesk.documents.pictures import MISSING_WORDS
from pilotdesk.documents.word.tables import place_cells
from pilotdesk.forms.values import split_cell_path
from pilotdesk.record import Record

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pilotdesk.documents.blocks import Block, Cell, Outline
    from pilotdesk.documents.word.tables import Slot
    from pilotdesk.forms.model import Form


class Words(Record, frozen=True):
    """A paragraph that the form prints. ``level`` of a heading is 1…3, 0 of any other."""

    text: str
    level: int = 0


class Running(Record, frozen=True):
    """An answer in running text."""

    path: str


class Place(Record, frozen=True, kw_only=True):
    """One cell.

    Attributes:
        label: its printed words. path: the answer in it, empty for none.
        ticks: labels of its choices. covered: whether it continues the cell above.
        words: paragraphs that the form prints around the answer.
    """

    label: str = ""
    path: str = ""
    ticks: tuple[str, ...] = ()
    covered: bool = False
    words: tuple[str, ...] = ()


Line = tuple[Place, ...]


class Sheet(Record, frozen=True, kw_only=True):
    """One table of the file.

    Attributes:
        kind: ``list`` has a row for each row of ``table`` and is told by its head; all others have known ``lines``.
        head: printed heads. columns: of each printed column the columns of the field in it, none for a computed one.
        totals: rows that are worked out: 合计, and 小计 between the others.
    """

    kind: Literal["cover", "grid", "list", "seal"]
    lines: tuple[Line, ...] = ()
    table: str = ""
    head: tuple[str, ...] = ()
    columns: tuple[tuple[str, ...], ...] = ()
    totals: int = 0

    @property
    def labels(self) -> frozenset[str]:
        """Printed words by which it is known."""
        return frozenset((*self.head, *(place.label for line in self.lines for place in line if place.label)))

    @property
    def paths(self) -> tuple[str, ...]:
        """The answers with a place of their own in it."""
        return tuple(place.path for line in self.lines for place in line if place.path)


Expected = Words | Running | Sheet


def layout_of(form: Form, outline: Outline) -> tuple[Expected, ...]:
    """Everything that stands in the file of an outline, in order; pictures have no words."""
    made: list[Expected] = []
    for sealed, members in groupby(outline.blocks, key=lambda block: isinstance(block, SealBlock)):
        if sealed:
            made.append(_seals([block for block in members if isinstance(block, SealBlock)]))
        else:
            for block in members:
                made += _expected(form, block)
                if isinstance(block, Cover) and outline.reference_line:
                    made.append(Words(outline.reference_line))
    return tuple(made)


def _expected(form: Form, block: Block) -> Iterator[Expected]:
    match block:
        case Cover():
            yield from (Words(text) for text in (*block.title, block.year))
            yield Sheet(kind="cover", lines=tuple(_cover_lines(block)))
        case Notes():
            yield from (Words(text) for text in (block.title, *block.entries))
        case Contents():
            yield Words(block.title)
        case Heading():
            yield Words(block.text, block.level)
        case Body(path=None):
            yield from (Words(text) for text in block.text.split("\n"))
        case Body(path=str(path)):
            yield Running(path)
        case Pledge():
            yield from (Words(text) for paragraph in block.paragraphs for text in paragraph.split("\n"))
        case Grid():
            yield Sheet(kind="grid", lines=_lines([row.cells for row in block.rows], len(block.widths)))
        case Table():
            yield from _table(form, block)
        case Figure():
            yield Words(f"{block.number}　{block.caption}")
        case Pictures():
            yield from (Words(text) for text in _captions(block))


def _captions(block: Pictures) -> Iterator[str]:
    """Captions of pictures, and what stands for one that is not at hand, each alone and two beside each other."""
    captions = [f"{picture.number}　{picture.caption}" for picture in block.pictures]
    frame = f"（{MISSING_WORDS}）"
    for caption, following in pairwise((*captions, "")):
        yield from (frame, frame * 2, caption, caption + following)


def _cover_lines(block: Cover) -> Iterator[Line]:
    for line in block.lines:
        yield Place(label=line.label), Place(path=line.path or "")


def _table(form: Form, block: Table) -> Iterator[Expected]:
    if block.caption:
        yield Words("　".join(part for part in (block.number, block.caption) if part))
    field = form.fields.get(block.path)
    if field is None:  # 附件清单
        lines = _lines(block.rows, len(block.widths))
        yield Sheet(kind="grid", head=block.head, lines=(tuple(map(_label, block.head)), *lines))
    else:
        yield Sheet(
            kind="list",
            table=field.name,
            head=block.head,
            columns=columns_of(form, field),
            totals=sum(map(is_sum, (*block.rows, *block.totals))),
        )
    if block.note:
        yield Words(f"注：{block.note}")


def _label(text: str) -> Place:
    return Place(label=text)


def _lines(rows: Sequence[Sequence[Cell]], columns: int) -> tuple[Line, ...]:
    return tuple(tuple(map(_place, slots)) for slots in place_cells(rows, columns))


def _place(slot: Slot) -> Place:
    cell = slot.cell
    if cell.path is None:
        return Place(label=cell.text, covered=slot.continued)
    return Place(path=cell.path, ticks=tuple(tick.label for tick in cell.ticks), covered=slot.continued)


def _seals(blocks: Sequence[SealBlock]) -> Sheet:
    """Two lines for every block: statement with the answer, and the foot."""
    lines: list[Line] = []
    for block in blocks:
        words = tuple(text for paragraph in block.paragraphs for text in paragraph.split("\n"))
        foot = (f"{block.left}{block.right}", "年　　月　　日")
        lines.append((Place(label=block.label), Place(path=block.path or "", words=words)))
        lines.append((Place(label=block.label, covered=True), Place(words=foot)))
    return Sheet(kind="seal", lines=tuple(lines))


def own_words(layout: Iterable[Expected]) -> Iterator[str]:
    """The headings of a layout and the labels of its tables."""
    for one in layout:
        if isinstance(one, Sheet):
            yield from one.labels
        elif isinstance(one, Words) and one.level:
            yield one.text


def is_of(sheet: Sheet, path: str) -> bool:
    """Whether an answer belongs into a sheet."""
    place = split_cell_path(path)
    if sheet.kind == "list":
        return place is not None and place[0] == sheet.table
    return path in sheet.paths
