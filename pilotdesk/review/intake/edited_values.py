"""Values of a Word file of ours that somebody changed: rows that were put in or taken out, answers found by their labels."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pilotdesk.documents.edited import read_edited
from pilotdesk.forms.snapshot import Snapshot
from pilotdesk.forms.values import Row, is_blank, split_cell_path
from pilotdesk.review.intake.printed_values import values_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from pilotdesk.documents.carriers import Carrier
    from pilotdesk.documents.edited import Edits
    from pilotdesk.forms.model import Form, FormPack
    from pilotdesk.forms.values import Scalar, Value


def edited_values(pack: FormPack, form: Form, carrier: Carrier, path: Path) -> dict[str, Value]:
    """Path to value of what stands in a changed file now.

    What its bookmarks tell is taken first and then compared with all that stands in the file, as with a draft.

    Args:
        pack: the pack of the form.
        form: as it is installed here.
        carrier: the file as its bookmarks tell it.
        path: where it lies.

    Raises:
        PackageError: as :func:`pilotdesk.documents.edited.read_edited`.
    """
    values = values_of(form, carrier.answers)
    edits = read_edited(pack, form, Snapshot(values=values, accepted={}), path)
    cells: dict[str, dict[str, dict[str, Scalar]]] = {}
    for edit in edits.edits:
        for one, value in edit.values.items():
            place = split_cell_path(one)
            if place and not _has_rows(value):
                cells.setdefault(place[0], {}).setdefault(place[1], {})[place[2]] = value  # type: ignore[assignment]
            elif edit.adoptable:
                values[one] = value
    for table in {*cells, *edits.orders, *(row.table for row in edits.rows)}:
        values[table] = _rows(table, values.get(table), cells.get(table, {}), edits)
    return {one: value for one, value in values.items() if not is_blank(value)}


def _rows(
    table: str, value: Value, cells: Mapping[str, Mapping[str, Scalar]], edits: Edits
) -> tuple[Row, ...]:
    """The rows of a table in the order of the file."""
    rows = {row.id: row for row in value if isinstance(row, Row)} if isinstance(value, tuple) else {}
    for row_id, changed in cells.items():
        for column, cell in changed.items():
            rows[row_id] = rows.get(row_id, Row(row_id)).with_cell(column, cell)
    own = [edit for edit in edits.rows if edit.table == table]
    for edit in own:
        if edit.kind == "removed":
            rows.pop(edit.key, None)
        elif edit.kind == "added":
            row_id = f"r_new{edit.key.removeprefix('+')}"
            rows[edit.key] = Row(row_id, {name: one for name, one in edit.values.items() if one is not None})  # type: ignore[misc]
    order = [key for key in edits.orders.get(table, ()) if key in rows]
    return tuple(rows[key] for key in dict.fromkeys([*order, *rows]))


def _has_rows(value: Value) -> bool:
    return isinstance(value, tuple) and any(isinstance(one, Row) for one in value)
