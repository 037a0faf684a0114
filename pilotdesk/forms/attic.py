"""The attic: answers that have no place in the form any more, kept word for word so that they can be read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pilotdesk.record import Record

if TYPE_CHECKING:
    from pilotdesk.forms.values import Value


class AtticEntry(Record, frozen=True, kw_only=True):
    """One answer that was put away.

    Attributes:
        path: where it stood, in the form that it was written for.
        label: what it was called there, number and row with it (``9.2 量化指标表，第 3 行，2027年目标值``).
        text: the answer as it was shown, choices by their labels, rows one a line, files by their names; kept because
            the form that could tell is gone.
        value: the answer itself; a whole table is a tuple of rows.
        why: Chinese sentence: why it has no place any more.
        at: when it was put away, a stamp of :class:`pilotdesk.clock.Clock`; empty until it is stored.
    """

    path: str
    label: str
    text: str = ""
    value: Value
    why: str
    at: str = ""
