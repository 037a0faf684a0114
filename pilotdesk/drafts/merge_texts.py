"""One text that two people changed in different places, with the changes of both in it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from pilotdesk.drafts.compare import marked
from pilotdesk.record import Record

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

OPENING: Final = "〔我的："
"""How a place begins of which both versions stand."""
_OPEN: Final = OPENING + "{here}／对方的：{there}〕"
_IS_OPEN: Final = re.compile(_OPEN.format(here=".*?", there=".*?"), re.DOTALL)


class _Edit(Record, frozen=True):
    """Characters ``start`` to ``end`` of a text became ``text``; nothing went where the two are the same."""

    start: int
    end: int
    text: str


def woven(base: str, here: str, there: str) -> str | None:
    """Both changes of a text in one.

    Args:
        base: what both began from.
        here: what one made of it.
        there: what the other made of it.

    Returns:
        The text; ``None`` where they changed the same place, or places that touch: which goes first nobody can tell.
    """
    groups = list(_groups({*_edits(base, here), *_edits(base, there)}))
    if any(len(group) > 1 for group in groups):
        return None
    return _applied(base, 0, len(base), [edit for group in groups for edit in group])


def laid_out(base: str, here: str, there: str) -> str:
    """Both changes of a text in one; where they contradict each other, both in brackets that say whose each is."""
    mine, theirs = tuple(_edits(base, here)), tuple(_edits(base, there))
    text, at = "", 0
    for group in _groups({*mine, *theirs}):
        start, end = group[0].start, max(edit.end for edit in group)
        own, other = ([edit for edit in side if edit in group] for side in (mine, theirs))
        said, said_there = _applied(base, start, end, own), _applied(base, start, end, other)
        if not own or said == said_there:
            said = said_there
        elif other:
            said = _OPEN.format(here=said, there=said_there)
        text, at = f"{text}{base[at:start]}{said}", end
    return text + base[at:]


def is_open(text: str) -> bool:
    """Whether a text that was laid out still holds two versions of a place."""
    return _IS_OPEN.search(text) is not None


def _groups(edits: Iterable[_Edit]) -> Iterator[list[_Edit]]:
    """Edits of places that overlap or touch, together; all in the order of their places."""
    group: list[_Edit] = []
    for edit in sorted(edits, key=lambda edit: (edit.start, edit.end)):
        if group and edit.start > max(one.end for one in group):
            yield group
            group = []
        group.append(edit)
    if group:
        yield group


def _applied(base: str, start: int, end: int, edits: list[_Edit]) -> str:
    """Characters ``start`` to ``end`` of a text with edits in their order, none of which touch."""
    text, at = "", start
    for edit in edits:
        text, at = f"{text}{base[at : edit.start]}{edit.text}", edit.end
    return text + base[at:end]


def _edits(before: str, after: str) -> Iterator[_Edit]:
    at, start, come = 0, 0, ""
    for piece in marked(before, after):
        if piece.kind == "same":
            if at > start or come:
                yield _Edit(start, at, come)
            at += len(piece.text)
            start, come = at, ""
        elif piece.kind == "gone":
            at += len(piece.text)
        else:
            come += piece.text
    if at > start or come:
        yield _Edit(start, at, come)
