"""What somebody decided about the conflicts of a merge, written into the merged answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal, cast

from pilotdesk.drafts.merge_texts import laid_out, woven
from pilotdesk.drafts.merge_tree import rows_in_circles
from pilotdesk.forms.values import Attachment, Row, Value, split_cell_path
from pilotdesk.record import Record

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pilotdesk.drafts.merge import Conflict, Merged

Side = Literal["here", "there"]

_LONG: Final = 120
"""Characters from which on nobody finds what differs in two texts that stand one below the other."""


class Choice(Record, frozen=True):
    """A decision: the side that holds, or for an answer the value that somebody wrote instead.

    Attributes:
        side: ``here`` or ``there``. own: written instead, of two files both; ``None`` for none.
    """

    side: Side
    own: Value = None


def resolved(merged: Merged, choices: Mapping[str, Choice]) -> dict[str, Value]:
    """The merged answers with what was decided.

    A deleted node takes with it what stands below, unless something of that was to stay.

    Args:
        merged: what came out of a merge.
        choices: by :attr:`Conflict.key`; a conflict without one stays as it is here, and its row or file stays.
    """
    values = dict(merged.values)
    by_path: dict[str, list[tuple[Conflict, Choice]]] = {}
    for one in merged.conflicts:
        if one.key not in choices or one.kind == "reason":
            continue
        if one.kind == "value":
            choice = choices[one.key]
            chosen = choice.own if choice.own is not None else _of(one, choice)
            _write(values, one.path, chosen)
        elif one.kind == "person":
            _write_person(values, one, choices[one.key])
        else:
            by_path.setdefault(one.path, []).append((one, choices[one.key]))
    for path, decided in by_path.items():
        if any(one.kind == "file" for one, _ in decided) or _is_file_list(values, path):
            _write(values, path, _files(_value(values, path), decided))
        else:
            rows = _Table(cast("tuple[Row, ...]", values.get(path) or ()), decided).outcome()
            _write(values, path, rows)
    return values


def _write_person(values: dict[str, Value], one: Conflict, choice: Choice) -> None:
    sides = [dict(side[0].cells) if side else {} for side in map(_people, (one.here, one.there))]
    chosen = sides[0 if choice.side == "here" else 1]
    for part in dict.fromkeys((*sides[0], *sides[1])):
        _write(values, f"{one.path}.{part}", chosen.get(part))


def _people(value: Value) -> tuple[Row, ...]:
    return cast("tuple[Row, ...]", value or ())


def resolved_reasons(merged: Merged, choices: Mapping[str, Choice]) -> dict[str, str]:
    """The merged reasons of answered 请核实 with what was decided; without a decision they stay as they are here."""
    reasons = dict(merged.reasons)
    for one in merged.conflicts:
        if one.kind != "reason" or one.key not in choices:
            continue
        choice = choices[one.key]
        chosen = choice.own if choice.own is not None else _of(one, choice)
        if isinstance(chosen, str):
            reasons[one.path] = chosen
        else:
            reasons.pop(one.path, None)
    return reasons


def both_kept(one: Conflict) -> Value:
    """Both sides in one: a text with both changes, choices together, two files; ``None`` where that makes no sense.

    Of a long text that both changed in the same place, both versions of that place stand in brackets; texts that are short,
    or have no common origin, stand one below the other.
    A file that only has another name or note is one file, and a cell has room for one.
    """
    here, there = one.here, one.there
    if one.kind == "file" and here and there and split_cell_path(one.path) is None:
        both = (*_attachments(here), *_attachments(there))
        return both if len({file.sha256 for file in both}) == len(both) else None
    if one.kind == "value" and isinstance(here, str) and isinstance(there, str):
        text = woven(one.base, here, there) if isinstance(one.base, str) else None
        if text is None and isinstance(one.base, str) and min(len(here), len(there)) > _LONG:
            return laid_out(one.base, here, there)
        return f"{here}\n{there}" if text is None else text
    if one.kind == "value" and _are_choices(here) and _are_choices(there):
        return tuple(dict.fromkeys((*cast("tuple[str]", here), *cast("tuple[str]", there))))
    return None


def _are_choices(value: Value) -> bool:
    return isinstance(value, tuple) and all(isinstance(part, str) for part in value)


def _of(one: Conflict, choice: Choice) -> Value:
    return one.here if choice.side == "here" else one.there


def _value(values: Mapping[str, Value], path: str) -> Value:
    place = split_cell_path(path)
    if place is None:
        return values.get(path)
    return next((row.cell(place[2]) for row in _rows_in(values, place[0]) if row.id == place[1]), None)


def _rows_in(values: Mapping[str, Value], table: str) -> tuple[Row, ...]:
    return cast("tuple[Row, ...]", values.get(table) or ())


def _write(values: dict[str, Value], path: str, value: Value) -> None:
    place = split_cell_path(path)
    if place is not None:
        cell = cast("None", value)  # a cell holds no rows, for the type checker
        values[place[0]] = tuple(
            row.with_cell(place[2], cell) if row.id == place[1] else row for row in _rows_in(values, place[0])
        )
    elif value is None or value == ():
        values.pop(path, None)
    else:
        values[path] = value


def _is_file_list(values: Mapping[str, Value], path: str) -> bool:
    value = _value(values, path)
    return isinstance(value, tuple) and any(isinstance(part, Attachment) for part in value)


def _files(value: Value, decided: Iterable[tuple[Conflict, Choice]]) -> Value:
    files = {file.sha256: file for file in cast("tuple[Attachment, ...]", value or ())}
    for one, choice in decided:
        chosen = _attachments(choice.own if choice.own is not None else _of(one, choice))
        if one.kind == "order":
            files = {sha256: files[sha256] for sha256 in _in_order(files, [file.sha256 for file in chosen])}
            continue
        wanted = {file.sha256: file for file in chosen}
        left = {file.sha256 for side in (one.here, one.there) for file in _attachments(side)} - wanted.keys()
        files = {sha256: file for sha256, file in files.items() if sha256 not in left} | wanted
    return tuple(files.values()) or None


def _attachments(value: Value) -> tuple[Attachment, ...]:
    return cast("tuple[Attachment, ...]", value or ())


def _in_order(ids: Iterable[str], wanted: list[str]) -> list[str]:
    """The ids with those that ``wanted`` names in its order, each of the others where it stands."""
    present = list(ids)
    ordered = iter([one for one in wanted if one in present])
    return [next(ordered) if one in wanted else one for one in present]


class _Table:
    """The rows of one table while decisions are written into them."""

    def __init__(self, rows: tuple[Row, ...], decided: list[tuple[Conflict, Choice]]) -> None:
        self._rows = {row.id: row for row in rows}
        self._decided = decided

    def outcome(self) -> Value:
        stay: set[str] = set()
        go: set[str] = set()
        for one, choice in self._decided:
            chosen = cast("tuple[Row, ...] | None", _of(one, choice))
            if one.kind == "row":
                (go if chosen is None else stay).add(one.part)
            elif one.kind == "place" and chosen and one.part in self._rows:
                self._rows[one.part] = Row(one.part, self._rows[one.part].cells, chosen[0].parent)
            elif one.kind == "order" and chosen:
                order = _in_order(self._rows, [row.id for row in chosen])
                self._rows = {row_id: self._rows[row_id] for row_id in order}
        here = {row.id: row for one, _ in self._decided for row in _here(one)}
        for _ in rows_in_circles(self._rows, here):
            pass  # two decisions that exclude each other: both nodes stay where they are here
        self._delete(go - self._above(stay))
        return tuple(self._rows.values()) or None

    def _above(self, stay: set[str]) -> set[str]:
        """The rows that are to stay, and every node above one of them."""
        found: set[str] = set()
        for row_id in stay:
            at: str | None = row_id
            while at is not None and at in self._rows and at not in found:
                found.add(at)
                at = self._rows[at].parent
        return found

    def _delete(self, gone: set[str]) -> None:
        while gone:
            for row_id in gone:
                self._rows.pop(row_id, None)
            gone = {row.id for row in self._rows.values() if row.parent in gone}


def _here(one: Conflict) -> tuple[Row, ...]:
    return cast("tuple[Row, ...]", one.here or ()) if one.kind in {"place", "order"} else ()
