"""What two submissions share: found where it was put, found nowhere else."""

from __future__ import annotations

import random
from types import MappingProxyType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pilotdesk.forms.values import Row
from pilotdesk.paths import forms_dir
from pilotdesk.review.beside.copied_text import LEAST_OWN, copied_texts, plain
from pilotdesk.review.beside.sameness import SameKind, common_texts, sameness, telephones
from pilotdesk.review.beside.sameness_findings import sameness_findings
from pilotdesk.review.records import Agreement, Facts, Kind, Submission
from tests.review.findings_kit import PACK, points_of

NOTICE = (forms_dir() / "2026" / "notice.txt").read_text("utf-8")
KNOWN = tuple(common_texts(PACK, NOTICE))
LETTERS = "天地玄黄宇宙洪荒日月盈昃辰宿列张寒来暑往秋收冬藏闰余成岁律吕调阳云腾致雨露结为霜金生丽水玉出昆冈的和在理有"


def written(seed, length=900):
    """A text that nobody else writes."""
    rng = random.Random(f"text {seed}")
    return "".join(rng.choice(LETTERS) + ("，" if rng.random() < 0.07 else "") for _ in range(length))


def submission(key, values=None, form="application", **facts):
    told = {
        "unit": f"第{key}号单位服务中心", "uscc": f"1243{key:0>14}", "title": f"第{key}号标准化试点",
        "legal_representative": f"代表{key}", "region": f"湖南省长沙市第{key}号县",
    }  # fmt: skip
    return Submission(
        key=str(key), round="2026", form=form, form_version=1, project="", facts=Facts(**{**told, **facts}),
        values=values or {}, source=Kind.PILOT, code="", revision=1, practice=False, files=(),
        agreement=Agreement.ALONE, filled=0, asked=0,
    )  # fmt: skip


def kinds(*submissions):
    return [(same.kind, same.keys) for same in sameness(submissions, PACK, KNOWN)]


def test_submissions_that_share_nothing_are_left_alone():
    some = [submission(n, {"background": written(n), "summary": written(-n - 1)}) for n in range(30)]
    assert kinds(*some) == []


@pytest.mark.parametrize(
    ("fact", "kind", "one", "other"),
    [
        ("uscc", SameKind.USCC, "91430111MA7B30035P", "９１４３０１１１ma7b30035p"),
        ("unit", SameKind.UNIT, "湖南（长沙）养老中心", "湖南(长沙) 养老中心"),
        ("legal_representative", SameKind.REPRESENTATIVE, "欧阳 明", "欧阳明"),
        ("phone", SameKind.PHONE, "138-7312-0001", "+86 13873120001"),
        ("title", SameKind.TITLE, "居家养老标准化试点。", "居家 养老标准化试点"),
    ],
)
def test_the_same_fact_is_found_however_it_is_written(fact, kind, one, other):
    assert kinds(submission(1, **{fact: one}), submission(2), submission(3, **{fact: other})) == [
        (kind, ("1", "3"))
    ]


def test_empty_facts_are_not_the_same():
    nothing = {"unit": "", "uscc": "", "title": "", "legal_representative": "", "region": "", "phone": ""}
    assert kinds(submission(1, **nothing), submission(2, **nothing)) == []


def test_two_submissions_of_one_unit_are_told_once():
    text = {"background": written(1)}
    twins = [
        submission(
            n,
            text,
            uscc="91430111MA7B30035P",
            unit="甲中心",
            legal_representative="王",
            phone="0731-82000001",
        )
        for n in (1, 2)
    ]
    assert kinds(*twins) == [(SameKind.USCC, ("1", "2"))]


def test_telephones_of_the_unit_itself_are_compared_everywhere():
    one = submission(1, {"project_leader.mobile": "13873120001"})
    other = submission(2, {"contact.mobile": "办公 0731-82000001；13873120001"})
    (same,) = sameness([one, other], PACK, KNOWN)
    assert (same.kind, same.words) == (SameKind.PHONE, "13873120001")
    assert same.paths == (("project_leader.mobile",), ("contact.mobile",))
    short = [submission(n, {"contact.phone": "8200001"}) for n in (1, 2)]
    assert kinds(*short) == []


