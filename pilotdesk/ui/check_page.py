"""The check page: everything that is open, live, with the way to each place."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from pilotdesk.forms.lookup import number_and_label
from pilotdesk.forms.values import field_name
from pilotdesk.ui.components import Button, Label, Rule, Surface, SymbolLabel, row
from pilotdesk.ui.issue_detail import IssueDetail
from pilotdesk.ui.issue_list import IssueRow
from pilotdesk.ui.issue_pane import IssuePane
from pilotdesk.ui.navigator import PREVIEW
from pilotdesk.ui.page import Page

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from pilotdesk.rules.issue import Issue, Severity
    from pilotdesk.session import Change, Session
    from pilotdesk.ui.services import Services

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
        self._shown: Issue | None = None
        self._narrow = False
        self._remark = Label("", "small", "text2")
        self._left = IssuePane(self._look)
        self._left.setFixedWidth(self._look.scaled(LIST_WIDTH))
        self.list = self._left.list
        self.detail = IssueDetail(self._look, session)
        self._empty = self._build_empty()
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

    def _build_empty(self) -> QWidget:
        empty = Surface("surface")
        layout = QVBoxLayout(empty)
        layout.setSpacing(12)
        final = Button(self._look, "去定稿", "primary")
        final.clicked.connect(self._on_final)
        layout.addStretch(2)
        layout.addLayout(row(None, SymbolLabel(self._look, "circle-check-filled", "ok", 56), None))
        layout.addLayout(row(None, Label("没有必须改的问题", "group"), None))
        layout.addLayout(row(None, Label("请核实和建议也都看过了，可以定稿。", "body", "text2"), None))
        layout.addLayout(row(None, final, None))
        layout.addStretch(3)
        return empty

    def _connect(self) -> None:
        self.list.marked.connect(self._on_marked)
        self.list.go_requested.connect(self._go)
        self.list.clicked.connect(self._on_list_clicked)
        self.detail.go_requested.connect(self._on_go)
        self.detail.next_requested.connect(self._on_next)
        self.detail.accept_requested.connect(self._on_accept)
        self.detail.back_requested.connect(self._on_back)
        self._look.changed.connect(self._on_look_changed)

    # -- page ------------------------------------------------------------------------------------

    def show_only(self, severity: Severity | None) -> None:
        """Show the issues of one severity; ``None`` shows all."""
        self._left.show_only(severity)

    def focus_first(self) -> None:
        """Focus the list."""
        self.list.setFocus()

    def page_shown(self) -> None:
        """Read the issues anew."""
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
            self._show(self._shown)

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
        for key, old in self._rows.items():
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
        self._body.setCurrentIndex(0 if self._rows else 1)
        self._left.show_rows(
            list(self._rows.values()), Counter(issue.severity for issue in self._issues.values())
        )
        self._show(self._issues.get(self.list.key()))

    def _show(self, issue: Issue | None) -> None:
        if issue is not None:
            self._shown = issue
            self.detail.show_issue(issue)

    # -- slots -----------------------------------------------------------------------------------

    def _on_marked(self, key: str) -> None:
        self._show(self._issues.get(key))

    def _on_list_clicked(self) -> None:
        if self._narrow:
            self._stack_up(detail=True)

    def _on_back(self) -> None:
        self._stack_up(detail=False)
        self.list.setFocus()

    def _go(self, key: str) -> None:
        if key in self._issues:
            self.request_go_to.emit(self._issues[key].path)

    def _on_go(self) -> None:
        self._go(self.list.key())

    def _on_next(self) -> None:
        rows = self.list.issues.rows
        start = self.list.currentIndex().row() + 1
        following = [at for at in (*range(start, len(rows)), *range(start)) if rows[at].key]
        if following:
            self.list.setCurrentIndex(self.list.issues.index(following[0]))

    def _on_accept(self) -> None:
        from pilotdesk.ui.dialogs import ask_reason

        issue = self._issues.get(self.list.key())
        if issue is None:
            return
        place = number_and_label(self._session.form, issue.path, self._session.values)
        reason = ask_reason(self, self._look, place)
        if reason:
            self._session.accept(issue.code, issue.path, reason, origin=self)

    def _on_final(self) -> None:
        self.request_page.emit(PREVIEW)

    def _on_look_changed(self) -> None:
        self._stack_up(detail=self.detail.isVisible() and self._narrow)
        self._show(self._shown)


def _row_of(session: Session, key: str, issue: Issue) -> IssueRow:
    name = field_name(issue.path)
    field = session.form.fields[name]
    step = next(s for s in session.form.steps if s.name == session.form.step_of[name])
    title = issue.what.split("。")[0]
    if field.number and title.startswith(field.number):
        title = title.removeprefix(field.number).strip()
    place = f"{step.number}　{step.short or step.label}".strip()
    return IssueRow(issue.severity, key, field.number, title, place)
