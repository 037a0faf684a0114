"""What the store gives out: plain records, without a connection behind them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import msgspec

from pilotdesk.record import Record

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pilotdesk.forms.attic import AtticEntry
    from pilotdesk.forms.values import Value

TYPED: Final = "typed"
BEGUN: Final = "begun"
"""Origin of what the form itself begins a draft with: nobody typed it."""
_STEPS: Final = frozenset({"carried", "imported", "merged", "restored", "read_back", "migrated"})
_OF_THE_WHOLE: Final = frozenset({"deleted", "undeleted", "purged"})
UNDONE: Final = "undone_"
ORIGINS: Final = frozenset(
    {TYPED, BEGUN, "sample"} | _STEPS | {f"{UNDONE}{step}" for step in _STEPS} | _OF_THE_WHOLE
)
"""How values come into a draft: typed in, with the form, with the practice sample; from another form of the project, from a
package, by a merge, out of the history, read back from a document, by a new version of the form; by taking one of these
steps back. And of the whole draft: deleted, brought back, taken away for good."""

WHOLE_DRAFT: Final = "*"
"""Path of a history entry that is about the draft and none of its fields; its value is ``None``."""


class DraftFacts(Record, frozen=True, kw_only=True):
    """What the start page shows of a draft without opening it; written with every save.

    Attributes:
        title: project name as typed, empty while unanswered. unit: name of the undertaking unit.
        pilot_field: its printed label. percent: 0…100, how much of the required is filled.
        errors, warnings: open issues.
    """

    title: str = ""
    unit: str = ""
    pilot_field: str = ""
    percent: int = 0
    errors: int = 0
    warnings: int = 0


class DraftCard(Record, frozen=True, kw_only=True):
    """One draft in a list. Times are UTC, ``YYYY-MM-DDTHH:MM:SS.mmmZ``; ``step`` is where it was left.

    ``form_version`` is the version of its form that it was written for. ``edited``: whether anything was written since
    the last final version went out. ``deleted``: when it was deleted; empty while it is not.
    """

    draft_id: str
    project_id: str
    form: str
    round: str
    facts: DraftFacts
    practice: bool
    revision: int
    created: str
    updated: str
    step: str = ""
    form_version: int = 1
    edited: bool = False
    deleted: str = ""

    @property
    def recency(self) -> tuple[str, int, str]:
        """Sorts the drafts of one form: a converted one comes after the one that it was made of, whatever was typed."""
        return self.round, self.form_version, self.updated


class DraftRecord(Record, frozen=True, kw_only=True):
    """A draft with its answers.

    Attributes:
        values: path to value: scalars, person parts, whole tables and attachment lists.
        accepted: ``code@path`` to reason.
        form_version, pack_digest: the pack it was written for.
        carried: path to value of what the other forms of the project said when they were last looked at.
        attic: answers that have no place in the form any more, in the order in which they were put away.
    """

    card: DraftCard
    form_version: int
    pack_digest: str
    values: Mapping[str, Value]
    accepted: Mapping[str, str] = msgspec.field(default_factory=dict)
    carried: Mapping[str, Value] = msgspec.field(default_factory=dict)
    attic: tuple[AtticEntry, ...] = ()


class HistoryEntry(Record, frozen=True, kw_only=True):
    """One saved value.

    Attributes:
        value: what the path held from ``at`` on. origin: how it came there.
        by: who wrote it; empty where that is not known.
    """

    seq: int
    path: str
    value: Value
    origin: str
    at: str
    by: str = ""


class NamedVersion(Record, frozen=True, kw_only=True):
    """A state of a draft that somebody gave a name, such as 交第一稿前.

    Attributes:
        version_id: its number. name: as typed. seq: the last history entry that is in it.
        at, by: when the name was given, and by whom.
    """

    version_id: int
    name: str
    seq: int
    at: str
    by: str = ""


class ExportMark(Record, frozen=True, kw_only=True):
    """A file that went out, in the history of its draft.

    Attributes:
        seq: the last history entry when it had been written; 0 where that is not known.
        at: the time stamp. kind: ``word`` or ``pdf``. check_code: empty for a draft print.
    """

    seq: int
    at: str
    kind: str
    check_code: str
