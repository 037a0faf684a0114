"""Drafts taken apart into paths, for the killed program and for who looks at what it left; without a window."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from pilotdesk.drafts.stored_json import value_text
from pilotdesk.forms.values import Row, cell_path

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pilotdesk.forms.values import Value


def flat(table: str, rows: Iterable[Row]) -> dict[str, str]:
    """A table as paths: its row ids under its name, and each cell that has an answer; values as JSON text."""
    rows = tuple(rows)
    found = {table: msgspec.json.encode([[row.id, row.parent] for row in rows]).decode()} if rows else {}
    for row in rows:
        for column, value in row.cells.items():
            found[cell_path(table, row.id, column)] = value_text(value)
    return found


def flat_values(values: Mapping[str, Value]) -> dict[str, str]:
    """All values of a draft as :func:`flat` has them; the parent reads them so from the killed database."""
    found: dict[str, str] = {}
    for path, value in values.items():
        if isinstance(value, tuple) and any(isinstance(part, Row) for part in value):
            found |= flat(path, value)  # type: ignore[arg-type]  # a table has nothing but rows
        else:
            found[path] = value_text(value)
    return found
