"""The menu of the start page: what is not about one project."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pilotdesk.ui.main_window import MainWindow
    from pilotdesk.ui.start_page import StartPage
    from pilotdesk.ui.theme import Look

UPDATES = "更新…"


def open_menu(window: MainWindow, look: Look, page: StartPage) -> QMenu:
    """Open it below its button."""
    anchor = page.head.menu
    menu = QMenu(page)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    for words, action in _entries(window, look, page):
        if words:
            menu.addAction(words, action)
        else:
            menu.addSeparator()
    corner = anchor.mapToGlobal(anchor.rect().bottomRight())
    corner.setX(corner.x() - menu.sizeHint().width())
    menu.popup(corner)
    return menu


def _entries(window: MainWindow, look: Look, page: StartPage) -> Iterator[tuple[str, Callable[[], object]]]:
    """Words and what they do; no words is a separator."""
    from pilotdesk.ui.diagnostics_dialog import TITLE, show_diagnostics
    from pilotdesk.ui.help import show_keys
    from pilotdesk.ui.updates_desk import updates_desk_of

    yield UPDATES, lambda: updates_desk_of(window, look).show()
    yield "", _nothing
    yield "从备份找回…", window.safety.restore_wanted.emit
    yield "", _nothing
    yield "字号和颜色…", lambda: window.display.open_below(page.head.menu)
    yield "快捷键…", lambda: show_keys(window, look)
    yield f"{TITLE}…", lambda: show_diagnostics(window, look)


def _nothing() -> None:
    """A separator does nothing."""
