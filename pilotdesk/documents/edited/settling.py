"""Rows of a file that the draft does not have: those that were filled in are new, those that are the same are joined."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import msgspec

from pilotdesk.documents.digest import canonical
from pilotdesk.documents.edited.tables import NewRow, Tables
from pilotdesk.forms.values import cell_path, split_cell_path

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pilotdesk.documents.edited.base import Base
    from pilotdesk.documents.edited.tables import Reading
    from pilotdesk.documents.edited.values import PrintedValues

NEW: Final = "+"
"""First sign of the key of a new row."""


class Settler:
    """Settles the rows of one file.

    Args:
        found: what was read. base: what the file says of itself.
        values: of the draft.
        text_of: what the draft prints at a path.
    """

    def __init__(
        self, found: Tables, base: Base, values: PrintedValues, text_of: Callable[[str], str]
    ) -> None:
        self._found = found
        self._base = base
        self._values = values
        self._text_of = text_of
        self._by_row: dict[tuple[str, str], list[Reading]] = {}
        for reading in found.readings:
            place = split_cell_path(reading.path)
            if place:
                self._by_row.setdefault((place[0], place[1]), []).append(reading)
        self._made = {(row.table, row.key): row for row in found.new}
        self._joined: set[tuple[str, str]] = set()

    def settled(self) -> Tables:
        """The same with rows that the draft has, or that are new; new ones are counted from 1 in every table."""
        loose = {
            (table, key)
            for table, order in self._found.orders.items()
            for key in order
            if not key.startswith(NEW) and self._values.row(table, key) is None
        }
        readings = [
            reading
            for reading in self._found.readings
            if (place := split_cell_path(reading.path)) is None or place[:2] not in loose
        ]
        new: list[NewRow] = []
        orders: dict[str, list[str]] = {}
        for table, order in self._found.orders.items():
            kept = orders.setdefault(table, [])
            for key in order:
                if (table, key) not in loose and not key.startswith(NEW):
                    kept.append(key)
                    continue
                twin = self._twin(table, self._by_row[table, key]) if (table, key) in loose else ""
                if twin:
                    kept.append(twin)
                    readings += self._renamed(table, key, twin)
                elif (row := self._new(table, key)) is not None:
                    number = sum(one.table == table for one in new) + 1
                    new.append(msgspec.structs.replace(row, key=f"{NEW}{number}"))
                    kept.append(new[-1].key)
        return Tables(readings, new, orders, self._found.missing, self._found.leftover)

    def _twin(self, table: str, readings: Sequence[Reading]) -> str:
        """The row of the draft that begins as this one did: rows of the pack get other ids in every draft."""
        begun = [reading for reading in readings if self._is_begun(reading)]
        if not self._base.blank or not begun:
            return ""
        columns = [(reading.path.rpartition(".")[2], canonical(reading.text)) for reading in begun]
        for row in self._values.printing.rows(table):
            same = all(
                canonical(self._text_of(cell_path(table, row.id, column))) == text for column, text in columns
            )
            if same and (table, row.id) not in self._joined:
                self._joined.add((table, row.id))
                return row.id
        return ""

    def _is_begun(self, reading: Reading) -> bool:
        return bool(canonical(reading.text)) and self._base.is_same(reading.path, reading.text) is True

    def _renamed(self, table: str, key: str, twin: str) -> list[Reading]:
        return [
            msgspec.structs.replace(reading, path=cell_path(table, twin, reading.path.rpartition(".")[2]))
            for reading in self._by_row[table, key]
        ]

    def _new(self, table: str, key: str) -> NewRow | None:
        """A row that is new, or that was changed in the file after the draft took it out; ``None`` for neither."""
        if key.startswith(NEW):
            row = self._made[table, key]
            return None if self._has_it(row) else row
        readings = self._by_row.get((table, key), [])
        if not any(self._base.is_same(reading.path, reading.text) is False for reading in readings):
            return None
        cells = {reading.path.rpartition(".")[2]: reading.text for reading in readings}
        row = NewRow(table, key, cells, conflict=not self._base.blank)
        return None if self._has_it(row) else row

    def _has_it(self, row: NewRow) -> bool:
        """Whether the draft has such a row that the file did not know: taken over from this very file before."""
        known = set(self._base.rows.get(row.table, ()))
        for one in self._values.printing.rows(row.table):
            if one.id in known or (row.table, one.id) in self._joined:
                continue
            if all(
                canonical(self._text_of(cell_path(row.table, one.id, column))) == canonical(text)
                for column, text in row.cells.items()
                if canonical(text) and split_cell_path(cell_path(row.table, one.id, column))
            ):
                self._joined.add((row.table, one.id))
                return True
        return False
