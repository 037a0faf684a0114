"""统一社会信用代码: the check sign, the form, the kind of unit."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import uscc as stdnum_uscc

from pilotdesk.rules import uscc

signs = st.sampled_from(uscc.ALPHABET)
beginnings = st.tuples(
    st.sampled_from(["11", "12", "13", "51", "52", "53", "91", "92", "93"]),
    st.text("0123456789", min_size=6, max_size=6),
    st.text(uscc.ALPHABET, min_size=9, max_size=9),
).map("".join)


def test_codes_whose_check_sign_is_known():
    assert uscc.check_character("91110000101623741K") == "K"
    assert uscc.check_character("911101066976941872") == "2"
    assert (
        uscc.check_character("91350211M0000XUF46") == "R"
    )  # a real code that does not fit: never refuse for it


@given(beginnings)
def test_the_check_sign_is_that_of_the_reference_implementation(beginning):
    assert uscc.check_character(beginning + "0") == stdnum_uscc.calc_check_digit(beginning)


@given(beginnings, st.integers(0, 16), signs)
def test_one_wrong_sign_is_always_noticed(beginning, place, sign):
    code = beginning + str(uscc.check_character(beginning))
    wrong = code[:place] + sign + code[place + 1 :]
    assert (uscc.check_character(wrong) == wrong[17]) == (wrong == code)


@given(st.text(max_size=24))
def test_any_text_is_judged_without_trouble(text):
    uscc.check_character(text)
    assert uscc.well_formed(text) == (uscc.region(text) is not None)
    uscc.unit_kind(text)


@pytest.mark.parametrize(
    "code",
    [
        "91110000101623741K",
        " 9111 0000 1016 23741k ",
        "９１１１００００１０１６２３７４１Ｋ",
        "N2361022MF1234567A",
        "Y1110000MJ1234567X",
    ],
)
def test_codes_of_the_right_form(code):
    assert uscc.well_formed(code)


@pytest.mark.parametrize(
    "code", ["", "91110000101623741", "9111000010162374IK", "911100001016237415O", "91A10000101623741K"]
)
def test_codes_of_a_wrong_form(code):
    assert not uscc.well_formed(code)
    assert uscc.unit_kind(code) is None


@pytest.mark.parametrize(
    ("start", "kind"),
    [
        ("11", "government"),
        ("12", "institution"),
        ("51", "association"),
        ("52", "service_body"),
        ("91", "enterprise"),
        ("93", "cooperative"),
        ("N2", "other"),
        ("Y1", "other"),
        ("92", None),
        ("A1", None),
    ],
)
def test_the_first_two_signs_tell_the_kind_of_unit(start, kind):
    assert uscc.unit_kind(start + "110000101623741K") == kind
