"""What is different in a newer pack, in the words of the people who fill it in: whole Chinese lines.

What moved, was renamed or went is said by the migration file; what came, and what changed where it stands, is found by
holding the two forms against each other.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from pilotdesk.forms.migration import migrate
from pilotdesk.forms.migration_work import CELL

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from pilotdesk.forms.migration_steps import VersionStep
    from pilotdesk.forms.model import Check, Field, Form, Print
    from pilotdesk.forms.round import Round

SEVERITY_WORDS: Final = {"error": "必须改", "warning": "请核实", "hint": "建议"}
TYPE_WORDS: Final = {
    "text": "一行文字", "longtext": "一段文字", "integer": "整数", "decimal": "数字", "date": "日期", "month": "年月",
    "month_range": "起止年月", "choice": "单选", "multi_choice": "多选", "dependent_choice": "多选", "region": "行政区划",
    "person": "人员", "table": "表格", "tree": "体系表", "attachment": "附件", "evidence": "佐证", "statement": "固定文字",
    "signature": "签字盖章", "calculated": "自动算出",
}  # fmt: skip
MOST_LISTED: Final = 8
"""Names in one line; the others are counted."""
_BRACES: Final = re.compile(r"\{[^{}]*\}")


def form_lines(old: Form, new: Form, steps: Sequence[VersionStep]) -> tuple[str, ...]:
    """What is different between two versions of a form; none when nothing is.

    Args:
        old: the form as it is used now.
        new: the one that would take its place.
        steps: from the one to the other; none for the same version.
    """
    before, after = dict(_places(old)), dict(_places(new))
    gone, came = before.keys() - after.keys(), after.keys() - before.keys()
    moved = {to for step in steps for to in _targets(step)}
    lines = list(dict.fromkeys(change.words for change in migrate(old, new, steps, {}).changes))
    if not steps:
        lines += _listed("去掉了", [before[place].words for place in before if place in gone])
    lines += _listed("新增", [after[place].with_duty for place in after if _is_new(place, came, moved)])
    kept = [(before[place], after[place]) for place in after if place in before]
    for was, now in kept:
        lines += _changed(was, now, old, new, retold=bool(steps))
    lines += _check_lines(dict(_checks(old)), dict(_checks(new)))
    lines += _counted(kept)
    lines += _head_lines(old, new)
    return tuple(dict.fromkeys(lines))


def round_lines(old: Round, new: Round) -> tuple[str, ...]:
    """What the round itself says differently: dates, numbers, lists that every form has from it."""
    lines: list[str] = []
    for name, was, now in (
        ("名称", old.title, new.title),
        ("通知", f"{old.notice_title} {old.notice_number}", f"{new.notice_title} {new.notice_number}"),
        ("系统", f"{old.system_name} {old.system_address}", f"{new.system_name} {new.system_address}"),
        ("建设周期", " 至 ".join(old.cycle), " 至 ".join(new.cycle)),
        ("推荐限额", str(old.quota_total), str(new.quota_total)),
        ("专项限额", str(old.quota_special), str(new.quota_special)),
    ):
        if was != now:
            lines.append(f"{name}：{was} → {now}。")
    days = {one.name: one for one in old.deadline}
    for one in new.deadline:
        before = days.get(one.name)
        if before is None or before.day != one.day:
            was_day = f"{before.day} → " if before and before.day else ""
            lines.append(f"日期“{one.label}”：{was_day}{one.day or '没有写明'}。")
    there = {one.name for one in new.deadline}
    lines += [f"日期“{one.label}”：去掉了。" for one in old.deadline if one.name not in there]
    for name, were, are in (
        ("领域", [one.label for one in old.pilot_field], [one.label for one in new.pilot_field]),
        (
            "方向",
            [inner.label for one in old.pilot_field for inner in one.direction],
            [inner.label for one in new.pilot_field for inner in one.direction],
        ),
        ("推荐单位", [one.label for one in old.submitter], [one.label for one in new.submitter]),
        ("标准化活动", [one.label for one in old.activity], [one.label for one in new.activity]),
        ("审核要点", [one.label for one in old.review_point], [one.label for one in new.review_point]),
    ):
        lines += _came_and_went(name, were, are)
    return tuple(lines)


# -- places ----------------------------------------------------------------------------------------


class _Spot:
    """A field, column or part with the words for it."""

    def __init__(self, field: Field, owner: Field | None) -> None:
        above = owner or field
        number = f"{above.number} " if above.number else ""
        self.field = field
        self.words = f"“{number}{above.label}{f'，{field.label}' if owner else ''}”"

    @property
    def with_duty(self) -> str:
        """The words, and whether it has to be answered."""
        duty = _duty(self.field)
        return self.words if duty == "选填" else f"{self.words}（{duty}）"


def _duty(field: Field) -> str:
    if isinstance(field.required, str):
        return "视情况必填"
    return "必填" if field.required else "选填"


def _places(form: Form) -> Iterator[tuple[str, _Spot]]:
    for field in form.fields.values():
        yield field.name, _Spot(field, None)
        yield from ((f"{field.name}{CELL}{column.name}", _Spot(column, field)) for column in field.columns)
        yield from ((f"{field.name}.{part.name}", _Spot(part, field)) for part in field.parts)


def _targets(step: VersionStep) -> Iterator[str]:
    yield from (renamed.to for renamed in step.rename)
    yield from (moved.to for moved in step.move)
    yield from (joined.to for joined in step.merge)
    for cut in step.split:
        yield from cut.to


def _is_new(place: str, came: Iterable[str], moved: set[str]) -> bool:
    """Whether a place came and is not where something else went; of a new table its columns are not listed."""
    owner = place.partition(CELL if CELL in place else ".")[0]
    return place in came and not {place, owner} & moved and (owner == place or owner not in came)


# -- what changed in its place ---------------------------------------------------------------------


def _changed(was: _Spot, now: _Spot, old: Form, new: Form, *, retold: bool) -> Iterator[str]:
    one, other = was.field, now.field
    if one.label != other.label:
        yield f"{was.words}改叫{now.words}。"
    if one.type != other.type and not retold:  # else the migration has said so
        yield f"{now.words}由{TYPE_WORDS[one.type]}改成{TYPE_WORDS[other.type]}。"
    if one.required != other.required:
        yield f"{now.words}改为{_duty(other)}。"
    if one.unit != other.unit:
        yield f"{now.words}的单位：{one.unit or '无'} → {other.unit or '无'}。"
    if (one.min_chars, one.max_chars) != (other.min_chars, other.max_chars):
        yield f"{now.words}的字数建议改为{_length(other)}。"
    if one.calculation != other.calculation:
        yield f"{now.words}的算法改了。"
    if one.relevant != other.relevant:
        yield f"{now.words}在什么情况下要填，改了。"
    if one.choices and other.choices and not _from_round(other.choices):
        were = [choice.label for choice in old.lists.get(one.choices, ())]
        are = [choice.label for choice in new.lists.get(other.choices, ())]
        yield from _came_and_went(f"{now.words}的选项", were, are)


def _from_round(choices: str) -> bool:
    """Lists of the round are spoken of once, with it."""
    return choices in {"pilot_fields", "directions", "submitters", "activities"}


def _length(field: Field) -> str:
    low, high = field.min_chars, field.max_chars
    if low and high:
        return f" {low}～{high} 字"
    if high:
        return f"不超过 {high} 字"
    return f"不少于 {low} 字" if low else "不限"


def _counted(kept: Iterable[tuple[_Spot, _Spot]]) -> Iterator[str]:
    """How many fields have other words beside them, or are printed differently; one by one nobody would read it."""
    told = printed = 0
    for was, now in kept:
        one, other = was.field, now.field
        told += (one.hint, one.example, one.note, one.source, one.outline, one.text) != (
            other.hint, other.example, other.note, other.source, other.outline, other.text,
        )  # fmt: skip
        printed += _look(one) != _look(other)
    if told:
        yield f"有 {told} 栏的说明、例子或依据改了。"
    if printed:
        yield f"有 {printed} 栏印出来的样子改了。"


def _look(field: Field) -> tuple[Print, object]:
    return field.print, field.seal


def _head_lines(old: Form, new: Form) -> Iterator[str]:
    if old.head.title != new.head.title:
        yield f"表名：“{old.head.title}”改为“{new.head.title}”。"
    if old.head.official != new.head.official:
        yield "版式改为正式模板。" if new.head.official else "版式改为参考稿。"
    if old.head.notes != new.head.notes:
        yield "填写说明改了。"
    parts = [step.label for step in old.steps], [step.label for step in new.steps]
    yield from _came_and_went("部分", *parts)


# -- checks ----------------------------------------------------------------------------------------


def _checks(form: Form) -> Iterator[tuple[str, Check]]:
    yield from ((check.name, check) for check in form.head.check)
    for place, spot in _places(form):
        yield from ((f"{place}/{check.name}", check) for check in spot.field.check)


def _check_lines(were: Mapping[str, Check], are: Mapping[str, Check]) -> Iterator[str]:
    for name, check in are.items():
        before = were.get(name)
        if before is None:
            yield f"新增检查〔{SEVERITY_WORDS[check.severity]}〕：{_said(check)}"
        elif before.severity != check.severity:
            was, now = SEVERITY_WORDS[before.severity], SEVERITY_WORDS[check.severity]
            yield f"检查由〔{was}〕改为〔{now}〕：{_said(check)}"
        elif before.test != check.test:
            yield f"检查的条件改了〔{SEVERITY_WORDS[check.severity]}〕：{_said(check)}"
    for name, check in were.items():
        if name not in are:
            yield f"去掉检查〔{SEVERITY_WORDS[check.severity]}〕：{_said(check)}"


def _said(check: Check) -> str:
    """What a check says, what would be calculated left open."""
    text = _BRACES.sub("…", check.what).strip()
    return text if text.endswith(("。", "？", "！")) else f"{text}。"


# -- lists -----------------------------------------------------------------------------------------


def _came_and_went(name: str, were: Sequence[str], are: Sequence[str]) -> Iterator[str]:
    came = [f"“{one}”" for one in are if one not in were]
    gone = [f"“{one}”" for one in were if one not in are]
    said = [*_short("增加", came), *_short("去掉", gone)]
    if said:
        yield f"{name}：{'；'.join(said)}。"


def _short(verb: str, names: Sequence[str]) -> Iterator[str]:
    if names:
        more = f"等 {len(names)} 个" if len(names) > MOST_LISTED else ""
        yield f"{verb}{'、'.join(names[:MOST_LISTED])}{more}"


def _listed(verb: str, words: Iterable[str]) -> Iterator[str]:
    yield from (f"{verb}{one}。" for one in words)
