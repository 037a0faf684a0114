"""Files to be verified: chosen or dropped on the window, read on a thread, told of in a dialog."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QDragEnterEvent, QDropEvent

from pilotdesk.ui.dialogs.file_asking import open_names
from pilotdesk.ui.tasks.update_files import ENDINGS as UPDATES
from pilotdesk.ui.tasks.waiting import done_or_left, wait_for

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QMimeData
    from PySide6.QtWidgets import QWidget

    from pilotdesk.clock import Clock
    from pilotdesk.drafts.package import Package
    from pilotdesk.projects.verifying import Verification
    from pilotdesk.ui.carriers.readback_desk import ReadbackDesk
    from pilotdesk.ui.look.theme import Look
    from pilotdesk.ui.navigation.frame import ProgramWindow
    from pilotdesk.ui.tasks.worker import Progress

KINDS: Final = "草稿、Word、PDF (*.pilot *.docx *.pdf)"
OPENED: Final = frozenset({".pilot", ".pilotback", *UPDATES})
"""What is opened when it is dropped alone."""
ENDINGS: Final = frozenset({".pilot", ".docx", ".pdf", ".doc", ".docm", ".wps"})
"""What is taken from a drop. Old Word files are among them so that they are told how they can be read."""

WORDS: Final = "核对文件…"


class VerifyDesk(QObject):
    """Asks for files, or takes those that are dropped on the window."""

    def __init__(self, window: ProgramWindow, look: Look, clock: Clock) -> None:
        super().__init__(window)
        self._window = window
        self._look = look
        self._clock = clock
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    def ask(self) -> None:
        """Ask for files and verify them."""
        files = ask_files(self._window)
        if files:
            self.verify(files)

    def verify(self, files: Sequence[Path]) -> None:
        """Verify files and show the outcome."""
        found: list[Verification] = []
        if done_or_left(self._window, self._look, lambda: found.append(self._look_into(files))):
            self._show(found[0], files)

    def _look_into(self, files: Sequence[Path]) -> Verification:
        opened = {path: package for path in files if (package := self._unlocked(path)) is not None}

        def read(path: Path) -> Package:
            from pilotdesk.drafts.package import read_package

            return opened.get(path) or read_package(path)

        def work(_progress: Progress) -> Verification:
            from pilotdesk.projects.verifying import verify

            return verify(files, read=read, today=self._clock.today())

        return wait_for(self._window, self._look, "正在核对", work)

    def _unlocked(self, path: Path) -> Package | None:
        """A package with a password, which is asked for; ``None`` for every other file, and when it was not known."""
        from pilotdesk.drafts.sealed import MAGIC, is_sealed
        from pilotdesk.ui.carriers.package_desk import opened_package

        try:
            with path.open("rb") as file:
                locked = is_sealed(file.read(len(MAGIC)))
        except OSError:
            return None  # told of beside the others
        return opened_package(self._window, self._look, path) if locked else None

    def _show(self, found: Verification, files: Sequence[Path]) -> None:
        from pilotdesk.ui.carriers.verify_dialog import VerifyDialog

        reader = self._reader(found)
        dialog = VerifyDialog(self._window, self._look, found, can_read_back=reader is not None)
        dialog.more_wanted.connect(self.ask)
        if reader is not None:
            dialog.read_back_wanted.connect(partial(reader.read, files[0]))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _reader(self, found: Verification) -> ReadbackDesk | None:
        """What reads a file back that was changed and belongs to the open draft; ``None`` for all others."""
        from pilotdesk.ui.carriers.readback_desk import ReadbackDesk, can_be_read_back

        workspace, alone = self._window.workspace, found.findings[0]
        if workspace is None or len(found.findings) > 1 or (alone.kind, alone.state) != ("docx", "changed"):
            return None
        fits = any(can_be_read_back(one, workspace.session) for one in alone.documents)
        return workspace.findChild(ReadbackDesk) if fits else None

    # -- Qt --------------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt: a package, filled form, return slip or update dropped alone is opened, anything else is verified if it can be."""
        if isinstance(event, QDragEnterEvent) and event.type() is QEvent.Type.DragEnter:
            if dropped_files(event.mimeData()):
                event.acceptProposedAction()
                return True
        elif isinstance(event, QDropEvent) and event.type() is QEvent.Type.Drop:
            files = dropped_files(event.mimeData())
            if files:
                event.acceptProposedAction()
                self._take(files)
                return True
        return super().eventFilter(watched, event)

    def _take(self, files: Sequence[Path]) -> None:
        from PySide6.QtCore import QTimer

        alone = files[0] if len(files) == 1 and self._is_opened(files[0]) else None
        # After the drop is over: a dialog that is open meanwhile holds the other program's mouse.
        action = partial(self._window.open_package, alone) if alone else partial(self.verify, files)
        QTimer.singleShot(0, self, action)

    def _is_opened(self, path: Path) -> bool:
        """Whether a file that is dropped alone is opened: a package, a return slip, or a filled blank form."""
        from pilotdesk.ui.carriers.readback_blank import is_blank_file

        kind = path.suffix.lower()
        return kind in OPENED or (kind == ".docx" and is_blank_file(path))


def verify_desk_of(window: ProgramWindow, look: Look, clock: Clock) -> VerifyDesk:
    """The window's desk for verifying; it takes what is dropped on the window from then on."""
    desk = window.findChild(VerifyDesk)
    if desk is None:
        desk = VerifyDesk(window, look, clock)
    return desk


def dropped_files(mime: QMimeData) -> list[Path]:
    """The files of a drop when all of them are packages, Word files and PDFs, or one is opened alone; else none."""
    files = [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()]
    alone = len(files) == 1 and files[0].suffix.lower() in OPENED
    return files if alone or (files and all(path.suffix.lower() in ENDINGS for path in files)) else []


def ask_files(parent: QWidget) -> list[Path]:
    """Ask for files to verify; empty when it was left."""
    return [Path(name) for name in open_names(parent, "选要核对的文件，可以多选", KINDS)]
