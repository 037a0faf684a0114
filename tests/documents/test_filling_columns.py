"""Columns that a person assigns, where a mapping comes from, and what is copied by hand."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace

from pilotdesk.documents.filling import remembered
from pilotdesk.documents.filling.by_hand import text_to_copy
from pilotdesk.documents.filling.column_rules import wrong_columns
from pilotdesk.documents.filling.columns_chosen import (
    choose_column,
    columns_of,
    free_lists,
    with_place,
)
from pilotdesk.documents.filling.filling import fill
from pilotdesk.documents.filling.installed import keep_mapping, mapping_for
from pilotdesk.documents.filling.mapping import Place, mapping_toml
from pilotdesk.documents.filling.places import Addresses
from pilotdesk.documents.filling.proposing import propose
from pilotdesk.documents.filling.reading import Read
from pilotdesk.documents.filling.values import Values
from pilotdesk.documents.filling.words import Words
from pilotdesk.documents.opened import Grid, OpenedDocx
from pilotdesk.documents.opened.names import TBL
from pilotdesk.errors import PackageError
from pilotdesk.forms.aliases import read_aliases
from pilotdesk.forms.installed import current_folder
from pilotdesk.projects import sample_package, session_of_package
from tests.documents.filling_exam import TEMPLATES

DAY = date(2026, 6, 20)


@pytest.fixture(scope="module")
def session():
    return session_of_package(sample_package("application"), DAY)


@pytest.fixture(scope="module")
def aliases():
    return read_aliases(current_folder("2026"), "application")


class Bench:
    """A template of the corpus with what the program proposes for it."""

    def __init__(self, session, aliases, name):
        self.session, self.aliases = session, aliases
        self.opened = OpenedDocx.open(TEMPLATES / f"{name}.docx")
        self.mapping = propose(session.form, aliases, self.opened, round_name="2026", today=DAY)
        self.addresses = Addresses(self.opened)
        self.words = Words(session.form, aliases)

    def place(self, at):
        return next(one for one in self.mapping.place if one.at == at)

    def choose(self, place, number, path):
        return choose_column(place, columns_of(self.addresses, place), number, path, self.words)

    def rows(self, table, mapping):
        fill(self.opened, mapping, self.session.form, self.session.freeze(), self.aliases)
        grid = Grid(list(self.opened.body.iter(TBL))[table])
        return [[cell.text for cell in grid.row(row)] for row in range(len(grid.lines))]


@pytest.fixture
def bench(session, aliases):
    return lambda name: Bench(session, aliases, name)


def test_the_columns_of_a_list_have_their_heads(bench):
    one = bench("18-heads-of-two-rows")
    columns = columns_of(one.addresses, one.place("T0/R2"))
    assert [column.head for column in columns][3:6] == ["基期值", "2027年", "2028年"]
    assert columns[4].over == "目标值"


def test_a_chosen_column_survives_the_file_and_is_filled(bench, tmp_path, session):
    one = bench("22-long-tables")
    chosen = one.choose(one.place("T0/R1"), 7, "standards[].number")
    path = tmp_path / "M.toml"
    path.write_text(mapping_toml(with_place(one.mapping, chosen)), "utf-8")
    mapping = mapping_for(one.opened, session.form, round_name="2026", today=DAY, given=path)
    again = next(place for place in mapping.place if place.at == "T0/R1")
    assert again.confirmed
    assert again.columns[7] == "standards[].number"
    row = one.rows(0, mapping)[1]
    assert row[7].startswith("GB/T 20000.1")
    assert row[2] == ""
    assert row[3]  # the others stay where they were


def test_a_list_without_a_column_is_nobodys(bench):
    one = bench("22-long-tables")
    place = one.place("T1/R1")
    for number in range(5):
        place = one.choose(place, number, "")
    assert place.path == ""
    assert place.confirmed


def test_rows_with_a_printed_first_column_wait_for_it(bench):
    one = bench("19-rows-by-kind")
    place = one.place("T0/R1")
    assert place.kind == "keyed"
    gone = one.choose(place, 0, "")
    assert not gone.is_sure  # no row could be found
    back = one.choose(gone, 0, "existing_standards[].level")
    assert back.is_sure


def test_a_list_of_nobody_takes_the_cells_in_its_rows_with_it(bench):
    one = bench("24-self-report")
    place = next(free_lists(one.mapping, Read(one.opened).lists))
    assert (place.at, place.count, place.path) == ("T0/R1", 2, "")
    cell = Place(path="unit_name", at="T0/R2/C1", kind="cell", confidence=1.0)
    mapping = replace(one.mapping, place=(*one.mapping.place, cell))
    chosen = one.choose(place, 0, "outcomes[].outcome")
    made = with_place(mapping, chosen)
    assert cell not in made.place
    assert chosen in made.place
    assert list(free_lists(made, Read(one.opened).lists)) == []


def test_columns_of_another_table_or_twice_are_said():
    place = Place(
        path="standards", at="T0/R1", kind="rows", confidence=1.0, columns=("#", "", "standards[].name")
    )
    assert wrong_columns(place) == ""
    assert "targets[].unit" in wrong_columns(replace(place, columns=("targets[].unit",)))
    assert "两次" in wrong_columns(replace(place, columns=("standards[].name",) * 2))


def test_a_mapping_with_such_columns_is_refused_with_its_line(bench, tmp_path, session):
    one = bench("22-long-tables")
    place = one.place("T0/R1")
    wrong = replace(place, columns=(*place.columns[:-1], "targets[].unit"))
    path = tmp_path / "M.toml"
    path.write_text(mapping_toml(with_place(one.mapping, wrong)), "utf-8")
    with pytest.raises(PackageError) as caught:
        mapping_for(one.opened, session.form, round_name="2026", today=DAY, given=path)
    assert caught.value.code == "mapping_broken"
    assert "不是“standards”这张表的列" in str(caught.value)


# -- where a mapping comes from ------------------------------------------------------------------


def test_a_kept_mapping_is_known_and_a_broken_one_is_not_in_the_way(bench, session):
    one = bench("03-merged-both-ways")

    def known():
        return remembered.known_mapping(one.opened, session.form, round_name="2026", today=DAY)

    assert known().origin == "proposed"
    kept = keep_mapping(replace(one.mapping, place=()))
    assert (known().origin, known().mapping.place) == ("kept", ())
    kept.write_text("[template", "utf-8")
    assert known().origin == "broken"
    assert known().mapping.place == one.mapping.place


def test_a_mapping_of_the_pack_is_known(bench, session, tmp_path, monkeypatch):
    one = bench("03-merged-both-ways")
    folder = current_folder("2026")
    path = tmp_path / remembered.TEMPLATES_FOLDER / f"{one.opened.sha256}.toml"
    path.parent.mkdir()
    path.write_text(mapping_toml(one.mapping), "utf-8")
    monkeypatch.setattr(remembered, "current_folder", lambda _: tmp_path)
    known = remembered.known_mapping(one.opened, session.form, round_name="2026", today=DAY)
    assert known.origin == "pack"
    assert folder != tmp_path


def test_a_mapping_is_installed_for_the_template_that_it_names(bench, tmp_path):
    one = bench("03-merged-both-ways")
    path = tmp_path / "M.toml"
    path.write_text(mapping_toml(one.mapping), "utf-8")
    remembered.install_mapping(path)
    assert remembered.kept_path(one.opened.sha256).is_file()


# -- by hand -------------------------------------------------------------------------------------


def test_what_is_copied_pastes_as_cells(session):
    values = Values(session.form, session.freeze())
    assert text_to_copy(values, "project_name") == values.text("project_name")
    table = text_to_copy(values, "leadership_group").split("\n")
    assert len(table) == len(values.rows("leadership_group"))
    assert table[0].split("\t")[0] == "周明远"
    assert text_to_copy(values, "leadership_group[1]") == table[0]
    assert text_to_copy(values, "leadership_group[].name").split("\n")[0] == "周明远"
    assert text_to_copy(values, "leadership_group[99]") == ""
    joined = text_to_copy(values, "project_name+unit_name")
    assert joined.split("\n") == [values.text("project_name"), values.text("unit_name")]
