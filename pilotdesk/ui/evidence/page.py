"""佐证材料: the ledger as a table, the chosen piece beside it, files dropped on it, all of them bound into one PDF."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QHBoxLayout, QTabBar, QVBoxLayout, QWidget

from pilotdesk.forms.values import cell_path, field_name
from pilotdesk.ui.components.basic import Button, Rule
from pilotdesk.ui.editors.attachment import size_words
from pilotdesk.ui.editors.base import Place
from pilotdesk.ui.evidence.desk import EvidenceDesk
from pilotdesk.ui.evidence.ledger import FILE, LedgerEditor
from pilotdesk.ui.evidence.panel import PiecePanel
from pilotdesk.ui.evidence.strip import MissingStrip, WorkStrip
from pilotdesk.ui.fields.focus import FocusWatch
from pilotdesk.ui.fields.row import FieldRow
from pilotdesk.ui.look.breakpoints import LOW_HEIGHT, MIDDLE
from pilotdesk.ui.navigation.page import Page

if TYPE_CHECKING:
    from PySide6.QtCore import QModelIndex
    from PySide6.QtGui import QDragEnterEvent, QDropEvent, QResizeEvent

    from pilotdesk.forms.evidence_ledger import LedgerPiece
    from pilotdesk.forms.model import Step
    from pilotdesk.session import Change, Session
    from pilotdesk.ui.navigation.services import Services

PANEL_PX: Final = 300


class EvidencePage(Page):
    """The step of the ledger.

    Args:
        session: the open draft.
        step: whose only field is the ledger.
        services: collaborators.
    """

    wide = True

    def __init__(self, session: Session, step: Step, services: Services) -> None:
        super().__init__("surface")
        look = self._look = services.look
        self.step = step
        self._session = session
        self._services = services
        self._is_stale = False
        self.row = FieldRow(Place(session, services, session.form.head.ledger))
        self.panel = PiecePanel(services)
        self.work = WorkStrip(look)
        self.missing = MissingStrip(look)
        self.desk = EvidenceDesk(self, session, services, self.work)
        self.add = Button(look, "加文件", "soft", icon="paperclip", small=True)
        self.bring = Button(look, "从年度总结带入", icon="file-import", small=True)
        self.bind = Button(look, "合订成一个 PDF", icon="file-type-pdf", small=True)
        self.tabs = QTabBar()
        self.rule = Rule(vertical=True)
        self._build()
        self._focus = FocusWatch(self.row, session)
        self._connect()
        self._end = session.subscribe(self._on_change)
        self.setAcceptDrops(True)
        self._refresh()

    @property
    def editor(self) -> LedgerEditor:
        """The table."""
        editor = self.row.editor
        if not isinstance(editor, LedgerEditor):
            raise TypeError(type(editor).__name__)
        return editor

    def _build(self) -> None:
        self.row.fill_height()
        self.row.show_head()
        for button in (self.add, self.bring, self.bind):
            self.editor.toolbar.flow.addWidget(button)
        self.bring.setHidden(not self.desk.earlier())
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setAccessibleName("目录和这一件")
        for words in ("目录", "这一件"):
            self.tabs.addTab(words)
        self.left = QWidget()
        left = QVBoxLayout(self.left)
        left.setContentsMargins(16, 8, 16, 8)
        left.setSpacing(6)
        for widget in (self.work, self.row, self.missing):
            left.addWidget(widget, 1 if widget is self.row else 0)
        self.right = QWidget()
        right = QVBoxLayout(self.right)
        right.setContentsMargins(14, 10, 14, 10)
        right.addWidget(self.panel)
        board = QHBoxLayout()
        board.setSpacing(0)
        board.addWidget(self.left, 1)
        board.addWidget(self.rule)
        board.addWidget(self.right)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.tabs)
        layout.addLayout(board, 1)
        self._fit()

    def _connect(self) -> None:
        view, panel, row = self.editor.view, self.panel, self.row
        view.current_moved.connect(self._show_piece)
        self.add.clicked.connect(self.desk.ask_files)
        self.bring.clicked.connect(self.desk.bring)
        self.bind.clicked.connect(self.desk.ask_and_bind)
        self.work.cancelled.connect(self.desk.cancel)
        panel.open_requested.connect(self._on_open)
        panel.change_requested.connect(self._on_change_file)
        panel.remove_requested.connect(self._on_remove_file)
        panel.place_requested.connect(self.request_go_to)
        self.missing.place_requested.connect(self.request_go_to)
        self.desk.added.connect(self._on_added)
        view.doubleClicked.connect(self._on_double_click)
        self.editor.ledger.renamed.connect(self.desk.say_renamed)
        self.tabs.currentChanged.connect(self._fit)
        self._look.changed.connect(self._fit)
        self._focus.moved.connect(self.focus_changed)
        row.place_moved.connect(self._focus.place_moved)
        row.request_go_to.connect(self._on_go_to)
        row.request_page.connect(self.request_page)
        row.sources_requested.connect(self.focus_changed)

    # -- Page ------------------------------------------------------------------------------------

    def go_to(self, path: str) -> None:
        """See :class:`Page`."""
        self.tabs.setCurrentIndex(0)
        self.row.go_to(path)

    def focus_first(self) -> None:
        """See :class:`Page`: the first row that has something to mend, else the first."""
        found = next((path for path, _ in self._session.engine.findings(self.editor.path)), self.editor.path)
        self.editor.go_to(found)

    def first_open_path(self) -> str:
        """Path of the ledger, the only field here."""
        return self.editor.path

    def page_shown(self) -> None:
        """See :class:`Page`."""
        if self._is_stale:
            self._refresh()

    def commit_open_editors(self) -> None:
        """See :class:`Page`."""
        self.editor.commit()

    def close_page(self) -> None:
        """See :class:`Page`."""
        self.desk.cancel()
        self._end()

    # -- what is chosen --------------------------------------------------------------------------

    def piece(self) -> LedgerPiece | None:
        """The piece of the current row; ``None`` in the row that does not exist yet."""
        model = self.editor.ledger
        at = self.editor.view.currentIndex().row()
        if not 0 <= at < len(model.rows):
            return None
        return next((piece for piece in model.pieces if piece.row_id == model.rows[at].id), None)

    def _show_piece(self) -> None:
        piece = self.piece()
        uses = self.editor.ledger.uses.get(piece.code, ()) if piece is not None else ()
        self.panel.show_piece(piece, uses, is_empty=not self.editor.ledger.pieces)

    def _on_double_click(self, index: QModelIndex) -> None:
        """The file of a piece opens, or is asked for."""
        piece = self.piece()
        if piece is not None and self.editor.model.columns[index.column()].name == FILE:
            (self._on_open if piece.file is not None else self._on_change_file)()

    def _on_open(self) -> None:
        piece = self.piece()
        if piece is not None and piece.file is not None:
            self.desk.open_file(piece.file)

    def _on_change_file(self) -> None:
        piece = self.piece()
        if piece is not None:
            self.desk.ask_file_for(cell_path(self.editor.path, piece.row_id, FILE))

    def _on_remove_file(self) -> None:
        piece = self.piece()
        if piece is None or piece.file is None:
            return
        path = cell_path(self.editor.path, piece.row_id, FILE)
        self._session.set_value(path, None, self)
        back = partial(self._session.set_value, path, (piece.file,), self)
        self._services.toasts.show_done(f"移除了“{piece.file.file_name}”", "撤销  Ctrl+Z", back)

    def _on_added(self, row_id: str) -> None:
        index = self.editor.model.place(row_id, "title")
        if index.isValid():
            self.editor.view.set_current(index.row(), index.column())

    # -- files dropped ---------------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Qt: files may be dropped anywhere on the page; an update is the window's."""
        from pilotdesk.ui.tasks.update_files import update_in

        if event.mimeData().hasUrls() and update_in(event.mimeData()) is None:
            event.acceptProposedAction()
        else:
            event.ignore()

    def dropEvent(self, event: QDropEvent) -> None:
        """Qt: every dropped file becomes a piece."""
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        self.desk.add_files(paths)
        event.acceptProposedAction()

    # -- inside ----------------------------------------------------------------------------------

    def _on_change(self, change: Change) -> None:
        """Follow the draft; what stands in other tables is counted when it can be seen."""
        self.row.take_change(change)
        if self.isVisible():
            self._refresh()
        else:
            self._is_stale = True

    def _refresh(self) -> None:
        """What is beside the table, after something changed anywhere in the draft."""
        self._is_stale = False
        model = self.editor.ledger
        model.count_uses()
        self.editor.view.viewport().update()
        files = [piece.file for piece in model.pieces if piece.file is not None]
        pages, size = sum(file.pages for file in files), sum(file.size for file in files)
        words = f"{len(files)} 个文件 · {pages} 页 · {size_words(size)}" if files else "还没有文件"
        self.row.editor.set_remark(words)
        self.missing.show_places(model.missing())
        self._show_piece()

    def _on_go_to(self, path: str) -> None:
        if field_name(path) == self.editor.path:
            self.go_to(path)
        else:
            self.request_go_to.emit(path)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt: side by side, or one of the two at a time."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        window, factor = self.window(), self._look.theme.factor
        both = window.width() / factor >= MIDDLE and window.height() / factor >= LOW_HEIGHT - 60
        self.tabs.setVisible(not both)
        first = self.tabs.currentIndex() == 0
        self.left.setVisible(both or first)
        self.rule.setVisible(both)
        self.right.setVisible(both or not first)
        self.right.setFixedWidth(self._look.scaled(PANEL_PX)) if both else self._free_right()

    def _free_right(self) -> None:
        self.right.setMinimumWidth(0)
        self.right.setMaximumWidth(16_777_215)
