"""Versions of the program are compared as numbers."""

from __future__ import annotations

import pytest

from pilotdesk import __version__
from pilotdesk.updates.versions import is_newer, ordered

IN_ORDER = [
    "0",
    "0.1a1",
    "0.1b1",
    "0.1rc1",
    "0.1rc2",
    "0.1",
    "0.1.1",
    "0.2",
    "0.9",
    "0.10",
    "1.0rc10",
    "1.0",
    "1.0.0.1",
    "2",
]


def test_they_sort_as_numbers_and_not_as_text() -> None:
    assert sorted(reversed(IN_ORDER), key=lambda version: ordered(version) or ()) == IN_ORDER
    for at, version in enumerate(IN_ORDER):
        assert [is_newer(other, version) for other in IN_ORDER] == [n > at for n in range(len(IN_ORDER))]


def test_zeros_at_the_end_make_no_difference() -> None:
    assert ordered("1.0") == ordered("1") == ordered("1.0.0.0")
    assert not is_newer("1.0", "1")


@pytest.mark.parametrize(
    "text", ["", "v1", "1.", "1..2", "1.2.3.4.5", "1-2", "１", "1 ", "1.0dev", "9" * 7, "1\n", "-1"]
)
def test_what_is_none_comes_after_none(text: str) -> None:
    assert ordered(text) is None
    assert not is_newer(text)
    assert not is_newer("1.0", text)


def test_our_own_is_one() -> None:
    assert ordered(__version__) is not None
    assert not is_newer(__version__)
