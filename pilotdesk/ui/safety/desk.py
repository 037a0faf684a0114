"""Backups and their promises: when a copy is made, what the safety bar says of it, and what is done when one is broken.

The work is done on the runner's thread with paths and through a connection of its own; here is only when and what is said.
"""

from __future__ import annotations

import time
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

from pilotdesk.drafts.backups import back_up, backups, complete
from pilotdesk.drafts.closing import copy_of, forget_close, last_close
from pilotdesk.drafts.health import health_of
from pilotdesk.drafts.second_place import copy_there, second_place
from pilotdesk.errors import ExportError, PilotDeskError, StoreError
from pilotdesk.record import Record
from pilotdesk.ui.safety.promises import BACKUP, HEALTH, SECOND, Promises

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from pilotdesk.clock import Clock
    from pilotdesk.drafts.backups import Backup
    from pilotdesk.drafts.health import Health
    from pilotdesk.drafts.second_place import SecondPlace
    from pilotdesk.ui.look.theme import Look
    from pilotdesk.ui.navigation.frame import OpenDraft
    from pilotdesk.ui.navigation.services import Toasts
    from pilotdesk.ui.safety.bar import SafetyBar
    from pilotdesk.ui.tasks.worker import Progress, Runner

BACKUP_S: Final = 30 * 60
RETRY_S: Final = 5 * 60
"""Seconds between copies while something is changed, and after one that failed."""


class Made(Record, frozen=True, kw_only=True):
    """What came of one backup.

    Attributes:
        backup: the copy. today: how many there are of its day.
        second: the second place; ``None`` when there is none. second_trouble: why nothing could be put there.
    """

    backup: Backup
    today: int
    second: SecondPlace | None
    second_trouble: ExportError | None = None


def make_backup(data_folder: Path, clock: Clock, progress: Progress | None = None) -> Made:
    """A copy here, and in the second place if it is there. Runs on any thread.

    Raises:
        ExportError, StoreError: see :func:`pilotdesk.drafts.backups.back_up`.
    """
    return _with_second(data_folder, back_up(data_folder, clock, progress), progress)


def _with_second(data_folder: Path, made: Backup, progress: Progress | None) -> Made:
    today = sum(copy.day == made.day for copy in backups(data_folder))
    try:
        return Made(backup=made, today=today, second=copy_there(data_folder, made, progress))
    except ExportError as trouble:
        return Made(backup=made, today=today, second=second_place(data_folder), second_trouble=trouble)


def make_last_backup(data_folder: Path, clock: Clock, progress: Progress) -> str:
    """The copy at the end; returns the code of what went wrong beside it, see :mod:`pilotdesk.drafts.closing`.

    Where a copy has the same content, no further one is made: it gets what is not beside it, and the second place that copy.
    """
    same = copy_of(data_folder)
    backup = complete(data_folder, same, clock, progress) if same else back_up(data_folder, clock, progress)
    made = _with_second(data_folder, backup, progress)
    if made.second_trouble is not None:
        return "second_at_close"
    return ""


