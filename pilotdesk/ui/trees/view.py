"""The tree one edits: keys of an outliner, numbers at the right, symbols of issues at the left."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from pilotdesk.ui.components.menu_key import MenuKey
from pilotdesk.ui.editors.entry import Entry, is_session_key
from pilotdesk.ui.look.plain_text import plain_tip
from pilotdesk.ui.trees.nodes import Nodes, node_text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from PySide6.QtGui import QDropEvent

    from pilotdesk.forms.values import Row
    from pilotdesk.ui.look.theme import Look

Index = QModelIndex | QPersistentModelIndex
ID_ROLE: Final = Qt.ItemDataRole.UserRole
MARK_ROLE: Final = Qt.ItemDataRole.UserRole + 1
_ALT: Final = Qt.KeyboardModifier.AltModifier
_COMMANDS: Final = {
    (Qt.Key.Key_Insert, Qt.KeyboardModifier.NoModifier): "child",
    (Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier): "sibling",
    (Qt.Key.Key_Enter, Qt.KeyboardModifier.NoModifier): "sibling",
    (Qt.Key.Key_Delete, Qt.KeyboardModifier.NoModifier): "remove",
    (Qt.Key.Key_Up, _ALT): "up",
    (Qt.Key.Key_Down, _ALT): "down",
    (Qt.Key.Key_Left, _ALT): "outdent",
    (Qt.Key.Key_Right, _ALT): "indent",
}


@dataclass(frozen=True, slots=True)
class NodeRemark:
    """What stands at the right of a node, and its symbol.

    Attributes:
        text: a number, or 待补充. tone: token of its colour. icon: symbol before the node; empty for none.
        spoken: what a screen reader adds.
    """

    text: str = ""
    tone: str = "text2"
    icon: str = ""
    spoken: str = ""


class NodeDelegate(QStyledItemDelegate):
    """Draws a node on one line; F2 opens a line edit over it."""

    def __init__(self, look: Look, view: TreeView) -> None:
        super().__init__(view)
        self._look = look
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Qt: height by the type size; the width is the view's."""
        return QSize(60, max(self._look.scaled(24), QFontMetrics(self._look.font("small")).height() + 6))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Qt: ground over the whole line, symbol, words, number."""
        look = self._look
        box: QRect = option.rect  # type: ignore[attr-defined]  # the stubs lack the fields of style options
        state: QStyle.StateFlag = option.state  # type: ignore[attr-defined]
        selected = bool(state & QStyle.StateFlag.State_Selected)
        painter.save()
        remark = index.data(MARK_ROLE)
        left, right = box.left() + look.scaled(3), box.right() - look.scaled(10)
        if isinstance(remark, NodeRemark):
            right = self._paint_remark(painter, box, right, remark)
            if remark.icon:
                side = look.scaled(15)
                picture = look.pixmap(remark.icon, "warn", 15, painter.device().devicePixelRatioF())
                painter.drawPixmap(left, box.center().y() - side // 2, picture)
                left += side + look.scaled(5)
        font = look.font("small", 700 if selected else 400)
        painter.setFont(font)
        painter.setPen(look.color("primary" if selected else "text"))
        room = QRect(left, box.top(), right - left - look.scaled(6), box.height())
        text = str(index.data(Qt.ItemDataRole.DisplayRole) or "还没有名称")
        shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, shown)
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(look.color("focus"), 2))
            whole = QRect(1, box.top() + 1, self._view.viewport().width() - 2, box.height() - 2)
            painter.drawRect(whole)
        painter.restore()

    def _paint_remark(self, painter: QPainter, box: QRect, right: int, remark: NodeRemark) -> int:
        """Draw what stands at the right; returns where it begins."""
        font = self._look.font("small")
        painter.setFont(font)
        painter.setPen(self._look.color(remark.tone))
        width = QFontMetrics(font).horizontalAdvance(remark.text)
        place = QRect(right - width, box.top(), width + 1, box.height())
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, remark.text)
        return right - width

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        """Qt: one line for code and name."""
        entry = Entry(self._look, parent)
        entry.setProperty("cell", True)
        entry.setPlaceholderText("编号 名称，如 201 事项清单")
        entry.setAccessibleName("编号和名称")
        entry.textEdited.connect(self._view.typed)
        return entry

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Qt: show code and name; a new node gets the cursor behind its code."""
        if isinstance(editor, Entry) and not editor.property("filled"):
            editor.setProperty("filled", True)
            text = str(index.data(Qt.ItemDataRole.DisplayRole) or "")
            fresh = str(index.data(ID_ROLE)) == self._view.fresh_id
            editor.setText(f"{text} " if fresh and text else text)
            if not fresh:
                editor.selectAll()

    def setModelData(self, editor: QWidget, model: object, index: Index) -> None:
        """Qt: tell the tree; the session decides what the text means."""
        if isinstance(editor, Entry):
            self._view.renamed.emit(str(index.data(ID_ROLE)), editor.text())

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        """Qt: Enter and Tab write at once."""
        if (
            isinstance(event, QKeyEvent)
            and event.type() is QEvent.Type.KeyPress
            and isinstance(editor, QWidget)
        ) and Qt.Key(event.key()) in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab}:
            self.commitData.emit(editor)
            self.closeEditor.emit(editor, QStyledItemDelegate.EndEditHint.NoHint)
            return True
        drops = (
            isinstance(event, QKeyEvent)
            and event.type() is QEvent.Type.KeyPress
            and event.key() == Qt.Key.Key_Escape
        )
        done = super().eventFilter(editor, event)
        if drops:
            self._view.given_up.emit()
        return done

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        """Qt: over the words, to the edge of the view."""
        box: QRect = option.rect  # type: ignore[attr-defined]
        editor.setGeometry(
            box.left(), box.top(), self._view.viewport().width() - box.left(), box.height() + 2
        )


