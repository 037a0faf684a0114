"""One issue in its six parts: what, why, where, how to mend it, an example, the source."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from pilotdesk.forms.values import split_cell_path
from pilotdesk.ui.components.basic import Button, Card, Chip, Label, Surface, SymbolLabel, row
from pilotdesk.ui.components.sources import source_mark, source_words
from pilotdesk.ui.components.text import WrappedLabel
from pilotdesk.ui.editors.issues import can_be_answered
from pilotdesk.ui.look.severity import MARKS

if TYPE_CHECKING:
    from pilotdesk.rules.issue import Issue
    from pilotdesk.session import Session
    from pilotdesk.ui.look.theme import Look
    from pilotdesk.ui.look.tokens import Tone

EXCERPT_COLUMNS = 4


class RowExcerpt(QWidget):
    """The head of a table and the one row that an issue is about; the cell is tinted."""

    def __init__(self, look: Look, session: Session, issue: Issue) -> None:
        super().__init__()
        self._look = look
        self._severity = issue.severity
        self._heads, self._cells, self._at = _excerpt(session, issue.path)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        words = "，".join(f"{head} {cell}" for head, cell in zip(self._heads, self._cells, strict=True))
        self.setAccessibleName(words)

    def sizeHint(self) -> QSize:
        """Qt: two lines of a table."""
        return QSize(200, 2 * self._look.metric("table_row") + 1)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt: head and row."""
        look, painter = self._look, QPainter(self)
        height = look.metric("table_row")
        narrow = look.scaled(50)
        wide = (self.width() - narrow) // max(1, len(self._heads) - 1)
        left = 0
        for at, (head, cell) in enumerate(zip(self._heads, self._cells, strict=True)):
            last = at == len(self._heads) - 1
            width = narrow if at == 0 else self.width() - left if last else wide
            top, low = QRect(left, 0, width, height), QRect(left, height, width, height)
            painter.fillRect(top, look.color("sunken"))
            tone = MARKS[self._severity].tone
            painter.fillRect(low, look.color(f"{tone}_bg" if at == self._at else "surface"))
            self._cell(painter, top, head, "text", 500)
            self._cell(painter, low, cell, tone if at == self._at else "text", 400)
            if not last:
                painter.fillRect(QRect(left + width - 1, 0, 1, 2 * height), look.color("line"))
            left += width
        painter.setPen(look.color("control"))
        painter.drawRect(QRect(0, 0, self.width() - 1, 2 * height))
        painter.drawLine(0, height, self.width(), height)

    def _cell(self, painter: QPainter, box: QRect, text: str, token: str, weight: int) -> None:
        font = self._look.font("small", weight)
        painter.setFont(font)
        painter.setPen(self._look.color(token))
        inside = box.adjusted(10, 0, -8, 0)
        if token in MARKS[self._severity]:
            side = self._look.scaled(15)
            mark = self._look.pixmap(MARKS[self._severity].icon, token, 15, self.devicePixelRatioF())
            painter.drawPixmap(inside.left(), box.top() + (box.height() - side) // 2, mark)
            inside.setLeft(inside.left() + side + 6)
        shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, inside.width())
        painter.drawText(inside, Qt.AlignmentFlag.AlignVCenter, shown)


def _excerpt(session: Session, path: str) -> tuple[list[str], list[str], int]:
    """Heads, cells and the index of the faulty column: 序号, the first column, and up to three around it."""
    place = split_cell_path(path)
    if place is None:
        return [], [], -1
    table, row_id, column = place
    columns = session.field(table).columns
    ids = [line.id for line in session.rows(table)]
    names = [each.name for each in columns]
    at = names.index(column)
    start = max(1, min(at - 1, len(columns) - EXCERPT_COLUMNS + 1))
    shown = (columns[0], *columns[start : start + EXCERPT_COLUMNS - 1])
    number = str(ids.index(row_id) + 1) if row_id in ids else ""
    cells = [session.codec(f"{table}[{row_id}].{each.name}") for each in shown]
    texts = [
        codec.print_text(session.value(f"{table}[{row_id}].{each.name}"))
        for codec, each in zip(cells, shown, strict=True)
    ]
    return (
        ["序号", *(each.label for each in shown)],
        [number, *texts],
        1 + [each.name for each in shown].index(column),
    )


