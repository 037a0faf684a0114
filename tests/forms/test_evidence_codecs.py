"""References to evidence as people type them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pilotdesk.forms.evidence_codecs import EvidenceCodec, EvidenceRef, evidence_refs, piece_code
from pilotdesk.forms.folding import clean
from pilotdesk.forms.values import Unparsed

CODEC = EvidenceCodec()
SIGNS = st.lists(
    st.sampled_from([*"Ee证佐0123579 　,，;；、:：()（）第页pP.-—–~至到\n", "E03", "第5页", "pp.", "附"]),
    max_size=14,
).map("".join)
pages = st.tuples(st.integers(1, 99999), st.integers(1, 99999)).map(lambda pair: (min(pair), max(pair)))
refs = st.builds(
    lambda number, found: EvidenceRef(f"E{number:02}", tuple(dict.fromkeys(found))),
    st.integers(1, 9999),
    st.lists(pages, max_size=3),
)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("E03", ("E03",)),
        ("e3", ("E03",)),
        ("E3 p5", ("E03:5",)),
        ("Ｅ３　第５页", ("E03:5",)),
        ("证3 第5—6页", ("E03:5-6",)),
        ("佐证3（第5至6页）", ("E03:5-6",)),
        ("E03:5-6,9", ("E03:5-6,9",)),
        ("E03 第5页、第9页；E07", ("E03:5,9", "E07")),
        ("E3 pp.5-6, E7 p1", ("E03:5-6", "E07:1")),
        ("E3、E4、E5", ("E03", "E04", "E05")),
        ("E3，5，6", ("E03:5,6",)),
        ("E3;E3 p5", ("E03:5",)),
        ("E100p12", ("E100:12",)),
    ],
)
def test_references_are_read(text, kept):
    assert CODEC.parse(text) == kept


@pytest.mark.parametrize(
    "text", ["5", "E", "E0", "E12345", "E03 第6—5页", "见附件", "E03 图2", "E03；附件", "P5 E3"]
)
def test_what_cannot_be_meant_is_kept_as_typed(text):
    assert CODEC.parse(text) == Unparsed(text)


@pytest.mark.parametrize("text", ["", "  ", "\u200b"])
def test_nothing_typed_is_no_answer(text):
    assert CODEC.parse(text) is None


def test_references_are_shown_and_printed_as_on_the_papers():
    assert CODEC.print_text(("E03:5-6,9", "E07")) == "E03 第5—6、9页；E07"
    assert CODEC.edit_text(Unparsed("见附件")) == CODEC.print_text(Unparsed("见附件")) == "见附件"
    assert CODEC.print_text(None) == ""


def test_answers_files_give_lists_or_one_text():
    assert CODEC.from_answer(["E03:5-6", "E07"]) == ("E03:5-6", "E07")
    assert CODEC.from_answer("E3 p5") == ("E03:5",)
    assert CODEC.from_answer(None) is None
    for wrong in (3, ["E03", 4], "见附件"):
        with pytest.raises(ValueError, match="佐证编号"):
            CODEC.from_answer(wrong)


@given(SIGNS | st.text(max_size=30))
def test_no_text_raises_and_none_is_lost(text):
    value = CODEC.parse(text)
    if isinstance(value, Unparsed):
        assert value.text == clean(text)
    else:
        assert CODEC.parse(CODEC.edit_text(value)) == value


@given(st.lists(refs, max_size=4, unique_by=lambda ref: ref.code))
def test_what_is_shown_is_read_again(found):
    value = tuple(ref.kept for ref in found) or None
    assert CODEC.parse(CODEC.edit_text(value)) == value
    assert list(evidence_refs(value)) == found


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("E3", "E03"),
        (" e03 ", "E03"),
        ("Ｅ０３", "E03"),
        ("证12", "E12"),
        ("E3 p5", None),
        ("3", None),
        ("", None),
    ],
)
def test_the_code_of_a_piece(text, code):
    assert piece_code(text) == code
