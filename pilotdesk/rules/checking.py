"""Checks: what is not right with an answer, before it is put into words.

The built-in checks (required, unreadable, unlisted choice, placeholder, advised length, rows and levels) follow
from the definition of a field; the others are the pack's. A check sees nothing that is not relevant and no empty
row, and an expression that is unknown never fails.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

from pilotdesk.forms.counting import count_chars
from pilotdesk.forms.values import Unparsed, is_blank
from pilotdesk.record import Record
from pilotdesk.rules.answers import ROW_TYPES
from pilotdesk.rules.dependencies import RowIds, Rule
from pilotdesk.rules.functions_lists import node_levels
from pilotdesk.rules.issue import Severity

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pilotdesk.forms.model import Check, Field
    from pilotdesk.forms.values import Value
    from pilotdesk.rules.answers import Answers
    from pilotdesk.rules.engine import Run
    from pilotdesk.rules.expression import Expression
    from pilotdesk.rules.subjects import Subject

PLACEHOLDER: Final = (
    r"×{2,}|(?<![A-Za-z0-9])(?:[xX]{2,}|TODO|todo)(?![A-Za-z0-9])|_{3,}|＿{2,}"
    r"|待补充|待填写?|待定(?![A-Za-z一-鿿])"
    r"|(?:(?:19|20)[xX×]{1,2}|(?<![0-9A-Za-z])[xX×]{1,4})年|[xX×]{1,2}月[xX×]{1,2}日|某某|【\s*】|【[^】]{0,8}(?:填|名称|姓名|单位|日期|数字|地点|此处|内容)[^】]{0,8}】"
    r"|[（(]此处[^（）()]{0,40}[）)]|…{1,2}(?=[万亿]?[件人次项家个年月日元%](?![一-鿿])|[万亿]?[件人次项家个元%]，)"
)
"""What people leave for later. 待定 only where no other character follows (待定位 is a word); 【】 only empty or with a word
that asks for something, as 【背景】 may be a heading; …… only where a number is missing before its unit (办理……万件，)."""
PLACEHOLDER_SIGNS: Final = "[×xXTt_＿待某【此…]"
"""One of these is in whatever is left for later: a text without any is told at a glance, in a thirtieth of the time."""
NEVER_FILLED: Final = frozenset({"statement", "signature"})
CHOICE_TYPES: Final = frozenset({"choice", "multi_choice", "dependent_choice"})
OTHER: Final = "other:"
"""Begins a kept choice that is free text beside the list."""


class Finding(Record, frozen=True):
    """One thing that is not right.

    Attributes:
        code: ``required``, ``unparsed``, ``unknown_choice``, ``placeholder``, ``too_short``, ``too_long``, ``min_rows``,
            ``levels``, or the name of the pack's check.
        words: what the sentence needs: the text, the counts, in the order of its placeholders.
        check: the pack's check, ``None`` for the built-in ones.
    """

    code: str
    severity: Severity
    words: tuple[str, ...] = ()
    check: Check | None = None


class CheckRule(Rule, eq=False, kw_only=True):
    """A check of one subject."""

    subject: Subject

    def apply(self, run: Run, rows: RowIds) -> None:
        """Checks again and keeps what was found."""
        if not self.table:
            run.found(self, self.subject.path(), self._judged(run.answers, ""))
            return
        state, had_found = run.answers.tables[self.table], run.has_found(self)
        for row_id in state.rows if rows is None else rows & state.rows.keys():
            found = self._judged(run.answers, row_id) if row_id in state.filled else ()
            if found or had_found:
                run.found(self, self.subject.path(row_id), found)

    def judge(self, answers: Answers, row_id: str) -> Iterable[Finding]:
        """What is not right with an answer that is relevant."""
        raise NotImplementedError

    def _judged(self, answers: Answers, row_id: str) -> tuple[Finding, ...]:
        return () if self.subject.is_hidden(answers, row_id) else tuple(self.judge(answers, row_id))


class RequiredCheck(CheckRule, eq=False, kw_only=True):
    """Whether an answer that must be there is there.

    ``asked_by_person``: for a part: the person's own ``required``; a part of a person who need not be named is
    required once any part is answered.
    """

    required: bool | Expression
    asked_by_person: bool | Expression | None = None

    def judge(self, answers: Answers, row_id: str) -> Iterable[Finding]:
        """See :class:`CheckRule`."""
        if is_filled(self.subject, answers, row_id) or not self.is_required(answers, row_id):
            return
        yield Finding("required", Severity(self.subject.field.severity))

    def is_required(self, answers: Answers, row_id: str) -> bool:
        """Whether the answer is required now; unknown is not."""
        if not _holds(self.required, self.subject, answers, row_id):
            return False
        if self.asked_by_person is None or _holds(self.asked_by_person, self.subject, answers, row_id):
            return True
        person = self.subject.owner
        return any(not is_blank(answers.value(f"{person.name}.{part.name}")) for part in person.parts)


class ReadingCheck(CheckRule, eq=False, kw_only=True):
    """Whether an answer can be read, is listed, is meant, and has about the advised length.

    Attributes:
        parents: for choices: listed name to its parent. depends_on: name of the answer that chooses the parent.
    """

    parents: dict[str, str]
    depends_on: str = ""

    def judge(self, answers: Answers, row_id: str) -> Iterable[Finding]:
        """See :class:`CheckRule`."""
        field = self.subject.field
        value = self.subject.value(answers, row_id)
        if isinstance(value, Unparsed):
            yield Finding("unparsed", reading_severity(field), (value.text,))
        elif field.type in CHOICE_TYPES:
            yield from self._unlisted(value, answers, row_id)
        elif field.type == "region" and isinstance(value, str):
            yield from _unknown_region(field, value)
        elif isinstance(value, str):
            yield from _placeholder(value)
            yield from _advised_length(field, value)

    def _unlisted(self, value: Value, answers: Answers, row_id: str) -> Iterable[Finding]:
        names = [name for name in (value if isinstance(value, tuple) else (value,)) if isinstance(name, str)]
        for name in names:
            if name.startswith(OTHER):
                yield from _placeholder(name.removeprefix(OTHER))
        parent = self.subject.lookup(answers, row_id)(self.depends_on) if self.depends_on else None
        unlisted = [
            name for name in names if not name.startswith(OTHER) and not self._is_listed(name, parent)
        ]
        if unlisted:
            yield Finding("unknown_choice", reading_severity(self.subject.field), tuple(unlisted))

    def _is_listed(self, name: str, parent: object) -> bool:
        return name in self.parents and (not isinstance(parent, str) or self.parents[name] in {"", parent})


class RowsCheck(CheckRule, eq=False, kw_only=True):
    """Whether a table has about as many rows as advised, and a tree about as many levels."""

    def judge(self, answers: Answers, row_id: str) -> Iterable[Finding]:
        """See :class:`CheckRule`."""
        field = self.subject.field
        state = answers.tables[field.name]
        rows = tuple(row for row in state.rows.values() if row.id in state.filled)
        if 0 < len(rows) < field.min_rows:
            severity = Severity.HINT if field.severity == "hint" else Severity.WARNING
            yield Finding("min_rows", severity, (str(len(rows)), str(field.min_rows)))
        if field.type == "tree" and rows:
            levels = max(node_levels(rows).values())
            if not field.levels[0] <= levels <= field.levels[1]:
                yield Finding("levels", Severity.HINT, (str(levels), *map(str, field.levels)))


class PackCheck(CheckRule, eq=False, kw_only=True):
    """A check of the pack."""

    check: Check
    test: Expression

    def judge(self, answers: Answers, row_id: str) -> Iterable[Finding]:
        """See :class:`CheckRule`."""
        if answers.evaluate(self.test, self.subject.lookup(answers, row_id)) is False:
            yield Finding(self.check.name, Severity(self.check.severity), (), self.check)


def is_filled(subject: Subject, answers: Answers, row_id: str = "") -> bool:
    """Whether something stands there: text that cannot be read counts, rows without any answer do not."""
    if subject.owner.type in ROW_TYPES and not subject.in_rows:
        return bool(answers.tables[subject.owner.name].filled)
    return not is_blank(subject.value(answers, row_id))


def reading_severity(field: Field) -> Severity:
    """What cannot be read is 请核实, and 必须改 only where the field's own rule is official."""
    return Severity.ERROR if field.severity == "error" else Severity.WARNING


