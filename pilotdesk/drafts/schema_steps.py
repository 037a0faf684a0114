"""The steps that make the database's shape, one a version; read only where something is to be migrated."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pilotdesk.drafts.attachments_folder import AttachmentsFolder

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from sqlite_utils import Database


def _first(db: Database, _folder: Path) -> None:
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


def _second(db: Database, folder: Path) -> None:
    files = AttachmentsFolder(folder)
    named = "length(sha256) = 64 AND sha256 NOT GLOB '*[^0-9a-f]*'"  # what no answer can point to is no file either
    for sha256, content in db.execute(f"SELECT sha256, content FROM attachment WHERE {named}"):  # noqa: S608
        # Written before the transaction ends: a program killed in between finds them again, and puts them there again.
        files.keep(sha256, content)
    for change in (
        "ALTER TABLE attachment ADD COLUMN size INTEGER NOT NULL DEFAULT 0",
        "UPDATE attachment SET size = length(content)",
        "ALTER TABLE attachment DROP COLUMN content",
        "ALTER TABLE project ADD COLUMN dates TEXT NOT NULL DEFAULT '{}'",
        "ALTER TABLE draft ADD COLUMN carried TEXT NOT NULL DEFAULT '{}'",
        "ALTER TABLE history ADD COLUMN \"by\" TEXT NOT NULL DEFAULT ''",
    ):
        db.execute(change)
    db.table("attic").create(
        {
            "seq": int, "draft_id": str, "path": str, "label": str, "text": str, "value": str, "why": str, "at": str,
        },
        pk="seq", strict=True,
    )  # fmt: skip
    db.table("attic").create_index(["draft_id"])


def _third(db: Database, _folder: Path) -> None:
    db.table("named_version").create(
        {"version_id": int, "draft_id": str, "name": str, "seq": int, "at": str, "by": str},
        pk="version_id",
        strict=True,
    )
    db.table("named_version").create_index(["draft_id"])
    db.execute("ALTER TABLE export ADD COLUMN seq INTEGER NOT NULL DEFAULT 0")
    db.execute(
        "UPDATE export SET seq = coalesce((SELECT max(seq) FROM history"
        " WHERE history.draft_id = export.draft_id AND history.at <= export.at), 0)"
    )


def _fourth(db: Database, _folder: Path) -> None:
    db.table("share").create(
        {"share_id": str, "draft_id": str, "incoming": int, "content": str},
        pk=("share_id", "draft_id"),
        strict=True,
    )


def _fifth(db: Database, _folder: Path) -> None:
    db.execute("ALTER TABLE draft ADD COLUMN deleted TEXT NOT NULL DEFAULT ''")
    db.execute("ALTER TABLE draft ADD COLUMN deleted_by TEXT NOT NULL DEFAULT ''")
    db.execute(
        "CREATE INDEX draft_deleted ON draft (deleted) WHERE deleted <> ''"
    )  # the start page counts them


def _sixth(db: Database, _folder: Path) -> None:
    db.table("returned").create(
        {"slip_id": str, "draft_id": str, "content": str}, pk=("slip_id", "draft_id"), strict=True
    )


STEPS: Final[tuple[Callable[[Database, Path], None], ...]] = (
    _first,
    _second,
    _third,
    _fourth,
    _fifth,
    _sixth,
)
"""Step n brings a database, and the folder it is in, from version n to n + 1."""
