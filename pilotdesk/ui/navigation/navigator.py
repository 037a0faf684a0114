"""Moving between pages: any page at any time, built on first visit and kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal

from pilotdesk.forms.values import field_name

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QStackedWidget

    from pilotdesk.forms.model import Step
    from pilotdesk.session import Session
    from pilotdesk.ui.navigation.page import Page

CHECK: Final = "check"
PREVIEW: Final = "preview"
RETURNED: Final = "returned"
"""The page of a return slip, of a draft that was sent back."""


def place(session: Session, left_at: str) -> str:
    """The page to begin with: where the draft was left, if that page is still asked, or the first step."""
    steps = [step.name for step in session.form.steps if session.is_relevant(f"step:{step.name}")]
    return left_at if left_at in {CHECK, PREVIEW, *steps} else steps[0]


class Navigator(QObject):
    """Knows which page is shown and which comes next.

    Signals:
        leaving: the current page is about to be left; editors are committed by then.
        page_shown: the name of the page that came to the front.
    """

    leaving = Signal()
    page_shown = Signal(str)
    _committing = Signal()

    def __init__(self, session: Session, stack: QStackedWidget, build: Callable[[str], Page]) -> None:
        """Make a navigator.

        Args:
            session: the open draft.
            stack: where pages stand.
            build: makes the page of a name.
        """
        super().__init__()
        self._session = session
        self._stack = stack
        self._build = build
        self._pages: dict[str, Page] = {}
        self._issue: tuple[str, str] | None = None
        self.current = ""
        self._committing.connect(self._commit)

    # -- pages -----------------------------------------------------------------------------------

    def steps(self) -> tuple[Step, ...]:
        """The steps that are relevant now, in order."""
        return tuple(
            step for step in self._session.form.steps if self._session.is_relevant(f"step:{step.name}")
        )

    def step(self, name: str) -> Step | None:
        """The step of a page; ``None`` for 检查 and 预览."""
        return next((step for step in self._session.form.steps if step.name == name), None)

    def page(self) -> Page | None:
        """The page that is shown."""
        return self._pages.get(self.current)

    def show(self, name: str, *, focus: bool = True) -> Page:
        """Bring a page to the front, building it first if need be.

        Raises:
            KeyError: there is no such page.
        """
        if name not in {CHECK, PREVIEW, RETURNED} and self.step(name) is None:
            raise KeyError(name)
        shown = self.page()
        if name == self.current and shown is not None:
            return shown
        if shown is not None:
            self.commit()
            self.leaving.emit()
        if name not in self._pages:
            page = self._build(name)
            page.request_go_to.connect(self.go_to)
            page.request_page.connect(self.show_page)
            self._pages[name] = page
            self._stack.addWidget(page)
        self.current = name
        page = self._pages[name]
        self._stack.setCurrentWidget(page)
        page.page_shown()
        self.page_shown.emit(name)
        if focus:
            page.focus_first()
        return page

    def show_page(self, name: str) -> None:
        """Slot: bring a page to the front."""
        self.show(name)

    def neighbours(self) -> tuple[Step | None, Step | None]:
        """The relevant steps before and after the current one; ``None`` at the ends."""
        steps = self.steps()
        names = [step.name for step in steps]
        if self.current not in names:
            return None, None
        at = names.index(self.current)
        return (steps[at - 1] if at else None), (steps[at + 1] if at + 1 < len(steps) else None)

    def show_next(self) -> None:
        """Go on: to the next step, after the last one to the check page."""
        following = self.neighbours()[1]
        self.show(following.name if following else CHECK)

    def show_previous(self) -> None:
        """Go back one step."""
        before = self.neighbours()[0]
        if before:
            self.show(before.name)

    def show_first(self) -> None:
        """Go to the first step."""
        self.show(self.steps()[0].name)

    # -- places ----------------------------------------------------------------------------------

    def go_to(self, path: str) -> None:
        """Open the step of a path and focus the field there."""
        step = self._session.form.step_of.get(field_name(path))
        if step:
            self.show(step, focus=False).go_to(path)

    def walk_issues(self, forward: bool) -> bool:
        """Go to the next or previous issue from wherever one is; ``False`` when there is none."""
        issues = [(issue.code, issue.path) for issue in self._session.all_issues()]
        if not issues:
            return False
        if self._issue in issues:
            at = issues.index(self._issue) + (1 if forward else -1)
        else:
            at = self._first_from_here(issues) if forward else -1
        self._issue = issues[at % len(issues)]
        self.go_to(self._issue[1])
        return True

    def _first_from_here(self, issues: list[tuple[str, str]]) -> int:
        order = [step.name for step in self._session.form.steps]
        here = order.index(self.current) if self.current in order else 0
        step_of = self._session.form.step_of
        for at, (_, path) in enumerate(issues):
            if order.index(step_of[field_name(path)]) >= here:
                return at
        return 0

    def commit(self) -> None:
        """Write what is still in an open editor of the page shown.

        Through a signal: a bug in it goes to the crash hook, and whoever stores next, or closes the window, goes on.
        """
        self._committing.emit()

    def _commit(self) -> None:
        page = self.page()
        if page is not None:
            page.commit_open_editors()

    def pages(self) -> tuple[Page, ...]:
        """The pages built so far."""
        return tuple(self._pages.values())

    def close(self) -> None:
        """Take leave of all pages."""
        for page in self._pages.values():
            page.close_page()
        self._pages.clear()
