"""A mapping of somebody else that is dropped: on the window, or on a template that is looked over."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtCore import QMimeData


def mapping_in(mime: QMimeData) -> Path | None:
    """The mapping file of a drop; ``None`` when something else is dropped."""
    files = [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()]
    return files[0] if len(files) == 1 and files[0].suffix.lower() == ".toml" else None
