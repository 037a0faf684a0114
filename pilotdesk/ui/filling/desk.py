"""套用正式模板 of an open draft: a form is chosen and opened on a thread; a mapping that somebody sent is installed."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QDragEnterEvent, QDropEvent

from pilotdesk.ui.dialogs.asking import guarded
from pilotdesk.ui.dialogs.files import ask_template
from pilotdesk.ui.filling.drop import mapping_in
from pilotdesk.ui.tasks.waiting import done_or_left, wait_for

if TYPE_CHECKING:
    from pathlib import Path

    from pilotdesk.documents.filling.remembered import Known
    from pilotdesk.ui.filling.work import TemplateWork
    from pilotdesk.ui.navigation.frame import OpenDraft, ProgramWindow
    from pilotdesk.ui.navigation.services import Services
    from pilotdesk.ui.tasks.worker import Progress

WORDS: Final = "套用正式模板…"
USE: Final = "把内容填进系统里下载的 Word 表，表的格式一点不动"


class FillingDesk(QObject):
    """Opens templates, and takes mappings that are dropped on the window."""

    def __init__(self, main: ProgramWindow, workspace: OpenDraft, services: Services) -> None:
        super().__init__(workspace)
        self._main = main
        self._workspace = workspace
        self._services = services
        self._look = services.look
        main.installEventFilter(self)

    def ask(self) -> None:
        """Ask for a template and open it."""
        source = ask_template(self._main)
        if source is not None:
            done_or_left(self._main, self._look, partial(self.open, source))

    def open(self, source: Path) -> None:
        """Show a template with what will stand where.

        Raises:
            PackageError: it is no .docx that can be filled; an old .doc is answered with how to save it as .docx.
            Cancelled: it took too long for whoever waited.
        """
        session = self._workspace.session
        form, snapshot, round_name = session.form, session.freeze(), session.pack.round.name
        today = self._services.clock.today()

        def work(progress: Progress) -> tuple[Known, TemplateWork]:
            # What the filling needs later is loaded here too, where nobody waits for it.
            import pilotdesk.documents.filling.filling  # noqa: F401
            import pilotdesk.documents.filling.saving  # noqa: F401
            from pilotdesk.documents.filling.remembered import known_mapping
            from pilotdesk.documents.filling.words import Words
            from pilotdesk.documents.opened import OpenedDocx
            from pilotdesk.forms.aliases import read_aliases
            from pilotdesk.forms.installed import current_folder
            from pilotdesk.ui.filling.work import TemplateWork

            opened = OpenedDocx.open(source)
            progress(0, 0)
            known = known_mapping(opened, form, round_name=round_name, today=today)
            progress(0, 0)
            words = Words(form, read_aliases(current_folder(round_name), form.head.name))
            return known, TemplateWork(opened, known.mapping, form, snapshot, words)

        known, looked = wait_for(self._main, self._look, f"正在看“{source.name}”", work)
        from pilotdesk.ui.filling.sitting import FillingSitting  # its heavy part was loaded on the thread

        FillingSitting(self._main, self._workspace, self._services, source).show(known, looked)

    def install(self, path: Path) -> None:
        """Keep a mapping that was dropped on the window, for the template that it is for.

        Raises:
            PackageError: it is no mapping.
            ExportError: it cannot be kept.
        """
        from pilotdesk.documents.filling.mapping import read_mapping
        from pilotdesk.documents.filling.remembered import install_mapping, kept_path
        from pilotdesk.ui.filling.sitting import kept_again, kept_now

        kept = kept_path(read_mapping(path).template.sha256)
        before = kept_now(kept)
        mapping = install_mapping(path)
        said = f"装好了“{mapping.template.file_name}”的对应，下次套用这个模板自动用。"
        self._services.toasts.show_done(said, "撤销", partial(kept_again, kept, before))

    # -- Qt --------------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt: a mapping dropped on the window is installed."""
        if isinstance(event, QDragEnterEvent | QDropEvent) and event.type() in {
            QEvent.Type.DragEnter,
            QEvent.Type.Drop,
        }:
            path = mapping_in(event.mimeData())
            if path is not None:
                event.acceptProposedAction()
                if event.type() is QEvent.Type.Drop:
                    # After the drop is over: a dialog that is open meanwhile holds the other program's mouse.
                    QTimer.singleShot(0, self, partial(guarded, self._main, self._look, self.install, path))
                return True
        return super().eventFilter(watched, event)
