"""Passwords of packages: asked for twice when one is set, once when a file needs it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from pilotdesk.drafts.sealed import LEAST_SIGNS
from pilotdesk.ui.components.basic import Button, Label
from pilotdesk.ui.components.choice import OptionRow
from pilotdesk.ui.components.text import WrappedLabel
from pilotdesk.ui.dialogs.asking import Dialog

if TYPE_CHECKING:
    from pilotdesk.ui.look.theme import Look

WHAT = "里面有这份草稿的全部内容和附件，身份证号、手机号也在内。"
HONEST = (
    "忘了密码，谁也打不开这个文件，我们也没有办法。密码请当面或打电话告诉对方，不要和文件一起发。"
    "这台电脑上的草稿不受影响。"
)


def _entry() -> QLineEdit:
    entry = QLineEdit()
    entry.setEchoMode(QLineEdit.EchoMode.Password)
    return entry


class SealDialog(Dialog):
    """Whether a package gets a password, and which. What has to do with it is shown once it is wanted."""

    def __init__(self, parent: QWidget, look: Look) -> None:
        super().__init__(parent, look, "存成文件", WHAT)
        self.wanted = OptionRow(look, "tick", "加密码", "文件在路上丢了，别人也打不开")
        self.first, self.second = _entry(), _entry()
        self.trouble = Label("", "small", "error")
        self.body.addWidget(self.wanted)
        outer, self._below = self.body, QWidget()
        outer.addWidget(self._below)
        self.body = QVBoxLayout(self._below)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.add_field(f"密码，至少 {LEAST_SIGNS} 个字", self.first)
        self.add_field("再填一次", self.second)
        self.body.addWidget(self.trouble)
        self.body.addWidget(WrappedLabel(look, HONEST, "body", "warn"))
        self.body = outer
        self.add_actions(["先不存", "选存到哪里"])
        self._go: Button = list(self.findChildren(Button))[-1]
        self.wanted.toggled.connect(self._on_wanted)
        for entry in (self.first, self.second):
            entry.textChanged.connect(self._check)
        self._on_wanted(wanted=False)

    def _on_wanted(self, wanted: bool) -> None:
        self._below.setVisible(wanted)
        if wanted:
            self.first.setFocus()
        self._check()
        self.body.activate()
        self.resize(self.width(), self.body.totalMinimumHeightForWidth(self.width()))

    def _check(self) -> None:
        """Say what is missing as soon as it can be known, and hold the way on until it is there."""
        first, second = self.first.text(), self.second.text()
        short = f"还差 {LEAST_SIGNS - len(first)} 个字" if 0 < len(first) < LEAST_SIGNS else ""
        differs = "两次填的不一样" if second and not first.startswith(second) else ""
        self.trouble.setText(short or differs)
        fits = len(first) >= LEAST_SIGNS and first == second
        self._go.setEnabled(fits or not self.wanted.isChecked())

    def answer(self) -> str:
        """The password; empty without one."""
        return self.first.text() if self.wanted.isChecked() else ""


def ask_seal(parent: QWidget, look: Look) -> str | None:
    """Ask whether a package gets a password; empty for none, ``None`` when it was left."""
    dialog = SealDialog(parent, look)
    dialog.exec()
    dialog.deleteLater()
    return dialog.answer() if dialog.chosen == 1 else None


def ask_password(parent: QWidget, look: Look, name: str, said: str = "") -> str | None:
    """Ask for the password of a file; ``None`` when it was left.

    Args:
        parent: the window.
        look: the theme in force.
        name: of the file.
        said: what was wrong with the one before; empty the first time.
    """
    text = said or "存它的人知道密码。忘了的话，只能请他重新存一份。"
    dialog = Dialog(parent, look, f"“{name}”加了密码", text, "alert-triangle-filled" if said else "")
    entry = _entry()
    dialog.add_field("密码", entry)
    dialog.add_actions(["先不打开", "打开"])
    entry.setFocus()
    dialog.exec()
    dialog.deleteLater()
    return entry.text() if dialog.chosen == 1 else None
