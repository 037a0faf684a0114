"""Blocks with room for signature and seal. Source: print target §2.3, §5.2 (十三), §5.3."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, NamedTuple

from pilotdesk.documents.blocks import Tick
from pilotdesk.documents.pdf.lines import choices
from pilotdesk.documents.pdf.pages import Box, Rule, aligned
from pilotdesk.documents.pdf.sheets import Sheet, SheetCell, SheetRow, draw_rows
from pilotdesk.documents.pdf.styles import (
    CHECKS,
    INNER_RULE,
    MM,
    OUTER_RULE,
    PLEDGE,
    PORTRAIT,
    SEAL_ANSWER,
    SEAL_LABEL,
    SIGNATURE,
    TextStyle,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pilotdesk.documents.blocks import SealBlock
    from pilotdesk.documents.pdf.flow import Flow, Kind
    from pilotdesk.documents.pdf.lines import Line, Typesetter
    from pilotdesk.documents.pdf.pages import Mark
    from pilotdesk.documents.pdf.styles import PageShape

_LABEL_WIDTH, _PADDING = 14 * MM, 3.5 * MM
_CONTENT_WIDTH: Final = PORTRAIT.text_width - _LABEL_WIDTH - 2 * _PADDING
_ABOVE: Final = 8.0
_CHECK_EDGES: Final = (0.0, 30 * MM, 99 * MM, 135 * MM)
_CHECK_HEAD: Final = ("审核内容", "审核要点", "审核结论")
_CHECK_STYLE: Final = TextStyle("song", 10.5, 15)
_CHECK_CHOICES: Final = (Tick("符合", False), Tick("不符合", False))
_CHECK_BEFORE, _CHECK_AFTER = 2.5, 5.5
_RIGHT_WORDS: Final = 62 * MM
_DATE, _DATE_INDENT = "年　　月　　日", 10.0
_DATE_MIDDLE, _NAMES_MIDDLE = 16.6, 42.6
_LEAST_AREA: Final = 40 * MM
_BELOW: Final = 2.4


@dataclass(slots=True)
class _Text:
    """Lines of one face in a block: a statement printed by the form or an answer."""

    lines: Sequence[Line]
    leading: float
    mark: Mark | None = None

    @property
    def height(self) -> float:
        return len(self.lines) * self.leading


class _Foot(NamedTuple):
    """Words at the foot of the white area."""

    left: Line
    right: Line
    date: Line


@dataclass(slots=True)
class _Block:
    """One block, or the part of it that a page can take. ``area``: white for the seal, pt; 0 where it goes on."""

    label: Sequence[Line]
    content: list[_Text | Sheet]
    area: float
    foot: _Foot

    @property
    def height(self) -> float:
        inner = _ABOVE + sum(map(_height, self.content)) + (self.area + _BELOW if self.area else _ABOVE)
        return max(inner, len(self.label) * SEAL_LABEL.leading + 2 * _ABOVE)


@dataclass(slots=True)
class SealPart:
    """Seal blocks that follow each other: one frame on every page, no block on two of them.

    Blocks that fit on one page together stand on one, so that nobody gets a page with nothing but a seal to send in.
    """

    blocks: Sequence[_Block]
    shape: PageShape = PORTRAIT
    kind: Kind = "table"
    keeps_next: bool = False
    new_page: bool = False
    least_room: float = 0.0

    def start_height(self) -> float:
        """All blocks where one page takes them, else the first one."""
        if self._whole <= self.shape.text_height:
            return self._whole
        return min(self.blocks[0].height, self.shape.text_height)

    @property
    def _whole(self) -> float:
        return sum(block.height for block in self.blocks)

    def place(self, flow: Flow) -> None:
        """As many blocks on a page as fit."""
        waiting = [piece for block in self.blocks for piece in _pieces(block, self.shape.text_height)]
        if flow.room < self._whole <= self.shape.text_height and not flow.fresh:
            flow.new_page()
        while waiting:
            count, used = 0, 0.0
            while count < len(waiting) and used + waiting[count].height <= flow.room:
                used += waiting[count].height
                count += 1
            if not count and not flow.fresh:
                flow.new_page()
                continue
            _draw(flow, waiting[: max(1, count)])
            waiting = waiting[max(1, count) :]
            if waiting:
                flow.new_page()


def seal_part(blocks: Sequence[SealBlock], setter: Typesetter, flow: Flow) -> SealPart:
    """Blocks that stand one below the other."""
    return SealPart([_block(block, setter, flow) for block in blocks])


def _block(block: SealBlock, setter: Typesetter, flow: Flow) -> _Block:
    """With review points the first sentence stands above them and the others below."""
    above = block.paragraphs[:1] if block.checks else block.paragraphs
    below = block.paragraphs[1:] if block.checks else ()
    content: list[_Text | Sheet] = [_sentences(above, setter)]
    if block.checks:
        content += [_check_sheet(block.checks, setter), _sentences(below, setter)]
    if block.path is not None:
        lines = setter.lines(block.answer, SEAL_ANSWER, _CONTENT_WIDTH, align="justify")
        content.append(_Text(lines, SEAL_ANSWER.leading, flow.mark(block.path)))
    return _Block(
        setter.lines("\n".join(block.label), SEAL_LABEL, _LABEL_WIDTH),
        content,
        max(_LEAST_AREA, block.height * MM),
        _Foot(*(setter.single(text, SIGNATURE) for text in (block.left, block.right, _DATE))),
    )


def _sentences(paragraphs: Sequence[str], setter: Typesetter) -> _Text:
    lines = [
        line
        for paragraph in paragraphs
        for line in setter.lines(paragraph, PLEDGE, _CONTENT_WIDTH, align="justify")
    ]
    return _Text(lines, PLEDGE.leading)


def _check_sheet(checks: Sequence[tuple[str, str]], setter: Typesetter) -> Sheet:
    """The review points with empty boxes, for the province's pen."""
    padding = 4.2

    def row(texts: Sequence[str], head: bool) -> SheetRow:
        cells = []
        for column, text in enumerate(texts):
            style = CHECKS.cells["head"] if head else _CHECK_STYLE
            style = CHECKS.cells["text"] if column == 2 and not head else style
            width = _CHECK_EDGES[column + 1] - _CHECK_EDGES[column] - 2 * padding
            align = "center" if head or column != 1 else "left"
            lines = setter.lines(text, style, width, gap=CHECKS.tick_gap if column == 2 and not head else 0)
            cells.append(SheetCell(lines, style.leading, align, column=column))
        return SheetRow(cells, CHECKS.least_row, "head" if head else "body")

    boxes = choices(_CHECK_CHOICES)
    rows = [row(_CHECK_HEAD, True), *(row((point, ask, boxes), False) for point, ask in checks)]
    for line in rows:
        line.kind = "body"  # rules of one weight
    return Sheet(_CHECK_EDGES, padding, rows)


