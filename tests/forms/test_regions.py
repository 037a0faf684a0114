"""Regions by code, by name, and those that no list has yet."""

from __future__ import annotations

import pytest

from pilotdesk.forms.regions import (
    MOST_FOUND,
    RegionCodec,
    children,
    divisions,
    find_regions,
    provinces,
    region_label,
    region_name,
)
from pilotdesk.forms.values import Unparsed

REGION = RegionCodec()


def test_every_division_has_its_own_label_and_comes_back_from_it() -> None:
    known = divisions()
    assert len(known.codes) == len(known.labels) > 3000
    assert all(REGION.parse(label) == code for code, label in known.labels.items())
    assert all(REGION.parse(code) == code for code in list(known.labels)[::50])


def test_levels_that_are_only_there_for_grouping_are_left_out() -> None:
    assert region_label("110108") == "北京市海淀区"
    assert region_label("110100") is None
    assert "110108" in children("110000")
    assert region_label("429004") == "湖北省仙桃市"
    assert "429004" in children("420000")
    assert not any(name in {"市辖区", "县"} for name in divisions().names.values())


def test_codes_lead_from_province_to_county() -> None:
    assert len(provinces()) == 34
    assert provinces()[0] == "110000"
    assert region_name("361000") == "抚州市"
    assert "361000" in children("360000")
    assert "361002" in children("361000")
    assert children("361002") == children("999999") == ()
    assert region_label("361002") == "江西省抚州市临川区"
    assert region_label("999999") is region_name("999999") is None


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("江西省抚州市临川区", "361002"),
        ("江西省 抚州市 临川区", "361002"),
        ("抚州市临川区", "361002"),
        ("临川区", "361002"),
        ("３６１００２", "361002"),
        ("东莞市", "441900"),
        ("海淀区", "110108"),
    ],
)
def test_regions_are_read_by_any_name_that_is_clear(text: str, code: str) -> None:
    assert REGION.parse(text) == code


@pytest.mark.parametrize(
    "text", ["鼓楼区", "川区", "江西省抚州市临川区人民路8号", "火星市", "999999", "999999:南汀县", "江西"]
)
def test_names_that_are_not_clear_are_kept_as_typed(text: str) -> None:
    assert REGION.parse(text) == Unparsed(text)


def test_a_place_that_no_list_has_keeps_its_province() -> None:
    assert REGION.parse("江西省抚州市南汀县") == "361000:南汀县"
    assert REGION.parse("361000:南汀县") == "361000:南汀县"
    assert REGION.edit_text("361000:南汀县") == REGION.print_text("361000:南汀县") == "江西省抚州市南汀县"
    assert REGION.parse("江西省抚州市高新技术产业开发区") == "361000:高新技术产业开发区"
    assert region_label("999999:南汀县") is None


def test_a_code_that_left_the_list_is_shown_as_it_is() -> None:
    assert REGION.edit_text("110100") == "110100"


def test_the_search_puts_the_closest_first() -> None:
    assert find_regions("临川")[0] == "361002"
    assert find_regions("抚州市")[0] == "361000"
    assert set(find_regions("鼓楼区")) >= {"320106", "350102"}
    assert find_regions("3610")[0] == "361000"
    assert len(find_regions("市")) == MOST_FOUND
    assert find_regions(" ") == find_regions("没有这个地方") == ()
