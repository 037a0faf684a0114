"""Rows that somebody put in, took out or moved in a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pilotdesk.documents.edited.aligning import risen
from pilotdesk.documents.edited.records import RowEdit
from pilotdesk.documents.edited.tables import new_path, row_path
from pilotdesk.forms.lookup import column_of
from pilotdesk.forms.values import is_blank

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from pilotdesk.documents.edited.base import Base
    from pilotdesk.documents.edited.tables import NewRow
    from pilotdesk.documents.edited.values import PrintedValues
    from pilotdesk.forms.model import Field
    from pilotdesk.forms.values import Value


class RowJudge:
    """Compares the rows of a file with those of the draft and with those that were written.

    Args:
        base: what the file says of itself.
        values: reads printed text of this draft.
        text_of: what the draft prints at a path.
    """

    def __init__(self, base: Base, values: PrintedValues, text_of: Callable[[str], str]) -> None:
        self._base = base
        self._values = values
        self._form = values.form
        self._text_of = text_of
        self._paths: dict[str, list[str]] = {}
        for path in base.paths:
            self._paths.setdefault(path.partition(".")[0], []).append(path)

    def row_edits(self, orders: Mapping[str, Sequence[str]], new: Iterable[NewRow]) -> Iterator[RowEdit]:
        """Rows that came, went or moved in the file, table by table."""
        added = {(row.table, row.key): row for row in new}
        for table in dict.fromkeys((*orders, *self._base.rows)):
            order = orders.get(table)
            if order is None:
                continue  # a picture, or its table was not found
            yield from self._removed(table, set(order))
            yield from self._moved(table, order)
            for place, key in enumerate(order, 1):
                if (table, key) in added:
                    yield from self._added(added[table, key], place)

    def _removed(self, table: str, there: set[str]) -> Iterator[RowEdit]:
        for row_id in () if self._base.blank else self._base.rows.get(table, ()):
            if row_id in there or self._values.row(table, row_id) is None:
                continue
            yield RowEdit(
                path=row_path(table, row_id), kind="removed", table=table, key=row_id,
                step=self._form.step_of[table], label=self._row_label(table, row_id),
                text=self.row_text(table, row_id), conflict=self._was_changed(table, row_id),
                adoptable=not self._form.fields[table].fixed_rows,
            )  # fmt: skip

    def _moved(self, table: str, order: Sequence[str]) -> Iterator[RowEdit]:
        """The fewest rows whose moving gives the order of the file; none if the draft has that order."""
        drafted = [row.id for row in self._values.printing.rows(table)]
        common = [row_id for row_id in order if row_id in set(drafted)]
        written = [row_id for row_id in self._written(table, drafted) if row_id in set(common)]
        if common in ([row_id for row_id in drafted if row_id in set(common)], written) or self._base.blank:
            return
        number = {row_id: at for at, row_id in enumerate(written)}
        listed = [row_id for row_id in common if row_id in number]
        stayed = risen([number[row_id] for row_id in listed])
        for at, row_id in enumerate(listed):
            if at in stayed:
                continue
            yield RowEdit(
                path=row_path(table, row_id), kind="moved", table=table, key=row_id,
                step=self._form.step_of[table], label=self._row_label(table, row_id),
                text=self.row_text(table, row_id), place=order.index(row_id) + 1,
                adoptable=not self._form.fields[table].fixed_rows,
            )  # fmt: skip

    def _written(self, table: str, drafted: Sequence[str]) -> Sequence[str]:
        """The order in which the rows were written; the list of paths loses it where rows have merged cells."""
        rows = self._base.rows.get(table, ())
        columns = {
            tuple(path.rpartition(".")[2] for path in self._paths.get(row_path(table, row_id), ()))
            for row_id in rows
        }
        return rows if len(columns) == 1 else drafted

    def _added(self, row: NewRow, place: int) -> Iterator[RowEdit]:
        owner = self._form.fields[row.table]
        values: dict[str, Value] = {}
        for name, text in row.cells.items():
            fields = [column_of(owner, one) for one in self._values.columns_in(row.table, name)]
            values |= self._new_cell(fields, text)
        yield RowEdit(
            path=new_path(row.table, row.key), kind="added", table=row.table, key=row.key,
            step=self._form.step_of[row.table], label=f"{owner.number} {owner.label}，第 {place} 行".strip(),
            text="　".join(" ".join(text.split()) for text in row.cells.values() if text.strip()),
            values=values, place=place, conflict=row.conflict, adoptable=not owner.fixed_rows and bool(values),
        )  # fmt: skip

    def _new_cell(self, fields: Sequence[Field], text: str) -> dict[str, Value]:
        found = self._values.together(fields, [None] * len(fields), text)
        return {
            field.name: value
            for field, value in zip(fields, found, strict=True)
            if not is_blank(value) and not field.calculation
        }

    def _was_changed(self, table: str, row_id: str) -> bool:
        """Whether the draft changed a row since the file was written."""
        paths = self._paths.get(row_path(table, row_id), ())
        return any(self._base.is_same(path, self._text_of(path)) is False for path in paths)

    def row_text(self, table: str, row_id: str) -> str:
        """What the draft's row says in print."""
        row, owner = self._values.row(table, row_id), self._form.fields[table]
        texts = (
            self._values.printing.narrow(column, row.cell(column.name)) if row else ""
            for column in owner.columns
            if column.print.layout != "none"
        )
        return "　".join(" ".join(text.split()) for text in texts if text)

    def _row_label(self, table: str, row_id: str) -> str:
        owner = self._form.fields[table]
        rows = [row.id for row in self._values.printing.rows(table)]
        return f"{owner.number} {owner.label}，第 {rows.index(row_id) + 1} 行".strip()
