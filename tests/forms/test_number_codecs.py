"""Numbers as people type and paste them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from pilotdesk.forms.number_codecs import DecimalCodec, IntegerCodec, read_number
from pilotdesk.forms.values import Unparsed


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("86", 86),
        (" 86 ", 86),
        ("８６", 86),
        ("86人", 86),
        ("86 人", 86),
        ("８６　人", 86),
        ("1,234", 1234),
        ("1，234，567", 1234567),
        ("1, 234", 1234),
        ("12 345", 12345),
        ("1\u2009234", 1234),
        ("-5", -5),
        ("−5", -5),
        ("－5", -5),
        ("+5", 5),
        ("007", 7),
        ("86.0", 86),
        ("0", 0),
    ],
)
def test_whole_numbers_are_read(text: str, number: int) -> None:
    value = IntegerCodec("人").parse(text)
    assert value == number
    assert type(value) is int


@pytest.mark.parametrize(
    "text",
    [
        "八十多",
        "86.5",
        "约86",
        "86万",
        "86件",
        "80-90",
        "80～90",
        "12,34",
        "1,2345",
        "12 3",
        "1.2.3",
        "5²",
        "①",
        "1e3",
        "人",
        "-",
        "٣",
        "9" * 100,
    ],
)
def test_what_would_be_a_guess_is_kept_as_typed(text: str) -> None:
    assert IntegerCodec("人").parse(text) == Unparsed(text)


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        ("41.6", "41.6"),
        ("1.50", "1.50"),
        ("４１．６", "41.6"),
        ("41。6", "41.6"),
        ("41.6万元", "41.6"),
        ("1,234.50 万元", "1234.50"),
        (".5", "0.5"),
        ("-0.50", "-0.50"),
        ("86", "86"),
    ],
)
def test_decimals_keep_their_digits(text: str, digits: str) -> None:
    value = DecimalCodec("万元").parse(text)
    assert isinstance(value, Decimal)
    assert str(value) == digits


@pytest.mark.parametrize(
    "text", ["41.6亿", "41.6元", "41.", "41,6", "三成", "10%", "NaN", "Infinity", "0x1F"]
)
def test_other_units_and_multiples_are_not_scaled(text: str) -> None:
    assert DecimalCodec("万元").parse(text) == Unparsed(text)


def test_units_with_full_width_signs_agree() -> None:
    assert DecimalCodec("％").parse("96%") == DecimalCodec("%").parse("96％") == Decimal(96)
    assert read_number("3 万人·次", "万人·次") == 3


@pytest.mark.parametrize(
    ("number", "decimals", "printed"),
    [
        ("1.50", None, "1.50"),
        ("69.25", 1, "69.3"),
        ("-69.25", 1, "-69.3"),
        ("8", 2, "8.00"),
        ("0.4", 0, "0"),
        ("1E+3", None, "1000"),
    ],
)
def test_print_rounds_half_up_and_only_where_the_pack_says(
    number: str, decimals: int | None, printed: str
) -> None:
    assert DecimalCodec(decimals=decimals).print_text(Decimal(number)) == printed


def test_print_copes_with_more_digits_than_arithmetic_has() -> None:
    number = Decimal("1" * 50 + ".25")
    assert DecimalCodec(decimals=1).print_text(number) == "1" * 50 + ".3"


def test_numbers_print_without_thousands_separators() -> None:
    assert IntegerCodec("人").print_text(1234567) == "1234567"


def test_answers_files_give_numbers_as_numbers() -> None:
    assert IntegerCodec().from_answer(86) == 86
    assert IntegerCodec().from_answer(86.0) == 86
    assert DecimalCodec().from_answer(41.6) == Decimal("41.6")
    assert str(DecimalCodec().from_answer("1.50")) == "1.50"
    assert DecimalCodec().from_answer(3) == 3


@pytest.mark.parametrize("answer", ["86", 86.5, True, [86], float("inf"), float("nan")])
def test_whole_numbers_in_answers_files_are_whole_numbers(answer: object) -> None:
    with pytest.raises(ValueError, match="整数"):
        IntegerCodec().from_answer(answer)


@pytest.mark.parametrize("answer", ["很多", False, [1], float("inf"), float("nan")])
def test_decimals_in_answers_files_are_finite_numbers(answer: object) -> None:
    with pytest.raises(ValueError, match="数字"):
        DecimalCodec().from_answer(answer)


@pytest.mark.parametrize(
    ("text", "unit", "read"),
    [
        ("86.4万", "万件", Decimal("86.4")),
        ("86.4 万", "万件", Decimal("86.4")),
        ("86.4万件", "万件", Decimal("86.4")),
        ("200万", "万元", Decimal(200)),
        ("86.4万万", "万件", None),
        ("86.4万", "件", None),
        ("86.4件", "万件", None),
        ("86.4亿", "万件", None),
    ],
)
def test_the_multiple_of_the_own_unit_is_read_without_the_rest_of_it(
    text: str, unit: str, read: Decimal | None
) -> None:
    assert read_number(text, unit) == read
