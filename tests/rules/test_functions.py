"""What each function of the language gives."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from types import MappingProxyType

import pytest

from pilotdesk.forms.values import MonthRange, Row, Unparsed
from pilotdesk.rules.expression import compile_expression
from pilotdesk.rules.functions import MODULES
from pilotdesk.rules.registry import FUNCTIONS, Context
from tests.rules.sample_form import LISTS, ROUND, rows

CONTEXT = Context(date(2026, 6, 12), ROUND, LISTS)
STANDARDS = rows(
    {"system_code": "1", "number": "GB/T 1—2020", "level": "national", "status": "in_force"},
    {"system_code": "2", "number": "GB/T 2—2020", "level": "national", "status": "withdrawn"},
    {"system_code": "3", "number": "DB36/T 1—2020", "status": "upcoming"},
    {"system_code": "4", "level": "enterprise", "status": "planned"},
    {"system_code": "5", "level": "enterprise", "status": "developing"},
    {"system_code": "6", "number": "Q/A 1—2020", "level": "enterprise", "status": "in_force"},
    {"system_code": "7", "number": "Q/A 2—2020", "level": "enterprise"},
    {"system_code": "8", "number": "ISO 9001:2015"},
)
TREE = rows(
    {"code": "1", "name": "总"},
    {"code": "101", "name": "甲"},
    {"code": "102", "name": "乙"},
    {"name": "无号"},
    {"code": "1021", "name": "丙"},
    parents={1: 0, 2: 0, 3: 0, 4: 2},
)
NAMES = {
    "column": ("a", "b", "a", "c", "b", "a"),
    "figures": (3, Decimal("1.5"), -2),
    "words": ("甲", "乙"),
    "empty": (),
    "table": STANDARDS,
    "tree": TREE,
    "blank": None,
    "typed": Unparsed("?"),
    "long": "依据GB/T 1.1标准，共12项。",
    "day": date(2026, 6, 2),
    "period": MonthRange("2027-03", "2028-06"),
    "open": MonthRange("2027-03", None),
    "periods": (
        MonthRange("2026-12", "2028-01"),
        MonthRange("2030-01", None),
        date(2033, 1, 1),
        "2032-05",
        "x",
    ),
    "uscc": "91110000101623741K",
}


def worth(text):
    return compile_expression(text).evaluate(NAMES.get, CONTEXT)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("filled(column)", True),
        ("filled(empty)", False),
        ("filled(blank)", False),
        ("filled(typed)", True),
        ("filled('')", False),
        ("default(blank, 3)", 3),
        ("default(column, 3)", NAMES["column"]),
        ("count(column)", 6),
        ("count(empty)", 0),
        ("count(table)", 8),
        ("count(blank)", None),
        ("count_where(column, 'a')", 3),
        ("count_where(column, 'a', 'c')", 4),
        ("count_where(figures, 3)", 1),
        ("count_rows(table, 'level', 'national', 'status', 'in_force')", 1),
        ("count_rows(table, 'level', 'enterprise')", 4),
        ("count_rows(table, 'level', 'national', 'status')", None),
        ("sum(figures)", Decimal("2.5")),
        ("sum(empty)", None),
        ("sum(words)", None),
        ("least(figures)", -2),
        ("greatest(figures)", 3),
        ("least(empty)", None),
        ("round(2.345, 2)", Decimal("2.35")),
        ("round(2.5)", 3),
        ("round(-2.5)", -3),
        ("round(1, 0.5)", None),
        ("round(1, 99)", None),
        ("duplicates(column)", ("a", "b")),
        ("duplicates(empty)", ()),
        ("missing(column, words)", ("a", "b", "c")),
        ("missing(column, ('a', 'c '))", ("b",)),
        ("join(words)", "甲、乙"),
        ("join(figures, '；')", "3；1.5；-2"),
        ("join(table)", None),
        ("leaves(tree)", ("101", "1021")),
        ("depth(tree)", 3),
        ("depth(empty)", 0),
        ("chars(long)", 11),
        ("length('南 汀')", 2),
        ("first(long, 2)", "依据"),
        ("last('甲乙', 1)", "乙"),
        ("last('甲', 2)", None),
        ("first('甲', 0)", None),
        ("starts_with(' 南汀', '南')", True),
        ("ends_with('某试点项目 ', '试点', '试点项目')", True),
        ("ends_with('试点示范', '试点')", False),
        ("contains_any('国家示范基地', '基地', '中心')", True),
        ("first_of('国家基地示范', '示范', '基地')", "基地"),
        ("first_of('甲', '示范')", None),
        ("same_text('南汀（县）', '南 汀(县)')", True),
        ("matches('344099', 'postcode')", True),
        ("matches('344099', 'nothing')", None),
        ("contains_pattern('2026年试点', 'year')", True),
        ("contains_pattern('编号120261', 'year')", False),
        ("today()", date(2026, 6, 12)),
        ("year(day)", 2026),
        ("year('2027-05')", 2027),
        ("year('2027')", None),
        ("month_of(day)", "2026-06"),
        ("days_between(day, today())", 10),
        ("months_between('2027-11', '2028-02')", 3),
        ("months_between('2027-11', 'x')", None),
        ("start_of(period)", "2027-03"),
        ("end_of(open)", None),
        ("months_outside(('2027-03', '2029-01', '2029-01'), periods)", ("2029-01",)),
        ("months_outside(('2027-03',), empty)", ("2027-03",)),
        ("notice_day()", date(2026, 4, 9)),
        ("years_covered(periods)", (2026, 2027, 2028, 2030, 2032, 2033)),
        ("cycle_start()", "2027-01"),
        ("cycle_end()", "2028-12"),
        ("deadline('upload')", date(2026, 6, 30)),
        ("deadline('open')", None),
        ("deadline('gone')", None),
        ("label_of('institution', 'unit_kinds')", "事业单位"),
        ("label_of('gone', 'unit_kinds')", None),
        ("submitter_of('361022')", "jx"),
        ("submitter_of('361000:南汀县')", "jx"),
        ("submitter_of('659001')", "bt"),
        ("submitter_of('654000')", "xj"),
        ("submitter_of('110000')", None),
        ("submitter_province('bt')", "650000"),
        ("submitter_province('jx')", "360000"),
        ("province_of('361022')", "360000"),
        ("province_of('36102')", None),
        ("uscc_ok(uscc)", True),
        ("uscc_ok('123')", False),
        ("uscc_check_ok(uscc)", True),
        ("uscc_check_ok('91110000101623741L')", False),
        ("uscc_check_ok('123')", None),
        ("uscc_check_char('91350211M0000XUF46')", "R"),
        ("uscc_kind(uscc)", "enterprise"),
        ("uscc_class('92110000101623741K')", "92"),
        ("uscc_province('12361022MB1K23456H')", "360000"),
        ("uscc_province('12100000MB1K23456H')", None),
        ("standard_number_ok('GB/T 1.1—2020')", True),
        ("standard_number_ok('GB/T 1.1')", False),
        ("standard_year_ok('GB/T 1-87')", False),
        ("standard_year_ok('GB/T 1')", None),
        ("standard_kind('DB36/T 1—2020')", "local"),
        ("standard_kind('ISO 9001:2015')", None),
        ("standard_normal('gb/t 1.1-2020')", "GB/T 1.1—2020"),
        ("standard_normal('内部规定')", "内部规定"),
    ],
)
def test_functions(text, value):
    assert worth(text) == value
    if value is None or isinstance(value, bool):
        assert worth(text) is value


def test_statistics_count_by_level_and_status():
    table = {row.id: dict(row.cells) for row in worth("statistics(table)")}
    assert list(table) == ["r_national", "r_sector", "r_local", "r_group", "r_enterprise", "r_total"]
    assert table["r_national"] == {
        "level": "national",
        "needed": 1,
        "existing": 1,
        "planned": 0,
        "ratio": Decimal(100),
    }
    assert table["r_sector"] == {"level": "sector", "needed": 0, "existing": 0, "planned": 0}
    assert table["r_local"]["existing"] == 1  # level told from the number
    assert table["r_enterprise"] == {
        "level": "enterprise",
        "needed": 4,
        "existing": 1,
        "planned": 2,
        "ratio": Decimal("25.0"),
    }
    assert table["r_total"] == {
        "level": "total",
        "needed": 6,
        "existing": 3,
        "planned": 2,
        "ratio": Decimal("50.0"),
    }


def test_rings_in_a_tree_do_not_hang():
    ring = (
        Row("r_a", MappingProxyType({"code": "1"}), "r_b"),
        Row("r_b", MappingProxyType({"code": "2"}), "r_a"),
    )
    assert compile_expression("depth(t)").evaluate({"t": ring}.get) >= 1


def test_functions_of_the_round_are_unknown_without_one():
    bare = Context(date(2026, 6, 12))
    for text in ("cycle_start()", "deadline('upload')", "submitter_of('361022')", "submitter_province('jx')"):
        assert compile_expression(text).evaluate(NAMES.get, bare) is None


@pytest.mark.parametrize("name", sorted(FUNCTIONS))
def test_every_function_says_what_it_gives_and_where_its_rule_comes_from(name):
    function = FUNCTIONS[name]
    assert len(function.call.__doc__ or "") > 10
    assert function.source
    assert any(module.__name__ == function.call.__module__ for module in MODULES)
    assert all(
        sign in {"", "?", "*"}
        for sign in (kind.lstrip("abcdefghijklmnopqrstuvwxyz_") for kind in function.takes)
    )
