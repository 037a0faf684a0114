"""What the parts of the intake tell each other; all of it is small and goes from process to process."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from pilotdesk.record import Record
from pilotdesk.review.records import Kind, ReceivedFile, State

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from pilotdesk.drafts.returned import Returned
    from pilotdesk.forms.values import Value
    from pilotdesk.review.checking.formal_checks import Handed
    from pilotdesk.review.records import Submission

Folder = tuple[str, ...]
"""Names from what was taken in downwards, an archive being a folder; empty for the top."""


class Found(Record, frozen=True, kw_only=True):
    """A file that is there.

    Attributes:
        number: from 0, in the order in which files are found; tells files apart whose places look the same.
        place: as in :class:`pilotdesk.review.records.ReceivedFile`. folder: that it lies in.
        path: where it can be read. size: bytes.
        depth: archives around it.
        reason: why it is not opened at all; empty for one that is.
    """

    number: int
    place: str
    folder: Folder
    path: str
    size: int
    depth: int = 0
    reason: str = ""

    @property
    def refused(self) -> ReceivedFile:
        """As a file that nobody opens."""
        return ReceivedFile(
            place=self.place, size=self.size, sha256="", kind=Kind.OTHER, state=State.REFUSED, sentence=self.reason
        )  # fmt: skip


class Closed(Record, frozen=True):
    """All files of a folder and of those in it were found."""

    folder: Folder


class PassedOver(Record, frozen=True):
    """A file that programs leave lying about, and that nobody handed in."""


class Card(Record, frozen=True, kw_only=True):
    """One file as far as it tells whose it is.

    Attributes:
        number, folder: as in :class:`Found`. file: what is told of it.
        round, form, form_version: it was written for; ``form`` is empty in a file that holds no answers.
        project, uscc, unit, title: whose it is; empty where the file does not say.
        revision: final versions made of its content: of a print its own number, of a package those that it knows of.
        digest: 校验码 of the first document in it as it is now.
        draft: whether it is a draft print. practice: whether it is of the practice sample.
        locked: whether it is a package that no password opened so far.
        kept: its content, packed by :mod:`pilotdesk.review.intake.packing`; nobody looks into it but the workers.
    """

    number: int
    folder: Folder
    file: ReceivedFile
    round: str = ""
    form: str = ""
    form_version: int = 0
    project: str = ""
    uscc: str = ""
    unit: str = ""
    title: str = ""
    revision: int = 0
    digest: str = ""
    draft: bool = False
    practice: bool = False
    locked: bool = False
    kept: bytes = b""

    @property
    def holds_answers(self) -> bool:
        """Whether a submission can be made of it."""
        return bool(self.form)


class Kept(Record, frozen=True, kw_only=True):
    """The content of a file that holds answers.

    Attributes:
        values: path to value; of our prints none, they are read when they are needed, but of a Word file that was changed.
        accepted: of a package.
        printed: path to canonical text, as it is printed.
        documents: one for each document in the file.
        damaged: names of attachments inside that cannot be opened. attachments: how many there are.
        unread: of a Word file of somebody else, the answers that had no place in it.
        returned: the return slip that a package answers; ``None`` for none.
    """

    values: Mapping[str, Value]
    accepted: Mapping[str, str]
    printed: Mapping[str, str]
    documents: tuple[Handed, ...]
    damaged: tuple[str, ...] = ()
    attachments: int = 0
    unread: tuple[str, ...] = ()
    returned: Returned | None = None


class Gathered(Record, frozen=True, kw_only=True):
    """Files that make one submission; ``cards`` hold its answers, ``others`` came along with them."""

    key: str
    cards: tuple[Card, ...]
    others: tuple[ReceivedFile, ...]


class Looking(Record, frozen=True):
    """Work: look at some files; ``passwords`` are tried on packages that have one."""

    files: tuple[Found, ...]
    passwords: tuple[str, ...] = ()


class Unpacking(Record, frozen=True):
    """Work: unpack an archive into a folder of ours."""

    archive: Found
    target: str


class Judging(Record, frozen=True):
    """Work: make a submission of files that belong together; ``number`` tells one such job from another."""

    gathered: Gathered
    today: date
    due: date | None
    number: int = 0


Job = Looking | Unpacking | Judging


class Unpacked(Record, frozen=True, kw_only=True):
    """What was in an archive; numbers of the files are to be given. ``reason``: why it was not unpacked."""

    files: tuple[Found, ...] = ()
    passed_over: int = 0
    reason: str = ""


class Topic(Enum):
    """What a piece of news is about."""

    PROGRESS = "progress"
    SUBMISSION = "submission"
    ALONE = "alone"
    FINISHED = "finished"


class News(Record, frozen=True, kw_only=True):
    """What the intake tells while it goes on.

    Attributes:
        topic: ``PROGRESS``: only the figures; ``SUBMISSION``: one is ready, or has grown and takes the place of the one of
            the same key; ``ALONE``: a file that belongs to no submission, with its reason; ``FINISHED``: the last.
        found, looked: files found so far, and how many of them were looked at.
        empty, passed_over: files with nothing in them, and those that programs leave lying about.
        submission: of ``SUBMISSION``. gone: keys told before that are part of it now. file: of ``ALONE``.
    """

    topic: Topic
    found: int
    looked: int
    empty: int = 0
    passed_over: int = 0
    submission: Submission | None = None
    gone: tuple[str, ...] = ()
    file: ReceivedFile | None = None
