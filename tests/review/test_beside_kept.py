"""Of which other submissions a finding speaks: kept with it, in a file of any age, and gone when the finding is."""

from __future__ import annotations

import contextlib
import sqlite3

import pytest
from msgspec.structs import asdict

from pilotdesk.review.records import SharedFinding
from pilotdesk.rules.issue import Severity
from tests.review.desk_kit import desk_in, finding, opened, submission

COPIED = finding("desk_copied", Severity.WARNING, 5)
SHARED = SharedFinding(**asdict(COPIED), others=("k2", "k3"))
ELSEWHERE = finding("desk_could_move", Severity.HINT, 3)


@pytest.fixture
def path(tmp_path):
    path = desk_in(tmp_path)
    with opened(path) as desk:
        for at in (1, 2, 3):
            desk.take(submission(f"k{at}", f"AAAA-AAA{at}"))
    return path


def test_they_are_there_when_the_desk_is_opened_again(path):
    with opened(path) as desk:
        desk.set_crossed({"k1": (SHARED, ELSEWHERE)})
    with opened(path) as desk:
        assert desk.one("k1").crossed == (SHARED, ELSEWHERE)
        assert desk.one("k2").crossed == ()
        desk.set_crossed({"k1": (ELSEWHERE,)})
        assert desk.one("k1").crossed == (ELSEWHERE,)
        desk.set_crossed({"k1": (COPIED,)})
        assert desk.one("k1").crossed == (COPIED,)


def test_a_file_made_before_they_were_kept_is_read_and_gets_a_place_for_them(path):
    with opened(path) as desk:
        desk.set_crossed({"k1": (SHARED,)})
    with contextlib.closing(sqlite3.connect(path)) as plain:
        plain.execute("DROP TABLE beside")
        plain.commit()
    with opened(path) as desk:
        assert desk.one("k1").crossed == (COPIED,)
        desk.set_crossed({"k1": (SHARED,)})
        assert desk.one("k1").crossed == (SHARED,)


def test_what_a_program_left_behind_that_does_not_know_them_fits_nothing(path):
    with opened(path) as desk:
        desk.set_crossed({"k1": (SHARED,)})
    with contextlib.closing(sqlite3.connect(path)) as plain:
        plain.execute("UPDATE finding SET sentence = '别的话' WHERE crossed = 1")
        plain.commit()
    with opened(path) as desk:
        (found,) = desk.one("k1").crossed
        assert not isinstance(found, SharedFinding)
