"""Several choices: tick boxes under their captions, free text beside them, lists that hang on another answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget

from pilotdesk.forms.choice_codecs import OTHER, OTHER_LABEL, other_words
from pilotdesk.forms.values import Unparsed, split_cell_path
from pilotdesk.ui.components.basic import Button, Label
from pilotdesk.ui.components.choice import paint_mark
from pilotdesk.ui.components.text import WrappedLabel
from pilotdesk.ui.editors.base import FieldEditor, Place
from pilotdesk.ui.editors.entry import Entry

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QPaintEvent

    from pilotdesk.forms.model import Choice
    from pilotdesk.ui.look.theme import Look

WRAP: Final = (
    Qt.TextFlag.TextWordWrap.value | Qt.AlignmentFlag.AlignTop.value | Qt.AlignmentFlag.AlignLeft.value
)


class TickLine(QAbstractButton):
    """A tick box whose words wrap instead of being cut. Enter goes on, Space ticks.

    Signals:
        finished: Enter.
    """

    finished = Signal()

    def __init__(self, look: Look, label: str, remark: str = "") -> None:
        super().__init__()
        self._look = look
        self._remark = remark
        self.setText(label)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAccessibleName(f"{label}，{remark}" if remark else label)
        look.changed.connect(self.updateGeometry)

    def _heights(self, width: int) -> tuple[int, int]:
        """Height of label and remark in a widget of ``width``."""
        room = QRect(0, 0, max(40, width - self._look.scaled(26)), 10_000)
        label = QFontMetrics(self._look.font("body")).boundingRect(room, WRAP, self.text()).height()
        if not self._remark:
            return label, 0
        return label, QFontMetrics(self._look.font("small")).boundingRect(room, WRAP, self._remark).height()

    def heightForWidth(self, width: int) -> int:
        """Qt: as many lines as the words need."""
        return max(self._look.metric("small_button"), sum(self._heights(width)) + self._look.scaled(8))

    def sizeHint(self) -> QSize:
        """Qt: one line, wide enough for the label, but never asking for more than half a page."""
        width = QFontMetrics(self._look.font("body")).horizontalAdvance(self.text()) + self._look.scaled(28)
        width = min(width, self._look.scaled(340))
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """Qt: it may become narrow."""
        return QSize(self._look.scaled(120), self._look.metric("small_button"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt: Enter goes on."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.finished.emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt: box, words, remark."""
        look = self._look
        painter = QPainter(self)
        side, left, top = look.scaled(18), look.scaled(26), look.scaled(4)
        label, remark = self._heights(self.width())
        first = QFontMetrics(look.font("body")).height()
        box = QRectF(1, top + (first - side) / 2, side, side)
        paint_mark(painter, look, box, "tick", checked=self.isChecked(), enabled=self.isEnabled())
        painter.setFont(look.font("body"))
        painter.setPen(look.color("text" if self.isEnabled() else "text3"))
        painter.drawText(QRect(left, top, self.width() - left, label), WRAP, self.text())
        if self._remark:
            painter.setFont(look.font("small"))
            painter.setPen(look.color("text2"))
            painter.drawText(QRect(left, top + label, self.width() - left, remark), WRAP, self._remark)
        if self.hasFocus():
            painter.setPen(QPen(look.color("focus"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 4, 4)


class MultiChoiceEditor(FieldEditor):
    """Tick boxes of one list; the answer keeps the order of the list."""

    def __init__(self, place: Place) -> None:
        super().__init__(place)
        self.ticks: dict[str, TickLine] = {}
        self.words: Entry | None = None
        self._asked = ""
        self._named = ("", "")
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 2, 0, 2)
        self._layout.setSpacing(2)
        self.show_value()

    @property
    def is_composing(self) -> bool:
        """See :class:`FieldEditor`."""
        return self.words is not None and self.words.is_composing

    def choices(self) -> tuple[Choice, ...]:
        """What is offered now."""
        field = self.place.field
        return self.place.session.form.lists[field.choices]

    def focus_target(self) -> QWidget:
        """See :class:`FieldEditor`: the first tick box."""
        return next(iter(self.ticks.values()), self)

    def show_value(self) -> None:
        """See :class:`FieldEditor`; answers that are not offered stay, as ticked lines that say so."""
        value = self.place.value
        names = [part for part in value if isinstance(part, str)] if isinstance(value, tuple) else []
        if isinstance(value, Unparsed):
            names = [value.text]
        kept = {OTHER if other_words(name) is not None else name for name in names}
        offered = {choice.name for choice in self.choices()}
        strays = [name for name in names if name not in offered and other_words(name) is None]
        asked = repr((sorted(offered), strays))
        if asked != self._asked:
            self._offer(strays)
            self._asked = asked
        for name, tick in self.ticks.items():
            tick.setChecked(name in kept)
        if self.words is not None:
            free = next((words for name in names if (words := other_words(name)) is not None), None)
            self.words.setVisible(free is not None)
            if free is not None and free != self.words.text():
                self.words.setText(free)

    def describe(self, name: str, description: str) -> None:
        """See :class:`FieldEditor`: every tick box says what it belongs to."""
        self._named = (name, description)
        for tick in self.ticks.values():
            tick.setAccessibleDescription(f"{name}。{description}" if description else name)

    def stray_remark(self) -> str:
        """What is said of an answer that is not offered."""
        return "不在可选的里面，去掉勾就没有了"

    # -- inside ----------------------------------------------------------------------------------

    def _offer(self, strays: list[str] | None = None) -> None:
        """Build the tick boxes anew; focus goes back to the line it was in."""
        focused = next((name for name, tick in self.ticks.items() if tick.hasFocus()), None)
        while self._layout.count():
            widget = self._layout.takeAt(0).widget()
            widget.hide()
            widget.deleteLater()
        self.ticks, self.words = {}, None
        group = ""
        for choice in self.choices():
            if choice.group != group:
                group = choice.group
                self._layout.addWidget(Label(group, "small", "text2", weight=500))
            self._add(choice.name, choice.label, choice.hint)
        for name in strays or []:
            self._add(name, self.place.codec.edit_text((name,)), self.stray_remark())
        if self.place.field.other and self.choices():
            self._add_other()
        self.describe(*self._named)
        if focused in self.ticks:
            self.ticks[focused].setFocus(Qt.FocusReason.OtherFocusReason)

    def _add(self, name: str, label: str, remark: str) -> None:
        tick = TickLine(self.place.look, label, remark)
        tick.setProperty("name", name)
        tick.clicked.connect(self._on_ticked)
        tick.finished.connect(self.finished)
        self.ticks[name] = tick
        self._layout.addWidget(tick)

    def _add_other(self) -> None:
        if all(choice.label != OTHER_LABEL for choice in self.choices()):
            self._add(OTHER, OTHER_LABEL, "")
        self.words = Entry(self.place.look)
        self.words.setPlaceholderText("请写明")
        self.words.setAccessibleName(f"{self.place.field.label}，其他，请写明")
        self.words.hide()
        self.words.textEdited.connect(self._on_words)
        self.words.returnPressed.connect(self.finished)
        self._layout.addWidget(self.words)

    def _on_ticked(self) -> None:
        if self.words is not None and self.sender().property("name") == OTHER:
            self.words.setVisible(self.ticks[OTHER].isChecked())
            if self.ticks[OTHER].isChecked():
                self.words.setFocus(Qt.FocusReason.OtherFocusReason)
        self._write_ticks()

    def _on_words(self, text: str) -> None:
        self._write_ticks()

    def _write_ticks(self) -> None:
        names = [name for name, tick in self.ticks.items() if tick.isChecked() and name != OTHER]
        if self.words is not None and OTHER in self.ticks and self.ticks[OTHER].isChecked():
            names.append(OTHER + self.words.text().strip())
        self.write(tuple(names) or None)


class DependentChoiceEditor(MultiChoiceEditor):
    """Tick boxes whose list hangs on another answer; filled anew when that changes, nothing answered is lost."""

    _ask: Button | None = None

    @property
    def paths(self) -> tuple[str, ...]:
        """See :class:`FieldEditor`: its own path and the one it hangs on."""
        return (self.path, self.parent_path)

    @property
    def parent_path(self) -> str:
        """The path of the answer that decides the list: a column of the same row, else a field."""
        above = self.place.field.depends_on
        cell = split_cell_path(self.path)
        if cell is not None:
            owner = self.place.session.form.fields[cell[0]]
            if any(column.name == above for column in owner.columns):
                return f"{cell[0]}[{cell[1]}].{above}"
        return above

    def choices(self) -> tuple[Choice, ...]:
        """See :class:`MultiChoiceEditor`."""
        above = self.place.session.value(self.parent_path)
        return tuple(choice for choice in super().choices() if choice.parent == above)

    def focus_target(self) -> QWidget:
        """See :class:`FieldEditor`: the link to the parent while nothing can be ticked."""
        return self._ask if self._ask is not None else super().focus_target()

    def stray_remark(self) -> str:
        """See :class:`MultiChoiceEditor`."""
        above = self.place.beside(self.parent_path)
        label = above.codec.print_text(above.value)
        return f"不在“{label}”里，去掉勾就没有了" if label else super().stray_remark()

    def _offer(self, strays: list[str] | None = None) -> None:
        super()._offer(strays)
        self._ask = None
        if self.choices():
            return
        look = self.place.look
        above = self.place.beside(self.parent_path).field
        self._layout.insertWidget(
            0, WrappedLabel(look, f"先选“{above.label}”，这里就会列出来。", "small", "text2")
        )
        self._ask = Button(look, f"去选{above.label}", "link", small=True, icon="arrow-right")
        self._ask.clicked.connect(self._on_ask)
        self._layout.insertWidget(1, self._ask)

    def _on_ask(self) -> None:
        self.request_go_to.emit(self.parent_path)
