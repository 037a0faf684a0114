"""One mistake in a pack: where it is, what it is, and what was probably meant."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import msgspec

from pilotdesk.forms.lazy_pattern import LazyPattern

if TYPE_CHECKING:
    from collections.abc import Iterable

MOST_LISTED: Final = 12
"""Possible words that are listed when none of them is close."""


class Mistake(msgspec.Struct, frozen=True, order=True):
    """A mistake as it is listed by ``pack lint`` and by the loader.

    Attributes:
        file: path inside the pack, with ``/``. line: from 1; 0 when the file as a whole is meant.
        where: table path by names, ``step unit / group registration / field uscc``; empty at the top of a file.
        key: the TOML key; empty when none is to blame.
        text: what is wrong; suggestion: what to do, or empty.
    """

    file: str
    line: int
    where: str
    key: str
    text: str
    suggestion: str = ""

    def line_text(self) -> str:
        """``application/02-unit.toml:41 step unit / field uscc · lable：没有这个键。是不是“label”？``."""
        place = f"{self.file}:{self.line}" if self.line else self.file
        words = " · ".join(part for part in (self.where, self.key) if part)
        return (
            f"{place} {words}：{self.text}{self.suggestion}"
            if words
            else f"{place}：{self.text}{self.suggestion}"
        )


def suggested(word: str, possible: Iterable[str]) -> str:
    """The closest possible word, or the short list of all, as a sentence; empty when there is nothing to offer."""
    from difflib import get_close_matches  # only once something is wrong

    known = list(dict.fromkeys(possible))
    close = get_close_matches(word, known, n=1)
    if close:
        return f"是不是“{close[0]}”？"
    return f"可以写：{'、'.join(known)}。" if 0 < len(known) <= MOST_LISTED else ""


_SYNTAX: Final = (
    ("Cannot declare", "这个表写了两遍，或同一个键既是值又是表。"),
    ("Cannot overwrite a value", "同一个键在这个表里写了两遍。"),
    ("Duplicate inline table key", "同一个键在花括号里写了两遍。"),
    ("Cannot mutate immutable", "前面已经用花括号写完了这个表，不能再往里加。"),
    ("Cannot redefine namespace", "这个表前面已经写过了。"),
    ("Expected '='", "键的后面要有等号。"),
    ("Expected ']", "表名的方括号没有收口。"),
    (
        "Expected newline",
        "值写完之后这一行还有别的字。一行写一个键；文字两头加引号，日期写成 2026-06-30 的样子。",
    ),
    ("Expected", "这里少了一个符号。"),
    ("Found invalid character", "文字里有不能直接写的符号；多行文字两头各用三个引号。"),
    ("Illegal character '\\n'", "引号没有收口；多行文字两头各用三个引号。"),
    ("Illegal character", "有看不见的控制符号；多行文字两头各用三个引号。"),
    ("Invalid date", "日期要写成 2026-06-30 的样子，不加引号。"),
    ("Invalid initial character for a key part", "键要用英文字母、数字和下划线；中文键两头要加引号。"),
    ("Invalid statement", "这一行看不懂；键要用英文字母，中文只能写在引号里。"),
    ("Invalid value", "等号后面的值看不懂；文字两头要加引号，真假写 true、false。"),
    ("Invalid hex value", "反斜杠后面的代码不对；要写反斜杠本身，写两个。"),
    ("Escaped character", "反斜杠后面的代码不对；要写反斜杠本身，写两个。"),
    ("Unescaped", "要写反斜杠本身，写两个。"),
    ("Unclosed array", "方括号没有收口。"),
    ("Unclosed inline table", "花括号没有收口；花括号里的内容要写在同一行。"),
    ("Unterminated string", "引号没有收口。"),
)
_PLACE: Final = LazyPattern(r"\(at (?:line (\d+), column \d+|end of document)\)$")
_KEY: Final = LazyPattern(r"^(?:Cannot|Duplicate)[^'(]*\(?'(.+)',?\)? ")


def syntax_mistake(file: str, message: str, text: str) -> Mistake:
    """A mistake of the TOML notation.

    Args:
        file: path inside the pack.
        message: of ``tomllib``, in English, ending in ``(at line 3, column 5)`` or ``(at end of document)``.
        text: the file's.
    """
    place, key = _PLACE.search(message), _KEY.search(message)
    line = int(place[1]) if place and place[1] else len(text.rstrip().splitlines())
    said = next(
        (chinese for english, chinese in _SYNTAX if message.startswith(english)), "这里不合 TOML 的写法。"
    )
    return Mistake(file, line, "", key[1].replace("', '", ".") if key else "", said)
