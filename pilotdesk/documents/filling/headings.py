"""Headings of running text: which of them hold for what follows, and which have no room of their own."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from pilotdesk.documents.filling.inline import DATE, blanks, is_contents_line, is_guidance
from pilotdesk.documents.filling.normal import heading_level, is_blank_text, normal
from pilotdesk.documents.filling.spots import Context
from pilotdesk.documents.filling.surroundings import is_seal
from pilotdesk.documents.opened import paragraph_text
from pilotdesk.documents.opened.names import TBL, TC, P, W, value_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lxml.etree import _Element

    from pilotdesk.documents.opened import Grid

LONGEST_HEADING: Final = 48
_PLAIN, _PARTY_LEVEL = 4, 5
"""Levels of a heading without number or style, and of the line that begins what is one party's."""
_NOTE: Final = re.compile(r"[（(][^）)]*[）)]")
_CLOSING: Final = re.compile(
    r"(?:意见|承诺|签字|签名|盖章|公章)[)）]?\s*[:：]?\s*$|^\s*(?:附件|附表|附[:：]|注[:：])"
)
"""What follows the last section of a form."""
_NEW_PART: Final = re.compile(
    r"\s*(?:附[件表录]?\s*[一二三四五六七八九十\d]|表\s*[一二三四五六七八九十\d]+|第[一二三四五六\d]+部分)"
)
_UNIT_LINE: Final = re.compile(
    r"\s*[（(]?\s*(?:金额|计量|货币)?单位\s*[:：]\s*(?:人民币)?\s*\w{1,4}\s*[）)]?\s*$"
)
_NO_TITLE: Final = re.compile(r"示例|样例|范例|举例|样表|说明|须知|意见|专家|评委|签到")
_OWN_TITLE: Final = re.compile(r"申请|申报|任务书|自评|自查|总结|合同|协议|推荐书|推荐表|审批表")
_INSTRUCTIONS: Final = re.compile(r"(?:填表|填写|填报|编写|编制|申报)(?:说明|须知|要求|指南)$")
_PARTY: Final = re.compile(
    r"\s*([甲乙丙丁])\s*方\s*(?:[（(][^）)]*[）)]\s*)*(?:[:：]|$|单位|代表|法定|名称|[盖签])"
)
_TOLD: Final = re.compile(r"[^:：]{2,16}[:：]\s*\S")
_FIRST: Final = re.compile(r"\s*(?:第?一|[（(]一[)）]|1[.．、]|[（(]1[)）])")
_GRID: Final = 3
"""Empty cells from which on a table is no example among instructions."""


class Headings:
    """The headings that hold at a place of running text. ``began``: whether the title of the document is over."""

    def __init__(self) -> None:
        self._held: list[tuple[int, Context]] = []
        self._turned = False
        self._item = 0  # level of the first numbered line of instructions
        self.began = False

    def near(self) -> tuple[Context, ...]:
        """What holds, the nearest first."""
        return tuple(context for _, context in reversed(self._held))

    def see(self, text: str) -> None:
        """A numbered line ends instructions when their numbers begin anew or one of a higher level comes."""
        level = heading_level(text)
        if not level or not self._instructed():
            return
        if self._item and (level < self._item or (level == self._item and _FIRST.match(text))):
            self._end_instructions()
        self._item = self._item or level

    def note(self, block: _Element, text: str) -> None:
        """A heading ends those of its own level and below; a centred one without number ends all of them."""
        level = _level(block) or (0 if value_of(block.find(f"{W}pPr/{W}jc")) == "center" else _PLAIN)
        if _UNIT_LINE.match(text):
            level = _PARTY_LEVEL
        elif _NEW_PART.match(text) or (
            self._turned and level == _PLAIN and text.strip()[-1] not in ":：。；"
        ):
            level = 0
        if _INSTRUCTIONS.search(normal(text)):
            level, self._item = 0, 0
        own = not self.began or _OWN_TITLE.search(normal(text)) is not None
        titled = level == 0 and own and _NO_TITLE.search(normal(text)) is None
        self._end(level)
        self._turned = False
        self._held.append((level, Context(text=text, kind="title" if titled else "heading", key=id(block))))

    def note_party(self, block: _Element, text: str) -> None:
        """A line that begins what is one party's of a contract holds until the next such line or heading."""
        found = _PARTY.match(text)
        if found:
            self._end(_PARTY_LEVEL)
            self._held.append((_PARTY_LEVEL, Context(text=f"{found[1]}方", kind="heading", key=id(block))))

    def pass_line(self) -> None:
        """A line with a place below a title ends the titles of the document."""
        self.began |= bool(self._held)

    def turn_page(self) -> None:
        """A page begins: instructions are over, and a heading without number is a title."""
        self._turned = self.began = True
        self._end_instructions()

    def meet(self, grid: Grid) -> None:
        """A table to be filled is no part of instructions."""
        if sum(is_blank_text(cell.text) for cell in grid.cells) >= _GRID:
            self._end_instructions()
        self.began = True
        self._turned = False

    def _end(self, level: int) -> None:
        while self._held and self._held[-1][0] >= level:
            self._held.pop()

    def _instructed(self) -> bool:
        return any(_INSTRUCTIONS.search(normal(context.text)) for _, context in self._held)

    def _end_instructions(self) -> None:
        for at, (_, context) in enumerate(self._held):
            if _INSTRUCTIONS.search(normal(context.text)):
                del self._held[at:]
                return


