"""The files that a unit handed in: what each is, whether it was read, why not, and where the files differ."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QHeaderView, QTableView, QTextBrowser, QVBoxLayout

from pilotdesk.review.desk.records import KIND_WORDS
from pilotdesk.review.records import State
from pilotdesk.ui.components.basic import Surface
from pilotdesk.ui.components.text import WrappedLabel
from pilotdesk.ui.look.plain_text import escaped, plain_tip

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pilotdesk.review.records import Differing, ReceivedFile, Submission
    from pilotdesk.ui.look.theme import Look

COLUMNS: Final = ("文件", "是什么", "大小", "读得怎样")
STATE_WORDS: Final = {
    State.READ: "读好了",
    State.PARTLY: "读到一部分",
    State.KEPT: "收下了",
    State.REFUSED: "没有收进来",
}
MOST_DIFFERING: Final = 60
_Index = QModelIndex | QPersistentModelIndex


def size_words(size: int) -> str:
    """``820 字节``, ``27 KB``, ``3.4 MB``."""
    if size < 1024:
        return f"{size} 字节"
    return f"{size / 1024:.0f} KB" if size < 1024 * 1024 else f"{size / 1024 / 1024:.1f} MB"


def state_words(file: ReceivedFile) -> str:
    """What became of a file: ``读好了``, ``读到一部分，32 / 40 栏：…``."""
    share = f"，{file.filled} / {file.asked} 栏" if file.state is State.PARTLY and file.asked else ""
    said = f"{STATE_WORDS[file.state]}{share}"
    return f"{said}：{file.sentence}" if file.sentence else said


class FilesModel(QAbstractTableModel):
    """A line for every file."""

    def __init__(self) -> None:
        super().__init__()
        self._files: tuple[ReceivedFile, ...] = ()

    def show_files(self, files: Sequence[ReceivedFile]) -> None:
        """Show these; those that were refused first."""
        self.beginResetModel()
        self._files = tuple(sorted(files, key=lambda file: file.state is not State.REFUSED))
        self.endResetModel()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own signature
        """Qt: files."""
        return 0 if parent.isValid() else len(self._files)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own signature
        """Qt: columns."""
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> object:
        """Qt: names of the columns."""
        if role == Qt.ItemDataRole.DisplayRole and orientation is Qt.Orientation.Horizontal:
            return COLUMNS[section]
        return None

    def data(self, index: _Index, role: int = 0) -> object:
        """Qt: words; the tooltip has what is cut."""
        if role not in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole}:
            return None
        file = self._files[index.row()]
        words = (file.place, KIND_WORDS[file.kind], size_words(file.size), state_words(file))[index.column()]
        return plain_tip(words) if role == Qt.ItemDataRole.ToolTipRole else words


class FilesView(Surface):
    """Names and reasons; nothing is opened from here."""

    def __init__(self, look: Look) -> None:
        super().__init__("surface")
        self._look = look
        self.missing = WrappedLabel(look, "", "body", "warn")
        self.model = FilesModel()
        self.table = QTableView()
        self.table.setModel(self.model)
        self.table.setAccessibleName("报来的文件")
        self.table.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.table.setTabKeyNavigation(False)
        self.table.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)  # keys are commands here
        self.table.verticalHeader().hide()
        self.table.setShowGrid(False)
        self.table.setWordWrap(False)
        self.table.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.differing = QTextBrowser()
        self.differing.setAccessibleName("几份材料不一样的地方")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.setSpacing(10)
        layout.addWidget(self.missing)
        layout.addWidget(self.table, 3)
        layout.addWidget(self.differing, 2)
        self._set_up_columns()

    def _set_up_columns(self) -> None:
        header = self.table.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for column, mode in enumerate(
            (
                QHeaderView.ResizeMode.Stretch,
                QHeaderView.ResizeMode.Interactive,
                QHeaderView.ResizeMode.Interactive,
                QHeaderView.ResizeMode.Stretch,
            )
        ):
            header.setSectionResizeMode(column, mode)
        header.resizeSection(1, self._look.scaled(110))
        header.resizeSection(2, self._look.scaled(80))

    def show_one(self, submission: Submission) -> None:
        """Show the files of a submission."""
        missing = submission.missing_attachments
        self.missing.set_text(f"还缺 {len(missing)} 样附件：{'、'.join(missing)}" if missing else "")
        self.missing.setVisible(bool(missing))
        self.model.show_files(submission.files)
        self.table.verticalHeader().setDefaultSectionSize(self._look.metric("table_row"))
        self.differing.setVisible(bool(submission.differing))
        if submission.differing:
            self.differing.setHtml("".join(self._lines(submission.differing)))

    def _lines(self, differing: Sequence[Differing]) -> Iterator[str]:
        look = self._look
        small = f'style="font-size:{look.px("small")}px;color:{look.theme.palette.text2};margin:0"'
        yield f'<p style="font-size:{look.px("body")}px"><b>几份材料有 {len(differing)} 处不一样</b></p>'
        for one in differing[:MOST_DIFFERING]:
            yield f'<p style="font-size:{look.px("small")}px;margin:8px 0 2px 0"><b>{escaped(one.label)}</b></p>'
            for file, text in one.texts:
                shown = escaped(text) or "（空）"
                yield f"<p {small}>{escaped(file)}：{shown}</p>"
        if len(differing) > MOST_DIFFERING:
            yield f"<p {small}>还有 {len(differing) - MOST_DIFFERING} 处</p>"
