"""The tiles of the quota: one for each line of it, on as many lines as the width asks for."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from pilotdesk.review.quota import Use
from pilotdesk.ui.look.plain_text import plain_tip
from pilotdesk.ui.look.theme import tone_token
from pilotdesk.ui.look.tokens import RADIUS

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from pilotdesk.review.quota import QuotaLine
    from pilotdesk.ui.look.theme import Look
    from pilotdesk.ui.look.tokens import Tone

GAP: Final = 6
GROUP_GAP: Final = 17
"""Before the fields and before the special tracks; a thin line stands in it."""
PAD: Final = 8
BRIEF_PAD: Final = 6
BRIEF_SPACE: Final = "  "
"""Between name and figures of a brief tile."""
BAR: Final = 4
WIDEST: Final = 150
TWO_FIGURES: Final = 5
"""From this limit on, picks too many may well have two figures."""


class Shape(Enum):
    """How much room a tile takes; the value is its height, px at 标准.

    ``TALL``: name, figures and a bar. ``LOW``: without the bar, in a low window. ``BRIEF``: all in one line, where there is
    neither height nor width.
    """

    TALL = 64
    LOW = 42
    BRIEF = 24


TONES: Final[dict[Use, Tone]] = {Use.FREE: "neutral", Use.FULL: "ok", Use.OVER: "error"}
_LEFT: Final = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT: Final = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


def line_words(line: QuotaLine) -> str:
    """What a tile says beside its figures: 满, 超 1; empty while there is room."""
    return {Use.FREE: "", Use.FULL: "满", Use.OVER: f"超 {line.excess}"}[line.state]


class QuotaTile(QWidget):
    """One line of the quota: its name, 3 / 2, 超 1, and a bar.

    Attributes:
        name: as short as there is room. line: its figures. shape: how much room it takes.
    """

    def __init__(self, look: Look, name: str, line: QuotaLine) -> None:
        super().__init__()
        self._look = look
        self.name = name
        self.line = line
        self.shape = Shape.TALL
        self.show_line(line)

    def show_line(self, line: QuotaLine) -> None:
        """Show other figures."""
        self.line = line
        words = line_words(line)
        self.setAccessibleName(f"{line.name} {line.taken} / {line.most}" + (f"，{words}" if words else ""))
        self.setToolTip(plain_tip(self.accessibleName()))
        self.update()

    def least_width(self, shape: Shape | None = None) -> int:
        """So that neither name nor figures are cut, px; a brief one is as wide as its word now, others as the longest."""
        look, is_brief = self._look, (shape or self.shape) is Shape.BRIEF
        tiny, bold = QFontMetrics(look.font("tiny")), QFontMetrics(look.font("tiny", 700))
        name = tiny.horizontalAdvance(self.name)
        digits = "12" if not is_brief or self.line.most >= TWO_FIGURES else "2"
        number = QFontMetrics(self._number_font(is_brief=is_brief)).horizontalAdvance(digits)
        word = line_words(self.line) if is_brief else "超 1"
        figures = (
            number + tiny.horizontalAdvance(f" / {self.line.most}") + bold.horizontalAdvance(f"  {word}")
        )
        words = name + tiny.horizontalAdvance(BRIEF_SPACE) + figures if is_brief else max(name, figures)
        return words + 2 * look.scaled(BRIEF_PAD if is_brief else PAD)

    def height_of(self, shape: Shape) -> int:
        """Height in a shape, px; it grows with the type."""
        return max(self._look.scaled(shape.value), QFontMetrics(self._look.font("tiny")).height() + 4)

    def _number_font(self, *, is_brief: bool) -> QFont:
        return self._look.font("small" if is_brief else "group", 700)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt: box, name, figures, word, bar."""
        look, tone = self._look, TONES[self.line.state]
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        is_over = self.line.state is Use.OVER
        painter.setPen(QPen(look.color("error_line" if is_over else "line"), 1))
        painter.setBrush(look.color("error_bg" if is_over else "surface"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS)
        pad = look.scaled(BRIEF_PAD if self.shape is Shape.BRIEF else PAD)
        high = QFontMetrics(look.font("tiny")).height()
        inside = self.rect().adjusted(pad, 0, -pad, 0)
        top = {Shape.TALL: 6, Shape.LOW: 3, Shape.BRIEF: 0}[self.shape]
        upper = QRect(inside.left(), look.scaled(top), inside.width(), high)
        lower = QRect(inside.left(), upper.bottom() + 1, inside.width(), look.scaled(22))
        if self.shape is Shape.BRIEF:
            upper = lower = inside
        painter.setFont(look.font("tiny"))
        painter.setPen(look.color("error" if is_over else "text2"))
        painter.drawText(upper, _LEFT, self.name)
        if self.shape is Shape.BRIEF:
            lower = inside.adjusted(
                painter.fontMetrics().horizontalAdvance(f"{self.name}{BRIEF_SPACE}"), 0, 0, 0
            )
        self._paint_figures(painter, lower, tone)
        if self.shape is Shape.TALL:
            self._paint_bar(painter, QRectF(self.rect()), pad, tone)

    def _paint_figures(self, painter: QPainter, box: QRect, tone: Tone) -> None:
        look, line = self._look, self.line
        token = "text" if tone == "neutral" else tone_token(tone)
        number = self._number_font(is_brief=self.shape is Shape.BRIEF)
        painter.setFont(number)
        painter.setPen(look.color(token))
        painter.drawText(box, _LEFT, str(line.taken))
        taken = QFontMetrics(number).horizontalAdvance(str(line.taken))
        painter.setFont(look.font("tiny"))
        painter.setPen(look.color("error" if line.state is Use.OVER else "text2"))
        painter.drawText(box.adjusted(taken, 0, 0, 0), _LEFT, f" / {line.most}")
        painter.setFont(look.font("tiny", 700))
        painter.setPen(look.color(token))
        painter.drawText(box, _RIGHT, line_words(line))

    def _paint_bar(self, painter: QPainter, box: QRectF, pad: int, tone: Tone) -> None:
        look, line, high = self._look, self.line, self._look.scaled(BAR)
        track = QRectF(pad, box.height() - look.scaled(7) - high, box.width() - 2 * pad, high)
        outlined = look.theme.palette.outlined
        painter.setPen(QPen(look.color("line"), 1) if outlined else Qt.PenStyle.NoPen)
        painter.setBrush(Qt.BrushStyle.NoBrush if outlined else look.color("line"))
        painter.drawRoundedRect(track, high / 2, high / 2)
        share = min(1.0, line.taken / line.most) if line.most else float(line.taken > 0)
        if share:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.color("primary" if tone == "neutral" else tone_token(tone)))
            painter.drawRoundedRect(
                QRectF(track.left(), track.top(), track.width() * share, high), high / 2, high / 2
            )


