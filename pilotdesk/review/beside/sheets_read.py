"""Rows of a list that somebody keeps in Excel, as .csv or as tables of Word, looked at before they are opened.

Excel files are zips of XML: what they claim to hold is checked first, the XML has no document type, and no formula is
computed: what Excel stored as its result counts.
"""

from __future__ import annotations

import csv
import io
import itertools
import warnings
import zipfile
import zlib
from datetime import date, datetime
from typing import TYPE_CHECKING, Final

from pilotdesk.documents.opened.guarding import MAX_TOTAL_BYTES, guard_zip, parse_part
from pilotdesk.errors import PackageError
from pilotdesk.review.beside.sheet_rows import MOST_COLUMNS, MOST_ROWS, SheetRows
from pilotdesk.review.beside.word_tables import ENDINGS, tables_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from lxml import etree

MOST_BYTES: Final = 20 << 20
"""Of the whole file."""
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LOCKED: Final = "EncryptedPackage".encode("utf-16-le")
_TYPES: Final = "[Content_Types].xml"
_TROUBLE: Final = (
    zipfile.BadZipFile, zlib.error, OSError, EOFError, KeyError, NotImplementedError, ValueError, TypeError,
    AttributeError, IndexError, SyntaxError,
)  # fmt: skip
"""What openpyxl lets through from files that are no whole workbook."""


def sheets_of(path: Path) -> tuple[SheetRows, ...]:
    """The visible sheets of a list, or the tables of a Word file.

    Raises:
        PackageError: ``list_missing``, ``list_too_large``, ``list_is_xls``, ``list_locked``, ``list_macros``,
            ``list_unsafe``, ``list_broken``, ``list_kind`` (name); for Word files those of
            :func:`pilotdesk.review.beside.word_tables.tables_of`.
    """
    if path.suffix.lower() in ENDINGS:
        return tables_of(path)
    try:
        size = path.stat().st_size
        if size > MOST_BYTES:
            raise PackageError("list_too_large", name=path.name)
        content = path.read_bytes()
    except OSError as trouble:
        raise PackageError("list_missing", name=path.name) from trouble
    if content.startswith(_OLE):
        raise PackageError("list_locked" if _LOCKED in content else "list_is_xls", name=path.name)
    if content.startswith(b"PK"):
        return _workbook(content, path.name)
    if path.suffix.lower() not in {".csv", ".txt"}:
        raise PackageError("list_kind", name=path.name)
    return (_separated(content, path.name),)


def _workbook(content: bytes, name: str) -> tuple[SheetRows, ...]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _guard(archive, name)
        return _sheets(content, name)
    except _TROUBLE as trouble:
        raise PackageError("list_broken", name=name) from trouble


def _guard(archive: zipfile.ZipFile, name: str) -> None:
    """Refuse macros, other kinds of packages, and what would fill the memory."""
    names = archive.namelist()
    if _TYPES not in names:
        raise PackageError("list_kind", name=name)
    try:
        guard_zip(archive, name)
        types = parse_part(archive, _TYPES, name)
        for part in names:
            if part.endswith((".xml", ".rels")):
                parse_part(archive, part, name)
    except PackageError as trouble:
        code = "list_broken" if trouble.code == "docx_unreadable" else "list_unsafe"
        raise PackageError(code, name=name) from trouble
    _guard_kinds(types, names, name)


def _guard_kinds(types: etree._Element, names: Iterable[str], name: str) -> None:
    kinds = "\n".join(one.get("ContentType") or "" for one in types).casefold()
    if "macroenabled" in kinds or any(part.casefold().endswith("vbaproject.bin") for part in names):
        raise PackageError("list_macros", name=name)
    if "spreadsheetml" not in kinds:
        raise PackageError("list_kind", name=name)


def _sheets(content: bytes, name: str) -> tuple[SheetRows, ...]:
    from openpyxl import load_workbook

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of extensions of Excel that are of no use here
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
        try:
            visible = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
            return tuple(SheetRows(sheet.title, _kept(_cells(sheet), name)) for sheet in visible)
        finally:
            book.close()


def _cells(sheet: object) -> Iterator[tuple[str, ...]]:
    """Rows of a sheet as texts; what the file says of its size is believed by nobody."""
    sheet.reset_dimensions()  # type: ignore[attr-defined]
    for row in sheet.iter_rows(max_col=MOST_COLUMNS, values_only=True):  # type: ignore[attr-defined]
        yield tuple(map(_shown, row))


def _shown(cell: object) -> str:
    """A cell as a person reads it. A code of 18 figures that Excel took for a number has lost its end and is left out."""
    if cell is None:
        return ""
    if isinstance(cell, datetime | date):
        return cell.strftime("%Y-%m-%d")
    if isinstance(cell, float):
        return (
            str(int(cell))
            if cell.is_integer() and abs(cell) < 1e15
            else ""
            if abs(cell) >= 1e15
            else str(cell)
        )
    if isinstance(cell, int) and not isinstance(cell, bool):
        return str(cell) if abs(cell) < 10**15 else ""
    return " ".join(str(cell).split())


def _separated(content: bytes, name: str) -> SheetRows:
    """A .csv: UTF-8 with or without its mark, UTF-16 with one, otherwise as Chinese Windows writes it."""
    if len(content) > MAX_TOTAL_BYTES or (
        b"\0" in content[:4] and not content.startswith((b"\xff\xfe", b"\xfe\xff"))
    ):
        raise PackageError("list_broken", name=name)
    wide = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    for code in ("utf-16",) if wide else ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(code)
        except UnicodeDecodeError:
            continue
        mark = max("\t;,", key=text[:4000].count) if "," not in text[:4000] else ","
        rows = csv.reader(io.StringIO(text.replace("\0", "")), delimiter=mark)
        try:
            return SheetRows("", _kept((tuple(" ".join(cell.split()) for cell in row) for row in rows), name))
        except csv.Error as trouble:
            raise PackageError("list_broken", name=name) from trouble
    raise PackageError("list_broken", name=name)


def _kept(rows: Iterable[tuple[str, ...]], name: str) -> tuple[tuple[int, tuple[str, ...]], ...]:
    kept: list[tuple[int, tuple[str, ...]]] = []
    for number, row in enumerate(itertools.islice(rows, MOST_ROWS + 1), 1):
        if number > MOST_ROWS:
            raise PackageError("list_too_large", name=name)
        if any(row):
            kept.append((number, row[:MOST_COLUMNS]))
    return tuple(kept)
