"""The strips above and below the ledger: what is running, what came of it, and what is missing still."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pilotdesk.ui.components.basic import Button, Card, Label, SymbolLabel, row
from pilotdesk.ui.components.progress import ProgressBar
from pilotdesk.ui.components.text import WrappedLabel

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from pilotdesk.forms.evidence_ledger import ProofPlace
    from pilotdesk.ui.look.theme import Look
    from pilotdesk.ui.look.tokens import Tone


class WorkStrip(QWidget):
    """One line about work in the background, then a card with its outcome; neither while there is nothing.

    Signals:
        cancelled: the user wants to stop.
    """

    cancelled = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._file: Path | None = None
        self.words = Label("", "small", "text2")
        self.bar = ProgressBar(look, name="进度")
        stop = Button(look, "取消", small=True)
        stop.clicked.connect(self.cancelled)
        self.running = QWidget()
        line = row(self.words, spacing=10)
        line.addWidget(self.bar, 1)
        line.addWidget(stop)
        self.running.setLayout(line)
        self._cards = QVBoxLayout()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(self.running)
        layout.addLayout(self._cards)
        self.card_words = ""
        self.clear()

    def show_running(self, words: str, done: int = 0, total: int = 0) -> None:
        """Say what is being done; the share is unknown while ``total`` is 0."""
        self.clear()
        self.words.setText(words)
        self.bar.set_percent(done * 100 / total if total else None)
        self.running.show()
        self.show()

    def say(self, tone: Tone, text: str, file: Path | None = None) -> None:
        """Say what came of it; with a file, offer to open it or its folder."""
        self.clear()
        look = self._look
        card = Card(tone, margins=(12, 7, 8, 7), tight=True)
        line = row(spacing=8)
        icon = "circle-check-filled" if tone == "ok" else "alert-triangle-filled"
        line.addWidget(SymbolLabel(look, icon, tone, 17), 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(WrappedLabel(look, text, "small", "text"), 1)
        self._file = file
        for words, slot in (("打开", self._open), ("打开文件夹", self._open_folder)) if file else ():
            button = Button(look, words, small=True)
            button.clicked.connect(slot)
            line.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        close = Button(look, "", "ghost", icon="x", small=True, name="知道了")
        close.clicked.connect(self.clear)
        line.addWidget(close, 0, Qt.AlignmentFlag.AlignTop)
        card.body.addLayout(line)
        card.setAccessibleName(text)
        self.card_words = text
        self._cards.addWidget(card)
        self.show()

    def clear(self) -> None:
        """Nothing to say any more."""
        self.running.hide()
        self.card_words = ""
        while self._cards.count():
            old = self._cards.takeAt(0).widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        self.hide()

    def _open(self) -> None:
        if self._file is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._file)))

    def _open_folder(self) -> None:
        if self._file is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._file.parent)))


class MissingStrip(QWidget):
    """还有 3 处没有写佐证, with the way to the next of them.

    Signals:
        place_requested: path of a place without proof.
    """

    place_requested = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.places: tuple[ProofPlace, ...] = ()
        self.words = WrappedLabel(look, "", "small", "text2")
        self.go = Button(look, "去写", small=True, icon="arrow-right")
        self.go.clicked.connect(self._on_go)
        line = row(spacing=8)
        line.addWidget(SymbolLabel(look, "alert-triangle-filled", "warn", 15), 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(self.words, 1)
        line.addWidget(self.go, 0, Qt.AlignmentFlag.AlignTop)
        self.setLayout(line)
        self.show_places(())

    def show_places(self, places: Sequence[ProofPlace]) -> None:
        """Show the places that want proof and have none."""
        self.places = tuple(places)
        named = "；".join(place.words for place in self.places[:3])
        more = "等" if len(self.places) > 3 else ""
        self.words.set_text(f"还有 {len(self.places)} 处没有写佐证：{named}{more}。")
        self.setVisible(bool(self.places))

    def _on_go(self) -> None:
        if self.places:
            self.place_requested.emit(self.places[0].path)
