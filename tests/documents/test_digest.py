"""The check code stands for what is printed, and for nothing else."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from pilotdesk.documents.blocks import PrintedAnswer
from pilotdesk.documents.digest import ALPHABET, check_code, normal_text

ANSWERS = st.lists(
    st.builds(
        PrintedAnswer, st.sampled_from(["a", "b", "t[r_1].c", "t[r_2].c"]), st.just(""), st.text(max_size=8)
    ),
    min_size=1,
    max_size=6,
)


@given(ANSWERS)
def test_the_code_is_eight_signs_that_nobody_mistakes(answers):
    assert re.fullmatch(f"[{ALPHABET}]{{4}}-[{ALPHABET}]{{4}}", check_code(answers))
    assert not set("0O1I") & set(ALPHABET)


@given(ANSWERS, st.data())
def test_one_changed_character_changes_the_code(answers, data):
    at = data.draw(st.integers(0, len(answers) - 1))
    changed = list(answers)
    changed[at] = PrintedAnswer(answers[at].path, "", answers[at].text + "改")
    assert check_code(changed) != check_code(answers)


@given(ANSWERS)
def test_line_breaks_that_a_carrier_adds_do_not_count(answers):
    broken = [PrintedAnswer(answer.path, "", "\n ".join(answer.text)) for answer in answers]
    assert check_code(broken) == check_code(answers)


def test_row_ids_do_not_count_but_the_order_of_rows_does():
    def code(*rows):
        return check_code([PrintedAnswer(f"t[{row}].c", "", text) for row, text in rows])

    assert code(("r_1", "甲"), ("r_2", "乙")) == code(("r_7", "甲"), ("r_8", "乙"))
    assert code(("r_1", "甲"), ("r_2", "乙")) != code(("r_2", "乙"), ("r_1", "甲"))
    assert code(("r_1", "甲"), ("r_2", "乙")) != code(("r_1", "甲"), ("r_1", "乙"))


def test_composed_and_decomposed_letters_are_the_same_text():
    assert normal_text("e\u0301") == normal_text("é")
