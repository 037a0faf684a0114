"""Phrases in running text that do not belong into this application: years, promises, requests, visits, burdens.

Each function gives the words that were found, as written; nothing for ordinary text. A part of a sentence that speaks of
what is there already, or of the people a unit serves, is passed over.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from pilotdesk.forms.folding import half_width
from pilotdesk.forms.lazy_pattern import LazyPattern

_SENTENCE: Final = LazyPattern(r"[^。；;！？!?\n]+")
_PART: Final = LazyPattern(r"[^，,。；;：:！？!?\n]+")
MOST_QUOTED: Final = 24
"""Longest piece that is quoted, in characters."""

_YEAR: Final = LazyPattern(
    r"(?<!\d)(?P<year>(?:19|20)\d{2})年(?:度)?(?:\d{1,2}月(?:份)?)?(?:\d{1,2}日)?(?P<due>底|末|前|以前|之前|内)?"
)
_PERIOD: Final = LazyPattern(r"(?<!\d)(?P<year>20\d{2})年?(?:\d{1,2}月)?[—–~至到-]+(?P<last>20\d{2})年")
_PAST: Final = LazyPattern("截至|截止|已|现有|曾|以来|原有|基期|同期|上年|去年|往年|历年|当时|此前|经验")
_LATER: Final = LazyPattern("期满后|期满以后|建设期后|建设期以后|试点结束后|长期|今后|以后各年")


@lru_cache(maxsize=2048)
def years_outside(text: str, begin: int, end: int) -> tuple[str, ...]:
    """Years outside a period in text that plans: any later one, and an earlier one by which something is to be done.

    Args:
        text: running text.
        begin: first year of the period.
        end: last year of it.
    """
    found: list[str] = []
    for sentence in _SENTENCE.findall(half_width(text)):
        if _PAST.search(sentence) or _LATER.search(sentence):
            continue
        for match in _PERIOD.finditer(sentence):
            if int(match["year"]) < begin <= int(match["last"]) + 2 or int(match["last"]) > end:
                found.append(match[0])
        for match in _YEAR.finditer(sentence):
            if int(match["year"]) > end or (match["due"] and int(match["year"]) < begin):
                found.append(match[0])
    return _without_pieces(found)


_ISSUED: Final = LazyPattern(
    "(?:主导制定|牵头制定|制定发布|批准发布|颁布|出台|发布|制定|完成|上升为|转化为|形成)[^的]{0,8}?(?:国家|行业)标准"
    "|(?:国家|行业)标准[^的]{0,8}?(?:发布|出台|颁布|获批)"
)
_ONLY_PROPOSED: Final = LazyPattern(
    "建议|申请|申报|参与|争取|力争|立项|推动|推荐|草案|依据|按照|执行|采用|贯彻|收集|梳理|现行|已|参照|跟踪|准备|能够|可以|缺|没有|不"
)


@lru_cache(maxsize=2048)
def national_promises(text: str) -> tuple[str, ...]:
    """Promises that a national or sector standard will be issued; proposals and taking part are none."""
    return tuple(
        match[0]
        for part in _PART.findall(text)
        if (match := _ISSUED.search(part)) and not _ONLY_PROPOSED.search(part)
    )


_ASKED: Final = LazyPattern(
    "(?:申请|请求|恳请|争取|希望|建议|盼|请)[^，。]{0,14}?(?:补助|拨款|专项资金|经费支持|资金支持|奖补|中央财政|中央资金|财政补贴)"
    "|(?:给予|安排|下达|拨付)[^，。]{0,6}?(?:补助|拨款)"
)
_OF_THE_SERVED: Final = LazyPattern(
    "群众|老年人|老人|残疾人|企业|农户|农民|居民|市民|对象|个人|家庭|学生|职工|患者|儿童|办事人|申请人|参保|困难|事项|审批|发放|补贴金"
)


@lru_cache(maxsize=2048)
def money_asked(text: str) -> tuple[str, ...]:
    """Requests for money; what the people a unit serves apply for is none."""
    return tuple(
        match[0]
        for part in _PART.findall(text)
        if (match := _ASKED.search(part)) and not _OF_THE_SERVED.search(part)
    )


_VISITED: Final = LazyPattern(
    "考核验收|(?:迎接|接受|配合|申请|提请|组织|准备)[^，。]{0,10}?(?:督导|验收)|试点(?:项目)?(?:的)?(?:中期|终期)?(?:督导|验收)"
    "|(?:上级|省级|市级|省局|市局|主管部门|市场监管部门|国家标准委|专家组)[^，。]{0,8}?(?:督导|验收)|通过国家[^，。]{0,6}?验收"
)
_OTHER_VISITS: Final = LazyPattern(
    "省级[^，。]{0,12}试点|市级[^，。]{0,12}试点|工程|竣工|消防|系统|平台|设备|软件|货物|教育督导|采购|基建|装修"
)
_DATED: Final = LazyPattern(r"(?<!\d)(?:19|20)\d{2}(?=年)")


@lru_cache(maxsize=2048)
def visits_expected(text: str, begin: int) -> tuple[str, ...]:
    """Supervision visits or acceptance of the pilot that a text counts on; what is past or about other works is none.

    Args:
        text: running text.
        begin: first year of the build period; a sentence that names an earlier year tells what was.
    """
    found: list[str] = []
    for sentence in _SENTENCE.findall(half_width(text)):
        if any(int(year) < begin for year in _DATED.findall(sentence)):
            continue
        for part in _PART.findall(sentence):
            match = _VISITED.search(part)
            if match and not _OTHER_VISITS.search(part):
                found.append(match[0])
    return tuple(dict.fromkeys(found))


_BURDEN: Final = LazyPattern(
    "(?:要求|由|让)?(?:各)?(?:乡镇|街道|村|社区|基层)[^，。]{0,10}?(?:每日|每天|每周|逐级|层层)[^，。]{0,8}?(?:报送|上报|填报|报表)"
    "|(?:每日|每天|每周|逐级|层层)[^，。]{0,10}?(?:向|由|要求)[^，。]{0,8}?(?:乡镇|街道|村|社区|基层)[^，。]{0,8}?(?:报送|上报|填报|报表)"
)
_RELIEVED: Final = LazyPattern("不|取消|减少|避免|无需|免")


@lru_cache(maxsize=2048)
def burdens(text: str) -> tuple[str, ...]:
    """Reports that the lowest level is to hand in every day or week."""
    return tuple(
        match[0]
        for part in _PART.findall(text)
        if (match := _BURDEN.search(part)) and not _RELIEVED.search(part)
    )


def _without_pieces(found: list[str]) -> tuple[str, ...]:
    """Each piece once; one that stands inside another is left out."""
    unique = dict.fromkeys(found)
    return tuple(one for one in unique if not any(one != other and one in other for other in unique))
