"""Version 2 as only what changed: each answer before and after with the changed words marked, as rich text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pilotdesk.drafts.compare import marked
from pilotdesk.record import Record
from pilotdesk.review.checking.answered import CHANGED
from pilotdesk.ui.look.marked_text import mark_styles
from pilotdesk.ui.look.plain_text import escaped

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pilotdesk.review.desk.records import Changed, Opinion
    from pilotdesk.review.records import Finding
    from pilotdesk.ui.look.theme import Theme

EMPTY: Final = "（空）"
AT_ONCE: Final = 60
"""Changes that are shown before the rest is asked for."""
COUNTED: Final = 10
"""Characters from which on somebody cares for the 字数."""


class ChangesShown(Record, frozen=True, kw_only=True):
    """What the view shows.

    Attributes:
        title: which round against which.
        changed: in the order of the form.
        wanted: opinions of the round before with the words of their place.
        answers: what the unit says it did about a return slip, line by line, as
            :func:`pilotdesk.review.checking.answered.answered_findings` gives it; with them ``wanted`` is not shown.
        at_once: how many changes are shown.
    """

    title: str
    changed: tuple[Changed, ...]
    wanted: tuple[tuple[Opinion, str], ...]
    answers: tuple[Finding, ...] = ()
    at_once: int = AT_ONCE


def changes_html(shown: ChangesShown, theme: Theme) -> str:
    """The whole text; links are ``see:PATH``, ``say:PATH`` and ``more:``. On any thread."""
    return "".join(_lines(shown, theme))


def is_touched(place: str, changed: Sequence[Changed]) -> bool:
    """Whether an answer, or something of a table, is among what changed."""
    return any(one.path == place or one.path.startswith((f"{place}[", f"{place}.")) for one in changed)


def _lines(shown: ChangesShown, theme: Theme) -> Iterator[str]:
    palette = theme.palette
    told: set[str] = set()
    small = f"font-size:{theme.px('small')}px;color:{palette.text2};margin:0"
    yield f'<p style="font-size:{theme.px("group")}px;margin:0 0 4px 0"><b>{escaped(shown.title)}</b></p>'
    yield from _untouched(shown, theme)
    if not shown.changed:
        yield f'<p style="{small}">各栏的内容和上次一样。</p>'
    for one in shown.changed[: shown.at_once]:
        yield f'<p style="font-size:{theme.px("body")}px;margin:14px 0 2px 0"><b>{escaped(one.label)}</b></p>'
        for said in _said_of(one, shown):
            if said not in told:  # once, of a table of which many cells changed
                yield f'<p style="{small};color:{palette.primary}">{escaped(said)}</p>'
            told.add(said)
        yield from _change(one, theme, small)
        yield f'<p style="{small}">{_link("see", one.path, "看原文")}　{_link("say", one.path, "写意见")}</p>'
    if len(shown.changed) > shown.at_once:
        yield f"<p>{_link('more', '', f'还有 {len(shown.changed) - shown.at_once} 处')}</p>"


def _said_of(one: Changed, shown: ChangesShown) -> Iterator[str]:
    """What was said of an answer before it changed."""
    if shown.answers:
        yield from (answer.sentence for answer in shown.answers if is_touched(answer.path, (one,)))
        return
    for opinion, _words in shown.wanted:
        if is_touched(opinion.place, (one,)):
            yield f"上次的话：“{opinion.text}”"


def _untouched(shown: ChangesShown, theme: Theme) -> Iterator[str]:
    """What the unit was asked to change and did not, with what it says instead."""
    left = list(_left(shown))
    if not left:
        return
    style = f"font-size:{theme.px('small')}px;color:{theme.palette.warn};margin:2px 0"
    yield f'<p style="{style}"><b>▲ 上次提了意见、这次没有改的 {len(left)} 处</b></p>'
    for path, said in left:
        link = f"　{_link('see', path, '看原文')}" if path else ""
        yield f'<p style="{style}">{escaped(said)}{link}</p>'


def _left(shown: ChangesShown) -> Iterator[tuple[str, str]]:
    """Path and words of what was not changed; the path is empty for what is bound to no answer."""
    for answer in shown.answers:
        if answer.code != CHANGED:
            yield answer.path, f"{f'{answer.number} {answer.label}'.strip() or '整份材料'}：{answer.sentence}"
    if shown.answers:
        return
    for one, words in shown.wanted:
        if one.place and not one.place.startswith("point:") and not is_touched(one.place, shown.changed):
            yield one.place, f"{words}：“{one.text}”"


def _change(one: Changed, theme: Theme, small: str) -> Iterator[str]:
    pieces = marked(one.before, one.after)
    looks = mark_styles(theme.palette)
    for title, kind, text in (("原来", "gone", one.before), ("现在", "come", one.after)):
        said = "".join(
            f'<span style="{looks[piece.kind]}">{_broken(piece.text)}</span>'
            if piece.kind in looks
            else _broken(piece.text)
            for piece in pieces
            if piece.kind in {"same", kind}
        )
        yield f'<p style="{small}">{title}</p>'
        yield f'<p style="font-size:{theme.px("body")}px;margin:0">{said if text else EMPTY}</p>'
    if max(len(one.before), len(one.after)) >= COUNTED:
        yield f'<p style="{small}">字数 {len(one.before)} → {len(one.after)}</p>'


def _link(action: str, path: str, words: str) -> str:
    return f'<a href="{action}:{escaped(path)}">{words}</a>'


def _broken(text: str) -> str:
    return escaped(text).replace("\n", "<br>")
