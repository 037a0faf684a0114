"""Draws the cells of a table and opens their editors."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget
from shiboken6 import isValid

from pilotdesk.forms.values import cell_path, split_cell_path
from pilotdesk.ui.editors.choice import NamedChoiceBox
from pilotdesk.ui.editors.entry import Entry
from pilotdesk.ui.look.severity import MARKS
from pilotdesk.ui.look.theme import tone_token
from pilotdesk.ui.tables.cells import CellText, CellTicks, editor_text, make_cell_editor, show_in_editor
from pilotdesk.ui.tables.columns import LEAST_PX
from pilotdesk.ui.tables.open_cell import OpenCell
from pilotdesk.ui.tables.text import line_height

if TYPE_CHECKING:
    from pilotdesk.forms.codecs import Codec
    from pilotdesk.forms.model import Choice
    from pilotdesk.ui.look.severity import Mark
    from pilotdesk.ui.look.theme import Look
    from pilotdesk.ui.navigation.services import Services
    from pilotdesk.ui.tables.model import RowsModel
    from pilotdesk.ui.tables.shape import TableShape

Index = QModelIndex | QPersistentModelIndex
PAD: Final = 9
"""Between border and text of a cell, px at 标准."""
_ENTER: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class CellDelegate(QStyledItemDelegate):
    """Cells of one table.

    Attributes:
        services: for editors that show files; ``None`` where none are edited.

    Signals:
        stepped: an editor was left by a key: rows and columns to move on by.
    """

    stepped = Signal(int, int)

    def __init__(self, look: Look, model: RowsModel, view: QAbstractItemView, shape: TableShape) -> None:
        super().__init__(view)
        self._view = view
        self._shape = shape
        self.services: Services | None = None
        self.look = look
        self._model = model
        self._open = OpenCell(model)

    # -- drawing ---------------------------------------------------------------------------------

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Qt: ground, symbol of an issue, text, and the frame of the current cell.

        All drawn here, because a selection colour would hide the tint of an issue.
        """
        box: QRect = option.rect  # type: ignore[attr-defined]  # the stubs lack the fields of style options
        state: QStyle.StateFlag = option.state  # type: ignore[attr-defined]
        model, look = self._model, self.look
        row, column = index.row(), index.column()
        box = box.adjusted(0, self._shape.band_height(row), 0, 0)
        issue = model.issue(row, column)
        mark = MARKS[issue.severity] if issue is not None else None
        current = bool(state & QStyle.StateFlag.State_HasFocus and state & QStyle.StateFlag.State_Active)
        selected = bool(state & QStyle.StateFlag.State_Selected) and not current
        painter.save()
        painter.fillRect(
            box, look.color(self._ground(row, column, mark.tone if mark else "", selected=selected))
        )
        if mark is not None and selected:
            painter.setPen(QPen(look.color("primary"), 1))
            painter.drawRect(box.adjusted(0, 0, -1, -1))
        inside = box.adjusted(look.scaled(PAD), 0, -look.scaled(PAD), 0)
        if mark is not None:
            side = look.scaled(15)
            ratio = painter.device().devicePixelRatioF()
            picture = look.pixmap(mark.icon, mark.tone, 15, ratio)
            painter.drawPixmap(inside.left(), box.top() + (box.height() - side) // 2, picture)
            inside.setLeft(inside.left() + side + look.scaled(6))
        painter.setPen(look.color(self._text_token(row, column, mark)))
        self._paint_text(painter, inside, row, column)
        if current:
            painter.setPen(QPen(look.color("focus"), 2))
            painter.drawRect(box.adjusted(1, 1, -1, -1))
        painter.restore()

    def _ground(self, row: int, column: int, tone: str, *, selected: bool) -> str:
        if tone:
            return tone_token(tone, "bg")  # type: ignore[arg-type]  # tones of marks are tones
        if selected:
            return "sel"
        if not self._model.is_editable(row, column):
            return "ro"
        return "zebra" if row % 2 else "surface"

    def _text_token(self, row: int, column: int, mark: Mark | None) -> str:
        if self._shape.falls_short(row, column):
            return "warn"
        if not self._model.is_editable(row, column):
            return "text2"
        return mark.tone if mark is not None and mark.tone != "hint" else "text"

    def _paint_text(self, painter: QPainter, box: QRect, row: int, column: int) -> None:
        font = self.look.font("small")
        painter.setFont(font)
        alignment = self._model.alignment(column) | Qt.AlignmentFlag.AlignVCenter
        if self._shape.wraps and box.height() > self.look.metric("table_row"):
            lines = self._shape.text_lines(row, column, font, box.width())
            if len(lines) > 1:
                high = line_height(font)
                top = box.top() + (box.height() - high * len(lines)) // 2
                for at, line in enumerate(lines):
                    painter.drawText(QRect(box.left(), top + at * high, box.width(), high), alignment, line)
                return
        plain = self._model.text(row, column).replace("\n", " ")
        shown = QFontMetrics(font).elidedText(plain, Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(box, alignment, shown)

    # -- editing ---------------------------------------------------------------------------------

    def choices(self, index: Index) -> tuple[Choice, ...]:
        """What may be chosen in a cell."""
        model = self._model
        field = model.columns[index.column()]
        listed = model.session.form.lists.get(field.choices, ())
        if field.type != "dependent_choice":
            return listed
        path = model.path(index.row(), index.column())
        place = split_cell_path(path) if path else None
        in_row = any(column.name == field.depends_on for column in model.columns)
        above = f"{place[0]}[{place[1]}].{field.depends_on}" if place and in_row else field.depends_on
        value = None if in_row and not place else model.session.value(above)
        return tuple(choice for choice in listed if choice.parent == value)

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        """Qt: one of our own editors."""
        field = self._model.columns[index.column()]
        editor = make_cell_editor(self.look, field, self.choices(index), parent)
        editor.setAccessibleName(str(self._model.data(index, Qt.ItemDataRole.AccessibleTextRole)))
        if field.type == "evidence" and isinstance(editor, Entry) and self.services is not None:
            from pilotdesk.ui.editors.evidence import CellPieces

            path = cell_path(self._model.table.name, "r_0", field.name)
            pieces = CellPieces(editor, self._model.session, self.services, path)
            pieces.picked.connect(self._on_picked)
        if isinstance(editor, CellText | Entry):
            editor.textChanged.connect(self._on_typed)
        if isinstance(editor, CellTicks):
            editor.finished.connect(self._on_ticks_finished)
            for tick in editor.ticks.values():
                tick.toggled.connect(self._on_typed)
        elif isinstance(editor, NamedChoiceBox):
            editor.activated.connect(self._on_chosen)
            editor.cleared.connect(self._on_cleared)
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Qt: show the cell; a text that is being written is left alone."""
        if not editor.property("filled"):
            editor.setProperty("filled", True)
            show_in_editor(editor, self._model.text(index.row(), index.column()), self._codec(index))

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        """Qt: write the cell if it differs."""
        text = editor_text(editor, self._codec(index))
        if text != self._model.text(index.row(), index.column()):
            model.setData(index, text)

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        """Qt: over the cell; texts grow downwards, tick boxes stand below."""
        box: QRect = option.rect  # type: ignore[attr-defined]
        box = box.adjusted(0, self._shape.band_height(index.row()), 0, 0)
        box.setWidth(max(box.width(), self._least_width(index)))
        if isinstance(editor, CellText):
            editor.show_over(box.adjusted(0, 0, 1, 1))
        elif isinstance(editor, CellTicks):
            editor.adjustSize()
            editor.resize(max(editor.width(), box.width()), editor.sizeHint().height())
            editor.move(self._view.viewport().mapToGlobal(box.bottomLeft()))
        else:
            editor.setGeometry(box.adjusted(0, 0, 1, 1))

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        """Qt: Enter goes down, Tab to the right, Esc drops what was typed; as in a spreadsheet."""
        if (
            event.type() is QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and isinstance(editor, QWidget)
        ):
            key, modifiers = Qt.Key(event.key()), event.modifiers()
            step = {Qt.Key.Key_Tab: (0, 1), Qt.Key.Key_Backtab: (0, -1)}.get(key)
            if key in _ENTER and not modifiers & Qt.KeyboardModifier.AltModifier:
                step = (-1, 0) if modifiers & Qt.KeyboardModifier.ShiftModifier else (1, 0)
            if step is not None:
                self._close(editor, step)
                return True
            if key == Qt.Key.Key_Escape:
                self._open.take_back()
        return super().eventFilter(editor, event)

    def _least_width(self, index: Index) -> int:
        """Width of an editor even over a narrower cell, so that one sees what one types."""
        return self.look.scaled(LEAST_PX.get(self._model.columns[index.column()].type, 0))

    def _codec(self, index: Index) -> Codec:
        return self._model.codec(self._model.columns[index.column()])

    def destroyEditor(self, editor: QWidget, index: Index) -> None:
        """Qt: the editor goes."""
        super().destroyEditor(editor, index)
        self._open.settle()

    def _on_typed(self) -> None:
        """Something was typed: it is kept before the cell is left; not while the editor is only being filled."""
        here = self._view.currentIndex()
        if self.services is not None and self._view.indexWidget(here) is not None:
            self.services.unfinished.begin(self._write_on)

    def _write_on(self) -> None:
        if not isValid(self._view):
            return
        here = self._view.currentIndex()
        editor = self._view.indexWidget(here)
        # What an input method still composes is no part of the text: who types without a pause loses nothing but that.
        if isinstance(editor, CellTicks | CellText | Entry):
            self._open.write_on(here.row(), here.column(), editor_text(editor, self._codec(here)))

    def _close(self, editor: QWidget, step: tuple[int, int] | None) -> None:
        self.commitData.emit(editor)
        self.closeEditor.emit(editor, QStyledItemDelegate.EndEditHint.NoHint)
        if step is not None:
            self.stepped.emit(*step)

    def _on_chosen(self) -> None:
        box = self.sender()
        if isinstance(box, NamedChoiceBox) and not box.by_key:
            self._close(box, None)

    def _on_cleared(self) -> None:
        box = self.sender()
        if isinstance(box, NamedChoiceBox):
            box.setCurrentIndex(-1)
            self._close(box, None)

    def _on_picked(self) -> None:
        self._close(self.sender().parent(), None)  # type: ignore[arg-type]  # it is a child of its editor

    def _on_ticks_finished(self) -> None:
        self._close(self.sender(), (1, 0))  # type: ignore[arg-type]
