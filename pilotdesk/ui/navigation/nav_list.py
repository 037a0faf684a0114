"""The list of steps: symbol of the state, number, name, count of issues; drawn by a delegate."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from pilotdesk.record import Record
from pilotdesk.ui.look.plain_text import plain_tip
from pilotdesk.ui.look.tokens import RAIL_WIDTH

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pilotdesk.ui.look.theme import Look

Index = QModelIndex | QPersistentModelIndex
CAPTION_PAD: Final = 9
"""Above and below the words of a caption together, px at 标准."""
CAPTION_EM: Final = 1.4
RAIL_CHARS: Final = 4
"""Characters of a caption on one line of the rail."""


class NavEntry(Record, frozen=True):
    """One line.

    Attributes:
        name: of the page it opens.
        number: ``一`` … ``十三``, empty for the cover and the pages at the foot.
        rail: what the rail shows in place of number and label.
        icon, color: symbol and token of the state.
        count, count_color: open issues, 0 shows nothing.
        tooltip: the state in words; also part of the accessible text.
        caption: what stands over the line: the document that begins here; empty for none.
    """

    name: str
    number: str
    label: str
    rail: str
    icon: str
    color: str = "text2"
    count: int = 0
    count_color: str = "error"
    tooltip: str = ""
    caption: str = ""

    @property
    def spoken(self) -> str:
        """What a screen reader says."""
        said = (self.caption, f"{self.number} {self.label}".strip(), self.tooltip)
        return "，".join(part for part in said if part)


class NavModel(QAbstractListModel):
    """The entries as a model."""

    def __init__(self) -> None:
        super().__init__()
        self.entries: tuple[NavEntry, ...] = ()
        self.current = ""

    def set_entries(self, entries: Sequence[NavEntry]) -> None:
        """Show other entries; lines stay where they are when the names are the same."""
        fresh = tuple(entries)
        if [entry.name for entry in fresh] == [entry.name for entry in self.entries]:
            self.entries = fresh
            self.dataChanged.emit(self.index(0), self.index(max(0, len(fresh) - 1)))
            return
        self.beginResetModel()
        self.entries = fresh
        self.endResetModel()

    def set_current(self, name: str) -> None:
        """Mark the page that is shown."""
        self.current = name
        if self.entries:
            self.dataChanged.emit(self.index(0), self.index(len(self.entries) - 1))

    def row_of(self, name: str) -> int:
        """The line of a page; -1 when it is not listed."""
        return next((at for at, entry in enumerate(self.entries) if entry.name == name), -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own default
        """Qt: number of lines."""
        return 0 if parent.isValid() else len(self.entries)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Qt: words for screen readers and tooltips; the delegate reads the entries."""
        entry = self.entries[index.row()]
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return entry.spoken
        return plain_tip(entry.tooltip) or None if role == Qt.ItemDataRole.ToolTipRole else None


