"""Where every field and rule of the pack comes from."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from pilotdesk.forms.lint import lint_pack
from pilotdesk.forms.model import OFFICIAL_KINDS
from pilotdesk.forms.shipped import load_shipped
from pilotdesk.paths import forms_dir
from pilotdesk.rules.lint import lint_expressions

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pilotdesk.forms.model import Check, Field

PACK = load_shipped("2026")
NOTICE = (forms_dir() / "2026" / "notice.txt").read_text(encoding="utf-8").replace("\n", "")


def cited() -> Iterator[tuple[str, tuple[str, ...], str]]:
    """Where, source keys and severity of everything that cites."""
    for deadline in PACK.round.deadline:
        yield f"deadline {deadline.name}", deadline.source, "hint"
    for pilot_field in PACK.round.pilot_field:
        yield f"field {pilot_field.code}", pilot_field.source, "hint"
    for form in PACK.forms.values():
        for field in form.fields.values():
            yield from of_field(field, f"{form.head.name} {field.name}", field.source)
        for check in form.head.check:
            yield f"{form.head.name} {check.name}", check.source, check.severity


def of_field(field: Field, where: str, above: tuple[str, ...]) -> Iterator[tuple[str, tuple[str, ...], str]]:
    source = field.source or above
    yield where, source, field.severity
    checks: tuple[Check, ...] = field.check
    for check in checks:
        yield f"{where} {check.name}", check.source, check.severity
    for inner in (*field.columns, *field.parts):
        yield from of_field(inner, f"{where}.{inner.name}", source)


CITED = list(cited())


def test_everything_cites_sources_that_exist():
    for where, keys, _ in CITED:
        assert keys, where
        assert set(keys) <= PACK.sources.keys(), where


def test_nothing_is_an_error_unless_the_notice_or_a_standard_says_so():
    errors = [(where, keys) for where, keys, severity in CITED if severity == "error"]
    assert len(errors) > 10
    for where, keys in errors:
        assert {PACK.sources[key].kind for key in keys} & OFFICIAL_KINDS, where


@pytest.mark.parametrize(
    "key", [key for key, source in PACK.sources.items() if source.kind == "notice"], ids=str
)
def test_a_clause_of_the_notice_is_quoted_word_for_word(key):
    quote = PACK.sources[key].quote
    assert quote
    assert quote in NOTICE


def test_all_nine_clauses_and_eight_annex_items_are_quoted():
    assert {f"notice_{number}" for number in range(1, 10)} <= PACK.sources.keys()
    assert {f"annex_{number}" for number in range(1, 9)} <= PACK.sources.keys()


def test_only_clauses_of_the_notice_stay_uncited():
    used = {key for _, keys, _ in CITED for key in keys}
    assert all(PACK.sources[key].kind == "notice" for key in PACK.sources.keys() - used)


def test_habits_go_by_the_number_of_their_source_and_have_a_title():
    for key, source in PACK.sources.items():
        if source.kind == "habit":
            assert re.fullmatch(r"habit_\d+", key)
        assert source.title


def test_the_lint_has_nothing_to_say():
    assert [mistake.line_text() for mistake in lint_pack(forms_dir() / "2026")] == []
    assert lint_expressions(PACK) == []


def test_the_pack_does_not_pass_for_official():
    assert [form.head.official for form in PACK.forms.values()] == [False] * 4
