"""A template on the desk: its mapping, the draft's answers, and what a person says about both. Nothing here is a widget."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec.structs import replace

from pilotdesk.documents.filling.column_rules import COUNTER
from pilotdesk.documents.filling.columns_chosen import (
    LISTS,
    choose_column,
    columns_of,
    free_lists,
    rows_of,
    with_place,
)
from pilotdesk.documents.filling.listing import is_serial
from pilotdesk.documents.filling.mapping import Mapping, Place
from pilotdesk.documents.filling.normal import heading_level
from pilotdesk.documents.filling.places import Addresses
from pilotdesk.documents.filling.reading import Read
from pilotdesk.documents.filling.surroundings import asks_for_hand
from pilotdesk.documents.filling.values import Values
from pilotdesk.documents.opened import cell_text
from pilotdesk.ui.filling.page import Drawn, Paper, Spot
from pilotdesk.ui.filling.words import (
    COLUMN_FREE,
    FREE,
    UNSURE,
    WORDS,
    FieldLine,
    Said,
    best_state,
    column_state,
    name_of,
    state_of,
    state_words,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

    from pilotdesk.documents.filling.columns_chosen import Column
    from pilotdesk.documents.filling.spots import Spot as Wanting
    from pilotdesk.documents.filling.words import Words
    from pilotdesk.documents.opened import OpenedDocx
    from pilotdesk.forms.model import Form
    from pilotdesk.forms.snapshot import Snapshot

_COLUMN: Final = "#"
"""Between the address of a list and the number of a column in a key."""


class TemplateWork:
    """What the dialog looks over.

    Attributes:
        title: file name of the template. opened: the template. words: labels of the form.
    """

    def __init__(
        self, opened: OpenedDocx, mapping: Mapping, form: Form, snapshot: Snapshot, words: Words | None = None
    ) -> None:
        self.title = opened.name
        self.opened = opened
        self.words = words
        self._form = form
        self._values = Values(form, snapshot)
        self._addresses = Addresses(opened)
        self._read = Read(opened)
        self._paper = Paper(opened.body, opened.margins)
        self._mapping = mapping
        self._earlier: list[tuple[Mapping, str]] = []
        self._look_around()

    # -- the mapping -----------------------------------------------------------------------------

    @property
    def mapping(self) -> Mapping:
        """The mapping as it is by now."""
        return self._mapping

    @property
    def can_undo(self) -> bool:
        """Whether something was said that can be taken back."""
        return bool(self._earlier)

    def take(self, mapping: Mapping, key: str = "") -> None:
        """Go on with another mapping; the one before can be taken back. ``key``: the place that it is about."""
        self._earlier.append((self._mapping, key))
        self._mapping = mapping
        self._look_around()

    def undo(self) -> str:
        """Take back what was said last; returns the key of its place, empty for all of them."""
        if not self._earlier:
            return ""
        self._mapping, key = self._earlier.pop()
        self._look_around()
        return key

    def put(self, key: str, path: str) -> None:
        """A person says what stands at a place or in a column; the same field elsewhere is left."""
        place = self._places[_at(key)]
        if _COLUMN in key:
            columns = self._columns[place.at]
            self.take(
                with_place(self._mapping, choose_column(place, columns, _number(key), path, self.words)), key
            )
            return
        kind = self._wanting[place.at].kind if place.at in self._wanting else place.kind
        field = self._values.field(path) if path else None
        if kind in {"cell", "body", "figure"}:
            kind = (
                "figure"
                if field is not None and field.type == "tree"
                else "body"
                if kind == "body"
                else "cell"
            )
        said = replace(
            place, path=path, kind=kind, confidence=1.0, confirmed=True, why="", unit=self._unit(place, path)
        )
        self.take(with_place(self._mapping, said), key)

    def _unit(self, place: Place, path: str) -> str:
        """The unit of a field where the form prints it itself, behind the place or in its label."""
        unit = self._values.field(path).unit if path else ""
        wanting = self._wanting.get(place.at)
        after = wanting.after.strip() if wanting is not None else ""
        named = any(f"{sign}{unit}" in place.label for sign in "（(：:")
        return unit if unit and (named or after.startswith(unit)) else ""

    def confirm(self, key: str) -> None:
        """A person says that a place is right, of a column that its whole list is; not of one whose rows cannot be found."""
        place = self._places[_at(key)]
        if place.path and place.confidence:
            self.take(with_place(self._mapping, replace(place, confidence=1.0, confirmed=True)), key)

    def leave(self, key: str) -> None:
        """Leave a place blank, of a column its whole list."""
        place = self._places[_at(key)]
        said = replace(
            place, path="", columns=("",) * len(place.columns), confidence=1.0, confirmed=True, why=""
        )
        self.take(with_place(self._mapping, said), key)

    # -- what is shown ---------------------------------------------------------------------------

    def page(self) -> Drawn:
        """The template with its places."""
        return self._drawn

    def _look_around(self) -> None:
        """Work out once what the window asks for many times."""
        self._places = self._all_places()
        lists = [place for place in self._places.values() if place.kind in LISTS]
        self._columns: dict[str, tuple[Column, ...]] = {
            place.at: columns_of(self._addresses, place) for place in lists
        }
        self._drawn = self._paper.draw(self.spots())
        self._fields = self._field_lines()

    def _all_places(self) -> dict[str, Place]:
        """By address: those of the mapping, and what else wants something where none of them stands."""
        known = {place.at: place for place in self._mapping.place}
        free = {place.at: place for place in free_lists(self._mapping, self._read.lists)}
        lists = [place for place in (known | free).values() if place.kind in LISTS]
        rows = {
            row for place in lists if place.path or place.count > 1 for row in rows_of(place.at, place.count)
        }
        taken = {at.partition(":")[0] for at in known}
        self._wanting: dict[str, Wanting] = {spot.at: spot for spot in self._read.spots}
        for at, spot in self._wanting.items():
            if at in known or at in rows or at.rpartition("/C")[0] in rows or (":" not in at and at in taken):
                continue
            label = " ".join(next(iter(spot.labels), "").split())[:40]
            free[at] = Place(path="", at=at, kind=spot.kind, confidence=0, label=label, count=spot.count)
        return known | free

    def spots(self) -> dict[_Element, list[Spot]]:
        """Places of the mapping, and those that nobody claims, by cell or paragraph."""
        made: dict[_Element, list[Spot]] = {}
        for place in self._places.values():
            found = self._addresses.find(place.at)
            if found is None:
                continue
            if place.kind in LISTS:
                for cell, spot in self._column_spots(place):
                    made.setdefault(cell, []).append(spot)
                continue
            words = self._values.text(place.path, unit=place.unit) if place.path else ""
            words = "结构图" if place.kind == "figure" and place.path else words
            spot = Spot(key=place.at, state=state_of(place), words=words, start=found.start, end=found.end)
            made.setdefault(found.element, []).append(spot)
        return made

    def _column_spots(self, place: Place) -> Iterator[tuple[_Element, Spot]]:
        """The heads of a list, and the cells of its first row with what they will hold."""
        rows = self._values.rows(place.path) if place.path else ()
        first = next((number for number, path in enumerate(place.columns) if path not in {"", COUNTER}), -1)
        for column in self._columns[place.at]:
            path = _taken(place, column.number)
            if column.head_cell is None or (not path and is_serial(column.head)):
                continue
            key, state = f"{place.at}{_COLUMN}{column.number}", column_state(place, path)
            head = Spot(
                key=key,
                state=state,
                words=column.head or "（没有字）",
                is_head=True,
                is_told=bool(path) and column.number == first,
            )
            yield column.head_cell, head
            words = "1" if path == COUNTER and not cell_text(column.cell).strip() else ""
            if path not in {"", COUNTER} and rows:
                words = self._values.cell(place.path, rows[0], path)
            if words:
                yield column.cell, Spot(key=key, state=state, words=words, is_told=False)

    def unsure(self) -> tuple[str, ...]:
        """Keys of the places that a person should look at, in the order of the page, one for each list."""
        places = (self._places[at] for at in dict.fromkeys(map(_at, self._drawn.keys)))
        return tuple(self._first_key(place) for place in places if state_of(place) in UNSURE)

    def counts(self) -> dict[str, int]:
        """How many fields are in each state."""
        return {state: sum(one.state == state for one in self._fields) for state in WORDS}

    def unclaimed(self) -> tuple[str, ...]:
        """Labels of the template that wait for something and that neither program nor person gave anything."""
        labels = [
            column.head
            for place in self._places.values()
            if place.kind in LISTS and not place.confirmed
            for column in self._columns[place.at]
            if not _taken(place, column.number) and not is_serial(column.head)
        ]
        labels += [
            place.label
            for place in self._places.values()
            if place.kind not in LISTS and not place.path and not place.confirmed
            # The blank lines below a title are no place, those below a numbered heading are one.
            if place.kind not in {"body", "after"} or heading_level(place.label)
        ]
        bare = (label.rstrip("：: ") for label in labels if not asks_for_hand(label))
        return tuple(dict.fromkeys(filter(None, bare)))

    # -- what can be put somewhere ---------------------------------------------------------------

    def lines(self, key: str) -> list[FieldLine]:
        """What can be put at a place; without a key the fields of the draft."""
        place = self._places.get(_at(key))
        return self._column_lines(place) if place is not None and _COLUMN in key else self._fields

    def _field_lines(self) -> list[FieldLine]:
        standing: dict[str, list[Place]] = {}
        for place in self._mapping.place:
            for path in place.path.split("+"):
                standing.setdefault(path, []).append(place)
        return [
            FieldLine(
                path=path,
                label=name_of(self._form, path),
                state=best_state(standing.get(path, [])),
                keys=tuple(self._first_key(place) for place in standing.get(path, [])),
                is_list=self._values.field(path).type == "table",
            )
            for path in self._values.everything()
        ]

    def _first_key(self, place: Place) -> str:
        """The key of a place, of a list that of its first column that takes something."""
        if place.kind not in LISTS:
            return place.at
        numbers = (number for number, path in enumerate(place.columns) if path not in {"", COUNTER})
        return f"{place.at}{_COLUMN}{next(numbers, 0)}"

    def _column_lines(self, place: Place) -> list[FieldLine]:
        """Nothing, the counter, the columns of the table that stands there, and those of all other tables."""
        made = [
            FieldLine(path="", label="这一列不填", state=FREE),
            FieldLine(path=COUNTER, label="行号 1、2、3……", state=FREE),
        ]
        tables = [field for field in self._form.fields.values() if field.columns]
        for field in sorted(tables, key=lambda one: one.name != place.path):
            own = field.name == place.path
            for column in field.columns:
                path = f"{field.name}[].{column.name}"
                heads = [
                    one
                    for one in self._columns[place.at]
                    if own and path in _taken(place, one.number).split("+")
                ]
                made.append(
                    FieldLine(
                        path=path,
                        label=column.label if own else f"{field.label} › {column.label}",
                        state=state_of(place) if heads else FREE,
                        keys=tuple(f"{place.at}{_COLUMN}{one.number}" for one in heads),
                        note=f"填在“{heads[0].head}”" if heads else "",
                    )
                )
        return made

    # -- what is said ----------------------------------------------------------------------------

    def said(self, key: str) -> Said | None:
        """The label, what it gets, how sure that is and why."""
        place = self._places.get(_at(key))
        if place is None:
            return None
        if _COLUMN in key:
            return self._said_of_column(place, _number(key))
        state = state_of(place)
        label = " ".join(place.label.split()).rstrip("：:")
        gets = "，".join(name_of(self._form, one) for one in place.path.split("+")) if place.path else ""
        head = f"“{label}”" if label else "这里"
        text = f"**{head}{f'填：{gets}' if gets else ''}**\n{state_words(place, state)}"
        return Said(text=text, state=state, path=place.path, can_confirm=state in UNSURE)

    def _said_of_column(self, place: Place, number: int) -> Said:
        path = _taken(place, number)
        column = next(one for one in self._columns[place.at] if one.number == number)
        state = column_state(place, path)
        gets = "行号" if path == COUNTER else ""
        if path not in {"", COUNTER}:
            owner = self._form.fields[place.path]
            names = [
                one.label
                for part in path.split("+")
                for one in owner.columns
                if part.endswith(f".{one.name}")
            ]
            gets = f"{owner.label} › {'、'.join(names)}"
        text = f"**“{column.head}”这一列{f'填：{gets}' if gets else ''}**\n"
        waits = place.kind == "keyed" and place.path and not place.confirmed and not place.confidence
        if waits:
            text += "第一列是印好的：先说它是我们的哪一栏，才找得到各行。"
        else:
            text += state_words(place, state, yes="整张表对") if path else COLUMN_FREE[state]
        can_confirm = state in UNSURE and not waits
        return Said(text=text, state=state, is_column=True, path=path, can_confirm=can_confirm)


def _taken(place: Place, number: int) -> str:
    """What a column takes; a mapping written by hand may name fewer columns than there are."""
    return place.columns[number] if number < len(place.columns) else ""


def _at(key: str) -> str:
    return key.partition(_COLUMN)[0]


def _number(key: str) -> int:
    return int(key.partition(_COLUMN)[2])
