"""The 佐证材料目录 of a form read from its answers: its pieces, and the places that point, or should point, into it."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from pilotdesk.forms.evidence_codecs import EvidenceRef, evidence_code, evidence_refs, piece_code
from pilotdesk.forms.values import Attachment, Row, cell_path, field_name, is_blank
from pilotdesk.record import Record

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from pilotdesk.forms.model import Field, Form
    from pilotdesk.forms.values import Scalar, Value

LONGEST_NAME: Final = 16
"""Characters of a row's own words that name it."""


class LedgerPiece(Record, frozen=True):
    """One piece of evidence. ``code`` is as all are written, or as typed when it is none; empty when unanswered."""

    row_id: str
    code: str
    title: str
    file: Attachment | None

    @property
    def words(self) -> str:
        """``E03 信用中国查询记录``."""
        return f"{self.code} {self.title}".strip()


class ProofPlace(Record, frozen=True):
    """A place for references.

    Attributes:
        path: of the answer. words: where it is, ``3.1 量化指标 第2行 床位周转率``.
        refs: what stands there; empty when nothing does.
        is_filled: whether something stands there, though it be unreadable.
    """

    path: str
    words: str
    refs: tuple[EvidenceRef, ...]
    is_filled: bool

    @property
    def field(self) -> str:
        """The field that it is in."""
        return field_name(self.path)


def ledger_pieces(form: Form, values: Mapping[str, Value]) -> tuple[LedgerPiece, ...]:
    """The pieces in the order of the ledger; none for a form without one."""
    return _read_pieces(_rows(values.get(form.head.ledger)))


def _read_pieces(rows: Iterable[Row]) -> tuple[LedgerPiece, ...]:
    pieces = []
    for row in rows:
        code, title, files = row.cell("code"), row.cell("title"), row.cell("file")
        kept = [file for file in files if isinstance(file, Attachment)] if isinstance(files, tuple) else []
        typed = code.strip() if isinstance(code, str) else ""
        pieces.append(
            LedgerPiece(
                row.id,
                piece_code(typed) or typed,
                title.strip() if isinstance(title, str) else "",
                kept[0] if kept else None,
            )
        )
    return tuple(pieces)


def next_code(pieces: tuple[LedgerPiece, ...]) -> str:
    """The code after the highest one, so that no code that was given away and taken back is used again."""
    numbers = [int(piece.code[1:]) for piece in pieces if piece_code(piece.code)]
    return evidence_code(max(numbers, default=0) + 1)


def brought_pieces(
    form: Form, values: Mapping[str, Value], elsewhere: Iterable[Mapping[str, Scalar]]
) -> list[dict[str, Scalar]]:
    """Rows for the ledger from the pieces of other ledgers, with the next codes; those that are here are left out.

    A piece is here when its file is, or without a file its title. Cells that the ledger has no column for stay behind.
    """
    pieces = ledger_pieces(form, values)
    present = {_mark(piece) for piece in pieces}
    columns = {column.name for column in form.fields[form.head.ledger].columns}
    brought: list[dict[str, Scalar]] = []
    for cells in elsewhere:
        (piece,) = _read_pieces((Row("", MappingProxyType(dict(cells))),))
        if _mark(piece) in present:
            continue
        code = next_code(pieces)
        present.add(_mark(piece))
        pieces = (*pieces, LedgerPiece("", code, "", None))
        brought.append({name: cell for name, cell in cells.items() if name in columns} | {"code": code})
    return brought


def _mark(piece: LedgerPiece) -> str:
    """What tells two pieces apart."""
    return piece.file.sha256 if piece.file is not None else piece.title


def renamed_refs(form: Form, values: Mapping[str, Value], old: str, new: str) -> dict[str, Value]:
    """What to write where references name a piece whose code changes from ``old`` to ``new``: path to references.

    Empty where neither text need be a code (``E03``, as :func:`piece_code` gives it), where nothing refers to the piece,
    and where another piece has one of the two codes, so that nobody can tell which one is meant.
    """
    held = [piece.code for piece in ledger_pieces(form, values)]
    if old == new or not piece_code(old) or not piece_code(new) or held.count(old) != 1 or new in held:
        return {}
    return {
        place.path: _renamed(place.refs, old, new)
        for place in proof_places(form, values)
        if any(ref.code == old for ref in place.refs)
    }


def _renamed(refs: tuple[EvidenceRef, ...], old: str, new: str) -> tuple[str, ...]:
    return tuple((EvidenceRef(new, ref.pages) if ref.code == old else ref).kept for ref in refs)


def proof_places(form: Form, values: Mapping[str, Value]) -> tuple[ProofPlace, ...]:
    """Every place for references in the order of the form, with or without some; empty rows have none."""
    return tuple(place for owner in form.fields.values() for place in _places(owner, values))


def _places(owner: Field, values: Mapping[str, Value]) -> Iterator[ProofPlace]:
    named = f"{owner.number} {owner.label}".strip()
    if owner.type == "evidence":
        yield _place(owner.name, named, values.get(owner.name))
    proofs = [column for column in owner.columns if column.type == "evidence"]
    for at, row in enumerate(_rows(values.get(owner.name)) if proofs else (), 1):
        if all(is_blank(cell) for cell in row.cells.values()):
            continue
        words = f"{named} 第{at}行 {_own_words(owner, row)}".strip()
        for column in proofs:
            yield _place(cell_path(owner.name, row.id, column.name), words, row.cell(column.name))


def _place(path: str, words: str, value: Value) -> ProofPlace:
    return ProofPlace(path, words, evidence_refs(value), not is_blank(value))


def _own_words(owner: Field, row: Row) -> str:
    """The first text of a row that says more than a number or a code."""
    cells = (row.cell(column.name) for column in owner.columns if column.type == "text")
    texts = (cell.strip() for cell in cells if isinstance(cell, str))
    found = next((text for text in texts if not text.isascii() or len(text) > 4), "")
    return found if len(found) <= LONGEST_NAME else f"{found[: LONGEST_NAME - 1]}…"


def _rows(value: Value) -> tuple[Row, ...]:
    return tuple(row for row in value if isinstance(row, Row)) if isinstance(value, tuple) else ()
