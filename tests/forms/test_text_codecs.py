"""Text: kept as typed, but for what no document can hold."""

from __future__ import annotations

import pytest

from pilotdesk.forms.folding import clean, half_width, plain_dashes
from pilotdesk.forms.text_codecs import LongTextCodec, TextCodec


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  南汀县政务服务中心 ", "南汀县政务服务中心"),
        ("第一行\r\n第二行", "第一行 第二行"),
        ("A<B & C", "A<B & C"),
        ("𠮷䶮㛃", "𠮷䶮㛃"),
        ("（全角）　保留", "（全角）　保留"),
    ],
)
def test_one_line_text_is_kept(typed: str, kept: str) -> None:
    assert TextCodec().parse(typed) == kept


def test_codes_lose_blanks_and_take_capitals_only_where_the_pack_says() -> None:
    typed = " １２36 0099 mb0a 880121 "
    assert TextCodec("upper").parse(typed) == "12360099MB0A880121"
    assert TextCodec("half").parse(typed) == "1236 0099 mb0a 880121"
    assert TextCodec().parse(typed) == "１２36 0099 mb0a 880121"


def test_long_text_keeps_paragraphs_and_blanks() -> None:
    assert LongTextCodec().parse("第一段\r\n　　第二段 \x0b尾") == "第一段\n　　第二段 \n尾"


def test_clean_text_can_be_stored_and_printed() -> None:
    assert clean("a\x00b\x1fc\u200bd\ufeffe") == "abcde"
    assert clean("半\ud83d个") == "半\ufffd个"
    assert clean("甲\u2028乙\x0c丙\x85丁\r戊") == "甲\n乙\n丙\n丁\n戊"
    assert clean("\t制表符\n👩‍🔧") == "\t制表符\n👩‍🔧"  # tabs and joined emoji stay


def test_half_width_leaves_what_has_no_twin() -> None:
    assert half_width("ＧＢ／Ｔ　１．１（２０２０）") == "GB/T 1.1(2020)"
    assert half_width("5²①½、。“”") == "5²①½、。“”"
    assert plain_dashes("a—b–c－d−e‐f～g〜h") == "a-b-c-d-e-f~g~h"


@pytest.mark.parametrize("answer", [5, True, ["南汀"], {"a": "b"}])
def test_text_in_answers_files_is_text(answer: object) -> None:
    for reader in (TextCodec(), LongTextCodec()):
        with pytest.raises(ValueError, match="文字"):
            reader.from_answer(answer)
