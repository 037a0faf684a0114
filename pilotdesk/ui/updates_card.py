"""Small dialogs around updates that say something and offer one step; they stand open without holding the program up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer

from pilotdesk.ui.components import Card, Label
from pilotdesk.ui.components_text import ISSUE_EM, WrappedLabel
from pilotdesk.ui.dialogs import Dialog
from pilotdesk.ui.updates_words import refusal_title

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtWidgets import QWidget

    from pilotdesk.errors import PilotDeskError
    from pilotdesk.ui.theme import Look

WIDTH = 520


class UpdateCard(Dialog):
    """A fact, what can be done about it, and at most one step; goes when it is closed.

    Args:
        parent: the window. look: the theme in force. title, text: what is said. icon: name of the symbol.
    """

    def __init__(self, parent: QWidget, look: Look, title: str, text: str, icon: str = "info-circle") -> None:
        super().__init__(parent, look, title, text, icon)
        self._window = parent
        self.setFixedWidth(min(look.scaled(WIDTH), max(420, parent.width() - 40)))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

    def add_fact(self, caption: str, fact: str) -> None:
        """A line that is read out on the phone or copied: selectable, never shortened."""
        card = Card(margins=(14, 8, 14, 10))
        card.body.setSpacing(2)
        card.body.addWidget(Label(caption, "small", "text2"))
        card.body.addWidget(WrappedLabel(self.look, f"**{fact}**", "body", "text", selectable=True))
        self.body.addWidget(card)

    def add_line(self, words: str) -> None:
        """Something more to know."""
        self.body.addWidget(WrappedLabel(self.look, words, "small", "text2", line_em=ISSUE_EM))

    def ask(self, actions: Sequence[str], then: Callable[[], object]) -> None:
        """Open it; ``then`` is called after the last of the actions was chosen and the dialog is gone."""
        self.add_actions(actions)
        parent, last = self._window, len(actions) - 1

        def answer() -> None:
            if self.chosen == last:
                QTimer.singleShot(0, parent, then)

        self.finished.connect(answer)
        self.open()

    def say(self) -> None:
        """Open it; there is nothing to choose."""
        self.add_actions(["知道了"])
        self.open()


def refuse(
    parent: QWidget, look: Look, trouble: PilotDeskError, name: str, register: Callable[[], object]
) -> None:
    """Say why a file was not taken and what to do; an unknown distributor can be registered from there.

    Args:
        parent: the window.
        look: the theme in force.
        trouble: why.
        name: of the file.
        register: asks for the key file of the distributor.
    """
    card = UpdateCard(parent, look, refusal_title(trouble.code), str(trouble), "alert-triangle-filled")
    card.add_fact("文件", name)
    if trouble.code == "update_signer_unknown":
        card.add_fact("签名的指纹", str(trouble.context.get("fingerprint", "")))
        card.ask(("先不装", "登记发放单位…"), register)
    else:
        card.say()
