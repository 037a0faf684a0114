"""The ledger as a table: codes come by themselves, files with their pages, and how often each piece is used."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import msgspec
from PySide6.QtCore import Qt, Signal

from pilotdesk.forms.evidence_codecs import piece_code
from pilotdesk.forms.evidence_ledger import LedgerPiece, ledger_pieces, next_code, proof_places, renamed_refs
from pilotdesk.forms.model import Field, Print
from pilotdesk.forms.values import Attachment, cell_path
from pilotdesk.ui.editors.attachment import size_words
from pilotdesk.ui.tables.editor import TableEditor
from pilotdesk.ui.tables.model import RowsModel

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtCore import QModelIndex, QPersistentModelIndex

    from pilotdesk.forms.evidence_ledger import ProofPlace
    from pilotdesk.forms.values import Row, Scalar
    from pilotdesk.session import Session
    from pilotdesk.ui.editors.base import Place

CODE, TITLE, FILE = "code", "title", "file"
USED: Final = Field(name="used_in", type="calculated", label="用在", print=Print(layout="none"))
"""A column that is shown and not kept: how many places refer to the piece."""


class LedgerModel(RowsModel):
    """Rows of the ledger with one column more.

    Attributes:
        uses: code of a piece to the places that refer to it.

    Signals:
        renamed: the code of a piece changed, and so many places that refer to it went along: old, new, how many.
    """

    has_high_rows = True
    own = frozenset({CODE, FILE})
    renamed = Signal(str, str, int)

    def __init__(self, session: Session, table: Field) -> None:
        self.uses: dict[str, tuple[ProofPlace, ...]] = {}
        self._given: list[LedgerPiece] = []
        super().__init__(session, msgspec.structs.replace(table, columns=(*table.columns, USED)))
        self.count_uses()

    @property
    def pieces(self) -> tuple[LedgerPiece, ...]:
        """The pieces in their order."""
        return ledger_pieces(self.session.form, self.session.values)

    def count_uses(self) -> None:
        """Look again at what refers to the pieces."""
        uses: dict[str, list[ProofPlace]] = {}
        for place in self.asked_places():
            for code in dict.fromkeys(ref.code for ref in place.refs):
                uses.setdefault(code, []).append(place)
        self.uses = {code: tuple(places) for code, places in uses.items()}

    def asked_places(self) -> list[ProofPlace]:
        """Every place for references that is asked now."""
        session = self.session
        every = proof_places(session.form, session.values)
        return [
            place
            for place in every
            if session.engine.is_relevant(place.path)
            and session.is_relevant(f"step:{session.form.step_of[place.field]}")
        ]

    def missing(self) -> list[ProofPlace]:
        """The places that want a reference and have none."""
        required = self.session.engine.is_required
        return [place for place in self.asked_places() if not place.is_filled and required(place.path)]

    # -- RowsModel -------------------------------------------------------------------------------

    def path(self, row: int, column: int) -> str:
        """See :class:`RowsModel`: what is not kept has the path of the code beside it."""
        if self.columns[column].name == USED.name and row < len(self.rows):
            return cell_path(self.table.name, self.rows[row].id, CODE)
        return super().path(row, column)

    def shown(self, row: Row, column: Field) -> str:
        """See :class:`RowsModel`."""
        if column.name == USED.name:
            code = row.cell(CODE)
            uses = self.uses.get(piece_code(code) or code, ()) if isinstance(code, str) else ()
            return f"{len(uses)} 处" if uses else "没有用到"
        if column.type == "attachment":
            return file_words(row)
        return super().shown(row, column)

    def new_cells(self, cells: Mapping[str, Scalar]) -> dict[str, Scalar]:
        """See :class:`RowsModel`: every new piece has the next code, several at once one after the other."""
        made = super().new_cells(cells)
        if not made.get(CODE):
            made[CODE] = next_code((*self.pieces, *self._given))
            self._given.append(LedgerPiece("", str(made[CODE]), "", None))
        return made

    def setData(
        self,
        index: QModelIndex | QPersistentModelIndex,
        value: object,
        role: int = Qt.ItemDataRole.EditRole,
    ) -> bool:
        """Qt: where a code changes, what refers to the piece follows, in the same step of undo."""
        row, column = index.row(), index.column()
        if row >= len(self.rows) or self.columns[column].name != CODE or role != Qt.ItemDataRole.EditRole:
            return super().setData(index, value, role)
        old, new = (piece_code(str(text or "")) or "" for text in (self.rows[row].cell(CODE), value))
        followed = renamed_refs(self.session.form, self.session.values, old, new)
        if not followed:
            return super().setData(index, value, role)
        written = self.codec(self.columns[column]).parse(str(value))
        self.session.set_values({self.path(row, column): written, **followed}, self)
        self.renamed.emit(old, new, len(followed))
        return True

    def sync(self) -> None:
        """See :class:`RowsModel`."""
        self._given.clear()
        super().sync()


class LedgerEditor(TableEditor):
    """The table of the ledger; rows come by files, so there is neither a form for one row nor a copy of one."""

    model_of = LedgerModel

    def __init__(self, place: Place) -> None:
        super().__init__(place)
        self.toolbar.fill.hide()
        self.toolbar.duplicate.hide()

    @property
    def ledger(self) -> LedgerModel:
        """Its model."""
        if not isinstance(self.model, LedgerModel):
            raise TypeError(type(self.model).__name__)
        return self.model

    def _show_tools(self) -> None:
        self.toolbar.form.hide()


def file_words(row: Row) -> str:
    """``12 页 · 1.2 MB · 需求清单.pdf``; empty without a file."""
    files = row.cell(FILE)
    file = (
        next((file for file in files if isinstance(file, Attachment)), None)
        if isinstance(files, tuple)
        else None
    )
    if file is None:
        return ""
    pages = f"{file.pages} 页 · " if file.pages else ""
    return f"{pages}{size_words(file.size)} · {file.file_name}"
