"""The menu of a node, with the keys that do the same."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QMenu, QWidget

from pilotdesk.ui.look.plain_text import plain_tip

if TYPE_CHECKING:
    from PySide6.QtGui import QAction

    from pilotdesk.ui.editors.base import Place
    from pilotdesk.ui.trees.nodes import Nodes

ACTIONS: Final = (
    ("child", "加下级", "Ins"),
    ("sibling", "加同级", "Enter"),
    ("rename", "改名", "F2"),
    ("up", "上移", "Alt+↑"),
    ("down", "下移", "Alt+↓"),
    ("outdent", "升一级", "Alt+←"),
    ("indent", "降一级", "Alt+→"),
    ("remove", "删除，连同下级", "Del"),
)


class NodeMenu(QMenu):
    """Actions on one node, and the choices of its other columns (待补充).

    Signals:
        chosen: name of the action. state_chosen: column and choice; an empty choice takes it back.
    """

    chosen = Signal(str)
    state_chosen = Signal(str, str)

    def __init__(self, parent: QWidget, place: Place, nodes: Nodes, row_id: str) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        deepest = bool(row_id) and nodes.level(row_id) >= place.field.levels[1]
        for name, words, keys in ACTIONS:
            if name == "child" and deepest:
                words = f"加下级（最多 {place.field.levels[1]} 层）"
            action = self.addAction(f"{words}\t{keys}")
            action.setData(name)
            action.setEnabled(not (name == "child" and deepest))
        if row_id:
            self._add_states(place, nodes, row_id)
        self.triggered.connect(self._on_triggered)

    def _add_states(self, place: Place, nodes: Nodes, row_id: str) -> None:
        columns = [column for column in place.field.columns if column.type == "choice"]
        if columns:
            self.addSeparator()
        for column in columns:
            for choice in place.session.form.lists[column.choices]:
                action = self.addAction(f"标为“{choice.label}”")
                action.setCheckable(True)
                action.setChecked(nodes.by_id[row_id].cell(column.name) == choice.name)
                action.setData((column.name, choice.name))
                action.setToolTip(plain_tip(choice.hint))

    def _on_triggered(self, action: QAction) -> None:
        data = action.data()
        if isinstance(data, str):
            self.chosen.emit(data)
        else:
            column, name = data
            self.state_chosen.emit(column, name if action.isChecked() else "")
