"""Every value as JSON and back: lossless, and readable without the form.

This is how drafts and ``.pilot`` packages keep answers. Text, integers and lists of choice names stand for
themselves; everything else is an object with one ``$`` key that names its kind::

    {"$decimal": "1.50"}   {"$date": "2026-06-02"}   {"$months": ["2027-01", null]}   {"$unparsed": "八十多"}
    {"$rows": [{"id": "r_7f3a91c2", "parent": "r_…", "cells": {"name": "…"}}]}
    {"$files": [{"sha256": "…", "file_name": "…", "size": 1, "media_type": "…", "note": "", "pages": 3}]}
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, cast

from pilotdesk.forms.lazy_pattern import LazyPattern
from pilotdesk.forms.values import Attachment, MonthRange, Row, Scalar, Unparsed, Value

if TYPE_CHECKING:
    from collections.abc import Callable

_DATE: Final = LazyPattern(r"\d{4}-\d{2}-\d{2}")
_MONTH: Final = LazyPattern(r"\d{4}-(0[1-9]|1[0-2])")
_ROW_ID: Final = LazyPattern(r"r_[0-9a-z_]+")
_SHA256: Final = LazyPattern(r"[0-9a-f]{64}")
_MOST_PLACES: Final = 4_000


def to_json(value: Value) -> object:
    """The value as something ``json.dumps`` takes.

    Raises:
        ValueError: not a value (a float, a bool, a datetime, a mixed tuple): a bug of the caller.
    """
    if isinstance(value, tuple):
        return _tuple_to_json(value)
    if value is None or isinstance(value, str) or _is_integer(value):
        return value
    if isinstance(value, Decimal) and value.is_finite():
        return {"$decimal": str(value)}
    if isinstance(value, date) and not isinstance(value, datetime):
        return {"$date": value.isoformat()}
    if isinstance(value, MonthRange):
        return {"$months": [value.start, value.end]}
    if isinstance(value, Unparsed):
        return {"$unparsed": value.text}
    raise ValueError(f"not a value: {type(value).__name__}")


def from_json(stored: object) -> Value:
    """The value that :func:`to_json` made this of.

    Raises:
        ValueError: nothing that :func:`to_json` makes, so the file is damaged or not ours.
    """
    if stored is None or isinstance(stored, str):
        return stored
    if isinstance(stored, int) and not isinstance(stored, bool):
        return stored
    if isinstance(stored, list):
        return tuple(_text(name) for name in stored)
    if isinstance(stored, dict) and len(stored) == 1:
        ((kind, content),) = stored.items()
        if kind in _READERS:
            return _READERS[kind](content)
    raise ValueError(f"not a stored value: {type(stored).__name__}")


def _is_integer(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _tuple_to_json(value: tuple[object, ...]) -> object:
    if all(isinstance(part, str) for part in value):
        return list(value)
    if all(isinstance(part, Row) for part in value):
        return {"$rows": [_row_to_json(row) for row in cast("tuple[Row, ...]", value)]}
    if all(isinstance(part, Attachment) for part in value):
        return {"$files": [_file_to_json(file) for file in cast("tuple[Attachment, ...]", value)]}
    raise ValueError("not a value: a tuple of several kinds")


def _row_to_json(row: Row) -> dict[str, object]:
    kept: dict[str, object] = {"id": row.id}
    if row.parent is not None:
        kept["parent"] = row.parent
    kept["cells"] = {column: to_json(cell) for column, cell in row.cells.items()}
    return kept


def _file_to_json(file: Attachment) -> dict[str, object]:
    kept: dict[str, object] = {
        "sha256": file.sha256,
        "file_name": file.file_name,
        "size": file.size,
        "media_type": file.media_type,
        "note": file.note,
    }
    return kept | ({"pages": file.pages} if file.pages else {})


def _text(stored: object, pattern: LazyPattern | None = None) -> str:
    if isinstance(stored, str) and (pattern is None or pattern.fullmatch(stored)):
        return stored
    raise ValueError("not a stored value: text expected")


def _list(stored: object) -> list[object]:
    if isinstance(stored, list):
        return stored
    raise ValueError("not a stored value: list expected")


def _keys(stored: object, needed: set[str], allowed: set[str]) -> dict[str, object]:
    if isinstance(stored, dict) and needed <= stored.keys() <= needed | allowed:
        return stored
    raise ValueError("not a stored value: other keys expected")


def _decimal(stored: object) -> Decimal:
    try:
        number = Decimal(_text(stored))
    except InvalidOperation as exc:
        raise ValueError("not a stored value: number expected") from exc
    # Printed, 1E+999999999 is a gigabyte of noughts; nothing that was typed or calculated has such an exponent.
    if not number.is_finite() or abs(number.as_tuple().exponent) > _MOST_PLACES:  # type: ignore[arg-type]
        raise ValueError("not a stored value: number expected")
    return number


def _months(stored: object) -> MonthRange:
    ends = _list(stored)
    if len(ends) != 2:
        raise ValueError("not a stored value: two months expected")
    start, end = (None if month is None else _text(month, _MONTH) for month in ends)
    return MonthRange(start, end)


def _row(stored: object) -> Row:
    kept = _keys(stored, {"id", "cells"}, {"parent"})
    cells = kept["cells"]
    if not isinstance(cells, dict):
        raise ValueError("not a stored value: cells expected")
    parent = kept.get("parent")
    return Row(
        _text(kept["id"], _ROW_ID),
        MappingProxyType({_text(column): _cell(cell) for column, cell in cells.items()}),
        None if parent is None else _text(parent, _ROW_ID),
    )


def _cell(stored: object) -> Scalar:
    value = from_json(stored)
    if isinstance(value, tuple) and any(isinstance(part, Row) for part in value):
        raise ValueError("not a stored value: a table inside a cell")
    return cast("Scalar", value)


def _rows(stored: object) -> tuple[Row, ...]:
    rows = tuple(_row(row) for row in _list(stored))
    if len({row.id for row in rows}) != len(rows):
        raise ValueError("not a stored value: two rows with one id")
    return rows


def _file(stored: object) -> Attachment:
    kept = _keys(stored, {"sha256", "file_name", "size"}, {"media_type", "note", "pages"})
    return Attachment(
        _text(kept["sha256"], _SHA256),
        _text(kept["file_name"]),
        _count(kept["size"]),
        _text(kept.get("media_type", "application/octet-stream")),
        _text(kept.get("note", "")),
        _count(kept.get("pages", 0)),
    )


def _count(stored: object) -> int:
    if isinstance(stored, int) and not isinstance(stored, bool) and stored >= 0:
        return stored
    raise ValueError("not a stored value: a count expected")


_READERS: Final[dict[str, Callable[[object], Value]]] = {
    "$decimal": _decimal,
    "$date": lambda stored: date.fromisoformat(_text(stored, _DATE)),
    "$months": _months,
    "$unparsed": lambda stored: Unparsed(_text(stored)),
    "$rows": _rows,
    "$files": lambda stored: tuple(_file(file) for file in _list(stored)),
}
