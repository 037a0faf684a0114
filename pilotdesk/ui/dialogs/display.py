"""Type size and theme: chosen in the popup 字号和颜色 or by keys, in force at once, kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt

from pilotdesk.errors import PilotDeskError
from pilotdesk.ui.look.theme import Theme, ThemeName, palette_named
from pilotdesk.ui.look.tokens import TypeSize

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication, QWidget

    from pilotdesk.ui.look.settings import Settings
    from pilotdesk.ui.look.theme import Look


class Display(QObject):
    """Changes the look of the program.

    Args:
        window: where the keys work and the popup opens.
        app: gives the desktop's own colours.
        look: what is changed.
        settings: where the choices are kept.
    """

    def __init__(self, window: QWidget, app: QApplication, look: Look, settings: Settings) -> None:
        super().__init__(window)
        self._window = window
        self._app = app
        self._look = look
        self._settings = settings
        app.styleHints().colorSchemeChanged.connect(self._on_scheme_changed)

    def add_keys(self) -> None:
        """Have the keys work; called once the window stands."""
        from PySide6.QtGui import QAction, QKeySequence

        for keys, slot in (("Ctrl+Alt+=", self._larger), ("Ctrl+Alt+-", self._smaller)):
            action = QAction(self._window)
            action.setShortcut(QKeySequence(keys))
            action.triggered.connect(slot)
            self._window.addAction(action)

    def open_below(self, anchor: QWidget) -> None:
        """Open the popup below a button."""
        from pilotdesk.ui.dialogs.display_menu import DisplayMenu

        menu = DisplayMenu(self._look, self._look.theme.size, self._settings.theme, self._window)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.size_chosen.connect(self.set_type_size)
        menu.theme_chosen.connect(self.set_theme)
        menu.open_below(anchor)

    def set_type_size(self, size: TypeSize) -> None:
        """Change the type size and keep the choice."""
        self._look.set_size(size)
        self._keep(type_size=size.value)

    def set_theme(self, name: ThemeName) -> None:
        """Change the theme and keep the choice."""
        self._put_on(name)
        self._keep(theme=name.value)

    def _put_on(self, name: ThemeName) -> None:
        self._look.set_theme(Theme(palette_named(name, self._app), self._look.theme.size))

    def _keep(self, **changed: str) -> None:
        try:
            self._settings.keep(**changed)
        except PilotDeskError as trouble:
            from pilotdesk.ui.dialogs.asking import tell_trouble

            tell_trouble(self._window, self._look, trouble)

    def _larger(self) -> None:
        sizes = list(TypeSize)
        self.set_type_size(sizes[min(len(sizes) - 1, sizes.index(self._look.theme.size) + 1)])

    def _smaller(self) -> None:
        sizes = list(TypeSize)
        self.set_type_size(sizes[max(0, sizes.index(self._look.theme.size) - 1)])

    def _on_scheme_changed(self) -> None:
        """The desktop went dark or light: 跟随系统 goes with it."""
        if self._settings.theme is ThemeName.SYSTEM:
            self._put_on(ThemeName.SYSTEM)
