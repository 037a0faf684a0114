"""What is known of a bug, to be read before it is saved."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QPlainTextEdit

from pilotdesk.ui.components.basic import row
from pilotdesk.ui.dialogs.asking import Dialog
from pilotdesk.ui.start.diagnostics_dialog import diagnostics_link
from pilotdesk.ui.window.crash_hook import LOG_NAME

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from pilotdesk.ui.look.theme import Look

HEIGHT: Final = 150
LEAST: Final = 64
"""Of the record, px at 标准, where there is room and where there is little."""


class CrashDialog(Dialog):
    """The sentence, and all of the record; nothing that is not shown here is saved."""

    def __init__(self, parent: QWidget, look: Look, sentence: str, entry: str) -> None:
        super().__init__(parent, look, "刚才这一步没有做成", sentence, "alert-triangle-filled")
        self.record = QPlainTextEdit(entry)
        self.record.setReadOnly(True)
        self.record.setTabChangesFocus(True)
        self.record.setMinimumHeight(look.scaled(LEAST))
        self.add_field(f"记录里只有程序的位置，没有填写的内容。存下来的就是这些（{LOG_NAME}）", self.record)
        self.card = diagnostics_link(self, look)
        self.body.addLayout(row(self.card, None))
        self.add_actions(["不存", "存下来"])
        self.grow_within(parent, look.scaled(HEIGHT) - look.scaled(LEAST))


def ask_save(parent: QWidget, look: Look, sentence: str, entry: str) -> bool:
    """Show the record of a bug; returns whether it is to be saved."""
    dialog = CrashDialog(parent, look, sentence, entry)
    dialog.exec()
    dialog.deleteLater()
    return dialog.chosen == 1
