"""A slip finds its draft, every line closes when its answer changes or something is said of it, and all of it goes back."""

from __future__ import annotations

import contextlib
from dataclasses import replace

import pytest
from docx import Document
from msgspec.structs import replace as replaced

from pilotdesk.cli.main import run
from pilotdesk.documents.export import export_documents
from pilotdesk.drafts.package import read_package, write_package
from pilotdesk.drafts.returned import Returned
from pilotdesk.drafts.returned_lines import Done, open_count
from pilotdesk.drafts.store import DraftStore
from pilotdesk.forms.values import Row
from pilotdesk.projects import facts_of, package_of, sample_package, session_of_record
from pilotdesk.projects.returned_paper import STILL_OPEN, TITLE, comparison_outline, papers_of
from pilotdesk.projects.returning import (
    answering,
    candidates,
    keep_received_slip,
    open_in_store,
    owner_of,
    states_in,
    take_slip,
    with_remark,
)
from pilotdesk.projects.upload_kit import CONTENTS, make_kit, plan_kit
from pilotdesk.review.slips.return_slip import slip_of
from tests.projects.returning_kit import CLOCK, first_row, keep_sample, slip_for_draft
from tests.review.findings_kit import found_in
from tests.review.slip_kit import SENDER, submission_of


@pytest.fixture
def store(tmp_path):
    with contextlib.closing(DraftStore(tmp_path / "data", CLOCK)) as opened:
        yield opened


def opened(store, draft_id):
    return session_of_record(store.load(draft_id), CLOCK.today())


def kept(store, session, **changed):
    """Type something and store it."""
    for path, value in changed.items():
        session.set_value(path, value, origin="test")
    store.save(session.identity.draft_id, changed, origin="typed", facts=facts_of(session))


def done_of(returned, session):
    return [state.done for state in states_in(returned, session)]


def test_the_id_of_the_project_tells_whose_it_is_and_else_the_names_come_first(store):
    first, second = keep_sample(store), keep_sample(store, project_name="另一个试点")
    cards = {card.draft_id: card for card in store.cards()}
    values = store.load(first).values
    project = cards[first].project_id
    assert owner_of(slip_for_draft(values, project=project), store.cards()) == cards[first]
    newer = replaced(cards[first], draft_id="d_ffffffffffff", form_version=2)
    assert owner_of(slip_for_draft(values, project=project), [newer, *store.cards()]) == newer
    unknown = slip_for_draft(values)
    assert owner_of(unknown, store.cards()) is None
    assert owner_of(slip_for_draft(values, project="p_ffffffffffff"), store.cards()) is None
    assert [card.draft_id for card in candidates(unknown, store.cards())] == [first, second]
    other = replaced(unknown, form="summary_2027")
    assert candidates(other, store.cards()) == ()


def test_a_line_closes_when_its_answer_changes_or_something_is_said(store):
    draft_id = keep_sample(store)
    session = opened(store, draft_id)
    returned = take_slip(store, session, slip_for_draft(session.values), CLOCK)
    assert done_of(returned, session) == [Done.OPEN] * 6
    session.set_value("uscc", "11530000015129467M", origin="test")
    row = first_row(session.values)
    session.set_value(f"targets[{row}].indicator", "新指标", origin="test")
    assert done_of(returned, session) == [
        Done.CHANGED, Done.OPEN, Done.CHANGED, Done.CHANGED, Done.OPEN, Done.OPEN,
    ]  # fmt: skip
    returned = with_remark(with_remark(returned, "6", " 已重新导出\n"), "1", "按新证书改")
    assert done_of(returned, session)[5] is Done.SAID
    assert open_count(states_in(returned, session)) == 2
    session.set_value("uscc", returned.before["1"], origin="test")
    assert done_of(returned, session)[0] is Done.SAID  # the answer is back, the remark stands
    assert done_of(with_remark(returned, "1", "  "), session)[0] is Done.OPEN


def test_what_is_calculated_closes_by_a_remark_only(store):
    draft_id = keep_sample(store)
    session = opened(store, draft_id)
    slip = slip_for_draft(session.values)
    name = next(
        field.name
        for field in session.form.fields.values()
        if field.calculation and session.value(field.name)
    )
    slip = replaced(slip, lines=(replaced(slip.lines[0], path=name),))
    returned = take_slip(store, session, slip, CLOCK)
    (state,) = states_in(returned, session)
    assert (state.path, state.watched, state.done) == (name, False, Done.OPEN)
    assert done_of(with_remark(returned, "1", "按明细表算的"), session) == [Done.SAID]


def gap_slip(session, *cells):
    """The slip of a draft in which these cells of the indicators are empty: one line for all of them."""
    for cell in cells:
        session.set_value(cell, None, origin="test")
    found = [one for one in found_in("application", session.values) if one.code.startswith("gaps_")]
    return slip_of(submission_of(session.values), found, SENDER)


