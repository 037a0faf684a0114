"""Which files make one submission, whatever order they come in.

Files of the same project belong together: by the id that our files carry, unless code and name of the unit are both other ones,
for somebody may have handed out one prepared draft to many; else by code of the unit and title of the project, else by name
of the unit and title. What holds no answers goes with the one submission of its folder; of several with the one
that its name tells; otherwise nobody can tell, and it stands alone.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from typing import TYPE_CHECKING, Final

from msgspec.structs import replace

from pilotdesk.record import MutableRecord
from pilotdesk.review.intake import words
from pilotdesk.review.intake.records import Gathered
from pilotdesk.review.records import Kind, State

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pilotdesk.review.intake.records import Card, Folder
    from pilotdesk.review.records import ReceivedFile

Name = tuple[str, ...]

_KINDS: Final = (Kind.PLAIN_WORD, Kind.PDF, Kind.WORD, Kind.PILOT)
"""From the one that tells least of the answers to the one that tells all."""
_LEAST_NAME: Final = 4
_FOR_FILES: Final = re.compile(
    r"附件|佐证|证明|证书|材料|扫描|照片|图片|支撑|盖章|公章|原件|复印|文件|pdf|word|scan|attach",
    re.IGNORECASE,
)
"""In names of folders that hold a part of what a unit hands in."""


def plain(text: str) -> str:
    """A code, name or title as it is compared: wide and narrow signs, blanks and letters of any size alike."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


def names_of(card: Card) -> tuple[Name, ...]:
    """By what a file is told to be of one project; two that share a name belong together."""
    whole = (card.round, card.form)
    uscc, unit, title = plain(card.uscc), plain(card.unit), plain(card.title)
    names: list[Name] = []
    if card.project:
        own = (*whole, "project", card.project)
        told = [(*own, kind, text) for kind, text in (("code", uscc), ("unit", unit)) if text]
        names += told or [own]
    if uscc:
        names.append((*whole, "code", uscc, title))
    if unit and title:
        names.append((*whole, "unit", unit, title))
    return tuple(names) or ((*whole, "folder", *card.folder), (*whole, "file", card.file.sha256))


def counting(cards: Iterable[Card]) -> Card:
    """The file whose answers count: of the newest version, and of several that say the same the one that tells most."""
    known = list(cards)
    newest = max(known, key=_rank)
    same = [card for card in known if card.digest and card.digest == newest.digest]
    return max([newest, *same], key=lambda card: (_KINDS.index(card.file.kind), _rank(card)))


def _rank(card: Card) -> tuple[object, ...]:
    made = card.revision - (card.draft and card.revision > 0)
    return made, not card.draft, _KINDS.index(card.file.kind), card.digest, card.file.place, card.number


def key_of(cards: Iterable[Card]) -> str:
    """The key of a submission: round, form, whose it is and a mark of the title; without any of them a mark of the file."""
    card = counting(cards)
    uscc, unit, title = plain(card.uscc), plain(card.unit), plain(card.title)
    whole = f"{card.round}/{card.form}"
    if uscc or (unit and title):
        return f"{whole}/{uscc or unit}/{hashlib.sha256(title.encode()).hexdigest()[:8]}"
    return f"{whole}/{f'project-{card.project}' if card.project else card.file.sha256[:16]}"


class Group(MutableRecord, eq=False):
    """Files that make one submission so far.

    Attributes:
        cards: with answers. others: what came along.
        grown_at: when it last grew, as the caller counts. judged: whether it was handed on as it is.
        told: the key under which it was told. gone: keys of groups that became part of it.
    """

    cards: list[Card]
    others: list[ReceivedFile]
    grown_at: int
    judged: bool = False
    told: str = ""
    gone: tuple[str, ...] = ()

    def gathered(self) -> Gathered:
        """As it goes to a worker."""
        cards = tuple(sorted(self.cards, key=lambda card: (card.file.place, card.number)))
        others = tuple(sorted(self.others, key=lambda file: file.place))
        return Gathered(key=key_of(cards), cards=cards, others=others)


