"""Nodes of a tree: order, moves and codes, without a window."""

from __future__ import annotations

from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pilotdesk.forms.values import Row
from pilotdesk.ui.trees.nodes import Nodes, node_text, read_node


def node(row_id: str, parent: str | None = None, code: str | None = None, name: str | None = None) -> Row:
    cells = {key: value for key, value in (("code", code), ("name", name)) if value is not None}
    return Row(f"r_{row_id}", MappingProxyType(cells), f"r_{parent}" if parent else None)


ROWS = (
    node("0", None, None, "体系"),
    node("1", "0", "100", "通用"),
    node("11", "1", "101", "术语"),
    node("12", "1", "102", "编码"),
    node("2", "0", "200", "办理"),
)


def ids(rows: tuple[Row, ...] | None) -> list[str]:
    return [row.id.removeprefix("r_") for row in rows or ()]


def test_levels_and_branches() -> None:
    nodes = Nodes(ROWS)
    assert [nodes.level(row.id) for row in nodes.in_order()] == [1, 2, 3, 3, 2]
    assert ids(tuple(nodes.branch("r_1"))) == ["1", "11", "12"]
    assert ids(tuple(nodes.leaves("r_0"))) == ["11", "12", "2"]
    assert nodes.height("r_0") == 3


def test_a_node_whose_parent_is_gone_stands_at_the_top() -> None:
    nodes = Nodes((node("1", "9", "100", "通用"), node("2", "1")))
    assert ids(nodes.below(None)) == ["1"]
    assert nodes.level("r_2") == 2


def test_siblings_change_places_with_all_below_them() -> None:
    assert ids(Nodes(ROWS).moved("r_1", 1)) == ["0", "2", "1", "11", "12"]
    assert Nodes(ROWS).moved("r_1", -1) is None
    assert ids(Nodes(ROWS).moved("r_12", -1)) == ["0", "1", "12", "11", "2"]


def test_a_node_goes_under_its_sibling_and_back_beside_its_parent() -> None:
    lower = Nodes(ROWS).indented("r_2")
    assert lower is not None
    assert next(row for row in lower if row.id == "r_2").parent == "r_1"
    higher = Nodes(lower).outdented("r_2")
    assert higher is not None
    assert (ids(higher), next(row for row in higher if row.id == "r_2").parent) == (ids(ROWS), "r_0")
    assert Nodes(ROWS).indented("r_1") is None
    assert Nodes(ROWS).outdented("r_0") is None


def test_a_node_cannot_go_below_itself() -> None:
    assert Nodes(ROWS).put("r_1", "r_11", 0) is None
    assert Nodes(ROWS).put("r_1", "r_1", 0) is None


@given(st.data())
def test_no_move_loses_a_node(data: st.DataObject) -> None:
    rows = ROWS
    for _ in range(6):
        row = data.draw(st.sampled_from([row.id for row in rows]))
        parent = data.draw(st.sampled_from([None, *(row.id for row in rows)]))
        rows = Nodes(rows).put(row, parent, data.draw(st.integers(0, 4))) or rows
        assert sorted(ids(rows)) == sorted(ids(ROWS))
        assert ids(Nodes(rows).in_order()) == ids(rows)


@pytest.mark.parametrize(
    ("parent", "code"), [("r_0", "300"), ("r_1", "103"), ("r_2", "201"), ("r_11", "101.1"), (None, "")]
)
def test_the_next_code_is_suggested(parent: str | None, code: str) -> None:
    assert Nodes(ROWS).next_code(parent) == code


def test_a_code_that_is_taken_is_not_suggested() -> None:
    assert Nodes((*ROWS, node("3", None, "103", "另一类"))).next_code("r_1") == ""


@pytest.mark.parametrize(
    ("text", "code", "name"),
    [
        ("201 事项清单", "201", "事项清单"),
        ("201　事项清单", "201", "事项清单"),
        ("1.2 通用 部分", "1.2", "通用 部分"),
        ("a1 名称", "A1", "名称"),
        ("事项清单", None, "事项清单"),
        ("201", "201", None),
        ("  ", None, None),
    ],
)
def test_code_and_name_are_told_apart(text: str, code: str | None, name: str | None) -> None:
    assert dict(read_node(text)) == {"code": code, "name": name}


def test_what_is_missing_is_left_out() -> None:
    assert [node_text(row) for row in ROWS[:2]] == ["体系", "100 通用"]
    assert node_text(node("5")) == ""
