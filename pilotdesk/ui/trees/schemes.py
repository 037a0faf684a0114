"""换一种搭法: the ways to build a tree that the pack knows, each shown as a list of its first two levels."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from pilotdesk.forms.answers_file import read_rows
from pilotdesk.ui.components.basic import Label
from pilotdesk.ui.components.choice import OptionCard
from pilotdesk.ui.components.overlay import Popup
from pilotdesk.ui.components.text import WrappedLabel
from pilotdesk.ui.trees.nodes import Nodes

if TYPE_CHECKING:
    from pilotdesk.forms.values import Row
    from pilotdesk.ui.editors.base import Place


class SchemePopup(Popup):
    """The schemes of one tree.

    Signals:
        picked: the rows of the scheme, and its name.
    """

    picked = Signal(tuple, str)

    def __init__(self, place: Place, parent: QWidget) -> None:
        super().__init__(parent)
        look, field = place.look, place.field
        self.cards: list[OptionCard] = []
        self._rows: list[tuple[Row, ...]] = []
        filled = bool(place.session.rows(field.name))
        self.body.addWidget(Label("换一种搭法" if filled else "选一种搭法", "body", weight=700))
        if filled:
            self.body.addWidget(WrappedLabel(look, "现在的框架会换成新的，可以马上换回去。明细表不动。"))
        inside = QWidget()
        inside.setProperty("plain", True)
        lines = QVBoxLayout(inside)
        lines.setContentsMargins(2, 2, 10, 2)
        for at, entry in enumerate(field.library):
            rows = read_rows(field, [dict(entry)], place.session.form.lists)
            nodes = Nodes(rows)
            top = nodes.below(None)[0]
            groups = [str(each.cell("name")) for each in nodes.below(top.id)]
            leaves = len(nodes.leaves(top.id))
            card = OptionCard(look, str(top.cell("name")), "、".join(groups), f"{leaves} 个末级类目")
            card.setProperty("at", at)
            card.setFixedWidth(look.scaled(400))
            card.clicked.connect(self._on_clicked)
            self.cards.append(card)
            self._rows.append(rows)
            lines.addWidget(card)
        area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inside)
        area.setFixedSize(look.scaled(424), min(look.scaled(360), inside.sizeHint().height() + 4))
        self.body.addWidget(area)
        if self.cards:
            self.cards[0].setFocus(Qt.FocusReason.PopupFocusReason)

    def _on_clicked(self) -> None:
        at = int(self.sender().property("at"))
        self.picked.emit(self._rows[at], self.cards[at].text())
        self.close()
