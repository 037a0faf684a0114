"""Which of backup, history and answers has the newest word on a field."""

from __future__ import annotations

import json

import pytest

from pilotdesk.drafts.recovery_merge import merge
from pilotdesk.drafts.salvage import Salvaged
from pilotdesk.forms.values import Row

BEFORE, AFTER = "2026-06-02T00:00:00.000Z", "2026-06-02T01:00:00.000Z"


def draft(updated: str = AFTER) -> dict[str, object]:
    return {
        "rowid": 1, "draft_id": "d", "project_id": "p", "form": "f", "round": "2026", "form_version": 1,
        "revision": 0, "step": "", "facts": "{}", "carried": "{}", "created": BEFORE, "updated": updated,
    }  # fmt: skip


def entry(seq: int, path: str, value: object, origin: str = "typed") -> dict[str, object]:
    return {
        "rowid": seq, "seq": seq, "draft_id": "d", "path": path, "value": json.dumps(value), "origin": origin,
        "at": AFTER, "by": "",
    }  # fmt: skip


def answer(path: str, value: object, number: int = 1) -> dict[str, object]:
    return {"rowid": number, "draft_id": "d", "path": path, "value": json.dumps(value)}


def cells(row_id: str, position: int, **values: object) -> dict[str, object]:
    return {
        "rowid": position + 1, "draft_id": "d", "table_name": "t", "row_id": row_id, "position": position,
        "parent": None, "cells": json.dumps(values),
    }  # fmt: skip


def found(*, history=(), answers=(), rows=(), whole=("draft",), scarred=(), updated=AFTER):
    """What of two fields and a table is different: path to value."""
    salvaged = Salvaged(
        {
            "draft": [draft(updated)],
            "history": list(history),
            "answer": list(answers),
            "table_row": list(rows),
        },
        frozenset(whole),
        frozenset(scarred),
    )
    table = (Row("r_1", {"name": "旧", "unit": "个"}), Row("r_2", {"name": "二"}))
    base = {"d": {"a": "旧的", "b": "没有动", "t": table}}
    made = merge(salvaged, base=base, updated={"d": BEFORE}, last={"history": 10, "draft": 1})
    return {one.path: (one.after, one.scarred) for one in made.differences}, made


def test_history_after_the_backup_is_replayed_in_its_order():
    entries = [
        entry(10, "a", "在备份里"),
        entry(11, "a", "一"),
        entry(12, "a", "二"),
        entry(13, "t[r_1].name", "新"),
    ]
    different, _ = found(history=entries, whole=("draft", "history"))
    assert different["a"] == ("二", False)
    (rows, _scarred) = different["t"]
    assert [row.cell("name") for row in rows] == ["新", "二"]
    assert rows[0].cell("unit") == "个"
    assert "b" not in different


def test_an_answer_that_was_taken_away_is_a_difference():
    different, _ = found(history=[entry(11, "a", None)], whole=("draft", "history"))
    assert different == {"a": (None, False)}


def test_a_whole_history_is_believed_more_than_an_answer():
    different, _ = found(
        history=[entry(11, "a", "二")],
        answers=[answer("a", "翻了一位")],
        whole=("draft", "history", "answer"),
    )
    assert different == {"a": ("二", False)}


def test_where_the_history_has_gaps_the_answers_speak():
    different, _ = found(history=[entry(11, "a", "一")], answers=[answer("a", "二"), answer("c", "新的", 2)])
    assert different == {"a": ("二", False), "c": ("新的", False)}


@pytest.mark.parametrize(("whole", "names"), [((), ["改", "二"]), (("table_row",), ["改"])])
def test_rows_that_could_not_be_read_stay_unless_all_could(whole, names):
    different, _ = found(rows=[cells("r_1", 0, name="改")], whole=("draft", *whole))
    assert [row.cell("name") for row in different["t"][0]] == names


def test_a_scarred_answer_takes_no_sound_ones_place():
    different, _ = found(
        answers=[answer("a", "坏\ufffd"), answer("c", "坏\ufffd", 2)], scarred=[("answer", 1), ("answer", 2)]
    )
    assert different == {"c": ("坏\ufffd", True)}


def test_a_scarred_entry_of_the_history_is_marked():
    entries = [entry(11, "a", "好的"), entry(12, "a", "坏\ufffd")]
    different, _ = found(history=entries, whole=("draft", "history"), scarred=[("history", 12)])
    assert different == {"a": ("坏\ufffd", True)}


def test_nothing_is_taken_from_a_draft_that_was_not_touched_since():
    different, _ = found(answers=[answer("a", "更旧的")], updated=BEFORE)
    assert different == {}


def test_what_was_typed_after_a_clock_was_set_back_is_newer_all_the_same():
    different, made = found(
        history=[entry(11, "a", "后来写的")], whole=("draft", "history"), updated="2025-01-01T00:00:00.000Z"
    )
    assert different == {"a": ("后来写的", False)}
    assert made.drafts.keys() == {"d"}


def test_what_makes_no_sense_is_counted_and_left_aside():
    broken = [
        entry(11, "a", "x") | {"value": "{"},
        entry(12, "", "x"),
        entry(13, "a", {"$date": "2026-99-99"}),
    ]
    different, made = found(
        history=broken, answers=[answer("a", {"$no": 1})], rows=[cells("r_1", 0) | {"cells": "["}]
    )
    assert different == {}
    assert made.unread == 5


def test_what_a_deletion_left_in_the_history_is_no_change_of_the_draft():
    different, _ = found(history=[entry(11, "a", None, "deleted")], whole=("draft", "history"))
    assert different == {}


def test_a_draft_whose_card_is_damaged_comes_back_with_its_answers():
    hurt = draft() | {"facts": '{"title": 1}', "carried": '{"a": 1.5}'}
    salvaged = Salvaged({"draft": [hurt], "answer": [answer("a", "写过的")]}, frozenset(), frozenset())
    made = merge(salvaged, base={}, updated={}, last={})
    (row,) = made.rows["draft"]
    assert row["facts"] == "{}"
    assert "carried" not in row
    assert [(one.path, one.after) for one in made.differences] == [("a", "写过的")]


def test_rows_that_mean_nothing_any_more_stay_in_the_file_put_aside():
    hurt = {"rowid": 2, "share_id": "s", "draft_id": "d", "incoming": 0, "content": "{"}
    dates = {"rowid": 2, "project_id": "p", "dates": '{"admitted": "2026-13-01"}'}
    salvaged = Salvaged({"draft": [draft()], "share": [hurt], "project": [dates]}, frozenset(), frozenset())
    made = merge(salvaged, base={}, updated={}, last={})
    assert (made.rows["share"], made.rows["project"]) == ([], [])
