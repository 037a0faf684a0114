"""One bookmark around every printed answer, named from its path, so that a Word file can be read back.

Bookmarks survive every word processor we know, content controls do not. A name is ``PD_`` and 16 letters
made from the path: it stays the same from export to export. The first printing of a path has the plain
name, further ones end in ``_2``, ``_3``; every line of the cover has
a name of its own, ``PDC_…_1``, because a bookmark cannot span cells. The list of all paths travels
in custom document properties, packed, in pieces that Word can hold.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import re
import zlib
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from pilotdesk.documents.blocks import Block, Body, Cell, Cover, Grid, Outline, SealBlock, Table
from pilotdesk.documents.identity import joined_pieces, pieces_of
from pilotdesk.documents.word.markup import printable
from pilotdesk.forms.values import cell_path, split_cell_path

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from pilotdesk.documents.blocks import PrintedAnswer

MARK_NAME: Final = re.compile(r"PDC?_[A-Z2-7]{16}(?:_[0-9]+M?)?")
"""Every name that is given to an answer's bookmark."""

MAX_LIST_BYTES: Final = 4 << 20
"""The longest list of paths that is unpacked, as a guard against a prepared file."""


MAX_PATHS: Final = 200_000
"""The longest list of paths that is spread out: a line of it may stand for rows times columns. Our longest has 20,000."""

_REMEMBERED: Final = 1 << 15
"""Names of bookmarks that are worked out once: for the one who writes them and the one who reads them back."""


@dataclass(frozen=True, slots=True)
class Printing:
    """One place where an answer is printed: its bookmark, its path and the text that stands there."""

    mark: str
    path: str
    text: str


def mark_name(path: str, *, occurrence: int = 1) -> str:
    """The bookmark of one printing of a path, at most 40 characters (Word's limit)."""
    return f"PD_{_letters(path)}{'' if occurrence == 1 else f'_{occurrence}'}"


def cover_name(path: str, line: int, *, continued: bool) -> str:
    """The bookmark of the nth line (from 1) of a cover entry; ``continued`` lines go on with the line before."""
    return f"PDC_{_letters(path)}_{line}{'M' if continued else ''}"


def is_cover(mark: str) -> bool:
    """Whether a bookmark's name is that of a line of the cover."""
    return mark.startswith("PDC_")


@lru_cache(maxsize=_REMEMBERED)
def _letters(path: str) -> str:
    return base64.b32encode(hashlib.blake2s(path.encode(), digest_size=10).digest()).decode()


class Marks:
    """Bookmarks of one document, in the order of writing."""

    def __init__(self) -> None:
        self._used = 0
        self._headings = 0
        self._printed: dict[str, int] = {}

    @property
    def paths(self) -> tuple[str, ...]:
        """Every path marked so far, once, in order of printing."""
        return tuple(self._printed)

    def name(self, path: str) -> str:
        """The bookmark for the next printing of a path."""
        self._printed[path] = self._printed.get(path, 0) + 1
        return mark_name(path, occurrence=self._printed[path])

    def answer(self, path: str | None) -> tuple[str, str]:
        """Start and end of an answer's bookmark; two empty texts for printed words."""
        return ("", "") if path is None else self._pair(self.name(path))

    def cover(self, path: str | None, line: int, *, continued: bool) -> tuple[str, str]:
        """Start and end of the bookmark of a cover line; two empty texts for printed words."""
        if path is None:
            return "", ""
        self._printed.setdefault(path, 0)
        return self._pair(cover_name(path, line, continued=continued))

    def heading(self) -> tuple[str, tuple[str, str]]:
        """Name, and start and end, of the next heading's bookmark; the contents point to it."""
        self._headings += 1
        name = heading_mark(self._headings)
        return name, self._pair(name)

    def _pair(self, name: str) -> tuple[str, str]:
        self._used += 1
        start = f'<w:bookmarkStart w:id="{self._used}" w:name="{name}"/>'
        return start, f'<w:bookmarkEnd w:id="{self._used}"/>'


def heading_mark(number: int) -> str:
    """The bookmark of the nth heading (from 1), named as Word's own contents would."""
    return f"_Toc{260000000 + number}"


def ticks_text(cell: Cell) -> str:
    """What a cell with choices says: the taken ones joined by ``；``."""
    return "；".join(printable(tick.label) for tick in cell.ticks if tick.taken)


