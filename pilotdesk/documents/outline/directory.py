"""佐证材料目录: every piece of evidence with its pages, where it begins in the bound PDF, and what it proves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pilotdesk.documents.blocks import Cell, Table
from pilotdesk.forms.evidence_codecs import evidence_refs
from pilotdesk.forms.values import Attachment, Row

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pilotdesk.documents.outline.printing import Printing
    from pilotdesk.forms.model import Field

WIDTHS: Final = (13.0, 44.0, 15.5, 22.5, 11.0, 14.5, 35.5)
HEADS: Final = ("编号", "名称和文件", "类　别", "日　期", "页数", "起始页", "用于")
NOTE: Final = "起始页是各件按本目录次序合订成一个PDF后的页码；Word、Excel文件在合订本里占一页，原件另附。"
PAPER: Final = "纸质"


def directory_table(printing: Printing, field: Field) -> Table:
    """The ledger as a table: n pieces × 7 columns; one empty row when there is none.

    Args:
        printing: prints and notes the answers.
        field: the ledger, with ``code``, ``title`` and ``file``; ``kind``, ``issued`` and ``note`` if it has them.
    """
    used = uses_by_code(printing)
    page: int | None = 1
    rows: list[tuple[Cell, ...]] = []
    for row in printing.rows(field.name):
        pages = pages_of(row)
        first = PAPER if not _file(row) else str(page) if page and pages else "—"
        words = "、".join(used.get(str(row.cell("code") or ""), ()))
        rows.append((*_cells(printing, field, row), _plain(str(pages or "—")), _plain(first), Cell(words)))
        if _file(row):
            page = page + pages if page and pages else None
    blank = tuple(Cell("") for _ in HEADS)
    return Table("", "", WIDTHS, HEADS, tuple(rows) or (blank,), field.name, note=NOTE)


def _cells(printing: Printing, field: Field, row: Row) -> Iterator[Cell]:
    """Code, title over its file and remark, kind, date."""
    columns = {column.name: column for column in field.columns}
    for name in ("code", "title", "kind", "issued"):
        if name not in columns:
            yield Cell("")
            continue
        path = f"{field.name}[{row.id}].{name}"
        if name == "title":
            below = [columns[beside] for beside in ("file", "note") if beside in columns]
            places = [(path, columns[name]), *((f"{field.name}[{row.id}].{c.name}", c) for c in below)]
            yield printing.joined_cell(places, row, role="text")
        else:
            yield printing.cell(path, columns[name], row.cell(name), role="text", align="center", narrow=True)


def _plain(text: str) -> Cell:
    return Cell(text, "text", "center")


def _file(row: Row) -> Attachment | None:
    value = row.cell("file")
    files = [part for part in value if isinstance(part, Attachment)] if isinstance(value, tuple) else []
    return files[0] if files else None


def pages_of(row: Row) -> int:
    """Pages of a piece in the bound PDF; 0 when it has no file or nobody has counted them."""
    file = _file(row)
    return file.pages if file else 0


def uses_by_code(printing: Printing) -> dict[str, tuple[str, ...]]:
    """Code of a piece to what points to it: ``3.1第1—3、7行``, or the row's own number where it has one (``2.3``)."""
    used: dict[str, dict[str, list[int]]] = {}

    def note(value: object, words: str, row: int = 0) -> None:
        for code in dict.fromkeys(ref.code for ref in evidence_refs(value)):  # type: ignore[arg-type]
            used.setdefault(code, {}).setdefault(words, []).append(row)

    for owner in printing.form.fields.values():
        if not printing.is_relevant(owner):
            continue
        label = owner.number or owner.label
        if owner.type == "evidence":
            note(printing.value(owner.name), label)
        proofs = [column.name for column in owner.columns if column.type == "evidence"]
        for at, row in enumerate(printing.rows(owner.name) if proofs else (), 1):
            own = row.cell("item_no")
            for name in proofs:
                note(
                    row.cell(name), own if isinstance(own, str) else label, 0 if isinstance(own, str) else at
                )
    return {
        code: tuple(f"{words}第{_runs(rows)}行" if any(rows) else words for words, rows in places.items())
        for code, places in used.items()
    }


def _runs(numbers: list[int]) -> str:
    """Numbers in rising order as ``1—3、7``."""
    runs: list[list[int]] = []
    for number in dict.fromkeys(numbers):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return "、".join(f"{run[0]}—{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs)
