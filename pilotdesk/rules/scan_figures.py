"""Figures in running text that say another number than the table: 满意度达到95% beside a target of 96.

A figure belongs to the words between it and the last mark or digit before it, 由18.5小时降到12小时 to the words before the
first of the two. Limits (不低于90%, 95%以上) and parts of a whole (乡镇满意度) are no contradiction and are passed over.
"""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache
from typing import Final, NamedTuple

from pilotdesk.forms.folding import half_width
from pilotdesk.forms.lazy_pattern import LazyPattern
from pilotdesk.forms.values import Row
from pilotdesk.rules import operators

_MARKS: Final = r"，。；：！？、,;:!?\n\d（）()“”"
_NUMBER: Final = LazyPattern(r"\d+(?:\.\d+)?")
_MARK: Final = LazyPattern(rf"[{_MARKS}]")
_CHAIN: Final = LazyPattern(
    r"\s*(?:%|[一-鿿]{1,4}?)(?:提高|上升|增加|增长|提升|扩大|降低|下降|减少|缩短|压缩|压减|升|降|增|减)?(?:到|至|为)\Z"
)
_LIMIT: Final = LazyPattern(
    "不低于|不少于|不超过|不高于|不小于|不大于|超过|高于|低于|多于|少于|大于|小于|近|约|至少|最多|每|中有|其中|达不到"
)
_LOOSE: Final = LazyPattern("以上|以下|以内|左右|以外|多|余|个百分点")
_PART_OF: Final = LazyPattern(r"\d年|再|又|新增|本年|今年|当年|全年|年内|分别|各")
_SENTENCE: Final = LazyPattern(r"[^。；;\n]+")
_YEAR: Final = LazyPattern(r"(?<!\d)(?:19|20)\d{2}(?=年)")
_LEAD: Final = LazyPattern(
    r"(?:\A|年底|年末|年|月|底|末|期内|累计|全县|全市|全区|全省|总体|使|让|将|把|提出|报送|形成|调查)\s*\Z"
)
_DROPPED_LEADS: Final = ("提出", "累计", "新增", "服务对象", "单件平均", "单件")
_DROPPED_ENDS: Final = ("总数量", "数量", "总数", "数")
_COUNTED: Final = frozenset({"项", "个", "件", "次", "家", "人", "人次", "条", "份", "套", "名"})
LEAST_NOUN: Final = 3
"""Fewest characters of a noun that is looked for: 满意度, 覆盖率."""
MOST_WORDS: Final = 40
"""Most characters that are looked at before and after a number."""
MOST_BETWEEN: Final = 8
"""Most characters between a noun and its figure."""
_CHINESE_DIGITS: Final = {word: number for number, word in enumerate("一二三四五六七八九十", start=1)} | {
    "两": 2
}


class Figure(NamedTuple):
    """One number of a text.

    Attributes:
        words: what stands before it, back to the last mark or digit; for the second of a pair, before the first.
        number: itself. after: what follows, up to the next mark or digit.
        paired: whether it is the second of a pair.
        exact: whether it is meant as it stands: no limit, no part of a whole.
        years: years that its sentence speaks of. partial: whether the sentence may count one year or one share alone.
    """

    words: str
    number: Decimal
    after: str
    paired: bool
    exact: bool
    years: frozenset[int]
    partial: bool


class Noun(NamedTuple):
    """What a row of the table speaks of.

    Attributes:
        names: ways to write it, the longest first. unit: of its figures. numbers: those that agree with the table.
    """

    names: tuple[str, ...]
    unit: str
    numbers: frozenset[Decimal]


class _Table(NamedTuple):
    rows: tuple[object, ...]
    columns: tuple[str, ...]
    nouns: tuple[Noun, ...]


_LAST: list[_Table] = []
"""The table that was looked at last: all texts are compared with the same one."""


@lru_cache(maxsize=1024)
def figures_of(text: str) -> tuple[Figure, ...]:
    """Every number of a text with the words it belongs to."""
    found: list[Figure] = []
    for piece in _SENTENCE.finditer(half_width(text)):
        sentence = piece[0]
        years = frozenset(map(int, _YEAR.findall(sentence)))
        partial = _PART_OF.search(sentence) is not None
        words, last_end = "", -1
        for match in _NUMBER.finditer(sentence):
            run = _words_before(sentence, match.start())
            paired = last_end == match.start() - len(run) and _CHAIN.match(run) is not None
            words = words if paired else run
            last_end = match.end()
            after = _words_after(sentence, last_end)
            exact = not (
                _LIMIT.search(words) or _LOOSE.search(after[:8]) or "其中" in sentence[: match.start()]
            )
            found.append(Figure(words, Decimal(match[0]), after, paired, exact, years, partial))
    return tuple(found)


def _words_before(sentence: str, place: int) -> str:
    """What stands before a place, back to the last mark or digit."""
    near = sentence[max(0, place - MOST_WORDS) : place]
    marks = [match.end() for match in _MARK.finditer(near)]
    return near[marks[-1] :] if marks else near


def _words_after(sentence: str, place: int) -> str:
    """What follows a place, up to the next mark or digit."""
    near = sentence[place : place + MOST_WORDS]
    mark = _MARK.search(near)
    return near[: mark.start()] if mark else near


