"""What stands in the desk's table while there is no line in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QAbstractScrollArea, QVBoxLayout, QWidget

from pilotdesk.ui.components.basic import Button, Label, SymbolLabel
from pilotdesk.ui.components.text import WrappedLabel

if TYPE_CHECKING:
    from pilotdesk.ui.look.theme import Look

ROOMY: Final = 170
"""Height of a view that has room for the picture, px at 标准."""


class EmptyTable(QWidget):
    """Says why nothing is shown, over the whole view.

    Signals:
        all_wanted: 看全部.
        intake_wanted: material is to be taken in.

    Attributes:
        take: asks for it, as long as there is none.
    """

    all_wanted = Signal()
    intake_wanted = Signal()

    def __init__(self, look: Look, view: QAbstractScrollArea) -> None:
        super().__init__(view.viewport())
        self._look = look
        self._view = view
        center = Qt.AlignmentFlag.AlignHCenter
        self.title = Label("", "body", weight=500)
        self.words = WrappedLabel(look, "", "small", "text2")
        self.all = Button(look, "看全部", small=True)
        self.all.clicked.connect(self.all_wanted)
        self.take = Button(look, "选文件夹或文件…", "primary", icon="file-import")
        self.take.clicked.connect(self.intake_wanted)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 14, 24, 14)
        layout.setSpacing(6)
        layout.addStretch(1)
        self._symbol = SymbolLabel(look, "inbox", "text2", 30)
        layout.addWidget(self._symbol, 0, center)
        layout.addWidget(self.title, 0, center)
        layout.addWidget(self.words)
        self.words.setAlignment(center | Qt.AlignmentFlag.AlignTop)
        layout.addWidget(self.all, 0, center)
        layout.addWidget(self.take, 0, center)
        layout.addStretch(2)
        view.viewport().installEventFilter(self)
        self.hide()

    def show_for(self, *, total: int, shown: int, only: str, typed: bool, may_take: bool) -> None:
        """Show it where no line is.

        Args:
            total: submissions there are.
            shown: lines that are shown.
            only: the word of the filter; empty where all are looked at.
            typed: whether somebody searches for words.
            may_take: whether something can be taken in here.
        """
        if not total:
            self.title.setText("还没有收件")
            self.words.set_text("把各单位报来的文件夹或压缩包拖进来，一行一件。")
        elif only and not typed:
            self.title.setText(f"没有“{only}”的")
            self.words.set_text(f"一共收了 {total} 件，都不在这一类里。")
        elif only:
            self.title.setText("没有符合的")
            self.words.set_text(f"只在“{only}”的里面找了。换个词，或者在全部 {total} 件里找。")
        else:
            self.title.setText("没有符合的")
            self.words.set_text(f"一共收了 {total} 件。换个词，或者看全部。")
        self.all.setVisible(bool(total))
        self.take.setVisible(not total and may_take)
        self._fit()
        self.setVisible(not shown)

    def _fit(self) -> None:
        """As large as the view; without the picture where it is low."""
        room = self._view.viewport().rect()
        self._symbol.setVisible(room.height() >= self._look.scaled(ROOMY))
        self.setGeometry(room)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt: as large as the view."""
        if event.type() is QEvent.Type.Resize:
            self._fit()
        return super().eventFilter(watched, event)
