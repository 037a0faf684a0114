"""Where pasted cells belong: the names of columns over them, the words of a fixed column, or the numbers of rows.

A whole table copied from Word or Excel begins with columns that nobody types here. They say where its other cells
belong, whichever cell happens to be the current one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from pilotdesk.forms.model import Field
    from pilotdesk.forms.values import Row

SERIAL: Final = "序号"
_WORDS: Final = frozenset({"text", "longtext", "choice"})
"""Types of fixed columns that tell rows apart; a promised number may well be the number that is pasted."""
_NUMBERS: Final = frozenset({"integer", "decimal"})
FEWEST_NUMBERS: Final = 3
"""Rows from which on 1, 2, 3 are rather their numbers than values, where the rows are given."""


@dataclass(frozen=True, slots=True)
class Ground:
    """The table that a paste falls on.

    Attributes:
        columns: those shown, in their order.
        named: all of them, as they are printed.
        rows: its rows.
        shown: the text of a cell as it stands there.
        at: row that the paste begins at.
        first: shown column that it begins at.
    """

    columns: Sequence[Field]
    named: Sequence[Field]
    rows: Sequence[Row]
    shown: Callable[[Row, Field], str]
    at: int
    first: int


@dataclass(frozen=True, slots=True)
class Reading:
    """Pasted cells with the places where they belong.

    Attributes:
        rows: the cells, without a heading.
        columns: for each pasted column its column of the table; ``None`` for one that the table has not.
        places: for each row the row of the table; from the number of rows on, a new one.
        has_heading: whether a first row of names was left out.
        lined_by: name of the fixed column that said where they belong, or 序号; empty where none did.
        key: place of the pasted column that said it; -1 for none.
        serials: pasted columns that only count the rows.
        unknown: rows with words that no row of the table has; left out.
    """

    rows: list[list[str]]
    columns: list[Field | None]
    places: list[int]
    has_heading: bool = False
    lined_by: str = ""
    key: int = -1
    serials: frozenset[int] = frozenset()
    unknown: int = 0


def read_cells(cells: list[list[str]], ground: Ground, *, headings: bool, lines_up: bool) -> Reading:
    """Find where pasted cells belong.

    Args:
        cells: what was copied.
        ground: the table.
        headings: whether a first row of column names is recognised and left out.
        lines_up: whether words of fixed columns and numbers of rows are heeded.
    """
    found = _by_heading(cells[0], ground.named) if headings and len(cells) > 1 else None
    if found:
        plain = replace(
            _placed(cells[1:], found, ground),
            has_heading=True,
            serials=frozenset(n for n, cell in enumerate(cells[0]) if folded(cell) == SERIAL),
        )
        return _by_words(plain, _said(plain.rows, dict(enumerate(found)), ground), ground)
    lined = _lined_up(cells, ground) if lines_up else None
    return lined or _placed(cells, ground.columns[ground.first :], ground)


def folded(text: str) -> str:
    """Words without blanks and brackets, as they are compared."""
    return re.sub(r"[\s／/（）()*]", "", text)


def _placed(rows: list[list[str]], columns: Sequence[Field | None], ground: Ground) -> Reading:
    """Rows one after the other from where the paste begins; cells beyond these columns go nowhere."""
    width = max(map(len, rows), default=0)
    targets = [*columns, *[None] * width][:width]
    return Reading(rows, targets, list(range(ground.at, ground.at + len(rows))))


def _lined_up(rows: list[list[str]], ground: Ground) -> Reading | None:
    """Rows without a heading that say themselves where they belong; ``None`` when nothing in them does."""
    width = max(map(len, rows), default=0)
    serial = width > 1 and _is_serial(rows, ground.at)
    counting = frozenset({0} if serial else ())
    best: tuple[dict[int, Field], dict[int, Field]] = ({}, {})
    for order in (ground.columns, ground.named):
        for start in range(-1 if serial else 0, len(order)):
            pairs = {n: order[start + n] for n in range(width) if 0 <= start + n < len(order)}
            said = _said(rows, pairs, ground)
            if len(pairs) > len(said) > len(best[1]):
                best = pairs, said
    pairs, said = best
    if said:
        placed = _placed(rows, [pairs.get(n) for n in range(width)], ground)
        return _by_words(replace(placed, serials=counting - pairs.keys()), said, ground)
    columns = ground.columns[ground.first :]
    holds_numbers = bool(columns) and not columns[0].fixed and columns[0].type in _NUMBERS
    given = any(field.fixed for field in ground.named)
    if not serial or (holds_numbers and not (given and len(rows) >= FEWEST_NUMBERS)):
        return None
    placed = _placed(rows, [None, *columns], ground)
    places = [int(line[0]) - 1 for line in rows] if given else placed.places
    return replace(placed, places=places, serials=counting, lined_by=SERIAL, key=0)


def _by_words(reading: Reading, said: Mapping[int, Field], ground: Ground) -> Reading:
    """Every pasted row in the row that has its words, best in the other fixed columns too; each row is taken once, in order."""
    if not said:
        return reading
    n, field = max(said.items(), key=lambda pair: len({ground.shown(row, pair[1]) for row in ground.rows}))
    free = {at: folded(ground.shown(row, field)) for at, row in enumerate(ground.rows)}
    rows, places = [], []
    for line in reading.rows:
        words = folded(line[n]) if n < len(line) else ""
        same = (at for at, text in free.items() if words and text == words)
        place = max(same, key=lambda at: _alike(line, ground.rows[at], said, ground), default=None)
        if place is not None:
            del free[place]
            rows.append(line)
            places.append(place)
    unknown = sum(any(map(str.strip, line)) for line in reading.rows) - len(rows)
    return replace(reading, rows=rows, places=places, lined_by=field.label, key=n, unknown=unknown)


def _alike(line: Sequence[str], row: Row, said: Mapping[int, Field], ground: Ground) -> int:
    """In how many of the columns that say something a pasted row is the same as a row of the table."""
    return sum(
        n < len(line) and folded(line[n]) == folded(ground.shown(row, field)) for n, field in said.items()
    )


def _said(
    rows: list[list[str]], pairs: Mapping[int, Field] | Mapping[int, Field | None], ground: Ground
) -> dict[int, Field]:
    """The pasted columns whose cells are mostly words of the fixed column that they would go to."""
    said = {}
    for n, field in pairs.items():
        if field is None or not field.fixed or field.type not in _WORDS:
            continue
        known = {folded(ground.shown(row, field)) for row in ground.rows} - {""}
        cells = [words for line in rows if n < len(line) and (words := folded(line[n]))]
        if sum(words in known for words in cells) * 2 > len(cells):
            said[n] = field
    return said


def _is_serial(rows: list[list[str]], at: int) -> bool:
    """Whether the first cells count the rows, from 1 or from the row that the paste begins at."""
    cells = [line[0].strip() for line in rows]
    first = 1 if len(cells) > 1 and cells[0] == "1" else at + 1
    return cells == [str(first + n) for n in range(len(cells))]


def _by_heading(line: list[str], columns: Sequence[Field]) -> list[Field | None] | None:
    """The columns that a heading row names; ``None`` when fewer than half of its cells are names.

    Once one cell is a name, shorter words for others count as well: 基期值 for 基期值（2025年）, 2027 for 2027年目标.
    """
    named = {folded(field.label): field for field in columns}
    found = [named.get(folded(cell)) for cell in line]
    if any(found):
        free = [field for field in columns if field not in found]
        found = [field or _nearly(folded(cell), free) for field, cell in zip(found, line, strict=True)]
    known = sum(field is not None for field in found) + sum(folded(cell) == SERIAL for cell in line)
    filled = sum(bool(cell.strip()) for cell in line)
    return found if known and known * 2 >= filled and any(found) else None


def _nearly(words: str, columns: list[Field]) -> Field | None:
    """The only one of these columns whose label has the words in it, taken out of the list."""
    near = [field for field in columns if words in folded(field.label)] if len(words) > 1 else []
    if len(near) != 1:
        return None
    columns.remove(near[0])
    return near[0]
