"""Shares of an open database: what was handed out of a draft and to whom, and which drafts are in our hands only in part."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import msgspec

from pilotdesk.drafts.share import Share, share_from_json, share_to_json
from pilotdesk.errors import StoreError
from pilotdesk.record import Record

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pilotdesk.drafts.connection import Connection
    from pilotdesk.forms.values import Value


class KeptShare(Record, frozen=True, kw_only=True):
    """A share of a draft here.

    Attributes:
        draft_id: the draft. incoming: whether somebody asked us; else we asked somebody.
        share: what it says; its ancestor is what both sides knew last, never ``None``.
    """

    draft_id: str
    incoming: bool
    share: Share


class SharesTable:
    """The shares of an open database."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def keep(self, kept: KeptShare) -> None:
        """Keep a share; the same share of the same draft takes the place of what was kept before.

        Raises:
            StoreError: ``store_busy``, ``store_full``, ``store_unwritable``, ``store_damaged``.
        """
        text = json.dumps(share_to_json(kept.share), ensure_ascii=False)
        with self._connection.writing() as db:
            db.table("share").upsert(
                {
                    "share_id": kept.share.share_id, "draft_id": kept.draft_id, "incoming": int(kept.incoming),
                    "content": text,
                }
            )  # fmt: skip

    def of_draft(self, draft_id: str) -> tuple[KeptShare, ...]:
        """The shares of a draft, the one handed out first first."""
        found = self._read("draft_id = ?", draft_id)
        return tuple(sorted(found, key=lambda kept: kept.share.at))

    def handed_out(self, share_id: str) -> KeptShare | None:
        """The share of this id that was handed out here; ``None`` when it was not.

        Where a project stands here twice (taken in from a hand-over file), the first whose draft was not deleted counts.
        """
        found = self._read("NOT incoming AND share_id = ?", share_id)
        here = {
            draft_id for (draft_id,) in self._connection.read("SELECT draft_id FROM draft WHERE deleted = ''")
        }
        return next((kept for kept in found if kept.draft_id in here), next(iter(found), None))

    def move_on(
        self, kept: KeptShare, known: Mapping[str, Value], reasons: Mapping[str, str], returned: str
    ) -> KeptShare:
        """Note that something came back and was taken in: from now on that is what both sides know.

        Args:
            kept: the share.
            known: path to value of what came.
            reasons: ``code@path`` to reason of the 请核实 that were answered in it.
            returned: when it was handed back, a stamp.

        Raises:
            StoreError: those of :meth:`keep`.
        """
        share = msgspec.structs.replace(
            kept.share, ancestor=dict(known), reasons=dict(reasons), returned=returned
        )
        moved = msgspec.structs.replace(kept, share=share)
        self.keep(moved)
        return moved

    def forget(self, kept: KeptShare) -> None:
        """Take a share off the list; what comes back of it later is compared with what its package says.

        Raises:
            StoreError: those of :meth:`keep`.
        """
        with self._connection.writing() as db:
            where = "share_id = ? AND draft_id = ?"
            db.table("share").delete_where(where, [kept.share.share_id, kept.draft_id])

    def _read(self, where: str, value: str) -> tuple[KeptShare, ...]:
        """The shares found, the one kept first first: drafts' ids are drawn by lot and say nothing of their order."""
        sql = f"SELECT draft_id, incoming, content FROM share WHERE {where} ORDER BY rowid"  # noqa: S608  where is ours
        rows = self._connection.read(sql, (value,))
        try:
            return tuple(
                KeptShare(
                    draft_id=draft_id, incoming=bool(incoming), share=share_from_json(json.loads(content))
                )
                for draft_id, incoming, content in rows
            )
        except ValueError as trouble:
            raise StoreError("store_damaged", folder=self._connection.path.parent) from trouble
