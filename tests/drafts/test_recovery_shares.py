"""What is written in its place, without a history, comes back as it was last: shares, return slips, answered 请核实, dates."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

from pilotdesk.drafts import recovery
from pilotdesk.drafts.backups import back_up
from pilotdesk.drafts.connection import FILE_NAME
from pilotdesk.drafts.share import Share
from pilotdesk.drafts.shares_table import KeptShare
from pilotdesk.drafts.store import DraftStore
from tests.data.keep import returned
from tests.drafts.recovery_kit import MORNING, clock_at, sample_data

if TYPE_CHECKING:
    from pathlib import Path

LATER = clock_at(MORNING + timedelta(hours=3))
FIRST, SECOND, THIRD = (f"s_00000000000{number}" for number in (1, 2, 3))


def share(draft_id: str, share_id: str, title: str, *, incoming: bool = False) -> KeptShare:
    made = Share(
        share_id=share_id,
        parts=("cover",),
        at=f"2026-06-02T0{share_id[-1]}",
        ancestor={"project_name": title},
    )
    return KeptShare(draft_id=draft_id, incoming=incoming, share=made)


@pytest.fixture
def kept(tmp_path: Path) -> tuple[Path, str]:
    """The sample with two shares, an answered 请核实 and a date; all of them changed after the backup."""
    folder = tmp_path / "data"
    draft_id = sample_data(folder)
    store = DraftStore(folder, LATER)
    project_id = store.load(draft_id).card.project_id
    for share_id in (FIRST, SECOND):
        store.shares.keep(share(draft_id, share_id, "原来"))
    store.accept(draft_id, {"a@unit_name": "原来的理由", "b@unit_name": "一直的"})
    store.projects.set_date(project_id, "admitted", date(2026, 11, 1))
    store.returns.keep(draft_id, returned())
    store.close()
    back_up(folder, LATER)
    store = DraftStore(folder, LATER)
    store.shares.move_on(
        share(draft_id, FIRST, "原来"), {"project_name": "收回的"}, {"a@b": "c"}, "2026-06-03"
    )
    store.shares.forget(share(draft_id, SECOND, "原来"))
    store.shares.keep(
        share(draft_id, THIRD, "新给的", incoming=True)
    )  # takes the number of the one that went
    store.accept(draft_id, {"a@unit_name": "后来的理由", "b@unit_name": "一直的", "c@unit_name": "新的"})
    store.projects.set_date(project_id, "admitted", date(2026, 11, 10))
    store.returns.keep(draft_id, replace(returned(), remarks={"1": "改了", "2": "核对过了"}))
    store.close()
    return folder, draft_id


@pytest.mark.parametrize("begin", [b"", b"rubbish!" * 12])
def test_what_was_changed_after_the_backup_comes_back_changed(kept: tuple[Path, str], begin: bytes) -> None:
    folder, draft_id = kept
    database = folder / FILE_NAME
    content = database.read_bytes()
    database.write_bytes(begin + content[len(begin) :] if begin else content[: len(content) - 4096])
    offer = recovery.examine(folder, LATER)
    recovery.restore(folder, offer, offer.differences, LATER)
    store = DraftStore(folder, LATER)
    found = {one.share.share_id: one for one in store.shares.of_draft(draft_id)}
    assert {*found} >= {FIRST, THIRD}
    assert (found[FIRST].share.ancestor, found[FIRST].share.reasons) == (
        {"project_name": "收回的"},
        {"a@b": "c"},
    )
    assert (found[THIRD].share.ancestor, found[THIRD].incoming) == ({"project_name": "新给的"}, True)
    assert [one.remarks for one in store.returns.of_draft(draft_id)] == [{"1": "改了", "2": "核对过了"}]
    record = store.load(draft_id)
    assert record.accepted == {"a@unit_name": "后来的理由", "b@unit_name": "一直的", "c@unit_name": "新的"}
    assert store.projects.dates(record.card.project_id) == {"admitted": date(2026, 11, 10)}
    store.close()
