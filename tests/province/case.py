"""One unit while it is being made: its draft, how it hands in, and what a defect may change of both."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from pilotdesk.record import MutableRecord
from tests.province.truth import Seeded

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from random import Random

    from tests.province.people import People
    from tests.province.profile import Profile
    from tests.province.truth import Expected
    from tests.province.writing import Draft

Staged = dict[str, bytes]
"""Name of a file to its content, before it is put into a folder or an archive."""
PLACINGS = ("city", "folder", "zip_gbk", "zip_utf8", "loose")
CARRIERS = {
    "full": ("pilot", "docx", "pdf"), "pilot": ("pilot",), "papers": ("docx", "pdf"), "docx": ("docx",), "pdf": ("pdf",),
    "foreign": ("word",),
}  # fmt: skip
"""Kinds of submissions, and the carriers of each."""


class Case(MutableRecord):
    """A unit.

    Attributes:
        kind: a key of :data:`CARRIERS`. placing: one of :data:`PLACINGS`. final: whether its prints are final.
        seeded: defects put in so far. password: of its package.
        earlier: changes that undo what the last version brought; papers of version 1 are made with them.
        spoil: calls that change the staged files. extra: files that are staged besides.
        sample: whether it hands in the practice sample instead of its own draft.
        older: of the carriers, those that are of the earlier version.
    """

    profile: Profile
    draft: Draft
    people: People
    rng: Random
    kind: str = "pilot"
    placing: str = "folder"
    final: bool = True
    seeded: list[Seeded] = msgspec.field(default_factory=list)
    password: str = ""
    earlier: dict[str, Any] = msgspec.field(default_factory=dict)
    older: tuple[str, ...] = ()
    spoil: list[Callable[[Staged], None]] = msgspec.field(default_factory=list)
    extra: list[Callable[[Staged], None]] = msgspec.field(default_factory=list)
    sample: bool = False

    @property
    def answers(self) -> dict[str, Any]:
        """As an answers file has them."""
        return self.draft.answers

    @property
    def number(self) -> int:
        """Of the unit."""
        return self.draft.number

    def row(self, table: str, row_id: str) -> dict[str, Any]:
        """A row of a table."""
        return next(row for row in self.answers[table] if row["id"] == row_id)

    def add(self, name: str, text: str) -> None:
        """A sentence more at the end of a long text."""
        self.answers[name] += text

    def seed(
        self, name: str, *expected: Expected, also: Sequence[str] = (), others: Sequence[int] = ()
    ) -> None:
        """Note what is wrong now."""
        self.seeded.append(Seeded(name=name, expected=expected, also=tuple(also), others=tuple(others)))
