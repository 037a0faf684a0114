"""The menu of the desk: every command with its keys, every paper, and the way to another desk."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu

from pilotdesk.ui.desk.keys import BATCH, KEYS, ONE, PLACE
from pilotdesk.ui.desk.table_menu import ColumnsMenu

if TYPE_CHECKING:
    from pilotdesk.ui.desk.page import DeskPage


def open_menu(page: DeskPage) -> QMenu:
    """Open it below its button."""
    menu = QMenu(page)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    menu.setToolTipsVisible(True)
    page.keys.fill(menu, BATCH)
    menu.addSeparator()
    one = menu.addMenu("这一件")
    one.setToolTipsVisible(True)
    page.keys.fill(one, ONE)
    page.outputs.fill(menu.addMenu("材料、名单和设置"))
    menu.addSeparator()
    page.keys.fill(menu, PLACE)
    menu.addSeparator()
    menu.addMenu(ColumnsMenu(menu, page.area.table.view.columns))
    menu.addAction("字号和颜色…", partial(page.display_requested.emit, page.header.menu))
    page.keys.fill(menu, KEYS)
    menu.addAction("打开别的审核台…", page.choose_requested.emit)
    menu.addAction("新建审核台…", page.make_requested.emit)
    anchor = page.header.menu
    corner = anchor.mapToGlobal(anchor.rect().bottomRight())
    corner.setX(corner.x() - menu.sizeHint().width())
    menu.popup(corner)
    return menu


def show_keys(page: DeskPage) -> None:
    """Open the sheet of keys."""
    from pilotdesk.ui.desk.keys_sheet import show_desk_keys

    show_desk_keys(page, page.look)