def is_short(text: str) -> bool:
    """Whether a text may be a heading by its length; what stands in brackets does not count."""
    return len(_NOTE.sub("", text)) <= LONGEST_HEADING


def is_told(text: str) -> bool:
    """Whether a line without number says what its label asks for itself: 下达单位：××市场监督管理局."""
    return not heading_level(text) and not _UNIT_LINE.match(text) and _TOLD.match(text) is not None


def is_box(block: _Element) -> bool:
    """Whether a block is a table of one empty cell."""
    if block.tag != TBL:
        return False
    cells = list(block.iter(TC))
    return len(cells) == 1 and not any(paragraph_text(one).strip() for one in block.iter(P))


def breaks_page(block: _Element) -> bool:
    """Whether a paragraph begins or ends a page."""
    if block.find(f"{W}pPr/{W}pageBreakBefore") is not None or block.find(f"{W}pPr/{W}sectPr") is not None:
        return True
    return any(one.get(f"{W}type") == "page" for one in block.iter(f"{W}br"))


def heading_right_above(table: _Element) -> _Element | None:
    """The heading right above a table, which may have empty lines and guidance below it; ``None`` for none."""
    for block in table.itersiblings(P, TBL, preceding=True):
        text = paragraph_text(block) if block.tag == P else ""
        if block.tag == TBL or breaks_page(block):
            return None
        if text.strip() and not is_guidance(text):
            return block if is_short(text) and not blanks(text, open_end=False) else None
    return None


def is_signed(text: str, follows: Sequence[_Element]) -> bool:
    """Whether a line is where a body seals at the end of a text: its name's place and a date or signature on the next line."""
    if re.search(r"[（(][^）)]*[章][^）)]*[）)]", text) is None or re.search(r"[_＿]{2}", text):
        return False
    below = next((paragraph_text(one) for one in follows if one.tag == P and paragraph_text(one).strip()), "")
    dated = DATE.search(below) is not None and is_blank_text(DATE.sub("", below))
    return dated or re.search(r"签\s*[字名章]", below) is not None


def is_bare_heading(block: _Element, follows: Sequence[_Element]) -> bool:
    """Whether a heading stands right above the next one of its level, or above the end."""
    level = _level(block)
    text = paragraph_text(block).strip()
    if not level or not is_short(text) or text[-1] in "。；;，,、" or is_contents_line(text):
        return False
    if not follows:
        return True
    following = follows[0]
    if following.tag != P:
        return False
    if is_seal(paragraph_text(following)) or _CLOSING.search(paragraph_text(following)):
        return True
    return 0 < _level(following) <= level and is_short(paragraph_text(following))


def _level(block: _Element) -> int:
    """The level of a heading by its number, else by its style; 0 for other paragraphs."""
    style = re.fullmatch(r"(?:heading|标题)\s*(\d)", value_of(block.find(f"{W}pPr/{W}pStyle")).casefold())
    return heading_level(paragraph_text(block)) or (int(style[1]) if style else 0)
