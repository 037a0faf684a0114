"""Attached files of a draft, by their SHA-256: stored with it, or loose as long as a package is looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pilotdesk.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pilotdesk.drafts.store import DraftStore
    from pilotdesk.forms.values import Attachment, Scalar


class StoredFiles:
    """Attachments of a stored draft."""

    def __init__(self, store: DraftStore, draft_id: str) -> None:
        self._store = store
        self._draft_id = draft_id

    def add(self, file_name: str, content: bytes) -> Attachment:
        """Keep a file with the draft; refused are those that :func:`attachment_of` refuses."""
        self._refuse()
        from pilotdesk.documents.attachments import attachment_of

        made = attachment_of(file_name, content)
        self._store.attach(self._draft_id, made.sha256, content)
        return made

    def content(self, sha256: str) -> bytes:
        """The content of a kept file."""
        return self._store.attachment(self._draft_id, sha256)

    def keeper(self) -> Callable[[str, bytes], None]:
        """See :class:`AttachmentShelf`."""
        self._refuse()
        return self._store.attachments.keep

    def _refuse(self) -> None:
        """A file is not put beside a database that may only be looked at."""
        if self._store.access.refusal is not None:
            raise self._store.access.refusal

    def claim(self, file: Attachment) -> None:
        """See :class:`AttachmentShelf`."""
        self._store.claim(self._draft_id, file.sha256, file.size)

    def reader(self) -> Callable[[str], bytes]:
        """See :class:`AttachmentShelf`."""
        return self._store.attachments.content

    def earlier(self) -> tuple[Mapping[str, Scalar], ...]:
        """See :class:`AttachmentShelf`."""
        from pilotdesk.projects.life import earlier_pieces

        return earlier_pieces(self._store, self._draft_id)


class LooseFiles:
    """Attachments of a package that is only looked at."""

    def __init__(self, files: dict[str, bytes]) -> None:
        self._files = files

    def add(self, file_name: str, content: bytes) -> Attachment:
        """Keep a file as long as the window stands; refused as above."""
        from pilotdesk.documents.attachments import attachment_of

        made = attachment_of(file_name, content)
        self._files[made.sha256] = content
        return made

    def content(self, sha256: str) -> bytes:
        """The content of a kept file.

        Raises:
            StoreError: ``attachment_gone`` when the package has no such file.
        """
        if sha256 not in self._files:
            raise StoreError("attachment_gone")
        return self._files[sha256]

    def keeper(self) -> Callable[[str, bytes], None]:
        """See :class:`AttachmentShelf`."""
        return self._files.__setitem__

    def claim(self, file: Attachment) -> None:
        """See :class:`AttachmentShelf`: what is kept here belongs to nobody else."""

    def reader(self) -> Callable[[str], bytes]:
        """See :class:`AttachmentShelf`."""
        return self.content

    def earlier(self) -> tuple[Mapping[str, Scalar], ...]:
        """See :class:`AttachmentShelf`: a package is looked at alone."""
        return ()
