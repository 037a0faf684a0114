"""Papers of ours that come along: 意见修改对照表 tells what was done, the notice sent back is kept, neither is refused."""

from __future__ import annotations

import contextlib

import pytest

from pilotdesk.documents.carriers import read_carrier
from pilotdesk.documents.export import export_documents
from pilotdesk.drafts.store import DraftStore
from pilotdesk.errors import PackageError
from pilotdesk.projects import outlines_of, session_of_record
from pilotdesk.projects.returned_paper import comparison_outline
from pilotdesk.projects.returning import take_slip, with_remark
from pilotdesk.review.intake.words import compared
from pilotdesk.review.records import Kind, State
from pilotdesk.review.slips.slip_papers import write_notice
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
    assert files["意见docx"].kind is files["审核.pdf"].kind is Kind.ATTACHMENT
    assert "desk_file_refused" not in {one.code for one in submission.findings}


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
