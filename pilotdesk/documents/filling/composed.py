"""Labels put together of several: two names of one field, the names of several texts, words that say what a text is about."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pilotdesk.documents.filling.claims import BY_STEM, LONG, Claim
from pilotdesk.documents.filling.judging import field_of
from pilotdesk.documents.filling.normal import halves, normal

if TYPE_CHECKING:
    from collections.abc import Callable

    from pilotdesk.documents.filling.spots import Context, Spot
    from pilotdesk.documents.filling.words import Words

    Known = Callable[[str, tuple[Context, ...]], Claim | None]

_MOST: Final = 4


class Composed:
    """Knows the labels of one form that no list has as a whole."""

    def __init__(self, words: Words, known: Known, by_stem: Known) -> None:
        self._words: Final = words
        self._known: Final = known
        self._by_stem: Final = by_stem

    def claim(self, label: str, spot: Spot) -> Claim | None:
        """What a label means by its parts; ``None`` for nothing or too much."""
        return self._by_halves(label, spot) or self._by_core(label, spot)

    def _by_core(self, label: str, spot: Spot) -> Claim | None:
        path = self._words.cores.path(normal(label), asked=spot.kind == "boxes")
        return Claim(path=path, confidence=BY_STEM, why="标签里的词对得上") if path else None

    def _by_halves(self, label: str, spot: Spot) -> Claim | None:
        """Parts that all mean the same (特色亮点和典型做法), or a text of ours each (经济效益和社会效益)."""
        parts = halves(label)
        if not 1 < len(parts) <= _MOST:
            return None
        found = [self._known(part, spot.around) or self._by_core(part, spot) for part in parts]
        whole = None not in found
        found = [one or self._by_stem(part, spot.around) for one, part in zip(found, parts, strict=True)]
        sure = [one.path for one in found if one is not None and one.confidence >= BY_STEM]
        if len(sure) < len(parts):
            return None
        paths = list(dict.fromkeys(one for path in sure for one in path.split("+")))
        if len(paths) > 1 and not (whole and all(map(self._is_long, paths))):
            return None
        why = "标签的两半都对得上" if len(paths) == 1 else "标签的每一部分都对得上"
        return Claim(path="+".join(paths), confidence=BY_STEM, why=why)

    def _is_long(self, path: str) -> bool:
        field = field_of(self._words, path)
        return field is not None and field.type == LONG
