"""Filling tables row by row: rows that are ready, more of them by copying, sums below, rows whose first column is given."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final

from pilotdesk.documents.filling.normal import is_blank_text, normal
from pilotdesk.documents.filling.writing import copied_row
from pilotdesk.documents.opened import cell_text
from pilotdesk.documents.opened.names import TC, own
from pilotdesk.forms.lookup import column_of

if TYPE_CHECKING:
    from lxml.etree import _Element

    from pilotdesk.documents.filling.mapping import Place
    from pilotdesk.documents.filling.places import Addresses, Found
    from pilotdesk.documents.filling.values import Values
    from pilotdesk.documents.filling.words import Words
    from pilotdesk.documents.filling.writing import Written
    from pilotdesk.documents.opened import Grid
    from pilotdesk.forms.values import Row

MOST_COPIES: Final = 2_000
"""Rows that are added at most; a table with more answers is no form any more."""


class RowFilling:
    """Fills one table at a time."""

    def __init__(self, values: Values, written: Written, words: Words, addresses: Addresses) -> None:
        self._values = values
        self._written = written
        self._words = words
        self._addresses = addresses

    def rows(self, place: Place, found: Found) -> bool:
        """A row for each row of ours; rows that are too many stay empty, missing ones are added by copying the last."""
        listed = self._values.rows(place.path)
        grid = self._addresses.grid_of(found.element)
        at = grid.lines.index(found.element)
        lines = list(grid.lines[at : at + place.count])
        cells = [list(own(line, TC)) for line in lines]
        if not lines or len(listed) > MOST_COPIES or any(len(row) != len(place.columns) for row in cells):
            return False
        sample = copied_row(lines[-1])
        while len(lines) < len(listed):
            lines[-1].addnext(copied_row(sample))
            following = lines[-1].getnext()
            lines.append(following if following is not None else lines[-1])
        for number, row in enumerate(listed, 1):
            self._row(place, lines[number - 1], row, number)
        if place.total:
            self._totals(place, grid, at + place.count)
        return True

    def keyed(self, place: Place, found: Found) -> bool:
        """Rows whose first column is given; whether every row of ours has its own."""
        grid = self._addresses.grid_of(found.element)
        at = grid.lines.index(found.element)
        key = next(number for number, column in enumerate(place.columns) if column)
        left = {row.id: row for row in self._values.rows(place.path)}
        pairs: list[tuple[_Element, Row]] = []
        for line in grid.lines[at : at + place.count]:
            cells = list(own(line, TC))
            if len(cells) != len(place.columns):
                return False
            row = self._row_of(place, cell_text(cells[key]), list(left.values()))
            if row is not None:
                pairs.append((line, left.pop(row.id)))
        for line, row in pairs:
            self._row(place, line, row, 0, first=key + 1)
        return not left and bool(pairs)

    def _row(self, place: Place, line: _Element, row: Row, number: int, *, first: int = 0) -> None:
        for cell, column in list(zip(own(line, TC), place.columns, strict=False))[first:]:
            if column == "#":
                if cell_text(cell).strip() != str(number):
                    self._written.cell(cell, str(number))
            elif column:
                text = self._values.cell(place.path, row, column)
                if text:
                    self._written.cell(cell, text)

    def _row_of(self, place: Place, key: str, rows: list[Row]) -> Row | None:
        """Our row for the text of a first column."""
        column = column_of(self._values.form.fields[place.path], self._key(place).rpartition(".")[2])
        if column.choices:
            name = self._words.choice_of(self._values.form.lists[column.choices], column.choices, key)
            return next((row for row in rows if row.cell(column.name) == name), None) if name else None
        wanted = normal(key)
        same = (row for row in rows if normal(self._values.cell(place.path, row, self._key(place))) == wanted)
        return next(same, None)

    @staticmethod
    def _key(place: Place) -> str:
        """The path of the column that is given."""
        return next(column for column in place.columns if column)

    def _totals(self, place: Place, grid: Grid, row: int) -> None:
        """The sums below: of each column of numbers, or of those that one cell stands below together."""
        starts = [cell.column for cell in grid.row(row - 1)]
        for cell in grid.row(row)[1:]:
            covered = [
                column
                for column, start in zip(place.columns, starts, strict=False)
                if cell.column <= start < cell.column + cell.columns
            ]
            sums = [total for column in covered if (total := self._sum(place.path, column)) is not None]
            if sums and len(sums) == len(covered) and is_blank_text(cell.text):
                self._written.cell(cell.element, format(sum(sums, Decimal(0)), "f"))

    def _sum(self, table: str, path: str) -> Decimal | None:
        """The sum of a column of numbers; ``None`` for other columns and where nothing is to be added up."""
        if not path or path == "#" or "+" in path:
            return None
        column = column_of(self._values.form.fields[table], path.rpartition(".")[2])
        values = [row.cell(column.name) for row in self._values.rows(table)]
        numbers = [Decimal(value) for value in values if isinstance(value, int | Decimal)]
        return sum(numbers, Decimal(0)) if numbers and column.type in {"integer", "decimal"} else None
