"""What is done with files of the ledger off the window's thread: take them in, open them, bind them."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from pilotdesk.errors import PilotDeskError
from pilotdesk.record import Record

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from pilotdesk.documents.binding import Bound, Piece
    from pilotdesk.documents.blocks import Outline
    from pilotdesk.forms.evidence_ledger import LedgerPiece
    from pilotdesk.forms.values import Attachment
    from pilotdesk.ui.tasks.worker import Progress


class TakenIn(Record, frozen=True):
    """Files that were kept, in their order, and sentences about those that could not be."""

    files: tuple[Attachment, ...]
    troubles: tuple[str, ...]


class TakeIn:
    """Reads files from disk, looks into them and keeps them.

    Args:
        paths: the files; a folder or one that is gone is told of like any that cannot be taken.
        keep: keeps a content by its SHA-256.
    """

    def __init__(self, paths: Sequence[Path], keep: Callable[[str, bytes], None]) -> None:
        self._paths, self._keep = tuple(paths), keep

    def __call__(self, progress: Progress) -> TakenIn:
        """Take them in one after the other; what is wrong with one does not hold up the others."""
        files, troubles = [], []
        for done, path in enumerate(self._paths):
            progress(done, len(self._paths))
            try:
                files.append(self._take(path))
            except FileNotFoundError:
                troubles.append(f"找不到“{path.name}”了，可能移走、改了名，或 U 盘拔了。找到它再加一次。")
            except OSError:
                if path.is_dir():
                    troubles.append(f"“{path.name}”是文件夹。打开它，选好里面的文件再加一次。")
                else:
                    troubles.append(f"“{path.name}”现在读不了。先在别的程序里关掉它，再加一次。")
            except PilotDeskError as trouble:
                troubles.append(str(trouble))
        return TakenIn(tuple(files), tuple(troubles))

    def _take(self, path: Path) -> Attachment:
        from pilotdesk.documents.attachments import LARGEST, attachment_of
        from pilotdesk.errors import AttachmentError

        size = path.stat().st_size
        if size > LARGEST:
            raise AttachmentError("attachment_too_large", name=path.name, size=f"{size / 1024 / 1024:.0f} MB")
        content = path.read_bytes()
        made = attachment_of(path.name, content)
        self._keep(made.sha256, content)
        return made


def sorted_paths(paths: Iterable[Path]) -> list[Path]:
    """Files given at once; those that differ in a number only (扫描2, 扫描10) stand in its order.

    Desktops hand over first the one that was grasped. Other names have no order that means anything.
    """
    from pilotdesk.documents.file_names import natural, series

    first: dict[str, int] = {}
    for path in (given := list(paths)):
        first.setdefault(series(path.name), len(first))
    return sorted(given, key=lambda path: (first[series(path.name)], natural(path.name)))


class WriteOut:
    """Writes a kept file into a folder of its own, for another program to open."""

    def __init__(self, file: Attachment, read: Callable[[str], bytes]) -> None:
        self._file, self._read = file, read

    def __call__(self, progress: Progress) -> Path:
        """Write it; returns where it is."""
        path = Path(tempfile.mkdtemp(prefix="pilotdesk-")) / Path(self._file.file_name).name
        try:
            path.write_bytes(self._read(self._file.sha256))
        except OSError as trouble:
            raise PilotDeskError("folder_unwritable", folder=path.parent) from trouble
        return path


class Bind:
    """Binds the pieces that have a file, behind the printed 佐证材料目录.

    Args:
        pieces: of the ledger.
        directory: what is printed in front; ``None`` for nothing.
        target: the file to write.
        read: gives the content of a kept file.
    """

    def __init__(
        self,
        pieces: Sequence[LedgerPiece],
        directory: Outline | None,
        target: Path,
        read: Callable[[str], bytes],
    ) -> None:
        self._pieces, self._directory, self._target, self._read = tuple(pieces), directory, target, read

    def __call__(self, progress: Progress) -> Bound:
        """Write, read back and put in place."""
        from pilotdesk.documents.binding import bind
        from pilotdesk.documents.pdf import write_pdf

        pieces = [made for piece in self._pieces if (made := self._piece(piece)) is not None]
        with tempfile.TemporaryDirectory(prefix="pilotdesk-", ignore_cleanup_errors=True) as folder:
            front = Path(folder) / "front.pdf" if self._directory is not None and pieces else None
            if front is not None and self._directory is not None:
                write_pdf(self._directory, front)
            return bind(pieces, self._target, front=front, progress=progress)

    def _piece(self, piece: LedgerPiece) -> Piece | None:
        from functools import partial

        from pilotdesk.documents.binding import Piece

        file = piece.file
        if file is None:
            return None
        read = partial(self._read, file.sha256)
        return Piece(piece.code, piece.title, file.file_name, file.pages, read)
