"""Codes of evidence that two people gave away apart from each other: E05 here is another piece than E05 there.

References name a piece by its code. Merged as they are, two pieces would have one code, and nobody could tell which of the
two is meant where it stands. So what came gets the next free code, and all that refers to it there follows, before anything
is merged.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pilotdesk.drafts.merge import is_same
from pilotdesk.forms.evidence_codecs import EvidenceRef, piece_code
from pilotdesk.forms.evidence_ledger import LedgerPiece, ledger_pieces, next_code, proof_places
from pilotdesk.forms.values import Row, Value, cell_path, split_cell_path

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pilotdesk.forms.model import Form

    Values = Mapping[str, Value]

CODE: Final = "code"


def with_codes_apart(
    form: Form, base: Values | None, here: Values, there: Values
) -> tuple[Values | None, Values, dict[str, str]]:
    """What came, with codes that no other piece has here.

    A piece that was taken in before has the code that it has here by now. One that nobody touched there keeps its code: it
    goes, or is the same here.

    Args:
        form: the form of all three.
        base: path to value of what both began from; ``None`` when that is not known.
        here: path to value of the draft.
        there: path to value of what came.

    Returns:
        ``base`` and ``there`` with the codes that the pieces have here, and code there to code here, both as all are
        written; the last is empty where all could stay as it was.
    """
    renamed = _renamed(form, base or {}, here, there)
    if not renamed:
        return base, there, {}
    old = {piece.row_id: piece.code for piece in ledger_pieces(form, there)}
    known = [piece.code for piece in ledger_pieces(form, base or {}) if old.get(piece.row_id) == piece.code]
    began = (
        None if base is None else _with_codes(form, base, {code: renamed.get(code, code) for code in known})
    )
    return began, _with_codes(form, there, renamed), renamed


def _with_codes(form: Form, values: Values, renamed: Mapping[str, str]) -> dict[str, Value]:
    """Answers with other codes of pieces, all at once, and with references that follow."""
    changed = dict(values)
    for place in proof_places(form, values):
        if any(ref.code in renamed for ref in place.refs):
            refs = tuple(EvidenceRef(renamed.get(ref.code, ref.code), ref.pages).kept for ref in place.refs)
            _put(changed, place.path, refs)
    for piece in ledger_pieces(form, values):
        if renamed.get(piece.code, piece.code) != piece.code:
            _put(changed, cell_path(form.head.ledger, piece.row_id, CODE), renamed[piece.code])
    return changed


def _renamed(form: Form, base: Values, here: Values, there: Values) -> dict[str, str]:
    mine = {piece.row_id: piece for piece in ledger_pieces(form, here)}
    theirs = {piece.row_id: piece for piece in ledger_pieces(form, there)}
    untouched = _untouched(form, base, there)
    held = [piece.code for piece in theirs.values()]
    given = (*mine.values(), *theirs.values())
    renamed: dict[str, str] = {}
    for row_id, piece in theirs.items():
        if not piece_code(piece.code) or held.count(piece.code) > 1 or not _is_taken(piece, mine, theirs):
            continue
        if row_id in mine:
            if piece_code(mine[row_id].code):  # an emptied code is no name for references
                renamed[piece.code] = mine[row_id].code
        elif row_id not in untouched:
            renamed[piece.code] = next_code(given)
            given = (*given, _with_code(piece, renamed[piece.code]))
    return renamed


def _is_taken(piece: LedgerPiece, mine: Mapping[str, LedgerPiece], theirs: Mapping[str, LedgerPiece]) -> bool:
    """Whether another piece has its code here, one that has another code there or is not there at all."""
    same = mine.get(piece.row_id)
    if same is not None and same.code == piece.code:
        return False
    others = (one for one in mine.values() if one.code == piece.code and one.row_id != piece.row_id)
    return any(one.row_id not in theirs or piece.row_id not in mine for one in others)


def _untouched(form: Form, base: Values, there: Values) -> set[str]:
    """Ids of the ledger's rows that are there as both had them."""
    before = {row.id: row for row in _rows(base.get(form.head.ledger))}
    rows = _rows(there.get(form.head.ledger))
    return {row.id for row in rows if row.id in before and is_same((row,), (before[row.id],))}


def _with_code(piece: LedgerPiece, code: str) -> LedgerPiece:
    return LedgerPiece(piece.row_id, code, piece.title, piece.file)


def _put(values: dict[str, Value], path: str, value: str | tuple[str, ...]) -> None:
    """Write an answer or a cell."""
    place = split_cell_path(path)
    if place is None:
        values[path] = value
        return
    table, row_id, column = place
    values[table] = tuple(
        row.with_cell(column, value) if row.id == row_id else row for row in _rows(values.get(table))
    )


def _rows(value: Value) -> tuple[Row, ...]:
    return tuple(row for row in value if isinstance(row, Row)) if isinstance(value, tuple) else ()
