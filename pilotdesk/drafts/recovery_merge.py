"""What a damaged database knows that its newest sound backup does not: by draft and by field.

The history is written together with every answer and never changed, so what follows the backup's last entry is replayed
over the backup. Only where the history itself has gaps do the answers of the damaged file speak for themselves.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from pilotdesk.drafts.readable import is_row_readable
from pilotdesk.drafts.records import WHOLE_DRAFT
from pilotdesk.forms.json_values import from_json
from pilotdesk.forms.values import Row, Value, split_cell_path
from pilotdesk.record import MutableRecord, Record

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pilotdesk.drafts.salvage import Salvaged, StoredRow

DELETED: Final = "deleted"
"""Origin of what the deletion of a draft left in the history. A draft that the backup still has comes back as it was."""


IN_PLACE: Final = frozenset({"accepted", "project", "returned", "share"})
"""Tables whose rows are written over or taken away and written anew, without a history: their numbers say nothing of their
age. A row of the damaged file is the newer one; none of the backup's is taken away."""


class Difference(Record, frozen=True, kw_only=True):
    """One field that the backup and what could be read do not agree on.

    Attributes:
        draft_id: the draft. path: a field or a whole table.
        before: as the backup has it. after: as it was read; ``None`` when it was emptied.
        scarred: whether some signs of what was read are lost, shown as U+FFFD.
    """

    draft_id: str
    path: str
    before: Value
    after: Value
    scarred: bool


class Merge(MutableRecord, kw_only=True):
    """Backup and damaged file side by side.

    Attributes:
        differences: in the order of drafts and paths.
        rows: rows by table that the backup does not have and that can be put in as they are, history included; of the
            tables :data:`IN_PLACE` all that were read.
        drafts: changed columns of drafts that the backup has, by id.
        unread: entries that were found but could not be made sense of.
    """

    differences: list[Difference]
    rows: dict[str, list[StoredRow]]
    drafts: dict[str, StoredRow]
    unread: int = 0


def merge(
    salvaged: Salvaged,
    *,
    base: Mapping[str, Mapping[str, Value]],
    updated: Mapping[str, str],
    last: Mapping[str, int],
) -> Merge:
    """Compare.

    Args:
        salvaged: what was read.
        base: the backup's values by draft.
        updated: the backup's time stamps by draft.
        last: the last row number of each of the backup's tables; 0 for none.
    """
    made = Merge(differences=[], rows={}, drafts={})
    for table, rows in salvaged.rows.items():
        if table not in {"answer", "table_row"}:
            fresh = [row for row in rows if row["rowid"] > last.get(table, 0) or table in IN_PLACE]
            if table in IN_PLACE:  # they take the place of the backup's, which may be older, but is whole
                fresh = [row for row in fresh if (table, row["rowid"]) not in salvaged.scarred]
            made.rows[table] = [row for row in fresh if is_row_readable(table, row)]
    made.rows["history"] = [row for row in made.rows.get("history", ()) if _is_readable(made, row)]
    sound = map(_sound_columns, salvaged.rows.get("draft", ()))
    stored = {row["draft_id"]: row for row in sound if _is_draft(row)}
    made.rows["draft"] = [{"facts": "{}"} | row for draft_id, row in stored.items() if draft_id not in base]
    # What follows the backup's last entry is newer, whatever a clock said: it may have been ahead when the backup was made.
    written = {row["draft_id"] for row in made.rows["history"] if row["path"] != WHOLE_DRAFT}
    made.drafts = {
        draft_id: row
        for draft_id, row in stored.items()
        if draft_id in base and (draft_id in written or row["updated"] > updated[draft_id])
    }
    for draft_id in sorted(base.keys() | stored.keys()):
        if draft_id in stored and draft_id in base and draft_id not in made.drafts:
            continue  # nothing was written to it after the backup
        made.differences += _differences(salvaged, made, draft_id, dict(base.get(draft_id, {})))
    return made


def _differences(
    salvaged: Salvaged, made: Merge, draft_id: str, before: dict[str, Value]
) -> Iterable[Difference]:
    replay = _Replay(dict(before))
    for row in made.rows["history"]:
        if row["draft_id"] == draft_id and row["origin"] != DELETED:
            replay.put(row["path"], _value(row["value"]), ("history", row["rowid"]) in salvaged.scarred)
    if "history" not in salvaged.whole:
        _let_answers_speak(salvaged, made, draft_id, replay)
    for path in sorted(before.keys() | replay.values.keys()):
        after = replay.values.get(path)
        if after != before.get(path):
            yield Difference(
                draft_id=draft_id,
                path=path,
                before=before.get(path),
                after=after,
                scarred=path in replay.scarred,
            )


