"""Room for an answer below a heading or label, and what may stand in it: guidance, prompts, instructions."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from pilotdesk.documents.filling.headings import is_box
from pilotdesk.documents.filling.inline import blanks, is_aside, is_guidance
from pilotdesk.documents.filling.looks import is_prompt, run_text
from pilotdesk.documents.filling.normal import is_blank_text
from pilotdesk.documents.opened import paragraph_text
from pilotdesk.documents.opened.names import P, W

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lxml.etree import _Element

_SUBTITLE: Final = re.compile(
    r"[（(](?!请|包括|含|如|例|可)[\u4e00-\u9fff]{2,8}(?:[、及和与][\u4e00-\u9fff]{2,8})+[）)]"
)
_INSTRUCTION: Final = re.compile(
    r"请|简述|简要|概述|阐述|说明|填写|重点|主要包括|包括|应包括|应当|需要?说明|从.{1,20}方面|介绍|围绕"
)


def room_below(follows: Sequence[_Element]) -> list[_Element]:
    """The empty paragraphs right below, the first of them may hold guidance; none where something else stands there."""
    room: list[_Element] = []
    if len(follows) > 1 and _stays(*follows[:2]):
        follows = follows[1:]
    for block in follows:
        text = paragraph_text(block) if block.tag == P else "x"
        if is_box(block):
            return []
        if block.tag != P or is_solid(block) or not (is_blank_text(text) or (not room and is_guidance(text))):
            break
        room.append(block)
    return room


def _stays(block: _Element, following: _Element) -> bool:
    """Whether a paragraph only says what to write and may stay above its answer; one in brackets if there is room below."""
    text = paragraph_text(block).strip() if block.tag == P else ""
    limited = re.search(r"\d\s*字", text) is not None
    told = not limited and is_guidance(text) and _INSTRUCTION.match(text.lstrip("（(【[ ")) is not None
    if told and (is_placeholder(block) or _is_controlled(block)):
        return False
    return _is_instruction(text) or ((told or is_subtitle(text)) and _is_free(following))


def is_subtitle(text: str) -> bool:
    """Whether a line in brackets goes on with the heading above it: it only lists what that is about."""
    return _SUBTITLE.fullmatch(text.strip()) is not None


def _is_controlled(block: _Element) -> bool:
    """Whether a paragraph is all that a content control holds."""
    parent = block.getparent()
    return parent is not None and parent.tag == f"{W}sdtContent" and len(parent.findall(P)) == 1


def _is_free(block: _Element) -> bool:
    return block.tag == P and is_blank_text(paragraph_text(block)) and not is_solid(block)


def has_room(texts: Sequence[str], *, alone: bool) -> bool:
    """Whether there are only empty paragraphs below a label in its cell; guidance may stand there if nothing stands beside."""
    return bool(texts) and all(
        is_blank_text(one) or (alone and number == 0 and is_guidance(one)) for number, one in enumerate(texts)
    )


def _is_instruction(text: str) -> bool:
    """Whether a paragraph below a heading only says what to write; it stays."""
    told = text.strip()
    return (_INSTRUCTION.match(told) is not None or is_aside(told)) and not blanks(text)


def is_solid(paragraph: _Element) -> bool:
    """Whether an empty paragraph carries something: a section's end, a page break, a picture."""
    tags = {f"{W}sectPr", f"{W}drawing", f"{W}pict", f"{W}object", f"{W}br"}
    return any(element.tag in tags for element in paragraph.iter())


def is_placeholder(cell: _Element) -> bool:
    """Whether all text of a cell or paragraph is the prompt of a content control, or so grey that it can only be one."""
    runs = [run for run in cell.iter(f"{W}r") if run_text(run).strip()]
    return bool(runs) and all(is_prompt(run) for run in runs)