class TreeView(QTreeWidget):
    """Nodes of one tree.

    Signals:
        command: name of an action asked for by key. renamed: row id and what was typed.
        typed: something was typed over a node. given_up: Esc closed the line edit.
        dropped: row id, id of the new parent (empty at the top), place among its siblings.
        chosen: id of the current node; empty for none.

    Attributes:
        placeholder: what stands there while there are no nodes.
    """

    command = Signal(str)
    renamed = Signal(str, str)
    typed = Signal()
    given_up = Signal()
    dropped = Signal(str, str, int)
    chosen = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._items: dict[str, QTreeWidgetItem] = {}
        self._filling = False
        self.fresh_id = ""
        self.placeholder = ""
        self.setHeaderHidden(True)
        self.setColumnCount(1)
        self.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setItemDelegate(NodeDelegate(look, self))
        self.setIndentation(look.scaled(16))
        self.setUniformRowHeights(True)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.EditKeyPressed | QAbstractItemView.EditTrigger.DoubleClicked
        )
        self.setExpandsOnDoubleClick(False)
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        MenuKey(self)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.currentItemChanged.connect(self._on_current)
        look.changed.connect(self._on_look)

    @property
    def current_id(self) -> str:
        """The current node; empty for none."""
        return str(self.currentIndex().data(ID_ROLE) or "")

    def ids(self) -> Sequence[str]:
        """The nodes shown, from top to bottom."""
        return tuple(self._items)

    def fill(self, nodes: Nodes, remarks: Mapping[str, NodeRemark]) -> None:
        """Show the nodes; what was folded stays folded, the current node stays current."""
        folded = {
            row_id for row_id, item in self._items.items() if not item.isExpanded() and item.childCount()
        }
        current = self.current_id
        self._filling = True
        self.clear()
        self._items = {}
        for row in nodes.below(None):
            self._add(self.invisibleRootItem(), row, nodes, remarks)
        for row_id, item in self._items.items():
            item.setExpanded(row_id not in folded)
        if current in self._items:
            self.setCurrentItem(self._items[current])
        self._filling = False

    def mark(self, remarks: Mapping[str, NodeRemark]) -> None:
        """Show other remarks beside the same nodes."""
        for row_id, item in self._items.items():
            self._remark(item, remarks.get(row_id, NodeRemark()))

    def choose(self, row_id: str) -> None:
        """Make a node the current one and bring it into view."""
        if row_id in self._items:
            self.setCurrentItem(self._items[row_id])
            self.scrollToItem(self._items[row_id])

    def rename(self, row_id: str) -> None:
        """Open the line edit over a node."""
        if row_id in self._items and self.state() is not QAbstractItemView.State.EditingState:
            self.choose(row_id)
            self.editItem(self._items[row_id], 0)
            entry = self.indexWidget(self.currentIndex())
            if isinstance(entry, Entry) and row_id == self.fresh_id:
                entry.end(False)  # Qt selects all, and the next key would take the suggested code away

    def open_entry(self) -> Entry | None:
        """The line edit that is open over a node; ``None`` for none."""
        if self.state() is not QAbstractItemView.State.EditingState:
            return None
        editor = self.indexWidget(self.currentIndex())
        return editor if isinstance(editor, Entry) else None

    def commit_editor(self) -> None:
        """Write what is in an open line edit and close it."""
        editor = self.open_entry()
        if editor is not None:
            self.commitData(editor)
            self.closeEditor(editor, QStyledItemDelegate.EndEditHint.NoHint)

    # -- Qt --------------------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        """Qt: undo and redo are the window's; the tree's own keys come before its shortcuts."""
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            if is_session_key(event):
                event.ignore()
                return False
            if (Qt.Key(event.key()), event.modifiers()) in _COMMANDS:
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt: keys of an outliner."""
        name = _COMMANDS.get((Qt.Key(event.key()), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier))
        if is_session_key(event):
            event.ignore()
        elif name and self.state() is not QAbstractItemView.State.EditingState:
            self.command.emit(name)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt: in an empty tree, how to begin."""
        super().paintEvent(event)
        if not self._items:
            painter = QPainter(self.viewport())
            painter.setPen(self._look.color("text2"))
            pad = self._look.scaled(16)
            room = self.viewport().rect().adjusted(pad, 0, -pad, 0)
            painter.drawText(
                room, int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap), self.placeholder
            )

    def drawRow(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Qt: the ground of the current node reaches over the whole line."""
        if self.selectionModel().isSelected(index):
            painter.fillRect(option.rect, self._look.color("sel"))  # type: ignore[attr-defined]
        super().drawRow(painter, option, index)

    def drawBranches(self, painter: QPainter, rect: QRect, index: Index) -> None:
        """Qt: only the arrow that folds."""
        if not self.model().hasChildren(index):
            return
        name = "caret-down-filled" if self.isExpanded(index) else "caret-right-filled"
        side = self._look.scaled(12)
        picture = self._look.pixmap(name, "text2", 12, self.devicePixelRatioF())
        painter.drawPixmap(QPoint(rect.right() - side, rect.center().y() - side // 2), picture)

    def dropEvent(self, event: QDropEvent) -> None:
        """Qt: the session moves the node; the tree is filled anew from there."""
        target = self.indexAt(event.position().toPoint())
        position = self.dropIndicatorPosition()
        event.setDropAction(Qt.DropAction.IgnoreAction)
        event.accept()
        moved = self.current_id
        if not target.isValid() or not moved:
            return
        onto = QAbstractItemView.DropIndicatorPosition
        if position is onto.OnItem:
            self.dropped.emit(moved, str(target.data(ID_ROLE)), self.model().rowCount(target))
        else:
            at = target.row() + (position is onto.BelowItem)
            self.dropped.emit(moved, str(target.parent().data(ID_ROLE) or ""), at)

    # -- inside ----------------------------------------------------------------------------------

    def _add(self, owner: QTreeWidgetItem, row: Row, nodes: Nodes, remarks: Mapping[str, NodeRemark]) -> None:
        item = QTreeWidgetItem(owner, [node_text(row)])
        item.setData(0, ID_ROLE, row.id)
        item.setFlags(item.flags() | Qt.ItemFlag.ItemIsEditable)
        self._items[row.id] = item
        self._remark(item, remarks.get(row.id, NodeRemark()))
        for child in nodes.below(row.id):
            self._add(item, child, nodes, remarks)

    @staticmethod
    def _remark(item: QTreeWidgetItem, remark: NodeRemark) -> None:
        item.setData(0, MARK_ROLE, remark)
        words = [item.text(0) or "还没有名称", remark.text, remark.spoken]
        item.setData(0, Qt.ItemDataRole.AccessibleTextRole, "，".join(filter(None, words)))
        item.setToolTip(0, plain_tip(remark.spoken or item.text(0)))

    def _on_current(self) -> None:
        if not self._filling:
            self.chosen.emit(self.current_id)

    def _on_look(self) -> None:
        self.setIndentation(self._look.scaled(16))
        self.doItemsLayout()
