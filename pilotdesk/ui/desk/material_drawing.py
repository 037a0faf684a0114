"""Draws the material of the submission that is looked at, in the background, and hands out pictures of its pages."""

from __future__ import annotations

import contextlib
import tempfile
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from pilotdesk.review.desk.material import draw_material
from pilotdesk.review.desk.originals import pictures_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pilotdesk.documents.pdf import PageImage
    from pilotdesk.errors import PilotDeskError
    from pilotdesk.forms.model import FormPack
    from pilotdesk.review.desk.material import Drawn
    from pilotdesk.review.desk.records import Dossier
    from pilotdesk.ui.tasks.worker import Progress, Runner, Task


class MaterialDrawing(QObject):
    """One document at a time; who asks for another is not told of the one before.

    Signals:
        drawn: :attr:`result` is there.
        failed: the sentence why there is none.
        progressed: (page, pages) while it is laid out.

    Attributes:
        result: a :class:`pilotdesk.review.desk.material.Drawn`; ``None`` while it is drawn.
    """

    drawn = Signal()
    failed = Signal(str)
    progressed = Signal(int, int)

    def __init__(self, pack: FormPack, runner: Runner) -> None:
        super().__init__()
        self._pack = pack
        self._runner = runner
        self._folder = tempfile.TemporaryDirectory(prefix="pilotdesk-", ignore_cleanup_errors=True)
        self._task: Task | None = None
        self._made = 0
        self.result: Drawn | None = None

    def draw(self, dossier: Dossier, document: str, taken_from: Sequence[Path] = ()) -> None:
        """Lay a document of a submission out, with the pictures that lie in what was taken in."""
        self.stop()
        self._made += 1
        target = Path(self._folder.name) / f"material{self._made}.pdf"
        day = datetime.fromisoformat(dossier.row.taken_at).astimezone().date()

        def work(progress: Progress) -> Drawn:
            progress(0, 0)  # who walked on meanwhile waits for nothing
            submission = dossier.submission
            return draw_material(
                self._pack, submission, day, target, document=document, progress=progress,
                pictures=pictures_of(submission, taken_from),
            )  # fmt: skip

        self._task = self._runner.run(
            work, self._on_drawn, failed=self._on_failed, progress=self.progressed.emit
        )

    def stop(self) -> None:
        """Nothing is drawn any more, and what was is dropped."""
        old, self.result = self.result, None
        if self._task is not None:
            self._task.cancel()
            self._task = None
        if old is not None:
            with contextlib.suppress(OSError):
                old.file.unlink()

    def picture(self, index: int, scale: float, show: Callable[[PageImage], None]) -> None:
        """Draw a page at ``scale`` device px a point; ``show`` gets it unless another is shown by then."""
        result = self.result
        if result is None:
            return

        def work(progress: Progress) -> PageImage | None:
            from pilotdesk.documents.pdf import render_page

            progress(0, 0)
            return render_page(result.file, index, scale) if result.file.exists() else None

        self._runner.run(work, partial(self._on_picture, result, show))

    def close(self) -> None:
        """Stop drawing and drop the files."""
        self.stop()
        with contextlib.suppress(OSError):
            self._folder.cleanup()

    def _on_drawn(self, result: Drawn) -> None:
        self.result = result
        self._task = None
        self.drawn.emit()

    def _on_picture(self, result: Drawn, show: Callable[[PageImage], None], image: PageImage | None) -> None:
        if result is self.result and image is not None:
            show(image)

    def _on_failed(self, trouble: PilotDeskError) -> None:
        self._task = None
        self.failed.emit(str(trouble))
