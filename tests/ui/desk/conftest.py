"""An open desk and its page."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from pilotdesk.ui.desk.intake_desk import IntakeDesk
from pilotdesk.ui.desk.page import DeskPage
from pilotdesk.ui.look.settings import Settings
from tests.ui.conftest import ImmediateRunner, Said
from tests.ui.desk.kit import make_desk, sit_at

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from pilotdesk.ui.desk.sitting import Sitting
    from pilotdesk.ui.look.theme import Look


@pytest.fixture(scope="session")
def desk_as_made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A desk that nobody works at: :func:`desk_path` is a copy of it, as making one takes 0.15 s."""
    return make_desk(tmp_path_factory.mktemp("as_made") / "desk")


@pytest.fixture
def desk_path(tmp_path: Path, desk_as_made: Path) -> Path:
    """The file of a desk with a few submissions."""
    shutil.copytree(desk_as_made.parent, tmp_path / "desk")
    return tmp_path / "desk" / desk_as_made.name


@pytest.fixture
def sitting(qapp: object, desk_path: Path) -> Iterator[Sitting]:
    """That desk, open."""
    opened = sit_at(desk_path)
    yield opened
    opened.desk.close()


@pytest.fixture
def said() -> Said:
    """What the toast of :func:`page` would have said."""
    return Said()


@pytest.fixture
def page(
    qtbot: QtBot, look: Look, sitting: Sitting, said: Said, monkeypatch: pytest.MonkeyPatch
) -> Iterator[DeskPage]:
    """The whole page, shown and active, at 1366 × 697; no worker of the intake is started before it is needed."""
    monkeypatch.setattr(IntakeDesk, "_get_ready", lambda _desk: None)
    made = DeskPage(
        look, sitting, clock=sitting.clock, runner=ImmediateRunner(), settings=Settings(None), toasts=said
    )
    qtbot.addWidget(made)
    made.resize(1366, 697)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    yield made
    made.stop()
