"""What was typed for papers stays in the desk's file, apart from what was decided; older files have room for it too."""

from __future__ import annotations

import contextlib
import sqlite3

import pytest

from pilotdesk.errors import DeskError
from pilotdesk.review.desk.begun import Begun
from pilotdesk.review.desk.schema import CURRENT
from tests.review.desk_kit import desk_in, everything, holds, opened, submission

LETTER = {"number": "126", "copies": "江西省民政厅、江西省司法厅", "course": "第一段\n第二段"}


@pytest.fixture
def older(tmp_path):
    """A desk's file as it was made before there was a place for what is typed, with something in it."""
    path = desk_in(tmp_path)
    with opened(path) as desk:
        desk.take(submission())
        desk.pick("k1", True)
    with contextlib.closing(sqlite3.connect(path)) as plain:
        plain.execute("DROP TABLE begun")
        plain.commit()
    return path


def test_it_is_there_when_the_desk_is_opened_again(tmp_path):
    path = desk_in(tmp_path)
    with opened(path) as desk:
        assert desk.begun.of("letter") is None
        assert desk.begun.keep("letter", {"number": "1"})
        assert desk.begun.keep("letter", LETTER)
        desk.begun.keep("incident", {"other": "x"})
    with opened(path) as desk:
        kept = desk.begun.of("letter")
        assert isinstance(kept, Begun)
        assert dict(kept.typed) == LETTER
        assert kept.who == "王工"
        assert kept.at.startswith("2026-07-01T08:00:")
        assert not desk.begun.keep("letter", {})
        assert desk.begun.of("letter") is None
        assert dict(desk.begun.of("incident").typed) == {"other": "x"}
        assert [row[:2] for row in everything(path)["begun"]] == [("incident", '{"other": "x"}')]


def test_it_is_no_decision_and_no_setting(tmp_path):
    path = desk_in(tmp_path)
    with opened(path) as desk:
        before, settings = desk.log(), desk.settings()
        desk.begun.keep("letter", LETTER)
        assert desk.log() == before
        assert desk.settings() == settings
        assert holds(desk)
        with pytest.raises(DeskError) as refused:
            desk.undo()
        assert refused.value.code == "desk_nothing_to_undo"
        assert dict(desk.begun.of("letter").typed) == LETTER


def test_an_older_file_has_room_from_the_first_words_on(older):
    before = everything(older)
    with opened(older, look_only=True) as desk:
        assert desk.begun.of("letter") is None
    with opened(older) as desk:
        assert desk.begun.of("letter") is None
        desk.begun.keep("letter", LETTER)
    with opened(older) as desk:
        assert dict(desk.begun.of("letter").typed) == LETTER
        assert holds(desk)
    after = everything(older)
    assert len(after.pop("begun")) == 1
    assert after == before
    with contextlib.closing(sqlite3.connect(older)) as plain:
        assert plain.execute("PRAGMA user_version").fetchone() == (CURRENT,) == (1,)


def test_a_desk_to_look_at_shows_it_and_keeps_nothing(tmp_path):
    path = desk_in(tmp_path)
    with opened(path) as desk:
        desk.begun.keep("letter", LETTER)
    with opened(path, look_only=True) as desk:
        assert dict(desk.begun.of("letter").typed) == LETTER
        with pytest.raises(DeskError) as refused:
            desk.begun.keep("letter", {})
        assert refused.value.code == "desk_unwritable"
        assert dict(desk.begun.of("letter").typed) == LETTER


def test_a_copy_has_it_too(tmp_path):
    path, copy = desk_in(tmp_path), tmp_path / "copy.db"
    with opened(path) as desk:
        desk.begun.keep("letter", LETTER)
        desk.copy_to(copy)
    with opened(copy) as desk:
        assert dict(desk.begun.of("letter").typed) == LETTER


@pytest.mark.parametrize("content", ["{", "[]", "3"])
def test_what_cannot_be_read_is_damage(tmp_path, content):
    path = desk_in(tmp_path)
    with opened(path) as desk:
        desk.begun.keep("letter", LETTER)
    with contextlib.closing(sqlite3.connect(path)) as plain:
        plain.execute("UPDATE begun SET typed = ?", (content,))
        plain.commit()
    with opened(path) as desk, pytest.raises(DeskError) as refused:
        desk.begun.of("letter")
    assert refused.value.code == "desk_damaged"
