"""The ledger as a list to pick from, with the page that is meant shown beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from pilotdesk.forms.evidence_codecs import EvidenceRef
from pilotdesk.forms.evidence_ledger import LedgerPiece, ledger_pieces
from pilotdesk.ui.components.basic import Button, Label, row
from pilotdesk.ui.components.overlay import Popup
from pilotdesk.ui.components.text import WrappedLabel
from pilotdesk.ui.evidence.preview import FilePreview
from pilotdesk.ui.look.plain_text import plain_tip

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from pilotdesk.session import Session
    from pilotdesk.ui.navigation.services import Services

SHOWN_ROWS: Final = 9


class PieceList(QListWidget):
    """The pieces: ↑ ↓ choose one, ← → turn its pages, Enter takes it.

    Signals:
        turned: pages to turn by.
        taken: Enter or a double click.
    """

    turned = Signal(int)
    taken = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("popup", True)
        self.setAccessibleName("佐证目录")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.itemDoubleClicked.connect(self.taken)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt: pages and Enter; the rest is the list's."""
        key = Qt.Key(event.key())
        if key in {Qt.Key.Key_Left, Qt.Key.Key_Right}:
            self.turned.emit(-1 if key == Qt.Key.Key_Left else 1)
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.taken.emit()
        else:
            super().keyPressEvent(event)


class EvidencePicker(Popup):
    """Pieces at the left, the page at the right.

    Signals:
        picked: the reference in words, ``E03 第5页`` or ``E03``.
    """

    picked = Signal(str)

    def __init__(self, session: Session, services: Services, parent: QWidget) -> None:
        super().__init__(parent)
        look = services.look
        self.pieces = ledger_pieces(session.form, session.values)
        self.list = PieceList()
        self.preview = FilePreview(services)
        self.page = Button(look, "", "primary", small=True)
        self.whole = Button(look, "用整件", small=True)
        self._empty = WrappedLabel(
            look, "佐证目录里还没有材料。到“佐证材料”那一步加文件，再回来选。", "body", "text2"
        )
        for piece in self.pieces:
            item = QListWidgetItem(piece.words)
            item.setSizeHint(QSize(0, look.metric("small_button")))
            item.setToolTip(plain_tip(piece.words))
            self.list.addItem(item)
        self.list.setFixedSize(look.scaled(280), look.metric("small_button") * SHOWN_ROWS)
        self.preview.setFixedWidth(look.scaled(240))
        left = QVBoxLayout()
        left.setSpacing(8)
        left.addWidget(self.list)
        left.addWidget(Label("↑↓ 换一件，←→ 翻页，Enter 选用", "small", "text2"))
        left.addLayout(row(self.page, self.whole, None, spacing=6))
        self.body.addWidget(self._empty)
        columns = row(spacing=12)
        columns.addLayout(left)
        columns.addWidget(self.preview)
        self.body.addLayout(columns)
        self._empty.setMinimumWidth(look.scaled(280))
        for widget in (self.list, self.preview, self.page, self.whole):
            widget.setVisible(bool(self.pieces))
        self._empty.setVisible(not self.pieces)
        self.list.currentRowChanged.connect(self._on_row)
        self.list.turned.connect(self._on_turned)
        self.list.taken.connect(self.take_page)
        self.page.clicked.connect(self.take_page)
        self.whole.clicked.connect(self.take_whole)
        self.preview.turned.connect(self._say)

    @property
    def piece(self) -> LedgerPiece | None:
        """The piece that is chosen."""
        at = self.list.currentRow()
        return self.pieces[at] if 0 <= at < len(self.pieces) else None

    def show_reference(self, ref: EvidenceRef | None) -> None:
        """Begin at a piece and its first page; at the first piece for ``None``."""
        codes = [piece.code for piece in self.pieces]
        at = codes.index(ref.code) if ref is not None and ref.code in codes else 0
        self.list.setCurrentRow(at)
        if ref is not None and ref.pages and self.piece is not None:
            self.preview.show_file(self.piece.file, ref.pages[0][0])

    def take_page(self) -> None:
        """Pick the page shown; the whole piece where it has but one."""
        piece = self.piece
        if piece is None:
            return
        several = piece.file is not None and piece.file.pages > 1
        pages = ((self.preview.page, self.preview.page),) if several else ()
        self._take(EvidenceRef(piece.code, pages))

    def take_whole(self) -> None:
        """Pick the whole piece."""
        if self.piece is not None:
            self._take(EvidenceRef(self.piece.code))

    def _take(self, ref: EvidenceRef) -> None:
        self.picked.emit(ref.words)
        self.close()

    def _on_row(self) -> None:
        self.preview.show_file(self.piece.file if self.piece is not None else None)

    def _on_turned(self, step: int) -> None:
        (self.preview.turn_forth if step > 0 else self.preview.turn_back)()

    def _say(self) -> None:
        piece = self.piece
        several = piece is not None and piece.file is not None and piece.file.pages > 1
        self.page.set_text(f"用第 {self.preview.page} 页" if several else "选用")
        self.whole.setVisible(several)
