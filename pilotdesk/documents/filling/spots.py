"""What the reading of a foreign form gives: places that want something, and what stands around them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pilotdesk.record import Record

if TYPE_CHECKING:
    from pilotdesk.documents.filling.mapping import Kind


FIRM: Final = frozenset({"group", "section", "outer", "heading", "title"})
"""Kinds of context that hold for everything below them; others only say whose telephone it may be."""


class Context(Record, frozen=True, kw_only=True):
    """A label that stands over a place or left of its own label.

    Attributes:
        text: as it stands. key: tells one element from another.
        kind: ``group`` (a merged cell at the left), ``section`` (a row over the whole table), ``outer`` (the label of a
            nested table), ``heading``, ``title`` (of the document or its parts);
            ``row`` and ``before`` are labels of places before this one, ``head`` the heads of all columns of its table.
    """

    text: str
    kind: str
    key: int = 0


class Spot(Record, frozen=True, kw_only=True):
    """A place that wants something.

    Attributes:
        at: address. kind: ``cell``, ``text``, ``date``, ``period``, ``region``, ``boxes``, ``digits``, ``body``, ``after``.
        labels: what may be its label, the likeliest first.
        around: contexts, the nearest first.
        raw: all text of the paragraph or cell. after: text behind the place.
        options: words beside boxes. count: cells of one sign each.
        room: address of the empty paragraph below, for a place behind a colon.
        guidance: whether there is text that is to be replaced.
        listed: whether it stands in the first row below a head.
    """

    at: str
    kind: Kind
    labels: tuple[str, ...]
    around: tuple[Context, ...]
    raw: str = ""
    after: str = ""
    options: tuple[str, ...] = ()
    count: int = 0
    room: str = ""
    guidance: bool = False
    listed: bool = False
