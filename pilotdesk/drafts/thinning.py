"""Which copies stay: a table, and one pure function over moments.

Periods are counted by the copies that there are, not by the age that a clock gives them: "the last of each of 31 days on
which something was copied". A clock that jumps years ahead, or a computer that was off all summer, takes nothing away.
Copies that seem to come from the future are of a clock that was wrong, then or now: they are counted by themselves, or no
hour and no day of the work that goes on would have a place beside them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import datetime


class Rule(NamedTuple):
    """The last copy of each of the newest ``periods`` stays; ``period_of`` names the one that a moment is in."""

    name: str
    period_of: Callable[[datetime], object]
    periods: int


RULES: Final = (
    Rule("each", lambda moment: moment, 6),
    Rule("hour", lambda moment: (moment.date(), moment.hour), 24),
    Rule("day", lambda moment: moment.date(), 31),
    Rule("week", lambda moment: moment.isocalendar()[:2], 26),
    Rule("month", lambda moment: (moment.year, moment.month), 60),
)
"""Three hours of work, three working days, a month, half a year, and longer than a project of three years lasts."""


def staying(
    moments: Iterable[datetime], made: datetime | None = None, rules: Sequence[Rule] = RULES
) -> frozenset[datetime]:
    """The moments whose copies stay.

    Args:
        moments: when the copies were made, in any order, all aware or all naive.
        made: the copy just made, which stays whatever the clock says; ``None`` for none.
        rules: the table.
    """
    present = set(moments)
    future = {moment for moment in present if made is not None and moment > made}
    kept = _staying(present - future, rules) | _staying(future, rules)
    return frozenset(moment for moment in present if moment in kept or moment == made)


def _staying(moments: Iterable[datetime], rules: Sequence[Rule]) -> set[datetime]:
    newest_first = sorted(moments, reverse=True)
    kept: set[datetime] = set()
    for rule in rules:
        seen: set[object] = set()
        for moment in newest_first:
            period = rule.period_of(moment)
            if period in seen:
                continue
            if len(seen) == rule.periods:
                break
            seen.add(period)
            kept.add(moment)
    return kept
