"""Codes followed from one table to another."""

from __future__ import annotations

from types import MappingProxyType

import pytest

from pilotdesk.forms.values import Row
from pilotdesk.rules.functions_links import (
    cells,
    codes,
    column_where,
    empty_leaves,
    node_of,
    rows_filled,
    rows_saying,
    rows_without,
    uncoded_leaves,
    unplaced,
)


def row(row_id, parent=None, **cells):
    return Row(f"r_{row_id}", MappingProxyType(cells), parent and f"r_{parent}")


NEEDS = (
    row("a", code="N01", answer="to_develop"),
    row("b", code="N02", answer="existing"),
    row("c", answer="to_develop"),
    row("d", code="N04", answer="to_develop"),
)
TREE = (
    row("root", name="体系"),
    row("1", "root", code="100", name="通用基础"),
    row("2", "1", code="101", name="术语"),
    row("3", "1", code="102", name="编码"),
    row("4", "1", code="103", name="标识", state="pending"),
    row("5", "1", name="其他"),
)


def test_several_codes_in_one_cell_are_taken_apart_and_named_once():
    assert codes(("N01、N03", "N03，N02; N05", None, "")) == ("N01", "N03", "N02", "N05")


def test_a_column_of_the_rows_that_have_a_value_without_blanks():
    assert column_where(NEEDS, "code", "answer", "to_develop") == ("N01", "N04")
    assert column_where(NEEDS, "code", "answer", "nothing") == ()


def test_rows_in_which_a_word_stands_and_their_cells():
    rows = (
        row("a", task="年度总结", due="2027-11"),
        row("b", task="启动", due="2027-01"),
        row("c", phase="年度总结"),
    )
    assert [one.id for one in rows_saying(rows, "自评", "年度总结")] == ["r_a", "r_c"]
    assert cells(rows_saying(rows, "年度总结"), "due") == ("2027-11",)
    assert rows_saying(rows, "验收") == ()


def test_rows_with_one_of_the_columns_filled():
    rows = (row("a", remark="x"), row("b", remark=" "), row("c", need="N01"), row("d"))
    assert [one.id for one in rows_filled(rows, "need", "remark")] == ["r_a", "r_c"]


def test_rows_that_are_not_of_a_kind_and_those_that_do_not_say():
    assert [one.id for one in rows_without(NEEDS, "answer", "to_develop")] == ["r_b"]
    assert [one.id for one in rows_without(NEEDS, "code", "N01")] == ["r_b", "r_c", "r_d"]


@pytest.mark.parametrize(
    ("code", "node"),
    [
        ("202.05", "202"),
        ("202", "202"),
        ("1.2.3", "1.2"),
        ("1.2", "1.2"),
        ("2021.1", None),
        ("303.1", None),
        (".", None),
    ],
)
def test_a_system_code_belongs_to_the_longest_node_that_it_continues(code, node):
    assert node_of(code, {"202", "1", "1.2"}) == node


def test_codes_that_belong_to_no_node():
    assert unplaced(("100", "101"), ("101.01", "100.07", "901.01", "101")) == ("901.01",)


def test_lowest_nodes_without_standards_except_those_left_open_on_purpose():
    assert empty_leaves(TREE, ("101.01", "100.03")) == ("102 编码",)
    assert empty_leaves(TREE, ("101.01", "102.02")) == ()


def test_lowest_nodes_without_a_code_go_by_their_name():
    assert uncoded_leaves(TREE) == ("其他",)
