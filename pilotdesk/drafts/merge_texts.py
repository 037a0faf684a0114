"""One text that two people changed in different places, with the changes of both in it."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from pilotdesk.drafts.compare import marked
from pilotdesk.record import Record

if TYPE_CHECKING:
    from collections.abc import Iterator


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
    mine, theirs = tuple(_edits(base, here)), tuple(_edits(base, there))
    both = {*mine, *theirs}
    ordered = sorted(both, key=lambda edit: (edit.start, edit.end))
    if any(after.start <= edit.end for edit, after in pairwise(ordered)):
        return None
    text = base
    for edit in reversed(ordered):
        text = f"{text[: edit.start]}{edit.text}{text[edit.end :]}"
    return text


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
