"""Finished papers into a folder: all of them or none, read again, and never over what somebody may have worked on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pilotdesk.atomic import replacing_together
from pilotdesk.errors import ExportError
from pilotdesk.record import Record

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path


class Stored(Record, frozen=True):
    """What was stored.

    Attributes:
        folder: where. files: in the order in which they are told.
        remarks: sentences about what is still to be done with them; empty for nothing.
    """

    folder: Path
    files: tuple[Path, ...]
    remarks: tuple[str, ...] = ()


def free_stem(folder: Path, stem: str, endings: Sequence[str]) -> str:
    """A name that none of the files has yet: the stem, or the first of ``stem（2）``, ``stem（3）`` that is free.

    Args:
        folder: where they go; it need not be there.
        stem: name without its ending.
        endings: with their dot; empty for a folder.
    """
    number, free = 1, stem
    while any((folder / f"{free}{ending}").exists() for ending in endings):
        number += 1
        free = f"{stem}（{number}）"
    return free


def store_papers(folder: Path, contents: Mapping[str, bytes], remarks: Sequence[str] = ()) -> Stored:
    """Write files, all or none, and read them again.

    Args:
        folder: where to; made when missing.
        contents: name with its ending to bytes; what is there already is replaced.
        remarks: see :class:`Stored`.

    Raises:
        ExportError: ``copy_differs``, and those of :mod:`pilotdesk.atomic`.
    """
    with replacing_together() as beside:
        for name, content in contents.items():
            part = beside(folder / name)
            part.write_bytes(content)
            if part.read_bytes() != content:
                raise ExportError("copy_differs", folder=folder)
    return Stored(folder, tuple(folder / name for name in contents), tuple(remarks))
