"""Lists that somebody keeps as tables of a Word file, through the reader that looks at a file before it opens it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pilotdesk.documents.opened import OpenedDocx
from pilotdesk.errors import PackageError
from pilotdesk.review.beside.sheet_rows import MOST_COLUMNS, MOST_ROWS, SheetRows

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pilotdesk.documents.opened import Grid

ENDINGS: Final = frozenset({".docx", ".dotx", ".docm", ".doc", ".dot", ".wps", ".wpt", ".rtf", ".odt"})
"""What is taken for a Word file; the old kinds are among them so that they are told how they can be read."""


def tables_of(path: Path) -> tuple[SheetRows, ...]:
    """The tables of a Word file, those in cells left out.

    A cell that was merged downwards stands in all of its rows, one merged sideways only in its first column: a title or a note
    over the whole width is no row of the list.

    Raises:
        PackageError: ``docx_missing`` and the others of :meth:`pilotdesk.documents.opened.OpenedDocx.open`;
            ``list_too_large`` (name).
    """
    opened = OpenedDocx.open(path)
    tables = opened.tables()
    if sum(len(table.lines) for table in tables) > MOST_ROWS:
        raise PackageError("list_too_large", name=path.name)
    named = len(tables) > 1
    return tuple(
        SheetRows(f"第 {at} 个表" if named else "", tuple(_rows(table)), columns=table.width)
        for at, table in enumerate(tables, 1)
    )


def _rows(table: Grid) -> Iterator[tuple[int, tuple[str, ...]]]:
    width = min(table.width, MOST_COLUMNS)
    for row in range(len(table.lines)):
        texts = [""] * width
        for cell in table.row(row):
            if cell.column < width:
                texts[cell.column] = " ".join(cell.text.split())
        if any(texts):
            yield row + 1, tuple(texts)
