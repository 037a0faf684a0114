"""The left half of the check page: filters by severity over the list of issues."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout

from pilotdesk.rules.issue import Severity
from pilotdesk.ui.components import Button, Rule, Surface, row
from pilotdesk.ui.issue_list import IssueList, grouped
from pilotdesk.ui.severity import MARKS

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from pilotdesk.ui.issue_list import IssueRow
    from pilotdesk.ui.theme import Look


class IssuePane(Surface):
    """Shows all lines or those of one severity."""

    def __init__(self, look: Look) -> None:
        super().__init__("surface")
        self.list = IssueList(look)
        self._only: Severity | None = None
        self._rows: Collection[IssueRow] = ()
        self._filters: dict[Severity | None, Button] = {}
        filters = row()
        filters.setContentsMargins(14, 8, 14, 8)
        for severity in (None, *Severity):
            button = Button(look, " ", "filter", small=True)
            button.setAutoExclusive(True)
            button.setChecked(severity is None)
            button.toggled.connect(self._on_filter)
            self._filters[severity] = button
            filters.addWidget(button)
        filters.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(filters)
        layout.addWidget(Rule())
        layout.addWidget(self.list, 1)

    def show_only(self, severity: Severity | None) -> None:
        """Choose a filter; ``None`` shows all."""
        self._filters[severity].setChecked(True)

    def show_rows(self, rows: Collection[IssueRow], counts: Mapping[Severity, int]) -> None:
        """Show lines; ``counts`` are the open issues by severity."""
        self._rows = rows
        self._filters[None].set_text(f"全部 {sum(counts.values())}")
        for severity in Severity:
            self._filters[severity].set_text(f"{MARKS[severity].word} {counts.get(severity, 0)}")
        self._show()

    def _show(self) -> None:
        shown = [line for line in self._rows if self._only in {None, line.severity}]
        self.list.show_rows(grouped(shown), self.list.key())

    def _on_filter(self, checked: bool) -> None:
        if checked:
            self._only = next(severity for severity, button in self._filters.items() if button.isChecked())
            self._show()
