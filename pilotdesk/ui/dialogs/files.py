"""Where a project's files come from and go to: hand-over files, calendar files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from pilotdesk.ui.dialogs.file_asking import open_name, save_name

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

_PROJECT_FILES = "草稿、分工包、交接包、填好的空白 Word 表、退回单 (*.zip *.pilot *.docx *.pilotback)"


def ask_project_file(parent: QWidget) -> Path | None:
    """Ask for a hand-over file, a package, a filled blank form or a return slip to open; ``None`` when it was left."""
    name = open_name(parent, "打开文件或交接包", _PROJECT_FILES)
    return Path(name) if name else None


def ask_kit_target(parent: QWidget, suggestion: str) -> Path | None:
    """Ask where a hand-over file is to be put; ``None`` when it was left."""
    return _target(parent, "存一份交接包", suggestion, "交接包 (*.zip)")


def ask_calendar_target(parent: QWidget, suggestion: str) -> Path | None:
    """Ask where a calendar file is to be put; ``None`` when it was left."""
    return _target(parent, "导出日历", suggestion, "日历文件 (*.ics)")


def ask_template(parent: QWidget) -> Path | None:
    """Ask for a Word form of somebody else; ``None`` when it was left. Old kinds are shown too: they are answered."""
    kinds = "Word 表 (*.docx *.doc *.wps *.dotx)"
    name = open_name(parent, "选系统里下载的模板", kinds)
    return Path(name) if name else None


def ask_filled_target(parent: QWidget, suggestion: str) -> Path | None:
    """Ask where a filled form is to be put; ``None`` when it was left."""
    return _target(parent, "填好存为", suggestion, "Word 文件 (*.docx)")


def ask_mapping(parent: QWidget) -> Path | None:
    """Ask for the mapping of somebody else; ``None`` when it was left."""
    name = open_name(parent, "装入别人的对应", "模板对应 (*.toml)")
    return Path(name) if name else None


def ask_mapping_target(parent: QWidget, suggestion: str) -> Path | None:
    """Ask where a mapping is to be put; ``None`` when it was left."""
    return _target(parent, "把这份对应存成文件", suggestion, "模板对应 (*.toml)")


def _target(parent: QWidget, title: str, suggestion: str, kinds: str) -> Path | None:
    """A path with the ending of the suggestion, whatever was typed."""
    name = save_name(parent, title, suggestion, kinds)
    ending = Path(suggestion).suffix
    return Path(name if name.endswith(ending) else f"{name}{ending}") if name else None
