"""The check page when nothing is open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout

from pilotdesk.ui.components.basic import Button, Label, Surface, SymbolLabel, row

if TYPE_CHECKING:
    from pilotdesk.ui.look.theme import Look


class NothingOpen(Surface):
    """Says so, and leads on; of the practice sample there is no final version.

    Signals:
        final_chosen: 去定稿, 去导出. confirmed_chosen: the user wants to see what was confirmed.
    """

    final_chosen = Signal()
    confirmed_chosen = Signal()

    def __init__(self, look: Look, *, practice: bool) -> None:
        super().__init__("surface")
        self.final = Button(look, "去导出" if practice else "去定稿", "primary")
        self.final.clicked.connect(self.final_chosen)
        self.confirmed = Button(look, " ", "link", small=True)
        self.confirmed.clicked.connect(self.confirmed_chosen)
        following = "练习样例不能定稿，可以导出印着“样张”的。" if practice else "可以定稿。"
        layout = QVBoxLayout(self)
        layout.setSpacing(12)
        layout.addStretch(2)
        for widget in (
            SymbolLabel(look, "circle-check-filled", "ok", 56),
            Label("没有必须改的问题", "group"),
            Label(f"请核实和建议也都看过了，{following}", "body", "text2"),
            self.final,
            self.confirmed,
        ):
            layout.addLayout(row(None, widget, None))
        layout.addStretch(3)

    def show_confirmed(self, count: int) -> None:
        """Offer to look at what was confirmed."""
        self.confirmed.set_text(f"看看已核实的 {count} 项")
        self.confirmed.setVisible(count > 0)
