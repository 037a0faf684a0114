"""What is committed survives a power cut: the two promises of the connection that writes, asked of SQLite itself."""

from __future__ import annotations

import contextlib
import hashlib
import shutil
import sys
from itertools import count

import pytest

from pilotdesk.atomic import ensure_folder
from pilotdesk.clock import SYSTEM_CLOCK
from pilotdesk.drafts import connection as connection_module
from pilotdesk.drafts.backups import back_up
from pilotdesk.drafts.closing import copy_at_close
from pilotdesk.drafts.connection import FILE_NAME, Connection
from pilotdesk.drafts.store import DraftStore
from pilotdesk.errors import PilotDeskError, StoreError
from pilotdesk.ui.look.settings import Settings
from tests.drafts.recovery_kit import sample_data

FULL = 2
"""What SQLite calls ``synchronous = FULL``."""


def test_every_commit_is_on_the_disk_and_readers_wait_for_nobody(tmp_path):
    for _start in ("new", "again"):
        with contextlib.closing(Connection(tmp_path / FILE_NAME)) as connection:
            assert connection.read("PRAGMA journal_mode") == [("wal",)]
            assert connection.read("PRAGMA synchronous") == [(FULL,)]
            assert connection.read("PRAGMA foreign_keys") == [(1,)]
            with connection.writing() as db:  # the same connection that the questions went to
                assert db.conn.execute("PRAGMA synchronous").fetchone() == (FULL,)


def typed(store, text):
    store.save(store.cards()[0].draft_id, {"project_name": text}, origin="typed")


@pytest.mark.skipif(sys.platform == "win32", reason="nobody moves a file there that is open")
@pytest.mark.parametrize("way", ["replaced", "deleted", "moved"])
def test_what_would_be_written_into_a_file_put_aside_is_not_called_stored(tmp_path, way):
    """As sync programs do it; SQLite goes on writing into the file that nobody opens any more."""
    folder = tmp_path / "资料"
    sample_data(folder)
    shutil.copyfile(folder / FILE_NAME, tmp_path / "of another computer")
    with contextlib.closing(DraftStore(folder, SYSTEM_CLOCK)) as store:
        typed(store, "一")
        (folder / FILE_NAME).rename(tmp_path / "aside") if way != "moved" else folder.rename(
            tmp_path / "aside"
        )
        if way == "replaced":
            shutil.copyfile(tmp_path / "of another computer", folder / FILE_NAME)
        for _again in range(2):
            with pytest.raises(StoreError) as trouble:
                typed(store, "二")
            assert trouble.value.code == "store_swapped"
        (tmp_path / "aside").replace(folder / FILE_NAME if way != "moved" else folder)
        typed(store, "三")
    with contextlib.closing(DraftStore(folder, SYSTEM_CLOCK)) as store:
        assert store.load(store.cards()[0].draft_id).values["project_name"] == "三"


@pytest.mark.skipif(sys.platform == "win32", reason="nobody moves a folder there in which something is open")
def test_a_data_folder_that_is_renamed_while_it_is_open_is_not_made_anew(tmp_path):
    """It would look like the whole, and stand in the way of the one that is to come back."""
    folder, content = tmp_path / "资料", b"%PDF-1.4 scan"
    sha256 = hashlib.sha256(content).hexdigest()
    sample_data(folder)
    with contextlib.closing(DraftStore(folder, SYSTEM_CLOCK)) as store:
        draft_id = store.cards()[0].draft_id
        folder.rename(tmp_path / "renamed")
        for write in (
            lambda: store.attach(draft_id, sha256, content),
            lambda: back_up(folder, SYSTEM_CLOCK),
            lambda: Settings(folder / "window.json").keep(zoom=100),
        ):
            with pytest.raises(PilotDeskError) as trouble:
                write()
            assert trouble.value.code == "store_swapped"
        assert not folder.exists()
        (tmp_path / "renamed").rename(folder)
        store.attach(draft_id, sha256, content)
        folder.rename(tmp_path / "renamed")
    copy_at_close(folder, lambda _progress: pytest.fail("there is nothing to copy"))
    assert not folder.exists()
    ensure_folder(folder)  # nobody uses it any more
    assert folder.is_dir()


def test_a_disk_that_counts_its_files_anew_has_not_swapped_them(tmp_path, monkeypatch):
    sample_data(tmp_path)
    numbers = count()
    monkeypatch.setattr(connection_module, "_file_at", lambda _path: (1, next(numbers)))
    with contextlib.closing(DraftStore(tmp_path, SYSTEM_CLOCK)) as store:
        for text in ("一", "二"):
            typed(store, text)
        assert store.load(store.cards()[0].draft_id).values["project_name"] == "二"
