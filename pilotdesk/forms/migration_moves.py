"""What the entries of one version step do to the working copy, all of them at once."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from msgspec import structs

from pilotdesk.forms.lazy_pattern import LazyPattern
from pilotdesk.forms.migration_steps import Rename
from pilotdesk.forms.migration_work import CELL, Known, Noted, Piece, without_field
from pilotdesk.forms.values import Attachment, Unparsed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from pilotdesk.forms.migration_steps import ChoiceChange, Delete, Merge, Move, Split, VersionStep
    from pilotdesk.forms.migration_work import ChangeKind, Work
    from pilotdesk.forms.values import Value

KEPT: Final = "原来填的留在“旧版里的内容”。"
_NUMBERING: Final = LazyPattern(r"^[\s#]*[(（]?[0-9一二三四五六七八九十]{0,3}[)）、.．]?\s*")


def apply(step: VersionStep, work: Work) -> None:
    """Go one step; the newer answers are in ``work.before`` afterwards, ready for the next one."""
    earlier = len(work.noted)
    moved: tuple[Rename | Move, ...] = (*step.rename, *step.move)
    for known in (*moved, *step.split):
        work.learn(known.source, known.label)
    for gone in step.delete:
        work.learn(gone.path, gone.label)
    _change_choices(step.choice, work)
    tables = {m.source: m.to for m in moved if m.source in work.before.tables and CELL not in m.to}
    deleted = {gone.path for gone in step.delete}
    for name in work.before.tables:
        if name not in deleted:
            work.lay_rows(name, tables.get(name, name))
    went: dict[str, tuple[str, ...]] = {}
    for cut in step.split:
        went[cut.source] = cut.to
        _split(cut, work)
    for joined in step.merge:
        went |= dict.fromkeys(joined.source, (joined.to,))
        _merge(joined, work)
    # Parts before their persons and cells before their tables; a whole that is deleted is what the others left of it.
    for is_whole in (False, True):
        rest = [gone for gone in step.delete if _is_whole(gone.path) is is_whole]
        for gone in () if is_whole else rest:
            _delete(gone, work)
        for one in moved:
            if _is_whole(one.source) is is_whole:
                _move(one, work, is_table=one.source in tables)
        for gone in rest if is_whole else ():
            _delete(gone, work)
    went |= {one.source: (one.to,) for one in moved} | dict.fromkeys(deleted, ())
    _leave_the_rest(work, tables, went)
    work.follow(went, earlier)
    work.turn()


def _is_whole(place: str) -> bool:
    return "." not in place


# -- moving ------------------------------------------------------------------------------------------


def _move(move: Rename | Move, work: Work, *, is_table: bool) -> None:
    """Move a field, a part, a person or a column; a table goes with the rest of its cells."""
    if not is_table:
        _move_pieces(move, work)
    _note_move(move, work)


def _move_pieces(move: Rename | Move, work: Work) -> None:
    pieces = work.take(move.source)
    if CELL in move.source and CELL not in move.to:
        _put_as_text(work, pieces, move.to, "\n")
        return
    row = None
    if pieces and CELL in move.to and CELL not in move.source:
        row = work.made_row(move.to.partition(CELL)[0], getattr(move, "row", "") or move.source)
    for piece in pieces:
        work.put(move.to + piece.place.removeprefix(move.source), piece, row=row)
    work.name_after(move.source, move.to)


def _note_move(move: Rename | Move, work: Work) -> None:
    touched = _is_answered(work, move.to) or bool(work.before.tables.get(move.source))
    old = work.about(move.source).label
    kind: ChangeKind = "rename" if isinstance(move, Rename) else "move"
    verb = "改叫" if kind == "rename" else "移到"
    work.noted.append(
        Noted(
            kind,
            (old,),
            (move.to,),
            lambda was, now, _: f"{was}{verb}{now}。",
            touched,
        )
    )


def _is_answered(work: Work, place: str) -> bool:
    table, is_cell, column = place.partition(CELL)
    if is_cell:
        return any(column in row.cells for row in work.after.tables.get(table, {}).values())
    return any(path == place or path.startswith(f"{place}.") for path in work.after.scalars)


def _leave_the_rest(work: Work, tables: Mapping[str, str], went: Mapping[str, object]) -> None:
    """What no entry named stays where it is; cells go with their table."""
    for path, value in work.before.scalars.items():
        work.put(path, Piece(path, None, value))
    for name, rows in work.before.tables.items():
        into = tables.get(name, name)
        for row_id, row in rows.items():
            for column, value in row.cells.items():
                work.put(f"{into}{CELL}{column}", Piece(f"{name}{CELL}{column}", row_id, value))
    for place, known in work.known.items():
        owner, mark, inner = place.partition(CELL if CELL in place else ".")
        if place in went and owner not in tables:
            continue
        if (to := tables.get(owner, owner) + mark + inner) not in work.named:
            work.named[to] = known


# -- splitting and merging ---------------------------------------------------------------------------


def _split(split: Split, work: Work) -> None:
    known, pieces = work.about(split.source), work.take(split.source)
    for piece in pieces:
        text = known.text_of(piece.value)
        if split.by in {"sign", "lines", "first"} or not isinstance(piece.value, str):
            work.store_away(piece, "拆成了几栏，原文在这里留一份，方便对照。")
        for to, part in zip(split.to, _parts(split, text), strict=True):
            if part:
                kept: Value = Unparsed(part) if isinstance(piece.value, Unparsed) else part
                work.put(to, Piece(piece.place, piece.row, kept))
    for to in split.to:
        work.named[to] = known if known.field and known.field.type == "longtext" else without_field(known)
    how = {"headings": "按小标题分开", "lines": "一行一栏", "sign": f"按“{split.sign}”分开"}.get(split.by)
    how = how or "先整段放在第一栏，请再分一分"
    sentence = f"，{how}。"
    work.noted.append(
        Noted(
            "split", (known.label,), split.to, lambda was, now, _: f"{was}拆成{now}{sentence}", bool(pieces)
        )
    )


def _parts(split: Split, text: str) -> list[str]:
    """As many parts as there are places; everything of the text but the sign that it is cut at."""
    room = len(split.to)
    sign = {"lines": "\n", "sign": split.sign}.get(split.by, "")
    if split.by == "headings":
        return _cut_at_headings(text, split.headings, room)
    parts = text.split(sign, room - 1) if sign else [text]
    return parts + [""] * (room - len(parts))


def _cut_at_headings(text: str, headings: tuple[str, ...], room: int) -> list[str]:
    """The text cut before its headings, each part under the last heading before it; headings stay in the text."""
    wanted = {_bare(heading): at for at, heading in enumerate(headings[:room]) if heading}
    parts = [""] * room
    at = 0
    for line in text.splitlines(keepends=True):
        at = wanted.get(_bare(line), at)
        parts[at] += line
    return [part.removesuffix("\n") for part in parts]


def _bare(line: str) -> str:
    """A heading without its numbering, colon and blanks."""
    return re.sub(r"\s", "", _NUMBERING.sub("", line)).rstrip(":：")


def _merge(merge: Merge, work: Work) -> None:
    table = merge.to.partition(CELL)[0]
    by_row = all(CELL in place for place in (merge.to, *merge.source)) and all(
        place.partition(CELL)[0] == merge.source[0].partition(CELL)[0] for place in merge.source
    )
    known = [work.about(place) for place in merge.source]
    pieces = [piece for place in merge.source for piece in work.take(place)]
    groups: dict[str | None, list[Piece]] = {}
    for piece in pieces:
        groups.setdefault(piece.row if by_row else None, []).append(piece)
    for row, group in groups.items():
        at = row or (work.made_row(table, merge.to) if CELL in merge.to else None)
        _put_as_text(work, group, merge.to, merge.separator, row=at, labels=merge.labels)
    words = tuple(one.label for one in known)
    verb = "合并成" if len(words) > 1 else "并到"
    work.named[merge.to] = Known(known[0].origin, "、".join(words))
    work.noted.append(
        Noted("merge", words, (merge.to,), lambda was, now, _: f"{was}{verb}{now}。", bool(pieces))
    )


def _put_as_text(
    work: Work, pieces: list[Piece], to: str, separator: str, *, row: str | None = None, labels: bool = False
) -> None:
    """Put several answers as one text; files stay files, and what is no text also goes into the attic as it was."""
    if not pieces:
        return
    files = [part for piece in pieces for part in _files(piece.value)]
    if files and all(_files(piece.value) for piece in pieces):
        work.put(to, pieces[0]._replace(value=tuple(dict.fromkeys(files))), row=row)
        return
    texts = []
    for piece in pieces:
        known = work.about(piece.place)
        text = known.printed(piece.value)
        if not isinstance(piece.value, str | Unparsed) or text != _own_text(piece.value):
            work.store_away(piece, "合并成了一段文字，原来的写法在这里留一份。")
        if text:
            own = known.label.rpartition("，")[2].rpartition(" ")[2]
            texts.append(f"{own}：{text}" if labels and len(pieces) > 1 else text)
    if texts:
        work.put(to, pieces[0]._replace(value=separator.join(texts)), row=row)
    work.named.setdefault(to, without_field(work.about(pieces[0].place)))


def _files(value: Value) -> list[Attachment]:
    return [part for part in value if isinstance(part, Attachment)] if isinstance(value, tuple) else []


def _own_text(value: Value) -> str:
    return value.text if isinstance(value, Unparsed) else str(value)


# -- deleting ----------------------------------------------------------------------------------------


def _delete(gone: Delete, work: Work) -> None:
    label, why = work.about(gone.path).label, gone.why.rstrip("。")
    pieces = [*work.take(gone.path), *work.take_table(gone.path)]
    for piece in pieces:
        work.store_away(piece, f"{why}。")
    sentence = f"不再要了：{why}。{KEPT if pieces else ''}"
    work.noted.append(Noted("delete", (label,), (), lambda was, *_: f"{was}{sentence}", bool(pieces)))


# -- choices -----------------------------------------------------------------------------------------


def _change_choices(changes: Iterable[ChoiceChange], work: Work) -> None:
    """Rename choices wherever they were chosen; what is gone is taken out, and the answer kept in the attic."""
    by_place: dict[str, list[ChoiceChange]] = {}
    for change in changes:
        for place in change.path:
            by_place.setdefault(place, []).append(change)
    for place, here in by_place.items():
        known = work.about(place)
        names = {change.source: change.to for change in here}
        touched = _rename_choices(place, names, work)
        for change in here:
            old = change.label or known.choice_label(change.source)
            words = _choice_words(known.label, old, gone=not change.to)
            asked = change.source in touched
            work.noted.append(Noted("choice", (known.label, old), (place,), words, asked, change.to))
        work.known[place] = _with_new_names(known, names)


def _rename_choices(place: str, names: Mapping[str, str], work: Work) -> set[str]:
    """Write the new names into the answers of a place; returns the old ones that were chosen."""
    chosen: set[str] = set()
    table, is_cell, column = place.partition(CELL)
    rows = work.before.tables.get(table, {}) if is_cell else {}
    holders: list[tuple[str | None, dict[str, Any]]] = [(at, row.cells) for at, row in rows.items()]
    for at, holder in holders or [(None, work.before.scalars)]:
        key = column if is_cell else place
        value = holder.get(key)
        picked = value if isinstance(value, tuple) else (value,)
        met = [name for name in picked if isinstance(name, str) and name in names]
        if not met:
            continue
        chosen.update(met)
        if not all(names[name] for name in met):
            work.store_away(Piece(place, at, value), "有一个选项没有了，请看看该怎么选。")
        kept = tuple(dict.fromkeys(names.get(name, name) for name in picked if names.get(name, name)))
        holder[key] = (kept or None) if isinstance(value, tuple) else next(iter(kept), None)
    return chosen


def _with_new_names(known: Known, names: Mapping[str, str]) -> Known:
    """The same words, in which the new names of choices have the labels of the old ones."""
    if known.field is None or known.field.choices not in known.lists:
        return known
    choices = known.lists[known.field.choices]
    renamed = tuple(structs.replace(choice, name=names.get(choice.name) or choice.name) for choice in choices)
    return structs.replace(known, lists={**known.lists, known.field.choices: renamed})


def _choice_words(label: str, old: str, *, gone: bool) -> Callable[[str, str, str], str]:
    def words(_was: str, now: str, chosen: str) -> str:
        where = now or f"“{label}”"
        if gone:
            return f"{where}里没有“{old}”这个选项了。{KEPT}"
        return f"{where}的选项“{old}”改成“{chosen}”。"

    return words
