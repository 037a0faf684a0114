"""Passwords of the packages that could not be opened, all asked for at once when everything else has been taken in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QFrame, QLineEdit, QVBoxLayout, QWidget

from pilotdesk.ui.components.text import ElidedLabel, WrappedLabel
from pilotdesk.ui.dialogs.asking import Dialog, scrolled

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pilotdesk.ui.look.theme import Look

_MOST: Final = 40
"""Packages that have a line of their own; a batch with more of them has a password in common."""
_LEAST_PX: Final = 60

TEXT: Final = (
    "存它的人知道密码，请打电话问单位。几个文件用同一个密码的，填一次就行。空着的不收，别的已经收好了。"
)
AGAIN: Final = "大小写、数字和字母 O、l 容易看错。再填一次，或先不收，问清楚了再拖进来。"


class PasswordsDialog(Dialog):
    """One line for each package. Each password is tried on all of them, so one that several share is typed once.

    Attributes:
        entries: in the order of the packages. places: of those.
    """

    def __init__(self, parent: QWidget, look: Look, places: Sequence[str], *, again: bool = False) -> None:
        title = f"有 {len(places)} 个文件{'用刚才的密码打不开' if again else '加了密码'}"
        super().__init__(parent, look, title, AGAIN if again else TEXT, "alert-triangle-filled")
        self.places = tuple(places)
        self.entries: list[QLineEdit] = []
        inner = QWidget()
        lines = QVBoxLayout(inner)
        lines.setContentsMargins(2, 2, 8, 2)
        lines.setSpacing(4)
        for place in places[:_MOST]:
            entry = QLineEdit()
            entry.setEchoMode(QLineEdit.EchoMode.Password)
            entry.setAccessibleName(f"{place} 的密码")
            name = ElidedLabel(place, "small", "text2")
            name.setBuddy(entry)
            lines.addWidget(name)
            lines.addWidget(entry)
            self.entries.append(entry)
        if len(places) > _MOST:
            more = f"其余 {len(places) - _MOST} 个，也用上面填的密码试。"
            lines.addWidget(WrappedLabel(look, more, "small", "text2"))
        lines.addStretch(1)
        area = scrolled(inner, "加了密码的文件", look.scaled(_LEAST_PX))
        area.setFrameShape(QFrame.Shape.NoFrame)
        self.body.addWidget(area, 1)
        self.add_actions(["这些先不收", "用密码打开"])
        self.grow_within(
            parent.window(), min(inner.sizeHint().height() - look.scaled(_LEAST_PX), look.scaled(200))
        )
        self.entries[0].setFocus()

    def answer(self) -> tuple[str, ...]:
        """The passwords, each once; none when it was left."""
        if self.chosen != 1:
            return ()
        return tuple(dict.fromkeys(entry.text() for entry in self.entries if entry.text()))

    def filled(self) -> frozenset[str]:
        """The packages for which something was typed."""
        pairs = zip(self.places, self.entries, strict=False)
        return frozenset(place for place, entry in pairs if entry.text())
