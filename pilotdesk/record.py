"""The bases of the program's own plain records."""

from __future__ import annotations

import threading
from typing import Final, TypeVar

import msgspec

T = TypeVar("T")

_ONE_AT_A_TIME: Final = threading.RLock()
"""msgspec works out what a type is when the first value of it is read; two threads at it at once end the process."""


class Record(msgspec.Struct, frozen=True):
    """What a frozen dataclass with slots is, made in C; subclasses say ``frozen=True`` too.

    A dataclass writes and compiles its methods at every start of the program, which for the records that are
    needed before the first page is drawn takes a fifth of the time that Qt needs. Records are made by the program
    and never decoded, so their annotations may name types that are imported for the type checker only.
    """


class MutableRecord(msgspec.Struct):
    """The same for records that change."""


def converted(value: object, kind: type[T]) -> T:
    """A plain value as one of ``kind``; on whatever thread.

    Raises:
        msgspec.ValidationError: it is none.
    """
    with _ONE_AT_A_TIME:
        return msgspec.convert(value, kind)


def decoded(text: bytes | str, kind: type[T]) -> T:
    """JSON as a value of ``kind``; on whatever thread.

    Raises:
        msgspec.DecodeError: no JSON, or ``msgspec.ValidationError``, which is one: it says something else.
    """
    with _ONE_AT_A_TIME:
        return msgspec.json.decode(text, type=kind)
