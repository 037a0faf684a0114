"""The interface font: the system's own where it has a good one, else the shipped Noto Sans SC."""

from __future__ import annotations

from PySide6.QtGui import QFontDatabase

from pilotdesk.paths import resources_dir
from pilotdesk.ui.look.tokens import FAMILIES

SHIPPED_FAMILY = "Noto Sans SC"
SHIPPED_FILES = ("NotoSansSC*.ttf", "PilotRare-Regular.ttf", "NotoEmoji-Regular.ttf")
"""The interface family, and what it falls back to for rare name characters and emoji."""


def load_shipped() -> int:
    """Load the shipped faces, some 10 ms; returns how many files were loaded (0: none are shipped)."""
    folder = resources_dir() / "fonts"
    files = [path for pattern in SHIPPED_FILES for path in sorted(folder.glob(pattern))]
    return sum(QFontDatabase.addApplicationFont(str(path)) >= 0 for path in files)


def ensure_family(*, always_shipped: bool = False) -> str:
    """Make sure that Chinese is drawn in a known family, and name it.

    Args:
        always_shipped: load the shipped faces even if the system has a family, so that pictures look the same
            on every machine.
    """
    if not always_shipped and QFontDatabase.hasFamily(FAMILIES[0]):
        return FAMILIES[0]
    load_shipped()
    return SHIPPED_FAMILY
