"""What every codec promises: nothing raises, nothing typed is lost, what is shown can be read again."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pilotdesk.forms.codecs import WITHOUT_CODEC, Codec, codec_for
from pilotdesk.forms.folding import clean
from pilotdesk.forms.model import Choice, Field
from pilotdesk.forms.values import MonthRange, Unparsed
from tests.forms.values_strategies import dates, decimals, month_ranges, months, values

LISTS = {
    "kinds": (
        Choice(name="firm", label="企业"),
        Choice(name="office", label="机关（含参公）"),
        Choice(name="F1", label="政务服务“高效办成一件事”"),
        Choice(name="f1_other", label="其他方面", parent="F1"),
        Choice(name="f2_other", label="其他方面", parent="F2"),
        Choice(name="several", label="质量、安全"),
    )
}


def codec(kind: str, **keys: object) -> Codec:
    choices = "kinds" if "choice" in kind else ""
    return codec_for(Field(name="a", type=kind, label="甲", choices=choices, **keys), LISTS)  # type: ignore[arg-type]


CODECS = {
    "text": codec("text"),
    "half": codec("text", letters="half"),
    "upper": codec("text", letters="upper"),
    "longtext": codec("longtext"),
    "integer": codec("integer", unit="人"),
    "decimal": codec("decimal", unit="%"),
    "date": codec("date"),
    "month": codec("month"),
    "month_range": codec("month_range"),
    "choice": codec("choice"),
    "choice or other": codec("choice", other=True),
    "multi_choice": codec("multi_choice"),
    "multi_choice or other": codec("multi_choice", other=True),
    "dependent_choice": codec("dependent_choice", other=True),
    "region": codec("region"),
    "calculated": codec("calculated"),
}
every_codec = pytest.mark.parametrize("reader", CODECS.values(), ids=CODECS)

NUMBERS = st.text("0123456789０１２３.,，。-−+ 万%人元", max_size=12)
PERIODS = st.lists(
    st.sampled_from(
        [
            "2027",
            "2028",
            "年",
            "1",
            "12",
            "月",
            "-",
            "—",
            "至",
            "～",
            ".",
            "/",
            "日",
            "31",
            " ",
            "起",
            "自",
            "2027-01",
        ]
    ),
    max_size=9,
).map("".join)
CHOSEN = st.lists(
    st.sampled_from(
        [
            "企业",
            "机关（含参公）",
            "机关(含参公)",
            "其他",
            "其他：",
            "质量、安全",
            "；",
            ";",
            "、",
            "茶",
            "firm",
            "〔f1_other〕",
            "\n",
        ]
    ),
    max_size=7,
).map("".join)
TYPED = st.text(max_size=30) | NUMBERS | PERIODS | CHOSEN


@every_codec
@given(TYPED)
def test_whatever_is_typed_is_read_or_kept_as_typed(reader: Codec, text: str) -> None:
    value = reader.parse(text)
    if value is None:
        assert not clean(text).strip()
    if isinstance(value, Unparsed):
        assert value.text == clean(text)


@every_codec
@given(TYPED)
@example("0\x1b")
@example("2027\x1b-01-02")
def test_what_stands_in_the_editor_reads_as_the_same_answer(reader: Codec, text: str) -> None:
    value = reader.parse(text)
    again = reader.parse(reader.edit_text(value))
    assert again == value
    assert type(again) is type(value)


@every_codec
@given(values)
def test_no_value_of_another_type_keeps_a_codec_from_showing_it(reader: Codec, value: object) -> None:
    assert isinstance(reader.edit_text(value), str)  # type: ignore[arg-type]
    assert isinstance(reader.print_text(value), str)  # type: ignore[arg-type]


@every_codec
@pytest.mark.parametrize("blank", ["", " ", "\u3000", "\n \t", "\u200b"])
def test_blank_is_unanswered(reader: Codec, blank: str) -> None:
    assert reader.parse(blank) is None


@every_codec
def test_unanswered_shows_nothing_and_what_could_not_be_read_shows_as_typed(reader: Codec) -> None:
    assert (reader.edit_text(None), reader.print_text(None)) == ("", "")
    assert reader.edit_text(Unparsed("八十多")) == reader.print_text(Unparsed("八十多")) == "八十多"
    assert reader.from_answer(None) is None


@every_codec
@given(st.booleans() | st.dictionaries(st.text(max_size=3), st.integers(), min_size=1, max_size=1))
def test_answers_of_another_type_are_refused_with_a_sentence(reader: Codec, answer: object) -> None:
    with pytest.raises(ValueError, match=r"请.*。$"):
        reader.from_answer(answer)


@given(dates)
def test_every_day_comes_back_from_editor_and_print(day: object) -> None:
    reader = CODECS["date"]
    assert reader.parse(reader.edit_text(day)) == reader.parse(reader.print_text(day)) == day


@given(months)
def test_every_month_comes_back_from_editor_and_print(month: str) -> None:
    reader = CODECS["month"]
    assert reader.parse(reader.edit_text(month)) == reader.parse(reader.print_text(month)) == month


@given(month_ranges)
def test_every_period_comes_back_from_editor_and_print(period: MonthRange) -> None:
    reader = CODECS["month_range"]
    expected = None if period == MonthRange(None, None) else period
    assert reader.parse(reader.edit_text(period)) == reader.parse(reader.print_text(period)) == expected


@given(decimals.filter(lambda number: len(f"{number:f}") < 30))
def test_every_decimal_comes_back_with_its_digits(number: Decimal) -> None:
    reader = CODECS["decimal"]
    assert f"{reader.parse(reader.edit_text(number)):f}" == f"{number:f}"


@given(st.integers(-(10**20), 10**20))
def test_every_whole_number_comes_back(number: int) -> None:
    assert CODECS["integer"].parse(CODECS["integer"].edit_text(number)) == number


@given(
    st.lists(st.sampled_from([choice.name for choice in LISTS["kinds"]]), unique=True), st.text(max_size=5)
)
def test_every_set_of_choices_comes_back_in_list_order(picked: list[str], words: str) -> None:
    reader = CODECS["multi_choice or other"]
    order = [choice.name for choice in LISTS["kinds"]]
    names = tuple(sorted(picked, key=order.index)) + ((f"other:{clean(words).strip()}",) if words else ())
    assert reader.parse(reader.edit_text(names)) == (names or None)


@pytest.mark.parametrize("kind", sorted(WITHOUT_CODEC))
def test_types_of_more_than_one_text_have_no_codec(kind: str) -> None:
    with pytest.raises(KeyError):
        codec(kind)


def test_a_field_whose_choice_list_is_missing_has_no_codec() -> None:
    with pytest.raises(KeyError):
        codec_for(Field(name="a", type="choice", label="甲", choices="gone"), LISTS)


def test_calculated_answers_show_by_their_own_type() -> None:
    reader = codec("calculated", decimals=1)
    assert reader.print_text(Decimal("69.25")) == "69.3"
    assert reader.print_text(("甲单位", "乙单位")) == "甲单位；乙单位"
    assert reader.print_text(MonthRange("2027-01", "2028-12")) == "2027年1月—2028年12月"
    labelled = codec_for(Field(name="a", type="calculated", label="甲", choices="kinds"), LISTS)
    assert labelled.print_text("firm") == "企业"
    assert labelled.print_text(("firm", "several")) == "企业；质量、安全"
