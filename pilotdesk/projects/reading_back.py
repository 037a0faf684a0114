"""A Word file that somebody edited, or a blank form that somebody filled, taken into a draft.

What is taken over goes through the session as one step, which the history calls 从 Word 读回 and which can be taken back.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from msgspec.structs import asdict

from pilotdesk.documents.edited import Edit, Edits, RowEdit, read_edited
from pilotdesk.documents.edited.notes import counted
from pilotdesk.errors import PackageError
from pilotdesk.forms.json_values import to_json
from pilotdesk.forms.values import Row, Value, new_row_id, split_cell_path
from pilotdesk.session import Change, Session

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from pilotdesk.documents.edited import Missing
    from pilotdesk.documents.identity import Identity
    from pilotdesk.drafts.package import Package
    from pilotdesk.forms.model import Form, FormPack

READ_BACK: Final = "read_back"
"""The origin that such a step has in the history."""


def look_into_word(session: Session, path: Path) -> Edits:
    """What somebody changed in a Word file of this draft; nothing is written.

    Raises:
        PackageError: see :func:`pilotdesk.documents.edited.read_edited`.
    """
    return read_edited(session.pack, session.form, session.freeze(), path)


def session_for_blank(path: Path, today: date) -> Session:
    """A new draft of the form that a file was printed from, for a filled blank form.

    Raises:
        PackageError: ``docx_foreign`` and those of :func:`pilotdesk.documents.edited.base.read_base`.
        PackError: ``pack_unknown`` when its round is not installed.
    """
    from pilotdesk.documents.edited.base import read_base
    from pilotdesk.documents.opened import OpenedDocx
    from pilotdesk.forms.installed import current_pack
    from pilotdesk.projects.life import first_values

    OpenedDocx.open(path)  # its refusals say best what to do
    identity = read_base(path).identity
    values, _ = first_values(form_of(identity, path), {})
    return Session(current_pack(identity.round), identity.form, values, today=today)


def form_of(identity: Identity, path: Path) -> Form:
    """The form that a file was printed from, as it is installed here.

    Raises:
        PackageError: ``docx_foreign`` when its pack has no such form.
        PackError: ``pack_unknown``.
    """
    from pilotdesk.forms.installed import current_pack

    pack: FormPack = current_pack(identity.round)
    if identity.form not in pack.forms:
        raise PackageError("docx_foreign", name=path.name)
    return pack.forms[identity.form]


def blank_identity(path: Path) -> Identity | None:
    """Of which form a file is a blank one; ``None`` for one that was printed with answers.

    Raises:
        PackageError: as :func:`session_for_blank`.
    """
    from pilotdesk.documents.edited.base import read_base
    from pilotdesk.documents.opened import OpenedDocx

    OpenedDocx.open(path)
    base = read_base(path)
    return base.identity if base.blank else None


def package_of_blank(path: Path, today: date) -> tuple[Package, Edits, int]:
    """A new draft with everything of a filled blank form that is beyond doubt, what was found, and how much was taken.

    Raises:
        PackageError, PackError: as :func:`session_for_blank`.
    """
    from pilotdesk.projects import package_of

    session = session_for_blank(path, today)
    edits = look_into_word(session, path)
    wanted = undisputed(edits)
    adopt(session, edits, wanted)
    return package_of(session, {}), edits, len(wanted)


def chosen(edits: Edits, paths: Iterable[str], name: str) -> tuple[Edit | RowEdit, ...]:
    """The changes with these paths.

    Raises:
        PackageError: ``readback_no_such`` for a path that is not among them, ``readback_not_adoptable`` for one that
            cannot be taken over; ``name`` is the file's.
    """
    by_path = {one.path: one for one in edits.all}
    made = []
    for path in paths:
        if path not in by_path:
            raise PackageError("readback_no_such", name=name, path=path, known="、".join(by_path))
        if not by_path[path].adoptable:
            raise PackageError("readback_not_adoptable", path=path)
        made.append(by_path[path])
    return tuple(made)


def undisputed(edits: Edits) -> tuple[Edit | RowEdit, ...]:
    """Everything that can be taken over without asking: what the draft did not change as well.

    Nothing of a file that does not tell what it was written with.
    """
    if not edits.known:
        return ()
    return tuple(one for one in edits.all if one.adoptable and not one.conflict)


def adopt(session: Session, edits: Edits, wanted: Collection[Edit | RowEdit]) -> Change:
    """Take changes over as one step.

    Args:
        session: the open draft.
        edits: where they come from; tells the order of rows.
        wanted: some of them.
    """
    values: dict[str, Value] = {}
    cells: dict[str, dict[str, Value]] = {}
    for one in wanted:
        for path, value in one.values.items() if isinstance(one, Edit) else ():
            place = split_cell_path(path)
            if place is None:
                values[path] = value
            else:
                cells.setdefault(place[0], {})[path] = value
    rows: dict[str, list[RowEdit]] = {}
    for one in wanted:
        if isinstance(one, RowEdit):
            rows.setdefault(one.table, []).append(one)
    for table in rows:
        values[table] = _table(session, table, rows[table], edits.orders.get(table, ()), cells.pop(table, {}))
    for listed in cells.values():
        values |= listed
    return session.set_values(values, origin=READ_BACK) if values else Change(origin=READ_BACK)


def _table(
    session: Session,
    table: str,
    changes: Sequence[RowEdit],
    order: Sequence[str],
    cells: Mapping[str, Value],
) -> tuple[Row, ...]:
    """The rows of a table with rows put in, taken out and moved, and cells changed."""
    by_key = {row.id: row for row in session.rows(table)}
    for path, value in cells.items():
        _, row_id, column = split_cell_path(path) or ("", "", "")
        if row_id in by_key:
            by_key[row_id] = by_key[row_id].with_cell(column, value)  # type: ignore[arg-type]
    kind = {one.key: one for one in changes}
    keys = [key for key in by_key if key not in kind]
    for at, key in enumerate(order):
        one = kind.get(key)
        if one is None or one.kind == "removed":
            continue
        before = next((other for other in reversed(order[:at]) if other in keys), None)
        keys.insert(keys.index(before) + 1 if before is not None else 0, key)
        if one.kind == "added":
            by_key[key] = _new_row(one, {row.id for row in by_key.values()})
    rows = tuple(by_key[key] for key in keys)
    is_tree = session.form.fields[table].type == "tree"
    return (
        _under_parents(rows, {by_key[one.key].id for one in changes if one.kind == "added"})
        if is_tree
        else rows
    )


def _new_row(one: RowEdit, taken: Collection[str]) -> Row:
    row_id = new_row_id()
    while row_id in taken:
        row_id = new_row_id()
    return Row(row_id, MappingProxyType(dict(one.values)))  # type: ignore[arg-type]


def _under_parents(rows: Sequence[Row], new: Collection[str]) -> tuple[Row, ...]:
    """New nodes below those whose code theirs begins with: 101 below 100, and 100 below the one without a code."""
    codes = {row.id: str(row.cell("code") or "") for row in rows}
    top = next((row.id for row in rows if not codes[row.id]), None)
    made = []
    for row in rows:
        if row.id not in new or row.id == top:
            made.append(row)
            continue
        stem = codes[row.id].rstrip("0.")
        above = [
            one.id
            for one in rows
            if (begin := codes[one.id].rstrip("0.")) and stem.startswith(begin) and len(begin) < len(stem)
        ]
        parent = max(above, key=lambda one: len(codes[one].rstrip("0.")), default=top)
        made.append(Row(row.id, row.cells, parent))
    return tuple(made)


# -- for a program -------------------------------------------------------------------------------


def edits_to_json(edits: Edits, adopted: Collection[Edit | RowEdit]) -> dict[str, Any]:
    """Everything that was found, and what of it was taken over, as JSON takes it."""
    taken = {one.path for one in adopted}
    return {
        "form": edits.identity.form,
        "document": edits.identity.document,
        "revision": edits.identity.revision,
        "blank": edits.blank,
        "compared": edits.compared,
        "known": edits.known,
        "edits": [{**_edit_json(one), "adopted": one.path in taken} for one in edits.edits],
        "rows": [{**_row_json(one), "adopted": one.path in taken} for one in edits.rows],
        "missing": [_missing_json(one) for one in edits.missing],
        "leftover": [{"where": one.where, "text": one.text} for one in edits.leftover],
        "notes": [asdict(one) for one in edits.notes],
        "says": notes_words(edits),
    }


def notes_words(edits: Edits) -> str:
    """``文件里有 3 条批注、1 条脚注，读回时不采用``; empty for none."""
    return f"文件里有 {counted(edits.notes)}，读回时不采用" if edits.notes else ""


def _edit_json(one: Edit) -> dict[str, Any]:
    return {
        "path": one.path, "step": one.step, "label": one.label, "before": one.before, "after": one.after,
        "values": {path: to_json(value) for path, value in one.values.items()}, "chars": list(one.chars),
        "how": one.how, "confidence": one.confidence, "conflict": one.conflict, "adoptable": one.adoptable,
        "unread": one.unread,
    }  # fmt: skip


def _row_json(one: RowEdit) -> dict[str, Any]:
    return {
        "path": one.path, "kind": one.kind, "table": one.table, "step": one.step, "label": one.label,
        "text": one.text, "values": {name: to_json(value) for name, value in one.values.items()},
        "place": one.place, "conflict": one.conflict, "adoptable": one.adoptable, "unread": one.unread,
    }  # fmt: skip


def _missing_json(one: Missing) -> dict[str, Any]:
    return {"path": one.path, "step": one.step, "label": one.label}
