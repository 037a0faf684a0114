"""The last part of a migration: every answer into its field of the newest form, or into the attic."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, cast

from pilotdesk.forms.codecs import WITHOUT_CODEC, codec_for
from pilotdesk.forms.migration_work import CELL, Noted, Piece, holds_nothing
from pilotdesk.forms.values import Attachment, MonthRange, Row, Unparsed

if TYPE_CHECKING:
    from collections.abc import Callable

    from pilotdesk.forms.migration_work import Known, OpenRow, Work
    from pilotdesk.forms.model import Field, Form
    from pilotdesk.forms.values import Scalar, Value

ROW_TYPES: Final = frozenset({"table", "tree"})
NO_PLACE: Final = "新版表单里没有这一栏。"
COUNTED: Final = "新版里这一栏由程序算出。"
OTHER_SHAPE: Final = "新版里这一栏换了填法，放不进去。"
READ_ANEW: Final = "新版里这一栏换了填法，原来的写法在这里留一份。"

_TEXTS: Final = (str,)
_SHAPES: Final[dict[str, tuple[type, ...]]] = {
    "text": _TEXTS, "longtext": _TEXTS, "choice": _TEXTS, "region": _TEXTS, "month": _TEXTS,
    "integer": (int,), "decimal": (Decimal, int), "date": (date,), "month_range": (MonthRange,),
    "multi_choice": (tuple,), "dependent_choice": (tuple,), "evidence": (tuple,), "attachment": (tuple,),
}  # fmt: skip
"""Field type to the Python types of its answers."""
_NEAR: Final = ({"text", "longtext"}, {"integer", "decimal"})
"""Types that share answers, as far as the answer itself allows."""
_LIKE: Final[dict[str, str]] = {"dependent_choice": "multi_choice"}
_WAYS: Final[dict[str, str]] = {
    "text": "填一行文字", "longtext": "填一段文字", "integer": "填整数", "decimal": "填数字", "date": "填日期",
    "month": "填年月", "month_range": "填起止年月", "choice": "选一个", "multi_choice": "可以选几个",
    "dependent_choice": "可以选几个", "region": "选地区", "evidence": "填佐证编号",
}  # fmt: skip


def fit(work: Work, form: Form) -> dict[str, Value]:
    """The answers of a working copy by path, as the form can hold them; everything else is in the attic then."""
    fitting = _Fitting(work, form)
    for path, value in work.before.scalars.items():
        fitting.take_scalar(Piece(path, None, value))
    for name, rows in work.before.tables.items():
        fitting.take_table(name, rows)
    fitting.note_ways()
    return fitting.values


class _Fitting:
    """Takes answers in, one place after the other; ``values`` is the result."""

    def __init__(self, work: Work, form: Form) -> None:
        self.values: dict[str, Value] = {}
        self._work = work
        self._form = form
        self._read: dict[str, list[bool]] = {}
        """Place to whether each of its answers could be read, where its way of filling in changed."""

    def take_scalar(self, piece: Piece) -> None:
        """A field, a part, or a list of files."""
        owner, _, part = piece.place.partition(".")
        field = self._form.fields.get(owner)
        if field is not None and part:
            field = next((one for one in field.parts if one.name == part), None)
        if field is None or field.type in {"person", "statement", "signature"}:
            self._work.store_away(piece, NO_PLACE)
        elif field.type in ROW_TYPES and not holds_nothing(piece.value):
            self._work.store_away(piece, OTHER_SHAPE)
        else:
            kept = self._fitted(piece, field)
            if kept is not None or piece.value is None:
                self.values[piece.place] = kept

    def take_table(self, name: str, rows: dict[str, OpenRow]) -> None:
        """The rows of a table or tree."""
        field, work = self._form.fields.get(name), self._work
        if field is None or field.type not in ROW_TYPES:
            answered = tuple(row for row in work.table_value(name) if row.cells)
            work.store_away(Piece(name, None, answered), NO_PLACE if field is None else OTHER_SHAPE)
            return
        columns = {column.name: column for column in field.columns}
        made: list[Row] = []
        is_flat = field.type == "table" and any(row.parent for row in rows.values())
        if is_flat:
            work.store_away(Piece(name, None, work.table_value(name)), READ_ANEW)
        for row_id, row in rows.items():
            cells: dict[str, Scalar] = {}
            for key, value in row.cells.items():
                piece = Piece(f"{name}{CELL}{key}", row_id, value)
                if key not in columns:
                    work.store_away(piece, NO_PLACE)
                    continue
                kept = self._fitted(piece, columns[key])
                if kept is not None or value is None:
                    cells[key] = cast("Scalar", kept)
            made.append(Row(row_id, MappingProxyType(cells), None if is_flat else row.parent))
        self.values[name] = tuple(made)

    def _fitted(self, piece: Piece, field: Field) -> Value:
        """The answer as a field takes it; ``None`` when it went into the attic as a whole."""
        known, value = self._work.about(piece.place), piece.value
        if _stays(value, known, field, self._form):
            return value
        if field.calculation or field.type == "calculated":
            self._work.store_away(piece, COUNTED)
            return None
        if field.type in WITHOUT_CODEC or _has_files(value):
            self._work.store_away(piece, OTHER_SHAPE)
            return None
        text = known.text_of(value)
        codec = codec_for(field, self._form.lists)
        kept = codec.parse(text)
        if codec.edit_text(kept) != text:
            self._work.store_away(piece, READ_ANEW)
        if known.field is None or known.field.type != field.type:
            self._read.setdefault(piece.place, []).append(not isinstance(kept, Unparsed))
        return kept

    def note_ways(self) -> None:
        """Note every place whose answers were read anew."""
        for place, read in self._read.items():
            owner, mark, inner = place.partition(CELL if CELL in place else ".")
            field = self._form.fields[owner]
            if mark:
                field = next(one for one in (*field.columns, *field.parts) if one.name == inner)
            words = f"换了填法，现在{_WAYS[field.type]}。"
            if unread := read.count(False):
                words += f"有 {unread} 处读不懂，原样留着，请再看一眼。"
            self._work.noted.append(
                Noted("type", (self._work.about(place).label,), (place,), _after(words), touched=True)
            )


def _after(words: str) -> Callable[[str, str, str], str]:
    return lambda _was, now, _chosen: f"{now}{words}"


def _stays(value: Value, known: Known, field: Field, form: Form) -> bool:
    """Whether an answer is taken as it is."""
    old, is_counted = known.field, bool(field.calculation) or field.type == "calculated"
    if holds_nothing(value):
        return True
    if is_counted or _has_files(value):
        same = bool(old and (old.calculation or old.type == "calculated"))
        return same if is_counted else field.type == "attachment"
    if old is None:
        return isinstance(value, Unparsed) or _has_shape(value, field)
    if isinstance(value, Unparsed) or (old.type == field.type and not field.choices):
        return old.type == field.type
    if field.choices:
        same = _LIKE.get(old.type, old.type) == _LIKE.get(field.type, field.type)
        return same and _are_listed(value, known, field, form)
    return {old.type, field.type} in _NEAR and _has_shape(value, field)


def _are_listed(value: Value, known: Known, field: Field, form: Form) -> bool:
    """Whether all chosen names are in the newer list, or were in neither."""
    old = known.field
    names = {choice.name for choice in form.lists[field.choices]}
    before = {choice.name for choice in known.lists.get(old.choices, ())} if old else set()
    picked = value if isinstance(value, tuple) else (value,)
    return all(name in names or name not in before for name in picked)


def _has_shape(value: Value, field: Field) -> bool:
    """Whether the value's own type is the field's: all there is to go by without the older form."""
    if isinstance(value, tuple):
        return (field.type == "attachment") == _has_files(value) and tuple in _SHAPES[field.type]
    if field.type == "text" and isinstance(value, str) and "\n" in value:
        return False
    return isinstance(value, _SHAPES[field.type])


def _has_files(value: Value) -> bool:
    return isinstance(value, tuple) and any(isinstance(part, Attachment) for part in value)
