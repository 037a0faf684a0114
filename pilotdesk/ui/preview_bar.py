"""The bar over the preview: page number, page arrows, zoom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QLineEdit

from pilotdesk.ui.components import Button, Label, Rule, Surface, row
from pilotdesk.ui.components_choice import ChoiceBox

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pilotdesk.forms.model import Document
    from pilotdesk.ui.theme import Look


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
        self.documents.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)  # where there is room
        self.documents.setCurrentIndex(0)
        self.documents.setVisible(len(documents) > 1)
        self.documents.currentIndexChanged.connect(self._on_document)
        self._zoom = self._tool("", "适合宽度", "zoom", 0)
        self._zoom.setText("适合宽度")
        self._remark = Label("看到的就是打印出来的", "small", "text2")
        rule = Rule(vertical=True)
        rule.setFixedHeight(20)
        line = row(
            self.documents,
            self._tool("chevron-left", "上一页", "turn", -1),
            Label("第", "body", "text2"),
            self.number,
            self._of,
            self._tool("chevron-right", "下一页", "turn", 1),
            rule,
            self._tool("zoom-out", "缩小", "zoom", -1),
            self._zoom,
            self._tool("zoom-in", "放大", "zoom", 1),
            None,
            self._remark,
        )
        line.setContentsMargins(14, 0, 14, 0)
        self.setLayout(line)

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

    def show_zoom(self, percent: int, *, fitted: bool) -> None:
        """The zoom in force."""
        self._zoom.setText("适合宽度" if fitted else f"{percent} %")

    def set_roomy(self, roomy: bool) -> None:
        """Whether there is room for the remark."""
        self._remark.setVisible(roomy)
