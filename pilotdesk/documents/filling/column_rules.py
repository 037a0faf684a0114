"""What the columns of a list may say in a mapping: each of our table at most once, and none of another table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pilotdesk.documents.filling.mapping import Place

COUNTER: Final = "#"
"""The column that counts the rows."""


def wrong_columns(place: Place) -> str:
    """What a list says wrongly about its columns, as a sentence; empty when nothing."""
    known = [one for one in place.columns if one not in {"", COUNTER}]
    stray = next((one for one in known if any(_table(part) != place.path for part in one.split("+"))), "")
    if stray and place.path:
        return f"“{stray}”不是“{place.path}”这张表的列。"
    twice = next((one for one in known if known.count(one) > 1), "")
    return f"“{twice}”这一列写了两次。" if twice else ""


def _table(path: str) -> str:
    return path.partition("[]")[0]
