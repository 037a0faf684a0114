"""Answers written by hand or by another program: field name → value, as JSON gives it.

Shape: text, numbers, dates as ``"2026-06-02"``, choices by name or label, several choices as a list, periods as
``"2027年1月—2028年12月"``; a person as ``{"name": …, "mobile": …}``; a table as a list of row objects; a tree
as a list of nodes, each with its nodes below in ``"children"`` or with the code of the node above in ``"parent"``;
attachments as a list of file names. ``null`` is unanswered. Nothing is guessed: an answer that does not fit is refused.

A row may say under which ``"id"`` it is kept (``"r_t1"``); rows of a later form that belong to rows of the application
have their ids. Rows that do not say it get fresh ones.
"""

from __future__ import annotations

from difflib import get_close_matches
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from pilotdesk.errors import AnswersError
from pilotdesk.forms.codecs import WITHOUT_CODEC, codec_for
from pilotdesk.forms.values import Attachment, Row, is_blank, is_row_id, new_row_id

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from pilotdesk.forms.model import Choice, Field, Form
    from pilotdesk.forms.values import Scalar, Value

CHILDREN: Final = "children"
PARENT: Final = "parent"
ROW_ID: Final = "id"


def read_answers(
    form: Form, answers: object, *, attachment: Callable[[str], Attachment] | None = None
) -> dict[str, Value]:
    """Path to value of every answer that is not blank; calculated fields are left out, they are worked out anew.

    Args:
        form: the form that is answered.
        answers: what ``json.loads`` gave.
        attachment: the attached file of a name; ``None`` where attachments cannot be read.

    Raises:
        AnswersError: ``answers_not_object``; ``answers_unknown_field`` (path, suggestion); ``answers_wrong_type``
            (path, expected); ``answers_not_asked`` (path) for printed statements and seals.
    """
    if not isinstance(answers, dict):
        raise AnswersError("answers_not_object")
    values: dict[str, Value] = {}
    for name, answer in answers.items():
        field = form.fields.get(name)
        if field is None:
            raise _unknown(name, name, form.fields)
        if not field.calculation and field.type != "calculated":
            values |= _field_values(form, field, answer, attachment)
    return {path: value for path, value in values.items() if not is_blank(value)}


def initial_values(form: Form) -> dict[str, Value]:
    """Path to value of a new draft: the defaults and first rows of the pack, in form order."""
    values: dict[str, Value] = {}
    for field in form.fields.values():
        if field.default:
            values[field.name] = codec_for(field, form.lists).parse(field.default)
        if field.rows:
            values[field.name] = read_rows(field, list(field.rows), form.lists)
        for part in field.parts:
            if part.default:
                values[f"{field.name}.{part.name}"] = codec_for(part, form.lists).parse(part.default)
    return values


def begun_values(form: Form, answers: Mapping[str, Value]) -> dict[str, Value]:
    """Path to value of a new draft that begins with answers.

    A row that names the id of a first row of the pack is that row: its answers stand over what the pack put there, as
    with the points and criteria of an indicator. First rows that nobody mentions stay where the rows are fixed.
    """
    values = initial_values(form)
    for path, value in answers.items():
        field = form.fields.get(path)
        first = values.get(path) if field is not None and field.rows else None
        values[path] = _over_first_rows(field, first, value) if field is not None and first else value
    return values


def _over_first_rows(field: Field, first: Value, answered: Value) -> tuple[Row, ...]:
    below = {row.id: row for row in _rows(first)}
    rows = {row.id: row for row in _rows(answered)}
    named = below.keys() & rows.keys()
    if not named:
        return tuple(rows.values())
    for row_id in named:
        cells = MappingProxyType({**below[row_id].cells, **rows[row_id].cells})
        rows[row_id] = Row(row_id, cells, rows[row_id].parent)
    return tuple((below | rows).values()) if field.fixed_rows else tuple(rows.values())


def _rows(value: Value) -> tuple[Row, ...]:
    return tuple(item for item in value if isinstance(item, Row)) if isinstance(value, tuple) else ()


def read_rows(
    field: Field,
    rows: object,
    lists: Mapping[str, tuple[Choice, ...]],
    attachment: Callable[[str], Attachment] | None = None,
) -> tuple[Row, ...]:
    """Rows of a table or nodes of a tree, in their order, with the ids that they name or fresh ones.

    Raises:
        AnswersError: as :func:`read_answers`; ``answers_unknown_parent`` and ``answers_tree_loop`` (path, node).
    """
    made: list[Row] = []
    taken: set[str] = set()
    parents: dict[str, str] = {}
    levels: list[tuple[Iterator[dict[str, object]], str | None]] = [(_row_objects(field, rows), None)]
    while levels:
        answer = next(levels[-1][0], None)
        if answer is None:
            levels.pop()
            continue
        path = f"{field.name}[{len(made) + 1}]"
        cells = _cells(field, path, answer, lists, attachment)
        row = Row(_row_id(path, answer, taken), cells, levels[-1][1])
        made.append(row)
        if field.type == "tree" and answer.get(PARENT) is not None:
            parents[row.id] = _parent_code(path, answer[PARENT])
        if field.type == "tree" and answer.get(CHILDREN):
            levels.append((_row_objects(field, answer[CHILDREN]), row.id))
    return _under_parents(field, made, parents) if parents else tuple(made)


