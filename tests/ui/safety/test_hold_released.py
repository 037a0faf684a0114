"""After a restore the window comes anew, and the old one must not take the new lock for somebody else's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from pilotdesk.clock import SYSTEM_CLOCK
from pilotdesk.ui.safety.holding import take_hold

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QApplication


def test_an_old_window_hears_no_more_of_the_lock(qapp: QApplication, tmp_path: Path) -> None:
    window, lost = QObject(), []
    first = take_hold(tmp_path, SYSTEM_CLOCK)
    assert first is not None
    beats = first.keep(window, lambda: lost.append(1))
    first.release()
    second = take_hold(tmp_path, SYSTEM_CLOCK)
    assert second is not None
    beats.timeout.emit()
    assert lost == []
    second.release()
