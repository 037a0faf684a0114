"""Small data directories to walk operations through, and what is in them, compared regardless of random names."""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import shutil
import sqlite3
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from pilotdesk.clock import Clock
from pilotdesk.drafts.backups import back_up
from pilotdesk.drafts.connection import FILE_NAME
from pilotdesk.drafts.records import DraftFacts
from pilotdesk.drafts.store import DraftStore
from pilotdesk.forms.shipped import load_shipped
from pilotdesk.forms.values import Attachment, Row
from tests.documents.evidence_files import pdf

if TYPE_CHECKING:
    from collections.abc import Callable

NOW = datetime(2026, 6, 2, 2, 32, 5, tzinfo=UTC)
SCAN, LETTER = pdf("one"), pdf("two")
SCAN_SHA256, LETTER_SHA256 = (hashlib.sha256(content).hexdigest() for content in (SCAN, LETTER))
ROWS = tuple(
    Row(f"r_0000000{n}", MappingProxyType({"indicator": f"指标{n}", "value_2027": Decimal(n)}))
    for n in (1, 2)
)
VALUES: dict[str, Any] = {
    "project_name": "南汀县试点",
    "unit_name": "某局",
    "targets": ROWS,
    "legal_certificate": (Attachment(SCAN_SHA256, "证书.pdf", len(SCAN), "application/pdf"),),
}
_ID = re.compile(r"\b([pdrs]_[0-9a-f]{8,32})\b")
_SIDE = ("-wal", "-shm", "-journal")
INDEX = ("search.db",)
LONG_AGO = 1_500_000_000
"""Seconds since 1970; long before anything that a program has left half-written is let be."""
DATABASES = (".db", ".bak")


class World:
    """One copy of a data directory, with what an operation may need around it.

    Attributes:
        root: everything is below it. data: the data directory. out: where files go that the user asks for.
        second: the second place. moment: what the clock says, unless ``now`` is another.
        kept: whatever an operation wants to remember.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self.data, self.out, self.second = root / "data", root / "out", root / "stick"
        self.moment = NOW
        self.now: Callable[[], datetime] = lambda: self.moment
        self.clock = Clock(lambda: self.now())
        self.kept: dict[str, Any] = {}
        self._store: DraftStore | None = None

    @property
    def store(self) -> DraftStore:
        """The open store, as it stays open while somebody works."""
        if self._store is None:
            self._store = DraftStore(self.data, self.clock, by="陈立")
        return self._store

    @property
    def draft(self) -> str:
        """The id of the first draft."""
        if "draft" not in self.kept:
            self.kept["draft"] = min(
                self.store.cards(), key=lambda card: (card.created, card.draft_id)
            ).draft_id
        return self.kept["draft"]

    @property
    def project(self) -> str:
        """The id of its project."""
        return self.store.load(self.draft).card.project_id

    def close(self) -> None:
        """Let go of the store."""
        store, self._store = self._store, None
        if store is not None:
            store.close()


def copy_of(source: Path, target: Path) -> World:
    """A fresh world from a base."""
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(source, target)
    return World(target)


# -- bases ---------------------------------------------------------------------------------------


def empty(root: Path) -> World:
    """Nothing in it yet."""
    world = World(root)
    for folder in (world.data, world.out, world.root / "tmp"):
        folder.mkdir(parents=True)
    return world


def small(root: Path) -> World:
    """One project with an application, an attachment and a history of a few days."""
    world = empty(root)
    store = world.store
    pack = load_shipped("2026")
    world.moment = NOW - timedelta(days=5)
    draft = store.create(
        pack, "application", VALUES, facts=DraftFacts(title="南汀县试点", unit="某局"), origin="typed"
    )
    store.attach(draft, SCAN_SHA256, SCAN)
    for day in range(3):
        for n in range(4):
            world.moment = NOW - timedelta(days=4 - day, hours=-n)
            store.save(draft, {"unit_name": f"某局{day}{n}", "summary": "简介" * (day + n)}, origin="typed")
    store.accept(draft, {"uscc_check_char@uscc": "证书上就是这样"})
    world.moment = NOW
    world.close()
    return world


def backed_up(root: Path) -> World:
    """The same with old copies, most of which the next one thins out."""
    world = small(root)
    folder = back_up(world.data, Clock(lambda: NOW - timedelta(days=2))).path
    for n in range(9):
        shutil.copyfile(folder, folder.with_name(f"pilotdesk-20260531-0900{n:02d}-000000.db"))
    for left in (
        folder.with_name(".pilotdesk-20260531-090000-000000.db.00000000.part"),
        _part_of_an_attachment(world),
    ):
        left.write_bytes(b"half of it")
        os.utime(left, (LONG_AGO, LONG_AGO))
    return world


def _part_of_an_attachment(world: World) -> Path:
    folder = world.data / "attachments" / "00"
    folder.mkdir()
    return folder / f".{'0' * 64}.00000000.part"


def with_another(root: Path) -> World:
    """Nothing of one's own yet, and a folder from another computer with a backup of a project in it."""
    other = small(root / "other").data
    back_up(other, Clock(lambda: NOW))
    (root / "other" / "tmp").rmdir()
    return empty(root)


