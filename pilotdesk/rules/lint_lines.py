"""Finds what is wrong with the expressions of a ``review.toml``: the lines that say how things stand with a review point."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pilotdesk.rules.lint_places import ExpressionLint, ExpressionMistake
from pilotdesk.rules.subjects import field_subject

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pilotdesk.forms.model import FormPack
    from pilotdesk.forms.review_sheet import ReviewFile, Sheet


def lint_lines(pack: FormPack, review: ReviewFile | None) -> list[ExpressionMistake]:
    """All mistakes in the lines of all review points, sheet by sheet, for every form that the sheet is for.

    Args:
        pack: has the forms; names of others are noted elsewhere.
        review: of the same pack; ``None`` where it has none.
    """
    return [mistake for sheet in (review.sheet if review else ()) for mistake in _of_sheet(pack, sheet)]


def _of_sheet(pack: FormPack, sheet: Sheet) -> Iterator[ExpressionMistake]:
    for form in (pack.forms[name] for name in sheet.forms if name in pack.forms):
        looking = ExpressionLint(form, pack.round)
        subject = field_subject(form.fields[form.head.unit_name])
        for point in sheet.point:
            for at, clause in enumerate(point.line, 1):
                where = f"review.toml / point {point.name} / line {at}"
                looking.flag(clause.test, subject, where, "test")
                looking.message(clause.say, subject, where, "say")
        yield from looking.found
