"""From labels to fields: which of the places that were read are ours, and how sure that is.

A label that is known word for word counts, in the surroundings where it means what it says; a label that is only alike is a
suggestion. What belongs to others (experts, authorities, banks) stays theirs, however familiar its labels look.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from pilotdesk.documents.filling.claims import (
    BY_CONTEXT,
    BY_PERSON,
    BY_STEM,
    CERTAIN,
    DOUBTFUL,
    LIKE,
    LONG,
    Claim,
)
from pilotdesk.documents.filling.composed import Composed
from pilotdesk.documents.filling.inline import sentence_with_boxes
from pilotdesk.documents.filling.judging import (
    asks_for_both,
    enumerations,
    field_of,
    front_of,
    is_signing_day,
    is_signing_line,
    money_over,
    names_unit,
    short,
    stands_over,
    told_unit,
    unit_of,
    without_doubles,
    without_repeats,
)
from pilotdesk.documents.filling.listing import SERIALS
from pilotdesk.documents.filling.mapping import SURE, Place
from pilotdesk.documents.filling.normal import MONEY, NUMERALS, normal
from pilotdesk.documents.filling.others import BODILY, FOREIGN, Others
from pilotdesk.documents.filling.parted import Parted
from pilotdesk.documents.filling.parties import Parties
from pilotdesk.documents.filling.people import People
from pilotdesk.documents.filling.rows_matching import is_of_projects, match_listing
from pilotdesk.documents.filling.spots import FIRM, Context
from pilotdesk.documents.filling.stems import stems
from pilotdesk.documents.filling.surroundings import asks_for_hand

if TYPE_CHECKING:
    from pilotdesk.documents.filling.listing import Listing
    from pilotdesk.documents.filling.reading import Read
    from pilotdesk.documents.filling.spots import Spot
    from pilotdesk.documents.filling.words import Words
    from pilotdesk.forms.model import Field

_AND: Final = re.compile(r"[及和与、/／]|以及")
_SHORT: Final = frozenset({"text", "integer", "decimal", "choice", "date", "person", "region"})
_BOTH: Final = 2
_CHOICES: Final = 3
"""Boxes from which on their words alone tell the field."""


class Matching:
    """Goes through the places of a file once.

    Attributes:
        places: what was found to be ours. unclaimed: labels that nobody claims.
    """

    def __init__(self, words: Words, read: Read) -> None:
        self._words: Final = words
        self._others: Final = Others(words)
        self._people: Final = People(words)
        self._composed: Final = Composed(words, self._known, self._by_stem)
        self._blocks: dict[str, list[int]] = {}
        self.places: list[Place] = []
        self.unclaimed: list[str] = []
        lists = [(one, match_listing(words, one, self._others)) for one in read.lists]
        self.places += [place for _, place in lists if place is not None]
        self._single = {
            one.at for one, place in lists if place is None and (one.rows == 1 or is_of_projects(words, one))
        }
        for one, place in lists:
            people = self._crossed(one) if place is None else []
            self.places += people
            if place is None and one.rows > 1 and not people:
                self.unclaimed += [" ".join(head.text.split()) for head in one.heads]
        parties, parted = Parties(read.spots), Parted(words)
        for spot in read.spots:
            self._take(parted.named(parties.named(spot)))
        self.places = without_doubles(words, without_repeats(self.places))

    def _crossed(self, listing: Listing) -> list[Place]:
        """A table with a row and a column for each pair of a person or unit and one of its labels, either way round."""
        made = []
        table, _, first = listing.at.partition("/R")
        for row, key in enumerate(listing.keys):
            for column, head in enumerate(listing.heads[1:], 1):
                claim = self._at_crossing(key, head.text, column, listing) or self._at_crossing(
                    head.text, key, row, listing
                )
                if claim is not None and not self._others.is_foreign(listing.around, claim.path):
                    at = f"{table}/R{int(first) + row}/C{column + listing.skipped}"
                    label = short(f"{key} {head.text}")
                    made.append(
                        Place(
                            path=claim.path,
                            at=at,
                            kind="cell",
                            confidence=BY_PERSON,
                            label=label,
                            why=claim.why,
                        )
                    )
        return made

    def _at_crossing(self, label: str, party: str, number: int, listing: Listing) -> Claim | None:
        """What a label means for a party that stands over it or left of it; ``None`` where that is no party."""
        name = normal(party)
        units = {meaning.path for meaning in self._words.meanings(name)} & {self._words.form.head.unit_name}
        if not (self._words.owner(name) or self._words.table(name) or units):
            return None
        if normal(label) in SERIALS:
            return None
        context = Context(text=party, kind="group", key=hash((listing.at, number, party)))
        before = (
            tuple(
                Context(text=key, kind="before")
                for key in reversed(listing.keys[: listing.keys.index(label)])
            )
            if (label in listing.keys)
            else ()
        )
        claim = self._known(normal(label), (context, *before))
        if claim is None or asks_for_hand(label):
            return None
        return Claim(path=claim.path, confidence=claim.confidence, why="行和列都对得上")

    def _take(self, spot: Spot) -> None:
        if spot.listed and spot.at.rpartition("/")[0] not in self._single:
            return
        self._people.note(spot)
        claim = self._claim(spot)
        if claim is None:
            if spot.kind not in {"body", "after"} and not asks_for_hand(spot.labels[0]):
                self.unclaimed.append(" ".join(spot.labels[0].split()))
            return
        place = self._place(spot, claim)
        if place is not None:
            self.places.append(place)

    # -- what it asks for ------------------------------------------------------------------------

    def _claim(self, spot: Spot) -> Claim | None:
        labels = list(spot.labels)
        if spot.kind == "boxes":
            labels = [*labels, sentence_with_boxes(spot.raw).rstrip("。 ")]
        nobodys = self._people.is_nobodys(normal(labels[0]), spot.around)
        if nobodys or asks_for_hand(labels[0]) or is_signing_line(spot):
            return None
        for label in labels:
            found = self._known(normal(label), spot.around) if label.strip() else None
            found = self._joined(label, spot) or found
            found = self._told_in_brackets(label, spot, found) if found is not None else None
            if found is not None:
                return self._doubted(self._by_options(found, spot), spot)
        stem = self._by_stem(normal(labels[0]), spot.around)
        if stem is not None:
            return self._doubted(self._told_in_brackets(labels[0], spot, stem), spot)
        composed = self._composed.claim(labels[0], spot)
        if composed is not None:
            return self._doubted(composed, spot)
        path, likeness = self._words.alike(normal(labels[0]))
        if path and not self._others.is_foreign(spot.around, path) and not FOREIGN.search(labels[0]):
            return Claim(path=path, confidence=LIKE * likeness, why="标签相近")
        return None

    def _told_in_brackets(self, label: str, spot: Spot, claim: Claim) -> Claim:
        """A text whose label lists in brackets what it is about, which may be another field: 工作基础（机构、制度）."""
        if not self._is_long(claim.path) or claim.confidence < SURE:
            return claim
        for listed in enumerations(spot.raw if spot.kind == "body" else label):
            whole = self._plain(normal("".join(listed)))
            known = {one.path for part in listed if (one := self._plain(normal(part))) is not None}
            if whole is not None and whole.path != claim.path:
                return Claim(path=whole.path, confidence=BY_STEM, why="括号里的话对得上")
            first = self._plain(normal(listed[0]))
            if whole is None and first is not None and self._is_long(first.path) and claim.path not in known:
                return Claim(path=claim.path, confidence=DOUBTFUL, why="括号里写的是别的内容")
        return claim

    def _is_long(self, path: str) -> bool:
        field = field_of(self._words, path)
        return field is not None and field.type == LONG

    def _by_options(self, claim: Claim, spot: Spot) -> Claim:
        """The claim; for boxes whose words are the choices of another field alone, that field."""
        field = field_of(self._words, claim.path)
        if spot.kind != "boxes" or field is None or len(spot.options) < _CHOICES or self._offers(field, spot):
            return claim
        others = [
            name
            for name, one in self._words.form.fields.items()
            if one.type == "choice" and not one.calculation and self._offers(one, spot)
        ]
        if len(others) != 1:
            return claim
        return Claim(path=others[0], confidence=BY_STEM, why="选项对得上")

    def _offers(self, field: Field, spot: Spot) -> bool:
        """Whether all words beside boxes are different choices of a field."""
        listed = self._words.form.lists.get(field.choices, ())
        names = [self._words.choice_of(listed, field.choices, words) for words in spot.options]
        return all(names) and len(set(names)) == len(names)

    def _doubted(self, claim: Claim, spot: Spot) -> Claim | None:
        """The claim, unless the place belongs to others."""
        if self._others.is_foreign(spot.around, claim.path):
            return None
        if is_signing_day(spot) or self._others.is_checkers(spot):
            return None
        if asks_for_both(spot.labels[0], field_of(self._words, claim.path)):
            return Claim(path=claim.path, confidence=DOUBTFUL, why="标签问的是两个数")
        if self._others.is_recommenders(spot):
            return Claim(path=claim.path, confidence=DOUBTFUL, why="推荐表的推荐单位不一定是省级的")
        if self._others.follows(spot, claim.path):
            return Claim(path=claim.path, confidence=DOUBTFUL, why="前面写的是别的单位")
        return claim

    def _by_stem(self, label: str, around: tuple[Context, ...]) -> Claim | None:
        """What a label means without the words around it; what it was said to belong to must be so."""
        form = self._words.form
        step = form.step_of[form.head.unit_name]
        for stem in stems(label):
            found = self._known(stem.text, around)
            if found is None or found.confidence < BY_STEM:
                continue
            name = found.path.partition(".")[0].partition("[")[0].partition("+")[0]
            in_unit = form.step_of[name] == step and step != form.steps[0].name
            if stem.of == "project" and in_unit and not form.fields[name].parts:
                continue
            if (
                stem.of == "unit"
                and not in_unit
                and name not in {form.head.unit_name, *BODILY}
                and not form.fields[name].parts
            ):
                continue
            return Claim(path=found.path, confidence=BY_STEM, why="标签去掉前后的字后对得上")
        return None

    def _joined(self, label: str, spot: Spot) -> Claim | None:
        """Two short answers in one place: 项目负责人及联系电话, 通讯地址、邮编."""
        words = [one for one in _AND.split(label.strip(" :：\u3000")) if one.strip()]
        if spot.kind not in {"cell", "text"} or len(words) != _BOTH:
            return None
        first = self._known(normal(words[0]), spot.around)
        if first is None:
            return None
        second = self._known(normal(words[1]), (Context(text=words[0], kind="row"), *spot.around))
        claims = [one for one in (first, second) if one is not None and one.confidence >= BY_STEM]
        fields = [field_of(self._words, one.path) for one in claims]
        if len(claims) < _BOTH or any(field is None or field.type not in _SHORT for field in fields):
            return None
        paths = {one.path for one in claims}
        whole = {meaning.path for meaning in self._words.meanings(normal(label))}
        if len(paths) < _BOTH or (whole and not whole & paths):
            return None
        return Claim(path="+".join(one.path for one in claims), confidence=BY_STEM, why="两个标签都对得上")

    def _known(self, label: str, around: tuple[Context, ...]) -> Claim | None:
        if not label:
            return None
        around = self._of_group(label, around)
        return (
            self._in_block(label, around)
            or self._below(label, around)
            or self._of_person(label, around)
            or self._in_group(label, around)
            or self._plain(label)
        )

    def _of_group(self, label: str, around: tuple[Context, ...]) -> tuple[Context, ...]:
        """What may say whose 名称 a place asks for: a group that is not us is nearer than all titles above it."""
        at = next((at for at, one in enumerate(around) if one.kind == "group"), -1)
        if label != "名称" or at < 0 or front_of(self._words, normal(around[at].text)):
            return around
        return around[: at + 1]

    def _below(self, label: str, around: tuple[Context, ...]) -> Claim | None:
        meanings = self._words.meanings(label)
        for context in around:
            for meaning in meanings if context.kind in FIRM else ():
                if meaning.below and stands_over(meaning.below, context):
                    return Claim(path=meaning.path, confidence=BY_CONTEXT, why="标签和所在的组都对得上")
        return None

    def _of_person(self, label: str, around: tuple[Context, ...]) -> Claim | None:
        part = self._people.part(label, around)
        return None if part is None else Claim(path=part.path, confidence=part.confidence, why=part.why)

    def _plain(self, label: str) -> Claim | None:
        plain = [meaning.path for meaning in self._words.meanings(label) if not meaning.below]
        if not plain:
            return None
        confidence = CERTAIN if len(set(plain)) == 1 else DOUBTFUL
        return Claim(path=plain[0], confidence=confidence, why="标签对得上")

    def _in_group(self, label: str, around: tuple[Context, ...]) -> Claim | None:
        """A short label below a unit or a project, read as the longer one: 类型 below 承担单位 is 单位类型."""
        for context in around:
            over = normal(context.text) if context.kind in FIRM else ""
            front = front_of(self._words, over)
            plain = (
                [one.path for one in self._words.meanings(front + label) if not one.below] if front else []
            )
            if len(set(plain)) == 1:
                return Claim(path=plain[0], confidence=BY_CONTEXT, why="标签和所在的组都对得上")
        return None

    def _in_block(self, label: str, around: tuple[Context, ...]) -> Claim | None:
        """A block of labels for each row of a table: 参加单位1, 参加单位2."""
        for context in around:
            table = self._words.table(normal(context.text)) if context.kind in FIRM else ""
            column = self._words.column(table, label.rstrip(NUMERALS)) if table else ""
            if column and self._is_sum(column, context):
                continue
            if column and not (self._words.meanings(label) and not names_unit(label, context.text)):
                listed = self._blocks.setdefault(table, [])
                if context.key not in listed:
                    listed.append(context.key)
                path = "+".join(
                    one.replace("[]", f"[{listed.index(context.key) + 1}]") for one in column.split("+")
                )
                return Claim(path=path, confidence=BY_PERSON, why="标签和所在的组都对得上")
        return None

    def _is_sum(self, column: str, context: Context) -> bool:
        """Whether an amount below the heading of a table is that of all its rows: 实际投入____万元."""
        field = field_of(self._words, column)
        named = names_unit("", context.text)
        return field is not None and field.type == "decimal" and context.kind == "heading" and not named

    # -- how it is filled ------------------------------------------------------------------------

    def _unit(self, spot: Spot, field: Field) -> str:
        """The unit that the form has at a place, in its label, or for sums of money over all of a table."""
        told = unit_of(spot)
        if told or field.unit not in MONEY:
            return told
        beside = next((one.text for one in spot.around if one.kind == "group"), "")
        return money_over(spot.around) or told_unit((beside,))

    def _place(self, spot: Spot, claim: Claim) -> Place | None:
        field = field_of(self._words, claim.path)
        kind, at, path = spot.kind, spot.at, claim.path
        if field is None:
            return None
        if spot.room and field.type in {"longtext", "tree"}:
            kind, at = "body", spot.room
        if field.type == "tree":
            if kind not in {"cell", "body"}:
                return None
            kind = "figure"
        if kind == "body" and field.type not in {"longtext", "tree", "text"}:
            return None
        if kind == "after" and (field.type != "longtext" or claim.confidence < SURE):
            return None
        if kind in {"date", "period"} and field.type not in {"date", "month_range", "month"}:
            return None
        if spot.guidance and "职务" in spot.raw and path.endswith(".name"):
            path = f"{path}+{path.removesuffix('.name')}.position"
        return Place(
            path=path, at=at, kind=kind, confidence=round(claim.confidence, 2), label=short(spot.labels[0]),
            why=claim.why, unit=self._unit(spot, field), count=spot.count,
        )  # fmt: skip
