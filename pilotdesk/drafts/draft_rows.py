"""Rows of the table of drafts, as they are written."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Any

import msgspec

from pilotdesk.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlite_utils import Database

    from pilotdesk.drafts.records import DraftFacts
    from pilotdesk.forms.model import FormPack
    from pilotdesk.forms.values import Value


def facts_text(facts: DraftFacts) -> str:
    """What the start page shows, as it is stored."""
    return json.dumps(msgspec.structs.asdict(facts), ensure_ascii=False)


def new_row(
    project_id: str,
    pack: FormPack,
    form_name: str,
    *,
    now: str,
    facts: DraftFacts,
    carried: Mapping[str, Value],
) -> dict[str, Any]:
    """The row of a draft that begins; its id is new."""
    from pilotdesk.drafts.stored_json import values_text

    return {
        "draft_id": f"d_{os.urandom(6).hex()}", "project_id": project_id, "form": form_name, "round": pack.round.name,
        "form_version": pack.forms[form_name].head.version, "pack_digest": pack.digest, "revision": 0, "step": "",
        "facts": facts_text(facts), "carried": values_text(carried), "created": now, "updated": now,
    }  # fmt: skip


def update_row(db: Database, draft_id: str, changed: Mapping[str, object]) -> None:
    """Change columns of a draft.

    Raises:
        StoreError: ``draft_gone`` when there is none, or when it was deleted.
    """
    names = ", ".join(f"{name} = ?" for name in changed)
    sql = f"UPDATE draft SET {names} WHERE draft_id = ? AND deleted = ''"  # noqa: S608  names are ours
    if not db.conn.execute(sql, [*changed.values(), draft_id]).rowcount:
        raise StoreError("draft_gone")
