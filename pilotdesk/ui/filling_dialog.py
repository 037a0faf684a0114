"""套用正式模板: the form that somebody else made, with what will stand where, and beside it the fields of the draft.

A place is chosen on the page, a field in the list; 放到这里 brings them together. What the program is not sure of it
shows as 请看一眼, and leaves it empty until a person has said yes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Protocol

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QColor, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import (
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QSplitter,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from pilotdesk.record import Record
from pilotdesk.ui.components import Button, Label, row
from pilotdesk.ui.components_choice import OptionRow
from pilotdesk.ui.components_text import ElidedLabel, WrappedLabel
from pilotdesk.ui.dialogs import Dialog
from pilotdesk.ui.filling_page import FREE, LOOK_AT, MARKS, SURE, Spot, page_html
from pilotdesk.ui.tokens import LIGHT

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from lxml.etree import _Element

    from pilotdesk.ui.theme import Look

WIDTH: Final = 1180
SIDE: Final = 330
LEGEND: Final = f"{MARKS[SURE]} 拿得准　{MARKS[LOOK_AT]} 请看一眼　{MARKS[FREE]} 还空着"
STATE_WORDS: Final = {
    SURE: "拿得准，会填上。",
    LOOK_AT: "只是猜的，您点“就是这里”才填。",
    FREE: "还没有安排。在下面选一栏，再点“放到这里”；不用填的不用管。",
}
_PATH: Final = Qt.ItemDataRole.UserRole


class FieldLine(Record, frozen=True, kw_only=True):
    """A field of the draft that has something to print.

    Attributes:
        state: ``sure``, ``look`` or ``free`` (stands nowhere). keys: its places.
    """

    path: str
    label: str
    state: str
    keys: tuple[str, ...] = ()


class Work(Protocol):
    """A template, its mapping and the draft."""

    title: str

    def body(self) -> _Element:
        """``w:body`` of the template."""

    def spots(self) -> Mapping[_Element, Sequence[Spot]]:
        """Its places by cell or paragraph."""

    def fields(self) -> Sequence[FieldLine]:
        """The fields in the order of the form."""

    def why(self, key: str) -> str:
        """What the place says of itself, and why its field was found."""

    def put(self, key: str, path: str) -> None:
        """Put a field at a place, or nothing with an empty path; both count as said by a person."""


class TemplatePage(QTextBrowser):
    """The template; Tab goes from place to place, Enter chooses one.

    Signals:
        chosen: key of a place.
    """

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._keys: list[str] = []
        self._marked: tuple[QTextCursor, QTextCharFormat] | None = None
        self.setOpenLinks(False)
        self.setAccessibleName("模板，Tab 键在要填的地方之间走，回车选中")
        self.anchorClicked.connect(self._on_link)

    def show_work(self, work: Work, chosen: str) -> None:
        """Draw anew, where it was scrolled to."""
        at = self.verticalScrollBar().value()
        self._keys = [spot.key for group in work.spots().values() for spot in group]
        self._marked = None
        self.setHtml(page_html(work.body(), work.spots()))
        self.verticalScrollBar().setValue(at)
        self.show_chosen(chosen)

    def show_chosen(self, key: str) -> None:
        """Mark a place and stand there, so that Tab goes on from it."""
        if self._standing() != key and key in self._keys:
            for _ in self._keys:
                self.focusNextPrevChild(True)
                if self._standing() == key:
                    break
        self._unmark()
        if self._standing() == key and key:
            caret = self.textCursor()
            self._marked = (caret, caret.charFormat())
            mark = QTextCharFormat()
            mark.setBackground(QColor(LIGHT.primary))
            mark.setForeground(QColor(LIGHT.on_primary))
            caret.mergeCharFormat(mark)

    def _unmark(self) -> None:
        if self._marked is not None:
            caret, before = self._marked
            caret.mergeCharFormat(before)
            self._marked = None

    def _standing(self) -> str:
        """Key of the place that Tab came to; empty when it is none."""
        caret = self.textCursor()
        return caret.charFormat().anchorHref() if caret.hasSelection() else ""

    def _on_link(self, url: QUrl) -> None:
        self.chosen.emit(url.toString())


class FillingDialog(Dialog):
    """Looks over a mapping before a template is filled.

    Attributes:
        remember: whether the mapping is kept for the next time.

    Signals:
        read_wanted, write_wanted: a mapping of others is to be read, or this one written for them.
        fill_wanted: the template is to be filled.
    """

    read_wanted = Signal()
    write_wanted = Signal()
    fill_wanted = Signal()

    def __init__(self, parent: QWidget, look: Look, work: Work) -> None:
        super().__init__(parent, look, f"套用正式模板：{work.title}", "", "file-text")
        self.setFixedWidth(min(look.scaled(WIDTH), parent.width() - 24))
        self.body.setContentsMargins(16, 12, 16, 12)
        self.body.setSpacing(8)
        self.work = work
        self._key = ""
        self.page = TemplatePage()
        self.search = QLineEdit()
        self.list = QListWidget()
        self.here = WrappedLabel(look, "点左边有颜色的地方，看看填得对不对。", "small", "text2")
        self.count = ElidedLabel("", "small", "text2")
        self.put = Button(look, "放到这里", "soft", small=True)
        self.nothing = Button(look, "不填这里", small=True)
        self.remember = OptionRow(look, "tick", "记住这份对应")
        self.remember.setChecked(True)
        self._build()
        self._connect()
        self.renew()

    def _build(self) -> None:
        side = QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(10, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.here)
        column.addLayout(row(self.put, self.nothing, None))
        self.search.setPlaceholderText("找栏目")
        self.search.setAccessibleName("找栏目")
        self.list.setAccessibleName("草稿里填了的栏目")
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        column.addWidget(self.search)
        column.addWidget(self.list, 1)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setChildrenCollapsible(False)
        split.addWidget(self.page)
        split.addWidget(side)
        split.setStretchFactor(0, 1)
        beside = min(self.look.scaled(SIDE), self.width() * 2 // 5)
        split.setSizes([self.width() - beside, beside])
        split.setMinimumHeight(self.look.scaled(180))
        self.body.addLayout(row(Label(LEGEND, "small", "text2"), None, self.count))
        self.body.addWidget(split, 1)
        self.remember.setToolTip("下次套用同一个模板，直接用这份对应")
        taking = Button(self.look, "装入别人的对应…", small=True)
        giving = Button(self.look, "存成文件给别人用…", small=True)
        taking.clicked.connect(self.read_wanted)
        giving.clicked.connect(self.write_wanted)
        self.leave = Button(self.look, "先不填")
        self.go = Button(self.look, "填好存为…", "primary")
        self.body.addLayout(row(taking, giving, self.remember, None, self.leave, self.go))

    def _connect(self) -> None:
        self.page.chosen.connect(self.choose)
        self.search.textChanged.connect(self._show_fields)
        self.list.currentItemChanged.connect(self._on_field)
        self.list.itemActivated.connect(self._on_put)
        self.put.clicked.connect(self._on_put)
        self.nothing.clicked.connect(self._on_nothing)
        self.leave.clicked.connect(self.reject)
        self.go.clicked.connect(self.fill_wanted)

    # -- what it shows ---------------------------------------------------------------------------

    def renew(self) -> None:
        """Show the work as it is by now."""
        self.page.show_work(self.work, self._key)
        self._show_fields()
        fields = self.work.fields()
        counts = {state: sum(one.state == state for one in fields) for state in (SURE, LOOK_AT, FREE)}
        self.count.set_text(f"放好 {counts[SURE]} 栏，请看 {counts[LOOK_AT]} 栏，没放 {counts[FREE]} 栏")
        self._show_here()

    def choose(self, key: str) -> None:
        """Look at a place."""
        self._key = key
        self.page.show_chosen(key)
        self._show_here()
        for number in range(self.list.count()):
            if key in self._line(self.list.item(number)).keys:
                self.list.setCurrentRow(number)

    def _show_here(self) -> None:
        spot = self._spot(self._key)
        for button in (self.put, self.nothing):
            button.setVisible(spot is not None)
        if spot is None:
            return
        self.here.set_text(f"**{self.work.why(spot.key)}**\n{STATE_WORDS[spot.state]}")
        same = self.list.currentRow() >= 0 and spot.key in self._line(self.list.currentItem()).keys
        self.put.setVisible(not same or spot.state != SURE)
        self.put.set_text("就是这里" if same and spot.state == LOOK_AT else "放到这里")

    def _show_fields(self) -> None:
        wanted = self.search.text().strip()
        kept = str(self.list.currentItem().data(_PATH)) if self.list.currentRow() >= 0 else ""
        self.list.blockSignals(True)
        self.list.clear()
        for one in self.work.fields():
            if wanted and wanted not in one.label:
                continue
            mark = MARKS[one.state] if one.state != FREE else "　"
            tail = "" if one.state != FREE else "（没放）"
            item = QListWidgetItem(f"{mark} {one.label}{tail}")
            item.setData(_PATH, one.path)
            self.list.addItem(item)
            if one.path == kept:
                self.list.setCurrentItem(item)
        self.list.blockSignals(False)

    def _spot(self, key: str) -> Spot | None:
        spots = (spot for group in self.work.spots().values() for spot in group)
        return next((spot for spot in spots if spot.key == key), None)

    def _line(self, item: QListWidgetItem) -> FieldLine:
        path = str(item.data(_PATH))
        return next(one for one in self.work.fields() if one.path == path)

    # -- what one does ---------------------------------------------------------------------------

    def _on_field(self, current: QListWidgetItem | None, _previous: QListWidgetItem | None) -> None:
        """A field that stands somewhere shows where, unless a free place waits for one."""
        if current is None:
            return
        spot, keys = self._spot(self._key), self._line(current).keys
        if keys and self._key not in keys and (spot is None or spot.state != FREE):
            self._key = keys[0]
            self.page.show_chosen(self._key)
        self._show_here()

    def _on_put(self) -> None:
        if self._key and self.list.currentRow() >= 0:
            self.work.put(self._key, str(self.list.currentItem().data(_PATH)))
            self.renew()

    def _on_nothing(self) -> None:
        if self._key:
            self.work.put(self._key, "")
            self.renew()