def _field_values(
    form: Form, field: Field, answer: object, attachment: Callable[[str], Attachment] | None
) -> dict[str, Value]:
    if answer is None:
        return {}
    if field.type == "person":
        return dict(_part_values(form, field, answer))
    if field.type in {"table", "tree"}:
        return {field.name: read_rows(field, answer, form.lists, attachment)}
    if field.type == "attachment":
        return {field.name: _attachments(field.name, answer, attachment)}
    if field.type in WITHOUT_CODEC:
        raise AnswersError("answers_not_asked", path=field.name)
    return {field.name: _scalar(field, field.name, answer, form.lists)}


def _part_values(form: Form, field: Field, answer: object) -> Iterable[tuple[str, Value]]:
    parts = {part.name: part for part in field.parts}
    if not isinstance(answer, dict):
        raise _wrong_type(field.name, "请写成 {" + "、".join(f'"{name}": …' for name in parts) + "}。")
    for name, part_answer in answer.items():
        path = f"{field.name}.{name}"
        if name not in parts:
            raise _unknown(path, name, parts)
        yield path, _scalar(parts[name], path, part_answer, form.lists)


def _scalar(field: Field, path: str, answer: object, lists: Mapping[str, tuple[Choice, ...]]) -> Scalar:
    try:
        return codec_for(field, lists).from_answer(answer)
    except ValueError as exc:
        raise _wrong_type(path, str(exc)) from exc


def _row_objects(field: Field, rows: object) -> Iterator[dict[str, object]]:
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise _wrong_type(field.name, "请写成列表，一行一个 {…}，栏名在前、内容在后。")
    return iter(rows)


def _row_id(path: str, answer: Mapping[str, object], taken: set[str]) -> str:
    """The id that a row names, or a fresh one; no two rows have the same."""
    row_id = answer.get(ROW_ID)
    if row_id is None:
        row_id = new_row_id()
        while row_id in taken:
            row_id = new_row_id()
    elif not isinstance(row_id, str) or not is_row_id(row_id) or row_id in taken:
        raise _wrong_type(f"{path}.{ROW_ID}", '请写成 "r_" 加小写字母或数字，如 "r_t1"，各行不能相同。')
    taken.add(row_id)
    return row_id


def _parent_code(path: str, parent: object) -> str:
    if isinstance(parent, str):
        return parent.strip()
    raise _wrong_type(f"{path}.{PARENT}", "请写上一级的编号，两头加引号。")


def _cells(
    field: Field,
    path: str,
    answer: Mapping[str, object],
    lists: Mapping[str, tuple[Choice, ...]],
    attachment: Callable[[str], Attachment] | None,
) -> Mapping[str, Scalar]:
    columns = {column.name: column for column in field.columns}
    beside = {ROW_ID, CHILDREN, PARENT} if field.type == "tree" else {ROW_ID}
    beside -= columns.keys()
    cells: dict[str, Scalar] = {}
    for name, cell in answer.items():
        if name in beside:
            continue
        if name not in columns:
            raise _unknown(f"{path}.{name}", name, columns)
        column = columns[name]
        if column.type == "calculated" or column.calculation:
            continue
        if column.type == "attachment":
            value: Scalar = None if cell is None else _attachments(f"{path}.{name}", cell, attachment)
        else:
            value = _scalar(column, f"{path}.{name}", cell, lists)
        if not is_blank(value):
            cells[name] = value
    return MappingProxyType(cells)


def _under_parents(field: Field, made: list[Row], parents: Mapping[str, str]) -> tuple[Row, ...]:
    """Nodes whose parent was named by its code, put under it."""
    by_code = {row.cell("code"): row.id for row in reversed(made)}
    placed: dict[str, Row] = {}
    for row in made:
        above = row.parent
        if row.id in parents:
            above = by_code.get(parents[row.id])
            if above is None:
                raise AnswersError("answers_unknown_parent", path=field.name, node=parents[row.id])
        placed[row.id] = Row(row.id, row.cells, above)
    for row in placed.values():
        passed = {row.id}
        while row.parent:
            row = placed[row.parent]
            if row.id in passed:
                raise AnswersError("answers_tree_loop", path=field.name, node=str(row.cell("code")))
            passed.add(row.id)
    return tuple(placed.values())


def _attachments(
    path: str, names: object, attachment: Callable[[str], Attachment] | None
) -> tuple[Attachment, ...]:
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise _wrong_type(path, '请写成文件名的列表，如 ["附件1.pdf"]。')
    if names and attachment is None:
        raise AnswersError("answers_not_asked", path=path)
    return tuple(attachment(name) for name in names) if attachment else ()


def _wrong_type(path: str, expected: str) -> AnswersError:
    return AnswersError("answers_wrong_type", path=path, expected=expected)


def _unknown(path: str, name: object, known: Iterable[str]) -> AnswersError:
    close = get_close_matches(str(name), list(known), n=1)
    suggestion = f"是不是“{close[0]}”？" if close else "请对照 pack show 列出的栏名。"
    return AnswersError("answers_unknown_field", path=path, suggestion=suggestion)
