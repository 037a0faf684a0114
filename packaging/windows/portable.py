"""Makes the portable zip (绿色版): the installed tree in one folder, packed the same way every time."""

from __future__ import annotations

import time
import zipfile
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathlib import Path

DOS: Final = 0
ARCHIVED: Final = 0x20
"""The attribute that Windows gives an ordinary file."""


def build_portable(tree: Path, folder: str, epoch: int, to: Path, *, fast: bool = False) -> None:
    """Write the zip.

    Args:
        tree: what is packed.
        folder: the one folder inside, so that unpacking does not scatter files.
        epoch: time of every entry, in seconds since 1970; written as UTC, because a zip knows no zone.
        to: the file; replaced when it is there.
        fast: pack quickly instead of small.
    """
    stamp = time.gmtime(epoch)[:6]
    with zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED, compresslevel=1 if fast else 9) as archive:
        for path in sorted(path for path in tree.rglob("*") if path.is_file()):
            entry = zipfile.ZipInfo(f"{folder}/{path.relative_to(tree).as_posix()}", stamp)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = DOS
            entry.external_attr = ARCHIVED
            archive.writestr(entry, path.read_bytes())
