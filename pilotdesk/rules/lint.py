"""Finds what is wrong with the expressions of a pack before anybody fills in a form with it.

Names and functions must exist, kinds must go together, choices that are compared must be in their list, and no
two rules may wait for each other. What is found is listed altogether, not one at a time.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Final

from pilotdesk.rules.answers import VALUE
from pilotdesk.rules.dependencies import RingError, put_in_order
from pilotdesk.rules.kinds import WORDS, names_at
from pilotdesk.rules.lint_places import ExpressionLint, ExpressionMistake
from pilotdesk.rules.messages import MESSAGE_PARTS
from pilotdesk.rules.plan import PlanBuilder, subject_of_check, subject_of_form_check
from pilotdesk.rules.registry import FUNCTIONS
from pilotdesk.rules.sentences import WHY
from pilotdesk.rules.subjects import all_subjects
from pilotdesk.rules.text_scan import texts_over

if TYPE_CHECKING:
    from pilotdesk.forms.model import Check, Field, FormPack
    from pilotdesk.rules.expression import Expression
    from pilotdesk.rules.subjects import Subject

BUILT_IN_CODES: Final = frozenset(WHY)
"""Codes of issues that are not the pack's; no check may be called so."""
GIVEN: Final[dict[str, frozenset[str]]] = {
    "text": frozenset({"text", "number", "list", "flag"}),
    "longtext": frozenset({"text", "list"}),
    "choice": frozenset({"text", "flag"}),
    "month": frozenset({"text"}),
    "region": frozenset({"text"}),
    "integer": frozenset({"number"}),
    "decimal": frozenset({"number"}),
    "date": frozenset({"date"}),
    "month_range": frozenset({"months"}),
    "multi_choice": frozenset({"text", "list"}),
    "dependent_choice": frozenset({"text", "list"}),
    "table": frozenset({"rows"}),
    "tree": frozenset({"rows"}),
    "calculated": frozenset(WORDS) - {"rows"},
}
"""Field type to the kinds that its calculation or prefill may give."""


def lint_expressions(pack: FormPack) -> list[ExpressionMistake]:
    """All mistakes in the expressions of a pack that could be loaded, form by form in the order of the steps."""
    found: list[ExpressionMistake] = []
    for form in pack.forms.values():
        found += _FormLint(form, pack.round).mistakes()
    return found


class _FormLint(ExpressionLint):
    """Looks through one form."""

    def mistakes(self) -> list[ExpressionMistake]:
        for step in self.form.steps:
            place = f"step {step.name}"
            self.flag(step.relevant, None, place, "relevant")
            for group in step.group:
                inside = f"{place} / group {group.name}"
                self.flag(group.relevant, None, inside, "relevant")
                for field in group.field:
                    self._field(field, f"{inside} / field {field.name}")
        for check in self.form.head.check:
            self._form_check(check)
        self._rings()
        return self.found

    def _field(self, field: Field, place: str) -> None:
        for subject in all_subjects(field):
            where = place
            if subject.field is not field:
                where += f" / {'columns' if subject.in_rows else 'parts'} {subject.field.name}"
            self._subject(subject, where)
            for check in subject.field.check:
                self._check(check, subject_of_check(subject, check), f"{where} / check {check.name}")

    def _subject(self, subject: Subject, where: str) -> None:
        field = subject.field
        self.flag(field.relevant, subject, where, "relevant")
        if isinstance(field.required, str):
            self.flag(field.required, subject, where, "required")
        for key, text in (("calculation", field.calculation), ("prefill", field.prefill)):
            expression, kind = self.kind(text, names_at(self.form, self.round, subject), where, key)
            if expression is not None:
                self._given(field, expression, kind, where, key)

    def _check(self, check: Check, subject: Subject, where: str) -> None:
        if check.name in BUILT_IN_CODES:
            self.note(where, "name", f"“{check.name}”是程序自己的检查，换一个名字。")
        self.flag(check.test, subject, where, "test")
        for part in MESSAGE_PARTS:
            self.message(getattr(check, part), subject, where, part)

    def _form_check(self, check: Check) -> None:
        where = f"check {check.name}"
        if check.over:
            self._scan(check, where)
            return
        subject = subject_of_form_check(self.form, check)
        if not check.on:
            self.note(where, "on", "要写明提示显示在哪一栏。")
        elif subject is None:
            self.note(where, "on", f"没有“{check.on}”这一栏。")
        if subject is not None:
            self._check(check, subject, where)

    def _scan(self, check: Check, where: str) -> None:
        """A check that goes over texts: all of them must be able to see what it names."""
        texts = list(texts_over(self.form, check))
        if not texts:
            self.note(where, "over", "这里写的栏目里没有文字。")
            return
        self._check(check, texts[0], where)
        test, _ = self.kind(check.test, names_at(self.form, self.round, texts[0]), where, "test")
        read = test.names - {VALUE} if test else frozenset[str]()
        for subject in texts:
            for name in sorted(read & subject.local.keys()):
                self.note(where, "test", f"{name} 在 {subject.name} 里是同一行的一列，不是整张表的那一栏。")

    def _given(self, field: Field, expression: Expression, kind: str, where: str, key: str) -> None:
        """Whether what is calculated suits the field, and is one of its choices."""
        if kind != "any" and kind not in GIVEN.get(field.type, frozenset()):
            self.note(where, key, f"算出来的是{WORDS[kind]}，放不进 {field.type} 类型的栏目。")
        called = expression.tree.func if isinstance(expression.tree, ast.Call) else None
        results = FUNCTIONS[called.id].results if isinstance(called, ast.Name) else frozenset[str]()
        listed = {choice.name for choice in self.form.lists.get(field.choices, ())}
        unlisted = sorted(results - listed) if listed else []
        if unlisted:
            self.note(where, key, f"会得出列表 {field.choices} 里没有的：{'、'.join(unlisted)}。")

    def _rings(self) -> None:
        try:
            put_in_order(list(PlanBuilder(self.form).rules()))
        except RingError as ring:
            self.note("", "", f"这几条规则互相等待，算不出来：{ring}。")
