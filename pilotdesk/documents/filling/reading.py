"""A foreign form as a list of places that want something, each with its label and what stands around it.

Nothing here knows our fields. A place is named by an address that holds as long as the file is the same: ``T2/R3/C1`` is the
second cell of the fourth row of the third table, ``P7:4-12`` signs 4 to 12 of the eighth paragraph.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from pilotdesk.documents.filling.headings import (
    Headings,
    breaks_page,
    heading_right_above,
    is_bare_heading,
    is_short,
    is_signed,
    is_told,
)
from pilotdesk.documents.filling.inline import (
    EMPTY_BOXES,
    blanks,
    guidance_at_end,
    has_box,
    is_guidance,
    is_pair,
    options,
    questions,
)
from pilotdesk.documents.filling.listing import Listing, listings
from pilotdesk.documents.filling.looks import prompts
from pilotdesk.documents.filling.normal import is_blank_text, normal
from pilotdesk.documents.filling.places import cell_address
from pilotdesk.documents.filling.room import has_room, is_placeholder, is_subtitle, room_below
from pilotdesk.documents.filling.spots import Context, Spot
from pilotdesk.documents.filling.surroundings import above_of, is_label, is_seal, label_of, surroundings
from pilotdesk.documents.opened import Grid, paragraph_text
from pilotdesk.documents.opened.names import BOX as TEXT_BOX
from pilotdesk.documents.opened.names import TBL, P, W, own, seen, value_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lxml.etree import _Element

    from pilotdesk.documents.opened import GridCell, OpenedDocx

DIGITS: Final = 5
"""From so many empty cells in a row on, each of them takes one sign."""
_SIGN_BOXES: Final = re.compile(f"[{EMPTY_BOXES}]{{{DIGITS},}}")
_SENTENCE_ENDS: Final = frozenset("。；;，,")
_LEAST_LABEL: Final = 2
"""Signs that a label has; one sign before a blank is a 自 or 为."""


class Read:
    """What was found.

    Attributes:
        spots: places in the order of the file. lists: tables to be filled row by row.
        labels: what stands left of or above an empty place, for telling what nobody claims.
    """

    def __init__(self, opened: OpenedDocx) -> None:
        self.spots: list[Spot] = []
        self.lists: list[Listing] = []
        self._numbers = {element: number for number, element in enumerate(opened.paragraphs())}
        self._tables = {grid.element: number for number, grid in enumerate(opened.tables())}
        self._in_margin = False
        self._blocks(opened.body, ())
        self._in_margin = True
        for margin in opened.margins:
            self._blocks(margin, ())

    # -- running text ----------------------------------------------------------------------------

    def _blocks(self, parent: _Element, around: tuple[Context, ...]) -> None:
        headings = Headings()
        blocks = list(own(parent, P, TBL))
        skipped: set[_Element] = set()
        for at, block in enumerate(blocks):
            if block.tag == TBL:
                grid = Grid(block)
                headings.meet(grid)
                self._table(grid, (*headings.near(), *around))
                continue
            if breaks_page(block):
                headings.turn_page()
            near = (*headings.near(), *around)
            for box in seen(block):
                if box.tag == TEXT_BOX:
                    self._blocks(box, near)
            if block not in skipped:
                skipped |= self._headed(block, blocks[at + 1 :], headings, around)

    def _headed(
        self, block: _Element, follows: Sequence[_Element], headings: Headings, around: tuple[Context, ...]
    ) -> set[_Element]:
        """The places of a paragraph, which may be a heading for what follows; returns what belongs to one of them."""
        text = paragraph_text(block)
        headings.note_party(block, text)
        headings.see(text)
        known = len(self.spots)
        skipped = self._paragraph(block, follows, (*headings.near(), *around))
        is_line = any(spot.kind not in {"body", "after"} for spot in self.spots[known:])
        if is_line:
            headings.pass_line()
        ended = text.rstrip()[-1:] in _SENTENCE_ENDS
        ended |= is_told(text)
        if text.strip() and is_short(text) and not ended and not is_guidance(text) and not is_line:
            headings.note(block, text)
        return skipped

    def _paragraph(
        self, block: _Element, follows: Sequence[_Element], near: tuple[Context, ...]
    ) -> set[_Element]:
        """The places of a paragraph; returns the paragraphs below it that belong to one of them."""
        text = paragraph_text(block)
        if not text.strip() or _in_contents(block):
            return set()
        number = self._numbers[block]
        if is_signed(text, follows):
            return set()
        below = room_below(follows)
        if not self._inline(block, near, below):
            hint = guidance_at_end(text)
            if hint:
                at = f"P{number}:{hint[0]}-{hint[1]}"
                label = text[: hint[0]]
                self._add(Spot(at=at, kind="text", labels=(label,), around=near, raw=text))
            elif below and is_short(text):
                at = f"P{self._numbers[below[0]]}"
                told = paragraph_text(follows[0]) if is_guidance(paragraph_text(follows[0])) else ""
                self._add(Spot(at=at, kind="body", labels=(text,), around=near, raw=f"{text}\n{told}"))
                return set(below)
            elif is_bare_heading(block, follows):
                self._add(Spot(at=f"P{number}", kind="after", labels=(text,), around=near, raw=text))
        return set()

    def _inline(
        self, block: _Element, near: tuple[Context, ...], below: Sequence[_Element] = (), outer: str = ""
    ) -> bool:
        """Blanks and boxes in a paragraph; whether there are any. ``outer`` is the label left of its cell."""
        text, number = paragraph_text(block), self._numbers[block]
        if outer:
            near = (Context(text=outer, kind="group", key=id(block.getparent())), *near)
        found = options(text)
        row = _SIGN_BOXES.search(text)
        if row and not any(one.words for one in found[:-1]):
            at = f"P{number}:{row.start()}-{row.end()}"
            label = outer or text[: row.start()]
            self._add(
                Spot(at=at, kind="digits", labels=(label,), around=near, raw=text, count=len(row.group()))
            )
            return True
        if found:
            self._boxes_of_line(text, number, near, outer)
            return True
        made = blanks(text, prompts=prompts(block))
        before: list[Context] = []
        for blank in made:
            labels = blank.labels
            if outer and not before and len(normal("".join(labels[:1]))) < _LEAST_LABEL:
                labels = (outer,)
            around = (*reversed(before), *near)
            room = f"P{self._numbers[below[0]]}" if below and blank.start == len(text.rstrip()) else ""
            self._add(
                Spot(
                    at=f"P{number}:{blank.start}-{blank.end}", kind=blank.kind, labels=labels, around=around,
                    raw=text, after=blank.after, room=room,
                )
            )  # fmt: skip
            before += [Context(text=one, kind="row", key=id(block)) for one in labels[:1]]
        return bool(made)

    def _boxes_of_line(self, text: str, number: int, near: tuple[Context, ...], outer: str) -> None:
        """The boxes of a paragraph: those of several questions in one sentence apart, else all of them."""
        asked = questions(text)
        for start, end in asked or ((0, len(text)),):
            clause = text[start:end]
            found = options(clause)
            label = clause[: found[0].start]
            labels = (
                (label.strip() or clause,) if asked else tuple(one for one in (outer or label, outer) if one)
            )
            at = f"P{number}:{start}-{end}" if asked else f"P{number}"
            words = tuple(one.words for one in found)
            self._add(Spot(at=at, kind="boxes", labels=labels, around=near, raw=clause, options=words))

    # -- tables ----------------------------------------------------------------------------------

    def _table(self, grid: Grid, near: tuple[Context, ...]) -> None:
        number = self._tables[grid.element]
        claimed: set[_Element] = set()
        for one in listings(grid, number, near):
            self.lists.append(one)
            claimed |= one.cells
        used: set[_Element] = set()
        if len(grid.cells) == 1 and self._box(grid, near):
            return
        for cell in grid.cells:
            if cell.element in used:
                continue
            self._boxes_in(cell, grid, near)
            if cell.element in claimed:
                self._listed(grid, cell, near)
            else:
                used |= self._cell(grid, cell, near)

    def _boxes_in(self, cell: GridCell, grid: Grid, near: tuple[Context, ...]) -> None:
        tables = cell.tables()
        if tables:
            label = label_of(grid, cell)
            around = surroundings(grid, cell, near)
            outer = (Context(text=label.text, kind="outer", key=id(label.element)),) if label else ()
            for inner in tables:
                self._table(inner, (*outer, *around))

    def _box(self, grid: Grid, near: tuple[Context, ...]) -> bool:
        """A table of one empty cell is the place of the heading right above it; whether it is one."""
        (cell,) = grid.cells
        heading = heading_right_above(grid.element)
        if heading is None or not (is_blank_text(cell.text) or is_guidance(cell.text)) or cell.tables():
            return False
        hint = "" if is_blank_text(cell.text) else cell.text
        around = tuple(context for context in near if context.key != id(heading))
        at, label = self._cell_at(grid, cell), paragraph_text(heading)
        self._add(Spot(at=at, kind="cell", labels=(label,), around=around, raw=hint, guidance=bool(hint)))
        return True

    def _listed(self, grid: Grid, cell: GridCell, near: tuple[Context, ...]) -> None:
        """A cell of a list is a place of its own only if it is the single one below its head, see matching."""
        above = above_of(grid, cell)
        if above is not None and is_blank_text(cell.text):
            around = surroundings(grid, cell, near)
            at = self._cell_at(grid, cell)
            self._add(Spot(at=at, kind="cell", labels=(above.text,), around=around, listed=True))

    def _cell(self, grid: Grid, cell: GridCell, near: tuple[Context, ...]) -> set[_Element]:
        """The places of a cell that is no part of a list; returns other cells that belong to them."""
        text = cell.text
        paragraphs = cell.paragraphs()
        if cell.tables() or not paragraphs or is_seal(text) or _has_drawing(cell.element):
            return set()
        label = label_of(grid, cell)
        if label is None and is_blank_text(text) and above_of(grid, cell) is None:
            return set()
        around = surroundings(grid, cell, near)
        outer = label.text if label else ""
        if is_blank_text(text) or is_guidance(text) or is_pair(text) or is_placeholder(cell.element):
            return self._empty(grid, cell, outer, around)
        if _SIGN_BOXES.search(text):
            self._written(grid, cell, outer, around)
            return set()
        if has_box(text) or len(options(text)) > 1:
            self._boxes(grid, cell, outer, around)
            return set()
        self._written(grid, cell, outer, around)
        return set()

    def _empty(self, grid: Grid, cell: GridCell, outer: str, around: tuple[Context, ...]) -> set[_Element]:
        at = self._cell_at(grid, cell)
        if not outer:
            above = above_of(grid, cell)
            outer = above.text if above is not None else ""
        if not outer:
            return set()
        run = _empty_run(grid, cell)
        if len(run) >= DIGITS and above_of(grid, run[1]) is None:
            self._add(Spot(at=at, kind="digits", labels=(outer,), around=around, count=len(run)))
            return {one.element for one in run}
        hint = "" if is_blank_text(cell.text) else cell.text
        self._add(Spot(at=at, kind="cell", labels=(outer,), around=around, raw=hint, guidance=bool(hint)))
        return set()

    def _boxes(self, grid: Grid, cell: GridCell, outer: str, around: tuple[Context, ...]) -> None:
        texts = [paragraph_text(paragraph) for paragraph in cell.paragraphs()]
        words = [one.words for text in texts for one in options(text, alone=len(texts) > 1)]
        first = options(cell.text)
        own_label = cell.text[: first[0].start] if first else ""
        labels = tuple(one for one in (outer, own_label) if one.strip())
        self._add(
            Spot(
                at=self._cell_at(grid, cell), kind="boxes", labels=labels, around=around, raw=cell.text,
                options=tuple(words),
            )
        )  # fmt: skip

    def _written(self, grid: Grid, cell: GridCell, outer: str, around: tuple[Context, ...]) -> None:
        """A cell with words of its own: blanks among them, or a label with room below it."""
        paragraphs = cell.paragraphs()
        texts = [paragraph_text(paragraph) for paragraph in paragraphs]
        right = grid.at(cell.row, cell.column + cell.columns)
        has_value = right is not None and _takes_answer(right)
        if self._asks_below(grid, cell):
            return
        inline = blanks(texts[0], open_end=False)
        if texts[0].strip() and not inline and has_room(texts[1:], alone=right is None):
            if not has_value:
                first = 2 if len(paragraphs) > 2 and is_subtitle(texts[1]) else 1
                at = f"P{self._numbers[paragraphs[first]]}"
                self._add(Spot(at=at, kind="body", labels=(texts[0],), around=around, raw=cell.text.strip()))
            return
        if has_value and not blanks(cell.text, open_end=False):
            return
        for number, paragraph in enumerate(paragraphs):
            below = room_below(paragraphs[number + 1 :])
            self._inline(paragraph, around, below, outer)

    @staticmethod
    def _asks_below(grid: Grid, cell: GridCell) -> bool:
        """Whether a cell is a label that ends in a colon over an empty cell of its own width."""
        below = grid.at(cell.row + cell.rows, cell.column)
        if below is None or cell.text.rstrip()[-1:] not in {":", "："} or not is_blank_text(below.text):
            return False
        return above_of(grid, below) is cell

    def _cell_at(self, grid: Grid, cell: GridCell) -> str:
        return cell_address(grid, self._tables[grid.element], cell)

    def _add(self, spot: Spot) -> None:
        if self._in_margin and (spot.kind in {"body", "after"} or len(normal(spot.labels[0])) < _LEAST_LABEL):
            return  # numbers of pages, empty lines below a title
        if any(label.strip() for label in spot.labels):
            self.spots.append(spot)


def _takes_answer(cell: GridCell) -> bool:
    """Whether a cell has no label of its own, so that it is for the label beside it."""
    return not is_label(cell) and re.search("[:：]", cell.text) is None


def _in_contents(paragraph: _Element) -> bool:
    style = value_of(paragraph.find(f"{W}pPr/{W}pStyle")).casefold()
    return style.startswith(("toc", "目录"))


def _has_drawing(cell: _Element) -> bool:
    return any(element.tag in {f"{W}drawing", f"{W}pict", f"{W}object"} for element in cell.iter())


def _empty_run(grid: Grid, cell: GridCell) -> list[GridCell]:
    """Empty cells of one sign each from this one to the right; one cell where there are no more."""
    run = [cell]
    while True:
        following = grid.at(cell.row, run[-1].column + run[-1].columns)
        if following is None or following.row != cell.row or not is_blank_text(following.text):
            return run
        run.append(following)
