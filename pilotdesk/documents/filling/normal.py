"""Labels as they are compared: blanks, numbering, brackets and punctuation do not count."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

BLANKS: Final = r"[\s_\u200b\ufeff]"
"""Signs that a blank to be filled is made of; ``\\s`` has the wide ones of Chinese and the fixed ones of forms."""

_NUMBERING: Final = re.compile(
    r"(?:第[一二三四五六七八九十\d]+[章节条部分]+|[一二三四五六七八九十]+[、.,)]|\([一二三四五六七八九十\d]+\)|\d+(?:\.\d+)+(?!年)"
    r"|\d+[.、,)]|附?[表件图][\d一二三四五六七八九十]+(?:[-.]\d+)?:?|[a-h][.、)]|[ivx]+[.、]|[*★☆●■◆◇▲△·※→○◎])"
)
_COUNT: Final = re.compile(
    r"^\s*(?:[①-⑳❶-❿➀-➓]|\d{1,2}(?:\.\d{1,2})*[\s\u3000]+(?=[\u4e00-\u9fff])(?![年月日]))"
)
"""Numbers of labels that have no sign behind them."""
_BRACKETS: Final = re.compile(r"\([^()]*\)|【[^】]*】|\[[^\]]*\]|〔[^〕]*〕|《|》")
_AND: Final = re.compile(r"[及和与、/]|以及")
_SIGNS: Final = re.compile(r"[:;,.。、·/\\\-—–~*\"“”'‘’()|?]+")
_LEVELS: Final = (
    re.compile(r"(?:第[一二三四五六七八九十\d]+[章节条部分]+|[一二三四五六七八九十]+[、.．])"),
    re.compile(r"[(（][一二三四五六七八九十]+[)）]"),
    re.compile(r"\d+[.．、]|[(（]\d+[)）]"),
)
_NOTE: Final = re.compile(r"[(（【\[]([^)）】\]]*)[)）】\]]")
UNITS: Final = frozenset(
    {
        "人", "名", "项", "个", "家", "件", "套", "份", "户", "亩", "吨", "次", "天", "月",
        "年", "分", "%", "万", "元", "万元", "亿元", "万件", "万人", "人次", "平方米", "公顷", "千克", "小时",
    }
)  # fmt: skip
"""Units as labels have them in brackets."""
NUMERALS: Final = "0123456789一二三四五六七八九十"
MONEY: Final = {"元": 0, "千元": 3, "万元": 4, "百万元": 6, "亿元": 8}
"""Units of money as powers of ten."""
ENDINGS: Final = (
    "基本情况",
    "基本信息",
    "情况表",
    "一览表",
    "汇总表",
    "汇总",
    "情况",
    "信息",
    "概况",
    "名单",
    "明细表",
    "清单",
    "表",
)


@lru_cache(maxsize=16_384)
def normal(text: str) -> str:
    """A label as it is compared; of one that is all in brackets what stands in them."""
    folded = _unnumbered(text)
    return _SIGNS.sub("", _outside_brackets(folded)) or _SIGNS.sub("", folded)


def _unnumbered(text: str) -> str:
    """A label without blanks and without the number before it."""
    bare = _COUNT.sub("", text)
    folded = re.sub(BLANKS + "+", "", unicodedata.normalize("NFKC", bare)).casefold()
    while found := _NUMBERING.match(folded):
        folded = folded[found.end() :]
    return folded


def _outside_brackets(text: str) -> str:
    while (cut := _BRACKETS.sub("", text)) != text:
        text = cut
    return text


def halves(label: str) -> tuple[str, ...]:
    """The normal labels that 和, 及, 与 and 、 put together to one; one where there is none of these words."""
    parts = (normal(one) for one in _AND.split(_outside_brackets(_unnumbered(label))))
    return tuple(one for one in parts if one)


def folded(label: str) -> str:
    """A normal label without the small words that offices choose freely: 与, 及 and 以及 are 和, 的 is nothing, 科室 is 部门."""
    for word in ("以及", "及其", "与", "及"):
        label = label.replace(word, "和")
    for word, said in (("的", ""), ("科室", "部门"), ("处室", "部门"), ("编码", "编号")):
        label = label.replace(word, said)
    return label


def without_ending(label: str) -> str:
    """A normal label without 情况, 信息 and the like at its end; whole when nothing would be left."""
    for ending in ENDINGS:
        if label.endswith(ending) and len(label) > len(ending) + 1:
            return label.removesuffix(ending)
    return label


def notes(text: str) -> tuple[str, ...]:
    """What stands in brackets in a label."""
    return tuple(found.strip() for found in _NOTE.findall(text))


def heading_level(text: str) -> int:
    """1 for 一、 2 for （一） 3 for 1. and 0 for a paragraph without numbering."""
    stripped = text.strip()
    return next((level for level, pattern in enumerate(_LEVELS, 1) if pattern.match(stripped)), 0)


def is_blank_text(text: str) -> bool:
    """Whether there is nothing but blanks and lines to write on."""
    return not re.sub(BLANKS + "+", "", text)
