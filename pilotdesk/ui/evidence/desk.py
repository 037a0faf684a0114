"""What the page of the ledger does with files; the work itself runs off the window's thread."""

from __future__ import annotations

from functools import partial
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal

from pilotdesk.errors import PilotDeskError
from pilotdesk.rules.issue import Severity
from pilotdesk.ui.dialogs import asking as dialogs
from pilotdesk.ui.dialogs.papers_place import papers_place
from pilotdesk.ui.editors import attachment as editors_attachment
from pilotdesk.ui.navigation.taking_back import TakingBack
from pilotdesk.ui.tasks.evidence_files import Bind, TakeIn, TakenIn, WriteOut, sorted_paths

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from PySide6.QtWidgets import QWidget

    from pilotdesk.documents.binding import Bound
    from pilotdesk.documents.blocks import Outline
    from pilotdesk.forms.values import Attachment, Scalar
    from pilotdesk.session import Session
    from pilotdesk.ui.evidence.strip import WorkStrip
    from pilotdesk.ui.navigation.services import Services
    from pilotdesk.ui.tasks.worker import Task

CODE: Final = "code"


class EvidenceDesk(QObject):
    """Takes files in, opens them, binds them.

    Args:
        page: parent of dialogs.
        session: the open draft.
        services: collaborators.
        strip: where it says what it does.

    Signals:
        added: id of the first row that came by a file.
    """

    added = Signal(str)

    def __init__(self, page: QWidget, session: Session, services: Services, strip: WorkStrip) -> None:
        super().__init__(page)
        self._page = page
        self._session = session
        self._services = services
        self._strip = strip
        self._tasks: list[Task] = []

    @property
    def table(self) -> str:
        """Name of the ledger."""
        return self._session.form.head.ledger

    def cancel(self) -> None:
        """Stop whatever runs; nothing half-done is left."""
        for task in self._tasks:
            task.cancel()
        self._tasks.clear()
        self._strip.clear()

    # -- taking in -------------------------------------------------------------------------------

    def ask_files(self) -> None:
        """Ask for files and make a piece of each."""
        self.add_files([Path(name) for name in editors_attachment.ask_files(self._page)])

    def add_files(self, paths: Sequence[Path]) -> None:
        """Make a piece of each file: title from its name, the next codes."""
        if paths:
            self._take(sorted_paths(paths), self._on_taken)

    def ask_file_for(self, path: str) -> None:
        """Ask for a file and put it into a cell."""
        names = editors_attachment.ask_files(self._page)
        if names:
            self._take([Path(names[0])], partial(self._on_taken_for, path))

    def _take(self, paths: Sequence[Path], done: object) -> None:
        work = TakeIn(paths, self._services.attachments.keeper())
        self._strip.show_running(f"正在看文件：{paths[0].name}", 0, len(paths))
        names = [path.name for path in paths]
        self._run(work, done, partial(self._on_progress, names))

    def _on_progress(self, names: Sequence[str], done: int, total: int) -> None:
        self._strip.show_running(f"正在看文件 {done + 1} / {total}：{names[done]}", done, total)

    def _on_taken(self, taken: TakenIn) -> None:
        """Files that are there already are not added a second time."""
        session, table = self._session, self.table
        from pilotdesk.forms.evidence_ledger import LedgerPiece, ledger_pieces, next_code

        pieces = ledger_pieces(session.form, session.values)
        present = {piece.file.sha256: piece for piece in pieces if piece.file is not None}
        troubles = list(taken.troubles)
        rows: list[dict[str, Scalar]] = []
        for file in taken.files:
            if file.sha256 in present:
                troubles.append(f"“{file.file_name}”目录里已经有了，是 {present[file.sha256].words}。")
                continue
            self._services.attachments.claim(file)
            code, title = next_code(pieces), PurePath(file.file_name).stem
            present[file.sha256] = piece = LedgerPiece("", code, title, file)
            pieces = (*pieces, piece)
            rows.append({CODE: code, "title": title, "file": (file,)})
        if rows:
            at = len(session.rows(table))
            session.insert_rows(table, at, rows, self)
            self.added.emit(session.rows(table)[at].id)
        self._say_taken(len(rows), troubles)

    def _on_taken_for(self, path: str, taken: TakenIn) -> None:
        for file in taken.files:
            self._services.attachments.claim(file)
            self._session.set_value(path, (file,), self)
        self._say_taken(len(taken.files), list(taken.troubles))

    def _say_taken(self, count: int, troubles: list[str]) -> None:
        self._strip.clear()
        if troubles:
            head = [f"加了 {count} 个文件，还有 {len(troubles)} 个没有加："] if count else []
            self._strip.say("warn", "\n".join(head + troubles))
        elif count:
            self._services.toasts.show_done(f"加了 {count} 个文件", "撤销  Ctrl+Z", self._taking_back())

    def earlier(self) -> tuple[Mapping[str, Scalar], ...]:
        """Pieces of the earlier forms of the project; none where they cannot be read, which opening those forms says."""
        try:
            return self._services.attachments.earlier()
        except PilotDeskError:
            return ()

    def bring(self) -> None:
        """Put the pieces of the earlier forms into the ledger, with codes that go on from here."""
        from pilotdesk.forms.evidence_ledger import brought_pieces

        session, table = self._session, self.table
        rows = brought_pieces(session.form, session.values, self.earlier())
        if not rows:
            self._strip.say("ok", "年度总结里的材料，这里都有了。")
            return
        at = len(session.rows(table))
        session.insert_rows(table, at, rows, self)
        self.added.emit(session.rows(table)[at].id)
        words = f"从年度总结带来了 {len(rows)} 件，编号接着排；用不着的删去"
        self._services.toasts.show_done(words, "撤销  Ctrl+Z", self._taking_back())

    def say_renamed(self, old: str, new: str, count: int) -> None:
        """What refers to a piece went along with its code."""
        words = f"{old} 改成了 {new}，{count} 处“佐证”跟着改了"
        self._services.toasts.show_done(words, "撤销  Ctrl+Z", self._taking_back())

    # -- opening ---------------------------------------------------------------------------------

    def open_file(self, file: Attachment) -> None:
        """Have the desktop show a file."""
        self._run(WriteOut(file, self._services.attachments.reader()), self._on_written)

    def _on_written(self, path: Path) -> None:
        if not editors_attachment.open_file(path):
            self._strip.say("warn", f"这台电脑上没有程序能打开“{path.name}”。文件在 {path}。")

    # -- binding ---------------------------------------------------------------------------------

    def ask_and_bind(self) -> None:
        """Ask where to, and bind all pieces that have a file."""
        from pilotdesk.forms.evidence_ledger import ledger_pieces

        session = self._session
        if not any(piece.file for piece in ledger_pieces(session.form, session.values)):
            self._strip.say("warn", "目录里还没有文件，没有可以合订的。先加文件。")
            return
        kept = self._services.settings.choices.export_folder or papers_place()
        target = dialogs.ask_pdf_target(self._page, "合订成一个 PDF", Path(kept) / f"{self._stem()}.pdf")
        if target is not None:
            self.bind(target)

    def bind(self, target: Path) -> None:
        """Bind all pieces that have a file into one PDF."""
        from pilotdesk.forms.evidence_ledger import ledger_pieces

        pieces = ledger_pieces(self._session.form, self._session.values)
        work = Bind(pieces, self._directory(), target, self._services.attachments.reader())
        self._strip.show_running("正在合订", 0, len(pieces))
        left = [piece.code for piece in pieces if piece.file is None]
        self._run(work, partial(self._on_bound, target, left), self._on_binding)

    def _on_binding(self, done: int, total: int) -> None:
        self._strip.show_running(f"正在合订第 {done + 1} 件，共 {total} 件", done, total)

    def _on_bound(self, target: Path, left: Sequence[str], bound: Bound) -> None:
        words = f"合订好了，读回来核对过：{len(bound.pieces)} 件，{bound.pages} 页。"
        if left:
            words += f"{'、'.join(left)}没有文件，不在里面。"
        if bound.signed:
            words += (
                f"{'、'.join(bound.signed)}带电子签名，合订后只剩签章的样子，不能验签；要验签的地方另交原件。"
            )
        self._strip.say("ok", words, target)

    def _directory(self) -> Outline | None:
        """The 佐证材料目录 as it is printed, when the form prints one by itself; a draft while errors are left."""
        from pilotdesk.projects import outline_of

        session, form = self._session, self._session.form
        step = next(step for step in form.steps if step.name == form.step_of[self.table])
        if not step.document:
            return None
        errors = any(issue.severity is Severity.ERROR for issue in session.engine.listed_issues())
        return outline_of(session, draft=errors, document=step.document)

    def _stem(self) -> str:
        form, values = self._session.form, self._session.values
        name = values.get(form.head.project_name)
        words = f"{name}-佐证材料" if isinstance(name, str) else "佐证材料"
        return "".join(sign for sign in words if sign not in '\\/:*?"<>|\n\r\t')[:80]

    # -- inside ----------------------------------------------------------------------------------

    def _taking_back(self) -> Callable[[], None]:
        return TakingBack(self._session, self._services)

    def _run(self, work: object, done: object, progress: object = None) -> None:
        task = self._services.runner.run(
            work,  # type: ignore[arg-type]
            done,  # type: ignore[arg-type]
            failed=self._on_failed,
            progress=progress,  # type: ignore[arg-type]
        )
        self._tasks = [*(running for running in self._tasks if not running.is_cancelled), task]

    def _on_failed(self, trouble: PilotDeskError) -> None:
        self._strip.say("warn", str(trouble))
