"""The left of the desk: quota, filter line and table, one below the other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QVBoxLayout

from pilotdesk.ui.components.basic import Rule, Surface
from pilotdesk.ui.desk.filters import FilterBar
from pilotdesk.ui.desk.quota_strip import QuotaStrip
from pilotdesk.ui.desk.table import SubmissionTable
from pilotdesk.ui.look.breakpoints import COMPACT_HEIGHT

if TYPE_CHECKING:
    from pilotdesk.ui.desk.sitting import Sitting
    from pilotdesk.ui.look.settings import Settings
    from pilotdesk.ui.look.theme import Look

MARGIN: Final = 14


class TableArea(Surface):
    """Attributes: ``quota``, ``filters``, ``table``."""

    def __init__(self, look: Look, sitting: Sitting, settings: Settings) -> None:
        super().__init__("bg")
        self.quota = QuotaStrip(look, sitting)
        self.table = SubmissionTable(look, sitting, settings)
        self.filters = FilterBar(look, sitting, self.table)
        self._above = QVBoxLayout()
        self._above.addWidget(self.quota)
        self._below = QVBoxLayout()
        self._below.addWidget(self.filters)
        self._below.addWidget(self.table, 1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addLayout(self._above)
        outer.addWidget(Rule())
        outer.addLayout(self._below, 1)
        self.setFocusProxy(self.table)
        self.set_height(COMPACT_HEIGHT)

    def set_height(self, height: int) -> None:
        """Fit to the height of the window, in logical px: low margins and no bars where there is little."""
        is_low = height < COMPACT_HEIGHT
        gap = 6 if is_low else 8
        self.quota.set_low(is_low)
        self.table.view.set_low(is_low)
        self._above.setContentsMargins(MARGIN, gap, MARGIN, gap)
        self._below.setContentsMargins(MARGIN, gap, MARGIN, gap + 2)
        self._below.setSpacing(gap)