def _let_answers_speak(salvaged: Salvaged, made: Merge, draft_id: str, replay: _Replay) -> None:
    """Take the current answers and rows where the history that made them has gaps."""
    for row in salvaged.rows.get("answer", ()):
        if row["draft_id"] == draft_id:
            try:
                value = _value(row["value"])
            except ValueError:
                made.unread += 1
                continue
            scarred = ("answer", row["rowid"]) in salvaged.scarred
            if not scarred or row["path"] not in replay.values:
                replay.put(row["path"], value, scarred)
    tables: dict[str, dict[str, tuple[int, Row, bool]]] = {}
    for row in salvaged.rows.get("table_row", ()):
        if row["draft_id"] == draft_id:
            try:
                read = _row(row)
            except (ValueError, TypeError, AttributeError):
                made.unread += 1
                continue
            scarred = ("table_row", row["rowid"]) in salvaged.scarred
            tables.setdefault(row["table_name"], {})[read.id] = (row["position"], read, scarred)
    for table, rows in tables.items():
        replay.put_rows(table, rows, whole="table_row" in salvaged.whole)


class _Replay:
    """Values of one draft on their way to the newest state."""

    def __init__(self, values: dict[str, Value]) -> None:
        self.values = values
        self.scarred: set[str] = set()

    def put(self, path: str, value: Value, scarred: bool) -> None:
        """One entry: a field, a whole table, or a cell of a row that is there."""
        place = split_cell_path(path)
        if place is None:
            self.values.pop(path, None)
            if value is not None and value != ():
                self.values[path] = value
            root = path
        else:
            root = place[0]
            self.values[root] = _with_cell(self.values.get(root), place, value)
        if scarred:
            self.scarred.add(root)
        elif place is None:
            self.scarred.discard(root)

    def put_rows(self, table: str, found: dict[str, tuple[int, Row, bool]], *, whole: bool) -> None:
        """Rows as they were read; those that could not be keep their place where not all could."""
        kept = self.values.get(table)
        here = [row for row in kept if isinstance(row, Row)] if isinstance(kept, tuple) else []
        placed = [(position, row) for position, row, _ in found.values()]
        if not whole:
            placed += [(at, row) for at, row in enumerate(here) if row.id not in found]
        self.values[table] = tuple(row for _, row in sorted(placed, key=lambda one: one[0]))
        if any(scarred for *_, scarred in found.values()):
            self.scarred.add(table)


def _with_cell(kept: Value, place: tuple[str, str, str], value: Value) -> Value:
    rows = kept if isinstance(kept, tuple) else ()
    changed = []
    for row in rows:
        if isinstance(row, Row) and row.id == place[1]:
            cells = {name: cell for name, cell in row.cells.items() if name != place[2]}
            added: dict[str, Any] = {} if value is None else {place[2]: value}
            changed.append(Row(row.id, cells | added, row.parent))
        else:
            changed.append(row)  # type: ignore[arg-type]  # a table has nothing but rows
    return tuple(changed)


def _is_readable(made: Merge, row: StoredRow) -> bool:
    """Whether a history entry can be made sense of; counted when not."""
    try:
        _value(row["value"])
        readable = all(isinstance(row[name], str) and row[name] for name in ("draft_id", "path", "at"))
    except (ValueError, TypeError, KeyError):
        readable = False
    made.unread += not readable
    return readable


def _sound_columns(row: StoredRow) -> StoredRow:
    """A draft's row without what is worked out anew anyway, where that means nothing any more: its answers still do."""
    return {name: stored for name, stored in row.items() if is_row_readable("draft", {name: stored})}


def _is_draft(row: StoredRow) -> bool:
    """Whether a draft's row is one: names that are names."""
    names = ("draft_id", "project_id", "form", "round", "updated", "created", "step")
    try:
        return all(isinstance(row[name], str) and "\ufffd" not in row[name] for name in names)
    except KeyError:
        return False


def _value(text: str) -> Value:
    """A stored value.

    Raises:
        ValueError: it is none.
    """
    if not isinstance(text, str):
        raise ValueError("not text")
    return from_json(json.loads(text))


def _row(row: StoredRow) -> Row:
    cells = {name: from_json(cell) for name, cell in json.loads(row["cells"]).items()}
    if not (isinstance(row["row_id"], str) and isinstance(row["position"], int)):
        raise ValueError("not a row")
    return Row(row["row_id"], cells, row["parent"])  # type: ignore[arg-type]
