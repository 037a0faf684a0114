"""Deciding: verdicts and what follows from them, opinions, picks and their order, slips, taking back; all of it logged."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pilotdesk.errors import DeskError
from pilotdesk.review.beside.former import FormerPilot
from pilotdesk.review.desk.records import Conclusion, Verdict
from tests.review.desk_kit import POINTS, changed, desk_in, holds, opened, submission, view

PASSED, AMEND, REFUSED = Verdict


@pytest.fixture
def path(tmp_path):
    return desk_in(tmp_path)


@pytest.fixture
def desk(path):
    with opened(path) as made:
        made.take(submission())
        made.take(submission("k2", "BBBB-BBBB"))
        made.take(submission("k3", "CCCC-CCCC"))
        yield made
        assert holds(made)


@pytest.mark.parametrize(
    ("verdicts", "conclusion"),
    [
        ({}, Conclusion.UNSEEN),
        ({1: PASSED}, Conclusion.REVIEWING),
        ({0: PASSED}, Conclusion.REVIEWING),
        (dict.fromkeys(range(POINTS), PASSED), Conclusion.REVIEWING),
        (dict.fromkeys(range(1, POINTS + 1), PASSED), Conclusion.PASSED),
        (dict.fromkeys(range(1, POINTS + 1), PASSED) | {0: AMEND}, Conclusion.RETURNED),
        (dict.fromkeys(range(1, POINTS + 1), PASSED) | {5: AMEND}, Conclusion.RETURNED),
        ({3: AMEND, 5: REFUSED}, Conclusion.REFUSED),
    ],
)
def test_the_conclusion_follows_from_the_verdicts(desk, verdicts, conclusion):
    for point, verdict in verdicts.items():
        desk.verdict("k1", point, verdict)
    assert (desk.row("k1").verdicts, desk.row("k1").conclusion) == (verdicts, conclusion)
    assert desk.row("k2").conclusion is Conclusion.UNSEEN
    for point in verdicts:
        desk.verdict("k1", point, None)
    assert desk.row("k1").conclusion is Conclusion.UNSEEN


def test_a_person_can_conclude_otherwise_with_a_reason(desk):
    desk.verdict("k1", 1, REFUSED)
    for reason in ("", "  "):
        with pytest.raises(DeskError, match="写明理由"):
            desk.conclude("k1", Conclusion.PASSED, reason)
    desk.conclude("k1", Conclusion.PASSED, "会上议定")
    told = desk.one("k1")
    assert (told.row.conclusion, told.row.overridden) == (Conclusion.PASSED, True)
    assert (told.override.reason, told.override.who) == ("会上议定", "王工")
    desk.conclude("k1", None)
    assert (desk.row("k1").conclusion, desk.row("k1").overridden) == (Conclusion.REFUSED, False)


def test_points_that_the_form_has_not_are_refused(desk):
    for point in (-1, POINTS + 1):
        with pytest.raises(DeskError, match="审核要点"):
            desk.verdict("k1", point, PASSED)
    with pytest.raises(DeskError, match="没有这一件"):
        desk.verdict("nobody", 1, PASSED)


def test_another_round_begins_without_verdicts_and_can_keep_what_passed(desk):
    for point, verdict in {1: PASSED, 2: PASSED, 5: AMEND}.items():
        desk.verdict("k1", point, verdict)
    desk.conclude("k1", Conclusion.RETURNED, "补正")
    desk.pick("k1", True)
    desk.take(changed(submission(), "DDDD-DDDD", unit_name="乙"))
    assert (desk.row("k1").conclusion, desk.row("k1").picked) == (Conclusion.UNSEEN, True)
    assert desk.keep_verdicts("k1", range(1, POINTS + 1)) == 2
    assert desk.row("k1").verdicts == {1: PASSED, 2: PASSED}
    assert desk.log("k1")[-1].why == "沿用上次审核"
    assert desk.keep_verdicts("k1", range(1, POINTS + 1)) == 0


def test_opinions_stand_at_a_place_and_count_their_phrases(desk):
    desk.opinion("k1", "targets[r_t1].indicator", "请写明口径。", phrase="缺口径")
    desk.opinion("k1", "point:5", " 请补责任人。 ", phrase="缺口径")
    desk.opinion("k1", "", "总体可行。")
    desk.opinion("k1", "", "")
    assert [(one.place, one.text) for one in desk.one("k1").opinions] == [
        ("point:5", "请补责任人。"),
        ("targets[r_t1].indicator", "请写明口径。"),
    ]
    assert desk.phrases_used() == {"缺口径": 2}
    assert desk.opinion("k1", "point:5", "请补责任人。", phrase="缺口径") is False
    assert desk.phrases_used() == {"缺口径": 2}


def test_picks_have_an_order_without_gaps(desk):
    for key in ("k2", "k1", "k3"):
        desk.pick(key, True, "基础好")
    assert [(pick.key, pick.field, pick.rank) for pick in desk.picks()] == [
        ("k2", "F6", 1),
        ("k1", "F6", 2),
        ("k3", "F6", 3),
    ]
    desk.pick("k1", False, "超额")
    assert [(row.key, row.rank) for row in desk.rows()] == [("k1", 0), ("k2", 1), ("k3", 2)]
    desk.rank(["k3"], "会议排序")
    assert [pick.key for pick in desk.picks()] == ["k3", "k2"]
    with pytest.raises(DeskError, match="先勾选"):
        desk.rank(["k1"])
    assert desk.pick("k3", True) is False
    assert desk.one("k3").pick.reason == "基础好"
    assert [entry.why for entry in desk.log()][-2:] == ["超额", "会议排序"]


def test_slips_are_noted_for_the_round_they_speak_of(desk):
    desk.returned("k1", "第 1 号", 3, date(2026, 7, 10))
    desk.returned("k1", "第 2 号", 1)
    assert [(one.slip, one.wanted, one.due) for one in desk.one("k1").returned] == [
        ("第 1 号", 3, date(2026, 7, 10)),
        ("第 2 号", 1, None),
    ]
    assert (desk.row("k1").returned, desk.row("k1").due) == ("第 2 号", None)
    desk.take(changed(submission(), "DDDD-DDDD", unit_name="乙"))
    assert desk.row("k1").returned == ""
    assert len(desk.one("k1").returned) == 2


def test_taking_back_goes_decision_by_decision_and_adds_to_the_log(desk):
    desk.verdict("k1", 1, PASSED)
    desk.verdict("k1", 1, AMEND)
    desk.pick("k1", True)
    desk.pick("k2", True)
    desk.rank(["k2", "k1"])
    desk.take(changed(submission("k2", "BBBB-BBBB"), "DDDD-DDDD", unit_name="乙"))
    before = len(desk.log())
    assert desk.undo().what == "ranking"
    assert [pick.key for pick in desk.picks()] == ["k1", "k2"]
    assert desk.undo().key == "k2"
    desk.pick("k3", True)
    assert [desk.undo().key for _ in range(2)] == ["k3", "k1"]
    assert desk.picks() == ()
    desk.undo()
    assert desk.row("k1").verdicts == {1: PASSED}
    desk.undo()
    assert desk.row("k1").verdicts == {}
    with pytest.raises(DeskError, match="没有可以撤销"):
        desk.undo()
    assert len(desk.log()) == before + 7  # six taken back, one more decided
    assert desk.row("k2").handed == 2


def test_settings_and_lists_are_kept(desk, path):
    desk.set_setting("bureau", "江西省市场监督管理局")
    assert desk.set_setting("bureau", "江西省市场监督管理局") is False
    assert desk.settings() == {
        "round": "2026", "submitter": "", "province": "江西省", "bureau": "江西省市场监督管理局", "reviewer": "王工",
    }  # fmt: skip
    listed = (
        FormerPilot(unit="甲厂", uscc="91", earlier=("丙厂", "丁厂")),
        FormerPilot(unit="乙厂", project="某试点", year="2023", place="表1 第 7 行"),
    )
    assert desk.set_former_pilots(listed, "名单.xlsx") == 2
    assert desk.former_pilots() == listed
    assert (desk.log()[-1].what, desk.log()[-1].place, desk.log()[-1].after) == ("former", "名单.xlsx", "2")
    desk.undo()
    assert desk.settings()["bureau"] == ""


def test_several_decisions_are_kept_together_or_not_at_all(desk):
    def both():
        with desk.together():
            desk.verdict("k1", 1, PASSED)
            desk.verdict("nobody", 1, PASSED)

    with pytest.raises(DeskError, match="没有这一件"):
        both()
    assert desk.row("k1").verdicts == {}
    assert desk.log()[-1].what == "take"


def test_the_log_says_who_when_why_before_and_after(desk, path):
    desk.verdict("k1", 5, AMEND, "第 3 行缺责任人")
    desk.who = "李工"
    desk.verdict("k1", 5, PASSED)
    desk.undo()
    last = view(path, "操作记录")[-3:]
    assert [(one["谁"], one["做了什么"], one["原来"], one["现在"], one["理由"]) for one in last] == [
        ("王工", "审核要点", "", "补正", "第 3 行缺责任人"),
        ("李工", "审核要点", "补正", "通过", ""),
        ("李工", "撤销：审核要点", "通过", "补正", ""),
    ]
    assert last[2]["撤销的是第几条"] == last[1]["序号"]


KEYS = st.sampled_from(["k1", "k2", "k3"])
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("take"), KEYS, st.integers(0, 3)),
        st.tuples(st.just("verdict"), KEYS, st.integers(0, POINTS), st.sampled_from([*Verdict, None])),
        st.tuples(
            st.just("opinion"),
            KEYS,
            st.sampled_from(["", "point:2", "uscc"]),
            st.sampled_from(["", "甲", "乙"]),
        ),
        st.tuples(st.just("conclude"), KEYS, st.sampled_from([*Conclusion, None]), st.just("议定")),
        st.tuples(st.just("pick"), KEYS, st.booleans()),
        st.tuples(st.just("rank"), st.permutations(["k1", "k2", "k3"])),
        st.tuples(st.just("returned"), KEYS, st.sampled_from(["1", "2"]), st.integers(1, 9)),
        st.tuples(st.just("undo")),
    ),
    max_size=25,
)


def do(desk, step):
    """One step; what the desk refuses is no step."""
    name, *given_ = step
    if name == "take":
        key, content = given_
        desk.take(submission(key, f"AAAA-AAA{content}", values={"unit_name": str(content)}))
        return
    if name == "rank":
        picked = {pick.key for pick in desk.picks()}
        given_ = [[key for key in given_[0] if key in picked]]
    try:
        getattr(desk, name)(*given_)
    except DeskError as refused:
        if refused.code not in {"desk_gone", "desk_nothing_to_undo"}:
            raise


@given(steps=STEPS)
@settings(max_examples=40)
def test_the_log_can_be_replayed_to_what_the_tables_hold(tmp_path_factory, steps):
    path = desk_in(tmp_path_factory.mktemp("desk"))
    with opened(path) as desk:
        for step in steps:
            before = desk.log()
            do(desk, step)
            assert desk.log()[: len(before)] == before
            assert holds(desk)
        told = {row.key: (row.verdicts, row.conclusion, row.rank) for row in desk.rows()}
        for row in desk.rows():
            ranks = [pick.rank for pick in desk.picks()]
            assert ranks == list(range(1, len(ranks) + 1))
            assert desk.untouched(row.key)
    with opened(path) as desk:
        assert {row.key: (row.verdicts, row.conclusion, row.rank) for row in desk.rows()} == told
        decided = sum(1 for entry in desk.log() if entry.what not in {"take", "former"} and not entry.undoes)
        undone = sum(1 for entry in desk.log() if entry.undoes)
        for _ in range(decided - undone):
            desk.undo()
        assert all(row.conclusion is Conclusion.UNSEEN and not row.picked for row in desk.rows())
