"""套用正式模板: the form that somebody else made, with what will stand where, and beside it what can be put there.

A place or the head of a column is chosen on the page, a field or column in the list; 放到这里 brings them together. What
the program is not sure of it shows as 请看一眼, and leaves it empty until a person has said yes. F8 goes from one such
place to the next, Enter says yes, Delete leaves it blank, Ctrl+Z takes back.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QSplitter, QWidget

from pilotdesk.ui.components.basic import Button, Label, row
from pilotdesk.ui.components.choice import OptionRow
from pilotdesk.ui.components.text import ElidedLabel
from pilotdesk.ui.dialogs.asking import Dialog
from pilotdesk.ui.filling.drop import mapping_in
from pilotdesk.ui.filling.side import FillingSide
from pilotdesk.ui.filling.view import TemplatePage
from pilotdesk.ui.filling.words import FREE, LEGEND, LIKELY, LOOK_AT, SURE

if TYPE_CHECKING:
    from pilotdesk.ui.filling.words import Work
    from pilotdesk.ui.look.theme import Look

WIDTH: Final = 1180
SIDE: Final = 340
LOW: Final = 520
"""Height below which the explanation of keys and marks gives its place to the page."""
KEYS: Final = "F8 下一处要看的　回车 对　Delete 不填　Ctrl+Z 撤销"


class FillingDialog(Dialog):
    """Looks over a mapping before a template is filled.

    Attributes:
        remember: whether the mapping is kept for the next time.

    Signals:
        read_wanted: a mapping of others is to be chosen. dropped: one was dropped here: its path.
        again_wanted: the button of the strip was clicked.
        fill_wanted: the template is to be filled.
    """

    read_wanted = Signal()
    dropped = Signal(Path)
    again_wanted = Signal()
    fill_wanted = Signal()

    def __init__(self, parent: QWidget, look: Look, work: Work) -> None:
        super().__init__(parent, look, f"套用正式模板：{work.title}", "", "file-text")
        self.setFixedWidth(min(look.scaled(WIDTH), parent.width() - 24))
        self.body.setContentsMargins(16, 12, 16, 12)
        self.body.setSpacing(8)
        self.setAcceptDrops(True)
        self.work = work
        self._key = ""
        self.page = TemplatePage()
        self.side = FillingSide(look, work)
        self.count = ElidedLabel("", "small", "text2")
        self.next = Button(look, "看下一处", "soft", small=True)
        self.strip = ElidedLabel("", "small", "text")
        self.again = Button(look, "", "link", small=True)
        self.back = Button(look, "撤销", icon="arrow-back-up", small=True)
        self.remember = OptionRow(look, "tick", "记住这份对应")
        self.remember.setChecked(True)
        self._build(is_low=parent.height() < LOW)
        self._connect()
        self.renew()
        self.page.setFocus()

    def _build(self, *, is_low: bool) -> None:
        legend = Label(LEGEND, "small", "text2")
        legend.setToolTip(KEYS)
        self.next.setToolTip("F8，往回是 Shift+F8")
        self.body.addLayout(row(legend, None, self.count, self.next))
        self.strip.setVisible(False)
        self.again.setVisible(False)
        self.body.addLayout(row(self.strip, self.again, None))
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setChildrenCollapsible(False)
        split.addWidget(self.page)
        split.addWidget(self.side)
        split.setStretchFactor(0, 1)
        beside = min(self.look.scaled(SIDE), self.width() * 2 // 5)
        split.setSizes([self.width() - beside, beside])
        split.setMinimumHeight(self.look.scaled(180))
        self.body.addWidget(split, 1)
        if not is_low:
            self.body.addWidget(Label(KEYS, "small", "text3"))
        self.remember.setToolTip("下次套用同一个模板，直接用这份对应")
        taking = Button(self.look, "装入别人的对应…", small=True)
        taking.setToolTip("也可以把 .toml 文件拖到这个窗口里")
        taking.clicked.connect(self.read_wanted)
        self.back.setToolTip("Ctrl+Z")
        self.leave = Button(self.look, "先不填")
        self.go = Button(self.look, "填好存为…", "primary")
        self.body.addLayout(row(taking, self.back, self.remember, None, self.leave, self.go))

    def _connect(self) -> None:
        self.page.chosen.connect(self.choose)
        self.page.confirmed.connect(self._on_enter)
        self.page.left.connect(self._on_nothing)
        self.side.put.connect(self._on_put)
        self.side.confirmed.connect(self._on_confirm)
        self.side.left.connect(self._on_nothing)
        self.side.list_left.connect(self._on_no_list)
        self.side.shown.connect(self.choose)
        self.next.clicked.connect(self.go_on)
        self.again.clicked.connect(self.again_wanted)
        self.back.clicked.connect(self._on_undo)
        self.leave.clicked.connect(self.reject)
        self.go.clicked.connect(self.fill_wanted)
        for keys, action in (("F8", self.go_on), ("Shift+F8", self.go_back), ("Ctrl+Z", self._on_undo)):
            QShortcut(QKeySequence(keys), self).activated.connect(action)

    # -- what it shows ---------------------------------------------------------------------------

    def renew(self) -> None:
        """Show the work as it is by now."""
        self.page.show_page(self.work.page(), self._key)
        self.side.show_place(self._key)
        counts, unsure = self.work.counts(), len(self.work.unsure())
        filled = counts.get(SURE, 0) + counts.get(LIKELY, 0)
        left = counts.get(FREE, 0) + counts.get(LOOK_AT, 0)
        looking = f"要看 {unsure} 处，" if unsure else ""
        self.count.set_text(f"{looking}填上 {filled} 栏，没放 {left} 栏")
        self.next.setVisible(bool(unsure))
        self.back.setVisible(self.work.can_undo)

    def say(self, text: str, action: str = "") -> None:
        """Say where the mapping comes from, and what can be done about it."""
        self.strip.set_text(text)
        self.strip.setVisible(bool(text))
        self.again.set_text(action)
        self.again.setVisible(bool(action))

    def choose(self, key: str) -> None:
        """Look at a place."""
        self._key = key
        self.page.show_chosen(key)
        self.side.show_place(key)

    # -- what one does ---------------------------------------------------------------------------

    def go_on(self) -> None:
        """Go to the next place that is not sure, from the last to the first again."""
        self._walk(1)

    def go_back(self) -> None:
        """Go to the one before."""
        self._walk(-1)

    def _walk(self, by: int) -> None:
        keys, unsure = self.work.page().keys, self.work.unsure()
        if not unsure:
            return
        at = keys.index(self._key) if self._key in keys else (-1 if by > 0 else len(keys))
        places = [keys.index(key) for key in unsure]
        further = [one for one in places if (one - at) * by > 0] or places
        self.choose(keys[further[0] if by > 0 else further[-1]])
        self.page.setFocus()

    def _on_enter(self) -> None:
        """Enter on the page: a guess is right; a free place asks what belongs there."""
        said = self.work.said(self._key)
        if said is None:
            return
        if said.path:
            self._on_confirm()
        else:
            self.side.search.setFocus()

    def _on_confirm(self) -> None:
        self._say_of_place(self.work.confirm)

    def _on_nothing(self) -> None:
        said = self.work.said(self._key)
        if said is not None and said.is_column:
            self.work.put(self._key, "")
            self.renew()
        else:
            self._say_of_place(self.work.leave)

    def _on_no_list(self) -> None:
        self._say_of_place(self.work.leave)

    def _say_of_place(self, action: object) -> None:
        """Say yes or no to the chosen place, and go on from one that was not sure."""
        if not self._key or not callable(action):
            return
        was_unsure = self._key.partition("#")[0] in {key.partition("#")[0] for key in self.work.unsure()}
        action(self._key)
        self.renew()
        if was_unsure and self.work.unsure():
            self.go_on()

    def _on_put(self, path: str) -> None:
        if self._key:
            self.work.put(self._key, path)
            self.renew()
            self.page.setFocus()

    def _on_undo(self) -> None:
        if self.work.can_undo:
            self._key = self.work.undo() or self._key
            self.renew()

    # -- Qt --------------------------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Qt: a mapping may be dropped."""
        if mapping_in(event.mimeData()) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Qt: the mapping is taken."""
        path = mapping_in(event.mimeData())
        if path is not None:
            event.acceptProposedAction()
            self.dropped.emit(path)
