"""By which key the desk knows what is handed in: a project stays the same submission whatever its title has become."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pilotdesk.review.intake.grouping import plain

if TYPE_CHECKING:
    from pilotdesk.review.desk.connection import DeskConnection
    from pilotdesk.review.records import Submission


def known_key(connection: DeskConnection, submission: Submission) -> str:
    """The key of the submission at the desk that this one is another round of; its own when there is none.

    The id of the project tells, with the code or the name of the unit: one prepared draft may have been handed out to many.

    Args:
        connection: to the desk's file.
        submission: as it was read.
    """
    if not submission.project:
        return submission.key
    rows = connection.read(
        "SELECT DISTINCT s.number, h.key, h.uscc, h.unit FROM handed_in h JOIN submission s ON s.key = h.key"
        " WHERE h.project = ? AND h.round = ? AND h.form = ? AND s.merged_into = '' ORDER BY s.number",
        (submission.project, submission.round, submission.form),
    )
    own = (plain(submission.facts.uscc), plain(submission.facts.unit))
    found = [key for _, key, uscc, unit in rows if _is_same_unit(own, (plain(uscc), plain(unit)))]
    return found[0] if found and submission.key not in found else submission.key


def _is_same_unit(one: tuple[str, str], other: tuple[str, str]) -> bool:
    """By code or name; where neither is told on one side, nothing speaks against it."""
    told = any(one) and any(other)
    return not told or any(mine and mine == theirs for mine, theirs in zip(one, other, strict=True))
