"""Rows to pick from: the pack's library of a table, with tick boxes; what is in the table already says so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from pilotdesk.forms.answers_file import read_rows
from pilotdesk.ui.components.basic import Button, Label, row
from pilotdesk.ui.components.overlay import Popup
from pilotdesk.ui.editors.ticks import TickLine

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from pilotdesk.forms.values import Row
    from pilotdesk.ui.look.theme import Look
    from pilotdesk.ui.tables.model import RowsModel


class LibraryPopup(Popup):
    """The library of one table.

    Signals:
        picked: the cells of every row taken, in the order of the library.
    """

    picked = Signal(list)

    def __init__(self, look: Look, model: RowsModel, parent: QWidget) -> None:
        super().__init__(parent)
        table = model.table
        self._rows = read_rows(table, [dict(entry) for entry in table.library], model.session.form.lists)
        first = table.columns[0]
        present = {model.shown(each, first) for each in model.rows}
        self.ticks: list[TickLine] = []
        inside = QWidget()
        inside.setProperty("plain", True)
        lines = QVBoxLayout(inside)
        lines.setContentsMargins(0, 0, 8, 0)
        lines.setSpacing(0)
        for each in self._rows:
            name = model.shown(each, first)
            there = name in present
            tick = TickLine(look, name, "表里已经有了" if there else self._remark(model, each))
            tick.setEnabled(not there)
            tick.toggled.connect(self._count)
            tick.finished.connect(self.take)
            self.ticks.append(tick)
            lines.addWidget(tick)
        lines.addStretch(1)
        area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inside)
        area.setFixedSize(look.scaled(440), look.scaled(360))
        self._take = Button(look, "加进表里", "primary", small=True)
        self._take.clicked.connect(self.take)
        self.body.addWidget(Label(f"勾上要用的{first.label}，加进表里再填数", "body", weight=500))
        self.body.addWidget(area)
        self.body.addLayout(row(None, self._take))
        first_free = next((tick for tick in self.ticks if tick.isEnabled()), None)
        if first_free is not None:
            first_free.setFocus(Qt.FocusReason.PopupFocusReason)

    @staticmethod
    def _remark(model: RowsModel, each: Row) -> str:
        texts = [f"{model.shown(each, column)}" for column in model.table.columns[1:]]
        return " · ".join(text for text in texts if text)

    def take(self) -> None:
        """Add what is ticked and close."""
        chosen = [
            dict(each.cells) for each, tick in zip(self._rows, self.ticks, strict=True) if tick.isChecked()
        ]
        if chosen:
            self.picked.emit(chosen)
            self.close()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt: arrows go from line to line."""
        step = {Qt.Key.Key_Down: True, Qt.Key.Key_Up: False}.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            self.focusNextPrevChild(step)

    def _count(self) -> None:
        count = sum(tick.isChecked() for tick in self.ticks)
        self._take.set_text(f"加进表里 {count} 行" if count else "加进表里")
        self._take.adjustSize()
