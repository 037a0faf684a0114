"""What sidebar, heading and safety bar show of a session: states of the steps, open issues, progress."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from msgspec.structs import replace

from pilotdesk.forms.values import field_name
from pilotdesk.record import Record
from pilotdesk.rules.issue import Severity
from pilotdesk.ui.look.severity import MARKS
from pilotdesk.ui.navigation.nav_list import NavEntry
from pilotdesk.ui.navigation.navigator import CHECK, PREVIEW
from pilotdesk.ui.navigation.step_words import document_name

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pilotdesk.forms.model import Step
    from pilotdesk.rules.completeness import StepState
    from pilotdesk.session import Session

_COLORS: Final = {Severity.ERROR: "error", Severity.WARNING: "warn"}


class DraftState(Record, frozen=True):
    """One look at a session.

    Attributes:
        steps: state of every relevant step by name; empty before the checks.
        untouched: steps in which nobody has written yet.
        open: open issues by severity of every other step: where nobody has written yet, nothing is wrong.
        counts: open issues of the draft by severity. percent: 0…100 of what is required, ``None`` before the checks.
    """

    steps: Mapping[str, StepState]
    untouched: frozenset[str]
    open: Mapping[str, Counter[Severity]]
    counts: Counter[Severity]
    percent: int | None


def read_state(session: Session) -> DraftState:
    """Look at a session; before its checks have run there is nothing to be seen but its steps."""
    if not session.engine.is_checked:
        return DraftState(steps={}, untouched=frozenset(), open={}, counts=Counter(), percent=None)
    from pilotdesk.rules.completeness import StepStatus, progress, step_states

    states = step_states(session.engine)
    untouched = frozenset(name for name, state in states.items() if state.status is StepStatus.NOT_STARTED)
    issues = session.engine.listed_issues()
    open_issues: dict[str, Counter[Severity]] = {}
    for issue in issues:
        step = session.form.step_of[field_name(issue.path)]
        if step not in untouched:
            open_issues.setdefault(step, Counter())[issue.severity] += 1
    return DraftState(
        steps=states,
        untouched=untouched,
        open=open_issues,
        counts=Counter(issue.severity for issue in issues),
        percent=progress(session.form, session.values, session.engine.irrelevant),
    )


def step_entry(step: Step, state: DraftState, *, relevant: bool) -> NavEntry:
    """The sidebar's line for a step; the gravest issue wins over how much is filled."""
    label = step.short or step.label
    rail = step.number or label[:1]
    if not relevant:
        return NavEntry(step.name, step.number, label, rail, "circle-minus", "text3", tooltip="本项目不涉及")
    if step.name not in state.steps:
        return NavEntry(step.name, step.number, label, rail, "circle", "control")
    filled, total = state.steps[step.name].filled, state.steps[step.name].total
    counts = state.open.get(step.name, Counter())
    words = f"填了 {filled} / {total} 项"
    for severity in (Severity.ERROR, Severity.WARNING):
        count = counts[severity]
        if count:
            mark = MARKS[severity]
            tip = f"{words}，{mark.word} {count}"
            color = _COLORS[severity]
            return NavEntry(step.name, step.number, label, rail, mark.icon, color, count, color, tip)
    if filled >= total:
        return NavEntry(step.name, step.number, label, rail, "circle-check-filled", "ok", tooltip="填完了")
    begun = filled and step.name not in state.untouched
    icon, color = ("circle-half", "primary") if begun else ("circle", "control")
    return NavEntry(step.name, step.number, label, rail, icon, color, tooltip=words)


def nav_entries(session: Session, state: DraftState) -> list[NavEntry]:
    """The sidebar's lines for all steps; over the first of each document its name, where there are several."""
    entries: list[NavEntry] = []
    before = ""
    for step in session.form.steps:
        entry = step_entry(step, state, relevant=session.is_relevant(f"step:{step.name}"))
        document = document_name(session.form, step)
        entries.append(entry if document == before else replace(entry, caption=document))
        before = document
    return entries


def foot_entries(state: DraftState) -> list[NavEntry]:
    """The two pages at the foot of the sidebar."""
    errors = state.counts[Severity.ERROR]
    tip = f"必须改 {errors}" if errors else "没有必须改的问题"
    return [
        NavEntry(CHECK, "", "检查问题", "检查问题", "list-check", "text2", errors, "error", tip),
        NavEntry(PREVIEW, "", "预览和导出", "预览和导出", "printer"),
    ]
