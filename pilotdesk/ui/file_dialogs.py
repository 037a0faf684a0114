"""Where a project's files come from and go to: hand-over files, calendar files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

_PROJECT_FILES = "交接包和草稿 (*.zip *.pilot)"


def ask_project_file(parent: QWidget) -> Path | None:
    """Ask for a hand-over file or a package to open; ``None`` when it was left."""
    name, _ = QFileDialog.getOpenFileName(parent, "打开交接包或草稿", "", _PROJECT_FILES)
    return Path(name) if name else None


def ask_kit_target(parent: QWidget, suggestion: str) -> Path | None:
    """Ask where a hand-over file is to be put; ``None`` when it was left."""
    return _target(parent, "存一份交接包", suggestion, "交接包 (*.zip)")


def ask_calendar_target(parent: QWidget, suggestion: str) -> Path | None:
    """Ask where a calendar file is to be put; ``None`` when it was left."""
    return _target(parent, "导出日历", suggestion, "日历文件 (*.ics)")


def _target(parent: QWidget, title: str, suggestion: str, kinds: str) -> Path | None:
    """A path with the ending of the suggestion, whatever was typed."""
    name, _ = QFileDialog.getSaveFileName(parent, title, suggestion, kinds)
    ending = Path(suggestion).suffix
    return Path(name if name.endswith(ending) else f"{name}{ending}") if name else None
