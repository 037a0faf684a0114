"""One submission among those that are sent back: whose it is, how much is asked for, and every line of it with a tick."""

from __future__ import annotations

from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from msgspec.structs import replace
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pilotdesk.review.slips.asking import count_words, place_words
from pilotdesk.review.slips.slip_papers import GROUPS
from pilotdesk.rules.issue import Severity
from pilotdesk.ui.components.basic import Button, Card, Label, row
from pilotdesk.ui.components.choice import OptionRow
from pilotdesk.ui.components.text import WrappedLabel
from pilotdesk.ui.look.plain_text import plain_tip

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pilotdesk.review.desk.records import DeskRow
    from pilotdesk.review.slips.asking import Ask, Sent
    from pilotdesk.ui.look.theme import Look

SEE: Final = "看内容"
FOLD: Final = "收起"
READING: Final = "正在看要退回哪几处"
NOTHING: Final = "没有必须改和请核实的，也没有写给单位的话。先写一句要改什么。"
UNTICKED: Final = "一处都没有勾"
UNSAID: Final = "要点 {points} 没有通过，退回单里还没有说要改什么。先写给单位，再出退回单。"
UNKEPT: Final = "只记了发过，内容没有留下"
_INDENT: Final = 26
_OTHER: Final = {Severity.ERROR: Severity.WARNING, Severity.WARNING: Severity.ERROR}
_WORDS: Final = dict(GROUPS)


class SlipLineRow(QWidget):
    """One line of a slip as it will read.

    Attributes:
        tick: whether it is asked for. other: gives a line of the reviewer's own the other severity; ``None`` else.

    Signals:
        changed: with the line as it is wanted now.
        moved: likewise, with another severity.
    """

    changed = Signal(object)
    moved = Signal(object)

    def __init__(self, look: Look, ask: Ask, *, may_choose: bool) -> None:
        super().__init__()
        self._ask = ask
        finding = ask.finding
        self.tick = OptionRow(look, "tick", place_words(finding))
        self.tick.setChecked(ask.chosen)
        self.tick.setEnabled(may_choose)
        self.tick.setAccessibleName(f"{place_words(finding)}：{finding.sentence}")
        self.tick.toggled.connect(self._on_toggled)
        head = row(self.tick, spacing=6)
        head.setStretch(0, 1)
        self.other: Button | None = None
        if ask.said and may_choose:
            head.addWidget(Label("审核人写的", "small", "text2"))
            self.other = Button(look, f"改成{_WORDS[_OTHER[finding.severity]]}", "link", small=True)
            self.other.clicked.connect(self._on_other)
            head.addWidget(self.other)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(1)
        lines.addLayout(head)
        told = QVBoxLayout()
        told.setContentsMargins(look.scaled(_INDENT), 0, 0, 4)
        told.setSpacing(1)
        sentence = finding.sentence.removeprefix(f"{finding.number} ").replace("**", "＊＊")
        told.addWidget(WrappedLabel(look, sentence, "small", "text"))
        if finding.clause:
            told.addWidget(WrappedLabel(look, f"依据：{finding.clause}", "small", "text2"))
        lines.addLayout(told)

    def _on_toggled(self, checked: bool) -> None:
        self._ask = replace(self._ask, chosen=checked)
        self.changed.emit(self._ask)

    def _on_other(self) -> None:
        finding = self._ask.finding
        self._ask = replace(self._ask, finding=replace(finding, severity=_OTHER[finding.severity]))
        self.moved.emit(self._ask)


