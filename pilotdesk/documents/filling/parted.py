"""Blocks of labels that follow each other below one title: where the first label comes again, the next block begins."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from pilotdesk.documents.filling.normal import NUMERALS, normal
from pilotdesk.documents.filling.spots import FIRM

if TYPE_CHECKING:
    from pilotdesk.documents.filling.spots import Context, Spot
    from pilotdesk.documents.filling.words import Words


class Parted:
    """Gives what stands below a title of a table of ours (参加单位情况) a key for each of its blocks."""

    def __init__(self, words: Words) -> None:
        self._words = words
        self._begun: dict[
            int, tuple[str, int]
        ] = {}  # key of a title to the first label below it and the block

    def named(self, spot: Spot) -> Spot:
        """A place whose titles have the keys of their blocks; to be asked once for each, in the order of the file."""
        return replace(spot, around=tuple(self._keyed(context, spot) for context in spot.around))

    def _keyed(self, context: Context, spot: Spot) -> Context:
        if context.kind not in FIRM or not self._words.table(normal(context.text)):
            return context
        label = normal(spot.labels[0]).rstrip(NUMERALS)
        first, block = self._begun.get(context.key, (label, -1))
        if label == first:
            block += 1
        self._begun[context.key] = first, block
        return replace(context, key=hash((context.key, block))) if block else context
