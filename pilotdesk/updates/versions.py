"""Versions of the program, compared as numbers: 0.10 comes after 0.9, and 1.0rc1 before 1.0."""

from __future__ import annotations

import re
from typing import Final

from pilotdesk import __version__

_VERSION: Final = re.compile(r"([0-9]{1,6}(?:\.[0-9]{1,6}){0,3})(?:(a|b|rc)([0-9]{1,6}))?")
_STAGES: Final = {"a": 0, "b": 1, "rc": 2, None: 3}

Ordered = tuple[tuple[int, ...], int, int]
"""Sorts as the versions do: numbers without zeros at the end, stage, number of the stage."""


def ordered(version: str) -> Ordered | None:
    """What a version is sorted by; ``None`` when it is none: ``0.2``, ``1.0.3`` and ``1.1rc2`` are some."""
    found = _VERSION.fullmatch(version)
    if found is None:
        return None
    numbers = [int(number) for number in found[1].split(".")]
    while numbers and not numbers[-1]:
        numbers.pop()
    return tuple(numbers), _STAGES[found[2]], int(found[3] or 0)


def is_newer(version: str, than: str = __version__) -> bool:
    """Whether a version comes after another; what is no version comes after none."""
    here, there = ordered(version), ordered(than)
    return here is not None and there is not None and here > there
