"""The view of the desk's table: one line is looked at, and every key does what it says without an input method."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFontMetrics, QGuiApplication, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QScrollBar, QTableView

from pilotdesk.review.desk.cells import Column
from pilotdesk.ui.desk.table_delegate import GAP, PAD, SYMBOL_PX, TICK_PX, SubmissionDelegate
from pilotdesk.ui.desk.table_head import SubmissionHead
from pilotdesk.ui.desk.table_model import COLUMNS
from pilotdesk.ui.desk.table_widths import LEAST_TITLE, UNIT_ACROSS, widths, widths_across

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent, QWheelEvent

    from pilotdesk.ui.desk.table_columns import ColumnChoice
    from pilotdesk.ui.desk.table_model import Index, SubmissionModel
    from pilotdesk.ui.look.theme import Look

_SAMPLES: Final = {
    Column.RANK: "00",
    Column.NUMBER: "0000",
    Column.REGION: "湖南省衡阳市耒阳市",
    Column.FIELD: "基本公共服务",
    Column.DIRECTION: "政务服务、城市治理",
    Column.COMPLETE: "000/000",
    Column.MUST: "000",
    Column.ASK: "000",
    Column.AGREEMENT: ".pilot 旧版",
    Column.ATTACHMENTS: "10，缺 10",
    Column.CREDIT: "12月30日",
    Column.VERSION: "第 10 版，旧",
    Column.SOURCE: "别的 Word 文件",
    Column.HANDED: "第 2 次 · 12月30日",
    Column.CONCLUSION: "审核中",
}
"""The longest of what usually stands in a column."""

_WITH_SYMBOL: Final = frozenset({Column.FIELD, Column.CREDIT, Column.CONCLUSION})
_STEPS: Final = {Qt.Key.Key_J: 1, Qt.Key.Key_Down: 1, Qt.Key.Key_K: -1, Qt.Key.Key_Up: -1}
_ACROSS: Final = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
_ENTER: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_FAR: Final = 1_000_000
LOW_LINE: Final = 26
LEAST_LINE: Final = 28
"""Height of a line in a low window, px at 标准, and the least that can be clicked."""


class SubmissionView(QTableView):
    """The lines.

    Signals:
        looked_at: another line is the current one; with its place, -1 for none.
        ticked: the tick of the line at a place is to be turned.
        moved: the current pick is to go up (-1) or down (1) in the ranking.
        chosen: the current line is to be opened.
        menu_wanted: with the place of the menu, in px of the screen.
        fitted: other columns have room.

    Attributes:
        columns: which ones are chosen. across: goes through those that have no room beside the fixed ones.
    """

    looked_at = Signal(int)
    ticked = Signal(int)
    moved = Signal(int)
    chosen = Signal()
    menu_wanted = Signal(QPoint)
    fitted = Signal()

    def __init__(self, look: Look, model: SubmissionModel, columns: ColumnChoice) -> None:
        super().__init__()
        self._look = look
        self.columns = columns
        self.shows_ranks = False
        self._is_low = False
        self.across = QScrollBar(Qt.Orientation.Horizontal)
        self.across.setToolTip("表里还有别的列：← →")
        self.across.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.across.hide()
        self.setModel(model)
        self.delegate = SubmissionDelegate(look, model, self)
        self.setItemDelegate(self.delegate)
        self.head = SubmissionHead(look, model, self)
        self.setHorizontalHeader(self.head)
        self._set_up()
        self.clicked.connect(self._on_clicked)
        self.doubleClicked.connect(self._on_double_clicked)
        self.across.valueChanged.connect(self.fit)
        columns.changed.connect(self._show_column)
        look.changed.connect(self.fit)
        self.fit()

    def _set_up(self) -> None:
        self.setAccessibleName("报来的材料")
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setTabKeyNavigation(False)
        # It would bring back the line that is looked at while one scrolls elsewhere.
        self.setAutoScroll(False)
        self.setWordWrap(False)
        self.setShowGrid(False)  # the cells draw it, so that the frame of a line is not cut by it
        self.setCornerButtonEnabled(False)
        # An input method would swallow J, K and the digits.
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        beside = self.verticalHeader()
        beside.hide()
        beside.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)

    # -- heights ---------------------------------------------------------------------------------

    @property
    def line_height(self) -> int:
        """Of a line, px: in a low window as little as its words and a finger need."""
        return (
            max(LEAST_LINE, self._look.scaled(LOW_LINE)) if self._is_low else self._look.metric("table_row")
        )

    def set_low(self, is_low: bool) -> None:
        """Fit to a window that has little height."""
        if is_low != self._is_low:
            self._is_low = is_low
            self.fit()

    # -- widths ----------------------------------------------------------------------------------

    def fit(self) -> None:
        """Give the columns their widths, and hide those that have no room."""
        self.verticalHeader().setDefaultSectionSize(self.line_height)
        shown = self._widths()
        before = self.hidden()
        for at, column in enumerate(COLUMNS):
            self.setColumnHidden(at, column not in shown)
            if column in shown:
                self.setColumnWidth(at, shown[column])
        self.head.setFixedHeight(self.line_height)
        self.viewport().update()
        if self.hidden() != before:
            self.fitted.emit()

    @property
    def wanted(self) -> frozenset[Column]:
        """Columns that are chosen, with that of the ranks only while there is one."""
        return self.columns.chosen - (frozenset() if self.shows_ranks else {Column.RANK})

    def hidden(self) -> tuple[Column, ...]:
        """Columns that have no room, and that one cannot go to either."""
        wanted = self.wanted if self.columns.is_usual else frozenset[Column]()
        return tuple(one for at, one in enumerate(COLUMNS) if one in wanted and self.isColumnHidden(at))

    def _widths(self) -> Mapping[Column, int]:
        """Of the usual columns some are given up; through those that somebody chose one can go."""
        room, needed, scale = self.viewport().width(), self._needed(), self._look.scaled(100) / 100
        if self.columns.is_usual:
            self._set_across(0, 0)
            return widths(room, needed, scale)
        long = {Column.TITLE: round(LEAST_TITLE * scale), Column.UNIT: round(UNIT_ACROSS * scale)}
        needed |= {column: px for column, px in long.items() if column in self.wanted}
        fitted = widths_across(room, needed, self.across.value())
        self._set_across(fitted.first, fitted.most)
        return fitted.widths

    def _set_across(self, first: int, most: int) -> None:
        across = self.across
        was_blocked = across.blockSignals(True)
        across.setRange(0, most)
        across.setPageStep(1)
        across.setValue(first)
        across.blockSignals(was_blocked)
        across.setVisible(most > 0)

    def _show_column(self, column: Column | None) -> None:
        """The choice is another one; the column that came is brought into view."""
        self.fit()
        while column is not None and self.isColumnHidden(COLUMNS.index(column)):
            before = self.across.value()
            self.across.setValue(before + 1)
            if self.across.value() == before:
                break

    def _needed(self) -> dict[Column, int]:
        look = self._look
        pads, symbol = 2 * look.scaled(PAD) + 2, look.scaled(SYMBOL_PX + GAP)
        heading, text = QFontMetrics(look.font("small", 700)), QFontMetrics(look.font("small"))
        needed = {
            column: pads
            + max(
                heading.horizontalAdvance(column.value),
                text.horizontalAdvance(sample) + (symbol if column in _WITH_SYMBOL else 0),
            )
            for column, sample in _SAMPLES.items()
        }
        tick = look.scaled(TICK_PX + SYMBOL_PX + 3 + 10)
        needed[Column.PICK] = max(tick, heading.horizontalAdvance(Column.PICK.value) + pads)
        return {column: px for column, px in needed.items() if column in self.wanted}

    # -- moving ----------------------------------------------------------------------------------

    def step(self, by: int) -> None:
        """Look at another line; the first one when none was looked at."""
        last = self.model().rowCount() - 1
        here = self.currentIndex()
        if last >= 0:
            to = max(0, min(last, here.row() + by)) if here.isValid() else 0
            self.show_line(to)

    def show_line(self, at: int, *, scrolls: bool = True) -> None:
        """Look at the line at a place, -1 for none; ``scrolls``: bring it into view."""
        if at < 0:
            self.clearSelection()
            self.setCurrentIndex(self.model().index(-1, -1))
            return
        index = self.model().index(at, COLUMNS.index(Column.TITLE))
        self.setCurrentIndex(index)
        if scrolls:
            self.scrollTo(index)

    # -- Qt --------------------------------------------------------------------------------------

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Qt: tell that another line is looked at."""
        super().currentChanged(current, previous)
        if current.row() != previous.row():
            self.looked_at.emit(current.row() if current.isValid() else -1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt: the columns share the new width; the line that is looked at stays in view."""
        here = self.currentIndex()
        was_seen = here.isValid() and self.visualRect(here).top() < event.oldSize().height()
        super().resizeEvent(event)
        self.fit()
        if was_seen:
            self.scrollTo(here)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Qt: the frame of the line is bold."""
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Qt: the frame of the line is thin."""
        super().focusOutEvent(event)
        self.viewport().update()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Qt: asked for by key, the menu opens at the line that is looked at."""
        by_key = event.reason() is QContextMenuEvent.Reason.Keyboard
        corner = self.visualRect(self.currentIndex()).bottomLeft()
        self.menu_wanted.emit(self.viewport().mapToGlobal(corner) if by_key else event.globalPos())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt: the table's own keys; everything else is the page's."""
        key, modifiers = Qt.Key(event.key()), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        here = self.currentIndex()
        is_plain = modifiers == Qt.KeyboardModifier.NoModifier
        if modifiers == Qt.KeyboardModifier.AltModifier and key in {Qt.Key.Key_Up, Qt.Key.Key_Down}:
            self.moved.emit(_STEPS[key])
        elif event.matches(QKeySequence.StandardKey.Copy) and here.isValid():
            self._copy(here.row())
        elif not is_plain:
            event.ignore()
        elif key in _STEPS:
            self.step(_STEPS[key])
        elif key in {Qt.Key.Key_Home, Qt.Key.Key_End}:
            self.step(_FAR if key == Qt.Key.Key_End else -_FAR)
        elif key in {Qt.Key.Key_PageUp, Qt.Key.Key_PageDown}:
            page = max(1, self.viewport().height() // self.line_height - 1)
            self.step(page if key == Qt.Key.Key_PageDown else -page)
        elif key == Qt.Key.Key_Space and here.isValid():
            self.ticked.emit(here.row())
        elif key in _ACROSS and self.across.maximum():
            self.across.setValue(self.across.value() + _ACROSS[key])
        elif key in _ENTER and here.isValid():
            self.chosen.emit()
        else:
            event.ignore()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Qt: sideways, or with Shift, through the columns."""
        turned, by_key = event.angleDelta(), event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        along = turned.x() or (turned.y() if by_key else 0)
        if along and self.across.maximum():
            self.across.setValue(self.across.value() + (-1 if along > 0 else 1))
        else:
            super().wheelEvent(event)

    def _copy(self, row: int) -> None:
        """The line as a spreadsheet takes it."""
        shown = [
            at
            for at, column in enumerate(COLUMNS)
            if column is not Column.PICK and not self.isColumnHidden(at)
        ]
        cells = [str(self.model().index(row, at).data()) for at in shown]
        QGuiApplication.clipboard().setText("\t".join(cells))

    def _on_clicked(self, index: Index) -> None:
        if COLUMNS[index.column()] is Column.PICK:
            self.ticked.emit(index.row())

    def _on_double_clicked(self, index: Index) -> None:
        if COLUMNS[index.column()] is not Column.PICK:
            self.chosen.emit()
