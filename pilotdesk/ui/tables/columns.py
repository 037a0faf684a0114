"""How wide the columns of a table are: by definition and type, never by measuring every cell."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtGui import QFontMetrics

from pilotdesk.ui.tables.head import heading_width

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from pilotdesk.forms.model import Field, Form
    from pilotdesk.ui.look.theme import Look

LEAST_PX: Final = {
    "text": 92, "longtext": 150, "integer": 64, "decimal": 72, "date": 96, "month": 82, "month_range": 178,
    "choice": 84, "multi_choice": 130, "dependent_choice": 130, "region": 150, "calculated": 72,
    "evidence": 110, "attachment": 116,
}  # fmt: skip
"""Least width of a column by type, px at 标准; the heading may ask for more."""
TIGHT_PX: Final = {
    "text": 104, "longtext": 150, "integer": 50, "decimal": 54, "date": 96, "month": 82, "month_range": 108,
    "choice": 56, "multi_choice": 110, "dependent_choice": 110, "region": 120, "calculated": 60,
    "evidence": 92, "attachment": 116,
}  # fmt: skip
"""The same where rows wrap and the columns would not fit otherwise."""
TIGHT_TEXT_PX: Final = 140
"""Width that a given text gets at most there; it stands on several lines."""
TYPED_PX: Final = 150
"""Width of a text that is typed where such a table scrolls sideways all the same."""
HEAD_LINES: Final = 2
CELL_PX: Final = 20
"""Left and right of a text in its cell together, px at 标准."""
MOST_CHOICE_PX: Final = 170
SCROLLED_PX: Final = 4.6
"""Width of a text column of an empty table that scrolls sideways, px at 标准 a mm of its printed width."""
WIDEST_PX: Final = 230
"""Width beyond which no text column grows for its content; the rest is in the tooltip and in the cell's editor."""
LITTLE_PX: Final = 24
"""What the longest text of a column may lack to be given all of it before others get a share."""
_WEIGHT_MM: Final = {"text": 26.0, "longtext": 40.0, "choice": 18.0, "month_range": 34.0, "region": 34.0}


def least_width(look: Look, field: Field, form: Form, *, lines: int = 1) -> int:
    """Width below which a column is of no use: heading in so many lines, a date in one piece, most choices."""
    heading = f"{field.label}（{field.unit}）" if field.unit else field.label
    needed = heading_width(look, heading, locked=field.fixed, lines=lines)
    if field.choices and field.type == "choice":
        metrics = QFontMetrics(look.font("small"))
        labels = [metrics.horizontalAdvance(choice.label) for choice in form.lists[field.choices]]
        needed = max(needed, min(max(labels, default=0) + look.scaled(24), look.scaled(MOST_CHOICE_PX)))
    short = field.type == "text" and field.print.align == "center"
    if lines > 1:
        given = field.fixed and field.type == "text"
        return needed if given else max(needed, look.scaled(48 if short else TIGHT_PX.get(field.type, 48)))
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
    look: Look,
    table: Field,
    form: Form,
    room: int,
    sample: Sequence[Sequence[str]] = (),
    *,
    hidden: Collection[int] = (),
    wraps: bool = False,
) -> tuple[list[int], bool]:
    """Widths of all columns in px, 0 for hidden ones, and whether they fit into ``room``.

    What is left over goes first to columns whose content is cut, then to columns of text, because numbers and
    dates gain nothing by it. Where rows may wrap, columns that do not fit beside each other become narrower: headings
    on two lines, texts on several.

    Args:
        look: the theme in force.
        table: its definition.
        form: for the choice lists.
        room: px there are for the columns.
        sample: texts of some rows.
        hidden: columns that are not shown.
        wraps: whether rows are as high as their texts.
    """
    shown = [at for at in range(len(table.columns)) if at not in hidden]
    columns, shares = [table.columns[at] for at in shown], [weights(table)[at] for at in shown]
    texts = [[line[at] for at in shown] for line in sample]
    least = [least_width(look, field, form) for field in columns]
    wanted = _wanted(look, columns, least, texts, shares)
    if wraps and sum(wanted) > room:
        least = _tight(look, columns, form, texts)
        wanted = _wanted(look, columns, least, texts, shares)
    fits = sum(least) <= room
    if fits:
        made = _shared(columns, least, wanted, shares, room, little=look.scaled(LITTLE_PX))
    else:
        made = _scrolled(columns, least, wanted, look.scaled(TYPED_PX)) if wraps else wanted
    by_place = dict(zip(shown, made, strict=True))
    return [by_place.get(at, 0) for at in range(len(table.columns))], fits


