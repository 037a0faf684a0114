"""Beside the template: what is said of the chosen place, and what can be put there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from pilotdesk.ui.components.basic import Button, row
from pilotdesk.ui.components.text import WrappedLabel
from pilotdesk.ui.filling.words import FREE, MARKS, WORDS
from pilotdesk.ui.look.plain_text import plain_tip

if TYPE_CHECKING:
    from pilotdesk.ui.filling.words import FieldLine, Said, Work
    from pilotdesk.ui.look.theme import Look

CLICK_ONE: Final = "点左边有颜色的地方，看看填得对不对。"


class FillingSide(QWidget):
    """The chosen place, its buttons, and the list.

    Signals:
        put: something of the list is to stand at the chosen place: its path.
        confirmed: the chosen place is right. left: it stays blank; list_left: so does its whole list.
        shown: a field of the list was chosen that stands somewhere: the key of its place.
    """

    put = Signal(str)
    confirmed = Signal()
    left = Signal()
    list_left = Signal()
    shown = Signal(str)

    def __init__(self, look: Look, work: Work) -> None:
        super().__init__()
        self._look = look
        self._work = work
        self._key = ""
        self._lines: list[FieldLine] = []
        self.here = WrappedLabel(look, CLICK_ONE, "small", "text2")
        self.right = Button(look, "就是这里", "soft", small=True)
        self.right.setToolTip("回车")
        self.put_here = Button(look, "放到这里", "soft", small=True)
        self.nothing = Button(look, "不填这里", small=True)
        self.nothing.setToolTip("Delete 键")
        self.no_list = Button(look, "整张表不填", small=True)
        self.search = QLineEdit()
        self.list = QListWidget()
        self._build()
        self.right.clicked.connect(self.confirmed)
        self.put_here.clicked.connect(self._on_put)
        self.nothing.clicked.connect(self.left)
        self.no_list.clicked.connect(self.list_left)
        self.search.textChanged.connect(self._show_lines)
        self.search.returnPressed.connect(self._on_first)
        self.list.currentItemChanged.connect(self._on_line)
        self.list.itemActivated.connect(self._on_put)

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.here)
        column.addLayout(row(self.right, self.put_here, self.nothing, self.no_list, None, spacing=6))
        self.search.setClearButtonEnabled(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        column.addWidget(self.search)
        column.addWidget(self.list, 1)

    # -- what it shows ---------------------------------------------------------------------------

    def show_place(self, key: str) -> None:
        """Show what is said of a place and what can be put there; empty for none."""
        said = self._work.said(key) if key else None
        was_column = self._is_column()
        self._key = key if said is not None else ""
        if was_column != self._is_column():
            self.search.clear()
        what = "找我们的列" if self._is_column() else "找栏目"
        self.search.setPlaceholderText(what)
        self.search.setAccessibleName(what)
        self.list.setAccessibleName("可以填进这一列的" if self._is_column() else "草稿里填了的栏目")
        self._show_lines(stand=True)
        unsure = len(self._work.unsure())
        ask = f"有 {unsure} 处要看一眼：按 F8，或点“看下一处”。" if unsure else CLICK_ONE
        self.here.set_text(said.text if said is not None else ask)
        self._show_buttons(said)
        if self.list.selectedItems():
            self.list.scrollToItem(self.list.selectedItems()[0], QListWidget.ScrollHint.PositionAtCenter)

    def _show_buttons(self, said: Said | None) -> None:
        line = self._line()
        self.right.setVisible(said is not None and said.can_confirm)
        self.right.set_text("整张表对" if said is not None and said.is_column else "就是这里")
        same = line is not None and said is not None and line.path == said.path
        self.put_here.setVisible(said is not None and line is not None and not same)
        self.nothing.setVisible(said is not None and (bool(said.path) or said.state == FREE))
        self.nothing.set_text("不填这列" if said is not None and said.is_column else "不填这里")
        self.no_list.setVisible(said is not None and said.is_column)

    def _show_lines(self, *_: object, stand: bool = False) -> None:
        """Fill the list; ``stand`` on what the chosen place has."""
        wanted = self.search.text().strip()
        kept = self._line()
        said = self._work.said(self._key) if self._key else None
        chosen = said.path if stand and said is not None else kept.path if kept is not None else None
        self.list.blockSignals(True)
        self.list.clear()
        self._lines = [one for one in self._work.lines(self._key) if wanted in one.label]
        for one in self._lines:
            entry = QListWidgetItem(_words(one, plain=self._is_column()))
            entry.setToolTip(plain_tip(entry.text()))
            self.list.addItem(entry)
            if one.path == chosen or (chosen and one.path in chosen.split("+")):
                self.list.setCurrentItem(entry)
        self.list.blockSignals(False)

    def _is_column(self) -> bool:
        return "#" in self._key

    def _line(self) -> FieldLine | None:
        entries = self.list.selectedItems()
        return self._lines[self.list.row(entries[0])] if entries else None

    # -- what one does ---------------------------------------------------------------------------

    def _on_line(self) -> None:
        """A field that stands somewhere shows where, unless a place waits for one."""
        line = self._line()
        said = self._work.said(self._key) if self._key else None
        waits = said is not None and (not said.path or said.is_column)
        if line is not None and line.keys and self._key not in line.keys and not waits:
            self.shown.emit(line.keys[0])
        else:
            self._show_buttons(said)

    def _on_first(self) -> None:
        """Enter in the search: the only thing found is meant, of several one goes on choosing."""
        if self.list.count() and self.list.currentRow() < 0:
            self.list.setCurrentRow(0)
        if self.list.count() == 1:
            self._on_put()
        elif self.list.count():
            self.list.setFocus()

    def _on_put(self) -> None:
        line = self._line()
        if line is None or not self._key:
            return
        if line.is_list:
            self.here.set_text(f"**{line.label}是一张表**\n请点模板里那张表的表头，一列一列地选。")
        else:
            self.search.clear()  # what was looked for has its place; the next one waits for something else
            self.put.emit(line.path)


def _words(line: FieldLine, *, plain: bool) -> str:
    """A line of the list: its mark, its label, and how sure it is; ``plain`` without the last."""
    mark = MARKS[line.state] if line.state != FREE else "　"
    if plain:
        return f"{mark} {line.label}{f'（{line.note}）' if line.note else ''}"
    return f"{mark} {line.label}（{WORDS[line.state] if line.state != FREE else '没放'}）"
