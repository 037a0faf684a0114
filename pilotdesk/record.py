"""The bases of the program's own plain records."""

from __future__ import annotations

import msgspec


class Record(msgspec.Struct, frozen=True):
    """What a frozen dataclass with slots is, made in C; subclasses say ``frozen=True`` too.

    A dataclass writes and compiles its methods at every start of the program, which for the records that are
    needed before the first page is drawn takes a fifth of the time that Qt needs. Records are made by the program
    and never decoded, so their annotations may name types that are imported for the type checker only.
    """


class MutableRecord(msgspec.Struct):
    """The same for records that change."""
