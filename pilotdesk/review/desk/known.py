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
    Forms that no program filled in have none. Of those that were sent back, unit and title tell: a slip may have asked for
    another code.

    Args:
        connection: to the desk's file.
        submission: as it was read.
    """
    found = _of_project(connection, submission) if submission.project else _sent_back(connection, submission)
    return found[0] if found and submission.key not in found else submission.key


def _of_project(connection: DeskConnection, submission: Submission) -> list[str]:
    rows = connection.read(
        "SELECT DISTINCT s.number, h.key, h.uscc, h.unit FROM handed_in h JOIN submission s ON s.key = h.key"
        " WHERE h.project = ? AND h.round = ? AND h.form = ? AND s.merged_into = '' ORDER BY s.number",
        (submission.project, submission.round, submission.form),
    )
    own = (plain(submission.facts.uscc), plain(submission.facts.unit))
    return [key for _, key, uscc, unit in rows if _is_same_unit(own, (plain(uscc), plain(unit)))]


def _sent_back(connection: DeskConnection, submission: Submission) -> list[str]:
    """Its own where that stands here; else the one of this unit and title that a slip went out for."""
    rows = connection.read(
        "SELECT DISTINCT h.key, h.unit, h.title, EXISTS (SELECT 1 FROM returned r WHERE r.key = h.key)"
        " FROM handed_in h JOIN submission s ON s.key = h.key"
        " WHERE h.round = ? AND h.form = ? AND s.merged_into = ''",
        (submission.round, submission.form),
    )
    if any(key == submission.key for key, *_ in rows):
        return []
    own = (plain(submission.facts.unit), plain(submission.facts.title))
    found = {
        key for key, unit, title, sent in rows if sent and all(own) and (plain(unit), plain(title)) == own
    }
    return list(found) if len(found) == 1 else []


def _is_same_unit(one: tuple[str, str], other: tuple[str, str]) -> bool:
    """By code or name; where neither is told on one side, nothing speaks against it."""
    told = any(one) and any(other)
    return not told or any(mine and mine == theirs for mine, theirs in zip(one, other, strict=True))
