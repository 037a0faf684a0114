"""What found no place, as text that is copied by hand into Word: tables with tabs, so that they paste as cells."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pilotdesk.documents.filling.values import Values
    from pilotdesk.forms.values import Row

_COLUMN: Final = re.compile(r"(?P<table>[a-z][a-z0-9_]*)\[\]\.[a-z][a-z0-9_]*")
_ROW: Final = re.compile(r"(?P<table>[a-z][a-z0-9_]*)\[(?P<row>\d+)\]")


def text_to_copy(values: Values, path: str) -> str:
    r"""The printed text of a path of :class:`~pilotdesk.documents.filling.filling.Unplaced`.

    Rows of a table are lines, their columns separated by tabs; of a single column a line a row; of one row its columns.

    Args:
        values: the answers.
        path: ``unit_name``, ``standards``, ``standards[].name``, ``standards[2]``; several joined by ``+``.
    """
    if "+" in path:
        return "\n".join(filter(None, (text_to_copy(values, one) for one in path.split("+"))))
    column = _COLUMN.fullmatch(path)
    if column:
        return "\n".join(
            _one_line(values.cell(column["table"], row, path)) for row in values.rows(column["table"])
        )
    row = _ROW.fullmatch(path)
    if row:
        listed = values.rows(row["table"])
        at = int(row["row"]) - 1
        return _cells(values, row["table"], listed[at]) if 0 <= at < len(listed) else ""
    field = values.form.fields.get(path)
    if field is not None and field.columns:
        return "\n".join(_cells(values, path, row) for row in values.rows(path))
    return values.text(path)


def _cells(values: Values, table: str, row: Row) -> str:
    """A row, without the columns that nobody answered in any row."""
    paths = [f"{table}[].{column.name}" for column in values.form.fields[table].columns]
    shown = [path for path in paths if any(values.cell(table, one, path) for one in values.rows(table))]
    return "\t".join(_one_line(values.cell(table, row, path)) for path in shown)


def _one_line(text: str) -> str:
    return " ".join(text.split("\n"))
