"""What a unit did about an earlier return slip: what its package, or else its paper, says of every line, as findings."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from pilotdesk.drafts.returned_lines import MENDED, STILL_OPEN, Done, found_now, states
from pilotdesk.forms.lookup import number_and_label
from pilotdesk.forms.values import field_name
from pilotdesk.review.checking.points import MATERIAL
from pilotdesk.review.records import AnsweringPaper, Finding
from pilotdesk.rules.issue import Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from pilotdesk.drafts.returned import Returned
    from pilotdesk.drafts.returned_lines import LineState
    from pilotdesk.forms.model import Form
    from pilotdesk.forms.values import Value
    from pilotdesk.review.checking.points import Points
    from pilotdesk.review.records import ReceivedFile

CHANGED: Final = "desk_answer_changed"
SAID: Final = "desk_answer_said"
OPEN: Final = "desk_answer_open"
ANSWERS: Final = frozenset({CHANGED, SAID, OPEN})
"""Codes of what is made here."""
CLAUSE: Final = "单位的意见修改对照表"
_SEVERITY: Final = re.compile(r"^(?:必须改|请核实|建议)：")
_LONGEST: Final = 1_000
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


def paper_findings(
    files: Iterable[ReceivedFile], points: Points, found: Sequence[Finding]
) -> Iterator[Finding]:
    """A finding for every line of the 意见修改对照表 that came along, for units that hand in no package.

    The paper is a print: nothing shows whether what it says was done, so it is quoted. Word and PDF of it say a line once.

    Args:
        files: received; those papers among them.
        points: of the form.
        found: what the checks find now.
    """
    for told, said in _said_once(files):
        path = _named_first(_bare(told), points.form)
        is_open = said == STILL_OPEN
        asked = any(one.sentence and _bare(told).endswith(_bare(one.sentence)) for one in found)
        yield Finding(
            code=OPEN if is_open else CHANGED if said == MENDED else SAID,
            severity=Severity.WARNING if is_open and not asked else Severity.HINT,
            point=points.number_of(path) if path else MATERIAL,
            sentence=f"上次的意见“{told.rstrip('。')}”，单位写的是：“{said.rstrip('。')}”。",
            clause=CLAUSE,
            path=path,
            number=points.form.fields[path].number if path else "",
            label=points.form.fields[path].label if path else "",
        )


def _said_once(files: Iterable[ReceivedFile]) -> Iterable[tuple[str, str]]:
    """The lines of all papers, without the word of severity; best from a Word file, which keeps the blanks."""
    lines: dict[str, tuple[str, str]] = {}
    for paper in (file for file in files if isinstance(file, AnsweringPaper)):
        for opinion, said in paper.lines:
            line = (_SEVERITY.sub("", _in_one_line(opinion)), _in_one_line(said))
            known = lines.get(_bare("".join(line)), line)
            lines[_bare("".join(line))] = max(known, line, key=lambda one: len(one[0]))
    return lines.values()


def _named_first(told: str, form: Form) -> str:
    """The field whose number and label an opinion begins with; empty for the whole, and for what is there no more."""
    begins = {
        name: _bare(f"{field.number}{field.label}") for name, field in form.fields.items() if field.number
    }
    fitting = [name for name, begin in begins.items() if told.startswith(begin)]
    return max(fitting, key=lambda name: len(begins[name]), default="")


def _bare(text: str) -> str:
    """Without blanks, of which a PDF keeps none."""
    return "".join(text.split())


def _in_one_line(text: str) -> str:
    return " ".join(text.split())[:_LONGEST]


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
