"""Update files that are dropped on a window, or opened with the program; the core is not asked for them here."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from PySide6.QtCore import QMimeData

ENDINGS: Final = frozenset({".pdpack", ".pdkey", ".pdsig"})
"""A signed pack, the public key of a distributor, and the signature that lies beside an installer."""


def is_update(path: Path) -> bool:
    """Whether a file is one of those that lead to the updates, by its name."""
    return path.suffix.lower() in ENDINGS


def update_in(mime: QMimeData) -> Path | None:
    """The update file of a drop; ``None`` when something else is dropped, or more than one file."""
    files = [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()]
    return files[0] if len(files) == 1 and is_update(files[0]) else None
