"""The check code stands for what is printed, and for nothing else."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from pilotdesk.documents.digest import ALPHABET, canonical, check_code, is_code, normal_text

ANSWERS = st.dictionaries(
    st.sampled_from(["a", "b", "t[r_1].c", "t[r_2].c"]),
    st.text(st.characters(min_codepoint=0x20, max_codepoint=0xD7FF), min_size=1, max_size=8),
    min_size=1,
    max_size=4,
)


def code(answers, *, pack="2026/application/1/", attachments=""):
    return check_code(answers, pack=pack, attachments=attachments)


@given(ANSWERS)
def test_the_code_is_eight_signs_that_nobody_mistakes(answers):
    assert re.fullmatch(f"[{ALPHABET}]{{4}}-[{ALPHABET}]{{4}}", code(answers))
    assert not set("0O1I") & set(ALPHABET)
    assert is_code(code(answers))


@given(ANSWERS, st.data())
def test_one_changed_character_changes_the_code(answers, data):
    path = data.draw(st.sampled_from(sorted(answers)))
    text = answers[path]
    at = data.draw(st.integers(0, len(text)))
    sign = data.draw(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF))
    for changed in (
        text[:at] + sign + text[at:],
        text[:at] + text[at + 1 :],
        text[:at] + sign + text[at + 1 :],
    ):
        same = canonical(changed) == canonical(text)
        assert (code({**answers, path: changed}) == code(answers)) == same


@given(ANSWERS, st.data())
def test_white_between_words_counts_and_how_much_of_it_does_not(answers, data):
    path = data.draw(st.sampled_from(sorted(answers)))
    joined, apart = {**answers, path: "甲乙GB T"}, {**answers, path: "甲 乙GB T"}
    wide = {**answers, path: " 甲\u3000 乙GB\u00a0T \u200b"}
    assert code(joined) != code(apart)
    assert code(apart) == code(wide)
    assert code({**answers, path: "甲\n乙"}) == code({**answers, path: "甲 \r\n\n 乙\n"})
    assert code({**answers, path: "甲\n乙"}) not in {
        code({**answers, path: "甲乙"}),
        code({**answers, path: "甲 乙"}),
    }


@given(ANSWERS)
def test_form_and_attachments_count(answers):
    codes = {
        code(answers),
        code(answers, pack="2026/application/2/"),
        code(answers, pack="2026/self_assessment/1/form"),
        code(answers, attachments="0123456789abcdef"),
    }
    assert len(codes) == 4


@given(ANSWERS, st.data())
def test_the_check_sign_finds_a_wrong_sign_and_two_that_changed_places(answers, data):
    signs = code(answers).replace("-", "")
    at = data.draw(st.integers(0, 7))
    wrong = data.draw(st.sampled_from([sign for sign in ALPHABET if sign != signs[at]]))
    assert not is_code(signs[:at] + wrong + signs[at + 1 :])
    other = data.draw(st.integers(0, 7))
    swapped = list(signs)
    swapped[at], swapped[other] = swapped[other], swapped[at]
    assert is_code("".join(swapped)) == (signs[at] == signs[other])


def test_codes_as_people_write_them():
    made = code({"a": "甲"})
    assert is_code(f" {made.lower()} ")
    assert is_code(made.replace("-", "—"))
    assert not is_code(made[:-1])
    assert not is_code("")
    assert not is_code("〇" * 8)


def test_row_ids_do_not_count_but_the_order_of_rows_does():
    def of_rows(*rows):
        return code({f"t[{row}].c": text for row, text in rows})

    assert of_rows(("r_1", "甲"), ("r_2", "乙")) == of_rows(("r_7", "甲"), ("r_8", "乙"))
    assert of_rows(("r_1", "甲"), ("r_2", "乙")) != of_rows(("r_2", "乙"), ("r_1", "甲"))
    assert of_rows(("r_1", "甲"), ("r_2", "乙")) != code({"t[r_1].c": "甲", "t[r_1].d": "乙"})


def test_texts_cannot_be_shifted_from_one_answer_into_the_next():
    assert code({"a": "甲", "b": "乙"}) != code({"a": '甲"]\n["b", "乙'})
    assert code({"a": "甲"}) == code({"a": "甲", "b": " \n"})


def test_composed_and_decomposed_letters_are_the_same_text():
    assert normal_text("e\u0301") == normal_text("é")
    assert canonical("e\u0301") == canonical("é")
