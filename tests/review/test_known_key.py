"""A project stays the same submission at the desk, whatever its title has become; and strangers never become one."""

from __future__ import annotations

import msgspec
import pytest

from pilotdesk.review.desk.records import Outcome, Taken
from tests.review.desk_kit import changed, desk_in, opened, submission


@pytest.fixture
def desk(tmp_path):
    with opened(desk_in(tmp_path)) as desk:
        desk.take(submission("k1", project="p1"))
        yield desk


def again(key, project="p1", **facts):
    """The next version, under the key that its new title gives it."""
    one = changed(submission(key, project=project), "BBBB-BBBB", project_name="乙")
    return msgspec.structs.replace(one, facts=msgspec.structs.replace(one.facts, **facts))


def test_another_title_is_the_next_round(desk):
    assert desk.take(again("k2", title="乙县标准化试点")) == Taken(Outcome.NEXT, 2)
    assert [(row.key, row.handed, row.facts.title) for row in desk.rows()] == [("k1", 2, "乙县标准化试点")]


@pytest.mark.parametrize("mended", [{"uscc": "12361099MB1K23456G"}, {"unit": "甲县政务服务中心"}])
def test_so_is_a_code_or_a_name_that_was_mended(desk, mended):
    assert desk.take(again("k2", **mended)).outcome is Outcome.NEXT


def test_a_draft_that_was_handed_out_to_many_is_not_one_submission(desk):
    assert desk.take(again("k2", unit="乙县图书馆", uscc="12361099MB1K99999X")) == Taken(Outcome.NEW, 1)
    assert [row.key for row in desk.rows()] == ["k1", "k2"]


@pytest.mark.parametrize("project", ["", "p2"])
def test_without_the_id_the_key_tells(desk, project):
    assert desk.take(again("k2", project, title="乙县标准化试点")) == Taken(Outcome.NEW, 1)
    assert [(row.key, row.handed) for row in desk.rows()] == [("k1", 1), ("k2", 1)]


def test_what_came_before_without_the_id_is_known_by_its_key(desk):
    desk.take(submission("k2", project=""))
    assert desk.take(again("k2", "p2")) == Taken(Outcome.NEXT, 2)


def test_another_form_of_the_project_is_another_submission(desk):
    summary = msgspec.structs.replace(again("k2"), form="summary_2027")
    assert desk.take(summary) == Taken(Outcome.NEW, 1)


def test_where_no_unit_is_told_the_id_is_enough(desk):
    assert desk.take(again("k2", unit="", uscc="")).outcome is Outcome.NEXT


def test_its_own_key_comes_before_that_of_another_with_the_same_id(desk):
    desk.take(submission("k2", project=""))
    desk.take(again("k3", unit="乙县图书馆", uscc="12361099MB1K99999X"))
    assert desk.known_key(again("k3", unit="乙县图书馆", uscc="12361099MB1K99999X")) == "k3"
    assert desk.known_key(again("k4")) == "k1"


def test_a_form_without_an_id_that_was_sent_back_for_its_code_is_known_by_unit_and_title(tmp_path):
    with opened(desk_in(tmp_path)) as desk:
        desk.take(submission("k1", project=""))
        mended = changed(submission("k2", project=""), "BBBB-BBBB", uscc="12361099MB1K23456G")
        assert desk.known_key(mended) == "k2"  # nobody asked for another code
        desk.returned("k1", "退〔2026〕1 号", 1)
        assert desk.known_key(mended) == "k1"
        assert desk.known_key(again("k2", "", title="乙县标准化试点")) == "k2"


def test_its_own_key_comes_before_that_of_one_that_was_sent_back(tmp_path):
    with opened(desk_in(tmp_path)) as desk:
        desk.take(submission("k1", project=""))
        desk.take(submission("k2", project=""))
        desk.returned("k1", "退〔2026〕1 号", 1)
        assert desk.known_key(submission("k2", project="")) == "k2"


def test_of_two_that_were_sent_back_nobody_knows_which_it_is(tmp_path):
    with opened(desk_in(tmp_path)) as desk:
        for key in ("k1", "k2"):
            desk.take(submission(key, project=""))
        for key in ("k1", "k2"):
            desk.returned(key, "退〔2026〕1 号", 1)
        assert desk.known_key(submission("k3", project="")) == "k3"
