"""What is read and not typed: printed statements, and the places for signature and seal."""

from __future__ import annotations

import re
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pilotdesk.ui.components.basic import Label, SymbolLabel
from pilotdesk.ui.components.text import WrappedLabel
from pilotdesk.ui.editors.base import FieldEditor, FocusCard, Place

_PLACE: Final = re.compile(r"\{\w+\}")
"""Where a word of each row is printed, such as the name of each participating unit."""


class _ReadEditor(FieldEditor):
    """A card to read; it takes the focus, so that its hint can be shown, and holds no answer."""

    def __init__(self, place: Place) -> None:
        super().__init__(place)
        self._card = FocusCard(place.look)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._card)
        self.setFocusProxy(self._card)

    def focus_target(self) -> QWidget:
        """See :class:`FieldEditor`."""
        return self._card

    def show_value(self) -> None:
        """See :class:`FieldEditor`: nothing is answered here."""


class StatementEditor(_ReadEditor):
    """The text of a statement, as it will be printed; it can be selected, not changed."""

    def __init__(self, place: Place) -> None:
        super().__init__(place)
        self.paragraphs = [
            WrappedLabel(place.look, _PLACE.sub("……", text), "body", "text", selectable=True)
            for text in place.field.text
        ]
        for paragraph in self.paragraphs:
            self._card.body.addWidget(paragraph)


class SignatureEditor(_ReadEditor):
    """Says what happens with the place on paper: print, sign, seal."""

    def __init__(self, place: Place) -> None:
        super().__init__(place)
        look, seal = place.look, place.field.seal
        line = QHBoxLayout()
        line.setSpacing(10)
        line.addWidget(SymbolLabel(look, "writing-sign", "text2", 24), 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(Label("打印后签字盖章", "body", weight=500))
        words.addWidget(WrappedLabel(look, "这里不用填。打印出来会留出地方，签好、盖好再扫描上传。"))
        places = [text for text in ((seal.left, seal.right) if seal else ()) if text]
        if places:
            shown = "、".join(text.strip("：:　 ") for text in places)
            words.addWidget(WrappedLabel(look, f"纸上印着：{shown}，年　月　日。"))
        if seal and seal.each:
            table = place.session.form.fields[seal.each]
            words.addWidget(WrappedLabel(look, f"“{table.label}”每一行各留一处。"))
        line.addLayout(words, 1)
        self._card.body.addLayout(line)
