"""Lint of everything a person reads in a pack: blanks, punctuation, and words the house does not use."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pilotdesk.forms.mistakes import Mistake
    from pilotdesk.forms.reader import PackFile
    from pilotdesk.forms.toml_lines import TomlPath

READ_BY_PEOPLE: Final = frozenset(
    {
        "ask", "boundary", "caption", "example", "fix", "group", "heads", "hint", "label", "lead", "left", "note",
        "notes", "right", "scope", "short", "text", "title", "unit", "what", "why",
    }
)  # fmt: skip
SAID_TO_PEOPLE: Final = frozenset({"what", "why", "fix", "hint"})
_CHINESE: Final = "[\u4e00-\u9fff]"
_EXPRESSION: Final = re.compile(r"\{[^{}]*\}")
_HALF_WIDTH: Final = re.compile(
    rf"{_CHINESE}[,;:!?()\"']|[,;:!?()\"']{_CHINESE}|{_CHINESE}\.(?:{_CHINESE}|$)"
)
_HARSH: Final = re.compile("错误|失败|无效|非法|异常|请勿|严禁|[!！]")


def lint_words(file: PackFile[Any]) -> Iterator[Mistake]:
    """Everything to mend in the words of one file."""
    for path, key, text in _texts(file.parsed, (), ""):
        plain = _EXPRESSION.sub("", text)
        found = _HALF_WIDTH.search(plain)
        if found:
            yield file.mistake(path, key, f"中文旁边用了半角标点“{found[0]}”。", "请用全角标点。")
        if "  " in plain or plain != plain.strip():
            yield file.mistake(path, key, "有连着的空格，或者两头有空格。")
        harsh = _HARSH.search(plain) if key in SAID_TO_PEOPLE else None
        if harsh:
            yield file.mistake(path, key, f"给人看的话里不用“{harsh[0]}”。", "先说哪里不合适，再说怎么办。")


def _texts(value: object, path: TomlPath, key: str) -> Iterator[tuple[TomlPath, str, str]]:
    """Every text under a key that people read, with the path of its table."""
    if isinstance(value, dict):
        for name, inner in value.items():
            above = (*path, key) if key else path
            yield from _texts(inner, above, name)
    elif isinstance(value, list):
        for at, inner in enumerate(value):
            if isinstance(inner, dict):
                yield from _texts(inner, (*path, key, at), "")
            else:
                yield from _texts(inner, path, key)
    elif isinstance(value, str) and key in READ_BY_PEOPLE:
        yield path, key, value
