"""Seeded defects: what is changed in a copy of the sample, and where it must be found.

A change is ``path: text as typed``. A path may count rows from 1 (``targets[3].value_2028``); ``"-schedule[5]"`` takes a row out,
``"+needs": {column: text}`` adds one at the end, and a table's name with a list of rows replaces the table. ``None`` clears.
"""

from __future__ import annotations

import json
import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from pilotdesk.documents.attachments import attachment_of
from pilotdesk.forms.answers_file import begun_values, read_answers, read_rows
from pilotdesk.forms.carry import carried_values, merged_with
from pilotdesk.forms.shipped import load_shipped
from pilotdesk.paths import resources_dir
from pilotdesk.rules.checking import PackCheck
from pilotdesk.rules.text_scan import TextScan
from pilotdesk.session import Session

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from pilotdesk.forms.values import Value
    from pilotdesk.rules.expression import Expression
    from pilotdesk.rules.issue import Issue
    from pilotdesk.rules.subjects import Subject

_ROW = re.compile(r"(\w+)\[(\d+)\]")


class Defect(NamedTuple):
    """One thing that is wrong.

    Attributes:
        code: of the issue that must be found. at: where, rows counted from 1.
        bad: the changes that make it wrong. well: the changes under which the same check holds there; often none.
    """

    code: str
    at: str
    bad: Mapping[str, object]
    well: Mapping[str, object] = {}


FORMS = ("application", "summary_2027", "summary_2028", "self_assessment")
"""In the order of the years: each takes over from those before it."""
SAMPLE = resources_dir() / "sample"


@cache
def _pack():
    return load_shipped("2026")


@cache
def _values(form_name: str) -> Mapping[str, Value]:
    form = _pack().forms[form_name]
    answers = json.loads((SAMPLE / f"{form_name}.json").read_text("utf-8"))
    typed = begun_values(
        form,
        read_answers(
            form, answers, attachment=lambda name: attachment_of(name, (SAMPLE / name).read_bytes())
        ),
    )
    before = {name: _values(name) for name in FORMS[: FORMS.index(form_name)]}
    return merged_with(form, carried_values(form, before), typed) if before else typed


def clean_copy(form_name: str, today: date) -> Session:
    """The sample's draft of a form, later forms with what the earlier ones give them."""
    return Session(_pack(), form_name, _values(form_name), today=today)


@cache
def _shared(form_name: str, today: date) -> tuple[Session, Mapping[str, Value], tuple[Issue, ...]]:
    made = clean_copy(form_name, today)
    return made, dict(made.values), made.all_issues()


def lent_copy(form_name: str, today: date) -> Session:
    """The same as :func:`clean_copy` until the next call: what was changed in it last time is taken back.

    Making a copy checks the whole form, which is most of what a test of one defect would do.
    """
    session, values, issues = _shared(form_name, today)
    while session.steps.can_undo:
        session.undo()
    assert session.values == values
    assert session.all_issues() == issues
    return session


def counted(session: Session, path: str) -> str:
    """A path with the id of its row in place of its number."""
    return _ROW.sub(lambda found: f"{found[1]}[{session.rows(found[1])[int(found[2]) - 1].id}]", path)


def change(session: Session, changes: Mapping[str, object]) -> Session:
    """Makes the changes, in their order."""
    for path, what in changes.items():
        if path.startswith("-"):
            table = path[1:].partition("[")[0]
            session.remove_rows(table, [counted(session, path[1:]).partition("[")[2][:-1]])
        elif path.startswith("+"):
            field = session.form.fields[path[1:]]
            rows = read_rows(field, [what], session.form.lists)
            session.replace_rows(field.name, (*session.rows(field.name), *rows))
        elif isinstance(what, list):
            field = session.form.fields[path]
            session.replace_rows(path, read_rows(field, what, session.form.lists))
        elif what is None:
            session.set_value(counted(session, path), None)
        elif isinstance(what, str):
            session.set_text(counted(session, path), what)
        else:
            session.set_value(counted(session, path), what)
    return session


def found(session: Session) -> set[tuple[str, str]]:
    """Code and path of every issue."""
    return {(issue.code, issue.path) for issue in session.all_issues()}


def holds(session: Session, code: str, path: str) -> bool | None:
    """What a check of the pack says at a path; ``None`` when it cannot tell, or is not asked there."""
    for subject, test in _tests(session, code):
        row_id = path.partition("[")[2].partition("]")[0]
        if subject.path(row_id) == path and not subject.is_hidden(session.engine.answers, row_id):
            answer = session.engine.answers.evaluate(test, subject.lookup(session.engine.answers, row_id))
            return answer if isinstance(answer, bool) else None
    return None


def _tests(session: Session, code: str) -> list[tuple[Subject, Expression]]:
    tests: list[tuple[Subject, Expression]] = []
    for rule in session.engine.plan.checks:
        if isinstance(rule, PackCheck) and rule.check.name == code:
            tests.append((rule.subject, rule.test))
        elif isinstance(rule, TextScan):
            tests += [(rule.subject, scan.test) for scan in rule.scans if scan.check.name == code]
    return tests
