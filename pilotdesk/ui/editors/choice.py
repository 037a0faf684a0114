"""The editor of one choice: a list without a first choice, with free text beside it where the pack allows it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pilotdesk.forms.choice_codecs import OTHER, OTHER_LABEL, other_words
from pilotdesk.ui.components.choice import ChoiceBox
from pilotdesk.ui.editors.base import FieldEditor, Place
from pilotdesk.ui.editors.entry import Entry, is_session_key
from pilotdesk.ui.look.plain_text import plain_tip

if TYPE_CHECKING:
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QKeyEvent

    from pilotdesk.forms.model import Choice
    from pilotdesk.ui.look.theme import Look

NOT_CHOSEN: Final = "不选"
NAME_ROLE: Final = Qt.ItemDataRole.UserRole


class NamedChoiceBox(ChoiceBox):
    """A choice box whose items carry choice names.

    Signals:
        finished: Enter on the closed list.
        cleared: Del or Backspace on it.

    Attributes:
        by_key: whether the choice is just being changed by a key on the closed list, so that more keys may follow.
    """

    finished = Signal()
    cleared = Signal()

    def __init__(self, look: Look, placeholder: str = "请选择", parent: QWidget | None = None) -> None:
        super().__init__(look, placeholder, parent)
        self._stray = False
        self.by_key = False
        self.setMaxVisibleItems(16)

    def fill(self, choices: tuple[Choice, ...], *, other: bool = False, optional: bool = False) -> None:
        """Offer these choices; ``other`` adds 其他 with free text, ``optional`` a line that takes the answer back."""
        self.clear()
        self._stray = False
        for choice in choices:
            self.addItem(choice.label, choice.name)
            if choice.hint:
                self.setItemData(self.count() - 1, plain_tip(choice.hint), Qt.ItemDataRole.ToolTipRole)
        if other and all(choice.label != OTHER_LABEL for choice in choices):
            self.addItem(f"{OTHER_LABEL}（请写明）", OTHER)
        if optional:
            self.addItem(NOT_CHOSEN, "")
        self.setCurrentIndex(-1)

    def show_name(self, name: str, text: str) -> None:
        """Show a choice by name; one that is not offered is shown as ``text`` until another is chosen."""
        if self._stray:
            self.removeItem(self.count() - 1)
            self._stray = False
        at = self.findData(name, NAME_ROLE) if name else -1
        if at < 0 and text:
            self.addItem(text, name)
            self._stray = True
            at = self.count() - 1
        self.setCurrentIndex(at)

    def is_stray(self, index: int) -> bool:
        """Whether an item is no choice, but what stands in the draft and the list does not have."""
        return self._stray and index == self.count() - 1

    def event(self, event: QEvent) -> bool:
        """Qt: undo and redo are left to the window."""
        if event.type() is event.Type.ShortcutOverride and is_session_key(event):
            event.ignore()
            return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt: Enter goes on, Del takes the answer back; the rest as the box does."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.modifiers():
            self.finished.emit()
        elif event.key() in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace}:
            self.cleared.emit()
        else:
            self.by_key = True
            super().keyPressEvent(event)
            self.by_key = False


class ChoiceEditor(FieldEditor):
    """One choice of a list."""

    def __init__(self, place: Place) -> None:
        super().__init__(place)
        field = place.field
        self.box = NamedChoiceBox(place.look)
        self.box.fill(
            place.session.form.lists[field.choices], other=field.other, optional=field.required is False
        )
        self.words = Entry(place.look)
        self.words.setPlaceholderText("请写明")
        self.words.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.box)
        layout.addWidget(self.words)
        self.setFocusProxy(self.box)
        self.box.activated.connect(self._on_chosen)
        self.box.finished.connect(self._on_enter)
        self.box.cleared.connect(self._on_cleared)
        self.words.textEdited.connect(self._on_words)
        self.words.returnPressed.connect(self.finished)
        self.show_value()

    @property
    def is_composing(self) -> bool:
        """See :class:`FieldEditor`."""
        return self.words.is_composing

    def focus_target(self) -> QWidget:
        """See :class:`FieldEditor`."""
        return self.box

    def show_value(self) -> None:
        """See :class:`FieldEditor`; text that is in no list is shown as it was typed."""
        value = self.place.value
        name = value if isinstance(value, str) else ""
        free = other_words(name)
        self.box.show_name(OTHER if free is not None else name, self.place.codec.edit_text(value))
        self.words.setVisible(free is not None)
        if free is not None and free != self.words.text():
            self.words.setText(free)

    def describe(self, name: str, description: str) -> None:
        """See :class:`FieldEditor`."""
        super().describe(name, description)
        self.words.setAccessibleName(f"{name}，其他，请写明")

    def _on_chosen(self, index: int) -> None:
        name = self.box.itemData(index, NAME_ROLE)
        kept = self.place.value
        free = other_words(kept) if isinstance(kept, str) else None
        if not self.box.is_stray(index) and not (name == OTHER and free is not None):
            self.write(name or None)
        self.show_value()
        if name == OTHER:
            self.words.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_enter(self) -> None:
        if self.words.isVisible():
            self.words.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.finished.emit()

    def _on_cleared(self) -> None:
        self.write(None)
        self.show_value()

    def _on_words(self, text: str) -> None:
        self.write(OTHER + text.strip())
