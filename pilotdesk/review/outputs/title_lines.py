"""How the title of an official document is broken: into few lines of a good shape, and never inside a word.

Source: GB/T 9704-2012 §7.3.1: 词意完整、排列对称、长短适宜、间距恰当，使用梯形或菱形.
"""

from __future__ import annotations

import re
from itertools import combinations, pairwise
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

MOST_WIDTH: Final = 19.5
"""Characters of 2号 that stand side by side in the text area; digits of some fonts are wider than half a character."""
MOST_LINES: Final = 4
_EVEN: Final = 0.8
"""How long a line is beside the longest one, where nobody wants to look twice."""

_WORDS: Final = re.compile(
    r"\w{2,4}?(?:省|市(?!场)|自治区|兵团|县|区)|市场监督管理(?:局|厅|委员会)|(?:国家)?标准化|试点项目|试点|关于|处理意见的报告|报告"
    r"|\d+年度?|“[^”]{1,16}”|推荐|[A-Za-z0-9.]+|."
)
_NOT_FIRST: Final = frozenset("的”》）、，。和与")
_NOT_LAST: Final = frozenset("“《（")


def title_lines(title: str, words: Sequence[str] = ()) -> tuple[str, ...]:
    """The lines of a title.

    Of all ways that take the fewest lines the best shaped one is taken: two lines with the longer one above, three with the
    longest in the middle or getting shorter.

    Args:
        title: whole.
        words: what is not broken besides what is known to be a word; names of places and units.
    """
    pieces = list(_pieces(title, words))
    for count in range(1, MOST_LINES + 1):
        ways = (way for way in _ways(pieces, count) if max(map(width, way[1])) <= MOST_WIDTH)
        best = min(ways, key=lambda way: (way[0], *_ugliness(way[1])), default=None)
        if best is not None:
            return best[1]
    return tuple(_filled(pieces))


def width(text: str) -> float:
    """Width of a text in characters; Latin letters and digits are half as wide."""
    return sum(0.5 if ord(char) < 0x250 else 1.0 for char in text)


def _pieces(title: str, words: Sequence[str]) -> Iterator[str]:
    """Words in their order, with what may not begin or end a line."""
    known = "|".join(
        re.escape(word) for word in sorted(words, key=len, reverse=True) if 0 < width(word) <= MOST_WIDTH
    )
    pattern = re.compile(f"{known}|{_WORDS.pattern}" if known else _WORDS.pattern)
    kept = ""
    for found in pattern.findall(title):
        if kept and (found[0] in _NOT_FIRST or kept[-1] in _NOT_LAST or found in {"函", "报告"}):
            kept += found
            continue
        if kept:
            yield kept
        kept = found
    if kept:
        yield kept


def _ways(pieces: Sequence[str], count: int) -> Iterator[tuple[int, tuple[str, ...]]]:
    """All ways to make so many lines; each with how often it breaks where no word is known to end."""
    torn = [one for one in range(1, len(pieces)) if len(pieces[one - 1]) == len(pieces[one]) == 1]
    for cuts in combinations(range(1, len(pieces)), count - 1):
        edges = (0, *cuts, len(pieces))
        lines = tuple("".join(pieces[start:end]) for start, end in pairwise(edges))
        yield sum(cut in torn for cut in cuts), lines


def _ugliness(lines: Sequence[str]) -> tuple[int, float, float]:
    """Less is better: a wrong shape, then unevenness."""
    widths = [width(line) for line in lines]
    falling = all(one > other for one, other in pairwise(widths))
    middle = len(widths) > 2 and max(widths) == max(widths[1:-1]) and widths[0] < max(widths) > widths[-1]
    longest = max(widths)
    uneven = sum(abs(longest * _EVEN - one) for one in widths if one != longest)
    return (0 if falling or middle or len(widths) == 1 else 1, round(uneven, 3), -widths[0])


def _filled(pieces: Sequence[str]) -> Iterator[str]:
    """A title that is too long for any shape, line by line."""
    line = ""
    for piece in pieces:
        if line and width(line + piece) > MOST_WIDTH:
            yield line
            line = ""
        line += piece
    if line:
        yield line
