"""A name that a flipped bit has made another is not written back: no page shows it, and every package would carry it."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING

from pilotdesk.drafts import recovery
from pilotdesk.drafts.connection import FILE_NAME
from pilotdesk.drafts.recovery_paths import without_strange_paths
from pilotdesk.drafts.salvage import Salvaged
from tests.drafts.recovery_kit import MORNING, clock_at, everything, sample_data, type_later

if TYPE_CHECKING:
    from pathlib import Path

LATER = clock_at(MORNING + timedelta(hours=3))


def test_what_stands_under_no_name_of_the_form_is_counted_and_left(tmp_path: Path) -> None:
    draft_id = sample_data(tmp_path)
    type_later(tmp_path, draft_id, project_name="后来改的", unit_name="新单位")
    database = tmp_path / FILE_NAME
    hurt = database.read_bytes().replace(b'unit_name"', b'unit_name"')
    for good, bad in ((b"unit_name\x22\xe6\x96\xb0", b"unit_n+me\x22\xe6\x96\xb0"),):
        assert good in hurt
        hurt = hurt.replace(good, bad)
    database.write_bytes(bytes(100) + hurt[100:])
    offer = recovery.examine(tmp_path, LATER)
    assert [one.path for one in offer.differences] == ["project_name"]
    assert offer.found.unread
    recovery.restore(tmp_path, offer, offer.differences, LATER)
    values = everything(tmp_path)[draft_id]
    assert values["project_name"] == "后来改的"
    assert "unit_n+me" not in values


def salvaged(**tables: list[dict[str, object]]) -> Salvaged:
    draft = {"draft_id": "d", "round": "2026", "form": "application", "form_version": 1}
    return Salvaged({"draft": [draft], **tables}, frozenset({"history", "answer", "table_row"}), frozenset())


def entry(path: str, draft_id: str = "d") -> dict[str, object]:
    return {"draft_id": draft_id, "path": path, "value": '"x"'}


def test_fields_parts_cells_and_the_whole_draft_are_known() -> None:
    known = ["unit_name", "legal_representative.name", "targets[r_1].unit", "*"]
    strange = ["usc+", "legal_?epresentative.name", "legal_representative.n?me", "targets[r_1].u?it", ""]
    read, count = without_strange_paths(salvaged(history=[entry(path) for path in known + strange]), {})
    assert [row["path"] for row in read.rows["history"]] == known
    assert count == len(strange)
    assert read.whole == {"answer", "table_row"}


def test_of_a_row_only_the_cells_go_that_have_no_column() -> None:
    rows = [
        {"draft_id": "d", "table_name": "targets", "cells": json.dumps({"unit": "个", "un+t": "x"})},
        {"draft_id": "d", "table_name": "t?rgets", "cells": "{}"},
        {"draft_id": "d", "table_name": "targets", "cells": "{no json"},
    ]
    read, count = without_strange_paths(salvaged(table_row=rows), {})
    assert [row["cells"] for row in read.rows["table_row"]] == ['{"unit": "个"}', "{no json"]
    assert count == 2


def test_where_a_form_is_not_here_everything_is_believed() -> None:
    rows = [entry("anything", "e")]
    assert without_strange_paths(salvaged(answer=rows), {})[0].rows["answer"] == rows
