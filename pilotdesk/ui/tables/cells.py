"""Editors that open over a cell: our own line edits, lists and tick boxes, never Qt's spin boxes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QRect, QStringListModel, Qt, Signal
from PySide6.QtWidgets import QCompleter, QFrame, QPlainTextEdit, QVBoxLayout, QWidget

from pilotdesk.forms.regions import find_regions, region_label
from pilotdesk.ui.components.basic import Label
from pilotdesk.ui.editors.choice import NamedChoiceBox
from pilotdesk.ui.editors.entry import Entry
from pilotdesk.ui.editors.line import SHAPES
from pilotdesk.ui.editors.ticks import TickLine

if TYPE_CHECKING:
    from PySide6.QtGui import QInputMethodEvent, QKeyEvent

    from pilotdesk.forms.codecs import Codec
    from pilotdesk.forms.model import Choice, Field
    from pilotdesk.ui.look.theme import Look

TALLEST: Final = 9
"""Lines that the editor of a text cell grows to; then it scrolls."""


class CellText(QPlainTextEdit):
    """Text over a cell: wraps and grows downwards while one types. Alt+Enter is a new line where lines are kept.

    Args:
        look: the theme in force.
        keeps_lines: whether the column keeps paragraphs.
        parent: the view's viewport.
    """

    def __init__(self, look: Look, *, keeps_lines: bool, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look
        self._keeps_lines = keeps_lines
        self._cell = QRect()
        self._composing = False
        self.setProperty("cell", True)
        self.setFont(look.font("small"))
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(0)
        self.setViewportMargins(
            0, max(0, (look.metric("table_row") - self.fontMetrics().height()) // 2 - 2), 0, 0
        )
        self.textChanged.connect(self.grow)

    @property
    def is_composing(self) -> bool:
        """Whether an input method has not finished a character yet."""
        return self._composing

    def show_over(self, cell: QRect) -> None:
        """Stand over a cell of the view."""
        self._cell = cell
        self.grow()

    def grow(self) -> None:
        """As many lines as the text needs, upwards where the view ends."""
        if self._cell.isNull():
            return
        lines = self._lines()
        one = self._look.metric("table_row") + 1
        height = max(self._cell.height(), one + (min(lines, TALLEST) - 1) * self.fontMetrics().lineSpacing())
        box = QRect(self._cell.left(), self._cell.top(), self._cell.width(), height)
        above = self.parentWidget()
        if above is not None and box.bottom() > above.height():
            box.moveTop(max(0, above.height() - height))
        self.setVerticalScrollBarPolicy(
            Qt.ScrollBarPolicy.ScrollBarAsNeeded if lines > TALLEST else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        )
        self.setGeometry(box)

    def _lines(self) -> int:
        """Lines of the text as it wraps now; asking for a block lays it out."""
        layout, block, height = self.document().documentLayout(), self.document().begin(), 0.0
        while block.isValid():
            height += layout.blockBoundingRect(block).height()
            block = block.next()
        return max(1, round(height / self.fontMetrics().lineSpacing()))

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Qt: note whether a character is being composed."""
        self._composing = bool(event.preeditString())
        super().inputMethodEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt: Alt+Enter breaks the line; Enter alone is the delegate's."""
        is_enter = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        if is_enter and self._keeps_lines and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.insertPlainText("\n")
        else:
            super().keyPressEvent(event)


class CellTicks(QFrame):
    """Tick boxes over a cell, for several choices.

    Signals:
        finished: Enter.
    """

    finished = Signal()

    def __init__(self, look: Look, choices: tuple[Choice, ...], parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 8, 10, 8)
        layout.setSpacing(0)
        self.ticks: dict[str, TickLine] = {}
        group = ""
        for choice in choices:
            if choice.group != group:
                group = choice.group
                layout.addWidget(Label(group, "small", "text2", weight=500))
            tick = TickLine(look, choice.label, choice.hint)
            tick.finished.connect(self.finished)
            self.ticks[choice.name] = tick
            layout.addWidget(tick)

    def show_names(self, names: tuple[str, ...]) -> None:
        """Tick these."""
        for name, tick in self.ticks.items():
            tick.setChecked(name in names)

    def names(self) -> tuple[str, ...]:
        """What is ticked, in the order of the list."""
        return tuple(name for name, tick in self.ticks.items() if tick.isChecked())

    def focusInEvent(self, event: QEvent) -> None:
        """Qt: the first tick box takes the focus."""
        next(iter(self.ticks.values())).setFocus(Qt.FocusReason.PopupFocusReason)


def make_cell_editor(look: Look, field: Field, choices: tuple[Choice, ...], parent: QWidget) -> QWidget:
    """The editor of a cell of this column.

    Args:
        look: the theme in force.
        field: the column.
        choices: what may be chosen in this row; empty for columns without a list.
        parent: the view's viewport.
    """
    if field.type in {"text", "longtext"}:
        return CellText(look, keeps_lines=field.type == "longtext", parent=parent)
    if field.type == "choice" and not field.other:
        box = NamedChoiceBox(look, parent=parent)
        box.setProperty("cell", True)
        box.fill(choices, optional=True)
        return box
    if field.type in {"multi_choice", "dependent_choice"} and choices:
        return CellTicks(look, choices, parent)
    entry = Entry(look, parent)
    entry.setProperty("cell", True)
    entry.setPlaceholderText(SHAPES.get(field.type, ""))
    if field.type in {"integer", "decimal"}:
        entry.setAlignment(Qt.AlignmentFlag.AlignRight)
    if field.type == "region":
        _find_regions_in(entry)
    elif choices:
        _complete(entry, [choice.label for choice in choices])
    return entry


def _find_regions_in(entry: Entry) -> None:
    found = _complete(entry, [])

    def search(text: str) -> None:
        labels = [region_label(code) for code in find_regions(text)] if len(text.strip()) > 1 else []
        found.setStringList([label for label in labels if label])

    entry.textEdited.connect(search)


def _complete(entry: Entry, words: list[str]) -> QStringListModel:
    listed = QStringListModel(words, entry)
    completer = QCompleter(listed, entry)
    completer.setFilterMode(Qt.MatchFlag.MatchContains)
    if not words:
        completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
    completer.popup().setProperty("popup", True)
    entry.setCompleter(completer)
    return listed


def editor_text(editor: QWidget, codec: Codec) -> str:
    """What an open editor would write, as the column's codec reads it."""
    if isinstance(editor, CellText):
        return editor.toPlainText()
    if isinstance(editor, CellTicks):
        return codec.edit_text(editor.names())
    if isinstance(editor, NamedChoiceBox):
        at = editor.currentIndex()
        if at < 0 or not editor.is_stray(at):
            return codec.edit_text(str(editor.itemData(at) or "")) if at >= 0 else ""
        return editor.itemText(at)
    return editor.text() if isinstance(editor, Entry) else ""


def show_in_editor(editor: QWidget, text: str, codec: Codec) -> None:
    """Have an open editor show the text of its cell."""
    if isinstance(editor, CellText):
        editor.setPlainText(text)
        editor.selectAll()
    elif isinstance(editor, CellTicks):
        value = codec.parse(text)
        names = value if isinstance(value, tuple) else ()
        editor.show_names(tuple(name for name in names if isinstance(name, str)))
    elif isinstance(editor, NamedChoiceBox):
        value = codec.parse(text)
        editor.show_name(value if isinstance(value, str) else "", text)
    elif isinstance(editor, Entry):
        editor.setText(text)
        editor.selectAll()
