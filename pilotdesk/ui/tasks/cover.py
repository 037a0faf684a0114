"""A sheet over the window that says what is being opened, while the window is too busy to paint anything else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QVBoxLayout

from pilotdesk.ui.components.basic import Label, Surface

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


class Cover(Surface):
    """Painted at once; it goes as soon as the window has time again.

    Args:
        window: that it covers.
        words: what is being opened.
    """

    def __init__(self, window: QWidget, words: str) -> None:
        super().__init__("bg", window)
        said = Label(words, "group")
        said.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column = QVBoxLayout(self)
        column.addWidget(said)
        self.setGeometry(window.rect())
        self.show()
        self.repaint()  # before whatever takes long begins
        QTimer.singleShot(0, self, self.deleteLater)
