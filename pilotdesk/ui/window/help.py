"""Things to read: the help with the sheet of keys, and the notice in its own words."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QGridLayout, QPlainTextEdit, QWidget

from pilotdesk.forms.installed import current_folder
from pilotdesk.ui.components.basic import Button, Label, row
from pilotdesk.ui.components.text import WrappedLabel
from pilotdesk.ui.dialogs.asking import Dialog, guarded, scrolled
from pilotdesk.ui.dialogs.file_asking import save_name
from pilotdesk.ui.window.help_words import KEYS, PARTS

if TYPE_CHECKING:
    from collections.abc import Callable

    from pilotdesk.ui.look.theme import Look
    from pilotdesk.ui.window.help_words import Part

NO_NOTICE: Final = "这一年的通知原文没有随表单带来。请到发布通知的网站上看。"
MEANT: Final = 190
"""Width of what is meant, px at 标准; what to do about it has the rest."""
SHORTEST: Final = 120
"""Height of the help that is always shown, px; the rest scrolls."""


class HelpDialog(Dialog):
    """The way through the program, what one meets on it, and the keys; also as a PDF to be printed.

    Attributes:
        area: what scrolls.
        headings: of the parts, in order.
        save: makes the PDF. said: that it was made. updates, card: the ways to 更新 and 诊断卡. leave: the primary button.
    """

    def __init__(self, parent: QWidget, look: Look) -> None:
        super().__init__(parent, look, "帮助", "", "help")
        self._window = parent.window()
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setFixedWidth(min(look.scaled(640), max(480, parent.width() - 80)))
        content = QWidget()
        grid = QGridLayout(content)
        grid.setContentsMargins(0, 0, 8, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(6)
        grid.setColumnMinimumWidth(0, look.scaled(MEANT))
        grid.setColumnStretch(1, 1)
        self.headings = [self._add_part(grid, part) for part in PARTS]
        self.area = scrolled(content, "帮助", look.scaled(SHORTEST))
        self.body.addWidget(self.area, 1)
        self.save = Button(look, "存成 PDF，好打印…", icon="printer")
        self.save.clicked.connect(self._on_save)
        self.said = Label("", "small", "ok")
        self.leave = Button(look, "知道了", "primary")
        self.leave.setDefault(True)
        self.leave.clicked.connect(self.accept)
        self.updates = Button(look, "更新…", "ghost")
        self.updates.clicked.connect(partial(self._go, _show_updates))
        self.card = Button(look, "诊断卡…", "ghost")
        self.card.clicked.connect(partial(self._go, _show_diagnostics))
        self.body.addLayout(row(self.save, self.updates, self.card, self.said, None, self.leave))
        self.leave.setFocus()
        self.grow_within(parent.window(), content.sizeHint().height())

    def _add_part(self, grid: QGridLayout, part: Part) -> Label:
        heading = Label(part.heading, "group", weight=700)
        grid.setRowMinimumHeight(grid.rowCount(), 6)
        grid.addWidget(heading, grid.rowCount(), 0, 1, 2)
        top = Qt.AlignmentFlag.AlignTop
        for words, told in part.lines:
            at = grid.rowCount()
            grid.addWidget(WrappedLabel(self.look, words, "small", "text"), at, 0, top)
            grid.addWidget(WrappedLabel(self.look, told, "small", "text2"), at, 1, top)
        return heading

    def _go(self, there: Callable[[QWidget, Look], object]) -> None:
        """Leave the help for another dialog; never one over the other."""
        self.accept()
        QTimer.singleShot(0, self._window, partial(there, self._window, self.look))

    def show_part(self, part: Part) -> None:
        """Scroll to where a part begins."""
        heading = self.headings[PARTS.index(part)]
        self.area.widget().adjustSize()
        self.area.verticalScrollBar().setValue(heading.y())

    def _on_save(self) -> None:
        from pilotdesk.ui.window.help_paper import FILE_NAME, save_help

        name = save_name(self, "存成 PDF", FILE_NAME, "PDF 文件 (*.pdf)")
        if name and guarded(self, self.look, save_help, name):
            self.said.setText("存好了，打开就能打印")


def _show_updates(window: QWidget, look: Look) -> None:
    from pilotdesk.ui.updates.desk import updates_desk_of
    from pilotdesk.ui.window.main_window import MainWindow

    if isinstance(window, MainWindow):
        updates_desk_of(window, look).show()


def _show_diagnostics(window: QWidget, look: Look) -> None:
    from pilotdesk.ui.start.diagnostics_dialog import show_diagnostics

    show_diagnostics(window, look)


def show_help(parent: QWidget, look: Look) -> None:
    """Open the help where it begins."""
    HelpDialog(parent, look).open()


def show_keys(parent: QWidget, look: Look) -> None:
    """Open the help at the sheet of keys."""
    dialog = HelpDialog(parent, look)
    dialog.open()
    dialog.show_part(KEYS)


def show_notice(parent: QWidget, look: Look, round_name: str, title: str) -> None:
    """Open the text of a round's notice."""
    dialog = Dialog(parent, look, title, "", "file-text")
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setFixedWidth(min(look.scaled(720), max(480, parent.width() - 80)))
    text = QPlainTextEdit(_notice_of(round_name))
    text.setReadOnly(True)
    text.setAccessibleName("通知原文")
    text.setMinimumHeight(min(look.scaled(420), max(200, parent.height() - 240)))
    dialog.body.addWidget(text)
    dialog.add_actions(["看完了"])
    dialog.open()


def _notice_of(round_name: str) -> str:
    """The text as it came with the pack of the round, which may have been brought by an update."""
    try:
        return (current_folder(round_name) / "notice.txt").read_text(encoding="utf-8")
    except OSError:
        return NO_NOTICE
