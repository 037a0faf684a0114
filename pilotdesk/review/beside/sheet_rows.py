"""Rows of a list, from whatever file it is kept in."""

from __future__ import annotations

from typing import Final

from pilotdesk.record import Record

MOST_ROWS: Final = 20_000
"""Rows of a sheet that are read; a province has had a few thousand pilots in all."""
MOST_COLUMNS: Final = 100


class SheetRows(Record, frozen=True):
    """A sheet, or a table of a Word file.

    Attributes:
        name: empty for .csv. rows: as texts by their numbers; of empty rows nothing but their number is kept.
        columns: how many a table of Word has; 0 for others. One that goes on without a head has as many as that before it.
    """

    name: str
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    columns: int = 0
