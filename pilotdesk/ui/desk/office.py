"""What the desk's papers are made with: the sitting, the theme, the thread, and what was typed for them before."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from pilotdesk.record import Record

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pilotdesk.clock import Clock
    from pilotdesk.ui.desk.sitting import Sitting
    from pilotdesk.ui.desk.typed_keeper import TypedKeeper
    from pilotdesk.ui.look.theme import Look
    from pilotdesk.ui.navigation.services import Toasts
    from pilotdesk.ui.tasks.worker import Runner


class Office(Record, frozen=True, kw_only=True):
    """Collaborators of every dialog that makes a paper.

    Attributes:
        look, sitting, clock, runner, toasts: see :class:`pilotdesk.ui.desk.outputs_menu.OutputsMenu`.
        kept: what was typed into a dialog, so that it stands there the next time.
        typed: ``folder`` is where files went last.
    """

    look: Look
    sitting: Sitting
    clock: Clock
    runner: Runner
    toasts: Toasts
    kept: TypedKeeper
    typed: dict[str, Any] = msgspec.field(default_factory=dict)

    @property
    def folder(self) -> Path:
        """Where files went last; at first the folder of the desk's file."""
        return Path(self.typed.get("folder") or self.sitting.desk.path.parent)

    @property
    def time(self) -> str:
        """The local time, ``10:32:05``."""
        return f"{self.clock.now().astimezone():%H:%M:%S}"

    def say_stored(self, files: Sequence[Path]) -> None:
        """Say that files are there, with a way to their folder."""
        more = f"等 {len(files)} 个文件" if len(files) > 1 else ""
        said = f"已存 {self.time}　“{files[0].name}”{more}"
        self.toasts.show_done(said, "打开文件夹", partial(open_place, files[0].parent))


def open_place(path: Path) -> None:
    """Open a folder or a file with the program that the system has for it."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
