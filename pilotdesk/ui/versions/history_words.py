"""The words of a history: when and by whom, from where, what an answer said, and what changed in it as rich text."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from pilotdesk.drafts.compare import marked
from pilotdesk.drafts.history import moment
from pilotdesk.drafts.records import UNDONE, WHOLE_DRAFT
from pilotdesk.forms.codecs import WITHOUT_CODEC, codec_for, plain_text
from pilotdesk.forms.lookup import field_at, number_and_label
from pilotdesk.forms.values import Attachment, Row, field_name
from pilotdesk.ui.look.marked_text import mark_styles
from pilotdesk.ui.look.plain_text import escaped

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from pilotdesk.drafts.compare import FieldChange, Kind, Piece, RowChange
    from pilotdesk.drafts.history import Past, Sitting
    from pilotdesk.forms.model import Field, Form
    from pilotdesk.forms.values import Value
    from pilotdesk.ui.look.tokens import Palette

NOTHING: Final = "（空）"
ROWS_SHOWN: Final = 30
"""Rows of one table that are shown before one asks for all of them."""
AROUND: Final = 36
"""Characters of unchanged text shown on either side of a change before one asks for all of it."""
_CAME: Final = {
    "typed": "填写", "begun": "随表单带出", "carried": "从别的表带入", "imported": "从文件打开", "merged": "合并分工",
    "restored": "从历史恢复", "read_back": "从 Word 读回", "sample": "练习样例", "migrated": "换到新版表单",
    "deleted": "删去这份草稿", "undeleted": "从“已删除”找回", "purged": "彻底删除",
}  # fmt: skip


# -- when, by whom, from where -----------------------------------------------------------------------


def day_words(stamp: str, today: date) -> str:
    """The local day of a time stamp: 今天, 昨天, 6月2日, with its year where that is another one."""
    day = moment(stamp).astimezone().date()
    if day == today:
        return "今天"
    if day == today - timedelta(days=1):
        return "昨天"
    year = f"{day.year}年" if day.year != today.year else ""
    return f"{year}{day.month}月{day.day}日"


def time_words(sitting: Sitting, today: date) -> str:
    """``今天 10:02–10:31``; one time where it is all the same."""
    began, ended = (f"{moment(stamp).astimezone():%H:%M}" for stamp in (sitting.began, sitting.ended))
    span = began if began == ended else f"{began}–{ended}"
    return f"{day_words(sitting.began, today)} {span}"


def came_words(sitting: Sitting) -> str:
    """From where, who, how many fields: ``填写 · 陈立 · 12 栏``; ``撤销了“合并分工” · 陈立 · 3 栏``."""
    fields = len({field_name(path) for path in sitting.paths} - {WHOLE_DRAFT})
    step = sitting.origin.removeprefix(UNDONE)
    came = _CAME.get(step, step)
    said = came if step == sitting.origin else f"撤销了“{came}”"
    return " · ".join(part for part in (said, sitting.by, f"{fields} 栏" if fields else "") if part)


def marks_of(past: Past, sitting: Sitting) -> tuple[str, str]:
    """The names given to the state at the end of a sitting, and what was exported of it; empty for none."""
    names = "、".join(version.name for version in past.versions if version.seq == sitting.last)
    exports = [export for export in past.exports if export.seq == sitting.last]
    final = any(export.check_code for export in exports)
    return names, ("导出了正式稿" if final else "导出了草稿") if exports else ""


# -- what it said ------------------------------------------------------------------------------------


def label_of(form: Form, path: str) -> str:
    """Number and label of a field; the bare path where the form has no such field any more."""
    try:
        return number_and_label(form, path, {})
    except KeyError:
        return path


def is_kept(form: Form, path: str) -> bool:
    """Whether the form has such a field and a person answers it, so that an old answer can go back into it."""
    try:
        return not field_at(form, path).calculation
    except KeyError:
        return False


def in_form_order(form: Form, changes: Iterable[FieldChange]) -> list[FieldChange]:
    """Changes as their fields follow one another in the form, those of fields that it has no more last."""
    places = {name: at for at, name in enumerate(form.fields)}
    return sorted(changes, key=lambda one: places.get(field_name(one.path), len(places)))


def answer_words(form: Form, field: Field | None, value: Value) -> str:
    """A value in words; the names of files one a line; empty for an unanswered one. Rows have words of their own."""
    files = [part for part in value if isinstance(part, Attachment)] if isinstance(value, tuple) else []
    if files:
        return "\n".join(file.file_name for file in files)
    if field is None or field.type in WITHOUT_CODEC:
        return plain_text(value)
    return codec_for(field, form.lists).print_text(value)


# -- as rich text ------------------------------------------------------------------------------------


class ChangeWords:
    """Changes of fields as rich text.

    Args:
        form: the form of the draft.
        palette: colours in force; marks do not rest on colours alone.
    """

    def __init__(self, form: Form, palette: Palette) -> None:
        self._form = form
        self._styles: Mapping[str, str] = mark_styles(palette)
        self._quiet = f"color:{palette.text2}"

    def lines(self, change: FieldChange, *, full: bool) -> tuple[list[str], bool]:
        """What changed in a field, a line each, as rich text; and whether something was left out for brevity."""
        if change.rows:
            shown = change.rows if full else change.rows[:ROWS_SHOWN]
            return [self._row_line(change, row) for row in shown], len(shown) < len(change.rows)
        if files := self._files(change.before, change.after):
            return files, False
        field = self._field(change.path)
        before, after = (answer_words(self._form, field, value) for value in (change.before, change.after))
        return self._text(before, after, full=full)

    def _text(self, before: str, after: str, *, full: bool) -> tuple[list[str], bool]:
        pieces = marked(before, after)
        texts = [self._piece(piece, full=full) for piece in pieces]
        if not before:
            texts.insert(0, f'<span style="{self._quiet}">原来没有填。</span>')
        if not after:
            texts.append(f'<span style="{self._quiet}">后来空着。</span>')
        return "".join(texts).split("\n"), not full and any(_is_long(piece) for piece in pieces)

    def _files(self, before: Value, after: Value) -> list[str]:
        """A line for each file. One that was replaced keeps its name: names alone tell nothing."""
        old, new = _files_of(before), _files_of(after)
        lines = [self._marked(file.file_name, "gone") for sha256, file in old.items() if sha256 not in new]
        for sha256, file in new.items():
            was = old[sha256].file_name if sha256 in old else ""
            lines.append("".join(self._piece(piece, full=True) for piece in marked(was, file.file_name)))
        return lines

    def _piece(self, piece: Piece, *, full: bool) -> str:
        if piece.kind != "same":
            return self._marked(piece.text, piece.kind)
        if full or not _is_long(piece):
            return escaped(piece.text)
        return f"{escaped(piece.text[:AROUND])} …… {escaped(piece.text[-AROUND:])}"

    def _marked(self, text: str, kind: Kind) -> str:
        """A passage with its marks in every line: each line becomes a paragraph, and a mark ends with its paragraph."""
        style = self._styles[kind]
        return "\n".join(
            f'<span style="{style}">{escaped(line)}</span>' if line else "" for line in text.split("\n")
        )

    def _row_line(self, change: FieldChange, row: RowChange) -> str:
        owner = self._field(change.path)
        if row.before is None or row.after is None:
            there = row.after or row.before
            kind = "come" if row.before is None else "gone"
            said = "加了" if row.before is None else "删了"
            place = row.place_after or row.place_before
            words = escaped(self._row_words(owner, there)) if there is not None else ""
            return f'{said}第 {place} 行：<span style="{self._styles[kind]}">{words or NOTHING}</span>'
        moved = f"第 {row.place_before} 行移到了第 {row.place_after} 行" if row.moved else ""
        name = self._row_name(row.after, row.columns)
        where = f"{moved or f'第 {row.place_after} 行'}{f'（{escaped(name)}）' if name else ''}"
        cells = "；".join(self._cell_words(owner, row, column) for column in row.columns)
        return f"{where}，{cells}" if cells else where

    def _cell_words(self, owner: Field | None, row: RowChange, name: str) -> str:
        column = next((one for one in owner.columns if one.name == name), None) if owner else None
        cells = [side.cell(name) if side else None for side in (row.before, row.after)]
        before, after = (answer_words(self._form, column, cell) for cell in cells)
        pieces = "、".join(self._files(*cells)) or "".join(
            self._piece(piece, full=True) for piece in marked(before, after)
        )
        return f"{escaped(column.label if column else name)}：{pieces or NOTHING}"

    def _row_words(self, owner: Field | None, row: Row) -> str:
        columns = {column.name: column for column in owner.columns} if owner else {}
        cells = ((columns.get(name), cell) for name, cell in row.cells.items())
        return "，".join(filter(None, (answer_words(self._form, column, cell) for column, cell in cells)))

    def _row_name(self, row: Row, changed: Sequence[str]) -> str:
        """What a row is about: its first text, unless that is what changed."""
        texts = ((name, cell) for name, cell in row.cells.items() if isinstance(cell, str) and cell)
        column, text = next(texts, ("", ""))
        return text[:AROUND] if column not in changed else ""

    def _field(self, path: str) -> Field | None:
        try:
            return field_at(self._form, path)
        except KeyError:
            return None


def _files_of(value: Value) -> dict[str, Attachment]:
    """The files of an answer by their content; none for any other answer."""
    parts = value if isinstance(value, tuple) else ()
    return {part.sha256: part for part in parts if isinstance(part, Attachment)}


def _is_long(piece: Piece) -> bool:
    return piece.kind == "same" and len(piece.text) > 3 * AROUND
