"""Days, months and periods as people write them."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from pilotdesk.forms.date_codecs import DateCodec, MonthCodec, MonthRangeCodec
from pilotdesk.forms.values import MonthRange, Unparsed

DAY, MONTH, PERIOD = DateCodec(), MonthCodec(), MonthRangeCodec()


@pytest.mark.parametrize(
    "text",
    [
        "2026-06-02",
        "2026-6-2",
        "2026年6月2日",
        "2026年06月02日",
        "2026年6月2号",
        "2026 年 6 月 2 日",
        "２０２６年６月２日",
        "2026.6.2",
        "2026。6。2",
        "2026/6/2",
        "2026／06／02",
        "2026—6—2",
        "2026–06–02",
        "2026 6 2",
        "20260602",
        "2026-06-02 00:00:00",
        "2026/6/2 0:00",
        "　2026-06-02 ",
        "二〇二六年六月二日",
        "二○二六年六月二日",
        "二零二六年〇六月〇二日",
    ],
)
def test_days_are_read(text: str) -> None:
    assert DAY.parse(text) == date(2026, 6, 2)


@pytest.mark.parametrize(
    "text",
    [
        "2026-02-30",
        "2026-13-01",
        "26-6-2",
        "6月2日",
        "2026年6月",
        "2026-06-02 10:30",
        "2026-06",
        "202606",
        "去年",
        "20261301",
        "2026-6-2-1",
        "9999999999-1-1",
        "二〇二六年六月",
        "二〇二六年六月三十一日",
        "二〇二六年六月十十日",
        "二〇二六年六月一十二三日",
        "2〇二十年六月二日",
        "六月二日",
    ],
)
def test_days_that_are_not_quite_there_are_kept_as_typed(text: str) -> None:
    assert DAY.parse(text) == Unparsed(text)


@pytest.mark.parametrize(
    ("text", "day"),
    [("十月十日", (10, 10)), ("十二月三十一日", (12, 31)), ("一月二十日", (1, 20)), ("二月十九日", (2, 19))],
)
def test_days_in_chinese_numerals_are_read(text: str, day: tuple[int, int]) -> None:
    assert DAY.parse(f"二〇二六年{text}") == date(2026, *day)


def test_months_and_periods_in_chinese_numerals_are_read() -> None:
    assert MONTH.parse("二〇二六年三月") == "2026-03"
    assert PERIOD.parse("二〇二七年一月至二〇二八年十二月") == MonthRange("2027-01", "2028-12")
    assert PERIOD.parse("二〇二七年一月—十二月") == MonthRange("2027-01", "2027-12")


def test_the_editor_shows_the_short_form_and_print_the_long_one() -> None:
    assert DAY.edit_text(date(2026, 6, 2)) == "2026-06-02"
    assert DAY.print_text(date(2026, 6, 2)) == "2026年6月2日"
    assert MONTH.edit_text("2016-04") == "2016-04"
    assert MONTH.print_text("2016-04") == "2016年4月"


@pytest.mark.parametrize(
    "text",
    [
        "2027-01",
        "2027-1",
        "2027年1月",
        "2027年01月",
        "2027年1月份",
        "2027.1",
        "2027/01",
        "２０２７．１",
        "2027年1",
        "202701",
        "2027 年 1 月",
    ],
)
def test_months_are_read(text: str) -> None:
    assert MONTH.parse(text) == "2027-01"


@pytest.mark.parametrize(
    "text",
    ["2027-13", "2027-00", "2027年", "2027", "1月", "2027-01-05", "2027年1月1日", "27-01", "年底", "202713"],
)
def test_months_that_are_not_quite_there_are_kept_as_typed(text: str) -> None:
    assert MONTH.parse(text) == Unparsed(text)


@pytest.mark.parametrize(
    "text",
    [
        "2027年1月—2028年12月",
        "2027年1月-2028年12月",
        "2027年1月－2028年12月",
        "2027年1月––2028年12月",
        "2027年1月——2028年12月",
        "2027年1月 — 2028年12月",
        "2027年1月~2028年12月",
        "2027年1月～2028年12月",
        "2027年1月〜2028年12月",
        "2027年1月至2028年12月",
        "2027年1月到2028年12月",
        "自2027年1月至2028年12月",
        "2027.1—2028.12",
        "2027.01-2028.12",
        "2027-01—2028-12",
        "2027-01-2028-12",
        "2027/1 - 2028/12",
        "202701-202812",
        "2027年1月1日—2028年12月31日",
        "2027年—2028年",
        "2027—2028年",
        "2027-2028",
    ],
)
def test_periods_are_read(text: str) -> None:
    assert PERIOD.parse(text) == MonthRange("2027-01", "2028-12")


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2027年1月—6月", "2027-01", "2027-06"),
        ("2027年1—6月", "2027-01", "2027-06"),
        ("2027年1-6月", "2027-01", "2027-06"),
        ("2027.1-6", "2027-01", "2027-06"),
        ("2027年1月至3月", "2027-01", "2027-03"),
        ("2027年1月\n至3月", "2027-01", "2027-03"),
        ("2027年3月", "2027-03", "2027-03"),
        ("2027年11月\n至11月", "2027-11", "2027-11"),
        ("2027-03", "2027-03", "2027-03"),
        ("2027年", "2027-01", "2027-12"),
        ("2028年9月—2029年2月", "2028-09", "2029-02"),
        ("2028年12月—2027年1月", "2028-12", "2027-01"),
        ("2027年1月起", "2027-01", None),
        ("自2027年1月起", "2027-01", None),
        ("2027年1月—", "2027-01", None),
        ("—2028年12月", None, "2028-12"),
        ("至2028年12月", None, "2028-12"),
        ("2028年2月1日—2028年2月29日", "2028-02", "2028-02"),
    ],
)
def test_periods_of_other_shapes_are_read(text: str, start: str | None, end: str | None) -> None:
    assert PERIOD.parse(text) == MonthRange(start, end)


@pytest.mark.parametrize(
    "text",
    [
        "2027-01-06",  # a day, or January to June?
        "2027年1月1日",
        "2027年1月31日",
        "2027",
        "2027年13月—2028年1月",
        "2027年1月5日—2028年12月31日",
        "2027年1月1日—2028年12月30日",
        "2027年2月1日—2027年2月29日",
        "2027年—2028年12月",
        "1月—12月",
        "两年",
        "2027年1月—2028年12月—2029年",
        "—",
        "起",
    ],
)
def test_periods_that_would_be_a_guess_are_kept_as_typed(text: str) -> None:
    assert PERIOD.parse(text) == Unparsed(text)


@pytest.mark.parametrize(
    ("period", "printed"),
    [
        (MonthRange("2027-01", "2028-12"), "2027年1月—2028年12月"),
        (MonthRange("2027-03", "2027-03"), "2027年3月"),
        (MonthRange("2027-01", None), "2027年1月—"),
        (MonthRange(None, "2028-12"), "—2028年12月"),
        (MonthRange(None, None), ""),
        (MonthRange("2027-1", "soon"), "2027年1月—soon"),  # from a foreign file; shown rather than hidden
    ],
)
def test_periods_print_on_one_line(period: MonthRange, printed: str) -> None:
    assert PERIOD.print_text(period) == PERIOD.edit_text(period) == printed


def test_answers_files_give_days_and_periods_in_several_shapes() -> None:
    assert DAY.from_answer("2026年6月2日") == DAY.from_answer(date(2026, 6, 2)) == date(2026, 6, 2)
    expected = MonthRange("2027-01", "2028-12")
    assert PERIOD.from_answer("2027年1月—2028年12月") == expected
    assert PERIOD.from_answer(["2027-01", "2028-12"]) == expected
    assert PERIOD.from_answer({"start": "2027-01", "end": "2028-12"}) == expected
    assert PERIOD.from_answer({"start": "2027-01"}) == MonthRange("2027-01", None)
    assert PERIOD.from_answer([None, None]) is None
    assert MONTH.from_answer("2027.1") == "2027-01"


@pytest.mark.parametrize(
    "answer", ["明年", 2027, ["2027-01"], ["2027-1", "2028-12"], {"from": "2027-01"}, {}, [1, 2]]
)
def test_periods_of_another_shape_are_refused(answer: object) -> None:
    with pytest.raises(ValueError, match="起止年月"):
        PERIOD.from_answer(answer)


@pytest.mark.parametrize("answer", ["6月2日", 20260602, datetime(2026, 6, 2)])
def test_days_of_another_shape_are_refused(answer: object) -> None:
    with pytest.raises(ValueError, match="日期"):
        DAY.from_answer(answer)
