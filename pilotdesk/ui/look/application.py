"""Qt's application object as this program wants it: Fusion, our palette, our style sheet, our font."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication

from pilotdesk.paths import resources_dir
from pilotdesk.ui.look.fonts import ensure_family
from pilotdesk.ui.look.theme import Look, Theme, palette_named

if TYPE_CHECKING:
    from pilotdesk.ui.look.settings import Settings


def make_application(settings: Settings, *, always_shipped_font: bool = False) -> tuple[QApplication, Look]:
    """The one application and the look on it; an application that is there already is used.

    Args:
        settings: theme and type size.
        always_shipped_font: draw with the shipped font, so that pictures are the same everywhere.
    """
    present = QApplication.instance()
    # The style is named as an argument, because setStyle() gives it back, which makes PySide load all of QStyle.
    app = present if isinstance(present, QApplication) else QApplication([*sys.argv[:1], "-style", "Fusion"])
    app.setApplicationName("PilotDesk")
    app.setApplicationDisplayName("PilotDesk 标准化试点申报")
    if app is present:
        app.setStyle("Fusion")
    ensure_family(always_shipped=always_shipped_font)
    look = Look(app, Theme(palette_named(settings.theme, app), settings.type_size))
    return app, look


def finish_application(app: QApplication) -> None:
    """What can wait until the first window is painted: the symbol of the windows, and Chinese for Qt's own menus."""
    from PySide6.QtCore import QLibraryInfo, QTranslator
    from PySide6.QtGui import QIcon

    app.setWindowIcon(QIcon(str(resources_dir() / "icons" / "app" / "pilotdesk.ico")))
    words = QTranslator(app)
    if words.load("qtbase_zh_CN", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        app.installTranslator(words)
