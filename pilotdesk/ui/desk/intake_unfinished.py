"""What was not taken in to the end: said in the strip of the intake when the desk is opened again, with the way on."""

from __future__ import annotations

from contextlib import suppress
from itertools import chain
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal

from pilotdesk.errors import DeskError
from pilotdesk.review.desk.unfinished import note_begun, note_ended, unfinished

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from pilotdesk.review.desk.unfinished import Batch
    from pilotdesk.ui.desk.intake_strip import IntakeStrip
    from pilotdesk.ui.desk.sitting import Sitting

SAID: Final = "上次收{names}没有收完。已收进来的都在，接着收不会重复。"
MISSING: Final = (
    "上次收{names}没有收完，现在找不到{missing}。插上 U 盘或连上共享盘再点“接着收”；不收了就收起这一条。"
)


class UnfinishedIntake(QObject):
    """Keeps the note of what is being taken in, and the line about what was left.

    Args:
        strip: says it. sitting: the open desk. parent: Qt's.

    Signals:
        wanted: with folders and files that are to be taken in after all, once for each batch.
    """

    wanted = Signal(tuple)

    def __init__(self, strip: IntakeStrip, sitting: Sitting, parent: QObject) -> None:
        super().__init__(parent)
        self._strip = strip
        self._sitting = sitting
        self._left: tuple[Batch, ...] = ()
        strip.go_on_wanted.connect(self._on_go_on)
        strip.given_up.connect(self._on_given_up)

    def look(self) -> None:
        """Say what was left the last time; nothing when that came to its end.

        Raises:
            DeskError: the desk's file cannot be read.
        """
        self.show(unfinished(self._sitting.desk))

    def show(self, batches: Sequence[Batch]) -> None:
        """Say that these were not taken in to the end; nothing for none."""
        self._left = tuple(batches)
        if batches:
            self._strip.show_unfinished(SAID.format(names=names_of([*chain(*batches)])))

    def begin(self, places: Sequence[Path]) -> tuple[str, ...]:
        """These are going to be taken in; what is wrong with the file is said by what is taken in, and no name is given.

        Returns:
            See :func:`pilotdesk.review.desk.unfinished.note_begun`.
        """
        with suppress(DeskError):
            return note_begun(self._sitting.desk, places)
        return ()

    def end(self, places: Sequence[Path], *, whole: bool) -> None:
        """These were taken in to the end, or as far as somebody wanted; told again at worst, and taken in without harm."""
        with suppress(DeskError):
            note_ended(self._sitting.desk, places, whole=whole)

    def _on_go_on(self) -> None:
        places = [*chain(*self._left)]
        missing = [path for path in places if not path.exists()]
        if missing:
            told = MISSING.format(names=names_of(places), missing=names_of(missing))
            self._strip.show_unfinished(told)
            return
        for batch in self._left:
            self.wanted.emit(batch)

    def _on_given_up(self) -> None:
        for batch in self._left:
            self.end(batch, whole=False)
        self._left = ()


def names_of(places: Sequence[Path]) -> str:
    """Of folders and files, in words: ``“来件”``, ``“来件”等 3 处``."""
    name = f"“{places[0].name or places[0]}”"
    return name if len(places) == 1 else f"{name}等 {len(places)} 处"
