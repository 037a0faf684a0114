"""The timeline of a history: one entry a sitting, the newest on top; named versions and exports stand out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from pilotdesk.ui.versions.history_words import came_words, marks_of, time_words

if TYPE_CHECKING:
    from datetime import date

    from pilotdesk.drafts.history import Past, Sitting
    from pilotdesk.ui.look.theme import Look
    from pilotdesk.ui.look.tokens import Role

Index = QModelIndex | QPersistentModelIndex
PAD: Final = 10


class SittingModel(QAbstractListModel):
    """The sittings of a draft, or of one of its fields; ``sittings`` are they, the newest first."""

    def __init__(self, today: date) -> None:
        super().__init__()
        self._today = today
        self._past: Past | None = None
        self.sittings: tuple[Sitting, ...] = ()

    def show(self, past: Past, field: str) -> None:
        """Show what there is; of one field only, where one is named."""
        self.beginResetModel()
        self._past = past
        self.sittings = past.sittings(field)[::-1]
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own default
        """Qt: number of sittings."""
        return 0 if parent.isValid() else len(self.sittings)

    def lines(self, row: int) -> tuple[str, str, str]:
        """Name of the version, when, and how; the first one is empty where nobody gave a name."""
        sitting = self.sittings[row]
        names, exported = marks_of(self._past, sitting) if self._past is not None else ("", "")
        return (
            names,
            time_words(sitting, self._today),
            " · ".join(filter(None, (came_words(sitting), exported))),
        )

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Qt: the lines, as a screen reader says them."""
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return "，".join(filter(None, self.lines(index.row())))
        return None


class SittingDelegate(QStyledItemDelegate):
    """Paints a sitting: its name in bold, when, and below it how, who and how much."""

    def __init__(self, look: Look, model: SittingModel) -> None:
        super().__init__()
        self._look = look
        self._model = model

    def _styled(self, row: int) -> list[tuple[str, Role, int, str]]:
        name, when, how = self._model.lines(row)
        first: list[tuple[str, Role, int, str]] = [(name, "body", 700, "primary")] if name else []
        return [*first, (when, "body", 400, "text"), (how, "small", 400, "text2")]

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Qt: as high as its lines; as wide as the list."""
        look = self._look
        high = sum(
            QFontMetrics(look.font(role, weight)).height() for _, role, weight, _ in self._styled(index.row())
        )
        return QSize(1, high + look.scaled(PAD))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Qt: ground and lines."""
        look = self._look
        box: QRect = option.rect  # type: ignore[attr-defined]  # missing in the stubs
        state: QStyle.StateFlag = option.state  # type: ignore[attr-defined]
        painter.save()
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(box, look.color("sel"))
        if look.theme.palette.outlined and state & QStyle.StateFlag.State_Selected:
            painter.setPen(look.color("primary"))
            painter.drawRect(box.adjusted(0, 0, -1, -1))
        top = box.top() + look.scaled(PAD) // 2
        for text, role, weight, color in self._styled(index.row()):
            font = look.font(role, weight)
            metrics = QFontMetrics(font)
            room = box.width() - 2 * look.scaled(PAD)
            painter.setFont(font)
            painter.setPen(look.color(color))
            shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)
            painter.drawText(box.left() + look.scaled(PAD), top + metrics.ascent(), shown)
            top += metrics.height()
        painter.setPen(look.color("line"))
        painter.drawLine(box.bottomLeft(), box.bottomRight())
        painter.restore()


class SittingList(QListView):
    """The list itself."""

    def __init__(self, look: Look, today: date) -> None:
        super().__init__()
        self.sittings = SittingModel(today)
        self._delegate = SittingDelegate(look, self.sittings)
        self.setModel(self.sittings)
        self.setItemDelegate(self._delegate)
        self.setAccessibleName("历史，最近的在最上面")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def select(self, row: int) -> None:
        """Make a row the current one."""
        self.setCurrentIndex(self.sittings.index(row))

    def current(self) -> Sitting | None:
        """The sitting that is chosen; ``None`` where there is none."""
        at = self.currentIndex().row()
        return self.sittings.sittings[at] if 0 <= at < len(self.sittings.sittings) else None
