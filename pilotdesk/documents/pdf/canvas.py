"""Drawing laid-out pages with reportlab.

Text is written as marked content named ``PilotAnswer`` with the path of the answer (``P``) and the place where it is
printed (``N``), so that reading the file back can tell which words are the print of which answer (see ``reading``).
Where an answer has blanks or paragraphs, which breaking it into lines takes away, its first mark tells it whole (``T``).
The bytes depend on the pages only: no times, no random names.

Source: ISO 32000-1 §9.4 (text), §14.6 (marked content).
"""

from __future__ import annotations

import hashlib
from itertools import groupby
from math import cos, pi, sin
from operator import attrgetter
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from reportlab import rl_config
from reportlab.pdfgen.canvas import Canvas

from pilotdesk.documents.fonts import BOXES
from pilotdesk.documents.pdf.embedding import EmbeddedFace
from pilotdesk.documents.pdf.furniture import QR_SIZE
from pilotdesk.documents.pdf.photos import photo_object
from pilotdesk.documents.qr import qr_code

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from pilotdesk.documents.fonts import FontSet
    from pilotdesk.documents.pdf.lines import Line, Span
    from pilotdesk.documents.pdf.pages import Mark, Page, PlacedLine
    from pilotdesk.documents.pdf.properties import FileProperties

ANSWER_TAG: Final = "PilotAnswer"

_WATERMARK, _QR = "watermark", "qr"
_WATERMARK_GREY: Final = 0.925
_WATERMARK_ANGLE: Final = pi / 4
_BOX_EM, _BOX_WEIGHT, _TICK_WEIGHT = 0.74, 0.7, 1.15
_TICK: Final = ((0.2, 0.5), (0.42, 0.24), (0.82, 0.78))

# Streams as they are compressed, not blown up to printable characters.
rl_config.useA85 = 0


class _BareCanvas(Canvas):
    """A canvas that selects no font of its own: Helvetica would come into the file without being embedded."""

    def _make_preamble(self) -> None:
        self._preamble = "1 0 0 1 0 0 cm"


