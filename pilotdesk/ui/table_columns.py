"""How wide the columns of a table are: by definition and type, never by measuring every cell."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtGui import QFontMetrics

if TYPE_CHECKING:
    from pilotdesk.forms.model import Field, Form
    from pilotdesk.ui.theme import Look

LEAST_PX: Final = {
    "text": 92, "longtext": 150, "integer": 64, "decimal": 72, "date": 96, "month": 82, "month_range": 178,
    "choice": 84, "multi_choice": 130, "dependent_choice": 130, "region": 150, "calculated": 72,
}  # fmt: skip
"""Least width of a column by type, px at 标准; the heading may ask for more."""
MOST_CHOICE_PX: Final = 170
SCROLLED_PX: Final = 4.6
"""Width of a text column in a table that scrolls sideways, px at 标准 a mm of its printed width."""
_WEIGHT_MM: Final = {"text": 26.0, "longtext": 40.0, "choice": 18.0, "month_range": 34.0, "region": 34.0}


def least_width(look: Look, field: Field, form: Form) -> int:
    """Width below which a column is of no use: heading in one line, a date in one piece, most choices."""
    heading = f"{field.label}（{field.unit}）" if field.unit else field.label
    needed = QFontMetrics(look.font("small", 500)).horizontalAdvance(heading) + look.scaled(20)
    if field.choices and field.type == "choice":
        metrics = QFontMetrics(look.font("small"))
        labels = [metrics.horizontalAdvance(choice.label) for choice in form.lists[field.choices]]
        needed = max(needed, min(max(labels, default=0) + look.scaled(24), look.scaled(MOST_CHOICE_PX)))
    short = field.type == "text" and field.print.align == "center"
    return max(needed, look.scaled(56 if short else LEAST_PX.get(field.type, 92)))


def weights(table: Field) -> list[float]:
    """The share of each column in what is left over: its printed width in mm, or a width by type."""
    printed = list(table.print.widths)
    columns = [field for field in table.columns if field.print.layout != "none" and not field.print.join]
    if len(printed) == len(columns) + 1:
        printed = printed[1:]
    by_name = dict(zip([field.name for field in columns], printed, strict=False))
    return [by_name.get(field.name, _WEIGHT_MM.get(field.type, 16.0)) for field in table.columns]


def column_widths(look: Look, table: Field, form: Form, room: int) -> tuple[list[int], bool]:
    """Widths of all columns in px, and whether they fit into ``room``.

    What is left over goes to columns of text, because numbers and dates gain nothing by it.
    """
    least = [least_width(look, field, form) for field in table.columns]
    left = room - sum(least)
    if left < 0:
        wide = [look.scaled(weight * SCROLLED_PX) for weight in weights(table)]
        return [
            max(width, more) if field.type in {"text", "longtext"} else width
            for width, more, field in zip(least, wide, table.columns, strict=True)
        ], False
    shares = [
        weight if field.type in {"text", "longtext"} else weight / 6
        for weight, field in zip(weights(table), table.columns, strict=True)
    ]
    total = sum(shares)
    widths = [width + int(left * share / total) for width, share in zip(least, shares, strict=True)]
    widths[max(range(len(widths)), key=shares.__getitem__)] += room - sum(widths)
    return widths, True
