"""What a unit says of an earlier slip comes back to the desk: every line with what became of it, where it was said."""

from __future__ import annotations

import contextlib

import pytest
from msgspec.structs import replace

from pilotdesk.drafts.returned_lines import STILL_OPEN
from pilotdesk.drafts.store import DraftStore
from pilotdesk.projects import session_of_record
from pilotdesk.projects.returning import take_slip, with_remark
from pilotdesk.review.checking.answered import ANSWERS, CHANGED, OPEN, SAID, answered_findings, paper_findings
from pilotdesk.review.records import AnsweringPaper, Kind, State
from pilotdesk.rules.issue import Severity
from tests.projects.returning_kit import CLOCK, first_row, keep_sample, slip_for_draft
from tests.review.desk_kit import finding
from tests.review.findings_kit import PACK, found_in, points_of

FORM = PACK.forms["application"]


@pytest.fixture
def kept(tmp_path):
    """A draft that was sent back, and what was kept of it."""
    with contextlib.closing(DraftStore(tmp_path / "data", CLOCK)) as store:
        session = session_of_record(store.load(keep_sample(store)), CLOCK.today())
        yield session, take_slip(store, session, slip_for_draft(session.values), CLOCK)


def answers(session, returned):
    found = found_in("application", session.values)
    return list(answered_findings(returned, points_of("application"), FORM, session.values, found))


def test_every_line_says_what_became_of_it_at_its_field_and_point(kept):
    session, returned = kept
    row = first_row(session.values)
    session.set_value("background", "改好了", origin="test")
    returned = with_remark(with_remark(returned, "6", "两份都\n重新导出了。"), "2", "按文件改")
    told = answers(session, returned)
    assert [one.code for one in told] == [OPEN, CHANGED, OPEN, OPEN, OPEN, SAID]
    assert {one.code for one in told} == ANSWERS
    assert [one.path for one in told] == [
        "uscc", "background", f"targets[{row}].indicator", "targets", "contact.mobile", "",
    ]  # fmt: skip
    assert [one.point for one in told] == [2] * 6
    assert told[1].sentence == "第 1 次报送的意见“请写明依据的文件”，单位已改，说明：“按文件改”。"
    assert told[0].sentence == "第 1 次报送的意见“请对照登记证书改正”，单位没有改，也没有说明。"
    assert (
        told[5].sentence
        == "第 1 次报送的意见“PDF 和 Word 不是同一版”，单位没有改，说明：“两份都 重新导出了”。"
    )
    assert (told[2].number, told[2].label) == ("9.2", "量化指标表，第 1 行，指标")
    assert [one.severity for one in told] == [
        Severity.WARNING, Severity.HINT, Severity.WARNING, Severity.WARNING, Severity.WARNING, Severity.HINT,
    ]  # fmt: skip


def test_what_a_check_finds_anyway_is_not_asked_for_twice(kept):
    session, returned = kept
    session.set_value("uscc", "12361099MB1K23456A", origin="test")
    (check,) = (one.code for one in found_in("application", session.values) if one.path == "uscc")
    first = replace(returned.slip.lines[0], check=check)
    returned = replace(returned, slip=replace(returned.slip, lines=(first,)))
    (told,) = answers(session, returned)
    assert (told.code, told.severity) == (OPEN, Severity.HINT)
    assert told.sentence.endswith("单位改了，还没有改好，也没有说明。")
    unchanged = replace(returned, before={"1": session.value("uscc")})
    (told,) = answers(session, unchanged)
    assert (told.code, told.severity) == (OPEN, Severity.HINT)


def test_a_paper_is_quoted_and_what_the_check_finds_anyway_is_not_asked_for_twice():
    lines = (
        ("必须改：2.2 统一社会信用代码\n请改正。", STILL_OPEN), ("请核实：9.9 没有的栏目\n请看。", "不用改\n的。"), ("", "空的"),
    )  # fmt: skip
    paper = AnsweringPaper(
        place="甲/对照表.docx", size=1, sha256="", kind=Kind.ATTACHMENT, state=State.KEPT, lines=lines
    )
    points = points_of("application")
    first, second, third = paper_findings((paper, paper), points, ())
    assert (first.code, first.severity, first.path, first.number) == (OPEN, Severity.WARNING, "uscc", "2.2")
    assert (second.code, second.path, second.point) == (SAID, "", 0)
    assert second.sentence == "上次的意见“9.9 没有的栏目 请看”，单位写的是：“不用改 的”。"
    assert third.sentence == "上次的意见“”，单位写的是：“空的”。"
    again, *_ = paper_findings((paper,), points, [finding(path="uscc", sentence="请改正。")])
    assert again.severity is Severity.HINT


def test_a_line_of_another_form_or_point_is_of_the_whole(kept):
    session, returned = kept
    first = replace(returned.slip.lines[0], path="no_such", point=9)
    returned = replace(returned, slip=replace(returned.slip, lines=(first,)), places={"1": "no_such"})
    (told,) = answers(session, returned)
    assert (told.path, told.point, told.number) == ("", 0, "2.2")
