"""A real program that begins some long work when it is told to; its lines are those of ``tests/ui/window_child.py``.

Takes the arguments of the program. Lines on its input: ``type TEXT`` into the project's name, ``do KIND SOURCE TARGET``,
``look`` at what is said, ``session`` (the computer is shut down), ``close``.
"""

from __future__ import annotations

import json
import os
import sys
from functools import partial
from io import FileIO
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSocketNotifier, QTimer

from pilotdesk import __main__ as program
from pilotdesk import app
from pilotdesk.ui.components.notice_strip import NoticeStrip
from pilotdesk.ui.desk import page as desk_page
from pilotdesk.ui.safety import holding
from pilotdesk.ui.tasks import worker
from pilotdesk.ui.window import incoming

if TYPE_CHECKING:
    from collections.abc import Callable

    from pilotdesk.drafts.running_mark import RunningMark
    from pilotdesk.ui.window.main_window import MainWindow


def tell(kind: str, **more: object) -> None:
    line = json.dumps({"kind": kind, **more}, ensure_ascii=False)
    os.write(sys.stdout.fileno(), f"{line}\n".encode())  # in one piece: the thread tells something, too


class Watched(worker.TaskRunner):
    """Tells when the work begins that was asked for."""

    is_told = False

    def run(self, work: Callable[..., object], *given: object, **named: object) -> object:
        def told(progress: object) -> object:
            if Watched.is_told:
                tell("begun")
            return work(progress)

        return run(self, told, *given, **named)


def export(window: MainWindow, _source: Path, target: Path) -> None:
    window.workspace.navigator.show_page("preview")
    panel = window.workspace.navigator.page().export_panel
    panel.folder.setText(str(target))
    Watched.is_told = True
    panel.export()


def backup(window: MainWindow, _source: Path, _target: Path) -> None:
    if window.safety._is_running:  # the first save has begun one
        tell("begun")
    window.safety.start(said=True)


def package(window: MainWindow, _source: Path, target: Path) -> None:
    card = window.shelf.cards()[0]
    window.show_start()
    window.desk._is_written(card.draft_id, target / "存出来的.pilot", "")


def kit(window: MainWindow, source: Path, _target: Path) -> None:
    window.show_start()
    window.desk.projects.take_over(source / "交接.zip")


def intake(window: MainWindow, source: Path, target: Path) -> None:
    from pilotdesk.forms.shipped import load_shipped
    from pilotdesk.review.desk.file import create_desk

    desk = target / "审核台_江西省_2026.db"
    if not desk.exists():
        create_desk(desk, load_shipped("2026").round, {"province": "江西省", "reviewer": "王工"})
    window.door.open(desk)
    window.door.page.intake.take((source / "报来的",))


RUNNING: list[RunningMark] = []
KINDS = {one.__name__: one for one in (export, backup, package, kit, intake)}


class Told(incoming.WishesOfOthers):
    def begin(self) -> None:
        super().begin()
        # Nothing is read ahead: of two lines that come together the second one would wait for a third.
        self.orders = FileIO(sys.stdin.fileno(), closefd=False)
        self.input = QSocketNotifier(self.orders.fileno(), QSocketNotifier.Type.Read, self)
        self.input.activated.connect(self.obey)
        tell("hears")

    def obey(self) -> None:
        order, *given = self.orders.readline().decode().rstrip("\n").split("\t")
        if order == "type":
            self._window.workspace.navigator.show_page("cover")
            entry = self._window.workspace.navigator.page().view.row_of("project_name").editor.entry
            entry.setText(given[0])
            entry.textEdited.emit(given[0])
            tell("typed")
        elif order == "open":
            self._window.open_draft(self._window.shelf.cards()[0].draft_id)
        elif order == "do":
            Watched.is_told = given[0] != "export"
            work = partial(KINDS[given[0]], self._window, Path(given[1]), Path(given[2]))
            QTimer.singleShot(0, self._window, work)
        elif order == "look":
            strips = [strip.said.text() for strip in self._window.findChildren(NoticeStrip)]
            gravest = self._window.promises.gravest
            tell("seen", strips=strips, broken=gravest.sentence if gravest else "")
        elif order == "session":
            app._store_for_session_end(self._window, RUNNING[-1])
            self._window.application.aboutToQuit.emit()
            os._exit(0)  # Windows asks nobody any more
        else:
            self.input.setEnabled(False)
            self._window.close()


def stay(window: MainWindow, mark: RunningMark) -> int:
    RUNNING.append(mark)
    return stays(window, mark)


def asked(*_given: object, **_named: object) -> int:
    tell("asked")
    return 0


def held(*_given: object) -> str:
    tell("held")
    return holding.CLOSE


if __name__ == "__main__":
    run = worker.TaskRunner.run
    worker.TaskRunner.run = Watched.run
    stays, app._stay = app._stay, stay
    desk_page.ask_choice, holding.ask_held = asked, held
    incoming.WishesOfOthers = Told
    program.main()
