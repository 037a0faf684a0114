"""Where papers are suggested to go as long as nothing else was chosen."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QStandardPaths

from pilotdesk.paths import papers_dir


def papers_place() -> Path:
    """The user's documents; beside a portable program its own folder for them, for nothing is to stay on the computer."""
    ours = papers_dir()
    if ours is not None:
        return ours
    documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return Path(documents or Path.home())
