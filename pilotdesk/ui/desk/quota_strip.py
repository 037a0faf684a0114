"""``QuotaStrip``: how many projects may still be recommended, live with every tick."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from pilotdesk.review.quota import Use, short_name
from pilotdesk.ui.components import Label, SymbolLabel, row
from pilotdesk.ui.components_text import ISSUE_EM, WrappedLabel
from pilotdesk.ui.theme import tone_token
from pilotdesk.ui.tokens import RADIUS

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from pilotdesk.review.quota import QuotaLine
    from pilotdesk.ui.desk.sitting import Sitting
    from pilotdesk.ui.theme import Look
    from pilotdesk.ui.tokens import Tone

GAP: Final = 6
GROUP_GAP: Final = 17
"""Before the fields and before the special tracks; a thin line stands in it."""
PAD: Final = 8
BAR: Final = 4
TALL: Final = 64
LOW: Final = 42
"""Heights of a tile, px at 标准: with its bar, and where the window is low."""
WIDEST: Final = 150

TONES: Final[dict[Use, Tone]] = {Use.FREE: "neutral", Use.FULL: "ok", Use.OVER: "error"}


def line_words(line: QuotaLine) -> str:
    """What a tile says beside its figures: 满, 超 1; empty while there is room."""
    return {Use.FREE: "", Use.FULL: "满", Use.OVER: f"超 {line.excess}"}[line.state]


class QuotaTile(QWidget):
    """One line of the quota: its name, 3 / 2, 超 1, and a bar."""

    def __init__(self, look: Look, name: str, line: QuotaLine) -> None:
        super().__init__()
        self._look = look
        self.name = name
        self.line = line
        self.is_low = False
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.show_line(line)

    def show_line(self, line: QuotaLine) -> None:
        """Show other figures."""
        self.line = line
        words = line_words(line)
        self.setAccessibleName(f"{line.name} {line.taken} / {line.most}" + (f"，{words}" if words else ""))
        self.setToolTip(self.accessibleName())
        self.update()

    def least_width(self) -> int:
        """So that neither name nor figures are cut, px."""
        look = self._look
        name = QFontMetrics(look.font("tiny")).horizontalAdvance(self.name)
        number = QFontMetrics(look.font("group", 700)).horizontalAdvance("12")
        small = QFontMetrics(look.font("tiny", 700))
        figures = number + small.horizontalAdvance(f" / {self.line.most}") + small.horizontalAdvance(" 超 12")
        return max(name, figures) + 2 * look.scaled(PAD)

    def sizeHint(self) -> QSize:
        """Qt: at least its words."""
        return QSize(self.least_width(), self._look.scaled(LOW if self.is_low else TALL))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt: box, name, figures, word, bar."""
        look, tone = self._look, TONES[self.line.state]
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        is_over = self.line.state is Use.OVER
        painter.setPen(QPen(look.color("error_line" if is_over else "line"), 1))
        painter.setBrush(look.color("error_bg" if is_over else "surface"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS)
        pad = look.scaled(PAD)
        inside = self.rect().adjusted(pad, look.scaled(3 if self.is_low else 6), -pad, 0)
        painter.setFont(look.font("tiny"))
        painter.setPen(look.color("error" if is_over else "text2"))
        high = look.scaled(17)
        painter.drawText(QRect(inside.left(), inside.top(), inside.width(), high), _MIDDLE, self.name)
        self._paint_figures(painter, inside.adjusted(0, high, 0, 0), tone)
        if not self.is_low:
            self._paint_bar(painter, QRectF(self.rect()), pad, tone)

    def _paint_figures(self, painter: QPainter, inside: QRect, tone: Tone) -> None:
        look, line = self._look, self.line
        token = "text" if tone == "neutral" else tone_token(tone)
        box = QRect(inside.left(), inside.top(), inside.width(), look.scaled(22))
        number, bold = look.font("group", 700), look.font("tiny", 700)
        painter.setFont(number)
        painter.setPen(look.color(token))
        painter.drawText(box, _MIDDLE, str(line.taken))
        taken = QFontMetrics(number).horizontalAdvance(str(line.taken))
        painter.setFont(look.font("tiny"))
        painter.setPen(look.color("error" if line.state is Use.OVER else "text2"))
        painter.drawText(box.adjusted(taken, 0, 0, 0), _MIDDLE, f" / {line.most}")
        painter.setFont(bold)
        painter.setPen(look.color(token))
        painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, line_words(line))

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


