"""结论: what follows from the verdicts, or what a person drew against them, with the reason."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from pilotdesk.errors import DeskError
from pilotdesk.review.desk.records import CONCLUSION_WORDS, Conclusion
from pilotdesk.ui.components.basic import Button, SymbolLabel, row
from pilotdesk.ui.components.choice import ChoiceBox
from pilotdesk.ui.components.text import ElidedLabel, WrappedLabel
from pilotdesk.ui.dialogs.asking import Dialog
from pilotdesk.ui.look.plain_text import plain_tip

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pilotdesk.review.desk.records import Dossier
    from pilotdesk.ui.desk.typed_keeper import TypedKeeper
    from pilotdesk.ui.look.theme import Look

SYMBOLS: Final = {
    Conclusion.UNSEEN: ("circle", "text3"),
    Conclusion.REVIEWING: ("circle-half", "primary"),
    Conclusion.PASSED: ("circle-check-filled", "ok"),
    Conclusion.RETURNED: ("arrow-back-up", "error"),
    Conclusion.REFUSED: ("circle-x", "error"),
}
PAPER: Final = "conclusion/{key}"
"""Name under which the desk keeps what is typed of a conclusion."""
USUAL, LEAST = 90, 44
"""Height of the box for the reason, px at 标准, and where the window has no room for that."""
OFFERED: Final = (Conclusion.PASSED, Conclusion.RETURNED, Conclusion.REFUSED)


class ConclusionLine(QWidget):
    """Stands beside the buttons.

    Args:
        look: the theme in force.
        keeper: has what was typed of a conclusion that is not drawn yet, submission by submission.

    Signals:
        drawn: key of the submission, the conclusion and why; ``None`` lets it follow from the verdicts again.
        failed: what was typed before cannot be read; a ``DeskError``.
    """

    drawn = Signal(str, object, str)
    failed = Signal(object)

    def __init__(self, look: Look, keeper: TypedKeeper) -> None:
        super().__init__()
        self._look = look
        self._keeper = keeper
        self._dossier: Dossier | None = None
        self._symbol = SymbolLabel(look, "circle", "text3", 15)
        self.said = ElidedLabel("", "small")
        self.draw = Button(look, "另下结论", "link", small=True)
        self.withdraw = Button(look, "按要点算", "link", small=True)
        line = row(self._symbol, self.said, self.draw, self.withdraw)
        line.setStretch(1, 1)
        self.setLayout(line)
        self.withdraw.hide()
        self.draw.clicked.connect(self._on_draw)
        self.withdraw.clicked.connect(self._on_withdraw)

    def show_one(self, dossier: Dossier, refusal: str) -> None:
        """Show the conclusion; ``refusal`` says why none can be drawn, empty when one can."""
        self._dossier = dossier
        conclusion, override = dossier.row.conclusion, dossier.override
        self._symbol.show_symbol(*SYMBOLS[conclusion])
        words = CONCLUSION_WORDS[conclusion]
        self.said.set_text(f"{words}（{override.who}：{override.reason}）" if override else words)
        self.withdraw.setVisible(override is not None)
        self.draw.setVisible(override is None)
        for button in (self.draw, self.withdraw):
            button.setEnabled(not refusal)
            button.setToolTip(plain_tip(refusal))

    def _on_draw(self) -> None:
        if self._dossier is not None:
            row_ = self._dossier.row
            paper = PAPER.format(key=row_.key)
            try:
                typed = self._keeper.typed(paper)
            except DeskError as trouble:
                self.failed.emit(trouble)
                return
            dialog = ConclusionDialog(self.window(), self._look, row_.conclusion)
            dialog.show_typed(typed)
            dialog.typed.connect(partial(self._keeper.write, paper))
            dialog.finished.connect(self._keeper.flush)
            dialog.drawn.connect(partial(self._on_drawn, row_.key))
            dialog.open()

    def _on_drawn(self, key: str, conclusion: Conclusion, reason: str) -> None:
        """What was typed is let go only when the desk has the conclusion."""
        self.drawn.emit(key, conclusion, reason)
        override = self._dossier.override if self._dossier is not None else None
        if override is not None and override.reason == reason:
            self._keeper.write(PAPER.format(key=key), {})
            self._keeper.flush()

    def _on_withdraw(self) -> None:
        if self._dossier is not None:
            self.drawn.emit(self._dossier.row.key, None, "")


class ConclusionDialog(Dialog):
    """Asks for a conclusion and its reason; the button says what is missing.

    Signals:
        drawn: the conclusion, and why.
        typed: what stands in the lines now, name of the line to its text; with every key.
    """

    drawn = Signal(object, str)
    typed = Signal(dict)

    def __init__(self, parent: QWidget, look: Look, now: Conclusion) -> None:
        words = CONCLUSION_WORDS[now]
        super().__init__(
            parent, look, "另下结论",
            f"各要点的审核得出的是“{words}”。另下的结论和理由会记在审核意见表和操作记录里。",
        )  # fmt: skip
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.choice = ChoiceBox(look)
        for one in OFFERED:
            if one is not now:
                self.choice.addItem(CONCLUSION_WORDS[one], one)
        self.choice.setCurrentIndex(0)
        self.reason = QPlainTextEdit()
        self.reason.setTabChangesFocus(True)
        self.reason.setMinimumHeight(look.scaled(LEAST))
        self.missing = WrappedLabel(look, "还没有写理由。和要点不一样的结论要写明为什么。", "small", "error")
        self.missing.hide()
        self.add_field("结论", self.choice)
        self.add_field("理由", self.reason, required=True)
        self.body.addWidget(self.missing)
        self.add_actions(["先不下", "记下结论"])
        self.reason.textChanged.connect(self._on_typed)
        self.choice.activated.connect(self._on_typed)
        self._fit()

    def _fit(self) -> None:
        """Some lines for the reason, as far as the window has the height."""
        parent = self.parentWidget()
        if parent is not None:
            self.grow_within(parent.window(), self.look.scaled(USUAL - LEAST))

    def show_typed(self, typed: Mapping[str, str]) -> None:
        """Go on where somebody left; nothing typed leaves the lines as they are."""
        for at in range(self.choice.count()):
            if self.choice.itemData(at).value == typed.get("conclusion"):
                self.choice.setCurrentIndex(at)
        self.reason.setPlainText(typed.get("reason", ""))

    def _on_typed(self) -> None:
        reason = self.reason.toPlainText()
        self.typed.emit({"conclusion": self.choice.currentData().value, "reason": reason} if reason else {})

    def accept(self) -> None:
        """Qt: a conclusion needs its reason."""
        reason = self.reason.toPlainText().strip()
        if self.chosen == 1 and not reason:
            self.missing.show()
            self._fit()
            self.reason.setFocus()
            return
        super().accept()
        if self.chosen == 1:
            self.drawn.emit(self.choice.currentData(), reason)
