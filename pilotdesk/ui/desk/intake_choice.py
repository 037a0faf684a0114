"""What is to be taken in: a folder, or files and archives."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QFileDialog

from pilotdesk.ui.dialogs import ask_choice, ask_folder

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from pilotdesk.ui.theme import Look

_KINDS: Final = "申报材料、压缩包 (*.pilot *.docx *.doc *.wps *.pdf *.zip);;所有文件 (*)"


def ask_places(parent: QWidget, look: Look) -> list[Path]:
    """Ask for a folder or for files; empty when it was left."""
    chosen = ask_choice(
        parent, look, "收哪里的材料", "也可以直接把文件夹、压缩包或文件拖进窗口。原来的文件只读，不会改动。",
        actions=["先不收", "选几个文件…", "选一个文件夹…"],
    )  # fmt: skip
    if chosen == 2:
        folder = ask_folder(parent, "收哪个文件夹", "")
        return [folder] if folder is not None else []
    if chosen == 1:
        names, _ = QFileDialog.getOpenFileNames(parent, "收哪些文件", "", _KINDS)
        return [Path(name) for name in names]
    return []
