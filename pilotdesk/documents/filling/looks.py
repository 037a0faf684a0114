"""The look of guidance: prompts of content controls and grey words, which what is filled in must not keep."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pilotdesk.documents.opened import pieces
from pilotdesk.documents.opened.names import P, W, value_of

if TYPE_CHECKING:
    from lxml.etree import _Element

_GREY_SPAN: Final = 24
_LIGHTEST_INK: Final = 96
"""Greys from #606060 on are read as prompts; darker ones are ink."""


def run_text(run: _Element) -> str:
    """The letters of a run."""
    return "".join(letters.text or "" for letters in run.iter(f"{W}t"))


def is_prompt(run: _Element) -> bool:
    """Whether a run shows a prompt: in a control that says so, or in a light grey."""
    control = next(run.iterancestors(f"{W}sdt"), None)
    if control is not None and control.find(f"{W}sdtPr/{W}showingPlcHdr") is not None:
        return True
    return _is_grey(value_of(run.find(f"{W}rPr/{W}color")))


def prompts(paragraph: _Element) -> tuple[tuple[int, int], ...]:
    """First and last sign of what content controls within a line show until they are filled."""
    made: list[tuple[int, int]] = []
    last: _Element | None = None
    for piece in pieces(paragraph):
        control = next(piece.run.iterancestors(f"{W}sdt"), None)
        inside = control is not None and any(one is paragraph for one in control.iterancestors(P))
        if not inside or control is None or control.find(f"{W}sdtPr/{W}showingPlcHdr") is None:
            last = None
        elif control is last:
            made[-1] = made[-1][0], piece.end
        else:
            made.append((piece.start, piece.end))
            last = control
    return tuple(one for one in made if one[0] < one[1])


def _is_grey(color: str) -> bool:
    if len(color) != 6:
        return False
    try:
        parts = [int(color[at : at + 2], 16) for at in (0, 2, 4)]
    except ValueError:
        return False
    return max(parts) - min(parts) <= _GREY_SPAN and _LIGHTEST_INK <= min(parts) < 250


def to_ink(run: _Element) -> None:
    """Take the look of a prompt from a run: grey, slant, the style of placeholders."""
    look = run.find(f"{W}rPr")
    if look is None or not is_prompt(run):
        return
    for name in ("color", "i", "iCs", "rStyle"):
        for child in look.findall(f"{W}{name}"):
            look.remove(child)
