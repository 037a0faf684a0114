"""What two submissions have in common and should not: code, legal representative, telephone, title, copied text.

Everything is looked up by what it says, nothing is compared pair by pair, so a thousand submissions take a hundred times
what ten take. Only submissions for the same form are held against each other.
"""

from __future__ import annotations

import re
import unicodedata
from enum import Enum
from itertools import combinations
from typing import TYPE_CHECKING, Final

import msgspec

from pilotdesk.forms.values import Row
from pilotdesk.record import Record
from pilotdesk.review.beside.copied_text import ALL_PAIRS, copied_texts, plain
from pilotdesk.review.beside.left_over import left_over_names
from pilotdesk.rules.scan_copied import LEAST, TITLES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from pilotdesk.forms.model import Form, FormPack
    from pilotdesk.review.records import Submission

_BRACKETS: Final = str.maketrans("（〔【［〈《[<", "((((((((") | str.maketrans("）〕】］〉》]>", "))))))))")
_NO_NAME: Final = re.compile(r"[\s​﻿“”\"'‘’·•]+")
_NUMBERS: Final = re.compile(r"(?:(?:\+|00)?86[- ]?)?(?P<number>\d[\d\- ()]{8,}\d)")
_LEAST_TELEPHONE: Final = 10
"""Digits of a mobile number or of a number with its area code; shorter ones are the same in two cities by chance."""


class SameKind(Enum):
    """What is the same; the value is the code of the finding."""

    USCC = "desk_same_uscc"
    UNIT = "desk_same_unit"
    REPRESENTATIVE = "desk_same_representative"
    PHONE = "desk_same_phone"
    TITLE = "desk_same_title"
    TWO_ROLES = "desk_two_roles"
    COPIED = "desk_copied"
    LEFT_OVER = "desk_left_over"


class Same(Record, frozen=True, kw_only=True):
    """Something that two submissions share.

    Attributes:
        kind: what. keys: of the two, in the order in which they were given; of :attr:`SameKind.TWO_ROLES` the one where the
            unit undertakes is first, of :attr:`SameKind.LEFT_OVER` the one in whose text the other's name stands.
        words: the code, name, number or title; of copied text how it begins.
        paths: answers of the first and of the second, one or more of each; empty where a fact has no path of its own.
        characters: of copied text, how many in all; else 0.
    """

    kind: SameKind
    keys: tuple[str, str]
    words: str
    paths: tuple[tuple[str, ...], tuple[str, ...]] = ((), ())
    characters: int = 0


def sameness(
    submissions: Sequence[Submission], pack: FormPack, known: Iterable[str] = ()
) -> tuple[Same, ...]:
    """Everything that two submissions share, by kind, then in the order in which they are given.

    Two submissions of one unit are told once as such; that they also share its telephone or texts is no news then.

    Args:
        submissions: all of them; keys are all different.
        pack: of the round; forms that it does not have are compared by their facts only.
        known: texts that everybody has in hand, see :func:`common_texts`.
    """
    known = tuple(known)
    groups: dict[tuple[str, str], list[Submission]] = {}
    for one in submissions:
        groups.setdefault((one.round, one.form), []).append(one)
    return tuple(
        same
        for (_, form), group in groups.items()
        for same in _in_one_form(group, pack.forms.get(form), known)
    )


def common_texts(pack: FormPack, notice: str = "") -> Iterator[str]:
    """Texts of a pack: hints, examples, presets, rows to pick from; and the notice."""
    yield notice
    for form in pack.forms.values():
        yield from _strings(form.steps)
    yield from _strings(pack.round)


def running_texts(submission: Submission, form: Form) -> Iterator[tuple[str, str]]:
    """Path and text of the answers that were written, not picked: long texts, and sentences in tables.

    Titles of standards and documents are left out: others rightly name the same.
    """
    for field in form.fields.values():
        value = submission.values.get(field.name)
        if field.type == "longtext" and isinstance(value, str):
            yield field.name, value
        elif isinstance(value, tuple) and field.name not in TITLES:
            columns = [column.name for column in field.columns if column.type in {"text", "longtext"}]
            for row in value:
                if isinstance(row, Row):
                    yield from _sentences(field.name, row, columns)


def plain_name(name: str) -> str:
    """A name as it is compared: one width, one kind of brackets, no blanks, quotes or dots."""
    return _NO_NAME.sub("", unicodedata.normalize("NFKC", name)).translate(_BRACKETS).casefold()


def telephones(text: str) -> tuple[str, ...]:
    """The numbers in an answer, digits only, without the country's code; those too short to be told apart left out."""
    found = ("".join(filter(str.isdigit, one["number"])) for one in _NUMBERS.finditer(half(text)))
    return tuple(dict.fromkeys(number for number in found if len(number) >= _LEAST_TELEPHONE))


def half(text: str) -> str:
    """Half-width letters and signs."""
    return unicodedata.normalize("NFKC", text).replace("—", "-").replace("–", "-")


def _sentences(table: str, row: Row, columns: Sequence[str]) -> Iterator[tuple[str, str]]:
    for column in columns:
        cell = row.cell(column)
        if isinstance(cell, str) and len(plain(cell)) >= LEAST:
            yield f"{table}[{row.id}].{column}", cell