class Press:
    """Prints pages into one file.

    Args:
        fonts: the shipped fonts.
        properties: of the file.
        token: what the QR code says.
        texts: see :func:`pilotdesk.documents.pdf.properties.whole_texts`.
    """

    def __init__(
        self,
        fonts: FontSet,
        properties: FileProperties,
        *,
        token: str = "",
        texts: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        self._fonts = fonts
        self._token = token
        self._untold = dict(texts)
        self._faces: dict[str, EmbeddedFace] = {}
        self._canvas: Any = _BareCanvas("", pageCompression=1, invariant=1, lang="zh-CN", pdfVersion=(1, 7))
        self._canvas.setViewerPreference("DisplayDocTitle", "true")
        self._level = -1
        self._document.info = properties

    @property
    def _document(self) -> Any:  # noqa: ANN401
        return self._canvas._doc

    def print(self, pages: Sequence[Page], progress: Callable[[int, int], None] | None = None) -> bytes:
        """Draw all pages and give the file's bytes. ``progress`` is told pages drawn and pages in all."""
        self._labels(pages)
        for n, page in enumerate(pages, 1):
            self._page(page)
            if progress is not None:
                progress(n, len(pages))
        for face in self._faces.values():
            face.add_objects(self._document)
        content: bytes = self._canvas.getpdfdata()
        return content

    def _labels(self, pages: Sequence[Page]) -> None:
        """Viewers name the pages as printed."""
        if pages and pages[0].number is None:
            self._canvas.addPageLabel(0, prefix="封面")
        first = next((n for n, page in enumerate(pages) if page.number is not None), None)
        if first is not None:
            self._canvas.addPageLabel(first, style="ARABIC", start=pages[first].number)

    def _page(self, page: Page) -> None:
        canvas, height = self._canvas, page.shape.height
        canvas.setPageSize((page.shape.width, height))
        if page.watermark is not None:
            self._watermark(page, page.watermark)
        self._photos(page)
        self._write(_strokes(page))
        for mark, lines in groupby(page.lines, key=attrgetter("mark")):
            self._text(mark, list(lines), height)
        if page.qr is not None:
            self._qr(page.qr[0], height - page.qr[1] - QR_SIZE)
        self._places(page)
        canvas.showPage()

    def _photos(self, page: Page) -> None:
        """Pictures, below the frames around them; the same one stands in the file once."""
        for photo in page.photos:
            name = hashlib.sha256(photo.content).hexdigest()
            if not self._canvas.hasForm(name):
                self._document.addForm(name, photo_object(photo.content))
            y = page.shape.height - photo.y - photo.height
            self._write([f"q {photo.width:.2f} 0 0 {photo.height:.2f} {photo.x:.2f} {y:.2f} cm"])
            self._canvas.doForm(name)
            self._write(["Q"])

    def _write(self, operators: Sequence[str]) -> None:
        if operators:
            self._canvas.addLiteral("\n".join(operators))

    def _places(self, page: Page) -> None:
        height = page.shape.height
        for anchor in page.anchors:
            self._canvas.bookmarkHorizontalAbsolute(anchor.name, height - anchor.y)
            self._level = min(anchor.level, self._level + 1)
            self._canvas.addOutlineEntry(anchor.title, anchor.name, self._level, closed=anchor.level > 0)
        for link in page.links:
            area = (link.x, height - link.y - link.height, link.x + link.width, height - link.y)
            self._canvas.linkAbsolute("", link.anchor, Rect=area)

    # -- text ------------------------------------------------------------------------------------

    def _text(self, mark: Mark | None, lines: Sequence[PlacedLine], height: float) -> None:
        operators, boxes = [], []
        for placed in lines:
            middle = height - placed.top - placed.leading / 2
            operators += self._line(placed.line, placed.x, middle)
            boxes += _boxes(placed.line, placed.x, middle)
        if not operators:
            return
        shown = ["BT", *operators, "ET"]
        if mark is not None:
            whole = self._untold.pop(mark.path, None)
            told = f"/T {_string(whole)}" if whole is not None else ""
            opening = f"/{ANSWER_TAG} <</P {_string(mark.path)}/N {mark.place}{told}>> BDC"
            shown = [opening, *shown, "EMC"]
        self._write(shown + boxes)

    def _line(self, line: Line, x: float, middle: float) -> list[str]:
        operators = []
        size = line.size
        for span in line.spans:
            face = self._faces.get(span.face) or self._face(span.face)
            baseline = middle - face.face.middle * size
            shown = _shown(span, face, size)
            placed = f"/{face.name} {size:g} Tf 1 0 0 1 {x + span.x:.2f} {baseline:.2f} Tm {shown}"
            operators.append(f"3 Tr {placed} 0 Tr" if span.text in BOXES else placed)
        return operators

    def _face(self, name: str) -> EmbeddedFace:
        """A face that is used for the first time."""
        face = self._faces[name] = EmbeddedFace(self._fonts.face(name), f"F{len(self._faces) + 1}")
        return face

    # -- forms -----------------------------------------------------------------------------------

    def _watermark(self, page: Page, line: Line) -> None:
        """Drawn once, used on every page, below everything else."""
        canvas, half = self._canvas, line.width / 2
        if not canvas.hasForm(_WATERMARK):
            canvas.beginForm(_WATERMARK, -half, -line.size, half, line.size)
            self._write([f"{_WATERMARK_GREY} g", "BT", *self._line(line, -half, 0.0), "ET"])
            canvas.endForm()
        turn = " ".join(
            f"{value:.5f}"
            for value in (
                cos(_WATERMARK_ANGLE),
                sin(_WATERMARK_ANGLE),
                -sin(_WATERMARK_ANGLE),
                cos(_WATERMARK_ANGLE),
            )
        )
        self._write([f"/Artifact BMC q {turn} {page.shape.width / 2:.2f} {page.shape.height / 2:.2f} cm"])
        canvas.doForm(_WATERMARK)
        self._write(["Q EMC"])

    def _qr(self, x: float, y: float) -> None:
        canvas = self._canvas
        if not canvas.hasForm(_QR):
            canvas.beginForm(_QR, 0, 0, QR_SIZE, QR_SIZE)
            self._write(_qr_operators(self._token))
            canvas.endForm()
        self._write([f"q 1 0 0 1 {x:.2f} {y:.2f} cm"])
        canvas.doForm(_QR)
        self._write(["Q"])


def _shown(span: Span, face: EmbeddedFace, size: float) -> str:
    """The operator that shows a span's characters, with the space added after each."""
    codes = face.codes
    if span.shifts is None:
        return f"<{''.join([codes[char] for char in span.text])}> Tj"
    pieces, run = [], ""
    last, told = 0.0, ""
    for char, shift in zip(span.text, span.shifts, strict=True):
        run += codes[char]
        if shift > 1e-4 or shift < -1e-4:
            if shift != last:
                last, told = shift, f"{-shift * 1000 / size:.1f}"
            pieces.append(f"<{run}>{told}")
            run = ""
    if run:
        pieces.append(f"<{run}>")
    return f"[{''.join(pieces)}] TJ"


def _boxes(line: Line, x: float, middle: float) -> list[str]:
    """Tick boxes of a line, drawn: no face has a good ☑."""
    operators = []
    side = _BOX_EM * line.size
    for box in line.boxes:
        left, bottom = x + box.x + _BOX_WEIGHT / 2, middle - side / 2
        operators.append(f"{_BOX_WEIGHT} w {left:.2f} {bottom:.2f} {side:.2f} {side:.2f} re S")
        if box.ticked:
            points = [f"{left + u * side:.2f} {bottom + v * side:.2f}" for u, v in _TICK]
            operators.append(f"q {_TICK_WEIGHT} w 1 J 1 j {points[0]} m {points[1]} l {points[2]} l S Q")
    return operators


def _strokes(page: Page) -> list[str]:
    """Rules and boxes, the equal ones together."""
    height, operators = page.shape.height, []
    for rule in page.rules:
        path = f"{rule.x0:.2f} {height - rule.y0:.2f} m {rule.x1:.2f} {height - rule.y1:.2f} l S"
        operators.append(_stroked(path, rule.weight, rule.dash, round_ends=rule.round_ends))
    for box in page.boxes:
        path = f"{box.x:.2f} {height - box.y - box.height:.2f} {box.width:.2f} {box.height:.2f} re S"
        operators.append(_stroked(path, box.weight, box.dash))
    return operators


def _stroked(path: str, weight: float, dash: tuple[float, ...], *, round_ends: bool = False) -> str:
    if not dash and not round_ends:
        return f"{weight:g} w {path}"
    lengths = " ".join(f"{length:g}" for length in dash)
    return f"q {weight:g} w {'1 J ' if round_ends else ''}[{lengths}] 0 d {path} Q"


def _qr_operators(token: str) -> list[str]:
    """The code as rectangles, one for each level run of dark modules."""
    rows = list(qr_code(token).matrix)
    module = QR_SIZE / len(rows)
    operators = []
    for n, row in enumerate(rows):
        place = 0
        for dark, run in groupby(row):
            length = len(list(run))
            if dark:
                y = QR_SIZE - (n + 1) * module
                operators.append(f"{place * module:.3f} {y:.3f} {length * module:.3f} {module:.3f} re")
            place += length
    return [*operators, "f"]


def _string(text: str) -> str:
    """A PDF string; beyond ASCII in UTF-8, as PDFium reads the values of marks."""
    if text.isascii():
        escaped = text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
        return f"({escaped})"
    return f"<{text.encode().hex().upper()}>"
