"""The blank Word form: what it says, and that what people write into it comes back."""

from __future__ import annotations

import re
import shutil
import zipfile
from datetime import date

import pytest

from pilotdesk.cli.main import run
from pilotdesk.documents.blank import blank_outline, document_with, hints_in, without_hints, write_blank
from pilotdesk.documents.blocks import Table
from pilotdesk.documents.edited import read_edited
from pilotdesk.documents.fonts import shipped_fonts
from pilotdesk.documents.pdf.widths import fitted_widths
from pilotdesk.drafts.package import read_package
from pilotdesk.forms.form_documents import documents_of
from pilotdesk.forms.shipped import load_shipped
from pilotdesk.forms.values import Unparsed
from pilotdesk.projects.reading_back import adopt, look_into_word, session_for_blank, undisputed
from tests.documents.blank_kit import KEPT, LONG, MANY, PROBLEMS, filled
from tests.documents.edited_kit import kept_session, resaved

TODAY = date(2026, 6, 12)


@pytest.fixture(scope="module")
def pack():
    return load_shipped("2026")


@pytest.fixture(scope="module")
def by_hand(tmp_path_factory):
    return filled(tmp_path_factory.mktemp("blank"))


def text_in(path):
    with zipfile.ZipFile(path) as archive:
        return re.sub("<[^>]+>", "", archive.read("word/document.xml").decode())


@pytest.mark.parametrize("name", ["application", "summary_2027", "self_assessment"])
def test_a_blank_form_begins_with_what_to_do_and_gives_no_answer_back(pack, name, tmp_path):
    path = tmp_path / "blank.docx"
    write_blank(pack, pack.forms[name], path)
    assert text_in(path).lstrip().startswith("怎么填这张表")
    session = session_for_blank(path, TODAY)
    edits = look_into_word(session, path)
    assert edits.blank
    assert (edits.edits, edits.rows, edits.missing, edits.leftover) == ((), (), (), ())
    assert edits.compared >= 50


@pytest.mark.parametrize("name", ["application", "summary_2027", "self_assessment"])
def test_a_table_that_is_worked_out_says_so_in_a_row_of_its_own(pack, name):
    """In the narrow first column the words stood one below the other."""
    form = pack.forms[name]
    tables = [
        block
        for document in (one.name for one in documents_of(form))
        for block in blank_outline(pack, form, document=document).blocks
        if isinstance(block, Table) and block.path in form.fields and form.fields[block.path].calculation
    ]
    assert tables
    for table in tables:
        ((cell,),) = table.rows
        assert (cell.text, cell.span) == ("【自动算出，不用填】", len(table.widths))


def test_hints_are_grey_and_no_answer(pack, tmp_path):
    path = tmp_path / "blank.docx"
    write_blank(pack, pack.forms["application"], path)
    with zipfile.ZipFile(path) as archive:
        markup = archive.read("word/document.xml").decode()
    hints = re.findall(r"<w:r>(.{0,200}?)<w:t [^>]*>【", markup)
    assert len(hints) > 40
    assert all('w:val="808080"' in hint for hint in hints)
    known = hints_in(blank_outline(pack, pack.forms["application"]))
    assert without_hints("【如 2027-01】", known) == ""
    assert without_hints("【如 2027-01】2027年3月", known) == "2027年3月"
    assert without_hints("【如 2027-01 2027年3月】", known).strip() == "2027年3月"
    assert without_hints("【2027年3月】", known) == "2027年3月"
    assert without_hints("见【附件一】的说明", known) == "见【附件一】的说明"


def test_parts_of_a_form_are_a_form_of_their_own(pack, tmp_path):
    form, path = pack.forms["application"], tmp_path / "parts.docx"
    write_blank(pack, form, path, parts=("objectives",))
    text = text_in(path)
    assert "试点目标" in text
    assert "承担单位基本情况" not in text
    session = kept_session("application")
    assert not look_into_word(session, path)
    later = pack.forms["self_assessment"]
    report = next(step.name for step in later.steps if step.document == "report")
    assert document_with(later, (report,)) == "report"
    assert document_with(later, (report, later.steps[1].name)) is None


def test_a_blank_form_has_no_contents_and_each_pledge_once(pack, tmp_path):
    """Dots that lead to no page number, and two pledges of which only one would be signed, only confuse."""
    write_blank(pack, pack.forms["application"], tmp_path / "a.docx")
    text = text_in(tmp_path / "a.docx")
    assert "目　　录" not in text
    assert text.count("本单位自愿申报国家标准化试点项目，郑重承诺：") == 1


