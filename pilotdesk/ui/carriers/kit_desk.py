"""上报材料包 of an open draft: planned on the window's thread, made on the worker's, noted with the draft when it is final."""

from __future__ import annotations

from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject

from pilotdesk.errors import PilotDeskError
from pilotdesk.rules.issue import Severity
from pilotdesk.ui.dialogs.papers_place import papers_place

if TYPE_CHECKING:
    from pilotdesk.documents.export import ExportedFile, ExportResult
    from pilotdesk.projects.upload_kit import MadeKit, Plan
    from pilotdesk.session import Session
    from pilotdesk.ui.carriers.kit_dialog import KitDialog
    from pilotdesk.ui.navigation.frame import OpenDraft, ProgramWindow
    from pilotdesk.ui.navigation.services import Services
    from pilotdesk.ui.tasks.worker import Progress, Task

WORDS: Final = "上报材料包…"
USE: Final = "一个文件夹装齐 Word、PDF、附件和清单，每个文件再读一遍核对"


class KitDesk(QObject):
    """Shows the dialog and does what it asks for."""

    def __init__(self, main: ProgramWindow, workspace: OpenDraft, services: Services) -> None:
        super().__init__(workspace)
        self._main = main
        self._workspace = workspace
        self._services = services
        self._task: Task | None = None

    def ask(self) -> None:
        """Show what would go into the kit and where it is to stand."""
        from pilotdesk.projects.upload_kit import plan_kit
        from pilotdesk.ui.carriers.kit_dialog import KitDialog

        session, look = self._workspace.session, self._services.look
        plan = plan_kit(session, self._services.clock.today(), draft=True)
        dialog = KitDialog(self._main, look, plan, self._first_folder(), why_not_final(session))
        dialog.wanted.connect(partial(self._make, dialog))
        dialog.cancelled.connect(self._cancel)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _first_folder(self) -> str:
        from pilotdesk.ui.preview.export_panel import FOLDER_NAME

        return self._services.settings.choices.export_folder or str(papers_place() / FOLDER_NAME)

    def _make(self, dialog: KitDialog, folder: str, draft: bool) -> None:
        from pilotdesk.projects.upload_kit import make_kit, plan_kit

        try:
            papers = tuple(returned.paper() for returned in self._services.returns)
            today = self._services.clock.today()
            plan = plan_kit(self._workspace.session, today, draft=draft, papers=papers)
            read = self._services.attachments.reader()
        except PilotDeskError as trouble:
            dialog.show_trouble(str(trouble))
            return

        def work(progress: Progress) -> MadeKit:
            return make_kit(plan, read, Path(folder), progress)

        self._task = self._services.runner.run(
            work,
            partial(self._on_made, dialog, plan, folder),
            failed=lambda trouble: dialog.show_trouble(str(trouble)),
            progress=dialog.show_progress,
        )

    def _cancel(self) -> None:
        if self._task is not None:
            self._task.cancel()
            self._task = None

    def _on_made(self, dialog: KitDialog, plan: Plan, folder: str, made: MadeKit) -> None:
        self._task = None
        autosave = self._workspace.autosave
        if made.codes and autosave is not None:
            autosave.remember_export(exported(plan, made), final=True)
        with suppress(PilotDeskError):  # where the next one begins is no promise
            self._services.settings.keep(export_folder=folder)
        dialog.show_made(made)


def why_not_final(session: Session) -> str:
    """Why there is no final version of a draft now; empty when there can be one."""
    errors = sum(issue.severity is Severity.ERROR for issue in session.engine.listed_issues())
    if session.is_read_only:
        return "资料正在别处打开着，这里不能定稿"
    if session.identity.practice:
        return "练习样例不能定稿，会印“样张”"
    return f"还有 {errors} 处必须改" if errors else ""


def exported(plan: Plan, made: MadeKit) -> ExportResult:
    """The documents of a kit as an export of the draft."""
    from pilotdesk.documents.export import ExportResult

    files = [file for at in range(len(plan.outlines)) for file in _files_of(plan, made, at)]
    answers = sum(len(outline.answers) for outline in plan.outlines)
    return ExportResult(files=tuple(files), pages=0, answers=answers, check_codes=made.codes)


def _files_of(plan: Plan, made: MadeKit, at: int) -> list[ExportedFile]:
    from pilotdesk.documents.export import ExportedFile

    outline = plan.outlines[at]
    stem = plan.names.file(at + 1, outline.name, mark=outline.mark)
    return [
        ExportedFile(
            kind=kind, path=made.folder / file.name, sha256=file.sha256, check_code=outline.check_code
        )
        for file in made.files
        for kind in ("docx", "pdf")
        if file.name == f"{stem}.{kind}"
    ]
