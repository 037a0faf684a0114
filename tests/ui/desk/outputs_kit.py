"""The desk's menu of papers over a bare page, driven as a person does, with a real thread behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QMenu, QWidget

from pilotdesk.ui.components.basic import Button
from pilotdesk.ui.desk.outputs_menu import OutputsMenu
from pilotdesk.ui.dialogs.asking import Dialog
from pilotdesk.ui.tasks.worker import TaskRunner
from tests.ui.conftest import Said

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from pilotdesk.ui.desk.paper_dialog import PaperDialog
    from pilotdesk.ui.desk.sitting import Sitting
    from pilotdesk.ui.look.theme import Look

Kind = TypeVar("Kind", bound=Dialog)
BUREAU = "江西省市场监督管理局"
LONG_MS = 60_000


class Desktop:
    """A page, its menu and the toasts."""

    def __init__(
        self, qtbot: QtBot, look: Look, sitting: Sitting, size: tuple[int, int] = (1366, 697)
    ) -> None:
        self.qtbot, self.sitting, self.look = qtbot, sitting, look
        self.page = QWidget()
        qtbot.addWidget(self.page)
        self.page.resize(*size)
        with qtbot.waitExposed(self.page):
            self.page.show()
        self.said = Said()
        self.runner = TaskRunner(self.page)
        self.menu = OutputsMenu(
            self.page, look, sitting, clock=sitting.clock, runner=self.runner, toasts=self.said
        )

    def pick(self, *keys: str) -> None:
        for key in keys:
            self.sitting.pick(key, True)

    def name_bureau(self) -> None:
        self.sitting.set_setting("bureau", BUREAU)

    def choose(self, method: str, kind: type[Kind] = Dialog) -> Kind:  # type: ignore[assignment]
        """Choose a line of the menu; the dialog that opens."""
        before = set(self.open_dialogs())
        self._click_line(method)
        opened = [one for one in self.open_dialogs() if one not in before]
        assert len(opened) == 1, opened
        assert isinstance(opened[0], kind)
        opened[0].activateWindow()
        self.qtbot.waitUntil(opened[0].isActiveWindow)
        return opened[0]

    def do(self, method: str) -> None:
        """Choose a line that opens no dialog of ours."""
        self._click_line(method)

    def _click_line(self, method: str) -> None:
        menu = QMenu(self.page)
        self.menu.fill(menu)
        next(one for one in menu.actions() if one.objectName() == method).trigger()
        menu.deleteLater()

    def open_dialogs(self) -> list[Dialog]:
        return [one for one in self.page.findChildren(Dialog) if one.isVisible()]

    def press(self, dialog: QWidget, words: str) -> None:
        self.qtbot.mouseClick(button(dialog, words), Qt.MouseButton.LeftButton)

    def tick(self, option: QWidget) -> None:
        self.qtbot.mouseClick(option, Qt.MouseButton.LeftButton, pos=option.rect().center())

    def make(self, dialog: PaperDialog) -> Any:
        """Press the button that makes it, and wait for what was stored."""
        self.press(dialog, dialog.start.text())
        self.qtbot.waitUntil(lambda: dialog.stored is not None or dialog.trouble.isVisible(), timeout=LONG_MS)
        assert dialog.stored is not None, dialog.trouble.plain
        self.qtbot.waitUntil(lambda: "已存" in shown(dialog))
        return dialog.stored

    def refused(self, dialog: PaperDialog) -> str:
        """Press the button that makes it, and wait for the sentence."""
        self.press(dialog, dialog.start.text())
        self.qtbot.waitUntil(lambda: dialog.trouble.isVisible(), timeout=LONG_MS)
        assert dialog.stored is None
        return dialog.trouble.plain

    def close(self) -> None:
        self.runner.close()


def button(dialog: QWidget, words: str) -> Button:
    return next(one for one in dialog.findChildren(Button) if one.text() == words and one.isVisible())


def shown(dialog: QWidget) -> str:
    """All that can be read in a dialog."""
    return "\n".join(
        one.accessibleName() or one.text() for one in dialog.findChildren(QLabel) if one.isVisible()
    )


def left_behind(folder: Path) -> list[str]:
    """Names of what was written halfway."""
    return [
        path.name for path in folder.rglob("*") if ".part" in path.name or path.name.startswith(".pilotdesk")
    ]
