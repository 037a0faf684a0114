"""Tables as spreadsheets copy them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pilotdesk.ui.tables.clipboard import parse_tsv, write_tsv

CELLS = st.text(alphabet='ab甲 \t\n"', max_size=6)


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("", []),
        ("甲", [["甲"]]),
        ("甲\t乙\n丙\t丁\n", [["甲", "乙"], ["丙", "丁"]]),
        ("甲\t乙\r\n丙\t丁\r\n", [["甲", "乙"], ["丙", "丁"]]),
        ("甲\t\n\t丁", [["甲", ""], ["", "丁"]]),
        ('"一行\n两行"\t乙\n', [["一行\n两行", "乙"]]),
        ('"说“好”的"\n', [["说“好”的"]]),
        ('"他说""好"""\t乙\n', [['他说"好"', "乙"]]),
        ('"没有关上\n乙\n', [['"没有关上'], ["乙"]]),
        ('"甲" 乙\n', [['"甲" 乙']]),
        ("甲\n\n丙\n", [["甲"], [""], ["丙"]]),
    ],
)
def test_what_excel_and_wps_copy_is_read(text: str, rows: list[list[str]]) -> None:
    assert parse_tsv(text) == rows


@given(
    st.integers(1, 4).flatmap(
        lambda width: st.lists(st.lists(CELLS, min_size=width, max_size=width), min_size=1)
    )
)
def test_what_is_copied_comes_back_the_same(rows: list[list[str]]) -> None:
    # A single empty cell cannot be told from an empty clipboard.
    assert parse_tsv(write_tsv(rows)) == (rows if rows != [[""]] else [])


@given(st.text(alphabet='ab\t\n"', max_size=40))
def test_no_text_is_ever_lost(text: str) -> None:
    read = "".join(cell for row in parse_tsv(text) for cell in row)
    assert sorted(c for c in read if c in "ab") == sorted(c for c in text if c in "ab")
