"""Below the current point: what was found, what was said of it before and now, and what to look at."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pilotdesk.record import Record
from pilotdesk.review.desk.records import VERDICT_WORDS
from pilotdesk.review.records import SharedFinding
from pilotdesk.ui.components.basic import Button, row
from pilotdesk.ui.components.issue import IssueLine
from pilotdesk.ui.components.text import WrappedLabel

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from PySide6.QtGui import QPaintEvent

    from pilotdesk.review.desk.sight import PointSight
    from pilotdesk.review.records import Finding
    from pilotdesk.ui.look.theme import Look

AT_ONCE: Final = 8
"""Findings that are shown before the rest is asked for."""
SEE, SAY, OTHER = "see", "say", "other:"
MOST_OTHERS: Final = 3
"""Links to other submissions at one finding."""


class Said(Record, frozen=True):
    """An opinion as it is listed: its place, and where and what in words; ``note`` is small, may be empty."""

    place: str
    where: str
    text: str
    note: str = ""


class Shown(Record, frozen=True, kw_only=True):
    """All that is shown below a point; equal means that nothing need be drawn anew.

    Attributes:
        point: the current one. numbers: of the other submissions that its findings speak of, by key.
        said: opinions of this round, but for the one that is being written. before: those of the round before.
        finding: place of the finding looked at; -1 for none. asks: whether the questions are open.
        whole: whether all findings are shown. refusal: why nothing can be written.
    """

    point: PointSight
    numbers: Mapping[str, int]
    said: tuple[Said, ...]
    before: tuple[Said, ...]
    finding: int = -1
    asks: bool = False
    whole: bool = False
    refusal: str = ""


class FindingLine(IssueLine):
    """A finding with its place and clause; the one looked at has a bar at its left."""

    def __init__(
        self, look: Look, finding: Finding, *, can_say: bool, numbers: Mapping[str, int] | None = None
    ) -> None:
        said = _with_place(finding)
        text = f"{said}（{finding.clause}）" if finding.clause else said
        actions = [(SEE, "看原文")] if finding.path else []
        if can_say and finding.path:
            actions.append((SAY, "写意见"))
        super().__init__(look, finding.severity, text, actions + _others(finding, numbers or {}))
        self._is_current = False
        layout = self.layout()
        if layout is not None:
            layout.setContentsMargins(5, 0, 0, 0)

    def set_current(self, current: bool) -> None:
        """Whether it is looked at."""
        self._is_current = current
        self.update()

    @property
    def is_current(self) -> bool:
        """Whether it is looked at."""
        return self._is_current

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt: the bar."""
        super().paintEvent(event)
        if self._is_current:
            QPainter(self).fillRect(0, 0, 3, self.height(), self._look.color("primary"))


