"""What a unit did about an earlier return slip: what its package says of every line, as findings at the same places."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pilotdesk.drafts.returned_lines import Done, found_now, states
from pilotdesk.forms.lookup import number_and_label
from pilotdesk.forms.values import field_name
from pilotdesk.review.checking.points import MATERIAL
from pilotdesk.review.records import Finding
from pilotdesk.rules.issue import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from pilotdesk.drafts.returned import Returned
    from pilotdesk.drafts.returned_lines import LineState
    from pilotdesk.forms.model import Form
    from pilotdesk.forms.values import Value
    from pilotdesk.review.checking.points import Points

CHANGED: Final = "desk_answer_changed"
SAID: Final = "desk_answer_said"
OPEN: Final = "desk_answer_open"
ANSWERS: Final = frozenset({CHANGED, SAID, OPEN})
"""Codes of what is made here."""
_CODES: Final = {Done.CHANGED: CHANGED, Done.SAID: SAID, Done.OPEN: OPEN}


def answered_findings(
    returned: Returned,
    points: Points,
    form: Form,
    values: Mapping[str, Value],
    found: Sequence[Finding],
) -> Iterator[Finding]:
    """A finding for every line of the slip that a package answers: 建议, for somebody wants to read it.

    What was neither mended nor spoken of is asked for again, unless its check finds it anyway.

    Args:
        returned: the slip with what the unit says of it, as the package brings it.
        points: of the form.
        form: of the pack, whole.
        values: of the package.
        found: what the checks find in them now.
    """
    for state in states(returned, form, values, found_now(found)):
        again = state.done is Done.OPEN and not state.begun and not _is_found(state, found)
        number, label = _place(state, form, values)
        yield Finding(
            code=_CODES[state.done],
            severity=Severity.WARNING if again else Severity.HINT,
            point=state.line.point if state.line.point <= len(points.shown) else MATERIAL,
            sentence=_sentence(state, returned.slip.handing),
            clause=state.line.clause,
            path=state.path,
            number=number,
            label=label,
        )


def _is_found(state: LineState, found: Sequence[Finding]) -> bool:
    return bool(state.line.check) and (state.line.check, state.path) in found_now(found)


def _place(state: LineState, form: Form, values: Mapping[str, Value]) -> tuple[str, str]:
    if not state.path:
        return state.line.number, state.line.label
    number = form.fields[field_name(state.path)].number
    return number, number_and_label(form, state.path, values).removeprefix(number).strip()


def _sentence(state: LineState, handing: int) -> str:
    """What was said, and what the unit did: ``第 1 次报送的意见“请改正”，单位已改。``."""
    told = state.line.sentence.rstrip("。")
    done = {Done.CHANGED: "单位已改", Done.SAID: "单位没有改", Done.OPEN: "单位没有改，也没有说明"}[
        state.done
    ]
    if state.begun:
        done = f"单位改了，还没有改好{'' if state.remark else '，也没有说明'}"
    remark = " ".join(state.remark.split()).rstrip("。")
    said = f"，说明：“{remark}”" if remark else ""
    return f"第 {handing} 次报送的意见“{told}”，{done}{said}。"
