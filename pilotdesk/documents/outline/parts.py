"""The parts 一 to 十三: every step of the form as headings, grids, text, tables, figures and seal blocks."""

from __future__ import annotations

from itertools import groupby
from pathlib import PurePath
from typing import TYPE_CHECKING, Final

from pilotdesk.documents.blocks import Body, Heading, Picture, Pictures, SealBlock
from pilotdesk.documents.outline.directory import directory_table
from pilotdesk.documents.outline.grid import grid, printed_label
from pilotdesk.documents.outline.tables import list_table, statistics_table, structure_figure
from pilotdesk.forms.values import Attachment

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pilotdesk.documents.blocks import Block
    from pilotdesk.documents.outline.printing import Printing
    from pilotdesk.forms.model import Field, Group, Step
    from pilotdesk.forms.round import Round

CHINESE_NUMBERS: Final = "一二三四五六七八九十"
GRID_TABLE_MM: Final = 126.0
"""Sum of the widths of a table that is printed inside a grid, beside its merged label."""


def chinese_number(number: int) -> str:
    """1…19 as 一…十九, for headings."""
    tens, ones = divmod(number, 10)
    return ("十" if tens else "") + (CHINESE_NUMBERS[ones - 1] if ones else "")


class Part:
    """One step on its way to paper.

    Args:
        printing: prints and notes the answers.
        step: the step. place: its number among the parts, 1…13, for captions.
        round_: the round, for the review points.
    """

    def __init__(self, printing: Printing, step: Step, place: int, round_: Round) -> None:
        self._printing = printing
        self._step = step
        self._place = place
        self._round = round_
        self._headings = 0
        self._captions = {"表": 0, "图": 0}

    def blocks(self) -> Iterator[Block]:
        """The blocks in order of printing, the part's heading first; a lone （一） below it says nothing new."""
        step = self._step
        if step.number:
            yield Heading(1, f"{step.number}、{step.label}", step.name, new_page=step.new_page)
        inner = list(self._inner())
        lone = self._headings == 1 and isinstance(inner[0], Heading)
        yield from inner[lone:]

    def _inner(self) -> Iterator[Block]:
        """Everything below the part's heading."""
        step = self._step
        groups = [group for group in step.group if self._printing.shows(group)]
        for layout, members in groupby(groups, key=lambda group: group.layout):
            if layout == "grid":
                yield from self._grid([field for group in members for field in group.field])
            elif layout == "seal":
                for group in members:
                    yield from self._seals(group)
            else:
                for group in members:
                    yield from self._text(group)
        pictures = tuple(self._pictures())
        if pictures:
            yield Pictures(pictures)

    def _pictures(self) -> Iterator[Picture]:
        """The pictures attached to fields that show them, at the end of the part; captions are the files' names."""
        printing = self._printing
        asked = (group for group in self._step.group if printing.is_relevant(group))
        for field in (field for group in asked for field in group.field if printing.is_relevant(field)):
            value = printing.value(field.name) if field.print.layout == "pictures" else None
            for file in value if isinstance(value, tuple) else ():
                if isinstance(file, Attachment) and file.media_type in _PICTURE_TYPES:
                    words = file.note or PurePath(file.file_name).stem
                    yield Picture(self._caption("图"), words, field.name, file.sha256)

    # -- grids -----------------------------------------------------------------------------------

    def _grid(self, fields: list[Field]) -> Iterator[Block]:
        """Fields of neighbouring groups share one grid; a table of its own width interrupts it."""
        for apart, members in groupby(fields, key=_stands_alone):
            if apart:
                for field in members:
                    yield from self._field(field)
            else:
                made = grid(self._printing, list(members))
                if made:
                    yield made

    # -- running text ----------------------------------------------------------------------------

    def _text(self, group: Group) -> Iterator[Block]:
        """A heading （一） over the group if it has a name of its own, else over each of its fields."""
        fields = [field for field in group.field if self._printing.shows(field)]
        titled = [field for field in fields if field.print.layout != "table" or field.number]
        one_heading = bool(group.label) and (
            len(titled) <= 1 or sum(f.type == "longtext" for f in titled) <= 1
        )
        if fields and one_heading:
            yield self._heading(group.label)
        small: list[Field] = []
        for field in fields:
            if field.type in _SMALL:
                small.append(field)
                continue
            if small:
                yield from self._grid(small)
                small = []
            if not one_heading:
                yield self._heading(printed_label(field))
            yield from self._field(field)
        if small:
            yield from self._grid(small)

    def _heading(self, text: str) -> Heading:
        self._headings += 1
        return Heading(2, f"（{chinese_number(self._headings)}）{text}", self._step.name)

    def _field(self, field: Field) -> Iterator[Block]:
        """One field outside a grid."""
        if not self._printing.shows(field):
            return
        if field.print.lead:
            yield Body(field.print.lead, None)
        if field.type == "tree":
            yield structure_figure(self._printing, field, self._caption("图"))
        elif field.print.layout == "statistics":
            yield statistics_table(self._printing, field, self._caption("表"))
        elif field.name == self._printing.form.head.ledger:
            yield directory_table(self._printing, field)
        elif field.columns:
            yield list_table(self._printing, field, self._own_caption(field))
        else:
            value = self._printing.value(field.name)
            yield Body(self._printing.text(field.name, field, value), field.name)

    def _own_caption(self, field: Field) -> str:
        """The number of a table; none when it is the whole part and would only repeat its heading."""
        same = (field.print.caption or field.label) == self._step.label
        return "" if same or not self._place else self._caption("表")

    def _caption(self, kind: str) -> str:
        self._captions[kind] += 1
        return f"{kind}{self._place}-{self._captions[kind]}"

    # -- seals -----------------------------------------------------------------------------------

    def _seals(self, group: Group) -> Iterator[Block]:
        """One block per signature field: the group's statements and opinions stand above its white area."""
        paragraphs: list[str] = []
        answer, path = "", None
        for field in group.field:
            if not self._printing.shows(field):
                continue
            if field.type == "statement":
                paragraphs += field.text
            elif field.type == "signature":
                yield from self._blocks_of(field, group, tuple(paragraphs), (answer, path))
                paragraphs, answer, path = [], "", None
            else:
                answer = self._printing.text(field.name, field, self._printing.value(field.name))
                path = field.name

    def _blocks_of(
        self, field: Field, group: Group, paragraphs: tuple[str, ...], answered: tuple[str, str | None]
    ) -> Iterator[Block]:
        seal = field.seal
        if seal is None:
            return
        rows = self._printing.rows(seal.each) if seal.each else (None,)
        points = tuple((point.label, point.ask) for point in self._round.review_point) if seal.review else ()
        for row in rows:
            words = {} if row is None else {name: str(value) for name, value in row.cells.items()}
            yield SealBlock(
                label=printed_label(field) or group.label,
                paragraphs=tuple(paragraph.format_map(_Blank(words)) for paragraph in paragraphs),
                left=seal.left.format_map(_Blank(words)),
                right=seal.right.format_map(_Blank(words)),
                height=seal.height_mm,
                answer=answered[0],
                path=answered[1],
                checks=points,
            )


_SMALL: Final = frozenset(
    {
        "text", "integer", "decimal", "date", "month", "month_range", "choice", "multi_choice", "dependent_choice",
        "region", "person", "attachment", "evidence", "calculated",
    }
)  # fmt: skip
"""Types that are printed in a grid also where the group runs as text."""


_PICTURE_TYPES: Final = frozenset({"image/jpeg", "image/png"})


class _Blank(dict[str, str]):
    """Words for a block's sentence; a column that is unanswered leaves its place blank."""

    def __missing__(self, key: str) -> str:
        return ""


def _stands_alone(field: Field) -> bool:
    """Whether a field interrupts a grid: tables, unless their widths say that they fit beside a label."""
    return bool(field.columns) and sum(field.print.widths) != GRID_TABLE_MM