class SlipCard(Card):
    """A submission with its lines folded away until somebody wants to see them.

    Args:
        look: the theme in force.
        line: of the submission at the desk.
        sent: the slip that went out already and is given out once more: then nothing of it can be changed; ``None`` for a
            new one.

    Attributes:
        line, sent: as given. asks: what can be asked for; ``None`` until it is known, and where it cannot be known.
        unsaid: says of which points that were not passed it does not say what is to be mended.
        tick: whether its slip is written. see: folds the lines in and out. rows: the lines, once they were looked at.

    Signals:
        changed: something was ticked.
        shown: the lines were folded in or out.
    """

    changed = Signal()
    shown = Signal()

    def __init__(self, look: Look, line: DeskRow, sent: Sent | None = None) -> None:
        super().__init__(margins=(12, 6, 12, 6))
        self.line = line
        self.sent = sent
        self.asks: tuple[Ask, ...] | None = None
        self.rows: list[SlipLineRow] = []
        self._look = look
        self.tick = OptionRow(look, "tick", f"{line.number:02}　{line.facts.title or '没写名称'}", READING)
        self.tick.setEnabled(False)
        self.tick.toggled.connect(self.changed)
        self.see = Button(look, SEE, small=True, icon="chevron-down", name=f"{SEE}：{line.facts.title}")
        self.see.setEnabled(False)
        self.see.clicked.connect(self._on_see)
        head = row(self.tick, self.see)
        head.setStretch(0, 1)
        self.body.setSpacing(4)
        self.body.addLayout(head)
        self._open: dict[int, str] = {}
        self.unsaid = WrappedLabel(look, "", "small", "warn")
        self.unsaid.hide()
        self.body.addWidget(self.unsaid)
        self._lines: QWidget | None = None

    @property
    def is_wanted(self) -> bool:
        """Whether its slip is written."""
        return self.tick.isChecked() and bool(self.chosen)

    @property
    def chosen(self) -> tuple[Ask, ...]:
        """What is asked for."""
        return tuple(one for one in self.asks or () if one.chosen)

    @property
    def is_open(self) -> bool:
        """Whether its lines can be seen."""
        return self._lines is not None and not self._lines.isHidden()

    def show_asks(self, asks: Sequence[Ask], not_passed: Mapping[int, str] = MappingProxyType({})) -> None:
        """Show what can be asked for, and which of the points that were not passed nothing is asked of.

        Args:
            asks: of the submission, or of a slip that went out.
            not_passed: number to words of the point.
        """
        self.asks = tuple(asks)
        self._open = dict(not_passed)
        self.tick.setEnabled(bool(asks))
        self.see.setEnabled(bool(asks))
        self.tick.setChecked(bool(asks) and self.sent is None)
        self._say_count()

    def show_trouble(self, sentence: str) -> None:
        """Say why there is no slip of it."""
        self._say(sentence)

    def _say_count(self) -> None:
        counted = count_words(self.asks or ())
        spoken = {one.finding.point for one in self.chosen}
        unsaid = [words for number, words in self._open.items() if number not in spoken]
        self.unsaid.set_text(UNSAID.format(points="、".join(unsaid)))
        self.unsaid.setVisible(bool(unsaid))
        if self.sent is None:
            self._say(counted or (UNTICKED if self.asks else NOTHING))
        else:
            self._say(f"{_sent_words(self.sent)}，{counted or UNKEPT}")

    def _say(self, words: str) -> None:
        unit = self.line.facts.unit
        self.tick.set_remark(f"{unit}　{words}" if unit else words)
        self.tick.setToolTip(plain_tip(words))

    # -- the lines -------------------------------------------------------------------------------

    def _on_see(self) -> None:
        if self._lines is None:
            self._add_lines()
        else:
            self._lines.setHidden(not self._lines.isHidden())
        words = FOLD if self.is_open else SEE
        self.see.set_text(words)
        self.see.setAccessibleName(f"{words}：{self.line.facts.title}")
        self.see.set_icon("chevron-up" if self.is_open else "chevron-down")
        self.shown.emit()

    def _add_lines(self) -> None:
        """The lines in their groups, as the notice has them."""
        if self._lines is not None:
            self._lines.hide()
            self._lines.deleteLater()
        self.rows.clear()
        self._lines = QWidget()
        listed = QVBoxLayout(self._lines)
        listed.setContentsMargins(self._look.scaled(_INDENT), 0, 0, 4)
        listed.setSpacing(4)
        for severity, word in GROUPS:
            group = [at for at, one in enumerate(self.asks or ()) if one.finding.severity is severity]
            if not group:
                continue
            title = Label(f"{word}　{len(group)} 处", "body", weight=700)
            title.set_tone("error" if severity is Severity.ERROR else "warn")
            listed.addWidget(title)
            for at in group:
                listed.addWidget(self._line_row(at))
        self.body.addWidget(self._lines)
        self._lines.show()
        before: QWidget = self.see
        for made in self.rows:  # they are younger than the cards below
            for one in (made.tick, made.other):
                if one is not None:
                    QWidget.setTabOrder(before, one)
                    before = one

    def _line_row(self, at: int) -> SlipLineRow:
        assert self.asks is not None  # noqa: S101  it has lines
        made = SlipLineRow(self._look, self.asks[at], may_choose=self.sent is None)
        made.changed.connect(partial(self._on_line, at))
        made.moved.connect(partial(self._on_moved, at))
        self.rows.append(made)
        return made

    def _on_line(self, at: int, ask: Ask) -> None:
        asks = list(self.asks or ())
        asks[at] = ask
        self.asks = tuple(asks)
        self._say_count()
        self.changed.emit()

    def _on_moved(self, at: int, ask: Ask) -> None:
        self._on_line(at, ask)
        self._add_lines()
        for made in self.rows:
            if made.tick.accessibleName() == f"{place_words(ask.finding)}：{ask.finding.sentence}":
                made.tick.setFocus(Qt.FocusReason.OtherFocusReason)
        self.shown.emit()


def _sent_words(sent: Sent) -> str:
    """Which slip it is, and by when the unit was to hand in again, or that it has: ``退回单 012-1，已再报``."""
    if not sent.is_latest:
        return f"退回单 {sent.slip.slip}，第 {sent.slip.number} 次报来时发的，已再报"
    due = sent.slip.due
    return f"退回单 {sent.slip.slip}" + (f"，要 {due.month}月{due.day}日 前再报" if due else "")
