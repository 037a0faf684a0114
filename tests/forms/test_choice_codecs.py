"""Choices by label, by name, and beside the list."""

from __future__ import annotations

import pytest

from pilotdesk.forms.choice_codecs import ChoiceCodec, ChoiceList, MultiChoiceCodec, other_words
from pilotdesk.forms.model import Choice
from pilotdesk.forms.values import Unparsed

CARE = (
    Choice(name="home", label="居家养老", parent="Z2"),
    Choice(name="one_matter", label="政务服务“高效办成一件事”", parent="F6"),
    Choice(name="disaster", label="防灾减灾救灾（应急避难场所等）", parent="F6"),
    Choice(name="quality", label="质量、安全", parent="F2"),
    Choice(name="f4_else", label="别的", parent="F4"),
    Choice(name="z2_else", label="别的", parent="Z2"),
)
ONE, ONE_OR_OTHER = ChoiceCodec(ChoiceList(CARE)), ChoiceCodec(ChoiceList(CARE, other=True))
SEVERAL, SEVERAL_OR_OTHER = MultiChoiceCodec(ChoiceList(CARE)), MultiChoiceCodec(ChoiceList(CARE, other=True))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("居家养老", "home"),
        (" 居家 养老　", "home"),
        ("home", "home"),
        ("HOME", "home"),
        ('政务服务"高效办成一件事"', "one_matter"),
        ("防灾减灾救灾(应急避难场所等)", "disaster"),
        ("质量、安全", "quality"),
        ("别的〔z2_else〕", "z2_else"),
    ],
)
def test_a_choice_is_read_by_label_or_name(text: str, name: str) -> None:
    assert ONE.parse(text) == name


@pytest.mark.parametrize("text", ["居家", "养老", "其他", "其他：茶", "别的", "居家养老；质量、安全"])
def test_what_is_not_listed_is_kept_as_typed(text: str) -> None:
    assert ONE.parse(text) == Unparsed(text)


def test_free_text_beside_the_list_needs_the_word_for_it() -> None:
    assert ONE_OR_OTHER.parse("其他：茶旅融合") == "other:茶旅融合"
    assert ONE_OR_OTHER.parse("其他: 茶；旅") == "other:茶；旅"
    assert ONE_OR_OTHER.parse("其他") == "other:"
    assert ONE_OR_OTHER.parse("茶旅融合") == Unparsed("茶旅融合")
    assert ONE_OR_OTHER.edit_text("other:茶") == ONE_OR_OTHER.print_text("other:茶") == "其他：茶"
    assert ONE_OR_OTHER.print_text("other:") == "其他"
    assert (other_words("other:茶"), other_words("other:"), other_words("home")) == ("茶", "", None)


def test_a_listed_choice_called_other_goes_before_free_text() -> None:
    listed = ChoiceCodec(ChoiceList((Choice(name="other", label="其他"),), other=True))
    assert listed.parse("其他") == "other"
    assert listed.parse("其他：茶") == "other:茶"


def test_a_label_that_stands_twice_is_shown_with_its_name_and_printed_without() -> None:
    assert ONE.edit_text("z2_else") == "别的〔z2_else〕"
    assert ONE.print_text("z2_else") == "别的"


def test_a_name_that_left_the_list_is_shown_as_it_is() -> None:
    assert ONE.edit_text("gone") == ONE.print_text("gone") == "gone"
    assert SEVERAL.print_text(("home", "gone")) == "居家养老；gone"


@pytest.mark.parametrize(
    "text",
    [
        "居家养老；质量、安全",
        "质量、安全;居家养老",
        "居家养老\n质量、安全",
        "；居家养老；；质量、安全；居家养老；",
        "home；quality",
    ],
)
def test_several_choices_come_in_list_order_without_doubles(text: str) -> None:
    assert SEVERAL.parse(text) == ("home", "quality")


def test_commas_separate_choices_whose_labels_have_none() -> None:
    assert SEVERAL.parse("居家养老、政务服务“高效办成一件事”") == ("home", "one_matter")
    assert SEVERAL.parse("居家养老，居家养老") == ("home",)


@pytest.mark.parametrize("text", ["居家养老；茶", "居家养老；其他：茶", "；", "、，"])
def test_one_unknown_choice_keeps_the_whole_answer_as_typed(text: str) -> None:
    assert SEVERAL.parse(text) == Unparsed(text)


def test_free_text_reaches_to_the_end_whatever_signs_are_in_it() -> None:
    names = ("home", "other:茶；旅、学")
    assert SEVERAL_OR_OTHER.parse("居家养老；其他：茶；旅、学") == names
    assert SEVERAL_OR_OTHER.edit_text(names) == "居家养老；其他：茶；旅、学"
    assert SEVERAL_OR_OTHER.parse("其他：茶") == ("other:茶",)
    assert SEVERAL_OR_OTHER.parse("居家养老、其他") == ("home", "other:")


def test_thousands_of_separators_are_no_trouble() -> None:
    text = "；、" * 20_000
    assert SEVERAL_OR_OTHER.parse(text) == Unparsed(text)


def test_answers_files_name_choices_in_a_list() -> None:
    assert SEVERAL.from_answer(["质量、安全", "home"]) == ("home", "quality")
    assert SEVERAL.from_answer("居家养老") == ("home",)
    assert SEVERAL.from_answer([]) is None
    assert ONE.from_answer("居家养老") == "home"


@pytest.mark.parametrize("answer", [["茶"], [1], "茶", {"home": 1}, 5])
def test_answers_that_are_not_listed_are_refused(answer: object) -> None:
    with pytest.raises(ValueError, match="列表"):
        SEVERAL.from_answer(answer)
    with pytest.raises(ValueError, match="列表"):
        ONE.from_answer(answer)


def test_what_else_people_write_for_a_choice_is_read_and_no_label_gives_way_to_it() -> None:
    listed = ChoiceList(
        (
            Choice(name="national", label="国家", also=("国家标准", "国标", "团体")),
            Choice(name="group", label="团体", also=("团体标准",)),
        )
    )
    codec = ChoiceCodec(listed)
    assert [codec.parse(text) for text in ("国家标准", " 国标", "团体", "团体标准")] == [
        "national", "national", "group", "group",
    ]  # fmt: skip
    assert codec.parse("省标") == Unparsed("省标")
    assert codec.edit_text("national") == "国家"
