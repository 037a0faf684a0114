"""The interface font: the system's own where it has a good one, else the shipped Noto Sans SC."""

from __future__ import annotations

from PySide6.QtGui import QFontDatabase

from pilotdesk.paths import resources_dir
from pilotdesk.ui.tokens import FAMILIES

SHIPPED_FAMILY = "Noto Sans SC"


def load_shipped(family: str = SHIPPED_FAMILY) -> int:
    """Load the shipped faces of the interface family; returns how many files were loaded (0: none are shipped).

    Reading one costs about 15 ms, hence only where the system has no good family of its own.
    """
    folder = resources_dir() / "fonts"
    files = sorted(folder.glob(f"{family.replace(' ', '')}*.ttf"))
    return sum(QFontDatabase.addApplicationFont(str(path)) >= 0 for path in files)


def ensure_family(*, always_shipped: bool = False) -> str:
    """Make sure that Chinese is drawn in a known family, and name it.

    Args:
        always_shipped: load the shipped faces even if the system has a family, so that pictures look the same
            on every machine.
    """
    if not always_shipped:
        for family in FAMILIES[:-1]:
            if QFontDatabase.hasFamily(family):
                return family
    load_shipped()
    return SHIPPED_FAMILY
