"""Where the panels stand, by window and type size (interface target, section 3)."""

from __future__ import annotations

import pytest

from pilotdesk.ui.look.breakpoints import arrange, form_columns


@pytest.mark.parametrize(
    ("width", "height", "factor", "rail", "docked", "search", "compact"),
    [
        (1366, 697, 1.0, False, True, True, False),
        (1366, 697, 1.36, False, True, False, False),
        (1093, 543, 1.0, False, True, False, False),
        (911, 441, 1.0, True, False, False, True),
        (781, 400, 1.0, True, False, False, True),
        (640, 360, 1.0, True, False, False, True),
    ],
)
def test_panels_by_window(
    width: int, height: int, factor: float, rail: bool, docked: bool, search: bool, compact: bool
) -> None:
    now = arrange(width, height, factor)
    assert (now.rail, now.hints_docked, now.search_field, now.compact) == (rail, docked, search, compact)


def test_the_user_may_close_both_panels() -> None:
    now = arrange(1366, 697, 1.0, sidebar_open=False, hints_open=False)
    assert now.rail
    assert not now.hints_docked


def test_a_wide_page_has_its_hints_over_it() -> None:
    assert not arrange(1366, 697, 1.0, wide=True).hints_docked


@pytest.mark.parametrize(
    ("width", "factor", "columns"),
    [(842, 1.0, 2), (718, 1.36, 1), (711, 1.0, 2), (695, 1.0, 1), (3000, 1.0, 2)],
)
def test_form_columns_are_one_or_two(width: int, factor: float, columns: int) -> None:
    assert form_columns(width, factor) == columns
