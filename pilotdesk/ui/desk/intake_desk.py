"""收件 in the window: folders, archives and files are dropped on the page or chosen; everything else happens elsewhere.

Files are read by processes, and what they find is kept by a thread. This thread of the window is told of it, reads the
lines that are new, and shows how far it is.
"""

from __future__ import annotations

from collections import deque
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QTextEdit

from pilotdesk.errors import DeskError
from pilotdesk.review.intake.pool import Pool, workers_here
from pilotdesk.review.receiving import Figures, Kept, Locked, Received, Receiving, cross
from pilotdesk.ui.desk.intake_choice import ask_places, usual_place
from pilotdesk.ui.desk.intake_strip import IntakeStrip
from pilotdesk.ui.desk.intake_unfinished import UnfinishedIntake
from pilotdesk.ui.tasks.worker import TaskRunner

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QMimeData
    from PySide6.QtWidgets import QWidget

    from pilotdesk.clock import Clock
    from pilotdesk.errors import PilotDeskError
    from pilotdesk.review.receiving import Told
    from pilotdesk.ui.desk.sitting import Sitting
    from pilotdesk.ui.look.theme import Look
    from pilotdesk.ui.tasks.worker import Progress, Runner, Task

_GATHER_MS: Final = 400
"""What comes within this time is shown together; the first line of a run at once."""


