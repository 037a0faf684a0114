"""Where dialogs for files begin: at the folder used last since the program was started, at first the user's documents.

Left to itself Qt begins at the working directory, which is the folder of the program when it is started by a shortcut:
what is saved there goes with the next version.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFileDialog

from pilotdesk.ui.dialogs.papers_place import papers_place

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

_USED: Final = "folder_used"
"""Property of the application."""


def open_name(parent: QWidget, title: str, kinds: str) -> str:
    """Ask for a file to open; empty when it was left."""
    name, _ = QFileDialog.getOpenFileName(parent, title, _begin_at(), kinds)
    return _noted(name)


def open_names(parent: QWidget, title: str, kinds: str) -> list[str]:
    """Ask for files to open; empty when it was left."""
    names, _ = QFileDialog.getOpenFileNames(parent, title, _begin_at(), kinds)
    if names:
        _noted(names[0])
    return names


def save_name(parent: QWidget, title: str, suggestion: str, kinds: str) -> str:
    """Ask for the file to write, a name or a whole path being proposed; empty when it was left."""
    name, _ = QFileDialog.getSaveFileName(parent, title, _begin_at(suggestion), kinds)
    return _noted(name)


def _begin_at(name: str = "") -> str:
    program = QCoreApplication.instance()
    used = program.property(_USED) if program is not None else None
    return str((Path(used) if used else papers_place()) / name)


def _noted(name: str) -> str:
    program = QCoreApplication.instance()
    if name and program is not None:
        program.setProperty(_USED, str(Path(name).parent))
    return name
