"""Entries of dictionaries in a PDF that pikepdf has open."""

from __future__ import annotations

from typing import Any


def entry(owner: Any, key: Any) -> Any:  # noqa: ANN401
    """What stands under a key of a dictionary or stream; ``None`` where nothing does.

    Not ``owner.get``, which throws inside pikepdf and catches that again: on Windows the first such throw in a thread that
    was there before pikepdf was loaded came out as a ``KeyError`` (pikepdf 10.17 in Wine, the window's thread after a worker).
    """
    if key not in owner:
        return None
    return owner[key]
