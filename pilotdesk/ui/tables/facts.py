"""What is given of a row, to be read before its cells are filled in: short facts in one line, long ones below."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from pilotdesk.ui.components.basic import Surface, SymbolLabel
from pilotdesk.ui.components.text import WrappedLabel
from pilotdesk.ui.tables.shape import facts_of_row

if TYPE_CHECKING:
    from pilotdesk.forms.values import Row
    from pilotdesk.ui.look.theme import Look
    from pilotdesk.ui.tables.model import RowsModel

GAP: Final = "\u00a0\u00a0\u00a0 "
"""Between two facts; other blanks would be joined into one."""
SHORT_CHARS: Final = 14
"""Facts up to this length share a line."""


class RowFacts(Surface):
    """The given cells of one row, locked."""

    def __init__(self, look: Look) -> None:
        super().__init__("sunken")
        self.text = WrappedLabel(look, "", "small", "text2", selectable=True, line_em=1.6)
        lock = SymbolLabel(look, "lock", "text2", 15)
        line = QHBoxLayout(self)
        line.setContentsMargins(14, 8, 14, 9)
        line.setSpacing(10)
        mark = QVBoxLayout()
        mark.setContentsMargins(0, 3, 0, 0)
        mark.addWidget(lock)
        mark.addStretch(1)
        line.addLayout(mark)
        line.addWidget(self.text, 1, Qt.AlignmentFlag.AlignTop)

    def show_row(self, model: RowsModel, row: Row) -> None:
        """Show the facts of a row; nothing where none are given."""
        facts = facts_of_row(model.session, model.table, row)
        self.text.set_text(fact_lines(facts))
        self.setVisible(bool(facts))


def fact_lines(facts: tuple[tuple[str, str], ...]) -> str:
    """``单位 **%**　承诺值 **94.0**`` in one line, each long fact in one of its own."""
    short = [f"{name} **{text}**" for name, text in facts if len(text) <= SHORT_CHARS]
    long = [f"{name}：{text}" for name, text in facts if len(text) > SHORT_CHARS]
    return "\n".join(filter(None, (GAP.join(short), *long)))
