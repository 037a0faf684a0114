"""A data directory with the whole practice sample in it, backed up, and ways to break it."""

from __future__ import annotations

import contextlib
import hashlib
import os
import random
import shutil
import sqlite3
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING
from unittest import mock

from pilotdesk.clock import Clock
from pilotdesk.drafts.backups import back_up
from pilotdesk.drafts.connection import FILE_NAME
from pilotdesk.drafts.store import DraftStore
from pilotdesk.projects.life import keep_project
from pilotdesk.projects.sample import sample_project

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MORNING = datetime(2026, 6, 2, 0, 0, tzinfo=UTC)


def clock_at(moment: datetime) -> Clock:
    return Clock(lambda: moment)


@contextlib.contextmanager
def same_ids() -> Iterator[None]:
    """Ids as good as random, and the same every time: they decide where in a database things stand, and what damage hits."""
    with mock.patch.object(os, "urandom", random.Random(20260602).randbytes):
        yield


def sample_data(folder: Path) -> str:
    """The sample in a data directory, and one sound backup of it; returns the id of the application."""
    store = DraftStore(folder, clock_at(MORNING))
    with same_ids():
        project_id = keep_project(store, sample_project(), date(2026, 6, 2), origin="sample")
    draft_id = store.drafts_of(project_id)[0].draft_id
    store.close()
    back_up(folder, clock_at(MORNING + timedelta(minutes=1)))
    return draft_id


def type_later(folder: Path, draft_id: str, **values: str) -> None:
    """Something that is typed an hour after the backup."""
    store = DraftStore(folder, clock_at(MORNING + timedelta(hours=1)))
    for path, value in values.items():
        store.save(draft_id, {path: value}, origin="typed")
    store.close()


def fresh_copy(source: Path, target: Path) -> Path:
    """Another copy of a data directory."""
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(source, target)
    return target


def broken_off(folder: Path) -> Path:
    """Another tool has taken the log away, and was killed in the middle of writing: its journal takes that back."""
    writer = sqlite3.connect(folder / FILE_NAME, isolation_level=None)
    writer.execute("PRAGMA journal_mode = DELETE")
    writer.execute("PRAGMA cache_size = 4")  # so that it does not wait with writing until the end
    writer.execute("BEGIN")
    for table, column in (("answer", "value"), ("history", "value"), ("draft", "facts")):
        writer.execute(f"UPDATE {table} SET {column} = '\"another\"'")
    killed = fresh_copy(folder, folder.with_name("killed"))
    writer.execute("ROLLBACK")
    writer.close()
    return killed


def hashes(folder: Path) -> dict[str, str]:
    """What is in every file below a folder."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def everything(folder: Path) -> dict[str, object]:
    """All drafts with all their values, read as the program reads them."""
    store = DraftStore(folder, clock_at(MORNING + timedelta(hours=2)))
    try:
        return {card.draft_id: store.load(card.draft_id).values for card in store.cards()}
    finally:
        store.close()
