"""Pictures of pages: every page by name or number, at the size asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QLabel, QScrollArea, QVBoxLayout, QWidget

from pilotdesk.errors import PilotDeskError
from pilotdesk.ui.window.shots import ShotStyle, Studio, settle

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

    from pilotdesk.clock import Clock
    from pilotdesk.drafts.package import Package
    from pilotdesk.ui.tasks.worker import TaskRunner

SMALL = ShotStyle(width=911, height=441, theme="dark", text="large")


@pytest.fixture
def studio(qapp: QApplication, sample: Package, clock: Clock) -> Iterator[Studio]:
    made = Studio(sample, clock, SMALL)
    yield made
    made.close()


@pytest.mark.parametrize("page", ["start", "cover", "二", "2", "check"])
def test_a_page_is_drawn_at_the_size_asked_for(studio: Studio, page: str, tmp_path: Path) -> None:
    studio.draw(page, tmp_path / "page.png")
    picture = QImage(str(tmp_path / "page.png"))
    assert (picture.width(), picture.height()) == (911, 441)
    assert picture.pixelColor(2, 2).name() == "#1f262e"


def test_what_is_built_at_the_last_moment_has_its_place(qtbot: QtBot) -> None:
    area, content, last = QScrollArea(), QWidget(), QLabel("后一行\n" * 30)
    qtbot.addWidget(area)
    column = QVBoxLayout(content)
    column.addWidget(QLabel("先一行"))
    area.setWidget(content)
    area.setWidgetResizable(True)
    area.show()

    class Builds:
        """Is done with its work, and leaves a new part behind."""

        @property
        def is_busy(self) -> bool:
            column.addWidget(last)
            last.show()
            return False

    settle(cast("TaskRunner", Builds()))
    assert last.y() > 0
    assert last.height() >= last.sizeHint().height()


def test_an_unknown_page_names_the_known_ones(studio: Studio, tmp_path: Path) -> None:
    with pytest.raises(PilotDeskError) as refused:
        studio.draw("nothing", tmp_path / "page.png")
    assert "cover" in str(refused.value)
