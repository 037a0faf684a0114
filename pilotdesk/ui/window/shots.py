"""Pictures of pages, drawn without a screen: for the manual, for ``pilotdesk shot``, and to look at one's work."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pilotdesk.errors import PilotDeskError

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from pilotdesk.clock import Clock
    from pilotdesk.drafts.package import Package
    from pilotdesk.session import Session
    from pilotdesk.ui.look.theme import Look
    from pilotdesk.ui.tasks.worker import TaskRunner
    from pilotdesk.ui.window.workspace import Workspace

START: Final = "start"
EXPORT: Final = "export"
WAIT_MS: Final = 60_000
LAYOUT_ROUNDS: Final = 8
"""From the innermost box to the window."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShotStyle:
    """How a picture is drawn.

    Attributes:
        width, height: client area of the window in logical px.
        theme: ``light``, ``dark`` or ``contrast``. text: ``standard``, ``large`` or ``extra``.
        scale: device px a logical px; Qt takes one for the whole process.
    """

    width: int = 1366
    height: int = 697
    theme: str = "light"
    text: str = "standard"
    scale: float = 1.0


class Studio:
    """Draws pages of one package after the other in one process.

    Args:
        package: the draft that is shown.
        clock: the day that the pages see.
        style: of all pictures; another style asks for another studio, another scale for another process.
        platform: what Qt draws on; empty for what it chooses itself.

    Raises:
        PackError: the package's round is not installed.
    """

    def __init__(
        self, package: Package, clock: Clock, style: ShotStyle, *, platform: str = "offscreen"
    ) -> None:
        if platform:
            os.environ["QT_QPA_PLATFORM"] = platform
        if style.scale != 1:
            os.environ["QT_SCALE_FACTOR"] = str(style.scale)
        from PySide6.QtCore import qInstallMessageHandler

        from pilotdesk.projects import session_of_package
        from pilotdesk.ui.look.application import make_application
        from pilotdesk.ui.look.settings import Settings
        from pilotdesk.ui.tasks.worker import TaskRunner

        qInstallMessageHandler(_without_size_hints)
        self._style = style
        self._clock = clock
        self._settings = Settings(None)
        self._settings.keep(theme=style.theme, type_size=style.text)
        self._app, self._look = make_application(self._settings, always_shipped_font=True)
        self._session: Session = session_of_package(package, clock.today())
        self._files = dict(package.files)
        self._runner: TaskRunner = TaskRunner()
        self._workspace: Workspace | None = None

    @property
    def look(self) -> Look:
        """The look in force."""
        return self._look

    def page_names(self) -> tuple[str, ...]:
        """What can be drawn, in order: start, the steps, check, preview."""
        steps = [
            step.name for step in self._session.form.steps if self._session.is_relevant(f"step:{step.name}")
        ]
        return (START, *steps, "check", "preview")

    def draw(self, page: str, target: Path) -> None:
        """Draw a page into a PNG.

        Args:
            page: ``start``, a step by name or number (``cover``, ``二``, ``2``), ``check``, ``preview``, ``export``.
            target: the PNG; its folder must be there.

        Raises:
            PilotDeskError: ``page_unknown``.
            ExportError: the file cannot be written.
        """
        widget = self._start_page() if page == START else self._open(self._page_name(page))
        widget.resize(self._style.width, self._style.height)
        widget.show()
        settle(self._runner)
        save_picture(widget, target)
        widget.hide()

    def close(self) -> None:
        """Let go of windows and worker."""
        if self._workspace is not None:
            self._workspace.close_draft()
            self._workspace = None
        self._runner.close()

    # -- inside ----------------------------------------------------------------------------------

    def _page_name(self, page: str) -> str:
        if page in {"check", "preview", EXPORT}:
            return page
        digits = {number: str(at) for at, number in enumerate("一二三四五六七八九十", 1)}
        digits |= {"十一": "11", "十二": "12", "十三": "13"}
        for step in self._session.form.steps:
            if page in {step.name, step.number, digits.get(step.number)} - {None, ""}:
                return step.name
        raise PilotDeskError("page_unknown", page=page, known="、".join((*self.page_names(), EXPORT)))

    def _start_page(self) -> QWidget:
        from pilotdesk.drafts.records import DraftCard
        from pilotdesk.projects import facts_of
        from pilotdesk.ui.start.page import StartPage

        session, stamp = self._session, self._clock.stamp()
        card = DraftCard(
            draft_id="d", project_id="p", form=session.form.head.name, round=session.round.name,
            facts=facts_of(session), practice=session.identity.practice, revision=session.identity.revision,
            created=stamp, updated=stamp,
        )  # fmt: skip
        from pilotdesk.paths import data_dir
        from pilotdesk.projects.overview import overviews

        today = self._clock.today()
        page = StartPage(self._look, session.round, today, data_dir())
        projects = overviews([card], lambda _project_id: {}, lambda _name: session.round, today)
        page.show_projects(projects)
        return page

    def _open(self, name: str) -> Workspace:
        from pilotdesk.projects.draft_files import LooseFiles
        from pilotdesk.ui.navigation.services import Services
        from pilotdesk.ui.window.workspace import Workspace

        if self._workspace is None:
            services = Services(
                look=self._look, runner=self._runner, clock=self._clock, settings=self._settings,
                attachments=LooseFiles(self._files), toasts=NoToasts(),
            )  # fmt: skip
            self._workspace = Workspace(self._session, services, None)
            self._workspace.shell.safety.show_saved(f"{self._clock.now().astimezone():%H:%M:%S}")
            self._workspace.resize(self._style.width, self._style.height)
            self._workspace.show()
        page = self._workspace.navigator.show("preview" if name == EXPORT else name)
        if name == EXPORT:
            page.go_to(EXPORT)
        return self._workspace


def settle(runner: TaskRunner) -> None:
    """Let layouts, delayed hints and background drawing come to rest.

    On a busy computer the time is up while a part that was just built still waits for its place: the layouts come last.
    """
    from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QTimer

    for quiet_ms in (250, 50):
        loop = QEventLoop()
        QTimer.singleShot(quiet_ms, loop.quit)
        loop.exec()
    waited = 0
    while runner.is_busy and waited < WAIT_MS:
        loop = QEventLoop()
        QTimer.singleShot(50, loop.quit)
        loop.exec()
        waited += 50
    for _ in range(LAYOUT_ROUNDS):
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
        QCoreApplication.sendPostedEvents(None, QEvent.Type.Resize)


def save_picture(widget: QWidget, target: Path) -> None:
    """Save what a widget shows as a PNG.

    Raises:
        ExportError: the file cannot be written.
    """
    from pilotdesk.atomic import replacing

    picture = widget.grab()
    with replacing(target) as part:
        if not picture.save(str(part), "PNG"):
            raise PilotDeskError("folder_unwritable", folder=target.parent)


class NoToasts:
    """Nothing is said in a picture."""

    def show_done(self, text: str, action: str = "", undo: object = None) -> None:
        """Say nothing."""


def _without_size_hints(_kind: object, _context: object, text: str) -> None:
    """Qt's own words go on to the error stream, but for the one thing that every offscreen window says."""
    if "propagateSizeHints" not in text:
        sys.stderr.write(f"{text}\n")


def draw_page(package: Package, page: str, target: Path, *, clock: Clock, style: ShotStyle) -> None:
    """Draw one page of a package into a PNG; see :meth:`Studio.draw`."""
    studio = Studio(package, clock, style)
    try:
        studio.draw(page, target)
    finally:
        studio.close()
