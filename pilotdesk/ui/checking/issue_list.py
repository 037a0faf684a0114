"""The list of the check page: groups by severity, solved lines stay for 2 s with a check mark, confirmed ones folded."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from pilotdesk.rules.issue import Severity
from pilotdesk.ui.look.severity import MARKS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pilotdesk.ui.look.severity import Mark
    from pilotdesk.ui.look.theme import Look

Index = QModelIndex | QPersistentModelIndex
GO_WORDS: Final = "去改 ›"
WITHDRAW_WORDS: Final = "收回"
FOLD: Final = "confirmed"
"""Key of the head of the confirmed ones, which can be chosen and folded."""


@dataclass(frozen=True, slots=True)
class IssueRow:
    """One line, or the head of a group when ``key`` is empty.

    Attributes:
        key: ``code@path``; :data:`FOLD`.
        number, title: ``2.2`` and the short sentence; of a head the word of severity.
        place: the step.
        count: of a head, its number of issues. solved: it was open a moment ago.
        reason: with which it was confirmed. folded: of the head of the confirmed ones.
    """

    severity: Severity
    key: str = ""
    number: str = ""
    title: str = ""
    place: str = ""
    count: int = 0
    solved: bool = False
    reason: str = ""
    folded: bool = True

    @property
    def is_head(self) -> bool:
        """Whether it stands over others."""
        return self.key in {"", FOLD}


def grouped(rows: Sequence[IssueRow]) -> list[IssueRow]:
    """Put a head over the lines of each severity, the gravest first."""
    listed: list[IssueRow] = []
    for severity in Severity:
        group = [row for row in rows if row.severity is severity]
        if group:
            open_count = sum(not row.solved for row in group)
            listed += [IssueRow(severity, title=MARKS[severity].word, count=open_count), *group]
    return listed


def folded_up(rows: Sequence[IssueRow], *, folded: bool) -> list[IssueRow]:
    """Put a head over the confirmed lines, and leave them out while they are folded."""
    if not rows:
        return []
    title = f"已核实 {len(rows)} 项"
    head = IssueRow(Severity.WARNING, FOLD, title=title, count=len(rows), folded=folded)
    return [head] if folded else [head, *rows]


class IssueModel(QAbstractListModel):
    """Heads and issues."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[IssueRow] = []

    def set_rows(self, rows: list[IssueRow]) -> None:
        """Show other lines."""
        if rows == self.rows:
            return
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own default
        """Qt: number of lines."""
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Qt: what a screen reader says; the delegate reads the lines."""
        line = self.rows[index.row()]
        if role not in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return None
        if line.key == FOLD:
            return f"{line.title}，{'已折叠' if line.folded else '已展开'}"
        if line.is_head:
            return f"{line.title} {line.count}"
        word = f"已核实：{line.reason}" if line.reason else MARKS[line.severity].word
        return f"{word}，{line.number} {line.title}，{line.place}"

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Qt: heads cannot be chosen."""
        if not self.rows[index.row()].key:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


