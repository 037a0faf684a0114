"""``QuotaStrip``: how many projects may still be recommended, live with every tick."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleEvent, QFontMetrics
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pilotdesk.ui.components.basic import Label, SymbolLabel, row
from pilotdesk.ui.components.text import ISSUE_EM, WrappedLabel
from pilotdesk.ui.desk.quota_tiles import QuotaTile, TileRow

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from pilotdesk.ui.desk.sitting import Sitting
    from pilotdesk.ui.look.theme import Look

HEAD_GAP: Final = 8


class QuotaStrip(QWidget):
    """额度: the tiles, and the sentence how the picks stand.

    Args:
        look: the theme in force.
        sitting: the open desk.

    Attributes:
        tiles: the total first, then the fields in the order of the round. sentence: how it stands.
        symbol: beside the sentence while picks do not fit.
    """

    def __init__(self, look: Look, sitting: Sitting) -> None:
        super().__init__()
        self._look = look
        self._sitting = sitting
        self.tiles = tuple(QuotaTile(look, line.short, line) for line in sitting.quota.lines)
        self._row = TileRow(look, self.tiles)
        self.symbol = SymbolLabel(look, "alert-circle-filled", "error", 15)
        self.sentence = WrappedLabel(look, "", "small", "text2", line_em=ISSUE_EM)
        self._head = QWidget()
        self._names = (Label("额度", "body", weight=700), Label("勾选即时计算", "small", "text2"))
        head = row(*self._names, spacing=HEAD_GAP)
        head.addWidget(self.symbol, 0, Qt.AlignmentFlag.AlignVCenter)
        head.addWidget(self.sentence, 1, Qt.AlignmentFlag.AlignVCenter)
        self._head.setLayout(head)
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(6)
        self._lines.addWidget(self._head)
        self._lines.addWidget(self._row)
        sitting.quota_changed.connect(self._show)
        look.changed.connect(self._measure)
        self._show()

    def set_low(self, is_low: bool) -> None:
        """Take less height, in a window that has little: no bars, and no line above them as long as everything fits."""
        if is_low != self._row.is_low:
            self._row.is_low = is_low
            for name in self._names:
                name.setVisible(not is_low)
            self._measure()

    def _show(self) -> None:
        quota = self._sitting.quota
        for tile, line in zip(self.tiles, quota.lines, strict=True):
            tile.show_line(line)
        self._row.place()
        self.symbol.setVisible(not quota.fits)
        self.sentence.set_tone("text2" if quota.fits else "error")
        is_news = not quota.fits and self.sentence.plain != quota.sentence
        self.sentence.set_text(quota.sentence)
        self._place_head()
        if is_news:
            QAccessible.updateAccessibility(QAccessibleEvent(self.sentence, QAccessible.Event.Alert))

    def _place_head(self) -> None:
        """In a low window there is only a sentence where something does not fit, behind the last tile if it has room there."""
        is_low = self._row.is_low
        words = QFontMetrics(self._look.font("small")).horizontalAdvance(self.sentence.plain)
        behind = self._row.behind()
        needed = self.symbol.sizeHint().width() + HEAD_GAP + words
        place = self._row if is_low and needed < behind.width() else self
        if self._head.parentWidget() is not place:
            if place is self:
                self._lines.insertWidget(0, self._head)
            else:
                self._lines.removeWidget(self._head)
                self._head.setParent(place)
        if place is self._row:
            self._head.setGeometry(behind)
        self._head.setVisible(not (is_low and self._sitting.quota.fits))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt: the sentence may have another place."""
        super().resizeEvent(event)
        self._place_head()

    def _measure(self) -> None:
        self._show()
