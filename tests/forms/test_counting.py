"""字数 as Word's word count shows it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pilotdesk.forms.counting import count_chars


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        (" \n\u3000\t", 0),
        ("标准化试点", 5),
        ("依据GB/T 1.1—2020，制修订128项标准。", 15),
        ("旻䶮𬭎 ISO 9001:2015", 5),
        ("“标准化+”行动……", 10),
        ("第一行\n第二行　缩进", 8),
        ("hello world", 2),
        ("96%", 1),
        ("𠮷", 1),
        ("👍好", 2),
        ("葛\U000e0100城", 2),
    ],
)
def test_chinese_counts_signs_and_latin_counts_runs(text: str, count: int) -> None:
    assert count_chars(text) == count


@given(st.text(), st.text())
def test_paragraphs_add_up(first: str, second: str) -> None:
    assert count_chars(f"{first}\n{second}") == count_chars(first) + count_chars(second)


def test_ten_thousand_characters_count_in_a_blink() -> None:
    assert count_chars("标准化GB/T，" * 2000) == 2000 * 5
