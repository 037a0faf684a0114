"""A project on the start page: name, state, timeline of four stops, next step, one button."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QMenu, QSizePolicy, QWidget

from pilotdesk.ui.calendar_words import next_step, stops
from pilotdesk.ui.components import Button, Card, Chip, Label, Rule, SymbolLabel, row
from pilotdesk.ui.components_text import ElidedLabel

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date

    from pilotdesk.drafts.records import DraftCard
    from pilotdesk.forms.round import Round
    from pilotdesk.ui.calendar_words import Stop
    from pilotdesk.ui.components import ButtonKind
    from pilotdesk.ui.theme import Look

    MoreAction = tuple[str, Callable[[], object]]
    """Words of a menu and what they do."""


class Timeline(QWidget):
    """Four stops on a line; the line up to a done stop is green. Painted, spoken as one sentence."""

    def __init__(self, look: Look, stops_: tuple[Stop, ...], *, remarks: bool = True) -> None:
        super().__init__()
        self._look = look
        self._stops = stops_
        self._remarks = remarks
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("；".join(f"{stop.name}：{stop.remark}" for stop in stops_))
        look.changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        """Qt: marks, names, remarks."""
        return QSize(300, self._look.scaled(72 if self._remarks else 50))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt: line, marks, words."""
        look, painter = self._look, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side, pitch = look.scaled(20), self.width() // len(self._stops)
        middle = side / 2 + 1
        for at, stop in enumerate(self._stops[:-1]):
            done = stop.state == "done"
            painter.setPen(QPen(look.color("ok" if done else "line"), 3))
            painter.drawLine(int(at * pitch + side), int(middle), int((at + 1) * pitch), int(middle))
        for at, stop in enumerate(self._stops):
            self._mark(painter, QRectF(at * pitch + 1, 1, side - 2, side), stop)
            top = side + look.scaled(8)
            room = pitch - 8
            painter.setFont(look.font("body", 500))
            painter.setPen(look.color("text"))
            flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
            height = look.scaled(21)
            painter.drawText(QRect(at * pitch, top, room, height), flags, stop.name)
            if self._remarks:
                painter.setFont(look.font("small"))
                painter.setPen(look.color(stop.tone))
                painter.drawText(QRect(at * pitch, top + height, room, height), flags, stop.remark)

    def _mark(self, painter: QPainter, box: QRectF, stop: Stop) -> None:
        look = self._look
        symbols = {
            "done": ("circle-check-filled", "ok"),
            "active": ("circle-half", "primary"),
            "closed": ("clock", "warn"),
            "later": ("circle", "control"),
        }
        icon, token = symbols[stop.state]
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.color("surface"))
        painter.drawEllipse(box.adjusted(1, 1, -1, -1))
        picture = look.pixmap(icon, token, 22, self.devicePixelRatioF())
        painter.drawPixmap(int(box.left()) - 2, int(box.top()) - 1, picture)


class DraftTile(Card):
    """A draft on the start page: its button 打开 and its menu.

    Attributes:
        draft: what is shown. more_actions: asked for what else its menu has, each time that it opens.

    Signals:
        opened, packed, deleted: with the draft's id.
    """

    opened = Signal(str)
    packed = Signal(str)
    deleted = Signal(str)

    def __init__(
        self, look: Look, draft: DraftCard, name: str, kind: ButtonKind, margins: tuple[int, int, int, int]
    ) -> None:
        super().__init__(margins=margins)
        self.draft = draft
        self.draft_id = draft.draft_id
        self.more_actions: Callable[[], Iterable[MoreAction]] = tuple
        self._more = Button(look, "", "ghost", icon="dots", small=True, name=f"{name}：更多")
        self._more.clicked.connect(self._on_more)
        self._opening = Button(look, "打开", kind, small=True)
        self._opening.setAccessibleName(f"打开 {name}")
        self._opening.clicked.connect(self._on_open)

    def _on_open(self) -> None:
        self.opened.emit(self.draft_id)

    def _on_more(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction("存一份交接包", self.pack)
        for words, action in self.more_actions():
            menu.addAction(words, action)
        menu.addAction("从清单删去", self.delete)
        corner = self._more.mapToGlobal(self._more.rect().bottomRight())
        corner.setX(corner.x() - menu.sizeHint().width())
        menu.popup(corner)

    def pack(self) -> None:
        """Ask for a package of this draft."""
        self.packed.emit(self.draft_id)

    def delete(self) -> None:
        """Ask for this draft to be taken off the list."""
        self.deleted.emit(self.draft_id)


class ProjectCard(DraftTile):
    """One project; opens with its button."""

    def __init__(self, look: Look, card: DraftCard, round_: Round, today: date, *, primary: bool) -> None:
        name = card.facts.title or "未命名的项目"
        super().__init__(look, card, name, "primary" if primary else "plain", (17, 10, 13, 10))
        self._look = look
        self.body.setSpacing(6)
        title = ElidedLabel(name, "group")
        head = row(title, *self._chips(card), None, self._more)
        self.body.addLayout(head)
        parts = (card.facts.unit, card.facts.pilot_field, f"上次打开 {_local(card.updated)}")
        self.body.addWidget(ElidedLabel("　·　".join(part for part in parts if part), "small", "text2"))
        self.body.addSpacing(4)
        self.body.addWidget(Timeline(look, stops(card, round_, today)))
        self.body.addWidget(Rule())
        sentence = ElidedLabel(next_step(card, round_, today), "body")
        line = row(Label("下一步", "small", "primary", weight=700), sentence, self._opening, spacing=10)
        line.setStretch(1, 1)
        self.body.addLayout(line)

    def show_newer(self, asked: Callable[[], object]) -> None:
        """Say that the form has a newer version; ``asked`` when the user wants to know what it would change."""
        asking = Button(self._look, "看看会怎样", "link", small=True)
        asking.clicked.connect(asked)
        said = ElidedLabel("表单有新版本，不急；这一份照旧能填", "small", "text2")
        self.body.addLayout(row(SymbolLabel(self._look, "refresh", "primary", 15), said, asking, None))

    def _chips(self, card: DraftCard) -> list[QWidget]:
        if card.revision:
            return [Chip(self._look, "申报书已定稿", "ok", icon="lock")]
        return [Chip(self._look, f"草稿 · 完成 {card.facts.percent} %", "primary")]


class PracticeCard(DraftTile):
    """The practice sample in one line."""

    def __init__(self, look: Look, card: DraftCard) -> None:
        super().__init__(look, card, "练习样例", "plain", (17, 7, 13, 7))
        title = ElidedLabel(f"练习样例：{card.facts.title}", "body", weight=700)
        chip = Chip(look, "练习，不能定稿", "hint")
        symbol = SymbolLabel(look, "school", "hint", 20)
        self.body.addLayout(row(symbol, title, chip, None, self._opening, self._more))


def _local(stamp: str) -> str:
    """``6月27日 16:40`` from a UTC stamp."""
    from datetime import datetime

    when = datetime.fromisoformat(stamp).astimezone()
    return f"{when.month}月{when.day}日 {when:%H:%M}"
