"""What is to be taken in: a folder, or files and archives."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QFileDialog

from pilotdesk.review.desk.sources import sources_of
from pilotdesk.ui.dialogs.asking import Dialog, ask_folder

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from pilotdesk.review.desk.reading import DeskReading
    from pilotdesk.ui.look.theme import Look

_KINDS: Final = "申报材料、压缩包 (*.pilot *.docx *.doc *.wps *.pdf *.zip);;所有文件 (*)"
_TEXT: Final = "也可以直接把文件夹、压缩包或文件拖进窗口。原来的文件只读，不会改动。"


def ask_places(parent: QWidget, look: Look, start: Path) -> list[Path]:
    """Ask for a folder or for files; empty when it was left. ``start``: the folder that is shown first."""
    dialog = Dialog(parent, look, "收哪里的材料", _TEXT, "file-import")
    dialog.add_actions(["先不收", "选几个文件…", "选一个文件夹…"])
    dialog.exec()
    dialog.deleteLater()
    if dialog.chosen == 2:
        folder = ask_folder(parent, "收哪个文件夹", str(start))
        return [folder] if folder is not None else []
    if dialog.chosen == 1:
        names, _ = QFileDialog.getOpenFileNames(parent, "收哪些文件", str(start), _KINDS)
        return [Path(name) for name in names]
    return []


def usual_place(desk: DeskReading, own: Path) -> Path:
    """Where material lies, as far as is known: beside what was taken in last, else where the desk's file is.

    Args:
        desk: knows what was taken in.
        own: its file.
    """
    beside = (path.parent for path in reversed(sources_of(desk)))
    return next((folder for folder in beside if folder.is_dir()), own.parent)
