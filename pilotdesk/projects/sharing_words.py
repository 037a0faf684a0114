"""What came back from somebody, in words: where, how it was, how it is now, and what both sides wrote."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from pilotdesk.forms.codecs import WITHOUT_CODEC, codec_for, plain_text
from pilotdesk.forms.lookup import field_at, number_and_label
from pilotdesk.forms.values import Attachment, Row, Value, split_cell_path
from pilotdesk.projects.kit_contents import size_words
from pilotdesk.projects.timeline_words import day_words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pilotdesk.drafts.merge import Conflict, ConflictKind
    from pilotdesk.forms.model import Field, Form

NOTHING: Final = "（空）"
GONE: Final = "（删去了）"
WHY: Final[dict[ConflictKind, str]] = {
    "value": "两边都改了，改得不一样。",
    "row": "一边删去了这一行，另一边改了它，或在它下面添了内容。",
    "place": "两边把它移到了不同的位置。",
    "order": "两边把各行排成了不同的顺序。",
    "file": "同一个文件，两边写的名字或说明不一样，或一边删去了它。",
    "person": "两边写的不是同一个人，或一边换了人，另一边改了原来那个人的。",
    "reason": "同一条“请核实”，两边写的理由不一样，或一边收回了理由。",
}
WHY_FILES: Final = "两边各放了一份，内容不一样，点“打开”看看哪一份对。"
WHY_FILE_GONE: Final = "一边删去了这个文件，另一边换了一份新的。"
WHY_UNKNOWN: Final = "两边不一样，看不出是谁改的。"


def part_words(form: Form, name: str) -> str:
    """A part by its number and name: ``五、试点目标``; the name itself where the form has no such part."""
    step = next((step for step in form.steps if step.name == name), None)
    if step is None:
        return name
    return f"{step.number}、{step.label}" if step.number else step.label


def until_words(due: str) -> str:
    """By when a part is wanted back, behind other words: ``，2026年6月5日前交回``; ``due`` is ISO, empty for no day."""
    if not due:
        return ""
    try:
        return f"，{day_words(date.fromisoformat(due))}前交回"
    except ValueError:  # a package made by hand
        return f"，{due} 前交回"


def why_words(one: Conflict, *, known: bool) -> str:
    """Why somebody has to decide; ``known``: whether there is a common ancestor."""
    if not known:
        return WHY_UNKNOWN
    if not _is_replaced(one):
        return WHY[one.kind]
    return WHY_FILES if one.here and one.there else WHY_FILE_GONE


def where_words(form: Form, one: Conflict, values: Mapping[str, Value]) -> str:
    """Where something is, with what its row is about; ``values`` are answers in which the row stands."""
    path = one.path.partition("@")[2] if one.kind == "reason" else one.path
    try:
        place = number_and_label(form, path, values) + _row_name(path, values)
    except KeyError:  # an answer of a field that no form has: a package made by hand
        return path
    return f"{place}，“请核实”的理由" if one.kind == "reason" else place


def side_words(form: Form, one: Conflict, value: Value) -> str:
    """What one side has, ``value`` being its base, here or there; never empty."""
    if one.kind in {"value", "reason"}:
        return value_words(form, one.path, value)
    if one.kind == "file":
        return "、".join(_file_words(file, sized=_is_replaced(one)) for file in _files(value)) or GONE
    rows = _rows(value)
    if one.kind in {"order", "person"}:
        return _listed(form, one, rows) or NOTHING
    if not rows:
        return GONE
    if one.kind == "place":
        return "移到了另一个上级下面" if rows[0].parent else "放在最上一级"
    return row_words(form.fields[one.path], form, rows[0]) or "（空行）"


def _listed(form: Form, one: Conflict, rows: tuple[Row, ...]) -> str:
    """The names of rows in their order; of a person all that is known of him."""
    if one.kind == "order":
        return " → ".join(_title(row) for row in rows)
    cells = ((part.name, row.cell(part.name)) for row in rows for part in form.fields[one.path].parts)
    return "，".join(
        value_words(form, f"{one.path}.{name}", cell) for name, cell in cells if cell is not None
    )


def came_words(form: Form, one: Conflict) -> str:
    """What was taken over without asking, in a sentence: ``here`` is before, ``there`` after."""
    before, after = side_words(form, one, one.here), side_words(form, one, one.there)
    if one.kind == "reason":
        return f"写了理由“{after}”" if one.there is not None else f"收回了理由“{before}”"
    if one.kind == "row":
        return f"多了一行：{after}" if one.there is not None else f"删去一行：{before}"
    if one.kind == "file" and None in {one.here, one.there}:
        return f"多了文件：{after}" if one.there is not None else f"删去文件：{before}"
    if one.kind in {"order", "place"}:
        return "换了位置" if one.kind == "place" else "各行换了顺序"
    if one.here is None or one.there is None:
        return f"填了“{after}”" if one.here is None else f"“{before}”清空了"
    return f"“{before}”{'换' if _is_replaced(one) else '改'}成“{after}”"


def codes_words(codes: Mapping[str, str]) -> str:
    """What became of codes of evidence that are another piece's here; empty for none."""
    if not codes:
        return ""
    said = "、".join(f"{old} 改成 {new}" for old, new in codes.items())
    return f"佐证编号和您这里重了的，对方的 {said}，“佐证”栏跟着改好了；文字里写到的编号请自己看一眼。"


def row_words(table: Field, form: Form, row: Row) -> str:
    """The cells of a row that say something, one after the other."""
    texts = (
        _printed(column, form, row.cell(column.name)) for column in table.columns if not column.calculation
    )
    return "，".join(text for text in texts if text)


def value_words(form: Form, path: str, value: Value) -> str:
    """An answer as it is printed, its rows one after the other; （空） for none."""
    try:
        return _printed(field_at(form, path), form, value) or NOTHING
    except KeyError:
        return plain_text(value) or NOTHING


def _printed(field: Field, form: Form, value: Value) -> str:
    files, rows = _files(value), _rows(value)
    if files:
        return "、".join(map(_file_words, files))
    if rows:
        return "；".join(row_words(field, form, row) for row in rows)
    if field.type in WITHOUT_CODEC:
        return plain_text(value)
    return codec_for(field, form.lists).print_text(value)


def _row_name(path: str, values: Mapping[str, Value]) -> str:
    place = split_cell_path(path)
    row = next((row for row in _rows(values.get(place[0])) if row.id == place[1]), None) if place else None
    name = _title(row) if row else ""
    return f"（{name}）" if name and name != NOTHING else ""


def _title(row: Row) -> str:
    return next((cell for cell in row.cells.values() if isinstance(cell, str) and cell.strip()), NOTHING)


def _is_replaced(one: Conflict) -> bool:
    """Whether it is about contents that take the place of each other, of which the name says nothing."""
    sides = (one.base, one.here, one.there)
    return one.kind == "file" and len({file.sha256 for side in sides for file in _files(side)}) > 1


def _file_words(file: Attachment, *, sized: bool = False) -> str:
    more = [
        file.note,
        f"{file.pages} 页" if sized and file.pages else "",
        size_words(file.size) if sized else "",
    ]
    said = "，".join(filter(None, more))
    return f"{file.file_name}（{said}）" if said else file.file_name


def _rows(value: Value) -> tuple[Row, ...]:
    return tuple(row for row in value if isinstance(row, Row)) if isinstance(value, tuple) else ()


def _files(value: Value) -> tuple[Attachment, ...]:
    return tuple(one for one in value if isinstance(one, Attachment)) if isinstance(value, tuple) else ()
