"""The menus of the desk's table: everything that mouse and keys do there, with its key; and which columns it shows."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QWidget

from pilotdesk.review.desk.cells import Column
from pilotdesk.ui.desk.table_columns import OFFERED

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QPoint
    from PySide6.QtGui import QAction, QKeyEvent, QMouseEvent

    from pilotdesk.ui.desk.table import SubmissionTable
    from pilotdesk.ui.desk.table_columns import ColumnChoice

COLUMNS_WORDS: Final = "显示的列"
RESET_WORDS: Final = "恢复常用的列"
_TICKS: Final = (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter)


class ColumnsMenu(QMenu):
    """Columns with ticks. It stays open while they are ticked, for one seldom wants a single other column.

    Args:
        parent: goes with it.
        columns: the choice.
    """

    def __init__(self, parent: QWidget, columns: ColumnChoice) -> None:
        super().__init__(COLUMNS_WORDS, parent)
        self._columns = columns
        for column in OFFERED:
            action = _add(self, column.value, "", partial(columns.turn, column))
            action.setCheckable(True)
            action.setChecked(column in columns.chosen)
        self.addSeparator()
        self._reset = _add(self, RESET_WORDS, "", columns.reset, works=not columns.is_usual)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Qt: a click ticks."""
        if not self._ticks(self.actionAt(event.position().toPoint())):
            super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt: the space bar and Enter tick."""
        if event.key() not in _TICKS or not self._ticks(self.activeAction()):
            super().keyPressEvent(event)

    def _ticks(self, action: QAction | None) -> bool:
        if action is None or not action.isCheckable():
            return False
        action.trigger()
        self._reset.setEnabled(not self._columns.is_usual)
        return True


def table_menu(table: SubmissionTable, *, is_look_only: bool) -> QMenu:
    """The menu for the line that is looked at; it goes when it is closed."""
    menu = QMenu(table)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    at = table.view.currentIndex().row()
    row = table.model.row(at) if at >= 0 else None
    if row is not None:
        _add(menu, "打开", "Enter", partial(table.activated.emit, row.key))
        word = "不再推荐" if row.picked else "推荐"
        _add(menu, word, "空格", table.tick, works=not is_look_only)
        if table.view.shows_ranks:
            works = row.picked and not is_look_only
            _add(menu, "名次往前", "Alt+↑", partial(table.move_pick, -1), works=works)
            _add(menu, "名次往后", "Alt+↓", partial(table.move_pick, 1), works=works)
        menu.addSeparator()
    order = menu.addMenu("排序")
    for column in Column:
        if column not in table.view.wanted:
            continue
        action = _add(order, f"按{column.value}", "", partial(table.turn_order, column))
        action.setCheckable(True)
        action.setChecked(column is table.model.sorted_by)
    menu.addMenu(ColumnsMenu(menu, table.view.columns))
    return menu


def open_columns_menu(table: SubmissionTable, place: QPoint) -> None:
    """The choice of columns alone, at a place of the screen."""
    menu = ColumnsMenu(table, table.view.columns)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    menu.popup(place)


def _add(menu: QMenu, words: str, keys: str, slot: Callable[[], object], *, works: bool = True) -> QAction:
    action = menu.addAction(f"{words}\t{keys}" if keys else words)
    action.triggered.connect(lambda _checked=False: slot())
    action.setEnabled(works)
    return action