def test_a_unit_in_two_roles():
    one = submission(1, unit="甲养老（集团）有限公司")
    other = submission(2, participants=("乙公司", "甲养老(集团)有限公司"))
    assert kinds(one, other) == [(SameKind.TWO_ROLES, ("1", "2"))]
    assert kinds(submission(3, participants=("第3号单位服务中心",))) == []


def test_other_forms_are_not_held_against_each_other():
    text = {"background": written(1)}
    assert kinds(submission(1, text, uscc="X" * 18), submission(2, text, "summary_2027", uscc="X" * 18)) == []


@given(st.integers(0, 10**6), st.integers(300, 700), st.integers(0, 300), st.integers(0, 300))
@settings(max_examples=40, deadline=None)
def test_a_copied_passage_is_found_wherever_it_stands(seed, length, before, after):
    passage = written(seed, length)
    theirs = {"feedback": written(seed + 1, after) + passage + written(seed + 2, 200)}
    own = {"background": written(seed + 3, before) + passage.replace("，", "、 ") + written(seed + 4, 99)}
    texts = {"a": list(theirs.items()), "b": list(own.items()), "c": [("background", written(seed + 5))]}
    (copied,) = copied_texts(texts)
    assert copied.keys == ("a", "b")
    assert copied.runs[0].paths == ("feedback", "background")
    assert abs(copied.total - len(plain(passage))) <= 4  # what stands around may agree by chance
    assert plain(copied.runs[0].excerpt)[4:-4] in plain(passage)


@given(st.lists(st.integers(0, 12), min_size=2, max_size=6), st.integers(0, 99))
@settings(max_examples=30, deadline=None)
def test_what_is_shared_is_the_same_whoever_comes_first(pieces, seed):
    """Texts put together from passages: two are told together exactly when they have one in common."""
    texts = {
        f"k{at}": [("background", written(f"{seed} {piece}", 320) + written(f"{seed} own {at}", 50))]
        for at, piece in enumerate(pieces)
    }
    expected = {
        (f"k{a}", f"k{b}")
        for a, one in enumerate(pieces)
        for b, other in enumerate(pieces)
        if a < b and one == other
    }
    assert {one.keys for one in copied_texts(texts)} == expected
    backwards = copied_texts(dict(reversed(texts.items())))
    assert {tuple(sorted(one.keys)) for one in backwards} == expected


def test_names_exchanged_in_a_copied_text_do_not_hide_it():
    text = "".join(written(f"s{n}", 45) + "由甲县服务中心负责。" for n in range(12))
    one, other = (
        submission(1, {"supervision": text}),
        submission(2, {"supervision": text.replace("甲县服务中心", "乙区政务大厅")}),
    )
    (same,) = sameness([one, other], PACK, KNOWN)
    assert same.kind is SameKind.COPIED
    assert same.characters > 400
    assert plain(same.words) in plain(text)


def test_short_agreement_and_what_the_pack_says_itself_are_no_copies():
    phrase = written("phrase", 60)
    assert len(plain(phrase)) < LEAST_OWN
    given_to_all = NOTICE + "".join(sorted(KNOWN, key=len)[-4:])
    assert len(plain(given_to_all)) > 10 * LEAST_OWN
    one, other = ({"background": written(n) + phrase + given_to_all} for n in (1, 2))
    assert kinds(submission(1, one), submission(2, other)) == []


def test_what_most_of_them_write_is_no_copy_but_what_many_write_is():
    passage = written("all", 300)
    everybody = [submission(n, {"background": written(n, 99) + passage}) for n in range(24)]
    assert kinds(*everybody) == []
    some = everybody[:9] + [submission(n, {"background": written(n)}) for n in range(100, 112)]
    assert kinds(*some) == [(SameKind.COPIED, ("0", str(n))) for n in range(1, 9)]


