"""What the tests of the review share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pilotdesk.ui.desk.table import SubmissionTable

if TYPE_CHECKING:
    from pilotdesk.ui.desk.page import DeskPage

BOTH = "k3"
"""A submission with a 必须改 at point 1 and a 请核实 at point 6."""


def focus_table(page: DeskPage) -> None:
    """Sit in the table, where single keys are commands."""
    page.findChildren(SubmissionTable)[0].setFocus()
