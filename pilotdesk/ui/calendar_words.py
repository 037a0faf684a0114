"""What the start page says about dates: stops of a project, what is next, how many days are left."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from datetime import date

    from pilotdesk.drafts.records import DraftCard
    from pilotdesk.forms.round import Deadline, Round
    from pilotdesk.ui.components import LabelTone

StopState = Literal["done", "active", "closed", "later"]


@dataclass(frozen=True, slots=True)
class Stop:
    """One stop of the timeline; ``remark`` stands below its name."""

    name: str
    remark: str
    state: StopState

    @property
    def tone(self) -> LabelTone:
        """Colour of the remark."""
        tones: dict[StopState, LabelTone] = {
            "done": "ok",
            "active": "primary",
            "closed": "warn",
            "later": "text2",
        }
        return tones[self.state]


def deadline(round_: Round, name: str) -> Deadline | None:
    """A date of the round's calendar by its name; ``None`` when the round has none."""
    return next((each for each in round_.deadline if each.name == name), None)


def is_closed(round_: Round, today: date) -> bool:
    """Whether the upload of applications is over."""
    upload = deadline(round_, "upload")
    return upload is not None and upload.day is not None and today > upload.day


def stops(card: DraftCard, round_: Round, today: date) -> tuple[Stop, ...]:
    """Application, two annual summaries and self-assessment of a project."""
    final = card.revision > 0
    if final:
        first = Stop("申报书", f"已定稿，第 {card.revision} 版", "done")
    elif is_closed(round_, today):
        first = Stop("申报书", "本轮已截止", "closed")
    else:
        first = Stop("申报书", f"填了 {card.facts.percent} %", "active")
    later = [first]
    for year in ("2027", "2028"):
        due = deadline(round_, f"summary_{year}")
        remark = f"{due.day:%Y-%m-%d} 前交" if final and due and due.day else "入选后才需要"
        later.append(Stop(f"{year} 年度总结", remark, "later"))
    later.append(Stop("自评表和自评报告", "期满后，日期待通知" if final else "入选后才需要", "later"))
    return tuple(later)


def next_step(card: DraftCard, round_: Round, today: date) -> str:
    """One sentence on what is next for a project."""
    if card.revision:
        due = next(
            (d for d in round_.deadline if d.name.startswith("summary") and d.day and d.day >= today), None
        )
        if due is not None and due.day is not None:
            return f"{day_words(due.day)}前交年度总结，还有 {(due.day - today).days} 天。平时可先记数据。"
        return "自评表和自评报告的日期待通知。"
    if is_closed(round_, today):
        return "草稿一直保留。下一轮通知来了，可以直接接着填。"
    upload = deadline(round_, "upload")
    left = (
        f"省级上传截止 {day_words(upload.day)}，还有 {(upload.day - today).days} 天。"
        if upload and upload.day
        else ""
    )
    if card.facts.errors:
        return f"还有 {card.facts.errors} 处必须改。{left}"
    return f"接着填。{left}"


def day_words(day: date) -> str:
    """A date inside a sentence: ``2027 年 11 月 30 日``."""
    return f"{day.year} 年 {day.month} 月 {day.day} 日"


def coming(round_: Round, today: date) -> tuple[tuple[str, str, str], ...]:
    """(symbol, headline, remark) of the next dates of the round, at most three."""
    remarks = {
        "upload": ("send", "省级上传截止", "由省级统一上传，材料早些交给省里"),
        "cycle_start": ("calendar-event", "建设期开始", "按“任务和进度安排”做，留好记录"),
        "summary_2027": ("clipboard-list", "交 2027 年度总结", "承诺值会从申报书自动带过来"),
        "summary_2028": ("clipboard-list", "交 2028 年度总结", "承诺值会从申报书自动带过来"),
        "cycle_end": ("flag", "建设期满", "期满后做自评，日期待通知"),
    }
    found = []
    for each in round_.deadline:
        if each.day is not None and each.day >= today and each.name in remarks:
            icon, words, remark = remarks[each.name]
            found.append((icon, f"{each.day:%Y-%m-%d}　{words}", remark))
    return tuple(found[:3])
