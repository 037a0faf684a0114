"""Copies of text boxes for old programs: they say what the box says, also after it was filled."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING

from pilotdesk.documents.opened.names import ALTERNATIVES, BOX, CHOICE, FALLBACK

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lxml.etree import _Element


def renew_copies(paragraphs: Iterable[_Element]) -> None:
    """Give the old copies of text boxes the words of the new ones.

    Args:
        paragraphs: that were changed.
    """
    boxes = {box for paragraph in paragraphs for box in paragraph.iterancestors(BOX)}
    for box in boxes:
        both = next(box.iterancestors(ALTERNATIVES), None)
        if both is None or next(box.iterancestors(FALLBACK), None) is not None:
            continue
        new = [one for choice in both.findall(CHOICE) for one in choice.iter(BOX)]
        old = [one for fallback in both.findall(FALLBACK) for one in fallback.iter(BOX)]
        if len(new) == len(old):
            for source, target in zip(new, old, strict=True):
                target[:] = [deepcopy(child) for child in source]
