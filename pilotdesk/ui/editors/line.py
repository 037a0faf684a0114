"""Editors that are one line edit: text, numbers, days, months, periods, and what is carried over."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from pilotdesk.forms.values import Unparsed
from pilotdesk.ui.editors.base import FieldEditor, Place, show_below
from pilotdesk.ui.editors.entry import Entry
from pilotdesk.ui.look.plain_text import plain_tip

if TYPE_CHECKING:
    from pilotdesk.ui.editors.calendar import PickPopup

SHAPES: Final = {
    "date": "如 2026-06-02",
    "month": "如 2027-01",
    "month_range": "如 2027年1月—2028年12月",
}
"""What stands in an empty editor: an example, not a pattern."""
PICKED: Final = {"date": ("calendar-event", "选日期，Alt+↓"), "month": ("calendar-event", "选年月，Alt+↓"),
                 "month_range": ("calendar-event", "选起止年月，Alt+↓")}  # fmt: skip


class LineEditor(FieldEditor):
    """One line of text, read by the field's codec with every key; shown as read when it is left."""

    def __init__(self, place: Place) -> None:
        super().__init__(place)
        field = place.field
        self.entry = Entry(place.look)
        self.entry.set_unit(field.unit)
        self.entry.setPlaceholderText(SHAPES.get(field.type, ""))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.entry)
        self.setFocusProxy(self.entry)
        self.entry.textEdited.connect(self._on_typed)
        self.entry.returnPressed.connect(self.finished)
        self._counts = field.letters == "upper" or (field.type == "text" and field.max_chars > 0)
        self.show_value()

    @property
    def is_composing(self) -> bool:
        """See :class:`FieldEditor`."""
        return self.entry.is_composing

    def focus_target(self) -> QWidget:
        """See :class:`FieldEditor`."""
        return self.entry

    def go_to(self, path: str) -> QWidget:
        """See :class:`FieldEditor`: the text cursor goes behind the last character."""
        super().go_to(path)
        self.entry.end(False)
        return self.entry

    def show_value(self) -> None:
        """Show the session's value; the text cursor stays where it was."""
        text = self.place.codec.edit_text(self.place.value)
        if text != self.entry.text():
            at = self.entry.cursorPosition()
            self.entry.setText(text)
            self.entry.setCursorPosition(min(at, len(text)) if self.entry.hasFocus() else 0)
        self._count()

    def commit(self) -> None:
        """Show the value as it was read: ``2026.6.2`` becomes ``2026-06-02``."""
        self.show_value()

    def _on_typed(self, text: str) -> None:
        self._count()
        self.write_text(text)

    def _count(self) -> None:
        if not self._counts:
            return
        length = len(self.entry.text().replace(" ", ""))
        most = self.place.field.max_chars
        sign = "位" if self.place.field.letters == "upper" else "字"
        shown = f"{length} / {most} {sign}" if most else f"{length} {sign}"
        self.entry.set_counter(shown if length else "")


class PickedLineEditor(LineEditor):
    """A line edit with a calendar behind a button: days, months, periods. Typing is always possible."""

    def __init__(self, place: Place) -> None:
        super().__init__(place)
        icon, name = PICKED[place.field.type]
        self.entry.add_button(icon, name)
        self.entry.popup_requested.connect(self.open_popup)

    def open_popup(self) -> PickPopup:
        """Show the calendar below the field; what is picked is written at once."""
        from pilotdesk.ui.editors.calendar import DayPopup, MonthPopup, RangePopup

        kinds: dict[str, type[PickPopup]] = {"date": DayPopup, "month": MonthPopup, "month_range": RangePopup}
        value = self.place.value
        kept = None if isinstance(value, Unparsed) else value
        popup = kinds[self.place.field.type](self.place.look, kept, self.place.services.clock.today(), self)
        popup.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        popup.picked.connect(self._on_picked)
        show_below(popup, self.entry)
        return popup

    def _on_picked(self, value: object) -> None:
        self.write(value)  # type: ignore[arg-type]  # a signal carries any object
        self.show_value()
        self.entry.setFocus(Qt.FocusReason.PopupFocusReason)


class CarriedEditor(FieldEditor):
    """A result: carried over or worked out. Read-only ground with a lock; Enter jumps to where it comes from."""

    def __init__(self, place: Place) -> None:
        super().__init__(place)
        field = place.field
        self.entry = Entry(place.look)
        self.entry.set_unit(field.unit)
        self.entry.set_locked(True)
        self.entry.setPlaceholderText("原来那张表里没有填" if field.fixed else "填了来源就自动带出")
        self.entry.installEventFilter(self)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.entry)
        self.setFocusProxy(self.entry)
        self.show_value()

    def focus_target(self) -> QWidget:
        """See :class:`FieldEditor`."""
        return self.entry

    def show_value(self) -> None:
        """Show the result as printed; the tooltip has all of it when the field is too short."""
        text = self.place.codec.print_text(self.place.value)
        if text != self.entry.text():
            self.entry.setText(text)
            self.entry.setCursorPosition(0)
        self.entry.setToolTip(plain_tip(text))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt: Enter jumps to the origin, or goes on where there is none."""
        if event.type() is not QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if event.key() not in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            return False
        origin = self.place.field.origin
        if origin:
            self.request_go_to.emit(origin)
        else:
            self.finished.emit()
        return True
