"""A template on the desk: its mapping, the draft's answers, and what a person says about both."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec.structs import replace

from pilotdesk.documents.filling.mapping import Mapping, Place
from pilotdesk.documents.filling.places import Addresses
from pilotdesk.documents.filling.reading import Read
from pilotdesk.documents.filling.values import Values
from pilotdesk.documents.opened.names import TC, own
from pilotdesk.ui.filling_dialog import FieldLine
from pilotdesk.ui.filling_page import FREE, LOOK_AT, SURE, Spot
from pilotdesk.ui.history_words import label_of

if TYPE_CHECKING:
    from lxml.etree import _Element

    from pilotdesk.documents.filling.spots import Spot as Wanting
    from pilotdesk.documents.opened import OpenedDocx
    from pilotdesk.forms.model import Form
    from pilotdesk.forms.snapshot import Snapshot

_ROWS: Final = frozenset({"rows", "keyed"})
_NOBODY: Final = "这里没有对上栏目"


class TemplateWork:
    """What the dialog looks over.

    Attributes:
        title: file name of the template. opened: the template. mapping: as it is by now.
    """

    def __init__(self, opened: OpenedDocx, mapping: Mapping, form: Form, snapshot: Snapshot) -> None:
        self.title = opened.name
        self.opened = opened
        self.mapping = mapping
        self._form = form
        self._values = Values(form, snapshot)
        self._addresses = Addresses(opened)
        self._free: dict[str, Wanting] = {spot.at: spot for spot in Read(opened).spots}

    def body(self) -> _Element:
        """``w:body``."""
        return self.opened.body

    def spots(self) -> dict[_Element, list[Spot]]:
        """Places of the mapping, and those that nobody claims."""
        made: dict[_Element, list[Spot]] = {}
        for place in self._places().values():
            found = self._addresses.find(place.at)
            if found is None:
                continue
            if place.kind in _ROWS and place.path:
                for cell, words in self._columns(place, found.element):
                    made.setdefault(cell, []).append(Spot(key=place.at, state=_state(place), words=words))
                continue
            words = self._values.text(place.path, unit=place.unit) if place.path else ""
            spot = Spot(key=place.at, state=_state(place), words=words, start=found.start, end=found.end)
            made.setdefault(found.element, []).append(spot)
        return made

    def _places(self) -> dict[str, Place]:
        """By address: those of the mapping, and what else wants something where none of them stands."""
        known = {place.at: place for place in self.mapping.place}
        taken = {at.partition(":")[0] for at in known}
        free = {
            at: Place(path="", at=at, kind=spot.kind, confidence=0, label=next(iter(spot.labels), ""))
            for at, spot in self._free.items()
            if at not in known and (":" in at or at not in taken)
        }
        return known | free

    def _columns(self, place: Place, row: _Element) -> list[tuple[_Element, str]]:
        """The cells of the first row with what they will hold."""
        rows = self._values.rows(place.path)
        words = [
            "1" if path == "#" else self._values.cell(place.path, rows[0], path) if path and rows else ""
            for path in place.columns
        ]
        return [(cell, text) for cell, text in zip(own(row, TC), words, strict=False) if text]

    def fields(self) -> list[FieldLine]:
        """Fields with an answer."""
        standing: dict[str, list[Place]] = {}
        for place in self.mapping.place:
            for path in place.path.split("+"):
                standing.setdefault(path, []).append(place)
        return [
            FieldLine(
                path=path,
                label=label_of(self._form, path),
                state=best(standing.get(path, [])),
                keys=tuple(place.at for place in standing.get(path, [])),
            )
            for path in self._values.everything()
        ]

    def why(self, key: str) -> str:
        """The label and how the field was found."""
        place = self._places().get(key)
        if place is None:
            return _NOBODY
        label = " ".join(place.label.split())
        field = label_of(self._form, place.path.partition("+")[0]) if place.path else _NOBODY
        return f"“{label}”：{field}" if label else field

    def put(self, key: str, path: str) -> None:
        """A person says what stands at a place; the same field elsewhere is left."""
        place = self._places()[key]
        said = replace(place, path=path, confidence=1.0, confirmed=True)
        others = [one for one in self.mapping.place if one.at != key]
        self.mapping = replace(self.mapping, place=(*others, said))


def best(places: list[Place]) -> str:
    """The state of a field by its places."""
    states = {_state(place) for place in places}
    return next((state for state in (SURE, LOOK_AT) if state in states), FREE)


def _state(place: Place) -> str:
    if not place.path:
        return FREE
    return SURE if place.is_sure else LOOK_AT