_MIDDLE: Final = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class TileRow(QWidget):
    """The tiles, on as many lines as the width asks for: the total, the fields below it, the special tracks apart."""

    def __init__(self, look: Look, tiles: tuple[QuotaTile, ...]) -> None:
        super().__init__()
        self._look = look
        self.tiles = tiles
        self._lines: list[int] = []
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
        rows = len(self._broken(width))
        return rows * self._high() + (rows - 1) * GAP

    def sizeHint(self) -> QSize:
        """Qt: for the width it has."""
        return QSize(0, self.heightForWidth(max(1, self.width())))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt: put the tiles in their places."""
        super().resizeEvent(event)
        self.place()

    def place(self) -> None:
        """Put the tiles in their places."""
        self._lines.clear()
        rows = self._broken(self.width())
        widest = self._look.scaled(WIDEST)
        for at, tiles in enumerate(rows):
            gaps = sum(self._gap(tile) for tile in tiles[1:])
            share = min(widest, (self.width() - gaps) // max(len(one) for one in rows))
            left = 0
            for tile in tiles:
                left += self._gap(tile) if tile is not tiles[0] else 0
                tile.setGeometry(left, at * (self._high() + GAP), share, self._high())
                left += share
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt: thin lines between total, fields and special tracks."""
        painter = QPainter(self)
        painter.setPen(QPen(self._look.color("line"), 1))
        for tile in self.tiles:
            if self._gap(tile) == GROUP_GAP and tile.x():
                x = tile.x() - GROUP_GAP // 2 - 1
                painter.drawLine(x, tile.y() + 10, x, tile.y() + tile.height() - 10)

    def _high(self) -> int:
        return self.tiles[0].sizeHint().height()

    def _gap(self, tile: QuotaTile) -> int:
        at = self.tiles.index(tile)
        before = self.tiles[at - 1].line if at else tile.line
        return GROUP_GAP if not before.field or before.special is not tile.line.special else GAP

    def _broken(self, width: int) -> list[tuple[QuotaTile, ...]]:
        """The tiles line by line, about as many in each."""
        least = max(tile.least_width() for tile in self.tiles)
        fitting = max(1, (width - 2 * (GROUP_GAP - GAP) + GAP) // (least + GAP))
        rows = -(-len(self.tiles) // fitting)
        each = -(-len(self.tiles) // rows)
        return [self.tiles[at : at + each] for at in range(0, len(self.tiles), each)]


class QuotaStrip(QWidget):
    """额度: the tiles, and the sentence how the picks stand.

    Args:
        look: the theme in force.
        sitting: the open desk.

    Attributes:
        tiles: the total first, then the fields in the order of the round. sentence: how it stands.
    """

    def __init__(self, look: Look, sitting: Sitting) -> None:
        super().__init__()
        self._look = look
        self._sitting = sitting
        names = {field.code: short_name(field) for field in sitting.pack.round.pilot_field}
        self.tiles = tuple(
            QuotaTile(look, names.get(line.field, line.name), line) for line in sitting.quota.lines
        )
        self._row = TileRow(look, self.tiles)
        self._symbol = SymbolLabel(look, "alert-circle-filled", "error", 15)
        self.sentence = WrappedLabel(look, "", "small", "text2", line_em=ISSUE_EM)
        self._head = QWidget()
        self._remark = Label("勾选即时计算", "small", "text2")
        head = row(Label("额度", "body", weight=700), self._remark, 12, spacing=GAP)
        head.addWidget(self._symbol, 0, Qt.AlignmentFlag.AlignVCenter)
        head.addWidget(self.sentence, 1, Qt.AlignmentFlag.AlignVCenter)
        self._head.setLayout(head)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(self._head)
        layout.addWidget(self._row)
        sitting.quota_changed.connect(self._show)
        look.changed.connect(self._measure)
        self._show()

    def set_low(self, is_low: bool) -> None:
        """Take less height, in a window that has little: no bars, and no sentence as long as everything fits."""
        if is_low != self.tiles[0].is_low:
            for tile in self.tiles:
                tile.is_low = is_low
            self._measure()

    def _show(self) -> None:
        quota = self._sitting.quota
        for tile, line in zip(self.tiles, quota.lines, strict=True):
            tile.show_line(line)
        self._symbol.setVisible(not quota.fits)
        self.sentence.set_tone("text2" if quota.fits else "error")
        self.sentence.set_text(quota.sentence)
        self._head.setVisible(not (self.tiles[0].is_low and quota.fits))

    def _measure(self) -> None:
        self._row.updateGeometry()
        self._row.place()
        self._show()
