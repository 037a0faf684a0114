"""``Issue``: one thing to mend, in the six parts that the check page shows."""

from __future__ import annotations

from enum import Enum
from typing import Final

from pilotdesk.forms.values import field_name
from pilotdesk.record import Record

GAPS: Final = "gaps"
"""Begins the code of an issue that speaks of several missing cells; the severity follows."""


class Severity(Enum):
    """How grave an issue is. Only ``ERROR`` blocks the final export."""

    ERROR = "error"
    WARNING = "warning"
    HINT = "hint"

    @property
    def rank(self) -> int:
        """0 for the gravest."""
        return list(Severity).index(self)


class Issue(Record, frozen=True, kw_only=True):
    """One issue.

    Attributes:
        code: stable code: that of the finding (:class:`pilotdesk.rules.checking.Finding`), or ``gaps_`` and the severity
            where ``gaps`` has several.
        path: the answer it is shown at; a cell path for a cell.
        severity: 必须改 / 请核实 / 建议.
        what, why, where, fix, example: Chinese sentences; ``where`` is step, number and label (and row).
        source: keys of the pack's sources.
        gaps: paths of the cells that are missing, of an issue that speaks of several; ``path`` is the first.
    """

    code: str
    path: str
    severity: Severity
    what: str
    why: str = ""
    where: str = ""
    fix: str = ""
    example: str = ""
    source: tuple[str, ...] = ()
    gaps: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """``code@path``, under which a 请核实 is answered; of gaps ``code@table``, the same while they are filled."""
        return f"{self.code}@{field_name(self.path) if self.gaps else self.path}"
