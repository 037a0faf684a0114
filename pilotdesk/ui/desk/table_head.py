"""The headings of the desk's table: a click sorts, once more turns the order round, a third time goes back to the numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QPainter, QPen
from PySide6.QtWidgets import QHeaderView, QWidget

from pilotdesk.ui.desk.table_model import CENTERED, COLUMNS

if TYPE_CHECKING:
    from pilotdesk.review.desk.cells import Column
    from pilotdesk.ui.desk.table_model import SubmissionModel
    from pilotdesk.ui.look.theme import Look

PAD: Final = 9
RAISED_PX: Final = 3
"""Of the ground above the arrow, nothing is lost by it where a line is low."""
ARROW_PX: Final = 11


class SubmissionHead(QHeaderView):
    """Draws the headings.

    Signals:
        chosen: a :class:`Column` that the lines are to be sorted by.
        menu_wanted: with the place of the menu, in px of the screen.
    """

    chosen = Signal(object)
    menu_wanted = Signal(QPoint)

    def __init__(self, look: Look, model: SubmissionModel, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._look = look
        self._model = model
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setMinimumSectionSize(look.scaled(24))
        self.setAccessibleName("表头，按一下排序")
        self.sectionClicked.connect(self._on_clicked)

    def _on_clicked(self, section: int) -> None:
        self.chosen.emit(COLUMNS[section])

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Qt: which columns are shown."""
        self.menu_wanted.emit(event.globalPos())

    def sizeHint(self) -> QSize:
        """Qt: as high as a line of the table."""
        return QSize(super().sizeHint().width(), self._look.metric("table_row"))

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        """Qt: ground, words, and the arrow above those that the lines are sorted by."""
        look, column = self._look, COLUMNS[section]
        is_sorted = column is self._model.sorted_by
        painter.save()
        painter.fillRect(rect, look.color("sunken"))
        painter.setPen(QPen(look.color("line"), 1))
        painter.drawLine(rect.topRight(), rect.bottomRight())
        painter.setPen(QPen(look.color("control"), 1))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.setFont(look.font("small", 700 if is_sorted else 500))
        painter.setPen(look.color("primary" if is_sorted else "text"))
        along = Qt.AlignmentFlag.AlignHCenter if column in CENTERED else Qt.AlignmentFlag.AlignLeft
        inside = rect.adjusted(look.scaled(PAD), 0, -look.scaled(PAD), 0)
        words = rect if column in CENTERED else inside
        painter.drawText(words, along | Qt.AlignmentFlag.AlignVCenter, column.value)
        if is_sorted:
            self._paint_arrow(painter, rect, words, column)
        painter.restore()

    def _paint_arrow(self, painter: QPainter, rect: QRect, words: QRect, column: Column) -> None:
        """Above the words, so that no column is wider for it."""
        look = self._look
        side = look.scaled(ARROW_PX)
        width = painter.fontMetrics().horizontalAdvance(column.value)
        left = words.left() + (words.width() - side) // 2
        if column not in CENTERED:
            left = words.left() + (width - side) // 2
        name = "chevron-down" if self._model.descending else "chevron-up"
        picture = look.pixmap(name, "primary", ARROW_PX, painter.device().devicePixelRatioF())
        up = look.scaled(RAISED_PX) if rect.height() < look.metric("table_row") else 0
        painter.drawPixmap(left, rect.top() - up, picture)
