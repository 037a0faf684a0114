"""The merge: its laws over random edits of answers with up to 300 rows, and what single edits come to."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import msgspec
import pytest
from hypothesis import assume, event, example, given
from hypothesis import strategies as st

from pilotdesk.drafts.merge import Conflict, Merged, differences, is_same, merge_values
from pilotdesk.drafts.merge_choices import Choice, both_kept, resolved
from pilotdesk.forms.values import Attachment, Row, Value
from tests.drafts.merge_kit import begun, changed

if TYPE_CHECKING:
    from collections.abc import Iterator

seeds = st.integers(0, 2**32)
sizes = st.integers(0, 300)
edits = st.integers(0, 12)

Leaf = tuple[str, str, str]


def leaves(values: dict[str, Value]) -> Iterator[tuple[Leaf, object]]:
    """Every smallest part of answers with its place."""
    for path, value in values.items():
        for part in value if isinstance(value, tuple) else ():
            if isinstance(part, Row):
                yield (path, part.id, "place"), part.parent
                for (column, *inner), cell in leaves(dict(part.cells)):
                    yield (path, part.id, "/".join((column, *inner))), cell
            elif isinstance(part, Attachment):
                yield (path, part.sha256, "file"), part
        if not (isinstance(value, tuple) and any(isinstance(part, Row | Attachment) for part in value)):
            yield (path, "", ""), value


def leaves_of(conflicts: tuple[Conflict, ...]) -> set[object]:
    found = set()
    for one in conflicts:
        for side in (one.here, one.there):
            found |= {value for _, value in leaves({"x": side})}
    return found


def without_order(values: dict[str, Value]) -> set[tuple[Leaf, object]]:
    return set(leaves(values))


# -- the laws ------------------------------------------------------------------------------------


@given(seeds, sizes, seeds, edits)
def test_merging_with_what_both_began_from_changes_nothing(
    seed: int, size: int, other: int, count: int
) -> None:
    base = begun(seed, size)
    mine = changed(base, other, count)

    assert merge_values(base, mine, base) == Merged(mine, ())
    assert merge_values(base, base, mine) == Merged(mine, ())
    assert merge_values(base, mine, mine) == Merged(mine, ())


@given(seeds, sizes, st.tuples(seeds, edits), st.tuples(seeds, edits))
def test_the_sides_may_be_exchanged(
    seed: int, size: int, mine: tuple[int, int], theirs: tuple[int, int]
) -> None:
    base = begun(seed, size)
    here, there = changed(base, *mine), changed(base, *theirs)
    one, other = merge_values(base, here, there), merge_values(base, there, here)
    event(f"conflicts: {bool(one.conflicts)}")

    assert bool(one.conflicts) == bool(other.conflicts)
    if not one.conflicts:
        assert one.values == other.values
    exchanged = [msgspec.structs.replace(c, here=c.there, there=c.here) for c in other.conflicts]
    symmetric = {"value", "row", "file"}
    assert [c for c in one.conflicts if c.kind in symmetric] == [c for c in exchanged if c.kind in symmetric]


@given(seeds, sizes, st.tuples(seeds, edits), st.tuples(seeds, edits))
def test_merging_twice_changes_nothing(
    seed: int, size: int, mine: tuple[int, int], theirs: tuple[int, int]
) -> None:
    base = begun(seed, size)
    here, there = changed(base, *mine), changed(base, *theirs)
    once = merge_values(base, here, there)
    assume(not once.conflicts)

    assert merge_values(base, once.values, there) == once
    assert merge_values(base, once.values, here) == once


@given(seeds, sizes, st.lists(st.tuples(seeds, st.integers(0, 6)), min_size=3, max_size=3))
def test_it_does_not_matter_who_is_merged_first(seed: int, size: int, people: list[tuple[int, int]]) -> None:
    base = begun(seed, size)
    one, two, three = (changed(base, *person, deleting=False) for person in people)
    first, second = merge_values(base, one, two), merge_values(base, two, three)
    left, right = merge_values(base, first.values, three), merge_values(base, one, second.values)
    assume(not (first.conflicts or second.conflicts or left.conflicts or right.conflicts))

    assert left.values == right.values


@given(seeds, sizes, st.lists(st.tuples(seeds, st.integers(0, 6)), min_size=3, max_size=3))
def test_where_rows_were_deleted_everything_but_their_order_is_still_the_same(
    seed: int, size: int, people: list[tuple[int, int]]
) -> None:
    base = begun(seed, size)
    one, two, three = (changed(base, *person) for person in people)
    first, second = merge_values(base, one, two), merge_values(base, two, three)
    left, right = merge_values(base, first.values, three), merge_values(base, one, second.values)
    assume(not (first.conflicts or second.conflicts or left.conflicts or right.conflicts))

    assert without_order(left.values) == without_order(right.values)


@given(seeds, sizes, st.tuples(seeds, edits), st.tuples(seeds, edits))
def test_every_sign_of_both_sides_is_in_the_result_or_in_a_conflict(
    seed: int, size: int, mine: tuple[int, int], theirs: tuple[int, int]
) -> None:
    base = begun(seed, size)
    here, there = changed(base, *mine), changed(base, *theirs)
    merged = merge_values(base, here, there)
    before, kept = without_order(base), without_order(merged.values)
    asked = leaves_of(merged.conflicts)

    for side, other in ((here, there), (there, here)):
        for leaf, value in without_order(side) - kept:
            # what the other side replaced or deleted, and this side had never touched, went on purpose
            untouched = (leaf, value) in before and (leaf, value) not in without_order(other)
            assert untouched or value in asked, leaf


@given(seeds, sizes, st.tuples(seeds, edits), st.tuples(seeds, edits))
def test_nothing_is_in_the_result_that_nobody_wrote_and_trees_stay_trees(
    seed: int, size: int, mine: tuple[int, int], theirs: tuple[int, int]
) -> None:
    base = begun(seed, size)
    here, there = changed(base, *mine), changed(base, *theirs)
    values = merge_values(base, here, there).values

    assert without_order(values) <= without_order(here) | without_order(there) | without_order(base)
    parents = {row.id: row.parent for row in values.get("tree", ())}
    for node in parents:
        steps, above = 0, parents[node]
        while above is not None:
            above, steps = parents[above], steps + 1
            assert steps <= len(parents)


@given(seeds, sizes, st.tuples(seeds, edits), st.tuples(seeds, edits))
@example(1, 0, (1, 5), (2, 5))
def test_without_a_known_ancestor_every_difference_is_asked(
    seed: int, size: int, mine: tuple[int, int], theirs: tuple[int, int]
) -> None:
    base = begun(seed, size)
    here, there = changed(base, *mine), changed(base, *theirs)
    merged = merge_values(None, here, there)
    asked = leaves_of(merged.conflicts)

    assert all(one.base is None for one in merged.conflicts)
    for leaf, value in without_order(here) ^ without_order(there):
        assert value in asked, leaf
    assert bool(merged.conflicts) == (here != there)


@given(seeds, sizes, st.tuples(seeds, edits), st.tuples(seeds, edits))
def test_deciding_all_for_one_side_of_every_difference_gives_that_side(
    seed: int, size: int, mine: tuple[int, int], theirs: tuple[int, int]
) -> None:
    base = begun(seed, size)
    here, there = changed(base, *mine), changed(base, *theirs)
    merged = merge_values(None, here, there)

    for side, values in (("here", here), ("there", there)):
        chosen = resolved(merged, {one.key: Choice(side) for one in merged.conflicts})
        assert without_order(chosen) == without_order(values)


@given(seeds, st.integers(0, 40), st.tuples(seeds, edits), st.tuples(seeds, edits), seeds)
def test_whatever_is_decided_trees_stay_trees(
    seed: int, size: int, mine: tuple[int, int], theirs: tuple[int, int], taste: int
) -> None:
    base = begun(seed, size)
    merged = merge_values(base, changed(base, *mine), changed(base, *theirs))
    choices = {
        one.key: Choice("here" if taste >> at % 32 & 1 else "there")
        for at, one in enumerate(merged.conflicts)
    }
    values = resolved(merged, choices)

    parents = {row.id: row.parent for row in values.get("tree", ())}
    for node in parents:
        seen, above = {node}, parents[node]
        while above is not None:
            assert above in parents
            assert above not in seen
            seen.add(above)
            above = parents[above]


# -- single edits --------------------------------------------------------------------------------


def rows(*ids: str, **cells: Value) -> tuple[Row, ...]:
    return tuple(Row(row_id, {"name": row_id, **cells}) for row_id in ids)


def test_parts_of_a_person_and_cells_of_a_row_are_merged_one_by_one() -> None:
    base = {"leader.name": "王", "leader.mobile": "1", "t": rows("r_1", figure="1")}
    here = base | {"leader.name": "王工", "t": rows("r_1", figure="2")}
    there = base | {"leader.mobile": "13", "t": (Row("r_1", {"name": "甲", "figure": "1"}),)}

    merged = merge_values(base, here, there)

    assert merged.conflicts == ()
    row = Row("r_1", {"name": "甲", "figure": "2"})
    assert merged.values == {"leader.name": "王工", "leader.mobile": "13", "t": (row,)}


def test_an_answer_that_both_changed_is_a_conflict_and_stays_as_it_is_here() -> None:
    merged = merge_values({"goal": "旧"}, {"goal": "我的"}, {"goal": "对方的"})

    assert merged.values == {"goal": "我的"}
    assert merged.conflicts == (Conflict(kind="value", path="goal", base="旧", here="我的", there="对方的"),)
    (one,) = merged.conflicts
    assert both_kept(one) == "我的\n对方的"
    assert resolved(merged, {one.key: Choice("there")}) == {"goal": "对方的"}
    assert resolved(merged, {one.key: Choice("here", own="自己写")}) == {"goal": "自己写"}


def test_deleting_an_answer_against_changing_it_is_a_conflict() -> None:
    merged = merge_values({"goal": "旧"}, {}, {"goal": "新"})

    assert [(one.here, one.there) for one in merged.conflicts] == [(None, "新")]
    assert resolved(merged, {merged.conflicts[0].key: Choice("there")}) == {"goal": "新"}


@pytest.mark.parametrize("deleted_here", [True, False])
def test_deleting_a_row_against_changing_it_is_a_conflict_and_the_row_stays(deleted_here: bool) -> None:
    base = {"t": rows("r_1", "r_2")}
    deleted, edited = {"t": rows("r_1")}, {"t": (*rows("r_1"), Row("r_2", {"name": "改过"}))}
    here, there = (deleted, edited) if deleted_here else (edited, deleted)

    merged = merge_values(base, here, there)

    assert merged.values == edited
    (one,) = merged.conflicts
    assert (one.kind, one.part) == ("row", "r_2")
    gone, stays = ("here", "there") if deleted_here else ("there", "here")
    assert resolved(merged, {one.key: Choice(gone)}) == deleted
    assert resolved(merged, {one.key: Choice(stays)}) == edited


def test_a_row_that_nobody_else_touched_may_be_deleted_beside_other_edits() -> None:
    base = {"t": rows("r_1", "r_2", "r_3")}
    here, there = {"t": rows("r_1", "r_3")}, {"t": (Row("r_1", {"name": "改"}), *rows("r_2", "r_3"))}

    merged = merge_values(base, here, there)

    assert merged == Merged({"t": (Row("r_1", {"name": "改"}), *rows("r_3"))}, ())


def test_new_rows_stand_where_they_were_put_and_moved_rows_where_they_were_moved() -> None:
    base = {"t": rows("r_1", "r_2", "r_3")}
    here = {"t": rows("r_3", "r_1", "r_2")}
    there = {"t": rows("r_1", "r_7", "r_2", "r_3", "r_8")}

    merged = merge_values(base, here, there)

    assert [row.id for row in merged.values["t"]] == ["r_3", "r_1", "r_7", "r_2", "r_8"]
    assert not merged.conflicts


def test_two_orders_that_contradict_each_other_are_a_conflict() -> None:
    base = {"t": rows("r_1", "r_2", "r_3")}
    here, there = {"t": rows("r_2", "r_1", "r_3")}, {"t": rows("r_1", "r_3", "r_2")}

    merged = merge_values(base, here, there)

    (one,) = merged.conflicts
    assert (one.kind, one.path) == ("order", "t")
    assert merged.values == here
    assert resolved(merged, {one.key: Choice("there")}) == there


def test_an_order_is_chosen_without_the_rows_that_are_there_no_more() -> None:
    first, second, third, gone = (Attachment(sign * 64, f"{sign}.pdf", 1) for sign in "1234")
    base = {"t": rows("r_1", "r_2", "r_3", "r_4"), "files": (first, second, third, gone)}
    here = {"t": rows("r_2", "r_1", "r_3"), "files": (second, first, third)}
    there = {"t": rows("r_1", "r_4", "r_3", "r_2"), "files": (first, gone, third, second)}

    merged = merge_values(base, here, there)

    assert {(one.kind, one.path) for one in merged.conflicts} == {("order", "t"), ("order", "files")}
    chosen = {one.key: Choice("there") for one in merged.conflicts}
    assert resolved(merged, chosen) == {"t": rows("r_1", "r_3", "r_2"), "files": (first, third, second)}


def tree(**parents: str | None) -> tuple[Row, ...]:
    return tuple(
        Row(f"r_{name}", {"name": name}, parent and f"r_{parent}") for name, parent in parents.items()
    )


def test_a_node_that_was_deleted_while_something_was_put_below_it_is_a_conflict() -> None:
    base = {"t": tree(a=None, b=None)}
    here, there = {"t": tree(a=None)}, {"t": tree(a=None, b=None, c="b", d="c")}

    merged = merge_values(base, here, there)

    (one,) = merged.conflicts
    assert (one.kind, one.part) == ("row", "r_b")
    assert merged.values == there
    assert resolved(merged, {one.key: Choice("here")}) == {"t": tree(a=None)}
    assert resolved(merged, {one.key: Choice("there")}) == there


def test_two_nodes_that_were_each_put_below_the_other_are_a_conflict() -> None:
    base = {"t": tree(a=None, b=None)}
    here, there = {"t": tree(a="b", b=None)}, {"t": tree(a=None, b="a")}

    merged = merge_values(base, here, there)

    assert merged.values == here
    assert {(one.kind, one.part) for one in merged.conflicts} == {("place", "r_a"), ("place", "r_b")}
    assert resolved(merged, {one.key: Choice("there") for one in merged.conflicts}) == there
    mixed = {one.key: Choice("here" if one.part == "r_a" else "there") for one in merged.conflicts}
    assert resolved(merged, mixed) == here


def test_files_are_merged_one_by_one() -> None:
    first, second, third = (Attachment(sign * 64, f"{sign}.pdf", 1) for sign in "123")
    noted = Attachment("1" * 64, "1.pdf", 1, note="盖章页")
    base = {"files": (first, second)}

    assert merge_values(base, {"files": (noted, second)}, {"files": (first, third)}) == Merged(
        {"files": (noted, third)}, ()
    )
    merged = merge_values(base, {"files": (noted, second)}, {"files": (second,)})
    (one,) = merged.conflicts
    assert (one.kind, one.here, one.there) == ("file", (noted,), None)
    assert resolved(merged, {one.key: Choice("there")}) == {"files": (second,)}


NEW, OTHER, OLD = (Attachment(sign * 64, "证照.pdf", 1) for sign in "123")


@pytest.mark.parametrize(
    ("base", "here", "there"),
    [((OLD,), (NEW,), (OTHER,)), ((), (NEW,), (OTHER,)), ((OLD,), (), (OTHER,)), ((OLD,), (NEW,), ())],
)
def test_a_file_that_both_replaced_or_one_deleted_is_asked_and_what_is_asked_about_stays(
    base: tuple[Attachment, ...], here: tuple[Attachment, ...], there: tuple[Attachment, ...]
) -> None:
    more = Attachment("9" * 64, "名单.pdf", 1)
    merged = merge_values({"f": (more, *base)}, {"f": (more, *here)}, {"f": (more, *there)})

    (one,) = merged.conflicts
    assert (one.kind, one.here or (), one.there or ()) == ("file", here, there)
    assert merged.values == {"f": (more, *here, *there)}
    for side, files in (("here", here), ("there", there)):
        assert resolved(merged, {one.key: Choice(side)}) == {"f": (more, *files)}
    both = (*here, *there) if here and there else None
    assert both_kept(one) == both
    if both:
        assert resolved(merged, {one.key: Choice("here", own=both)}) == {"f": (more, *both)}


def test_a_cell_has_room_for_one_file_whatever_it_is_called() -> None:
    first, mine, theirs = (Attachment(sign * 64, f"{sign}.pdf", 1) for sign in "123")
    base, here, there = ({"t": (Row("r_1", {"file": (file,)}),)} for file in (first, mine, theirs))

    merged = merge_values(base, here, there)

    (one,) = merged.conflicts
    assert (one.kind, one.path, both_kept(one)) == ("file", "t[r_1].file", None)
    assert resolved(merged, {one.key: Choice("there")}) == there
    assert resolved(merged, {one.key: Choice("here")}) == here


def test_pages_that_only_one_side_has_counted_are_no_change() -> None:
    plain, counted = Attachment("1" * 64, "一.pdf", 1), Attachment("1" * 64, "一.pdf", 1, pages=7)

    assert merge_values({"f": (plain,)}, {"f": (counted,)}, {}) == Merged({}, ())
    assert merge_values(None, {"f": (plain,)}, {"f": (counted,)}) == Merged({"f": (counted,)}, ())


def test_a_list_in_which_one_file_stands_twice_is_one_answer() -> None:
    first, second = (Attachment(sign * 64, f"{sign}.pdf", 1) for sign in "12")

    merged = merge_values({"f": (first,)}, {"f": (first, first)}, {"f": (first, second)})

    assert [one.kind for one in merged.conflicts] == ["value"]


def test_values_are_compared_sign_by_sign() -> None:
    assert not is_same(Decimal("1.5"), Decimal("1.50"))
    assert not is_same("5", 5)
    assert is_same((), None)
    assert merge_values({"n": Decimal("1.5")}, {"n": Decimal("1.50")}, {"n": Decimal("1.5")}).values == {
        "n": Decimal("1.50")
    }


def test_differences_name_every_smallest_part() -> None:
    found = differences(
        {"t": rows("r_1", "r_2")}, {"t": (Row("r_1", {"name": "改"}), *rows("r_3")), "goal": "新"}
    )

    assert {(one.kind, one.path, one.part) for one in found} == {
        ("value", "goal", ""),
        ("value", "t[r_1].name", ""),
        ("row", "t", "r_2"),
        ("row", "t", "r_3"),
    }


def test_a_node_that_is_to_stay_keeps_those_above_it() -> None:
    base = {"t": tree(a=None, b="a")}
    here, there = {"t": (*tree(a=None), Row("r_b", {"name": "改"}, "r_a"))}, {}

    merged = merge_values(base, here, there)

    assert {one.part for one in merged.conflicts} == {"r_a", "r_b"}
    mixed = {one.key: Choice("here" if one.part == "r_b" else "there") for one in merged.conflicts}
    assert resolved(merged, mixed) == here
    assert resolved(merged, {one.key: Choice("there") for one in merged.conflicts}) == {}
