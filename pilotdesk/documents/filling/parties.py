"""甲方 and 乙方: which of them applies, as the form says itself, put in the place of the bare words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from msgspec.structs import replace

from pilotdesk.documents.filling.normal import normal

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pilotdesk.documents.filling.spots import Spot

_NAMED: Final = re.compile(r"([甲乙丙]\s*方)\s*[（(]([^）)]{2,16})[）)]")
_CALLED: Final = re.compile(
    r"([\u4e00-\u9fff]{2,8})\s*[（(](?:以下)?(?:简称)?[“”\"]?([甲乙丙]方)[“”\"]?[）)]"
)
_BEARING: Final = re.compile(r"由\s*([甲乙丙]方)\s*承担|([甲乙丙]方)\s*自筹")
"""What only the unit that carries out the project does."""
_BARE: Final = re.compile(r"[甲乙丙]\s*方(?:\s*[（(][^）)]*[）)])?")


class Parties:
    """The roles of the parties of one form."""

    def __init__(self, spots: Iterable[Spot]) -> None:
        self._roles: dict[str, str] = {}
        for spot in spots:
            for text in (*spot.labels, spot.raw, *(context.text for context in spot.around)):
                self._learn(text)

    def _learn(self, text: str) -> None:
        for found in _NAMED.finditer(text):
            if "章" not in found[2] and "签" not in found[2]:
                self._roles.setdefault(normal(found[1]), found[2].strip())
        for found in _CALLED.finditer(text):
            self._roles.setdefault(found[2], found[1].strip())
        for found in _BEARING.finditer(text):
            self._roles.setdefault(found[1] or found[2], "承担单位")

    def named(self, spot: Spot) -> Spot:
        """A place whose labels and surroundings say the role instead of the party."""
        if not self._roles:
            return spot
        return replace(
            spot,
            labels=tuple(self._said(label) for label in spot.labels),
            around=tuple(replace(context, text=self._said(context.text)) for context in spot.around),
        )

    def _said(self, text: str) -> str:
        if _CALLED.search(text):
            return text
        return _BARE.sub(self._role, text)

    def _role(self, found: re.Match[str]) -> str:
        """The role of a party; where it seals it stays what it is."""
        return found[0] if re.search("[章签]", found[0]) else self._roles.get(normal(found[0]), found[0])
