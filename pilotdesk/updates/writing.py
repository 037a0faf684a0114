"""Writing into the data directory: what is wrong with it is said as everywhere else, for nobody has picked a folder here."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from pilotdesk.errors import ExportError, StoreError
from pilotdesk.paths import data_dir

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextlib.contextmanager
def into_data() -> Iterator[None]:
    """Let a folder that takes nothing be the data directory's trouble.

    Raises:
        StoreError: ``store_unwritable``.
        ExportError: ``disk_full``.
    """
    try:
        yield
    except ExportError as trouble:
        if trouble.code not in {"folder_unwritable", "target_open_elsewhere"}:
            raise
        raise StoreError("store_unwritable", folder=data_dir()) from trouble
