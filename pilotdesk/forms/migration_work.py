"""The working copy of a migration: answers taken out of their old places and put into new ones, none of them lost.

Each version step empties ``before`` and fills ``after``. What a place of the older form was called and how its
answers read goes along, so that the attic and the list of changes can speak the older form's words even after
several steps.
"""

from __future__ import annotations

import hashlib
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, Literal, NamedTuple, cast

import msgspec

from pilotdesk.forms.attic import AtticEntry
from pilotdesk.forms.codecs import WITHOUT_CODEC, codec_for, plain_text
from pilotdesk.forms.values import Attachment, Row, Unparsed, is_blank
from pilotdesk.record import MutableRecord, Record

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from pilotdesk.forms.codecs import Codec
    from pilotdesk.forms.model import Choice, Field, Form
    from pilotdesk.forms.values import Scalar, Value

ChangeKind = Literal["rename", "split", "merge", "move", "delete", "choice", "type"]
CELL: Final = "[]."


class Known(Record, frozen=True):
    """What is known of a place: its words and its field in the oldest form, and the place it had there.

    Attributes:
        origin: the place in the oldest form. label: ``1.3 人数`` or ``2.1 进度，任务``.
        field: ``None`` where that form is not at hand, or the answer was made of several.
        lists: the choice lists that the field's answers are named by.
    """

    origin: str
    label: str
    field: Field | None = None
    lists: Mapping[str, tuple[Choice, ...]] = MappingProxyType({})

    def codec(self) -> Codec | None:
        """How its answers read; ``None`` when that is not known."""
        if self.field is None or self.field.type in WITHOUT_CODEC:
            return None
        return codec_for(self.field, self.lists)

    def choice_label(self, name: str) -> str:
        """The label of a choice; its name where the list is not known."""
        choices = self.lists.get(self.field.choices, ()) if self.field else ()
        return next((choice.label for choice in choices if choice.name == name), name)

    def text_of(self, value: Value) -> str:
        """An answer as it stands in an editor; files by their names, rows one a line."""
        if isinstance(value, tuple) and any(isinstance(part, Attachment) for part in value):
            return "；".join(part.file_name for part in value if isinstance(part, Attachment))
        codec = self.codec()
        return codec.edit_text(value) if codec else plain_text(value)

    def printed(self, value: Value) -> str:
        """An answer as it was printed, for a text that people read."""
        codec = self.codec()
        return codec.print_text(value) if codec else self.text_of(value)


class Piece(NamedTuple):
    """One answer on its way: the place and row it was taken from; ``row`` is ``None`` outside tables."""

    place: str
    row: str | None
    value: Value


class OpenRow(MutableRecord):
    """A row that is being filled."""

    parent: str | None
    cells: dict[str, Scalar] = msgspec.field(default_factory=dict)


class Answers(MutableRecord):
    """Answers by place: fields and parts by path, rows by table and id."""

    scalars: dict[str, Value] = msgspec.field(default_factory=dict)
    tables: dict[str, dict[str, OpenRow]] = msgspec.field(default_factory=dict)


class Noted(MutableRecord):
    """A change while it is not yet known what its places are called in the newest form.

    Attributes:
        old: the older words, one for each place it came from. places: where it went; empty for nowhere.
        words: makes the sentence of the old words, the new ones, and the new label of ``choice``.
        touched: whether anything was answered there.
        choice: name of a choice, where the change is about one.
    """

    kind: ChangeKind
    old: tuple[str, ...]
    places: tuple[str, ...]
    words: Callable[[str, str, str], str]
    touched: bool
    choice: str = ""