def figures_apart(
    text: str, rows: tuple[object, ...], columns: tuple[str, ...], base_year: int
) -> tuple[str, ...]:
    """Quotes of the figures in a text that stand beside a noun of the table and are none of its numbers.

    Args:
        text: running text.
        rows: the table.
        columns: names of the columns with the noun and the unit, then those with numbers.
        base_year: sentences that speak of earlier years are history and are passed over.
    """
    figures = figures_of(text)
    if not figures:
        return ()
    nouns = _nouns_of(rows, columns)
    found: list[str] = []
    for figure in figures:
        if not figure.exact or any(year < base_year for year in figure.years):
            continue
        for noun in nouns:
            name = _name_beside(noun, figure)
            if name and figure.number not in noun.numbers:
                found.append(_quoted(name, figure, noun.unit))
                break
    return tuple(dict.fromkeys(found))


def counts_apart(text: str, number: Decimal, unit: str, nouns: tuple[str, ...]) -> tuple[str, ...]:
    """Quotes of the figures that say another number of something than the form: 补充制定标准20项 beside 24 rows.

    A sentence with a year speaks of that year alone and is passed over.
    """
    units = tuple(unit.split("/"))
    found: list[str] = []
    for figure in figures_of(text):
        if figure.number == number or not figure.exact or figure.years:
            continue
        own = next((one for one in units if figure.after.startswith(one)), "")
        for noun in nouns if own else ():
            place = figure.words.find(noun)
            between = figure.words[place + len(noun) :]
            if place >= 0 and len(between) <= MOST_BETWEEN and not figure.paired:
                found.append(f"{noun}{between}{figure.number}{own}")
                break
    return tuple(dict.fromkeys(found))


def counts_before(text: str, number: Decimal, counted: str) -> tuple[str, ...]:
    """Quotes of counts written before what they count: 三家参加单位 beside a table of four. Chinese digits are read."""
    found: list[str] = []
    plain = half_width(text)
    begin = plain.find(counted)
    while begin >= 0:
        before = plain[max(0, begin - 4) : begin].rstrip()
        digits = before[len(before.rstrip("0123456789")) :]
        written = digits or (before[-1:] if before[-1:] in _CHINESE_DIGITS else "")
        told = int(digits) if digits else _CHINESE_DIGITS.get(before[-1:], 0)
        longer = not digits and before[-2:-1] in {*_CHINESE_DIGITS, "第", "每"}
        if told and told != number and not longer:
            found.append(written + counted)
        begin = plain.find(counted, begin + 1)
    return tuple(dict.fromkeys(found))


def _name_beside(noun: Noun, figure: Figure) -> str:
    """The way in which a noun is written before a figure of its unit; empty when it is not.

    What is counted may be counted for one year alone, so sentences with a year are left out for it.
    """
    if not figure.after.startswith(noun.unit):
        return ""
    if figure.partial and noun.unit in _COUNTED:
        return ""
    for name in noun.names:
        place = figure.words.rfind(name)
        if (
            place >= 0
            and len(figure.words) - place - len(name) <= MOST_BETWEEN
            and _LEAD.search(figure.words[:place])
        ):
            return name
    return ""


def _quoted(name: str, figure: Figure, unit: str) -> str:
    between = "…" if figure.paired else figure.words[figure.words.rfind(name) + len(name) :]
    return f"{name}{between}{figure.number}{unit}"


def _nouns_of(rows: tuple[object, ...], columns: tuple[str, ...]) -> tuple[Noun, ...]:
    if not (_LAST and _LAST[0].rows is rows and _LAST[0].columns == columns):
        _LAST[:] = [_Table(rows, columns, _read_nouns(rows, columns))]
    return _LAST[0].nouns


def _read_nouns(rows: tuple[object, ...], columns: tuple[str, ...]) -> tuple[Noun, ...]:
    read: list[tuple[str, str, frozenset[Decimal]]] = []
    for row in rows:
        cells = [row.cell(column) for column in columns] if isinstance(row, Row) else []
        written, unit = (cells[0], cells[1]) if cells else (None, None)
        if isinstance(written, str) and isinstance(unit, str):
            numbers = [Decimal(cell) for cell in cells[2:] if operators.is_number(cell)]  # type: ignore[arg-type]
            read.append((_core(half_width(written)), half_width(unit).strip(), _agreeing(numbers)))
    ways = _ways_of(tuple((core, unit) for core, unit, _ in read))
    return tuple(
        Noun(names, unit, numbers)
        for names, (_, unit, numbers) in zip(ways, read, strict=True)
        if names and unit and numbers
    )


def _agreeing(numbers: list[Decimal]) -> frozenset[Decimal]:
    """The numbers of a row, and how much lies between any two of them."""
    return frozenset(numbers) | {abs(one - other) for one in numbers for other in numbers if one != other}


def _core(written: str) -> str:
    core = "".join(written.split())
    for end in _DROPPED_ENDS:
        if core.endswith(end):
            core = core.removesuffix(end)
            break
    return core


@lru_cache(maxsize=8)
def _ways_of(written: tuple[tuple[str, str], ...]) -> tuple[tuple[str, ...], ...]:
    """Noun and unit of each row to the ways to write it; none for nouns that are too short or stand there twice."""
    cores = [core for core, _ in written]
    return tuple(
        _ways(core, unit, cores) if len(core) >= LEAST_NOUN and cores.count(core) == 1 else ()
        for core, unit in written
    )


def _ways(core: str, unit: str, cores: list[str]) -> tuple[str, ...]:
    """A noun in full, without its lead, and, of what is not counted, every ending that no other noun has."""
    ways = [core, *(core.removeprefix(lead) for lead in _DROPPED_LEADS if core.startswith(lead))]
    if unit not in _COUNTED:
        endings = (core[begin:] for begin in range(1, len(core) - LEAST_NOUN + 1))
        ways += [ending for ending in endings if sum(ending in other for other in cores) == 1]
    return tuple(dict.fromkeys(way for way in ways if len(way) >= LEAST_NOUN))
