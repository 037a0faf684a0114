"""The bar over the preview: page number, page arrows, zoom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QComboBox, QLayout, QLineEdit, QSizePolicy, QWidget

from pilotdesk.ui.components.basic import Button, Label, Rule, Surface, row
from pilotdesk.ui.components.choice import ChoiceBox

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QResizeEvent

    from pilotdesk.forms.model import Document
    from pilotdesk.ui.look.theme import Look


class PreviewBar(Surface):
    """Says where one is and takes wishes.

    Signals:
        page_wanted: a page number was typed. turned: -1 or 1 page. zoomed: -1 smaller, 0 fitted, 1 larger.
        document_chosen: another document of the form is to be shown, by its name.
    """

    page_wanted = Signal(str)
    turned = Signal(int)
    zoomed = Signal(int)
    document_chosen = Signal(str)

    def __init__(self, look: Look, documents: Sequence[Document]) -> None:
        super().__init__("surface")
        self._look = look
        self.setFixedHeight(look.scaled(42))
        self.number = QLineEdit()
        self.number.setAccessibleName("页码")
        self.number.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.number.setFixedWidth(look.scaled(54))
        self.number.editingFinished.connect(self._on_number)
        self._of = Label("", "body", "text2")
        self.documents = ChoiceBox(look)
        self.documents.setAccessibleName("看哪一份")
        for document in documents:
            self.documents.addItem(document.short, document.name)
        self.documents.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.documents.setSizePolicy(
            QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed
        )  # names are never cut
        self.documents.setCurrentIndex(0)
        self.documents.setVisible(len(documents) > 1)
        self.documents.currentIndexChanged.connect(self._on_document)
        self._zoom = self._tool("", "适合宽度", "zoom", 0)
        self._zoom.setText("适合宽度")
        self._remark = Label("看到的就是打印出来的", "small", "text2")
        self._roomy = True
        self._build()
        look.changed.connect(self._fit)

    def _build(self) -> None:
        rule = Rule(vertical=True)
        rule.setFixedHeight(20)
        number_label = Label("第", "body", "text2")
        back, on = (
            self._tool("chevron-left", "上一页", "turn", -1),
            self._tool("chevron-right", "下一页", "turn", 1),
        )
        out, closer = self._tool("zoom-out", "缩小", "zoom", -1), self._tool("zoom-in", "放大", "zoom", 1)
        self._dropped: tuple[tuple[QWidget, ...], ...] = (
            (self._remark,), (number_label,), (self._zoom,), (rule, out, closer), (back, on),
        )  # fmt: skip
        self._line = row(
            self.documents, back, number_label, self.number, self._of, on, rule, out, self._zoom, closer,
            None, self._remark,
        )  # fmt: skip
        self._line.setContentsMargins(14, 0, 14, 0)
        self._line.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        self.setLayout(self._line)

    def _tool(self, icon: str, name: str, kind: str, step: int) -> Button:
        button = Button(self._look, "", "ghost", icon=icon, small=True, name=name)
        button.setProperty("step", step)
        button.clicked.connect(self._on_turn if kind == "turn" else self._on_zoom)
        return button

    def _on_turn(self) -> None:
        self.turned.emit(int(self.sender().property("step")))

    def _on_zoom(self) -> None:
        self.zoomed.emit(int(self.sender().property("step")))

    def _on_document(self) -> None:
        self.document_chosen.emit(self.document)

    @property
    def document(self) -> str:
        """Name of the document that is shown."""
        return str(self.documents.currentData() or "")

    def _on_number(self) -> None:
        self.page_wanted.emit(self.number.text().strip())

    def show_page(self, name: str) -> None:
        """Name the page in view, unless somebody is typing there."""
        if not self.number.hasFocus():
            self.number.setText(name)

    def show_count(self, numbered: int) -> None:
        """Number of numbered pages; a cover is not counted."""
        self._of.setText(f"/ {numbered} 页")
        self._fit()

    def show_zoom(self, percent: int, *, fitted: bool) -> None:
        """The zoom in force."""
        self._zoom.setText("适合宽度" if fitted else f"{percent} %")
        self._fit()

    def set_roomy(self, roomy: bool) -> None:
        """Whether there is room for the remark."""
        self._roomy = roomy
        self._fit()

    def minimumSizeHint(self) -> QSize:
        """Qt: it may be as narrow as it likes; what does not fit goes."""
        return QSize(0, self.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt: drop what does not fit."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Show everything, and drop parts from the least important on; the pages scroll without them."""
        self.setFixedHeight(self._look.scaled(42))
        self.number.setFixedWidth(self._look.scaled(54))
        self.documents.keep_whole()
        for parts in self._dropped:
            for part in parts:
                part.setVisible(part is not self._remark or self._roomy)
        for parts in self._dropped:
            self._line.invalidate()
            if self._line.sizeHint().width() <= self.width():
                break
            for part in parts:
                part.hide()