class SafetyDesk(QObject):
    """Makes the backups of a window.

    Args:
        window: whose it is. look, clock, runner, toasts: its collaborators.
        data_folder: the data directory.
        promises: those of the window; of its own without them.
        seconds: a clock that nobody can set; a jump of the other one must not put a backup off for a year.

    Signals:
        changed: state of copies or second place, for who shows it.
        recovery_wanted: the database is damaged, and the user wants to have it mended now.
        restore_wanted: copies of this or another computer are to be looked for, and brought back.
    """

    changed = Signal()
    recovery_wanted = Signal()
    restore_wanted = Signal()

    def __init__(
        self,
        window: QWidget,
        look: Look,
        data_folder: Path,
        *,
        clock: Clock,
        runner: Runner,
        toasts: Toasts,
        promises: Promises | None = None,
        seconds: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._look = look
        self.data_folder: Final = data_folder
        self._clock = clock
        self._runner = runner
        self._toasts = toasts
        self._seconds = seconds
        self._due_at = 0.0
        self._is_running = False
        self._promises = promises or Promises(self)
        self._bar: SafetyBar | None = None

    # -- an open draft ---------------------------------------------------------------------------

    def look_after(self, workspace: OpenDraft, bar: SafetyBar) -> None:
        """Of an open draft: copies while it is changed, their state in its safety bar."""
        self._bar = bar
        if workspace.autosave is not None:
            workspace.autosave.saved.connect(self._on_saved)
        workspace.backups_requested.connect(self.show_state)
        workspace.remedy_requested.connect(self.mend)
        self._show_all()

    def _standing_bar(self) -> SafetyBar | None:
        """The bar of the open draft; ``None`` when there is none any more: a copy takes longer than closing a draft."""
        return self._bar if self._bar is not None and isValid(self._bar) else None

    def _on_saved(self) -> None:
        if self._seconds() >= self._due_at:
            self.start()

    def mend(self, promise: str) -> None:
        """Do something about a broken promise."""
        if promise == HEALTH:
            self.recovery_wanted.emit()
        elif promise == BACKUP:
            self.start(said=True)
        else:
            self.show_state()

    # -- copies ----------------------------------------------------------------------------------

    def start(self, *, said: bool = False) -> None:
        """Make a copy now, unless one is being made.

        Args:
            said: whether its success is said, because it was asked for.
        """
        if self._is_running:
            return
        self._is_running = True
        self._due_at = self._seconds() + BACKUP_S
        place = second_place(self.data_folder)
        bar = self._standing_bar()
        if place is not None and place.is_there and bar is not None:
            bar.show_second("正在存到第二位置，先别拔", "warn")
        work = partial(make_backup, self.data_folder, self._clock)
        self._runner.run(work, partial(self._on_made, said), failed=self._on_failed)

    def tell_last_close(self) -> None:
        """Say it when the program before could not make its last copy, and make one now."""
        trouble = last_close(self.data_folder)
        if trouble is None:
            return
        promise = SECOND if trouble.code == "second_at_close" else BACKUP
        self._promises.break_(promise, str(trouble), "上次关闭时")
        self._show_all()
        self._toasts.show_done("上次关闭时没有备份成，现在补一份")
        self.start(said=True)

    def _on_made(self, said: bool, made: Made) -> None:
        self._is_running = False
        self._promises.keep(BACKUP, SECOND)
        if made.backup.damaged:
            self._break(BACKUP, StoreError("attachments_damaged", count=made.backup.damaged))
        if made.second_trouble is not None:
            self._break(SECOND, made.second_trouble)
        if made.second_trouble is None:
            forget_close(self.data_folder)
        self._show_all()
        if said and not self.broken:
            second, moment = made.second, f"{made.backup.day} {made.backup.time}"
            there = second is not None and second.is_there and second.copied == moment
            words = "备份好了，第二位置读回来核对一致，可以安全拔出" if there else "备份好了，检查没有问题"
            self._toasts.show_done(words)

    def _on_failed(self, trouble: PilotDeskError) -> None:
        self._is_running = False
        self._due_at = self._seconds() + RETRY_S
        self._break(HEALTH if trouble.code == "store_damaged" else BACKUP, trouble)
        self._show_all()

    # -- health ----------------------------------------------------------------------------------

    def check(self) -> None:
        """Look the database over, off the window's thread; what is wrong is said, and mended if that is wanted."""
        work = partial(_look_over, self.data_folder)
        self._runner.run(work, self._on_looked_over)

    def _on_looked_over(self, health: Health) -> None:
        if not health.is_sound:
            self.offer_recovery()

    def offer_recovery(self) -> None:
        """Say that the database is damaged, and have it mended if that is wanted."""
        from pilotdesk.ui.dialogs.asking import ask_choice

        self._break(HEALTH, StoreError("store_damaged", folder=self.data_folder))
        self._show_all()
        text = "现在修复：坏的文件原样放到一边，用最近的好备份和还读得出的内容拼回来。"
        actions = ("先不修复", "现在修复")
        if ask_choice(self._window, self._look, "资料文件坏了一部分", text, actions=actions) == 1:
            self.recovery_wanted.emit()

    # -- what is shown ---------------------------------------------------------------------------

    @property
    def broken(self) -> str:
        """The sentence of a broken promise; empty when all are kept."""
        breach = self._promises.gravest
        return breach.sentence if breach else ""

    def second_words(self) -> tuple[str, str, str]:
        """What the bar says of the second place, in which colour, and all of it; no words when there is none."""
        place = second_place(self.data_folder)
        if place is None:
            return "", "text2", ""
        breach = self._promises.breach(SECOND)
        if breach is not None:
            return "第二位置没有存上", "error", breach.sentence
        last = f"最近一份 {place.copied}" if place.copied else "还没有存过"
        if not place.is_there:
            return "第二位置没插上", "warn", f"{place.folder}：没有插上，插上以后会自动补存。{last}。"
        words = "第二位置正常" if place.copied else "第二位置还没有存过"
        return (
            words,
            "ok" if place.copied else "warn",
            f"{place.folder}：{last}，读回来核对一致，可以安全拔出。",
        )

    def today(self) -> int:
        """How many copies there are of today."""
        day = self._clock.today().isoformat()
        return sum(copy.day == day for copy in backups(self.data_folder))

    def _show_all(self) -> None:
        self.changed.emit()
        self._promises.changed.emit()
        bar = self._standing_bar()
        if bar is None:
            return
        bar.show_backups(self.today())
        bar.show_second(*self.second_words())
        for promise in (HEALTH, BACKUP, SECOND):
            breach = self._promises.breach(promise)
            if breach is not None:
                bar.show_broken(promise, breach.sentence, breach.since)
            else:
                bar.show_kept(promise)

    def show_state(self) -> None:
        """The window about copies and the second place."""
        from pilotdesk.ui.safety.dialog import SafetyDialog

        dialog = SafetyDialog(self._window, self._look, self)
        dialog.exec()
        dialog.deleteLater()

    def second_changed(self) -> None:
        """Another second place was picked, or none any more: put a copy there at once."""
        self._promises.keep(SECOND)
        self._show_all()
        if second_place(self.data_folder) is not None:
            self.start(said=True)

    def _break(self, promise: str, trouble: PilotDeskError) -> None:
        self._promises.break_(promise, str(trouble), self._time())

    def _time(self) -> str:
        return f"{self._clock.now().astimezone():%H:%M}"


def _look_over(data_folder: Path, _progress: Progress) -> Health:
    # The first save needs it, and takes five times as long as the next one if it has to wait for it.
    import sqlite_utils  # noqa: F401

    from pilotdesk.drafts.connection import FILE_NAME

    return health_of(data_folder / FILE_NAME, alone=False)
