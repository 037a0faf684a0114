"""What is done with a whole project from the start page: begin a form, dates, calendar, hand-over file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from pilotdesk.ui.dialogs.asking import guarded, tell_trouble
from pilotdesk.ui.start.project_card import CALENDAR, DATES, KIT

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from pilotdesk.clock import Clock
    from pilotdesk.drafts.store import DraftStore
    from pilotdesk.errors import PilotDeskError
    from pilotdesk.forms.round import Round
    from pilotdesk.projects.overview import Overview
    from pilotdesk.ui.look.theme import Look
    from pilotdesk.ui.navigation.services import Toasts
    from pilotdesk.ui.tasks.worker import Progress, Runner


class ProjectDesk(QObject):
    """Works on one project at a time; everything it imports is imported when it is asked for.

    Signals:
        made: id of a draft that was begun and wants to be opened. changed: the start page is to be shown anew.
    """

    made = Signal(str)
    changed = Signal()

    def __init__(
        self, window: QWidget, look: Look, store: DraftStore, *, clock: Clock, toasts: Toasts, runner: Runner
    ) -> None:
        super().__init__(window)
        self._window = window
        self._look = look
        self._store = store
        self._clock = clock
        self._toasts = toasts
        self._runner = runner

    def begin(self, project_id: str, form: str) -> None:
        """Begin a form with what the others carry into it, and open it."""
        guarded(self._window, self._look, self._begin, project_id, form)

    def _begin(self, project_id: str, form: str) -> None:
        from pilotdesk.projects.life import start_form

        self.made.emit(start_form(self._store, project_id, form, self._clock.today()))

    def do(self, project: Overview, round_: Round, wanted: str) -> None:
        """Do what a card asked for: ``dates``, ``calendar`` or ``kit``."""
        if wanted == DATES:
            self._set_dates(project)
        elif wanted == CALENDAR:
            self._save_calendar(project)
        elif wanted == KIT:
            self._hand_over(project, round_)

    # -- dates and calendar ----------------------------------------------------------------------

    def _set_dates(self, project: Overview) -> None:
        from pilotdesk.ui.start.dates_dialog import ask_dates

        dates = ask_dates(self._window, self._look, project, self._clock.today())
        if dates is not None and guarded(self._window, self._look, self._keep_dates, project, dates):
            self.changed.emit()

    def _keep_dates(self, project: Overview, dates: Mapping[str, date]) -> None:
        projects = self._store.projects
        for name in {*project.dates, *dates}:
            if project.dates.get(name) != dates.get(name):
                projects.set_date(project.project_id, name, dates.get(name))

    def _save_calendar(self, project: Overview) -> None:
        from pilotdesk.projects.handover.naming import safe_name
        from pilotdesk.ui.dialogs.files import ask_calendar_target

        target = ask_calendar_target(self._window, f"到期日历_{safe_name(project.title)}.ics")
        if target is not None and guarded(self._window, self._look, self._write_calendar, project, target):
            self._toasts.show_done(f"存好了：{target.name}。双击它，或在日历程序里导入。")

    def _write_calendar(self, project: Overview, target: Path) -> None:
        from pilotdesk.atomic import replacing
        from pilotdesk.projects.calendar_file import calendar_file, events_of

        events = events_of(project.project_id, project.title, project.line)
        with replacing(target) as part:
            part.write_bytes(calendar_file(events, self._clock))

    # -- hand-over -------------------------------------------------------------------------------

    def _hand_over(self, project: Overview, round_: Round) -> None:
        from pilotdesk.projects.handover.naming import kit_name
        from pilotdesk.ui.dialogs.files import ask_kit_target

        target = ask_kit_target(self._window, kit_name(project.title, self._clock.today()))
        if target is not None:
            guarded(self._window, self._look, self._start_kit, project, round_, target)

    def _start_kit(self, project: Overview, round_: Round, target: Path) -> None:
        """Make the file on the worker, from a copy of the project."""
        from pilotdesk.projects.handover import project_copy

        copy = project_copy(self._store, project.project_id)
        clock = self._clock

        def work(progress: Progress) -> None:
            from pilotdesk.projects.handover.making import write_kit

            write_kit(copy, round_, target, clock, progress=progress)

        self._toasts.show_done("正在存交接包，要十几秒，可以接着做别的。")
        self._runner.run(
            work,
            lambda _nothing: self._toasts.show_done(f"存好了，读回核对过：{target.name}"),
            failed=self._on_failed,
        )

    def _on_failed(self, trouble: PilotDeskError) -> None:
        tell_trouble(self._window, self._look, trouble)

    def take_over(self, source: Path) -> None:
        """Take in the project of a hand-over file, as one of its own."""
        from pilotdesk.ui.tasks.waiting import done_or_left

        done_or_left(self._window, self._look, lambda: self._take_over(source))

    def _take_over(self, source: Path) -> None:
        from pilotdesk.ui.carriers.package_desk import kept_kit

        if self._store.access.refusal is not None:
            raise self._store.access.refusal
        copy = kept_kit(self._window, self._look, self._store.path.parent, source)
        self._store.projects.put(copy)
        self.changed.emit()
        self._toasts.show_done("读进来了，是一个单独的项目；原来的项目都没有动。")
