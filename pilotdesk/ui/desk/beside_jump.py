"""From what was found beside others to the other submission, where the same is looked at, and back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

if TYPE_CHECKING:
    from pilotdesk.ui.desk.panel_points import PanelPoints
    from pilotdesk.ui.desk.sitting import Sitting
    from pilotdesk.ui.navigation.services import Toasts


class BesideJump(QObject):
    """Remembers where it came from.

    Args:
        sitting: what is looked at.
        points: of the review, where the other one is asked for.
        toasts: says where one is, and offers the way back.
    """

    def __init__(self, sitting: Sitting, points: PanelPoints, toasts: Toasts) -> None:
        super().__init__(points)
        self._sitting = sitting
        self._points = points
        self._toasts = toasts
        self._behind: list[tuple[str, str, str]] = []
        """Where from, where to, and at which finding."""
        points.other_wanted.connect(self.go)

    def go(self, key: str, code: str) -> None:
        """Look at another submission, at a finding that it has with the one that is looked at.

        Args:
            key: of the other one.
            code: of the finding.
        """
        here = self._sitting.rows.get(self._sitting.current)
        there = self._sitting.rows.get(key)
        if here is None or there is None:
            return
        self._behind.append((here.key, key, code))
        self._sitting.show_one(key)
        self._points.look_for(here.key, code)
        self._toasts.show_done(f"现在看的是 {there.number:02} 号", f"回到 {here.number:02} 号", self.back)

    def back(self) -> None:
        """Look at the submission again from which the last jump went, at the finding that it went from."""
        while self._behind:
            key, other, code = self._behind.pop()
            if key in self._sitting.rows:
                self._sitting.show_one(key)
                self._points.look_for(other, code)
                return
        self._toasts.show_done("没有可回的：从疑点里点“看 12 号”这样的字，才会跳到另一件")
