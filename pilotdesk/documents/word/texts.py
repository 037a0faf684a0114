"""Running text and cell text as paragraphs: answers inside their bookmarks, choices with their boxes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from pilotdesk.documents.word.markup import paragraph, printable, run
from pilotdesk.documents.word.styles import TICK_STYLE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pilotdesk.documents.blocks import Tick

NO_MARK: Final = ("", "")
TAKEN: Final = "☑"
NOT_TAKEN: Final = "□"
_BOXES: Final = re.compile("([☑□])")
_TICK: Final = f'<w:rStyle w:val="{TICK_STYLE}"/>'


def marked_paragraphs(
    text: str, style: str, mark: tuple[str, str] = NO_MARK, *, before: str = "", after: str = ""
) -> str:
    r"""Paragraphs of an answer, one for each line of ``text``, inside one bookmark.

    Args:
        text: paragraphs separated by ``\\n``; empty text makes one empty paragraph.
        style: id of the paragraph style.
        mark: start and end of the bookmark, two empty texts for none.
        before: further paragraph properties, see :func:`paragraph`.
        after: likewise.
    """
    lines = printable(text).split("\n")
    runs = [run(line) for line in lines]
    runs[0] = mark[0] + runs[0]
    runs[-1] += mark[1]
    return "".join(paragraph(style, inside, before=before, after=after) for inside in runs)


def printed_paragraphs(lines: Sequence[str], style: str, *, before: str = "", after: str = "") -> str:
    """Paragraphs printed by the form; ☑ and □ in them are set in the tick font."""
    return "".join(
        paragraph(style, boxed_runs(line), before=before, after=after)
        for text in lines
        for line in printable(text).split("\n")
    )


def boxed_runs(text: str) -> str:
    """Runs of printed words with their boxes."""
    return "".join(run(piece, _TICK if _BOXES.fullmatch(piece) else "") for piece in _BOXES.split(text))


def tick_runs(ticks: Sequence[Tick], *, narrow: bool) -> str:
    """All choices of a cell, the taken one ticked; the gap between them is 10 pt in a narrow cell, else 16 pt."""
    gap = "　" if narrow else "　 "
    pieces: list[str] = []
    for number, tick in enumerate(ticks):
        box = run(TAKEN if tick.taken else NOT_TAKEN, _TICK)
        label = printable(tick.label).replace("\n", " ")
        pieces += [box, run(f" {label}{gap if number < len(ticks) - 1 else ''}")]
    return "".join(pieces)
