"""Putting text into cells and paragraphs of a foreign form, so that it looks as the form wants it to."""

from __future__ import annotations

import unicodedata
from copy import deepcopy
from typing import TYPE_CHECKING, Final

from lxml import etree

from pilotdesk.documents.filling.inline import is_guidance
from pilotdesk.documents.filling.looks import to_ink
from pilotdesk.documents.filling.normal import is_blank_text
from pilotdesk.documents.filling.room import is_solid
from pilotdesk.documents.opened import paragraph_text, pieces, replace_text
from pilotdesk.documents.opened.names import W14, P, R, W, own
from pilotdesk.documents.opened.texts import run_look

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lxml.etree import _Element

_IDS: Final = (f"{W14}paraId", f"{W14}textId")
_MARKS: Final = (f"{W}bookmarkStart", f"{W}bookmarkEnd", f"{W}commentRangeStart", f"{W}commentRangeEnd")


class Written:
    """What was written so far, to be looked for in the finished file.

    Attributes:
        lines: paragraph and a text that must stand in it.
    """

    def __init__(self) -> None:
        self.lines: list[tuple[_Element, str]] = []

    def line(self, paragraph: _Element, start: int, end: int, text: str) -> None:
        """Put a text where others stand in a paragraph; a prompt's look goes with the prompt."""
        runs = {piece.run for piece in pieces(paragraph) if piece.start < end and piece.end > start}
        for run in runs:
            to_ink(run)
        replace_text(paragraph, start, end, text)
        self.lines.append((paragraph, text))

    def cell(self, cell: _Element, text: str, *, long: bool = False) -> None:
        """Put a text into a cell that is empty or only holds guidance, a paragraph for each of its lines."""
        paragraphs = list(own(cell, P))
        self._paragraphs(paragraphs[0], paragraphs[1:], text, long=long)

    def body(self, first: _Element, text: str) -> None:
        """Put a long text into the empty paragraphs that begin with ``first``."""
        rest = []
        for sibling in first.itersiblings():
            if sibling.tag != P or is_solid(sibling) or not is_blank_text(paragraph_text(sibling)):
                break
            rest.append(sibling)
        self._paragraphs(first, rest, text, long=True)

    def behind(self, paragraph: _Element, start: int, end: int, text: str) -> None:
        """Put a text of several lines behind a label: the first beside it, the others below."""
        first, *rest = text.split("\n")
        self.line(paragraph, start, end, first)
        self._below(paragraph, rest)

    def below_heading(self, heading: _Element, text: str) -> None:
        """Put a long text into new paragraphs below a heading; they are set as running text, not as the heading."""
        at = heading
        for line in text.split("\n"):
            made = _running_text(heading, line)
            at.addnext(made)
            at = made
            self.lines.append((made, line))

    def _paragraphs(self, first: _Element, rest: Sequence[_Element], text: str, *, long: bool) -> None:
        lines = text.split("\n")
        for paragraph in rest:
            if is_guidance(paragraph_text(paragraph)):
                replace_text(paragraph, 0, len(paragraph_text(paragraph)), "")
        self.line(first, 0, len(paragraph_text(first)), lines[0])
        self._below(first, lines[1:])
        free = [one for one in rest if is_blank_text(paragraph_text(one)) and not is_solid(one)]
        for paragraph in free if long else free[: len(lines) - 1]:
            if paragraph.getparent() is not None and not _is_alone(paragraph):
                paragraph.getparent().remove(paragraph)  # type: ignore[union-attr]

    def _below(self, paragraph: _Element, lines: Sequence[str]) -> None:
        """More paragraphs that look like the one above."""
        at = paragraph
        for line in lines:
            made = another(paragraph, line)
            at.addnext(made)
            at = made
            self.lines.append((made, line))


def _is_alone(paragraph: _Element) -> bool:
    """Whether a cell or control would be left without a paragraph, or something else is anchored in this one."""
    parent = paragraph.getparent()
    kept = [f"{W}bookmarkStart", f"{W}bookmarkEnd", f"{W}commentRangeStart", f"{W}commentRangeEnd"]
    anchored = any(element.tag in kept for element in paragraph.iter())
    return anchored or parent is None or len(parent.findall(P)) < 2


def another(paragraph: _Element, text: str) -> _Element:
    """A new paragraph with the properties of one, and the look of its last run, holding a text."""
    made = etree.Element(P)
    for key, value in paragraph.attrib.items():
        if key not in _IDS:
            made.set(key, value)
    properties = paragraph.find(f"{W}pPr")
    if properties is not None:
        made.append(deepcopy(properties))
    listed = pieces(paragraph)
    look = listed[-1].run.find(f"{W}rPr") if listed else None
    run = etree.SubElement(made, R)
    if look is not None:
        run.append(run_look(look))
    replace_text(made, 0, 0, text)
    return made


def _running_text(heading: _Element, text: str) -> _Element:
    """A paragraph of running text in the type of a heading, if it names one: indented, not bold."""
    made = etree.Element(P)
    indent = etree.SubElement(etree.SubElement(made, f"{W}pPr"), f"{W}ind")
    indent.set(f"{W}firstLineChars", "200")
    run = etree.SubElement(made, R)
    listed = pieces(heading)
    look = listed[-1].run.find(f"{W}rPr") if listed else None
    if look is not None and heading.find(f"{W}pPr/{W}pStyle") is None:
        copied = run_look(look)
        for name in ("b", "bCs", "color", "u"):
            for child in copied.findall(f"{W}{name}"):
                copied.remove(child)
        run.append(copied)
    replace_text(made, 0, 0, text)
    return made


def padded(text: str, blank: str) -> str:
    """A text on a line to write on, with as much of the line left as it does not cover."""
    sign = blank[-1:]
    left = _width(blank) - _width(text)
    if sign not in {"_", " ", "\u3000", "＿"} or left <= 0:
        return text
    return text + sign * (left // _width(sign))


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)


def copied_row(row: _Element) -> _Element:
    """A copy of a row that can stand below it: names that must be unique in a document are left out."""
    made = deepcopy(row)
    for element in made.iter():
        for name in _IDS:
            if name in element.attrib:
                del element.attrib[name]
    for mark in [element for element in made.iter() if element.tag in _MARKS]:
        mark.getparent().remove(mark)  # type: ignore[union-attr]
    return made