def _in_one_form(group: Sequence[Submission], form: Form | None, known: Sequence[str]) -> Iterator[Same]:
    by_uscc = list(
        _sharing(group, SameKind.USCC, lambda one: [(plain_name(one.facts.uscc), one.facts.uscc, "")])
    )
    by_unit = list(
        _sharing(group, SameKind.UNIT, lambda one: [(plain_name(one.facts.unit), one.facts.unit, "")])
    )
    same_code = {same.keys for same in by_uscc}
    yield from by_uscc
    yield from (same for same in by_unit if same.keys not in same_code)
    one_unit = same_code | {same.keys for same in by_unit}
    representatives = _sharing(
        group,
        SameKind.REPRESENTATIVE,
        lambda one: [(plain_name(one.facts.legal_representative), one.facts.legal_representative, "")],
    )
    yield from (same for same in representatives if same.keys not in one_unit)
    yield from (
        same
        for same in _sharing(group, SameKind.PHONE, lambda one: _phones(one, form))
        if same.keys not in one_unit
    )
    yield from _sharing(group, SameKind.TITLE, lambda one: [(plain(one.facts.title), one.facts.title, "")])
    yield from _two_roles(group)
    if form is not None:
        yield from _texts(group, form, known, one_unit)


def _sharing(
    group: Sequence[Submission],
    kind: SameKind,
    told: Callable[[Submission], Iterable[tuple[str, str, str]]],
) -> Iterator[Same]:
    """Submissions for which the same is told: what is compared, what is shown, and the path; nothing is never the same."""
    found: dict[str, dict[str, tuple[str, list[str]]]] = {}
    order = {one.key: number for number, one in enumerate(group)}
    for one in group:
        for compared, shown, path in told(one):
            if compared:
                entry = found.setdefault(compared, {}).setdefault(one.key, (shown, []))
                entry[1].extend([path] if path else [])
    shared = [
        Same(
            kind=kind,
            keys=(first, second),
            words=who[first][0],
            paths=(tuple(who[first][1]), tuple(who[second][1])),
        )
        for who in found.values()
        for first, second in _pairs(list(who))
    ]
    yield from sorted(shared, key=lambda same: (order[same.keys[0]], order[same.keys[1]], same.words))


def _pairs(keys: Sequence[str]) -> Iterable[tuple[str, str]]:
    """Every two of a few; of many, the first with every other, so that a hundred times the same stays a hundred."""
    return combinations(keys, 2) if len(keys) <= ALL_PAIRS else ((keys[0], other) for other in keys[1:])


def _phones(submission: Submission, form: Form | None) -> Iterator[tuple[str, str, str]]:
    """Telephones of the unit's own people; those of participants and of offices above are theirs."""
    people = [field for field in form.fields.values() if field.parts] if form else []
    paths = [f"{field.name}.{part.name}" for field in people for part in field.parts]
    found = [(path, submission.values.get(path)) for path in paths]
    for path, text in [*found, ("", submission.facts.phone)]:
        for number in telephones(text) if isinstance(text, str) else ():
            yield number, number, path


def _two_roles(group: Sequence[Submission]) -> Iterator[Same]:
    """Units that undertake one project and take part in another."""
    undertaking: dict[str, list[Submission]] = {}
    for one in group:
        if name := plain_name(one.facts.unit):
            undertaking.setdefault(name, []).append(one)
    for other in group:
        for name in dict.fromkeys(map(plain_name, other.facts.participants)):
            for one in undertaking.get(name, [])[:ALL_PAIRS]:
                if one.key != other.key:
                    yield Same(kind=SameKind.TWO_ROLES, keys=(one.key, other.key), words=one.facts.unit)


def _texts(
    group: Sequence[Submission], form: Form, known: Sequence[str], one_unit: set[tuple[str, str]]
) -> Iterator[Same]:
    """Copied passages, and names of others that were left in."""
    written = {one.key: list(running_texts(one, form)) for one in group}
    for copied in copied_texts(written, known):
        if copied.keys not in one_unit:
            here, there = zip(*(run.paths for run in copied.runs), strict=True)
            yield Same(
                kind=SameKind.COPIED,
                keys=copied.keys,
                words=copied.runs[0].excerpt,
                paths=(tuple(dict.fromkeys(here)), tuple(dict.fromkeys(there))),
                characters=copied.total,
            )
    for left in left_over_names(group, written):
        if left.keys not in one_unit and left.keys[::-1] not in one_unit:
            yield Same(kind=SameKind.LEFT_OVER, keys=left.keys, words=left.name, paths=(left.paths, ()))


def _strings(told: object) -> Iterator[str]:
    """Every text inside a part of a pack."""
    if isinstance(told, str):
        yield told
    elif isinstance(told, msgspec.Struct):
        for name in told.__struct_fields__:
            yield from _strings(getattr(told, name))
    elif isinstance(told, dict):
        for inner in told.values():
            yield from _strings(inner)
    elif isinstance(told, list | tuple):
        for inner in told:
            yield from _strings(inner)
