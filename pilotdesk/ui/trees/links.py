"""What a tree has to do with the table beside it: which rows belong to which node, and what that says of a node."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from pilotdesk.forms.values import Row, cell_path
from pilotdesk.rules.functions_links import PENDING, node_of
from pilotdesk.ui.look.severity import MARKS
from pilotdesk.ui.trees.view import NodeRemark

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pilotdesk.documents.blocks import FigureNode
    from pilotdesk.forms.model import Field
    from pilotdesk.session import Session
    from pilotdesk.ui.trees.nodes import Nodes

LINK: Final = "system_code"
"""Column of a table that names a node of the tree by its code (体系编号)."""
STATUS, PLANNED = "status", "planned"
WANTING: Final = "待补充"


def linked_table(session: Session, tree: Field) -> Field | None:
    """The table of the same step whose rows belong to nodes of the tree; ``None`` when there is none."""
    fields, steps = session.form.fields, session.form.step_of
    return next(
        (
            field
            for field in fields.values()
            if field.type == "table" and not field.calculation and steps[field.name] == steps[tree.name]
            if any(column.name == LINK for column in field.columns)
        ),
        None,
    )


def codes_of(nodes: Nodes) -> dict[str, Row]:
    """Code to node."""
    coded: dict[str, Row] = {}
    for row in nodes.by_id.values():
        code = row.cell("code")
        if isinstance(code, str):
            coded.setdefault(code, row)
    return coded


def node_of_row(row: Row, coded: dict[str, Row]) -> str:
    """Id of the node that a row of the table belongs to; empty for none."""
    code = row.cell(LINK)
    found = node_of(code, coded) if isinstance(code, str) else None
    return coded[found].id if found is not None else ""


def own_counts(session: Session, tree: Field, nodes: Nodes) -> tuple[Counter[str], Counter[str]]:
    """Rows of the linked table right at each node, and how many of them are still to be made."""
    table = linked_table(session, tree)
    every, planned = Counter[str](), Counter[str]()
    if table is None:
        return every, planned
    coded = codes_of(nodes)
    for row in session.rows(table.name):
        node = node_of_row(row, coded)
        every[node] += 1
        planned[node] += row.cell(STATUS) == PLANNED
    return every, planned


def remarks_of(session: Session, tree: Field, nodes: Nodes) -> Mapping[str, NodeRemark]:
    """Remark of every node: how many rows are below it, or that there are none, and the gravest issue."""
    has_table = linked_table(session, tree) is not None
    counts, _ = own_counts(session, tree, nodes)
    found: dict[str, NodeRemark] = {}
    for row_id, row in nodes.by_id.items():
        count = sum(counts[each.id] for each in nodes.branch(row_id))
        paths = [cell_path(tree.name, row_id, column.name) for column in tree.columns]
        issues = [issue for path in paths for issue in session.issues_at(path)]
        icon = MARKS[issues[0].severity].icon if issues else ""
        spoken = issues[0].what if issues else ""
        if not has_table:
            found[row_id] = NodeRemark(icon=icon, spoken=spoken)
        elif count or nodes.below(row_id):
            found[row_id] = NodeRemark(str(count), icon=icon, spoken=spoken or f"{count} 项")
        else:
            open_mark = "" if row.cell("state") == PENDING else "alert-triangle-filled"
            found[row_id] = NodeRemark(WANTING, "warn", icon or open_mark, spoken or "还没有标准")
    return found


def figure_roots(session: Session, tree: Field, nodes: Nodes) -> tuple[FigureNode, ...]:
    """The tree as the figure shows it."""
    from pilotdesk.documents.blocks import FigureNode  # a figure is rarely looked at

    every, planned = own_counts(session, tree, nodes)

    def made(row: Row) -> FigureNode:
        below = tuple(made(child) for child in nodes.below(row.id))
        return FigureNode(
            id=row.id,
            code=str(row.cell("code") or ""),
            name=str(row.cell("name") or ""),
            count=every[row.id] + sum(child.count for child in below),
            planned=planned[row.id] + sum(child.planned for child in below),
            children=below,
        )

    return tuple(made(row) for row in nodes.below(None))


def next_link(session: Session, table: Field, code: str) -> str:
    """The 体系编号 of a new row under a node: ``202.06`` after ``202.05``; the code with ``.01`` for the first."""
    column = [row.cell(LINK) for row in session.rows(table.name)]
    numbers = [
        int(text.removeprefix(f"{code}."))
        for text in column
        if isinstance(text, str) and text.startswith(f"{code}.") and text.removeprefix(f"{code}.").isdecimal()
    ]
    return f"{code}.{max(numbers, default=0) + 1:02}"
