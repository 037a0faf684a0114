"""Attachments that came with a package or a hand-over file, put beside the database before anything in it names them.

That reads and writes all of them, 200 MB maybe, so it is done on a thread; what the database is told afterwards are only
their names and sizes. Those that nothing names in the end lie there unused, as after an attachment was taken out of a draft.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from pilotdesk.drafts.attachments_folder import AttachmentsFolder

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


class KeptFiles(Mapping[str, bytes]):
    """SHA-256 to content of files that are in the attachments folder already, each read when it is asked for.

    Attributes:
        sizes: SHA-256 to number of bytes.
    """

    def __init__(self, folder: AttachmentsFolder, sizes: Mapping[str, int]) -> None:
        self._folder = folder
        self.sizes = dict(sizes)

    def __getitem__(self, sha256: str) -> bytes:
        """The content; see :meth:`AttachmentsFolder.content`."""
        if sha256 not in self.sizes:
            raise KeyError(sha256)
        return self._folder.content(sha256)

    def __iter__(self) -> Iterator[str]:
        return iter(self.sizes)

    def __len__(self) -> int:
        return len(self.sizes)


def keep_all(
    data_folder: Path, files: Mapping[str, bytes], progress: Callable[[int, int], None] | None = None
) -> KeptFiles:
    """Put files into the attachments folder, on any thread.

    Args:
        data_folder: the data directory.
        files: SHA-256 to content.
        progress: called before each with (done, total); may raise to stop, and those that are there stay.

    Raises:
        StoreError: ``store_unwritable``, ``store_full``.
        PackageError: the package is not what it was when it was checked.
    """
    folder = AttachmentsFolder(data_folder)
    sizes = {}
    for at, sha256 in enumerate(files):
        if progress is not None:
            progress(at, len(files))
        content = files[sha256]
        folder.keep(sha256, content)
        sizes[sha256] = len(content)
    return KeptFiles(folder, sizes)