class PointDetails(QWidget):
    """Built anew when something of it changed.

    Signals:
        place_wanted: the material is to be shown at a path.
        other_wanted: another submission is to be looked at: its key, and the code of the finding that both have.
        say_wanted: something is to be said of a place.
        asks_toggled, more_wanted: the questions, or the rest of the findings, are wanted.
    """

    place_wanted = Signal(str)
    other_wanted = Signal(str, str)
    say_wanted = Signal(str)
    asks_toggled = Signal()
    more_wanted = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._shown: Shown | None = None
        self.findings: list[FindingLine] = []
        self._content = QWidget()
        self._outer = QVBoxLayout(self)
        self._outer.setContentsMargins(0, 0, 0, 0)
        self._outer.addWidget(self._content)

    def show_point(self, shown: Shown) -> bool:
        """Show what belongs to a point; whether that is anything else than before."""
        if shown == self._shown:
            return False
        self._shown = shown
        self.findings = []
        content = QWidget()
        layout = QVBoxLayout(content)
        layout.setContentsMargins(12, 8, 12, 10)
        layout.setSpacing(6)
        for widget in self._parts(shown):
            layout.addWidget(widget)
        self._outer.replaceWidget(self._content, content)
        self._content.hide()
        self._content.deleteLater()
        self._content = content
        content.show()
        return True

    def current_finding(self) -> FindingLine | None:
        """The finding that is looked at."""
        return next((line for line in self.findings if line.is_current), None)

    def _parts(self, shown: Shown) -> Iterator[QWidget]:
        point = shown.point
        if point.earlier is not None:
            words = VERDICT_WORDS[point.earlier.verdict]
            yield WrappedLabel(self._look, f"上次：**{words}**　{point.earlier.who}", "small", "text2")
        for one in shown.before:
            yield self._said(one, "上次的话")
        count = len(point.findings) if shown.whole else max(AT_ONCE, shown.finding + 1)
        for at, finding in enumerate(point.findings[:count]):
            yield self._finding(finding, shown, current=at == shown.finding)
        if len(point.findings) > count:
            more = Button(self._look, f"还有 {len(point.findings) - count} 处", "link", small=True)
            more.clicked.connect(self.more_wanted)
            yield more
        for one in shown.said:
            yield self._said(one, "已写", can_open=True)
        if not point.findings:
            yield WrappedLabel(self._look, _nothing_found(point), "small", "warn" if point.blind else "text2")
        yield from self._asks(shown)

    def _finding(self, finding: Finding, shown: Shown, *, current: bool) -> QWidget:
        line = FindingLine(self._look, finding, can_say=not shown.refusal, numbers=shown.numbers)
        line.set_current(current)
        line.action_chosen.connect(partial(self._on_action, finding))
        self.findings.append(line)
        return line

    def _said(self, one: Said, title: str, *, can_open: bool = False) -> QWidget:
        box = QWidget()
        note = f"　{one.note}" if one.note else ""
        text = WrappedLabel(self._look, f"{title} · {one.where}：“{one.text}”{note}", "small", "text2")
        line = row(spacing=6)
        line.addWidget(text, 1)
        if can_open:
            link = Button(self._look, "改", "link", small=True, name=f"改 {one.where} 的话")
            link.clicked.connect(partial(self.say_wanted.emit, one.place))
            line.addWidget(link)
        box.setLayout(line)
        return box

    def _asks(self, shown: Shown) -> Iterator[QWidget]:
        if not shown.point.ask:
            return
        words = "收起“看什么”" if shown.asks else "看什么"
        link = Button(self._look, words, "link", icon="help", small=True)
        link.clicked.connect(self.asks_toggled)
        holder = QWidget()
        holder.setLayout(row(link, None))
        yield holder
        if shown.asks:
            lines = [f"· {ask}" for ask in shown.point.ask]
            if shown.point.clause:
                lines.append(f"依据：{shown.point.clause}")
            yield WrappedLabel(self._look, "\n".join(lines), "small", "text2")

    def _on_action(self, finding: Finding, action: str) -> None:
        if action.startswith(OTHER):
            self.other_wanted.emit(action.removeprefix(OTHER), finding.code)
        else:
            (self.place_wanted if action == SEE else self.say_wanted).emit(finding.path)


def _others(finding: Finding, numbers: Mapping[str, int]) -> list[tuple[str, str]]:
    """Links to the submissions that a finding speaks of, as far as they are at the desk."""
    keys = finding.others if isinstance(finding, SharedFinding) else ()
    there = [key for key in keys if key in numbers]
    return [(f"{OTHER}{key}", f"看 {numbers[key]:02} 号") for key in there[:MOST_OTHERS]]


def _nothing_found(point: PointSight) -> str:
    if point.blind:
        return "这一点的内容程序没有读到，没法查，请看原件判断。"
    if point.unread:
        return f"读到的里面没有查到疑点，还有 {point.unread} 栏没有读到，请看原件判断。"
    return "程序没有查到疑点，请看材料判断。"


def _with_place(finding: Finding) -> str:
    """The sentence behind the place it speaks of, unless it names it itself."""
    label, number = finding.label, finding.number
    where = label if number and label.startswith(number) else " ".join(filter(None, (number, label)))
    return finding.sentence if finding.sentence.startswith(where) else f"{where}：{finding.sentence}"
