"""One piece of evidence beside the ledger: its page, what can be done with its file, and where it is used."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from pilotdesk.ui.components.basic import Button, Label, row
from pilotdesk.ui.components.text import ElidedLabel, WrappedLabel
from pilotdesk.ui.editors.attachment import size_words
from pilotdesk.ui.evidence.preview import NO_FILE, FilePreview
from pilotdesk.ui.look.plain_text import plain_tip

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QResizeEvent

    from pilotdesk.forms.evidence_ledger import LedgerPiece, ProofPlace
    from pilotdesk.forms.values import Attachment
    from pilotdesk.ui.navigation.services import Services

MOST_USES_PX: Final = 110
"""Height of the places that are listed before they scroll, px at 标准."""
LEAST_PX: Final = 240
NONE_CHOSEN: Final = "在表里点一件，\n这里就显示它的文件。"
LINK_PAD: Final = 24
"""Beside the words of a link: its own borders and the scroll bar."""


class PiecePanel(QWidget):
    """The piece of the current row.

    Signals:
        open_requested, change_requested, remove_requested: 打开, 加文件 or 换文件, 移除文件.
        place_requested: path of a place that refers to the piece.
    """

    open_requested = Signal()
    change_requested = Signal()
    remove_requested = Signal()
    place_requested = Signal(str)

    def __init__(self, services: Services) -> None:
        super().__init__()
        look = self._look = services.look
        self.title = WrappedLabel(look, "", "body", "text", line_em=1.35)
        self.file = ElidedLabel("", "small", "text2")
        self.preview = FilePreview(services)
        self.opening = Button(look, "打开", icon="external-link", small=True)
        self.change = Button(look, "换文件", icon="refresh", small=True)
        self.gone = Button(look, "移除文件", "ghost", icon="trash", small=True)
        self.used = Label("", "small", "text2", weight=500)
        self.links: list[Button] = []
        self._file: Attachment | None = None
        self._uses = QWidget()
        self._uses.setProperty("plain", True)
        self._lines = QVBoxLayout(self._uses)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(0)
        self._area = QScrollArea()
        self._build()
        self.opening.clicked.connect(self.open_requested)
        self.change.clicked.connect(self.change_requested)
        self.gone.clicked.connect(self.remove_requested)
        self.show_piece(None, ())

    def _build(self) -> None:
        area = self._area
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(self._uses)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(self.title)
        layout.addWidget(self.file)
        layout.addWidget(self.preview, 1)
        layout.addLayout(row(self.opening, self.change, self.gone, None, spacing=6))
        layout.addWidget(self.used)
        layout.addWidget(area)

    def show_piece(
        self, piece: LedgerPiece | None, uses: Sequence[ProofPlace], *, is_empty: bool = True
    ) -> None:
        """Show a piece and the places that refer to it; ``None`` when no row is chosen, ``is_empty`` when there is none."""
        file = piece.file if piece is not None else None
        self.title.set_text(f"**{piece.words or '（没有名称）'}**" if piece is not None else "还没有选一件")
        self.file.setVisible(file is not None)
        if file is not None:
            pages = f"{file.pages} 页 · " if file.pages else ""
            self.file.set_text(f"{file.file_name} · {pages}{size_words(file.size)}")
        self.preview.nothing = NO_FILE if piece is not None or is_empty else NONE_CHOSEN
        self.preview.show_file(file, self.preview.page if file == self._file else 1)
        self._file = file
        self.opening.setVisible(file is not None)
        self.gone.setVisible(file is not None)
        self.change.setVisible(piece is not None)
        self.change.set_text("换文件" if file is not None else "加文件")
        self._show_uses(piece, uses)

    def _show_uses(self, piece: LedgerPiece | None, uses: Sequence[ProofPlace]) -> None:
        for link in self.links:
            self._lines.removeWidget(link)
            link.hide()
            link.deleteLater()
        self.links = []
        self.used.setVisible(piece is not None)
        self.used.setText(f"用在 {len(uses)} 处" if uses else "还没有用到，在各表的“佐证”栏写上编号")
        self._area.setVisible(bool(uses))
        for place in uses:
            pages = [ref.words for ref in place.refs if piece is not None and ref.code == piece.code]
            tail = pages[0].removeprefix(piece.code).strip() if pages and piece is not None else ""
            words = f"{place.words} {tail}".strip()
            link = Button(self._look, words, "link", small=True, name=words)
            link.setToolTip(plain_tip(words))
            link.clicked.connect(partial(self.place_requested.emit, place.path))
            self._lines.addWidget(link, 0, Qt.AlignmentFlag.AlignLeft)
            self.links.append(link)
        self._elide()

    def _elide(self) -> None:
        """The words of the links as far as there is room; all of them in the tooltip."""
        room = max(self.width(), self._look.scaled(LEAST_PX)) - self._look.scaled(LINK_PAD)
        metrics = QFontMetrics(self._look.font("small"))
        for link in self.links:
            link.setText(metrics.elidedText(link.toolTip(), Qt.TextElideMode.ElideRight, room))
        shown = min(self._look.scaled(MOST_USES_PX), sum(link.sizeHint().height() for link in self.links))
        self._area.setFixedHeight(shown)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt: more of the words where there is more room."""
        super().resizeEvent(event)
        self._elide()