class IntakeDesk(QObject):
    """Takes in what is dropped on the page.

    Args:
        page: that folders and files are dropped on.
        look: the theme in force. sitting: the open desk. clock: the time.
        runner: for what is short; the intake itself takes minutes, and has a thread of its own.

    Attributes:
        strip: how far it is, and how it ended; hidden while there is nothing to say. Whoever makes the page places it.
        unfinished: what did not come to its end.

    Signals:
        running_changed: after :attr:`is_running`.
        crossed: everything at the desk has been laid side by side.
    """

    running_changed = Signal()
    crossed = Signal()
    _told = Signal(object)

    def __init__(self, page: QWidget, look: Look, sitting: Sitting, *, clock: Clock, runner: Runner) -> None:
        super().__init__(page)
        self._page = page
        self._look = look
        self._sitting = sitting
        self._clock = clock
        self._runner = runner
        self._thread = TaskRunner(self)
        self._pool: Pool | None = None
        self._is_starting = self._is_closed = False
        self._pool_day = clock.today()
        self._receiving: Receiving | None = None
        self._crossing: Task | None = None
        self._places: tuple[Path, ...] = ()
        self._waiting: deque[tuple[Path, ...]] = deque()
        self._keys: dict[str, None] = {}
        self._gone: set[str] = set()
        self._figures: Figures | None = None
        self._has_shown = False
        self._gathered = QTimer(self, singleShot=True, interval=_GATHER_MS)
        self._gathered.timeout.connect(self._show_lines)
        self._told.connect(self._on_told, Qt.ConnectionType.QueuedConnection)
        self.strip = IntakeStrip(look)
        self.strip.cancelled.connect(self.cancel)
        self.strip.left_out_wanted.connect(self._show_left_out)
        self.strip.passwords_wanted.connect(self._ask_passwords)
        self.unfinished = UnfinishedIntake(self.strip, sitting, self)
        self.unfinished.wanted.connect(self.take)
        self._left_out: Received | None = None
        self._locked: Locked | None = None
        self._filled: frozenset[str] = frozenset()
        page.setAcceptDrops(True)
        page.installEventFilter(self)
        if not sitting.is_look_only:
            # Once the page is painted; they take half a second, and the first row is to be there in one.
            QTimer.singleShot(0, self, self._get_ready)

    @property
    def is_running(self) -> bool:
        """Whether something is being taken in."""
        return self._receiving is not None

    # -- what the page asks for ------------------------------------------------------------------

    def ask(self) -> None:
        """Ask for folders or files, and take them in."""
        if self._refused():
            return
        desk = self._sitting.desk
        places = ask_places(self._page, self._look, usual_place(desk, desk.path))
        if places:
            self.take(places)

    def take(self, places: Sequence[Path]) -> None:
        """Take in folders and files; while something else is being taken in, after that."""
        if not places or self._is_closed or self._refused():
            return
        if self.is_running:
            self._waiting.append(tuple(places))
            self.unfinished.begin(places)
            self.strip.show_waiting(len(self._waiting))
            return
        if self._crossing is not None:
            self._crossing.cancel()
        self._begin(tuple(places))

    def cancel(self) -> None:
        """Stop; what was taken in stays."""
        for places in self._waiting:
            self.unfinished.end(places, whole=False)
        self._waiting.clear()
        if self._receiving is not None:
            self._receiving.stop()

    def cross(self) -> None:
        """Lay everything at the desk side by side anew, as after another list of former pilots."""
        if self.is_running or self._sitting.is_look_only:
            return
        if self._crossing is not None:
            self._crossing.cancel()
        taker, path = self._sitting.desk.taker(), self._sitting.desk.path
        stopped: list[Task] = []

        def work(_progress: Progress) -> bool:
            return cross(taker, path, lambda: bool(stopped) and stopped[0].is_cancelled)

        self._crossing = self._thread.run(work, self._on_crossed, failed=self._on_trouble)
        stopped.append(self._crossing)

    def close(self) -> None:
        """End everything; the window closes. What was taken in stays, and nothing is running any more."""
        self._is_closed = True
        self._page.removeEventFilter(self)
        self._gathered.stop()
        self._waiting.clear()
        self.cancel()
        if self._crossing is not None:
            self._crossing.cancel()
        self._thread.close()
        self._receiving = None
        if self._pool is not None:
            self._pool.close()
            self._pool = None

    # -- workers ---------------------------------------------------------------------------------

    def _get_ready(self) -> None:
        """For what comes next; but first for what stands here and was never laid side by side to the end."""
        if self._is_closed:
            return
        try:
            if not self.is_running:
                self.unfinished.look()
            is_crossed = self._sitting.desk.is_crossed()
        except DeskError as trouble:
            self._on_trouble(trouble)
            return
        if is_crossed:
            self._start_workers()
        else:
            self.cross()

    def _start_workers(self) -> None:
        """Have workers ready for what comes next."""
        if self._pool is not None or self._is_starting or self._is_closed:
            return
        self._is_starting = True
        self._pool_day = self._clock.today()

        def start(_progress: Progress) -> Pool:
            return Pool(workers_here(), self._pool_day)

        self._runner.run(start, self._on_started)

    def _on_started(self, pool: Pool) -> None:
        self._is_starting = False
        if self._is_closed:
            pool.close()
        else:
            self._pool = pool

    def _ready_pool(self) -> Pool | None:
        """Workers of today; ``None`` when the run has to start its own."""
        pool, self._pool = self._pool, None
        if pool is not None and self._pool_day != self._clock.today():
            pool.close()  # the window stayed open over night
            return None
        return pool

    # -- one run ---------------------------------------------------------------------------------

    def _refused(self) -> bool:
        """Whether nothing can be taken in; the reason is said."""
        refusal = self._sitting.desk.access.refusal
        if refusal is not None:
            self._sitting.failed.emit(refusal)
        return refusal is not None

    def _begin(self, places: tuple[Path, ...]) -> None:
        self._places = places
        runs = self.unfinished.begin(places)
        today = self._clock.today()
        due = self._sitting.desk.last_day(self._sitting.pack.round, today)
        taker = self._sitting.desk.taker()
        receiving = Receiving(taker, today=today, due=due, tell=self._told.emit, runs=runs)
        pool = self._ready_pool()
        self._receiving = receiving
        self._has_shown = False
        self._filled = frozenset()
        self.strip.begin()

        def work(_progress: Progress) -> None:
            receiving.run(places, pool)

        self._thread.run(work, self._on_ended, failed=self._on_trouble)
        self.running_changed.emit()

    def _on_told(self, told: Told) -> None:
        match told:
            case Figures():
                self._figures = told
                self._show_soon()
            case Kept():
                self._note(told)
                if not self._has_shown:
                    self._show_lines()
                else:
                    self._show_soon()
            case Locked():
                self._show_lines()
                self._on_locked(told)
            case Received():
                self._figures = None
                self._left_out = told
                self.strip.show_end(told)

    def _on_locked(self, told: Locked) -> None:
        """Ask for passwords; a second time only for what somebody typed one for that did not fit."""
        still = tuple(place for place in told.places if place in self._filled)
        if told.again and not still and self._receiving is not None:
            self._receiving.unlock(())
            return
        self._locked = Locked(still, again=True) if told.again else told
        self.strip.show_locked(len(self._locked.places))
        if not is_typing():
            self._ask_passwords()

    def _note(self, kept: Kept) -> None:
        self._keys[kept.key] = None
        self._gone.discard(kept.key)
        self._gone.update(kept.gone)
        for gone in kept.gone:
            self._keys.pop(gone, None)

    def _show_soon(self) -> None:
        if not self._gathered.isActive():
            self._gathered.start()

    def _show_lines(self) -> None:
        """Show what came since the last time."""
        self._gathered.stop()
        if self._figures is not None and self.is_running:
            self.strip.show_figures(self._figures.found, self._figures.looked, self._figures.submissions)
            self._figures = None
        keys, gone = tuple(self._keys), frozenset(self._gone)
        self._keys.clear()
        self._gone.clear()
        if keys:
            self._has_shown = True
            self._sitting.took(keys, gone)

    def _on_ended(self, _result: object) -> None:
        self._show_lines()
        whole = self._receiving is not None and not self._receiving.is_stopped
        self._receiving = None
        self.unfinished.end(self._places, whole=whole)
        if self._waiting:
            self._begin(self._waiting.popleft())
            self.strip.show_waiting(len(self._waiting))
            return
        self.running_changed.emit()
        self.cross()

    def _on_crossed(self, came_to_end: bool) -> None:
        self._crossing = None
        if came_to_end:
            self._sitting.read_again()
        self.crossed.emit()
        self._start_workers()

    def _on_trouble(self, trouble: PilotDeskError) -> None:
        """The desk's file cannot be written: said by the page, as with every decision."""
        self._show_lines()
        was_running, self._receiving, self._crossing = self.is_running, None, None
        self._sitting.failed.emit(trouble)
        if was_running:
            self.strip.hide()
            if not self._sitting.is_look_only:
                self.unfinished.show((self._places, *self._waiting))
            self._waiting.clear()
            self.running_changed.emit()

    # -- dialogs ---------------------------------------------------------------------------------

    def _ask_passwords(self) -> None:
        from pilotdesk.ui.desk.intake_passwords import PasswordsDialog

        receiving, locked = self._receiving, self._locked
        if receiving is None or locked is None:
            return
        dialog = PasswordsDialog(self._page, self._look, locked.places, again=locked.again)

        def answer() -> None:
            self._filled = dialog.filled()
            receiving.unlock(dialog.answer())

        dialog.finished.connect(answer)
        dialog.finished.connect(dialog.deleteLater)
        self.running_changed.connect(dialog.reject)
        self.strip.cancelled.connect(dialog.reject)
        dialog.open()

    def _show_left_out(self) -> None:
        from pilotdesk.ui.desk.intake_left_out import LeftOutDialog

        if self._left_out is not None:
            dialog = LeftOutDialog(self._page, self._look, self._left_out.left_out)
            dialog.finished.connect(dialog.deleteLater)
            dialog.open()

    # -- Qt --------------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt: folders and files that are dropped on the page are taken in."""
        if isinstance(event, QDragEnterEvent) and event.type() is QEvent.Type.DragEnter:
            if places_in(event.mimeData()):
                event.acceptProposedAction()
                return True
        elif isinstance(event, QDropEvent) and event.type() is QEvent.Type.Drop:
            places = places_in(event.mimeData())
            if places:
                event.acceptProposedAction()
                # After the drop is over: what opens meanwhile holds the other program's mouse.
                QTimer.singleShot(0, self, partial(self.take, places))
                return True
        return super().eventFilter(watched, event)


def is_typing() -> bool:
    """Whether a dialog that opened by itself would take what somebody is writing, or stand over another one."""
    focus = QApplication.focusWidget()
    writes = isinstance(focus, QLineEdit | QTextEdit) and not focus.isReadOnly()
    return (
        writes or QApplication.activeModalWidget() is not None or QApplication.activePopupWidget() is not None
    )


def places_in(mime: QMimeData) -> tuple[Path, ...]:
    """Folders and files of a drop; empty when something else is dropped, or an update, which is the window's."""
    from pilotdesk.ui.tasks.update_files import update_in

    if update_in(mime) is not None:
        return ()
    return tuple(Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile())
