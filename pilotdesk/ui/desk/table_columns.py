"""Which columns the desk's table shows: the user's choice, kept for every desk at this computer."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from pilotdesk.errors import ExportError
from pilotdesk.review.desk.cells import FIXED, USUAL, Column

if TYPE_CHECKING:
    from pilotdesk.ui.look.settings import Settings

OFFERED = tuple(column for column in Column if column not in FIXED)
"""Columns that can be chosen."""


class ColumnChoice(QObject):
    """The choice.

    Args:
        settings: keep it; ``None`` keeps nothing.

    Signals:
        changed: with the :class:`Column` that came, or ``None``.
    """

    changed = Signal(object)

    def __init__(self, settings: Settings | None) -> None:
        super().__init__()
        self._settings = settings
        stored = settings.choices.desk_columns if settings else []
        known = {one for one in OFFERED if one.name in stored}
        self.chosen = frozenset({*FIXED, *known}) if Column.TITLE.name in stored else USUAL

    @property
    def is_usual(self) -> bool:
        """Whether nobody chose otherwise."""
        return self.chosen == USUAL

    def turn(self, column: Column) -> None:
        """Show a column, or no longer."""
        self._choose(self.chosen ^ {column}, column)

    def reset(self) -> None:
        """The usual ones again."""
        self._choose(USUAL, None)

    def _choose(self, chosen: frozenset[Column], column: Column | None) -> None:
        self.chosen = chosen
        # The names of the fixed ones stand there too: an empty list is that of nobody who chose.
        names = [] if self.is_usual else [one.name for one in Column if one in chosen]
        if self._settings is not None:
            with contextlib.suppress(ExportError):  # it holds as long as the window is open
                self._settings.keep(desk_columns=names)
        self.changed.emit(column if column in chosen else None)
