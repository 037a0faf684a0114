"""The menu of the start page: what is not about one project."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pilotdesk.ui.look.theme import Look
    from pilotdesk.ui.start.page import StartPage
    from pilotdesk.ui.window.main_window import MainWindow

UPDATES = "更新…"


def open_menu(window: MainWindow, look: Look, page: StartPage) -> QMenu:
    """Open it below its button."""
    anchor = page.head.menu
    # Where Esc comes back to, also out of what the menu opens.
    anchor.setFocus(Qt.FocusReason.PopupFocusReason)
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
    from pilotdesk.ui.start.diagnostics_dialog import TITLE, show_diagnostics
    from pilotdesk.ui.updates.desk import updates_desk_of
    from pilotdesk.ui.window.help import show_keys

    yield UPDATES, lambda: updates_desk_of(window, look).show()
    yield "", _nothing
    yield "从备份找回…", window.safety.restore_wanted.emit
    yield "", _nothing
    yield "字号和颜色…", lambda: window.display.open_below(page.head.menu)
    yield "快捷键…", lambda: show_keys(window, look)
    yield f"{TITLE}…", lambda: show_diagnostics(window, look)


def _nothing() -> None:
    """A separator does nothing."""
