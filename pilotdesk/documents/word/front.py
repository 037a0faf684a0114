"""填写说明 and 目录: numbered entries, and the contents as a field whose result is filled in."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pilotdesk.documents.word.markup import field, paragraph, printable, run

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pilotdesk.documents.blocks import Notes

_OPEN: Final = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    '<w:r><w:instrText xml:space="preserve"> TOC \\o "1-1" \\h \\z </w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
)
_OWN_NUMBER: Final = re.compile(r"(\d+[.．、])\s+(.*)", re.DOTALL)
_CLOSE: Final = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
_NOT_FIRST: Final = '<w:spacing w:before="640" w:after="200"/>'


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the contents: heading, its bookmark, and the printed page (``None`` when nobody knows it)."""

    text: str
    mark: str
    page: int | None


def notes_markup(notes: Notes, *, first: bool) -> str:
    """Title and numbered entries; an entry that brings its number keeps it."""
    lines: list[str] = []
    for number, entry in enumerate(notes.entries, start=1):
        own = _OWN_NUMBER.match(entry)
        text = f"{own[1]}\t{own[2]}" if own else f"{number}.\t{entry}"
        lines.append(paragraph("PDNotes", run(printable(text).replace("\n", " "))))
    return title_markup(notes.title, first=first) + "".join(lines)


def title_markup(title: str, *, first: bool) -> str:
    """A page title, at least four characters wide (``目　　录``)."""
    spread = title if len(title) != 2 else f"{title[0]}　　{title[1]}"
    return paragraph("PDPageTitle", run(printable(spread)), after="" if first else _NOT_FIRST)


def contents_markup(title: str, entries: Sequence[Entry], *, first: bool) -> str:
    """The contents; Word can refresh it, but nobody has to."""
    lines = [_entry_runs(entry) for entry in entries] or [""]
    lines[0] = _OPEN + lines[0]
    lines[-1] += _CLOSE
    return title_markup(title, first=first) + "".join(paragraph("TOC1", runs) for runs in lines)


def _entry_runs(entry: Entry) -> str:
    page = "" if entry.page is None else str(entry.page)
    reference = field(f"PAGEREF {entry.mark} \\h", page)
    return (
        f'<w:hyperlink w:anchor="{entry.mark}" w:history="1">{run(printable(entry.text))}<w:r><w:tab/></w:r>{reference}'
        "</w:hyperlink>"
    )
