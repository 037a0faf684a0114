"""What waits to be stored at the desk waits on, also over a bug."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QObject

from pilotdesk.ui.desk import keeper
from pilotdesk.ui.desk.keeper import Keeper

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


class Shelf(Keeper[str, str]):
    """Stores into a dictionary, but for what it stumbles over."""

    def __init__(self, parent: QObject, broken: set[str]) -> None:
        super().__init__(parent)
        self.broken = broken
        self.stored: dict[str, str] = {}

    def store(self, place: str, written: str) -> bool:
        if place in self.broken:
            raise LookupError(place)
        self.stored[place] = written
        return True


def test_a_bug_over_one_note_loses_none_and_keeps_none_of_the_others_for_ever(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeper, "AGAIN_MS", 20)
    parent = QObject()
    shelf = Shelf(parent, broken={"一"})
    held: list[bool] = []
    shelf.held_changed.connect(held.append)
    shelf.wait("一", "先写的")
    shelf.wait("二", "后写的")
    with pytest.raises(LookupError):
        shelf.flush()
    assert held == [True]
    with pytest.raises(LookupError):
        shelf.flush()
    assert shelf.stored == {"二": "后写的"}
    shelf.broken.clear()
    qtbot.waitUntil(lambda: shelf.is_clear, timeout=60_000)
    assert shelf.stored == {"二": "后写的", "一": "先写的"}
    assert held == [True, False]


def test_a_newer_word_is_not_replaced_by_the_one_that_could_not_be_stored() -> None:
    parent = QObject()
    shelf = Shelf(parent, broken=set())
    shelf.wait("一", "旧的")

    def written_meanwhile(place: str, written: str) -> bool:
        shelf.wait(place, "新的")
        return False

    shelf.store = written_meanwhile  # type: ignore[method-assign]
    assert not shelf.flush()
    del shelf.store
    assert shelf.flush()
    assert shelf.stored == {"一": "新的"}
