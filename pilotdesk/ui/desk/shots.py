"""Pictures of the desk, drawn without a screen: ``pilotdesk shot --desk FILE --to P.png``."""

from __future__ import annotations

import contextlib
import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from pilotdesk.drafts.looking import without_traces
from pilotdesk.review.desk.file import Desk

if TYPE_CHECKING:
    from pilotdesk.clock import Clock
    from pilotdesk.ui.window.shots import ShotStyle


def draw_desk(path: Path, number: int, target: Path, *, clock: Clock, style: ShotStyle) -> None:
    """Draw a desk's page into a PNG; what is opened is a copy, so that the picture shows a desk that can be worked at.

    Args:
        path: of the desk's file.
        number: 编号 of the submission that is looked at; 0 for none.
        target: the PNG; its folder must be there.
        clock: the time that the page sees.
        style: of the picture.

    Raises:
        DeskError: the file cannot be read.
        ExportError: the picture cannot be written.
    """
    was_alone = not path.with_name(f"{path.name}-wal").exists()
    with tempfile.TemporaryDirectory() as folder:
        with contextlib.closing(Desk(path, clock, look_only=True)) as desk:
            desk.copy_to(Path(folder) / path.name)
        if was_alone:
            without_traces(path)
        _draw(Path(folder) / path.name, number, target, clock=clock, style=style)


def _draw(path: Path, number: int, target: Path, *, clock: Clock, style: ShotStyle) -> None:
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    if style.scale != 1:
        os.environ["QT_SCALE_FACTOR"] = str(style.scale)
    from PySide6.QtCore import QCoreApplication, QEvent

    from pilotdesk.ui.desk.page import DeskPage
    from pilotdesk.ui.desk.sitting import Sitting
    from pilotdesk.ui.look.application import make_application
    from pilotdesk.ui.look.settings import Settings
    from pilotdesk.ui.tasks.worker import TaskRunner
    from pilotdesk.ui.window.shots import NoToasts, save_picture, settle

    settings = Settings(None)
    settings.keep(theme=style.theme, type_size=style.text)
    _app, look = make_application(settings, always_shipped_font=True)
    runner = TaskRunner()
    sitting = Sitting(Desk(path, clock), clock)
    page = DeskPage(look, sitting, clock=clock, runner=runner, settings=settings, toasts=NoToasts())
    try:
        page.setMinimumSize(1, 1)  # as in the window; else it stays as high as it had to be at first
        page.resize(style.width, style.height)
        page.show()
        settle(page.looking)
        sitting.show_one(next((row.key for row in sitting.rows.values() if row.number == number), ""))
        settle(page.looking)
        save_picture(page, target)
    finally:
        page.hide()
        page.stop()
        sitting.desk.close()
        runner.close()
        page.deleteLater()
        QCoreApplication.sendPostedEvents(page, QEvent.Type.DeferredDelete)
