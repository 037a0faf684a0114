"""The words of updates: whose a file is, when it was made, what it holds."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from typing import TYPE_CHECKING, Final

from pilotdesk.projects.timeline_words import name_of_form

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from pilotdesk.updates.keys import Distributor
    from pilotdesk.updates.planning import UndoPlan
    from pilotdesk.updates.record import InstalledUpdate
    from pilotdesk.updates.sticks import Found

INTRODUCTION: Final = (
    "这台电脑不用联网。更新由发放单位做成文件，用 U 盘或聊天软件带来；只装登记过的单位签了名、没有改动过的。"
)
COMPARE: Final = (
    "先打电话给发放单位，号码用您原来就有的，不用文件或消息里写的。请对方念指纹，8 组都一样才登记；"
    "有一组不一样，就不是他们的文件。"
)
COMPARE_NAMESAKE: Final = (
    "已经登记过同名的单位，指纹和这个文件的不一样。冒充的文件也会用这个名字。打电话问清楚是不是换了公钥，号码用您原来就有的；"
    "没有换，就不是他们的文件。"
)
SIGNER_UNKNOWN: Final = (
    "“{name}”是谁签的，这台电脑还不认得，所以没有装。"
    "向发放单位要公钥（.pdkey 文件），打电话对过下面的指纹，再登记。"
)
SIGNER_BESIDE: Final = (
    "“{name}”是谁签的，这台电脑还不认得，所以没有装。"
    "旁边放着签它的公钥：打电话给发放单位对过下面的指纹，再登记。"
)
UNTRUSTED: Final = "还没有登记发放单位，现在哪个更新文件都不装。请向发放单位要 .pdkey 文件，在这里登记。"
NOTHING_INSTALLED: Final = "还没有装过，用的是随程序来的表单。"
ORIGINS: Final = {"installed": "随程序装来", "added": "在这台电脑上登记"}

SPOILT: Final = "文件少了或变了，多半是杀毒软件拿走的，没有用它；把更新文件再装一次就好"
COVERED: Final = "程序更新以后，改用程序自带的，比它新；还想用它，把文件再装一次"

SETUP: Final = ".exe."
"""In the name of the signature of an installer that is started."""
NAMED: Final = 6
"""Projects that are named one by one in a short text."""

_TITLES: Final = {
    "update_unsigned": "这个文件没有签名，没有装",
    "update_changed": "这个文件被改动过，没有装",
    "update_signer_unknown": "签名的单位没有登记过，没有装",
    "update_damaged": "这个文件不完整，没有装",
    "update_foreign": "这不是更新文件",
    "update_needs_program": "要先更新程序",
    "update_same": "已经装着这一版",
    "update_not_newer": "这里用的比它新，不用装",
    "update_too_new": "要先更新程序",
    "update_unfit": "这个更新用不了，没有装",
    "update_places": "这份表单做得不对，没有装",
    "update_overtaken": "刚才又变了，没有装",
    "program_unsigned": "安装程序旁边没有签名，没有打开",
    "program_missing": "没有找到安装程序",
    "program_changed": "安装程序被改动过，没有打开",
    "program_not_newer": "不用更新程序",
    "program_other": "这个文件不是给这台电脑的",
    "key_foreign": "这不是发放单位的 .pdkey 文件",
    "key_missing": "打不开这个文件",
    "key_installed": "这一家去不掉",
    "update_undo_order": "先撤销后装的那一次",
}


def short(text: str, most: int = 30) -> str:
    """The beginning of a text, ``…`` where something is left out."""
    return text if len(text) <= most else f"{text[: most - 1]}…"


def refusal_title(code: str) -> str:
    """What is over the reason why a file was not taken."""
    return _TITLES.get(code, "这个文件没有装")


def day_of(stamp: str, today: date) -> str:
    """The local day of a time stamp (UTC): ``11月23日``, with its year where that is another one; empty for none."""
    if not stamp:
        return ""
    try:
        moment = datetime.fromisoformat(stamp)
    except ValueError:  # written by somebody else's program
        return ""
    day = (moment.astimezone() if moment.tzinfo else moment).date()
    year = f"{day.year}年" if day.year != today.year else ""
    return f"{year}{day.month}月{day.day}日"


def origin_words(distributor: Distributor, today: date) -> str:
    """``11月23日在这台电脑上登记`` or ``随程序装来``."""
    return day_of(distributor.added, today) + ORIGINS.get(distributor.origin, "")


def installed_words(update: InstalledUpdate, today: date) -> str:
    """``各表都是第 1 版 · 江西省市场监督管理局 签发 · 11月23日装上``; what became of it since."""
    parts = [versions_words(update.versions), f"{update.signer} 签发", f"{day_of(update.at, today)}装上"]
    if update.state == "undone":
        parts.append(f"{day_of(update.undone, today)}撤销")
    elif update.state == "covered":
        parts.append(COVERED)
    elif update.state == "spoilt":
        parts.append(SPOILT)
    elif update.state == "replaced":
        parts.append("后来又装了更新的")
    return " · ".join(parts)


def versions_words(versions: Mapping[str, int]) -> str:
    """``申报书第 2 版，其余第 1 版``."""
    counts = Counter(versions.values())
    if not counts:
        return ""
    (usual, _), *others = counts.most_common()
    if not others:
        return f"各表都是第 {usual} 版" if len(versions) > 1 else f"第 {usual} 版"
    named = [f"{name_of_form(form)}第 {at} 版" for form, at in versions.items() if at != usual]
    return f"{'，'.join(named)}，其余第 {usual} 版"


def found_title(found: Found) -> str:
    """What a stick has, in one sentence; the important part bold."""
    if found.kind == "spoilt":
        return f"**更新装上的{found.title}，文件少了或变了**"
    if found.kind == "covered":
        return f"**程序更新以后，{found.title}改用程序自带的表单**"
    if found.kind == "program":
        return f"**U 盘里有新版的 PilotDesk {found.version}**"
    return f"**U 盘里有新的表单：{found.title}**"


def found_text(found: Found) -> str:
    """Who signed it, and what happens on a click."""
    if found.kind == "spoilt":
        return f"多半是杀毒软件拿走的，现在没有用它；把“{found.signer}”发的更新文件再装一次就好，草稿都在。"
    if found.kind == "covered":
        return f"自带的比“{found.signer}”以前发的那一份新。草稿都不动；还想用那一份，把文件再装一次。"
    signed = f"{found.signer} 签发，签名对得上。"
    if found.kind == "program":
        then = (
            "先存好所有内容，再关掉程序，打开安装程序。"
            if SETUP in found.path.name.lower()
            else "点开看怎样装。"
        )
        return f"{signed}{then}资料不动。"
    return f"{signed}装以前先看改了什么，草稿都不动。"


def change_title(title: str, old: int | None, new: int | None) -> str:
    """``申报书　第 1 版 → 第 2 版``; a form that comes or goes says so."""
    if old is None:
        return f"{title}　新表，第 {new} 版"
    if new is None:
        return f"{title}　不再有"
    return f"{title}　第 {old} 版 → 第 {new} 版" if old != new else f"{title}　第 {new} 版，有更正"


def undo_words(plan: UndoPlan) -> str:
    """What taking an update back does, and which drafts were filled in with it."""
    titles = Counter(draft.title for draft in plan.drafts)
    named = [f"“{title}”{f'（{n} 份）' if n > 1 else ''}" for title, n in list(titles.items())[:NAMED]]
    more = f"，还有 {len(titles) - NAMED} 个项目" if len(titles) > NAMED else ""
    return f"{plan.sentence}\n照这一版填的：{'、'.join(named)}{more}。" if named else plan.sentence


def kept_words(distributor: Distributor, installed: Sequence[InstalledUpdate]) -> str:
    """What stays, and what does not, when nobody believes a distributor any more."""
    titles = "、".join(f"“{update.title}”" for update in installed)
    stays = f"装过的{titles}留着，照旧用。" if titles else "它的更新没有装过。"
    return f"{stays}以后{distributor.name}签的文件不再装；想再要，用 .pdkey 文件重新登记。"