def damaged(root: Path) -> World:
    """A backup, something typed after it, and then the first page of the database overwritten."""
    world = small(root)
    good = back_up(world.data, Clock(lambda: NOW - timedelta(hours=2))).path
    good.with_name("pilotdesk-20260602-020000-000000.db").write_bytes(b"a newer copy, and no good")
    world.store.save(world.draft, {"unit_name": "备份以后写的"}, origin="typed")
    world.close()
    path = world.data / FILE_NAME
    content = bytearray(path.read_bytes())
    content[4096 * 2 : 4096 * 2 + 64] = b"\xff" * 64
    path.write_bytes(content)
    return world


def old(root: Path) -> World:
    """A database as version 1 of the program kept it, the attachment inside."""
    from sqlite_utils import Database

    from pilotdesk.drafts.schema_steps import STEPS

    world = empty(root)
    connection = sqlite3.connect(world.data / FILE_NAME, isolation_level=None)
    db = Database(connection, execute_plugins=False)
    connection.execute("BEGIN")
    STEPS[0](db, world.data)
    at = "2026-06-02T02:31:05.123Z"
    draft = {
        "draft_id": "d_1", "project_id": "p_1", "form": "application", "round": "2026", "form_version": 1,
        "pack_digest": "d" * 64, "revision": 2, "step": "targets", "facts": "{}", "created": at, "updated": at,
    }  # fmt: skip
    history = {
        "seq": 1,
        "draft_id": "d_1",
        "path": "unit_name",
        "value": '"某局"',
        "origin": "typed",
        "at": at,
    }
    for table, row in (
        ("project", {"project_id": "p_1", "practice": 0, "created": at}),
        ("draft", draft),
        ("answer", {"draft_id": "d_1", "path": "unit_name", "value": '"某局"'}),
        ("history", history),
        ("attachment", {"project_id": "p_1", "sha256": SCAN_SHA256, "content": SCAN}),
    ):
        db.table(table).insert(row)
    connection.execute("COMMIT")
    connection.execute("PRAGMA user_version = 1")
    connection.close()
    return world


# -- what is there -------------------------------------------------------------------------------


def dump(path: Path) -> dict[str, list[Any]]:
    """Every table of a database with every row, through a connection of its own; random ids by order of appearance."""
    uri = f"{path.absolute().as_uri()}?mode=ro"
    with contextlib.closing(sqlite3.connect(uri, uri=True)) as connection:
        tables = [
            name
            for (name,) in connection.execute(
                "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"
            )
            if not name.startswith("sqlite_")
        ]
        found = {
            name: connection.execute(f"SELECT * FROM {name} ORDER BY rowid").fetchall() for name in tables
        }
        found["user_version"] = connection.execute("PRAGMA user_version").fetchall()
    return _with_plain_ids(found)


def _with_plain_ids(found: dict[str, list[Any]]) -> dict[str, list[Any]]:
    known: dict[str, str] = {}

    def plain(text: Any) -> Any:
        if not isinstance(text, str):
            return text
        return _ID.sub(lambda hit: known.setdefault(hit[1], f"{hit[1][0]}#{len(known)}"), text)

    order = ("project", "draft", *sorted(found.keys() - {"project", "draft"}))
    return {
        name: [tuple(plain(stored) for stored in row) for row in found[name]]
        for name in order
        if name in found
    }


@cache
def _of_content(path: str, _stamp: tuple[int, int, int]) -> object:
    return _told(Path(path))


def _told(file: Path) -> object:
    content = file.read_bytes()
    if file.suffix in DATABASES:
        with contextlib.suppress(sqlite3.DatabaseError):
            return dump(file)
    if file.suffix == ".pilot" and not content.startswith(b"PK") and len(content) > 1000:
        return "sealed"  # under a fresh salt each time
    return hashlib.sha256(content).hexdigest()


def state_of(root: Path) -> dict[str, object]:
    """What every file below a folder holds; databases by their rows, with what stands in their logs."""
    found: dict[str, object] = {}
    for file in sorted(root.rglob("*")):
        if not file.is_file() or file.name.endswith(_SIDE) or file.name in INDEX:
            continue
        name = file.relative_to(root).as_posix()
        if (
            file.suffix in DATABASES and file.parent.name != "backups"
        ):  # its log may have changed, and not the file
            found[name] = _told(file)
        else:
            there = file.stat()
            found[name] = _of_content(str(file), (there.st_mtime_ns, there.st_size, there.st_ino))
    return found