def test_many_missing_cells_are_one_line_and_it_closes_when_none_is_missing_any_more(store):
    draft_id = keep_sample(store)
    session = opened(store, draft_id)
    first, second = (f"targets[{row.id}].indicator" for row in session.values["targets"][:2])
    slip = gap_slip(session, first, second)
    assert [(line.path, line.check) for line in slip.lines] == [("targets", "gaps_warning")]
    returned = take_slip(store, session, slip, CLOCK)
    (state,) = states_in(returned, session)
    assert (state.done, state.begun, state.goto) == (Done.OPEN, False, first)
    session.set_value(first, "办件时限", origin="test")
    (state,) = states_in(returned, session)
    assert (state.done, state.begun) == (Done.OPEN, True)
    session.set_value(second, "满意度", origin="test")
    assert done_of(returned, session) == [Done.CHANGED]


def test_what_the_check_still_finds_counts_as_open_in_the_store_too(store):
    draft_id = keep_sample(store)
    session = opened(store, draft_id)
    first, second = (f"targets[{row.id}].indicator" for row in session.values["targets"][:2])
    take_slip(store, session, gap_slip(session, first, second), CLOCK)
    assert open_in_store(store, [draft_id], CLOCK.today()) == {draft_id: 0}  # the stored answers are whole
    rows = tuple(row.with_cell("indicator", None) for row in session.values["targets"][:2])
    kept(store, session, targets=(*rows, *session.values["targets"][2:]))
    assert open_in_store(store, [draft_id], CLOCK.today()) == {draft_id: 1}


def test_a_row_with_missing_cells_can_also_be_taken_away(store):
    draft_id = keep_sample(store)
    session = opened(store, draft_id)
    row = session.values["targets"][-1].id
    slip = gap_slip(session, f"targets[{row}].indicator", f"targets[{row}].unit")
    returned = take_slip(store, session, slip, CLOCK)
    assert done_of(returned, session) == [Done.OPEN]
    session.remove_rows("targets", [row], origin="test")
    assert done_of(returned, session) == [Done.CHANGED]


def test_another_answer_that_the_check_still_finds_closes_nothing(store):
    draft_id = keep_sample(store)
    session = opened(store, draft_id)
    session.set_value("uscc", "11530000015129467X", origin="test")
    found = [one for one in found_in("application", session.values) if one.path == "uscc"]
    returned = take_slip(store, session, slip_of(submission_of(session.values), found, SENDER), CLOCK)
    session.set_value("uscc", "11530000015129467Y", origin="test")
    (state,) = states_in(returned, session)
    assert (state.done, state.begun) == (Done.OPEN, True)
    assert done_of(with_remark(returned, "1", "证书上就是这样"), session) == [Done.SAID]
    session.set_value("uscc", "12361099MB1K23456F", origin="test")
    assert done_of(returned, session) == [Done.CHANGED]


def test_what_was_changed_before_the_slip_came_counts_as_changed(store):
    draft_id = keep_sample(store)
    session = opened(store, draft_id)
    slip = slip_for_draft(session.values)
    was = session.value("background")
    kept(store, session, background="早就改好了")
    returned = take_slip(store, session, slip, CLOCK)
    assert returned.before["2"] == was
    assert done_of(returned, session)[1] is Done.CHANGED


def test_the_version_that_went_out_under_the_code_is_what_was_reviewed(store):
    draft_id = keep_sample(store)
    session = opened(store, draft_id)
    slip = slip_for_draft(session.values)
    lines = tuple(
        replaced(line, seen="") for line in slip.lines
    )  # read out of a Word file: signs tell nothing
    slip = replaced(slip, lines=lines)
    was = session.value("contact.mobile")
    store.log_export(draft_id, kind="pdf", file_name="a.pdf", sha256="0" * 64, check_code=slip.code)
    kept(store, session, **{"contact.mobile": "13900000000"})
    returned = take_slip(store, session, slip, CLOCK)
    assert returned.before["5"] == was
    assert done_of(returned, session)[4] is Done.CHANGED


def test_a_row_that_a_word_file_named_otherwise_is_found_by_its_number(store):
    draft_id = keep_sample(store)
    session = opened(store, draft_id)
    row = first_row(session.values)
    slip = slip_for_draft(session.values)
    lines = tuple(replaced(line, path=line.path.replace(row, "r_w1")) for line in slip.lines)
    returned = take_slip(store, session, replaced(slip, lines=lines), CLOCK)
    assert returned.places["3"] == f"targets[{row}].indicator"
    gone = tuple(replaced(line, path=line.path.replace("uscc", "no_such")) for line in slip.lines)
    returned = take_slip(store, session, replaced(slip, slip_id="b_ffffffffffff", lines=gone), CLOCK)
    assert "1" not in returned.places


