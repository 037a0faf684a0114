"""What takes too long for a moment, for the submission looked at: worked out on a thread, remembered, never in the way."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal

from pilotdesk.review.desk.looking import look_closer

if TYPE_CHECKING:
    from pathlib import Path

    from pilotdesk.errors import PilotDeskError
    from pilotdesk.forms.model import FormPack
    from pilotdesk.review.checking.points import Points
    from pilotdesk.review.desk.looking import CloserLook
    from pilotdesk.review.desk.records import Dossier
    from pilotdesk.ui.worker import Progress, Runner, Task

KEPT: Final = 200
"""Submissions whose closer look is remembered."""


class CloserLooks(QObject):
    """Looks closer at one submission at a time; who walks on before it is done is not told.

    Signals:
        seen: a :class:`pilotdesk.review.desk.looking.CloserLook` of the last that was asked for; ``None`` while it is worked out.
        failed: a :class:`pilotdesk.errors.PilotDeskError`.
    """

    seen = Signal(object)
    failed = Signal(object)

    def __init__(self, path: Path, pack: FormPack, runner: Runner, parent: QObject) -> None:
        super().__init__(parent)
        self._path = path
        self._pack = pack
        self._runner = runner
        self._task: Task | None = None
        self._known: dict[tuple[str, int, str], CloserLook] = {}

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

    def _on_failed(self, trouble: PilotDeskError) -> None:
        self.failed.emit(trouble)
