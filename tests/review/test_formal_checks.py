"""The form of the material: versions, changes, drafts, foreign projects, what is missing; from what files say of themselves."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from itertools import permutations

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pilotdesk.documents.carriers import read_carrier
from pilotdesk.documents.export import export_documents
from pilotdesk.forms.model import OFFICIAL_KINDS
from pilotdesk.projects import outlines_of, sample_package, session_of_package
from pilotdesk.review.checking.formal_checks import Received, agreement_of, formal_findings
from pilotdesk.review.checking.formal_words import FORMAL, formal_finding, named
from pilotdesk.review.checking.handing import handed_package, handed_print
from pilotdesk.review.records import Agreement, Kind, ReceivedFile, State
from pilotdesk.rules.issue import Severity
from tests.documents.test_carriers import rewritten
from tests.review.findings_kit import PACK, handed

TODAY = date(2026, 6, 20)
FORM = PACK.forms["application"]
PILOT, WORD, PDF = Kind.PILOT, Kind.WORD, Kind.PDF
SAME = [handed(PILOT), handed(WORD), handed(PDF)]


def received(*documents, **how):
    source = documents[0].kind if documents else Kind.PLAIN_WORD
    told = {"documents": documents, "source": source, "form_version": 1, "received_on": TODAY} | how
    return Received(**told)


def findings(*documents, **how):
    return formal_findings(received(*documents, **how), FORM, PACK)


def codes(*documents, **how):
    return [one.code for one in findings(*documents, **how)]


def agreement(*documents):
    return agreement_of(documents, findings(*documents))


def file(kind=Kind.ATTACHMENT, state=State.KEPT, place="附件/证书.pdf", sentence=""):
    return ReceivedFile(place=place, size=1, sha256="0" * 64, kind=kind, state=state, sentence=sentence)


def test_three_that_agree_have_nothing_said_of_them():
    assert findings(*SAME) == ()
    assert agreement(*SAME) is Agreement.ALL


@pytest.mark.parametrize(
    ("documents", "code", "agreed"),
    [
        ([handed(PILOT, 2, "B"), handed(WORD, 2, "B"), handed(PDF, 1, "A")], "desk_pdf_older", Agreement.OLDER),
        ([handed(PILOT, 2, "B"), handed(WORD, 1, "A"), handed(PDF, 2, "B")], "desk_word_older", Agreement.OLDER),
        ([handed(WORD, 2, "B"), handed(PDF, 1, "A")], "desk_pdf_older", Agreement.OLDER),
        ([handed(PILOT, 2, "B"), handed(PDF, 1, "A")], "desk_pdf_older", Agreement.OLDER),
        ([handed(PILOT, 1, "A"), handed(WORD, 2, "B"), handed(PDF, 2, "B")], "desk_package_older", Agreement.OLDER),
        ([handed(PILOT, 1, "B"), handed(WORD), handed(PDF)], "desk_package_newer", Agreement.DIFFERS),
        ([handed(WORD, 1, "A"), handed(PDF, 1, "B")], "desk_differs", Agreement.DIFFERS),
        ([handed(PILOT), handed(WORD, now="C", changed=("2.2 统一社会信用代码",)), handed(PDF)],
         "desk_word_changed", Agreement.CHANGED),
        ([handed(PILOT), handed(WORD), handed(PDF, now="C", changed=("1.1",))], "desk_pdf_changed", Agreement.CHANGED),
        ([handed(PILOT), handed(WORD, now="C"), handed(PDF)], "desk_code_differs", Agreement.CHANGED),
        ([handed(PILOT), handed(WORD), handed(PDF, project="p2")], "desk_other_project", Agreement.DIFFERS),
        ([handed(PILOT, project=""), handed(WORD), handed(PDF, title="乙　申报书", project="")],
         "desk_other_project", Agreement.DIFFERS),
        ([handed(PILOT), handed(WORD), handed(PDF, draft=True, code="")], "desk_draft_print", Agreement.ALL),
        ([handed(WORD)], "desk_only_word", Agreement.ALONE),
        ([handed(PDF)], "desk_only_pdf", Agreement.ALONE),
        ([handed(PILOT)], "desk_only_package", Agreement.ALONE),
    ],
)  # fmt: skip
def test_each_thing_that_can_be_wrong_is_said_once(documents, code, agreed):
    assert codes(*documents) == [code]
    assert agreement(*documents) is agreed


def test_a_file_of_another_project_is_compared_with_nothing():
    other = handed(PDF, 1, "B", project="p2", title="乙　申报书", place="乙.pdf")
    (found,) = findings(other, handed(WORD), handed(PILOT))
    assert found.code == "desk_other_project"
    assert found.sentence.startswith("“乙.pdf”写的是“乙　申报书”")
    assert agreement(other, handed(WORD), handed(PILOT)) is Agreement.DIFFERS


def test_a_project_is_known_by_the_id_of_a_print_where_a_package_has_none():
    package = handed(PILOT, project="")
    other = handed(PDF, 1, "B", project="p2", place="乙.pdf")
    assert codes(package, handed(WORD), other) == ["desk_other_project"]
    assert codes(package, handed(WORD), handed(PDF)) == []
    assert codes(package, handed(WORD, project=""), handed(PDF)) == []


def test_a_project_of_the_same_name_is_told_apart():
    (found,) = findings(handed(WORD), handed(PDF, 1, "B", project="p2"))
    assert "“甲标准化试点　申报书（同名的另一个项目）”" in found.sentence


def test_files_go_by_their_names_unless_two_have_one_name():
    deep = handed(PDF, now="C", changed=("1.1",), place="县/包.zip › 乙单位/申报书.pdf")
    (found,) = findings(handed(PILOT), handed(WORD), deep)
    assert found.sentence.startswith("“申报书.pdf”")
    twin = handed(PDF, place="县/申报书.pdf")
    (found,) = findings(handed(PILOT), handed(WORD), deep, twin)
    assert found.sentence.startswith("“县/包.zip › 乙单位/申报书.pdf”")
    (found,) = findings(*SAME, files=(file(state=State.REFUSED, place="包.zip › 坏.pdf"),))
    assert found.sentence.startswith("附件“坏.pdf”")


def test_attached_files_that_were_exchanged_are_spoken_of():
    prints = [handed(WORD), handed(PDF)]
    (found,) = findings(handed(PILOT, 1, "B", attachments="f"), *prints)
    assert "附件或内容和打印的不一样" in found.sentence
    (found,) = findings(handed(PILOT, 1, "B"), *prints)
    assert "，内容和打印的不一样" in found.sentence


@pytest.mark.parametrize("reverse", [False, True])
def test_of_two_packages_the_newer_counts_and_the_older_is_named(reverse):
    packages = [handed(PILOT, 1, "A", place="旧.pilot"), handed(PILOT, 2, "B", place="新.pilot")]
    documents = [*(reversed(packages) if reverse else packages), handed(WORD, 2, "B"), handed(PDF, 2, "B")]
    (found,) = findings(*documents)
    assert (found.code, found.severity) == ("desk_two_versions", Severity.HINT)
    assert found.sentence.startswith("“旧.pilot”和“新.pilot”")
    assert agreement(*documents) is Agreement.ALL
    assert codes(packages[0], handed(PILOT, 2, "A", place="抄.pilot")) == ["desk_only_package"]


@pytest.mark.parametrize(
    "documents",
    [
        [handed(PILOT), handed(WORD), handed(PDF), handed(PDF, draft=True, place="稿.pdf")],
        [handed(PILOT, 2), handed(WORD, 2), handed(PDF, 1)],
        [handed(PILOT, 3, "A"), handed(WORD, 2, "A"), handed(PDF, 2, "A")],
        [handed(PILOT, title="旧名　申报书"), handed(WORD), handed(PDF)],
        [handed(PILOT), handed(WORD), handed(WORD, place="又一份.docx"), handed(PDF)],
    ],
    ids=["draft beside a final", "older and the same", "another number", "renamed project", "twice"],
)
def test_what_says_the_same_is_not_blamed(documents):
    assert codes(*documents) == []


def test_documents_of_one_form_are_not_compared_with_one_another():
    both = [
        handed(kind, digest=name, document=name) for kind in (PILOT, WORD, PDF) for name in ("form", "report")
    ]
    assert codes(*both) == []


def test_an_older_version_is_said_with_its_number_and_what_is_newer():
    found = findings(handed(PILOT, 3, "B"), handed(WORD, 3, "B"), handed(PDF, 1, "A"))
    assert (
        found[0].sentence
        == "“甲.pdf”是第 1 版，Word、.pilot已经是第 3 版，内容不一样。请把新的一版 PDF 一起报来。"
    )


def test_changed_answers_are_named_and_of_many_only_the_first():
    names = tuple(f"2.{at} 某栏" for at in range(1, 9))
    (found,) = findings(handed(PILOT), handed(WORD, now="C", changed=names), handed(PDF))
    assert "改过 8 处：2.1 某栏、2.2 某栏、2.3 某栏、2.4 某栏、2.5 某栏等。" in found.sentence
    assert named(names[:5]) == "、".join(names[:5])


def test_the_practice_sample_must_not_be_handed_in():
    draft = [
        msgspec.structs.replace(one, identity=msgspec.structs.replace(one.identity, draft=True))
        for one in SAME
    ]
    (found,) = findings(*draft, practice=True)
    assert (found.code, found.severity, found.clause) == ("desk_practice", Severity.ERROR, "通知第三条")


@pytest.mark.parametrize(("version", "code"), [(0, "desk_pack_older"), (2, "desk_pack_newer")])
def test_another_version_of_the_form_is_said(version, code):
    assert codes(*SAME, form_version=version) == [code]


@pytest.mark.parametrize(
    ("due", "clause"),
    [(date(2026, 6, 19), ""), (date(2026, 6, 20), None), (date(2026, 6, 30), None), (None, None)],
)
def test_late_is_after_the_last_day(due, clause):
    found = findings(*SAME, due=due)
    assert [one.code for one in found] == ([] if clause is None else ["desk_late"])
    if found:
        assert found[0].sentence == "2026年6月20日报来，截止日是2026年6月19日，晚了 1 天。请说明原因。"


def test_a_deadline_of_the_notice_gives_its_clause():
    (found,) = findings(*SAME, due=date(2026, 6, 30), received_on=date(2026, 7, 2))
    assert found.clause == "通知提交要求"


def test_a_word_file_of_somebody_else_says_how_much_was_read():
    foreign = file(Kind.PLAIN_WORD, State.PARTLY, "申报书.docx")
    (found,) = findings(files=(foreign,), filled=31, asked=54)
    assert found.code == "desk_plain_word"
    assert "“申报书.docx”" in found.sentence
    assert "认出 31 栏，表里一共 54 栏" in found.sentence
    assert agreement() is Agreement.UNKNOWN


def test_files_that_could_not_be_read_are_named():
    files = (
        file(),
        file(state=State.REFUSED, place="坏.pdf"),
        file(Kind.OTHER, State.REFUSED, "怪.zip", "“怪.zip”打不开。"),
    )
    found = findings(*SAME, files=files, damaged=("里面的.png",))
    assert [(one.code, one.severity) for one in found] == [
        ("desk_file_refused", Severity.HINT),
        ("desk_attachment_damaged", Severity.WARNING),
        ("desk_attachment_damaged", Severity.WARNING),
    ]
    assert [
        found[0].sentence == "有一个文件没有读进来：“怪.zip”打不开。",
        "坏.pdf" in found[1].sentence,
        "里面的.png" in found[2].sentence,
    ] == [True] * 3


@pytest.mark.parametrize("code", FORMAL)
def test_every_sentence_says_what_is_wrong_and_what_to_do(code):
    said = FORMAL[code]
    words = dict.fromkeys(re.findall(r"\{(\w+)\}", said.text), "甲")
    found = formal_finding(code, PACK, words)
    assert "{" not in found.sentence
    assert found.sentence.endswith(("。", "甲"))
    assert found.point == 0
    kinds = {PACK.sources[key].kind for key in said.source}
    assert kinds
    assert said.severity is not Severity.ERROR or kinds & OFFICIAL_KINDS
    assert not re.search("督导|考核|验收|错误|失败|无效|非法", said.text)


CARRIERS = st.builds(
    lambda kind, revision, digest, place: handed(kind, revision, digest, place=f"{place}.{kind.value}"),
    st.sampled_from([PILOT, WORD, PDF]),
    st.integers(1, 3),
    st.sampled_from(["A", "B"]),
    st.sampled_from(["甲", "乙"]),
)
SUBMISSIONS = st.lists(
    CARRIERS, min_size=1, max_size=4, unique_by=lambda one: (one.kind is PILOT or one.place, one.kind)
)
VERSIONS = {"desk_pdf_older", "desk_word_older", "desk_package_older", "desk_package_newer", "desk_differs"}


@given(SUBMISSIONS)
@settings(deadline=None)
def test_files_that_all_say_the_same_agree_whatever_their_versions(documents):
    same = [
        handed(one.kind, one.identity.revision - (one.kind is PILOT), "A", place=one.place)
        for one in documents
    ]
    assert not VERSIONS & set(codes(*same))
    assert agreement(*same) in {Agreement.ALL, Agreement.ALONE}


@given(SUBMISSIONS)
@settings(deadline=None)
def test_files_that_say_different_things_never_agree(documents):
    differ = len({one.identity.digest for one in documents}) > 1
    assert bool(VERSIONS & set(codes(*documents))) == differ
    if differ:
        assert agreement(*documents) not in {Agreement.ALL, Agreement.ALONE}


@given(SUBMISSIONS)
@settings(deadline=None, max_examples=60)
def test_what_is_found_does_not_hang_on_the_order_of_the_files(documents):
    def said(listed):
        return {(one.code, one.sentence) for one in findings(*listed)}

    assert all(said(listed) == said(documents) for listed in permutations(documents))


@given(SUBMISSIONS)
@settings(deadline=None)
def test_a_print_is_old_when_something_newer_says_something_else(documents):
    made = [one.identity.revision - (one.kind is PILOT) for one in documents]
    newest = max(made)
    current = {one.identity.digest for one, number in zip(documents, made, strict=True) if number == newest}
    old = {
        one.place
        for one, number in zip(documents, made, strict=True)
        if one.kind is not PILOT and number < newest and one.identity.digest not in current
    }
    found = [one for one in findings(*documents) if one.code in {"desk_pdf_older", "desk_word_older"}]
    assert {re.search("“(.+?)”", one.sentence)[1] for one in found} == old


@pytest.fixture(scope="module")
def finals(tmp_path_factory):
    """The sample as somebody's own: its package after one final version, and that version in Word and PDF."""
    package = replace(sample_package(), practice=False)
    outlines = outlines_of(session_of_package(package, TODAY), draft=False)
    result = export_documents(outlines, tmp_path_factory.mktemp("finals"))
    paths = {made.kind: made.path for made in result.files}
    return replace(package, revision=1), paths