class IssueDetail(QScrollArea):
    """Shows one issue.

    Signals:
        go_requested: 去改 was chosen.
        next_requested: 下一个问题 was chosen.
        accept_requested: the 请核实 is to be answered with a reason.
        withdraw_requested: the answer is to be taken back.
        back_requested: back to the list, in narrow windows.
    """

    go_requested = Signal()
    next_requested = Signal()
    accept_requested = Signal()
    withdraw_requested = Signal()
    back_requested = Signal()

    def __init__(self, look: Look, session: Session) -> None:
        super().__init__()
        self._look = look
        self._session = session
        self._narrow = False
        self.go: Button | None = None
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def set_narrow(self, narrow: bool) -> None:
        """Whether the list is on a page of its own, so that a way back is needed."""
        self._narrow = narrow

    def show_issue(self, issue: Issue, reason: str = "") -> None:
        """Show an issue, with the reason if it was confirmed."""
        content = Surface("surface")
        layout = QVBoxLayout(content)
        layout.setContentsMargins(24, 16, 24, 16)
        layout.setSpacing(12)
        if self._narrow:
            back = Button(self._look, "回到清单", "link", icon="arrow-left", small=True)
            back.clicked.connect(self.back_requested)
            layout.addLayout(row(back, None))
        mark = MARKS[issue.severity]
        icon, word = ("circle-check", "已核实") if reason else (mark.icon, mark.word)
        tone: Tone = "neutral" if reason else mark.tone
        title = WrappedLabel(self._look, f"**{_first_sentence(issue.what)}**", "step", "text", line_em=1.35)
        head = row(spacing=10)
        top = Qt.AlignmentFlag.AlignTop
        head.addWidget(SymbolLabel(self._look, icon, "text2" if reason else tone, 22), 0, top)
        head.addWidget(title, 1)
        head.addWidget(Chip(self._look, word, tone), 0, top)
        layout.addLayout(head)
        layout.addLayout(self._parts(issue, reason))
        layout.addLayout(self._actions(issue, reason))
        layout.addStretch(1)
        self.setWidget(content)

    def _parts(self, issue: Issue, reason: str) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(13)
        grid.setColumnMinimumWidth(0, self._look.scaled(70))
        grid.setColumnStretch(1, 1)
        where = QVBoxLayout()
        where.setSpacing(6)
        where.addWidget(self._text(issue.where.replace("，", "　›　") if issue.where else ""))
        if split_cell_path(issue.path):
            where.addWidget(RowExcerpt(self._look, self._session, issue))
        parts = (
            ("已核实", reason),
            ("什么不对", issue.what),
            ("为什么", issue.why),
            ("在哪", where if issue.where else ""),
            ("怎么改", issue.fix),
            ("例子", self._example(issue.example) if issue.example else ""),
            ("依据", self._source(issue) if issue.source else ""),
        )
        for label, part in parts:
            if not part:
                continue
            at = grid.rowCount()
            grid.addWidget(Label(label, "body", "text2"), at, 0, Qt.AlignmentFlag.AlignTop)
            if isinstance(part, str):
                grid.addWidget(self._text(part), at, 1)
            elif isinstance(part, QVBoxLayout):
                grid.addLayout(part, at, 1)
            else:
                grid.addWidget(part, at, 1)
        return grid

    def _text(self, text: str) -> WrappedLabel:
        return WrappedLabel(self._look, text, "body", "text", selectable=True)

    def _example(self, example: str) -> QWidget:
        box = Surface("sunken")
        layout = QVBoxLayout(box)
        layout.setContentsMargins(10, 6, 10, 6)
        layout.addWidget(self._text(example))
        return box

    def _source(self, issue: Issue) -> QWidget:
        box = Card(margins=(12, 8, 9, 8), tight=True)
        words, chip = (
            source_words(self._session.pack, issue.source),
            source_mark(self._session.pack, issue.source),
        )
        line = row(spacing=8)
        quotes = QVBoxLayout()
        quotes.setSpacing(2)
        for quote, title in words:
            if quote:
                quotes.addWidget(self._text(f"“{quote}”"))
            quotes.addWidget(WrappedLabel(self._look, title, "small", "text2"))
        line.addLayout(quotes, 1)
        line.addWidget(Chip(self._look, *chip), 0, Qt.AlignmentFlag.AlignTop)
        box.body.addLayout(line)
        return box

    def _actions(self, issue: Issue, reason: str) -> QVBoxLayout:
        place = "这一格" if split_cell_path(issue.path) is not None else "这一栏"
        words = "从第一处填起" if issue.gaps else f"去{'看' if reason else '改'}{place}"
        self.go = Button(self._look, words, "primary", icon="arrow-right")
        self.go.clicked.connect(self.go_requested)
        following = Button(self._look, "下一个问题")
        following.clicked.connect(self.next_requested)
        lines = QVBoxLayout()
        lines.addLayout(row(self.go, following, None))
        remarks = row()
        if reason:
            withdraw = Button(self._look, "收回，重新核实", "link", small=True)
            withdraw.clicked.connect(self.withdraw_requested)
            withdraw.setEnabled(not self._session.is_read_only)
            remarks.addWidget(withdraw)
        elif can_be_answered(issue):
            accept = Button(self._look, "核实无误，写说明", "link", small=True)
            accept.clicked.connect(self.accept_requested)
            accept.setEnabled(not self._session.is_read_only)
            remarks.addWidget(accept)
        remarks.addStretch(1)
        remarks.addWidget(Label("F8 下一个　Shift+F8 上一个", "small", "text2"))
        lines.addLayout(remarks)
        return lines


def _first_sentence(text: str) -> str:
    return text.split("。")[0]
