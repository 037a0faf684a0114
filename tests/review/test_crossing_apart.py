"""The process that lays submissions side by side: its answer, its stop, its death."""

from __future__ import annotations

import os
import signal

import pytest

from pilotdesk.errors import DeskError
from pilotdesk.review.beside import crossing_apart
from pilotdesk.review.receiving import cross
from tests.review.desk_kit import desk_in, opened


def dies(_pipe, _path):
    """What a system does that runs out of memory."""
    os.kill(os.getpid(), signal.SIGKILL)


@pytest.fixture
def desk(tmp_path):
    with opened(desk_in(tmp_path / "desk")) as desk:
        yield desk


def test_it_answers(desk):
    assert cross(desk.taker(), desk.path, lambda: False)


def test_it_can_be_stopped(desk):
    assert not cross(desk.taker(), desk.path, lambda: True)


def test_its_death_is_told(desk, monkeypatch):
    monkeypatch.setattr(crossing_apart, "_serve", dies)
    with pytest.raises(DeskError) as told:
        cross(desk.taker(), desk.path, lambda: False)
    assert told.value.code == "desk_uncrossed"
    assert desk.path.name in str(told.value)