class NavDelegate(QStyledItemDelegate):
    """Draws one line, full or as a rail."""

    def __init__(self, look: Look, model: NavModel) -> None:
        super().__init__()
        self._look = look
        self._model = model
        self.rail = False

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Qt: height by the type size, with the caption."""
        return QSize(RAIL_WIDTH, self.height(self._model.entries[index.row()]))

    def height(self, entry: NavEntry) -> int:
        """Height of a line and of the caption over it, px."""
        return self._look.metric("step_item") + self._caption_height(entry)

    def _caption_height(self, entry: NavEntry) -> int:
        if not entry.caption:
            return 0
        lines = len(_caption_lines(entry.caption)) if self.rail else 1
        return self._look.scaled(CAPTION_PAD) + lines * round(self._look.px("tiny") * CAPTION_EM)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Qt: ground, bar, symbol, words, count."""
        look, entry = self._look, self._model.entries[index.row()]
        box: QRect = option.rect  # type: ignore[attr-defined]
        state: QStyle.StateFlag = option.state  # type: ignore[attr-defined]
        current = entry.name == self._model.current
        painter.save()
        if entry.caption:
            above = self._caption_height(entry)
            self._paint_caption(painter, QRect(box.topLeft(), QSize(box.width(), above)), entry.caption)
            box = box.adjusted(0, above, 0, 0)
        if current:
            painter.fillRect(box, look.color("sel"))
            painter.fillRect(QRect(box.left(), box.top(), 3, box.height()), look.color("primary"))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(box, look.color("sunken"))
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(look.color("focus"), 2))
            painter.drawRect(box.adjusted(1, 1, -1, -1))
        side = look.scaled(17)
        left = box.left() + look.scaled(8 if self.rail else 13)
        top = box.top() + (box.height() - side) // 2
        ratio = option.widget.devicePixelRatioF()  # type: ignore[attr-defined]
        token = "primary" if current and not entry.count and entry.color == "text2" else entry.color
        painter.drawPixmap(left, top, look.pixmap(entry.icon, token, 17, ratio))
        self._paint_words(painter, box, entry, current=current)
        painter.restore()

    def _paint_caption(self, painter: QPainter, box: QRect, caption: str) -> None:
        look = self._look
        painter.setPen(QPen(look.color("line"), 1))
        if box.top() > 0:
            painter.drawLine(box.topLeft(), box.topRight())
        painter.setPen(look.color("text2"))
        painter.setFont(look.font("tiny", 500))
        inside = box.adjusted(0 if self.rail else look.scaled(14), look.scaled(5), 0, 0)
        side = Qt.AlignmentFlag.AlignHCenter if self.rail else Qt.AlignmentFlag.AlignLeft
        text = "\n".join(_caption_lines(caption)) if self.rail else caption
        painter.drawText(inside, side | Qt.AlignmentFlag.AlignVCenter, text)

    def _paint_words(self, painter: QPainter, box: QRect, entry: NavEntry, *, current: bool) -> None:
        look = self._look
        painter.setPen(look.color("primary" if current else "text"))
        font = look.font("body" if not self.rail else "small", 700 if current else 400)
        painter.setFont(font)
        middle = Qt.AlignmentFlag.AlignVCenter
        if self.rail:
            # So far left that 十三 in bold is not cut at the edge of the rail.
            painter.drawText(box.adjusted(look.scaled(32), 0, 0, 0), middle, entry.rail)
            return
        if entry.number:
            number = QRect(box.left() + look.scaled(31), box.top(), look.scaled(34), box.height())
            painter.drawText(number, middle | Qt.AlignmentFlag.AlignHCenter, entry.number)
        numbered = entry.number or entry.rail != entry.label
        left = look.scaled(67) if numbered else look.scaled(38)
        right = look.scaled(13)
        if entry.count:
            count = str(entry.count)
            strong = look.font("small", 700)
            right += QFontMetrics(strong).horizontalAdvance(count) + look.scaled(6)
        room = box.adjusted(left, 0, -right, 0)
        words = QFontMetrics(font).elidedText(entry.label, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, middle, words)
        if entry.count:
            painter.setFont(strong)
            painter.setPen(look.color(entry.count_color))
            end = box.adjusted(0, 0, -look.scaled(13), 0)
            painter.drawText(end, middle | Qt.AlignmentFlag.AlignRight, count)


def _caption_lines(caption: str) -> list[str]:
    """A caption in pieces that are narrow enough for the rail."""
    return [caption[at : at + RAIL_CHARS] for at in range(0, len(caption), RAIL_CHARS)]


class NavList(QListView):
    """A list whose lines open pages; click, Enter and Space open, arrows only move.

    Signals:
        chosen: the name of the page to open.
    """

    chosen = Signal(str)

    def __init__(self, look: Look, name: str, *, fixed: bool = False) -> None:
        super().__init__()
        self._look = look
        self._fixed = fixed
        self.entries_model = NavModel()
        self.delegate = NavDelegate(look, self.entries_model)
        self.setModel(self.entries_model)
        self.setItemDelegate(self.delegate)
        self.setAccessibleName(name)
        self.setProperty("ground", "side")
        self.setMouseTracking(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        if fixed:
            self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.clicked.connect(self._on_clicked)
        look.changed.connect(self._on_look_changed)

    def sizeHint(self) -> QSize:
        """Qt: as high as its lines."""
        entries = self.entries_model.entries
        high = sum(map(self.delegate.height, entries)) if entries else self._look.metric("step_item")
        return QSize(RAIL_WIDTH, high)

    def set_entries(self, entries: Sequence[NavEntry]) -> None:
        """Show other entries."""
        self.entries_model.set_entries(entries)
        self.updateGeometry()

    def set_rail(self, rail: bool) -> None:
        """Draw as a rail or in full."""
        if rail == self.delegate.rail:
            return
        self.delegate.rail = rail
        policy = Qt.ScrollBarPolicy.ScrollBarAlwaysOff if rail else Qt.ScrollBarPolicy.ScrollBarAsNeeded
        self.setVerticalScrollBarPolicy(policy)
        self.scheduleDelayedItemsLayout()
        self.viewport().update()

    def show_current(self, name: str) -> None:
        """Mark the page that is shown and keep its line in view."""
        self.entries_model.set_current(name)
        row = self.entries_model.row_of(name)
        if row >= 0:
            self.setCurrentIndex(self.entries_model.index(row))
            self.scrollTo(self.entries_model.index(row))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt: Enter and Space open the line."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}:
            self._on_clicked(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def _on_clicked(self, index: QModelIndex) -> None:
        if index.isValid():
            self.chosen.emit(self.entries_model.entries[index.row()].name)

    def _on_look_changed(self) -> None:
        self.scheduleDelayedItemsLayout()
        self.updateGeometry()
