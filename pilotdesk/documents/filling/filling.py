"""Filling a foreign form: every sure place gets its answer, everything else stays as it was."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pilotdesk.documents.filling.blank_kinds import BlankKinds
from pilotdesk.documents.filling.coverage import uncovered
from pilotdesk.documents.filling.places import Addresses
from pilotdesk.documents.filling.row_filling import RowFilling
from pilotdesk.documents.filling.values import Values
from pilotdesk.documents.filling.words import Words
from pilotdesk.documents.filling.writing import Written
from pilotdesk.documents.opened.copies import renew_copies
from pilotdesk.forms.lookup import number_and_label
from pilotdesk.record import Record

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Mapping as Dict

    from pilotdesk.documents.filling.mapping import Mapping, Place
    from pilotdesk.documents.filling.places import Found
    from pilotdesk.documents.opened import OpenedDocx
    from pilotdesk.forms.aliases import Aliases
    from pilotdesk.forms.model import Form
    from pilotdesk.forms.snapshot import Snapshot

NO_PLACE, NOT_SURE, NO_FIT = "no_place", "not_sure", "no_fit"
"""Why an answer stands nowhere: the template has no place for it, only a guess, or the place cannot hold it."""


class Placed(Record, frozen=True, kw_only=True):
    """An answer that was filled in. ``label`` is what the template calls it, ``name`` what we call it."""

    path: str
    at: str
    label: str
    name: str
    confidence: float


class Unplaced(Record, frozen=True, kw_only=True):
    """An answer that stands nowhere. ``why``: ``no_place``, ``not_sure`` or ``no_fit``; ``at`` of the guess, if any."""

    path: str
    name: str
    why: str
    at: str = ""
    label: str = ""
    confidence: float = 0.0


class Filled(Record, frozen=True, kw_only=True):
    """What became of the answers.

    Attributes:
        placed: answers that stand in the file now. unplaced: answers that do not.
        empty: places of ours without an answer, by label.
        unclaimed: labels of the template that nobody claims.
        written: what the finished file must hold.
    """

    placed: tuple[Placed, ...]
    unplaced: tuple[Unplaced, ...]
    empty: tuple[str, ...]
    unclaimed: tuple[str, ...]
    written: Written


def fill(opened: OpenedDocx, mapping: Mapping, form: Form, snapshot: Snapshot, aliases: Aliases) -> Filled:
    """Fill the sure places of an opened file; it changes in memory only.

    Args:
        opened: the file.
        mapping: where answers belong, for exactly this file.
        form: the form of the draft.
        snapshot: its answers.
        aliases: how others call the choices.
    """
    return _Filling(opened, mapping, form, snapshot, aliases).run()


class _Filling:
    def __init__(
        self, opened: OpenedDocx, mapping: Mapping, form: Form, snapshot: Snapshot, aliases: Aliases
    ) -> None:
        self._opened = opened
        self._mapping = mapping
        self._form = form
        self._snapshot = snapshot
        self._values = Values(form, snapshot)
        self._written = Written()
        self._addresses = Addresses(opened)
        words = Words(form, aliases)
        blank = BlankKinds(self._values, self._written, words, opened)
        rows = RowFilling(self._values, self._written, words, self._addresses)
        self._kinds: Final[Dict[str, Callable[[Place, Found], bool]]] = {
            "cell": blank.cell, "text": blank.text, "body": blank.body, "after": blank.after,
            "date": blank.date, "period": blank.date,
            "region": blank.region, "boxes": blank.boxes, "digits": blank.digits, "figure": blank.figure,
            "rows": rows.rows, "keyed": rows.keyed,
        }  # fmt: skip

    def run(self) -> Filled:
        """Fill; places in one paragraph from its end, so that the others stay where they are."""
        sure = [(place, self._addresses.find(place.at)) for place in self._mapping.place if place.is_sure]
        sure.sort(key=lambda pair: -(pair[1].start or 0) if pair[1] else 0)
        placed: list[Place] = []
        failed: list[Place] = []
        empty: list[str] = []
        for place, found in sure:
            if found is None:
                failed.append(place)
            elif not self._is_answered(place):
                empty.append(place.label)
            elif self._kinds[place.kind](place, found):
                placed.append(place)
            else:
                failed.append(place)
        renew_copies(paragraph for paragraph, _ in self._written.lines)
        return self._filled(placed, failed, empty)

    def _is_answered(self, place: Place) -> bool:
        if place.kind in {"rows", "keyed", "figure"}:
            return bool(self._values.rows(place.path))
        return bool(self._values.text(place.path))

    def _filled(self, placed: list[Place], failed: list[Place], empty: list[str]) -> Filled:
        order = {place.at: number for number, place in enumerate(self._mapping.place)}
        missing = uncovered(self._values, placed)
        guesses = {one: place for place in self._mapping.place for one in place.path.split("+")}
        misfits = {one: place for place in failed for one in place.path.split("+")}
        unplaced = []
        for path in missing:
            guess = misfits.get(path) or guesses.get(path)
            why = NO_FIT if path in misfits else NOT_SURE if guess and not guess.is_sure else NO_PLACE
            shown = guess if why != NO_PLACE else None
            unplaced.append(
                Unplaced(
                    path=path, name=self._name(path), why=why, at=shown.at if shown else "",
                    label=shown.label if shown else "", confidence=shown.confidence if shown else 0.0,
                )
            )  # fmt: skip
        return Filled(
            placed=tuple(
                Placed(
                    path=place.path, at=place.at, label=place.label, name=self._name(place.path),
                    confidence=1.0 if place.confirmed else place.confidence,
                )
                for place in sorted(placed, key=lambda place: order[place.at])
            ),
            unplaced=tuple(unplaced), empty=tuple(empty), unclaimed=self._mapping.unclaimed, written=self._written,
        )  # fmt: skip

    def _name(self, path: str) -> str:
        names = []
        for one in path.split("+"):
            if "[" in one:
                table, column = one.partition("[")[0], one.rpartition(".")[2]
                owner = self._form.fields[table]
                label = next((part.label for part in owner.columns if part.name == column), "")
                names.append(f"{owner.number} {owner.label}，{label}".strip("， "))
            else:
                names.append(number_and_label(self._form, one, self._snapshot.values))
        return "；".join(dict.fromkeys(names))
