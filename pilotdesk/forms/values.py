"""What one answer can be: the plain, immutable values that sessions hold and drafts keep.

Unanswered is ``None`` everywhere, never 0, "" or a first choice. What was typed and could not be read
is kept as :class:`Unparsed`, stored and shown again as typed.

Paths name one answer:

* ``name`` — a scalar field, an attachment field, or a whole table or tree;
* ``leader.mobile`` — one part of a person field (parts are answers of their own);
* ``targets[r_7f3a].value_2027`` — one cell, by the row's stable id, so that sorting, deleting and
  merging never move an answer.
"""

from __future__ import annotations

import os
import re
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

import msgspec

from pilotdesk.record import Record

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

CELL_PATH: Final = re.compile(
    r"^(?P<table>[a-z][a-z0-9_]*)\[(?P<row>r_[0-9a-z_]+)\]\.(?P<column>[a-z][a-z0-9_]*)$"
)


class Unparsed(Record, frozen=True):
    """Text as it was typed, in a field whose type could not read it."""

    text: str


class MonthRange(Record, frozen=True):
    """A period in whole months, both ends included, each ``YYYY-MM``; ``None`` is an open end."""

    start: str | None
    end: str | None


class Attachment(Record, frozen=True):
    """A file kept with the draft. ``sha256`` (64 hex digits) is its content, ``size`` is in bytes.

    ``pages`` is what it takes when all files are bound into one PDF; 0 where nobody has counted yet.
    """

    sha256: str
    file_name: str
    size: int
    media_type: str = "application/octet-stream"
    note: str = ""
    pages: int = 0


Scalar = None | str | int | Decimal | date | MonthRange | tuple[str, ...] | tuple[Attachment, ...] | Unparsed
"""A value without rows: months are ``YYYY-MM`` strings, several choices a tuple of choice names."""


class Row(Record, frozen=True):
    """One row of a table, or one node of a tree.

    Attributes:
        id: ``r_`` and 8 hex digits, or what an answers file calls it; unique in its table and never reused.
        cells: column name to value; a column that is missing is unanswered.
        parent: id of the parent node in a tree, ``None`` at the top and in plain tables.
    """

    id: str
    cells: Mapping[str, Scalar] = msgspec.field(default_factory=lambda: MappingProxyType({}))
    parent: str | None = None

    def cell(self, column: str) -> Scalar:
        """The value of one cell; ``None`` when unanswered."""
        return self.cells.get(column)

    def with_cell(self, column: str, value: Scalar) -> Row:
        """A copy with one cell changed; ``None`` takes the cell away."""
        cells = {**self.cells, column: value}
        if value is None:
            del cells[column]
        return Row(self.id, MappingProxyType(cells), self.parent)


Value = Scalar | tuple[Row, ...]


def new_row_id() -> str:
    """A fresh row id, 32 bits of randomness; callers check for a clash inside the table."""
    return f"r_{os.urandom(4).hex()}"


def is_row_id(text: str) -> bool:
    """Whether a text can be the id of a row."""
    return split_cell_path(cell_path("t", text, "c")) is not None


def cell_path(table: str, row_id: str, column: str) -> str:
    """The path of one cell."""
    return f"{table}[{row_id}].{column}"


def split_cell_path(path: str) -> tuple[str, str, str] | None:
    """Table, row id and column of a cell path; ``None`` for every other path."""
    found = CELL_PATH.match(path)
    return (found["table"], found["row"], found["column"]) if found else None


def field_name(path: str) -> str:
    """The name of the field that a path belongs to: ``leader`` for ``leader.mobile``."""
    return re.split(r"[.\[]", path, maxsplit=1)[0]


def attachments_in(values: Mapping[str, Value]) -> Iterator[Attachment]:
    """Every file that these answers name, those in rows too, in their order."""
    for value in values.values():
        for part in value if isinstance(value, tuple) else ():
            if isinstance(part, Attachment):
                yield part
            elif isinstance(part, Row):
                yield from attachments_in(part.cells)


def is_blank(value: Value) -> bool:
    """Whether nothing was answered: ``None``, an empty tuple or text of white space only."""
    if isinstance(value, str):
        return not value.strip()
    if isinstance(value, MonthRange):
        return value.start is None and value.end is None
    return value is None or value == ()
