"""The process that lays submissions side by side: its answer, its stop, its death."""

from __future__ import annotations

import multiprocessing.process
import os
import signal

import pytest

from pilotdesk.errors import DeskError
from pilotdesk.review.beside import crossing_apart
from pilotdesk.review.beside.former import FormerPilot
from pilotdesk.review.desk import crossed_state
from pilotdesk.review.receiving import cross
from tests.review.desk_kit import desk_in, opened, submission


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


def test_one_that_the_system_holds_is_not_waited_for_without_end(desk, monkeypatch):
    waited = []
    whole = multiprocessing.process.BaseProcess.join

    def join(process, seconds=None):
        waited.append(seconds)
        whole(process, seconds)

    monkeypatch.setattr(multiprocessing.process.BaseProcess, "join", join)
    cross(desk.taker(), desk.path, lambda: True)
    assert waited
    assert None not in waited


def test_it_is_known_whether_all_that_stands_here_was_laid_side_by_side(desk):
    assert desk.is_crossed(), "with nothing there is nothing to do"
    desk.take(submission("k1", "AAAA-AAAA"))
    assert not desk.is_crossed()
    assert not cross(desk.taker(), desk.path, lambda: True)
    assert not desk.is_crossed(), "it came to no end"
    assert cross(desk.taker(), desk.path, lambda: False)
    assert desk.is_crossed()
    with opened(desk.path, look_only=True) as again:
        assert again.is_crossed(), "whoever only looks sees it too"
    desk.verdict("k1", 1, None)
    assert desk.is_crossed(), "a decision changes nothing of it"
    assert "crossed" not in desk.settings()


@pytest.mark.parametrize("change", ["more", "list", "program"])
def test_what_came_since_is_to_be_laid_side_by_side(desk, monkeypatch, change):
    desk.take(submission("k1", "AAAA-AAAA"))
    desk.set_crossed({})
    assert desk.is_crossed()
    if change == "more":
        desk.take(submission("k2", "BBBB-BBBB"))
    elif change == "list":
        desk.set_former_pilots([FormerPilot(unit="甲县某某中心")], "名单.xlsx")
    else:
        monkeypatch.setattr(crossed_state, "__version__", "0.0.1")
    assert not desk.is_crossed()


def test_what_comes_while_it_goes_on_is_not_taken_for_done(desk, monkeypatch):
    desk.take(submission("k1", "AAAA-AAAA"))

    def meanwhile(_path, _stop):
        desk.take(submission("k2", "BBBB-BBBB"))
        return {}

    monkeypatch.setattr("pilotdesk.review.receiving.crossed_apart", meanwhile)
    assert cross(desk.taker(), desk.path, lambda: False)
    assert not desk.is_crossed()
