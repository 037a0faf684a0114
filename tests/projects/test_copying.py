"""How far the typing into the online system is: walking, marking, changes in between, what is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from pilotdesk.documents.copying import CopyStep
from pilotdesk.projects.copying import CopyWalk, Place, forget_places, keep_place, read_place

if TYPE_CHECKING:
    from pathlib import Path


def step(path: str, value: str = "甲", part: str = "unit", place: str = "") -> CopyStep:
    kind = "typed" if value else "blank"
    return CopyStep(path, path, f"部分 {part}", part, "1.1", path, place=place, value=value, kind=kind)


STEPS = (
    step("name"),
    step("code", ""),
    step("targets[r_1].name", place="第 1 行"),
    step("targets[r_1].unit", place="第 1 行"),
    step("targets[r_2].name", place="第 2 行"),
    step("summary", part="basics"),
)


def keys(walk: CopyWalk) -> list[str]:
    return [one.key for one in walk.shown]


def test_blank_ones_are_walked_past_until_they_are_asked_for() -> None:
    walk = CopyWalk(STEPS, Place())
    assert "code" not in keys(walk)
    walk.move(1)
    walk.show_blanks(shown=True)
    assert "code" in keys(walk)
    assert walk.current
    assert walk.current.key == "targets[r_1].name"
    walk.move(-1)
    assert walk.current.key == "code"
    walk.show_blanks(shown=False)
    assert walk.current.key == "targets[r_1].name"


def test_it_goes_from_the_first_to_the_end_and_back() -> None:
    walk = CopyWalk(STEPS, Place())
    walk.move(-1)
    assert walk.index == 0
    walk.move(99)
    assert walk.current is None
    walk.mark()  # at the end there is nothing to mark
    assert walk.place.done == {}
    walk.move(-1)
    assert walk.current
    assert walk.current.key == "summary"


def test_a_table_is_walked_past_at_once() -> None:
    walk = CopyWalk(STEPS, Place(at="targets[r_1].name"))
    walk.next_field()
    assert walk.current
    assert walk.current.key == "summary"


def test_a_changed_answer_is_not_copied_any_more() -> None:
    walk = CopyWalk(STEPS, Place())
    walk.mark()
    assert walk.state(STEPS[0]) == "copied"
    changed = replace(STEPS[0], value="乙")
    walk.renew((changed, *STEPS[1:]))
    assert walk.state(changed) == "changed"
    assert walk.copied == 0


def test_a_row_that_is_gone_gives_way_to_the_next() -> None:
    walk = CopyWalk(STEPS, Place(at="targets[r_1].unit"))
    walk.renew((*STEPS[:2], *STEPS[4:]))
    assert walk.current
    assert walk.current.key == "targets[r_2].name"


def test_rows_that_come_before_do_not_move_the_place() -> None:
    walk = CopyWalk(STEPS, Place(at="summary"))
    walk.renew((step("new"), *STEPS))
    assert walk.current
    assert walk.current.key == "summary"


def test_what_comes_behind_the_end_does_not_bring_it_back() -> None:
    walk = CopyWalk(STEPS, Place())
    walk.move(99)
    walk.renew((*STEPS, step("more")))
    assert walk.current is None


def test_one_can_go_to_a_field_a_cell_or_a_blank_one() -> None:
    walk = CopyWalk(STEPS, Place())
    assert walk.go_to("targets")
    assert walk.current
    assert walk.current.key == "targets[r_1].name"
    assert walk.go_to("code")
    assert walk.current.key == "code"
    assert not walk.go_to("nothing")
    assert walk.current.key == "code"


def test_a_part_is_entered_where_something_is_left() -> None:
    walk = CopyWalk(STEPS, Place(done={"name": STEPS[0].trace}, at="summary"))
    walk.go_to_part("unit")
    assert walk.current
    assert walk.current.key == "targets[r_1].name"
    assert walk.parts() == [("unit", "部分 unit", 1, 4), ("basics", "部分 basics", 0, 1)]


def test_the_place_is_kept_without_any_answer(tmp_path: Path) -> None:
    walk = CopyWalk((step("name", "不该留下的话"), *STEPS[1:]), Place())
    walk.mark()
    walk.move(1)
    keep_place(tmp_path, "d_1", walk.place)
    again = CopyWalk(STEPS, read_place(tmp_path, "d_1"))
    assert again.current
    assert again.current.key == "targets[r_1].name"
    file = tmp_path / "copying" / "d_1.json"
    assert "不该留下的话" not in file.read_text(encoding="utf-8")
    file.write_text("{", encoding="utf-8")
    assert read_place(tmp_path, "d_1") == Place()
    file.write_text('{"done": 3}', encoding="utf-8")
    assert read_place(tmp_path, "d_1") == Place()


def test_what_is_kept_goes_with_the_draft(tmp_path: Path) -> None:
    for name in ("d_1", "d_2"):
        keep_place(tmp_path, name, Place(at="name"))
    forget_places(tmp_path, {"d_2"})
    assert read_place(tmp_path, "d_1") == Place()
    assert read_place(tmp_path, "d_2") == Place(at="name")
