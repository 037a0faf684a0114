"""Which draft a return slip speaks of, asked for where the slip does not tell."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QButtonGroup, QVBoxLayout, QWidget

from pilotdesk.ui.components.basic import Button, Surface
from pilotdesk.ui.components.choice import OptionRow
from pilotdesk.ui.dialogs.asking import Dialog, scrolled

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pilotdesk.drafts.records import DraftCard
    from pilotdesk.drafts.returned import ReturnSlip
    from pilotdesk.ui.look.theme import Look

TITLE: Final = "退的是哪一份"
GO: Final = "就是这一份"


class OwnerDialog(Dialog):
    """The drafts that it can be, one of them chosen.

    Attributes:
        options: in the order of the drafts. go: closed until one is chosen.
    """

    def __init__(self, parent: QWidget, look: Look, slip: ReturnSlip, cards: Sequence[DraftCard]) -> None:
        said = (
            f"退回单上写的是“{slip.title or '没写名称'}”，{slip.unit or '没写单位'}。请选是这里的哪一份草稿。"
        )
        super().__init__(parent, look, TITLE, said, "clipboard-list")
        self.options = [
            OptionRow(look, "radio", card.facts.title or "未命名的项目", card.facts.unit) for card in cards
        ]
        ground = Surface("sunken")
        listed = QVBoxLayout(ground)
        listed.setContentsMargins(14, 8, 14, 8)
        group = QButtonGroup(self)
        for option in self.options:
            group.addButton(option)
            listed.addWidget(option)
        self.body.addWidget(scrolled(ground, TITLE, look.scaled(96)), 1)
        self.add_actions(("先不打开", GO))
        buttons: list[Button] = list(self.findChildren(Button))
        self.go = buttons[-1]
        first = cards[0].facts
        if (first.title, first.unit) == (slip.title, slip.unit):
            self.options[0].setChecked(True)
        self.go.setEnabled(group.checkedButton() is not None)
        group.buttonClicked.connect(self._on_chosen)
        self.grow_within(parent, look.scaled(150))

    def _on_chosen(self) -> None:
        self.go.setEnabled(True)

    def place(self) -> int:
        """Place of the draft that is chosen."""
        return next(at for at, option in enumerate(self.options) if option.isChecked())


def ask_owner(parent: QWidget, look: Look, slip: ReturnSlip, cards: Sequence[DraftCard]) -> DraftCard | None:
    """Ask which draft it is; ``None`` when it was left."""
    dialog = OwnerDialog(parent, look, slip, cards)
    dialog.exec()
    dialog.deleteLater()
    return cards[dialog.place()] if dialog.chosen == 1 else None
