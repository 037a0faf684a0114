"""A real program with a real window, told about on its output: what it opens, what it says, when it comes to the front.

Takes the arguments of the program. Lines on its input: ``type TEXT`` into the project's name without leaving the editor,
``dialog`` opens one that waits, ``close`` the window.
"""

from __future__ import annotations

import json
import sys
from io import FileIO
from typing import TYPE_CHECKING

from PySide6.QtCore import QSocketNotifier, QTimer
from PySide6.QtWidgets import QApplication

from pilotdesk import __main__ as program
from pilotdesk.ui.dialogs import asking as dialogs
from pilotdesk.ui.safety import holding
from pilotdesk.ui.window import incoming

if TYPE_CHECKING:
    from pilotdesk.ui.window.main_window import MainWindow


def tell(kind: str, **more: object) -> None:
    print(json.dumps({"kind": kind, **more}, ensure_ascii=False), flush=True)


def said(_parent: object, _look: object, title: str, text: str) -> None:
    tell("said", title=title, text=text)


def asked(_held: object, _clock: object, _folder: object) -> str:
    tell("asked")
    return holding.CLOSE


class Told(incoming.WishesOfOthers):
    def begin(self) -> None:
        super().begin()
        # Nothing is read ahead: of two lines that come together the second one would wait for a third.
        self.orders = FileIO(sys.stdin.fileno(), closefd=False)
        self.input = QSocketNotifier(self.orders.fileno(), QSocketNotifier.Type.Read, self)
        self.input.activated.connect(self.obey)
        tell("hears", title=self._window.windowTitle())

    def obey(self) -> None:
        order, _, text = self.orders.readline().decode().strip().partition(" ")
        if order == "type":
            self._window.workspace.navigator.show_page("cover")
            entry = self._window.workspace.navigator.page().view.row_of("project_name").editor.entry
            entry.setText(text)
            entry.textEdited.emit(text)
            tell("typed", stored=not self._window.workspace.autosave.is_pending)
        elif order == "dialog":
            QTimer.singleShot(0, self._window.safety.show_state)
            QTimer.singleShot(0, lambda: tell("asks", modal=QApplication.activeModalWidget() is not None))
        else:
            self.input.setEnabled(False)
            self._window.close()


def fulfil(window: MainWindow, *given: object) -> None:
    tell("taken")
    opened(window, *given)
    tell("opened", title=window.windowTitle())


def came(window: MainWindow) -> None:
    come(window)
    tell("front", active=window.isActiveWindow(), minimised=window.isMinimized())


def open_asked(window: MainWindow, *given: object) -> None:
    first(window, *given)
    QTimer.singleShot(0, lambda: tell("stands", title=window.windowTitle()))


dialogs.tell, holding.ask_held = said, asked
opened, come, first = incoming.fulfil, incoming.come_forward, incoming.open_asked
incoming.fulfil, incoming.come_forward, incoming.open_asked = fulfil, came, open_asked
incoming.WishesOfOthers = Told
program.main()
