"""交接包: a whole project in one file, for whoever takes over, with and without the program.

Staff and computers change in three years. The kit holds every draft with its history, documents made now, attachments
under names that say something, and a first page that tells the successor what was promised and what is due when. All of it
is also there as plain web pages and JSON, which some browser will still open when nobody has the program any more.

It is a ``.zip`` and not a suffix of our own for the same reason: whoever finds it in ten years, on a computer
without the program, opens it with a double click. The program knows it by the list inside, not by its name.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pilotdesk.projects.handover.archive import is_kit, read_kit

if TYPE_CHECKING:
    from pilotdesk.drafts.copies import ProjectCopy
    from pilotdesk.drafts.store import DraftStore

__all__ = ["is_kit", "project_copy", "read_kit"]


def project_copy(store: DraftStore, project_id: str) -> ProjectCopy:
    """Everything of a project as it is now, independent of the store but for the files of its attachments.

    Raises:
        StoreError: ``project_gone``, and those of the database.
    """
    records = tuple(store.load(card.draft_id) for card in store.drafts_of(project_id))
    return store.projects.copy(project_id, records)
