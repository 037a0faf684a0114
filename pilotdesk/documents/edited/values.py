"""Printed text back into values: what people wrote in a cell, read by the codec of its field."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from pilotdesk.documents.edited.ticks import has_boxes, taken_labels, words_beside
from pilotdesk.documents.outline.columns import columns_of
from pilotdesk.documents.outline.printing import Printing
from pilotdesk.forms.choice_codecs import ChoiceList, MultiChoiceCodec
from pilotdesk.forms.codecs import WITHOUT_CODEC, codec_for
from pilotdesk.forms.lookup import field_at
from pilotdesk.forms.values import Row, Unparsed, split_cell_path

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pilotdesk.forms.codecs import Codec
    from pilotdesk.forms.model import Field, Form
    from pilotdesk.forms.snapshot import Snapshot
    from pilotdesk.forms.values import Scalar, Value

_SPREAD: Final = re.compile(
    r"([\u3400-\u9fff\U00020000-\U0003ffff])[ \u3000]+([\u3400-\u9fff\U00020000-\U0003ffff])"
)
_WRITTEN: Final = frozenset({"text", "longtext"})
_LISTED: Final = frozenset({"choice", "multi_choice", "dependent_choice"})
_REMARKS: Final = re.compile(r"(?P<chosen>[^（(]*)[（(](?P<remarks>.*)[)）]\s*", re.DOTALL)

READ_ONLY: Final = WITHOUT_CODEC | {"calculated"}
"""Types that are never read from a document."""


class PrintedValues:
    """Reads what is printed of one draft's form.

    Args:
        form: the form.
        snapshot: the draft, for the parent of a dependent list and the structure of joined cells.
    """

    def __init__(self, form: Form, snapshot: Snapshot) -> None:
        self.form = form
        self.printing = Printing(form, snapshot)
        self._snapshot = snapshot
        self._codecs: dict[int, Codec] = {}
        self._columns = {
            (field.name, names[0]): names
            for field in form.fields.values()
            if field.columns
            for names in columns_of(form, field)
            if names
        }

    def value_at(self, path: str) -> Value:
        """The draft's value at any path; ``None`` when the row is gone."""
        place = split_cell_path(path)
        if place is None:
            return self._snapshot.value(path)
        row = self.row(place[0], place[1])
        return row.cell(place[2]) if row else None

    @property
    def all_values(self) -> Mapping[str, Value]:
        """The draft's values by path."""
        return self._snapshot.values

    def columns_in(self, table: str, first: str) -> tuple[str, ...]:
        """The columns that are printed in the cell of ``first``, itself among them."""
        return self._columns.get((table, first), (first,))

    def row(self, table: str, row_id: str) -> Row | None:
        """A row of the draft."""
        return next((row for row in self.printing.rows(table) if row.id == row_id), None)

    def can_be_read(self, path: str) -> bool:
        """Whether an answer can be taken from a document: it is typed by people and neither worked out nor carried."""
        field = field_at(self.form, path)
        return not (field.calculation or field.fixed or field.type in READ_ONLY)

    def scalar(self, field: Field, text: str) -> Scalar:
        """The answer that a printed text stands for; ``None`` for blank and for the word printed for no answer."""
        kept = "\n".join(line.strip() for line in text.split("\n") if line.strip())
        if not kept or (field.type not in _LISTED and kept == Printing.blank(field)):
            return None
        if field.type in _LISTED:
            found = self._choice(field, kept)
            return None if isinstance(found, Unparsed) and kept == Printing.blank(field) else found
        if field.unit and field.type in _WRITTEN:
            kept = kept.removesuffix(field.unit).rstrip() or kept
        if self._is_name(field) and (spread := _SPREAD.fullmatch(kept)):
            kept = spread[1] + spread[2]
        return self._codec(field).parse(kept)

    def said(self, path: str, text: str, ticks: Sequence[str] = ()) -> str:
        """What a cell says: of choices the ticked ones, with what was written beside them in brackets."""
        return self._said(field_at(self.form, path), text, ticks)

    def _said(self, field: Field, text: str, ticks: Sequence[str] = ()) -> str:
        if field.type not in _LISTED or not has_boxes(text):
            return text
        labels = ticks or [choice.label for choice in self.printing.choices(field)]
        taken, remarks = "；".join(taken_labels(text, labels)), words_beside(text, labels)
        return f"{taken}（{remarks}）" if remarks else taken

    def together(self, fields: Sequence[Field], before: Sequence[Value], text: str) -> tuple[Scalar, ...]:
        """The answers in one cell, a column each.

        Args:
            fields: the columns in it, usually one.
            before: see :meth:`joined`.
            text: the cell.
        """
        first = fields[0]
        text = self._said(first, text)
        if len(fields) == 1:
            return (None if first.type in READ_ONLY else self.scalar(first, text),)
        if first.print.layout == "options":
            return self.explained(fields, text)
        return self.joined(fields, before, text)

    def joined(self, fields: Sequence[Field], before: Sequence[Value], text: str) -> tuple[Scalar, ...]:
        """The answers in a cell that holds several columns, a line each.

        Args:
            fields: the columns.
            before: what the draft has in them, which tells how many lines each took.
            text: the cell.
        """
        lines = [line.strip() for line in text.split("\n") if line.strip()]
        old = [
            self.printing.narrow(field, value).split("\n")
            for field, value in zip(fields, before, strict=True)
        ]
        counts = [len(part) if any(part) else 0 for part in old]
        if sum(counts) != len(lines):
            counts = self._counts(fields, old, lines)
        taken: list[Scalar] = []
        for field, count in zip(fields, counts, strict=True):
            taken.append(self._unless_file(field, "\n".join(lines[:count])))
            del lines[:count]
        return tuple(taken)

    def explained(self, fields: Sequence[Field], text: str) -> tuple[Scalar, ...]:
        """A choice and what explains it in brackets: ``不适用（事业单位）``."""
        found = _REMARKS.fullmatch(text.strip())
        first = self.scalar(fields[0], found["chosen"] if found else text)
        remarks = [found["remarks"]] if found else []
        if len(fields) > 2 and found:  # no more pieces than columns; ``maxsplit=0`` would mean any number
            remarks = re.split("[，,]", found["remarks"], maxsplit=len(fields) - 2)
        remarks += [""] * (len(fields) - 1 - len(remarks))
        return (first, *(self.scalar(field, words) for field, words in zip(fields[1:], remarks, strict=True)))

    # -- inside ----------------------------------------------------------------------------------

    def _counts(
        self, fields: Sequence[Field], old: Sequence[Sequence[str]], lines: Sequence[str]
    ) -> list[int]:
        """How many lines each column takes in a cell whose lines came or went: those that stayed hold their place."""
        counts = [0] * len(fields)
        at = 0
        for number, line in enumerate(lines):
            same = [place for place in range(at, len(fields)) if line in old[place]]
            readable = [place for place in range(at, len(fields)) if self._reads(fields[place], line)]
            free = [place for place in readable if not counts[place]]
            left = len(lines) - number
            place = (same or [p for p in free if len(fields) - p >= left] or free or readable or [at])[0]
            counts[place] += 1
            at = place
        return counts

    def _reads(self, field: Field, line: str) -> bool:
        return field.type in WITHOUT_CODEC or not isinstance(self.scalar(field, line), Unparsed)

    def _unless_file(self, field: Field, text: str) -> Scalar:
        return None if field.type in WITHOUT_CODEC else self.scalar(field, text)

    def _choice(self, field: Field, text: str) -> Scalar:
        if field.type == "dependent_choice":
            listed = ChoiceList(self.printing.choices(field), field.other)
            found = MultiChoiceCodec(listed).parse(text)
            if not isinstance(found, Unparsed):
                return found
        return self._codec(field).parse(text)

    def _is_name(self, field: Field) -> bool:
        return field.private or field.name == "name"

    def _codec(self, field: Field) -> Codec:
        if id(field) not in self._codecs:
            self._codecs[id(field)] = codec_for(field, self.form.lists)
        return self._codecs[id(field)]
