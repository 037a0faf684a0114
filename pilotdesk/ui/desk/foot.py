"""The foot of the desk: that it is stored, what a reviewer can and cannot do, and the keys; trouble in red."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

from PySide6.QtCore import Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pilotdesk.review.desk.records import VERDICT_WORDS, Verdict
from pilotdesk.ui.components.basic import Button, Card, Rule, Surface, SymbolLabel, restyle, row
from pilotdesk.ui.components.text import ElidedLabel
from pilotdesk.ui.look.breakpoints import COMPACT_HEIGHT, FULL, MIDDLE

if TYPE_CHECKING:
    from pilotdesk.ui.look.theme import Look

PROMISE: Final = "审核只写意见，不改单位的材料"
KEYS: Final = "　".join(
    (*(f"{at} {VERDICT_WORDS[verdict]}" for at, verdict in enumerate(Verdict, 1)), "F8 下一处疑点")
)


class DeskFoot(Surface):
    """Stands below the desk.

    Signals:
        remedy_chosen: the action beside what is wrong.
    """

    remedy_chosen = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__("surface")
        self._look = look
        self._shield = SymbolLabel(look, "shield-check", "ok", 15)
        self.kept = ElidedLabel("都存着", "small", weight=500)
        self.copied = ElidedLabel("", "small", "text2")
        self.promise = ElidedLabel(PROMISE, "small", "text2")
        self.keys = ElidedLabel(KEYS, "small", "text2")
        self._rules = [Rule(vertical=True) for _ in range(2)]
        self._lock = SymbolLabel(look, "lock", "text2", 15)
        self._keyboard = SymbolLabel(look, "keyboard", "text2", 15)
        self._symbol = SymbolLabel(look, "alert-circle-filled", "error", 15)
        self.trouble = Card("error", margins=(10, 0, 6, 0), tight=True)
        self.said = ElidedLabel("", "small", "error", weight=700)
        self.remedy = Button(look, "", small=True)
        self.remedy.clicked.connect(self.remedy_chosen)
        self._calm = QWidget()
        self._build()
        self.show_copied("")

    def _build(self) -> None:
        self.trouble.body.addLayout(row(self._symbol, self.said, 8, self.remedy))
        self.trouble.hide()
        for rule in self._rules:
            rule.setFixedHeight(18)
        calm = row(
            self._shield, self.kept, self._rules[0], self.copied, self._rules[1], self._lock, self.promise
        )
        self._calm.setLayout(calm)
        line = row(self._calm, self.trouble, None, self._keyboard, self.keys)
        line.setContentsMargins(14, 0, 14, 0)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(Rule())
        outer.addLayout(line, 1)

    def show_kept(self, time: str) -> None:
        """Something was stored at a local time, 10:32:05; what went wrong before is over."""
        self.kept.set_text(f"已存 {time}")
        self._say("", "")

    def show_copied(self, text: str) -> None:
        """What is said of the copies; empty for nothing."""
        self.copied.set_text(text)
        self.copied.setVisible(bool(text))
        self._rules[0].setVisible(bool(text))

    def show_trouble(self, sentence: str, remedy: str = "") -> None:
        """Say what could not be done, until the next thing is stored; ``remedy`` names what helps, empty for nothing."""
        self._say(sentence, remedy)
        QAccessible.updateAccessibility(QAccessibleEvent(self.said, QAccessible.Event.Alert))

    def hold(self, reason: str, remedy: str) -> None:
        """Nothing can be decided here: say so once, for as long as it stays; that is nobody's mistake."""
        self._say(reason, remedy, "warn", "lock")

    def arrange(self, width: float, height: int) -> None:
        """Show what fits into an effective width and the height of the window, in px."""
        low = height < COMPACT_HEIGHT
        self.setFixedHeight(self._look.scaled(28) if low else self._look.metric("safety"))
        self.keys.setVisible(width >= FULL)
        self._keyboard.setVisible(width >= FULL)
        for widget in (self.promise, self._lock, self._rules[1]):
            widget.setVisible(width >= MIDDLE)

    def _say(
        self,
        sentence: str,
        remedy: str,
        tone: Literal["error", "warn"] = "error",
        icon: str = "alert-circle-filled",
    ) -> None:
        self.trouble.setProperty("tone", tone)
        restyle(self.trouble)
        self._symbol.show_symbol(icon, tone)
        self.said.set_tone(tone)
        self.said.set_text(sentence)
        self.remedy.set_text(remedy)
        self.remedy.setVisible(bool(remedy))
        self.trouble.setVisible(bool(sentence))
        self._calm.setVisible(not sentence)
