"""An official document as it will read: mark, rules, number, text and signature, and what the clerk has yet to fill in.

Page by page: 22 lines stand on one, whose height is fixed. Word may move a line that it keeps with the next.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent, QResizeEvent, QTextDocument
from PySide6.QtWidgets import QSizePolicy, QWidget

from pilotdesk.review.outputs.official_records import BLANKS, Layout, Level, day_text
from pilotdesk.review.outputs.official_style import CHARACTER_PT, LINE_PT, RED
from pilotdesk.review.outputs.title_lines import title_lines
from pilotdesk.ui.look import tokens
from pilotdesk.ui.look.plain_text import escaped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pilotdesk.review.outputs.official_records import Paper

PAGE_MM, PAGE_HIGH_MM = 210.0, 297.0
_PT: Final = 25.4 / 72
_LEFT_MM, _TEXT_MM = 28.0, 156.0
_MARK_MM: Final = {Layout.LETTER: 30.0, Layout.REPORT: 52.0}
"""Upper edge of the mark; that of a 报告 stands lower on its page."""
_MARK_PT: Final = {Layout.LETTER: 39.0, Layout.REPORT: 45.0}
_MARK_WIDE_MM: Final = 150.0
_RULE_MM: Final = 170.0
_FOOT_MM: Final = 20.0
"""From the foot of a 函 to the rules there."""
_TITLE_PT: Final = 22.0
_TOP_MM, _BELOW_MM = 37.0, 35.0
"""Margins above and below the text."""
_NUMBER_MM: Final = 29.0
"""From the foot of the page to the number on it."""
_NUMBER_PT: Final = 14.0
_LINES: Final = 22
_ROUNDED: Final = 0.3
"""Of a line: lengths are rounded to px."""
_GAP_PX: Final = 10
"""Between two pages on the screen."""
_SONG: Final = (
    "FZXiaoBiaoSong-B05S",
    "方正小标宋简体",
    "SimSun",
    "宋体",
    "Noto Serif CJK SC",
    "Noto Serif SC",
)
_FANG: Final = ("FangSong_GB2312", "仿宋_GB2312", "FangSong", "仿宋", *tokens.FAMILIES)


class PaperSheet(QWidget):
    """The sheet, as wide as there is room; always white, because it is a picture of paper."""

    def __init__(self) -> None:
        super().__init__()
        self._paper: Paper | None = None
        self._document = QTextDocument(self)
        self._document.setDocumentMargin(0)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setSizePolicy(policy)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    @property
    def text(self) -> str:
        """What can be read on it below its head."""
        return self._document.toPlainText()

    def show_paper(self, paper: Paper) -> None:
        """Show a document."""
        self._paper = paper
        self.setAccessibleName(f"公文样子：{paper.title}")
        self._set()

    def sizeHint(self) -> QSize:
        """Qt: half of a window."""
        return QSize(420, self.minimumHeight())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt: type is set anew for the width."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._set()

    def _mm(self, mm: float) -> float:
        return mm * self.width() / PAGE_MM

    def _pt(self, pt: float) -> float:
        return self._mm(pt * _PT)

    def _set(self) -> None:
        if self._paper is None or self.width() < 1:
            return
        font = QFont(list(_FANG))
        font.setPixelSize(max(1, round(self._pt(CHARACTER_PT))))
        self._document.setDefaultFont(font)
        self._document.setTextWidth(self._mm(_TEXT_MM))
        self._document.setHtml("".join(self._lines(self._paper)))
        count = len(self.pages())
        self.setFixedHeight(round(self._mm(PAGE_HIGH_MM)) * count + _GAP_PX * (count - 1))
        self.update()

    def pages(self) -> list[tuple[int, int]]:
        """The pages: first line of each, and the one behind its last."""
        count = max(1, round(self._document.size().height() / self._leading))
        room = self._mm(PAGE_HIGH_MM - _BELOW_MM) - self._text_top()
        first = min(count, max(1, int(room / self._leading + _ROUNDED)))
        return [(0, first), *((at, min(count, at + _LINES)) for at in range(first, count, _LINES))]

    @property
    def _leading(self) -> int:
        """From line to line, px."""
        return max(1, round(self._pt(LINE_PT)))

    # -- what it says ----------------------------------------------------------------------------

    def _lines(self, paper: Paper) -> Iterator[str]:
        title = max(1, round(self._pt(_TITLE_PT)))
        song = ",".join(f"'{name}'" for name in _SONG)
        for line in title_lines(paper.title, paper.words):
            yield self._line(
                f"<b>{_marked(line)}</b>", f"text-align:center;font-family:{song};font-size:{title}px"
            )
        yield self._line("&nbsp;")
        yield self._line(_marked(f"{paper.addressee}："))
        indent = f"text-indent:{round(self._pt(CHARACTER_PT * 2))}px"
        for level, text in paper.text:
            words = _marked(text)
            yield self._line(words if level is Level.BODY else f"<b>{words}</b>", indent)
        for at, annex in enumerate(paper.annexes, 1):
            number = f"{at}. " if len(paper.annexes) > 1 else ""
            yield self._line(_marked(f"{'附件：' if at == 1 else '　　　'}{number}{annex}"), indent)
        yield self._line("&nbsp;") * 2
        right = f"text-align:right;margin-right:{round(self._pt(CHARACTER_PT * 3))}px"
        yield self._line(_marked(paper.bureau), right)
        yield self._line(_marked(day_text(paper.dated)), right)
        if paper.note:
            yield self._line(_marked(f"（{paper.note}）"), indent)
        for copies in paper.copies[:1]:
            listed = "，".join((copies, *paper.copies[1:]))
            yield self._line(_marked(f"抄送：{listed}。"))
        if paper.layout is Layout.REPORT:
            yield self._line(_marked(f"{paper.issued_by}　　{day_text(paper.dated)}印发"))

    def _line(self, words: str, style: str = "") -> str:
        fixed = f"margin:0;line-height:{self._leading}px;-qt-line-height-type:fixed"
        return f'<p style="{fixed};{style}">{words}</p>'

    # -- Qt --------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt: the sheets, the head on the first, the text, and the numbers of the pages."""
        paper = self._paper
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if paper is None:
            painter.fillRect(self.rect(), QColor(tokens.LIGHT.paper))
            return
        high = round(self._mm(PAGE_HIGH_MM))
        for at, lines in enumerate(self.pages()):
            painter.fillRect(0, 0, self.width(), high, QColor(tokens.LIGHT.paper))
            if at == 0:
                self._paint_mark(painter, paper)
                self._paint_number(painter, paper)
                self._paint_foot(painter, paper)
            self._paint_text(painter, self._mm(_TOP_MM) if at else self._text_top(), *lines)
            if at or paper.layout is Layout.REPORT:  # a 函 has none on its first
                self._paint_page_number(painter, at + 1)
            painter.translate(0, high + _GAP_PX)

    def _paint_text(self, painter: QPainter, top: float, first: int, end: int) -> None:
        """Lines of the text from a place of the page on."""
        above, high = first * self._leading, (end - first) * self._leading
        painter.save()
        painter.translate(self._mm(_LEFT_MM), top - above)
        self._document.drawContents(painter, QRectF(0, above, self._mm(_TEXT_MM), high))
        painter.restore()

    def _paint_page_number(self, painter: QPainter, number: int) -> None:
        """At the outer edge: right on odd pages, left on even ones."""
        font = QFont(list(_SONG))
        font.setPixelSize(max(1, round(self._pt(_NUMBER_PT))))
        painter.setFont(font)
        painter.setPen(QColor(tokens.LIGHT.text))
        inset = self._pt(CHARACTER_PT)
        line = QRectF(
            self._mm(_LEFT_MM), self._mm(PAGE_HIGH_MM - _NUMBER_MM), self._mm(_TEXT_MM), self._leading
        )
        side = Qt.AlignmentFlag.AlignRight if number % 2 else Qt.AlignmentFlag.AlignLeft
        painter.drawText(line.adjusted(inset, 0, -inset, 0), side, f"— {number} —")

    def _rule_top(self, paper: Paper) -> float:
        size = _MARK_PT[paper.layout]
        lower = 20.0 if paper.layout is Layout.REPORT else 4.0
        return self._mm(_MARK_MM[paper.layout]) + self._pt(size) + self._mm(lower)

    def _text_top(self) -> float:
        if self._paper is None:
            return 0.0
        lines = 4 if self._paper.layout is Layout.LETTER else 2
        return self._rule_top(self._paper) + self._pt(LINE_PT) * lines

    def _paint_mark(self, painter: QPainter, paper: Paper) -> None:
        painter.setPen(QColor(f"#{RED}"))
        font = QFont(list(_SONG))
        font.setBold(True)
        font.setPixelSize(max(1, round(self._pt(_MARK_PT[paper.layout]))))
        wide, count = self._mm(_MARK_WIDE_MM), max(1, len(paper.mark))
        own = QFontMetricsF(font).horizontalAdvance(paper.mark)
        if own > wide:
            font.setStretch(max(1, int(100 * wide / own)))
        else:
            gap = min(0.4 * font.pixelSize(), (wide - own) / max(1, count - 1))
            font.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, gap)
        painter.setFont(font)
        top, high = self._mm(_MARK_MM[paper.layout]), self._pt(_MARK_PT[paper.layout] * 1.2)
        painter.drawText(QRectF(0, top, self.width(), high), Qt.AlignmentFlag.AlignCenter, paper.mark)
        rule, left = self._rule_top(paper), self._mm((PAGE_MM - _RULE_MM) / 2)
        red = QColor(f"#{RED}")
        if paper.layout is Layout.REPORT:
            painter.fillRect(
                QRectF(self._mm(_LEFT_MM), rule, self._mm(_TEXT_MM), max(1.0, self._pt(2.25))), red
            )
            return
        painter.fillRect(QRectF(left, rule, self._mm(_RULE_MM), max(1.0, self._pt(2.2))), red)
        painter.fillRect(QRectF(left, rule + self._pt(3.6), self._mm(_RULE_MM), max(1.0, self._pt(0.7))), red)

    def _paint_foot(self, painter: QPainter, paper: Paper) -> None:
        """The rules at the foot of a 函, the thin one above."""
        if paper.layout is Layout.LETTER:
            red, left, wide = QColor(f"#{RED}"), self._mm((PAGE_MM - _RULE_MM) / 2), self._mm(_RULE_MM)
            foot = self._mm(PAGE_HIGH_MM - _FOOT_MM)
            painter.fillRect(QRectF(left, foot - self._pt(4.3), wide, max(1.0, self._pt(0.7))), red)
            painter.fillRect(QRectF(left, foot - self._pt(2.2), wide, max(1.0, self._pt(2.2))), red)

    def _paint_number(self, painter: QPainter, paper: Paper) -> None:
        """The number: at the right below the rules of a 函, above the rule of a 报告 with who signs it."""
        document = QTextDocument()
        document.setDocumentMargin(0)
        document.setDefaultFont(self._document.defaultFont())
        document.setTextWidth(self._mm(_TEXT_MM))
        rule = self._rule_top(paper)
        if paper.layout is Layout.LETTER:
            document.setHtml(self._line(_marked(paper.number), "text-align:right"))
            top = rule + self._pt(14)
        else:
            signer = f"签发人：{paper.signer}"
            document.setHtml(
                f'<table width="100%"><tr><td>{_marked(paper.number)}</td>'
                f'<td align="right">{_marked(signer)}</td></tr></table>'
            )
            top = rule - self._mm(4) - document.size().height()
        painter.save()
        painter.translate(self._mm(_LEFT_MM), top)
        document.drawContents(painter)
        painter.restore()


def _marked(text: str) -> str:
    """Rich text, with what the clerk has to fill in on a tinted ground."""
    parts = BLANKS.split(text)
    ink, ground = tokens.LIGHT.text, tokens.LIGHT.warn_bg
    return "".join(
        f'<span style="color:{ink};background-color:{ground if at % 2 else tokens.LIGHT.paper}">{escaped(part)}</span>'
        for at, part in enumerate(parts)
        if part
    )
