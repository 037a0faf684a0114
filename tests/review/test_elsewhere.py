"""Projects that fit two pilot fields."""

from __future__ import annotations

import shutil

import pytest

from pilotdesk.forms.lint import lint_pack
from pilotdesk.paths import forms_dir
from pilotdesk.review.beside.elsewhere import could_stand_elsewhere, elsewhere_findings
from pilotdesk.review.records import Facts
from pilotdesk.rules.issue import Severity
from tests.review.findings_kit import PACK, REVIEW


def others(field, title, *directions, unit="", texts=()):
    facts = Facts(field=field, title=title, unit=unit, directions=directions)
    return [one.field for one in could_stand_elsewhere(facts, REVIEW, PACK, texts)]


@pytest.mark.parametrize(
    ("field", "title", "direction", "found"),
    [
        ("F4", "某区居家养老照护标准化试点", "养老家政", ["Z2"]),
        ("F4", "某区月嫂培训标准化试点", "养老家政", []),
        ("F4", "某区养老金融标准化试点", "金融证券", []),
        ("Z2", "某市机构养老服务标准化试点", "机构养老", []),
        ("Z2", "某市适老用品租赁标准化试点", "社区养老", ["F2"]),
        ("F4", "某市图书馆标准化试点", "文化旅游", ["F5"]),
        ("F5", "某市图书馆标准化试点", "公共文化体育服务", []),
        ("F5", "某县景区讲解标准化试点", "公共文化体育服务", ["F4"]),
        ("F5", "某市应急避难场所标准化试点", "公共教育", ["F6"]),
        ("F6", "某市应急避难场所标准化试点", "防灾减灾救灾（应急避难场所等）", []),
        ("F5", "某市医疗器械标准化试点", "医疗保障", ["F2"]),
        ("F2", "某市医保服务标准化试点", "医疗器械", ["F5"]),
        ("", "某区居家养老照护标准化试点", "养老家政", []),
    ],
)
def test_where_fields_touch(field, title, direction, found):
    assert others(field, title, direction) == found


def test_the_unit_and_further_texts_count_too():
    assert others("F4", "标准化试点", "养老家政", unit="某县养老服务中心") == ["Z2"]
    assert others("F4", "标准化试点", "养老家政", texts=("为失能老人服务",)) == ["Z2"]


def test_where_nobody_asked_for_directions_the_words_decide():
    assert others("F4", "某区居家养老照护标准化试点") == ["Z2"]
    assert others("F4", "某区月嫂培训标准化试点") == []


def test_a_pack_that_does_not_say_so_points_nothing_out():
    facts = Facts(field="F4", title="养老", directions=("养老家政",))
    assert could_stand_elsewhere(facts, None, PACK) == ()


def test_the_finding_says_what_becomes_of_the_quota():
    facts = Facts(field="F4", title="养老", directions=("养老家政",))
    found = could_stand_elsewhere(facts, REVIEW, PACK)
    (finding,) = elsewhere_findings(found, PACK, "k2", [("k1", "F4"), ("k2", "F4"), ("k3", "F4")])
    assert finding.severity is Severity.HINT
    assert finding.sentence == (
        "养老服务也可以报民政专项，专项不占六个领域的名额。"
        "改报民政专项后，六领域合计 3→2 项，服务业 3→2 项，民政 0→1 项，符合限额。"
    )
    assert finding.clause


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('other = "Z2"', 'other = "Z9"'),
        ('other = "Z2"', 'other = "F4"'),
        ('directions = ["f4_elderly_home_services"]', 'directions = ["f4_elderly"]'),
        ('words = ["应急避难", "避难场所"]', "words = []"),
        ('fields = ["F1", "F2", "F3", "F4", "F5"]', 'fields = ["F1", "F2", "F3", "F4", "F7"]'),
    ],
)
def test_the_lint_finds_pairs_that_cannot_be(tmp_path, old, new):
    pack = shutil.copytree(forms_dir() / "2026", tmp_path / "2026")
    file = pack / "review.toml"
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8")
    (mistake,) = lint_pack(pack)
    assert "review.toml" in mistake.line_text()