def _holds(condition: bool | Expression, subject: Subject, answers: Answers, row_id: str) -> bool:
    if isinstance(condition, bool):
        return condition
    return answers.evaluate(condition, subject.lookup(answers, row_id)) is True


@cache
def _placeholder_patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    return re.compile(PLACEHOLDER_SIGNS), re.compile(PLACEHOLDER)


def _placeholder(text: str) -> Iterable[Finding]:
    signs, placeholder = _placeholder_patterns()
    found = placeholder.search(text) if signs.search(text) else None
    if found:
        yield Finding("placeholder", Severity.WARNING, (found[0][:12],))


def _advised_length(field: Field, text: str) -> Iterable[Finding]:
    if not (field.min_chars or field.max_chars) or not text.strip():
        return
    chars = count_chars(text)
    if chars < field.min_chars:
        yield Finding("too_short", Severity.HINT, (str(field.min_chars - chars), str(field.min_chars)))
    elif field.max_chars and chars > field.max_chars:
        yield Finding("too_long", Severity.HINT, (str(chars - field.max_chars), str(field.max_chars)))


def _unknown_region(field: Field, code: str) -> Iterable[Finding]:
    # region data are read when the first region is answered, not when the program starts
    from pilotdesk.forms.regions import region_label

    if region_label(code) is None:
        yield Finding("unknown_choice", reading_severity(field), (code,))
