"""Answers as they are printed, each of them noted once in order of printing."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Final

from pilotdesk.documents.blocks import Cell, PrintedAnswer, Tick
from pilotdesk.forms.codecs import WITHOUT_CODEC, codec_for
from pilotdesk.forms.lookup import number_and_label
from pilotdesk.forms.model import Print
from pilotdesk.forms.values import Attachment, MonthRange, Row, Unparsed, is_blank

if TYPE_CHECKING:
    from pilotdesk.documents.blocks import Align, CellRole
    from pilotdesk.forms.codecs import Codec
    from pilotdesk.forms.model import Choice, Field, Form, Group, Step
    from pilotdesk.forms.snapshot import Snapshot
    from pilotdesk.forms.values import Value

CENTERED: Final = frozenset({"integer", "decimal", "date", "month", "month_range", "choice", "calculated"})
"""Types whose cells stand in the middle of a table column (print target §5.1)."""

_TWO_HAN: Final = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]{2}")
"""A name of two characters is spread to three (print target §3.2)."""


def _month(month: str, after: str = "") -> str:
    """``2027-03`` as 2027年3月; without the year when it is that of ``after``."""
    year, number = month.split("-")
    return f"{int(number)}月" if after[:4] == year else f"{year}年{int(number)}月"


class Printing:
    """Turns values into printed text and remembers every answer that was printed.

    Attributes:
        answers: what was printed so far, in order.
        printed: the same, and the words that stand where nothing was answered (无).
    """

    def __init__(self, form: Form, snapshot: Snapshot) -> None:
        self.form: Final = form
        self.answers: list[PrintedAnswer] = []
        self.printed: list[PrintedAnswer] = []
        self._snapshot = snapshot
        self._row_words: dict[tuple[str, str], list[str]] = {}
        self._codecs: dict[int, Codec] = {}
        self._names = [part for owner in form.fields.values() for part in owner.parts if part.name == "name"]

    # -- what is there ---------------------------------------------------------------------------

    def shows(self, part: Step | Group | Field) -> bool:
        """Whether a step, group or field is printed in its place: relevant, and not laid out as nothing or pictures."""
        layout = getattr(getattr(part, "print", None), "layout", "")
        return self.is_relevant(part) and layout not in {"none", "pictures"}

    def is_relevant(self, part: Step | Group | Field) -> bool:
        """Whether a step, group or field is asked at all."""
        prefix = {"Step": "step:", "Group": "group:"}.get(type(part).__name__, "")
        return f"{prefix}{part.name}" not in self._snapshot.irrelevant

    def value(self, path: str) -> Value:
        """The value at a path; ``None`` when unanswered."""
        return self._snapshot.value(path)

    def rows(self, table: str) -> tuple[Row, ...]:
        """The rows of a table, or nodes of a tree."""
        value = self._snapshot.value(table)
        return tuple(row for row in value if isinstance(row, Row)) if isinstance(value, tuple) else ()

    def choices(self, field: Field) -> tuple[Choice, ...]:
        """The choices of a field as they stand now; of a dependent list only those of its parent."""
        listed = self.form.lists[field.choices]
        if field.type != "dependent_choice":
            return listed
        parent = self.value(field.depends_on)
        return tuple(choice for choice in listed if choice.parent == parent)

    # -- text ------------------------------------------------------------------------------------

    def plain(self, field: Field, value: Value) -> str:
        """A value as printed, with its unit; empty for an unanswered one. Nothing is noted."""
        if is_blank(value):
            return ""
        if isinstance(value, Unparsed):
            return value.text
        if isinstance(value, tuple) and any(isinstance(part, Attachment) for part in value):
            return "；".join(part.file_name for part in value if isinstance(part, Attachment))
        if field.type in WITHOUT_CODEC:
            return ""
        text = self._codec(field).print_text(value)
        return text + field.unit if field.unit and field.unit not in text else text

    def narrow(self, field: Field, value: Value) -> str:
        """A value as printed in a table column: dates 2026-06-02, periods on two lines (print target §3.2)."""
        if isinstance(value, date):
            return value.isoformat()
        if isinstance(value, MonthRange) and value.start and value.end:
            return f"{_month(value.start)}\n至{_month(value.end, after=value.start)}"
        if isinstance(value, str) and (field.private or field in self._names) and _TWO_HAN.fullmatch(value):
            return f"{value[0]}　{value[1]}"
        return self.plain(field, value)

    def text(self, path: str, field: Field, value: Value, *, narrow: bool = False) -> str:
        """A value as printed, noted as an answer; :meth:`blank` for an unanswered one."""
        printed = self.narrow(field, value) if narrow else self.plain(field, value)
        if printed:
            self.note(path, printed)
            return printed
        return self._unanswered(path, field)

    def _unanswered(self, path: str, field: Field) -> str:
        """What is printed for no answer, remembered as printed."""
        word = self.blank(field)
        if word:
            self.printed.append(PrintedAnswer(path, "", word))
        return word

    @staticmethod
    def blank(field: Field) -> str:
        """What is printed for no answer: the pack's word (无) if it is optional.

        A required one stays blank for the pen, and so does a number that is worked out, unless the pack has a word of
        its own for it.
        """
        is_worked_out = field.calculation and field.type in {"integer", "decimal"}
        if field.required is True or (is_worked_out and field.print.empty == Print().empty):
            return ""
        return field.print.empty

    def note(self, path: str, text: str) -> None:
        """Remember that an answer was printed."""
        label = number_and_label(self.form, path, self._snapshot.values, self._row_words)
        self.answers.append(PrintedAnswer(path, label, text))
        self.printed.append(self.answers[-1])

    def cell(
        self,
        path: str,
        field: Field,
        value: Value,
        *,
        role: CellRole = "value",
        align: Align = "left",
        span: int = 1,
        narrow: bool = False,
    ) -> Cell:
        """A cell holding one answer; ``narrow`` in table columns."""
        return Cell(self.text(path, field, value, narrow=narrow), role, align, span, path=path)

    def joined_cell(
        self,
        parts: list[tuple[str, Field]],
        row: Row,
        *,
        role: CellRole,
        align: Align = "left",
        span: int = 1,
    ) -> Cell:
        """A cell holding several columns of a row, a line each, noted as one answer under the first path."""
        lines = [self.narrow(column, row.cell(column.name)) for _, column in parts]
        text = "\n".join(line for line in lines if line)
        if text:
            self.note(parts[0][0], text)
        return Cell(text or self._unanswered(*parts[0]), role, align, span, path=parts[0][0])

    def explained_cell(self, parts: list[tuple[str, Field]], row: Row, *, span: int) -> Cell:
        """A cell with a choice and what explains it in brackets, noted as one answer under the first path.

        Choices with ticks as long as nothing explains them.
        """
        (path, field), *rest = parts
        value = row.cell(field.name)
        remarks = "，".join(text for _, part in rest if (text := self.narrow(part, row.cell(part.name))))
        if not remarks:
            return self.ticks(path, field, value, span=span)
        chosen = self.narrow(field, value)
        text = f"{chosen}（{remarks}）" if chosen else remarks
        self.note(path, text)
        return Cell(text, "value", "left", span, path=path)

    def ticks(self, path: str, field: Field, value: Value, *, span: int = 1) -> Cell:
        """A cell with all choices of a field and a tick at those taken.

        An answer that has no box, is not in the list, or not readable, is printed as text beside them.
        """
        taken = set(value) if isinstance(value, tuple) else {value}
        boxed = [choice for choice in self.choices(field) if choice.boxed]
        boxes = [Tick(choice.label, choice.name in taken) for choice in boxed]
        known = {choice.name for choice in boxed}
        beside = [part for part in taken if part is not None and part not in known]
        boxes += [Tick(self.plain(field, part), True) for part in beside]  # type: ignore[arg-type]
        labels = "；".join(box.label for box in boxes if box.taken)
        if labels:
            self.note(path, labels)
        return Cell("", "value", "left", span, path=path, ticks=tuple(boxes))

    def _codec(self, field: Field) -> Codec:
        """One codec per definition; the form outlives this printing, so its ids are stable."""
        if id(field) not in self._codecs:
            self._codecs[id(field)] = codec_for(field, self.form.lists)
        return self._codecs[id(field)]
