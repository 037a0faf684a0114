"""Texts beside labels: in tables to the right or below, in lines behind a colon, in paragraphs below a heading."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from pilotdesk.documents.filling.listing import SERIALS
from pilotdesk.documents.filling.normal import heading_level, is_blank_text, normal, without_ending
from pilotdesk.documents.filling.surroundings import is_seal
from pilotdesk.documents.opened import Grid, paragraph_text
from pilotdesk.documents.opened.names import BOX, TBL, P, own, seen

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from lxml.etree import _Element

    from pilotdesk.documents.filling.words import Words
    from pilotdesk.documents.opened import GridCell, OpenedDocx

_LINE: Final = re.compile(r"\s*(?P<label>[^:：]{2,30}?)\s*[:：]\s*(?P<text>.*)", re.DOTALL)
_SUMS: Final = frozenset({"合计", "总计", "共计", "小计"})
_GAP: Final = re.compile(r"[\s_\u3000]+(?=[\u4e00-\u9fff]{2,12}\s*[:：])")
_SEALED: Final = re.compile(
    r"[（(][^（()）]*(?:章|签字|签名)[^（()）]*[）)]\s*(?:年[\s\u3000]*月[\s\u3000]*日)?\s*$"
)
_INSTRUCTION: Final = re.compile(r"填写|不超过.{1,6}字|应当?简明|请(?:按|如实|注明)")
_NOTHING: Final = re.compile(r"[\s_\u3000年月日]*")
_LABELLED: Final = re.compile(r"[\u4e00-\u9fff]{2,10}[:：]")
_LABELS: Final = frozenset(
    ("姓名", "名称", "全称", "备注", "单位名称", "性别", "职务", "职称", "电话", "手机", "邮箱", "开户银行")
)
_LONGEST_LABEL: Final = 40
_LONGEST_HEADING: Final = 48
_LEAST_COLUMNS: Final = 2
_MOST_ROWS: Final = 2_000


class LabelReading:
    """Goes through a file once.

    Attributes:
        texts: path to the text beside its label, empty where nothing stands there; several paths joined by ``+``.
        columns: table to its columns that were found; rows: table to its rows, column to text.
    """

    def __init__(self, words: Words, opened: OpenedDocx) -> None:
        self.texts: dict[str, str] = {}
        self.columns: dict[str, set[str]] = {}
        self.rows: dict[str, list[dict[str, str]]] = {}
        self._words = words
        self._owner = ""
        self._body = ""
        self._blocks(opened.body, [])

    # -- running text ----------------------------------------------------------------------------

    def _blocks(self, parent: _Element, headings: list[tuple[int, str]]) -> None:
        for block in own(parent, P, TBL):
            if block.tag == TBL:
                self._table(Grid(block), [text for _, text in reversed(headings)])
                continue
            for box in seen(block):
                if box.tag == BOX:
                    self._blocks(box, headings)
            text = paragraph_text(block).strip()
            if text:
                self._paragraph(text, headings)

    def _paragraph(self, text: str, headings: list[tuple[int, str]]) -> None:
        level = heading_level(text)
        paths = self._meant(text, [one for _, one in headings]) if len(text) <= _LONGEST_HEADING else ""
        if level or paths:
            while level and headings and headings[-1][0] >= level:
                headings.pop()
            if level:
                headings.append((level, text))
            self._body = paths if self._is_long(paths) else ""
            if self._body:
                self.texts.setdefault(self._body, "")
                return
        if not self._line(text, [one for _, one in headings]) and self._body and not level:
            self.texts[self._body] = f"{self.texts[self._body]}\n{text}".strip()

    def _line(self, text: str, around: Sequence[str]) -> bool:
        """``label：text``; whether it was one."""
        found = _LINE.fullmatch(text)
        path = self._meant(found["label"], around) if found else ""
        if found and path:
            self._take(path, found["text"], around)
        return bool(path)

    def _is_long(self, path: str) -> bool:
        field = self._words.form.fields.get(path)
        return field is not None and field.type == "longtext"

    # -- tables ----------------------------------------------------------------------------------

    def _table(self, grid: Grid, headings: Sequence[str]) -> None:
        used: set[_Element] = set()
        row = 0
        while row < len(grid.lines):
            taken = self._list(grid, row, headings, used)
            row += taken or 1
        self._owner = ""
        for cell in grid.cells:
            if cell.element in used:
                continue
            for inner in cell.tables():
                self._table(inner, [cell.text, *headings])
            self._pair(grid, cell, headings, used)

    def _list(self, grid: Grid, row: int, headings: Sequence[str], used: set[_Element]) -> int:
        """A head with rows below it; how many lines of the table it takes, 0 for none."""
        heads = grid.row(row)
        if len(heads) < _LEAST_COLUMNS or any(cell.row != row for cell in heads):
            return 0
        deep = max(cell.rows for cell in heads)
        leaves = grid.row(row + deep - 1) if row + deep <= len(grid.lines) else ()
        table, columns = self._columns(grid, row, leaves, headings)
        bounds = [(cell.column, cell.columns) for cell in leaves]
        rows: list[tuple[GridCell, ...]] = []
        for at in range(row + deep, min(len(grid.lines), row + deep + _MOST_ROWS)):
            cells = grid.row(at)
            if [(cell.column, cell.columns) for cell in cells] != bounds:
                break
            rows.append(cells)
        if not table or not rows:
            return 0
        self.columns.setdefault(table, set()).update(column for column in columns if column)
        used |= {cell.element for at in range(row, row + deep) for cell in grid.row(at)}
        used |= {cell.element for cells in rows for cell in cells}
        listed = self.rows.setdefault(table, [])
        for cells in rows:
            texts = {name: cell.text for name, cell in zip(columns, cells, strict=True) if name}
            filled = any(not is_blank_text(text) for text in texts.values())
            if filled and normal(cells[0].text) not in _SUMS:
                listed.append(texts)
        return deep + len(rows)

    def _columns(
        self, grid: Grid, row: int, leaves: Sequence[GridCell], headings: Sequence[str]
    ) -> tuple[str, list[str]]:
        """The table that heads are of, and the column under each, empty for none; the table is empty for no list."""
        named = next((table for text in headings if (table := self._words.table(normal(text)))), "")
        best: tuple[int, str, list[str]] = (0, "", [])
        for table in dict.fromkeys([named, *self._words.tables()]):
            if not table:
                continue
            columns = [self._column(table, grid, row, cell) for cell in leaves]
            count = sum(map(bool, columns)) + (table == named)
            if len({*columns} - {""}) == sum(map(bool, columns)) and count > best[0]:
                best = count, table, columns
        known = sum(map(bool, best[2]))
        counted = sum(normal(cell.text) not in SERIALS for cell in leaves)
        enough = known >= _LEAST_COLUMNS and known * 2 >= counted and (best[1] == named or known == counted)
        return (best[1], best[2]) if enough else ("", [])

    def _column(self, table: str, grid: Grid, row: int, cell: GridCell) -> str:
        over = grid.at(row, cell.column)
        above = normal(over.text) if over is not None and over != cell else ""
        path = self._words.column(table, normal(cell.text), above) if len(cell.text) <= _LONGEST_LABEL else ""
        return path.partition("+")[0].partition("[].")[2]

    def _pair(self, grid: Grid, cell: GridCell, headings: Sequence[str], used: set[_Element]) -> None:
        """A label and the cell at its right, or below it; or lines with labels of their own in one cell."""
        text = cell.text.strip()
        if not text or is_seal(text):
            return
        around = self._around(grid, cell, headings)
        path = self._meant(text, around) if len(text) <= _LONGEST_LABEL else ""
        if not path:
            self._own_lines(text, around)
            return
        right = grid.at(cell.row, cell.column + cell.columns)
        below = grid.at(cell.row + cell.rows, cell.column)
        if right is not None and right.element not in used and not self._is_label(right, around):
            used.add(right.element)
            self._take(path, self._signs(grid, right, used), around)
        elif below is not None and below.element not in used and self._is_head(grid, cell, around):
            used.add(below.element)
            self._take(path, below.text, around)

    def _is_label(self, cell: GridCell, around: Sequence[str]) -> bool:
        label = normal(cell.text)
        known = label in _LABELS or self._words.is_part(label) or bool(self._words.meanings(label))
        return bool(cell.tables()) or (bool(label) and (known or bool(self._meant(cell.text, around))))

    def _is_head(self, grid: Grid, cell: GridCell, around: Sequence[str]) -> bool:
        """Whether a row is nothing but labels, over answers in cells of the same width."""
        below = grid.at(cell.row + cell.rows, cell.column)
        same = below is not None and (below.column, below.columns) == (cell.column, cell.columns)
        return same and all(self._is_label(one, around) for one in grid.row(cell.row))

    @staticmethod
    def _signs(grid: Grid, cell: GridCell, used: set[_Element]) -> str:
        """The text of a cell; of cells with one sign each, all of them."""
        text = cell.text.strip()
        after: GridCell | None = cell
        while len(text) and after is not None and len(after.text.strip()) == 1:
            after = grid.at(after.row, after.column + after.columns)
            if after is None or after.element in used or len(after.text.strip()) > 1:
                break
            used.add(after.element)
            text += after.text.strip()
        return text

    def _own_lines(self, text: str, around: Sequence[str]) -> None:
        """A cell with ``label：text`` in its lines, or a label in its first line and text below."""
        first, _, rest = text.partition("\n")
        path = self._meant(first, around) if rest and len(first) <= _LONGEST_LABEL else ""
        if path:
            self._take(path, rest, around)
            return
        for line in text.split("\n"):
            self._line(line, around)

    @staticmethod
    def _around(grid: Grid, cell: GridCell, headings: Sequence[str]) -> list[str]:
        """What stands left of a label and over the table, the nearest first."""
        left: list[str] = []
        column = cell.column - 1
        while column >= 0 and (beside := grid.at(cell.row, column)) is not None:
            left.append(beside.text)
            column = beside.column - 1
        return [*left, *headings]

    # -- what a label means ----------------------------------------------------------------------

    def _meant(self, text: str, around: Iterable[str]) -> str:
        """The path that a label means where it stands; empty for none."""
        label = normal(text)
        if not label:
            return ""
        near = [normal(one) for one in around]
        meanings = self._words.meanings(label)
        below = (
            one.path for one in meanings if one.below and one.below in {*near, *map(without_ending, near)}
        )
        part = next((path for one in near if (path := self._words.part(self._words.owner(one), label))), "")
        plain = {one.path for one in meanings if not one.below}
        path = next(below, "") or part or (plain.pop() if len(plain) == 1 else "")
        if not path and not meanings:
            path = self._words.part(self._owner, label)
        return "" if "[" in path else path

    def _take(self, path: str, text: str, around: Sequence[str]) -> None:
        """Keep a text; of a label that comes twice the first answer. A label behind a gap has an answer of its own."""
        first = path.partition("+")[0]
        if "." in first:
            self._owner = first.partition(".")[0]
        for one in path.split("+"):
            self.texts.setdefault(one, "")
        if not self._is_long(path):
            text, *others = _GAP.split(text)
            for other in others:
                self._line(other, around)
            text = "" if _INSTRUCTION.search(text) or _NOTHING.fullmatch(text) else _SEALED.sub("", text)
            if _LABELLED.match(text):
                self._line(text, around)
                text = ""
        if is_blank_text(self.texts.get(path, "")):
            self.texts[path] = text.strip("_ \t\n\u3000")
