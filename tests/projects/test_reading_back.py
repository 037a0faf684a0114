"""Changes of a Word file taken into a draft: three-way, one step, one by one, and as the command line says it."""

from __future__ import annotations

import json
import zipfile
from datetime import date
from decimal import Decimal

import pytest

from pilotdesk.cli.main import run
from pilotdesk.documents.edited import read_edited
from pilotdesk.drafts.package import read_package, write_package
from pilotdesk.errors import PackageError
from pilotdesk.forms.values import MonthRange, Unparsed
from pilotdesk.projects import package_of
from pilotdesk.projects.reading_back import READ_BACK, adopt, chosen, look_into_word, undisputed
from tests.documents.edited_kit import Hand, W, kept_session, written

DAY = date(2026, 6, 20)


def begun():
    """The sample's application without its files, which a package would have to bring along."""
    made = kept_session("application")
    files = {path: None for path in made.values if made.field(path).type == "attachment"}
    made.set_values(files)
    return made


@pytest.fixture
def session():
    """That application; every test changes its own."""
    return begun()


@pytest.fixture(scope="module")
def own(tmp_path_factory):
    """The Word file of :func:`begun`, which nobody changes, and its outline."""
    file = tmp_path_factory.mktemp("own") / "own.docx"
    return file, written(begun(), "", file)


@pytest.fixture
def edited(session, own, tmp_path):
    """A function that lets a hand edit the draft's file and gives the path of what comes of it."""
    file, outline = own

    def made(edit, *, marks=True):
        hand = Hand(file, outline, session.form, 1)
        edit(hand)
        return hand.save(tmp_path / "edited.docx", marks=marks)

    return made


def only(listed):
    (one,) = listed
    return one


# -- values ------------------------------------------------------------------------------------------


PRINTED = {
    "staff_count": ("91人", 91),
    "full_time_staff": ("约九十", Unparsed("约九十")),
    "project_leader.name": ("王　芳", "王芳"),
    "project_leader.mobile": ("１３８００００００２２", "13800000022"),
    "founded_on": ("2016年4月19日", date(2016, 4, 19)),
    "registered_address": ("无", "无"),
    "summary": ("第一段。\n　　第二段。", "第一段。\n第二段。"),
    "build_period": ("2027年1月至2028年11月", MonthRange("2027-01", "2028-11")),
    "region": ("江西省抚州市临川区", "361002"),
    "unit_kind": ("社会团体", "association"),
}
CELLS = (
    ("schedule", 0, "period", "2027年2月\n至4月", MonthRange("2027-02", "2027-04")),
    ("schedule", 1, "period", "2027年2月—2028年4月", MonthRange("2027-02", "2028-04")),
    ("schedule", 2, "period", "明年春天", Unparsed("明年春天")),
    ("targets", 0, "value_2027", "94.50", Decimal("94.50")),
    ("standards", 0, "level", "行业", "sector"),
    ("standards", 1, "effective_on", "2021-03-02", date(2021, 3, 2)),
)


def test_what_is_printed_is_read_as_values(session, edited):
    cells = {
        f"{table}[{session.rows(table)[at].id}].{column}": (text, value)
        for table, at, column, text, value in CELLS
    }

    def edit(hand):
        for path, (text, _) in (PRINTED | cells).items():
            hand.replace(path, text)

    edits = look_into_word(session, edited(edit))
    assert {edit.path: dict(edit.values) for edit in edits.edits} == {
        path: {path: value} for path, (_, value) in (PRINTED | cells).items()
    }
    assert {edit.path for edit in edits.edits if edit.unread} == {"full_time_staff", list(cells)[2]}
    adopt(session, edits, edits.edits)
    for path, (_, value) in (PRINTED | cells).items():
        assert session.value(path) == value


def test_several_columns_in_one_cell_are_told_apart(session, edited):
    row = session.rows("schedule")[0]
    path = f"schedule[{row.id}].responsible_unit"
    file = edited(lambda hand: hand.replace(path, f"{row.cell('responsible_unit')}\n新人"))
    edit = only(look_into_word(session, file).edits)
    assert edit.values == {f"schedule[{row.id}].responsible_person": "新人"}
    assert edit.label.endswith("责任人")


# -- three-way ---------------------------------------------------------------------------------------


def test_what_only_the_draft_changed_is_no_edit(session, edited):
    file = edited(lambda hand: None)
    session.set_values({"summary": "草稿里后来改的", "project_leader.name": "赵六"})
    assert not look_into_word(session, file)


@pytest.mark.parametrize("marks", [True, False])
def test_fields_that_came_or_went_in_the_draft_do_not_shift_the_others(session, edited, marks):
    """Two fields stand in a row; another kind of unit is asked for its revenue, and the cells move on."""
    file = edited(lambda hand: hand.replace("annual_cases", "43万件"), marks=marks)
    session.set_values({"unit_kind": "enterprise", "national_pilot_before": "yes"})
    assert session.is_relevant("annual_revenue")
    edits = look_into_word(session, file)
    assert {edit.path: dict(edit.values) for edit in edits.edits} == {
        "annual_cases": {"annual_cases": Decimal(43)}
    }
    assert (edits.rows, edits.missing, edits.leftover) == ((), (), ())


