"""Blanks in running text: lines to write on, dates to be completed, boxes to be ticked, guidance to be replaced."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from pilotdesk.documents.filling.normal import MONEY, UNITS, is_blank_text
from pilotdesk.record import Record

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pilotdesk.documents.filling.mapping import Kind

_B: Final = r"[\s_＿\u200b]"
_DOTS: Final = r"(?:[…‥]{3,}|[.．·・]{5,}|[-－—–]{5,}|(?<=[:：])[…‥]+)"
"""Dots and dashes to write on; two signs of dots are an ellipsis."""
_LINE: Final = re.compile(
    rf"{_B}*{_DOTS}(?:{_B}|[…‥.．·・])*|(?:_|＿){{2,}}(?:{_B}*[_＿])*"
    rf"|[\u3000\u2002\u2003\t]{_B}+|\t|[ \u00a0]{{3,}}{_B}*"
)
_OPEN: Final = r"[\s_＿\u200b×Xx]"
CENTURY: Final = r"(?:20[23]?|二[〇○零][二三]?)"
"""What offices print of a year: 20__年, 202_年, 二〇__年."""
_YEAR: Final = rf"(?:\d{{4}}|(?<![\d〇○零一二三四五六七八九十每本当]){CENTURY}?{_OPEN}*)年"
DATE: Final = re.compile(rf"{_YEAR}{_OPEN}+月(?:{_OPEN}*日)?")
PERIOD: Final = re.compile(rf"{DATE.pattern}{_B}*起?{_B}*(?:至|到|—|－|-|～|~|–)+{_B}*{DATE.pattern}")
REGION: Final = re.compile(
    rf"{_B}{{2,}}省(?:[（(][^）)]*[）)])?{_B}{{2,}}市(?:[（(][^）)]*[）)])?{_B}{{2,}}(?:县|区)(?:[（(][^）)]*[）)])?"
)
BOX: Final = "□☐☑☒■√○◯〇"
"""Signs that may be boxes, see :func:`has_box`."""
EMPTY_BOXES: Final = "□☐○◯"
BRACKET_BOX: Final = re.compile(
    r"[（(][\s\u3000]*[）)](?!\s*(?:万?元|人|名|项|个|家|件)(?![\u4e00-\u9fff]))|[\[［【〔][\s\u3000]*[\]］】〕]"
)
_SIGN: Final = re.compile(
    r"[□☐☑☒■]|(?<![打划画用勾“\"‘])√|(?<![○◯二])[○◯](?![○◯零一二三])"
    r"|(?<![〇零一二三四五六七八九十百千第])〇(?![〇零一二三四五六七八九十])"
)
"""A box; circles also stand for names (○○县) and in years (二○二六)."""
_OPTION: Final = re.compile(rf"{_SIGN.pattern}|{BRACKET_BOX.pattern}")
_PAIR: Final = re.compile(
    r"\s*(?:是\s*[/／或]\s*否|否\s*[/／或]\s*是|有\s*[/／或]\s*无|无\s*[/／或]\s*有)\s*"
)
_GUIDANCE: Final = re.compile(r"[（(【\[〔][^）)】\]〕]*[）)】\]〕][。.]?")
_PROMPTS: Final = ("单击", "点击", "请填写", "请输入", "请选择", "选择一项", "在此输入", "此处填写", "请在此")
_AFTER_COLON: Final = re.compile(
    r"(?<=[:：])[ \u00a0\u3000\t]*(?=[\n，；。,;])|(?<=[:：])[ \u00a0\u3000]+(?=[^\s:：（(]{2,12}[:：])"
    r"|(?<=[:：])(?=[\u4e00-\u9fff]{2,6}[:：])"
)
"""Room behind a colon at the end of a line or clause, or before the next label."""
_KINDS: Final[tuple[tuple[re.Pattern[str], Kind], ...]] = (
    (PERIOD, "period"),
    (DATE, "date"),
    (REGION, "region"),
    (_LINE, "text"),
    (_AFTER_COLON, "text"),
)
_SPREAD: Final = re.compile(
    r"\s*(?:[\u4e00-\u9fff]{1,2}[\s\u3000]+){1,6}[\u4e00-\u9fff]{1,2}\s*(?:[（(][^）)]*[）)]\s*)?[:：]"
)
"""A label spread to the width of others: 填　　报　　人：."""
_NOTE: Final = re.compile(r"[（(][^）)]*[）)]")
_HAND: Final = re.compile(r"盖章|公章|签章|印章|签\s*[字名]")
_ASIDE: Final = re.compile(
    r"[（(【\[]?(?:注|备注|附注|本[页表栏]|此[页表栏]|由.{1,12}填|以[上下]|下同|续|见附|可另|可附|可加|可续|不够可|单位[:：])"
)
"""Notes in brackets that are no guidance for one place: they stay."""
_CROSSED: Final = frozenset({"/", "／", "-", "—", "——"})
"""Signs that offices print where nothing has been answered yet."""
_LEAST_LINE: Final = 6
_PAIR_OF_BOXES: Final = 2
_CALLED: Final = re.compile(r"\s*[（(]([\u4e00-\u9fff]{3,12})[）)]")
"""A label in brackets behind its place: ____（项目名称）."""
_QUOTED: Final = re.compile(r"\s*[”\"』」》]\s*(?:国家)?(?:标准化)?(?:试点)?(项目|试点)")
_APPLYING: Final = re.compile(r"(?:申报|申请|承担|实施|开展)的?\s*[“\"『「《]\s*$")
"""Around the name of a project in quotation marks: 我单位申报的“____”项目."""
_MADE: Final = re.compile(
    r"\s*(?:同志|先生|女士)?\s*(?:为|担任|任|作为)(?:我单位|本单位|该项目|我方|单位)?的?([\u4e00-\u9fff]{0,6}(?:人|员|组长|代表))"
)
_MAKING: Final = re.compile(r"(?:指定|委派|指派|选派|由|确定|明确|聘任|安排|推选|任命)$")
"""A label behind the verb that follows its place: 指定____为联系人."""
_CLAUSE: Final = re.compile(r"[，。；、,;\n]")
_COPULA: Final = re.compile(r"[:：\s\u3000]+$|(?:[为是自从于])$")


class Blank(Record, frozen=True, kw_only=True):
    """A place in a text.

    Attributes:
        kind: ``text``, ``date``, ``period``, ``region`` or ``boxes``.
        start, end: what it takes; the same for a place behind a colon.
        labels: what stands before it, the nearest clause first.
        after: the text behind it, up to the next place.
    """

    kind: Kind
    start: int
    end: int
    labels: tuple[str, ...]
    after: str = ""


def blanks(
    text: str, *, open_end: bool = True, prompts: tuple[tuple[int, int], ...] = ()
) -> tuple[Blank, ...]:
    """The places of a text in order.

    Args:
        text: of a paragraph.
        open_end: whether a colon at the very end asks for something behind it.
        prompts: first and last sign of prompts, which are places too.
    """
    if is_contents_line(text):
        return ()
    if is_spread(text) and not prompts:
        return _behind_spread(text)
    found = [
        span for span in _spans(text) if not any(span[0] < end and span[1] > start for start, end in prompts)
    ]
    spans = sorted([*found, *((start, end, "text") for start, end in prompts)])
    stripped = len(text.rstrip())
    if (
        open_end
        and stripped
        and text[stripped - 1] in ":："
        and not any(end > stripped for _, end, _ in spans)
    ):
        spans.append((stripped, len(text), "text"))
    made: list[Blank] = []
    before, named = 0, False
    for number, (start, end, kind) in enumerate(spans):
        following = spans[number + 1][0] if number + 1 < len(spans) else len(text)
        labels = _labels(text[before:start])
        behind = _label_behind(text[before:start], text[end:following]) if kind == "text" else ""
        if kind == "text" and not behind and named and re.search(r"[，、；,和]\s*$", text[before:start]):
            also = _MADE.match(text[end:following])
            behind = also[1] if also else ""
        named |= bool(behind)
        labels = (behind, *labels) if behind else labels
        made.append(Blank(kind=kind, start=start, end=end, labels=labels, after=text[end:following]))
        before = end
    return tuple(made)


def _behind_spread(text: str) -> tuple[Blank, ...]:
    line = _line_behind(text)
    if line is None:
        return ()
    start, end = line
    return (Blank(kind="text", start=start, end=end, labels=(text[:start].strip(),), after=text[end:]),)


def _label_behind(before: str, after: str) -> str:
    """The label that stands behind its place in a sentence; empty for none."""
    quoted = _QUOTED.match(after)
    if quoted and _APPLYING.search(before) and not re.search("曾|已", before):
        return f"{quoted[1]}名称"
    called = _CALLED.match(after)
    if (
        called
        and not re.search("[章签]|简称|全称|姓名|必填|选填", called[1])
        and not before.rstrip().endswith((":", "："))
    ):
        return called[1]
    made = _MADE.match(after) if _MAKING.search(before.rstrip()) else None
    return made[1] if made else ""


def is_spread(text: str) -> bool:
    """Whether a short text only has blanks to look as wide as its neighbours: 姓　　名."""
    words = _NOTE.sub("", text).split()
    short = 1 < len(words) <= 12 and all(len(word) <= 2 for word in words) and not text[0].isspace()
    return short and not re.search("[:：_＿]", text) and DATE.search(text) is None


def _line_behind(text: str) -> tuple[int, int] | None:
    """First and last sign of the line to write on behind a spread label, which is longer than the gaps in it."""
    bare = _NOTE.sub(lambda found: "\0" * len(found[0]), text)
    gaps = [found.span() for found in re.finditer(r"\s+", bare)]
    last = next((gap for gap in reversed(gaps) if not bare[gap[1] :].strip("\0 \t")), None)
    inner = max((end - start for start, end in gaps if (start, end) != last), default=0)
    return last if last and last[1] - last[0] >= max(_LEAST_LINE, 2 * inner + 1) else None


def _spans(text: str) -> Iterator[tuple[int, int, Kind]]:
    """First and last sign and kind of every place, larger kinds before what they contain."""
    taken: list[tuple[int, int]] = []
    for pattern, kind in _KINDS:
        for found in pattern.finditer(text):
            start, end = found.span()
            if any(start < other_end and end > other for other, other_end in taken):
                continue
            if kind == "text" and not _is_place(text, start, end):
                continue
            taken.append((start, end))
            yield start, end, kind


def _is_place(text: str, start: int, end: int) -> bool:
    """Whether blanks ask to be filled: not the indentation, not the distance between two boxes or words."""
    before, after = text[:start], text[end:]
    spread = _SPREAD.match(text)
    if spread and end < spread.end():
        return False
    if re.search(r"[_＿…‥.．·・—–－-]", text[start:end]):
        return True
    if not before.strip():
        counted = _UNIT.match(after)
        return counted is not None and counted[1] in _COUNTED
    if not after.strip():
        return before.rstrip()[-1] in ":：" or len(text[start:end]) >= 4
    return not _OPTION.match(after)


_UNIT: Final = re.compile(r"([%％\u4e00-\u9fff]{1,4})(?:$|[\s（(，。；])")
_COUNTED: Final = UNITS | MONEY.keys() | {"％", "件次", "场次", "公里", "份数", "美元", "岁"}
"""What may stand behind a blank that begins a line; other words there are a label that is only moved to the right."""


def is_contents_line(text: str) -> bool:
    """Whether a line is one of a list of contents: it ends in a page's number."""
    return re.search(r"[\t.…·]{1,}\s*\d+\s*$", text) is not None and "：" not in text


