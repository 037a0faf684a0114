"""A file that came with a package or a hand-over file, given to a draft; above the store, which knows the files that came."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pilotdesk.drafts.incoming_files import KeptFiles

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pilotdesk.drafts.store import DraftStore


def attach(store: DraftStore, draft_id: str, files: Mapping[str, bytes], sha256: str) -> None:
    """Give a draft one of some files; one that is kept already is only named.

    Raises:
        StoreError: see :meth:`DraftStore.attach`.
    """
    if isinstance(files, KeptFiles):
        store.claim(draft_id, sha256, files.sizes[sha256])
    else:
        store.attach(draft_id, sha256, files[sha256])
