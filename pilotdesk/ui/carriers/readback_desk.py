"""Word files that people edited or filled in, at the open draft: read back, looked at, taken over; and blank ones given out."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject

from pilotdesk.ui.dialogs.file_asking import open_name, save_name
from pilotdesk.ui.tasks.waiting import done_or_left, wait_for

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from pilotdesk.documents.edited import Edits
    from pilotdesk.documents.identity import Identity
    from pilotdesk.session import Session
    from pilotdesk.ui.carriers.blank_dialog import BlankDialog
    from pilotdesk.ui.carriers.readback_dialog import ReadbackDialog
    from pilotdesk.ui.navigation.frame import OpenDraft, ProgramWindow
    from pilotdesk.ui.navigation.services import Services
    from pilotdesk.ui.tasks.worker import Progress

WORDS: Final = "读回改过的 Word…"
USE: Final = "导出的 Word 在别处改过，或同事填好了空白表：一处处看，勾了才采用"
BLANK_WORDS: Final = "空白 Word 表…"
BLANK_USE: Final = "给没装程序的同事（Windows 7、国产系统）用 WPS 填，填好再读回"
KIND: Final = "Word 文件 (*.docx *.doc *.wps)"


class ReadbackDesk(QObject):
    """What the ways of a draft lead to."""

    def __init__(self, main: ProgramWindow, workspace: OpenDraft, services: Services) -> None:
        super().__init__(workspace)
        self._main = main
        self._workspace = workspace
        self._services = services

    # -- reading back ----------------------------------------------------------------------------

    def ask(self) -> None:
        """Ask for a Word file and read it back."""
        path = ask_word(self._main)
        if path is not None:
            self.read(path)

    def read(self, path: Path) -> None:
        """Read a Word file, have the changes looked at, and write those that were chosen as one step."""
        from pilotdesk.ui.carriers.readback_blank import is_for_other_form, take_blank
        from pilotdesk.ui.carriers.readback_dialog import ReadbackDialog
        from pilotdesk.ui.dialogs.asking import tell

        self._workspace.flush()
        session, look = self._workspace.session, self._services.look
        if session.is_read_only:
            tell(self._main, look, "现在不能读回", "资料正在别处打开着，这里只能看。先在那边关掉，再来一次。")
            return
        if is_for_other_form(path, session):
            take_blank(self._main, look, self._services.clock, path)
            return
        found: list[Edits] = []
        if not done_or_left(self._main, look, lambda: found.append(self._looked(path))):
            return
        edits = found[0]
        if not edits:
            text = f"比了 {edits.compared} 栏，和草稿里的一样，没有要读回的。"
            tell(self._main, look, f"“{path.name}”里没有改动", text)
            return
        own = edits.blank or is_of(edits.identity, session)
        dialog = ReadbackDialog(self._main, look, session.form, edits, path.name, own=own)
        dialog.accepted.connect(partial(self._adopt, edits, dialog))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _looked(self, path: Path) -> Edits:
        from pilotdesk.documents.edited import read_edited

        session = self._workspace.session
        pack, form, snapshot = session.pack, session.form, session.freeze()

        def work(_progress: Progress) -> Edits:
            return read_edited(pack, form, snapshot, path)

        return wait_for(self._main, self._services.look, f"正在读“{path.name}”", work)

    def _adopt(self, edits: Edits, dialog: ReadbackDialog) -> None:
        from pilotdesk.projects.reading_back import adopt

        workspace, wanted = self._workspace, dialog.wanted()
        change = adopt(workspace.session, edits, wanted)
        if workspace.autosave is not None:
            workspace.autosave.flush()
        undo = workspace.taking_back() if change else None
        said = f"从 Word 读回了 {len(wanted)} 处" if change else "草稿里已经是这样，没有要改的"
        self._services.toasts.show_done(said, "撤销  Ctrl+Z" if undo else "", undo)

    # -- blank forms -----------------------------------------------------------------------------

    def give_blank(self) -> None:
        """Ask for parts and a place, and write the blank form."""
        from pilotdesk.ui.carriers.blank_dialog import BlankDialog

        dialog = BlankDialog(self._main, self._services.look, self._workspace.session.form)
        dialog.accepted.connect(partial(self._write_blank, dialog))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _write_blank(self, dialog: BlankDialog) -> None:
        session, look, parts = self._workspace.session, self._services.look, dialog.answer()
        if dialog.chosen != 1:
            return
        target = ask_blank_target(self._main, f"空白表_{session.form.head.short}")
        if target is None:
            return

        def work(_progress: Progress) -> Path:
            from pilotdesk.documents.blank import document_with, write_blank

            document = document_with(session.form, parts) or ""
            write_blank(session.pack, session.form, target, document=document, parts=parts)
            return target

        if done_or_left(self._main, look, lambda: wait_for(self._main, look, "正在写空白表", work)):
            self._services.toasts.show_done(f"存好了：{target.name}。同事填好发回来，点“{WORDS}”。")


def is_of(identity: Identity, session: Session) -> bool:
    """Whether a file was made from the project that a draft belongs to."""
    mine = session.identity.project_id.removeprefix("p_")[:12]
    return identity.project == mine


def can_be_read_back(identity: Identity, session: Session) -> bool:
    """Whether a file is of this very form, and of this project or of a blank form."""
    same = (identity.round, identity.form) == (session.round.name, session.form.head.name)
    return same and not session.is_read_only and (not identity.project or is_of(identity, session))


def ask_word(parent: QWidget) -> Path | None:
    """Ask for an edited Word file; ``None`` when it was left."""
    name = open_name(parent, "选改过的 Word 文件", KIND)
    return Path(name) if name else None


def ask_blank_target(parent: QWidget, suggestion: str) -> Path | None:
    """Ask where a blank form is to be put; ``None`` when it was left."""
    name = save_name(parent, "空白表存到哪里", f"{suggestion}.docx", "Word 文件 (*.docx)")
    return Path(name).with_suffix(".docx") if name else None