def test_sentences_in_tables_count_titles_of_standards_do_not():
    def rows(column, texts):
        return tuple(Row(f"r_{n}", MappingProxyType({column: text})) for n, text in enumerate(texts))

    texts = [written(f"row {n}", 60) for n in range(8)]
    for table, column, found in (("problems", "problem", True), ("standards", "name", False)):
        some = [submission(n, {table: rows(column, texts)}) for n in (1, 2)]
        assert [kind for kind, _ in kinds(*some)] == ([SameKind.COPIED] if found else [])


def test_names_of_other_applicants_left_in_the_text():
    other = submission(2, unit="南汀县康养服务中心", region="江西省抚州市南汀县")
    taken = submission(1, {"background": "过去南汀县康养服务中心人手不足。" + written(1)})
    assert kinds(taken, other) == [(SameKind.LEFT_OVER, ("1", "2"))]
    named = submission(3, {"background": taken.values["background"], "registrar": "南汀县康养服务中心"})
    assert kinds(named, other) == []
    partner = submission(4, taken.values, participants=("南汀县康养服务中心",))
    assert (SameKind.LEFT_OVER, ("4", "2")) not in kinds(partner, other)


def test_a_county_counts_when_it_is_named_again_and_again_and_is_not_home():
    other = submission(2, region="江西省抚州市南汀县")
    once = "和南汀县一起办了培训。"
    assert kinds(submission(1, {"background": once}), other) == []
    twice = submission(1, {"background": once, "feedback": "南汀县各乡镇每月报一次。"})
    (same,) = sameness([twice, other], PACK, KNOWN)
    assert (same.kind, same.words, same.paths[0]) == (
        SameKind.LEFT_OVER,
        "南汀县",
        ("background", "feedback"),
    )
    home = submission(1, twice.values, region="江西省抚州市南汀县")
    assert kinds(home, other) == []


@given(st.text(alphabet="0123456789-+ ()（）转、；办公", max_size=40))
def test_telephones_are_digits_that_tell_apart(text):
    for number in telephones(text):
        assert number.isdigit()
        assert len(number) >= 10


def test_findings_stand_with_both_and_name_the_other():
    some = [
        submission(1, {"contact.mobile": "13873120001"}),
        submission(2, {"contact.mobile": "13873120001"}),
    ]
    found = sameness_findings(
        sameness(some, PACK, KNOWN),
        {one.key: one.facts for one in some},
        {one.key: points_of("application") for one in some},
        PACK,
    )
    (mine,), (theirs,) = found["1"], found["2"]
    assert mine.code == "desk_same_phone"
    assert mine.path == "contact.mobile"
    assert mine.number
    assert "第2号单位服务中心" in mine.sentence
    assert "第1号单位服务中心" in theirs.sentence
    assert (mine.others, theirs.others) == (("2",), ("1",))


def test_the_same_words_of_several_others_are_said_once():
    some = [submission(at, {"contact.mobile": "13873120001"}, unit=f"单位{min(at, 2)}") for at in (1, 2, 3)]
    found = sameness_findings(
        sameness(some, PACK, KNOWN),
        {one.key: one.facts for one in some},
        {one.key: points_of("application") for one in some},
        PACK,
    )
    (mine,) = [one for one in found["1"] if one.code == "desk_same_phone"]
    assert mine.others == ("2", "3")


def test_an_office_of_the_own_county_may_be_named():
    other = submission(2, unit="南汀县应急管理局", region="江西省抚州市南汀县")
    text = {"background": "材料报南汀县应急管理局备案。"}
    assert kinds(submission(1, text, region="江西省抚州市南汀县"), other) == []
    assert kinds(submission(1, text), other) == [(SameKind.LEFT_OVER, ("1", "2"))]
