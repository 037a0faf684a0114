"""A project that a search found: its name, and below it the places with the words, each of which opens its field."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from pilotdesk.ui.components.basic import Button, Label, row
from pilotdesk.ui.components.text import ElidedLabel
from pilotdesk.ui.look.plain_text import plain_tip
from pilotdesk.ui.start.project_card import ProjectTile

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QPaintEvent

    from pilotdesk.projects.overview import Overview
    from pilotdesk.projects.search_words import FoundIn, FoundPlace
    from pilotdesk.ui.look.theme import Look
    from pilotdesk.ui.navigation.frame import ProgramWindow

PAD: Final = 8
HEAD_ITEMS: Final = 2
"""Of a card's layout above its places: name and unit."""
MOST: Final = 200
"""Places that are listed of one project: beyond that one word more finds better than reading on."""
WHERE_SHARE: Final = 0.38
"""Of a line, for where the hit is."""


class HitLine(QAbstractButton):
    """One place: where it is, and the text around the hit, which is marked by more than a colour.

    Args:
        look: the theme in force.
        place: what it shows.
        beside: all places of the card, so that the texts begin below one another.
    """

    def __init__(self, look: Look, place: FoundPlace, beside: Sequence[FoundPlace]) -> None:
        super().__init__()
        self._look = look
        self.place = place
        self._wheres = [one.where for one in beside]
        said = "".join(text for text, _ in place.pieces)
        self.setText(f"{place.where}：{said}")
        self.setAccessibleName(f"打开 {self.text()}")
        self.setToolTip(plain_tip(place.where))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def stand_beside(self, beside: Sequence[FoundPlace]) -> None:
        """Others stand in the card now."""
        self._wheres = [one.where for one in beside]
        self.update()

    def sizeHint(self) -> QSize:
        """Qt: one line."""
        return QSize(1, QFontMetrics(self._look.font("body", 400)).height() + self._look.scaled(PAD))

    def minimumSizeHint(self) -> QSize:
        """Qt: as narrow as it is given."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt: ground under the mouse, where, pieces."""
        look = self._look
        painter = QPainter(self)
        if self.underMouse():
            painter.fillRect(self.rect(), look.color("sel"))
        left = look.scaled(PAD)
        share = int((self.width() - 3 * left) * WHERE_SHARE)
        small = look.font("small", 500)
        metrics = QFontMetrics(small)
        where = metrics.elidedText(self.place.where, Qt.TextElideMode.ElideRight, share)
        painter.setFont(small)
        painter.setPen(look.color("primary"))
        painter.drawText(QRect(left, 0, share, self.height()), Qt.AlignmentFlag.AlignVCenter, where)
        self._paint_pieces(painter, self.pieces_left())

    def pieces_left(self) -> int:
        """Where the text begins, px."""
        left = self._look.scaled(PAD)
        metrics = QFontMetrics(self._look.font("small", 500))
        share = int((self.width() - 3 * left) * WHERE_SHARE)
        return left + min(share, max(map(metrics.horizontalAdvance, self._wheres))) + 2 * left

    def _paint_pieces(self, painter: QPainter, left: int) -> None:
        look = self._look
        right = self.width() - look.scaled(PAD)
        for text, is_hit in self.place.pieces:
            font = look.font("body", 700 if is_hit else 400)
            metrics = QFontMetrics(font)
            shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, right - left)
            is_hit = is_hit and shown == text  # no room for the word: the dots are none
            width = metrics.horizontalAdvance(shown)
            base = (self.height() + metrics.ascent() - metrics.descent()) // 2
            if is_hit:
                painter.fillRect(
                    left, base - metrics.ascent(), width, metrics.height(), look.color("warn_bg")
                )
            painter.setFont(font)
            painter.setPen(look.color("warn" if is_hit else "text2"))
            painter.drawText(QPoint(left, base), shown)
            if is_hit:
                painter.drawLine(left, base + 2, left + width, base + 2)
            left += width
            if shown != text or left >= right:
                return


class FoundCard(ProjectTile):
    """A project that was found, with the places that have the words.

    Attributes:
        all_places: gives more of them, for some projects so many of each.

    Signals:
        place_chosen: with a draft's id and the path of a field or a cell.
    """

    place_chosen = Signal(str, str)

    def __init__(self, look: Look, project: Overview, found: FoundIn, *, primary: bool) -> None:
        name = project.title or "未命名的项目"
        self.all_places: Callable[[Sequence[Overview], int], Sequence[FoundIn]] | None = None
        super().__init__(look, project, name, "primary" if primary else "plain", (17, 8, 13, 8))
        self.body.setSpacing(2)
        head = row(ElidedLabel(name, "group"), None, self._opening, self._more)
        self.body.addLayout(head)
        self.body.addWidget(ElidedLabel(project.unit or "还没有填承担单位", "small", "text2"))
        self._lines: list[HitLine] = []
        self._add_lines(found)
        self.rest = Button(look, f"还有 {found.more} 处，都列出来", "link", small=True)
        self.rest.clicked.connect(self._show_rest)
        self.body.addLayout(row(self.rest, None))
        self.rest.setVisible(bool(found.more))

    def _add_lines(self, found: FoundIn) -> None:
        for place in found.places[len(self._lines) :]:
            line = HitLine(self._look, place, found.places)
            line.clicked.connect(partial(self.place_chosen.emit, place.draft_id, place.path))
            self.body.insertWidget(HEAD_ITEMS + len(self._lines), line)
            line.show()
            self._lines.append(line)

    def _show_rest(self) -> None:
        """List the other places too, and go on in the first of them."""
        if self.all_places is None:
            return
        (found,) = self.all_places([self.project], MOST)
        before = len(self._lines)
        if [line.place for line in self._lines] != list(found.places[:before]):
            return  # it cannot be read now, or other words are typed by now and will be found in a moment
        for line in self._lines:
            line.stand_beside(found.places)
        self._add_lines(found)
        if before < len(self._lines):
            self._lines[before].setFocus(Qt.FocusReason.TabFocusReason)
        self.rest.hide()
        if found.more:
            over = Label(f"还有 {found.more} 处没有列出来，多写一个词再找", "small", "text2")
            self.body.addWidget(over)
            over.show()


def open_place(window: ProgramWindow, draft_id: str, path: str) -> None:
    """Open a draft, and in it exactly this field or cell."""
    window.open_draft(draft_id)
    window.opening.finish()
    workspace = window.workspace
    if workspace is not None and workspace.session.identity.draft_id == draft_id:
        workspace.navigator.go_to(path)
