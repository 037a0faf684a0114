"""Which entries of a long history can go: what no named version, no exported state and no end of a day needs.

Only counted are days on which something was saved, never the age that a clock gives them: a clock that jumps years ahead
takes nothing away. What may go is decided by what supersedes what, so that every state that is promised replays as before.
"""

from __future__ import annotations

from bisect import bisect_left
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from pilotdesk.drafts.history import Standing, moment

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pilotdesk.drafts.history import Entry, Past
    from pilotdesk.drafts.records import ExportMark

ENOUGH: Final = 5_000
"""A history with fewer entries is left as it is."""
FULL_DAYS: Final = 30
"""The newest days of work, every keystroke of which stays."""
EXPORT_TAKES: Final = timedelta(minutes=10)
"""What was typed while an export ran is not in its files: whatever was saved so long before its end stays."""


def surplus(past: Past, *, full_days: int) -> tuple[int, ...]:
    """Numbers of the entries that can go.

    What stays: the first entry of every path; the newest ``full_days`` days of work; and of older days whatever the state
    at the end of the day, a named version or an export is made of. The state now is never touched.
    """
    points = sorted(_points(past, full_days))
    first: dict[str, int] = {}
    standing = Standing()
    gone: list[int] = []
    for entry in past.entries:
        first.setdefault(entry.path, entry.seq)
        for old in standing.take(entry):
            at = bisect_left(points, old.seq)  # is there a moment that is to be seen while it stood?
            is_needed = at < len(points) and points[at] < entry.seq
            if not is_needed and first[old.path] != old.seq:
                gone.append(old.seq)
    return tuple(sorted(gone))


def _points(past: Past, full_days: int) -> Iterator[int]:
    """Numbers of the entries after which the state is to be seen for ever."""
    yield from (version.seq for version in past.versions)
    days = _days(past.entries)
    yield from (day[-1].seq for day in days)
    for day in days[-full_days:] if full_days else []:
        yield from (entry.seq for entry in day)
    for export in past.exports:
        yield from _exported(past.entries, export)


def _days(entries: Sequence[Entry]) -> list[list[Entry]]:
    """Entries by the days on which they were saved; one day comes twice where the clock was put back."""
    days: list[list[Entry]] = []
    last = None
    for entry in entries:
        day = moment(entry.at).astimezone().date()
        if day != last:
            days.append([])
        days[-1].append(entry)
        last = day
    return days


def _exported(entries: Sequence[Entry], export: ExportMark) -> Iterator[int]:
    """What can be in an exported file. Where nobody noted the entry, the time says it, a clock put back or not."""
    ended = moment(export.at)
    begun = ended - EXPORT_TAKES
    following = (*entries[1:], None)
    for entry, after in zip(entries, following, strict=bool(entries)):
        is_last = not export.seq and entry.at <= export.at and (after is None or after.at > export.at)
        if is_last or entry.seq == export.seq or begun <= moment(entry.at) <= ended:
            yield entry.seq
