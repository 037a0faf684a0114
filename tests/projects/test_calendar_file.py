"""The calendar file, read back by a parser that knows nothing of us."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import icalendar
from hypothesis import given
from hypothesis import strategies as st

from pilotdesk.clock import Clock
from pilotdesk.projects.calendar_file import Event, calendar_file, events_of, fold
from pilotdesk.projects.timeline import timeline
from tests.projects.timelines import PROJECT, card, the_round

NOW = datetime(2026, 12, 1, 1, 2, 3, tzinfo=UTC)
CLOCK = Clock(lambda: NOW)
TITLE = "南汀县“高效办成一件事”，政务服务；标准化\\试点"
DATES = {"admitted": date(2026, 11, 10), "summary_2027.city": date(2027, 11, 10)}


def written(title: str = TITLE, clock: Clock = CLOCK) -> bytes:
    line = timeline([card("application", revision=1)], the_round(), DATES, date(2026, 12, 1))
    return calendar_file(events_of(PROJECT, title, line), clock)


def read(content: bytes) -> list[icalendar.Event]:
    return list(icalendar.Calendar.from_ical(content).walk("VEVENT"))


def test_another_program_reads_every_date() -> None:
    events = read(written())
    assert [(event.decoded("dtstart"), str(event["summary"])) for event in events] == [
        (date(2027, 11, 10), "市级内部截止：提交2027年度总结"),
        (date(2027, 11, 30), "提交2027年度总结"),
        (date(2028, 11, 30), "提交2028年度总结"),
        (date(2029, 1, 31), "提交自评表和自评报告"),
    ]
    for event in events:
        assert event.decoded("dtend") - event.decoded("dtstart") == timedelta(days=1)
        assert event.decoded("dtstamp") == NOW
        assert str(event["description"]).splitlines()[0] == f"项目：{TITLE}"
    assert "推算" in str(events[-1]["description"])
    assert "通知规定" in str(events[1]["description"])


def test_reminders_come_fourteen_and_three_days_before_at_nine() -> None:
    for event in read(written()):
        alarms = event.walk("VALARM")
        midnight = datetime.combine(event.decoded("dtstart"), datetime.min.time())
        found = [midnight + alarm.decoded("trigger") for alarm in alarms]
        assert found == [midnight - timedelta(days=days) + timedelta(hours=9) for days in (14, 3)]
        assert {str(alarm["action"]) for alarm in alarms} == {"DISPLAY"}


def test_uids_are_stable_and_each_their_own() -> None:
    later = Clock(lambda: NOW + timedelta(days=30))
    first, second = (
        [str(e["uid"]) for e in read(content)] for content in (written(), written("改名", later))
    )
    assert first == second
    assert len(set(first)) == len(first)
    assert first[0] == f"{PROJECT}-summary_2027.city@pilotdesk"


def test_lines_end_with_cr_lf_and_are_at_most_75_octets() -> None:
    content = written("长" * 200)
    assert content.endswith(b"END:VCALENDAR\r\n")
    lines = content.split(b"\r\n")
    assert all(len(line) <= 75 for line in lines)
    assert not any(b"\n" in line or b"\r" in line for line in lines)
    for line in lines:
        line.decode()  # no character is cut in two
    assert "长" * 200 in str(read(content)[0]["description"])


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=300))
def test_folding_takes_nothing_away(text: str) -> None:
    line = text.replace("\r", "").replace("\n", "")
    folded = fold(line)
    assert folded.endswith(b"\r\n")
    assert folded[:-2].replace(b"\r\n ", b"").decode() == line
    for piece in folded[:-2].split(b"\r\n "):
        piece.decode()


@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), min_size=1, max_size=200))
def test_any_title_is_read_back_as_it_was(text: str) -> None:
    event = Event(uid="u@pilotdesk", day=date(2027, 11, 30), summary=text, description=f"一\n{text}\n二")
    (found,) = read(calendar_file([event], CLOCK))
    assert str(found["summary"]) == text
    assert str(found["description"]) == f"一\n{text}\n二"


def test_control_signs_are_left_out() -> None:
    event = Event(uid="u@pilotdesk", day=date(2027, 11, 30), summary="a\x00b\x07c\x7fd")
    assert b"SUMMARY:abcd\r\n" in calendar_file([event], CLOCK)


def test_what_was_handed_in_is_not_in_the_calendar() -> None:
    said = DATES | {"summary_2027.handed_in": date(2027, 11, 1)}
    line = timeline([card("application", revision=1)], the_round(), said, date(2027, 11, 2))
    assert [event.day.year for event in events_of(PROJECT, TITLE, line)] == [2028, 2029]
