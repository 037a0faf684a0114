"""The four drafts of the sample project, each with what the others carry into it, on a day of its own year."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from pilotdesk.forms.answers_file import begun_values
from pilotdesk.forms.carry import carried_values, merged_with
from pilotdesk.forms.shipped import load_shipped
from pilotdesk.paths import resources_dir
from pilotdesk.projects import read_answers_file
from pilotdesk.session import Session

if TYPE_CHECKING:
    from pilotdesk.forms.model import FormPack
    from pilotdesk.forms.values import Value

FOLDER = resources_dir() / "sample"
DAYS = {
    "application": date(2026, 6, 20),
    "summary_2027": date(2027, 11, 20),
    "summary_2028": date(2028, 11, 20),
    "self_assessment": date(2029, 1, 20),
}
"""Forms in the order of a project's life, and the days on which the sample's are looked at."""


def sample_sessions(pack: FormPack | None = None) -> dict[str, Session]:
    """Form name to session."""
    pack = pack or load_shipped("2026")
    others: dict[str, dict[str, Value]] = {}
    sessions: dict[str, Session] = {}
    for name, day in DAYS.items():
        form = pack.forms[name]
        typed, _ = read_answers_file(pack, name, FOLDER / f"{name}.json")
        carried = carried_values(form, others)
        sessions[name] = Session(pack, name, begun_values(form, merged_with(form, carried, typed)), today=day)
        others[name] = dict(sessions[name].values)
    return sessions
