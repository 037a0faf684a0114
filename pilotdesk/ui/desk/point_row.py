"""One review point in a line: its number and label, the three verdicts, and below how things stand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QVBoxLayout

from pilotdesk.ui.components.basic import ClickArea, Label, SymbolLabel, row
from pilotdesk.ui.components.text import ElidedLabel
from pilotdesk.ui.desk.verdict_buttons import VerdictTrio
from pilotdesk.ui.look.severity import MARKS

if TYPE_CHECKING:
    from PySide6.QtGui import QMouseEvent, QPaintEvent

    from pilotdesk.review.desk.records import Verdict
    from pilotdesk.review.desk.sight import PointSight
    from pilotdesk.ui.look.theme import Look

PAD: Final = 12
BAR: Final = 3


class PointRow(ClickArea):
    """A point of the list; a click makes it the current one.

    Signals:
        verdict_chosen: number of the point, and the verdict that was clicked.
        chosen: number of the point.
        material_wanted: its line was clicked; path of the first answer that belongs to it.
    """

    verdict_chosen = Signal(int, object)
    chosen = Signal(int)
    material_wanted = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._current = False
        self.number = -1
        self._path = ""
        self._number = Label("", "body", weight=700)
        self.label = ElidedLabel("", "body", weight=700)
        self._count = Label("", "tiny", "text2")
        self._mark = SymbolLabel(look, "bulb", "hint", 15)
        self.trio = VerdictTrio(look)
        self.evidence = ElidedLabel("", "small", "text2")
        self._build()
        self.clicked.connect(self._on_clicked)
        self.trio.chosen.connect(self._on_verdict)
        look.changed.connect(self._on_look_changed)

    def _build(self) -> None:
        self._on_look_changed()
        head = row(self._number, self.label, self._mark, self._count, spacing=4)
        head.setStretch(1, 1)
        head.addSpacing(4)
        head.addWidget(self.trio)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(PAD, 5, PAD, 6)
        layout.setSpacing(2)
        layout.addLayout(head)
        layout.addWidget(self.evidence)

    def show_point(self, point: PointSight, refusal: str) -> None:
        """Show a point; ``refusal`` says why no verdict can be given, empty when one can."""
        self.number = point.number
        self._path = point.path
        self._number.setText(str(point.number) if point.number else "·")
        self.label.set_text(point.label)
        gravest = point.gravest
        self._count.setText(str(len(point.findings)) if point.findings else "")
        self._mark.setVisible(gravest is not None)
        if gravest is not None:
            self._mark.show_symbol(MARKS[gravest].icon, MARKS[gravest].tone)
        said = f"，{len(point.findings)} 处疑点" if point.findings else ""
        self.setAccessibleName(f"{point.number or ''} {point.label}{said}".strip())
        self.trio.show_given(point.label, point.given.verdict if point.given else None, refusal)

    def show_evidence(self, text: str) -> None:
        """How things stand; empty while it is worked out."""
        self.evidence.set_text(text)

    def set_current(self, current: bool) -> None:
        """Whether keys act on it."""
        self._current = current
        self.update()

    @property
    def is_current(self) -> bool:
        """Whether keys act on it."""
        return self._current

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Qt: a click on the line below opens the page that it speaks of."""
        super().mouseReleaseEvent(event)
        if self._path and self.evidence.geometry().contains(event.position().toPoint()):
            self.material_wanted.emit(self._path)

    def minimumSizeHint(self) -> QSize:
        """Qt: the label may be cut, the verdicts may not."""
        return QSize(self.trio.sizeHint().width() + 2 * PAD, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt: ground, bar of the current point, line below."""
        painter = QPainter(self)
        look = self._look
        if self._current:
            painter.fillRect(self.rect(), look.color("sel"))
            painter.fillRect(0, 0, BAR, self.height(), look.color("primary"))
        painter.fillRect(0, self.height() - 1, self.width(), 1, look.color("line"))

    def _on_look_changed(self) -> None:
        self._number.setFixedWidth(self._look.scaled(16))
        self.evidence.setContentsMargins(0, 0, 0, 0)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def _on_clicked(self) -> None:
        self.chosen.emit(self.number)

    def _on_verdict(self, verdict: Verdict) -> None:
        self.verdict_chosen.emit(self.number, verdict)
