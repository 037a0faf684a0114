"""What lies in resources/ is complete, consistent with its own lists, and licensed."""

from __future__ import annotations

import hashlib
import json
import lzma
import re
import tomllib
import xml.etree.ElementTree as ET
from functools import cache
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from PIL import Image

ROOT = Path(__file__).resolve().parents[2]
RESOURCES = ROOT / "resources"
ICONS = RESOURCES / "icons"
FONTS = RESOURCES / "fonts"
SVG = "{http://www.w3.org/2000/svg}"

CATALOGUE = tomllib.loads((FONTS / "fonts.toml").read_text("utf-8"))
FACES = {face["file"]: face for face in CATALOGUE["font"]}
BY_ROLE = {role: face for face in FACES.values() for role in face["roles"]}
PRINT_ROLES = {f"print.{name}" for name in ("song", "title", "fang", "kai", "hei", "rare", "emoji")}
UI_ROLES = {"ui.regular", "ui.medium", "ui.bold"}
LICENCES = (RESOURCES / "LICENSES.md").read_text("utf-8")


@cache
def characters(file: str) -> frozenset[int]:
    with TTFont(FONTS / file, lazy=True) as font:
        return frozenset(font.getBestCmap())


@pytest.fixture(scope="module")
def regions() -> dict:
    return json.loads((RESOURCES / "regions.json").read_text("utf-8"))


# --- symbols ---------------------------------------------------------------------------------------------------


def test_every_listed_symbol_is_there_and_no_other():
    listed = tomllib.loads((ICONS / "icons.toml").read_text("utf-8"))
    names = {*listed["tabler"]["outline"], *listed["own"]["names"]}
    names |= {f"{name}-filled" for name in listed["tabler"]["filled"]}
    assert {path.stem for path in ICONS.glob("*.svg")} == names


def test_symbols_are_drawn_on_the_24_unit_grid_in_the_current_colour_only():
    for path in ICONS.glob("*.svg"):
        root = ET.parse(path).getroot()
        assert root.tag == f"{SVG}svg", path.name
        assert root.get("viewBox") == "0 0 24 24", path.name
        assert {element.tag for element in root} == {f"{SVG}path"}, path.name
        colours = {value for element in root.iter() for value in (element.get("fill"), element.get("stroke"))}
        assert colours <= {None, "none", "currentColor"}, path.name
        assert "currentColor" in colours, path.name


@pytest.mark.parametrize(
    "name",
    [
        "circle",
        "circle-half",
        "circle-check-filled",
        "alert-circle-filled",
        "alert-triangle-filled",
        "bulb",
        "lock",
    ],
)
def test_the_symbols_that_carry_a_state_are_there(name):
    assert (ICONS / f"{name}.svg").is_file()


def test_application_icon_has_every_size_as_png_and_inside_the_ico():
    sizes = {(size, size) for size in (16, 20, 24, 32, 40, 48, 64, 128, 256)}
    for width, height in sizes:
        with Image.open(ICONS / "app" / f"pilotdesk-{width}.png") as picture:
            assert picture.size == (width, height)
            assert picture.getchannel("A").getextrema() == (0, 255)
    with Image.open(ICONS / "app" / "pilotdesk.ico") as icon:
        assert set(icon.info["sizes"]) == sizes


# --- regions ---------------------------------------------------------------------------------------------------


def rows(regions: dict) -> list[tuple[str, list]]:
    """Every division with the code of its parent ("" for a province)."""
    found = []
    for province in regions["provinces"]:
        found.append(("", province))
        for city in province[2] if len(province) > 2 else []:
            found.append((province[0], city))
            found += [(city[0], county) for county in (city[2] if len(city) > 2 else [])]
    return found


def test_regions_are_small_sorted_and_unique(regions):
    assert (RESOURCES / "regions.json").stat().st_size < 200_000
    codes = [row[0] for _, row in rows(regions)]
    assert len(set(codes)) == len(codes)
    for parent in {parent for parent, _ in rows(regions)}:
        children = [row[0] for above, row in rows(regions) if above == parent]
        assert children == sorted(children)


def test_region_codes_follow_the_province_city_county_pairs(regions):
    assert len(regions["provinces"]) == 34
    for parent, row in rows(regions):
        assert re.fullmatch(r"\d{6}", row[0]), row
        assert len(row) in (2, 3), row
        assert row[1].strip() == row[1] != "", row
        if parent == "":
            assert row[0].endswith("0000"), row
        elif parent.endswith("0000"):
            assert row[0].endswith("00"), row
            assert row[0][:2] == parent[:2], row
        else:
            assert row[0][:4] == parent[:4], row


def test_second_levels_that_are_no_divisions_are_named_as_such(regions):
    names = {row[1] for parent, row in rows(regions) if parent and row[0][2:4] in ("01", "02", "90")}
    assert set(regions["grouping"]) <= names
    beijing = regions["provinces"][0]
    assert [city[1] for city in beijing[2]] == ["市辖区"]
    assert ["110108", "海淀区"] in beijing[2][0][2]


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("330113", "临平区"),
        ("540481", "米林市"),
        ("653228", "和康县"),
        ("653229", "和安县"),
        ("653132", "岑岭县"),
        ("659013", "草湖市"),
        ("429004", "仙桃市"),
        ("500240", "石柱土家族自治县"),
    ],
)
def test_recent_and_directly_governed_counties_are_there(regions, code, name):
    assert [row[1] for _, row in rows(regions) if row[0] == code] == [name]


