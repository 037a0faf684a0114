"""What a file held when it was written, and what the draft holds now: the other two of the three that are compared."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pilotdesk.documents.blank import ALL_PARTS, BLANK_PROPERTY
from pilotdesk.documents.digest import canonical, fingerprint
from pilotdesk.documents.identity import Identity, from_properties, identity_of, unpack_fingerprints
from pilotdesk.documents.readback import read_word
from pilotdesk.documents.word.marks import mark_name
from pilotdesk.errors import PackageError
from pilotdesk.forms.values import split_cell_path
from pilotdesk.record import Record

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from pilotdesk.documents.blocks import Outline


class Base(Record, frozen=True, kw_only=True):
    """What a file says of the moment when it was written.

    Attributes:
        identity: whose it is.
        blank: whether it is a blank form, in which nothing was answered; parts: names of the steps in it, none for all.
        paths: every answer that had a place in it. prints: path to the fingerprint of its text; empty where unknown.
        rows: table to the ids of its rows, in order.
    """

    identity: Identity
    blank: bool
    parts: tuple[str, ...]
    paths: tuple[str, ...]
    prints: Mapping[str, bytes]
    rows: Mapping[str, tuple[str, ...]]

    def held(self, path: str) -> bool:
        """Whether an answer had a place in it; also where nobody knows, and for rows of a filled blank form."""
        return not self.prints or self.blank or path in self.prints

    def is_same(self, path: str, text: str) -> bool | None:
        """Whether a text is what was written; ``None`` where nobody knows."""
        if self.blank and not canonical(text):
            return True
        known = self.prints.get(path)
        return None if known is None else known == fingerprint(text)


def read_base(path: Path) -> Base:
    """What the properties of a file say.

    Raises:
        PackageError: ``docx_foreign`` when PilotDesk did not write it or its properties were lost, and those of
            :func:`pilotdesk.documents.readback.read_word`.
    """
    word = read_word(path)
    identity = from_properties(word.properties)
    if identity is None:
        raise PackageError("docx_foreign", name=path.name)
    parts = word.properties.get(BLANK_PROPERTY, "")
    return Base(
        identity=identity,
        blank=bool(parts),
        parts=() if parts == ALL_PARTS else tuple(parts.split(",")),
        paths=word.listed,
        prints=dict(zip(word.listed, unpack_fingerprints(word.properties), strict=False)),
        rows=rows_in(word.listed),
    )


def base_without(outline: Outline) -> Base:
    """What can be said of a file whose properties were lost, as when its text was pasted into a new one: nothing of then."""
    paths = tuple(dict.fromkeys(answer.path for answer in outline.printed))
    return Base(
        identity=identity_of(outline), blank=False, parts=(), paths=paths, prints={}, rows=rows_in(paths)
    )


def rows_in(paths: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Table to the ids of its rows, in the order in which they first come."""
    found: dict[str, dict[str, None]] = {}
    for path in paths:
        place = split_cell_path(path)
        if place:
            found.setdefault(place[0], {})[place[1]] = None
    return {table: tuple(rows) for table, rows in found.items()}


def marks_of(paths: Iterable[str]) -> dict[str, str]:
    """Letters of the bookmarks of answers to their paths; those of the cover are told by the same letters."""
    return {mark_name(path).removeprefix("PD_"): path for path in paths}


def marked(marks: Mapping[str, str], name: str) -> str:
    """The path that a bookmark stands for; empty when it is none of these."""
    return marks.get(name.split("_")[1], "")
