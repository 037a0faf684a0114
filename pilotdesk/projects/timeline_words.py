"""A project's three years in Chinese words, the same on the start page, in the calendar and in the hand-over kit.

Nothing is claimed that only people can know: 已列入 stands where the user said so, 推算 where we suggest a day.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pilotdesk.projects.timeline import LEVELS, Basis, Stage, State

if TYPE_CHECKING:
    from datetime import date

    from pilotdesk.projects.timeline import Due, Timeline

_STAGES: Final = {
    Stage.PREPARING: "申报准备",
    Stage.SUBMITTED: "已报送，等下达",
    Stage.DECLINED: "这一轮没有列入",
    Stage.ADMITTED: "已列入，建设期未开始",
    Stage.SELF_ASSESSMENT: "自评",
    Stage.ENDED: "已结束",
}
_OVER: Final = {
    Stage.ENDED: "三年都走完了。材料一直保留，可以存一份交接包。",
    Stage.DECLINED: "草稿一直保留。下一轮通知来了，可以接着用。",
}
_SETTLED: Final = {
    State.HANDED_IN: "申报材料已报送，等下达建设任务。",
    State.CLOSED: "本轮已截止。报送过的，在“日期和进展”里记一下；没有报的，草稿留着，下一轮接着填。",
    State.DONE: "申报书已定稿。交给推荐单位以后，在“日期和进展”里记一下。",
}
_YEARS: Final = "一二三四五六七八九"
_BASES: Final = {
    Basis.NOTICE: "通知规定",
    Basis.USER: "自己设的日期",
    Basis.INFERRED: "通知没有给日期，这是推算的提醒日",
}


def stage_words(line: Timeline) -> str:
    """``建设第一年``."""
    if line.stage is Stage.BUILDING:
        return f"建设第{_YEARS[line.year - 1]}年"
    return _STAGES[line.stage]


def form_words(due: Due) -> str:
    """What is due, short enough for a stop on a line: ``2027年度总结``."""
    return name_of_form(due.form)


def name_of_form(form: str) -> str:
    """A form by its name, short: ``2027年度总结``."""
    if form == "application":
        return "申报书"
    if form.startswith("summary_"):
        return f"{form.removeprefix('summary_')}年度总结"
    return "自评"


def due_title(due: Due) -> str:
    """One thing that is due, in a list: ``提交2027年度总结``, ``市级内部截止：提交2027年度总结``."""
    what = {"application": "报送申报书", "self_assessment": "提交自评表和自评报告"}.get(
        due.form, f"提交{form_words(due)}"
    )
    return f"{LEVELS[due.level]}内部截止：{what}" if due.level else what


def basis_words(due: Due) -> str:
    """Who set the day."""
    return _BASES[due.basis]


def day_words(day: date) -> str:
    """A date inside a sentence: ``2027年11月30日``."""
    return f"{day.year}年{day.month}月{day.day}日"


def state_words(due: Due) -> str:
    """What stands below a stop of the line: ``2027-11-30 前交``, ``已定稿``, ``已过 5 天``."""
    settled = {
        State.HANDED_IN: "已报送",
        State.DONE: "定稿后改过" if due.edited else f"已定稿，第 {due.revision} 版",
        State.CLOSED: "本轮已截止",
        State.LATER: "列入后才需要",
    }
    if due.state in settled:
        return settled[due.state]
    if due.day is None:
        return "日期待通知"
    inferred = due.basis is Basis.INFERRED
    if due.state is State.OPEN:
        return f"推算 {due.day} 前" if inferred else f"{due.day} 前交"
    return f"推算{_left(due)}" if inferred else _left(due)


def due_sentence(due: Due) -> str:
    """One sentence on one thing that is due: when, how long that is, and who set the day."""
    what = {
        "application": "由省级上传申报材料",
        "self_assessment": "交自评表和自评报告",
    }.get(due.form, f"交{form_words(due)}")
    if due.day is None:
        return f"{what}，日期待通知。"
    head = f"{day_words(due.day)}前{what}"
    if due.level:
        head = f"{day_words(due.day)}是{form_words(due)}的{LEVELS[due.level]}内部截止日"
    return f"{head}{_note(due)}，{_left(due)}。"


def _note(due: Due) -> str:
    """What stands behind a day that the notice does not give."""
    return "（推算的提醒日，以通知为准）" if due.basis is Basis.INFERRED else ""


def spoken_due(line: Timeline) -> Due | None:
    """The open form that :func:`next_sentence` speaks of; ``None`` when it speaks of something else."""
    due, ready = line.next_due(), _ready(line)
    if line.stage in _OVER or due is None or (ready is not None and due.state is not State.OVERDUE):
        return None
    return due


def _ready(line: Timeline) -> Due | None:
    """The first later form that is final and can still be handed in in time."""
    return next(
        (due for due in line.forms[1:] if due.state is State.DONE and due.day and (due.days or 0) >= 0), None
    )


def next_sentence(line: Timeline) -> str:
    """What is next for a project, in one or two sentences."""
    if line.stage in _OVER:
        return _OVER[line.stage]
    due, ready = spoken_due(line), _ready(line)
    if due is not None:
        return due_sentence(due) + _begun(due)
    if ready is not None and ready.day is not None:
        state = "定稿后改过，再导出一次定稿" if ready.edited else "已定稿"
        told = f"{form_words(ready)}{state}，{day_words(ready.day)}前报送{_note(ready)}"
        return f"{told}；报送以后在“日期和进展”里记一下。"
    first = line.forms[0].state if line.forms else State.OPEN
    if line.asks and first is not State.CLOSED:
        return "列入试点名单了吗？在“日期和进展”里说一声，后面两年的提醒就会排好。"
    return _SETTLED.get(first, "材料都已定稿。报送以后，在“日期和进展”里记一下。")


def _begun(due: Due) -> str:
    if due.state is State.OVERDUE and not due.level:
        return "已经报送的，在“日期和进展”里记一下。"
    if due.errors:
        return f"还有 {due.errors} 处必须改。"
    if due.draft_id:
        return f"已填 {due.percent} %。"
    return "" if due.level else "平时可先记数据。"


def _left(due: Due) -> str:
    days = due.days or 0
    if days == 0:
        return "就是今天"
    return f"还有 {days} 天" if days > 0 else f"已过 {-days} 天"