@pytest.mark.parametrize("code", ["441900", "442000", "460400", "620200", "710000", "810000", "820000"])
def test_divisions_without_counties_are_complete_by_themselves(regions, code):
    assert [len(row) for _, row in rows(regions) if row[0] == code] == [2]


# --- fonts -----------------------------------------------------------------------------------------------------


def test_font_list_and_files_agree():
    assert set(FACES) == {path.name for path in FONTS.glob("*.ttf")}
    assert set(BY_ROLE) == PRINT_ROLES | UI_ROLES
    assert sum(len(face["roles"]) for face in FACES.values()) == len(BY_ROLE)
    assert set(CATALOGUE["print_fallback"]) <= PRINT_ROLES


@pytest.mark.parametrize("file", FACES)
def test_font_file_is_the_one_described(file):
    content = (FONTS / file).read_bytes()
    assert hashlib.sha256(content).hexdigest() == FACES[file]["sha256"]
    assert len(content) == FACES[file]["bytes"]


@pytest.mark.parametrize("file", FACES)
def test_font_is_static_unhinted_embeddable_truetype_under_its_family(file):
    face = FACES[file]
    with TTFont(FONTS / file, lazy=True) as font:
        assert font.sfntVersion == "\0\1\0\0"
        assert {"glyf", "loca", "cmap", "name", "OS/2"} <= set(font.keys())
        assert not {"CFF ", "CFF2", "fvar", "fpgm", "prep", "cvt "} & set(font.keys())
        assert font["OS/2"].fsType == 0
        assert font["OS/2"].usWeightClass == face["weight"]
        assert font["name"].getBestFamilyName() == face["family"]
        assert font["name"].getDebugName(6) == face["postscript_name"]
        assert len(font.getBestCmap()) == face["characters"]


def test_fonts_keep_within_their_budget():
    assert sum(path.stat().st_size for path in FONTS.rglob("*") if path.is_file()) < 64_000_000


def test_reserved_font_names_are_not_used():
    for face in FACES.values():
        assert not re.search(r"source|lxgw|霞鹜|hana|fandol", face["family"], re.IGNORECASE)


@pytest.mark.parametrize("role", sorted(PRINT_ROLES - {"print.rare", "print.emoji"} | UI_ROLES))
def test_every_text_face_has_all_of_gb2312(role):
    lead_bytes = range(0xB0, 0xF8)
    cells = (bytes((lead, trail)) for lead in lead_bytes for trail in range(0xA1, 0xFF))
    wanted = {ord(char) for cell in cells for char in cell.decode("gb2312", errors="ignore")}
    assert len(wanted) == BY_ROLE[role]["gb2312"] == 6763
    assert wanted <= characters(BY_ROLE[role]["file"])


def test_song_has_the_common_standard_and_all_of_extension_a():
    song = BY_ROLE["print.song"]
    assert (song["common"], song["gbk"], song["ext_a"]) == (8105, 20923, 6592)


@pytest.mark.parametrize(
    "text",
    [
        "𠮷䶮㛃𬭎旻祎翀堃喆赟頔珺禤㸃璟𪚥𰻝",
        "☑☒□■√✓✔①⑳㈠㎡℃≤≥≠±×÷→←【】〔〕·¥€½⁵₃Ⅳℓ〓",
        "😀👍🎉❤✈🇨🇳",
        "“”‘’—…，。、；：？《》（）",
        "├─┤│█▲△○●◎★☆",
    ],
)
@pytest.mark.parametrize("role", sorted(PRINT_ROLES))
def test_print_chain_has_a_glyph_for_every_character(role, text):
    chain = [BY_ROLE[name]["file"] for name in (role, *CATALOGUE["print_fallback"])]
    has = frozenset().union(*map(characters, chain))
    assert [char for char in text if ord(char) not in has] == []


def test_raised_faces_are_level_with_song():
    song = BY_ROLE["print.song"]["middle_han"]
    for role in PRINT_ROLES:
        face = BY_ROLE[role]
        assert face["middle_han"] + face["raise"] == pytest.approx(song, abs=0.002), role


def test_source_of_the_gpl_font_lies_beside_it():
    packed = (FONTS / "source" / "FandolFang-Regular.otf.xz").read_bytes()
    assert lzma.decompress(packed)[:4] == b"OTTO"
    assert (FONTS / "source" / "convert_fang.py").is_file()
    assert "special exception" in (FONTS / BY_ROLE["print.fang"]["licence_file"]).read_text("utf-8")


# --- licences --------------------------------------------------------------------------------------------------


def test_every_licence_text_named_is_there():
    named = set(re.findall(r"`([\w/.-]+\.txt)`", LICENCES)) | {
        f"fonts/{face['licence_file']}" for face in FACES.values()
    }
    assert len(named) > 10
    for name in named:
        assert (RESOURCES / name).stat().st_size > 500, name


def test_every_font_and_every_runtime_package_is_listed():
    for file in FACES:
        assert f"`{file}`" in LICENCES
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    for requirement in project["dependencies"]:
        package = re.match(r"[\w.-]+", requirement).group()
        assert re.search(rf"\b{re.escape(package)}\b", LICENCES, re.IGNORECASE), package
