"""Reading a written PDF back: its text, the answers that stand in it, pictures of its pages.

**What "found" means.** A search for an answer's words in the text of a whole file proves little: 是, 1 or 现行 stand
on every page, and a long answer is interrupted by footers and repeated heads. So the writer marks the words of every
answer in the page content (marked content ``PilotAnswer``, path and place of printing), and reading goes the other
way round: PDFium walks the text objects of the file, decodes their characters through the embedded fonts' text
mapping, and the words are put together for each path and place. An answer counts as found only if one of the places
of *its own* path reads exactly like it, each place once; only white space, which lines are broken at, is not
compared. Thus a cell that lost a line, a page that is missing, an answer in another's place, a character printed as
〓 or mapped wrongly are all seen. What is not seen is paint above the words; nothing in the writer paints over text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, NamedTuple

from pilotdesk.documents.fonts import BOXES, GETA, TICKED, UNTICKED, missing_glyphs, printable
from pilotdesk.documents.identity import PROPERTY_NAMES
from pilotdesk.errors import PackageError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from pilotdesk.documents.blocks import Outline, PrintedAnswer
    from pilotdesk.documents.pdf.pdfium import Boxed

# PDFium's signs for a hyphen at a line's end, and the ligatures that it takes apart (the only ones of the 41,563
# characters in the shipped fonts that do not come back as they were printed).
_AS_READ: Final = str.maketrans(
    {
        "\x02": "-",
        "\ufffe": "-",
        "\uffff": None,
        "\x00": None,
        "☐": UNTICKED,
        "ﬀ": "ff",
        "ﬁ": "fi",
        "ﬂ": "fl",
        "ﬃ": "ffi",
        "ﬄ": "ffl",
    }
)
_NOT_AS_READ: Final = re.compile(f"[{''.join(map(chr, _AS_READ))}]")

LINE_SHARE: Final = 0.02
"""About the height of a line of text, as a share of the page."""


@dataclass(frozen=True, slots=True)
class PdfText:
    """What a file says.

    Attributes:
        pages: text of each page, in order of reading; empty texts where they were not asked for.
        answers: path of an answer → its words at every place where it is printed, without white space.
        whole: path → canonical text, of the answers whose mark tells it: what the file *says* stands there.
        properties: of the file, by name.
    """

    pages: tuple[str, ...]
    answers: dict[str, tuple[str, ...]] = field(default_factory=dict)
    whole: dict[str, str] = field(default_factory=dict)
    properties: dict[str, str] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """All pages."""
        return "\n".join(self.pages)


class PageImage(NamedTuple):
    """A page as a picture: RGBA, 8 bits each, rows from the top without padding."""

    width: int
    height: int
    pixels: bytes


def read_pdf_text(path: Path, *, most_pages: int | None = None, whole_pages: bool = True) -> PdfText:
    """Text and answers of a file that :func:`pilotdesk.documents.pdf.write_pdf` wrote.

    Args:
        path: the file.
        most_pages: that a file of somebody else may have, see :mod:`pilotdesk.documents.pdf.guarding`; ``None`` for our own.
        whole_pages: whether :attr:`PdfText.pages` is wanted, all words of each page; answers are found without it.

    Raises:
        PackageError: ``pdf_too_much``.
        ExportError: ``pdf_unreadable`` when it cannot be opened.
    """
    from pilotdesk.documents.pdf.pdfium import OpenPdf

    words: dict[str, dict[int, list[str]]] = {}
    whole: dict[str, str] = {}
    pages = []
    with OpenPdf(path) as document:
        if most_pages is not None and len(document) > most_pages:
            raise PackageError("pdf_too_much", name=path.name)
        properties = document.properties(PROPERTY_NAMES)
        for index in range(len(document)):
            text, marked = document.read(index, whole=whole_pages)
            pages.append(text.translate(_AS_READ))
            for part in marked:
                places = words.setdefault(part.path, {})
                places.setdefault(part.place, []).append(_plain(part.words))
                if part.whole is not None:
                    whole.setdefault(part.path, part.whole)
    answers = {name: tuple(map("".join, places.values())) for name, places in words.items()}
    return PdfText(tuple(pages), answers, whole, properties)


def answers_in(text: PdfText) -> dict[str, str]:
    """Path to canonical text of every answer, in order of printing.

    What a mark tells counts only when the visible words are the same; else the visible words do.
    """
    return {path: _answer(places, text.whole.get(path)) for path, places in text.answers.items()}


def is_told_by_words(text: str) -> bool:
    """Whether the visible words alone give an answer back: no blank, paragraph, box or missing character in it."""
    return _plain(printable(text)) == text and not BOXES.keys() & set(text) and not missing_glyphs((text,))


def _answer(places: Sequence[str], whole: str | None) -> str:
    if whole is not None and any(_reads_as(found, whole) for found in places):
        return whole
    return _taken(places[0]) if BOXES.keys() & set(places[0]) else places[0]


def _reads_as(found: str, whole: str) -> bool:
    """Whether visible words are an answer; 〓 stands for any character, as it does in a draft."""
    wanted = _plain(printable(whole))
    if found == wanted or (TICKED in found and _taken(found) == wanted):
        return True
    pairs = zip(found, wanted, strict=False)
    return len(found) == len(wanted) and all(one in {other, GETA} for one, other in pairs)


def find_missing(outline: Outline, text: PdfText) -> tuple[PrintedAnswer, ...]:
    """The answers of an outline that do not stand in a file as they should.

    Args:
        outline: what was to be printed.
        text: what was read back from the file.
    """
    places = {path: list(found) for path, found in text.answers.items()}
    return tuple(answer for answer in outline.answers if not _took(answer.text, places.get(answer.path, [])))


def page_count(path: Path) -> int:
    """Pages of a file, the cover counted.

    Raises:
        ExportError: ``pdf_unreadable``.
    """
    from pilotdesk.documents.pdf.pdfium import OpenPdf

    with OpenPdf(path) as document:
        return len(document)


def render_page(path: Path, index: int, scale: float) -> PageImage:
    """A picture of one page.

    Args:
        path: the file.
        index: of the page, the first is 0.
        scale: pixels for one point; 1.0 is 72 dpi.

    Raises:
        ExportError: ``pdf_unreadable``.
        IndexError: no such page.
    """
    from pilotdesk.documents.pdf.pdfium import OpenPdf

    with OpenPdf(path) as document:
        return PageImage(*document.picture(index, scale))


def answer_at(path: Path, index: int, x: float, y: float) -> str:
    """The path of the answer that stands at a place of a page, or nearest to it in the same lines.

    Args:
        path: the file.
        index: of the page, the first is 0.
        x: share of the page's width, from the left.
        y: share of the page's height, from the top.

    Returns:
        The path; empty where no answer is within a line of the place.

    Raises:
        ExportError: ``pdf_unreadable``.
        IndexError: no such page.
    """
    from pilotdesk.documents.pdf.pdfium import OpenPdf

    with OpenPdf(path) as document:
        boxes = document.boxes(index)
    distances = [
        (max(box.top - y, y - box.bottom, 0.0), max(box.left - x, x - box.right, 0.0), box.path)
        for box in boxes
    ]
    nearest = min(distances, default=(1.0, 1.0, ""), key=lambda found: found[:2])
    return nearest[2] if nearest[0] <= LINE_SHARE else ""


def answer_boxes(path: Path) -> tuple[tuple[Boxed, ...], ...]:
    """Where the words of every answer stand, page by page.

    Raises:
        ExportError: ``pdf_unreadable``.
    """
    from pilotdesk.documents.pdf.pdfium import OpenPdf

    with OpenPdf(path) as document:
        return tuple(tuple(document.boxes(index)) for index in range(len(document)))


def _took(text: str, places: list[str]) -> bool:
    """Whether one of the places reads like this answer; it is taken away, for each print counts once."""
    wanted = _plain(printable(text))
    if not wanted:  # nothing that could stand on paper
        return True
    for n, found in enumerate(places):
        if wanted == found or (TICKED in found and _taken(found) == wanted):
            del places[n]
            return True
    return False


def _plain(text: str) -> str:
    text = "".join(text.split())
    return text.translate(_AS_READ) if _NOT_AS_READ.search(text) else text


def _taken(found: str) -> str:
    """Labels of the ticked boxes, joined as an answer of several choices is."""
    labels = re.findall(f"([{TICKED}{UNTICKED}])([^{TICKED}{UNTICKED}]*)", found)
    return "；".join(label for box, label in labels if box == TICKED)
