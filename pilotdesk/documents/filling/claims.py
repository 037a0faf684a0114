"""What a place was found to ask for, and how sure that is."""

from __future__ import annotations

from typing import Final

from pilotdesk.record import Record

CERTAIN, BY_CONTEXT, BY_PERSON, BY_STEM, DOUBTFUL, LIKE = 0.98, 0.97, 0.95, 0.91, 0.7, 0.75
LONG: Final = "longtext"


class Claim(Record, frozen=True, kw_only=True):
    """A path that a place was found to ask for, how sure that is, and why."""

    path: str
    confidence: float
    why: str
