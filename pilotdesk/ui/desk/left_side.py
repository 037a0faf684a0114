"""The left of the desk: the table, or in its place the material of the submission that is looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget

from pilotdesk.ui.desk.material import MaterialView
from pilotdesk.ui.desk.table_area import TableArea

if TYPE_CHECKING:
    from pilotdesk.ui.desk.sitting import Sitting
    from pilotdesk.ui.look.settings import Settings
    from pilotdesk.ui.look.theme import Look
    from pilotdesk.ui.tasks.worker import Runner


class LeftSide(QStackedWidget):
    """Attributes: ``area`` with the table, ``material``.

    Signals:
        material_opened: the material stands there now, and wants to be seen.
        told: there is nothing to show, in one sentence.
    """

    material_opened = Signal()
    told = Signal(str)

    def __init__(self, look: Look, sitting: Sitting, *, drawing: Runner, settings: Settings) -> None:
        super().__init__()
        self._sitting = sitting
        self.area = TableArea(look, sitting, settings)
        self.material = MaterialView(look, sitting, runner=drawing)
        self.addWidget(self.area)
        self.addWidget(self.material)
        self.material.closed.connect(self._show_table)

    def search(self) -> None:
        """Look for a submission, or for a field while the material is open."""
        if self.material.is_open:
            self.material.find_field()
        else:
            self.area.filters.focus_search()

    def show_material(self, path: str = "") -> None:
        """The pages, at the answer of a path; with an empty one where they were left."""
        if self._sitting.current:
            self.setCurrentWidget(self.material)
            self.material_opened.emit()
            self.material.open_at(path)
        else:
            self.told.emit("先在表里选一件")

    def show_changes(self) -> None:
        """What the latest round of handing in changed."""
        row = self._sitting.rows.get(self._sitting.current)
        if row is None or row.handed < 2:
            self.told.emit("第一次报来的没有改动可看" if row else "先在表里选一件")
            return
        self.setCurrentWidget(self.material)
        self.material_opened.emit()
        self.material.open_changes()

    def turn(self) -> None:
        """Open the material, or close it."""
        if self.material.is_open:
            self.material.close_view()
        else:
            self.show_material()

    def _show_table(self) -> None:
        self.setCurrentWidget(self.area)
        self.area.table.setFocus(Qt.FocusReason.OtherFocusReason)
