"""Line numbers for everything in a TOML text, which ``tomllib`` does not keep.

Only looked at once a mistake has been found, so it costs nothing at start.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from pilotdesk.forms.lazy_pattern import LazyPattern

if TYPE_CHECKING:
    from collections.abc import Mapping

TomlPath = tuple[str | int, ...]
"""Keys and list places from the top of a file: ``("group", 0, "field", 2, "label")``."""

_WORD: Final = r"""(?:[A-Za-z0-9_-]+|"(?:\\.|[^"\\\n])*"|'[^'\n]*')"""
_KEY: Final = rf"{_WORD}(?:[ \t]*\.[ \t]*{_WORD})*"
_TOKEN: Final = LazyPattern(
    rf"""
    (?P<header>^[ \t]*\[(?P<array>\[)?[ \t]*(?P<table>{_KEY})[ \t]*\]\]?[ \t]*(?=\#|\r?$))
    | (?P<skip>\#[^\n]* | \"\"\"(?:\\.|[^\\])*?\"\"\"+ | '''.*?'''+)
    | (?P<key>{_KEY})[ \t]*=
    | (?P<text>"(?:\\.|[^"\\\n])*" | '[^'\n]*')
    | (?P<mark>[\[\]{{}},])
    """,
    re.VERBOSE | re.MULTILINE | re.DOTALL,
)


class _Scanner:
    """Walks the tokens of one valid TOML text; ``lines`` is the result."""

    def __init__(self) -> None:
        self.lines: dict[TomlPath, int] = {(): 1}
        self._table: TomlPath = ()
        self._last: dict[TomlPath, int] = {}
        self._key: TomlPath = ()
        self._open: list[tuple[str, TomlPath]] = []
        """Open brackets with the path they stand for."""

    def scan(self, text: str) -> Mapping[TomlPath, int]:
        at = 0
        while found := _TOKEN.search(text, at):
            line = text.count("\n", 0, found.start("table" if found["table"] else found.lastgroup or 0)) + 1
            at = found.end()
            if found["header"] and self._open:  # a list inside a list, at the start of a line
                at = text.index("[", found.start()) + 1
                self._mark("[", line)
            elif found["header"]:
                self._header(_words(found["table"]), bool(found["array"]), line)
            elif found["key"]:
                above = self._open[-1][1] if self._open else self._table
                self._key = self._note(above, _words(found["key"]), line)
            elif found["mark"]:
                self._mark(found["mark"], line)
        return self.lines

    def _header(self, words: list[str], array: bool, line: int) -> None:
        path: TomlPath = ()
        for word in words[:-1]:
            path = (*path, word)
            path = (*path, self._last[path]) if path in self._last else path
        path = (*path, words[-1])
        if array:
            self._last[path] = self._last.get(path, -1) + 1
            self.lines.setdefault(path, line)
            path = (*path, self._last[path])
        self.lines.setdefault(path, line)
        self._table = path

    def _note(self, above: TomlPath, words: list[str], line: int) -> TomlPath:
        for word in words:
            above = (*above, word)
            self.lines.setdefault(above, line)
        return above

    def _mark(self, mark: str, line: int) -> None:
        if mark in "]}":
            self._open.pop()
            return
        if mark == ",":
            return
        path = self._key
        if self._open and self._open[-1][0] == "[":
            above = self._open[-1][1]
            self._last[above] = self._last.get(above, -1) + 1
            path = (*above, self._last[above])
        self.lines.setdefault(path, line)
        self._open.append((mark, path))


def _words(key: str) -> list[str]:
    return [word.strip("\"'") for word in re.findall(_WORD, key)]


def line_numbers(text: str) -> Mapping[TomlPath, int]:
    """The line (from 1) of every table, key and bracketed list entry of a valid TOML text."""
    return _Scanner().scan(text)


def line_of(lines: Mapping[TomlPath, int], path: TomlPath) -> int:
    """The line of a path, or of the closest thing above it that has one."""
    while path not in lines:
        path = path[:-1]
    return lines[path]
