"""Whose telephone it is: the person whose group, line or label a part stands by."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from pilotdesk.documents.filling.judging import front_of, short
from pilotdesk.documents.filling.normal import folded, normal
from pilotdesk.documents.filling.spots import FIRM
from pilotdesk.record import Record

if TYPE_CHECKING:
    from pilotdesk.documents.filling.spots import Context, Spot
    from pilotdesk.documents.filling.words import Words

BY_GROUP, BY_LINE, FAR = 0.97, 0.95, 0.92
_PERSON: Final = re.compile(r"人$|人员$|专家$|组长$|主任$|经理$|会计$|出纳$|院长$|局长$|领导$|副职$|主管$")
_DEPUTY: Final = re.compile(
    r"分管|副职|副主任|副局长|副院长|副经理|部门负责人|部门领导|科室负责人|处室负责人"
)
"""People below those who head a unit; a form means somebody else by them than by its own people."""
_HEADS: Final = frozenset({"负责人", "主要负责人", "第一负责人", "行政负责人", "法定负责人"})
"""Who heads a unit where the label stands among those of a unit, and a project elsewhere."""


class Part(Record, frozen=True, kw_only=True):
    """A person's part: its path, how sure that is, and why."""

    path: str
    confidence: float
    why: str


class People:
    """The people of one form in the order in which it names them."""

    def __init__(self, words: Words) -> None:
        self._words: Final = words
        self._named: list[str] = []  # owners in order of the file, "" for people whom we do not know

    def owner(self, label: str, around: tuple[Context, ...]) -> str:
        """The person of ours whom a normal label names in its surroundings; empty for none."""
        if _DEPUTY.search(label):
            return ""
        if label in _HEADS:
            fronts = (front_of(self._words, normal(one.text)) for one in around if one.kind in FIRM)
            if next((front for front in fronts if front), "") == "单位":
                return self._words.owner(f"单位{label}") or self._words.owner("单位负责人")
        return self._words.owner(label) or self._of_both(label)

    def _of_both(self, label: str) -> str:
        """The person before 及 and the like in a label of two: 联系人及职务."""
        first, _, second = folded(label).partition("和")
        return self._words.owner(first) if second and self._words.is_part(second) else ""

    def part(self, label: str, around: tuple[Context, ...]) -> Part | None:
        """A part of a person: of the group it stands in, of the person named just before, of the last one named."""
        if not self._words.is_part(label):
            return None
        for at, context in enumerate(around):
            name = normal(context.text)
            owner = self.owner(name, around[at + 1 :])
            path = self._words.part(owner, label) if owner else ""
            if path:
                why = f"写在“{short(context.text)}”下"
                return Part(path=path, confidence=BY_GROUP if context.kind in FIRM else BY_LINE, why=why)
            unknown = not owner and context.kind not in {"heading", "title"} and _PERSON.search(name)
            if unknown or (owner and context.kind == "row"):
                return None
        return self._last(label)

    def is_nobodys(self, label: str, around: tuple[Context, ...]) -> bool:
        """Whether a part stands in one line behind a person of ours who has none: the telephone of a 法定代表人."""
        if not self._words.is_part(label):
            return False
        for at, context in enumerate(around):
            owner = self.owner(normal(context.text), around[at + 1 :])
            if owner:
                return context.kind == "row" and not self._words.part(owner, label)
        return False

    def _last(self, label: str) -> Part | None:
        for owner in reversed(self._named):
            path = self._words.part(owner, label)
            if not owner:
                return None
            if path and not self._words.meanings(label):
                return Part(path=path, confidence=FAR, why="跟在前面那个人后面")
        return None

    def note(self, spot: Spot) -> None:
        """Remember whom a place or what stands over it names."""
        label = normal(spot.labels[0])
        owner = self.owner(label, spot.around)
        if owner or (_PERSON.search(label) and not self._words.meanings(label)):
            self._named.append(owner)
        for context in spot.around:
            owner = self.owner(normal(context.text), ()) if context.kind in FIRM else ""
            if owner and (not self._named or self._named[-1] != owner):
                self._named.append(owner)
                break
