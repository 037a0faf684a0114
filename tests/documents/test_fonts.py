"""Faces, fallback and the reading of font files, checked against fontTools."""

from __future__ import annotations

import io

import pytest
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables._g_l_y_f import GlyphCoordinates
from hypothesis import given
from hypothesis import strategies as st

from pilotdesk.documents.fonts import GETA, FontSet, missing_glyphs, printable, shipped_fonts
from pilotdesk.documents.truetype import FontFileError, TrueType
from pilotdesk.errors import PilotDeskError
from pilotdesk.paths import resources_dir

FOLDER = resources_dir() / "fonts"
SAMPLE = "国家标准2026—，“”Ag㛃䶮𠮷\u00a0ﬁ"


@pytest.fixture(scope="module", params=["NotoSerifSC-Regular", "PilotFang-Regular", "PilotRare-Regular"])
def pair(request):
    path = FOLDER / f"{request.param}.ttf"
    with TTFont(path) as reference:
        yield TrueType(path), reference


def test_characters_and_widths_are_those_of_the_file(pair):
    font, reference = pair
    order, cmap, units = reference.getGlyphOrder(), reference.getBestCmap(), reference["head"].unitsPerEm
    for char in SAMPLE:
        name = cmap.get(ord(char))
        assert font.glyph(ord(char)) == (order.index(name) if name else 0), char
        if name:
            assert font.advance(font.glyph(ord(char))) == reference["hmtx"][name][0] / units


def test_ink_is_that_of_the_file(pair):
    font, reference = pair
    units = reference["head"].unitsPerEm
    name = reference.getBestCmap()[
        0x3400 if 0x3400 in reference.getBestCmap() else max(reference.getBestCmap())
    ]
    glyph = reference["glyf"][name]
    ink = font.bounds(reference.getGlyphOrder().index(name))
    assert ink == tuple(v / units for v in (glyph.xMin, glyph.yMin, glyph.xMax, glyph.yMax))


def test_a_subset_draws_the_same_glyphs(pair):
    font, reference = pair
    numbers = [number for char in SAMPLE if (number := font.glyph(ord(char)))]
    with TTFont(io.BytesIO(font.subset([0, *numbers, numbers[0]])), checkChecksums=2) as subset:
        order = reference.getGlyphOrder()
        names = subset.getGlyphOrder()
        for new, old in enumerate([0, *numbers, numbers[0]]):
            assert drawn(subset, names[new]) == drawn(reference, order[old])
            assert subset["hmtx"][names[new]][0] == reference["hmtx"][order[old]][0]


def drawn(font, name):
    """Contours of a glyph; parts of composite glyphs are put in place."""
    table = font["glyf"]
    points, ends, flags = table[name].getCoordinates(table)
    assert isinstance(points, GlyphCoordinates)
    return list(points), list(ends), [flag & 1 for flag in flags]


def test_composite_glyphs_keep_their_parts(tmp_path):
    from fontTools.fontBuilder import FontBuilder
    from fontTools.pens.ttGlyphPen import TTGlyphPen

    builder = FontBuilder(1000)
    builder.setupGlyphOrder([".notdef", "unused", "other", "part", "whole"])
    builder.setupCharacterMap({0x41: "whole"})
    plain = TTGlyphPen(None)
    plain.moveTo((0, 0)), plain.lineTo((500, 0)), plain.lineTo((0, 500)), plain.closePath()
    other = TTGlyphPen(None)
    other.moveTo((0, 0)), other.lineTo((900, 0)), other.lineTo((0, 900)), other.closePath()
    glyphs = {name: other.glyph() for name in (".notdef", "unused", "other")} | {"part": plain.glyph()}
    combined = TTGlyphPen(dict.fromkeys(glyphs))
    combined.addComponent("part", (1, 0, 0, 1, 10, 20))
    combined.addComponent("part", (0.5, 0, 0, 0.5, 400, 300))
    builder.setupGlyf(glyphs | {"whole": combined.glyph()})
    builder.setupHorizontalMetrics(
        {name: (600, 0) for name in (".notdef", "unused", "other", "part", "whole")}
    )
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupNameTable({"psName": "Test-Font"})
    builder.setupOS2()
    builder.setupPost()
    builder.save(tmp_path / "test.ttf")
    font = TrueType(tmp_path / "test.ttf")
    assert font.name == "Test-Font"
    with (
        TTFont(io.BytesIO(font.subset([0, font.glyph(0x41)]))) as subset,
        TTFont(tmp_path / "test.ttf") as whole,
    ):
        assert len(subset.getGlyphOrder()) == 3  # .notdef, the glyph, its part
        assert drawn(subset, subset.getGlyphOrder()[1]) == drawn(whole, "whole")


