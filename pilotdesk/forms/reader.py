"""Reads one TOML file of a pack into its typed entry, and finds everything that is wrong with it.

The check is the conversion itself: only when msgspec refuses a file are its tables walked again, key by key,
and whatever msgspec refuses alone is a mistake. So the list can neither miss nor invent one.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time
from functools import cached_property
from types import NoneType, UnionType
from typing import TYPE_CHECKING, Any, Final, Generic, Literal, TypeVar, Union, cast, get_args, get_origin

import msgspec
import rtoml

from pilotdesk.forms.mistakes import Mistake, suggested, syntax_mistake
from pilotdesk.forms.toml_lines import TomlPath, line_numbers, line_of
from pilotdesk.record import converted

if TYPE_CHECKING:
    from collections.abc import Iterator

E = TypeVar("E")
Found = tuple[TomlPath, str, str, str]
"""Path of the table, key in it, what is wrong, suggestion."""

_EXPECTED: Final[dict[object, str]] = {
    str: "文字（两头加引号）",
    int: "整数（不加引号）",
    float: "数字（不加引号）",
    bool: "真假值（true 或 false，不加引号）",
    date: "日期（如 2026-06-30，不加引号）",
    NoneType: "",
}
_SEEN: Final[tuple[tuple[type | tuple[type, ...], str], ...]] = (
    (bool, "真假值"),
    (int, "整数"),
    (float, "小数"),
    (str, "文字"),
    ((datetime, date, time), "日期"),
    (list, "列表"),
    (dict, "表"),
)


class PackFile(msgspec.Struct, Generic[E], frozen=True, dict=True):
    """One file of a pack.

    Attributes:
        name: path inside the pack, with ``/``. text: as decoded, for line numbers.
        kind: first word of its places (``step``), empty for ``sources.toml``.
        parsed: as ``tomllib`` gave it. entry: the typed content.
    """

    name: str
    text: str
    kind: str
    parsed: Mapping[str, Any]
    entry: E

    @cached_property
    def lines(self) -> Mapping[TomlPath, int]:
        """Lines by path; worked out when the first mistake asks for them."""
        return line_numbers(self.text)

    def mistake(self, path: TomlPath, key: str, text: str, suggestion: str = "") -> Mistake:
        """A mistake in the table at ``path``; ``key`` may be empty."""
        line = line_of(self.lines, (*path, key) if key else path)
        return Mistake(self.name, line, self.where(path), key, text, suggestion)

    def where(self, path: TomlPath) -> str:
        """The path in names: ``step unit / group registration / field uscc``."""
        words = [f"{self.kind} {self.parsed.get('name', '')}".strip()] if self.kind else []
        inside: Any = self.parsed
        for part in path:
            inside = inside[part]
            if isinstance(part, str):
                words.append(part)
                continue
            named = inside if isinstance(inside, dict) else {}
            words[-1] += f" {named.get('name') or named.get('code') or f'第 {part + 1} 个'}"
        return " / ".join(words)


def read_file(name: str, content: bytes, kind: str, entry_type: type[E]) -> PackFile[E] | list[Mistake]:
    """One file of a pack, or everything that is wrong with it.

    Args:
        name: path inside the pack.
        content: its bytes, UTF-8 with or without a byte order mark.
        kind: first word of its places.
        entry_type: what the file as a whole is.
    """
    try:
        text = content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as exc:
        line = content.count(b"\n", 0, exc.start) + 1
        return [Mistake(name, line, "", "", "这一行不是 UTF-8 编码。请用 UTF-8 编码另存这个文件。")]
    try:
        parsed = parse_toml(text)
    except RecursionError:
        return [Mistake(name, 0, "", "", "括号套得太深了。")]
    except ValueError as exc:
        return [syntax_mistake(name, str(exc), text)]
    try:
        return PackFile(name, text, kind, parsed, converted(parsed, entry_type))
    except msgspec.ValidationError:
        broken = PackFile(name, text, kind, parsed, None)
        return [broken.mistake(*found) for found in _refused(parsed, entry_type, ())]


def parse_toml(text: str) -> dict[str, Any]:
    """The text as TOML.

    ``rtoml`` is fast, because this happens at every start; what it refuses ``tomllib`` may judge, whose messages
    say where and what.

    Raises:
        ValueError: not TOML; the message is that of ``tomllib``.
        RecursionError: brackets inside brackets, thousands deep.
    """
    try:
        return rtoml.loads(text)
    except rtoml.TomlParsingError:
        import tomllib

        return tomllib.loads(text)


def _refused(value: object, kind: object, path: TomlPath) -> Iterator[Found]:
    """Everything in a value that is not of its kind."""
    inner = _inner_kind(value, kind)
    if isinstance(value, dict) and isinstance(inner, type) and issubclass(inner, msgspec.Struct):
        yield from _refused_in_table(value, inner, path)
    elif isinstance(value, dict) and get_origin(inner) is dict:
        for key, part in value.items():
            yield from _refused(part, get_args(inner)[1], (*path, key))
    elif isinstance(value, list) and get_origin(inner) is tuple and get_args(inner)[1] is ...:
        for at, part in enumerate(value):
            yield from _refused(part, get_args(inner)[0], (*path, at))
    else:
        try:
            converted(value, cast("type[object]", kind))  # any annotation
        except msgspec.ValidationError:
            above, key = _table_and_key(path)
            yield (above, key, *_unfit(value, kind))


def _inner_kind(value: object, kind: object) -> object:
    """Of several possible kinds the one that has the value's shape: ``Seal`` of ``Seal | None`` for a table."""
    if get_origin(kind) not in {Union, UnionType}:
        return kind
    tables = [option for option in get_args(kind) if hasattr(option, "__struct_fields__")]
    return tables[0] if tables and isinstance(value, dict) else kind


def _refused_in_table(table: dict[str, Any], kind: type[msgspec.Struct], path: TomlPath) -> Iterator[Found]:
    known = {known.encode_name: known for known in msgspec.structs.fields(kind)}
    for key, value in table.items():
        if key in known:
            yield from _refused(value, known[key].type, (*path, key))
        else:
            yield path, key, "没有这个键。", suggested(key, known)
    for key, entry in known.items():
        if entry.required and key not in table:
            yield path, key, f"缺这个键，要写{_expected(entry.type)}。", ""


def _table_and_key(path: TomlPath) -> tuple[TomlPath, str]:
    """The table that a value stands in, and its key there; a list entry is blamed on the list's key."""
    last = max((at for at, part in enumerate(path) if isinstance(part, str)), default=-1)
    return (path[:last], str(path[last])) if last >= 0 else ((), "")


def _unfit(value: object, kind: object) -> tuple[str, str]:
    """What is wrong with a value of the wrong kind, and a suggestion."""
    literal = next((option for option in (kind, *get_args(kind)) if get_origin(option) is Literal), None)
    if literal is not None and isinstance(value, str):
        return f"这里不能写“{value}”。", suggested(value, get_args(literal))
    seen = next((word for types, word in _SEEN if isinstance(value, types)), "别的")
    return f"要写{_expected(kind)}，现在是{seen}。", ""


def _expected(kind: object) -> str:
    """What a key takes, in words."""
    if kind in _EXPECTED:
        return _EXPECTED[kind]
    origin, options = get_origin(kind), get_args(kind)
    if origin in {Union, UnionType}:
        return "或".join(filter(None, map(_expected, options)))
    if origin is Literal:
        return "、".join(options) + " 中的一个"
    if origin is tuple and options[1] is not ...:
        return f"{len(options)} 个一组的列表（[…, …]）"
    return "列表（[…]）" if origin is tuple else "表"
