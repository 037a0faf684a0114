"""Draws the cells of the desk's table: ground by how things stand, tick, symbols, text, and the line that is looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from pilotdesk.review.desk.cells import Cell, Column, Standing
from pilotdesk.review.desk.records import Conclusion
from pilotdesk.ui.components.choice import paint_mark
from pilotdesk.ui.desk.table_model import COLUMNS, Index
from pilotdesk.ui.look.theme import tone_token

if TYPE_CHECKING:
    from PySide6.QtGui import QFont

    from pilotdesk.review.desk.records import DeskRow
    from pilotdesk.ui.desk.table_model import SubmissionModel
    from pilotdesk.ui.look.theme import Look
    from pilotdesk.ui.look.tokens import Tone

PAD: Final = 9
"""Between border and text of a cell, px at 标准."""
TICK_PX: Final = 18
SYMBOL_PX: Final = 15
GAP: Final = 5

TONES: Final[dict[Standing, Tone]] = {
    Standing.GOOD: "ok",
    Standing.DOUBT: "warn",
    Standing.WRONG: "error",
}
_BESIDE_TICK: Final = {
    Standing.WRONG: ("alert-circle-filled", "error"),
    Standing.DOUBT: ("alert-triangle-filled", "warn"),
}
CONCLUSION_SYMBOLS: Final = {
    Conclusion.UNSEEN: ("circle", "text2"),
    Conclusion.REVIEWING: ("circle-half", "primary"),
    Conclusion.PASSED: ("circle-check-filled", "ok"),
    Conclusion.RETURNED: ("arrow-back-up", "error"),
    Conclusion.REFUSED: ("circle-x", "error"),
}


class SubmissionDelegate(QStyledItemDelegate):
    """Cells of the desk's table.

    Args:
        look: the theme in force.
        model: has the cells.
        view: that they stand in.
    """

    def __init__(self, look: Look, model: SubmissionModel, view: QTableView) -> None:
        super().__init__(view)
        self._look = look
        self._model = model
        self._view = view
        self._fonts: dict[str, QFont] = {}
        self._metrics: dict[str, QFontMetrics] = {}
        self.measure()
        look.changed.connect(self.measure)

    def measure(self) -> None:
        """The type size changed."""
        self._fonts = {"small": self._look.font("small"), "tiny": self._look.font("tiny", 500)}
        self._metrics = {role: QFontMetrics(font) for role, font in self._fonts.items()}

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Qt: one cell. All drawn here, because a selection colour would hide how things stand."""
        box: QRect = option.rect  # type: ignore[attr-defined]  # the stubs lack the fields of style options
        state: QStyle.StateFlag = option.state  # type: ignore[attr-defined]
        row, column = self._model.row(index.row()), COLUMNS[index.column()]
        cell = self._model.cell(index.row(), column)
        selected = bool(state & QStyle.StateFlag.State_Selected)
        painter.save()
        self._paint_ground(painter, box, index.row(), cell, selected=selected)
        if column is Column.PICK:
            self._paint_tick(painter, box, row, cell)
        else:
            inside = box.adjusted(self._look.scaled(PAD), 0, -self._look.scaled(PAD), 0)
            inside = self._paint_symbols(painter, inside, row, column, cell)
            self._paint_text(painter, inside, index, cell)
        painter.fillRect(QRect(box.right(), box.top(), 1, box.height()), self._look.color("line"))
        painter.fillRect(QRect(box.left(), box.bottom(), box.width(), 1), self._look.color("line"))
        if selected:
            self._paint_frame(painter, box, is_first=self._is_first(index.column()))
        painter.restore()

    def _paint_ground(self, painter: QPainter, box: QRect, at: int, cell: Cell, *, selected: bool) -> None:
        look, tone = self._look, TONES.get(cell.standing)
        plain = "sel" if selected else "zebra" if at % 2 else "surface"
        painter.fillRect(box, look.color(tone_token(tone, "bg") if tone else plain))
        if tone and look.theme.palette.outlined:  # tints are black there
            painter.setPen(QPen(look.color(tone_token(tone, "line")), 1))
            painter.drawRect(box.adjusted(2, 2, -4, -4))

    def _paint_frame(self, painter: QPainter, box: QRect, *, is_first: bool) -> None:
        look = self._look
        wide = 2 if self._view.hasFocus() else 1
        token = "focus" if wide == 2 else "primary"
        painter.fillRect(QRect(box.left(), box.top(), box.width(), wide), look.color(token))
        painter.fillRect(QRect(box.left(), box.bottom() + 1 - wide, box.width(), wide), look.color(token))
        if is_first:
            painter.fillRect(QRect(box.left(), box.top(), 3, box.height()), look.color(token))

    def _is_first(self, at: int) -> bool:
        return not any(not self._view.isColumnHidden(before) for before in range(at))

    def _paint_tick(self, painter: QPainter, box: QRect, row: DeskRow, cell: Cell) -> None:
        look, symbol = self._look, _BESIDE_TICK.get(cell.standing)
        side, room = look.scaled(TICK_PX), look.scaled(SYMBOL_PX + 3) if symbol else 0
        left = box.left() + (box.width() - side - room) // 2
        mark = QRectF(left, box.top() + (box.height() - side) / 2, side, side)
        paint_mark(painter, look, mark, "tick", checked=row.picked, enabled=self._model.takes_ticks)
        if symbol:
            self._paint_symbol(painter, box, left + side + look.scaled(3), *symbol)

    def _paint_symbol(self, painter: QPainter, box: QRect, left: int, name: str, token: str) -> None:
        side = self._look.scaled(SYMBOL_PX)
        picture = self._look.pixmap(name, token, SYMBOL_PX, painter.device().devicePixelRatioF())
        painter.drawPixmap(left, box.top() + (box.height() - side) // 2, picture)

    def _paint_symbols(
        self, painter: QPainter, box: QRect, row: DeskRow, column: Column, cell: Cell
    ) -> QRect:
        """Symbols and marks of a cell; returns the room that is left for its text."""
        room = self._look.scaled(SYMBOL_PX + GAP)
        if column is Column.CONCLUSION:
            self._paint_symbol(painter, box, box.left(), *CONCLUSION_SYMBOLS[row.conclusion])
            return box.adjusted(room, 0, 0, 0)
        if column is Column.CREDIT and cell.standing is Standing.DOUBT:
            self._paint_symbol(painter, box, box.left(), "alert-triangle-filled", "warn")
            return box.adjusted(room, 0, 0, 0)
        if column is Column.FIELD and self._model.words.others(row):
            self._paint_symbol(painter, box, box.right() + 1 - self._look.scaled(SYMBOL_PX), "bulb", "hint")
            return box.adjusted(0, 0, -room, 0)
        if column is Column.TITLE:
            for word in self._marks(row):
                box = self._paint_mark(painter, box, word)
        return box

    def _marks(self, row: DeskRow) -> list[str]:
        again = [f"第 {row.handed} 次"] if row.handed > 1 else []
        return [*(["练习"] if row.practice else []), *again]

    def _paint_mark(self, painter: QPainter, box: QRect, word: str) -> QRect:
        """A small rounded mark at the right end; returns the room that is left."""
        look = self._look
        width = self._metrics["tiny"].horizontalAdvance(word) + look.scaled(12)
        high = look.scaled(20)
        mark = QRect(box.right() + 1 - width, box.top() + (box.height() - high) // 2, width, high)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(look.color("primary_line"), 1))
        painter.setBrush(look.color("primary_bg"))
        painter.drawRoundedRect(QRectF(mark).adjusted(0.5, 0.5, -0.5, -0.5), high / 2, high / 2)
        painter.setPen(look.color("primary"))
        painter.setFont(self._fonts["tiny"])
        painter.drawText(mark, Qt.AlignmentFlag.AlignCenter, word)
        return box.adjusted(0, 0, -width - look.scaled(GAP), 0)

    def _paint_text(self, painter: QPainter, box: QRect, index: Index, cell: Cell) -> None:
        tone = TONES.get(cell.standing)
        painter.setFont(self._fonts["small"])
        painter.setPen(self._look.color(tone_token(tone) if tone else "text"))
        shown = self._metrics["small"].elidedText(cell.text, Qt.TextElideMode.ElideRight, box.width())
        along = self._model.data(index, Qt.ItemDataRole.TextAlignmentRole)
        painter.drawText(box, along, shown)  # type: ignore[call-overload]  # alignment is what the model gives