def _scrolled(columns: Sequence[Field], least: list[int], wanted: list[int], most: int) -> list[int]:
    """What is given stays narrow, so that what is typed is in view before one scrolls."""
    return [
        few if field.fixed else min(more, max(few, most))
        for field, few, more in zip(columns, least, wanted, strict=True)
    ]


def _tight(look: Look, columns: Sequence[Field], form: Form, texts: Sequence[Sequence[str]]) -> list[int]:
    """Widths of columns whose headings stand on two lines and whose texts wrap."""
    return [
        max(least_width(look, field, form, lines=HEAD_LINES), _longest(look, field, texts, at))
        for at, field in enumerate(columns)
    ]


def _longest(look: Look, field: Field, texts: Sequence[Sequence[str]], at: int) -> int:
    """Width of the longest word of a narrow column: numbers, units and codes are never broken; texts up to a limit."""
    metrics = QFontMetrics(look.font("small"))
    longest = max((metrics.horizontalAdvance(line[at]) for line in texts), default=0) + look.scaled(CELL_PX)
    if field.type in {"integer", "decimal"}:
        return longest
    return min(longest, look.scaled(TIGHT_TEXT_PX)) if field.fixed and field.type == "text" else 0


def _shared(
    columns: Sequence[Field],
    least: list[int],
    wanted: list[int],
    weighed: Sequence[float],
    room: int,
    *,
    little: int,
) -> list[int]:
    """Share what is left over."""
    left = room - sum(least)
    lacking = [more - width for more, width in zip(wanted, least, strict=True)]
    widths = [width + more for width, more in zip(least, _filled(lacking, left, little), strict=True)]
    shares = [
        weight if field.type in {"text", "longtext"} else weight / 6
        for weight, field in zip(weighed, columns, strict=True)
    ]
    left = room - sum(widths)
    widths = [width + int(left * share / sum(shares)) for width, share in zip(widths, shares, strict=True)]
    widths[max(range(len(widths)), key=shares.__getitem__)] += room - sum(widths)
    return widths


def _filled(lacking: Sequence[int], left: int, little: int) -> list[int]:
    """What each column gets of what is left: who lacks ``little`` gets all of it, the others by what they lack."""
    given = [0] * len(lacking)
    for at in sorted(range(len(lacking)), key=lacking.__getitem__):
        if lacking[at] <= min(little, left):
            given[at] = lacking[at]
            left -= given[at]
    rest = [lack - got for lack, got in zip(lacking, given, strict=True)]
    part = min(1.0, left / sum(rest)) if sum(rest) else 0.0
    return [got + int(lack * part) for got, lack in zip(given, rest, strict=True)]


def _wanted(
    look: Look,
    columns: Sequence[Field],
    least: list[int],
    sample: Sequence[Sequence[str]],
    weighed: Sequence[float],
) -> list[int]:
    """Widths at which the sampled texts stand in one piece, within limits; at least a share of the printed width."""
    metrics = QFontMetrics(look.font("small"))
    wanted = []
    for at, (field, width) in enumerate(zip(columns, least, strict=True)):
        if field.type not in {"text", "longtext"}:
            wanted.append(width)
            continue
        longest = max((metrics.horizontalAdvance(row[at]) for row in sample), default=0) + look.scaled(22)
        printed = look.scaled(weighed[at] * SCROLLED_PX) if not sample else 0
        wanted.append(max(width, min(look.scaled(WIDEST_PX), max(longest, printed))))
    return wanted
