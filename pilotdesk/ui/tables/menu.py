"""The menu over the cells of a table, with the keys that do the same."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QMenu, QWidget

if TYPE_CHECKING:
    from PySide6.QtGui import QAction

ACTIONS: Final = (
    ("insert", "上面插一行", "Ctrl+Shift+="),
    ("duplicate", "复制这一行", "Ctrl+Shift+D"),
    ("fill", "向下填充（同 Excel）", "Ctrl+D"),
    ("remove", "删除行（同 Excel）", "Ctrl+-"),
    ("copy", "复制格子", "Ctrl+C"),
    ("paste", "粘贴", "Ctrl+V"),
)
ROWS_ONLY: Final = frozenset({"insert", "duplicate", "remove"})
"""What needs a table whose rows may come and go."""


class RowsMenu(QMenu):
    """Actions on the selected rows and cells.

    Signals:
        chosen: name of the command.
    """

    chosen = Signal(str)

    def __init__(self, parent: QWidget, *, fixed: bool) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for name, words, keys in ACTIONS:
            if fixed and name in ROWS_ONLY:
                continue
            if name == "copy":
                self.addSeparator()
            self.addAction(f"{words}\t{keys}").setData(name)
        self.triggered.connect(self._on_triggered)

    def _on_triggered(self, action: QAction) -> None:
        self.chosen.emit(str(action.data()))
