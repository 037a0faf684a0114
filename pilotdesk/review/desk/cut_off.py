"""What a run of the intake told of before it was cut off: the next run over the same folders goes on with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Collection

    from pilotdesk.review.desk.connection import DeskConnection
    from pilotdesk.review.records import Submission

DECIDED: Final = ("verdict", "opinion", "conclusion", "returned")
"""Tables with what somebody decided about a round of handing in."""


def cut_off_run(connection: DeskConnection, submission: Submission, runs: Collection[str]) -> str:
    """The run that told of a submission halfway, so that it goes on instead of being handed in again.

    Args:
        connection: to the desk's file.
        submission: as it was read now, with the key by which the desk knows it.
        runs: those over the same folders that did not come to their end.

    Returns:
        Its name; empty when its round was not begun by one of them, when a file of that round has changed or gone since, or
        when somebody has decided something about it.

    Raises:
        DeskError: the file cannot be read.
    """
    rows = connection.read(
        "SELECT h.intake, h.number FROM handed_in h JOIN submission s ON s.key = h.key AND s.latest = h.number"
        " WHERE h.key = ?",
        (submission.key,),
    )
    if not rows or rows[0][0] not in runs:
        return ""
    run, handed = str(rows[0][0]), (submission.key, rows[0][1])
    files = connection.read("SELECT place, sha256 FROM received_file WHERE key = ? AND number = ?", handed)
    if not {tuple(one) for one in files} <= {(file.place, file.sha256) for file in submission.files}:
        return ""
    decided = any(
        connection.read(f"SELECT 1 FROM {table} WHERE key = ? AND number = ? LIMIT 1", handed)  # noqa: S608
        for table in DECIDED
    )
    return "" if decided else run
