"""Keeps what is typed for the desk's papers, dialog by dialog, in the desk's file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pilotdesk.ui.desk.keeper import Keeper

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtCore import QObject

    from pilotdesk.errors import DeskError
    from pilotdesk.review.desk.begun import Begun
    from pilotdesk.ui.desk.sitting import Sitting


class TypedKeeper(Keeper[str, dict[str, str]]):
    """Stores through the sitting what was typed; a place is the name of a paper.

    A desk that was opened to be looked at keeps nothing: what was typed is there as long as its window then.

    Attributes:
        is_keeping: whether anything is stored. trouble: why something was not stored; empty when everything is.
    """

    def __init__(self, sitting: Sitting, parent: QObject) -> None:
        super().__init__(parent)
        self._sitting = sitting
        self._typed: dict[str, dict[str, str]] = {}
        self.is_keeping = not sitting.is_look_only
        self.trouble = ""

    def typed(self, paper: str) -> Mapping[str, str]:
        """What was typed for a paper, be it stored or not; empty for nothing.

        Raises:
            DeskError: it cannot be read.
        """
        if paper not in self._typed:
            begun = self.begun(paper)
            self._typed[paper] = dict(begun.typed) if begun else {}
        return self._typed[paper]

    def begun(self, paper: str) -> Begun | None:
        """What is stored, with when and by whom; ``None`` for nothing.

        Raises:
            DeskError: it cannot be read.
        """
        return self._sitting.desk.begun.of(paper)

    def write(self, paper: str, typed: Mapping[str, str]) -> None:
        """Somebody typed; it is stored after a pause."""
        if typed == self.typed(paper):
            return
        self._typed[paper] = dict(typed)
        if self.is_keeping:
            self.wait(paper, self._typed[paper])

    def store(self, place: str, written: dict[str, str]) -> bool:
        """See :class:`Keeper`."""
        self._sitting.failed.connect(self._on_failed)
        is_stored = self._sitting.keep_typed(place, written)
        self._sitting.failed.disconnect(self._on_failed)
        if is_stored:
            self.trouble = ""
        return is_stored

    def stop(self) -> None:
        """Store what is left, then nothing any more: the desk is about to be closed."""
        self.flush()
        self._waiting.clear()
        self._pause.stop()
        self.is_keeping = False

    def _on_failed(self, trouble: DeskError) -> None:
        self.trouble = str(trouble)
