"""Somebody who works at the window with keys alone, at random: what a person does in an hour, within seconds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QWidget

from pilotdesk.forms.values import cell_path
from pilotdesk.ui.editors.base import FieldEditor
from pilotdesk.ui.editors.choice import ChoiceEditor
from pilotdesk.ui.editors.entry import Entry
from pilotdesk.ui.editors.line import LineEditor
from pilotdesk.ui.editors.longtext import LongTextEditor
from pilotdesk.ui.editors.region import RegionEditor
from pilotdesk.ui.editors.ticks import MultiChoiceEditor
from pilotdesk.ui.navigation.navigator import CHECK, PREVIEW
from pilotdesk.ui.preview import export_panel
from pilotdesk.ui.preview.page import PreviewPage
from pilotdesk.ui.tables.editor import TableEditor
from pilotdesk.ui.trees.editor import TreeEditor
from pilotdesk.ui.trees.nodes import read_node
from tests.kill.child import Witness

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from random import Random

    from pilotdesk.ui.window.main_window import MainWindow
    from pilotdesk.ui.window.workspace import Workspace
    from tests.kill.child import Journal

KEY, CONTROL, SHIFT, ALT = (
    Qt.Key,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)
WORDS = (
    "试点",
    "标准化",
    "南汀县",
    "养老服务",
    "一件事",
    "满意度",
    "，",
    "。",
    "2027年",
    "GB/T 1",
    "a",
    "7",
    " ",
)
NUMBERS = ("1", "2", "3", "40", "5", "0", ".", "6")
TEMPOS = ((0, 0), (15, 60), (60, 180), (0, 40), (150, 390), (300, 700))
"""Least and most ms between two keys: a paste, an expert, a quick one, a robot, whoever never stops for 400 ms, a slow one."""
TABLE_KEYS = (
    ("insert", KEY.Key_Plus, CONTROL | SHIFT),
    ("remove", KEY.Key_Minus, CONTROL),
    ("duplicate", KEY.Key_D, CONTROL | SHIFT),
    ("fill", KEY.Key_D, CONTROL),
    ("up", KEY.Key_Up, ALT),
    ("down", KEY.Key_Down, ALT),
    ("clear", KEY.Key_Delete, Qt.KeyboardModifier.NoModifier),
)


class Typist:
    """Works in the open window, towards ``goal``: the phase in which it is going to be killed comes early."""

    def __init__(self, window: MainWindow, journal: Journal, rng: Random, goal: str) -> None:
        self.window = window
        self.journal = journal
        self.rng = rng
        self.goal = goal
        self.witness: Witness | None = None
        export_panel._Work.__call__ = journal.around("export", export_panel._Work.__call__)
        self._fresh = 0

    def work(self) -> Iterator[int]:
        """What is done, one act after the other; what is given is the pause until the next key, ms."""
        yield from self._open()
        acts: dict[str, tuple[Callable[[], Iterator[int]], int]] = {
            "typing": (self._type_somewhere, 60),
            "rows": (self._rows, 10),
            "undo": (self._undo, 8),
            "page": (self._turn, 12),
            "save": (self._save, 3),
            "backup": (self._back_up, 3),
            "export": (self._export, 0),
            "reopen": (self._reopen, 2),
            "close": (self._close, 0),
        }
        names, weights = list(acts), [weight for _, weight in acts.values()]
        done = 0
        while True:
            name = self.rng.choices(names, weights)[0]
            if done and self.goal in acts and (self.rng.random() < 0.5 or self.goal == "close"):
                name = self.goal
            self.journal.phase(name)
            yield from acts[name][0]()
            done += 1
            yield self.rng.choice((0, 0, 30, 200, 450))

    # -- drafts ----------------------------------------------------------------------------------

    def _open(self) -> Iterator[int]:
        """Now and then another draft than the one that came with the start."""
        if self.window.workspace is None or self.rng.random() < 0.2:
            self.journal.phase("open")
            cards = sorted(self.window.shelf.cards(), key=lambda card: card.draft_id)
            card = self.rng.choice([card for card in cards if card.form in {"application", "summary_2027"}])
            self.window.open_draft(card.draft_id)
            yield 0
        while self.window.workspace is None or not self.window.workspace.session.engine.is_checked:
            yield 5
        self._watch()
        if self.rng.random() < 0.7:
            yield from self._turn()

    def _reopen(self) -> Iterator[int]:
        """Back to the start page and into a draft again: what was typed is stored on the way."""
        yield from self._keys(KEY.Key_S, CONTROL)
        self.window.show_start()
        yield 20
        yield from self._open()

    def _watch(self) -> None:
        if self.witness is None or self.witness.workspace is not self.workspace:
            self.witness = Witness(self.journal, self.workspace)

    @property
    def workspace(self) -> Workspace:
        found = self.window.workspace
        assert found is not None
        return found

    # -- keys ------------------------------------------------------------------------------------

    def _keys(
        self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
    ) -> Iterator[int]:
        focused = QApplication.focusWidget() or self.window
        QTest.keyClick(focused, key, modifier)
        yield 0

    def _strokes(self, words: tuple[str, ...], least: int = 2, most: int = 12) -> Iterator[tuple[str, int]]:
        """What is typed and the pause after it."""
        low, high = self.rng.choice(TEMPOS)
        for _ in range(self.rng.randint(least, most)):
            yield self.rng.choice(words), self.rng.randint(low, high)

    # -- typing ----------------------------------------------------------------------------------

    def _editors(self) -> list[FieldEditor]:
        page = self.workspace.navigator.page()
        found = page.findChildren(FieldEditor) if page is not None else []
        return [one for one in found if one.isVisible() and one.isEnabled()]

    def _type_somewhere(self) -> Iterator[int]:
        kinds: tuple[tuple[type[FieldEditor], Callable[[Any], Iterator[int]]], ...] = (
            (TableEditor, self._type_cell),
            (LongTextEditor, self._type_long),
            (LineEditor, self._type_line),
            (ChoiceEditor, self._choose),
            (MultiChoiceEditor, self._tick),
            (TreeEditor, self._type_node),
        )
        present = [
            (kind, act)
            for kind, act in kinds
            if any(isinstance(one, kind) and not isinstance(one, RegionEditor) for one in self._editors())
        ]
        if not present:  # the check page, the preview
            yield from self._turn()
            return
        kind, act = self.rng.choice(present)
        listed = [
            one for one in self._editors() if isinstance(one, kind) and not isinstance(one, RegionEditor)
        ]
        yield from act(self.rng.choice(listed))

    def _type_line(self, editor: LineEditor) -> Iterator[int]:
        editor.go_to(editor.path)
        entry, field = editor.entry, editor.place.field
        if self.rng.random() < 0.5:
            entry.selectAll()
        words: tuple[str, ...] = WORDS
        if field.type in {"integer", "decimal"}:
            words = NUMBERS
        elif field.type in {"date", "month"}:
            words = tuple("2027-061")
        elif field.width == "short" or len(entry.text()) > 60:
            entry.selectAll()
        for word, pause in self._strokes(words):
            self._write(entry, word)
            self.journal.typed(editor.path, editor.place.codec.parse(entry.text()))
            yield pause
            if not alive(entry) or QApplication.focusWidget() is not entry:
                return

    def _type_long(self, editor: LongTextEditor) -> Iterator[int]:
        editor.go_to(editor.path)
        text = editor.text
        text.moveCursor(self.rng.choice((QTextCursor.MoveOperation.End, QTextCursor.MoveOperation.Start)))
        if len(text.toPlainText()) > 900:
            text.selectAll()
        for word, pause in self._strokes(WORDS, 5, 60):
            if self.rng.random() < 0.06:
                QTest.keyClick(text, self.rng.choice((KEY.Key_Return, KEY.Key_Backspace)))
            else:
                self._write(text, word)
            self.journal.typed(editor.path, editor.place.codec.parse(text.toPlainText()))
            yield pause
            if not alive(text):
                return

    def _type_cell(self, editor: TableEditor) -> Iterator[int]:
        model, view = editor.model, editor.view
        if editor.row_form is not None or model.is_read_only or not view.isVisible():
            return
        hidden = view.hidden_columns()
        cells = [
            (row, column)
            for row in range(model.rowCount())
            for column in range(model.columnCount())
            if column not in hidden and model.is_editable(row, column)
            and model.columns[column].type in {"text", "longtext", "integer", "decimal", "date"}
        ]  # fmt: skip
        if not cells:
            return
        fresh = [cell for cell in cells if cell[0] == len(model.rows)]
        view.set_current(*self.rng.choice(fresh if fresh and self.rng.random() < 0.4 else cells))
        yield 0
        for _ in range(self.rng.randint(1, 3)):
            yield from self._type_here(editor)

    def _type_here(self, editor: TableEditor) -> Iterator[int]:
        """Into the current cell: its editor opens with the first key, and is left with Enter, Tab, or now and then Esc."""
        model, view = editor.model, editor.view
        here = view.currentIndex()
        if not here.isValid() or not model.is_editable(here.row(), here.column()):
            return
        column = model.columns[here.column()]
        QTest.keyClick(view, KEY.Key_F2)
        words = NUMBERS if column.type in {"integer", "decimal"} else WORDS
        self._fresh += 1
        path = model.path(here.row(), here.column()) or f"{model.table.name}[+{self._fresh}].{column.name}"
        before = self._stored_text(path)
        for word, pause in self._strokes(words):
            box = view.open_editor()
            if not isinstance(box, Entry | QPlainTextEdit):
                return
            self._write(box, word)
            path = self._tell_cell(editor, path, box)
            yield pause
            if not alive(view) or not view.isVisible():
                return
        box = view.open_editor()
        if box is None:
            return
        if self.rng.random() < 0.1:
            QTest.keyClick(box, KEY.Key_Escape)
            self.journal.write("typed", path=path, v=before)
        else:
            QTest.keyClick(box, self.rng.choice((KEY.Key_Return, KEY.Key_Tab)))
        if "[+" in path:
            self.journal.write("ended", path=path)
        yield 0

    def _tell_cell(self, editor: TableEditor, path: str, box: Entry | QPlainTextEdit) -> str:
        """What stands in an open cell; a row that did not exist has a path once it does."""
        model, here = editor.model, editor.view.currentIndex()
        text = box.text() if isinstance(box, Entry) else box.toPlainText()
        real = model.path(here.row(), here.column())
        if "[+" in path and real:
            self.journal.write("ended", path=path)
            path = real
        self.journal.typed(path, model.codec(model.columns[here.column()]).parse(text))
        return path

    def _stored_text(self, path: str) -> str:
        from pilotdesk.drafts.stored_json import value_text

        return "null" if "[+" in path else value_text(self.workspace.session.value(path))

    def _type_node(self, editor: TreeEditor) -> Iterator[int]:
        view = editor.view
        if not view.ids():
            return
        view.choose(self.rng.choice(list(view.ids())))
        view.setFocus()
        QTest.keyClick(view, self.rng.choice((KEY.Key_F2, KEY.Key_F2, KEY.Key_Insert)))
        for word, pause in self._strokes(("养老", "服务", "标准", "1"), 2, 8):
            box = view.indexWidget(view.currentIndex())
            if not isinstance(box, Entry):
                break
            self._write(box, word)
            for name, value in read_node(box.text()).items():
                self.journal.typed(cell_path(editor.path, view.current_id, name), value)
            yield pause
        box = view.indexWidget(view.currentIndex())
        if isinstance(box, Entry):
            QTest.keyClick(box, KEY.Key_Return)
        yield 0

    def _choose(self, editor: ChoiceEditor) -> Iterator[int]:
        editor.box.setFocus()
        for _ in range(self.rng.randint(1, 3)):
            QTest.keyClick(editor.box, self.rng.choice((KEY.Key_Down, KEY.Key_Up, KEY.Key_Delete)))
            yield self.rng.randint(0, 150)
            if not alive(editor):
                return

    def _tick(self, editor: MultiChoiceEditor) -> Iterator[int]:
        if editor.ticks:
            tick = self.rng.choice(list(editor.ticks.values()))
            tick.setFocus()
            QTest.keyClick(tick, KEY.Key_Space)
        yield 0

    def _write(self, widget: QWidget, word: str) -> None:
        """Letters and figures by key; Chinese as an input method does: first shown, then written."""
        if word.isascii():
            QTest.keyClicks(widget, word)
            return
        QApplication.sendEvent(widget, QInputMethodEvent("pin yin", []))
        event = QInputMethodEvent("", [])
        event.setCommitString(word)
        QApplication.sendEvent(widget, event)

    # -- everything else -------------------------------------------------------------------------

    def _rows(self) -> Iterator[int]:
        tables = [one for one in self._editors() if isinstance(one, TableEditor) and not one.model.is_fixed]
        if not tables:
            yield from self._turn()
            return
        view = self.rng.choice(tables).view
        if not view.rows_model.rows:
            return
        view.set_current(self.rng.randrange(len(view.rows_model.rows)), 0)
        for _ in range(self.rng.randint(1, 4)):
            _, key, modifier = self.rng.choice(TABLE_KEYS)
            QTest.keyClick(view, key, modifier)
            yield self.rng.choice((0, 60, 250))

    def _undo(self) -> Iterator[int]:
        for _ in range(self.rng.randint(1, 6)):
            key = self.rng.choice((KEY.Key_Z, KEY.Key_Z, KEY.Key_Y))
            yield from self._keys(key, CONTROL)
            yield self.rng.choice((0, 40, 200))

    def _turn(self) -> Iterator[int]:
        if self.rng.random() < 0.4:
            yield from self._keys(self.rng.choice((KEY.Key_PageDown, KEY.Key_PageUp)), CONTROL)
        else:
            names = [step.name for step in self.workspace.navigator.steps()]
            self.workspace.shell.sidebar.page_chosen.emit(self.rng.choice([*names, CHECK]))
        yield 10

    def _save(self) -> Iterator[int]:
        yield from self._keys(KEY.Key_S, CONTROL)

    def _back_up(self) -> Iterator[int]:
        self.window.safety.start()
        yield 0

    def _export(self) -> Iterator[int]:
        self.workspace.shell.sidebar.page_chosen.emit(PREVIEW)
        yield 0
        page = self.workspace.navigator.page()
        assert isinstance(page, PreviewPage)
        panel = page.export_panel
        panel.draft.setChecked(True)
        panel.folder.setText(str(self.window.shelf.store.path.parent / "out"))
        QTest.keyClick(panel.start, KEY.Key_Space)
        yield self.rng.choice((0, 300))

    def _close(self) -> Iterator[int]:
        self.window.close()
        yield 5_000


def alive(widget: QWidget) -> bool:
    from shiboken6 import isValid

    return isValid(widget) and widget.isVisible()
