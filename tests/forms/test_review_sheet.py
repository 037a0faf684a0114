"""The review file of a pack: what the shipped one says, and what the lint says of a wrong one."""

from __future__ import annotations

import re
import shutil

import pytest

from pilotdesk.errors import PackError
from pilotdesk.forms.lint import lint_pack
from pilotdesk.forms.loader import load_pack
from pilotdesk.forms.model import OFFICIAL_KINDS
from pilotdesk.forms.review_sheet import NO_SHEET, home_of, homes_of, read_review, sheet_of
from pilotdesk.forms.shipped import load_shipped
from pilotdesk.paths import forms_dir

PACK = load_shipped("2026")
REVIEW = read_review(forms_dir() / "2026")
FORMS = list(PACK.forms)


@pytest.fixture
def pack(tmp_path):
    return shutil.copytree(forms_dir() / "2026", tmp_path / "2026")


def changed(pack, old, new):
    file = pack / "review.toml"
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8")
    return [one.line_text() for one in lint_pack(pack)]


def fields_of(form):
    for step in form.steps:
        for group in step.group:
            for field in group.field:
                yield field.name, field, group.name, step.name
                for inner in (*field.columns, *field.parts):
                    yield f"{field.name}.{inner.name}", inner, group.name, step.name


@pytest.mark.parametrize("form_name", FORMS)
def test_every_answer_and_every_check_belongs_to_one_point_or_to_the_form_of_the_material(form_name):
    form, sheet = PACK.forms[form_name], sheet_of(REVIEW, form_name)
    homes = homes_of(sheet)
    places = {path: (group, step) for path, _, group, step in fields_of(form)}
    for path, field, group, step in fields_of(form):
        assert home_of(homes, path, group=group, step=step) in range(7), path
        for check in field.check:
            assert home_of(homes, path, group=group, step=step, check=check.name) in range(7), check.name
    for check in form.head.check:
        group, step = places.get(check.on, ("", ""))
        assert home_of(homes, check.on, group=group, step=step, check=check.name) in range(7), check.name


@pytest.mark.parametrize("form_name", FORMS)
def test_nothing_is_named_twice(form_name):
    sheet = sheet_of(REVIEW, form_name)
    for key in ("steps", "groups", "fields", "checks"):
        names = [name for part in (sheet.material, *sheet.point) for name in getattr(part, key)]
        assert len(names) == len(set(names))


def test_the_points_of_the_application_are_the_six_of_the_notice_in_their_order():
    names = [point.name for point in sheet_of(REVIEW, "application").point]
    assert names == [point.name for point in PACK.round.review_point]
    said = PACK.sources["notice_3_review"].quote
    labels = [point.label for point in PACK.round.review_point]
    assert sorted(labels, key=said.index) == labels


@pytest.mark.parametrize("form_name", FORMS)
def test_every_point_has_a_source_questions_and_a_line(form_name):
    sheet = sheet_of(REVIEW, form_name)
    assert 1 <= len(sheet.point) <= 6
    for point in sheet.point:
        assert point.source
        assert point.ask
        assert point.line


def test_phrases_are_many_short_and_polite():
    phrases = sheet_of(REVIEW, "application").phrase
    assert 20 <= len(phrases) <= 40
    for sheet in REVIEW.sheet:
        for phrase in sheet.phrase:
            assert len(phrase.text) <= 60, phrase.text
            assert 2 <= len(phrase.name) <= 6, phrase.name
            assert "请" in phrase.text or "也可以" in phrase.text, phrase.text
            assert phrase.text.endswith("。")


def test_nothing_speaks_of_what_the_notice_forbids_or_claims_to_be_official():
    text = (forms_dir() / "2026" / "review.toml").read_text("utf-8")
    assert not re.search("督导|考核|验收|专家组|现场检查|国家标准委审", text)


def test_what_must_be_there_rests_on_the_notice():
    for sheet in REVIEW.sheet:
        for attachment in sheet.attachment:
            kinds = {PACK.sources[key].kind for key in attachment.source}
            assert attachment.severity != "error" or kinds & OFFICIAL_KINDS


def test_the_review_file_is_no_part_of_what_a_pack_means_and_may_be_missing(pack):
    digest = load_pack(pack).digest
    (pack / "review.toml").unlink()
    assert load_pack(pack).digest == digest
    assert lint_pack(pack) == []
    assert read_review(pack) is None
    assert sheet_of(None, "application") is NO_SHEET
    assert sheet_of(REVIEW, "another") is NO_SHEET


def test_a_broken_file_does_not_keep_a_pack_from_being_read(pack):
    (pack / "review.toml").write_text("[limits]\ncredit_days = viele", "utf-8")
    assert load_pack(pack).forms.keys() == PACK.forms.keys()
    with pytest.raises(PackError) as caught:
        read_review(pack)
    assert caught.value.code == "pack_broken"
    assert "review.toml:2" in caught.value.context["lines"]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("credit_days = 30", "credit_days = 0", "大于 0"),
        ('credit_days = 30\nsource = ["inferred"]', 'credit_days = 30\nsource = ["rumour"]', "rumour"),
        ('forms = ["application"]', 'forms = ["aplication"]', "application"),
        ('forms = ["self_assessment"]', 'forms = ["summary_2027"]', "已经用过"),
        ('title = ["project_name"]', 'title = ["projekt_name"]', "project_name"),
        ('phone = ["contact.mobile"', 'phone = ["contact.mobil"', "contact.mobile"),
        ('steps = ["foundation"]', 'steps = ["fundation"]', "foundation"),
        ('groups = ["credit"]', 'groups = ["kredit"]', "credit"),
        ('checks = ["special_line_authority"]', 'checks = ["special_line"]', "special_line_authority"),
        ('checks = ["text_full_time", "text_part_time"]', 'checks = ["text_full_time"]', "text_part_time"),
        ('steps = ["objectives", "benefits"]', 'steps = ["objectives"]', "social_benefit"),
        ('groups = ["participation"]', 'groups = ["participation", "credit"]', "已经用过"),
        ('name = "credit"\nask', 'name = "kredit"\nask', "credit"),
        ('source = ["notice_3_review", "notice_3_eligibility"]\n', "source = []\n", "来源"),
        ('field = "legal_certificate"', 'field = "uscc"', "附件栏"),
        ('point = "credit"\nname = "补查询"', 'point = "kredit"\nname = "补查询"', "credit"),
        ('name = "逐家查"', 'name = "补查询"', "已经用过"),
        ("{number}{row}请补填这家", "{number}{line}请补填这家", "line"),
        (
            'not_from_print = ["existing_by_level"]',
            'not_from_print = ["existing_level"]',
            "existing_by_level",
        ),
        ('ask = ["经费花', 'asks = ["经费花', "ask"),
        ("请对照通知附件重新选领域。", "请对照通知附件,重新选领域。", "半角"),
    ],
)
def test_the_lint_finds_what_is_wrong(pack, old, new, told):
    mistakes = changed(pack, old, new)
    assert mistakes
    assert all("review.toml:" in one for one in mistakes)
    assert any(told in one for one in mistakes), mistakes


def test_an_attachment_that_must_be_there_needs_the_notice_behind_it(pack):
    old = 'words = ["同意", "协议"]\n'
    mistakes = changed(pack, old, old + 'severity = "error"\n')
    assert len(mistakes) == 1
    assert "必须改" in mistakes[0]
