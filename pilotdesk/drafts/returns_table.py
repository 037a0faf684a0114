"""Return slips of an open database: what the province sent back, and what the unit says of each line."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from pilotdesk.drafts.returned import returned_from_json, returned_to_json
from pilotdesk.errors import StoreError

if TYPE_CHECKING:
    from pilotdesk.drafts.connection import Connection
    from pilotdesk.drafts.returned import Returned


class ReturnsTable:
    """The slips that were taken in."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def keep(self, draft_id: str, returned: Returned) -> None:
        """Keep a slip of a draft; the same slip takes the place of what was kept before.

        Raises:
            StoreError: ``store_busy``, ``store_full``, ``store_unwritable``, ``store_damaged``.
        """
        text = json.dumps(returned_to_json(returned), ensure_ascii=False)
        with self._connection.writing() as db:
            db.table("returned").upsert(
                {"slip_id": returned.slip.slip_id, "draft_id": draft_id, "content": text}
            )

    def of_draft(self, draft_id: str) -> tuple[Returned, ...]:
        """The slips of a draft, the newest last: by when it was handed in, written and taken in.

        Raises:
            StoreError: ``store_damaged``.
        """
        rows = self._connection.read("SELECT content FROM returned WHERE draft_id = ?", (draft_id,))
        try:
            found = [returned_from_json(json.loads(content)) for (content,) in rows]
        except ValueError as trouble:
            raise StoreError("store_damaged", folder=self._connection.path.parent) from trouble
        return tuple(sorted(found, key=lambda one: (one.slip.handing, one.slip.on, one.at, one.slip.slip_id)))

    def newest(self, draft_id: str) -> Returned | None:
        """The slip that counts now; ``None`` for a draft that was never sent back."""
        found = self.of_draft(draft_id)
        return found[-1] if found else None

    def drafts(self) -> frozenset[str]:
        """Ids of the drafts that were sent back."""
        return frozenset(
            draft_id for (draft_id,) in self._connection.read("SELECT DISTINCT draft_id FROM returned")
        )

    def forget(self, draft_id: str, slip_id: str) -> None:
        """Take a slip away: it was taken into the wrong draft.

        Raises:
            StoreError: those of :meth:`keep`.
        """
        with self._connection.writing() as db:
            db.table("returned").delete_where("draft_id = ? AND slip_id = ?", [draft_id, slip_id])
