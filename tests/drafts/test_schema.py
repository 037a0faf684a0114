"""A database of an older program is brought to the newest shape, with a copy of the old one beside it."""

from __future__ import annotations

import contextlib
import hashlib
import json
import sqlite3

import pytest
from sqlite_utils import Database

from pilotdesk.clock import SYSTEM_CLOCK
from pilotdesk.drafts import schema
from pilotdesk.drafts.schema_steps import STEPS
from pilotdesk.drafts.store import FILE_NAME, DraftStore
from pilotdesk.errors import StoreError
from pilotdesk.forms.values import Attachment, Row

SCAN = "扫描件".encode() * 200_000
SHA256 = hashlib.sha256(SCAN).hexdigest()
FORGED = "../../evil"
AT = "2026-06-02T02:31:05.123Z"


@pytest.fixture
def folder(tmp_path):
    """A data directory as version 1 of the program kept it: one project, one draft, one attachment."""
    connection = sqlite3.connect(tmp_path / FILE_NAME, isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    db = Database(connection, execute_plugins=False)
    connection.execute("BEGIN")
    STEPS[0](db, tmp_path)
    facts = json.dumps({"title": "南汀县试点"})
    scan = {
        "$files": [
            {"sha256": SHA256, "file_name": "证书.pdf", "size": len(SCAN), "media_type": "", "note": ""}
        ]
    }
    for table, row in (
        ("project", {"project_id": "p_1", "practice": 0, "created": AT}),
        (
            "draft",
            {
                "draft_id": "d_1", "project_id": "p_1", "form": "application", "round": "2026", "form_version": 1,
                "pack_digest": "d" * 64, "revision": 2, "step": "targets", "facts": facts, "created": AT, "updated": AT,
            },
        ),
        ("answer", {"draft_id": "d_1", "path": "project_name", "value": '"南汀县试点"'}),
        ("answer", {"draft_id": "d_1", "path": "licence", "value": json.dumps(scan)}),
        (
            "table_row",
            {
                "draft_id": "d_1", "table_name": "targets", "row_id": "r_1", "position": 0, "parent": None,
                "cells": '{"base_value": {"$decimal": "86.5"}}',
            },
        ),
        ("accepted", {"draft_id": "d_1", "key": "c@uscc", "reason": "证书上就是这样"}),
        (
            "history",
            {"seq": 1, "draft_id": "d_1", "path": "project_name", "value": '"试点"', "origin": "typed", "at": AT},
        ),
        ("attachment", {"project_id": "p_1", "sha256": SHA256, "content": SCAN}),
        ("attachment", {"project_id": "p_1", "sha256": FORGED, "content": b"x"}),
        (
            "export",
            {"draft_id": "d_1", "at": AT, "kind": "pdf", "file_name": "a.pdf", "sha256": "0" * 64, "check_code": "AB"},
        ),
    ):  # fmt: skip
        db.table(table).insert(row)
    connection.execute("COMMIT")
    connection.execute("PRAGMA user_version = 1")
    connection.close()
    return tmp_path


def test_there_is_a_step_to_every_version():
    assert len(STEPS) == schema.CURRENT


def opened(folder):
    return contextlib.closing(DraftStore(folder, SYSTEM_CLOCK))


def test_everything_of_version_1_is_there_in_the_newest(folder):
    with opened(folder) as store:
        record = store.load("d_1")
        assert record.values == {
            "project_name": "南汀县试点",
            "licence": (Attachment(SHA256, "证书.pdf", len(SCAN), ""),),
            "targets": (Row("r_1", {"base_value": record.values["targets"][0].cells["base_value"]}),),
        }
        assert str(record.values["targets"][0].cells["base_value"]) == "86.5"
        assert (record.card.facts.title, record.card.step, record.card.revision) == (
            "南汀县试点",
            "targets",
            2,
        )
        assert (record.accepted, record.carried, record.attic) == ({"c@uscc": "证书上就是这样"}, {}, ())
        (entry,) = store.histories.of_path("d_1", "project_name")
        assert (entry.value, entry.by) == ("试点", "")
        past = store.histories.read("d_1")
        assert ([export.seq for export in past.exports], past.versions) == ([entry.seq], ())
        assert store.attachment("d_1", SHA256) == SCAN
        assert store.projects.dates("p_1") == {}
    with sqlite3.connect(folder / FILE_NAME) as connection:
        assert schema.version_of(connection) == schema.CURRENT
        assert connection.execute("SELECT count(*) FROM export").fetchone() == (1,)
    connection.close()


def test_the_contents_of_attachments_have_left_the_database_for_good(folder):
    before = (folder / FILE_NAME).stat().st_size
    opened(folder).__enter__().close()
    assert before > len(SCAN)
    assert (folder / FILE_NAME).stat().st_size < len(SCAN) / 4
    assert [path.name for path in folder.glob("attachments/*/*")] == [SHA256]
    assert not (folder.parent / "evil").exists()


def test_the_database_as_it_was_is_kept_beside_it(folder):
    opened(folder).__enter__().close()
    with sqlite3.connect(folder / f"{FILE_NAME}.v1.bak") as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (1,)
        found = connection.execute("SELECT content FROM attachment WHERE sha256 = ?", (SHA256,)).fetchone()
    connection.close()
    assert found == (SCAN,)


def test_a_step_that_fails_leaves_the_database_as_it_was_and_the_next_start_goes_on(folder):
    (folder / "attachments").write_text("a file where the folder should be")
    with pytest.raises(StoreError) as trouble:
        DraftStore(folder, SYSTEM_CLOCK)
    assert trouble.value.code == "store_unwritable"
    with sqlite3.connect(folder / FILE_NAME) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (1,)
        assert connection.execute("SELECT count(content) FROM attachment").fetchone() == (2,)
    connection.close()
    (folder / "attachments").unlink()
    with opened(folder) as store:
        assert store.attachment("d_1", SHA256) == SCAN
