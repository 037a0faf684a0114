"""历史: at the left when somebody worked on the draft, at the right what that changed, field by field.

Nothing here overwrites anything: what is restored is written as one more step, which can be undone and is in the history.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QModelIndex, Qt, QUrl, Signal
from PySide6.QtWidgets import QSplitter, QTextBrowser, QVBoxLayout, QWidget

from pilotdesk.drafts.compare import compare
from pilotdesk.drafts.records import WHOLE_DRAFT
from pilotdesk.forms.values import field_name
from pilotdesk.ui.components.basic import Button, Label, row
from pilotdesk.ui.components.choice import ChoiceBox
from pilotdesk.ui.components.text import ElidedLabel
from pilotdesk.ui.dialogs.asking import Dialog
from pilotdesk.ui.look.plain_text import escaped
from pilotdesk.ui.versions.history_list import SittingList
from pilotdesk.ui.versions.history_words import (
    ChangeWords,
    in_form_order,
    is_kept,
    label_of,
    marks_of,
    time_words,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from pilotdesk.drafts.compare import FieldChange
    from pilotdesk.drafts.history import Past, Sitting
    from pilotdesk.forms.model import Form
    from pilotdesk.forms.values import Value
    from pilotdesk.ui.look.theme import Look

WIDTH: Final = 940
LIST_WIDTH: Final = 260
BEFORE, NOW = "这之前", "现在"
FULL, OLD, NEW = "full", "old", "new"


class HistoryDialog(Dialog):
    """The history of a draft, or of one of its fields.

    Args:
        parent: the window.
        look: the theme in force.
        form: the form of the draft.
        read: gives its past as it is now.
        today: the local day.

    Signals:
        restore_wanted: path to value of what is to be put back, and words for it.
        undo_wanted: what was put back is to be taken back.
        name_wanted: number of the entry whose state is to get a name, and the name that it has.
    """

    restore_wanted = Signal(object, str)
    undo_wanted = Signal()
    name_wanted = Signal(int, str)

    def __init__(
        self, parent: QWidget, look: Look, form: Form, *, read: Callable[[], Past], today: date
    ) -> None:
        super().__init__(parent, look, "历史", "", "history")
        self.setFixedWidth(min(look.scaled(WIDTH), max(560, parent.width() - 40)))
        self._form, self._read, self._today = form, read, today
        self._past = read()
        self._field = ""
        self._full: set[str] = set()
        self._changes: tuple[FieldChange, ...] = ()
        self.list = SittingList(look, today)
        self.list.selectionModel().currentChanged.connect(self._on_current)
        self.against = ChoiceBox(look, BEFORE)
        self.against.setAccessibleName("和哪一版比")
        self.against.currentIndexChanged.connect(self._show_changes)
        self.text = QTextBrowser()
        self.text.setOpenLinks(False)
        self.text.setAccessibleName("改了什么")
        self.text.anchorClicked.connect(self._on_link)
        self._count = ElidedLabel("", "small", "text2")
        self._said = ElidedLabel("", "small", "ok")
        self._build()
        look.changed.connect(self._show_changes)

    def _build(self) -> None:
        look = self.look
        self._only = ElidedLabel("", "body", "text", weight=500)
        self.whole = Button(look, "看整份草稿", "link", small=True)
        self.whole.clicked.connect(self._on_whole)
        self.body.addLayout(row(self._only, self.whole, None))
        detail = QWidget()
        column = QVBoxLayout(detail)
        column.setContentsMargins(12, 0, 0, 0)
        column.setSpacing(6)
        self.against.setMinimumContentsLength(14)
        self.against.setMaximumWidth(look.scaled(300))
        column.addLayout(row(Label("比较：", "small", "text2"), self.against, self._count, None))
        column.addWidget(self.text, 1)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setChildrenCollapsible(False)
        split.addWidget(self.list)
        split.addWidget(detail)
        beside = max(look.scaled(LIST_WIDTH), self.width() // 3)
        split.setStretchFactor(1, 1)
        split.setSizes([beside, self.width() - beside])
        split.setMinimumHeight(look.scaled(150))
        self.body.addWidget(split, 1)
        self.undo = Button(look, "撤销恢复", "link", small=True)
        self.undo.clicked.connect(self._on_undo)
        self.name = Button(look, "给这一版起名", icon="flag")
        self.name.clicked.connect(self._on_name)
        self.restore = Button(look, "恢复到这一版", icon="arrow-back-up")
        self.restore.clicked.connect(self._on_restore)
        closing = Button(look, "看完了", "primary")
        closing.clicked.connect(self.close)
        self.body.addLayout(row(self._said, self.undo, None, self.name, self.restore, closing))

    # -- what it shows ---------------------------------------------------------------------------

    def show_past(self, path: str = "") -> None:
        """Show the draft, or the field of a path, from the newest sitting on."""
        self._field = field_name(path)
        self._only.set_text(f"只看：{label_of(self._form, self._field)}" if self._field else "")
        for widget in (self._only, self.whole):
            widget.setVisible(bool(self._field))
        self.restore.set_text("这一栏恢复到这一版" if self._field else "恢复到这一版")
        self._fill(0)
        self.say("", undoable=False)

    def renew(self, said: str, *, undoable: bool) -> None:
        """Show the past as it is by now; ``said`` is what was just done."""
        current = self.list.current()
        self._past = self._read()
        kept = [one.last for one in self._past.sittings(self._field)[::-1]]
        self._fill(kept.index(current.last) if current is not None and current.last in kept else 0)
        self.say(said, undoable=undoable)

    def say(self, said: str, *, undoable: bool) -> None:
        """Say what was done."""
        self._said.set_text(said)
        self.undo.setVisible(undoable)

    def _fill(self, at: int) -> None:
        self.list.sittings.show(self._past, self._field)
        self.against.blockSignals(True)
        self.against.clear()
        self.against.addItem(f"和{BEFORE}比", BEFORE)
        self.against.addItem(f"和{NOW}比", NOW)
        for sitting in self.list.sittings.sittings:
            names, _ = marks_of(self._past, sitting)
            self.against.addItem(f"和 {names or time_words(sitting, self._today)} 比", sitting.last)
        self.against.setCurrentIndex(0)
        self.against.blockSignals(False)
        self.list.select(at)
        self._show_changes()

    def _on_current(self, current: QModelIndex, _previous: QModelIndex) -> None:
        self._full.clear()
        if current.isValid():
            self._show_changes()

    def _versions(self, sitting: Sitting) -> tuple[int, int]:
        """The two entries after which the draft is compared, the older first."""
        chosen = self.against.currentData()
        if chosen in {BEFORE, None}:
            return sitting.first - 1, sitting.last
        other = self._past.entries[-1].seq if chosen == NOW else int(chosen)
        return min(other, sitting.last), max(other, sitting.last)

    def _show_changes(self) -> None:
        sitting = self.list.current()
        for button in (self.name, self.restore):
            button.setEnabled(sitting is not None)
        if sitting is None:
            self._changes = ()
            self._count.set_text("")
            self.text.setPlainText("这里还没有存过内容。")
            return
        older, newer = self._versions(sitting)
        found = in_form_order(self._form, compare(self._past.state(older), self._past.state(newer)))
        self._changes = tuple(one for one in found if not self._field or field_name(one.path) == self._field)
        self._count.set_text(f"改了 {len(self._changes)} 处" if self._changes else "两版一样")
        names, _ = marks_of(self._past, sitting)
        self.name.set_text("改这一版的名字" if names else "给这一版起名")
        self.text.setHtml(self._html())

    def _html(self) -> str:
        """Every change with its marks, and what can be done about it."""
        look, now = self.look, self._past.state()
        words = ChangeWords(self._form, look.theme.palette)
        parts = [
            self._change_html(words, at, change, now.get(change.path))
            for at, change in enumerate(self._changes)
        ]
        line = f'<hr style="background-color:{look.theme.palette.line}">'
        style = f"p {{ margin: 0 0 4px 0; }} .small {{ font-size: {look.px('small')}px; }} a {{ text-decoration: none; }}"
        shown = line.join(parts) or f"<p>{self._nothing()}</p>"
        return f'<style>{style}</style><div style="font-size:{look.px("body")}px">{shown}</div>'

    def _nothing(self) -> str:
        sitting = self.list.current()
        if sitting is not None and sitting.paths == {WHOLE_DRAFT} and self.against.currentData() == BEFORE:
            return "删去和找回都不改填的内容，一栏也没有动。"
        return "两版没有不一样的地方。"

    def _change_html(self, words: ChangeWords, at: int, change: FieldChange, now: Value) -> str:
        lines, is_cut = words.lines(change, full=bool(self._field) or change.path in self._full)
        body = "".join(f"<p>{line}</p>" for line in lines)
        links = (
            [_link(FULL, at, "看全文" if not change.rows else f"全部 {len(change.rows)} 行")]
            if is_cut
            else []
        )
        if is_kept(self._form, change.path):
            links += [_link(OLD, at, "这一栏恢复成改前的")] if change.before != now else []
            links += [_link(NEW, at, "这一栏恢复成改后的")] if change.after != now else []
        foot = f'<p class="small">{" &nbsp;·&nbsp; ".join(links)}</p>' if links else ""
        return f"<p><b>{escaped(label_of(self._form, change.path))}</b></p>{body}{foot}"

    # -- what one does ---------------------------------------------------------------------------

    def _on_whole(self) -> None:
        self.show_past()

    def _on_link(self, url: QUrl) -> None:
        kind, _, at = url.toString().partition("-")
        change = self._changes[int(at)]
        if kind == FULL:
            self._full.add(change.path)
            place = self.text.verticalScrollBar().value()
            self._show_changes()
            self.text.verticalScrollBar().setValue(place)
            return
        value = change.before if kind == OLD else change.after
        self._want({change.path: value}, label_of(self._form, change.path))

    def _on_restore(self) -> None:
        sitting = self.list.current()
        if sitting is None:
            return
        wanted = {
            change.path: change.after
            for change in compare(self._past.state(), self._past.state(sitting.last))
            if is_kept(self._form, change.path) and self._field in {"", field_name(change.path)}
        }
        if wanted:
            self._want(wanted, f"{len(wanted)} 栏")
        else:
            self.say("现在就是这一版，没有要恢复的。", undoable=False)

    def _want(self, values: Mapping[str, Value], words: str) -> None:
        self.restore_wanted.emit(values, words)

    def _on_undo(self) -> None:
        self.undo_wanted.emit()

    def _on_name(self) -> None:
        sitting = self.list.current()
        if sitting is not None:
            self.name_wanted.emit(sitting.last, marks_of(self._past, sitting)[0])


def _link(kind: str, at: int, words: str) -> str:
    return f'<a href="{kind}-{at}">{words}</a>'
