"""What was done at the desk, in words: what, where, and what stood there before and stands there now."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from pilotdesk.forms.lookup import number_and_label
from pilotdesk.review.desk.deciding import RANKING
from pilotdesk.review.desk.records import CONCLUSION_WORDS, VERDICT_WORDS, Conclusion, Verdict
from pilotdesk.review.desk.views import WHAT_WORDS

if TYPE_CHECKING:
    from collections.abc import Callable

    from pilotdesk.forms.model import FormPack
    from pilotdesk.review.desk.records import DeskRow, LogEntry

SETTING_WORDS: Final = {
    "round": "年度",
    "submitter": "推荐单位代码",
    "province": "省份",
    "bureau": "推荐单位全称",
    "reviewer": "审核人",
    "office_code": "发文机关代字",
    "contact": "联系人",
    "phone": "联系电话",
    "issued_by": "印发机关",
}
_MATERIAL: Final = "材料形式"
_POINT: Final = "point:"
_GONE: Final = {"pick": "不再推荐"}
"""What it is called that nothing stands there any more."""


def what_words(entry: LogEntry) -> str:
    """What was done: ``推荐``, ``撤销：推荐``."""
    return f"{'撤销：' if entry.undoes else ''}{WHAT_WORDS.get(entry.what, entry.what)}"


def before_words(entry: LogEntry) -> str:
    """What stood there before; empty for nothing."""
    return _told(entry.what, entry.before)


def after_words(entry: LogEntry) -> str:
    """What stands there since; empty for nothing, if that has no name."""
    return _told(entry.what, entry.after) or _GONE.get(entry.what, "")


def undone_words(entry: LogEntry, row: DeskRow | None, pack: FormPack) -> str:
    """A sentence about an entry that was taken back: ``撤销了 03 的审核要点（6 工作目标设置：通过）``.

    Args:
        entry: that was taken back.
        row: of its submission, ``None`` for none.
        pack: names the points and fields.
    """
    whose = f" {row.number:02} 的" if row else ""
    after = "" if entry.what == "opinion" else after_words(entry)
    told = "：".join(filter(None, (place_words(entry, row, pack), after)))
    return f"撤销了{whose}{what_words(entry)}{f'（{told}）' if told else ''}"


def place_words(entry: LogEntry, row: DeskRow | None, pack: FormPack) -> str:
    """Where: point, field or setting; empty for what has no place. ``row``: of the submission, ``None`` for none."""
    place = entry.place
    if entry.what == "setting":
        return SETTING_WORDS.get(place, place)
    told = place.removeprefix(_POINT)
    if entry.what == "verdict" or told != place:
        labels = {str(at): point.label for at, point in enumerate(pack.round.review_point, 1)}
        return f"{told} {labels[told]}" if told in labels else _MATERIAL if told == "0" else place
    if entry.what == "opinion":
        return _field(place, row, pack)
    return place


def _field(path: str, row: DeskRow | None, pack: FormPack) -> str:
    """Number and label of an answer's field; the whole for an empty path."""
    form = pack.forms.get(row.form) if row else None
    if not path:
        return "整份材料"
    try:
        return number_and_label(form, path, {}) if form else path
    except KeyError:  # of another version of the form
        return path


def _told(what: str, kept: str) -> str:
    """What a place held, in words; texts and settings as they are."""
    content = json.loads(kept)
    if content is None:
        return ""
    if what in _TOLD:
        return _TOLD[what](content)
    return (
        str(content.get("text") or content.get("value") or "") if isinstance(content, dict) else str(content)
    )


def _told_returned(content: dict[str, Any]) -> str:
    due = f"，{content['due']} 前" if content["due"] else ""
    return f"{content['wanted']} 处{due}"


_TOLD: Final[dict[str, Callable[[Any], str]]] = {
    "take": lambda content: str(content.get("code", "并入另一件")),
    "former": lambda count: f"{count} 行",
    "verdict": lambda content: VERDICT_WORDS[Verdict(content["verdict"])],
    "conclusion": lambda content: CONCLUSION_WORDS[Conclusion(content["conclusion"])],
    "pick": lambda content: f"第 {content['rank']} 位",
    RANKING: lambda content: f"{len(content)} 件的先后",
    "returned": _told_returned,
}