class TileRow(QWidget):
    """The tiles: the total, the fields below it, the special tracks apart.

    Attributes:
        is_low: whether there is little height.
    """

    def __init__(self, look: Look, tiles: tuple[QuotaTile, ...]) -> None:
        super().__init__()
        self._look = look
        self.tiles = tiles
        self.is_low = False
        for tile in tiles:
            tile.setParent(self)
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def hasHeightForWidth(self) -> bool:
        """Qt: yes."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Qt: of all lines."""
        shape, lines = self._lines(width)
        return len(lines) * self.tiles[0].height_of(shape) + (len(lines) - 1) * GAP

    def sizeHint(self) -> QSize:
        """Qt: for the width it has."""
        return QSize(0, self.heightForWidth(max(1, self.width())))

    def minimumSizeHint(self) -> QSize:
        """Qt: no line of it is ever left out."""
        return self.sizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt: put the tiles in their places."""
        super().resizeEvent(event)
        self.place()

    def place(self) -> None:
        """Put the tiles in their places."""
        shape, lines = self._lines(self.width())
        high = self.tiles[0].height_of(shape)
        for at, tiles in enumerate(lines):
            left = 0
            for tile, width in tiles:
                left += self._gap(tile) if tile is not tiles[0][0] else 0
                tile.shape = shape
                tile.setGeometry(left, at * (high + GAP), width, high)
                left += width
        self.updateGeometry()
        self.update()

    def behind(self) -> QRect:
        """What is left of the last line behind its last tile."""
        _shape, lines = self._lines(self.width())
        last = self.tiles[-1].geometry()
        left = last.right() + GROUP_GAP
        return (
            QRect(left, last.top(), max(0, self.width() - left), last.height()) if len(lines) > 1 else QRect()
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt: thin lines between total, fields and special tracks."""
        painter = QPainter(self)
        painter.setPen(QPen(self._look.color("line"), 1))
        for tile in self.tiles:
            if self._gap(tile) == GROUP_GAP and tile.x():
                x, inset = tile.x() - GROUP_GAP // 2 - 1, tile.height() // 6
                painter.drawLine(x, tile.y() + inset, x, tile.y() + tile.height() - inset)

    def _gap(self, tile: QuotaTile) -> int:
        at = self.tiles.index(tile)
        before = self.tiles[at - 1].line if at else tile.line
        return GROUP_GAP if not before.field or before.special is not tile.line.special else GAP

    def _lines(self, width: int) -> tuple[Shape, list[list[tuple[QuotaTile, int]]]]:
        """The shape of the tiles, and the lines that they stand on with their widths."""
        even = self._even(width)
        if len(even) <= (1 if self.is_low else 2):
            return (Shape.LOW if self.is_low else Shape.TALL), even
        return Shape.BRIEF, self._flowing(width)

    def _even(self, width: int) -> list[list[tuple[QuotaTile, int]]]:
        """About as many in each line, all of one width."""
        least = max(tile.least_width(Shape.TALL) for tile in self.tiles)
        extra = 2 * (GROUP_GAP - GAP)
        fitting = max(1, (width - extra + GAP) // (least + GAP))
        rows = -(-len(self.tiles) // fitting)
        each = -(-len(self.tiles) // rows)
        room = min(self._look.scaled(WIDEST) * each, width - extra - (each - 1) * GAP)
        share, rest = divmod(room, each)
        return [
            [(tile, share + (place < rest)) for place, tile in enumerate(self.tiles[at : at + each])]
            for at in range(0, len(self.tiles), each)
        ]

    def _flowing(self, width: int) -> list[list[tuple[QuotaTile, int]]]:
        """As many in each line as there is room for."""
        lines: list[list[tuple[QuotaTile, int]]] = [[]]
        left = 0
        for tile in self.tiles:
            least = tile.least_width(Shape.BRIEF)
            if lines[-1] and left + self._gap(tile) + least > width:
                lines.append([])
                left = 0
            left += least + (self._gap(tile) if lines[-1] else 0)
            lines[-1].append((tile, least))
        return lines