def _labels(segment: str) -> tuple[str, ...]:
    """The clause before a place, then all that stands since the last place."""
    whole = segment.rstrip("（(").strip()
    clause = _CLAUSE.split(whole.rstrip("，。；、,;"))[-1]
    opened = max(clause.rfind("（"), clause.rfind("("))
    if opened >= 0 and not re.search(r"[）)]", clause[opened:]):
        clause = clause[opened + 1 :]
    clause = re.sub(r"^[）)\s\u3000]+", "", clause)
    clause = clause if _LETTERS.match(clause) else _UNIT_BEFORE.sub("", clause)
    last = re.split("[:：]", clause)[-1] if not clause.endswith((":", "：")) else ""
    made = [clause, _COPULA.sub("", clause), last, whole, _COPULA.sub("", whole)]
    return tuple(dict.fromkeys(one for one in made if one.strip()))


_LETTERS: Final = re.compile(r"(?:[\u4e00-\u9fff][\s\u3000]+){2,}[\u4e00-\u9fff]\s*[:：（(]")
"""A label spread sign by sign, whose first is no unit: 项　目　负　责　人：."""
_UNIT_BEFORE: Final = re.compile(r"^(?:人|名|个|项|家|件|万?元|%)\s+(?=\S)")
"""The unit of the place before: 专职____人　兼职____人."""


