"""Writing answers and their history: what happens inside the transaction of a save."""

from __future__ import annotations

import json
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from pilotdesk.drafts.stored_json import value_text
from pilotdesk.forms.json_values import to_json
from pilotdesk.forms.values import Row, Value, split_cell_path
from pilotdesk.record import Record

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlite_utils import Database

# Written out: sqlite-utils looks up tables and columns before every row, which is two thirds of the time of a save.
_ANSWER: Final = (
    "INSERT INTO answer (draft_id, path, value) VALUES (?, ?, ?) "
    "ON CONFLICT (draft_id, path) DO UPDATE SET value = excluded.value"
)
_NOTE: Final = 'INSERT INTO history (draft_id, path, value, origin, at, "by") VALUES (?, ?, ?, ?, ?, ?)'


class Writing(Record, frozen=True, kw_only=True):
    """What the history says of a save.

    Attributes:
        draft_id: the draft. origin: how the values came (``typed``, ``carried`` …).
        by: who wrote, empty where that is not known. at: the time stamp.
        origins: path to origin of those values that came in another way.
    """

    draft_id: str
    origin: str
    by: str
    at: str
    origins: Mapping[str, str] = MappingProxyType({})


def put(db: Database, values: Mapping[str, Value], writing: Writing) -> None:
    """Write scalars, cells and whole tables by path, with their history; ``None`` takes an answer away."""
    draft_id = writing.draft_id
    for path, value in values.items():
        place = split_cell_path(path)
        if place:
            _put_cell(db, draft_id, place, value)
        else:
            _put_whole(db, draft_id, path, value)
    noted = (
        (
            draft_id, path, value_text(value), writing.origins.get(path, writing.origin), writing.at, writing.by,
        )
        for path, value in values.items()
    )  # fmt: skip
    db.conn.executemany(_NOTE, noted)


def _put_cell(db: Database, draft_id: str, place: tuple[str, str, str], value: Value) -> None:
    table, row_id, column = place
    key = (draft_id, table, row_id)
    cells = json.loads(db.table("table_row").get(key)["cells"])
    cells.pop(column, None)
    if value is not None:
        cells[column] = to_json(value)
    db.table("table_row").update(key, {"cells": json.dumps(cells, ensure_ascii=False)})


def _put_whole(db: Database, draft_id: str, path: str, value: Value) -> None:
    db.conn.execute("DELETE FROM table_row WHERE draft_id = ? AND table_name = ?", (draft_id, path))
    rows = [row for row in value if isinstance(row, Row)] if isinstance(value, tuple) else []
    if value is None:
        db.conn.execute("DELETE FROM answer WHERE draft_id = ? AND path = ?", (draft_id, path))
    elif rows:
        db.table("table_row").insert_all(
            {
                "draft_id": draft_id, "table_name": path, "row_id": row.id, "position": position,
                "parent": row.parent,
                "cells": json.dumps({k: to_json(v) for k, v in row.cells.items()}, ensure_ascii=False),
            }
            for position, row in enumerate(rows)
        )  # fmt: skip
    else:
        db.conn.execute(_ANSWER, (draft_id, path, value_text(value)))
