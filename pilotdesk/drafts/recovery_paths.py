"""What was read of a damaged database under names that its forms do not have: counted, and not written back.

One flipped bit makes ``usc+`` of ``uscc``. An answer under that name would stand in no page and in every package for ever.
"""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING

from msgspec.structs import replace

from pilotdesk.drafts.records import WHOLE_DRAFT
from pilotdesk.errors import PackError
from pilotdesk.forms.installed import pack_for
from pilotdesk.forms.lookup import field_at

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pilotdesk.drafts.records import DraftCard
    from pilotdesk.drafts.salvage import Salvaged, StoredRow
    from pilotdesk.forms.model import Form


def without_strange_paths(salvaged: Salvaged, cards: Mapping[str, DraftCard]) -> tuple[Salvaged, int]:
    """What was read without what no form knows, and how many entries that were.

    Drafts whose form is not on this computer are left as they are.

    Args:
        salvaged: what was read.
        cards: the drafts of the backup, by id.
    """
    forms = _forms(salvaged, cards)
    strange: Counter[str] = Counter()
    rows = dict(salvaged.rows)
    for table in ("history", "answer", "table_row"):
        kept = []
        for row in rows.get(table, ()):
            form = forms.get(str(row.get("draft_id")))
            sound = row if form is None else _known(form, table, row)
            if sound is not row:
                strange[table] += 1
            if sound is not None:
                kept.append(sound)
        rows[table] = kept
    # Where the history has lost an entry, the answers speak for themselves.
    return replace(salvaged, rows=rows, whole=salvaged.whole - strange.keys()), strange.total()


def _forms(salvaged: Salvaged, cards: Mapping[str, DraftCard]) -> dict[str, Form]:
    """The forms that are here, by draft; the backup's word counts more than the damaged file's."""
    told: dict[str, tuple[object, ...]] = {
        str(row.get("draft_id")): (row.get("round"), row.get("form"), row.get("form_version"))
        for row in salvaged.rows.get("draft", ())
    }
    told |= {draft_id: (card.round, card.form, card.form_version) for draft_id, card in cards.items()}
    read: dict[tuple[object, ...], Form | None] = {which: _form(*which) for which in {*told.values()}}
    return {draft_id: form for draft_id, which in told.items() if (form := read[which]) is not None}


def _form(round_name: object, form_name: object, version: object) -> Form | None:
    if not (isinstance(round_name, str) and isinstance(form_name, str) and isinstance(version, int)):
        return None
    try:
        return pack_for(round_name, form_name, version, "").forms.get(form_name)
    except PackError:
        return None


def _known(form: Form, table: str, row: StoredRow) -> StoredRow | None:
    """The row itself; without the cells whose columns there are not; ``None`` when the form has no such path."""
    path = row.get("table_name" if table == "table_row" else "path")
    if table == "history" and path == WHOLE_DRAFT:
        return row
    try:
        owner = field_at(form, str(path))
    except KeyError:
        return None
    if table != "table_row":
        return row
    known = {column.name for column in owner.columns}
    try:
        cells = json.loads(row["cells"])
        kept = {name: cell for name, cell in cells.items() if name in known}
    except (ValueError, TypeError, KeyError, AttributeError):
        return row  # that it means nothing is found out where it is read
    return row if kept == cells else row | {"cells": json.dumps(kept, ensure_ascii=False)}