@pytest.mark.parametrize("content", [b"", b"OTTO" + bytes(60), b"\0\1\0\0" + bytes(8), b"%PDF"])
def test_a_file_that_is_no_font_says_so(tmp_path, content):
    (tmp_path / "x.ttf").write_bytes(content)
    with pytest.raises(FontFileError):
        TrueType(tmp_path / "x.ttf")


def test_without_fonts_the_program_is_incomplete(tmp_path):
    with pytest.raises(PilotDeskError, match="找不到"):
        FontSet(tmp_path)
    (tmp_path / "fonts.toml").write_bytes((FOLDER / "fonts.toml").read_bytes())
    with pytest.raises(PilotDeskError) as trouble:
        FontSet(tmp_path).glyph("song", "国")
    assert trouble.value.code == "program_incomplete"


@pytest.mark.parametrize(
    ("role", "char", "face"),
    [
        ("fang", "国", "fang"),
        ("fang", "8", "song"),
        ("fang", "—", "song"),
        ("kai", "A", "song"),
        ("song", "“", "fang"),
        ("kai", "…", "fang"),
        ("hei", "“", "hei"),
        ("hei", "8", "hei"),
        ("title", "2", "title"),
        ("fang", "祎", "song"),
        ("fang", "𠮷", "rare"),
        ("song", "😀", "emoji"),
        ("fang", "\u00a0", "song"),
    ],
)
def test_each_character_comes_from_the_right_face(role, char, face):
    glyph = shipped_fonts().glyph(role, char)
    assert (glyph.face, glyph.char == GETA) == (face, False)


def test_faces_stand_level():
    middles = {name: shipped_fonts().face(name).middle for name in ("song", "title", "hei", "fang", "kai")}
    assert middles["song"] - middles["fang"] == pytest.approx(0.072, abs=0.004)
    assert middles["song"] - middles["kai"] == pytest.approx(0.026, abs=0.006)
    assert max(middles["song"], middles["title"], middles["hei"]) - 0.376 < 0.008


def test_names_that_people_have_can_be_set():
    assert (
        missing_glyphs(["旻祎翀堃喆赟璟頔珺禤䶮㛃𬭎𠮷", "A<B & C", "第三方问卷（≥800份）±5％ № ㎡ ℃ ①"])
        == frozenset()
    )


def test_what_nobody_can_set_is_told():
    assert missing_glyphs(["好\u0e01的", "\U0001e900"]) == {"\u0e01", "\U0001e900"}
    assert shipped_fonts().glyph("fang", "\u0e01").char == GETA


def test_marks_may_give_up_only_their_blank_half():
    fonts = shipped_fonts()
    for role in ("song", "fang", "kai", "hei"):
        for char in "，。、；：）》”":
            glyph = fonts.glyph(role, char)
            assert 0.3 < glyph.blank_right <= 0.5, (role, char)
            assert not glyph.blank_left
        assert 0.3 < fonts.glyph(role, "（").blank_left <= 0.5
        assert fonts.glyph(role, "国").blank_right == 0


@given(st.text())
def test_printable_text_has_nothing_that_cannot_stand_on_paper(text):
    shown = printable(text)
    assert printable(shown) == shown
    assert not any(char < " " and char != "\n" for char in shown)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\r\nb\rc", "a\nb\nc"),
        ("甲\t乙", "甲　乙"),
        ("❤\ufe0f\u200d", "❤"),
        ("\ufeff甲\u200b乙\x00", "甲乙"),
        ("葛\U000e0100", "葛"),
    ],
)
def test_signs_that_take_no_room_are_left_out(text, shown):
    assert printable(text) == shown
