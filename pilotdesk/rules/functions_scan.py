"""Functions that go over running text. What they need is imported with the first check, not when the program starts."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from pilotdesk.forms.values import Row
from pilotdesk.rules.registry import Context, function

TEXT: Final = "how Chinese applications are written; each finding is for a person to judge"
BASE_YEARS: Final = 2
"""Years before the build period that its base figures come from: 2025 for 2027."""


def _has_units(text: str) -> bool:
    from pilotdesk.rules import scan_units

    return bool(scan_units.named_units(text))


def _has_figures(text: str) -> bool:
    from pilotdesk.rules import scan_figures

    return bool(scan_figures.figures_of(text))


def _has_numbers_of_standards(text: str) -> bool:
    from pilotdesk.rules import scan_standards

    return bool(scan_standards.numbers_in(text))


def _has_private_numbers(text: str) -> bool:
    from pilotdesk.rules import scan_private

    return scan_private.may_have(text)


@function("text", returns="list", source="GB 11643: identity numbers", glance=_has_private_numbers)
def private_numbers(text: str) -> tuple[str, ...]:
    """Identity card and mobile numbers in a text, with their middle covered."""
    from pilotdesk.rules import scan_private

    return scan_private.private_numbers(text)


@function("text", "any", "any*", returns="list", source=TEXT, takes_unknown=True, glance=_has_units)
def other_units(text: str | None, region: object, *known: object) -> tuple[str, ...] | None:
    """Full names of units in a text that are not of the region and not among the known names.

    ``other_units(value, region, unit_name, participating_units.name)``; names and columns of names may be given.
    """
    if not isinstance(text, str) or not isinstance(region, str):
        return None
    from pilotdesk.rules import scan_units

    names: list[str] = []
    for one in known:
        names += [one] if isinstance(one, str) else [name for name in _listed(one) if isinstance(name, str)]
    return scan_units.other_units(text, region, tuple(names))


@function("text", returns="list", source="round.toml: the build period", wants_context=True)
def years_outside(context: Context, text: str) -> tuple[str, ...] | None:
    """Years in text that plans and that are not of the build period; earlier years of history do not count."""
    if context.round is None:
        return None
    from pilotdesk.rules import scan_phrases

    begin, end = (int(month[:4]) for month in context.round.cycle)
    return scan_phrases.years_outside(text, begin, end)


@function(
    "rows",
    "text",
    "column_name",
    "column_name",
    "column_name*",
    returns="list",
    source=TEXT,
    wants_context=True,
)
def figures_apart(
    context: Context, rows: tuple[object, ...], text: str, *columns: str
) -> tuple[str, ...] | None:
    """Figures in a text that stand beside a noun of the table and are none of its numbers.

    ``figures_apart(targets, value, 'indicator', 'unit', 'base_value', 'value_2027', 'value_2028')``
    """
    if context.round is None:
        return None
    from pilotdesk.rules import scan_figures

    base_year = int(context.round.cycle[0][:4]) - BASE_YEARS
    return scan_figures.figures_apart(text, rows, columns, base_year)


@function("text", "number", "text", "text*", returns="list", source=TEXT, glance=_has_figures)
def counts_apart(text: str, number: int | Decimal, unit: str, *nouns: str) -> tuple[str, ...]:
    """Figures that say another number of something: ``counts_apart(value, full_time_staff, '人/名', '专职')``."""
    from pilotdesk.rules import scan_figures

    return scan_figures.counts_apart(text, Decimal(number), unit, nouns)


@function("text", "number", "text", returns="list", source=TEXT)
def counts_before(text: str, number: int | Decimal, counted: str) -> tuple[str, ...]:
    """The same where the number comes first: ``counts_before(value, count(participating_units), '家参加单位')``."""
    from pilotdesk.rules import scan_figures

    return scan_figures.counts_before(text, Decimal(number), counted)


@function("text", "text", returns="list", source="resources/sample")
def copied_from_sample(text: str, unit_name: str) -> tuple[str, ...]:
    """Sentences of a text that stand in the practice sample; none where the sample's own unit applies."""
    from pilotdesk.rules import scan_copied

    return scan_copied.copied_sentences(text, unit_name)


@function(
    "text", returns="list", source="resources/replaced_standards.toml", glance=_has_numbers_of_standards
)
def replaced_standards(text: str) -> tuple[str, ...]:
    """Numbers of standards in a text that are known to be replaced, with what replaces them."""
    from pilotdesk.rules import scan_standards

    return scan_standards.replaced_in(text)


@function("text", "list", returns="list", source=TEXT, glance=_has_numbers_of_standards)
def cited_otherwise(text: str, numbers: tuple[object, ...]) -> tuple[str, ...]:
    """Standards in a text that a column lists in another edition: ``cited_otherwise(value, standards.number)``."""
    from pilotdesk.rules import scan_standards

    return scan_standards.cited_otherwise(text, numbers)


@function("text", "list", returns="list", source=TEXT, glance=_has_numbers_of_standards)
def standards_named(text: str, numbers: tuple[object, ...]) -> tuple[str, ...]:
    """Those of the given numbers of standards that a text names."""
    from pilotdesk.rules import scan_standards

    return scan_standards.named_in(text, numbers)


@function("text", returns="list", source="forms of the pack: standards above the unit need 立项")
def national_promises(text: str) -> tuple[str, ...]:
    """Promises that a national or sector standard will be issued."""
    from pilotdesk.rules import scan_phrases

    return scan_phrases.national_promises(text)


@function("text", returns="list", source="the notice speaks of no money")
def money_asked(text: str) -> tuple[str, ...]:
    """Requests for money from above."""
    from pilotdesk.rules import scan_phrases

    return scan_phrases.money_asked(text)


@function("text", returns="list", source="the notice forbids 督导 and 考核验收", wants_context=True)
def visits_expected(context: Context, text: str) -> tuple[str, ...] | None:
    """Supervision visits and acceptance of the pilot that a text counts on; those before the build period are past."""
    if context.round is None:
        return None
    from pilotdesk.rules import scan_phrases

    return scan_phrases.visits_expected(text, int(context.round.cycle[0][:4]))


@function("text", returns="list", source="the notice asks to spare the lowest level")
def burdens(text: str) -> tuple[str, ...]:
    """Reports that the lowest level is to hand in every day or week."""
    from pilotdesk.rules import scan_phrases

    return scan_phrases.burdens(text)


def _listed(value: object) -> tuple[object, ...]:
    return tuple(item for item in value if not isinstance(item, Row)) if isinstance(value, tuple) else ()
