"""Time stamps are in UTC, and days are those of the people here."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from pilotdesk.clock import local_day

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def in_china(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Eight hours ahead of UTC."""
    if not hasattr(time, "tzset"):
        pytest.skip("the time zone of a program can be set on Unix only")
    with monkeypatch.context() as patch:
        patch.setenv("TZ", "CST-8")
        time.tzset()
        yield
    time.tzset()


@pytest.mark.usefixtures("in_china")
@pytest.mark.parametrize(
    ("stamp", "day"),
    [
        ("2026-06-02T15:59:59.999Z", "2026-06-02"),
        ("2026-06-02T16:00:00.000Z", "2026-06-03"),
        ("2026-06-02T18:00:00", "2026-06-02"),
        ("somebody else wrote this", "somebody e"),
        ("", ""),
    ],
)
def test_the_day_of_a_stamp_is_the_day_here(stamp: str, day: str) -> None:
    assert local_day(stamp) == day
