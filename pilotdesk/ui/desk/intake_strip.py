"""The strip of the intake over the table: how far it is, with 取消; and what came of it, until it is folded away."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout

from pilotdesk.review.desk.records import Outcome
from pilotdesk.ui.components.basic import Button, Rule, Surface, SymbolLabel, row
from pilotdesk.ui.components.progress import ProgressBar
from pilotdesk.ui.components.text import ISSUE_EM, WrappedLabel

if TYPE_CHECKING:
    from pilotdesk.review.receiving import Received
    from pilotdesk.ui.look.theme import Look

_BAR_PX: Final = 140


class IntakeStrip(Surface):
    """One line: a symbol, a sentence, and what can be done about it.

    Attributes:
        said: the sentence. stop: 取消. unlock: 填密码, while packages wait for it.
        look_at: the button of the files that were not taken in. go_on: 接着收, of what was left the last time.

    Signals:
        cancelled: 取消.
        left_out_wanted: the files that were not taken in are to be shown.
        passwords_wanted: the passwords are to be asked for.
        go_on_wanted: what was left the last time is to be taken in.
        given_up: nobody wants to hear of that any more.
    """

    cancelled = Signal()
    left_out_wanted = Signal()
    passwords_wanted = Signal()
    go_on_wanted = Signal()
    given_up = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__("bg")
        self._symbol = SymbolLabel(look, "inbox", "primary", 17)
        self.said = WrappedLabel(look, "", "small", "text", line_em=ISSUE_EM)
        self.said.setAlignment(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
        self.bar = ProgressBar(look, name="收件进度")
        self.bar.setFixedWidth(look.scaled(_BAR_PX))
        self.stop = Button(look, "取消", small=True)
        self.unlock = Button(look, "填密码", small=True)
        self.look_at = Button(look, "", small=True)
        self.go_on = Button(look, "接着收", small=True)
        self.fold = Button(look, "", "ghost", small=True, icon="x", name="收起")
        self.stop.clicked.connect(self.cancelled)
        self.unlock.clicked.connect(self.passwords_wanted)
        self.look_at.clicked.connect(self.left_out_wanted)
        self.go_on.clicked.connect(self.go_on_wanted)
        self.fold.clicked.connect(self._on_folded)
        self._queued = ""
        line = row(self._symbol, spacing=10)
        line.addWidget(self.said, 1)
        for widget in (self.bar, self.unlock, self.stop, self.look_at, self.go_on, self.fold):
            line.addWidget(widget)
        line.setContentsMargins(14, 5, 14, 5)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addLayout(line)
        outer.addWidget(Rule())
        self.hide()

    def begin(self) -> None:
        """Something is being taken in."""
        self._queued = ""
        self._symbol.show_symbol("inbox", "primary")
        self.said.set_text("正在收件，看有哪些文件")
        self.bar.set_percent(None)
        for widget in (self.bar, self.stop):
            widget.show()
        for widget in (self.unlock, self.look_at, self.go_on, self.fold):
            widget.hide()
        self.show()

    def show_unfinished(self, sentence: str) -> None:
        """Say that something was not taken in to the end, with the way on."""
        self._symbol.show_symbol("alert-triangle-filled", "warn")
        self.said.set_text(sentence)
        for widget in (self.bar, self.unlock, self.stop, self.look_at):
            widget.hide()
        for widget in (self.go_on, self.fold):
            widget.show()
        self.show()

    def show_figures(self, found: int, looked: int, submissions: int) -> None:
        """Say how far it is."""
        self.said.set_text(
            f"正在收件，看了 {looked} / {found} 个文件，收进 **{submissions}** 件{self._queued}"
        )
        self.bar.set_percent(100 * looked / found if found else None)

    def show_waiting(self, count: int) -> None:
        """Say that more is going to be taken in after this."""
        self._queued = f"。收完接着收后面拖进来的 {count} 批" if count else ""

    def show_locked(self, count: int) -> None:
        """Say that packages wait for their passwords."""
        self.said.set_text(f"其余的收完了，有 **{count}** 个文件加了密码，等着密码")
        self.unlock.show()

    def show_end(self, received: Received) -> None:
        """Say what came of it."""
        left = received.files_left
        nothing = not received.outcomes  # another folder was meant
        asks = bool(left) or received.stopped or nothing
        self._symbol.show_symbol(
            "alert-triangle-filled" if asks else "circle-check-filled", "warn" if asks else "ok"
        )
        self.said.set_text(end_words(received))
        for widget in (self.bar, self.unlock, self.stop, self.go_on):
            widget.hide()
        self.look_at.set_text(f"看没收的 {left} 个")
        self.look_at.setVisible(bool(left))
        self.fold.show()
        self.show()

    def _on_folded(self) -> None:
        self.hide()
        if not self.go_on.isHidden():
            self.given_up.emit()


def end_words(received: Received) -> str:
    """What came of a run, in one sentence: ``收完了：新收 12 件，没有变化 3 件``."""
    counted = (
        ("新收", received.count(Outcome.NEW)),
        ("再次报来", received.count(Outcome.NEXT)),
        ("补到文件", received.count(Outcome.GREW)),
        ("没有变化", received.count(Outcome.SAME, Outcome.EARLIER)),
    )
    parts = [f"{words} **{count}** 件" for words, count in counted if count]
    if received.left_out:
        parts.append(f"没收进来的文件 **{received.files_left}** 个")
    if received.locked:
        why = "填的密码打不开" if received.tried else "等着密码"
        parts.append(f"其中 **{received.locked}** 个{why}")
    begun = "停下了，已收的都在" if received.stopped else "收完了"
    return f"{begun}：{'，'.join(parts)}" if parts else f"{begun}，没有找到申报材料"
