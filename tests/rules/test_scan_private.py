"""Numbers of persons in running text are found in every usual spelling, covered, and nothing else is taken for one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pilotdesk.rules import scan_private
from pilotdesk.rules.scan_private import may_have, private_numbers

MADE_UP = "110101199003074"  # a prefix; the rest is worked out, so that no real number stands here


def identity(middle: str) -> str:
    body = MADE_UP + middle
    total = sum(w * int(d) for w, d in zip(scan_private._WEIGHTS, body, strict=True))
    return body + scan_private._CHECK[total % 11]


@pytest.mark.parametrize(
    "written",
    ["{}", "身份证号{}，", "（{}）", "公民身份号码：{}。", "a，{} b"],
)
def test_an_identity_number_is_found_and_covered(written: str) -> None:
    number = identity("21")
    text = written.format(number)
    assert private_numbers(text) == (f"1101****{number[-4:]}",)
    assert may_have(text)
    assert private_numbers(written.format(f"{number[:6]} {number[6:14]} {number[14:]}"))
    assert private_numbers(text.translate({ord(d): ord(d) + 0xFEE0 for d in "0123456789"}))


@pytest.mark.parametrize(
    "text",
    [
        "电话13812345678",
        "138-1234-5678",
        "138 1234 5678",
        "+86 13812345678",
        "１３８１２３４５６７８",
        "8613812345678",
        "13812345678.",
    ],
)
def test_a_mobile_number_is_found_and_covered(text: str) -> None:
    assert private_numbers(f"联系人王某，{text}。") == ("138****78",)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "办件1381234567件",
        "固定电话0572-2012345",
        "统一社会信用代码91330500MA2B4C5D6E",
        "文号〔2026〕12号，预算1234567890.12元",
        "编码138123456789012",
        "GB/T 19001—2016、GB/T 24421.2—2023",
        "110101199013074211",  # no month 13
        "服务12345热线，全年受理13812345678.5",
    ],
)  # fmt: skip
def test_other_numbers_pass(text: str) -> None:
    assert private_numbers(text) == ()


def test_a_wrong_check_digit_is_no_identity_number() -> None:
    number = identity("21")
    wrong = number[:-1] + ("0" if number[-1] != "0" else "1")
    assert private_numbers(wrong) == ()


@given(st.integers(3, 9), st.integers(0, 10**9 - 1))
def test_what_is_given_back_is_never_the_number(second: int, rest: int) -> None:
    number = f"1{second}{rest:09d}"
    (covered,) = private_numbers(f"请打{number}")
    assert number not in covered
    assert sum(sign.isdigit() for sign in covered) == 5
