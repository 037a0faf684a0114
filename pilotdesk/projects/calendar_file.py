"""A project's dates as an iCalendar file (RFC 5545), to be taken into Outlook, WPS 日历, a phone.

Whole-day events with two reminders each. The ``UID`` names project and deadline, so that a file that is
imported again moves the events it brought the first time.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from pilotdesk.projects.timeline import State
from pilotdesk.projects.timeline_words import basis_words, due_title
from pilotdesk.record import Record

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from pilotdesk.clock import Clock
    from pilotdesk.projects.timeline import Due, Timeline

SUFFIX: Final = ".ics"
LINE_OCTETS: Final = 75
REMIND_DAYS: Final = (14, 3)
_REMIND_HOUR: Final = 9
"""Reminders come at nine in the morning: counted from midnight they would be seen by nobody."""


class Event(Record, frozen=True, kw_only=True):
    """One whole day. ``uid`` is stable; ``summary`` is the title, ``description`` may have several lines."""

    uid: str
    day: date
    summary: str
    description: str = ""


def events_of(project_id: str, title: str, line: Timeline) -> tuple[Event, ...]:
    """The events of a project: everything with a day that is still to be done.

    Args:
        project_id: makes the ``UID`` of an event its own.
        title: the project's name; may be empty.
        line: its timeline.
    """
    return tuple(
        _event(project_id, title, due, due.day)
        for due in line.dated
        if due.day is not None and (not due.settled or _waits(due))
    )


def calendar_file(events: Iterable[Event], clock: Clock) -> bytes:
    """The whole file, UTF-8, lines ended by CR LF and folded at 75 octets."""
    stamp = "".join(sign for sign in clock.stamp()[:19] if sign not in "-:") + "Z"
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//PilotDesk//Timeline//ZH", "CALSCALE:GREGORIAN"]
    for event in events:
        lines += _lines(event, stamp)
    lines.append("END:VCALENDAR")
    return b"".join(fold(line) for line in lines)


def fold(line: str) -> bytes:
    """One content line with its end; a continuation begins with a space, and no character is cut in two."""
    octets = line.encode()
    pieces = []
    room = LINE_OCTETS
    while len(octets) > room:
        cut = room
        while octets[cut] & 0xC0 == 0x80:  # inside a character
            cut -= 1
        pieces.append(octets[:cut])
        octets = octets[cut:]
        room = LINE_OCTETS - 1
    pieces.append(octets)
    return b"\r\n ".join(pieces) + b"\r\n"


def escape(text: str) -> str:
    """TEXT of RFC 5545, 3.3.11: backslash, semicolon, comma and line breaks; other control signs go."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    for sign, written in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\n", "\\n")):
        text = text.replace(sign, written)
    return "".join(sign for sign in text if sign >= " " and sign != "\x7f")


def _waits(due: Due) -> bool:
    """Whether a final version still has to be handed in."""
    return due.state is State.DONE and (due.days or 0) >= 0


def _event(project_id: str, title: str, due: Due, day: date) -> Event:
    lines = [f"项目：{title}"] if title else []
    lines += [due.label, f"日期依据：{basis_words(due)}"]
    return Event(
        uid=f"{project_id}-{due.key}@pilotdesk",
        day=day,
        summary=due_title(due),
        description="\n".join(lines),
    )


def _lines(event: Event, stamp: str) -> list[str]:
    lines = [
        "BEGIN:VEVENT",
        f"UID:{escape(event.uid)}",
        f"DTSTAMP:{stamp}",
        f"DTSTART;VALUE=DATE:{event.day:%Y%m%d}",
        f"DTEND;VALUE=DATE:{event.day + timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{escape(event.summary)}",
    ]
    if event.description:
        lines.append(f"DESCRIPTION:{escape(event.description)}")
    lines.append("TRANSP:TRANSPARENT")
    for days in REMIND_DAYS:
        lines += [
            "BEGIN:VALARM",
            "ACTION:DISPLAY",
            f"DESCRIPTION:{escape(f'{event.summary}，还有 {days} 天')}",
            f"TRIGGER:-P{days - 1}DT{24 - _REMIND_HOUR}H",
            "END:VALARM",
        ]
    return [*lines, "END:VEVENT"]
