"""What was found in a damaged database, in the words of the forms: by draft and by field."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pilotdesk.errors import PackError
from pilotdesk.forms.codecs import WITHOUT_CODEC, codec_for, plain_text
from pilotdesk.forms.installed import pack_for
from pilotdesk.forms.lookup import field_at, number_and_label
from pilotdesk.forms.values import Row
from pilotdesk.record import Record

if TYPE_CHECKING:
    from pilotdesk.drafts.recovery import Offer
    from pilotdesk.drafts.recovery_merge import Difference
    from pilotdesk.forms.model import Form
    from pilotdesk.forms.values import Value

NOTHING: Final = "（空）"
LONG: Final = 60
"""Signs of an answer that are shown of each side, around the first that differs."""


class DifferenceWords(Record, frozen=True, kw_only=True):
    """One difference as it is shown.

    Attributes:
        draft: title and form of the draft. where: number and label of the field. words: before and after.
    """

    draft: str
    where: str
    words: str


def words_of(offer: Offer, one: Difference) -> DifferenceWords:
    """A difference in words; where its pack is not on this computer, by path and without printing."""
    form = _form_of(offer, one.draft_id)
    draft = _draft_words(offer, one.draft_id, form)
    if isinstance(one.before, tuple) and isinstance(one.after, tuple) and _has_rows(one.before + one.after):
        words = _row_words(one.before, one.after)
    else:
        words = "备份里是{}，坏文件里是{}。".format(
            *_two_sides(*(_shown(form, one.path, v) for v in (one.before, one.after)))
        )
    if one.scarred:
        words += "有的字已经读不出，显示成 \ufffd。"
    return DifferenceWords(draft=draft, where=_where(form, one), words=words)


def _form_of(offer: Offer, draft_id: str) -> Form | None:
    card = offer.cards.get(draft_id)
    if card is None:
        return None
    try:
        return pack_for(card.round, card.form, card.form_version, "").forms[card.form]
    except PackError:
        return None


def _draft_words(offer: Offer, draft_id: str, form: Form | None) -> str:
    card = offer.cards.get(draft_id)
    if card is None:
        return "备份以后新建的一份"
    title = card.facts.title or "未命名的项目"
    return f"{title}：{form.head.title}" if form is not None else title


def _where(form: Form | None, one: Difference) -> str:
    if form is None:
        return one.path
    try:
        return number_and_label(form, one.path, {})
    except KeyError:
        return one.path


def _shown(form: Form | None, path: str, value: Value) -> str:
    if value is None:
        return ""
    try:
        field = field_at(form, path) if form is not None else None
    except KeyError:
        field = None
    if form is None or field is None or field.type in WITHOUT_CODEC:
        return plain_text(value)
    return codec_for(field, form.lists).print_text(value)


def _two_sides(before: str, after: str) -> tuple[str, str]:
    """Both in quotation marks, cut around the first sign that differs."""
    same = next(
        (at for at, (a, b) in enumerate(zip(before, after, strict=False)) if a != b),
        min(len(before), len(after)),
    )
    begin = max(0, same - LONG // 3)
    return _cut(before, begin), _cut(after, begin)


def _cut(text: str, begin: int) -> str:
    if not text:
        return NOTHING
    part = " ".join(text[begin : begin + LONG].split())
    return f"“{'…' if begin else ''}{part}{'…' if begin + LONG < len(text) else ''}”"


def _has_rows(values: tuple[object, ...]) -> bool:
    return any(isinstance(value, Row) for value in values)


def _row_words(before: tuple[object, ...], after: tuple[object, ...]) -> str:
    old = {row.id: row for row in before if isinstance(row, Row)}
    new = {row.id: row for row in after if isinstance(row, Row)}
    cells = sum(
        old[row_id].cells.get(name) != new[row_id].cells.get(name)
        for row_id in old.keys() & new.keys()
        for name in old[row_id].cells.keys() | new[row_id].cells.keys()
    )
    counts = (
        ("多了 {} 行", len(new.keys() - old.keys())),
        ("少了 {} 行", len(old.keys() - new.keys())),
        ("改了 {} 格", cells),
    )
    said = [words.format(count) for words, count in counts if count]
    return f"坏文件里比备份{'，'.join(said) or '换了顺序'}。"
