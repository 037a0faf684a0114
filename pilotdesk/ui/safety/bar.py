"""The safety bar: what is promised at the left, what is open at the right; a broken promise in red.

Of several broken promises the gravest is said, with the one thing to do about it; the next one follows when it is kept.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pilotdesk.rules.issue import Severity
from pilotdesk.ui.components.basic import Button, Card, Rule, Surface, SymbolLabel, row
from pilotdesk.ui.components.progress import ProgressBar
from pilotdesk.ui.components.text import ElidedLabel
from pilotdesk.ui.look.plain_text import plain_tip
from pilotdesk.ui.look.severity import MARKS
from pilotdesk.ui.safety.promises import PROMISES, SAVED, Breach

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pilotdesk.ui.look.theme import Look


class BarButton(Button):
    """A part of the bar: symbol in a colour of its own, words in plain text."""

    def __init__(self, look: Look, icon: str, color: str) -> None:
        self._color = color
        super().__init__(look, " ", "bar", icon=icon, small=True)

    def show_part(self, text: str, icon: str, color: str) -> None:
        """Show other words and another symbol."""
        self.set_text(text)
        if (icon, color) != (self._icon, self._color):
            self._icon, self._color = icon, color
            self._draw()

    def _draw(self) -> None:
        look = self._look
        if not self._icon:
            return
        side, gap = look.scaled(15), look.scaled(5)
        self.setIcon(look.icon(self._icon, self._color, 15, gap))
        self.setIconSize(QSize(side + gap, side))


class SafetyBar(Surface):
    """Stands at the foot of the window.

    Signals:
        saved_chosen, backups_chosen: the parts at the left.
        severity_chosen: the check page, filtered; a :class:`Severity`.
        progress_chosen: the percentage.
        remedy_chosen: the action of the red strip, with the name of the broken promise.
    """

    saved_chosen = Signal()
    backups_chosen = Signal()
    severity_chosen = Signal(object)
    progress_chosen = Signal()
    remedy_chosen = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__("surface")
        self._look = look
        self._compact = False
        self.saved = BarButton(look, "shield-check", "ok")
        self.backups = BarButton(look, "history", "text2")
        self.second = BarButton(look, "device-usb", "text2")
        self._broken: dict[str, tuple[str, str]] = {}
        self.counts = {severity: BarButton(look, mark.icon, mark.tone) for severity, mark in MARKS.items()}
        self.percent = BarButton(look, "", "text2")
        self.bar = ProgressBar(look)
        self.bar.setFixedWidth(look.scaled(100))
        self._rules = [Rule(vertical=True) for _ in range(5)]
        self._trouble, self._trouble_text, self._remedy = self._build_trouble()
        self._build()
        self._connect()
        look.changed.connect(self._fit)

    def _build_trouble(self) -> tuple[QWidget, ElidedLabel, Button]:
        strip = Card("error", margins=(10, 0, 6, 0), tight=True)
        text = ElidedLabel("", "small", "error", weight=700)
        remedy = Button(self._look, "", small=True)
        line = row(SymbolLabel(self._look, "alert-circle-filled", "error", 15), text, 8, remedy)
        strip.body.addLayout(line)
        strip.hide()
        return strip, text, remedy

    def _build(self) -> None:
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(Rule())
        self._line = QHBoxLayout()
        self._line.setContentsMargins(8, 0, 14, 0)
        self._line.setSpacing(3)
        self._line.addWidget(self._trouble)
        self._line.addWidget(self.saved)
        self._line.addWidget(self._rules[0])
        self._line.addWidget(self.backups)
        self._line.addWidget(self._rules[4])
        self._line.addWidget(self.second)
        self._line.addStretch(1)
        for at, button in enumerate(self.counts.values()):
            if at:
                self._line.addWidget(self._rules[at])
            self._line.addWidget(button)
        self._line.addWidget(self._rules[3])
        self._line.addWidget(self.percent)
        self._line.addWidget(self.bar)
        for rule in self._rules:
            rule.setFixedHeight(18)
        outer.addLayout(self._line, 1)

    def _connect(self) -> None:
        self.saved.clicked.connect(self.saved_chosen)
        self.backups.clicked.connect(self.backups_chosen)
        self.second.clicked.connect(self.backups_chosen)
        self.percent.clicked.connect(self.progress_chosen)
        self._remedy.clicked.connect(self._on_remedy)
        for severity, button in self.counts.items():
            button.setProperty("severity", severity.value)
            button.clicked.connect(self._on_count)

    def _on_count(self) -> None:
        self.severity_chosen.emit(Severity(self.sender().property("severity")))

    def _on_remedy(self) -> None:
        self.remedy_chosen.emit(next(name for name in PROMISES if name in self._broken))

    def show_saved(self, time: str) -> None:
        """The promise is kept: stored at ``time``; empty when nothing was changed yet."""
        self.saved.show_part(f"已存 {time}" if time else "已存", "shield-check", "ok")
        self.show_kept(SAVED)

    def show_backups(self, today: int) -> None:
        """Number of copies made today; 0 hides the part."""
        self.backups.show_part(f"今日备份 {today} 份", "history", "text2")
        self.backups.setProperty("wanted", today > 0)
        self._fit()

    def show_second(self, words: str, color: str, told: str = "") -> None:
        """The state of the second place, ``told`` for who points at it; no words for none."""
        self.second.show_part(words, "device-usb", color)
        self.second.setToolTip(plain_tip(told))
        self.second.setProperty("wanted", bool(words))
        self._fit()

    def show_trouble(self, sentence: str, since: str) -> None:
        """Something could not be stored; stays until the next :meth:`show_saved`, and is spoken."""
        self.show_broken(SAVED, sentence, since)

    def show_broken(self, promise: str, sentence: str, since: str = "") -> None:
        """A promise is broken; stays until :meth:`show_kept`, and is spoken.

        Args:
            promise: a key of :data:`~pilotdesk.ui.safety.promises.PROMISES`.
            sentence: what is wrong and what to do; its first part stands in the bar, all of it in the tooltip.
            since: local time.
        """
        self._broken[promise] = (sentence, since)
        self._show_gravest()
        QAccessible.updateAccessibility(QAccessibleEvent(self._trouble, QAccessible.Event.Alert))

    def show_kept(self, promise: str) -> None:
        """A promise is kept, or kept again."""
        self._broken.pop(promise, None)
        self._show_gravest()

    def _show_gravest(self) -> None:
        gravest = next((name for name in PROMISES if name in self._broken), "")
        self._trouble.setVisible(bool(gravest))
        self.saved.setVisible(SAVED not in self._broken)
        if gravest:
            sentence, since = self._broken[gravest]
            self._trouble_text.set_text(Breach(gravest, sentence, since).beginning + _short(sentence))
            self._remedy.set_text(PROMISES[gravest].remedy)
            self._trouble.setToolTip(plain_tip(sentence))
            self._trouble.setAccessibleName(sentence)
            QTimer.singleShot(0, self, self._fit)  # shown for the first time, it does not know its width yet
        self._fit()

    def show_issues(self, counts: Mapping[Severity, int], percent: int) -> None:
        """Open issues by severity, and the progress."""
        for severity, button in self.counts.items():
            mark, count = MARKS[severity], counts.get(severity, 0)
            clear = severity is Severity.ERROR and not count
            icon = "circle-check-filled" if clear else mark.icon
            button.show_part(f"{mark.word} {count}", icon, "ok" if clear else mark.tone)
        self.percent.show_part(f"完成 {percent} %", "", "text2")
        self.bar.set_percent(percent)
        self._fit()

    def set_compact(self, compact: bool) -> None:
        """Lower bar in low windows."""
        self._compact = compact
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt: drop what does not fit."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Drop parts from the least important on; 必须改 always stays, and 已存 unless a broken promise needs its room."""
        look = self._look
        self.setFixedHeight(look.scaled(28) if self._compact else look.metric("safety"))
        self.bar.setFixedWidth(look.scaled(100))
        self._remedy.setFixedHeight(min(look.metric("small_button"), self.maximumHeight() - 5))
        hint = self.counts[Severity.HINT]
        wanted = {part: bool(part.property("wanted")) for part in (self.backups, self.second)}
        parts: list[tuple[QWidget, QWidget | None]] = [
            (self.bar, None), (hint, self._rules[2]), (self.backups, self._rules[0]), (self.second, self._rules[4]),
            (self.percent, self._rules[3]),
        ]  # fmt: skip
        self.saved.setVisible(SAVED not in self._broken)
        if self._broken:
            parts.append((self.saved, None))
            wanted[self.saved] = SAVED not in self._broken
        for widget, rule in parts:
            shown = wanted.get(widget, True)  # type: ignore[call-overload]  # a widget that is asked for is a button
            widget.setVisible(shown)
            if rule is not None:
                rule.setVisible(shown)
        for widget, rule in parts:
            if self._needed() <= self.width():
                break
            widget.hide()
            if rule is not None:
                rule.hide()

    def _needed(self) -> int:
        """The width that everything shown needs now; layouts remember what was, also of what has just been hidden."""
        self._line.invalidate()
        return self._line.sizeHint().width()


def _short(sentence: str) -> str:
    """The first clause, and of a path in it the disk, or else its last folder: there is room for no more."""
    return re.sub(r"“([^”]*[\\/])([^”/\\]*)”", _short_path, re.split("[。，；]", sentence)[0])


def _short_path(path: re.Match[str]) -> str:
    folders, last = path[1], path[2]
    return f"“{folders[:2]}”" if folders[1:2] == ":" else f"“…{last}”"
