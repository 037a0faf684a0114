"""Which panels stand where, from the size of the window and the type size. Plain arithmetic, no widgets.

Source: the interface target, section 3. The effective width is the client width divided by the type factor.
"""

from __future__ import annotations

from typing import Final

from pilotdesk.record import Record

FULL, MIDDLE, NARROW = 1200, 980, 760
COMPACT_HEIGHT: Final = 480
LOW_HEIGHT: Final = 600
COLUMN_PX: Final = 340


class Arrangement(Record, frozen=True, kw_only=True):
    """How the window is arranged.

    Attributes:
        rail: the sidebar is a rail; 检查 and 预览和导出 then stand in the header.
        hints_docked: the hint panel has a place of its own; else it opens over the page.
        search_field: the search is a field in the header; else a symbol.
        narrow: too narrow for every button of the header.
        compact: no footer; 上一步 and 下一步 beside the heading, smaller bars and margins.
        roomy: room for the long names of chips and buttons.
    """

    rail: bool
    hints_docked: bool
    search_field: bool
    narrow: bool
    compact: bool
    roomy: bool

    @property
    def margin(self) -> int:
        """Margin of the content, px."""
        return 16 if self.compact else 24


def arrange(
    width: int,
    height: int,
    factor: float,
    *,
    sidebar_open: bool = True,
    hints_open: bool = True,
    wide: bool = False,
) -> Arrangement:
    """Arrange the window.

    Args:
        width: client width, logical px.
        height: client height, logical px.
        factor: type factor.
        sidebar_open: whether the user wants the full sidebar where it fits.
        hints_open: whether the user wants the hint panel where it fits.
        wide: whether the page needs the width itself (standards, preview, check).
    """
    effective = width / factor
    return Arrangement(
        rail=effective < MIDDLE or not sidebar_open,
        hints_docked=effective >= MIDDLE and hints_open and not wide,
        search_field=effective >= FULL,
        narrow=effective < MIDDLE,
        compact=height < COMPACT_HEIGHT,
        roomy=effective >= FULL,
    )


def form_columns(width: int, factor: float) -> int:
    """Columns of short fields in a content area of ``width`` logical px: 1 or 2, never three."""
    return max(1, min(2, int((width - 48 + 24) // (COLUMN_PX * factor))))
