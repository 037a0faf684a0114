"""The bands over rows that belong together, and the numbers of rows beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QHeaderView, QTableView

if TYPE_CHECKING:
    from pilotdesk.ui.look.theme import Look
    from pilotdesk.ui.tables.shape import TableShape

SERIAL: Final = "序号"
PAD: Final = 9


def paint_bands(look: Look, view: QTableView, shape: TableShape, width: int) -> None:
    """Draw the bands of the rows in view: the words at the left, the sum at the right.

    Args:
        look: the theme in force.
        view: the table, or the picture of its first columns, whose left ends are the same.
        shape: has the bands.
        width: px from the left end to the right end of the table.
    """
    port = view.viewport()
    painter = QPainter(port)
    font = look.font("small", 700)
    painter.setFont(font)
    for row, words in shape.bands.items():
        top = view.rowViewportPosition(row)
        high = shape.band_height(row)
        if top < -high or top > port.height() or row >= view.model().rowCount():
            continue
        painter.fillRect(QRect(0, top, width, high), look.color("side"))
        painter.setPen(QPen(look.color("line"), 1))
        painter.drawLine(0, top + high - 1, width, top + high - 1)
        inside = QRect(look.scaled(PAD), top, width - 2 * look.scaled(PAD), high)
        tally = shape.tally(row)
        painter.setPen(look.color("primary"))
        painter.drawText(inside, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, tally)
        inside.setRight(inside.right() - QFontMetrics(font).horizontalAdvance(tally) - look.scaled(PAD))
        painter.setPen(look.color("text"))
        shown = QFontMetrics(font).elidedText(words, Qt.TextElideMode.ElideRight, inside.width())
        painter.drawText(inside, Qt.AlignmentFlag.AlignVCenter, shown)
    painter.end()


class SerialHeader(QHeaderView):
    """The numbers of the rows: they look like cells, and choose the row."""

    def __init__(self, look: Look, view: QTableView, shape: TableShape) -> None:
        super().__init__(Qt.Orientation.Vertical, view)
        self._look = look
        self._shape = shape
        self.setObjectName("serial")
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)

    def sizeHint(self) -> QSize:
        """Qt: as wide as the word 序号 needs."""
        font = self._look.font("small", 500)
        return QSize(QFontMetrics(font).horizontalAdvance(SERIAL) + self._look.scaled(20), 0)

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        """Qt: the number in the middle, below the band."""
        look = self._look
        painter.save()
        band = self._shape.band_height(section)
        if band:
            above = QRect(rect.left(), rect.top(), rect.width(), band)
            painter.fillRect(above, look.color("side"))
            painter.setPen(QPen(look.color("line"), 1))
            painter.drawLine(above.bottomLeft(), above.bottomRight())
            rect = rect.adjusted(0, band, 0, 0)
        selected = self.selectionModel().isRowSelected(section, QModelIndex())
        painter.fillRect(rect, look.color("sel" if selected else "zebra" if section % 2 else "surface"))
        painter.setPen(QPen(look.color("line"), 1))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.drawLine(rect.topRight(), rect.bottomRight())
        painter.setPen(look.color("text2"))
        painter.setFont(look.font("small"))
        number = str(self.model().headerData(section, Qt.Orientation.Vertical))
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, number)
        painter.restore()