class IssueDelegate(QStyledItemDelegate):
    """Draws heads tinted, issues in two lines with 去改 at the right."""

    def __init__(self, look: Look, model: IssueModel) -> None:
        super().__init__()
        self._look = look
        self._model = model

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Qt: one or two lines."""
        height = 28 if self._model.rows[index.row()].is_head else 49
        return QSize(200, self._look.scaled(height))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Qt: one line."""
        box: QRect = option.rect  # type: ignore[attr-defined]
        state: QStyle.StateFlag = option.state  # type: ignore[attr-defined]
        line = self._model.rows[index.row()]
        painter.save()
        selected = bool(state & QStyle.StateFlag.State_Selected)
        if line.key == FOLD:
            self._paint_fold(painter, box, line, selected=selected)
        elif line.is_head:
            self._paint_head(painter, box, line)
        else:
            self._paint_issue(painter, box, line, selected=selected)
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(self._look.color("focus"), 2))
            painter.drawRect(box.adjusted(1, 1, -1, -2))
        painter.restore()

    def _paint_fold(self, painter: QPainter, box: QRect, line: IssueRow, *, selected: bool) -> None:
        look = self._look
        painter.fillRect(box, look.color("sel" if selected else "side"))
        icon = "chevron-right" if line.folded else "chevron-down"
        side = look.scaled(17)
        mark = look.pixmap(icon, "text2", 17, _ratio(painter))
        painter.drawPixmap(box.left() + look.scaled(14), box.top() + (box.height() - side) // 2, mark)
        inside = box.adjusted(look.scaled(40), 0, -look.scaled(12), 0)
        painter.setFont(look.font("small", 700))
        painter.setPen(look.color("text"))
        painter.drawText(inside, Qt.AlignmentFlag.AlignVCenter, line.title)
        painter.setFont(look.font("tiny"))
        painter.setPen(look.color("text2"))
        said = "点开可以看说明、收回" if line.folded else "收起"
        painter.drawText(inside, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, said)
        self._rule(painter, box)

    def _paint_head(self, painter: QPainter, box: QRect, line: IssueRow) -> None:
        look, mark = self._look, MARKS[line.severity]
        painter.fillRect(box, look.color(f"{mark.tone}_bg"))
        inside = box.adjusted(look.scaled(14), 0, -look.scaled(12), 0)
        painter.setFont(look.font("small", 700))
        painter.setPen(look.color(mark.tone))
        painter.drawText(inside, Qt.AlignmentFlag.AlignVCenter, f"{line.title}  {line.count}")
        painter.setFont(look.font("tiny"))
        painter.setPen(look.color("text2"))
        painter.drawText(inside, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, mark.remark)
        self._rule(painter, box)

    def _paint_issue(self, painter: QPainter, box: QRect, line: IssueRow, *, selected: bool) -> None:
        look, mark = self._look, MARKS[line.severity]
        painter.fillRect(box, look.color("sel" if selected else "surface"))
        if selected:
            painter.fillRect(QRect(box.left(), box.top(), 3, box.height()), look.color("primary"))
        self._rule(painter, box)
        icon, token, ended, end_token = _marks(line, mark)
        top = box.top() + look.scaled(7)
        painter.drawPixmap(box.left() + look.scaled(14), top, look.pixmap(icon, token, 17, _ratio(painter)))
        go_font = look.font("small")
        go_width = QFontMetrics(go_font).horizontalAdvance(GO_WORDS)
        inside = box.adjusted(look.scaled(40), look.scaled(4), -go_width - look.scaled(24), -look.scaled(4))
        half = inside.height() // 2
        number_font, title_font = look.font("body"), look.font("body", 700 if selected else 500)
        painter.setFont(number_font)
        painter.setPen(look.color("text2"))
        first = QRect(inside.left(), inside.top(), inside.width(), half)
        painter.drawText(first, Qt.AlignmentFlag.AlignVCenter, line.number)
        shift = QFontMetrics(number_font).horizontalAdvance(f"{line.number}  ") if line.number else 0
        words = first.adjusted(shift, 0, 0, 0)
        painter.setFont(title_font)
        painter.setPen(look.color("text2" if line.solved or line.reason else "text"))
        shown = QFontMetrics(title_font).elidedText(line.title, Qt.TextElideMode.ElideRight, words.width())
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, shown)
        painter.setFont(go_font)
        painter.setPen(look.color("text2"))
        below = QRect(inside.left(), inside.top() + half, inside.width(), half)
        second = f"{line.place}　说明：{line.reason}" if line.reason else line.place
        second = QFontMetrics(go_font).elidedText(second, Qt.TextElideMode.ElideRight, below.width())
        painter.drawText(below, Qt.AlignmentFlag.AlignVCenter, second)
        end = box.adjusted(0, 0, -look.scaled(12), 0)
        painter.setPen(look.color(end_token))
        painter.drawText(end, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, ended)

    def _rule(self, painter: QPainter, box: QRect) -> None:
        painter.fillRect(QRect(box.left(), box.bottom(), box.width(), 1), self._look.color("line"))


def _marks(line: IssueRow, mark: Mark) -> tuple[str, str, str, str]:
    """Symbol and its colour, the words at the right end and theirs."""
    if line.solved:
        return "circle-check-filled", "ok", "改好了", "ok"
    if line.reason:
        return "check", "text2", WITHDRAW_WORDS, "primary"
    return mark.icon, mark.tone, GO_WORDS, "primary"


def _ratio(painter: QPainter) -> float:
    return painter.device().devicePixelRatioF()


class IssueList(QListView):
    """Arrows choose an issue, Enter or a click on 去改 goes to it.

    Signals:
        marked: key of the issue now chosen.
        go_requested: key of the issue to go to.
        withdraw_requested: key of the confirmed issue that is to be open again.
        fold_toggled: the head of the confirmed ones was chosen.
    """

    marked = Signal(str)
    go_requested = Signal(str)
    withdraw_requested = Signal(str)
    fold_toggled = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.issues = IssueModel()
        self.setModel(self.issues)
        self._delegate = IssueDelegate(look, self.issues)
        self.setItemDelegate(self._delegate)
        self.setAccessibleName("问题清单")
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.selectionModel().currentChanged.connect(self._on_current)
        self.clicked.connect(self._on_clicked)
        look.changed.connect(self.scheduleDelayedItemsLayout)

    def show_rows(self, rows: list[IssueRow], key: str) -> None:
        """Show lines and keep the chosen one; the first when it is gone."""
        self.issues.set_rows(rows)
        keys = [line.key for line in rows]
        at = keys.index(key) if key and key in keys else next((i for i, each in enumerate(keys) if each), -1)
        if at >= 0:
            self.setCurrentIndex(self.issues.index(at))

    def key(self) -> str:
        """Key of the chosen issue; empty for none."""
        index = self.currentIndex()
        return self.issues.rows[index.row()].key if index.isValid() else ""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt: Enter goes there."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            if self.key() == FOLD:
                self.fold_toggled.emit()
            elif self.key():
                self.go_requested.emit(self.key())
            return
        super().keyPressEvent(event)

    def _on_current(self, current: QModelIndex, previous: QModelIndex) -> None:
        if current.isValid():
            self.marked.emit(self.issues.rows[current.row()].key)

    def _on_clicked(self, index: QModelIndex) -> None:
        line = self.issues.rows[index.row()]
        if line.key == FOLD:
            self.fold_toggled.emit()
            return
        room = QFontMetrics(self._look.font("small")).horizontalAdvance(GO_WORDS) + self._look.scaled(24)
        x = self.viewport().mapFromGlobal(self.cursor().pos()).x()
        if not line.key or line.solved or x < self.viewport().width() - room:
            return
        (self.withdraw_requested if line.reason else self.go_requested).emit(line.key)
