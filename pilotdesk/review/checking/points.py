"""The review points of a form: what each asks, what belongs to it, and the line that says how things stand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pilotdesk.forms.review_sheet import Phrase, Sheet, home_of, homes_of, sheet_of
from pilotdesk.forms.values import split_cell_path
from pilotdesk.record import Record
from pilotdesk.review.checking.carried_form import carried_form, is_silent, silent_paths
from pilotdesk.review.checking.clauses import clause_of
from pilotdesk.review.records import Kind
from pilotdesk.rules.engine import Engine
from pilotdesk.rules.expression import compile_expression
from pilotdesk.rules.messages import expressions_of, spoken
from pilotdesk.rules.subjects import field_subject

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from datetime import date

    from pilotdesk.forms.model import FormPack
    from pilotdesk.forms.review_sheet import Point, ReviewFile
    from pilotdesk.forms.values import Value
    from pilotdesk.rules.answers import Answers

MATERIAL: Final = 0
"""Number of what is no point: the form of the material."""


class ReviewPoint(Record, frozen=True, kw_only=True):
    """One point as it is shown.

    Attributes:
        number: from 1. name: in the pack. label: 信用情况. ask: what to look at. clause: on what it rests, in words.
    """

    number: int
    name: str
    label: str
    ask: tuple[str, ...]
    clause: str


class Points:
    """The review points of one form.

    Args:
        pack: the pack that the form is of.
        form_name: which form.
        review: the review file of the pack; ``None`` when it has none: then there is no point, and all is material.
        source: kind of file that the answers come from.
        unread: of a Word file of somebody else, the answers that had no place in it: names, ``table.column``.

    Attributes:
        form: as far as such a file brings its answers; rules are run over this one.
        sheet: what the review file says of it.
        shown: the points in their order.
    """

    def __init__(
        self,
        pack: FormPack,
        form_name: str,
        review: ReviewFile | None,
        *,
        source: Kind = Kind.PILOT,
        unread: Collection[str] = (),
    ) -> None:
        whole = pack.forms[form_name]
        self.sheet: Final[Sheet] = sheet_of(review, form_name)
        self._silent: Final = silent_paths(whole, source, unread)
        self.form: Final = carried_form(whole, self.sheet, source, self._silent)
        labels = {point.name: point.label for point in pack.round.review_point}
        self.shown: Final = tuple(
            ReviewPoint(
                number=number,
                name=point.name,
                label=point.label or labels.get(point.name, point.name),
                ask=point.ask,
                clause=clause_of(point.source, pack),
            )
            for number, point in enumerate(self.sheet.point, 1)
        )
        self._homes = homes_of(self.sheet)
        self._around = {
            field.name: (group.name, step.name)
            for step in self.form.steps
            for group in step.group
            for field in group.field
        }

    def number_of(self, path: str, check: str = "") -> int:
        """The point that an answer belongs to, or a check at that answer; :data:`MATERIAL` for none.

        Args:
            path: of the answer: field, ``person.part`` or cell.
            check: code of the check; empty for the answer itself.
        """
        place = split_cell_path(path)
        plain = f"{place[0]}.{place[2]}" if place else path
        group, step = self._around.get(plain.partition(".")[0], ("", ""))
        return home_of(self._homes, plain, group=group, step=step, check=check) or MATERIAL

    def phrases(self, number: int) -> tuple[Phrase, ...]:
        """The phrases for a point, its own first, then those for any; for the material only those for any."""
        name = self.sheet.point[number - 1].name if 0 < number <= len(self.sheet.point) else ""
        own = tuple(phrase for phrase in self.sheet.phrase if name and phrase.point == name)
        return own + tuple(phrase for phrase in self.sheet.phrase if not phrase.point)

    def lines(self, answers: Answers) -> tuple[str, ...]:
        """:func:`evidence_line` of every point in its order."""
        return tuple(evidence_line(point, answers, self._silent) for point in self.sheet.point)


def evidence_line(point: Point, answers: Answers, silent: Collection[str] = ()) -> str:
    """How things stand with a point, in one line: ``专职 2 人，兼职 9 人，执行标准 75 项``.

    Args:
        point: of the review file.
        answers: of the engine, with what is calculated and what is not relevant.
        silent: answers that the carrier could not bring; pieces that speak of them are left out.
    """
    subject = field_subject(answers.form.fields[answers.form.head.unit_name])
    lookup = subject.lookup(answers)
    said: list[str] = []
    for clause in point.line:
        test = compile_expression(clause.test or "1 == 1")
        names = test.names.union(*(compile_expression(one).names for one in expressions_of(clause.say)))
        if not any(is_silent(name, silent) for name in names) and answers.evaluate(test, lookup) is True:
            said.append(spoken(clause.say, subject, answers))
    return "，".join(said)


def evidence_lines(
    points: Points, pack: FormPack, values: Mapping[str, Value], today: date
) -> tuple[str, ...]:
    """The lines of all points of stored answers, in their order; nothing is checked for it."""
    engine = Engine(points.form, pack.round, today)
    engine.start(values, check_later=True)
    return points.lines(engine.answers)


def filled_in(phrase: str, number: str = "", label: str = "") -> str:
    """A phrase with the place it speaks of: ``10.1 第 3 行请写明责任人姓名和职务``.

    Args:
        phrase: with ``{number}``, ``{label}`` and ``{row}``.
        number: of the answer: ``10.1``; empty for none.
        label: with its row, as a finding has it: ``试点任务和进度安排表，第 3 行，责任人``; empty for none.
    """
    name, row = _label_and_row(label.split("，"))
    said = phrase.replace("{row}", row)
    if "“{label}”" in said and not name:
        said = said.replace("“{label}”", "这一栏")
    said = said.replace("{label}", name).replace("{number}", f"{number} " if number else "")
    return " ".join(said.split())


def _label_and_row(words: Sequence[str]) -> tuple[str, str]:
    """The label said last and the row among the words of a place."""
    rows = [word for word in words if word.startswith(("第 ", "节点 "))]
    names = [word for word in words if word not in rows]
    return (names[-1] if names else ""), (rows[0] if rows else "")
