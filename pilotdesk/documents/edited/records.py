"""What somebody changed in a Word file, ready to be shown and taken over."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import msgspec

from pilotdesk.forms.values import Unparsed, Value
from pilotdesk.record import Record

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pilotdesk.documents.edited.notes import Note
    from pilotdesk.documents.edited.sections import Leftover
    from pilotdesk.documents.identity import Identity

How = Literal["bookmark", "label", "position"]
"""How a place was found: by its bookmark; by the printed words beside it; by where it stands in its table."""


class Edit(Record, frozen=True, kw_only=True):
    """One answer that the file has otherwise than the draft.

    Attributes:
        path: under which it is printed and chosen. step: name of the part; label: number and label.
        before: as the draft prints it now; after: as the file has it.
        values: path to value, several where a cell holds several columns; unreadable text is kept as ``Unparsed``.
        chars: 字数 before and after. how: see :data:`How`; confidence: 0…1, that this is the place.
        conflict: whether the draft was changed there too since the file was written.
        adoptable: whether it can be taken over; not what is worked out, carried, or a list of files.
    """

    path: str
    step: str
    label: str
    before: str
    after: str
    values: Mapping[str, Value]
    chars: tuple[int, int]
    how: str
    confidence: float
    conflict: bool = False
    adoptable: bool = True

    @property
    def unread(self) -> bool:
        """Whether some of it could not be read, so that it becomes a 请核实."""
        return any(isinstance(value, Unparsed) for value in self.values.values())


class RowEdit(Record, frozen=True, kw_only=True):
    """A row that was put in, taken out or moved.

    Attributes:
        path: under which it is chosen: ``targets[r_7f3a]``, of a new row ``targets[+1]``.
        kind: ``added``, ``removed`` or ``moved``. table, key: its field, and its id or ``+1``.
        step, label, conflict, adoptable: as of an :class:`Edit`. text: what the row says.
        values: column to value of an added row. place: from 1, where it stands in the file; 0 for a removed one.
    """

    path: str
    kind: Literal["added", "removed", "moved"]
    table: str
    key: str
    step: str
    label: str
    text: str
    values: Mapping[str, Value] = msgspec.field(default_factory=dict)
    place: int = 0
    conflict: bool = False
    adoptable: bool = True

    @property
    def unread(self) -> bool:
        """As :attr:`Edit.unread`."""
        return any(isinstance(value, Unparsed) for value in self.values.values())


class Missing(Record, frozen=True):
    """An answer whose place was not found in the file: nobody knows what became of it."""

    path: str
    step: str
    label: str


class Edits(Record, frozen=True, kw_only=True):
    """Everything that was found in one file.

    Attributes:
        identity: whose the file is. blank: whether it is a filled blank form.
        edits, rows: what was changed, in the order of the form.
        orders: table to the ids or keys of its rows, in the order of the file.
        missing: places that were not found. leftover: text that belongs nowhere.
        notes: comments, footnotes and endnotes, which are no answers.
        compared: answers that were found and looked at.
        known: whether the file tells what it was written with. If not, everything that differs from the draft is listed,
            and nobody knows which of the two was changed.
    """

    identity: Identity
    blank: bool
    edits: tuple[Edit, ...]
    rows: tuple[RowEdit, ...]
    orders: Mapping[str, tuple[str, ...]]
    missing: tuple[Missing, ...]
    leftover: tuple[Leftover, ...]
    compared: int
    known: bool = True
    notes: tuple[Note, ...] = ()

    @property
    def all(self) -> tuple[Edit | RowEdit, ...]:
        """Changed answers, then changed rows."""
        return (*self.edits, *self.rows)

    def __bool__(self) -> bool:
        """Whether anything was changed that somebody has to look at."""
        return bool(self.edits or self.rows or self.missing or self.leftover or self.notes)
