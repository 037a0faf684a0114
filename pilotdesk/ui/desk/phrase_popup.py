"""The phrases for a point, ready with the place they speak of: typed to be found, chosen with Enter."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QLineEdit, QListWidget, QListWidgetItem

from pilotdesk.forms.initials import initials
from pilotdesk.record import Record
from pilotdesk.ui.components.basic import Label
from pilotdesk.ui.components.overlay import Popup
from pilotdesk.ui.look.plain_text import plain_tip

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from pilotdesk.ui.look.theme import Look

WIDTH: Final = 560
SHOWN: Final = 8
_MOVES: Final = (Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_PageDown, Qt.Key.Key_PageUp)


class ReadyPhrase(Record, frozen=True):
    """``name`` to find it by, and its text with the place filled in."""

    name: str
    text: str


class PhrasePopup(Popup):
    """Opens below a button.

    Signals:
        chosen: a :class:`ReadyPhrase`.
    """

    chosen = Signal(object)

    def __init__(self, look: Look, parent: QWidget, phrases: Sequence[ReadyPhrase]) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._phrases = tuple(phrases)
        self.setFixedWidth(look.scaled(WIDTH))
        self.search = QLineEdit()
        self.search.setAccessibleName("找短语")
        self.search.setPlaceholderText("找短语：字或拼音首字母")
        self.list = QListWidget()
        self.list.setAccessibleName("短语")
        self.list.setProperty("popup", True)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.list.setFixedHeight(look.metric("small_button") * SHOWN)
        self.body.addWidget(self.search)
        self.body.addWidget(self.list)
        self.body.addWidget(Label("↑ ↓ 选，回车写进去，Esc 关", "tiny", "text2"))
        self.search.textChanged.connect(self._fill)
        self.search.returnPressed.connect(self._on_enter)
        self.list.itemClicked.connect(self._choose)
        self.search.installEventFilter(self)
        self._fill()

    def open_below(self, anchor: QWidget) -> None:
        """Show it below a button, or above where there is no room; what is typed goes to the search."""
        super().open_below(anchor)
        screen = anchor.screen().availableGeometry()
        if self.geometry().bottom() > screen.bottom():
            top = anchor.mapToGlobal(anchor.rect().topLeft()).y() - self.height() - 4
            self.move(self.x(), max(screen.top(), top))
        self.search.setFocus(Qt.FocusReason.PopupFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt: the keys that walk through the list leave the cursor in the search."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress and event.key() in _MOVES:
            self.list.event(event)
            return True
        return False

    def _fill(self) -> None:
        typed = self.search.text().strip().lower()
        self.list.clear()
        for phrase in self._phrases:
            if not _fits(phrase, typed):
                continue
            item = QListWidgetItem(f"{phrase.name}　{phrase.text}")
            item.setToolTip(plain_tip(phrase.text))
            item.setData(Qt.ItemDataRole.UserRole, self._phrases.index(phrase))
            self.list.addItem(item)
        self.list.setCurrentRow(0)

    def _on_enter(self) -> None:
        item = self.list.currentItem()
        if item is not None:
            self._choose(item)

    def _choose(self, item: QListWidgetItem) -> None:
        self.close()
        self.chosen.emit(self._phrases[item.data(Qt.ItemDataRole.UserRole)])


def _fits(phrase: ReadyPhrase, typed: str) -> bool:
    """Whether a phrase has what was typed, or its name begins with these initials."""
    return typed in phrase.name or typed in phrase.text.lower() or initials(phrase.name).startswith(typed)
