"""The check page: everything that is open, live, with the way to each place."""

from __future__ import annotations

from collections import Counter
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from pilotdesk.forms.lookup import number_and_label
from pilotdesk.forms.values import field_name
from pilotdesk.ui.checking.empty import NothingOpen
from pilotdesk.ui.checking.issue_detail import IssueDetail
from pilotdesk.ui.checking.issue_list import FOLD, IssueRow
from pilotdesk.ui.checking.issue_pane import IssuePane
from pilotdesk.ui.components.basic import Label, Rule, row
from pilotdesk.ui.navigation.navigator import PREVIEW
from pilotdesk.ui.navigation.page import Page
from pilotdesk.ui.navigation.step_words import full_name

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from pilotdesk.rules.issue import Issue, Severity
    from pilotdesk.session import Change, Session
    from pilotdesk.ui.navigation.services import Services

SOLVED_MS: Final = 2_000
LIST_WIDTH: Final = 448
SIDE_BY_SIDE: Final = 700
"""Effective width from which list and message stand side by side."""


class CheckPage(Page):
    """List at the left, the chosen issue at the right; in narrow windows one after the other."""

    wide = True
    headed = False

    def __init__(self, session: Session, services: Services) -> None:
        super().__init__("surface")
        self._session = session
        self._look = services.look
        self._rows: dict[str, IssueRow] = {}
        self._issues: dict[str, Issue] = {}
        self._confirmed: dict[str, tuple[Issue, str]] = {}
        self._shown: tuple[Issue, str] | None = None
        self._toasts = services.toasts
        self._narrow = False
        self._remark = Label("", "small", "text2")
        self._left = IssuePane(self._look)
        self._left.setFixedWidth(self._look.scaled(LIST_WIDTH))
        self.list = self._left.list
        self.detail = IssueDetail(self._look, session)
        self._looks_at_confirmed = False
        self._empty = NothingOpen(self._look, practice=session.identity.practice)
        self._body = QStackedWidget()
        self._build()
        self._connect()
        self._solved_timer = QTimer(self, singleShot=True, interval=SOLVED_MS)
        self._solved_timer.timeout.connect(self._forget_solved)
        self._end = session.subscribe(self._on_change)
        self._read()

    # -- building --------------------------------------------------------------------------------

    def _build(self) -> None:
        head = row(Label("检查问题", "step"), 6, self._remark, None)
        head.setContentsMargins(24, 0, 24, 0)
        top = QWidget()
        top.setLayout(head)
        top.setFixedHeight(self._look.scaled(51))
        both = QWidget()
        self._both = QHBoxLayout(both)
        self._both.setContentsMargins(0, 0, 0, 0)
        self._both.setSpacing(0)
        self._divider = Rule(vertical=True)
        self._both.addWidget(self._left)
        self._both.addWidget(self._divider)
        self._both.addWidget(self.detail, 1)
        self._body.addWidget(both)
        self._body.addWidget(self._empty)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(top)
        outer.addWidget(Rule())
        outer.addWidget(self._body, 1)

    def _connect(self) -> None:
        self.list.marked.connect(self._on_marked)
        self.list.go_requested.connect(self._go)
        self.list.withdraw_requested.connect(self._withdraw)
        self._empty.final_chosen.connect(partial(self.request_page.emit, PREVIEW))
        self._empty.confirmed_chosen.connect(self._on_see_confirmed)
        self.list.clicked.connect(self._on_list_clicked)
        self.detail.go_requested.connect(self._go)
        self.detail.next_requested.connect(partial(self.walk_issues, True))
        self.detail.accept_requested.connect(self._on_accept)
        self.detail.withdraw_requested.connect(self._withdraw)
        self.detail.back_requested.connect(self._on_back)
        self._look.changed.connect(self._on_look_changed)

    # -- page ------------------------------------------------------------------------------------

    def show_only(self, severity: Severity | None) -> None:
        """Show the issues of one severity; ``None`` shows all."""
        self._left.show_only(severity)

    def focus_first(self) -> None:
        """Focus the list, or the way on when nothing is open."""
        shows_list = self._body.currentWidget() is not self._empty
        (self.list if shows_list else self._empty.final).setFocus(Qt.FocusReason.OtherFocusReason)

    def walk_issues(self, forward: bool) -> bool:
        """See :class:`Page`: the next or previous line of the list; in a narrow window its message, the marked one first."""
        rows, here = self.list.issues.rows, self.list.currentIndex().row()
        first = 0 if self._narrow and not self.detail.isVisible() else 1
        steps = range(first, len(rows) + first)
        order = [(here + (step if forward else -step)) % len(rows) for step in steps]
        following = [at for at in order if rows[at].key in self._issues]
        if following:
            self.list.setCurrentIndex(self.list.issues.index(following[0]))
            self._stack_up(detail=True)
            (self.detail.go if self._narrow and self.detail.go else self.list).setFocus()
        return bool(following)

    def page_shown(self) -> None:
        """Read the issues anew."""
        self._looks_at_confirmed = False
        self._forget_solved()

    def close_page(self) -> None:
        """Stop listening."""
        self._solved_timer.stop()
        self._end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt: list and message side by side, or one after the other."""
        super().resizeEvent(event)
        narrow = self.width() / self._look.theme.factor < SIDE_BY_SIDE
        if not narrow:
            self._left.setFixedWidth(self._list_width())
        if narrow != self._narrow:
            self._narrow = narrow
            self._stack_up(detail=False)
            self.detail.set_narrow(narrow)
            self._show_shown()

    def _stack_up(self, *, detail: bool) -> None:
        """Decide which halves are visible."""
        self._left.setVisible(not self._narrow or not detail)
        self.detail.setVisible(not self._narrow or detail)
        self._divider.setVisible(not self._narrow)
        if self._narrow:
            self._left.setMinimumWidth(0)
            self._left.setMaximumWidth(16_777_215)
        else:
            self._left.setFixedWidth(self._list_width())

    def _list_width(self) -> int:
        return min(self._look.scaled(LIST_WIDTH), self.width() * 46 // 100)

    # -- issues ----------------------------------------------------------------------------------

    def _on_change(self, change: Change) -> None:
        if self.isVisible() and change.issues:
            self._read()

    def _read(self) -> None:
        """Take the issues as they are; lines that are gone stay for a moment as solved."""
        open_issues = {issue.key: issue for issue in self._session.engine.listed_issues()}
        rows = {key: _row_of(self._session, key, issue) for key, issue in open_issues.items()}
        order = list(rows)
        before = ""
        self._confirmed = confirmed_issues(self._session)
        for key, old in self._rows.items():
            if key in self._confirmed:
                continue
            if key not in rows:
                rows[key] = IssueRow(old.severity, key, old.number, old.title, old.place, solved=True)
                order.insert(order.index(before) + 1 if before else 0, key)
            before = key
        if len(rows) > len(open_issues):
            self._solved_timer.start()
        self._issues, self._rows = open_issues, {key: rows[key] for key in order}
        self._show_rows()

    def _forget_solved(self) -> None:
        self._rows = {}
        self._read()

    def _show_rows(self) -> None:
        self._remark.setText(f"随填随查，现在还有 {len(self._issues)} 处" if self._issues else "随填随查")
        self._empty.show_confirmed(len(self._confirmed))
        looks = bool(self._confirmed) and self._looks_at_confirmed
        self._body.setCurrentIndex(0 if self._rows or looks else 1)
        self._left.show_rows(
            list(self._rows.values()),
            Counter(issue.severity for issue in self._issues.values()),
            [_row_of(self._session, key, *pair) for key, pair in self._confirmed.items()],
        )
        self._on_marked(self.list.key())

    def _show_shown(self) -> None:
        if self._shown is not None:
            self.detail.show_issue(*self._shown)

    # -- slots -----------------------------------------------------------------------------------

    def _on_marked(self, key: str) -> None:
        if key in self._issues or key in self._confirmed:
            issue = self._issues.get(key)
            self._shown = (issue, "") if issue is not None else self._confirmed[key]
            self._show_shown()

    def _on_list_clicked(self) -> None:
        if self._narrow and self.list.key() != FOLD:
            self._stack_up(detail=True)

    def _on_back(self) -> None:
        self._stack_up(detail=False)
        self.list.setFocus()

    def _go(self, key: str = "") -> None:
        """Go to an issue, the chosen one if none is named."""
        key = key or self.list.key()
        if key in self._issues:
            self.request_go_to.emit(self._issues[key].path)
        elif key in self._confirmed:
            self.request_go_to.emit(self._confirmed[key][0].path)

    def _on_accept(self) -> None:
        from pilotdesk.ui.dialogs.asking import ask_reason

        issue = self._issues.get(self.list.key())
        if issue is None:
            return
        place = number_and_label(self._session.form, issue.path, self._session.values)
        reason = ask_reason(self, self._look, place)
        if reason:
            self._session.accept(issue.code, issue.path, reason, origin=self)

    def _withdraw(self, key: str = "") -> None:
        """Make a confirmed issue an open one again, the chosen one if none is named; 撤销 brings its reason back."""
        key = key or self.list.key()
        if key not in self._confirmed:
            return
        issue, reason = self._confirmed[key]
        self._session.accept(issue.code, issue.path, None, origin=self)
        self._toasts.show_done(
            "收回了一处“已核实”，它又列为请核实。",
            "撤销",
            partial(self._session.accept, issue.code, issue.path, reason, origin=self),
        )

    def _on_see_confirmed(self) -> None:
        self._looks_at_confirmed = True
        self._left.unfold()
        self._show_rows()
        self.list.setFocus()

    def _on_look_changed(self) -> None:
        self._stack_up(detail=self.detail.isVisible() and self._narrow)
        self._show_shown()


def confirmed_issues(session: Session) -> dict[str, tuple[Issue, str]]:
    """What was confirmed and is still so, with its reason, by ``code@path``, in the order of the form."""
    paths = {key.partition("@")[2] for key in session.accepted}
    order = list(session.form.fields)
    return {
        issue.key: (issue, reason)
        for path in sorted(paths, key=lambda path: (order.index(field_name(path)), path))
        for issue, reason in session.engine.accepted_at(path)
    }


def _row_of(session: Session, key: str, issue: Issue, reason: str = "") -> IssueRow:
    name = field_name(issue.path)
    field = session.form.fields[name]
    step = next(s for s in session.form.steps if s.name == session.form.step_of[name])
    title = issue.what.split("。")[0]
    if field.number and title.startswith(field.number):
        title = title.removeprefix(field.number).strip()
    place = full_name(session.form, step)
    return IssueRow(issue.severity, key, field.number, title, place, reason=reason)
