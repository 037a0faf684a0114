"""What is committed survives a power cut: the two promises of the connection that writes, asked of SQLite itself."""

from __future__ import annotations

import contextlib

from pilotdesk.drafts.connection import FILE_NAME, Connection

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
