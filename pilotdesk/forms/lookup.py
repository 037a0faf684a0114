"""From a path to its definition, and to the words that tell a person where it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pilotdesk.forms.values import Row, split_cell_path

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pilotdesk.forms.model import Field, Form
    from pilotdesk.forms.values import Value


def column_of(owner: Field, name: str) -> Field:
    """A column of a table or tree.

    Raises:
        KeyError: there is no such column.
    """
    return _named(owner.columns, name)


def field_at(form: Form, path: str) -> Field:
    """The definition behind a path: a field, a column for a cell path, a part for ``person.part``.

    Raises:
        KeyError: the form has no such path.
    """
    place = split_cell_path(path)
    if place:
        return column_of(form.fields[place[0]], place[2])
    owner, dot, part = path.partition(".")
    return _named(form.fields[owner].parts, part) if dot else form.fields[owner]


def number_and_label(
    form: Form, path: str, values: Mapping[str, Value], known: dict[tuple[str, str], list[str]] | None = None
) -> str:
    """Where an answer is, in words: ``9.2 量化指标表，第 3 行，2027年目标值``.

    Nodes of a tree go by their code; a row that is gone is left out. Who asks for every cell of long tables gives a
    dictionary that remembers what is said of their rows, for these values only.

    Raises:
        KeyError: the form has no such path.
    """
    found = field_at(form, path)
    place = split_cell_path(path)
    owner = form.fields[place[0] if place else path.partition(".")[0]]
    words = [f"{owner.number} {owner.label}".strip()]
    if place:
        row_words = known.get(place[:2]) if known is not None else None
        if row_words is None:
            row_words = _row_words(owner, place[1], values.get(place[0]))
            if known is not None:
                known[place[:2]] = row_words
        words += row_words
    if found is not owner:
        words.append(found.label)
    return "，".join(words)


def _row_words(owner: Field, row_id: str, rows: Value) -> list[str]:
    for at, row in enumerate(rows if isinstance(rows, tuple) else (), 1):
        if isinstance(row, Row) and row.id == row_id:
            code = row.cell("code") if owner.type == "tree" else None
            return [f"节点 {code}" if isinstance(code, str) else f"第 {at} 行"]
    return []


def _named(fields: tuple[Field, ...], name: str) -> Field:
    for field in fields:
        if field.name == name:
            return field
    raise KeyError(name)
