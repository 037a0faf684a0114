"""An edited Word file as a reader meets it: paragraphs and tables in their order, and where our bookmarks begin."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import msgspec

from pilotdesk.documents.edited.notes import anchor_of, read_notes
from pilotdesk.documents.opened import Grid, OpenedDocx, paragraph_text
from pilotdesk.documents.opened.names import BOX, TBL, P, W, own, seen, value_of
from pilotdesk.documents.word.marks import MARK_NAME
from pilotdesk.record import MutableRecord, Record

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from lxml.etree import _Element

    from pilotdesk.documents.edited.notes import Key, Note
    from pilotdesk.documents.opened import GridCell

_START: Final = f"{W}bookmarkStart"
_HEADING_STYLES: Final = ("heading", "1", "2", "3")
_LINK: Final = f"{W}hyperlink"
_PICTURE: Final = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
_CAPTION: Final = re.compile(r"图\d+-\d+　")


class PaperCell(Record, frozen=True, kw_only=True):
    r"""One cell.

    Attributes:
        text: its paragraphs separated by ``\n``, tracked changes as accepted.
        marks: names of our bookmarks that begin in it. notes: that hang on it.
        covered: whether it only continues the cell above.
        inner: texts of tables in it.
    """

    text: str
    marks: tuple[str, ...] = ()
    notes: tuple[Key, ...] = ()
    covered: bool = False
    inner: tuple[str, ...] = ()


class PaperRow(Record, frozen=True):
    """One row of a table."""

    cells: tuple[PaperCell, ...]

    @property
    def marks(self) -> tuple[str, ...]:
        """Bookmarks that begin in it; those of a merged cell count where it begins."""
        return tuple(mark for cell in self.cells if not cell.covered for mark in cell.marks)

    @property
    def text(self) -> str:
        """What it says, for a person."""
        return "　".join(
            " ".join(cell.text.split()) for cell in self.cells if cell.text.strip() and not cell.covered
        )


class PaperTable(Record, frozen=True):
    """One table of the body."""

    rows: tuple[PaperRow, ...]

    @property
    def marks(self) -> tuple[str, ...]:
        """Our bookmarks in it, in order."""
        return tuple(mark for row in self.rows for mark in row.marks)


class PaperLine(Record, frozen=True, kw_only=True):
    """One paragraph of the body.

    Attributes:
        text, marks, notes: as of a :class:`PaperCell`.
        heading: whether it is set as a heading. contents: whether it is a line of a table of contents.
    """

    text: str
    marks: tuple[str, ...] = ()
    notes: tuple[Key, ...] = ()
    heading: bool = False
    contents: bool = False


class Paper(Record, frozen=True, kw_only=True):
    """A whole file.

    Attributes:
        parts: paragraphs and tables of the body in order. boxes: texts of text boxes.
        notes: comments, footnotes and endnotes, without their places.
        drawn: the captions that the program wrote along with its pictures.
    """

    parts: tuple[PaperLine | PaperTable, ...]
    boxes: tuple[str, ...] = ()
    drawn: tuple[str, ...] = ()
    notes: Mapping[Key, Note] = {}


def read_paper(path: Path) -> Paper:
    """Read a Word file.

    Raises:
        PackageError: as :meth:`pilotdesk.documents.opened.OpenedDocx.open`.
    """
    opened = OpenedDocx.open(path)
    found = _by_paragraph(opened.body)
    parts: list[PaperLine | PaperTable] = []
    for element in own(opened.body, P, TBL):
        parts.append(_line(element, found) if element.tag == P else _table(Grid(element), found))
    return Paper(
        parts=tuple(parts),
        boxes=tuple(_boxes(opened.body)),
        notes=read_notes(path),
        drawn=tuple(_drawn(opened.body)),
    )


def pieces_of(paper: Paper) -> Iterator[PaperLine | PaperCell]:
    """Every paragraph and cell."""
    for part in paper.parts:
        if isinstance(part, PaperLine):
            yield part
        else:
            yield from (cell for row in part.rows for cell in row.cells)


def said_otherwise(paper: Paper, said: Callable[[str], str]) -> Paper:
    """The same file with every text put through a function."""
    return msgspec.structs.replace(paper, parts=tuple(_otherwise(part, said) for part in paper.parts))


def _otherwise(part: PaperLine | PaperTable, said: Callable[[str], str]) -> PaperLine | PaperTable:
    if isinstance(part, PaperLine):
        return msgspec.structs.replace(part, text=said(part.text))
    rows = (
        PaperRow(tuple(msgspec.structs.replace(cell, text=said(cell.text)) for cell in row.cells))
        for row in part.rows
    )
    return PaperTable(tuple(rows))


class _Found(MutableRecord):
    """What begins in a paragraph: names of our bookmarks, and notes that hang on it."""

    marks: tuple[str, ...] = ()
    notes: tuple[Key, ...] = ()


def _by_paragraph(body: _Element) -> dict[_Element, _Found]:
    """Paragraph to what begins in it; what begins between paragraphs goes to the next."""
    found: dict[_Element, _Found] = {}
    paragraph: _Element | None = None
    waiting = _Found()
    known: set[str | Key] = set()
    for element in seen(body):
        name = (element.get(f"{W}name") or "") if element.tag == _START else ""
        key: str | Key | None = name if MARK_NAME.fullmatch(name) else anchor_of(element)
        if element.tag == P:
            paragraph = element
            if waiting.marks or waiting.notes:
                found[element] = waiting
                waiting = _Found()
        # LibreOffice begins some bookmarks over two paragraphs once in each; a comment begins, and is named at its end
        elif key is not None and key not in known:
            known.add(key)
            inside = paragraph is not None and any(above is paragraph for above in element.iterancestors(P))
            place = found.setdefault(paragraph, _Found()) if paragraph is not None and inside else waiting
            if isinstance(key, str):
                place.marks += (key,)
            else:
                place.notes += (key,)
    return found


def _line(element: _Element, found: Mapping[_Element, _Found]) -> PaperLine:
    links = (link.get(f"{W}anchor") or "" for link in element.iter(_LINK))
    style = value_of(element.find(f"{W}pPr/{W}pStyle")).casefold()
    here = found.get(element, _Found())
    return PaperLine(
        text=paragraph_text(element),
        marks=here.marks,
        notes=here.notes,
        heading=style.startswith(_HEADING_STYLES[0]) or style in _HEADING_STYLES,
        contents=any(link.startswith("_Toc") for link in links),
    )


def _table(grid: Grid, found: Mapping[_Element, _Found]) -> PaperTable:
    made: dict[int, PaperCell] = {}

    def cell(one: GridCell, row: int) -> PaperCell:
        key = id(one.element)
        if key not in made:
            made[key] = _cell(one, found)
        if row == one.row:
            return made[key]
        return PaperCell(text=made[key].text, covered=True)

    rows = (tuple(cell(one, number) for one in grid.row(number)) for number in range(len(grid.lines)))
    return PaperTable(tuple(PaperRow(cells) for cells in rows))


def _cell(one: GridCell, found: Mapping[_Element, _Found]) -> PaperCell:
    here = [found[paragraph] for paragraph in one.paragraphs() if paragraph in found]
    return PaperCell(
        text=one.text,
        marks=tuple(mark for each in here for mark in each.marks),
        notes=tuple(note for each in here for note in each.notes),
        inner=tuple(text for table in one.tables() for text in _texts(table)),
    )


def _texts(table: Grid) -> Iterator[str]:
    return (cell.text for cell in table.cells if cell.text.strip())


def _drawn(body: _Element) -> Iterator[str]:
    """Captions as they are noted in pictures; what a word processor notes there names a file or a number only."""
    for element in body.iter(_PICTURE):
        words = element.get("descr") or ""
        if _CAPTION.match(words):
            yield words


def _boxes(body: _Element) -> Iterator[str]:
    for box in seen(body):
        if box.tag == BOX:
            text = "\n".join(paragraph_text(paragraph) for paragraph in own(box, P))
            if text.strip():
                yield text
