"""空白 Word 表: which parts go into it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QScrollArea, QVBoxLayout

from pilotdesk.documents.blank import document_with
from pilotdesk.projects.sharing_words import part_words
from pilotdesk.ui.components.basic import Button, Label, Surface, row
from pilotdesk.ui.components.choice import OptionRow
from pilotdesk.ui.components.text import WrappedLabel
from pilotdesk.ui.dialogs.asking import Dialog, scrolled
from pilotdesk.ui.navigation.step_words import document_name

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from pilotdesk.forms.model import Form
    from pilotdesk.ui.look.theme import Look

WIDTH: Final = 560
WHAT: Final = (
    "存成一个 Word 文件发给同事，用 WPS 或 Word 填，不用装程序。填好发回来，在这里“读回改过的 Word…”。"
)
SPREAD: Final = "选的几部分印在几份不同的材料里。一份空白表只装一份材料的，分几次存。"


class BlankDialog(Dialog):
    """The parts with a tick each; ``parts`` are the ticks, in the order of the form's steps."""

    def __init__(self, parent: QWidget, look: Look, form: Form) -> None:
        super().__init__(parent, look, "空白 Word 表", WHAT, "file-type-docx")
        self.setFixedWidth(min(look.scaled(WIDTH), max(480, parent.width() - 40)))
        self._form = form
        self._names = [step.name for step in form.steps]
        words = (
            " · ".join(filter(None, (document_name(form, step), part_words(form, step.name))))
            for step in form.steps
        )
        self.parts = [OptionRow(look, "tick", text) for text in words]
        self.body.addWidget(self._list(), 1)
        self.trouble = WrappedLabel(look, "", "small", "warn")
        self.body.addWidget(self.trouble)
        self.every = Button(look, "全选", small=True)
        self.none = Button(look, "全不选", small=True)
        self.every.clicked.connect(lambda: self._tick(ticked=True))
        self.none.clicked.connect(lambda: self._tick(ticked=False))
        self.count = Label("", "small", "text2")
        self.body.addLayout(row(self.every, self.none, self.count, None))
        self.add_actions(("先不存", "选存到哪里"))
        buttons: list[Button] = list(self.findChildren(Button))
        self.go = buttons[-1]
        self._check()
        self.grow_within(parent, look.scaled(240))

    def _list(self) -> QScrollArea:
        ground = Surface("sunken")
        listed = QVBoxLayout(ground)
        listed.setContentsMargins(14, 8, 14, 8)
        listed.setSpacing(2)
        for option in self.parts:
            option.toggled.connect(self._check)
            listed.addWidget(option)
        return scrolled(ground, "空白表里要哪几部分", self.look.scaled(96))

    def _tick(self, *, ticked: bool) -> None:
        for option in self.parts:
            option.setChecked(ticked)

    def _check(self) -> None:
        """The way on is open once parts of one document are chosen."""
        chosen = self.answer()
        spread = bool(chosen) and document_with(self._form, chosen) is None
        self.trouble.set_text(SPREAD if spread else "")
        self.trouble.setVisible(spread)
        self.count.setText(f"选了 {len(chosen)} 部分，共 {len(self.parts)} 部分")
        self.go.setEnabled(bool(chosen) and not spread)
        self.go.setToolTip("" if chosen else "先选要填的部分")

    def answer(self) -> tuple[str, ...]:
        """Names of the chosen parts."""
        chosen = zip(self._names, self.parts, strict=True)
        return tuple(name for name, option in chosen if option.isChecked())
