"""What 套用正式模板 says of places: how sure each of them is, in words and by a mark, and what the window asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Protocol

from pilotdesk.record import Record
from pilotdesk.ui.versions.history_words import label_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pilotdesk.documents.filling.mapping import Place
    from pilotdesk.forms.model import Form
    from pilotdesk.ui.filling.page import Drawn

SURE, LIKELY, LOOK_AT, FREE, LEFT = "sure", "likely", "look", "free", "left"
"""A place is filled for certain, probably right and filled, only guessed and not filled, nobody's, or left blank on purpose."""

MARKS: Final = {SURE: "✓", LIKELY: "～", LOOK_AT: "？", FREE: "＋", LEFT: "－"}
WORDS: Final = {SURE: "肯定", LIKELY: "很可能", LOOK_AT: "请看一眼", FREE: "还空着", LEFT: "不填"}
LEGEND: Final = "　".join(f"{mark} {WORDS[state]}" for state, mark in MARKS.items())
UNSURE: Final = frozenset({LIKELY, LOOK_AT})
"""States that F8 walks through."""
CERTAIN: Final = 0.95
"""Confidence from which a place is called certain; below it a person does well to look."""
_BEST_FIRST: Final = (SURE, LIKELY, LOOK_AT)


class FieldLine(Record, frozen=True, kw_only=True):
    """What can be put at a place: a field of the draft that has something to print, or a column of a table.

    Attributes:
        path: of the field or column; ``#`` counts rows, empty leaves the place blank.
        state: of its best place, ``free`` when it stands nowhere. keys: its places. note: said behind the label.
        is_list: whether it is a table, which stands in columns only.
    """

    path: str
    label: str
    state: str
    keys: tuple[str, ...] = ()
    note: str = ""
    is_list: bool = False


class Said(Record, frozen=True, kw_only=True):
    """What is said of a place.

    Attributes:
        text: its label, what it gets and how sure that is. state: of the place.
        is_column: whether it is a column of a list. path: what stands there; empty for nothing.
        can_confirm: whether a person is asked to say yes.
    """

    text: str
    state: str
    is_column: bool = False
    path: str = ""
    can_confirm: bool = False


class Work(Protocol):
    """A template, its mapping and the draft."""

    title: str

    @property
    def can_undo(self) -> bool:
        """Whether something was said that can be taken back."""

    def page(self) -> Drawn:
        """The template with its places."""

    def unsure(self) -> Sequence[str]:
        """Keys of the places that a person should look at, in the order of the page."""

    def counts(self) -> dict[str, int]:
        """How many fields are in each state."""

    def lines(self, key: str) -> Sequence[FieldLine]:
        """What can be put at a place; without a key the fields of the draft."""

    def said(self, key: str) -> Said | None:
        """What is said of a place; ``None`` where there is none."""

    def put(self, key: str, path: str) -> None:
        """Put something at a place, or nothing with an empty path; both count as said by a person."""

    def confirm(self, key: str) -> None:
        """A person says that a place is right."""

    def leave(self, key: str) -> None:
        """Leave a place blank; of a column its whole list."""

    def undo(self) -> str:
        """Take back what was said last; returns the key of its place, empty for all of them."""


COLUMN_FREE: Final = {
    FREE: f"{MARKS[FREE]} 还空着。在下面选我们的哪一列，点“放到这里”；不用填的不用管。",
    LEFT: f"{MARKS[LEFT]} 不填，您看过的。",
}


def state_words(place: Place, state: str, *, yes: str = "就是这里") -> str:
    """How sure a place is and what follows from it; ``yes`` is what one says to a guess."""
    mark = f"{MARKS[state]} {WORDS[state]}"
    if state == SURE:
        return (
            f"{mark}，您看过的，会填上。"
            if place.confirmed
            else f"{mark}：{place.why or '标签对得上'}，会填上。"
        )
    if state == LIKELY:
        return f"{mark}：{place.why or '标签对得上'}，会填上。对就按回车，不对就改。"
    if state == LOOK_AT:
        return f"{mark}：{place.why or '只是像'}。您说“{yes}”才填。"
    if state == LEFT:
        return f"{mark}，您看过的。"
    return f"{mark}。在下面选一栏，点“放到这里”；不用填的不用管。"


def name_of(form: Form, path: str) -> str:
    """Number and label of what a path of a mapping names; of a single cell its table and column."""
    if "[" not in path:
        return label_of(form, path)
    owner, column = form.fields[path.partition("[")[0]], path.rpartition(".")[2]
    labels = (one.label for one in owner.columns if one.name == column)
    return f"{owner.number} {owner.label}，{next(labels, column)}".strip()


def best_state(places: Iterable[Place]) -> str:
    """The state of a field by its places."""
    states = {state_of(place) for place in places}
    return next((state for state in _BEST_FIRST if state in states), FREE)


def state_of(place: Place) -> str:
    """How sure a place is."""
    if not place.path:
        return LEFT if place.confirmed else FREE
    if not place.is_sure:
        return LOOK_AT
    return SURE if place.confirmed or place.confidence >= CERTAIN else LIKELY


def column_state(place: Place, path: str) -> str:
    """How sure a column of a list is. ``path``: what it takes; empty for nothing."""
    if path:
        return state_of(place)
    return LEFT if place.confirmed else FREE
