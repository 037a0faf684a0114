"""What somebody changed in a Word file, in words and with the changed characters marked."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Final

from pilotdesk.documents.edited import Edit, RowEdit
from pilotdesk.drafts.compare import marked
from pilotdesk.ui.look.marked_text import mark_styles
from pilotdesk.ui.look.plain_text import escaped

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pilotdesk.drafts.compare import Piece
    from pilotdesk.ui.look.theme import Look

Change = Edit | RowEdit
EMPTY: Final = "（空）"
SHORT: Final = 16
"""Characters up to which an answer is shown whole in the list."""
COUNTED: Final = 10
"""Characters from which on somebody cares for the 字数."""
ROWS: Final = {"added": "多了一行", "removed": "删去了一行", "moved": "换了位置"}
HOW: Final = {
    "label": "书签没有了，是凭栏名找到的，看准再采用。",
    "position": "书签没有了，是凭表里的位置找到的，看准再采用。",
}
CONFLICT: Final = "导出以后，草稿里这一处也改过，两边不一样。采用就换成 Word 里的。"
UNREAD: Final = "这样写程序没有看懂。采用了照原样留着，记一条“请核实”。"
FIXED: Final = "这一处是算出来的、带过来的或固定的，不能从 Word 里改。请在程序里改它的来源。"


def flags(one: Change) -> str:
    """What is to be known of a change before it is taken over, in a few words; empty for nothing."""
    words = (
        (one.conflict, "两边都改了"),
        (one.unread, "没看懂"),
        (not one.adoptable, "只能看"),
    )
    return "，".join(text for holds, text in words if holds)


def short_words(one: Change) -> str:
    """A change in one line: ``41.6 → 43``, ``多了一行：…``; of several in one text the first, and how many there are."""
    if isinstance(one, RowEdit):
        place = f"（第 {one.place} 行）" if one.place else ""
        return f"{ROWS[one.kind]}{place}：{_line(one.text)}"
    if max(len(one.before), len(one.after)) <= SHORT:
        return f"{_line(one.before)} → {_line(one.after)}"
    places = tuple(_places(marked(one.before, one.after)))
    gone, come = next(iter(places), ("", ""))
    more = f"等 {len(places)} 处" if len(places) > 1 else ""
    if gone and come:
        return f"“{_line(gone)}”改成“{_line(come)}”{more}"
    return f"添了“{_line(come)}”{more}" if come else f"去了“{_line(gone)}”{more}"


def _places(pieces: Iterable[Piece]) -> Iterator[tuple[str, str]]:
    """What went and what came, place by place; what stayed stands between two places."""
    for stayed, changed in groupby(pieces, lambda piece: piece.kind == "same"):
        if not stayed:
            texts = {piece.kind: piece.text for piece in changed}
            yield texts.get("gone", ""), texts.get("come", "")


def _line(text: str) -> str:
    return " ".join(text.split()) or EMPTY


class Words:
    """Writes a change as rich text in the colours of the theme."""

    def __init__(self, look: Look) -> None:
        self._look = look

    def of(self, one: Change, part: str) -> str:
        """Everything of one change; ``part`` is the part of the form that it is in."""
        return self._page(one.label, part, [*self._body(one), *self._remarks(one)])

    def of_note(self, title: str, text: str, remark: str) -> str:
        """Something that was found and cannot be taken over by a tick."""
        return self._page(title, "", [self._text(text), self._small(remark)])

    def _page(self, title: str, part: str, lines: Sequence[str]) -> str:
        look = self._look
        style = "p { margin: 0 0 6px 0; }"
        head = f"<p><b>{escaped(title)}</b></p>"
        return (
            f'<style>{style}</style><div style="font-size:{look.px("body")}px">'
            f"{self._small(part) if part else ''}{head}{''.join(lines)}</div>"
        )

    def _body(self, one: Change) -> Iterator[str]:
        if isinstance(one, RowEdit):
            place = f"，在第 {one.place} 行" if one.place else ""
            yield self._small(ROWS[one.kind] + place)
            kind = {"added": "come", "removed": "gone"}.get(one.kind, "same")
            yield self._text_of([(kind, one.text)])
            return
        pieces = marked(one.before, one.after)
        before = self._side(pieces, "gone")
        after = self._side(pieces, "come")
        if one.conflict:
            yield (
                '<table width="100%" cellspacing="0" cellpadding="4"><tr>'
                f'<td width="50%">{self._small("草稿里现在的")}{before}</td>'
                f"<td>{self._small('Word 里的')}{after}</td></tr></table>"
            )
        else:
            yield self._small("原文") + before + self._small("改后") + after
        if max(one.chars) >= COUNTED:
            yield self._small(f"字数 {one.chars[0]} → {one.chars[1]}")

    def _remarks(self, one: Change) -> Iterator[str]:
        if one.conflict:
            yield self._warning(CONFLICT)
        if one.unread:
            yield self._warning(UNREAD)
        if not one.adoptable:
            yield self._warning(FIXED)
        elif isinstance(one, Edit) and one.how in HOW:
            yield self._small(HOW[one.how])

    def _side(self, pieces: Sequence[Piece], kind: str) -> str:
        shown = [(piece.kind, piece.text) for piece in pieces if piece.kind in {"same", kind}]
        return self._text_of(shown) if any(text for _, text in shown) else self._text(EMPTY)

    def _text_of(self, pieces: Sequence[tuple[str, str]]) -> str:
        looks = mark_styles(self._look.theme.palette)
        shown = (
            f'<span style="{looks[kind]}">{_broken(text)}</span>' if kind in looks else _broken(text)
            for kind, text in pieces
        )
        return f"<p>{''.join(shown)}</p>"

    def _text(self, text: str) -> str:
        return f"<p>{_broken(text)}</p>"

    def _small(self, text: str) -> str:
        look = self._look
        return (
            f'<p style="font-size:{look.px("small")}px;color:{look.theme.palette.text2}">{escaped(text)}</p>'
        )

    def _warning(self, text: str) -> str:
        return f'<p style="color:{self._look.theme.palette.warn}">▲ {escaped(text)}</p>'


def _broken(text: str) -> str:
    return escaped(text).replace("\n", "<br>")
