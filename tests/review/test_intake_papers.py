"""Papers of ours that come along: 意见修改对照表 tells what was done, the notice sent back is kept, neither is refused."""

from __future__ import annotations

import contextlib
import shutil

import pytest

from pilotdesk.documents.carriers import read_carrier
from pilotdesk.documents.export import export_documents
from pilotdesk.drafts.store import DraftStore
from pilotdesk.errors import PackageError
from pilotdesk.projects import outlines_of, session_of_record
from pilotdesk.projects.returned_paper import comparison_outline
from pilotdesk.projects.returning import take_slip, with_remark
from pilotdesk.review.checking.answered import ANSWERS, CHANGED, OPEN, SAID
from pilotdesk.review.intake.words import compared
from pilotdesk.review.records import Kind, State
from pilotdesk.review.slips.slip_papers import write_notice
from pilotdesk.rules.issue import Severity
from tests.projects.returning_kit import CLOCK, keep_sample, slip_for_draft
from tests.review.findings_kit import PACK
from tests.review.intake_kit import Told

TOLD = "意见修改对照表：6 处意见，1 处已改，1 处写了说明，4 处没有改也没有说明。"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Word and PDF of a draft that was sent back, with the table, and the notice that the unit got."""
    place = tmp_path_factory.mktemp("papers")
    with contextlib.closing(DraftStore(place / "data", CLOCK)) as store:
        session = session_of_record(store.load(keep_sample(store)), CLOCK.today())
        slip = slip_for_draft(session.values)
        returned = with_remark(take_slip(store, session, slip, CLOCK), "6", "两份都重新导出了")
        session.set_value("background", "改好了。", origin="test")
        export_documents(outlines_of(session, draft=False), place / "in" / "甲")
        export_documents((comparison_outline(session, returned),), place / "in" / "甲")
        write_notice(slip, PACK, place / "in" / "甲")
    return place / "in"


def test_the_table_says_how_much_is_done_and_nothing_is_refused(folder):
    submission = Told([folder]).only
    files = {file.place.rpartition("/")[2][:2] + file.place[-4:]: file for file in submission.files}
    assert sorted(files) == ["审核.pdf", "审核docx", "意见.pdf", "意见docx", "申报.pdf", "申报docx"]
    assert {file.state for file in submission.files} == {State.READ, State.KEPT}
    assert [files[name].sentence for name in ("意见.pdf", "意见docx", "审核.pdf", "审核docx")] == [
        TOLD,
        TOLD,
        "",
        "",
    ]
    assert submission.attachments == 2, "the notice came back; the table is no attachment"
    assert files["意见docx"].kind is files["审核.pdf"].kind is Kind.ATTACHMENT
    assert "desk_file_refused" not in {one.code for one in submission.findings}


def test_what_the_table_says_is_told_line_by_line_once(folder):
    submission = Told([folder]).only
    told = [one for one in submission.findings if one.code in ANSWERS]
    assert sorted((one.code, one.severity, one.path, one.point) for one in told if one.path) == [
        (CHANGED, Severity.HINT, "background", 5),
        (OPEN, Severity.WARNING, "targets", 6),
        (OPEN, Severity.WARNING, "targets", 6),
        (OPEN, Severity.WARNING, "uscc", 2),
    ]
    (said,) = (one for one in told if one.code == SAID)
    assert said.sentence == "上次的意见“整份材料 PDF 和 Word 不是同一版”，单位写的是：“两份都重新导出了”。"
    assert len(told) == 6


def test_the_pdf_of_it_alone_says_the_same(folder, tmp_path):
    shutil.copytree(folder / "甲", tmp_path / "in" / "甲")
    next((tmp_path / "in" / "甲").glob("意见修改对照表*.docx")).unlink()
    told = [one for one in Told([tmp_path / "in"]).only.findings if one.code in ANSWERS]
    assert len(told) == 6
    assert {one.path for one in told} == {"", "background", "targets", "uscc"}


def test_where_answers_are_wanted_it_says_what_the_paper_is(folder):
    for path in (folder / "甲").glob("意见修改对照表*"):
        with pytest.raises(PackageError) as caught:
            read_carrier(path)
        assert caught.value.code == "carrier_paper"
        assert "意见修改对照表" in str(caught.value)


def test_the_words_of_the_table():
    assert compared(["已改", "已改"]) == "2 处意见，2 处已改。"
    assert compared(["按新证书改"]) == "1 处意见，1 处写了说明。"
    assert compared([]) == ""
