"""结构图: the tree as a figure, drawn anew a moment after every change; a click chooses the node."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from pilotdesk.documents.blocks import Figure
from pilotdesk.errors import PilotDeskError
from pilotdesk.ui.components.basic import Button, Chip, Label, row
from pilotdesk.ui.dialogs.file_asking import save_name
from pilotdesk.ui.look.plain_text import plain_tip
from pilotdesk.ui.trees.figure_layout import (
    PAD,
    SIDE,
    SIGN,
    Drawing,
    NodeBox,
    head_lines,
    lay_out,
    signs_in_line,
    wanting,
)
from pilotdesk.ui.trees.links import figure_roots
from pilotdesk.ui.trees.nodes import Nodes

if TYPE_CHECKING:
    from PySide6.QtGui import QMouseEvent, QPaintEvent, QResizeEvent

    from pilotdesk.documents.blocks import FigureNode
    from pilotdesk.forms.model import Field
    from pilotdesk.session import Session
    from pilotdesk.ui.look.theme import Look
    from pilotdesk.ui.navigation.services import Services

DRAWN_WORDS: Final = "随左边的树自动画"
FOLDED_WORDS: Final = "随左边的树自动画；“另n类”是再下一层的，打印时都画"
REDRAW_MS: Final = 200
ZOOMS: Final = (0.7, 0.85, 1.0, 1.25, 1.5, 2.0)


def ask_picture(parent: QWidget, name: str) -> Path | None:
    """Let the user name the file of the picture; ``None`` when nothing was chosen."""
    chosen = save_name(parent, "存为图片", f"{name}.png", "图片 (*.png)")
    return Path(chosen) if chosen else None


class FigureCanvas(QWidget):
    """The drawing itself.

    Signals:
        node_chosen: id of the node that was clicked.
    """

    node_chosen = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._roots: tuple[FigureNode, ...] = ()
        self._drawing = Drawing((), (), 0, 0)
        self._room = 0.0
        self._zoom = 1.0
        self._chosen = ""
        self.setProperty("plain", True)
        self.setMouseTracking(True)
        look.changed.connect(self._lay_out)

    @property
    def drawing(self) -> Drawing:
        """What is drawn."""
        return self._drawing

    def show_tree(self, roots: tuple[FigureNode, ...]) -> None:
        """Draw another tree."""
        self._roots = roots
        self._lay_out()

    def show_chosen(self, row_id: str) -> None:
        """Mark the node that is chosen in the tree."""
        self._chosen = row_id
        self.update()

    def fit(self, room: float, zoom: float) -> None:
        """Draw for another width or zoom."""
        if (room, zoom) != (self._room, self._zoom):
            self._room, self._zoom = room, zoom
            self._lay_out()

    def box_at(self, x: float, y: float) -> NodeBox | None:
        """The box at a place."""
        return next(
            (
                box
                for box in self._drawing.boxes
                if QRectF(box.x, box.y, box.width, box.height).contains(x, y)
            ),
            None,
        )

    # -- Qt --------------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        """Qt: as large as the figure."""
        return QSize(round(self._drawing.width), round(self._drawing.height))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Qt: choose the node."""
        box = self.box_at(event.position().x(), event.position().y())
        if box is not None:
            self.node_chosen.emit(box.node.id)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Qt: say that a box can be clicked, and what it is called."""
        box = self.box_at(event.position().x(), event.position().y())
        self.setCursor(Qt.CursorShape.PointingHandCursor if box else Qt.CursorShape.ArrowCursor)
        self.setToolTip(plain_tip(f"{box.node.code} {box.node.name}".strip() if box else ""))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt: connectors first, boxes over them."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._look.color("control"), 1.2))
        for line in self._drawing.lines:
            painter.drawLine(round(line.x0), round(line.y0), round(line.x1), round(line.y1))
        for box in self._drawing.boxes:
            self._paint_box(painter, box)

    # -- inside ----------------------------------------------------------------------------------

    def _scale(self) -> float:
        return self._look.scaled(100) / 100 * self._zoom

    def _font(self, weight: int) -> QFont:
        font = self._look.font("small", weight)
        font.setPixelSize(max(8, round(self._look.px("small") * self._zoom)))
        return font

    def _line_height(self) -> float:
        return QFontMetricsF(self._font(400)).height() * 0.92

    def _lay_out(self) -> None:
        metrics = QFontMetricsF(self._font(500))
        self._drawing = lay_out(
            self._roots, self._room, self._scale(), metrics.horizontalAdvance, self._line_height()
        )
        self.setFixedSize(self.sizeHint())
        words = [
            " ".join(filter(None, (box.node.code, box.node.name, box.count, box.folded_words)))
            for box in self._drawing.boxes
        ]
        self.setAccessibleName("结构图")
        self.setAccessibleDescription("；".join(words))
        self.update()

    def _paint_box(self, painter: QPainter, box: NodeBox) -> None:
        look = self._look
        root = box.kind == "root"
        wanting_leaf = box.wanting and not root
        edge = "warn" if wanting_leaf else "primary"
        pen = QPen(look.color(edge), 2.4 if box.node.id == self._chosen else 1.4)
        if wanting_leaf:
            pen.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.setBrush(look.color("primary" if root else "warn_bg" if wanting_leaf else "surface"))
        area = QRectF(box.x, box.y, box.width, box.height)
        painter.drawRoundedRect(area, 3, 3)
        painter.setPen(look.color("on_primary" if root else "warn" if wanting_leaf else "text"))
        center = Qt.AlignmentFlag.AlignCenter.value
        if box.kind == "leaf":
            self._paint_leaf(painter, box, area, center)
            return
        painter.setFont(self._font(500))
        text, metrics = f"{box.node.code} {box.node.name}".strip(), QFontMetricsF(self._font(500))
        if root:
            text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, box.width - 6)
            painter.drawText(area, center, text)
            return
        lines = head_lines(box.node, box.width, self._scale(), metrics.horizontalAdvance)
        self._paint_lines(painter, area, (text,) if lines == 1 else in_lines(text, lines))

    def _paint_leaf(self, painter: QPainter, box: NodeBox, area: QRectF, center: int) -> None:
        """Code, name over several lines, number at the foot."""
        line = self._line_height()
        pad = PAD * self._scale()
        painter.setFont(self._font(700))
        painter.drawText(QRectF(area.left(), area.top() + pad, area.width(), line), center, box.node.code)
        painter.setFont(self._font(400))
        feet = [box.count, box.folded_words] if box.folded else [box.count]
        foot = pad + line * len(feet)
        middle = QRectF(area.left(), area.top() + pad + line, area.width(), area.height() - pad - line - foot)
        sign = QFontMetricsF(self._font(500)).horizontalAdvance(SIGN)
        per_line = signs_in_line(area.width() - 2 * SIDE * self._scale(), sign)
        self._paint_lines(painter, middle, in_lines(box.node.name, -(-len(box.node.name) // per_line)))
        for at, words in enumerate(feet):
            top = area.bottom() - foot + at * line
            painter.drawText(QRectF(area.left(), top, area.width(), line), center, words)

    def _paint_lines(self, painter: QPainter, area: QRectF, lines: tuple[str, ...]) -> None:
        """Lines in the middle of an area, as close as the boxes count with."""
        line = self._line_height()
        top = area.center().y() - line * len(lines) / 2
        for at, words in enumerate(lines):
            place = QRectF(area.left(), top + at * line, area.width(), line)
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter.value, words)


def in_lines(name: str, count: int) -> tuple[str, ...]:
    """A name broken evenly into so many lines."""
    even = -(-len(name) // max(1, count)) or 1
    return tuple(name[at : at + even] for at in range(0, len(name), even))


class FigureView(QWidget):
    """The figure with its heading and tools.

    Signals:
        node_chosen: id of the node that was clicked.
    """

    node_chosen = Signal(str)

    def __init__(self, session: Session, tree: Field, services: Services) -> None:
        super().__init__()
        look = services.look
        self._session = session
        self._tree = tree
        self._services = services
        self._zoom = ZOOMS.index(1.0)
        self.canvas = FigureCanvas(look)
        self.chip = Chip(look, "", "warn", icon="alert-triangle-filled")
        self.smaller = Button(look, "", "ghost", icon="zoom-out", small=True, name="缩小")
        self.larger = Button(look, "", "ghost", icon="zoom-in", small=True, name="放大")
        self.keep = Button(look, "存为图片", "ghost", icon="download", small=True)
        self._remark = Label(DRAWN_WORDS, "small", "text2")
        self._area = QScrollArea()
        self._timer = QTimer(self, singleShot=True, interval=REDRAW_MS)
        self._timer.timeout.connect(self.redraw)
        self._build()
        self.smaller.clicked.connect(self._on_smaller)
        self.larger.clicked.connect(self._on_larger)
        self.keep.clicked.connect(self.save_picture)
        self.canvas.node_chosen.connect(self.node_chosen)
        self.redraw()

    def _build(self) -> None:
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setWidget(self.canvas)
        self._area.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._area.setAccessibleName("结构图")
        head = row(Label("结构图", "body", weight=500), self._remark, None)
        for widget in (self.chip, self.smaller, self.larger, self.keep):
            head.addWidget(widget)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(head)
        layout.addWidget(self._area, 1)

    def redraw_soon(self) -> None:
        """The tree or the table has changed."""
        self._timer.start()

    def redraw(self) -> None:
        """Draw what the session has now."""
        self._timer.stop()
        roots = figure_roots(self._session, self._tree, Nodes(self._session.rows(self._tree.name)))
        self.canvas.show_tree(roots)
        folded = any(box.folded for box in self.canvas.drawing.boxes)
        self._remark.setText(FOLDED_WORDS if folded else DRAWN_WORDS)
        missing = wanting(roots)
        self.chip.show_state(f"{missing} 处待补充" if missing else "", "warn")

    def show_chosen(self, row_id: str) -> None:
        """Mark the node that is chosen in the tree."""
        self.canvas.show_chosen(row_id)

    def save_picture(self) -> None:
        """Keep the figure as it is printed, 300 dpi, in a file of the user's choice."""
        path = ask_picture(self, self._tree.print.caption or self._tree.label)
        if path is not None:
            try:
                written = write_pictures(self._session, self._tree, path)
            except OSError:
                self._services.toasts.show_done("图片没有存上。换个能写的文件夹再存一次。")
            except PilotDeskError as trouble:
                self._services.toasts.show_done(str(trouble))
            else:
                self._services.toasts.show_done(f"存好了 {written} 张图片" if written else "还没有图可以存")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt: use the width there is."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        self.canvas.fit(float(self._area.viewport().width()), ZOOMS[self._zoom])

    def _on_smaller(self) -> None:
        self._zoom = max(0, self._zoom - 1)
        self._fit()

    def _on_larger(self) -> None:
        self._zoom = min(len(ZOOMS) - 1, self._zoom + 1)
        self._fit()


def write_pictures(session: Session, tree: Field, path: Path) -> int:
    """Write the figure as it is printed, one file a sheet (``图-2.png`` for the second); returns how many.

    Raises:
        OSError: a file cannot be written.
        PilotDeskError: ``program_incomplete`` when the fonts are missing.
    """
    from pilotdesk.documents.figure import layout_figure
    from pilotdesk.documents.word.figures import sheet_png

    roots = figure_roots(session, tree, Nodes(session.rows(tree.name)))
    figure = Figure("", tree.print.caption or tree.label, roots, tree.name)
    sheets = layout_figure(figure)
    for at, sheet in enumerate(sheets, 1):
        target = path if at == 1 else path.with_stem(f"{path.stem}-{at}")
        target.write_bytes(sheet_png(sheet, transparent=False))
    return len(sheets)
