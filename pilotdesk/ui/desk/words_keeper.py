"""Keeps what is written for the unit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pilotdesk.record import Record
from pilotdesk.ui.desk.keeper import Keeper

if TYPE_CHECKING:
    from PySide6.QtCore import QObject

    from pilotdesk.ui.desk.sitting import Sitting


class Words(Record, frozen=True):
    """What is to be stored at a place; ``phrase`` is the name of the phrase that it began with, may be empty."""

    text: str
    phrase: str


class WordsKeeper(Keeper[tuple[str, str], Words]):
    """Stores opinions through the sitting; a place is the key of a submission and a place of it."""

    def __init__(self, sitting: Sitting, parent: QObject) -> None:
        super().__init__(parent)
        self._sitting = sitting

    def waiting(self, key: str, place: str) -> str | None:
        """What was written there and is not stored yet; ``None`` when all is."""
        words = self._waiting.get((key, place))
        return words.text if words else None

    def write(self, key: str, place: str, text: str, phrase: str = "") -> None:
        """Somebody wrote; it is stored after a pause."""
        self.wait((key, place), Words(text, phrase))

    def store(self, place: tuple[str, str], written: Words) -> bool:
        """See :class:`Keeper`."""
        return self._sitting.opinion(*place, written.text, written.phrase)
