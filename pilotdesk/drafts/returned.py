"""A return slip (退回单): everything the province asks a unit to mend or to say, and what the unit did about it.

The slip speaks of places in a form, never of what was answered there: of an answer it only has four hex digits, which tell
whether another one stands there now and from which nobody can work back to it.
"""

from __future__ import annotations

import hashlib
import json
import os
from datetime import date  # noqa: TC003  read at run time
from typing import TYPE_CHECKING, Annotated, Any, Final

import msgspec

from pilotdesk.forms.json_values import from_json, to_json
from pilotdesk.forms.values import Row, split_cell_path
from pilotdesk.record import Record, converted
from pilotdesk.rules.issue import Severity  # noqa: TC001  read at run time

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pilotdesk.forms.values import Value

MOST_LINES: Final = 500
LONGEST_REMARK: Final = 2_000
_SEEN_SIGNS: Final = 4
CONTROLS: Final = r"\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069"
"""Signs that turn a text round on the screen, or are none."""

_Name = Annotated[str, msgspec.Meta(pattern=r"^[A-Za-z0-9_-]{0,64}\Z")]
_Short = Annotated[str, msgspec.Meta(max_length=300, pattern=rf"^[^\n{CONTROLS}]*\Z")]
_Long = Annotated[str, msgspec.Meta(max_length=4_000, pattern=rf"^[^{CONTROLS}]*\Z")]
_Count = Annotated[int, msgspec.Meta(ge=0, le=2**31 - 1)]


class SlipLine(Record, frozen=True, kw_only=True):
    """One thing that is wrong.

    Attributes:
        id: its place in the slip: ``1``, ``2``.
        severity: 必须改 or 请核实. point: of the six review points; 0 for the form of the material.
        check: code of the check that found it, by which the unit's program knows whether it is mended; empty for what a
            person said, and for what no check of the form finds.
        path, number, label: the answer it is bound to; empty for the whole.
        sentence: what is wrong and what to do. clause: on what it rests, in words; empty for none.
        seen: :func:`seen_sign` of what stood there; empty when nothing is known of it.
    """

    id: _Name
    severity: Severity
    point: Annotated[int, msgspec.Meta(ge=0, le=99)]
    check: _Name = ""
    sentence: _Long
    clause: _Short = ""
    path: _Short = ""
    number: _Short = ""
    label: _Short = ""
    seen: Annotated[str, msgspec.Meta(pattern=r"^([0-9a-f]{4})?\Z")] = ""


class ReturnSlip(Record, frozen=True, kw_only=True):
    """What the province sends back.

    Attributes:
        slip_id: the same wherever it goes.
        round, form, form_version: the pack that was reviewed for. project: its id as far as it is printed; empty if unknown.
        title, unit: 项目名称 and 承担单位, by which people know whose it is.
        code: 校验码 of what was reviewed. handing: which time of handing in it speaks of, from 1.
        bureau: who sends it back. reviewer, contact: name, and whom to ask at which telephone; empty where nobody is named.
        on: when it was written. due: by when it is wanted again; ``None`` for no day.
        lines: gravest first.
    """

    slip_id: Annotated[str, msgspec.Meta(pattern=r"^b_[0-9a-f]{12}\Z")]
    round: _Name
    form: _Name
    form_version: _Count
    project: _Name
    title: _Short
    unit: _Short
    code: _Short
    handing: Annotated[int, msgspec.Meta(ge=1, le=999)] = 1
    bureau: _Short
    reviewer: _Short = ""
    contact: _Short = ""
    on: date
    due: date | None = None
    lines: Annotated[tuple[SlipLine, ...], msgspec.Meta(min_length=1, max_length=MOST_LINES)]


class Returned(Record, frozen=True, kw_only=True):
    """A slip in the hands of the unit.

    Attributes:
        slip: the slip. at: when it was taken in, a stamp.
        places: id of a line to the path in the draft here that it speaks of; a line that has none speaks of the whole.
        before: id of a line to what stood there when it was written, as far as is known.
        remarks: id of a line to what the unit says of it.
    """

    slip: ReturnSlip
    at: str
    places: Mapping[str, str]
    before: Mapping[str, Value]
    remarks: Mapping[str, str]


def new_slip_id() -> str:
    """A fresh id."""
    return f"b_{os.urandom(6).hex()}"


def seen_sign(slip_id: str, path: str, value: Value) -> str:
    """Four hex digits that stand for an answer in one slip; ids of rows do not count.

    Few on purpose: one of 65,536 answers has them by chance, so that a telephone number cannot be guessed from them.
    """
    told = json.dumps([slip_id, path, _without_ids(value)], ensure_ascii=True, sort_keys=True)
    return hashlib.sha256(told.encode()).hexdigest()[:_SEEN_SIGNS]


def value_at(values: Mapping[str, Value], path: str) -> Value:
    """The answer at a path: a field, a whole table, or a cell; ``None`` where there is none, or no such row any more."""
    place = split_cell_path(path)
    if place is None:
        return values.get(path)
    rows = values.get(place[0])
    found = (
        (row for row in rows if isinstance(row, Row) and row.id == place[1])
        if isinstance(rows, tuple)
        else ()
    )
    return next((row.cell(place[2]) for row in found), None)


def _without_ids(value: Value) -> object:
    rows = [row for row in value if isinstance(row, Row)] if isinstance(value, tuple) else []
    if rows:
        return [
            {name: to_json(cell) for name, cell in row.cells.items() if cell is not None and cell != ()}
            for row in rows
        ]
    return None if value == () else to_json(value)


# -- as JSON -------------------------------------------------------------------------------------


def slip_to_json(slip: ReturnSlip) -> object:
    """A slip as something ``json.dumps`` takes; every key is there."""
    return msgspec.to_builtins(slip)


def slip_from_json(stored: object) -> ReturnSlip:
    """The slip that :func:`slip_to_json` made this of.

    Raises:
        ValueError: it did not, or two lines have one id.
    """
    slip = converted(stored, ReturnSlip)
    if len({line.id for line in slip.lines}) < len(slip.lines):
        raise ValueError("two lines of one id")
    return slip


class _Stored(msgspec.Struct, frozen=True):
    """What a package and a hand-over file say beside the slip."""

    at: _Short
    places: dict[str, _Short]
    before: dict[str, Any]
    remarks: dict[str, Annotated[str, msgspec.Meta(max_length=LONGEST_REMARK)]]


def returned_to_json(returned: Returned) -> object:
    """A slip in the hands of the unit as something ``json.dumps`` takes."""
    return {
        "slip": slip_to_json(returned.slip),
        "at": returned.at,
        "places": dict(sorted(returned.places.items())),
        "before": {line_id: to_json(value) for line_id, value in sorted(returned.before.items())},
        "remarks": dict(sorted(returned.remarks.items())),
    }


def returned_from_json(stored: object) -> Returned:
    """What :func:`returned_to_json` made this of.

    Raises:
        ValueError: it did not.
    """
    slip = slip_from_json(converted(stored, dict[str, Any]).get("slip"))
    read = converted(stored, _Stored)
    known = {line.id for line in slip.lines}
    if not (read.places.keys() | read.before.keys() | read.remarks.keys()) <= known:
        raise ValueError("lines that the slip does not have")
    before = {line_id: from_json(value) for line_id, value in read.before.items()}
    return Returned(slip=slip, at=read.at, places=read.places, before=before, remarks=read.remarks)