def test_taken_in_twice_what_was_said_stays_and_a_later_slip_counts(store):
    draft_id = keep_sample(store)
    session = opened(store, draft_id)
    slip = slip_for_draft(session.values)
    returned = take_slip(store, session, slip, CLOCK)
    store.returns.keep(draft_id, with_remark(returned, "5", "核对过了"))
    assert take_slip(store, session, slip, CLOCK).remarks == {"5": "核对过了"}
    later = replaced(slip, slip_id="b_ffffffffffff", handing=2)
    take_slip(store, session, later, CLOCK)
    take_slip(store, session, slip, CLOCK)
    assert store.returns.newest(draft_id).slip == later


def test_open_lines_are_counted_from_what_is_stored(store):
    draft_id, other = keep_sample(store), keep_sample(store)
    session = opened(store, draft_id)
    take_slip(store, session, slip_for_draft(session.values), CLOCK)
    kept(store, session, uscc="11530000015129467M")
    assert open_in_store(store, [draft_id, other], CLOCK.today()) == {draft_id: 5}


def test_a_package_says_which_slip_it_answers_and_another_computer_keeps_it(store, tmp_path):
    draft_id = keep_sample(store)
    session = opened(store, draft_id)
    returned = with_remark(
        take_slip(store, session, slip_for_draft(session.values), CLOCK), "6", "已重新导出"
    )
    store.returns.keep(draft_id, returned)
    package = replace(answering(store, draft_id, package_of(session, {})), values={"uscc": "x"}, files={})
    write_package(package, tmp_path / "a.pilot")
    read = read_package(tmp_path / "a.pilot")
    assert read.returned == returned
    there = keep_sample(store)
    keep_received_slip(store, there, read)
    assert store.returns.newest(there) == returned
    assert (
        answering(store, keep_sample(store), package).returned == returned
    )  # of a draft without one, as it was


def test_the_table_says_what_stood_there_and_what_stands_there_now(store, tmp_path):
    draft_id = keep_sample(store)
    session = opened(store, draft_id)
    long = "".join(f"第{at}句话没有动。" for at in range(60))
    session.set_value("background", long, origin="test")
    slip = slip_for_draft(session.values)
    returned = with_remark(take_slip(store, session, slip, CLOCK), "6", "已重新导出")
    session.set_value("background", long.replace("第30句话没有动", "这一句改写了"), origin="test")
    rows = session.values["targets"]
    session.set_value("targets", (*rows, Row("r_new", {"indicator": "新增的指标"})), origin="test")
    made = export_documents((comparison_outline(session, returned),), tmp_path)
    assert [file.path.stem.split("_")[0] for file in made.files] == [TITLE] * 2
    table = Document(made.files[0].path).tables[0]
    told = {row.cells[0].text: [cell.text for cell in row.cells[1:]] for row in table.rows[1:]}
    assert told["1"][0].startswith("必须改：2.2 统一社会信用代码")
    assert told["1"][2:] == [session.value("uscc"), session.value("uscc"), STILL_OPEN]
    assert "第30句话没有动" in told["2"][2]
    assert "这一句改写了" in told["2"][3]
    assert (len(told["2"][3]) < 120, told["2"][4]) == (True, "已改")
    assert (told["4"][2], told["4"][3]) == (
        f"{len(rows)} 行",
        f"{len(rows) + 1} 行\n第 {len(rows) + 1} 行：新增的指标",
    )
    assert told["6"] == ["请核实：整份材料\nPDF 和 Word 不是同一版。", "通知第三条", "—", "—", "已重新导出"]


def test_the_kit_holds_the_table_and_lists_it(store, tmp_path):
    draft_id = keep_sample(store)
    session = opened(store, draft_id)
    assert papers_of(store, session) == ()
    take_slip(store, session, slip_for_draft(session.values), CLOCK)
    plan = plan_kit(session, CLOCK.today(), draft=True, papers=papers_of(store, session))
    read = store.attachments.content
    made = make_kit(plan, read, tmp_path)
    names = [file.name for file in made.files if TITLE in file.name]
    assert [name.rpartition(".")[2] for name in names] == ["docx", "pdf"]
    listed = next(path for path in made.folder.iterdir() if CONTENTS in path.name and path.suffix == ".docx")
    assert any(TITLE in cell.text for cell in Document(listed).tables[0].columns[1].cells)


def test_the_command_line_exports_the_table_with_the_documents(tmp_path, capsys):
    package = sample_package()
    slip = slip_for_draft(package.values)
    returned = Returned(slip=slip, at="2026-06-16T00:00:00.000Z", places={}, before={}, remarks={})
    write_package(replace(package, returned=returned), tmp_path / "甲.pilot")
    assert run(["export", str(tmp_path / "甲.pilot"), "--to", str(tmp_path / "出"), "--word"]) == 0
    capsys.readouterr()
    names = sorted(path.name for path in (tmp_path / "出").iterdir())
    assert [name.partition("_")[0] for name in names] == ["意见修改对照表", "申报书"]
    shown = "".join(
        cell.text for row in Document(tmp_path / "出" / names[0]).tables[0].rows for cell in row.cells
    )
    assert "请对照登记证书改正。" in shown
