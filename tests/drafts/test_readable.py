"""A database that SQLite finds in order, and in which a draft cannot be read, is not sound: no copy of it counts."""

from __future__ import annotations

import contextlib
import sqlite3

import pytest

from pilotdesk.drafts.backups import back_up
from pilotdesk.drafts.connection import FILE_NAME
from pilotdesk.drafts.health import health_of
from pilotdesk.drafts.records import DraftFacts
from pilotdesk.drafts.share import Share
from pilotdesk.drafts.shares_table import KeptShare
from pilotdesk.drafts.store import DraftStore
from pilotdesk.errors import StoreError
from pilotdesk.forms.attic import AtticEntry
from pilotdesk.forms.values import Row
from tests.data.keep import returned
from tests.drafts.recovery_kit import MORNING, clock_at, hashes
from tests.drafts.test_store import PACK

NO_TEXT = "CAST(x'22e58f22' AS TEXT)"
"""A quoted sign that was cut in the middle: SQLite takes it for text, and for JSON."""


@pytest.fixture
def folder(tmp_path):
    """A draft that has something of every kind."""
    store = DraftStore(tmp_path, clock_at(MORNING))
    values = {"a": "x", "n": 7, "t": (Row("r_1", {"name": "甲"}),)}
    draft_id = store.create(PACK, "application", values, facts=DraftFacts(), origin="typed")
    store.keep_attic(draft_id, [AtticEntry(path="b", label="旧", text="x", value="x", why="没有了。", at="")])
    share = Share(share_id="s_0123456789ab", parts=("a",), ancestor={})
    store.shares.keep(KeptShare(draft_id=draft_id, incoming=False, share=share))
    store.returns.keep(draft_id, returned())
    store.accept(draft_id, {"c@a": "证书上就是这样"})
    store.close()
    return tmp_path


@pytest.mark.parametrize(
    "damage",
    [
        f"UPDATE draft SET carried = '{{\"a\":' || {NO_TEXT} || '}}'",
        "UPDATE draft SET carried = '{\"a\": 1.5}'",
        "UPDATE draft SET facts = '{\"title\": 1}'",
        f"UPDATE draft SET step = {NO_TEXT}",
        f"UPDATE accepted SET reason = {NO_TEXT}",
        f"UPDATE history SET value = {NO_TEXT}",
        "UPDATE history SET value = '{'",
        "UPDATE answer SET value = '{\"$decimal\": \"1x\"}' WHERE path = 'n'",
        "UPDATE answer SET value = '1.5' WHERE path = 'n'",
        "UPDATE table_row SET cells = '{\"name\": true}'",
        'UPDATE attic SET value = \'{"$date": "2026-13-01"}\'',
        "UPDATE share SET content = '{}'",
        "UPDATE returned SET content = '{}'",
        "UPDATE returned SET content = replace(content, 'b_01', '../1')",
        'UPDATE project SET dates = \'{"admitted": "gestern"}\'',
        "UPDATE project SET project_id = 'p_other'",
    ],
)
def test_what_cannot_be_read_is_found_before_a_copy_counts(folder, damage):
    back_up(folder, clock_at(MORNING))
    before = hashes(folder / "backups")
    with contextlib.closing(sqlite3.connect(folder / FILE_NAME)) as connection, connection:
        assert connection.execute(damage).rowcount > 0
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert not health_of(folder / FILE_NAME).is_sound
    with pytest.raises(StoreError) as refused:
        back_up(folder, clock_at(MORNING))
    assert refused.value.code == "store_damaged"
    assert hashes(folder / "backups") == before


def test_damaged_dates_are_damage_and_no_bug(folder):
    with contextlib.closing(sqlite3.connect(folder / FILE_NAME)) as connection, connection:
        connection.execute('UPDATE project SET dates = \'{"admitted": "gestern"}\'')
    with contextlib.closing(DraftStore(folder, clock_at(MORNING))) as store:
        for read in (store.projects.all_dates, lambda: store.projects.dates(store.cards()[0].project_id)):
            with pytest.raises(StoreError) as trouble:
                read()
            assert trouble.value.code == "store_damaged"
