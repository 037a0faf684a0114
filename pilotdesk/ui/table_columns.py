"""How wide the columns of a table are: by definition and type, never by measuring every cell."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtGui import QFontMetrics

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pilotdesk.forms.model import Field, Form
    from pilotdesk.ui.theme import Look

LEAST_PX: Final = {
    "text": 92, "longtext": 150, "integer": 64, "decimal": 72, "date": 96, "month": 82, "month_range": 178,
    "choice": 84, "multi_choice": 130, "dependent_choice": 130, "region": 150, "calculated": 72,
    "evidence": 110, "attachment": 160,
}  # fmt: skip
"""Least width of a column by type, px at 标准; the heading may ask for more."""
LOCK_PX: Final = 14
"""Side of the lock before the name of a fixed column, px at 标准."""
MOST_CHOICE_PX: Final = 170
SCROLLED_PX: Final = 4.6
"""Width of a text column of an empty table that scrolls sideways, px at 标准 a mm of its printed width."""
WIDEST_PX: Final = 230
"""Width beyond which no text column grows for its content; the rest is in the tooltip and in the cell's editor."""
_WEIGHT_MM: Final = {"text": 26.0, "longtext": 40.0, "choice": 18.0, "month_range": 34.0, "region": 34.0}


def least_width(look: Look, field: Field, form: Form) -> int:
    """Width below which a column is of no use: heading in one line, a date in one piece, most choices."""
    heading = f"{field.label}（{field.unit}）" if field.unit else field.label
    needed = QFontMetrics(look.font("small", 500)).horizontalAdvance(heading) + look.scaled(20)
    needed += look.scaled(LOCK_PX + 6) if field.fixed else 0
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


def column_widths(
    look: Look, table: Field, form: Form, room: int, sample: Sequence[Sequence[str]] = ()
) -> tuple[list[int], bool]:
    """Widths of all columns in px, and whether they fit into ``room``.

    What is left over goes first to columns whose content is cut, then to columns of text, because numbers and
    dates gain nothing by it.

    Args:
        look: the theme in force.
        table: its definition.
        form: for the choice lists.
        room: px there are for the columns.
        sample: texts of some rows.
    """
    least = [least_width(look, field, form) for field in table.columns]
    wanted = _wanted(look, table, least, sample)
    left = room - sum(least)
    if left < 0:
        return wanted, False
    lacking = [more - width for more, width in zip(wanted, least, strict=True)]
    given = min(1.0, left / sum(lacking)) if sum(lacking) else 0.0
    widths = [width + int(more * given) for width, more in zip(least, lacking, strict=True)]
    shares = [
        weight if field.type in {"text", "longtext"} else weight / 6
        for weight, field in zip(weights(table), table.columns, strict=True)
    ]
    left = room - sum(widths)
    widths = [width + int(left * share / sum(shares)) for width, share in zip(widths, shares, strict=True)]
    widths[max(range(len(widths)), key=shares.__getitem__)] += room - sum(widths)
    return widths, True


def _wanted(look: Look, table: Field, least: list[int], sample: Sequence[Sequence[str]]) -> list[int]:
    """Widths at which the sampled texts stand in one piece, within limits; at least a share of the printed width."""
    metrics = QFontMetrics(look.font("small"))
    wanted = []
    for at, (field, width) in enumerate(zip(table.columns, least, strict=True)):
        if field.type not in {"text", "longtext"}:
            wanted.append(width)
            continue
        longest = max((metrics.horizontalAdvance(row[at]) for row in sample), default=0) + look.scaled(22)
        printed = look.scaled(weights(table)[at] * SCROLLED_PX) if not sample else 0
        wanted.append(max(width, min(look.scaled(WIDEST_PX), max(longest, printed))))
    return wanted
