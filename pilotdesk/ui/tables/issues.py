"""What is said below a table: of the current cell first, then the gravest; missing cells together in one line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pilotdesk.forms.values import split_cell_path
from pilotdesk.rules.gaps import REQUIRED, gap_issue
from pilotdesk.ui.editors.base import UNFILLED

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pilotdesk.rules.issue import Issue, Severity
    from pilotdesk.session import Session

SAID: Final = 6
"""Issues of a table that are put into words at most; the others are counted."""

Line = tuple[tuple[str, ...], "Severity", str]
"""Cells that are spoken of together, severity, code."""


def table_issues(
    session: Session, table: str, *, here: str, shown: Mapping[str, int], unfilled: bool
) -> tuple[tuple[Issue, ...], int]:
    """Issues of a table to be said, and the number of lines there are in all.

    Args:
        session: the open draft.
        table: its name.
        here: path of the current cell; what is wrong there is said by itself.
        shown: ids of the rows that are shown, with their place.
        unfilled: whether what is missing counts.
    """
    columns = {column.name: at for at, column in enumerate(session.field(table).columns)}

    def place(path: str) -> tuple[bool, int, int]:
        cell = split_cell_path(path)
        if cell is None:
            return (False, -1, -1)
        return (cell[1] not in shown, shown.get(cell[1], 0), columns[cell[2]])

    lines: list[Line] = []
    gaps: dict[Severity, list[str]] = {}
    for path, finding in session.engine.findings(table):
        if finding.code == REQUIRED and split_cell_path(path) and path != here:
            gaps.setdefault(finding.severity, []).append(path)
        elif unfilled or finding.code not in UNFILLED:
            lines.append(((path,), finding.severity, finding.code))
    if unfilled:
        lines += [(tuple(sorted(paths, key=place)), severity, REQUIRED) for severity, paths in gaps.items()]
    lines.sort(key=lambda line: (line[0][0] != here, place(line[0][0])[0], line[1].rank, place(line[0][0])))
    return tuple(issue for line in lines[:SAID] if (issue := _issue(session, line)) is not None), len(lines)


def _issue(session: Session, line: Line) -> Issue | None:
    paths, severity, code = line
    first = next(
        (one for one in session.issues_at(paths[0]) if one.code == code and one.severity is severity), None
    )
    if first is None or len(paths) == 1:
        return first
    return gap_issue(session.form, first, paths)
