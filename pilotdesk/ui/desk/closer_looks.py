"""What takes too long for a moment, for the submission looked at: worked out on a thread, remembered, never in the way."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal

from pilotdesk.review.desk.looking import look_closer
from pilotdesk.review.intake.packs import points_for

if TYPE_CHECKING:
    from pathlib import Path

    from pilotdesk.errors import PilotDeskError
    from pilotdesk.forms.model import FormPack
    from pilotdesk.review.checking.points import Points
    from pilotdesk.review.desk.looking import CloserLook
    from pilotdesk.review.desk.records import Dossier
    from pilotdesk.review.records import Kind
    from pilotdesk.ui.tasks.worker import Progress, Runner, Task

KEPT: Final = 200
"""Submissions whose closer look is remembered."""
_Sheet = tuple[str, "Kind"]


class CloserLooks(QObject):
    """Looks closer at one submission at a time; who walks on before it is done is not told.

    Signals:
        ready: the points of a form and a kind of file were read; whoever asked :meth:`points` for them asks again.
        seen: a :class:`pilotdesk.review.desk.looking.CloserLook` of the last that was asked for; ``None`` while it is worked out.
        failed: a :class:`pilotdesk.errors.PilotDeskError`.
    """

    ready = Signal()
    seen = Signal(object)
    failed = Signal(object)

    def __init__(self, path: Path, pack: FormPack, runner: Runner, parent: QObject) -> None:
        super().__init__(parent)
        self._path = path
        self._pack = pack
        self._runner = runner
        self._task: Task | None = None
        self._known: dict[tuple[str, int, str], CloserLook] = {}
        self._points: dict[_Sheet, Points] = {}
        self._asked: set[_Sheet] = set()

    def points(self, form: str, source: Kind) -> Points | None:
        """The review points of a form, for a kind of file; ``None`` the first time, while its pack is read."""
        sheet = (form, source)
        if sheet not in self._asked:
            self._asked.add(sheet)
            self._runner.run(
                partial(_points_of, self._pack.round.name, *sheet), partial(self._on_points, sheet),
                failed=self.failed.emit,
            )  # fmt: skip
        return self._points.get(sheet)

    def look(self, dossier: Dossier, points: Points) -> None:
        """Look at this one."""
        self.stop()
        one = dossier.row
        mark = (one.key, one.handed, one.taken_at)
        self.seen.emit(self._known.get(mark))
        if mark in self._known:
            return

        def work(progress: Progress) -> CloserLook:
            progress(0, 1)  # who walked on meanwhile waits for nothing
            return look_closer(self._path, dossier.submission, one.taken_at, points, self._pack)

        def done(closer: CloserLook) -> None:
            if len(self._known) >= KEPT:
                del self._known[next(iter(self._known))]
            self._known[mark] = closer
            self.seen.emit(closer)

        self._task = self._runner.run(work, done, failed=self._on_failed)

    def stop(self) -> None:
        """Nothing is looked at any more."""
        if self._task is not None:
            self._task.cancel()
            self._task = None

    def _on_points(self, sheet: _Sheet, points: Points) -> None:
        self._points[sheet] = points
        self.ready.emit()

    def _on_failed(self, trouble: PilotDeskError) -> None:
        self.failed.emit(trouble)


def _points_of(round_name: str, form: str, source: Kind, _progress: Progress) -> Points:
    return points_for(round_name, form, source)
