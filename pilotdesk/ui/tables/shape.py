"""Which columns of a table stand side by side on the screen, and what is said of its rows in another way.

A table whose rows are given (a table of indicators, of promises) is read before it is written in: what was carried into
it or set beforehand wraps, a column of equal neighbours becomes a band over its rows, and what only explains stands
with the row form and the hints, so that the cells to be typed are in view without scrolling.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final

from pilotdesk.forms.values import cell_path
from pilotdesk.ui.tables.text import line_height, wrapped

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtGui import QFont

    from pilotdesk.forms.model import Field
    from pilotdesk.forms.values import Row
    from pilotdesk.session import Session
    from pilotdesk.ui.look.theme import Look
    from pilotdesk.ui.tables.model import RowsModel

WRAPPING: Final = frozenset({"text", "longtext", "month_range", "calculated", "evidence"})
"""Types whose cells may stand on several lines."""
MOST_LINES: Final = 4
MOST_FIXED_LINES: Final = 6
NARROW_PX: Final = 72
"""Up to this width a first column is a code, and the name beside it stays in view with it; px at 标准."""
BAND_PX: Final = 27


def band_column(table: Field) -> Field | None:
    """The given column whose equal neighbours are one heading over their rows; ``None`` for none."""
    if not table.fixed_rows:
        return None
    return next((column for column in table.columns if column.fixed and column.print.merge), None)


def is_switch(column: Field) -> bool:
    """Whether a column only says which cells of its row are asked; they show it well enough themselves."""
    return column.fixed and column.type == "choice" and column.print.layout == "none"


def fact_columns(table: Field) -> tuple[Field, ...]:
    """Given columns behind the first one that is typed: they explain what to type, and need no column."""
    if not table.fixed_rows:
        return ()
    names = [column.name for column in table.columns]
    typed = (at for at, column in enumerate(table.columns) if not (column.fixed or column.calculation))
    first = next(typed, len(names))
    return tuple(column for column in table.columns[first:] if column.fixed and not is_switch(column))


def facts_of_row(session: Session, table: Field, row: Row) -> tuple[tuple[str, str], ...]:
    """All that is given of a row, as names and texts; what is empty is left out."""
    given = [column for column in table.columns if column.fixed and not is_switch(column)]
    texts = [(column, _text(session, table, row, column)) for column in given]
    return tuple((column.label, f"{text}{column.unit}") for column, text in texts if text)


def _text(session: Session, table: Field, row: Row, column: Field) -> str:
    return session.codec(cell_path(table.name, row.id, column.name)).print_text(row.cell(column.name))


class TableShape:
    """The shape of one table on the screen.

    Attributes:
        wraps: whether rows are as high as their texts.
        bands: line of the first row of each band to the words over it.
    """

    def __init__(self, look: Look, model: RowsModel) -> None:
        self._look = look
        self._model = model
        self.wraps: Final = model.is_fixed or model.has_high_rows
        self._band: Final = band_column(model.table)
        away = {field.name for field in fact_columns(model.table)}
        away |= {field.name for field in model.columns if model.is_fixed and is_switch(field)}
        away |= {self._band.name} if self._band else set()
        self._away: Final = frozenset(at for at, field in enumerate(model.columns) if field.name in away)
        self.bands: Mapping[int, str] = {}
        self.refresh()

    # -- columns ---------------------------------------------------------------------------------

    def hidden(self) -> frozenset[int]:
        """Columns that are not shown now: besides those above, those that are asked in no row."""
        if not self._model.is_fixed:
            return frozenset()
        model, is_relevant = self._model, self._model.session.engine.is_relevant
        return self._away | {
            at
            for at, field in enumerate(model.columns)
            if field.relevant and not any(is_relevant(model.path(row, at)) for row in range(len(model.rows)))
        }

    def frozen(self, shown: list[int], widths: Mapping[int, int]) -> list[int]:
        """The columns that stay in view: the first one, and with a code the name beside it."""
        columns = self._model.columns
        given = all(columns[at].fixed for at in shown[:2])
        code = bool(shown) and widths.get(shown[0], 0) <= self._look.scaled(NARROW_PX)
        return shown[: 2 if given and code else 1]

    # -- rows ------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Take the rows as they are now."""
        if self._band is None:
            return
        at = self._model.columns.index(self._band)
        texts = [self._model.text(row, at) for row in range(len(self._model.rows))]
        self.bands = {
            row: text for row, text in enumerate(texts) if text and (not row or texts[row - 1] != text)
        }

    def band_height(self, row: int) -> int:
        """Height of the band over a row, px; 0 for none."""
        return self._look.scaled(BAND_PX) if row in self.bands else 0

    def row_height(self, row: int, widths: Mapping[int, int], pad: int) -> int:
        """Height of a row in columns of these widths, px.

        Args:
            row: its line.
            widths: shown column to its width.
            pad: px at the left and right of a text together.
        """
        plain = self._look.metric("table_row")
        if not self.wraps:
            return plain
        font = self._look.font("small")
        lines = max((self.lines(row, at, font, width - pad) for at, width in widths.items()), default=1)
        above = plain - line_height(font)
        return self.band_height(row) + max(plain, lines * line_height(font) + above)

    def lines(self, row: int, column: int, font: QFont, width: int) -> int:
        """Lines of a cell."""
        return len(self.text_lines(row, column, font, width))

    def text_lines(self, row: int, column: int, font: QFont, width: int) -> tuple[str, ...]:
        """The text of a cell in lines."""
        field = self._model.columns[column]
        most = MOST_FIXED_LINES if field.fixed else MOST_LINES
        if not self.wraps or field.type not in WRAPPING:
            most = 1
        return wrapped(self._model.text(row, column), font, width, most)

    def falls_short(self, row: int, column: int) -> bool:
        """Whether a cell does not reach what was promised, so that another one has to say why."""
        model = self._model
        reason = model.columns[column].explained_in
        if not reason or row >= len(model.rows):
            return False
        return model.session.engine.is_required(cell_path(model.table.name, model.rows[row].id, reason))

    # -- sums ------------------------------------------------------------------------------------

    def tally(self, row: int | None = None) -> str:
        """``18.5 / 20`` of the band that begins at a row, of the whole table for ``None``; empty where nothing counts."""
        pair = self._model.table.tally
        if len(pair) != 2:
            return ""
        rows = self._model.rows
        if row is not None:
            end = next((at for at in sorted(self.bands) if at > row), len(rows))
            rows = rows[row:end]
        given, least = (_sum(rows, name) for name in pair)
        return f"{_number(given)} / {_number(least)}" if least is not None else ""


def _sum(rows: tuple[Row, ...], name: str) -> Decimal | None:
    """The sum of a column; ``None`` when nothing is answered in it."""
    cells = [row.cell(name) for row in rows]
    numbers = [Decimal(cell) for cell in cells if isinstance(cell, (int, Decimal))]
    return sum(numbers, Decimal(0)) if numbers else None


def _number(value: Decimal | None) -> str:
    if value is None:
        return "—"
    return f"{value:f}".rstrip("0").rstrip(".") if value % 1 else f"{int(value)}"
