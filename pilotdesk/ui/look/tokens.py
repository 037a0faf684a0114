"""Design tokens: the only place where a colour or a size of the interface is written down.

Source of every figure: the interface target, sections 2.1 (palette), 2.3 (type and metrics).
"""

from __future__ import annotations

from enum import Enum
from typing import Final, Literal, NamedTuple

Tone = Literal["primary", "error", "warn", "hint", "ok", "neutral"]
Role = Literal["assistant", "step", "group", "long", "body", "small", "tiny"]
Metric = Literal[
    "field",
    "small_button",
    "step_item",
    "table_row",
    "chip",
    "header",
    "footer",
    "safety",
    "sidebar",
    "hint_panel",
]


class Palette(NamedTuple):
    """Colours of one theme, each ``#RRGGBB``.

    Attributes:
        outlined: whether tints are replaced by borders (high contrast): a progress track is then an outline.
        focus: ring and frame of the focused widget.
        toast_action: the action on a toast, whose ground is ``text``.
        paper: ground of a printed page; white in every theme, because it is a picture of paper.
    """

    bg: str
    surface: str
    side: str
    sunken: str
    input: str
    ro: str
    zebra: str
    sel: str
    text: str
    text2: str
    text3: str
    line: str
    control: str
    primary: str
    primary_h: str
    on_primary: str
    primary_bg: str
    primary_line: str
    error: str
    error_bg: str
    error_line: str
    warn: str
    warn_bg: str
    warn_line: str
    hint: str
    hint_bg: str
    hint_line: str
    ok: str
    ok_bg: str
    ok_line: str
    toast_action: str
    outlined: bool = False
    paper: str = "#FFFFFF"

    @property
    def focus(self) -> str:
        """Colour of the focus ring: the primary colour."""
        return self.primary

    def color(self, token: str) -> str:
        """The colour of a token by its name.

        Raises:
            AttributeError: no such token.
        """
        return str(getattr(self, token))


LIGHT: Final = Palette(
    bg="#F3F5F7", surface="#FFFFFF", side="#EDF1F5", sunken="#E9EDF1", input="#FFFFFF", ro="#F0F3F6",
    zebra="#F8FAFB", sel="#D6E6F6", text="#1B2631", text2="#4C5A68", text3="#5F6D7B", line="#D5DCE3",
    control="#7D8B99", primary="#1B568F", primary_h="#16497B", on_primary="#FFFFFF", primary_bg="#E4EEF8",
    primary_line="#A9C6E3", error="#A8261D", error_bg="#FCEBE9", error_line="#E7B3AE", warn="#7F4F00",
    warn_bg="#FFF4DA", warn_line="#E5C77F", hint="#0F5F66", hint_bg="#E2F2F2", hint_line="#9CCBCD",
    ok="#1F6A42", ok_bg="#E5F3EA", ok_line="#A5D0B5", toast_action="#A9D0F5",
)  # fmt: skip

DARK: Final = Palette(
    bg="#171C22", surface="#1F262E", side="#1A2027", sunken="#12161B", input="#171C22", ro="#262E37",
    zebra="#232B33", sel="#28435F", text="#E6EBF0", text2="#B4BFCA", text3="#9AA7B4", line="#36414C",
    control="#7F8E9C", primary="#8DBDEE", primary_h="#A8CDF3", on_primary="#0E2236", primary_bg="#20364C",
    primary_line="#3F638A", error="#FFA79E", error_bg="#3D2220", error_line="#7C3F3A", warn="#F2C46B",
    warn_bg="#382C14", warn_line="#6E5826", hint="#7FD0D2", hint_bg="#17343A", hint_line="#31666C",
    ok="#86D3A2", ok_bg="#18352A", ok_line="#35694C", toast_action="#1B568F",
)  # fmt: skip

HIGH_CONTRAST: Final = Palette(
    bg="#000000", surface="#000000", side="#000000", sunken="#000000", input="#000000", ro="#1A1A1A",
    zebra="#000000", sel="#33330A", text="#FFFFFF", text2="#FFFFFF", text3="#E6E6E6", line="#FFFFFF",
    control="#FFFFFF", primary="#FFE600", primary_h="#FFF27A", on_primary="#000000", primary_bg="#000000",
    primary_line="#FFE600", error="#FF9C94", error_bg="#000000", error_line="#FF9C94", warn="#FFC94D",
    warn_bg="#000000", warn_line="#FFC94D", hint="#7FE7EA", hint_bg="#000000", hint_line="#7FE7EA",
    ok="#8EF0A8", ok_bg="#000000", ok_line="#8EF0A8", toast_action="#00408A", outlined=True,
)  # fmt: skip


class TypeSize(Enum):
    """The three type sizes; the value is what settings keep."""

    STANDARD = "standard"
    LARGE = "large"
    EXTRA = "extra"

    @property
    def factor(self) -> float:
        """Factor of the type against 标准; breakpoints divide the window width by it."""
        return FACTORS[self]

    @property
    def label(self) -> str:
        """Chinese name."""
        return {"standard": "标准", "large": "大字", "extra": "特大字"}[self.value]


FACTORS: Final = {TypeSize.STANDARD: 1.0, TypeSize.LARGE: 1.14, TypeSize.EXTRA: 1.36}
CONTROL_SHARE: Final = 0.8
"""Sizes of widgets grow with this share of the type factor."""

_COLUMN: Final = {TypeSize.STANDARD: 0, TypeSize.LARGE: 1, TypeSize.EXTRA: 2}
_FONT_PX: Final[dict[Role, tuple[int, int, int]]] = {
    "assistant": (24, 27, 33),
    "step": (20, 23, 27),
    "group": (16, 18, 22),
    "long": (15, 17, 20),
    "body": (14, 16, 19),
    "small": (13, 15, 18),
    "tiny": (12, 14, 16),
}
_METRIC_PX: Final[dict[Metric, tuple[int, int, int]]] = {
    "field": (34, 38, 44),
    "small_button": (28, 31, 36),
    "step_item": (33, 37, 42),
    "table_row": (34, 38, 44),
    "chip": (22, 25, 28),
    "header": (46, 51, 59),
    "footer": (52, 58, 67),
    "safety": (32, 36, 41),
    "sidebar": (232, 256, 292),
    "hint_panel": (292, 317, 355),
}

FAMILIES: Final = (
    "Microsoft YaHei UI",
    "Noto Sans SC",
    "sans-serif",
)
"""Interface families in order of preference; ``Noto Sans SC`` is shipped."""

SPACE: Final = (4, 8, 12, 16, 24)
RADIUS: Final = 5
CARD_RADIUS: Final = 8
RAIL_WIDTH: Final = 61
OVERLAY_WIDTH: Final = 320
DESK_PANEL_WIDTH: Final = 400
"""Of the review at the province's desk."""


def font_px(role: Role, size: TypeSize) -> int:
    """Height of the em of a type role, in logical px."""
    return _FONT_PX[role][_COLUMN[size]]


def metric_px(name: Metric, size: TypeSize) -> int:
    """A named measure in logical px."""
    return _METRIC_PX[name][_COLUMN[size]]


def scaled_px(px: float, size: TypeSize) -> int:
    """A measure of a widget given at 标准, grown with 80 % of the type factor; logical px."""
    return round(px * (1 + CONTROL_SHARE * (size.factor - 1)))
