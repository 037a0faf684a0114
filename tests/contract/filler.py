"""Fills any form of any pack: every field gets an answer that can be told from all others.

The answers are nonsense on purpose; they are there to be found again in Word, PDF and packages.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from types import MappingProxyType
from typing import TYPE_CHECKING

from pilotdesk.forms.evidence_codecs import EvidenceRef, evidence_code
from pilotdesk.forms.values import Attachment, MonthRange, Row

if TYPE_CHECKING:
    from pilotdesk.forms.model import Field, Form
    from pilotdesk.forms.values import Scalar, Value

RARE = "𠮷䶮㛃"
MARKUP = 'A<B & C>D "引" &amp; </w:t>'
EMOJI = "😀"


@dataclass
class Filler:
    """Counts, so that no two answers are alike.

    Attributes:
        pilot_field: the answer that decides what is relevant.
        yes: the answer of every 是/否 field.
        pick: which choice is taken of every other list, counted from its end.
        rows: rows of every table that may grow. long: characters of every longtext.
    """

    form: Form
    pilot_field: str = "F2"
    yes: bool = True
    pick: int = 0
    rows: int = 2
    long: int = 60
    count: int = 0

    def values(self) -> dict[str, Value]:
        """Path to value for every field, part and cell of the form."""
        found: dict[str, Value] = {}
        for name, field in self.form.fields.items():
            if field.calculation or field.type in {"statement", "signature", "calculated"}:
                continue
            if field.parts:
                found |= {f"{name}.{part.name}": self.scalar(part) for part in field.parts}
            elif field.type == "tree":
                found[name] = self.tree(field)
            elif field.columns:
                found[name] = self.table(field)
            elif field.type == "attachment":
                found[name] = self.files()
            else:
                found[name] = self.scalar(field)
        return found

    def next(self) -> int:
        """A number not given before."""
        self.count += 1
        return self.count

    def scalar(self, field: Field) -> Scalar:
        """An answer of the field's type."""
        number = self.next()
        made = {
            "text": lambda: f"{field.label}答{number}",
            "longtext": lambda: self.long_text(field, number),
            "integer": lambda: number,
            "decimal": lambda: Decimal(number) + Decimal("0.5"),
            "date": lambda: date(2026, 1, 1) + timedelta(days=number % 150),
            "month": lambda: f"2027-{number % 12 + 1:02d}",
            "month_range": lambda: MonthRange("2027-01", f"2028-{number % 12 + 1:02d}"),
            "region": lambda: "361000",
            "choice": lambda: self.choice(field),
            "multi_choice": lambda: tuple(choice.name for choice in self.form.lists[field.choices]),
            "dependent_choice": lambda: tuple(
                choice.name for choice in self.form.lists[field.choices] if choice.parent == self.pilot_field
            )[:2],
            "evidence": lambda: (EvidenceRef(evidence_code(number), ((number, number + 1),)).kept,),
            "attachment": self.files,
        }
        return made[field.type]()

    def files(self) -> tuple[Attachment, ...]:
        """One attached file of three pages."""
        return (Attachment(f"{self.next():064x}", f"附件{self.next()}.pdf", 10, "application/pdf", "", 3),)

    def choice(self, field: Field) -> str:
        """The pilot field asked for, 是 or 否 as told, otherwise the one picked."""
        names = [choice.name for choice in self.form.lists[field.choices]]
        if self.pilot_field in names:
            return self.pilot_field
        if set(names) == {"yes", "no"}:
            return "yes" if self.yes else "no"
        return names[-1 - self.pick % len(names)]

    def long_text(self, field: Field, number: int) -> str:
        """Two paragraphs with characters that writers stumble over."""
        opening = f"{field.label}第{number}段，{MARKUP}，{RARE}，{EMOJI}。"
        body = "".join(
            chr(0x4E00 + (number * 31 + at * 7) % 3000) for at in range(max(0, self.long - len(opening)))
        )
        return f"{opening}\n{body}。"

    def table(self, field: Field) -> tuple[Row, ...]:
        """Rows of a table; a table whose rows are fixed keeps their number."""
        count = len(field.rows) if field.fixed_rows and field.rows else self.rows
        return tuple(self.row(field) for _ in range(count))

    def row(self, field: Field, parent: str | None = None, **given: Scalar) -> Row:
        """One row with every column answered."""
        cells = {column.name: self.scalar(column) for column in field.columns if not column.calculation}
        return Row(f"r_{self.next():08x}", MappingProxyType(cells | given), parent)

    def tree(self, field: Field) -> tuple[Row, ...]:
        """One root, two groups, two leaves each."""
        nodes = [self.row(field, code="1", name="标准体系")]
        for group in (100, 200):
            nodes.append(self.row(field, nodes[0].id, code=str(group), name=f"类别{group}"))
            above = nodes[-1].id
            nodes += [self.row(field, above, code=str(group + n), name=f"子类{group + n}") for n in (1, 2)]
        return tuple(nodes)