class Gathering:
    """Groups that grow file by file.

    Attributes:
        alone: files that belong to no submission; whoever tells of them empties it.
    """

    def __init__(self) -> None:
        self._dirty: dict[int, Group] = {}
        self.alone: list[ReceivedFile] = []
        self._groups: dict[Name, Group] = {}
        self._held: dict[Folder, list[Group]] = {}  # by every folder above a card
        self._waiting: dict[Folder, list[tuple[Card, bool]]] = {}

    def groups(self) -> list[Group]:
        """All of them, each once, in the order in which they began."""
        return list({id(group): group for group in self._groups.values()}.values())

    @property
    def waiting(self) -> list[Group]:
        """Groups that have grown since they were judged, that which grew first before the others."""
        self._dirty = {key: group for key, group in self._dirty.items() if not group.judged}
        return list(self._dirty.values())

    def add(self, card: Card, now: int) -> Group | None:
        """Take a file in; the group that it made or joined, ``None`` for one whose folder has to be known first."""
        if not card.holds_answers:
            self._waiting.setdefault(card.folder, []).append((card, True))
            return None
        names = names_of(card)
        known = list(
            {id(self._groups[name]): self._groups[name] for name in names if name in self._groups}.values()
        )
        group = known[0] if known else Group(cards=[], others=[], grown_at=now)
        for other in known[1:]:
            self._merge(group, other)
        self._groups |= dict.fromkeys(names, group)
        group.cards.append(card)
        for depth in range(len(card.folder) + 1):
            held = self._held.setdefault(card.folder[:depth], [])
            if group not in held:
                held.append(group)
        self._grown(group, now)
        return group

    def settle(self, folder: Folder, now: int) -> list[Group]:
        """A folder is complete: what waits in it goes where it belongs; the submissions that it holds a file of."""
        held = self._held.get(folder, [])
        waiting = self._waiting.pop(folder, [])
        if len(held) == 1:
            group = held[0]
            direct = any(card.folder == folder for card in group.cards)
            for card, near in waiting:
                if near or direct:
                    group.others.append(card.file)
                    self._grown(group, now)
                else:
                    self._alone(card, words.NO_SUBMISSION)
        elif held:
            for card, _ in waiting:
                named = _named_in(card, held)
                if named is None:
                    self._alone(card, words.SEVERAL_SUBMISSIONS)
                else:
                    named.others.append(card.file)
                    self._grown(named, now)
        else:
            self._hand_up(folder, waiting)
        return held

    def _grown(self, group: Group, now: int) -> None:
        group.grown_at = now
        group.judged = False
        self._dirty.pop(id(group), None)
        self._dirty[id(group)] = group

    def _hand_up(self, folder: Folder, waiting: list[tuple[Card, bool]]) -> None:
        """No submission in a folder: attachments go to the folder above, documents that could not be read do not."""
        near = bool(folder) and _FOR_FILES.search(folder[-1]) is not None
        for card, was_near in waiting:
            refused = card.file.state is State.REFUSED and card.file.kind is not Kind.ATTACHMENT
            if not folder or refused:
                self._alone(card, words.NO_SUBMISSION)
            else:
                self._waiting.setdefault(folder[:-1], []).append((card, near and was_near))

    def _alone(self, card: Card, reason: str) -> None:
        file = card.file
        self.alone.append(file if file.sentence else replace(file, sentence=reason))

    def _merge(self, group: Group, other: Group) -> None:
        other.judged = True  # as a part of the group that it joins
        group.cards += other.cards
        group.others += other.others
        group.gone += (*other.gone, *([other.told] if other.told else []))
        self._groups |= {name: group for name, one in self._groups.items() if one is other}
        for folder, held in self._held.items():
            if other in held:
                self._held[folder] = [one for one in held if one is not other and one is not group] + [group]


def _named_in(card: Card, groups: Iterable[Group]) -> Group | None:
    """The one submission whose title or unit stands in the name of a file; the longest counts."""
    name = plain(card.file.place.rpartition("/")[2])
    best: list[tuple[int, Group]] = []
    for group in groups:
        told = {plain(text) for one in group.cards for text in (one.title, one.unit)}
        length = max((len(text) for text in told if len(text) >= _LEAST_NAME and text in name), default=0)
        if length:
            best.append((length, group))
    longest = max((length for length, _ in best), default=0)
    found = [group for length, group in best if length == longest]
    return found[0] if len(found) == 1 else None


def gathered(cards: Iterable[Card]) -> tuple[tuple[Gathered, ...], tuple[ReceivedFile, ...]]:
    """All submissions of files that are all known, by their keys, and the files that stand alone, by their places."""
    gathering = Gathering()
    folders: set[Folder] = {()}
    for card in cards:
        gathering.add(card, 0)
        folders |= {card.folder[:depth] for depth in range(len(card.folder) + 1)}
    for folder in sorted(folders, key=lambda folder: (-len(folder), folder)):
        gathering.settle(folder, 0)
    made = sorted(
        (group.gathered() for group in gathering.groups()), key=lambda one: (one.key, one.cards[0].number)
    )
    return tuple(made), tuple(sorted(gathering.alone, key=lambda file: (file.place, file.sha256)))


def older(cards: Iterable[Card]) -> Iterator[Card]:
    """Packages beside the one that counts among packages: they are told of, and not compared."""
    packages = [card for card in cards if card.file.kind is Kind.PILOT]
    best = counting(packages) if packages else None
    yield from (card for card in packages if card is not best)