def of_package(package):
    return list(handed_package(outlines_of(session_of_package(package, TODAY), draft=False), "甲.pilot"))


def of_print(path):
    return handed_print(read_carrier(path), path.name, FORM)


def test_what_the_program_writes_agrees(finals):
    package, paths = finals
    documents = [*of_package(package), of_print(paths["docx"]), of_print(paths["pdf"])]
    assert codes(*documents) == []
    assert agreement(*documents) is Agreement.ALL


def test_a_word_file_that_somebody_edited_names_the_answer(finals, tmp_path):
    package, paths = finals
    edited = tmp_path / "改过.docx"
    edited.write_bytes(paths["docx"].read_bytes())
    rewritten(edited, lambda text: text.replace("周明远", "周明近"))
    documents = [*of_package(package), of_print(edited), of_print(paths["pdf"])]
    (found,) = findings(*documents)
    assert found.code == "desk_word_changed"
    assert "2.4 法定代表人（负责人），姓名" in found.sentence
    assert agreement(*documents) is Agreement.CHANGED


def test_a_package_that_went_on_is_newer_than_its_prints(finals):
    package, paths = finals
    on = replace(package, values=dict(package.values) | {"summary": "另一段摘要。"})
    documents = [*of_package(on), of_print(paths["docx"]), of_print(paths["pdf"])]
    assert codes(*documents) == ["desk_package_newer"]
    again = replace(on, revision=2)
    assert sorted(codes(*of_package(again), *documents[1:])) == ["desk_pdf_older", "desk_word_older"]


def test_an_answer_that_the_form_does_not_have_is_named_by_its_path(finals):
    carrier = read_carrier(finals[1]["docx"])
    odd = msgspec.structs.replace(carrier, changed=("nobody", "targets[r_gone].unit"))
    assert handed_print(odd, "甲.docx", FORM).changed == ("nobody", "9.2 量化指标表，单位")
