"""旧版里的内容: what older versions of a form held and the present one has no place for, to read and to copy from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QSize, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit, QListView, QPlainTextEdit, QSplitter, QVBoxLayout, QWidget

from pilotdesk.ui.components.basic import Button, Label, row
from pilotdesk.ui.components.text import WrappedLabel
from pilotdesk.ui.dialogs.asking import Dialog

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pilotdesk.forms.attic import AtticEntry
    from pilotdesk.ui.look.theme import Look

Index = QModelIndex | QPersistentModelIndex
WIDTH: Final = 760
SHORT: Final = 24
"""Characters of an answer that stand in the list."""


class AtticModel(QAbstractListModel):
    """The entries that a search finds; ``found`` are they."""

    def __init__(self, look: Look, entries: Sequence[AtticEntry]) -> None:
        super().__init__()
        self._look = look
        self._entries = tuple(entries)
        self.found = self._entries

    def search(self, words: str) -> None:
        """Keep what has all the words, in its label or its text; blank finds everything."""
        wanted = words.casefold().split()
        self.beginResetModel()
        self.found = tuple(
            entry
            for entry in self._entries
            if all(word in f"{entry.label}\n{entry.text}".casefold() for word in wanted)
        )
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own default
        """Qt: number of entries found."""
        return 0 if parent.isValid() else len(self.found)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Qt: label and beginning of the answer."""
        if role == Qt.ItemDataRole.SizeHintRole:
            return QSize(
                1, self._look.scaled(30)
            )  # as wide as the list; what is longer is cut with an ellipsis
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        entry = self.found[index.row()]
        begins = " ".join(entry.text.split())
        return f"{entry.label}：{begins[:SHORT]}{'…' if len(begins) > SHORT else ''}"


class AtticDialog(Dialog):
    """List at the left, the whole answer at the right. Stands beside the page, so that one can write on."""

    def __init__(self, parent: QWidget, look: Look, entries: Sequence[AtticEntry]) -> None:
        text = (
            "表单换版以后没有位置的内容都在这里，一字未动；不检查，也不印出来。要用哪一段，复制到新的栏目里。"
        )
        super().__init__(parent, look, "旧版里的内容", text, "archive")
        self.setWindowModality(Qt.WindowModality.NonModal)
        self.setFixedWidth(min(look.scaled(WIDTH), max(480, parent.width() - 40)))
        self._model = AtticModel(look, entries)
        self.search = QLineEdit()
        self.search.setPlaceholderText("找：栏目或内容里的词")
        self.search.setAccessibleName("在旧版里的内容中找")
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._on_search)
        self.list = QListView()
        self.list.setModel(self._model)
        self.list.setAccessibleName("旧版里的各条内容")
        self.list.setUniformItemSizes(True)
        self.list.selectionModel().currentChanged.connect(self._on_current)
        self._label = WrappedLabel(look, "", "body", "text")
        self._why = WrappedLabel(look, "", "small", "text2")
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setAccessibleName("这一条的内容")
        self._count = Label("", "small", "text2")
        self._copied = Label("", "small", "ok")
        self.body.addWidget(self.search)
        self.body.addWidget(self._build_split(), 1)
        self._build_foot()
        self._on_search("")
        self.grow_within(parent, look.scaled(230))

    def _build_split(self) -> QSplitter:
        detail = QWidget()
        column = QVBoxLayout(detail)
        column.setContentsMargins(12, 0, 0, 0)
        column.setSpacing(6)
        for widget in (self._label, self._why):
            column.addWidget(widget)
        column.addWidget(self.text, 1)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setChildrenCollapsible(False)
        split.addWidget(self.list)
        split.addWidget(detail)
        split.setSizes([self.width() * 2 // 5, self.width() * 3 // 5])
        split.setMinimumHeight(self.look.scaled(120))
        return split

    def _build_foot(self) -> None:
        self.copy_all = Button(self.look, "复制列出的全部", icon="copy")
        self.copy_all.clicked.connect(self._on_copy_all)
        self.copy_one = Button(self.look, "复制这一条", icon="copy")
        self.copy_one.clicked.connect(self._on_copy)
        closing = Button(self.look, "看完了", "primary")
        closing.clicked.connect(self.close)
        self.body.addSpacing(4)
        self.body.addLayout(row(self._count, self._copied, None, self.copy_all, self.copy_one, closing))

    def _on_search(self, words: str) -> None:
        self._model.search(words)
        count = len(self._model.found)
        self._count.setText(f"{count} 条" if count else "没有找到。换一个词试试。")
        self._copied.clear()
        self.list.setCurrentIndex(self._model.index(0) if count else QModelIndex())
        if not count:
            self._show(None)

    def _on_current(self, current: QModelIndex) -> None:
        if current.isValid():
            self._show(self._model.found[current.row()])

    def _show(self, entry: AtticEntry | None) -> None:
        self._label.set_text(f"**{entry.label}**" if entry else "")
        self._why.set_text(entry.why if entry else "")
        self.text.setPlainText(entry.text if entry else "")
        for button in (self.copy_all, self.copy_one):
            button.setEnabled(entry is not None)
        self._copied.clear()

    def _on_copy(self) -> None:
        entry = self._model.found[self.list.currentIndex().row()]
        self._copy(entry.text, "复制好了。")

    def _on_copy_all(self) -> None:
        found = self._model.found
        self._copy(
            "\n\n".join(f"{entry.label}\n{entry.text}" for entry in found), f"{len(found)} 条都复制好了。"
        )

    def _copy(self, text: str, said: str) -> None:
        QGuiApplication.clipboard().setText(text)
        self._copied.setText(said)


def show_attic(parent: QWidget, look: Look, entries: Sequence[AtticEntry]) -> None:
    """Open the attic beside the window; it goes when it is closed, or with the window."""
    dialog = AtticDialog(parent, look, entries)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.show()
    dialog.search.setFocus()
