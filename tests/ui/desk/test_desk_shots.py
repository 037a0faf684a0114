"""Pictures of the desk: at the size asked for, of a copy; the desk itself is left alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QImage

from pilotdesk.errors import DeskError
from pilotdesk.review.desk.copies import copies_of
from pilotdesk.ui.desk.intake_desk import IntakeDesk
from pilotdesk.ui.desk.shots import draw_desk
from pilotdesk.ui.window.shots import ShotStyle
from tests.ui.desk.kit import ticking

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QApplication

STYLE = ShotStyle(width=911, height=441, theme="dark")


def test_a_desk_is_drawn_and_left_as_it_is(
    qapp: QApplication, desk_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(IntakeDesk, "_get_ready", lambda _desk: None)
    before, beside = desk_path.read_bytes(), sorted(desk_path.parent.iterdir())
    draw_desk(desk_path, 3, tmp_path / "desk.png", clock=ticking(), style=STYLE)
    picture = QImage(str(tmp_path / "desk.png"))
    assert (picture.width(), picture.height()) == (911, 441)
    assert picture.pixelColor(2, 2).name() == "#1f262e"
    assert desk_path.read_bytes() == before
    assert [one for one in sorted(desk_path.parent.iterdir()) if one.name != "desk.png"] == beside
    assert not copies_of(desk_path)


def test_what_is_no_desk_is_refused(qapp: QApplication, tmp_path: Path) -> None:
    with pytest.raises(DeskError) as refused:
        draw_desk(tmp_path / "没有.db", 0, tmp_path / "desk.png", clock=ticking(), style=STYLE)
    assert refused.value.code == "desk_missing"
