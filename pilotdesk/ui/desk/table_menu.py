"""The menu of the desk's table: everything that mouse and keys do there, with its key."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu

from pilotdesk.review.desk.cells import Column

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QAction

    from pilotdesk.ui.desk.table import SubmissionTable


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
        if column is Column.RANK and not table.view.shows_ranks:
            continue
        action = _add(order, f"按{column.value}", "", partial(table.turn_order, column))
        action.setCheckable(True)
        action.setChecked(column is table.model.sorted_by)
    return menu


def _add(menu: QMenu, words: str, keys: str, slot: Callable[[], object], *, works: bool = True) -> QAction:
    action = menu.addAction(f"{words}\t{keys}" if keys else words)
    action.triggered.connect(lambda _checked=False: slot())
    action.setEnabled(works)
    return action
