"""Waiting for work that the next step needs: on a thread, with a bar and 取消 once it takes longer than a moment.

Files with a password, packages with 200 MB of scans: the window goes on being painted, and nobody waits for what he does not
want any more.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Generic, TypeVar

from PySide6.QtCore import QEventLoop, QTimer

from pilotdesk.ui.components.basic import Label
from pilotdesk.ui.components.progress import ProgressBar
from pilotdesk.ui.dialogs.asking import Dialog, tell_trouble
from pilotdesk.ui.tasks.worker import Cancelled, TaskRunner

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from pilotdesk.errors import PilotDeskError
    from pilotdesk.ui.look.theme import Look
    from pilotdesk.ui.tasks.worker import Progress

MOMENT_MS: Final = 300
"""What is over before is not worth a dialog."""

Result = TypeVar("Result")


class WaitingDialog(Dialog):
    """Says what is being done and how far it is; its one button and Esc leave it."""

    def __init__(self, parent: QWidget | None, look: Look, title: str) -> None:
        super().__init__(parent, look, title)
        self.bar = ProgressBar(look, thickness=8, name=title)
        self.bar.set_percent(None)
        self.where = Label("", "small", "text2")
        self.body.addWidget(self.bar)
        self.body.addWidget(self.where)
        self.add_actions(["取消"])

    def show_progress(self, done: int, total: int) -> None:
        """Show how far it is, in files."""
        self.bar.set_percent(100 * done / total if total else None)
        self.where.setText(f"第 {done + 1} 个，共 {total} 个" if total else "")


class _Waiting(Generic[Result]):
    """One piece of work and what became of it; the thread is its own, because a copy may be busy on the window's."""

    def __init__(self, parent: QWidget | None, look: Look, title: str) -> None:
        self.result: list[Result] = []
        self.trouble: PilotDeskError | None = None
        self._runner = TaskRunner(parent)
        self._loop = QEventLoop()
        self._moment = QTimer(self._loop, singleShot=True, interval=MOMENT_MS)
        self._moment.timeout.connect(self._loop.quit)
        self._dialog = WaitingDialog(parent, look, title)
        self._runner.idle.connect(self._on_idle)
        _RUNNING.add(self._runner)

    def wait(self, work: Callable[[Progress], Result]) -> None:
        """Return when the work is over or was left."""
        dialog = self._dialog
        task = self._runner.run(
            work, self.result.append, failed=self._on_failed, progress=dialog.show_progress
        )
        self._moment.start()
        # What is typed or clicked in this moment waits for the dialog, or for what comes after it.
        self._loop.exec(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
        self._moment.stop()
        if self._runner.is_busy:
            dialog.finished.connect(self._loop.quit)
            dialog.open()
            self._loop.exec()
            dialog.hide()
            task.cancel()
        dialog.deleteLater()

    def _on_failed(self, trouble: PilotDeskError) -> None:
        self.trouble = trouble

    def _on_idle(self) -> None:
        self._loop.quit()
        self._runner.close()
        _RUNNING.discard(self._runner)
        self._runner.deleteLater()


_RUNNING: Final[set[TaskRunner]] = set()
"""Threads that are still at work, those among them that were left and come to their next stop soon."""


def wait_for(parent: QWidget | None, look: Look, title: str, work: Callable[[Progress], Result]) -> Result:
    """Do something on a thread and wait for it.

    Args:
        parent: the window; ``None`` before there is one.
        look: the theme in force.
        title: what is being done: ``正在打开“分工.pilot”``.
        work: called with a progress callback (done, total), in files; it is left at its next call of it.

    Raises:
        PilotDeskError: that of the work.
        Cancelled: it was left; nothing more is heard of it.
    """
    waiting: _Waiting[Result] = _Waiting(parent, look, title)
    waiting.wait(work)
    if waiting.trouble is not None:
        raise waiting.trouble
    if not waiting.result:
        raise Cancelled
    return waiting.result[0]


def done_or_left(parent: QWidget, look: Look, action: Callable[[], object]) -> bool:
    """Do something that waits; its trouble is said, and leaving it is no trouble. Returns whether it was done."""
    from pilotdesk.errors import PilotDeskError

    try:
        action()
    except Cancelled:
        return False
    except PilotDeskError as trouble:
        tell_trouble(parent, look, trouble)
        return False
    return True
