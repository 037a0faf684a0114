"""The editors of an official document: two columns of lines with small labels, and what stands in them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QGridLayout, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from pilotdesk.ui.components.basic import Label
from pilotdesk.ui.components.choice import ChoiceBox
from pilotdesk.ui.desk.paper_dialog import caption, day_of
from pilotdesk.ui.start.dates_dialog import DayEntry

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from PySide6.QtCore import SignalInstance

    from pilotdesk.ui.look.theme import Look

COLUMNS: Final = 2
Editor = QLineEdit | QPlainTextEdit | ChoiceBox


class PaperForm(QWidget):
    """Lines by name, laid out in two columns in the order in which they are added.

    Args:
        look: the theme in force.
        today: for the calendars.

    Attributes:
        lines: name to editor.
    """

    def __init__(self, look: Look, today: date) -> None:
        super().__init__()
        self._look = look
        self._today = today
        self.lines: dict[str, Editor] = {}
        self._holders: dict[str, QWidget] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(6)
        for column in range(COLUMNS):
            self._grid.setColumnStretch(column, 1)
        self._place = 0

    def add_line(
        self, name: str, label: str, text: str = "", example: str = "", *, wide: bool = False
    ) -> None:
        """A line of text."""
        line = QLineEdit(text)
        line.setPlaceholderText(example)
        self._add(name, label, line, wide=wide)

    def add_text(self, name: str, label: str, text: str = "", example: str = "", *, rows: int = 3) -> None:
        """Several lines of text over both columns."""
        editor = QPlainTextEdit(text)
        editor.setPlaceholderText(example)
        editor.setTabChangesFocus(True)
        editor.setFixedHeight(self._look.scaled(16 + 22 * rows))
        self._add(name, label, editor, wide=True)

    def add_day(self, name: str, label: str, day: date | None = None) -> None:
        """A day with its calendar."""
        entry = DayEntry(self._look, self._today, label)
        entry.show_day(day)
        self._add(name, label, entry)

    def add_choice(
        self, name: str, label: str, choices: Mapping[str, str], chosen: str = "", *, wide: bool = False
    ) -> None:
        """One of several; ``choices`` are value to words."""
        box = ChoiceBox(self._look, "请选择")
        for content, words in choices.items():
            box.addItem(words, content)
        box.setCurrentIndex([*choices].index(chosen) if chosen in choices else -1)
        self._add(name, label, box, wide=wide)

    def add_ticks(self, label: str, ticks: Sequence[QWidget]) -> None:
        """Ticks in two columns below a label; who gives them keeps them."""
        self._place += self._place % COLUMNS
        self._grid.addWidget(Label(label, "small", "text2"), self._place // COLUMNS, 0, 1, COLUMNS)
        self._place += COLUMNS
        for tick in ticks:
            self._grid.addWidget(tick, *divmod(self._place, COLUMNS))
            self._place += 1
        self._place += self._place % COLUMNS

    def _add(self, name: str, label: str, editor: Editor, *, wide: bool = False) -> None:
        if wide and self._place % COLUMNS:
            self._place += 1
        holder = QWidget()
        cell = QVBoxLayout(holder)
        cell.setContentsMargins(0, 0, 0, 0)
        cell.setSpacing(2)
        cell.addWidget(caption(label, editor))
        cell.addWidget(editor)
        line, column = divmod(self._place, COLUMNS)
        self._grid.addWidget(holder, line, column, 1, COLUMNS if wide else 1)
        self._place += COLUMNS if wide else 1
        self.lines[name], self._holders[name] = editor, holder

    def set_read_only(self, read_only: bool) -> None:
        """Let the lines of text be looked at only."""
        for editor in self.lines.values():
            if isinstance(editor, QLineEdit | QPlainTextEdit):
                editor.setReadOnly(read_only)

    def show_line(self, name: str, *, shown: bool) -> None:
        """Show a line with its label, or leave it out; what was typed stays."""
        self._holders[name].setVisible(shown)

    # -- what stands in it -----------------------------------------------------------------------

    def text(self, name: str) -> str:
        """What was typed or chosen, without the white around it."""
        editor = self.lines[name]
        if isinstance(editor, QPlainTextEdit):
            return editor.toPlainText().strip()
        if isinstance(editor, ChoiceBox):
            return str(editor.currentData() or "")
        return editor.text().strip()

    def day(self, name: str) -> date | None:
        """The day of a line; ``None`` for none.

        Raises:
            ExportError: ``day_unread``.
        """
        entry = self.lines[name]
        return day_of(entry) if isinstance(entry, DayEntry) else None

    def days(self) -> list[DayEntry]:
        """The lines for days; unlike others they use Enter up."""
        return [editor for editor in self.lines.values() if isinstance(editor, DayEntry)]

    def several(self, name: str) -> tuple[str, ...]:
        """Texts that were typed one a line."""
        return tuple(filter(None, (line.strip() for line in self.text(name).splitlines())))

    def listed(self, name: str) -> tuple[str, ...]:
        """Texts that were typed with 、 between them."""
        return tuple(filter(None, (one.strip() for one in self.text(name).split("、"))))

    def signals(self) -> list[SignalInstance]:
        """What is emitted with every change."""
        return [_changed(editor) for editor in self.lines.values()]

    def typed(self) -> dict[str, str]:
        """All texts as they stand, for :meth:`show_typed`."""
        return {name: self.text(name) for name in self.lines}

    def show_typed(self, typed: Mapping[str, str]) -> None:
        """Show texts of before."""
        for name, text in typed.items():
            editor = self.lines.get(name)
            if isinstance(editor, QPlainTextEdit):
                editor.setPlainText(text)
            elif isinstance(editor, ChoiceBox):
                at = editor.findData(text)
                if at >= 0 or not text:  # what another version of the program knows only is left as it is
                    editor.setCurrentIndex(at)
            elif isinstance(editor, QLineEdit):
                editor.setText(text)


def _changed(editor: Editor) -> SignalInstance:
    if isinstance(editor, ChoiceBox):
        return editor.currentIndexChanged
    return editor.textChanged