# -- boxes ---------------------------------------------------------------------------------------


class Option(Record, frozen=True, kw_only=True):
    """A box with its words. ``start`` and ``end`` are those of the box; ``words`` what it stands for."""

    start: int
    end: int
    words: str


def options(text: str, *, alone: bool = False) -> tuple[Option, ...]:
    """The boxes of a text with their words, which stand behind them or, where the text begins with words, before them.

    Args:
        text: of a paragraph or cell.
        alone: whether a single pair of brackets is a box too.
    """
    found = list(_SIGN.finditer(text))
    if not found and (alone or len(BRACKET_BOX.findall(text)) > 1):
        found = list(BRACKET_BOX.finditer(text))
    if not found:
        return ()
    first_words = text[: found[0].start()].strip()
    tail = text[found[-1].end() :].strip(" \t\n\u3000，。；、")
    before = bool(first_words) and not tail
    made = []
    for number, box in enumerate(found):
        if before:
            begin = found[number - 1].end() if number else 0
            words = re.split("[:：]", text[begin : box.start()])[-1]
        else:
            end = found[number + 1].start() if number + 1 < len(found) else len(text)
            words = text[box.end() : end]
        made.append(Option(start=box.start(), end=box.end(), words=words.strip(" \t\n\u3000，。；、_")))
    return tuple(made)


