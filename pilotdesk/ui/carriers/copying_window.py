"""录入助手: a small window above all others that hands out one answer after the other for typing into the online system."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy, QVBoxLayout, QWidget

from pilotdesk.documents.copying import copy_steps
from pilotdesk.projects.copying import CopyWalk
from pilotdesk.ui.components.basic import Button, Chip, Label, Surface, row
from pilotdesk.ui.components.choice import ChoiceBox, OptionRow
from pilotdesk.ui.components.overlay import FocusRing
from pilotdesk.ui.components.progress import ProgressBar
from pilotdesk.ui.components.text import ElidedLabel, WrappedLabel
from pilotdesk.ui.navigation.search_panel import SearchPanel

if TYPE_CHECKING:
    from PySide6.QtGui import QCloseEvent

    from pilotdesk.documents.copying import CopyStep
    from pilotdesk.projects.copying import Place
    from pilotdesk.session import Change, Session
    from pilotdesk.ui.look.theme import Look

TITLE: Final = "录入助手"
WIDTH: Final = 340
HEIGHT: Final = 410
PAUSE_MS: Final = 150
"""Answers that are being typed in the window are shown here after this pause."""
REMARKS: Final = {
    "chosen": "在系统里从列表里选这一个。",
    "file": "在系统里上传这个文件；上报材料包的“附件原件”里有。",
    "blank": "没有填。系统里这一栏空着，或照要求写“无”。",
}
UNREAD: Final = "程序没看懂这样写，录之前再看一眼。"
END: Final = "走完了。"


class CopyingWindow(QWidget):
    """One answer at a time, with the button that copies it and goes on.

    Attributes:
        walk: where it is.

    Signals:
        moved: the place is to be kept.
        closed: nobody needs it any more.
    """

    moved = Signal()
    closed = Signal()

    def __init__(self, look: Look, session: Session, place: Place) -> None:
        # Without a parent: a window that belongs to another one is minimised along with it.
        super().__init__(None, Qt.WindowType.Window | Qt.WindowType.WindowStaysOnTopHint)
        self._look = look
        self._session = session
        self.walk = CopyWalk(copy_steps(session.form, session.freeze()), place)
        self.setWindowTitle(TITLE)
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, on=False)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setProperty("ground", "surface")
        self._make_parts()
        self._lay_out()
        self._connect()
        FocusRing(look, self)
        self._renewal = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._renewal.timeout.connect(self.renew)
        self._end = session.subscribe(self._on_change)
        self._fit()
        look.changed.connect(self._fit)
        self.show_step()

    # -- parts -----------------------------------------------------------------------------------

    def _make_parts(self) -> None:
        look = self._look
        self.count = Label("", "small", "text2")
        self.bar = ProgressBar(look, name="复制了多少")
        self.parts = ChoiceBox(look, "去哪一部分")
        self.parts.setAccessibleName("去哪一部分")
        self.finder = Button(
            look, "", "ghost", icon="search", small=True, name="找栏目：编号、词语或拼音首字母"
        )
        self.part = ElidedLabel("", "small", "text2")
        self.label = WrappedLabel(look, "", "group", "text", line_em=1.35)
        self.place = ElidedLabel("", "small", "text2")
        self.chip = Chip(look, "")
        self.value = QPlainTextEdit()
        self.value.setReadOnly(True)
        self.value.setAccessibleName("要录入的内容")
        self.value.setMinimumHeight(look.scaled(56))
        self.value.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.remark = WrappedLabel(look, "", "small", "text2")
        self.copy = Button(look, "", "primary", icon="copy")
        self.copy.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.back = Button(look, "上一个", small=True)
        self.skip = Button(look, "跳过", small=True)
        self.past = Button(look, "跳过这张表", small=True)
        self.blanks = OptionRow(look, "tick", "没填的也走")
        self.blanks.setChecked(self.walk.place.blanks)
        self.last = ElidedLabel("", "small", "ok")

    def _lay_out(self) -> None:
        head = Surface("side")
        top = QVBoxLayout(head)
        top.setContentsMargins(14, 8, 14, 10)
        top.setSpacing(6)
        line = row(spacing=6)
        line.addWidget(self.parts, 1)
        line.addWidget(self.finder)
        top.addLayout(line)
        top.addLayout(row(self.count, None, self.blanks))
        top.addWidget(self.bar)
        body = QVBoxLayout()
        body.setContentsMargins(14, 8, 14, 12)
        body.setSpacing(7)
        body.addWidget(self.part)
        name = row(spacing=8)
        name.addWidget(self.label, 1)
        name.addWidget(self.chip, 0, Qt.AlignmentFlag.AlignTop)
        body.addLayout(name)
        body.addWidget(self.place)
        body.addWidget(self.value, 1)
        body.addWidget(self.remark)
        body.addWidget(self.copy)
        body.addLayout(row(self.back, self.skip, self.past, None))
        body.addWidget(self.last)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(head)
        whole.addLayout(body, 1)
        self._search = SearchPanel(self._look, self._session, self)

    def _connect(self) -> None:
        self.copy.clicked.connect(self.copy_and_go_on)
        self.back.clicked.connect(lambda: self.go(-1))
        self.skip.clicked.connect(lambda: self.go(1))
        self.past.clicked.connect(self._on_past)
        self.parts.activated.connect(self._on_part)
        self.blanks.toggled.connect(self._on_blanks)
        self.finder.clicked.connect(lambda: self._search.open_at(self.finder))
        self._search.place_chosen.connect(self._on_found)
        for widget in (self.copy, self.back, self.skip, self.past, self.finder, self.value, self.blanks):
            widget.installEventFilter(self)

    def _fit(self) -> None:
        """The width of its type size, and no higher than the screen."""
        width, height = self._look.scaled(WIDTH), self._look.scaled(HEIGHT)
        room = self.screen().availableGeometry()
        self.setMinimumWidth(width)
        self.resize(width, min(height, room.height() - 40))
        self._search.setFixedWidth(min(self._search.width(), width - 12))

    # -- showing ---------------------------------------------------------------------------------

    def show_step(self) -> None:
        """Show the step one is at."""
        walk, step = self.walk, self.walk.current
        total = len(walk.shown)
        self.count.setText(f"{min(walk.index + 1, total)} / {total}")
        self.bar.set_percent(100 * walk.copied / total if total else 0)
        self._show_parts()
        if step is None:
            self._show_end()
        else:
            self._show(step)
        self.back.setEnabled(walk.index > 0)
        self.back.setToolTip("" if walk.index > 0 else "这是第一个")
        self.skip.setEnabled(step is not None)
        self.skip.setToolTip("" if step is not None else "后面没有了")
        self.past.setVisible(step is not None and bool(step.place))
        if not self._search.isVisible():
            self.copy.setFocus()

    def _show(self, step: CopyStep) -> None:
        blank = step.kind == "blank"
        self.part.set_text(step.part)
        head = f"{step.number} {step.label}".strip()
        self.label.set_text(f"{head}　**{step.detail}**" if step.detail else f"**{head}**")
        self.place.set_text(f"{step.place}：{step.about}" if step.about else step.place)
        self.place.setVisible(bool(step.place))
        self.value.setPlainText(step.value)
        self.value.setVisible(not blank)
        said = [f"单位：{step.unit}，不用输。" if step.unit else "", REMARKS.get(step.kind, "")]
        self.remark.set_text(UNREAD if step.unread else "".join(said))
        self.remark.set_tone("warn" if step.unread else "text2")
        self.remark.setVisible(bool(self.remark.plain))
        state = self.walk.state(step)
        self.chip.show_state(
            {"": "", "copied": "复制过", "changed": "后来改了"}[state],
            "warn" if state == "changed" else "ok",
            "alert-triangle-filled" if state == "changed" else "check",
        )
        self.copy.set_text(
            "下一个" if blank else "复制文件名，下一个" if step.kind == "file" else "复制，下一个"
        )
        self.copy.set_icon("arrow-right" if blank else "copy")

    def _show_end(self) -> None:
        walk = self.walk
        left = len(walk.shown) - walk.copied
        self.part.set_text("")
        self.label.set_text(f"**{END}**")
        self.place.hide()
        self.value.hide()
        self.chip.show_state("", "ok")
        text = f"还有 {left} 处没有复制过。" if left else "都复制过了。录完在系统里从头看一遍。"
        self.remark.set_text(text)
        self.remark.set_tone("text2")
        self.remark.show()
        self.copy.set_text("去没复制过的" if left else "从头再看")
        self.copy.set_icon("arrow-right")

    def _show_parts(self) -> None:
        """The parts with how far each of them is; the list is only written anew when it differs."""
        step = self.walk.current
        entries = [
            (f"✓ {words}" if done == total else f"{words}（{done}/{total}）", name)
            for name, words, done, total in self.walk.parts()
        ]
        for at, (words, name) in enumerate(entries):
            if at == self.parts.count():
                self.parts.addItem(words, name)
            elif (self.parts.itemText(at), self.parts.itemData(at)) != (words, name):
                self.parts.setItemText(at, words)
                self.parts.setItemData(at, name)
        while self.parts.count() > len(entries):
            self.parts.removeItem(self.parts.count() - 1)
        names = [name for _, name in entries]
        self.parts.setCurrentIndex(names.index(step.part_name) if step else -1)

    # -- what is done ----------------------------------------------------------------------------

    def copy_and_go_on(self) -> None:
        """Put the value on the clipboard and go to the next step."""
        step = self.walk.current
        if step is None:
            self._from_the_end()
            return
        if step.kind != "blank":
            QGuiApplication.clipboard().setText(step.value)
            self.walk.mark()
            self.last.set_text(f"剪贴板里是 {step.name}")
        self.go(1)

    def _from_the_end(self) -> None:
        shown = self.walk.shown
        left = (at for at, step in enumerate(shown) if self.walk.state(step) != "copied")
        self.go(next(left, 0) - self.walk.index)

    def go(self, by: int) -> None:
        """Go so many steps on, or back."""
        self.walk.move(by)
        self._after_move()

    def _after_move(self) -> None:
        self.show_step()
        self.moved.emit()

    def _on_past(self) -> None:
        self.walk.next_field()
        self._after_move()

    def _on_part(self, index: int) -> None:
        self.walk.go_to_part(self.parts.itemData(index))
        self._after_move()

    def _on_blanks(self, shown: bool) -> None:
        self.walk.show_blanks(shown=shown)
        self._after_move()

    def _on_found(self, path: str) -> None:
        if self.walk.go_to(path):
            self._after_move()

    def _on_change(self, _change: Change) -> None:
        self._renewal.start()

    def renew(self) -> None:
        """Show the answers as they are now."""
        self._renewal.stop()
        session = self._session
        self.walk.renew(copy_steps(session.form, session.freeze()))
        self.show_step()

    # -- Qt --------------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt: ↑ ↓ walk wherever the focus is; Enter and Space copy, also from the text."""
        if event.type() is not QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return super().eventFilter(watched, event)
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return False
        key = event.key()
        if key in {Qt.Key.Key_Up, Qt.Key.Key_Down}:
            self.go(1 if key == Qt.Key.Key_Down else -1)
            return True
        enter = key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        if watched in {self.copy, self.value} and (enter or key == Qt.Key.Key_Space):
            self.copy_and_go_on()
            return True
        return False

    def closeEvent(self, event: QCloseEvent) -> None:
        """Qt: what was reached is kept."""
        self._renewal.stop()
        self._end()
        self._end = _nothing
        self.closed.emit()
        super().closeEvent(event)


def _nothing() -> None:
    """A listener that has ended already."""
