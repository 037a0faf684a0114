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

WIDTHS: Final = (15.0, 58.0, 20.0, 22.0, 12.0, 14.0, 15.0)
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
    """Code of a piece to what points to it: ``3.1 第2行``, or the row's own number where it has one (``2.3``)."""
    used: dict[str, dict[str, None]] = {}

    def note(value: object, words: str) -> None:
        for ref in evidence_refs(value):  # type: ignore[arg-type]
            used.setdefault(ref.code, {})[words] = None

    for owner in printing.form.fields.values():
        if not printing.is_relevant(owner):
            continue
        if owner.type == "evidence":
            note(printing.value(owner.name), owner.number or owner.label)
        proofs = [column.name for column in owner.columns if column.type == "evidence"]
        for at, row in enumerate(printing.rows(owner.name) if proofs else (), 1):
            own = row.cell("item_no")
            words = own if isinstance(own, str) else f"{owner.number or owner.label}第{at}行"
            for name in proofs:
                note(row.cell(name), words)
    return {code: tuple(words) for code, words in used.items()}
