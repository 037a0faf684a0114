"""The palette keeps its promises: every ratio is computed, none is believed."""

from __future__ import annotations

import pytest

from pilotdesk.ui.look import tokens
from pilotdesk.ui.look.sheet import build_sheet
from pilotdesk.ui.look.theme import Theme, contrast, qt_palette, system_palette
from pilotdesk.ui.look.tokens import Palette, TypeSize

TEXT_RATIO, SHAPE_RATIO = 4.5, 3.0
PALETTES = {"light": tokens.LIGHT, "dark": tokens.DARK, "contrast": tokens.HIGH_CONTRAST}
GROUNDS = ("surface", "bg", "side", "input", "ro", "zebra")
TEXT_PAIRS = [
    *(("text", ground) for ground in (*GROUNDS, "sunken", "sel")),
    *(("text2", ground) for ground in (*GROUNDS, "sunken", "sel")),
    *(("text3", ground) for ground in ("surface", "bg", "side", "input", "zebra")),
    *(("primary", ground) for ground in ("surface", "side", "bg", "primary_bg", "sel")),
    ("on_primary", "primary"),
    ("on_primary", "primary_h"),
    *(
        (tone, ground)
        for tone in ("error", "warn", "hint", "ok")
        for ground in ("surface", "side", f"{tone}_bg")
    ),
    ("surface", "text"),
    ("toast_action", "text"),
]
SHAPE_PAIRS = [("control", "surface"), ("control", "bg"), ("focus", "surface"), ("focus", "bg")]


@pytest.mark.parametrize("name", PALETTES)
@pytest.mark.parametrize(("front", "ground"), TEXT_PAIRS)
def test_text_stands_out_from_its_ground(name: str, front: str, ground: str) -> None:
    palette = PALETTES[name]
    assert contrast(palette.color(front), palette.color(ground)) >= TEXT_RATIO


@pytest.mark.parametrize("name", PALETTES)
@pytest.mark.parametrize(("front", "ground"), SHAPE_PAIRS)
def test_borders_and_rings_stand_out_from_their_ground(name: str, front: str, ground: str) -> None:
    palette = PALETTES[name]
    assert contrast(palette.color(front), palette.color(ground)) >= SHAPE_RATIO


def test_contrast_is_the_formula_of_the_standard() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("size", TypeSize)
@pytest.mark.parametrize("name", PALETTES)
def test_sheet_has_no_colour_that_is_not_a_token(name: str, size: TypeSize) -> None:
    palette = PALETTES[name]
    sheet = build_sheet(Theme(palette, size))
    known = {value for value in palette._asdict().values() if isinstance(value, str)}
    used = {word.strip(";,") for word in sheet.split() if word.startswith("#")}
    assert used <= known
    assert "$" not in sheet


def test_type_grows_with_its_factor_and_never_below_12_px() -> None:
    for role in ("assistant", "step", "group", "long", "body", "small", "tiny"):
        standard = tokens.font_px(role, TypeSize.STANDARD)
        assert standard >= 12
        for size in TypeSize:
            assert tokens.font_px(role, size) == pytest.approx(standard * size.factor, abs=1)


def test_every_clickable_height_is_at_least_28_px() -> None:
    for size in TypeSize:
        for name in ("field", "small_button", "step_item", "table_row", "safety"):
            assert tokens.metric_px(name, size) >= 28


def test_a_contrast_theme_of_the_system_takes_the_place_of_the_tokens() -> None:
    palette: Palette = system_palette(qt_palette(tokens.HIGH_CONTRAST))
    assert palette.outlined
    assert palette.bg.lower() == tokens.HIGH_CONTRAST.bg.lower()
    assert palette.error == palette.text
