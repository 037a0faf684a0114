"""An open draft on the screen: wires session, pages, autosave and the parts of the shell."""

from __future__ import annotations

from collections import Counter
from functools import partial
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pilotdesk.forms.form_documents import documents_of
from pilotdesk.rules.issue import Severity
from pilotdesk.ui.navigation.frame import OpenDraft
from pilotdesk.ui.navigation.navigator import CHECK, PREVIEW, RETURNED, Navigator
from pilotdesk.ui.navigation.step_states import foot_entries, nav_entries, read_state
from pilotdesk.ui.navigation.step_words import document_name, full_name
from pilotdesk.ui.navigation.taking_back import TakingBack
from pilotdesk.ui.safety.promises import EXPORT, SAVED
from pilotdesk.ui.tasks.first_paint import FirstPaint
from pilotdesk.ui.window.pages import build_page, title_of
from pilotdesk.ui.window.shell import Shell

if TYPE_CHECKING:
    from collections.abc import Callable

    from pilotdesk.forms.model import Step
    from pilotdesk.session import Change, Session
    from pilotdesk.ui.navigation.page import Page
    from pilotdesk.ui.navigation.services import Services
    from pilotdesk.ui.preview.page import PreviewPage
    from pilotdesk.ui.steps.hint_panel import HintPanel
    from pilotdesk.ui.tasks.autosave import Autosave
    from pilotdesk.ui.window.commands import Commands

REFRESH_MS = 120
"""Badges and counts follow the typing after this pause."""


