"""Named patterns of short texts."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pilotdesk.rules.patterns import PATTERNS, matches, occurs

FITS = {
    "postcode": ["344099", "３４４０９９", " 344099 "],
    "mobile": ["13800138000", "138 0013 8000", "+86 138-0013-8000", "19912345678"],
    "landline": [
        "0794-2000126",
        "010-88888888-8001",
        "(010)88888888",
        "0755 8888 8888",
        "010-88888888转8001",
        "07942000126",
    ],
    "phone": [
        "13800138000",
        "0794—2000126",
        "400-810-8888",
        "4008108888",
        "12345",
        "95588",
        "010-88888888-8001",
    ],
    "email": [
        "a@b.cn",
        "chen.li@nanting.example",
        "张三@例子.中国".replace("张三", "zs"),
        "a-b_c%d@x-y.gov.cn",
    ],
    "digits": ["0", "123"],
    "year": ["2026", "2026年"],
    "system_code": ["202", "202.01", "A-1", "1.2.3"],
    "document_number": ["国标委发〔2026〕23号", "赣府发[2025]3号", "南府办(2026)12号"],
    "han_name": ["周明远", "欧阳𠮷", "阿卜杜拉·买买提"],
}
FAILS = {
    "postcode": ["34409", "3440990", "34409a", ""],
    "mobile": ["12800138000", "1380013800", "138001380001", "0794-2000126"],
    "landline": ["2000126", "021-5888", "13800138000", "010-88888888-"],
    "phone": ["021-58888", "电话", "1234", "138001380001"],
    "email": ["a@b", "a..b@c.com", "zhang san@qq.com", "@b.cn", "a@b..cn", "a@-b.cn"],
    "digits": ["", "1.2", "一"],
    "year": ["1826", "20261", "明年"],
    "system_code": ["202.", ".1", "二", "2 02"],
    "document_number": ["2026年23号", "〔2026〕23号", "国标委发〔26〕23号"],
    "han_name": ["周", "Zhou", "周 明"],
}


@pytest.mark.parametrize(("name", "text"), [(name, text) for name, texts in FITS.items() for text in texts])
def test_texts_that_fit(name, text):
    assert matches(text, name)


@pytest.mark.parametrize(("name", "text"), [(name, text) for name, texts in FAILS.items() for text in texts])
def test_texts_that_do_not_fit(name, text):
    assert not matches(text, name)


def test_every_pattern_is_tested():
    assert FITS.keys() == FAILS.keys() == PATTERNS.keys()


def test_a_pattern_occurs_on_its_own_only():
    assert occurs("南汀县2026年试点", "year")
    assert not occurs("编号20261234", "year")


@given(st.text("aA1.-@ 0（）转", max_size=60))
def test_any_text_is_judged(text):
    for name in PATTERNS:
        matches(text, name)


@pytest.mark.parametrize("piece", ["a.", "a-", "1 ", "0-", "a", "1.", "〔1", "甲·", "-1"])
def test_long_texts_take_no_time(piece):
    begun = time.process_time()  # not what others use of it
    for name in PATTERNS:
        matches(piece * 199, name)
        occurs(piece * 500, name)
    assert time.process_time() - begun < 1
