"""What is said beside a field: issue line, accepted line, banner, empty state."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from pilotdesk.ui.components.basic import Button, Card, Label, LabelTone, SymbolLabel, row
from pilotdesk.ui.components.text import ISSUE_EM, WrappedLabel
from pilotdesk.ui.look.severity import MARKS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pilotdesk.rules.issue import Severity
    from pilotdesk.ui.look.theme import Look
    from pilotdesk.ui.look.tokens import Tone


class SaidIssue(QFrame):
    """An issue in words, with links.

    Signals:
        action_chosen: the name of the link that was chosen.
    """

    action_chosen = Signal(str)

    def __init__(self, look: Look, severity: Severity, text: str) -> None:
        super().__init__()
        mark = MARKS[severity]
        self._look = look
        self.severity = severity
        self.setAccessibleName(f"{mark.word}：{text}")
        self._symbol = SymbolLabel(look, mark.icon, mark.tone, 15)
        tone = _label_tone(mark.tone)
        self._text = WrappedLabel(look, f"**{mark.word}** {text}", "small", tone, line_em=ISSUE_EM)

    def _link(self, name: str, words: str) -> Button:
        link = Button(self._look, words, "link", small=True)
        link.setProperty("action", name)
        link.clicked.connect(self._on_link)
        return link

    def _on_link(self) -> None:
        self.action_chosen.emit(str(self.sender().property("action")))


class CompactLine(SaidIssue):
    """An issue on one line without a box: symbol, words, links."""

    def __init__(
        self, look: Look, severity: Severity, text: str, actions: Sequence[tuple[str, str]] = ()
    ) -> None:
        super().__init__(look, severity, text)
        line = row(self._symbol, spacing=6)
        line.addWidget(self._text, 1)
        for name, words in actions:
            line.addWidget(self._link(name, words))
        self.setLayout(line)


class IssueLine(SaidIssue):
    """One issue below its field: symbol, bold word of severity, one or two sentences, at most two actions."""

    def __init__(
        self, look: Look, severity: Severity, text: str, actions: Sequence[tuple[str, str]] = ()
    ) -> None:
        """Make the line.

        Args:
            look: the theme in force.
            severity: decides symbol, word and colours.
            text: Chinese sentences.
            actions: (name, words) of the links.
        """
        super().__init__(look, severity, text)
        self.setObjectName("issue")
        box = Card(MARKS[severity].tone, margins=(9, 5, 9, 6), tight=True)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(box)
        line = QHBoxLayout()
        line.setSpacing(7)
        line.addWidget(self._symbol, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(self._text, 1)
        box.body.setSpacing(2)
        box.body.addLayout(line)
        self._add_actions(box, actions)

    def _add_actions(self, box: Card, actions: Sequence[tuple[str, str]]) -> None:
        if not actions:
            return
        links = QHBoxLayout()
        links.setContentsMargins(self._look.scaled(20), 0, 0, 0)
        links.setSpacing(12)
        for name, words in actions:
            links.addWidget(self._link(name, words))
        links.addStretch(1)
        box.body.addLayout(links)

    @property
    def text(self) -> str:
        """What is said, with the word of severity."""
        return self._text.plain.replace("**", "")


class AcceptedLine(QWidget):
    """A 请核实 that was confirmed: 已核实：reason 〔改〕 in small grey.

    Signals:
        withdrawn: the user wants to answer it again.
    """

    withdrawn = Signal()

    def __init__(self, look: Look, reason: str) -> None:
        super().__init__()
        text = WrappedLabel(look, f"已核实：{reason}", "tiny", "text3", line_em=ISSUE_EM)
        change = Button(look, "改", "link", small=True, name="改已核实的说明")
        change.clicked.connect(self.withdrawn)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(SymbolLabel(look, "check", "text3", 15), 0, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(text, 1)
        layout.addWidget(change, 0, Qt.AlignmentFlag.AlignTop)


class Banner(Card):
    """A strip over a page: symbol, a bold fact, a sentence, one action.

    Signals:
        action_chosen: the button was chosen.
    """

    action_chosen = Signal()

    def __init__(
        self, look: Look, tone: Tone, icon: str, title: str, *, text: str = "", action: str = ""
    ) -> None:
        super().__init__(tone, margins=(17, 9, 13, 9))
        words = QVBoxLayout()
        words.setSpacing(2)
        self.title = WrappedLabel(look, title, "body", "text", line_em=ISSUE_EM)
        words.addWidget(self.title)
        self.text = WrappedLabel(look, text, "small", "text2", line_em=ISSUE_EM)
        self.text.setVisible(bool(text))
        words.addWidget(self.text)
        line = QHBoxLayout()
        line.setSpacing(12)
        line.addWidget(SymbolLabel(look, icon, "text2" if tone == "neutral" else tone, 20))
        line.addLayout(words, 1)
        if action:
            button = Button(look, action, small=True)
            button.clicked.connect(self.action_chosen)
            line.addWidget(button)
        self.body.addLayout(line)


class EmptyState(QFrame):
    """Nothing here yet: symbol, what is missing, what happens if it stays so, one or two actions.

    Signals:
        action_chosen: 0 for the primary action, 1 for the other.
    """

    action_chosen = Signal(int)

    def __init__(self, look: Look, icon: str, title: str, text: str, actions: Sequence[str] = ()) -> None:
        super().__init__()
        self.setObjectName("empty")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 14, 24, 14)
        layout.setSpacing(6)
        layout.addWidget(SymbolLabel(look, icon, "text2", 30), 0, Qt.AlignmentFlag.AlignHCenter)
        center = Qt.AlignmentFlag.AlignHCenter
        layout.addWidget(Label(title, "body", weight=500), 0, center)
        layout.addWidget(Label(text, "small", "text2"), 0, center)
        self._buttons = [
            Button(look, words, "primary" if index == 0 else "plain", small=True)
            for index, words in enumerate(actions)
        ]
        for button in self._buttons:
            button.clicked.connect(self._on_clicked)
        if self._buttons:
            layout.addSpacing(4)
            layout.addLayout(row(None, *self._buttons, None))

    def _on_clicked(self) -> None:
        self.action_chosen.emit(self._buttons.index(self.sender()))  # type: ignore[arg-type]


def _label_tone(tone: Tone) -> LabelTone:
    return "text2" if tone == "neutral" else tone