class Workspace(OpenDraft):
    """Everything between the window's edges while a draft is open.

    Attributes:
        shell: the bars around the pages. commands: its menu and keys, once there are some.

    Signals:
        home_requested, display_requested: from the header; the window answers.
    """

    home_requested = Signal()
    display_requested = Signal(QWidget)

    def __init__(
        self,
        session: Session,
        services: Services,
        autosave: Autosave | None,
        *,
        first: Page | None = None,
    ) -> None:
        """Lay out an open draft.

        Args:
            session: the open draft.
            services: collaborators of the pages.
            autosave: keeps the draft; ``None`` for a draft that is only looked at (pictures).
            first: the page to begin with, if it is built and shown already.
        """
        super().__init__()
        self.session = session
        self._services = services
        self.autosave = autosave
        self._first = first
        self.shell = Shell(services.look, services.settings)
        self.navigator = Navigator(session, self.shell.stack, self._build_page)
        self._hints: HintPanel | None = None
        self.commands: Commands | None = None
        self.more_actions = []
        self._refresh_timer = QTimer(self, singleShot=True, interval=REFRESH_MS)
        self._refresh_timer.timeout.connect(self.refresh)
        # Of its own, because the parts are too wide for a small window until they are arranged for it.
        self.setMinimumSize(640, 360)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.shell)
        self._wire_shell()
        self._wire_autosave()
        self._end = session.subscribe(self._on_change)
        self.refresh()

    # -- wiring ----------------------------------------------------------------------------------

    def _wire_shell(self) -> None:
        shell, navigator = self.shell, self.navigator
        header = shell.header
        header.home_requested.connect(self.home_requested)
        header.display_requested.connect(self._on_display)
        header.page_chosen.connect(navigator.show_page)
        shell.sidebar.page_chosen.connect(navigator.show_page)
        shell.head.hints_requested.connect(shell.toggle_hints)
        shell.head.back_requested.connect(navigator.show_previous)
        shell.head.next_requested.connect(navigator.show_next)
        shell.footer.back_requested.connect(navigator.show_previous)
        shell.footer.next_requested.connect(navigator.show_next)
        shell.strip.chosen.connect(self._on_back_to_check)
        shell.safety.severity_chosen.connect(self._on_severity)
        shell.safety.progress_chosen.connect(self._on_progress)
        shell.safety.backups_chosen.connect(self.backups_requested)
        shell.rearranged.connect(self._on_rearranged)
        navigator.leaving.connect(self.flush)
        navigator.page_shown.connect(self._on_page_shown)

    def _wire_autosave(self) -> None:
        safety = self.shell.safety
        safety.show_saved("")
        safety.show_backups(0)
        safety.show_second("", "text2")
        if self.autosave is None:
            return
        self.autosave.gather(self._services.unfinished)
        self.autosave.saved.connect(safety.show_saved)
        self.autosave.broken.connect(safety.show_trouble)
        safety.remedy_chosen.connect(self._on_remedy)
        safety.saved_chosen.connect(self.flush)

    def _build_page(self, name: str) -> Page:
        first, self._first = self._first, None
        page = first or build_page(name, self.session, self._services, self.autosave)
        page.focus_changed.connect(self._on_focus_changed)
        page.sources_requested.connect(self._on_sources)
        page.ended.connect(self.shell.focus_next)
        if name == CHECK:
            page.request_go_to.connect(self._on_request_from_check)
        if name == PREVIEW:
            safety, panel = self.shell.safety, cast("PreviewPage", page).export_panel
            panel.broken.connect(partial(safety.show_broken, EXPORT))
            panel.made.connect(partial(safety.show_kept, EXPORT))
        page.set_compact(self.shell.arrangement.compact)
        return page

    def _ensure_hints(self) -> HintPanel:
        if self._hints is None:
            from pilotdesk.ui.steps.hint_panel import HintPanel

            self._hints = HintPanel(self.session, self._services, has_history=self.autosave is not None)
            self._hints.close_requested.connect(self.shell.toggle_hints)
            self._hints.history_requested.connect(self.history_requested)
            self.shell.hold_hints(self._hints)
        return self._hints

    # -- what happens ----------------------------------------------------------------------------

    def _on_change(self, change: Change) -> None:
        self._refresh_timer.start()

    def refresh(self) -> None:
        """Show states, counts and progress as they are now."""
        state = read_state(self.session)
        shell, session = self.shell, self.session
        shell.sidebar.show_state(nav_entries(session, state), foot_entries(state), state.percent)
        if state.percent is not None:
            shell.safety.show_issues(state.counts, state.percent)
        head = session.form.head
        project = session.value(head.project_name)
        first = documents_of(session.form)[0]
        kind = f"{first.short}（{first.year or f'{session.round.name}年度'}）"
        shell.header.show_project(
            project if isinstance(project, str) else "", kind, first.file or first.short
        )
        shell.header.arrange(shell.arrangement)
        shell.header.show_steps_back(can_undo=session.steps.can_undo, can_redo=session.steps.can_redo)
        step = state.steps.get(self.navigator.current)
        if step is not None:
            counts = state.open.get(self.navigator.current, Counter())
            shell.head.show_state(
                step.filled,
                step.total,
                errors=counts.get(Severity.ERROR, 0),
                warnings=counts.get(Severity.WARNING, 0),
            )
        if shell.strip.isVisible():
            shell.strip.show_left(sum(state.counts.values()))

    def _on_page_shown(self, name: str) -> None:
        page = self.navigator.page()
        step = self.navigator.step(name)
        if page is None:
            return
        if step is not None:
            self._name_step(step)
        if name == CHECK:
            self.shell.strip.hide()
        if self.autosave is not None and name != RETURNED:
            self.autosave.remember_page(name)
        self.shell.sidebar.show_current(name)
        self.shell.show_kind(wide=page.wide, headed=page.headed)
        if step is not None and self.session.engine.is_checked:  # before, the page is still to be painted
            self._ensure_hints().show_step(name)
        self.refresh()

    def _name_step(self, step: Step) -> None:
        """Head and footer say which step it is and what lies before and after it."""
        form, shell = self.session.form, self.shell
        shell.head.show_step(title_of(form, step.name), document_name(form, step))
        before, following = (
            full_name(form, one, beside=step) if one else "" for one in self.navigator.neighbours()
        )
        shell.footer.show_neighbours(before, following or "检查问题")

    def _on_focus_changed(self, path: str) -> None:
        if self._hints is not None:
            if path:
                self._hints.show_field(path)
            else:
                self._hints.show_step(self.navigator.current)

    def _on_sources(self, path: str) -> None:
        """看依据: the hints come into view, where they are hidden over the page, and show the clause."""
        hints = self._ensure_hints()
        self.shell.open_hints()
        hints.show_basis(path)

    def _on_rearranged(self) -> None:
        for page in self.navigator.pages():
            page.set_compact(self.shell.arrangement.compact)

    def _on_back_to_check(self) -> None:
        self.navigator.show(CHECK)

    def _on_severity(self, severity: Severity) -> None:
        from pilotdesk.ui.checking.page import CheckPage

        page = self.navigator.show(CHECK)
        if isinstance(page, CheckPage):
            page.show_only(severity)

    def _on_progress(self) -> None:
        self.navigator.show(CHECK)

    def _on_remedy(self, promise: str) -> None:
        if promise == SAVED:
            self.flush()
        elif promise == EXPORT:
            cast("PreviewPage", self.navigator.show(PREVIEW, focus=False)).export_panel.export()
        else:
            self.remedy_requested.emit(promise)

    def _on_display(self) -> None:
        self.display_requested.emit(self.shell.header.display)

    def _on_request_from_check(self, path: str) -> None:
        """A jump from the check page leaves a way back on top of the page."""
        self.shell.strip.show_left(len(self.session.engine.listed_issues()))

    # -- for the window --------------------------------------------------------------------------

    def open_at(self, name: str) -> None:
        """Show the page to begin with; the checks run right after it is painted, and tell all parts.

        Raises:
            KeyError: there is no such page.
        """
        is_checked = self.session.engine.is_checked
        page = self.navigator.show(name, focus=is_checked)
        if not is_checked:
            FirstPaint(page, self._check)

    def _check(self) -> None:
        page = self.navigator.page()
        if page is None:  # closed already
            return
        self.session.check()
        self._on_page_shown(self.navigator.current)
        page.focus_first()

    def undo(self) -> None:
        """See :class:`OpenDraft`."""
        if self.commands is not None:
            self.commands.undo()

    def taking_back(self, undo: Callable[[], object] | None = None) -> Callable[[], None]:
        """See :class:`OpenDraft`."""
        return TakingBack(self.session, self._services, undo or self.undo)

    def hold_notice(self, notice: QWidget) -> None:
        """See :class:`OpenDraft`."""
        self.shell.hold_notice(notice)

    def flush(self) -> bool:
        """See :class:`OpenDraft`."""
        self.navigator.commit()
        return self.autosave is None or self.autosave.flush()

    def close_draft(self) -> None:
        """Store everything and let go of the session."""
        self.navigator.commit()
        self._refresh_timer.stop()
        self._end()
        if self.autosave is not None:
            self.autosave.close()
        self.navigator.close()
        self.closed.emit()
