"""Calendars behind a button: a day, a month, or the two ends of a period. Arrow keys, Enter and Esc work.

Own grids of buttons, because Qt's calendar brings spin boxes, a locale and a look of its own.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from pilotdesk.forms.values import MonthRange
from pilotdesk.ui.components.basic import Button, Label, row
from pilotdesk.ui.components.overlay import Popup

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from pilotdesk.forms.values import Value
    from pilotdesk.ui.look.theme import Look

WEEKDAYS: Final = "一二三四五六日"
_MOVES: Final = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: 0, Qt.Key.Key_Down: 0}


class PickPopup(Popup):
    """A page of buttons with a heading and two arrows.

    Signals:
        picked: what was chosen, in the type of the field.
    """

    picked = Signal(object)
    per_row = 4

    def __init__(self, look: Look, value: Value, today: date, parent: QWidget) -> None:
        super().__init__(parent)
        self.look = look
        self.value = value
        self.today = today
        self.heading = Label("", "body", weight=700)
        self.back = Button(look, "", "ghost", icon="chevron-left", small=True, name="往前")
        self.forth = Button(look, "", "ghost", icon="chevron-right", small=True, name="往后")
        self.grid = QGridLayout()
        self.grid.setSpacing(2)
        self.cells: list[Button] = []
        self.body.addLayout(row(self.back, None, self.heading, None, self.forth))
        self.body.addLayout(self.grid)
        self.back.clicked.connect(self.turn_back)
        self.forth.clicked.connect(self.turn_forth)

    def turn_back(self) -> None:
        """Show the page before."""
        self.turn(-1)

    def turn_forth(self) -> None:
        """Show the next page."""
        self.turn(1)

    def turn(self, step: int) -> None:
        """Show a page further on or back."""
        raise NotImplementedError

    def choose(self, number: int) -> None:
        """One of the buttons was chosen, by the number on it."""
        raise NotImplementedError

    def fill(self, count: int, ending: str, current: int, *, offset: int = 0, below: int = 0) -> None:
        """Show ``count`` buttons numbered from 1.

        Args:
            count: how many.
            ending: after the number, such as 月.
            current: the number that is answered now, 0 for none; it gets the focus.
            offset: empty places before the first.
            below: grid row of the first.
        """
        for button in self.cells:
            self.grid.removeWidget(button)
            button.hide()
            button.deleteLater()
        self.cells = []
        for number in range(1, count + 1):
            button = Button(self.look, f"{number}{ending}", "filter", small=True)
            button.setProperty("number", number)
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            button.setChecked(number == current)
            button.setMinimumWidth(self.look.scaled(58 if ending else 40))
            button.clicked.connect(self._on_clicked)
            place = offset + number - 1
            self.grid.addWidget(button, below + place // self.per_row, place % self.per_row)
            self.cells.append(button)
        self.cells[max(0, current - 1)].setFocus(Qt.FocusReason.PopupFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt: arrows move, PgUp and PgDn turn the page, Enter chooses."""
        key = Qt.Key(event.key())
        at = next((at for at, button in enumerate(self.cells) if button.hasFocus()), 0)
        if key in _MOVES:
            step = _MOVES[key] or (self.per_row if key == Qt.Key.Key_Down else -self.per_row)
            self.cells[min(len(self.cells) - 1, max(0, at + step))].setFocus(Qt.FocusReason.TabFocusReason)
        elif key == Qt.Key.Key_PageUp:
            self.turn(-1)
        elif key == Qt.Key.Key_PageDown:
            self.turn(1)
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.choose(at + 1)
        else:
            super().keyPressEvent(event)

    def _on_clicked(self) -> None:
        self.choose(int(self.sender().property("number")))


class DayPopup(PickPopup):
    """One month of days, weeks beginning on Monday."""

    per_row = 7

    def __init__(self, look: Look, value: Value, today: date, parent: QWidget) -> None:
        super().__init__(look, value, today, parent)
        shown = value if isinstance(value, date) else today
        self.year, self.month = shown.year, shown.month
        for at, word in enumerate(WEEKDAYS):
            label = Label(word, "tiny", "text3")
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            self.grid.addWidget(label, 0, at)
        self._show()

    def turn(self, step: int) -> None:
        """See :class:`PickPopup`: by months."""
        months = self.year * 12 + self.month - 1 + step
        self.year, self.month = months // 12, months % 12 + 1
        self._show()

    def choose(self, number: int) -> None:
        """See :class:`PickPopup`."""
        self.picked.emit(date(self.year, self.month, number))
        self.close()

    def _show(self) -> None:
        first, days = monthrange(self.year, self.month)
        self.heading.setText(f"{self.year}年{self.month}月")
        kept = self.value if isinstance(self.value, date) else None
        here = kept is not None and (kept.year, kept.month) == (self.year, self.month)
        self.fill(days, "", kept.day if kept and here else 0, offset=first, below=1)


class MonthPopup(PickPopup):
    """One year of months."""

    def __init__(self, look: Look, value: Value, today: date, parent: QWidget) -> None:
        super().__init__(look, value, today, parent)
        self.kept = value if isinstance(value, str) else ""
        self.year = int(self.kept[:4]) if self.kept[:4].isdecimal() else today.year
        self._show()

    def turn(self, step: int) -> None:
        """See :class:`PickPopup`: by years."""
        self.year += step
        self._show()

    def choose(self, number: int) -> None:
        """See :class:`PickPopup`."""
        self.picked.emit(f"{self.year}-{number:02}")
        self.close()

    def _show(self) -> None:
        self.heading.setText(f"{self.year}年")
        here = self.kept.startswith(f"{self.year}-")
        self.fill(12, "月", int(self.kept[5:7]) if here else 0)


class RangePopup(MonthPopup):
    """Two months, one after the other: first the start, then the end."""

    def __init__(self, look: Look, value: Value, today: date, parent: QWidget) -> None:
        self.period = value if isinstance(value, MonthRange) else MonthRange(None, None)
        self.start = ""
        super().__init__(look, self.period.start, today, parent)

    def choose(self, number: int) -> None:
        """See :class:`PickPopup`: the second choice closes it; the two are put in order."""
        month = f"{self.year}-{number:02}"
        if not self.start:
            self.start = month
            self.kept = self.period.end or month
            self.year = int(self.kept[:4])
            self._show()
            return
        self.picked.emit(MonthRange(*sorted((self.start, month))))
        self.close()

    def _show(self) -> None:
        super()._show()
        self.heading.setText(f"{self.year}年 {'结束' if self.start else '开始'}")
