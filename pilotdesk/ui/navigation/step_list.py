"""The list of steps as a popup, for windows too narrow for the sidebar."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal

from pilotdesk.ui.components.overlay import Popup
from pilotdesk.ui.navigation.nav_list import NavList

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from pilotdesk.ui.look.theme import Look


class StepListPopup(Popup):
    """Shows the entries of the rail in full.

    Signals:
        page_chosen: the name of the page to open.
    """

    page_chosen = Signal(str)

    def __init__(self, look: Look, rail: NavList, parent: QWidget) -> None:
        super().__init__(parent)
        self.steps = NavList(look, "各部分")
        self.steps.set_entries(rail.entries_model.entries)
        self.steps.chosen.connect(self._on_chosen)
        self.body.setContentsMargins(1, 4, 1, 4)
        self.body.addWidget(self.steps)
        self._current = rail.entries_model.current
        self._width = look.metric("sidebar")

    def open_over(self, rail: QWidget) -> None:
        """Show it over the rail."""
        self.setFixedSize(self._width, min(rail.height(), self.steps.sizeHint().height() + 12))
        self.move(rail.mapToGlobal(rail.rect().topLeft()))
        self.show()
        self.steps.show_current(self._current)
        self.steps.setFocus(Qt.FocusReason.PopupFocusReason)

    def _on_chosen(self, name: str) -> None:
        self.hide()
        self.page_chosen.emit(name)
        self.close()
