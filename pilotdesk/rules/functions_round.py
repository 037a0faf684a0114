"""Functions that ask the round and the choice lists of the pack."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pilotdesk.rules.functions_codes import REGION_STANDARD, province_of
from pilotdesk.rules.registry import Context, function

if TYPE_CHECKING:
    from datetime import date

ROUND: Final = "round.toml"


@function(returns="text", source=ROUND, wants_context=True)
def cycle_start(context: Context) -> str | None:
    """The first month of the build period, ``2027-01``."""
    return context.round.cycle[0] if context.round else None


@function(returns="text", source=ROUND, wants_context=True)
def cycle_end(context: Context) -> str | None:
    """The last month of the build period, ``2028-12``."""
    return context.round.cycle[1] if context.round else None


@function(returns="date", source=ROUND, wants_context=True)
def notice_day(context: Context) -> date | None:
    """The day on which the notice was issued."""
    return context.round.issued if context.round else None


@function("deadline_name", returns="date", source=ROUND, wants_context=True)
def deadline(context: Context, name: str) -> date | None:
    """A date of the round's calendar; unknown where the notice gives none.

    Names are those of ``round.toml``: ``value <= deadline('upload')``.
    """
    dates = context.round.deadline if context.round else ()
    return next((one.day for one in dates if one.name == name), None)


@function("text", "list_name", returns="text", source="choice lists of the pack", wants_context=True)
def label_of(context: Context, name: str, list_name: str) -> str | None:
    """The label of a choice: ``{label_of(uscc_kind(uscc), 'unit_kinds')}``; unknown when the list has no such choice."""
    choices = context.lists.get(list_name, ())
    return next((choice.label for choice in choices if choice.name == name), None)


@function("text", returns="text", source=f"{ROUND}, {REGION_STANDARD}", wants_context=True)
def submitter_of(context: Context, region: str) -> str | None:
    """The code of the 推荐单位 for a region.

    Places that are run by the 兵团 have codes beginning with 659 (county level, directly under the region): they go to
    the 兵团's own submitter. That reading is inferred.
    """
    province = "XPCC" if region.startswith("659") else province_of(region)
    submitters = context.round.submitter if context.round else ()
    return next((one.code for one in submitters if one.province == province), None)


@function("text", returns="text", source=ROUND, wants_context=True)
def submitter_province(context: Context, submitter: str) -> str | None:
    """The province code of a 推荐单位, ``650000`` for the 兵团 as well, so that it compares with ``province_of``."""
    submitters = context.round.submitter if context.round else ()
    province = next((one.province for one in submitters if one.code == submitter), None)
    return "650000" if province == "XPCC" else province
