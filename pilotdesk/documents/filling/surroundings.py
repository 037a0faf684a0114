"""What stands left of a cell and above it: its label, the group it belongs to, the section, the labels before."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from pilotdesk.documents.filling.inline import DATE, blanks, has_box, is_guidance, is_pair
from pilotdesk.documents.filling.normal import is_blank_text, normal
from pilotdesk.documents.filling.spots import Context

if TYPE_CHECKING:
    from pilotdesk.documents.opened import Grid, GridCell

LONGEST_LABEL: Final = 60
PARTY: Final = re.compile(r"[甲乙丙丁]方")
_SEALED: Final = re.compile(r"盖章|公章|签章|印章")
_NOTHING_ELSE: Final = re.compile(r"[（(][^）)]*[）)]|加?盖章|公章|签章|印章|签\s*[字名]|[\s:：处_]")
_LEAST_OVER, _LEAST_HEADS = 2, 3
_SIGNED: Final = re.compile(r"签\s*[字名]")


def is_seal(text: str) -> bool:
    """Whether a text is where people sign and seal: a seal with a date or a signature, or the seal's word alone."""
    sealed, signed = _SEALED.search(text), _SIGNED.search(text)
    dated = DATE.search(text)
    alone = (sealed or signed) and not _NOTHING_ELSE.sub("", text)
    return bool((sealed and (dated or signed)) or (signed and dated) or alone)


def asks_for_hand(label: str) -> bool:
    """Whether a label asks for a signature or a seal and for nothing that can be typed."""
    return _SIGNED.search(label) is not None or normal(label) in {"盖章", "公章", "单位盖章"}


def is_label(cell: GridCell) -> bool:
    """Whether a cell holds nothing but a label."""
    text = cell.text
    if is_blank_text(text) or is_guidance(text) or cell.tables() or has_box(text) or is_pair(text):
        return False
    return len(normal(text)) <= LONGEST_LABEL and not blanks(text, open_end=False)


def is_heading(cell: GridCell) -> bool:
    """Whether a cell is a label without room of its own for an answer."""
    return is_label(cell) and cell.text[-1] not in ":：\n"


def label_of(grid: Grid, cell: GridCell) -> GridCell | None:
    """The label left of a cell; ``None`` when something else stands there."""
    left = grid.at(cell.row, cell.column - 1)
    if left is None or not is_label(left):
        return None
    return None if left.row < cell.row and above_of(grid, cell) is not None else left


def above_of(grid: Grid, cell: GridCell) -> GridCell | None:
    """The label above a cell, in a row of nothing but labels over a row without any."""
    above = grid.at(cell.row - 1, cell.column)
    if above is None or (above.column, above.columns) != (cell.column, cell.columns) or not is_label(above):
        return None
    heads = [one for one in grid.row(cell.row - 1) if one.rows == 1]
    row = [one for one in grid.row(cell.row) if one.row == cell.row and not one.text.strip().isdecimal()]
    return above if all(map(is_label, heads)) and not any(map(is_label, row)) else None


def surroundings(grid: Grid, cell: GridCell, near: tuple[Context, ...]) -> tuple[Context, ...]:
    """The contexts of a cell, the nearest first; ``near`` are those of its table."""
    found = [
        *_left(grid, cell),
        *_party(grid, cell),
        *_over(grid, cell),
        *_section(grid, cell),
        *_before(grid, cell),
    ]
    found += _heads(grid, cell)
    return (*found, *near)


def _left(grid: Grid, cell: GridCell) -> list[Context]:
    """Labels left of the label are its group; labels behind a place belong to the place before."""
    found: list[Context] = []
    own = label_of(grid, cell)
    beside = own is not None
    column = (own or cell).column - 1
    while column >= 0:
        left = grid.at(cell.row, column)
        if left is None:
            break
        if is_label(left):
            kind = "group" if beside or left.rows > cell.rows else "row"
            found.append(Context(text=left.text, kind=kind, key=id(left.element)))
        else:
            beside = False
        column = left.column - 1
    return found


def _over(grid: Grid, cell: GridCell) -> list[Context]:
    """The nearest label above that stands over both the cell and its label, in a row of several such labels."""
    own = label_of(grid, cell)
    for row in range(cell.row - 1, -1, -1) if own is not None else ():
        above = grid.at(row, cell.column)
        cells = [one for one in grid.row(row) if one.row == row]
        if len(cells) == 1:
            break
        if (
            above is None
            or above.row != row
            or above.columns < _LEAST_OVER
            or not all(map(is_heading, cells))
        ):
            continue
        if above is grid.at(row, own.column if own is not None else -1):
            return [Context(text=above.text, kind="group", key=id(above.element))]
    return []


def _party(grid: Grid, cell: GridCell) -> list[Context]:
    """The party of a contract whose column a cell stands in, where the parties stand beside each other above it."""
    for row in range(cell.row, -1, -1):
        cells = grid.row(row)
        parties = [PARTY.match(re.sub(r"\s", "", one.text)) for one in cells]
        if len(cells) > 1 and all(parties):
            over = grid.at(row, cell.column)
            named = PARTY.match(re.sub(r"\s", "", over.text)) if over is not None and row < cell.row else None
            return [Context(text=named[0], kind="group", key=hash((row, named[0])))] if named else []
    return []


def _section(grid: Grid, cell: GridCell) -> list[Context]:
    """The nearest row above that is one label over the whole table."""
    for row in range(cell.row - 1, -1, -1):
        cells = grid.row(row)
        if len(cells) == 1 and cells[0].row == row and grid.width > 1 and is_heading(cells[0]):
            return [Context(text=cells[0].text, kind="section", key=id(cells[0].element))]
    return []


def _heads(grid: Grid, cell: GridCell) -> list[Context]:
    """The heads of the columns in which a cell and its labels stand, as one text."""
    for row in range(cell.row - 1, -1, -1):
        cells = grid.row(row)
        if len(cells) == 1:
            break
        above = grid.at(row, cell.column)
        own = above is not None and (above.column, above.columns, above.row) == (
            cell.column,
            cell.columns,
            row,
        )
        if own and len(cells) >= _LEAST_HEADS and all(map(is_label, cells)):
            return [Context(text=" ".join(one.text for one in cells), kind="head", key=id(cells[0].element))]
    return []


def _before(grid: Grid, cell: GridCell) -> list[Context]:
    """The labels of the row above."""
    cells = grid.row(cell.row - 1) if cell.row else ()
    return [
        Context(text=one.text, kind="before", key=id(one.element))
        for one in cells
        if is_label(one) and one.row + one.rows == cell.row
    ]
