"""Search results in the words of the forms: which field of which form has a word, and the text around it."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

from pilotdesk.drafts.search_hits import hits_in, pieces_of
from pilotdesk.errors import PackError
from pilotdesk.forms.installed import pack_for
from pilotdesk.forms.lookup import field_at, number_and_label
from pilotdesk.forms.regions import region_label
from pilotdesk.forms.values import field_name, split_cell_path
from pilotdesk.projects.timeline_words import name_of_form
from pilotdesk.record import Record

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from pilotdesk.drafts.records import DraftCard
    from pilotdesk.drafts.search_hits import Hit, Pieces
    from pilotdesk.forms.model import Form

SHOWN: Final = 3
"""Hits that are shown of one project."""


class FoundPlace(Record, frozen=True, kw_only=True):
    """One field or cell that has a word.

    Attributes:
        draft_id, path: where to go. where: its form, where there are several, and its number and label.
        pieces: the text around the hit.
    """

    draft_id: str
    path: str
    where: str
    pieces: Pieces


class FoundIn(Record, frozen=True, kw_only=True):
    """What was found in one project: the places that are shown, the best first, and how many others there are."""

    places: tuple[FoundPlace, ...] = ()
    more: int = 0


def found_in(
    data_folder: Path, projects: Sequence[Sequence[DraftCard]], typed: str, most: int = SHOWN
) -> tuple[FoundIn, ...]:
    """Where the words of a search stand in some projects, in their order; ``most`` places of each.

    Fields that the form of a draft does not have any more are left out.

    Raises:
        StoreError: the database cannot be read.
    """
    hits = hits_in(data_folder, [card.draft_id for cards in projects for card in cards], typed)
    form_of = cache(_form_of)  # a look at the packs each; and they may be others the next time
    return tuple(_found_in(cards, hits, typed, form_of, most) for cards in projects)


def _found_in(
    cards: Sequence[DraftCard],
    hits: Mapping[str, Sequence[Hit]],
    typed: str,
    form_of: Callable[[str, str, int], Form | None],
    most: int,
) -> FoundIn:
    known: list[tuple[tuple[int, int, int, int], Hit, Form, str]] = []
    for at, card in enumerate(cards):
        form = form_of(card.round, card.form, card.form_version) if card.draft_id in hits else None
        if form is None:
            continue
        order = {name: number for number, name in enumerate(form.fields)}
        named = name_of_form(card.form) if len(cards) > 1 else ""
        known += (
            ((-hit.words, at, order[field_name(hit.path)], hit.row), hit, form, named)
            for hit in hits[card.draft_id]
            if field_name(hit.path) in order
        )
    known.sort(key=lambda one: one[0])
    places = tuple(
        FoundPlace(
            draft_id=hit.draft_id, path=hit.path, where=_where(form, hit, named),
            pieces=pieces_of(_text(form, hit), typed),
        )
        for _, hit, form, named in known[:most]
    )  # fmt: skip
    return FoundIn(places=places, more=len(known) - len(places))


def _form_of(round_name: str, form_name: str, version: int) -> Form | None:
    try:
        return pack_for(round_name, form_name, version, "").forms[form_name]
    except PackError:
        return None


def _text(form: Form, hit: Hit) -> str:
    """The text of a hit as its field shows it: a region is kept by its code."""
    try:
        of_region = field_at(form, hit.path).type == "region"
    except KeyError:  # a part or a column that the form does not have any more
        return hit.text
    return (of_region and region_label(hit.text)) or hit.text


def _where(form: Form, hit: Hit, named: str) -> str:
    """``申报书 · 9.2 量化指标表，第 3 行，指标名称``."""
    try:
        words = number_and_label(form, hit.path, {})
    except KeyError:  # a part or a column that the form does not have any more
        words = form.fields[field_name(hit.path)].label
    if split_cell_path(hit.path):
        owner, _, column = words.partition("，")
        words = "，".join(filter(None, (owner, f"第 {hit.row} 行", column)))
    return " · ".join(filter(None, (named, words)))
