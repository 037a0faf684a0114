"""Below the table: how the submission that is looked at stands, and what there is to say of its pick."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pilotdesk.ui.components.basic import SymbolLabel, row
from pilotdesk.ui.components.text import ISSUE_EM, ElidedLabel, WrappedLabel
from pilotdesk.ui.look.plain_text import plain_tip
from pilotdesk.ui.look.severity import MARKS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pilotdesk.review.desk.remarks import Remark
    from pilotdesk.ui.components.basic import LabelTone
    from pilotdesk.ui.look.theme import Look

MOST: Final = 3
"""Remarks that are shown; the gravest come first."""


class RemarkLine(QWidget):
    """One line that is always there, and below it the remarks."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.facts = ElidedLabel("", "small", "text2")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 4, 0, 0)
        layout.setSpacing(2)
        layout.addWidget(self.facts)
        self.remarks: tuple[Remark, ...] = ()
        self._most = MOST
        self._lines: list[tuple[QWidget, SymbolLabel, WrappedLabel]] = []
        for _ in range(MOST):
            symbol = SymbolLabel(look, "bulb", "hint", 15)
            words = WrappedLabel(look, "", "small", "text", line_em=ISSUE_EM)
            line = QWidget()
            inside = row(spacing=6)
            inside.addWidget(symbol, 0, Qt.AlignmentFlag.AlignTop)
            inside.addWidget(words, 1)
            line.setLayout(inside)
            line.hide()
            layout.addWidget(line)
            self._lines.append((line, symbol, words))

    def set_most(self, most: int) -> None:
        """Show so many remarks, the gravest; the tooltip has the others."""
        if most != self._most:
            self._most = most
            self._show()

    def show_remarks(self, facts: str, remarks: Sequence[Remark]) -> None:
        """Say how it stands."""
        self.facts.set_text(facts)
        self.remarks = tuple(remarks[:MOST])
        self._show()

    def _show(self) -> None:
        for at, (line, symbol, words) in enumerate(self._lines):
            line.setVisible(at < min(self._most, len(self.remarks)))
            if at < len(self.remarks):
                remark = self.remarks[at]
                mark = MARKS[remark.severity]
                tone: LabelTone = "text2" if mark.tone == "neutral" else mark.tone
                symbol.show_symbol(mark.icon, mark.tone)
                words.set_tone(tone)
                words.set_text(remark.sentence)
                line.setAccessibleName(f"{mark.word}：{remark.sentence}")
        left_out = len(self.remarks) > self._most
        self.setToolTip(plain_tip("\n".join(remark.sentence for remark in self.remarks) if left_out else ""))
