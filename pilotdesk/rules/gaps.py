"""Cells that must be filled and are not: many of one table are said in one line.

A table that a new draft begins with has rows with empty cells, and a table that was just pasted has too. They are
work to be done, not as many things that are wrong.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from msgspec.structs import replace

from pilotdesk.forms.lookup import column_of
from pilotdesk.forms.values import split_cell_path
from pilotdesk.rules.issue import GAPS
from pilotdesk.rules.sentences import step_title

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pilotdesk.forms.model import Form
    from pilotdesk.rules.issue import Issue, Severity

REQUIRED: Final = "required"


def gathered(form: Form, issues: Iterable[Issue]) -> tuple[Issue, ...]:
    """Issues with the missing cells of a table in one of them, per severity; a single one stays as it is.

    Args:
        form: the form.
        issues: in the order of the form.

    Returns:
        Issues in the same order; where cells were gathered, one with ``gaps`` stands in the place of the first.
    """
    listed: list[Issue] = []
    cells: dict[tuple[str, Severity], list[Issue]] = {}
    for issue in issues:
        place = split_cell_path(issue.path) if issue.code == REQUIRED else None
        if place is None:
            listed.append(issue)
            continue
        group = cells.setdefault((place[0], issue.severity), [])
        if not group:
            listed.append(issue)
        group.append(issue)
    together = {id(group[0]): group for group in cells.values() if len(group) > 1}
    return tuple(
        gap_issue(form, issue, [gap.path for gap in together[id(issue)]]) if id(issue) in together else issue
        for issue in listed
    )


def gap_issue(form: Form, first: Issue, paths: Sequence[str]) -> Issue:
    """One issue for missing cells of one table and severity.

    Args:
        form: the form.
        first: the issue of the first of them; the line leads there.
        paths: of all the cells, in the order of the table.
    """
    places = [place for path in paths if (place := split_cell_path(path)) is not None]
    table = form.fields[places[0][0]]
    columns = Counter(column for _, _, column in places)
    counts = "、".join(f"{column_of(table, name).label} {count} 格" for name, count in columns.items())
    title = f"{table.number} {table.label}".strip()
    return replace(
        first,
        code=f"{GAPS}_{first.severity.value}",
        what=f"{title}还有 {len(places)} 格没有填。",
        why="",
        where=f"{step_title(form, table)} › {title}",
        fix=f"{counts}。从第一处填起，填一格少一格。",
        example="",
        gaps=tuple(paths),
    )
