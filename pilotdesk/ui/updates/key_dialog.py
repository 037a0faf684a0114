"""A distributor is registered: whose key it is, and that its fingerprint was compared on the phone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout

from pilotdesk.ui.components.basic import Button, Card, Label
from pilotdesk.ui.components.choice import OptionRow
from pilotdesk.ui.components.text import WrappedLabel
from pilotdesk.ui.updates.card import UpdateCard
from pilotdesk.ui.updates.words import COMPARE, COMPARE_NAMESAKE, origin_words

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from PySide6.QtWidgets import QWidget

    from pilotdesk.ui.look.theme import Look
    from pilotdesk.updates.keys import Distributor

IN_A_LINE: Final = 4
"""Groups of the fingerprint beside each other: two lines to read out."""
LEAVE, REGISTER = "先不登记", "登记"
COMPARED: Final = "电话里一组一组对过，都一样"
COMPARED_NAMESAKE: Final = "电话里问过，确实换了公钥，8 组也都对过"


class KeyDialog(UpdateCard):
    """Nothing is registered before somebody says that he has compared.

    Args:
        parent: the window. look: the theme in force. key: what the file holds.
        namesakes: who is registered under the same name with another fingerprint; it may be forged then, and Enter leaves it.
        today: for days without their year.

    Attributes:
        compared: the tick. register: closed until it is set.

    Signals:
        register_wanted: it was compared, and files that it signs are to be believed.
    """

    register_wanted = Signal()

    def __init__(
        self, parent: QWidget, look: Look, key: Distributor, namesakes: Sequence[Distributor], today: date
    ) -> None:
        title, text, icon = f"登记发放单位：{key.name}", COMPARE, "certificate"
        if namesakes:
            title, text, icon = f"名字一样，指纹不一样：{key.name}", COMPARE_NAMESAKE, "alert-triangle-filled"
        super().__init__(parent, look, title, text, icon)
        self.add(self._build_fingerprint(key, namesakes, today))
        self.compared = OptionRow(look, "tick", COMPARED_NAMESAKE if namesakes else COMPARED)
        self.compared.toggled.connect(self._on_compared)
        self.body.addWidget(self.compared)
        self.add_actions((LEAVE, REGISTER))
        buttons: list[Button] = list(self.findChildren(Button))
        leave, self.register = buttons[-2:]
        if namesakes:
            self.register.set_kind("plain")
            leave.set_kind("primary")
            leave.setDefault(True)
        self.finished.connect(self._on_finished)
        self._on_compared()
        self.compared.setFocus()

    def _build_fingerprint(self, key: Distributor, namesakes: Sequence[Distributor], today: date) -> Card:
        card = Card(margins=(14, 8, 14, 10))
        card.body.setSpacing(4)
        card.body.addWidget(Label("这个文件的指纹" if namesakes else "指纹", "small", "text2"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(self.look.scaled(24))
        grid.setVerticalSpacing(4)
        for at, group in enumerate(key.fingerprint.split()):
            grid.addWidget(Label(group, "group"), at // IN_A_LINE, at % IN_A_LINE)
        grid.setColumnStretch(IN_A_LINE, 1)
        card.body.addLayout(grid)
        told = [f"登记过的：{one.fingerprint}（{origin_words(one, today)}）" for one in namesakes]
        told += [f"登记以后，{key.name}签了名的更新都能装；不想要了，随时可以去掉。"] * (not namesakes)
        for line in told:
            card.body.addWidget(WrappedLabel(self.look, line, "small", "text2"))
        card.setAccessibleName("，".join((f"指纹 {key.fingerprint}", *told)))
        return card

    def _on_compared(self) -> None:
        self.register.setEnabled(self.compared.isChecked())
        self.register.setToolTip("" if self.compared.isChecked() else "先在电话里对过指纹")

    def _on_finished(self) -> None:
        if self.chosen == 1:
            self.register_wanted.emit()
