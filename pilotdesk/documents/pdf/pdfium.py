"""PDFium: the one module that opens PDF files. It is not thread-safe; every opening holds one lock."""

from __future__ import annotations

import ctypes
import threading
from typing import TYPE_CHECKING, Any, NamedTuple

import pypdfium2 as pdfium
from pypdfium2 import raw

from pilotdesk.documents.pdf.marking import MarkReader
from pilotdesk.errors import ExportError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

_LOCK = threading.Lock()


class Marked(NamedTuple):
    """A marked text object: path of its answer, place where it is printed, its words as decoded by PDFium.

    ``whole`` is the whole answer where its mark tells it, ``None`` where it does not.
    """

    path: str
    place: int
    words: str
    whole: str | None


class Boxed(NamedTuple):
    """Where the words of an answer stand: shares of the page's width and height, from the left and the top."""

    path: str
    left: float
    top: float
    right: float
    bottom: float


class OpenPdf:
    """An open file, closed at the end of the block; nobody else reads a PDF meanwhile.

    Raises:
        ExportError: ``pdf_unreadable`` when the file cannot be opened, or a page not be loaded.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._document: Any = None

    def __enter__(self) -> OpenPdf:
        _LOCK.acquire()
        try:
            self._document = pdfium.PdfDocument(self._path)
        except (pdfium.PdfiumError, OSError) as error:
            _LOCK.release()
            raise ExportError("pdf_unreadable", name=self._path.name) from error
        return self

    def __exit__(self, _kind: object, trouble: BaseException | None, _where: object) -> None:
        self._document.close()
        _LOCK.release()
        if isinstance(trouble, pdfium.PdfiumError):
            raise ExportError("pdf_unreadable", name=self._path.name) from trouble

    def __len__(self) -> int:
        """Pages, the cover counted."""
        return len(self._document)

    def read(self, index: int, *, whole: bool = True) -> tuple[str, list[Marked]]:
        """Text of a page in order of reading, empty when it is not wanted ``whole``, and its marked words."""
        page = self._document[index]
        shown = page.get_textpage()
        reader = MarkReader(page, shown)
        marked = [
            Marked(mark.path, mark.place, reader.words(part), mark.whole) for part, mark in reader.parts()
        ]
        text = shown.get_text_range() if whole else ""
        shown.close()
        page.close()
        return text, marked

    def boxes(self, index: int) -> list[Boxed]:
        """Every marked text object of a page with its place, in order.

        Raises:
            IndexError: no such page.
        """
        if not 0 <= index < len(self):
            raise IndexError(index)
        page = self._document[index]
        width, height = page.get_size()
        found = []
        for part, mark in MarkReader(page).parts():
            left, bottom, right, top = (ctypes.c_float() for _ in range(4))
            shape = ctypes.cast(part, raw.FPDF_PAGEOBJECT)
            if raw.FPDFPageObj_GetBounds(shape, left, bottom, right, top):
                shares = (
                    left.value / width,
                    1 - top.value / height,
                    right.value / width,
                    1 - bottom.value / height,
                )
                found.append(Boxed(mark.path, *shares))
        page.close()
        return found

    def properties(self, names: Iterable[str]) -> dict[str, str]:
        """Texts of the document information under these names; those that are not there are empty."""
        return {name: self._document.get_metadata_value(name) for name in names}

    def bookmarks(self) -> list[Bookmark]:
        """The topmost bookmarks in order; those that lead nowhere have page -1."""
        found = []
        for mark in self._document.get_toc(max_depth=1):
            place = mark.get_dest()
            index = place.get_index() if place is not None else None
            found.append(Bookmark(mark.get_title(), -1 if index is None else index))
        return found

    def picture(self, index: int, scale: float) -> tuple[int, int, bytes]:
        """Width, height and RGBA bytes of a page.

        Raises:
            IndexError: no such page.
        """
        if not 0 <= index < len(self):
            raise IndexError(index)
        return _drawn(self._document[index], scale)


class Bookmark(NamedTuple):
    """A bookmark of the viewer. ``page`` counts from 0."""

    title: str
    page: int


def shown_pages(content: bytes) -> int:
    """Pages of a PDF in memory, when each of them can be loaded; 0 when one cannot, or the file is none."""
    with _LOCK:
        try:
            document = pdfium.PdfDocument(content)
        except pdfium.PdfiumError:
            return 0
        try:
            for index in range(len(document)):
                document[index].close()
            return len(document)
        except pdfium.PdfiumError:
            return 0
        finally:
            document.close()


def page_of_content(content: bytes, index: int, width: int, height: int) -> tuple[int, int, bytes] | None:
    """Width, height and RGBA bytes of a page of a PDF in memory, as large as fits; ``None`` when there is none."""
    with _LOCK:
        try:
            document = pdfium.PdfDocument(content)
        except pdfium.PdfiumError:
            return None
        try:
            if not 0 <= index < len(document):
                return None
            page = document[index]
            size = page.get_size()
            return _drawn(page, min(width / max(1.0, size[0]), height / max(1.0, size[1])))
        except pdfium.PdfiumError:
            return None
        finally:
            document.close()


def _drawn(page: Any, scale: float) -> tuple[int, int, bytes]:  # noqa: ANN401
    """Width, height and RGBA bytes of a page, which is closed."""
    bitmap = page.render(scale=scale, rev_byteorder=True, force_bitmap_format=raw.FPDFBitmap_BGRA)
    width, height, row = bitmap.width, bitmap.height, bitmap.width * 4
    pixels = bytes(bitmap.buffer)
    if bitmap.stride != row:
        starts = range(0, len(pixels), bitmap.stride)
        pixels = b"".join(pixels[start : start + row] for start in starts)
    bitmap.close()
    page.close()
    return width, height, pixels
