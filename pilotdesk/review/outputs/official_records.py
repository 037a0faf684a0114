"""What an official document says, and what is left to the clerk to fill in."""

from __future__ import annotations

import re
from enum import Enum
from typing import TYPE_CHECKING, Final

from pilotdesk.record import Record

if TYPE_CHECKING:
    from datetime import date

BLANKS: Final = re.compile(r"(【请填写[^】]*】)")
"""What the clerk has to fill in, as it stands in a text."""


class Layout(Enum):
    """信函格式 or 文件格式."""

    LETTER = "letter"
    REPORT = "report"


class Level(Enum):
    """What a paragraph of the text is: running text, 一、 or （一）."""

    BODY = "GWBody"
    FIRST = "GWFirst"
    SECOND = "GWSecond"


class Paper(Record, frozen=True, kw_only=True):
    """What an official document says.

    Attributes:
        bureau: full name; it is the mark and the signature. number: 发文字号, whole.
        signer: 签发人, printed in 文件格式 only.
        title: whole; words: parts of it that are not broken.
        text: paragraphs in their order.
        annexes: titles without numbers. note: 附注 without its brackets; empty for none.
        dated: of the document; ``None`` leaves it to the clerk. copies: 抄送, each one; issued_by: 印发机关, for the 版记.
    """

    layout: Layout
    bureau: str
    number: str
    signer: str = ""
    title: str
    words: tuple[str, ...] = ()
    addressee: str
    text: tuple[tuple[Level, str], ...]
    annexes: tuple[str, ...] = ()
    note: str = ""
    dated: date | None = None
    copies: tuple[str, ...] = ()
    issued_by: str = ""

    @property
    def mark(self) -> str:
        """发文机关标志: the name, in 文件格式 with 文件 behind it."""
        return f"{self.bureau}文件" if self.layout is Layout.REPORT else self.bureau

    @property
    def blanks(self) -> tuple[str, ...]:
        """What the clerk has to fill in, as it stands in the document; equal ones once for each place."""
        texts = [
            self.number,
            *(text for _, text in self.text),
            *self.annexes,
            self.note,
            day_text(self.dated),
        ]
        texts += [self.mark, *self.copies]
        if self.layout is Layout.REPORT:
            texts += [self.signer, self.issued_by, day_text(self.dated)]
        return tuple(found for text in texts for found in BLANKS.findall(text))


def blanks_remark(paper: Paper) -> tuple[str, ...]:
    """What is said of the blanks once the document is stored; nothing where there are none."""
    if not paper.blanks:
        return ()
    signer = paper.signer if paper.layout is Layout.REPORT else ""
    nameless = ((paper.number, "发文机关代字"), (signer, "签发人"))
    named = [name for text, name in nameless if blank() in text]
    named += [one[1:-1].removeprefix("请填写：") for one in paper.blanks if one != blank()]
    return (f"公文里还有 {len(paper.blanks)} 处标黄的要填：{'；'.join(dict.fromkeys(named))}。",)


def blank(words: str = "") -> str:
    """``【请填写：……】``, what the clerk has to know and nobody told the program."""
    return f"【请填写{'：' if words else ''}{words}】"


def day_text(day: date | None) -> str:
    """``2026年6月24日``; a blank for none."""
    return f"{day.year}年{day.month}月{day.day}日" if day else blank("成文日期")
