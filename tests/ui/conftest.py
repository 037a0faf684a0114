"""Window tests run offscreen, on real sessions and a real store, with a runner that works at once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent

from pilotdesk.clock import Clock
from pilotdesk.drafts.store import DraftStore
from pilotdesk.errors import PilotDeskError
from pilotdesk.forms.shipped import load_shipped
from pilotdesk.projects import new_package, sample_package, session_of_package
from pilotdesk.projects.draft_files import LooseFiles
from pilotdesk.ui.look.fonts import ensure_family
from pilotdesk.ui.look.settings import Settings
from pilotdesk.ui.look.theme import Look, Theme
from pilotdesk.ui.navigation.services import Services
from pilotdesk.ui.tasks.worker import Cancelled, Task, TaskRunner
from pilotdesk.ui.window.main_window import MainWindow
from tests.ui.editor_kit import open_step, small_session

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

    from pilotdesk.drafts.package import Package
    from pilotdesk.session import Session
    from pilotdesk.ui.steps.step_page import StepPage

WindowMaker = Callable[..., MainWindow]
NOW = datetime(2026, 6, 2, 2, 32, 5, tzinfo=UTC)


class ImmediateRunner:
    """Works on the window's thread, before ``run`` returns."""

    def __init__(self) -> None:
        self.progress: list[tuple[int, int]] = []

    @property
    def is_busy(self) -> bool:
        return False

    def close(self) -> None:
        """A window closes it with itself."""

    def run(
        self,
        work: Callable[..., Any],
        done: Callable[[Any], None],
        *,
        failed: Callable[[PilotDeskError], None] | None = None,
        progress: Callable[[int, int], None] | None = None,
    ) -> Task:
        task = Task()

        def report(finished: int, total: int) -> None:
            self.progress.append((finished, total))
            if task.is_cancelled:
                raise Cancelled
            if progress is not None:
                progress(finished, total)

        try:
            result = work(report)
        except PilotDeskError as trouble:
            if failed is None:
                raise
            failed(trouble)
        else:
            done(result)
        return task


class Said:
    """Remembers what the toast would have said."""

    def __init__(self) -> None:
        self.texts: list[str] = []

    def show_done(self, text: str, action: str = "", undo: Callable[[], object] | None = None) -> None:
        self.texts.append(text)


@pytest.fixture(scope="session")
def qapp_args() -> list[str]:
    return ["pilotdesk", "-style", "Fusion"]


@pytest.fixture(scope="session")
def shipped_font(qapp: QApplication) -> str:
    return ensure_family(always_shipped=True)


@pytest.fixture
def look(qapp: QApplication, shipped_font: str) -> Iterator[Look]:
    """The theme of every test; what it makes of it is put back when its widgets are gone: with them that takes seconds."""
    made = Look(qapp, Theme())
    yield made
    if made.theme != Theme():
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        made.set_theme(Theme())


@pytest.fixture(autouse=True)
def look_outlives_widgets(request: pytest.FixtureRequest) -> None:
    """What is made first goes last: the look before ``qtbot``, which closes the widgets."""
    if "look" in request.fixturenames:
        request.getfixturevalue("look")


@pytest.fixture
def clock() -> Clock:
    return Clock(lambda: NOW)


@pytest.fixture(scope="session")
def sample() -> Package:
    return sample_package()


@pytest.fixture
def session(sample: Package, clock: Clock) -> Session:
    return session_of_package(sample, clock.today())


@pytest.fixture
def fresh(clock: Clock) -> Session:
    """A draft in which nobody has written anything yet."""
    return session_of_package(new_package(load_shipped("2026"), "application", None), clock.today())


@pytest.fixture
def draft() -> Session:
    """An empty draft of the small form."""
    return small_session()


@pytest.fixture
def page(qtbot: QtBot, draft: Session, services: Services) -> StepPage:
    """The first step of :func:`draft`."""
    return open_step(qtbot, draft, services)


@pytest.fixture
def services(look: Look, clock: Clock) -> Services:
    return Services(
        look=look,
        runner=ImmediateRunner(),
        clock=clock,
        settings=Settings(None),
        attachments=LooseFiles({}),
        toasts=Said(),
    )


@pytest.fixture
def store(tmp_path: Path, clock: Clock) -> Iterator[DraftStore]:
    opened = DraftStore(tmp_path / "store", clock)
    yield opened
    opened.close()


@pytest.fixture
def open_window(
    qtbot: QtBot, qapp: QApplication, look: Look, store: DraftStore, clock: Clock, tmp_path: Path
) -> Iterator[WindowMaker]:
    """Opens windows over the store, or over another one, and closes them; ``at_once``: without a worker thread."""
    opened: list[MainWindow] = []

    def make(
        *,
        over: DraftStore = store,
        settings: Settings | None = None,
        at_once: bool = False,
        shown: bool = True,
    ) -> MainWindow:
        made = MainWindow(
            qapp, look, store=over, clock=clock, settings=settings or Settings(tmp_path / "window.json"),
            runner=ImmediateRunner() if at_once else TaskRunner(),
        )  # fmt: skip
        opened.append(made)
        qtbot.addWidget(made)
        made.resize(1366, 697)
        made.setVisible(shown)
        return made

    yield make
    for made in opened:
        made.close()


@pytest.fixture
def window(open_window: WindowMaker) -> MainWindow:
    return open_window()
