"""Paths, rows and snapshots."""

from __future__ import annotations

from types import MappingProxyType

import pytest

from pilotdesk.forms.snapshot import Snapshot
from pilotdesk.forms.values import (
    MonthRange,
    Row,
    Unparsed,
    cell_path,
    field_name,
    is_blank,
    new_row_id,
    split_cell_path,
)


def test_cell_paths_come_apart_as_they_were_made() -> None:
    row_id = new_row_id()
    assert split_cell_path(cell_path("targets", row_id, "value_2027")) == ("targets", row_id, "value_2027")


@pytest.mark.parametrize(
    "path", ["targets", "leader.mobile", "targets[3].name", "targets[r_1]", "Targets[r_1].name", ""]
)
def test_other_paths_are_no_cell_paths(path: str) -> None:
    assert split_cell_path(path) is None


@pytest.mark.parametrize(
    ("path", "name"), [("uscc", "uscc"), ("leader.mobile", "leader"), ("targets[r_1].name", "targets")]
)
def test_every_path_begins_with_its_field(path: str, name: str) -> None:
    assert field_name(path) == name


def test_a_row_with_another_cell_leaves_the_old_one_alone() -> None:
    row = Row("r_1", MappingProxyType({"a": 1}), "r_0")
    changed = row.with_cell("b", "x").with_cell("a", None)
    assert dict(changed.cells) == {"b": "x"}
    assert (changed.id, changed.parent, row.cell("a"), row.cell("b")) == ("r_1", "r_0", 1, None)


@pytest.mark.parametrize("value", [None, "", " \n", (), MonthRange(None, None)])
def test_nothing_is_blank(value: object) -> None:
    assert is_blank(value)  # type: ignore[arg-type]


@pytest.mark.parametrize("value", [0, "0", ("a",), MonthRange("2027-01", None), Unparsed("")])
def test_nought_is_not_blank(value: object) -> None:
    assert not is_blank(value)  # type: ignore[arg-type]


def test_a_snapshot_gives_none_for_what_was_not_answered() -> None:
    snapshot = Snapshot(values={"a": 1}, accepted={})
    assert (snapshot.value("a"), snapshot.value("b")) == (1, None)
