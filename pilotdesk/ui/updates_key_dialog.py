"""A distributor is registered: whose key it is, and that its fingerprint was compared on the phone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout

from pilotdesk.ui.components import Button, Card, Label
from pilotdesk.ui.components_choice import OptionRow
from pilotdesk.ui.components_text import WrappedLabel
from pilotdesk.ui.dialogs import Dialog
from pilotdesk.ui.updates_words import COMPARE

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from pilotdesk.ui.theme import Look
    from pilotdesk.updates.keys import Distributor

WIDTH: Final = 520
IN_A_LINE: Final = 4
"""Groups of the fingerprint beside each other: two lines to read out."""
LEAVE, REGISTER = "先不登记", "登记"
NAMESAKE: Final = "已经登记过一个同名的发放单位，指纹和这个不一样。先打电话问清楚是不是换了公钥，再登记。"
COMPARED: Final = "电话里一组一组对过，都一样"


class KeyDialog(Dialog):
    """Nothing is registered before somebody says that he has compared.

    Args:
        parent: the window. look: the theme in force. key: what the file holds.
        has_namesake: somebody of the same name is registered with another fingerprint.

    Attributes:
        compared: the tick. register: closed until it is set.

    Signals:
        register_wanted: it was compared, and files that it signs are to be believed.
    """

    register_wanted = Signal()

    def __init__(self, parent: QWidget, look: Look, key: Distributor, *, has_namesake: bool = False) -> None:
        super().__init__(parent, look, f"登记发放单位：{key.name}", COMPARE, "certificate")
        self.setFixedWidth(min(look.scaled(WIDTH), max(420, parent.width() - 40)))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if has_namesake:
            self.body.addWidget(WrappedLabel(look, NAMESAKE, "body", "error"))
        self.body.addWidget(self._build_fingerprint(key))
        self.compared = OptionRow(look, "tick", COMPARED)
        self.compared.toggled.connect(self._on_compared)
        self.body.addWidget(self.compared)
        self.add_actions((LEAVE, REGISTER))
        self.register: Button = list(self.findChildren(Button))[-1]
        self.finished.connect(self._on_finished)
        self._on_compared()
        self.compared.setFocus()

    def _build_fingerprint(self, key: Distributor) -> Card:
        card = Card(margins=(14, 8, 14, 10))
        card.body.setSpacing(4)
        card.body.addWidget(Label("指纹", "small", "text2"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(self.look.scaled(24))
        grid.setVerticalSpacing(4)
        for at, group in enumerate(key.fingerprint.split()):
            grid.addWidget(Label(group, "group"), at // IN_A_LINE, at % IN_A_LINE)
        grid.setColumnStretch(IN_A_LINE, 1)
        card.body.addLayout(grid)
        told = f"登记以后，{key.name}签了名的更新都能装；不想要了，随时可以去掉。"
        card.body.addWidget(WrappedLabel(self.look, told, "small", "text2"))
        card.setAccessibleName(f"指纹 {key.fingerprint}")
        return card

    def _on_compared(self) -> None:
        self.register.setEnabled(self.compared.isChecked())
        self.register.setToolTip("" if self.compared.isChecked() else "先在电话里对过指纹")

    def _on_finished(self) -> None:
        if self.chosen == 1:
            self.register_wanted.emit()
