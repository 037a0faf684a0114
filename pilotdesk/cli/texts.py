"""Texts in one line of the command line: shortened, and so that what differs is to be seen."""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

SHOWN: Final = 40
"""Characters of a text that are shown."""
_BEFORE: Final = 10
"""Characters that are shown before the first one that differs."""


def one_line(text: str) -> str:
    """A text of several lines as one."""
    return text.replace("\n", " ")


def shortened(text: str) -> str:
    """The beginning of a text of one line."""
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}…"


def differing(texts: Sequence[str]) -> list[str]:
    """Texts in one short line each, empty for empty ones: without a long beginning that all have."""
    lines = [one_line(text) for text in texts]
    said = [line for line in lines if line]
    if len(said) > 1 and max(map(len, said)) > SHOWN:
        first, last = min(said), max(said)  # what these two share, all share
        same = (one == other for one, other in zip(first, last, strict=False))
        cut = sum(takewhile(bool, same)) - _BEFORE
        if cut > 0:
            lines = [f"…{line[cut:]}" if line else "" for line in lines]
    return [shortened(line) for line in lines]
