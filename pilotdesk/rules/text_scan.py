"""Checks that go over running text: made once for the form, tried on every text that they name.

A text is looked at again when it changes itself, or when what it is compared with does (the unit's name, the targets).
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Final, NamedTuple

from pilotdesk.rules.checking import CheckRule, Finding
from pilotdesk.rules.issue import Severity
from pilotdesk.rules.registry import FUNCTIONS
from pilotdesk.rules.subjects import all_subjects

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from pilotdesk.forms.model import Check, Form
    from pilotdesk.rules.answers import Answers
    from pilotdesk.rules.expression import Expression
    from pilotdesk.rules.subjects import Subject

TEXT_TYPES: Final = frozenset({"text", "longtext"})


class Scan(NamedTuple):
    """One check of texts: its test, and a glance that tells texts with nothing to be judged; ``None`` for no glance."""

    check: Check
    test: Expression
    glance: Callable[[str], bool] | None


class TextScan(CheckRule, eq=False, kw_only=True):
    """Checks of one text that depend on the same answers."""

    scans: tuple[Scan, ...]

    def judge(self, answers: Answers, row_id: str) -> Iterable[Finding]:
        """See :class:`CheckRule`."""
        text = self.subject.value(answers, row_id)
        if not isinstance(text, str):
            return
        lookup = self.subject.lookup(answers, row_id)
        for scan in self.scans:
            if (scan.glance is None or scan.glance(text)) and answers.evaluate(scan.test, lookup) is False:
                yield Finding(scan.check.name, Severity(scan.check.severity), (), scan.check)


def texts_over(form: Form, check: Check) -> Iterator[Subject]:
    """The texts of a form that a check goes over; what is calculated has been looked at where it comes from."""
    wanted, spared = frozenset(check.over), frozenset(check.spare)
    for owner in form.fields.values():
        if owner.calculation or owner.name in spared:
            continue
        for subject in all_subjects(owner):
            field = subject.field
            if field.type not in TEXT_TYPES or field.calculation or field.fixed or subject.name in spared:
                continue
            if not wanted.isdisjoint((field.type, owner.name, subject.name)):
                yield subject


def text_scans(
    form: Form, compiled: Iterable[tuple[Check, Expression, Iterable[Expression]]]
) -> Iterator[TextScan]:
    """One rule for each text and each set of answers that its checks depend on.

    Args:
        form: the form.
        compiled: its checks with ``over``, their tests, and the expressions in their messages.
    """
    together: dict[tuple[str, frozenset[str]], tuple[Subject, list[Scan]]] = {}
    for check, test, told in compiled:
        scan = Scan(check, test, _glance_of(test.tree))
        for subject in texts_over(form, check):
            reads = subject.reads | subject.keys(test, *told)
            together.setdefault((subject.name, reads), (subject, []))[1].append(scan)
    for (_, reads), (subject, scans) in together.items():
        yield TextScan(title="", reads=reads, table=subject.table, subject=subject, scans=tuple(scans))


def _glance_of(tree: ast.expr) -> Callable[[str], bool] | None:
    """The glance of a test ``not filled(function(value, …))``, which holds where the function finds nothing."""
    match tree:
        case ast.UnaryOp(
            op=ast.Not(), operand=ast.Call(func=ast.Name("filled"), args=[ast.Call(func=ast.Name(name))])
        ):
            return FUNCTIONS[name].glance
    return None
