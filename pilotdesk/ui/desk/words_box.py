"""给单位的话: the place that is spoken of, the text, and the phrases."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from pilotdesk.ui.components.basic import Button, Label, SymbolLabel, row
from pilotdesk.ui.components.choice import ChoiceBox
from pilotdesk.ui.components.text import WrappedLabel
from pilotdesk.ui.editors.text_area import TextArea, TextFrame
from pilotdesk.ui.look.plain_text import plain_tip

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pilotdesk.ui.look.theme import Look

LEAST, MOST = 2, 5
"""Lines that are shown."""
HELD: Final = "这几句还没有存上，程序过一会儿再存；先不要关窗口。"


class WordsBox(QWidget):
    """Where the reviewer writes to the unit.

    Signals:
        written: the whole text, after the user changed it.
        left: the text lost the focus.
        place_chosen: another place is to be spoken of.
        phrases_wanted: the phrases are to be shown.
        escaped: Esc in the text.
    """

    written = Signal(str)
    left = Signal()
    place_chosen = Signal(str)
    phrases_wanted = Signal()
    escaped = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._known: tuple[str, str] | None = None
        self.title = Label("给单位的话", "body", weight=700)
        self.phrases = Button(look, "短语 /", "link", icon="message", small=True)
        self.place = ChoiceBox(look)
        self.place.setAccessibleName("说的是哪一处")
        self.place.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.area = TextArea(look)
        self.area.setPlaceholderText("写给单位看的，会印在退回单和审核意见表里")
        self.frame = TextFrame(look)
        self.frame.body.addWidget(self.area)
        self.held = QWidget()
        self._build()
        self.phrases.clicked.connect(self.phrases_wanted)
        self.place.currentIndexChanged.connect(self._on_place)
        self.area.written.connect(self.written)
        self.area.textChanged.connect(self._fit)
        self.area.installEventFilter(self)
        look.changed.connect(self._fit)

    def _build(self) -> None:
        said = WrappedLabel(self._look, HELD, "small", "warn")
        held = row(SymbolLabel(self._look, "alert-triangle-filled", "warn", 15), spacing=6)
        held.addWidget(said, 1)
        self.held.setLayout(held)
        self.held.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 8, 12, 8)
        layout.setSpacing(6)
        head = row(self.title, self.place, self.phrases)
        head.setStretch(1, 1)
        layout.addLayout(head)
        layout.addWidget(self.frame)
        layout.addWidget(self.held)
        self._fit()

    # -- shown -----------------------------------------------------------------------------------

    def show_places(self, places: Sequence[tuple[str, str]], current: str) -> None:
        """The places that can be spoken of, as (place, words), and the one that is."""
        shown = [(self.place.itemData(at), self.place.itemText(at)) for at in range(self.place.count())]
        with QSignalBlocker(self.place):
            if shown != list(places):
                self.place.clear()
                for place, words in places:
                    self.place.addItem(words, place)
            self.place.setCurrentIndex([place for place, _ in places].index(current))
        self.place.setToolTip(plain_tip(self.place.currentText()))

    def show_words(self, where: str, text: str) -> None:
        """Show what is stored, unless this is what stands there; ``where`` tells one place of one submission."""
        if self._known == (where, text.strip()):
            return
        if self._known is None or self._known[0] != where or text.strip() != self.area.toPlainText().strip():
            self.area.show_text(text)
        self._known = (where, text.strip())
        self._fit()

    def show_held(self, held: bool) -> None:
        """Whether something could not be stored."""
        self.held.setVisible(held)

    def hold(self, refusal: str) -> None:
        """Nothing can be written, with the reason; empty when it can."""
        self.area.setReadOnly(bool(refusal))
        self.frame.set_writable(not refusal)
        self.area.setToolTip(plain_tip(refusal))
        self.phrases.setEnabled(not refusal)
        self.phrases.setToolTip(plain_tip(refusal))

    def add_phrase(self, text: str) -> None:
        """Put a phrase in at the cursor, in a line of its own where something stands before it."""
        cursor = self.area.textCursor()
        cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock)
        cursor.insertText(f"\n{text}" if cursor.block().text().strip() else text)
        self.area.setTextCursor(cursor)
        self.area.setFocus(Qt.FocusReason.OtherFocusReason)

    # -- inside ----------------------------------------------------------------------------------

    def _on_place(self) -> None:
        self.place_chosen.emit(self.place.currentData())

    def _fit(self) -> None:
        lines = max(LEAST, min(MOST, int(self.area.document().size().height() // self.area.pitch)))
        margin = round(2 * self.area.document().documentMargin())
        self.frame.setFixedHeight(lines * self.area.pitch + margin + 4)

    def _takes(self, event: QKeyEvent) -> bool:
        """Whether a key is no text: Esc leaves it, so that keys count again, and / opens the phrases where nothing stands yet."""
        area = self.area
        is_escape = event.key() == Qt.Key.Key_Escape
        is_slash = event.text() == "/" and not (area.toPlainText() or area.is_composing or area.isReadOnly())
        if is_escape:
            self.escaped.emit()
        elif is_slash:
            self.phrases_wanted.emit()
        return is_escape or is_slash

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt: the frame shows the focus; some keys are no text."""
        if event.type() is QEvent.Type.FocusIn:
            self.frame.set_focused(True)
        elif event.type() is QEvent.Type.FocusOut:
            self.frame.set_focused(False)
            self.left.emit()
        elif event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._takes(event)
        return False
