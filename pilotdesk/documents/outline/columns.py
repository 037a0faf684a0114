"""Which columns of a table stand in which printed one, for those who read a document back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pilotdesk.documents.outline.tables import printed_columns

if TYPE_CHECKING:
    from pilotdesk.forms.model import Field, Form

LEDGER_COLUMNS: Final = (("code",), ("title", "file", "note"), ("kind",), ("issued",), (), (), ())
"""Columns of the 佐证材料目录 as :func:`pilotdesk.documents.outline.directory.directory_table` prints them."""


def columns_of(form: Form, field: Field) -> tuple[tuple[str, ...], ...]:
    """Names of the field's columns in each printed one; none where that is worked out."""
    if field.name == form.head.ledger:
        known = {column.name for column in field.columns}
        return tuple(tuple(name for name in names if name in known) for names in LEDGER_COLUMNS)
    columns = tuple(tuple(column.name for column in joined) for joined in printed_columns(field))
    return ((),) * field.print.serial + columns
