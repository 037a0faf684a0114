"""The left half of the check page: filters by severity over the list of issues."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout

from pilotdesk.rules.issue import Severity
from pilotdesk.ui.checking.issue_list import IssueList, folded_up, grouped
from pilotdesk.ui.components.basic import Button, Rule, Surface, row
from pilotdesk.ui.look.severity import MARKS

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from pilotdesk.ui.checking.issue_list import IssueRow
    from pilotdesk.ui.look.theme import Look


class IssuePane(Surface):
    """Shows all lines or those of one severity."""

    def __init__(self, look: Look) -> None:
        super().__init__("surface")
        self.list = IssueList(look)
        self._only: Severity | None = None
        self._rows: Collection[IssueRow] = ()
        self._confirmed: Sequence[IssueRow] = ()
        self._folded = True
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
        self.list.fold_toggled.connect(self._on_fold)

    def show_only(self, severity: Severity | None) -> None:
        """Choose a filter; ``None`` shows all."""
        self._filters[severity].setChecked(True)

    def unfold(self) -> None:
        """Show what was confirmed."""
        self._folded = False
        self._show()

    def show_rows(
        self, rows: Collection[IssueRow], counts: Mapping[Severity, int], confirmed: Sequence[IssueRow] = ()
    ) -> None:
        """Show lines; ``counts`` are the open issues by severity, ``confirmed`` stand folded at the end."""
        self._rows, self._confirmed = rows, confirmed
        self._filters[None].set_text(f"全部 {sum(counts.values())}")
        for severity in Severity:
            self._filters[severity].set_text(f"{MARKS[severity].word} {counts.get(severity, 0)}")
        self._show()

    def _show(self) -> None:
        shown = [line for line in self._rows if self._only in {None, line.severity}]
        confirmed = self._confirmed if self._only in {None, Severity.WARNING} else ()
        rows = grouped(shown) + folded_up(confirmed, folded=self._folded)
        self.list.show_rows(rows, self.list.key())

    def _on_fold(self) -> None:
        self._folded = not self._folded
        self._show()

    def _on_filter(self, checked: bool) -> None:
        if checked:
            self._only = next(severity for severity, button in self._filters.items() if button.isChecked())
            self._show()
