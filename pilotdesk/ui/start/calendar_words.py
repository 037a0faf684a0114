"""What the start page says about the dates of a round, whichever projects there are."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from pilotdesk.forms.round import Deadline, Round


def deadline(round_: Round, name: str) -> Deadline | None:
    """A date of the round's calendar by its name; ``None`` when the round has none."""
    return next((each for each in round_.deadline if each.name == name), None)


def is_closed(round_: Round, today: date) -> bool:
    """Whether the upload of applications is over."""
    upload = deadline(round_, "upload")
    return upload is not None and upload.day is not None and today > upload.day


def coming(round_: Round, today: date) -> tuple[tuple[str, str, str], ...]:
    """(symbol, headline, remark) of the next dates of the round, one to three."""
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
    after = ("clipboard-list", "自评表和自评报告", "日期以通知为准，知道以后在项目的“日期和进展”里设")
    return tuple(found[:3]) or (after,)
