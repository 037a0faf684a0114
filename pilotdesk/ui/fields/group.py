"""A group of fields on the page: heading, and its fields in one or two columns."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from pilotdesk.ui.components.basic import Rule
from pilotdesk.ui.editors.base import Place
from pilotdesk.ui.fields.row import FieldRow, Span, SpanLabel

if TYPE_CHECKING:
    from pilotdesk.forms.model import Group
    from pilotdesk.session import Session
    from pilotdesk.ui.navigation.services import Services

COLUMN_GAP: Final = 24
ROW_GAP: Final = 13
WEIGHTS: Final = {"longtext": 4, "table": 5, "attachment": 2, "person": 2, "statement": 2}
"""Types that take more than a line of the view and more time to build than a line edit."""
WIDEST: Final = 640
"""Width of a single field in one column, px at 标准."""


class GroupBlock(QWidget):
    """A group: line above, heading with a half-sentence, fields in one or two columns.

    Attributes:
        rows: its fields; empty until they are built.

    Signals:
        built: the rows are there now.
    """

    built = Signal(object)

    def __init__(self, group: Group, session: Session, services: Services) -> None:
        super().__init__()
        self.group = group
        self._session = session
        self._services = services
        self._look = services.look
        self._columns = 0
        self.rows: list[FieldRow] = []
        self.rule = Rule()
        self.heading = SpanLabel(services.look)
        spans = [Span(group.label, "group", "text", 700)] if group.label else []
        spans += [Span(f"{'   ' if spans else ''}{group.hint}", "small", "text2")] if group.hint else []
        self.heading.set_spans(*spans)
        if not spans:
            self.heading.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.rule)
        self._above = QWidget()
        self._above.setFixedHeight(12)
        layout.addWidget(self._above)
        layout.addWidget(self.heading)
        layout.addSpacing(6 if spans else 0)
        self.grid = QGridLayout()
        self.grid.setContentsMargins(0, 0, 0, 0)
        self.grid.setHorizontalSpacing(COLUMN_GAP)
        self.grid.setVerticalSpacing(ROW_GAP)
        layout.addLayout(self.grid)

    @property
    def is_relevant(self) -> bool:
        """Whether the group is asked at all now."""
        relevant = self._session.is_relevant
        return relevant(f"group:{self.group.name}") and any(
            relevant(field.name) for field in self.group.field
        )

    @property
    def weight(self) -> int:
        """How much there is to build, in lines of text."""
        return sum(WEIGHTS.get(field.type, 1) for field in self.group.field)

    def build(self) -> None:
        """Make the rows, if they are not made yet."""
        if self.rows:
            return
        self.rows = [
            FieldRow(Place(self._session, self._services, field.name), self) for field in self.group.field
        ]
        self.built.emit(self)
        self.rearrange()

    def relevant_rows(self) -> list[FieldRow]:
        """The rows that are asked now, in order."""
        return [row for row in self.rows if self._session.is_relevant(row.name)]

    def arrange(self, columns: int) -> None:
        """Flow the relevant rows into columns; the others are hidden and keep what they show."""
        self._columns = columns
        self.setVisible(self.is_relevant and bool(self.rows))
        shown = self.relevant_rows()
        for row in self.rows:
            self.grid.removeWidget(row)
            if row not in shown:
                row.hide()
        line = column = 0
        for row in shown:
            span = columns if row.is_full else 1
            if column and column + span > columns:
                line, column = line + 1, 0
            self.grid.addWidget(row, line, column, 1, span, Qt.AlignmentFlag.AlignTop)
            widest = self._look.scaled(WIDEST) if columns == 1 and not row.is_full else 16_777_215
            row.setMaximumWidth(widest)
            row.show()
            column += span
            if column >= columns:
                line, column = line + 1, 0
        for at in range(2):
            self.grid.setColumnStretch(at, 1 if at < columns else 0)
            self.grid.setColumnMinimumWidth(at, 0)

    def rearrange(self) -> None:
        """Flow again after a row came or went."""
        if self._columns:
            self.arrange(self._columns)

    def show_rule(self, shown: bool) -> None:
        """A line above every group but the first."""
        self.rule.setVisible(shown)
        self._above.setVisible(shown)
