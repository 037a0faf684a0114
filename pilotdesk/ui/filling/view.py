"""The template as one looks it over: Tab goes from place to place, F8 to the next that is not sure, keys say yes and no."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QColor, QKeyEvent, QTextCursor
from PySide6.QtWidgets import QTextBrowser, QTextEdit

from pilotdesk.ui.look.tokens import LIGHT

if TYPE_CHECKING:
    from pilotdesk.ui.filling.page import Drawn

_ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})


class TemplatePage(QTextBrowser):
    """The page.

    Signals:
        chosen: key of a place, by mouse or Tab.
        confirmed, left: the chosen place is right (Enter), or stays blank (Delete).
    """

    chosen = Signal(str)
    confirmed = Signal()
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._keys: tuple[str, ...] = ()
        self._ranges: dict[str, tuple[int, int]] = {}
        self._chosen = ""
        self.setOpenLinks(False)
        # What is dropped here is the dialog's.
        self.setAcceptDrops(False)
        self.setAccessibleName("模板，Tab 键在要填的地方之间走，回车说对，Delete 键不填")
        self.anchorClicked.connect(self._on_link)

    def show_page(self, drawn: Drawn, chosen: str) -> None:
        """Draw anew, where it was scrolled to."""
        at = self.verticalScrollBar().value()
        self._keys = drawn.keys
        self.setHtml(drawn.html)
        self._ranges = dict(self._find_links())
        self.verticalScrollBar().setValue(at)
        self.show_chosen(chosen)

    def show_chosen(self, key: str) -> None:
        """Mark a place and show it."""
        self._chosen = key if key in self._ranges else ""
        marks = []
        if self._chosen:
            caret = QTextCursor(self.document())
            start, end = self._ranges[key]
            caret.setPosition(start)
            self.setTextCursor(caret)
            self._show_around()
            mark = QTextEdit.ExtraSelection()
            caret.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
            mark.cursor = caret  # type: ignore[attr-defined]
            mark.format.setBackground(QColor(LIGHT.primary))  # type: ignore[attr-defined]
            mark.format.setForeground(QColor(LIGHT.on_primary))  # type: ignore[attr-defined]
            marks.append(mark)
        self.setExtraSelections(marks)

    def _show_around(self) -> None:
        """Show the place with what stands around it; what is well in sight stays where it is."""
        rect, height = self.cursorRect(), self.viewport().height()
        if rect.top() < height // 8 or rect.bottom() > height * 3 // 4:
            bar = self.verticalScrollBar()
            bar.setValue(bar.value() + rect.center().y() - height // 3)

    def _find_links(self) -> list[tuple[str, tuple[int, int]]]:
        """Where each place stands, from the last to the first, so that the head of a column wins over its cell."""
        found = []
        block = self.document().begin()
        while block.isValid():
            pieces = block.begin()
            while not pieces.atEnd():
                piece = pieces.fragment()
                key = piece.charFormat().anchorHref()
                if key:
                    found.append((key, (piece.position(), piece.position() + piece.length())))
                pieces += 1
            block = block.next()
        return found[::-1]

    def _on_link(self, url: QUrl) -> None:
        self.chosen.emit(url.toString())

    # -- Qt --------------------------------------------------------------------------------------

    def focusNextPrevChild(self, next_: bool) -> bool:
        """Qt: Tab goes to the next place; behind the last one it leaves the page."""
        at = self._keys.index(self._chosen) if self._chosen else (-1 if next_ else len(self._keys))
        at += 1 if next_ else -1
        if 0 <= at < len(self._keys):
            self.chosen.emit(self._keys[at])
            return True
        return super(QTextEdit, self).focusNextPrevChild(next_)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt: Enter and Delete are about the chosen place, everything else scrolls."""
        if self._chosen and event.key() in _ENTER:
            self.confirmed.emit()
        elif self._chosen and event.key() in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace}:
            self.left.emit()
        else:
            super().keyPressEvent(event)
