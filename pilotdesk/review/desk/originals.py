"""Attached pictures out of the packages as they were received: the desk keeps answers only, the files lie where they lay.

A package that has gone, is another one by now, has a password or came in an archive gives none; the page says so in a frame.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pilotdesk.drafts.package import PackedFiles
from pilotdesk.errors import PackageError
from pilotdesk.review.intake.walking import INTO
from pilotdesk.review.intake.words import shown
from pilotdesk.review.records import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from pilotdesk.documents.pictures import Content
    from pilotdesk.review.records import Submission


def pictures_of(submission: Submission, taken_from: Sequence[Path]) -> Content:
    """Gives the attached files of a submission by their SHA-256; ``None`` for what is not at hand.

    Args:
        submission: as the desk has it.
        taken_from: folders and files that were taken in, see :func:`pilotdesk.review.desk.sources.sources_of`.
    """

    def content(sha256: str) -> bytes | None:
        for path in _packages(submission, taken_from):
            try:
                return PackedFiles(path, (sha256,))[sha256]
            except PackageError:  # gone, changed, locked, or it has no such file
                continue
        return None

    return content


def _packages(submission: Submission, taken_from: Sequence[Path]) -> Iterator[Path]:
    """Where its packages may lie: below a folder that was taken in by itself, or as one of several."""
    places = [file.place for file in submission.files if file.kind is Kind.PILOT and INTO not in file.place]
    for place in places:
        for root in taken_from:
            name, _, inner = place.partition("/")
            tried = [root / place]
            if name == shown(root.name):
                tried.append(root / inner if inner else root)
            yield from (path for path in tried if path.is_file())
