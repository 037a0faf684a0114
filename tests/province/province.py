"""A province's submissions, made anew: units that differ, carriers mixed, defects that are known."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from tests.province.truth import Truth


def make_province(
    folder: Path,
    count: int = 200,
    *,
    seed: int = 2026,
    carriers: Mapping[str, float] | None = None,
    attachments: int = 10,
    defects: bool = True,
    small: bool = True,
    cache: Path | None = None,
) -> Truth:
    """Fill a folder.

    Args:
        folder: empty or missing.
        count: of units.
        seed: the same seed gives the same province.
        carriers: share of each kind of submission (see ``CARRIERS``); ``None`` for the mixture of a real province.
        attachments: files in a package.
        defects: whether some units have one.
        small: texts as short as the form allows.
        cache: a folder that keeps exported documents from one call to the next.
    """
    raise NotImplementedError
