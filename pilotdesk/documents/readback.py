"""Reading a Word file back: which answers stand in it, and whether they are the ones that were printed.

Needs neither form nor program version: bookmarks say where an answer stands, the list of paths in the file's
own properties says whose it is. Works on files that went through Word, WPS or LibreOffice. A file may come
from anywhere, so its zip is looked at before anything in it is parsed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from pilotdesk.documents.blocks import Figure
from pilotdesk.documents.digest import normal_text
from pilotdesk.documents.opened.guarding import guarded_docx, parse_part
from pilotdesk.documents.word.marks import (
    cover_name,
    is_cover,
    mark_name,
    printings,
    unpack_figures,
    unpack_paths,
)
from pilotdesk.documents.word.markup import printable
from pilotdesk.documents.word.styles import TICK_FONT, TICK_STYLE
from pilotdesk.errors import PackageError
from pilotdesk.forms.values import field_name
from pilotdesk.record import Record

if TYPE_CHECKING:
    import zipfile
    from collections.abc import Mapping
    from pathlib import Path

    from lxml import etree

    from pilotdesk.documents.blocks import Outline

_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_WP: Final = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_MC: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_RUN: Final = f"{_W}r"
_PARAGRAPH: Final = f"{_W}p"
_MARK_START: Final = f"{_W}bookmarkStart"
_MARK_END: Final = f"{_W}bookmarkEnd"
_PICTURE: Final = f"{_WP}docPr"
_UNSEEN: Final = (f"{_MC}Fallback", f"{_W}del", f"{_W}moveFrom")
_TEXT: Final = f"{_W}t"
_NAME: Final = f"{_W}name"
_ID: Final = f"{_W}id"
_PROPERTY: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/custom-properties}property"
_DOCUMENT: Final = "word/document.xml"
_PROPERTIES: Final = "docProps/custom.xml"

_MARK: Final = re.compile(r"PDC?_[A-Z2-7]{16}(?:_[0-9]+M?)?")
# What python, Word and LibreOffice write for one character: tag of a run's child to the character.
_CHARACTERS: Final = {
    f"{_W}tab": "\t",
    f"{_W}br": "\n",
    f"{_W}cr": "\n",
    f"{_W}noBreakHyphen": "\u2011",
    f"{_W}softHyphen": "\u00ad",
}
_MAX_OPEN: Final = 64
"""Bookmarks read at once. Ours stand beside each other; many that never end would each take in the whole document."""

_TAKEN: Final = frozenset("☑☒✓✔√■")
_BOXES: Final = _TAKEN | frozenset("□☐")


@dataclass(frozen=True, slots=True)
class Difference:
    """One answer that does not read back as it was printed; ``found`` is ``None`` when its bookmark is gone."""

    path: str
    label: str
    expected: str
    found: str | None


def read_docx(path: Path) -> dict[str, str]:
    r"""The answers in a Word file written by PilotDesk: path to text, in the order of the document.

    Paragraphs are separated by ``\\n``; of choices the taken ones are given, joined by ``；``. An answer that is printed
    several times is read where it stands first behind the cover.

    Raises:
        PackageError: ``docx_missing``, ``docx_foreign`` when PilotDesk did not write it or its properties were lost;
            those of :func:`pilotdesk.documents.opened.guarding.guarded_docx`.
    """
    return read_word(path).answers


class WordText(Record, frozen=True):
    """What a Word file of ours says.

    Attributes:
        properties: its custom properties.
        listed: paths of the answers that it was written with, those of the structure figure last.
        answers: path to text of those that are still there, in the order of the document; those of the figure last.
    """

    properties: Mapping[str, str]
    listed: tuple[str, ...]
    answers: dict[str, str]


def read_word(path: Path) -> WordText:
    """A Word file written by PilotDesk, as it is now.

    Raises:
        PackageError: as :func:`read_docx`.
    """
    package = _Package.open(path)
    try:
        paths = unpack_paths(package.properties)
        drawn = unpack_figures(package.properties)
    except ValueError as exc:
        raise PackageError("docx_foreign", name=path.name) from exc
    marked = {mark_name(listed): listed for listed in paths}
    answers = {marked[name]: text for name, text in package.texts.items() if name in marked}
    for listed in paths:
        on_cover = None if listed in answers else package.cover_text(listed)
        if on_cover is not None:
            answers[listed] = on_cover
    described = normal_text(package.descriptions)
    answers |= {listed: text for listed, text in drawn.items() if normal_text(text) in described}
    return WordText(package.properties, (*paths, *drawn), answers)


def compare_docx(outline: Outline, path: Path) -> tuple[Difference, ...]:
    """Every answer of the outline that does not stand in the file exactly as printed, in order of printing.

    Looks at each place where an answer is printed, and that every answer of ``outline.answers`` has such a place
    (those of the structure figure: in the picture's description).

    Raises:
        PackageError: ``docx_missing``, ``docx_unreadable``, ``docx_unsafe``.
    """
    package = _Package.open(path)
    labels = {answer.path: answer.label for answer in outline.answers}
    differences: list[Difference] = []
    printed: dict[str, str] = {}
    for printing in printings(outline):
        on_cover = is_cover(printing.mark)
        found = package.cover_text(printing.path) if on_cover else package.texts.get(printing.mark)
        printed[printing.path] = printed.get(printing.path, "") + normal_text(printing.text)
        if found != printing.text:
            label = labels.get(printing.path, printing.path)
            differences.append(Difference(printing.path, label, printing.text, found))
    described = normal_text(package.descriptions)
    trees = {block.path for block in outline.blocks if isinstance(block, Figure)}
    for answer in outline.answers:
        place = printed.get(answer.path)
        if place is None:
            place = described if field_name(answer.path) in trees else ""
        if not all(normal_text(part) in place for part in printable(answer.text).split("；")):
            differences.append(Difference(answer.path, answer.label, answer.text, None))
    return tuple(differences)


@dataclass(slots=True)
class _Package:
    """What is read of one file: bookmarked texts, custom properties, descriptions of pictures."""

    texts: Mapping[str, str]
    properties: Mapping[str, str]
    descriptions: str

    @classmethod
    def open(cls, path: Path) -> _Package:
        try:
            with path.open("rb") as opened, guarded_docx(opened, path) as archive:
                document = parse_part(archive, _DOCUMENT, path.name)
                properties = _properties(archive, path.name)
        except FileNotFoundError as exc:
            raise PackageError("docx_missing", name=path.name) from exc
        except OSError as exc:
            raise PackageError("docx_unreadable", name=path.name) from exc
        reader = _MarkReader()
        reader.read(document)
        return cls(reader.texts, properties, "\n".join(reader.descriptions))

    def cover_text(self, path: str) -> str | None:
        """A cover entry: its lines together, a continued one without a break; ``None`` when it is not there."""
        text = self.texts.get(cover_name(path, 1, continued=False))
        number = 2
        while text is not None:
            more = self.texts.get(cover_name(path, number, continued=True))
            line = self.texts.get(cover_name(path, number, continued=False))
            if more is None and line is None:
                break
            text += more if more is not None else f"\n{line}"
            number += 1
        return text


def _properties(archive: zipfile.ZipFile, name: str) -> dict[str, str]:
    """Custom document properties by name; empty when the file has none."""
    if _PROPERTIES not in archive.namelist():
        return {}
    root = parse_part(archive, _PROPERTIES, name)
    return {
        str(entry.get("name")): "".join(str(text) for text in entry.itertext())
        for entry in root.iter(_PROPERTY)
    }


@dataclass(slots=True)
class _Open:
    """A bookmark whose end has not come yet: its text so far, and its choices if there are any."""

    between_paragraphs: bool
    pieces: list[str] = field(default_factory=list)
    ticks: list[tuple[bool, list[str]]] = field(default_factory=list)

    def add(self, text: str, *, box: bool) -> None:
        if box:
            self.ticks.append((text in _TAKEN, []))
        elif self.ticks:
            self.ticks[-1][1].append(text)
        else:
            self.pieces.append(text)

    def paragraph(self) -> None:
        """A paragraph begins: a new line, but for a bookmark that began just before its first paragraph."""
        if not self.between_paragraphs:
            self.add("\n", box=False)
        self.between_paragraphs = False

    def text(self) -> str:
        if self.ticks:
            return "；".join("".join(label).strip() for taken, label in self.ticks if taken)
        return "".join(self.pieces)


class _MarkReader:
    """Walks the document once, in its order, and gathers the text of every bookmark of ours.

    Attributes:
        texts: bookmark name to text.
        descriptions: texts that stand for pictures.
    """

    def __init__(self) -> None:
        self.texts: dict[str, str] = {}
        self.descriptions: list[str] = []
        self._names: dict[str, str] = {}
        self._open: dict[str, _Open] = {}

    def read(self, root: etree._Element) -> None:
        """Gather everything below ``root``, from which what nobody sees is taken away."""
        for hidden in [*root.iter(*_UNSEEN)]:
            parent = hidden.getparent()
            if parent is not None:
                parent.remove(hidden)
        read = {_RUN: self._run, _MARK_START: self._start, _MARK_END: self._end, _PARAGRAPH: self._paragraph}
        for element in root.iter(_RUN, _MARK_START, _MARK_END, _PARAGRAPH, _PICTURE):
            tag = element.tag
            if tag == _PICTURE:
                self.descriptions.append(element.get("descr") or "")
            else:
                read[tag](element)

    def _paragraph(self, _element: etree._Element) -> None:
        for mark in self._open.values():
            mark.paragraph()

    def _start(self, element: etree._Element) -> None:
        name = element.get(_NAME) or ""
        parent = element.getparent()
        if _MARK.fullmatch(name):
            # LibreOffice 7.4 begins some bookmarks over two paragraphs once in each, and ends only the second.
            self._names[element.get(_ID) or ""] = name
            between = parent is None or parent.tag in {f"{_W}body", f"{_W}tc"}
            self._open.setdefault(name, _Open(between))
            if len(self._open) > _MAX_OPEN:
                del self._open[next(iter(self._open))]

    def _end(self, element: etree._Element) -> None:
        name = self._names.pop(element.get(_ID) or "", "")
        mark = self._open.pop(name, None)
        if mark is not None:
            self.texts.setdefault(name, mark.text())

    def _run(self, element: etree._Element) -> None:
        if not self._open:
            return
        text = "".join(
            child.text or "" if child.tag == _TEXT else _CHARACTERS.get(str(child.tag), "")
            for child in element
        )
        box = text.strip() in _BOXES and _is_tick_run(element)
        for mark in self._open.values():
            mark.add(text.strip() if box else text, box=box)


def _is_tick_run(element: etree._Element) -> bool:
    """Whether a run has the look of a choice's box; the style's name gets lost in some programs, the font does not."""
    style = element.find(f"{_W}rPr/{_W}rStyle")
    fonts = element.find(f"{_W}rPr/{_W}rFonts")
    by_style = style is not None and style.get(f"{_W}val") == TICK_STYLE
    return by_style or (fonts is not None and fonts.get(f"{_W}ascii") == TICK_FONT)
