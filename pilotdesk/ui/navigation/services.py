"""What every page is given besides its session."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

import msgspec

from pilotdesk.record import Record
from pilotdesk.ui.tasks.unfinished import Unfinished

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pilotdesk.clock import Clock
    from pilotdesk.forms.values import Attachment, Scalar
    from pilotdesk.ui.look.settings import Settings
    from pilotdesk.ui.look.theme import Look
    from pilotdesk.ui.tasks.returned_draft import ReturnedDraft
    from pilotdesk.ui.tasks.worker import Runner


class AttachmentShelf(Protocol):
    """Where attached files are kept."""

    def add(self, file_name: str, content: bytes) -> Attachment:
        """Keep a file with the draft; the attachment names it by its SHA-256."""

    def content(self, sha256: str) -> bytes:
        """The content of a kept file."""

    def keeper(self) -> Callable[[str, bytes], None]:
        """Keeps a content by its SHA-256, on any thread; the draft has it once it is claimed."""

    def claim(self, file: Attachment) -> None:
        """Note that the draft has a file that was kept on another thread."""

    def reader(self) -> Callable[[str], bytes]:
        """Gives the content of a kept file by its SHA-256, on any thread."""

    def earlier(self) -> tuple[Mapping[str, Scalar], ...]:
        """Cells of the pieces of evidence in the earlier forms of the project."""


class Toasts(Protocol):
    """Says what was done and offers to take it back."""

    def show_done(self, text: str, action: str = "", undo: Callable[[], object] | None = None) -> None:
        """Show a sentence for 8 s; ``action`` names what ``undo`` does."""


class Way(Record, frozen=True):
    """Something else that can be done with a draft: its name (核对文件…), what it is good for, and doing it."""

    words: str
    use: str
    action: Callable[[], object]


class Services(Record, frozen=True, kw_only=True):
    """Collaborators of the pages.

    Attributes:
        look: the theme in force. runner: work off the window's thread. clock: the time.
        settings: what the user chose. attachments: files of the open draft. toasts: the strip with 撤销.
        unfinished: the open editor that writes late.
        ways: what else can be done with the draft, shown on the export page; filled once the draft stands.
        returns: the return slip of the draft; empty for one that was not sent back, and until the draft stands.
    """

    look: Look
    runner: Runner
    clock: Clock
    settings: Settings
    attachments: AttachmentShelf
    toasts: Toasts
    unfinished: Unfinished = msgspec.field(default_factory=Unfinished)
    ways: list[Way] = msgspec.field(default_factory=list)
    returns: list[ReturnedDraft] = msgspec.field(default_factory=list)