def _height(content: _Text | Sheet) -> float:
    return content.height if isinstance(content, _Text) else content.height() + _CHECK_BEFORE + _CHECK_AFTER


def _pieces(block: _Block, limit: float) -> list[_Block]:
    """A block that is higher than a page goes on: its long text first, the seal with the last lines."""
    found = []
    while block.height > limit:
        tall = max((text for text in block.content if isinstance(text, _Text)), key=lambda text: text.height)
        before = block.content[: block.content.index(tall)]
        room = limit - 2 * _ABOVE - sum(map(_height, before))
        count = min(int(room / tall.leading), len(tall.lines) - 3)
        if count < 1:
            break
        head = _Text(tall.lines[:count], tall.leading, tall.mark)
        rest = _Text(tall.lines[count:], tall.leading, tall.mark)
        found.append(replace(block, content=[*before, head], area=0.0))
        block = replace(block, content=[rest, *block.content[len(before) + 1 :]])
    return [*found, block]


def _draw(flow: Flow, blocks: Sequence[_Block]) -> None:
    page, shape, top = flow.page, flow.shape, flow.y
    divide = shape.left + _LABEL_WIDTH
    for n, block in enumerate(blocks):
        if n:
            page.rules.append(Rule(shape.left, flow.y, shape.right, flow.y, INNER_RULE))
        bottom = flow.y + block.height
        _draw_label(flow, block, bottom)
        y = _draw_content(flow, block, divide + _PADDING)
        if block.area:
            _draw_foot(flow, block, bottom)
        flow.y = max(y, bottom)
    page.rules.append(Rule(divide, top, divide, flow.y, INNER_RULE))
    page.boxes.append(Box(shape.left, top, shape.text_width, flow.y - top, OUTER_RULE))


def _draw_label(flow: Flow, block: _Block, bottom: float) -> None:
    y = flow.y + (bottom - flow.y - len(block.label) * SEAL_LABEL.leading) / 2
    for line in block.label:
        flow.page.place(line, aligned(flow.shape.left, _LABEL_WIDTH, line, "center"), y, SEAL_LABEL.leading)
        y += SEAL_LABEL.leading


def _draw_content(flow: Flow, block: _Block, x: float) -> float:
    y = flow.y + _ABOVE
    for content in block.content:
        if isinstance(content, Sheet):
            y = draw_rows(content, content.rows, flow.page, left=x, top=y + _CHECK_BEFORE, edge=INNER_RULE)
            y += _CHECK_AFTER
            continue
        flow.note_answer(content.mark)
        for line in content.lines:
            flow.page.place(line, x, y, content.leading, content.mark)
            y += content.leading
    return y


def _draw_foot(flow: Flow, block: _Block, bottom: float) -> None:
    """Names for signature and seal, and the line for the date."""
    page, right = flow.page, flow.shape.right - _PADDING
    left = flow.shape.left + _LABEL_WIDTH + _PADDING
    half = SIGNATURE.leading / 2
    words = block.foot
    page.place(words.left, left, bottom - _NAMES_MIDDLE - half, SIGNATURE.leading)
    # The blank half of a closing bracket may reach into the cell's padding.
    start = max(left, right + SIGNATURE.size / 2 - max(_RIGHT_WORDS + SIGNATURE.size / 2, words.right.width))
    page.place(words.right, start, bottom - _NAMES_MIDDLE - half, SIGNATURE.leading)
    page.place(
        words.date, right - _DATE_INDENT - words.date.width, bottom - _DATE_MIDDLE - half, SIGNATURE.leading
    )
