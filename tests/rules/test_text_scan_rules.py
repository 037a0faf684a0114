"""Checks of a form that go over its texts: which ones, when they run again, and what the lint says of them."""

from __future__ import annotations

from types import MappingProxyType

import msgspec
import pytest

from pilotdesk.forms.model import Field
from pilotdesk.forms.values import Row
from pilotdesk.rules import scan_units
from pilotdesk.rules.lint import lint_expressions
from pilotdesk.rules.text_scan import TextScan, texts_over
from tests.rules.sample_form import PACK, Writer, check, one_field_form

UNIT = Field(name="unit", type="text", label="单位")
STORY = Field(name="story", type="longtext", label="正文")
SEEN = Field(name="seen", type="text", label="算出", calculation="story")
PLACE = Field(name="place", type="region", label="地点")
TABLE = Field(
    name="t",
    type="table",
    label="表",
    columns=(
        Field(name="task", type="text", label="任务"),
        Field(name="unit", type="text", label="单位", fixed=True),
        Field(name="amount", type="integer", label="数"),
    ),
)
FIELDS = (UNIT, STORY, SEEN, PLACE, TABLE)
NO_X = "not contains_any(value, '甲')"


def scan(test=NO_X, **more):
    return check("scanned", test, **{"over": ("longtext", "text"), **more})


def form_with(*checks):
    return one_field_form(*FIELDS, checks=checks)


def names_over(**more):
    return [subject.name for subject in texts_over(form_with(), scan(**more))]


def make_row(row_id, cells):
    return Row(row_id, MappingProxyType(cells))


def test_types_fields_and_columns_may_be_named_and_spared():
    assert names_over() == ["unit", "story", "t.task"]
    assert names_over(over=("longtext",)) == ["story"]
    assert names_over(over=("t",)) == ["t.task"]
    assert names_over(over=("t.task", "unit")) == ["unit", "t.task"]
    assert names_over(spare=("t",)) == ["unit", "story"]
    assert names_over(spare=("t.task", "story")) == ["unit"]


def test_each_text_is_judged_by_itself():
    writer = Writer(form_with(scan()), {"unit": "乙", "story": "甲"})
    assert writer.codes("story") == ["scanned"]
    assert writer.codes("unit") == []
    writer.set({"t": (make_row("r_1", {"task": "甲", "unit": "甲"}), make_row("r_2", {"task": "乙"}))})
    assert writer.codes("t[r_1].task") == ["scanned"]
    assert writer.codes("t[r_1].unit") == writer.codes("t[r_2].task") == []
    effects = writer.set({"story": "乙"})
    assert writer.codes("story") == []
    assert effects.issues == {"story"}


def test_a_text_is_judged_again_when_what_it_is_compared_with_changes():
    writer = Writer(form_with(scan("not contains_any(value, unit)", over=("story",))), {"story": "甲乙"})
    assert writer.codes("story") == []
    writer.set({"unit": "乙"})
    assert writer.codes("story") == ["scanned"]
    writer.set({"unit": "丙"})
    assert writer.codes("story") == []


def test_checks_that_depend_on_the_same_answers_share_a_rule():
    other = check("other", "not contains_any(value, '丁')", over=("story",))
    compared = check("compared", "not same_text(value, unit)", over=("story",))
    writer = Writer(form_with(scan(), other, compared), {"story": "甲丁", "unit": "甲丁"})
    rules = [rule for rule in writer.engine.plan.checks if isinstance(rule, TextScan)]
    over_story = [len(rule.scans) for rule in rules if rule.subject.name == "story"]
    assert sorted(over_story) == [1, 2]
    assert sorted(writer.codes("story")) == ["compared", "other", "scanned"]


def test_a_text_with_nothing_to_judge_is_not_judged(monkeypatch):
    asked = []
    real = scan_units.other_units
    monkeypatch.setattr(scan_units, "other_units", lambda *given: asked.append(given) or real(*given))
    test = "not filled(other_units(value, place, unit))"
    writer = Writer(form_with(scan(test, over=("story",))), {"place": "361002", "story": "办事更快。"})
    assert asked == []
    writer.set({"story": "由海淀区政务服务中心牵头。"})
    assert len(asked) == 1
    assert writer.codes("story") == ["scanned"]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (scan(over=("place",)), "这里写的栏目里没有文字"),
        (scan("not filled(codes(t.task)) or unit == 'x'"), "unit 在 t.task 里是同一行的一列"),
        (scan("length(value)"), "这里要能答“是”或“否”"),
        (scan("gone == value"), "没有“gone”"),
    ],
)
def test_the_lint_looks_at_every_text(wrong, said):
    found = lint_expressions(msgspec.structs.replace(PACK, forms={"sample": form_with(wrong)}))
    assert any(said in mistake.text for mistake in found)


def test_the_lint_is_silent_about_a_good_one():
    good = scan("not filled(other_units(value, place, t.task))")
    assert lint_expressions(msgspec.structs.replace(PACK, forms={"sample": form_with(good)})) == []
