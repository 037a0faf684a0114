"""What is said below a field: the gravest issue, the others on demand, answers to a 请核实, and what was answered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pilotdesk.forms.values import split_cell_path
from pilotdesk.rules.issue import Issue, Severity
from pilotdesk.ui.components.basic import Button, row
from pilotdesk.ui.components.issue import AcceptedLine, CompactLine, IssueLine
from pilotdesk.ui.editors.base import UNFILLED
from pilotdesk.ui.editors.entry import Entry

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QKeyEvent

    from pilotdesk.session import Session
    from pilotdesk.ui.look.theme import Look

UNCONFIRMABLE: Final = frozenset({"unparsed", "unknown_choice"})
"""Codes that no reason can answer: what stands there has to be written another way."""


class IssueStack(QWidget):
    """The issues of one field, gravest first.

    Signals:
        request_go_to: path of the cell or field that an issue stands at.
        request_page: name of a page of the shell.
        sources_requested: path of an issue of which the user wants to see what it rests on.
        answered: a 请核实 was answered, or an answer was taken back.
    """

    answered = Signal()
    request_go_to = Signal(str)
    request_page = Signal(str)
    sources_requested = Signal(str)

    def __init__(self, look: Look, session: Session) -> None:
        super().__init__()
        self._look = look
        self._session = session
        self._issues: tuple[Issue, ...] = ()
        self._accepted: tuple[tuple[Issue, str], ...] = ()
        self._total = 0
        self._expanded = False
        self._compact = False
        self._answering: ReasonBox | None = None
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 5, 0, 0)
        self._layout.setSpacing(5)
        self.hide()

    @property
    def issues(self) -> tuple[Issue, ...]:
        """What is shown, also what stands behind 还有 n 条."""
        return self._issues

    def show_issues(
        self, issues: Sequence[Issue], accepted: Sequence[tuple[Issue, str]] = (), *, total: int = 0
    ) -> None:
        """Show these; nothing is built anew when they are shown already.

        Args:
            issues: what is said, the first one in full.
            accepted: what was confirmed, with the reason.
            total: how many there are in all; 0 for the number of ``issues``.
        """
        shown = (tuple(issues), tuple(accepted), total or len(issues))
        if shown == (self._issues, self._accepted, self._total):
            return
        self._issues, self._accepted, self._total = shown
        self._expanded = self._expanded and len(self._issues) > 1
        self._build()

    def set_compact(self) -> None:
        """Say things on one line without a box, for panes with little height."""
        self._compact = True
        self._layout.setSpacing(0)
        self._build()

    def answer(self) -> bool:
        """Ctrl+Enter: open the reason for the gravest 请核实; whether there is one."""
        issue = next((issue for issue in self._issues if can_be_answered(issue)), None)
        if issue is None:
            return False
        self._open_reason(issue)
        return True

    # -- inside ----------------------------------------------------------------------------------

    def _build(self) -> None:
        self._answering = None
        while self._layout.count():
            old = self._layout.takeAt(0).widget()
            old.hide()
            old.deleteLater()
        shown = self._issues if self._expanded else self._issues[:1]
        for issue in shown:
            self._layout.addWidget(self._line(issue))
        left = self._total - len(shown)
        if left and not self._compact:
            more = Button(self._look, f"还有 {left} 条", "link", small=True)
            more.clicked.connect(self._on_more)
            self._layout.addWidget(more)
        for at, (_, reason) in enumerate(self._accepted):
            line = AcceptedLine(self._look, reason)
            line.setProperty("at", at)
            line.withdrawn.connect(self._on_withdrawn)
            self._layout.addWidget(line)
        self.setVisible(bool(self._issues or self._accepted))

    def _line(self, issue: Issue) -> IssueLine | CompactLine:
        kind = CompactLine if self._compact else IssueLine
        words = self._row_words(issue) + short_words(issue)
        line = kind(self._look, issue.severity, words, self._actions(issue))
        line.setProperty("at", self._issues.index(issue))
        line.action_chosen.connect(self._on_action)
        _speak(line)
        return line

    def _row_words(self, issue: Issue) -> str:
        """``第 3 行`` before what is said of a cell."""
        place = split_cell_path(issue.path)
        says_row = issue.code in UNFILLED or bool(issue.gaps)
        if place is None or says_row or self._session.form.fields[place[0]].type == "tree":
            return ""
        rows = self._session.rows(place[0])
        at = next((at for at, row in enumerate(rows, 1) if row.id == place[1]), 0)
        return f"第 {at} 行 " if at and "行" not in issue.what[:6] else ""

    def _actions(self, issue: Issue) -> list[tuple[str, str]]:
        actions = []
        if self._compact and self._total > 1:
            actions.append(("more", f"还有 {self._total - 1} 条"))
        if split_cell_path(issue.path) is not None:
            actions.append(("go", "去第一处" if issue.gaps else "定位到这一格"))
        if can_be_answered(issue) and not self._session.is_read_only:
            actions.append(("answer", self._answer_words(issue)))
        elif issue.source and issue.severity is Severity.ERROR:
            actions.append(("sources", "看依据"))
        return actions[:3] if self._compact else actions[:2]

    def _answer_words(self, issue: Issue) -> str:
        field = self._session.field(issue.path)
        if issue.code in UNFILLED:
            return "确实没有，写说明"
        if field.letters == "upper" and field.type == "text":
            return "证书上就是这样"
        return "数是对的，写说明" if field.type in {"integer", "decimal"} else "就是这样，写说明"

    def _open_reason(self, issue: Issue) -> None:
        if self._answering is not None:
            self._layout.removeWidget(self._answering)
            self._answering.hide()
            self._answering.deleteLater()
        words = self._answer_words(issue)
        box = ReasonBox(self._look, issue, words if words == "证书上就是这样" else "")
        box.answered.connect(self._on_answered)
        box.dropped.connect(self._on_dropped)
        self._layout.insertWidget(1, box)
        self._answering = box
        box.entry.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_action(self, name: str) -> None:
        issue = self._issues[int(self.sender().property("at"))]
        if name == "more":
            self.request_page.emit("check")
        elif name == "go":
            self.request_go_to.emit(issue.path)
        elif name == "answer":
            self._open_reason(issue)
        else:
            self.sources_requested.emit(issue.path)

    def _on_more(self) -> None:
        """Show the others; those that are not given here stand on the check page."""
        if self._expanded:
            self.request_page.emit("check")
        else:
            self._expanded = True
            self._build()

    def _on_answered(self, reason: str) -> None:
        box = self._answering
        if box is not None:
            self._answering = None
            issue = box.issue
            self.request_go_to.emit(issue.path)
            self._session.accept(issue.code, issue.path, reason)
            self.answered.emit()

    def _on_dropped(self) -> None:
        path = self._issues[0].path
        self._build()
        self.request_go_to.emit(path)

    def _on_withdrawn(self) -> None:
        issue, _ = self._accepted[int(self.sender().property("at"))]
        self._session.accept(issue.code, issue.path, None)
        self.answered.emit()


def _speak(line: QWidget) -> None:
    """Have a screen reader say an issue that has come up."""
    from PySide6.QtGui import QAccessible, QAccessibleEvent  # a page is drawn before anything is said on it

    if QAccessible.isActive():
        QAccessible.updateAccessibility(QAccessibleEvent(line, QAccessible.Event.Alert))


class ReasonBox(QWidget):
    """One line for the reason; Enter keeps it, Esc drops it.

    Signals:
        answered: the reason.
        dropped: the user thought better of it.
    """

    answered = Signal(str)
    dropped = Signal()

    def __init__(self, look: Look, issue: Issue, preset: str) -> None:
        super().__init__()
        self.issue = issue
        self.entry = Entry(look)
        self.entry.setPlaceholderText("写一句说明，省里审核时看得到")
        self.entry.setAccessibleName("已核实的说明")
        self.entry.setText(preset)
        keep = Button(look, "记下", small=True)
        drop = Button(look, "先不写", "ghost", small=True)
        line = row(spacing=6)
        line.addWidget(self.entry, 1)
        line.addWidget(keep)
        line.addWidget(drop)
        self.setLayout(line)
        self.entry.returnPressed.connect(self._on_keep)
        keep.clicked.connect(self._on_keep)
        drop.clicked.connect(self.dropped)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt: Esc drops it."""
        if event.key() == Qt.Key.Key_Escape:
            self.dropped.emit()
        else:
            super().keyPressEvent(event)

    def _on_keep(self) -> None:
        reason = self.entry.text().strip()
        if reason:
            self.answered.emit(reason)
        else:
            self.entry.setFocus(Qt.FocusReason.OtherFocusReason)


BRIEF: Final = 10
"""Characters of a first sentence that is too short to say what to do."""


def can_be_answered(issue: Issue) -> bool:
    """Whether an issue is a 请核实 that a reason can answer; missing cells are answered one by one."""
    return issue.severity is Severity.WARNING and issue.code not in UNCONFIRMABLE and not issue.gaps


def short_words(issue: Issue) -> str:
    """What is wrong, and the first sentence of what to do (two if it is short); the check page has all of it."""
    line = issue.fix.partition("\n")[0]
    first, stop, rest = line.partition("。")
    advice = first + stop
    if stop and len(first) < BRIEF and rest:
        second, stop, _ = rest.partition("。")
        advice += second + stop
    # What could not be read says already how to write it; a field without a hint has no other advice.
    said = advice.endswith(("：", ":")) or issue.what.endswith(advice)
    return issue.what if said else issue.what + advice