def test_hints_take_no_room_from_the_words_beside_them(pack):
    """A hint how a period is written made its column twice as wide."""
    tables = [
        block for block in blank_outline(pack, pack.forms["application"]).blocks if isinstance(block, Table)
    ]
    (tasks,) = (table for table in tables if table.caption == "试点任务和进度安排表")
    assert any("【如" in cell.text for row in tasks.rows for cell in row)
    assert fitted_widths(tasks, shipped_fonts()) == pytest.approx(tasks.widths, abs=2)


def test_equal_blanks_are_equal_bytes(pack, tmp_path):
    for name in ("a.docx", "b.docx"):
        write_blank(pack, pack.forms["application"], tmp_path / name)
    assert (tmp_path / "a.docx").read_bytes() == (tmp_path / "b.docx").read_bytes()


@pytest.mark.parametrize("saved", ["by hand", "libreoffice"])
def test_a_filled_blank_becomes_a_draft(by_hand, saved):
    path = by_hand if saved == "by hand" else KEPT
    session = session_for_blank(path, TODAY)
    edits = look_into_word(session, path)
    assert edits.leftover == ()
    assert edits.missing == ()
    assert not any(edit.conflict for edit in edits.all)
    adopt(session, edits, undisputed(edits))
    expected = {
        "project_name": "南汀县帮办代办标准化试点", "unit_name": "南汀县政务服务中心", "staff_count": 86,
        "founded_on": date(2016, 4, 18), "registered_address": "南汀县政务路8号",
        "project_leader.name": "陈立", "national_pilot_before": "no", "incidents": "no",
        "unit_kind": "institution", "background": LONG,
    }  # fmt: skip
    assert {path: session.value(path) for path in expected} == expected
    rows = [
        tuple(row.cells.get(name) for name in ("problem", "evidence", "cause", "remedy"))
        for row in session.rows("problems")
    ]
    assert rows == list(PROBLEMS)
    assert [row.cell("document") for row in session.rows("policy_basis")] == [
        f"文件{n}" for n in range(1, MANY + 1)
    ]
    nodes = session.rows("structure")
    names = {row.id: row.cell("name") for row in nodes}
    assert [(row.cell("code"), row.cell("name"), names.get(row.parent)) for row in nodes] == [
        (None, "政务服务标准体系", None), ("100", "通用基础", "政务服务标准体系"),
        ("101", "术语", "通用基础"), ("200", "事项办理", "政务服务标准体系"),
    ]  # fmt: skip
    queries = session.rows("credit_queries")
    assert [row.cell("queried_on") for row in queries] == [date(2026, 6, 2), None]
    assert [row.cell("site") for row in queries] == ["credit_china", "enterprise_system"]
    assert not any(isinstance(value, Unparsed) for value in session.values.values())
    assert len(edits.all) == len(expected) + len(PROBLEMS) + MANY + len(nodes) + 1
    assert not look_into_word(session, path)


def test_a_filled_blank_never_empties_and_asks_before_it_replaces(by_hand):
    session = kept_session("application")
    edits = look_into_word(session, by_hand)
    assert all(edit.after for edit in edits.edits)
    by_path = {edit.path: edit for edit in edits.edits}
    assert by_path["background"].conflict
    assert "staff_count" not in by_path  # the draft has the same
    session.set_value("background", None)
    again = {edit.path: edit for edit in look_into_word(session, by_hand).edits}
    assert not again["background"].conflict


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_a_blank_saved_by_the_libreoffice_that_is_here_is_still_blank(pack, tmp_path):
    path = tmp_path / "blank.docx"
    write_blank(pack, pack.forms["application"], path)
    (saved,) = resaved([path], tmp_path / "saved", tmp_path / "profile")
    session = session_for_blank(saved, TODAY)
    assert not read_edited(session.pack, session.form, session.freeze(), saved)


def test_the_command_makes_a_draft_of_a_filled_blank(by_hand, tmp_path, capsys):
    target = tmp_path / "new.pilot"
    assert run(["readback", "--new", str(by_hand), "--to", str(target)]) == 0
    assert "已采纳" in capsys.readouterr().out
    assert read_package(target).values["unit_name"] == "南汀县政务服务中心"
    blank = tmp_path / "b.docx"
    assert run(["blank", "--parts", "objectives,tasks", "--to", str(blank)]) == 0
    assert run(["blank", "--parts", "objectives", "--to", str(blank)]) == 2  # it is there already
    assert run(["blank", "--parts", "nothing", "--to", str(tmp_path / "c.docx")]) == 2
    assert (
        run(["blank", "--form", "self_assessment", "--document", "nothing", "--to", str(tmp_path / "c.docx")])
        == 2
    )
    assert not (tmp_path / "c.docx").exists()
