"""What else can be done with the content of a draft, on the export page: a link each, and what it is good for."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pilotdesk.ui.components.basic import Button, Label, Rule, row
from pilotdesk.ui.components.text import WrappedLabel

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pilotdesk.ui.look.theme import Look
    from pilotdesk.ui.navigation.services import Way


class WaysList(QWidget):
    """The ways, in their order; nothing is shown while there are none.

    Args:
        look: the theme in force.
        ways: filled by others once the draft stands.

    Signals:
        flush_requested: open editors are to be written before a way is gone.
    """

    flush_requested = Signal()

    def __init__(self, look: Look, ways: Sequence[Way]) -> None:
        super().__init__()
        self._look = look
        self._ways = ways
        self._shown: tuple[Way, ...] = ()
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 8, 0, 0)
        self._layout.setSpacing(2)
        self.setVisible(False)

    def show_ways(self) -> None:
        """Show the ways as they are by now."""
        if tuple(self._ways) == self._shown:
            return
        self._shown = tuple(self._ways)
        while self._layout.count():
            entry = self._layout.takeAt(0)
            widget = entry.widget()
            if widget is not None:
                widget.deleteLater()
        self._layout.addWidget(Rule())
        self._layout.addWidget(Label("还可以", "group"))
        for way in self._shown:
            self._layout.addWidget(self._line(way))
        self.setVisible(bool(self._shown))

    def _line(self, way: Way) -> QWidget:
        line = QWidget()
        column = QVBoxLayout(line)
        column.setContentsMargins(0, 4, 0, 2)
        column.setSpacing(0)
        button = Button(self._look, way.words, "link", small=True)
        button.clicked.connect(partial(self._go, way))
        column.addLayout(row(button, None))
        column.addWidget(WrappedLabel(self._look, way.use, "small", "text2"))
        return line

    def _go(self, way: Way) -> None:
        self.flush_requested.emit()
        way.action()