def questions(text: str) -> tuple[tuple[int, int], ...]:
    """First and last sign of every question of a text with several; empty for a text with one.

    Each is a clause with two boxes: ○有 ○没有事故，○有 ○没有失信记录.
    """
    clauses = [found.span() for found in re.finditer(r"[^，。；,;]+", text)]
    asked = [span for span in clauses if len(_SIGN.findall(text[slice(*span)])) == _PAIR_OF_BOXES]
    signs = len(_SIGN.findall(text))
    return tuple(asked) if len(asked) > 1 and signs == _PAIR_OF_BOXES * len(asked) else ()


def sentence_with_boxes(text: str) -> str:
    """A sentence whose boxes stand in its middle, as a label: 近三年□是　□否发生事故 is 近三年是否发生事故."""
    text = re.sub(rf"([{BOX}]\s*)没有|([{BOX}]\s*)未", r"\1\2无", text)
    return re.sub(rf"[{BOX}]\s*([是有])\s*[{BOX}]\s*([否无])", r"\1\2", text)


def has_box(text: str) -> bool:
    """Whether there is a sign to be ticked in a text."""
    return _SIGN.search(text) is not None


def is_pair(text: str) -> bool:
    """Whether a text is nothing but a choice without boxes, of which one word is to stay: 是/否."""
    return _PAIR.fullmatch(text) is not None


# -- guidance ------------------------------------------------------------------------------------


def is_guidance(text: str) -> bool:
    """Whether a text only says how to fill a place: it is all in brackets, or asks to click and type."""
    stripped = text.strip()
    if not stripped or has_box(stripped) or BRACKET_BOX.search(stripped):
        return False
    if stripped in _CROSSED or not re.sub(r"[…‥.．·・×Xx\s]+", "", stripped):
        return True
    if _ASIDE.match(stripped):
        return False
    if _HAND.search(stripped):
        return False
    rest = _GUIDANCE.sub("", stripped)
    return is_blank_text(rest) or stripped.startswith(_PROMPTS)


def is_aside(text: str) -> bool:
    """Whether a text in brackets is a note on the form, not guidance for a place."""
    return text.startswith(("（", "(", "【", "[")) and _ASIDE.match(text) is not None


def guidance_at_end(text: str) -> tuple[int, int] | None:
    """First and last sign of guidance behind a colon at the end of a text; ``None`` when there is none.

    Where a seal goes is no guidance: a name goes in front of it.
    """
    found = re.search(r"[:：]\s*([（(【\[][^）)】\]]*[）)】\]])\s*$", text)
    if found is None:
        return None
    return (found.start(1), found.start(1)) if _HAND.search(found[1]) else found.span(1)
