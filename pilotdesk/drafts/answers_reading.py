"""Reading the answers of one draft; with nothing but SQLite, as every opening of a draft waits for it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from pilotdesk.forms.json_values import from_json
from pilotdesk.forms.values import Row

if TYPE_CHECKING:
    from pilotdesk.drafts.connection import Connection
    from pilotdesk.forms.attic import AtticEntry
    from pilotdesk.forms.values import Value


def values_of(connection: Connection, draft_id: str) -> dict[str, Value]:
    """Path to value of every answer of a draft; whole tables under their name.

    Raises:
        ValueError, TypeError, KeyError: what is stored is damaged.
    """
    answers = connection.read("SELECT path, value FROM answer WHERE draft_id = ?", (draft_id,))
    values = {path: from_json(json.loads(text)) for path, text in answers}
    tables: dict[str, list[Row]] = {}
    rows = connection.read(
        "SELECT table_name, row_id, parent, cells FROM table_row WHERE draft_id = ? ORDER BY table_name, position",
        (draft_id,),
    )
    for table, row_id, parent, cells in rows:
        answered = {name: from_json(data) for name, data in json.loads(cells).items()}
        tables.setdefault(table, []).append(Row(row_id, answered, parent))  # type: ignore[arg-type]
    return values | {name: tuple(listed) for name, listed in tables.items()}


def attic_of(connection: Connection, draft_id: str) -> tuple[AtticEntry, ...]:
    """What has no place in its form any more, in the order in which it was put away; raises as :func:`values_of`."""
    columns = ("path", "label", "text", "value", "why", "at")
    rows = connection.read(
        f"SELECT {', '.join(columns)} FROM attic WHERE draft_id = ? ORDER BY seq",  # noqa: S608
        (draft_id,),
    )
    if not rows:
        return ()
    from pilotdesk.drafts.stored_json import attic_from_json

    kept = (dict(zip(columns, row, strict=True)) for row in rows)
    return tuple(attic_from_json(entry | {"value": json.loads(entry["value"])}) for entry in kept)
