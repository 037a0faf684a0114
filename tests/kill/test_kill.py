"""The program is killed at random moments, again and again on the same data, and nothing that was promised is lost.

``python -m tests.bench kill`` does the same 500 times. What exactly is promised stands in :mod:`tests.kill.rounds`.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import pytest

if sys.platform == "win32":
    pytest.skip("kills the POSIX way", allow_module_level=True)

from tests.kill.rounds import Expectation, Life, Outcome, run

if TYPE_CHECKING:
    from pathlib import Path

ROUNDS = 50
SEED = os.environ.get("PILOTDESK_KILL_SEED") or "ci"
"""The same every time. What a seed types is the same again; the moment of the kill is as far as the machine is."""


@pytest.mark.timeout(1200)
def test_nothing_acknowledged_is_lost_and_at_most_the_last_second_is_missing(tmp_path: Path) -> None:
    found = run(tmp_path, ROUNDS, SEED)
    faults = [f"{one.seed}, killed in {one.phase}: {fault}" for one in found for fault in one.faults]
    assert not faults, f"PILOTDESK_KILL_SEED={SEED}\n" + "\n".join(faults)
    assert len(found) == ROUNDS
    assert sum(one.acknowledged for one in found) >= ROUNDS // 4, "too little was typed to say anything"
    assert sum(one.clean for one in found) >= 1


# -- and it would be seen ------------------------------------------------------------------------


def life(*records: dict[str, object], code: int = -9) -> Life:
    """A life of 5 s in which the event loop ran every 20 ms and did next to nothing."""
    beats = [{"k": "beat", "t": at * 0.02, "cpu": 0.0} for at in range(250)]
    told = sorted([{"k": "draft", "t": 0.0, "id": "d"}, *beats, *records], key=lambda one: one["t"])
    return Life(told, killed_at=5.0, cpu_s=0.0, code=code, errors="")


def typed(moment: float, value: str, path: str = "name") -> dict[str, object]:
    return {"k": "typed", "t": moment, "path": path, "v": value}


def saved(moment: float) -> dict[str, object]:
    return {"k": "saved", "t": moment}


def found_in(lived: Life, **values: str) -> Outcome:
    outcome = Outcome("x")
    Expectation({"d": {"name": '"old"'}}, lived).compare({"d": values}, outcome)
    return outcome


@pytest.mark.parametrize(
    ("stored", "is_lost"),
    [
        ({}, False),
        ({"honours": '[["+1",null]]'}, False),
        ({"honours": '[["+1",null]]', "honours[+1].name": '"7"'}, False),
        ({"honours": '[["+1",null]]', "honours[+1].name": '"a"'}, True),
    ],
)
def test_a_cell_of_a_fresh_row_that_was_taken_back_is_empty(stored: dict[str, str], is_lost: bool) -> None:
    cell = "honours[+2].name"
    told = [typed(4.5, '"a"', cell), typed(4.6, "null", cell), saved(4.7), typed(4.9, '"7"', cell)]
    lived, outcome = life(*told, typed(4.9, stored.get("honours", "null"), "honours")), Outcome("x")
    Expectation({"d": {}}, lived).compare({"d": stored}, outcome)
    faults = [fault for fault in outcome.faults if fault.startswith(cell)]
    assert bool(faults) is is_lost


@pytest.mark.parametrize(("rows", "is_lost"), [("+1", False), ("+1 +2", True)])
def test_a_fresh_row_that_was_taken_back_beside_one_that_stays_is_gone(rows: str, is_lost: bool) -> None:
    cells = {f"honours[{row}].name": f'"{row}"' for row in rows.split()}
    made = ",".join(f'["{row}",null]' for row in rows.split())
    told = [typed(4.5, '"+1"', "honours[+1].name"), typed(4.5, '"+2"', "honours[+2].name")]
    told += [typed(4.6, "null", "honours[+2].name"), typed(4.6, f"[{made}]", "honours"), saved(4.7)]
    lived, outcome = life(*told), Outcome("x")
    Expectation({"d": {}}, lived).compare({"d": {"honours": f"[{made}]", **cells}}, outcome)
    assert any(fault.startswith("honours[+2]") for fault in outcome.faults) is is_lost


@pytest.mark.parametrize(
    ("records", "stored", "why"),
    [
        ([typed(4.8, '"a"'), saved(4.9)], '"old"', "acknowledged, and lost"),
        ([typed(4.6, '"a"'), saved(4.7), typed(4.8, '"ab"')], '"old"', "acknowledged, and lost"),
        ([typed(4.6, '"a"'), typed(4.7, '"ab"'), saved(4.8)], '"a"', "acknowledged, and lost"),
        ([typed(3.9, '"a"')], '"old"', "typed 1.10 s before the end"),
        ([typed(3.9, '"a"'), typed(4.9, '"ab"')], '"old"', "typed 1.10 s before the end"),
        ([typed(4.9, '"a"')], '"x"', "never typed like this"),
        ([], '"x"', "nobody typed there"),
    ],
)
def test_what_is_lost_is_told(records: list[dict[str, object]], stored: str, why: str) -> None:
    (fault,) = found_in(life(*records), name=stored).faults
    assert why in fault


@pytest.mark.parametrize("stored", ['"old"', '"a"', '"ab"'])
def test_what_was_typed_just_now_may_be_there_or_not(stored: str) -> None:
    assert not found_in(life(typed(4.2, '"a"'), typed(4.9, '"ab"')), name=stored).faults


def test_what_was_typed_later_than_the_acknowledged_is_as_good() -> None:
    assert not found_in(life(typed(4.6, '"a"'), saved(4.7), typed(4.8, '"ab"')), name='"ab"').faults


def test_after_a_clean_end_everything_is_there() -> None:
    (fault,) = found_in(life(typed(4.9, '"a"'), code=0), name='"old"').faults
    assert "lost" in fault


def test_a_machine_that_gives_no_turn_is_not_held_against_the_program() -> None:
    """Two seconds without a beat: with the processor used they count, without they do not."""
    for cpu, missing in ((0.0, False), (2.0, True)):
        lived = life(typed(3.01, '"a"'))
        lived.records = [one for one in lived.records if one["k"] != "beat" or one["t"] <= 3]
        lived.cpu_s = cpu
        assert bool(found_in(lived, name='"old"').faults) is missing


def test_a_cell_of_a_fresh_row_is_found_in_whatever_row_it_came() -> None:
    lived = life(typed(3.0, '"a"', "rows[+1].name"))
    assert not found_in(lived, **{"name": '"old"', "rows[r_1].name": '"a"'}).faults[:-1]
    assert "typed 2.00 s" in found_in(lived, name='"old"').faults[0]
