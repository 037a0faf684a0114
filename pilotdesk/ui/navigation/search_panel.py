"""The search box with its results, opened by Ctrl+F over the header."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout

from pilotdesk.ui.components.basic import Label
from pilotdesk.ui.components.overlay import Popup
from pilotdesk.ui.navigation.nav_list import NavEntry, NavList
from pilotdesk.ui.navigation.search import find

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from pilotdesk.session import Session
    from pilotdesk.ui.look.theme import Look

WIDTH = 420
NOTHING = "没有找到。换一个词，或写编号，如 2.2"
TIP = "写编号（2.2、二.2）、栏目里的词，或拼音首字母"


class SearchPanel(Popup):
    """Finds while one types; Enter goes to the marked result.

    Signals:
        place_chosen: path of the field to go to.
    """

    place_chosen = Signal(str)

    def __init__(self, look: Look, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self.field = QLineEdit()
        self.field.setPlaceholderText("找栏目：编号或词语，如 2.2")
        self.field.setAccessibleName("找栏目")
        self.results = NavList(look, "找到的栏目", fixed=True)
        self.results.setProperty("ground", "surface")
        self.remark = Label(TIP, "small", "text2")
        self.setFixedWidth(look.scaled(WIDTH))
        body: QVBoxLayout = self.body
        body.setContentsMargins(10, 10, 10, 10)
        body.addWidget(self.field)
        body.addWidget(self.results)
        body.addWidget(self.remark)
        self.results.hide()
        self.field.textEdited.connect(self._on_edited)
        self.field.installEventFilter(self)
        self.results.chosen.connect(self._on_chosen)

    def open_at(self, anchor: QWidget) -> None:
        """Show it under its button with the field ready to type."""
        self.open_below(anchor)
        self.field.selectAll()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _on_edited(self, text: str) -> None:
        found = find(self._session, text)
        entries = [
            NavEntry(f"{at}|{place.path}", "", f"{place.number}  {place.label}".strip(), "", "search", "text3",
                     tooltip=place.step)
            for at, place in enumerate(found)
        ]  # fmt: skip
        self.results.set_entries(entries)
        self.results.setVisible(bool(entries))
        self.remark.setText(TIP if entries or not text.strip() else NOTHING)
        if entries:
            self.results.show_current(entries[0].name)
            self.results.setFixedHeight(self.results.sizeHint().height())
        self.adjustSize()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt: arrows move the mark while the field keeps the focus."""
        if event.type() is not QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        names = [entry.name for entry in self.results.entries_model.entries]
        if not names or not self.results.isVisible():
            return False
        at = self.results.entries_model.row_of(self.results.entries_model.current)
        if event.key() in {Qt.Key.Key_Down, Qt.Key.Key_Up}:
            step = 1 if event.key() == Qt.Key.Key_Down else -1
            self.results.show_current(names[(at + step) % len(names)])
            return True
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._on_chosen(names[max(0, at)])
            return True
        return False

    def _on_chosen(self, name: str) -> None:
        self.hide()
        self.place_chosen.emit(name.partition("|")[2])
