"""What is wrong with the answers of a submission: the issues of the rules, as the desk lists them.

The rules are the same as those the unit's own program runs. Here each issue is given to a review point, says in one
sentence what is wrong and what to do, and names the clause behind it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pilotdesk.forms.lookup import number_and_label
from pilotdesk.forms.values import field_name, split_cell_path
from pilotdesk.review.checking.clauses import clause_of
from pilotdesk.review.records import Finding
from pilotdesk.rules.gaps import REQUIRED
from pilotdesk.rules.issue import GAPS, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from pilotdesk.forms.model import Form, FormPack
    from pilotdesk.forms.values import Value
    from pilotdesk.review.checking.points import Points
    from pilotdesk.rules.engine import Engine
    from pilotdesk.rules.issue import Issue

ROW_WORDS: Final = ("第 ", "节点 ")
"""How the word for a row of a table or a node of a tree begins."""
MOST_ROWS: Final = 8
"""Rows that are named one by one where cells are missing."""


def findings_of(engine: Engine, points: Points, pack: FormPack) -> tuple[Finding, ...]:
    """Everything that the rules find in a submission, :func:`in_order`.

    What the unit answered with a reason is listed as 建议 with that reason: it was seen, and somebody may want to read it.

    Args:
        engine: of ``points.form``, over the answers, started with the reasons that came with them.
        points: of the form, for the carrier that the answers came with.
        pack: the pack.
    """
    values = engine.answers.values
    found = [_finding(issue, points, pack, values, "") for issue in engine.listed_issues()]
    found += [_finding(issue, points, pack, values, reason) for issue, reason in _answered(engine)]
    return in_order(found, points.form)


def in_order(findings: Iterable[Finding], form: Form) -> tuple[Finding, ...]:
    """Gravest first, then by review point, then as they stand in the form; what is bound to no answer before the rest."""
    places = {name: place for place, name in enumerate(form.fields, 1)}
    return tuple(
        sorted(
            findings,
            key=lambda one: (one.severity.rank, one.point, places.get(field_name(one.path), 0)),
        )
    )


def _answered(engine: Engine) -> Iterator[tuple[Issue, str]]:
    """What was answered with a reason, in the order of the form."""
    for name in engine.form.fields:
        for path in engine.found_issues.paths(name):
            yield from engine.accepted_at(path)


def _finding(
    issue: Issue, points: Points, pack: FormPack, values: Mapping[str, Value], reason: str
) -> Finding:
    code = REQUIRED if issue.code.startswith(f"{GAPS}_") and issue.gaps else issue.code
    place = split_cell_path(issue.path)
    at = place[0] if place and issue.gaps else issue.path
    owner = points.form.fields[field_name(issue.path)]
    label = number_and_label(points.form, at, values).removeprefix(owner.number).strip()
    return Finding(
        code=issue.code,
        severity=Severity.HINT if reason else issue.severity,
        point=points.number_of(issue.path, code),
        sentence=_sentence(issue, reason) if reason or not issue.gaps else _gaps(issue, points.form, values),
        clause=clause_of(issue.source, pack),
        path=issue.path,
        number=owner.number,
        label=label,
    )


def _sentence(issue: Issue, reason: str) -> str:
    """What is wrong and what to do, or what the unit said of it, as one line."""
    said = f"单位已说明：“{reason}”。" if reason else _ended(issue.fix)
    return " ".join(f"{_ended(issue.what)}{said if said != issue.what else ''}".split())


def _gaps(issue: Issue, form: Form, values: Mapping[str, Value]) -> str:
    """Which cells are missing, column by column with their rows: a slip is read without the table beside it."""
    rows: dict[str, list[str]] = {}
    for path in issue.gaps:
        words = number_and_label(form, path, values).split("，")
        rows.setdefault(words[-1], []).extend(word for word in words[1:-1] if word.startswith(ROW_WORDS))
    missing = "；".join(f"{column}：{_listed(named)}" for column, named in rows.items())
    return f"{_ended(issue.what)}请补上{missing}。"


def _listed(rows: list[str]) -> str:
    """``第 3、4 行``; nodes of a tree by their codes. Of many only the first."""
    names = [row.removeprefix("第 ").removesuffix(" 行").removeprefix("节点 ") for row in rows[:MOST_ROWS]]
    sign = "第 {} 行" if rows[0].startswith("第 ") else "节点 {}"
    more = f"等 {len(rows)} 处" if len(rows) > MOST_ROWS else ""
    return f"{sign.format('、'.join(names))}{more}"


def _ended(text: str) -> str:
    """A text with a full stop at its end; empty stays empty."""
    return text if not text or text[-1] in "。？！；…" else f"{text}。"
