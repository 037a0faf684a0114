"""Keeps a PDF of the session up to date in the background and hands out pictures of its pages."""

from __future__ import annotations

import contextlib
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from collections.abc import Callable

    from pilotdesk.documents.blocks import Outline
    from pilotdesk.documents.pdf import PageImage
    from pilotdesk.documents.pictures import Content
    from pilotdesk.errors import PilotDeskError
    from pilotdesk.session import Session
    from pilotdesk.ui.tasks.worker import Progress, Runner, Task


class PreviewDrawing(QObject):
    """One file at a time; a change of the session makes it stale.

    Signals:
        drawn: a new file is there, with its number of pages, and the numbered ones among them (all but the cover).
        failed: the sentence why there is none.
        progressed: (page, pages) while it is laid out.
    """

    drawn = Signal(int, int)
    failed = Signal(str)
    progressed = Signal(int, int)

    def __init__(self, session: Session, runner: Runner, content: Content | None = None) -> None:
        super().__init__()
        self._session = session
        self._content = content
        self._runner = runner
        self._folder = tempfile.TemporaryDirectory(prefix="pilotdesk-", ignore_cleanup_errors=True)
        self._task: Task | None = None
        self._stale, self._drawing = True, False
        self._made = 0
        self.file: Path | None = None

    @property
    def is_current(self) -> bool:
        """Whether the file is that of the session as it is."""
        return not self._stale and not self._drawing and self.file is not None

    def spoil(self) -> None:
        """The session has changed."""
        self._stale = True

    def redraw(self, *, draft: bool, document: str) -> None:
        """Lay a document of the session out, unless nothing has changed or it is being done."""
        if not self._stale or self._drawing:
            return
        self._stale, self._drawing, self._draft, self._document = False, True, draft, document
        from pilotdesk.projects import outline_of

        self._made += 1
        target = Path(self._folder.name) / f"preview{self._made}.pdf"
        work = _Draw(outline_of(self._session, draft=draft, document=document), target, self._content)
        self._task = self._runner.run(
            work, self._on_drawn, failed=self._on_failed, progress=self.progressed.emit
        )

    def _on_drawn(self, made: tuple[Path, int, int]) -> None:
        self._drawing = False
        old = self.file
        self.file, count, numbered = made
        self.drawn.emit(count, numbered)
        if old is not None:
            with contextlib.suppress(OSError):
                old.unlink()
        if self._stale:
            self.redraw(draft=self._draft, document=self._document)

    def _on_failed(self, trouble: PilotDeskError) -> None:
        self._drawing = False
        self.failed.emit(str(trouble))

    def picture(self, index: int, scale: float, show: Callable[[PageImage], None]) -> None:
        """Draw a page at ``scale`` device px a point; ``show`` gets it unless the file is another by then."""
        file = self.file
        if file is None:
            return

        def work(_progress: Progress) -> PageImage | None:
            from pilotdesk.documents.pdf import render_page

            return render_page(file, index, scale) if file.exists() else None

        def done(image: PageImage | None) -> None:
            if file == self.file and image is not None:
                show(image)

        self._runner.run(work, done)

    def answer_at(self, index: int, place: tuple[float, float], done: Callable[[str], None]) -> None:
        """Find the answer at a place of a page (shares of width and height); ``done`` gets its path or ``""``."""
        file = self.file
        if file is None:
            return

        def work(_progress: Progress) -> str:
            from pilotdesk.documents.pdf import answer_at

            return answer_at(file, index, *place) if file.exists() else ""

        self._runner.run(work, done)

    def close(self) -> None:
        """Stop drawing and drop the file."""
        self.file = None
        if self._task is not None:
            self._task.cancel()
        with contextlib.suppress(OSError):
            self._folder.cleanup()


class _Draw:
    """Lays an outline out, on the worker's thread."""

    def __init__(self, outline: Outline, target: Path, content: Content | None) -> None:
        self._outline, self._target, self._content = outline, target, content

    def __call__(self, progress: Progress) -> tuple[Path, int, int]:
        """Write the PDF; returns its path, its pages, and the numbered ones among them."""
        from pilotdesk.documents.pdf import page_count, write_pdf
        from pilotdesk.documents.pictures import Album

        numbered = write_pdf(self._outline, self._target, progress, Album(self._content)).pages
        return self._target, page_count(self._target), numbered
