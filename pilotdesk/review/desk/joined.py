"""What came in parts: the package on Monday, its Word file on Wednesday, each in a folder of its own.

An intake sees only the files of its day. As long as they say the same, what came before is still there beside them: else
the desk would tell a unit that handed in all three that it handed in one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec.structs import replace

from pilotdesk.review.checking.answered import ANSWERS
from pilotdesk.review.checking.formal_checks import DISAGREEING, disagreement_of
from pilotdesk.review.desk.stored_submission import read_submission
from pilotdesk.review.records import Agreement, Kind, State

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from pilotdesk.review.desk.connection import DeskConnection
    from pilotdesk.review.records import Finding, ReceivedFile, Submission

_OURS: Final = (Kind.PILOT, Kind.WORD, Kind.PDF)
"""Kinds of files that hold answers, that which says most first."""
_ALIKE: Final = frozenset({Agreement.ALL, Agreement.ALONE})
_ONLY: Final = frozenset({"desk_only_package", "desk_only_word", "desk_only_pdf"})
_LATE: Final = "desk_late"
_DRAFT: Final = "desk_draft_print"
_MISSING: Final = frozenset({"desk_attachment_missing", "desk_attachment_unseen"})
_APART: Final = {
    "desk_pdf_older": Kind.PDF,
    "desk_pdf_changed": Kind.PDF,
    "desk_word_older": Kind.WORD,
    "desk_word_changed": Kind.WORD,
}
"""Codes of what speaks of one kind of file, which stays true as long as no other of that kind comes."""
_OF_FILES: Final = ANSWERS | _APART.keys() | {_DRAFT, "desk_file_refused", "desk_attachment_damaged"}
"""Codes of what was found in files that the others know nothing of."""


def with_what_came_before(connection: DeskConnection, submission: Submission, intake: str) -> Submission:
    """A submission with the files of its round that lie elsewhere; as it is where there are none, or something differs.

    Args:
        connection: to the desk's file.
        submission: as it was read now, with the key by which the desk knows it.
        intake: name of this run: what it began itself it knows whole.

    Raises:
        DeskError: the file cannot be read.
    """
    rows = connection.read_named(
        "SELECT * FROM handed_in WHERE key = ? ORDER BY number DESC LIMIT 1", (submission.key,)
    )
    if not rows or not submission.code or rows[0]["code"] != submission.code:
        return submission
    if (intake and rows[0]["intake"] == intake) or submission.agreement not in _ALIKE:
        return submission
    before = read_submission(connection, rows[0])
    return joined(submission, before) if _stands_beside(before, submission) else submission


def joined(now: Submission, before: Submission) -> Submission:
    """Two parts of the same as one, under the key of the first; what was judged of the part that says most counts.

    Args:
        now: as it was read now.
        before: what stands at the desk, of kinds among others that ``now`` has not got.
    """
    fuller, other = (now, before) if _rank(now) <= _rank(before) else (before, now)
    files = (*_here(now, before), *_left(now, before))
    documents = [file for file in files if _holds_answers(file)]
    several = len({file.kind for file in documents}) > 1
    missing = tuple(one for one in fuller.missing_attachments if one in other.missing_attachments)
    found = tuple(
        one
        for one in _findings(fuller, other, missing, several=several, replaced=_kinds(now))
        if one.code != _DRAFT or _is_there(one, documents)
    )
    apart = disagreement_of({one.code for one in found})
    return replace(
        now,
        form_version=fuller.form_version,
        project=fuller.project or other.project,
        revision=max(now.revision, before.revision),
        source=_OURS[min(_rank(now), _rank(before))],
        facts=fuller.facts,
        files=tuple(sorted(files, key=lambda file: (file.place, file.sha256))),
        agreement=apart or (Agreement.ALL if len(documents) > 1 else Agreement.ALONE),
        differing=before.differing if apart else (),
        filled=fuller.filled,
        asked=fuller.asked,
        findings=found,
        attachments=max(now.attachments, before.attachments),
        missing_attachments=missing,
    )


def _stands_beside(before: Submission, now: Submission) -> bool:
    """Whether there are kinds of files that came before only, and nothing is against them that any other file may mend."""
    apart = {one.code for one in before.findings if one.code in DISAGREEING}
    is_known = apart <= _APART.keys() if apart else before.agreement in _ALIKE
    return is_known and bool(_kinds(before) - _kinds(now))


def _findings(
    fuller: Submission,
    other: Submission,
    missing: Collection[str],
    *,
    several: bool,
    replaced: Collection[Kind],
) -> Iterator[Finding]:
    """Of the fuller part, without what the other one brings or replaces; and of the files of the other."""
    on_time = not all(any(one.code == _LATE for one in part.findings) for part in (fuller, other))

    def is_over(one: Finding) -> bool:
        return (
            (several and one.code in _ONLY)
            or (on_time and one.code == _LATE)
            or (one.code in _MISSING and one.label not in missing)
            or _APART.get(one.code) in replaced
        )

    stay = [one for one in fuller.findings if not is_over(one)]
    come = [one for one in other.findings if one.code in _OF_FILES and one not in stay and not is_over(one)]
    yield from sorted((*stay, *come), key=lambda one: one.severity.rank)


def _is_there(draft_print: Finding, documents: Sequence[ReceivedFile]) -> bool:
    """Whether the draft print that a finding speaks of is still among the files."""
    names = (file.place.rpartition("/")[2].rpartition(" › ")[2] for file in documents if file.draft)
    return any(name in draft_print.sentence for name in names)


def _here(now: Submission, before: Submission) -> Iterator[ReceivedFile]:
    """Files of now, without those that were read before and are locked or broken off this time."""
    read = {_same(file) for file in before.files if file.state is not State.REFUSED}
    yield from (file for file in now.files if file.state is not State.REFUSED or _same(file) not in read)


def _left(now: Submission, before: Submission) -> Iterator[ReceivedFile]:
    """Files of before that are not here again, nor are others of their kind in their place."""
    kinds, here = _kinds(now), {_same(file) for file in _here(now, before)}
    for file in before.files:
        if _same(file) not in here and not (_holds_answers(file) and file.kind in kinds):
            yield file


def _same(file: ReceivedFile) -> str:
    """What tells a file from others wherever it lies; of one that was not read its place."""
    return file.sha256 or file.place


def _kinds(submission: Submission) -> set[Kind]:
    return {file.kind for file in submission.files if _holds_answers(file)}


def _rank(submission: Submission) -> int:
    kinds = _kinds(submission)
    return next((at for at, kind in enumerate(_OURS) if kind in kinds), len(_OURS))


def _holds_answers(file: ReceivedFile) -> bool:
    return file.kind in _OURS and file.state is not State.REFUSED
