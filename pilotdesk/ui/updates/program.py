"""A newer program: verified again, everything stored, its installer started in the place of this one.

Only a program that an installer put here can be replaced by one. For the others it is said what to do with the file.
"""

from __future__ import annotations

import shlex
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QGuiApplication

from pilotdesk import __version__
from pilotdesk.paths import data_dir, install_root, portable_root
from pilotdesk.ui.components.basic import Button, row
from pilotdesk.ui.tasks.waiting import wait_for
from pilotdesk.ui.updates.card import UpdateCard
from pilotdesk.ui.updates.words import day_of

if TYPE_CHECKING:
    from pathlib import Path

    from pilotdesk.clock import Clock
    from pilotdesk.ui.look.theme import Look
    from pilotdesk.ui.navigation.frame import ProgramWindow
    from pilotdesk.ui.tasks.worker import Progress
    from pilotdesk.updates.program import ProgramUpdate

LATER: Final = "先不更新"
NOW: Final = "关掉程序，开始更新"
RUN, UNPACK, ADMIN, OTHER = "run", "unpack", "admin", "other"

_HOW: Final = {
    RUN: "先存好所有内容、再备份一次，关掉这个程序，打开安装程序。填的内容、附件和备份都在资料文件夹里，不动。",
    UNPACK: (
        "您用的是绿色版：把压缩包解压到另一个文件夹，关掉这个程序，再把这里的“资料”整个拷过去，"
        "旁边有 keys 文件夹的也拷，从新的里面打开。"
    ),
    ADMIN: "装它要管理员。请把下面这一行交给管理这台电脑的同事，在终端里运行；装好以后重新打开程序，资料不动。",
    OTHER: "这个程序不是用安装程序装的，或这个文件是另一种装法的，不能替您装。请向发放单位问怎样装。",
}


def way_of(update: ProgramUpdate) -> str:
    """What can be done with a file here: run it, unpack it, hand it to the administrator, or ask."""
    if update.way == "portable":
        return UNPACK if portable_root() is not None else OTHER
    if update.way == "deb":
        return ADMIN
    return RUN if install_root() is not None else OTHER


class ProgramDesk(QObject):
    """Leads from the file of a newer program to its installer.

    Signals:
        ready: everything is stored, and the program is to make way for an installer; with the path of its verified copy.
    """

    ready = Signal(object)

    def __init__(self, window: ProgramWindow, look: Look, clock: Clock) -> None:
        super().__init__(window)
        self._window = window
        self._look = look
        self._clock = clock

    def take(self, path: Path, *, at_once: bool = False) -> None:
        """Verify a file and show what can be done with it; ``at_once``: do it, where it can be done.

        Raises:
            UpdateError: what is wrong with it.
            Cancelled: it was left.
        """
        update = wait_for(self._window, self._look, f"正在核对“{path.name}”", partial(_verified, path))
        if way_of(update) == OTHER:
            self._show(update, update.path)
        elif way_of(update) != RUN:
            self._show(update, self._copied(update))
        elif at_once:
            self._run(update)
        else:
            self._show(update, update.path)

    def _show(self, update: ProgramUpdate, path: Path) -> None:
        """Show what a file is and what can be done with it, or with its verified copy."""
        way = way_of(update)
        title = f"新版 PilotDesk {update.version}"
        card = UpdateCard(self._window, self._look, title, _HOW[way], "package")
        made = day_of(update.made, self._clock.today())
        card.add_line(
            f"**{update.signer.name}** 签发，签名对得上，没有改动过。{made}做的，现在用的是 {__version__}。"
        )
        if update.notes:
            card.add_line(f"发放单位说：{update.notes}")
        fact = f"sudo apt install {shlex.quote(str(path))}" if way == ADMIN else str(path)
        card.add_fact("在终端里运行" if way == ADMIN else "文件", fact)
        if way == UNPACK:
            card.add_fact("这里的“资料”", str(data_dir()))
        if way == RUN:
            card.ask((LATER, NOW), partial(self._guarded_run, update))
            return
        copy = Button(self._look, "复制", icon="copy", small=True)
        copy.clicked.connect(partial(_copy, fact))
        folder = Button(self._look, "打开文件夹", icon="folder-open", small=True)
        folder.clicked.connect(partial(_open_folder, path))
        card.body.addLayout(row(copy, folder, None))
        card.say()

    def _guarded_run(self, update: ProgramUpdate) -> None:
        from pilotdesk.ui.updates.desk import updates_desk_of

        updates_desk_of(self._window, self._look).guard(update.path, partial(self._run, update))

    def _run(self, update: ProgramUpdate) -> None:
        """Bring the installer here; store everything; make way.

        Raises:
            PilotDeskError: as :meth:`_copied`.
            Cancelled: it was left.
        """
        ready = self._copied(update)
        if self._window.may_leave():
            self.ready.emit(ready)

    def _copied(self, update: ProgramUpdate) -> Path:
        """A copy in the data directory, hashed while it was written: the stick may change its mind, or be pulled out.

        Raises:
            PilotDeskError: the file is not the signed one any more, or there is no room for it.
            Cancelled: it was left.
        """

        def work(progress: Progress) -> Path:
            from pilotdesk.updates.program import staged

            return staged(update, progress)

        return wait_for(self._window, self._look, "正在复制安装程序，再核对一遍", work)


def _verified(path: Path, progress: Progress) -> ProgramUpdate:
    from pilotdesk.updates.program import newer_program

    return newer_program(path, progress)


def _copy(text: str) -> None:
    QGuiApplication.clipboard().setText(text)


def _open_folder(path: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.parent)))
