"""What the tests of timeline, calendar and hand-over share: the shipped round and cards made in one line."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from pilotdesk.drafts.records import DraftCard, DraftFacts
from pilotdesk.forms.shipped import load_shipped

if TYPE_CHECKING:
    from pilotdesk.forms.round import Round

DAY = date(2026, 11, 23)
PROJECT = "p_0123456789ab"


@cache
def the_round() -> Round:
    return load_shipped("2026").round


def card(
    form: str, *, revision: int = 0, percent: int = 40, errors: int = 0, updated: str = "2026-06-01"
) -> DraftCard:
    return DraftCard(
        draft_id=f"d_{form}",
        project_id=PROJECT,
        form=form,
        round="2026",
        facts=DraftFacts(title="试点", percent=percent, errors=errors),
        practice=False,
        revision=revision,
        created="2026-05-01T00:00:00.000Z",
        updated=f"{updated}T00:00:00.000Z",
    )
