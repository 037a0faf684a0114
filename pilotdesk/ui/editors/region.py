"""The editor of a region: typing finds the place, a button opens province, city and county side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize, QStringListModel, Qt, Signal
from PySide6.QtWidgets import QCompleter, QHBoxLayout, QListWidget, QListWidgetItem, QWidget

from pilotdesk.forms.regions import children, find_regions, provinces, region_label, region_name
from pilotdesk.ui.components.basic import Button, Label, row
from pilotdesk.ui.components.overlay import Popup
from pilotdesk.ui.editors.base import Place, show_below
from pilotdesk.ui.editors.line import LineEditor

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from pilotdesk.forms.values import Value
    from pilotdesk.ui.look.theme import Look

CODE: Final = Qt.ItemDataRole.UserRole
LEVELS: Final = ("省（自治区、直辖市）", "市（州、盟）", "县（市、区）")


class RegionList(QListWidget):
    """One level of divisions.

    Signals:
        entered_line: Enter or a double click on a line.
        stepped: the left (-1) or right (1) arrow key.
    """

    entered_line = Signal()
    stepped = Signal(int)

    def __init__(self, look: Look, name: str) -> None:
        super().__init__()
        self._look = look
        self.setProperty("popup", True)
        self.setAccessibleName(name)
        self.setFixedSize(look.scaled(168), look.scaled(280))
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.itemDoubleClicked.connect(self._on_double_click)

    def fill(self, codes: tuple[str, ...], current: str) -> None:
        """List these divisions and select one of them."""
        self.blockSignals(True)
        self.clear()
        height = self._look.metric("small_button")
        for code in codes:
            item = QListWidgetItem(region_name(code) or code)
            item.setData(CODE, code)
            item.setSizeHint(QSize(0, height))
            self.addItem(item)
            if code == current:
                self.setCurrentItem(item)
        self.blockSignals(False)
        if self.currentRow() >= 0:
            self.scrollToItem(self.currentItem())

    @property
    def code(self) -> str:
        """The selected division; empty for none."""
        return str(self.currentItem().data(CODE)) if self.currentRow() >= 0 else ""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt: arrows to the sides change the level, Enter takes the line."""
        key = event.key()
        if key in {Qt.Key.Key_Left, Qt.Key.Key_Right}:
            self.stepped.emit(-1 if key == Qt.Key.Key_Left else 1)
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.entered_line.emit()
        else:
            super().keyPressEvent(event)

    def _on_double_click(self) -> None:
        self.entered_line.emit()


class RegionPopup(Popup):
    """Province, city and county side by side.

    Signals:
        picked: the code that was taken.
    """

    picked = Signal(str)

    def __init__(self, look: Look, code: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.lists = tuple(RegionList(look, name) for name in LEVELS)
        titles = row(*(Label(name, "tiny", "text2") for name in LEVELS))
        line = QHBoxLayout()
        line.setSpacing(8)
        for at, each in enumerate(self.lists):
            titles.itemAt(at).widget().setFixedWidth(each.width())
            line.addWidget(each)
            each.currentItemChanged.connect(self._on_changed)
            each.entered_line.connect(self.take)
            each.stepped.connect(self._on_stepped)
        self.choice = Label("", "small", "text2")
        take = Button(look, "就选这里", "primary", small=True)
        take.clicked.connect(self.take)
        self.body.addLayout(titles)
        self.body.addLayout(line)
        self.body.addLayout(row(self.choice, None, take))
        self._start(code)

    @property
    def code(self) -> str:
        """The most exact division that is selected; empty for none."""
        return next((each.code for each in reversed(self.lists) if each.code), "")

    def take(self) -> None:
        """Take what is selected and close."""
        if self.code:
            self.picked.emit(self.code)
            self.close()

    def _start(self, code: str) -> None:
        """Open the lists at a division."""
        way = division_path(code)
        self.lists[0].fill(provinces(), way[0] if way else "")
        self.lists[1].fill(children(way[0]) if way else (), way[1] if len(way) > 1 else "")
        self.lists[2].fill(children(way[1]) if len(way) > 1 else (), way[2] if len(way) > 2 else "")
        if not way:
            self.lists[0].setCurrentRow(0)  # with the focus Qt would make it current, and not show so
        self._say()
        self.lists[max(0, min(len(way), 3) - 1)].setFocus(Qt.FocusReason.PopupFocusReason)

    def _on_changed(self) -> None:
        level = self.lists.index(self.sender())
        if level < 2:
            code = self.lists[level].code
            self.lists[level + 1].fill(children(code) if code else (), "")
        if level == 0:
            self.lists[2].fill((), "")
        self._say()

    def _on_stepped(self, step: int) -> None:
        level = self.lists.index(self.sender()) + step
        if 0 <= level < len(self.lists) and self.lists[level].count():
            target = self.lists[level]
            if target.currentRow() < 0:
                target.setCurrentRow(0)
            target.setFocus(Qt.FocusReason.TabFocusReason)

    def _say(self) -> None:
        self.choice.setText(region_label(self.code) or "还没有选")


def division_path(code: str) -> tuple[str, ...]:
    """The divisions from the province down to ``code``; empty when it is not listed."""
    listed = code.partition(":")[0]
    for province in provinces():
        if province == listed:
            return (province,)
        if province[:2] != listed[:2]:
            continue
        for city in children(province):
            if city == listed:
                return (province, city)
            if listed in children(city):
                return (province, city, listed)
    return ()


class RegionEditor(LineEditor):
    """A line that finds divisions while one types, and a button with the three levels."""

    def __init__(self, place: Place) -> None:
        super().__init__(place)
        self.entry.setPlaceholderText("写县（市、区）名，或点右边选")
        self.entry.add_button("map-pin", "按省、市、县选，Alt+↓")
        self.entry.popup_requested.connect(self.open_popup)
        self._found = QStringListModel(self)
        completer = QCompleter(self._found, self)
        completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        completer.popup().setProperty("popup", True)
        completer.activated[str].connect(self._on_found)  # type: ignore[index]  # the stubs miss overloads
        self.entry.setCompleter(completer)
        self.entry.textEdited.connect(self._search)

    def open_popup(self) -> RegionPopup:
        """Show the three lists below the field."""
        value: Value = self.place.value
        popup = RegionPopup(self.place.look, value if isinstance(value, str) else "", self)
        popup.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        popup.picked.connect(self._on_picked)
        show_below(popup, self.entry)
        return popup

    def _search(self, text: str) -> None:
        labels = [region_label(code) for code in find_regions(text)] if len(text.strip()) > 1 else []
        self._found.setStringList([label for label in labels if label])

    def _on_found(self, label: str) -> None:
        self.write_text(label)
        self.show_value()

    def _on_picked(self, code: str) -> None:
        self.write(code)
        self.show_value()
        self.entry.setFocus(Qt.FocusReason.PopupFocusReason)
