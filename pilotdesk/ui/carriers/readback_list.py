"""The list of what was changed in a Word file: parts, changes with a tick each, and what can only be read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from pilotdesk.record import Record
from pilotdesk.ui.carriers.readback_words import Change, flags, short_words
from pilotdesk.ui.components.choice import paint_mark

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from pilotdesk.ui.look.theme import Look

Index = QModelIndex | QPersistentModelIndex
PAD: Final = 8
MARK: Final = 18
AREA: Final = 34
"""Width of the place of the tick, px at 标准; a click there ticks."""


class Line(Record, frozen=True):
    """One line of the list.

    Attributes:
        title: of a part or of what was found. remark: below it; empty for none.
        change: what a tick takes over; ``None`` for all others. part: the part of the form it is in.
        text: of a note: all of it. head: whether it is the head of a part.
    """

    title: str
    remark: str = ""
    change: Change | None = None
    part: str = ""
    text: str = ""
    head: bool = False


class ChangeModel(QAbstractListModel):
    """The lines; ``lines`` are they, ``ticked`` the rows with a tick."""

    def __init__(self, lines: Sequence[Line]) -> None:
        super().__init__()
        self.lines = tuple(lines)
        self.ticked: set[int] = set()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own default
        """Qt: number of lines."""
        return 0 if parent.isValid() else len(self.lines)

    def can_tick(self, row: int) -> bool:
        """Whether a line can be taken over."""
        change = self.lines[row].change
        return change is not None and change.adoptable

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Qt: heads cannot be chosen."""
        if self.lines[index.row()].head:
            return Qt.ItemFlag.NoItemFlags
        found = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return found | Qt.ItemFlag.ItemIsUserCheckable if self.can_tick(index.row()) else found

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Qt: the line as a screen reader says it, and its tick."""
        row, line = index.row(), self.lines[index.row()]
        if role == Qt.ItemDataRole.CheckStateRole and self.can_tick(row):
            return Qt.CheckState.Checked if row in self.ticked else Qt.CheckState.Unchecked
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            state = ("已选" if row in self.ticked else "没选") if self.can_tick(row) else ""
            mark = flags(line.change) if line.change is not None else ""
            return "，".join(filter(None, (state, line.title, mark, line.remark)))
        return None

    def tick(self, rows: Collection[int], *, ticked: bool) -> None:
        """Put a tick at lines, or take it away."""
        wanted = {row for row in rows if self.can_tick(row)}
        self.ticked = self.ticked | wanted if ticked else self.ticked - wanted
        if self.lines:
            self.dataChanged.emit(self.index(0), self.index(len(self.lines) - 1))

    def chosen(self) -> tuple[Change, ...]:
        """The changes with a tick, in their order."""
        found = (line.change for row, line in enumerate(self.lines) if row in self.ticked)
        return tuple(change for change in found if change is not None)


class _Delegate(QStyledItemDelegate):
    """Paints heads small and bold, changes with a tick and two lines."""

    def __init__(self, look: Look, model: ChangeModel) -> None:
        super().__init__()
        self._look = look
        self._model = model

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Qt: as high as its lines; as wide as the list."""
        look, line = self._look, self._model.lines[index.row()]
        high = QFontMetrics(look.font("body")).height() if not line.head else 0
        if line.remark or line.head:
            high += QFontMetrics(look.font("small")).height()
        return QSize(1, high + look.scaled(PAD))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Qt: ground, tick and lines."""
        look, row = self._look, index.row()
        line = self._model.lines[row]
        box: QRect = option.rect  # type: ignore[attr-defined]  # missing in the stubs
        state: QStyle.StateFlag = option.state  # type: ignore[attr-defined]
        painter.save()
        if line.head:
            painter.fillRect(box, look.color("sunken"))
        elif state & QStyle.StateFlag.State_Selected:
            painter.fillRect(box, look.color("sel"))
            if look.theme.palette.outlined:
                painter.setPen(look.color("primary"))
                painter.drawRect(box.adjusted(0, 0, -1, -1))
        if self._model.can_tick(row):
            side = look.scaled(MARK)
            place = QRectF(box.left() + look.scaled(PAD), box.top() + (box.height() - side) / 2, side, side)
            paint_mark(painter, look, place, "tick", checked=row in self._model.ticked)
        self._write(painter, box, line)
        painter.setPen(look.color("line"))
        painter.drawLine(box.bottomLeft(), box.bottomRight())
        painter.restore()

    def _write(self, painter: QPainter, box: QRect, line: Line) -> None:
        look = self._look
        left = box.left() + look.scaled(PAD if line.head or line.change is None else AREA)
        top = box.top() + look.scaled(PAD) // 2
        mark = flags(line.change) if line.change is not None else ""
        for text, role, weight, color in (
            (line.title, "small" if line.head else "body", 700 if line.head else 500, "text"),
            (f"▲ {mark}　{line.remark}" if mark else line.remark, "small", 400, "warn" if mark else "text2"),
        ):
            font = look.font(role, weight)  # type: ignore[arg-type]
            metrics = QFontMetrics(font)
            painter.setFont(font)
            painter.setPen(look.color(color))
            room = box.right() - left - look.scaled(PAD)
            shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)
            painter.drawText(left, top + metrics.ascent(), shown)
            top += metrics.height()


class ChangeList(QListView):
    """The list itself: ↑ ↓ walk, Space or a click at the mark ticks.

    Signals:
        walked: to a line, by its row. ticked: some tick was set or taken away.
    """

    walked = Signal(int)
    ticked = Signal()

    def __init__(self, look: Look, lines: Sequence[Line]) -> None:
        super().__init__()
        self._look = look
        self.changes = ChangeModel(lines)
        self._delegate = _Delegate(look, self.changes)
        self.setModel(self.changes)
        self.setItemDelegate(self._delegate)
        self.setAccessibleName("Word 里改了什么，空格选")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.changes.dataChanged.connect(self.ticked)
        self.selectionModel().currentChanged.connect(self._on_current)

    def select(self, row: int) -> None:
        """Go to a line."""
        self.setCurrentIndex(self.changes.index(row))

    def _on_current(self, current: QModelIndex) -> None:
        if current.isValid():
            self.walked.emit(current.row())

    def _turn(self, row: int) -> None:
        self.changes.tick({row}, ticked=row not in self.changes.ticked)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt: Space ticks."""
        if event.key() == Qt.Key.Key_Space and self.currentIndex().isValid():
            self._turn(self.currentIndex().row())
            return
        super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Qt: a click at the mark ticks."""
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and event.position().x() < self._look.scaled(AREA):
            self._turn(index.row())

    def changeEvent(self, event: QEvent) -> None:
        """Qt: another type size changes the heights."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self.scheduleDelayedItemsLayout()


def line_of(one: Change, part: str) -> Line:
    """A change as a line."""
    return Line(one.label, short_words(one), one, part)