def test_what_both_changed_is_a_conflict_and_not_taken_over_unasked(session, edited):
    file = edited(lambda hand: hand.replace("summary", "Word 里改的"))
    session.set_value("summary", "草稿里改的")
    edits = look_into_word(session, file)
    edit = only(edits.edits)
    assert edit.conflict
    assert (edit.before, edit.after) == ("草稿里改的", "Word 里改的")
    assert undisputed(edits) == ()
    adopt(session, edits, chosen(edits, ["summary"], "a.docx"))
    assert session.value("summary") == "Word 里改的"


def test_what_both_changed_alike_is_settled(session, edited):
    file = edited(lambda hand: hand.replace("summary", "一样的话"))
    session.set_value("summary", "一样的话")
    assert not look_into_word(session, file)


def test_the_cover_alone_changed_is_an_edit_of_its_field(session, edited):
    """A long name takes two lines there; the first is typed over."""
    name = session.value("project_name")
    file = edited(lambda hand: hand.on_cover("project_name", "南汀县一窗通办"))
    edit = only(look_into_word(session, file).edits)
    assert (edit.path, edit.after, edit.before) == ("project_name", "南汀县一窗通办标准化试点", name)


# -- rows --------------------------------------------------------------------------------------------


def test_rows_come_go_and_move_as_one_step(session, edited):
    rows = session.rows("problems")
    first, second, last = rows[0], rows[1], rows[-1]

    def edit(hand):
        hand.copy_row(
            f"problems[{second.id}].problem"
            if hand.has(f"problems[{second.id}].problem")
            else hand.first_of("problems", second.id)
        )
        hand.delete_row(hand.first_of("problems", first.id))

    edits = look_into_word(session, edited(edit))
    assert sorted(row.kind for row in edits.rows) == ["added", "removed"]
    change = adopt(session, edits, undisputed(edits))
    assert change.origin == READ_BACK
    now = session.rows("problems")
    assert [row.id for row in now if row in rows] == [row.id for row in rows[1:]]
    assert len(now) == len(rows)
    assert now[0] == second
    assert now[1].id not in {row.id for row in rows}
    assert now[-1] == last
    session.undo()
    assert session.rows("problems") == rows


def test_a_file_taken_over_once_brings_nothing_a_second_time(session, edited):
    rows = session.rows("problems")

    def edit(hand):
        hand.copy_row(hand.first_of("problems", rows[0].id))
        hand.delete_row(hand.first_of("problems", rows[2].id))
        hand.replace("summary", "改了的摘要")

    file = edited(edit)
    edits = look_into_word(session, file)
    adopt(session, edits, undisputed(edits))
    assert not look_into_word(session, file)


def test_a_moved_row_keeps_its_id_and_its_changed_cell(session, edited):
    rows = session.rows("standards")
    path = f"standards[{rows[2].id}].name"

    def edit(hand):
        hand.replace(path, "换了名字的标准")
        hand.move_row(path, 5)

    edits = look_into_word(session, edited(edit))
    assert [row.kind for row in edits.rows] == ["moved"]
    adopt(session, edits, undisputed(edits))
    now = session.rows("standards")
    assert now[7].id == rows[2].id
    assert now[7].cell("name") == "换了名字的标准"
    assert len(now) == len(rows)


def test_a_row_the_draft_changed_and_the_file_deleted_is_a_conflict(session, edited):
    row = session.rows("problems")[0]
    file = edited(lambda hand: hand.delete_row(hand.first_of("problems", row.id)))
    column = next(name for name, value in row.cells.items() if isinstance(value, str))
    session.set_value(f"problems[{row.id}].{column}", "草稿里后来写的")
    assert only(look_into_word(session, file).rows).conflict


def test_rows_that_the_draft_added_since_are_left_alone(session, edited):
    file = edited(lambda hand: None)
    session.insert_rows("problems", 0, [{"problem": "后来加的"}])
    assert not look_into_word(session, file)


# -- nothing is dropped ------------------------------------------------------------------------------


def test_words_that_belong_nowhere_are_listed(session, edited):
    file = edited(lambda hand: hand.write_below_table("problems", "这句话不知道填在哪里"))
    edits = look_into_word(session, file)
    assert edits.edits == ()
    assert [one.text for one in edits.leftover] == ["这句话不知道填在哪里"]


def test_words_written_into_a_label_or_a_heading_are_listed(session, edited):
    def edit(hand):
        for text in hand.root.iter(f"{W}t"):
            if text.text in {"单位名称", "（一）背景与政策依据"}:
                text.text += "：见另页"

    edits = look_into_word(session, edited(edit))
    assert edits.edits == ()
    assert sorted(one.text for one in edits.leftover) == ["单位名称：见另页", "（一）背景与政策依据：见另页"]


