"""What a return slip may ask for: all that was found and all that was said, each under its point and at its field."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from pilotdesk.review.desk.records import Conclusion, Verdict
from pilotdesk.review.desk.said import SAID
from pilotdesk.review.intake.packs import points_for
from pilotdesk.review.records import Kind
from pilotdesk.review.slips.asking import asks_of, sent_already, to_return
from pilotdesk.review.slips.return_slip import Sender, slip_of
from pilotdesk.rules.issue import Severity
from tests.review.desk_kit import (
    PACK,
    changed,
    desk_in,
    finding,
    holds,
    opened,
    sample_submission,
    submission,
)
from tests.review.slip_kit import SENDER

FORM = PACK.forms["application"]
ROW = "targets[r_target03].data_source"


@pytest.fixture
def desk(tmp_path):
    with opened(desk_in(tmp_path)) as desk:
        sample = sample_submission()
        asked = (
            finding(),
            finding("x", Severity.WARNING, 3, path="direction", number="1.4", label="试点方向"),
            finding("y", Severity.HINT, 1, path="unit_name"),
        )
        desk.take(replace(sample, findings=asked))
        yield desk


def asks(desk, key="sample"):
    return asks_of(desk.one(key), points_for("2026", "application", Kind.PILOT), FORM)


def said(desk):
    return {one.finding.sentence: one.finding for one in asks(desk) if one.said}


def test_an_opinion_on_a_field_without_a_finding_stands_under_its_point_and_field(desk):
    desk.opinion("sample", "background", "请写明依据的文件。")
    desk.opinion("sample", ROW, "9.2 第 3 行请写清从哪里取数。")
    told = said(desk)
    points = points_for("2026", "application", Kind.PILOT)
    field = told["请写明依据的文件。"]
    assert (field.path, field.number, field.label) == ("background", "4.1", FORM.fields["background"].label)
    assert field.point == points.number_of("background") > 0
    assert field.clause == points.shown[field.point - 1].clause != ""
    cell = told["9.2 第 3 行请写清从哪里取数。"]
    assert (cell.number, cell.label) == ("9.2", "量化指标表，第 3 行，数据来源／计算方法")
    assert cell.point == points.number_of(ROW) == 6


@pytest.mark.parametrize("slip_of_the_hand", ["/", "、", " ?! ", "——"])
def test_an_opinion_of_signs_only_is_not_asked_for(desk, slip_of_the_hand):
    desk.opinion("sample", "background", slip_of_the_hand)
    desk.opinion("sample", ROW, "3")
    assert list(said(desk)) == ["3"]


def test_what_is_said_where_something_was_found_is_as_grave_and_stands_beside_it(desk):
    desk.opinion("sample", "uscc", "请对照登记证书。")
    listed = asks(desk)
    assert [(one.finding.code, one.finding.severity) for one in listed[:2]] == [
        ("uscc_form", Severity.ERROR),
        (SAID, Severity.ERROR),
    ]
    assert listed[1].finding.clause == listed[0].finding.clause
    assert [one.finding.code for one in listed] == ["uscc_form", SAID, "x"]  # no 建议


def test_what_is_said_of_a_point_and_of_the_whole(desk):
    desk.opinion("sample", "point:5", "任务要写到人。")
    desk.opinion("sample", "", "请把三份一起报来。")
    desk.opinion("sample", "no_such_field", "以前的一栏。")
    told = said(desk)
    point, whole, gone = told["任务要写到人。"], told["请把三份一起报来。"], told["以前的一栏。"]
    labels = desk.one("sample").point_labels
    assert (point.point, point.path, point.number, point.label) == (5, "", "", f"要点 5 {labels[4]}")
    assert (whole.point, whole.path, whole.label) == (0, "", "")
    assert (gone.point, gone.number, gone.label) == (0, "", "")
    assert point.severity is Severity.WARNING
    desk.verdict("sample", 5, Verdict.REFUSED)
    assert said(desk)["任务要写到人。"].severity is Severity.ERROR


def test_a_warning_at_a_point_that_was_passed_is_not_ticked(desk):
    desk.verdict("sample", 1, Verdict.PASSED)
    desk.verdict("sample", 3, Verdict.PASSED)
    assert [(one.finding.code, one.chosen) for one in asks(desk)] == [("uscc_form", True), ("x", False)]
    desk.opinion("sample", "direction", "请说明。")
    assert [one.chosen for one in asks(desk)] == [True, False, True]


def test_words_of_an_earlier_round_are_not_said_again(desk):
    desk.opinion("sample", "background", "请写明依据的文件。")
    again = sample_submission()
    desk.take(replace(again, code="BBBB-BBBB", revision=2, findings=()))
    assert asks(desk) == ()


def test_who_is_to_be_sent_back_and_who_was(desk):
    desk.take(submission("k2"))
    assert to_return(desk.rows()) == sent_already(desk, desk.rows()) == ()
    desk.verdict("sample", 5, Verdict.AMEND)
    desk.conclude("k2", Conclusion.RETURNED, "缺件")
    assert [row.key for row in to_return(desk.rows())] == ["sample", "k2"]
    desk.returned("sample", "001-1", 2, None)
    assert [row.key for row in to_return(desk.rows())] == ["k2"]
    assert [(one.line.key, one.slip.slip) for one in sent_already(desk, desk.rows())] == [("sample", "001-1")]


def test_slips_of_earlier_rounds_are_there_behind_the_last_one(desk):
    for at in (1, 2):
        desk.returned("sample", f"001-{at}", 2, None)
        desk.take(changed(sample_submission(), f"BBBB-BBB{at}", unit_name=f"改了 {at} 次的单位"))
    desk.returned("sample", "001-3", 1, None)
    sent = sent_already(desk, desk.rows())
    assert [(one.slip.slip, one.is_latest) for one in sent] == [
        ("001-3", True), ("001-2", False), ("001-1", False),
    ]  # fmt: skip


def test_the_slip_says_it_all(desk):
    desk.opinion("sample", "background", "请写明依据的文件。")
    dossier = desk.one("sample")
    sender = Sender(bureau=SENDER.bureau, on=SENDER.on, contact="王工 0791-0000512")
    slip = slip_of(dossier.submission, [one.finding for one in asks(desk) if one.chosen], sender)
    lines = {line.path: line for line in slip.lines}
    assert (lines["uscc"].check, lines["background"].check) == ("uscc_form", "")
    assert lines["background"].seen
    assert lines["background"].point > 0
    assert slip.contact == "王工 0791-0000512"


def test_what_a_slip_said_is_kept_word_for_word(desk):
    dossier = desk.one("sample")
    slip = slip_of(dossier.submission, [one.finding for one in asks(desk)], SENDER)
    assert desk.send_back("sample", "001-1", slip)
    assert desk.slip("sample", "001-1") == slip
    assert desk.slip("sample", "001-2") is None
    row = desk.row("sample")
    assert (row.returned, row.due) == ("001-1", SENDER.due)
    assert [one.wanted for one in desk.returned_slips("sample")] == [2]
    assert holds(desk)


def test_a_slip_is_noted_for_the_round_that_it_speaks_of(desk):
    slip = slip_of(desk.submission("sample"), [one.finding for one in asks(desk)], SENDER)
    desk.take(replace(sample_submission(), code="BBBB-BBBB", revision=2))
    desk.send_back("sample", "001-1", slip)
    assert (desk.row("sample").handed, desk.row("sample").returned) == (2, "")
    assert [one.number for one in desk.returned_slips("sample")] == [1]
    assert holds(desk)
