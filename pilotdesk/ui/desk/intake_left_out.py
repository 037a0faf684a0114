"""The files that were not taken in: which, why, and where they lie."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QFontMetrics, QGuiApplication, QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from pilotdesk.ui.components.basic import Button, Label, row
from pilotdesk.ui.components.text import WrappedLabel
from pilotdesk.ui.dialogs.asking import Dialog
from pilotdesk.ui.look.plain_text import plain_tip

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from pilotdesk.review.receiving import LeftOut
    from pilotdesk.ui.look.theme import Look

Index = QModelIndex | QPersistentModelIndex
WIDTH: Final = 720
_PAD: Final = 10


class LeftOutModel(QAbstractListModel):
    """One line a file."""

    def __init__(self, files: Sequence[LeftOut]) -> None:
        super().__init__()
        self.files = tuple(files)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own default
        """Qt: number of files."""
        return 0 if parent.isValid() else len(self.files)

    def lines(self, at: int) -> tuple[str, str]:
        """Where a file lies, and why it was not taken in."""
        left = self.files[at]
        return left.file.place or f"{left.files} 个空文件", left.file.sentence

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Qt: both lines, as a screen reader and the tooltip say them."""
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return "：".join(self.lines(index.row()))
        return plain_tip("\n".join(self.lines(index.row()))) if role == Qt.ItemDataRole.ToolTipRole else None


class LeftOutDelegate(QStyledItemDelegate):
    """Paints a file: its place, shortened in the middle, and the reason below."""

    def __init__(self, look: Look, model: LeftOutModel) -> None:
        super().__init__()
        self._look = look
        self._model = model

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Qt: two lines; as wide as the list."""
        look = self._look
        high = QFontMetrics(look.font("body", 500)).height() + QFontMetrics(look.font("small")).height()
        return QSize(1, high + look.scaled(_PAD))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Qt: ground and lines."""
        look = self._look
        box: QRect = option.rect  # type: ignore[attr-defined]  # missing in the stubs
        state: QStyle.StateFlag = option.state  # type: ignore[attr-defined]
        painter.save()
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(box, look.color("sel"))
            if look.theme.palette.outlined:
                painter.setPen(look.color("primary"))
                painter.drawRect(box.adjusted(0, 0, -1, -1))
        top = box.top() + look.scaled(_PAD) // 2
        place, reason = self._model.lines(index.row())
        for text, font, color, elide in (
            (place, look.font("body", 500), "text", Qt.TextElideMode.ElideMiddle),
            (reason, look.font("small"), "text2", Qt.TextElideMode.ElideRight),
        ):
            metrics = QFontMetrics(font)
            painter.setFont(font)
            painter.setPen(look.color(color))
            shown = metrics.elidedText(text, elide, box.width() - 2 * look.scaled(_PAD))
            painter.drawText(box.left() + look.scaled(_PAD), top + metrics.ascent(), shown)
            top += metrics.height()
        painter.setPen(look.color("line"))
        painter.drawLine(box.bottomLeft(), box.bottomRight())
        painter.restore()


class LeftOutDialog(Dialog):
    """The list, the whole reason of the file that is chosen, and the way to it."""

    def __init__(self, parent: QWidget, look: Look, files: Sequence[LeftOut]) -> None:
        text = "一个文件打不开，不影响别的。改好了再拖进来，会接到原来那一件上。"
        count = sum(file.files for file in files)
        super().__init__(parent, look, f"没收进来的文件 {count} 个", text, "alert-triangle-filled")
        self.setFixedWidth(min(look.scaled(WIDTH), max(480, parent.width() - 40)))
        self.model = LeftOutModel(files)
        self._delegate = LeftOutDelegate(look, self.model)
        self.list = QListView()
        self.list.setModel(self.model)
        self.list.setItemDelegate(self._delegate)
        self.list.setUniformItemSizes(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setAccessibleName("没收进来的文件")
        self.list.setMinimumHeight(look.scaled(120))
        self.list.selectionModel().currentChanged.connect(self._show_one)
        self._reason = WrappedLabel(look, "", "small", "text")
        self._copied = Label("", "small", "ok")
        self.body.addWidget(self.list, 1)
        self.body.addWidget(self._reason)
        self.open_folder = Button(look, "打开所在文件夹", icon="folder-open")
        self.open_folder.clicked.connect(self._on_open)
        self.copy_all = Button(look, "复制清单", icon="copy")
        self.copy_all.clicked.connect(self._on_copy)
        done = Button(look, "看完了", "primary")
        done.setDefault(True)
        done.clicked.connect(self.accept)
        self.body.addLayout(row(self._copied, None, self.copy_all, self.open_folder, done))
        self.list.setCurrentIndex(self.model.index(0))
        self.list.setFocus()
        self.grow_within(parent.window(), look.scaled(280))

    def _show_one(self) -> None:
        at = self.list.currentIndex().row()
        self._reason.set_text("：".join(self.model.lines(at)))
        there = self.model.files[at].folder is not None
        self.open_folder.setEnabled(there)
        self.open_folder.setToolTip("" if there else "它不在一个打得开的文件夹里")

    def _on_open(self) -> None:
        folder = self.model.files[self.list.currentIndex().row()].folder
        if folder is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))

    def _on_copy(self) -> None:
        """For a spreadsheet: place and reason, a line each."""
        lines = ("\t".join(self.model.lines(at)) for at in range(len(self.model.files)))
        QGuiApplication.clipboard().setText("\n".join(lines))
        self._copied.setText("复制好了，可以贴到表格里")
