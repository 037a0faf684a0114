"""What a colleague said of the lines of a return slip, beside what is said of them here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pilotdesk.projects.returning import with_remark

if TYPE_CHECKING:
    from pilotdesk.drafts.package import Package
    from pilotdesk.drafts.returned import Returned
    from pilotdesk.drafts.store import DraftStore


def remarks_came(here: Returned, came: Returned | None) -> dict[str, str]:
    """Id of a line to what is to be said of it, for all lines of which something else was said there.

    Both sides stay, one behind the other: which of them counts, only people know. What was taken in before comes once.

    Args:
        here: the slip of the draft.
        came: the slip of the package; ``None`` when it brings none. Another slip brings nothing.
    """
    if came is None or came.slip.slip_id != here.slip.slip_id:
        return {}
    lines = {line.id for line in here.slip.lines}
    said: dict[str, str] = {}
    for line_id, text in came.remarks.items():
        mine, theirs = here.remarks.get(line_id, "").strip(), text.strip()
        if line_id in lines and theirs and theirs not in mine:
            said[line_id] = f"{mine}；{theirs}" if mine else theirs
    return said


def keep_remarks(store: DraftStore, draft_id: str, package: Package) -> int:
    """Add what a colleague said to the slip of a stored draft; returns of how many lines he said something.

    Raises:
        StoreError: those of the database.
    """
    kept = store.returns.newest(draft_id)
    if kept is None:
        return 0
    said = remarks_came(kept, package.returned)
    for line_id, text in said.items():
        kept = with_remark(kept, line_id, text)
    if said:
        store.returns.keep(draft_id, kept)
    return len(said)
