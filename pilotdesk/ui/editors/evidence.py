"""The editor of evidence references: one types ``E3 p5``, or picks a piece and a page of it from the ledger."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QStringListModel,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCompleter

from pilotdesk.forms.evidence_codecs import evidence_refs, piece_code
from pilotdesk.forms.evidence_ledger import LedgerPiece, ledger_pieces
from pilotdesk.forms.folding import half_width
from pilotdesk.ui.editors.base import Place, show_below
from pilotdesk.ui.editors.line import LineEditor

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from pilotdesk.forms.values import Value
    from pilotdesk.session import Session
    from pilotdesk.ui.editors.entry import Entry
    from pilotdesk.ui.evidence.picker import EvidencePicker
    from pilotdesk.ui.navigation.services import Services

EXAMPLE: Final = "如 E03 第5页；E07"
BUTTON: Final = ("list-search", "从佐证目录选，Alt+↓")
MOST_OFFERED: Final = 8
_LAST_PIECE: Final = re.compile(r"[^;；、,，\n]*\Z")


class PieceCompleter(QCompleter):
    """Offers the pieces of the ledger that fit what is typed after the last separator, by code or by title.

    Signals:
        taken: the whole text, after a piece was chosen by Enter or by mouse.

    Args:
        entry: where one types.
        session: has the ledger.
    """

    taken = Signal(str)

    def __init__(self, entry: Entry, session: Session) -> None:
        super().__init__(entry)
        self._entry = entry
        self._session = session
        self._head = ""
        self._codes: list[str] = []
        self._offered = QStringListModel(self)
        self.setModel(self._offered)
        self.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self.popup().setProperty("popup", True)
        entry.setCompleter(self)
        entry.textEdited.connect(self.offer)
        self.activated.connect(self._on_activated)

    def offer(self, text: str) -> None:
        """Offer what fits a text; nothing once a page is typed behind the code."""
        found = _LAST_PIECE.search(text)
        typed = found.group() if found else ""
        self._head = text[: len(text) - len(typed)]
        pieces = fitting(ledger_pieces(self._session.form, self._session.values), typed)[:MOST_OFFERED]
        self._codes = [piece.code for piece in pieces]
        self._offered.setStringList([f"{piece.words}{_pages_words(piece)}" for piece in pieces])

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt: Enter takes the line that is lit; the entry would use it up and go on to the next field."""
        popup = self.popup()
        if watched is popup and event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            lit = popup.currentIndex()
            if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and lit.isValid():
                popup.hide()
                self._take(self.pathFromIndex(lit))
                return True
        return super().eventFilter(watched, event)

    def _on_activated(self) -> None:
        self._take(self._entry.text())

    def _take(self, text: str) -> None:
        self._entry.setText(text)
        self.taken.emit(text)

    def pathFromIndex(self, index: QModelIndex | QPersistentModelIndex) -> str:
        """Qt: the whole text with the chosen code in place of what was typed last."""
        return f"{self._head}{self._codes[index.row()]}" if 0 <= index.row() < len(self._codes) else ""


def fitting(pieces: tuple[LedgerPiece, ...], typed: str) -> list[LedgerPiece]:
    """The pieces whose code begins with what is typed, or whose title contains it; none for nothing typed."""
    wanted = half_width(typed).strip().upper()
    if not wanted:
        return []
    code = piece_code(wanted)
    by_code = [piece for piece in pieces if piece.code == code]
    begun = [piece for piece in pieces if piece.code.startswith(wanted) and piece not in by_code]
    named = [
        piece
        for piece in pieces
        if wanted in piece.title.upper() and piece not in by_code and piece not in begun
    ]
    return by_code + begun + named


def with_reference(session: Session, path: str, value: Value, picked: str) -> str:
    """The text of a value with one more reference; read again, pages of the same piece come together."""
    kept = session.codec(path).edit_text(value)
    return "；".join(part for part in (kept, picked) if part)


def open_picker(place: Place, entry: Entry, parent: QWidget) -> EvidencePicker:
    """Show the ledger below a line edit, at the piece that the cursor's reference names."""
    from pilotdesk.ui.evidence.picker import EvidencePicker

    picker = EvidencePicker(place.session, place.services, parent)
    refs = evidence_refs(place.session.codec(place.path).parse(entry.text()))
    picker.show_reference(refs[-1] if refs else None)
    picker.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    show_below(picker, entry)
    picker.list.setFocus(Qt.FocusReason.PopupFocusReason)
    return picker


class EvidenceEditor(LineEditor):
    """References in a line, with the ledger behind a button."""

    def __init__(self, place: Place) -> None:
        super().__init__(place)
        self.entry.setPlaceholderText(EXAMPLE)
        self.completer = PieceCompleter(self.entry, place.session)
        self.completer.taken.connect(self.write_text)
        self.entry.add_button(*BUTTON)
        self.entry.popup_requested.connect(self.open_popup)

    def open_popup(self) -> EvidencePicker:
        """Show the ledger with the pages of its pieces."""
        picker = open_picker(self.place, self.entry, self)
        picker.picked.connect(self._on_picked)
        return picker

    def _on_picked(self, picked: str) -> None:
        self.write_text(with_reference(self.place.session, self.path, self.place.value, picked))
        self.show_value()
        self.entry.setFocus(Qt.FocusReason.PopupFocusReason)


class CellPieces(QObject):
    """Completion and picker for a line edit that is open over a cell.

    Signals:
        picked: a piece was added to the text, which the table can read now.

    Args:
        entry: the editor over the cell.
        session: has the ledger.
        services: for the pictures of pages.
        path: of the cell, or of any cell of its column in a row that does not exist yet.
    """

    picked = Signal()

    def __init__(self, entry: Entry, session: Session, services: Services, path: str) -> None:
        super().__init__(entry)
        self._entry = entry
        self._place = Place(session, services, path)
        entry.setPlaceholderText(EXAMPLE)
        PieceCompleter(entry, session)
        entry.add_button(*BUTTON)
        entry.popup_requested.connect(self.open_popup)

    def open_popup(self) -> EvidencePicker:
        """Show the ledger."""
        picker = open_picker(self._place, self._entry, self._entry)
        picker.picked.connect(self._on_picked)
        return picker

    def _on_picked(self, picked: str) -> None:
        session, path = self._place.session, self._place.path
        value = session.codec(path).parse(self._entry.text())
        self._entry.setText(with_reference(session, path, value, picked))
        self.picked.emit()


def _pages_words(piece: LedgerPiece) -> str:
    return f"（{piece.file.pages} 页）" if piece.file and piece.file.pages > 1 else ""
