"""Marked text objects of a page as PDFium has loaded it: whose words they are, and what they say.

A page of tables has some hundred of them, each asked several times, so the library's functions are called by their
addresses with plain numbers: no objects are made for pointers, and Python's lock is not given away for microseconds
(another busy thread would keep it for milliseconds each time). What a mark tells is read once, not for every text
object that stands inside it.
"""

from __future__ import annotations

import ctypes
from ctypes import PYFUNCTYPE, c_char_p, c_int, c_ulong, c_void_p
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from pypdfium2 import raw

if TYPE_CHECKING:
    from collections.abc import Iterator

_ROOM: Final = 4096
"""Bytes that nearly every answer has room in; more are taken when a text is longer."""


def _called(name: str, result: type | None, *arguments: type) -> Any:  # noqa: ANN401
    """A function of the library, with addresses as numbers."""
    return PYFUNCTYPE(result, *arguments)(ctypes.cast(getattr(raw, name), c_void_p).value or 0)


_object_count = _called("FPDFPage_CountObjects", c_int, c_void_p)
_object_at = _called("FPDFPage_GetObject", c_void_p, c_void_p, c_int)
_kind_of = _called("FPDFPageObj_GetType", c_int, c_void_p)
_mark_count = _called("FPDFPageObj_CountMarks", c_int, c_void_p)
_mark_at = _called("FPDFPageObj_GetMark", c_void_p, c_void_p, c_ulong)
_told_text = _called(
    "FPDFPageObjMark_GetParamStringValue", c_int, c_void_p, c_char_p, c_void_p, c_ulong, c_void_p
)
_told_number = _called("FPDFPageObjMark_GetParamIntValue", c_int, c_void_p, c_char_p, c_void_p)
_text_of = _called("FPDFTextObj_GetText", c_ulong, c_void_p, c_void_p, c_void_p, c_ulong)


class Mark(NamedTuple):
    """What a mark tells: path of its answer, place where it is printed, the whole answer or ``None``."""

    path: str
    place: int
    whole: str | None


class MarkReader:
    """Reads the marked text objects of one page, which must stay open meanwhile.

    Args:
        page: PDFium's page.
        shown: its text; only needed for :meth:`words`.
    """

    def __init__(self, page: Any, shown: Any = None) -> None:  # noqa: ANN401
        self._page = ctypes.cast(page.raw, c_void_p).value
        self._shown = None if shown is None else ctypes.cast(shown.raw, c_void_p).value
        self._known: dict[int, Mark | None] = {}
        self._length, self._place = c_ulong(), c_int()
        self._take_room(_ROOM)

    def _take_room(self, size: int) -> None:
        self._size, self._buffer = size, ctypes.create_string_buffer(size)
        self._start = ctypes.addressof(self._buffer)

    def parts(self) -> Iterator[tuple[int, Mark]]:
        """Address and mark of every text object that belongs to an answer, in order."""
        page, known = self._page, self._known
        for number in range(_object_count(page)):
            part = _object_at(page, number)
            if _kind_of(part) != raw.FPDF_PAGEOBJ_TEXT:
                continue
            for count in range(_mark_count(part)):
                address = _mark_at(part, count)
                if address not in known:
                    known[address] = self._read(address)
                mark = known[address]
                if mark is not None:
                    yield part, mark

    def words(self, part: int) -> str:
        """The words of a text object, as decoded by PDFium."""
        length = _text_of(part, self._shown, self._start, self._size)
        if length > self._size:
            self._take_room(length)
            _text_of(part, self._shown, self._start, self._size)
        return ctypes.string_at(self._start, length).decode("utf-16-le", "replace").rstrip("\0")

    def _read(self, address: int) -> Mark | None:
        path = self._text(address, b"P")
        if not path:
            return None
        self._place.value = 0
        _told_number(address, b"N", ctypes.addressof(self._place))
        return Mark(path, self._place.value, self._text(address, b"T"))

    def _text(self, address: int, key: bytes) -> str | None:
        """A text of a mark; ``None`` when it has none of this name."""
        told = ctypes.addressof(self._length)
        self._length.value = 0
        _told_text(address, key, self._start, self._size, told)
        if self._length.value > self._size:
            self._take_room(self._length.value)
            _told_text(address, key, self._start, self._size, told)
        length = self._length.value
        return ctypes.string_at(self._start, length).decode("utf-16-le").rstrip("\0") if length else None