def printings(outline: Outline) -> Iterator[Printing]:
    """Every printing of an answer as text, in the order in which the writer makes the bookmarks.

    A cover entry is one printing, named after its first line.
    """
    marks = Marks()
    for block in outline.blocks:
        if isinstance(block, Cover):
            for line in block.lines:
                if line.path is not None:
                    text = "\n".join(printable(value) for value in line.values)
                    yield Printing(cover_name(line.path, 1, continued=False), line.path, text)
        else:
            yield from (Printing(marks.name(path), path, text) for path, text in _texts(block))


def _texts(block: Block) -> Iterator[tuple[str, str]]:
    if isinstance(block, Body) and block.path is not None:
        yield block.path, printable(block.text)
    elif isinstance(block, SealBlock) and block.path is not None:
        yield block.path, printable(block.answer)
    elif isinstance(block, Grid | Table):
        for cell in _cells(block):
            if cell.path is not None:
                yield cell.path, ticks_text(cell) if cell.ticks else printable(cell.text)


def _cells(block: Grid | Table) -> Iterator[Cell]:
    rows = (row.cells for row in block.rows) if isinstance(block, Grid) else (*block.rows, *block.totals)
    for cells in rows:
        yield from cells


def pack_paths(paths: Iterable[str]) -> Mapping[str, str]:
    """The list of paths as custom properties ``pilotdesk.paths.001`` …, each at most 240 characters long."""
    cells: dict[tuple[str, str], list[str]] = {}
    plain: list[str] = []
    for path in paths:
        parts = split_cell_path(path)
        if parts is None:
            plain.append(path)
        else:
            cells.setdefault(parts[:2], []).append(parts[2])
    groups: dict[tuple[str, tuple[str, ...]], list[str]] = {}
    for (table, row_id), columns in cells.items():
        groups.setdefault((table, tuple(columns)), []).append(row_id)
    tables = [[table, columns, row_ids] for (table, columns), row_ids in groups.items()]
    return _pack("paths", [plain, tables])


def pack_figures(answers: Iterable[PrintedAnswer]) -> Mapping[str, str]:
    """What the nodes of structure figures say, which are pictures in Word: ``pilotdesk.figure.001`` and so on."""
    listed = [[answer.path, answer.text] for answer in answers]
    return _pack("figure", listed) if listed else {}


def unpack_figures(properties: Mapping[str, str]) -> dict[str, str]:
    """Path to text, as packed by :func:`pack_figures`; empty where nothing was packed.

    Raises:
        ValueError: it is damaged.
    """
    if not joined_pieces("figure", properties):
        return {}
    try:
        return {str(path): str(text) for path, text in _unpack("figure", properties)}
    except TypeError as exc:
        raise ValueError("the words of the figure are damaged") from exc


def _pack(name: str, content: object) -> Mapping[str, str]:
    letters = base64.b64encode(zlib.compress(json.dumps(content, separators=(",", ":")).encode(), 9)).decode()
    return pieces_of(name, letters)


def _unpack(name: str, properties: Mapping[str, str]) -> Any:  # noqa: ANN401
    """What :func:`_pack` packed. Raises ValueError."""
    unpacker = zlib.decompressobj()
    try:
        packed = base64.b64decode(joined_pieces(name, properties), validate=True)
        content = unpacker.decompress(packed, MAX_LIST_BYTES)
    except (binascii.Error, zlib.error) as exc:
        raise ValueError(f"the list of {name} is damaged") from exc
    if not unpacker.eof:
        raise ValueError(f"the list of {name} is cut off")
    try:
        return json.loads(content)
    except RecursionError as exc:
        raise ValueError(f"the list of {name} is too deep") from exc


def unpack_paths(properties: Mapping[str, str]) -> tuple[str, ...]:
    """The paths packed by :func:`pack_paths`: plain ones first, then cells, table by table.

    Raises:
        ValueError: there is no list, or it is damaged.
    """
    try:
        plain, tables = _unpack("paths", properties)
        if sum(len(columns) * len(rows) for _, columns, rows in tables) > MAX_PATHS:
            raise ValueError("the list of paths is too long")
        cells = [
            cell_path(table, row, column)
            for table, columns, rows in tables
            for row in rows
            for column in columns
        ]
        return tuple(str(path) for path in (*plain, *cells))
    except TypeError as exc:
        raise ValueError("the list of paths is damaged") from exc
