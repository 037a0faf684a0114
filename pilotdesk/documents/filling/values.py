"""What is written into a place: the printed text of an answer, as the place wants it."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from pilotdesk.documents.filling.normal import MONEY, UNITS
from pilotdesk.documents.outline.printing import Printing
from pilotdesk.documents.outline.tables import structure_figure
from pilotdesk.documents.word.markup import printable
from pilotdesk.forms.aliases import KEYED
from pilotdesk.forms.lookup import column_of, field_at
from pilotdesk.forms.regions import divisions
from pilotdesk.forms.values import MonthRange, is_blank

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pilotdesk.documents.blocks import Figure
    from pilotdesk.forms.model import Choice, Field, Form
    from pilotdesk.forms.snapshot import Snapshot
    from pilotdesk.forms.values import Row, Value

_ROW: Final = re.compile(r"(?P<table>[a-z][a-z0-9_]*)\[(?P<row>[^\]]*)\]\.(?P<column>[a-z][a-z0-9_]*)")
_GAP: Final = "　"
_COUNTED: Final = frozenset({"人", "家", "分", "年"})
"""Units that a number does without where its label says what is counted."""


class Values:
    """The answers of a draft as a template's places want them. Unanswered and irrelevant ones are empty, never 无.

    Attributes:
        form: the form.
    """

    def __init__(self, form: Form, snapshot: Snapshot) -> None:
        self.form: Final = form
        self._printing = Printing(form, snapshot)

    def text(self, path: str, *, unit: str = "") -> str:
        """The printed text of a path or of several joined by ``+``; without a unit that the place has itself."""
        paths = path.split("+")
        texts = [self._one(one, unit) for one in paths]
        gap = "\n" if len(paths) > 1 and self.field(path).type == "longtext" else _GAP
        return gap.join(text for text in texts if text)

    def value(self, path: str) -> Value:
        """The value of a path; ``None`` for one that is unanswered, irrelevant or of a row that is not there."""
        found = _ROW.fullmatch(path)
        if found is None:
            return self._printing.value(path) if self._shows(path) else None
        row = self._row(found["table"], found["row"])
        return None if row is None or not self._shows(found["table"]) else row.cell(found["column"])

    def rows(self, table: str) -> tuple[Row, ...]:
        """The rows of a table; none of an irrelevant one."""
        return self._printing.rows(table) if self._shows(table) else ()

    def cell(self, table: str, row: Row, columns: str, *, unit: str = "") -> str:
        """The printed text of a row's column, or of several joined by ``+``."""
        texts = []
        for path in columns.split("+"):
            column = column_of(self.form.fields[table], path.rpartition(".")[2])
            texts.append(self._print(column, row.cell(column.name), unit))
        return _GAP.join(text for text in texts if text)

    def choices(self, path: str) -> tuple[tuple[Choice, ...], str, frozenset[str]]:
        """The choices of a field, the name of their list, and the names of those taken."""
        field = self.field(path)
        value = self.value(path)
        taken = value if isinstance(value, tuple) else (value,)
        choices = self._printing.choices(field) if field.choices else ()
        return choices, field.choices, frozenset(str(one) for one in taken if one is not None)

    def field(self, path: str) -> Field:
        """The definition behind the first of some joined paths."""
        return field_at(self.form, re.sub(r"\[[^\]]*\]", "[r_0]", path.partition("+")[0]))

    def region(self, path: str) -> tuple[str, str, str]:
        """Province, city and county of a region; empty where they are not there."""
        value = self.value(path)
        code, _, own = value.partition(":") if isinstance(value, str) else ("", "", "")
        known = divisions()
        names = [known.names.get(one, "") for one in (f"{code[:2]}0000", f"{code[:4]}00")]
        county = own or ("" if code.endswith("00") else known.names.get(code, ""))
        return names[0], names[1] if f"{code[:4]}00" != f"{code[:2]}0000" else "", county

    def dates(self, path: str) -> Iterator[str]:
        """The numbers of a day, or of the months of a period, in order: year, month, day, or year, month, year, month."""
        value = self.value(path)
        if isinstance(value, date):
            yield from (str(value.year), str(value.month), str(value.day))
        elif isinstance(value, MonthRange):
            for month in (value.start, value.end):
                year, _, number = (month or "").partition("-")
                yield from (year, number.lstrip("0"))
        elif isinstance(value, str) and re.fullmatch(r"\d{4}-\d{2}", value):
            yield from (value[:4], value[5:].lstrip("0"))

    def figure(self, path: str) -> Figure:
        """A tree as the outline's figure."""
        field = self.form.fields[path]
        return structure_figure(self._printing, field, "")

    def everything(self) -> Iterator[str]:
        """Every path with an answer: fields, parts, tables, attachments; also what our own print leaves out, but no settings."""
        for name, field in self.form.fields.items():
            if field.print.layout == "none" and field.type == "multi_choice":
                continue  # which blocks our own print has
            if field.type in {"attachment", "evidence"}:
                if not is_blank(self.value(name)):
                    yield name
            elif field.parts:
                yield from (one for part in field.parts if self.text(one := f"{name}.{part.name}"))
            elif field.columns:
                if self.rows(name) and not field.calculation:
                    yield name
            elif field.calculation not in self.form.fields and self.text(name):
                yield name

    # -- one answer ------------------------------------------------------------------------------

    def _one(self, path: str, unit: str) -> str:
        value = self.value(path)
        return "" if is_blank(value) else self._print(self.field(path), value, unit)

    def _print(self, field: Field, value: Value, unit: str) -> str:
        if unit in MONEY and field.unit in MONEY and unit != field.unit and isinstance(value, int | Decimal):
            return counted_in(Decimal(value), field.unit, unit)
        text = printable(self._printing.plain(field, value))
        bare = unit in UNITS or field.unit in _COUNTED
        for end in {unit, field.unit if bare else ""} - {""}:
            if text.endswith(end) and len(text) > len(end):
                return text.removesuffix(end)
        return text

    def _shows(self, path: str) -> bool:
        name = path.partition(".")[0]
        field = self.form.fields.get(name)
        if field is None:
            return False
        step = next(step for step in self.form.steps if step.name == self.form.step_of[name])
        group = next(group for group in step.group if field in group.field)
        return all(self._printing.is_relevant(part) for part in (step, group, field))

    def _row(self, table: str, asked: str) -> Row | None:
        rows = self._printing.rows(table)
        if asked.isdecimal():
            return rows[int(asked) - 1] if 0 < int(asked) <= len(rows) else None
        keyed = KEYED.fullmatch(f"[{asked}]")
        if keyed is None:
            return None
        return next((row for row in rows if row.cell(keyed["column"]) == keyed["choice"]), None)


def counted_in(amount: Decimal, of: str, unit: str) -> str:
    """A sum of money in another unit, exactly: 32.5 万元 are 325000 元."""
    shifted = amount.scaleb(MONEY[of] - MONEY[unit])
    text = format(shifted, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
