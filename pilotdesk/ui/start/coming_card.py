"""接下来: the next dates of the round, beside the projects."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout

from pilotdesk.ui.components.basic import Card, Label, SymbolLabel, row
from pilotdesk.ui.components.text import ElidedLabel, WrappedLabel
from pilotdesk.ui.start.calendar_words import coming

if TYPE_CHECKING:
    from datetime import date

    from pilotdesk.forms.round import Round
    from pilotdesk.ui.look.theme import Look


def coming_card(look: Look, round_: Round, today: date) -> Card:
    """The card of up to three dates, or of what comes when the round has none left."""
    card = Card(margins=(17, 12, 17, 14))
    card.body.addWidget(Label("接下来", "group"))
    for icon, headline, remark in coming(round_, today):
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(ElidedLabel(headline, "body", weight=500))
        words.addWidget(WrappedLabel(look, remark, "small", "text2"))
        line = row(spacing=10)
        line.addWidget(SymbolLabel(look, icon, "primary", 17, line="body"), 0, Qt.AlignmentFlag.AlignTop)
        line.addLayout(words, 1)
        card.body.addLayout(line)
    return card