class Work:
    """The working copy.

    Args:
        old_form: the draft's own form; ``None`` when it is not at hand.
        values: path to value; not changed.
    """

    def __init__(self, old_form: Form | None, values: Mapping[str, Value]) -> None:
        self.before = Answers()
        self.after = Answers()
        self.known: dict[str, Known] = _known_places(old_form) if old_form else {}
        self.named: dict[str, Known] = {}
        """Words of the places in ``after``."""
        self.attic: list[AtticEntry] = []
        self.noted: list[Noted] = []
        self._made: dict[tuple[str, str], str] = {}
        for path, value in values.items():
            rows = [part for part in value if isinstance(part, Row)] if isinstance(value, tuple) else []
            if rows:
                self.before.tables[path] = {row.id: OpenRow(row.parent, dict(row.cells)) for row in rows}
            else:
                self.before.scalars[path] = value

    # -- words -----------------------------------------------------------------------------------

    def about(self, place: str) -> Known:
        """What is known of a place of ``before``; where nothing is, its path stands for its words."""
        return self.known.get(place) or Known(place, place)

    def learn(self, place: str, label: str) -> None:
        """Take the words that a pack has for a place whose own form is not at hand."""
        if label:
            self.known.setdefault(place, Known(place, label))

    def table_value(self, name: str) -> tuple[Row, ...]:
        """The rows of a table of ``before`` as a value."""
        rows = self.before.tables.get(name, {})
        return tuple(Row(row_id, MappingProxyType(row.cells), row.parent) for row_id, row in rows.items())

    def store_away(self, piece: Piece, why: str) -> None:
        """Put an answer into the attic; one that holds nothing is left out."""
        if holds_nothing(piece.value):
            return
        known = self.about(piece.place)
        path, words, text = known.origin, known.label, known.text_of(piece.value)
        if piece.row is not None:
            path = path.replace("[]", f"[{piece.row}]")
            words = self._with_row(piece, known)
        elif isinstance(piece.value, tuple) and any(isinstance(part, Row) for part in piece.value):
            text = self._rows_text(piece.place, cast("tuple[Row, ...]", piece.value))
        self.attic.append(AtticEntry(path=path, label=words, text=text, value=piece.value, why=why))

    def _with_row(self, piece: Piece, known: Known) -> str:
        """``2.1 进度，第 3 行，任务``."""
        rows = list(self.before.tables.get(piece.place.partition(CELL)[0], {}))
        owner, comma, column = known.label.partition("，")
        at = f"第 {rows.index(piece.row) + 1} 行" if piece.row in rows else ""
        return "，".join(filter(None, (owner, at, column if comma else "")))

    def _rows_text(self, table: str, rows: tuple[Row, ...]) -> str:
        lines = []
        for row in rows:
            cells = []
            for column, value in row.cells.items():
                known = self.about(f"{table}{CELL}{column}")
                cells.append(f"{known.label.rpartition('，')[2]}：{known.text_of(value)}")
            lines.append("；".join(cells))
        return "\n".join(lines)

    # -- taking ----------------------------------------------------------------------------------

    def take(self, place: str) -> list[Piece]:
        """Take everything out of a place: a field, a part, the cells of a column, a whole person; rows stay."""
        table, is_cell, column = place.partition(CELL)
        if is_cell:
            rows = self.before.tables.get(table, {})
            return [
                Piece(place, at, row.cells.pop(column)) for at, row in rows.items() if column in row.cells
            ]
        paths = [path for path in self.before.scalars if path == place or path.startswith(f"{place}.")]
        return [Piece(path, None, self.before.scalars.pop(path)) for path in paths]

    def take_table(self, name: str) -> list[Piece]:
        """Take a table with its rows; nothing when there is none of this name."""
        value = tuple(row for row in self.table_value(name) if row.cells)
        self.before.tables.pop(name, None)
        return [Piece(name, None, value)] if value else []

    # -- putting ---------------------------------------------------------------------------------

    def put(self, place: str, piece: Piece, *, row: str | None = None) -> None:
        """Put an answer into a place of ``after``; where another stands already it goes into the attic."""
        table, is_cell, column = place.partition(CELL)
        if is_cell:
            row_id = row or piece.row or self.made_row(table, piece.place)
            cells = self.after.tables.setdefault(table, {}).setdefault(row_id, OpenRow(None)).cells
            holder, key = cast("dict[str, Value]", cells), column
        else:
            holder, key = self.after.scalars, place
        present = holder.get(key)
        if holds_nothing(present):
            holder[key] = piece.value
        elif present != piece.value or type(present) is not type(piece.value):
            self.store_away(piece, "新的位置上已经有内容。")

    def made_row(self, table: str, word: str) -> str:
        """Id of the row that is made for a word: always the same for the same word."""
        taken = {*self.before.tables.get(table, {}), *self.after.tables.get(table, {})}
        seed = f"{table}/{word}"
        while (table, word) not in self._made:
            row_id = f"r_{hashlib.sha256(seed.encode()).hexdigest()[:8]}"
            seed += "'"
            if row_id not in taken:
                self._made[table, word] = row_id
        return self._made[table, word]

    def lay_rows(self, table: str, into: str) -> None:
        """Give ``after`` the rows of a table, still empty, so that they keep their ids, order and parents."""
        rows = self.after.tables.setdefault(into, {})
        for row_id, row in self.before.tables.get(table, {}).items():
            rows.setdefault(row_id, OpenRow(row.parent))

    # -- from step to step -----------------------------------------------------------------------

    def follow(self, went: Mapping[str, tuple[str, ...]], earlier: int) -> None:
        """Let the first ``earlier`` changes name the places that theirs went to in this step."""
        for noted in self.noted[:earlier]:
            noted.places = tuple(to for place in noted.places for to in _followed(place, went))

    def turn(self) -> None:
        """End a step: what was filled is what the next one empties."""
        self.before, self.after = self.after, Answers()
        self.known, self.named = self.named, {}
        self._made.clear()

    def name_after(self, place: str, to: str) -> None:
        """Let a place of ``after`` have the words of one of ``before``, with its columns or parts."""
        inner = [known for known in self.known if known.startswith((f"{place}{CELL}", f"{place}."))]
        for known in (place, *inner):
            self.named[to + known.removeprefix(place)] = self.about(known)


def holds_nothing(value: Value) -> bool:
    """Whether not a single character would be lost with it; blanks are characters."""
    if isinstance(value, Unparsed):
        return not value.text
    return value == "" or (not isinstance(value, str) and is_blank(value))


def without_field(known: Known) -> Known:
    """The same words for an answer that is a text now, whatever its field was."""
    return msgspec.structs.replace(known, field=None)


def _followed(place: str, went: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    if place in went:
        yield from went[place]
        return
    owner, mark, inner = place.partition(CELL if CELL in place else ".")
    targets = went.get(owner, (owner,)) if mark else (place,)
    yield from (f"{target}{mark}{inner}" for target in targets)


def _known_places(form: Form) -> dict[str, Known]:
    places: dict[str, Known] = {}
    for owner in form.fields.values():
        label = f"{owner.number} {owner.label}".strip()
        places[owner.name] = Known(owner.name, label, owner, form.lists)
        for mark, inner in ((CELL, owner.columns), (".", owner.parts)):
            for part in inner:
                place = f"{owner.name}{mark}{part.name}"
                places[place] = Known(place, f"{label}，{part.label}", part, form.lists)
    return places
