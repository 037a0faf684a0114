"""The time, injected, so that rules and tests are deterministic."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from pilotdesk.record import Record

if TYPE_CHECKING:
    from collections.abc import Callable


class Clock(Record, frozen=True):
    """Gives the present. ``now`` returns an aware datetime; ``today`` is the local calendar day."""

    now: Callable[[], datetime]

    def today(self) -> date:
        """The local day."""
        return self.now().astimezone().date()

    def stamp(self) -> str:
        """UTC time as kept in drafts: ``2026-06-02T02:31:05.123Z``."""
        return self.now().astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def local_day(stamp: str) -> str:
    """The local calendar day of a UTC stamp: ``2026-06-02``; of what is no stamp, its beginning."""
    try:
        moment = datetime.fromisoformat(stamp)
    except ValueError:  # written by somebody else's program
        return stamp[:10]
    return moment.astimezone().date().isoformat() if moment.tzinfo else stamp[:10]


SYSTEM_CLOCK = Clock(lambda: datetime.now(UTC))
