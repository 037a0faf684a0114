"""The database's shape and its migrations: forward only, in order, each in one transaction, a backup first.

History of ``PRAGMA user_version``:

* 1 — projects, drafts, answers, rows, answered warnings, history, attachments, exports.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pilotdesk.errors import StoreError

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable

    from sqlite_utils import Database


def _first(db: Database) -> None:
    db.table("project").create(
        {"project_id": str, "practice": int, "created": str}, pk="project_id", strict=True
    )
    db.table("draft").create(
        {
            "draft_id": str, "project_id": str, "form": str, "round": str, "form_version": int, "pack_digest": str,
            "revision": int, "step": str, "facts": str, "created": str, "updated": str,
        },
        pk="draft_id", foreign_keys=[("project_id", "project")], strict=True,
    )  # fmt: skip
    db.table("answer").create(
        {"draft_id": str, "path": str, "value": str}, pk=("draft_id", "path"), strict=True
    )
    db.table("table_row").create(
        {"draft_id": str, "table_name": str, "row_id": str, "position": int, "parent": str, "cells": str},
        pk=("draft_id", "table_name", "row_id"),
        strict=True,
    )
    db.table("accepted").create(
        {"draft_id": str, "key": str, "reason": str}, pk=("draft_id", "key"), strict=True
    )
    db.table("history").create(
        {"seq": int, "draft_id": str, "path": str, "value": str, "origin": str, "at": str},
        pk="seq",
        strict=True,
    )
    db.table("history").create_index(["draft_id", "path"])
    db.table("attachment").create(
        {"project_id": str, "sha256": str, "content": bytes}, pk=("project_id", "sha256"), strict=True
    )
    db.table("export").create(
        {"draft_id": str, "at": str, "kind": str, "file_name": str, "sha256": str, "check_code": str},
        foreign_keys=[("draft_id", "draft")],
        strict=True,
    )


STEPS: Final[tuple[Callable[[Database], None], ...]] = (_first,)
"""Step n brings a database from version n to n + 1."""

CURRENT: Final = len(STEPS)


def version_of(connection: sqlite3.Connection) -> int:
    """The stored version; 0 for an empty file.

    Raises:
        StoreError: ``store_too_new`` when a newer program wrote it.
    """
    version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    if version > CURRENT:
        raise StoreError("store_too_new")
    return version


def migrate(db: Database, version: int) -> None:
    """Bring a database from ``version`` to :data:`CURRENT`; a step that fails leaves its version as it was."""
    for number in range(version, CURRENT):
        db.conn.execute("BEGIN IMMEDIATE")
        try:
            STEPS[number](db)
            db.conn.execute(f"PRAGMA user_version = {number + 1}")
        except BaseException:
            db.conn.execute("ROLLBACK")
            raise
        db.conn.execute("COMMIT")
