"""Answers in the tables of a file: cover, grids, blocks for seals, and lists row by row."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

import msgspec

from pilotdesk.documents.digest import canonical, normal_text
from pilotdesk.documents.edited.aligning import chain
from pilotdesk.documents.edited.base import marked
from pilotdesk.documents.edited.paper import PaperCell, PaperRow
from pilotdesk.documents.edited.rows import Known, matched_rows
from pilotdesk.documents.outline.totals import WORDS
from pilotdesk.forms.values import cell_path, split_cell_path
from pilotdesk.record import Record

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from pilotdesk.documents.edited.layout import Line, Place, Sheet
    from pilotdesk.documents.edited.notes import Key
    from pilotdesk.documents.edited.paper import PaperTable

MOST_ROWS: Final = 3_000
"""Rows of one table that are looked at; what comes behind is listed as left over."""

_HEAD_WITHIN: Final = 3


class Reading(Record, frozen=True, kw_only=True):
    """An answer as it stands in the file.

    Attributes:
        path: whose it is. text: as written there; of choices what the boxes say is worked out later.
        how: ``bookmark``, ``label`` or ``position``. confidence: 0…1.
        ticks: labels of the choices printed there. cover: whether it stands on the cover.
        notes: that hang on it.
    """

    path: str
    text: str
    how: str
    confidence: float
    ticks: tuple[str, ...] = ()
    cover: bool = False
    also: tuple[str, ...] = ()
    notes: tuple[Key, ...] = ()


class NewRow(Record, frozen=True):
    """A row that the file has and the draft has not.

    Attributes:
        cells: first column of each cell to its text.
        conflict: whether the draft had it when the file was written, and took it out since.
    """

    table: str
    key: str
    cells: Mapping[str, str]
    conflict: bool = False


class Tables(Record, frozen=True):
    """What was read. ``orders``: table to its rows in the order of the file, new ones by their key."""

    readings: list[Reading]
    new: list[NewRow]
    orders: dict[str, list[str]]
    missing: list[str]
    leftover: list[str]


class TableReader:
    """Reads tables one after the other into :attr:`found`.

    Args:
        marks: see :func:`pilotdesk.documents.edited.base.marks_of`.
        is_same: whether a text at a path is what was written, ``None`` for unknown.
        known: the rows of a list table.
    """

    def __init__(
        self,
        marks: Mapping[str, str],
        is_same: Callable[[str, str], bool | None],
        known: Callable[[Sheet], Known],
    ) -> None:
        self.found = Tables([], [], {}, [], [])
        self._marks = marks
        self._is_same = is_same
        self._known = known

    def read(self, sheet: Sheet, tables: Iterable[PaperTable]) -> None:
        """Read one table of the form, which a user may have cut into several."""
        rows = [row for table in tables for row in table.rows]
        self.found.leftover.extend(row.text for row in rows[MOST_ROWS:] if row.text)
        del rows[MOST_ROWS:]
        if sheet.kind != "seal":  # the review points stand in a table inside
            self.found.leftover.extend(text for row in rows for cell in row.cells for text in cell.inner)
        if sheet.kind == "cover":
            self._read_cover(sheet, rows)
        elif sheet.kind == "list":
            self._read_list(sheet, rows)
        else:
            self._read_lines(sheet, rows)

    # -- the cover -------------------------------------------------------------------------------

    def _read_cover(self, sheet: Sheet, rows: Sequence[PaperRow]) -> None:
        """Lines below a label go on with its answer; a new one only where the bookmark says so."""
        labels = {normal_text(line[0].label): line[1].path for line in sheet.lines}
        texts: dict[str, tuple[str, str]] = {}
        notes: dict[str, tuple[Key, ...]] = {}
        path = ""
        for row in rows:
            label = normal_text(row.cells[0].text) if row.cells else ""
            names = [name for name in row.marks if marked(self._marks, name)]
            how = "bookmark" if names else "label"
            if label or names:
                path = labels.get(label, marked(self._marks, names[0]) if names else path)
            value = "\n".join(cell.text for cell in row.cells[1:])
            if not path:
                self.found.leftover.extend([row.text] if row.text else [])
                continue
            before, _ = texts.get(path, ("", how))
            apart = bool(before) and any(name.startswith("PDC_") and not name.endswith("M") for name in names)
            texts[path] = (before + "\n" * apart + value, how)
            notes[path] = (*notes.get(path, ()), *(note for cell in row.cells for note in cell.notes))
        for place in sheet.paths:
            if place in texts:
                text, how = texts[place]
                self._note(
                    Reading(path=place, text=text, how=how, confidence=1.0, cover=True, notes=notes[place])
                )
            else:
                self.found.missing.append(place)

    # -- grids and blocks for seals --------------------------------------------------------------

    def _read_lines(self, sheet: Sheet, rows: Sequence[PaperRow]) -> None:
        pairs = chain(
            (number, at, score)
            for number, line in enumerate(sheet.lines)
            for at, row in enumerate(rows)
            if (score := self._score(line, row)) > 0
        )
        pairs = _with_gaps(pairs, len(sheet.lines), len(rows))
        for number, line in enumerate(sheet.lines):
            for place in range(len(line)):
                if line[place].covered or not (line[place].path or line[place].words):
                    continue
                cell = self._cell(line, place, rows[pairs[number]]) if number in pairs else None
                self._read_place(line[place], cell or self._anywhere(line, place, rows))
            if number in pairs:
                self._leave_labels(line, rows[pairs[number]], sheet.labels)
        self._note_orders(sheet, pairs, rows)

    def _leave_labels(self, line: Line, row: PaperRow, labels: frozenset[str]) -> None:
        """What somebody wrote where the form's own words stand: the answer behind 单位名称： in the cell of the label."""
        printed = {normal_text(label) for label in labels}
        for place, cell in zip(line, row.cells, strict=False):
            words = normal_text(cell.text)
            answers = len(line) != len(row.cells) or self._has_mark(cell, place.path)
            if place.label and not place.covered and not answers and words and words not in printed:
                self.found.leftover.append(cell.text)

    def _score(self, line: Line, row: PaperRow) -> float:
        score = 0.0
        paths = {place.path for place in line if place.path}
        score += 5.0 * sum(marked(self._marks, name) in paths for name in row.marks)
        for place, cell in zip(line, row.cells, strict=False):
            if place.label and normal_text(place.label):
                score += 2.0 if normal_text(place.label) == normal_text(cell.text) else -1.0
            elif place.path and cell.text and self._is_same(place.path, cell.text):
                score += 1.0
        return score if len(line) == len(row.cells) else score / 2

    def _read_place(self, place: Place, cell: PaperCell | None) -> None:
        if cell is None:
            self.found.missing.extend([place.path] if place.path else [])
            return
        text = _without(cell.text, place.words) if place.words else cell.text
        if place.path:
            how, sure = ("bookmark", 1.0) if self._has_mark(cell, place.path) else ("label", 0.9)
            self._note(
                Reading(
                    path=place.path, text=text, how=how, confidence=sure, ticks=place.ticks, notes=cell.notes
                )
            )
        elif text.strip():
            self.found.leftover.append(text)

    def _cell(self, line: Line, number: int, row: PaperRow) -> PaperCell | None:
        """The cell of a place: by its position in the row, else behind its label, else by its bookmark."""
        label = line[number - 1].label if number else ""
        if len(line) == len(row.cells):
            beside = normal_text(row.cells[number - 1].text) if number else ""
            if (
                not label
                or beside == normal_text(label)
                or self._has_mark(row.cells[number], line[number].path)
            ):
                return row.cells[number]
        for cell, behind in pairwise(row.cells):
            if label and normal_text(cell.text) == normal_text(label):
                return behind
        return next((cell for cell in row.cells if self._has_mark(cell, line[number].path)), None)

    def _anywhere(self, line: Line, number: int, rows: Sequence[PaperRow]) -> PaperCell | None:
        """The cell of a place in a grid that was laid out otherwise: by its bookmark, or the only one behind its label."""
        path = line[number].path
        marked_cells = (cell for row in rows for cell in row.cells if path and self._has_mark(cell, path))
        found = next(marked_cells, None)
        if found is not None or not number:
            return found
        label = normal_text(line[number - 1].label)
        behind = [
            cell
            for row in rows
            for before, cell in pairwise(row.cells)
            if label and not before.covered and normal_text(before.text) == label
        ]
        return behind[0] if len(behind) == 1 else None

    def _has_mark(self, cell: PaperCell, path: str) -> bool:
        return any(marked(self._marks, name) == path for name in cell.marks)

    def _note_orders(self, sheet: Sheet, pairs: Mapping[int, int], rows: Sequence[PaperRow]) -> None:
        """Rows of tables inside a grid: those that are there, and those that were put between or below them."""
        owners = {at: self._row_of(sheet.lines[number]) for number, at in pairs.items()}
        last: tuple[str, str, Line] | None = None
        for at, row in enumerate(rows):
            if at in owners:
                last = owners[at]
                if last:
                    self.found.orders.setdefault(last[0], []).append(last[1])
            elif last and len(row.cells) == len(last[2]) and row.cells[0].covered:
                cells = {
                    split[2]: cell.text
                    for place, cell in zip(last[2], row.cells, strict=True)
                    if (split := split_cell_path(place.path))
                }
                self._note_new(last[0], cells)
            elif row.text:
                self.found.leftover.append(row.text)

    @staticmethod
    def _row_of(line: Line) -> tuple[str, str, Line] | None:
        """Table and row id of a line that shows a row."""
        for place in line:
            split = split_cell_path(place.path)
            if split:
                return split[0], split[1], line
        return None

    # -- lists -----------------------------------------------------------------------------------

    def _read_list(self, sheet: Sheet, rows: Sequence[PaperRow]) -> None:
        known = self._known(sheet)
        listed = self._listed(sheet, rows)
        matched = matched_rows(listed, known, self._marks)
        order = self.found.orders.setdefault(sheet.table, [])
        for place, row in enumerate(listed):
            if place in matched:
                row_id, sure = matched[place]
                order.append(row_id)
                self._read_row(known, row_id, sure, row)
            else:
                cells = {
                    names[0]: cell.text for names, cell in zip(known.columns, row.cells, strict=True) if names
                }
                self._note_new(sheet.table, cells)

    def _read_row(self, known: Known, row_id: str, sure: float, row: PaperRow) -> None:
        for column, cell in enumerate(row.cells):
            path = known.path(row_id, column)
            if not path:
                continue
            if cell.covered and path not in known.prints:
                self._share(path)
                continue
            if cell.covered:
                self.found.missing.append(path)  # somebody merged it with the cell above
                continue
            here = self._has_mark(cell, path)
            how = "bookmark" if here else "position"
            sure_here = 1.0 if here else sure
            self._note(Reading(path=path, text=cell.text, how=how, confidence=sure_here, notes=cell.notes))

    def _share(self, path: str) -> None:
        """A cell that was printed over several rows is the answer of each of them."""
        column = path.rpartition("]")[2]
        for at in range(len(self.found.readings) - 1, -1, -1):
            reading = self.found.readings[at]
            if reading.path.endswith(column) and split_cell_path(reading.path):
                also = (*reading.also, path)
                self.found.readings[at] = msgspec.structs.replace(reading, also=also)
                return

    def _listed(self, sheet: Sheet, rows: Sequence[PaperRow]) -> list[PaperRow]:
        """The rows that hold answers, each with a cell for every printed column; heads and totals are left out."""
        head = [normal_text(text) for text in sheet.head]
        places: list[int] | None = None
        listed: list[PaperRow] = []
        for number, row in enumerate(rows):
            texts = [normal_text(cell.text) for cell in row.cells]
            same = sum(text in texts for text in head)
            if 2 * same > len(head) and (number < _HEAD_WITHIN or same == len(head)):
                places = [texts.index(text) if text in texts else -1 for text in head]
                if len(texts) == len(head):
                    places = list(range(len(head)))
            elif sheet.totals and texts and texts[0] in WORDS:
                continue
            else:
                listed += self._in_columns(sheet, row, places)
        return listed

    def _in_columns(self, sheet: Sheet, row: PaperRow, places: Sequence[int] | None) -> list[PaperRow]:
        """A row with its cells in the order of the printed columns; nothing for one that does not fit."""
        width = len(sheet.columns)
        if len(row.cells) == width and (places is None or max(places) < width):
            order = list(places or range(width))
        elif places is not None and len(row.cells) > max(places):
            order = list(places)
        else:
            self.found.leftover.extend([row.text] if row.text else [])
            return []
        extra = [cell.text for at, cell in enumerate(row.cells) if at not in order and cell.text.strip()]
        self.found.leftover.extend(extra)
        empty = PaperCell(text="", covered=True)
        return [PaperRow(tuple(row.cells[at] if at >= 0 else empty for at in order))]

    # -- inside ----------------------------------------------------------------------------------

    def _note(self, reading: Reading) -> None:
        self.found.readings.append(reading)

    def _note_new(self, table: str, cells: Mapping[str, str]) -> None:
        """A row nobody knows; an empty one was left empty."""
        if not any(canonical(text) for text in cells.values()):
            return
        key = f"+{sum(row.table == table for row in self.found.new) + 1}"
        self.found.new.append(NewRow(table, key, cells))
        self.found.orders.setdefault(table, []).append(key)


def new_path(table: str, key: str) -> str:
    """How a new row is called in messages and when it is chosen: ``targets[+1]``."""
    return f"{table}[{key}]"


def row_path(table: str, row_id: str) -> str:
    """How a row is called when it is chosen: ``targets[r_7f3a]``."""
    return cell_path(table, row_id, "x").removesuffix(".x")


def _with_gaps(pairs: Mapping[int, int], lines: int, rows: int) -> dict[int, int]:
    """Also lines between two that were found, where as many rows stand between them."""
    found = dict(pairs)
    edges = [(-1, -1), *pairs.items(), (lines, rows)]
    for (line, row), (next_line, next_row) in pairwise(edges):
        if next_line - line == next_row - row:
            for step in range(1, next_line - line):
                found[line + step] = row + step
    return dict(sorted(found.items()))


def _without(text: str, words: Sequence[str]) -> str:
    """The paragraphs of a cell that the form does not print; each printed one is left out once."""
    printed = [normal_text(word) for word in words]
    kept = []
    for line in text.split("\n"):
        if normal_text(line) in printed:
            printed.remove(normal_text(line))
        else:
            kept.append(line)
    return "\n".join(kept)