def test_a_place_that_is_gone_is_listed(session, edited):
    edits = look_into_word(session, edited(lambda hand: hand.delete_table("project_leader.name")))
    assert "project_leader.name" in {one.path for one in edits.missing}
    assert all(edit.path != "project_leader.name" for edit in edits.edits)


def test_what_is_worked_out_is_listed_but_not_taken_over(session, edited):
    path = "basic_project_name"
    file = edited(lambda hand: hand.type_into(path))
    edits = look_into_word(session, file)
    assert not only(edits.edits).adoptable
    assert undisputed(edits) == ()
    with pytest.raises(PackageError) as caught:
        chosen(edits, [path], "a.docx")
    assert caught.value.code == "readback_not_adoptable"


def test_text_pasted_into_a_new_file_is_read_by_its_labels_and_nothing_is_taken_unasked(session, edited):
    rows = session.rows("problems")

    def edit(hand):
        hand.replace("summary", "改了的摘要")
        hand.delete_row(hand.first_of("problems", rows[1].id))

    file = edited(edit, marks=False)
    with zipfile.ZipFile(file) as archive:
        parts = {name: archive.read(name) for name in archive.namelist() if name != "docProps/custom.xml"}
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    edits = look_into_word(session, file)
    assert not edits.known
    assert [edit.path for edit in edits.edits] == ["summary"]
    assert [(row.kind, row.key) for row in edits.rows] == [("removed", rows[1].id)]
    assert undisputed(edits) == ()
    assert edits.missing == ()
    with pytest.raises(PackageError) as caught:
        look_into_word(kept_session("summary_2027"), file)
    assert caught.value.code == "docx_foreign"


# -- files of others ---------------------------------------------------------------------------------


def test_another_form_and_another_version_are_refused(session, edited):
    other = kept_session("self_assessment")
    file = edited(lambda hand: None)
    with pytest.raises(PackageError) as caught:
        look_into_word(other, file)
    assert caught.value.code == "readback_other_form"
    with zipfile.ZipFile(file) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    text = parts["docProps/custom.xml"].decode()
    text = text.replace('name="pilotdesk.version"><vt:lpwstr>1<', 'name="pilotdesk.version"><vt:lpwstr>9<')
    assert text != parts["docProps/custom.xml"].decode()
    parts["docProps/custom.xml"] = text.encode()
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    with pytest.raises(PackageError) as caught:
        read_edited(session.pack, session.form, session.freeze(), file)
    assert caught.value.code == "readback_other_version"


# -- the command line --------------------------------------------------------------------------------


@pytest.fixture
def package(session, tmp_path):
    target = tmp_path / "x.pilot"
    write_package(package_of(session, {}), target, None)
    return target


def test_the_command_lists_and_adopts(session, edited, package, tmp_path, capsys):
    file = edited(
        lambda hand: (hand.replace("summary", "改了的摘要"), hand.replace("staff_count", "九十来人"))
    )
    assert run(["readback", str(package), str(file)]) == 1
    told = capsys.readouterr().out
    assert "项目摘要" in told
    assert "改后：改了的摘要" in told
    assert "请核实" in told
    target = tmp_path / "y.pilot"
    command = ["readback", str(package), str(file), "--adopt", "summary", "--to", str(target), "--json"]
    assert run(command) == 1  # the other one is still to be decided
    made = json.loads(capsys.readouterr().out)
    assert {one["path"]: one["adopted"] for one in made["edits"]} == {"summary": True, "staff_count": False}
    assert read_package(target).values["summary"] == "改了的摘要"
    target.unlink()
    assert run([*command[:4], "all", "--to", str(target)]) == 0
    assert read_package(target).values["staff_count"] == Unparsed("九十来人")


def test_the_command_says_whose_words_are_whose_and_that_nothing_was_stored(
    session, edited, package, tmp_path, capsys
):
    file = edited(lambda hand: hand.replace("summary", "Word 里的摘要"))
    session.set_value("summary", "草稿里后来改的摘要")
    write_package(package_of(session, {}), package, None)
    target = tmp_path / "y.pilot"
    assert run(["readback", str(package), str(file), "--adopt", "all", "--to", str(target)]) == 1
    said = capsys.readouterr()
    assert "草稿里现在的：草稿里后来改的摘要" in said.out
    assert "Word 里的：Word 里的摘要" in said.out
    assert "没有存" in said.err
    assert not target.exists()


@pytest.mark.parametrize(
    ("more", "code"), [(["--adopt", "nowhere", "--to", "y.pilot"], 2), (["--adopt", "all"], 2)]
)
def test_the_command_says_what_is_missing(edited, package, more, code, capsys, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    file = edited(lambda hand: hand.replace("summary", "改了"))
    assert run(["readback", str(package), str(file), *more]) == code
    assert capsys.readouterr().err.strip()
    assert not (tmp_path / "y.pilot").exists()
