"""``Snapshot``: one draft at one moment, frozen; what workers, writers and checks are given."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from pilotdesk.record import Record

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pilotdesk.forms.attic import AtticEntry
    from pilotdesk.forms.values import Value


PROJECT_SIGNS: Final = 12
"""So many signs of a project's id are printed, packed, and known to the province."""


class Snapshot(Record, frozen=True, kw_only=True):
    """All answers of a draft.

    Attributes:
        values: path to value, calculated fields among them; tables whole under their name, cells not listed.
        irrelevant: names of steps (``step:cover``), groups (``group:credit``) and fields that are not relevant now.
        project_id, draft_id: ids of the store; empty for a draft that was never stored.
        revision: number of final versions so far.
        final_codes: check codes of the last of them, one of every document; empty where they are not known.
        accepted: ``code@path`` to the reason with which the user confirmed a 请核实.
        practice: whether this is the practice sample, which never becomes a final version.
        carried: path to value of what the other forms of the project said when they were last looked at.
        attic: answers that have no place in the form any more.
    """

    values: Mapping[str, Value]
    irrelevant: frozenset[str] = frozenset()
    project_id: str = ""
    draft_id: str = ""
    revision: int = 0
    final_codes: frozenset[str] = frozenset()
    accepted: Mapping[str, str]
    practice: bool = False
    carried: Mapping[str, Value] = MappingProxyType({})
    attic: tuple[AtticEntry, ...] = ()

    @property
    def project(self) -> str:
        """The id of the project as files say it, shortened to what a QR code has room for; empty where there is none."""
        return self.project_id.removeprefix("p_")[:PROJECT_SIGNS]

    def value(self, path: str) -> Value:
        """The value at a scalar or table path; ``None`` when unanswered."""
        return self.values.get(path)
