"""Where a line of Chinese may end.

Each place between two characters has a rank. A line ends at the last place of the best rank it offers:

- ``FREE``: an ordinary place;
- ``JOINT``: inside a long address, or a credit code at 8 + 10; used when nothing else is left;
- ``TORN``: inside a date, a number with its unit, a standard number; only where the line is narrower than them;
- ``NEVER``: before 。 and after （, inside a word; only where one word is wider than the line.

Source: GB/T 15834-2011 §5 (marks at line ends), print target §1 rule 6 and §4.3.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Final

NEVER: Final = 0
TORN: Final = 1
JOINT: Final = 2
FREE: Final = 3

NO_START: Final = frozenset(
    "!%),.:;>?]}¢°·ˇ―‖’”…‰′″›℃∶、。〃〉》」』】〕〗〞！＂％＇），．：；？］｀｜｝～￠々—＞／"
    "ーぁぃぅぇぉっゃゅょァィゥェォッャュョ"
)
"""Characters that no line begins with."""

NO_END: Final = frozenset("([{<£¥‘“〈《「『【〔〖〝（［｛￡￥＜№")
"""Characters that no line ends with."""

_LATIN_END: Final = "\u0500"
_UNITS = (
    "工作日|平方米|立方米|平方公里|万人次|万件次|人次|万元|亿元|万件|万人|万户|万个|万次|小时|分钟|公里|公顷|千克|毫米|厘米|个月"
    "|个工作日|[年月日号项个件份家人次条天周元分米吨台套张页名户所座亩万亿%‰℃]"
)
_DATE = r"\d{4}年(?:\d{1,2}月(?:\d{1,2}日)?)?"
_WHOLE = re.compile(
    "|".join(
        (
            r"[A-Z][A-Z0-9]*(?:/[A-Z]+)* ?\d+(?:\.\d+)*[—-]\d{4}",  # GB/T 39735—2020
            rf"{_DATE}—{_DATE}",
            rf"^至{_DATE}",  # the second line of a period in a table
            _DATE,
            r"\d{1,2}月\d{1,2}日",
            rf"\d[\d,.]*(?: \d{{3}})*(?:{_UNITS})",
            r"\d{1,3}(?: \d{3})+",
            r"第(?:[一二三四五六七八九十]+|\d+(?:[—-]\d+)?)(?:部分|[章节条款项页行版期次届号类级])",
        )
    )
)
_DATE_JOINT = re.compile(r"(?<=\d[年月])(?=\d{1,2}[月日])")
_ADDRESS = re.compile(r"[!-~]*(?:://|@|www\.)[!-~]*|[!-~]{25,}")
# What a text has to hold, to hold one of these.
_MENDED = re.compile(r"[\d第@/.]|[!-~]{18}")
_JOINTS: Final = frozenset("/._?&=@-")
_CREDIT_CODE = re.compile(r"(?<![0-9A-Z])[0-9A-HJ-NP-RTUWXY]{18}(?![0-9A-Z])")


def is_wide(char: str) -> bool:
    """Ideographs and full-width marks: space for justification is added between two of them only."""
    return char >= "\u2e80" or char in "“”‘’…—"


class _Kinds(dict[str, int]):
    """What a character is for those beside it, worked out when it is seen first."""

    def __missing__(self, char: str) -> int:
        latin = "!" <= char < _LATIN_END
        signs = (
            (latin, _LATIN),
            (char in NO_START, _STAYS),
            (char in NO_END, _HOLDS),
            (char.isspace(), _BLANK),
        )
        kind = self[char] = sum(sign for given, sign in signs if given)
        return kind


_LATIN, _STAYS, _HOLDS, _BLANK = 1, 2, 4, 8
_KINDS: Final = _Kinds()


def _rank(before: int, after: int) -> int:
    inside = before & after & _LATIN
    return NEVER if inside or after & (_STAYS | _BLANK) or before & _HOLDS else FREE


_PAIRS: Final = bytes(_rank(pair >> 4, pair & 15) for pair in range(256))


def ranks(text: str) -> bytearray:
    """Rank of the place before each character of a paragraph; the first is ``NEVER``."""
    kinds = [_KINDS[char] for char in text]
    found = bytearray(1) if text else bytearray()
    found += bytes([_PAIRS[before << 4 | after] for before, after in pairwise(kinds)])
    if not text.isdecimal() and _MENDED.search(text):
        _mend(text, found)
    return found


def date_joints(text: str) -> frozenset[int]:
    """Places inside dates that are bad, but better than a line pulled apart: before the month, before the day."""
    return frozenset(found.start() for found in _DATE_JOINT.finditer(text))


def _mend(text: str, found: bytearray) -> None:
    """Keep numbers with their units whole; let long addresses and credit codes break at their joints."""
    for match in _WHOLE.finditer(text):
        for n in range(match.start() + 1, match.end()):
            found[n] = min(found[n], TORN)
    for match in _ADDRESS.finditer(text):
        for n in range(match.start() + 1, match.end()):
            if text[n - 1] in _JOINTS and text[n] not in _JOINTS and text[n] not in NO_START:
                found[n] = JOINT
    for match in _CREDIT_CODE.finditer(text):
        found[match.start() + 8] = JOINT
