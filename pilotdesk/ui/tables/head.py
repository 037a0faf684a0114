"""The headings of a table: one or two lines, and a lock before the name of what is not typed here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QHeaderView, QWidget

from pilotdesk.ui.tables.text import line_height, wrapped

if TYPE_CHECKING:
    from PySide6.QtGui import QFont

    from pilotdesk.ui.look.theme import Look
    from pilotdesk.ui.tables.model import RowsModel

PAD: Final = 8
LOCK_PX: Final = 14
LOCK_GAP: Final = 4
LINES: Final = 2
UNBROKEN: Final = 3
"""Characters of a name that are never torn apart."""


def heading_lines(heading: str, font: QFont, room: int, indent: int) -> tuple[str, ...]:
    """The lines of a heading; an empty first one is the lock alone, over a name that has no room beside it.

    Args:
        heading: the name of the column.
        font: in which it is set.
        room: px there are.
        indent: px that the lock takes; 0 for none.
    """
    needed = QFontMetrics(font).horizontalAdvance(heading)
    if indent and room - indent < needed <= room:
        return ("", heading)
    lines = wrapped(heading, font, room, LINES, indent)
    if indent or len(lines) < LINES:
        return lines
    half = (needed + 1) // LINES
    return next((even for px in range(half, room) if len(even := wrapped(heading, font, px)) == LINES), lines)


def heading_width(look: Look, heading: str, *, locked: bool, lines: int) -> int:
    """The least width in which a heading stands on so many lines, px; short names are never broken."""
    font = look.font("small", 500)
    metrics = QFontMetrics(font)
    indent = look.scaled(LOCK_PX + LOCK_GAP) if locked else 0
    width = metrics.horizontalAdvance(heading) + indent
    if lines > 1:
        word = metrics.horizontalAdvance(heading[:UNBROKEN])
        narrower = range(width - 1, max(word, indent) - 1, -1)
        fitting = (px for px in narrower if _stands_in(heading, font, px, indent))
        width = min(fitting, default=width)
    return width + 2 * look.scaled(PAD) + 2


def _stands_in(heading: str, font: QFont, room: int, indent: int) -> bool:
    if indent and room - indent < QFontMetrics(font).horizontalAdvance(heading) <= room:
        return True
    return len(wrapped(heading, font, room, indent=indent)) <= LINES


class ColumnHeader(QHeaderView):
    """Draws the names of the columns; as high as the longest of them needs."""

    def __init__(self, look: Look, model: RowsModel, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._look = look
        self._model = model
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setMinimumSectionSize(look.scaled(24))  # Qt's own least would widen columns behind our back

    def fit(self) -> int:
        """Take the height that the headings need in their present widths; returns it, px."""
        shown = [at for at in range(self.count()) if not self.isSectionHidden(at)]
        lines = max((len(self._lines(at, self.sectionSize(at))) for at in shown), default=1)
        plain = self._look.metric("table_row")
        height = plain + (lines - 1) * line_height(self._look.font("small", 500))
        self.setFixedHeight(height)
        return height

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        """Qt: ground, lock, words."""
        look = self._look
        painter.save()
        painter.fillRect(rect, look.color("sunken"))
        painter.setPen(QPen(look.color("line"), 1))
        painter.drawLine(rect.topRight(), rect.bottomRight())
        painter.setPen(QPen(look.color("control"), 1))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        self._paint_words(painter, rect, section)
        painter.restore()

    def _paint_words(self, painter: QPainter, rect: QRect, section: int) -> None:
        look = self._look
        font = look.font("small", 500)
        metrics, high = QFontMetrics(font), line_height(font)
        lines, indent = self._lines(section, rect.width()), self._indent(section)
        align = self._model.alignment(section)
        inside = rect.adjusted(look.scaled(PAD), 0, -look.scaled(PAD), 0)
        top = rect.top() + (rect.height() - high * len(lines)) // 2
        painter.setFont(font)
        painter.setPen(look.color("text"))
        for at, line in enumerate(lines):
            taken = metrics.horizontalAdvance(line) + (0 if at else indent)
            spare = max(0, inside.width() - taken)
            left = inside.left()
            left += spare if align & Qt.AlignmentFlag.AlignRight else 0
            left += spare // 2 if align & Qt.AlignmentFlag.AlignHCenter else 0
            if indent and not at:
                side = look.scaled(LOCK_PX)
                picture = look.pixmap("lock", "text2", LOCK_PX, painter.device().devicePixelRatioF())
                painter.drawPixmap(left, top + (high - side) // 2, picture)
                left += indent
            box = QRect(left, top + at * high, inside.right() + 1 - left, high)
            painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, line)

    def sizeHint(self) -> QSize:
        """Qt: the height it has taken."""
        return QSize(super().sizeHint().width(), max(self._look.metric("table_row"), self.minimumHeight()))

    def is_locked(self, section: int) -> bool:
        """Whether a column has a lock before its name."""
        return self._model.columns[section].fixed

    def _indent(self, section: int) -> int:
        return self._look.scaled(LOCK_PX + LOCK_GAP) if self.is_locked(section) else 0

    def _lines(self, section: int, width: int) -> tuple[str, ...]:
        words = str(self._model.headerData(section, Qt.Orientation.Horizontal))
        font, room = self._look.font("small", 500), width - 2 * self._look.scaled(PAD)
        return heading_lines(words, font, room, self._indent(section))
