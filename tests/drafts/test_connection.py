"""What is committed survives a power cut: the two promises of the connection that writes, asked of SQLite itself."""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import socket
import sqlite3
import sys
from itertools import count
from pathlib import Path, PurePosixPath, PureWindowsPath

import pytest

from pilotdesk.atomic import ensure_folder, using
from pilotdesk.clock import SYSTEM_CLOCK
from pilotdesk.drafts import connection as connection_module
from pilotdesk.drafts.backups import back_up
from pilotdesk.drafts.closing import copy_at_close
from pilotdesk.drafts.connection import FILE_NAME, Connection
from pilotdesk.drafts.looking import sqlite_uri
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


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        (PurePosixPath("/srv/a b/资料.db"), "file:///srv/a%20b/%E8%B5%84%E6%96%99.db?mode=ro"),
        (PureWindowsPath("D:\\资料\\a.db"), "file:///D:/%E8%B5%84%E6%96%99/a.db?mode=ro"),
        (PureWindowsPath("\\\\server\\office\\a.db"), "file:////server/office/a.db?mode=ro"),
    ],
)
def test_a_file_on_a_share_has_no_host_in_its_name(path, uri):
    """SQLite refuses one that has, and the database would be called damaged."""
    assert sqlite_uri(path, "mode=ro") == uri


def test_sqlite_opens_what_is_named_like_a_file_on_a_share(tmp_path):
    (tmp_path / "a.db").touch()
    named = sqlite_uri(tmp_path / "a.db", "mode=ro").replace("file:///", "file:////", 1)
    with contextlib.closing(sqlite3.connect(named, uri=True)) as opened:
        assert opened.execute("SELECT count(*) FROM sqlite_master").fetchone() == (0,)
    with pytest.raises(sqlite3.OperationalError):
        sqlite3.connect("file://server/office/a.db?mode=ro", uri=True)


def typed(store, text, draft_id=None):
    store.save(draft_id or store.cards()[0].draft_id, {"project_name": text}, origin="typed")


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


def pulled_out(folder, away):
    """Every handle of the database is dead, and stays so; the folder is not there any more."""
    with socket.socket() as dead:  # takes locks, and neither reads nor writes at a place
        for handle in Path("/proc/self/fd").iterdir():
            if handle.is_symlink() and os.readlink(handle).startswith(str(folder / FILE_NAME)):
                os.dup2(dead.fileno(), int(handle.name))
    folder.rename(away)


@pytest.mark.skipif(sys.platform != "linux", reason="asks Linux for the handles")
@pytest.mark.parametrize("meanwhile", ["nothing", "somebody wrote"])
def test_a_stick_that_is_put_back_is_written_to_again(tmp_path, meanwhile):
    """What was open on it stays dead; the next try opens it anew, unless it was worked on elsewhere."""
    folder, away = tmp_path / "资料", tmp_path / "away"
    sample_data(folder)
    with contextlib.closing(DraftStore(folder, SYSTEM_CLOCK)) as store:
        draft_id = store.cards()[0].draft_id
        typed(store, "一")
        pulled_out(folder, away)
        for _again in range(2):
            with pytest.raises(StoreError) as trouble:
                typed(store, "二", draft_id)
            assert trouble.value.code == "store_away"
        if meanwhile != "nothing":
            with contextlib.closing(DraftStore(away, SYSTEM_CLOCK)) as other:
                typed(other, "别处写的")
        shutil.copytree(away, folder)
        if meanwhile != "nothing":
            with pytest.raises(StoreError) as trouble:
                typed(store, "二", draft_id)
            assert trouble.value.code == "store_swapped"
            return
        typed(store, "二", draft_id)
        typed(store, "三")
        assert store.load(draft_id).values["project_name"] == "三"
    with contextlib.closing(DraftStore(folder, SYSTEM_CLOCK)) as store:
        assert store.load(draft_id).values["project_name"] == "三"


@pytest.mark.skipif(sys.platform == "win32", reason="nobody moves a folder there in which something is open")
def test_a_data_folder_that_is_renamed_while_it_is_open_is_not_made_anew(tmp_path):
    """It would look like the whole, and stand in the way of the one that is to come back."""
    folder, content = tmp_path / "资料", b"%PDF-1.4 scan"
    sha256 = hashlib.sha256(content).hexdigest()
    sample_data(folder)
    with contextlib.closing(DraftStore(folder, SYSTEM_CLOCK)) as store, using(folder):
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
