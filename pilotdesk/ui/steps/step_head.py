"""The heading row of a step: name, state chips, legend, and in compact windows the way on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout

from pilotdesk.ui.components.basic import Button, Chip, Label, Surface
from pilotdesk.ui.components.text import ElidedLabel

if TYPE_CHECKING:
    from pilotdesk.ui.look.breakpoints import Arrangement
    from pilotdesk.ui.look.theme import Look


class StepHead(Surface):
    """Stands fixed above the scrolled fields.

    Signals:
        hints_requested: 提示 was chosen (where the hint panel is not docked).
        back_requested, next_requested: the compact buttons.
    """

    hints_requested = Signal()
    back_requested = Signal()
    next_requested = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__("surface")
        self._look = look
        self._filled, self._total = 0, 0
        self._roomy = True
        self.title = ElidedLabel("", "step")
        self.document = Label("", "small", "text2")
        self.document.hide()
        self.filled = Chip(look, "")
        self.errors = Chip(look, "", "error")
        self.warnings = Chip(look, "", "warn")
        self.legend = Label("", "small", "text2")
        self.hints = Button(look, "提示", "soft", icon="bulb", small=True, name="提示，F1")
        self.back = Button(look, "", icon="chevron-left", small=True, name="上一步")
        self.next = Button(look, "下一步 ›", "primary", small=True)
        self.hints.clicked.connect(self.hints_requested)
        self.back.clicked.connect(self.back_requested)
        self.next.clicked.connect(self.next_requested)
        self._layout = QHBoxLayout(self)
        self._layout.setSpacing(9)
        self._layout.addWidget(self.document)
        self._layout.addWidget(self.title)
        self._layout.addSpacing(5)
        for chip in (self.filled, self.errors, self.warnings):
            self._layout.addWidget(chip)
        self._layout.addStretch(1)
        for widget in (self.legend, self.hints, self.back, self.next):
            self._layout.addWidget(widget)
        look.changed.connect(self._show_legend)
        self._show_legend()

    def _show_legend(self) -> None:
        star = self._look.theme.palette.error
        self.legend.setTextFormat(Qt.TextFormat.RichText)
        self.legend.setText(f'带 <b style="color:{star}">*</b> 的必填')
        self.legend.setAccessibleName("带星号的必填")

    def show_step(self, title: str, document: str = "") -> None:
        """Name the step, and before it the document it belongs to; empty where there is only one.

        In a narrow window the document stands over its steps in the rail alone.
        """
        self.title.set_text(title)
        self.document.setText(document)
        self.document.setVisible(bool(document) and self._roomy)

    def show_state(self, filled: int, total: int, *, errors: int, warnings: int) -> None:
        """Show how much is filled and what is open."""
        self._filled, self._total = filled, total
        self._show_filled()
        self.errors.show_state(f"必须改 {errors}" if errors else "", "error")
        self.warnings.show_state(f"请核实 {warnings}" if warnings else "", "warn")

    def _show_filled(self) -> None:
        text = f"{self._filled} / {self._total} 项"
        tone = "ok" if self._filled >= self._total else "primary"
        self.filled.show_state(f"填了 {text}" if self._roomy else text, tone)  # type: ignore[arg-type]
        self.filled.setVisible(self._total > 0)

    def arrange(self, arrangement: Arrangement, *, hints_shown: bool) -> None:
        """Show what fits; ``hints_shown``: the hint panel is docked, so 提示 is not needed."""
        self._roomy = not arrangement.narrow
        self.document.setVisible(bool(self.document.text()) and self._roomy)
        self._show_filled()
        self.legend.setVisible(arrangement.roomy and hints_shown)
        self.hints.setVisible(not hints_shown)
        self.back.setVisible(arrangement.compact)
        self.next.setVisible(arrangement.compact)
        margin = arrangement.margin
        self._layout.setContentsMargins(margin, 0, margin, 0)
        self.setFixedHeight(self._look.scaled(44 if arrangement.compact else 52))
