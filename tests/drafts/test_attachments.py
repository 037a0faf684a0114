"""Attached files: kept once, whole or not at all, and never given out as something else than they were."""

from __future__ import annotations

import hashlib
import os
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from pilotdesk.clock import SYSTEM_CLOCK
from pilotdesk.drafts.attachments_folder import AttachmentsFolder
from pilotdesk.drafts.backups import copy_out
from pilotdesk.drafts.records import DraftFacts
from pilotdesk.drafts.store import DraftStore
from pilotdesk.errors import ExportError, StoreError
from tests.drafts.test_store import PACK

CONTENT = "证书的扫描件".encode()
SHA256 = hashlib.sha256(CONTENT).hexdigest()


@pytest.fixture
def store(tmp_path):
    opened = DraftStore(tmp_path / "data", SYSTEM_CLOCK)
    yield opened
    opened.close()


@pytest.fixture
def draft_id(store):
    return store.create(PACK, "application", {}, facts=DraftFacts(), origin="typed")


def files_below(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def test_they_are_kept_once_by_content_beside_the_database(store, draft_id):
    store.attach(draft_id, SHA256, CONTENT)
    before = store.attachments.path_of(SHA256).stat()
    store.attach(draft_id, SHA256, CONTENT)
    assert store.attachment(draft_id, SHA256) == CONTENT
    assert files_below(store.attachments.folder) == [f"{SHA256[:2]}/{SHA256}"]
    after = store.attachments.path_of(SHA256).stat()
    assert after.st_ino == before.st_ino  # not written again


def test_a_file_belongs_to_the_drafts_of_its_project(store, draft_id):
    store.attach(draft_id, SHA256, CONTENT)
    project_id = store.load(draft_id).card.project_id
    later = store.add_draft(
        project_id, PACK, "summary_2027", {}, carried={}, facts=DraftFacts(), origin="carried"
    )
    stranger = store.create(PACK, "application", {}, facts=DraftFacts(), origin="typed")
    assert store.attachment(later, SHA256) == CONTENT
    with pytest.raises(StoreError) as trouble:
        store.attachment(stranger, SHA256)
    assert trouble.value.code == "attachment_gone"


def test_a_file_for_a_draft_that_is_gone_is_refused(store):
    with pytest.raises(StoreError) as trouble:
        store.attach("d_gone", SHA256, CONTENT)
    assert trouble.value.code == "draft_gone"


def test_an_empty_file_is_a_file(store, draft_id):
    empty = hashlib.sha256(b"").hexdigest()
    store.attach(draft_id, empty, b"")
    store.attach(draft_id, empty, b"")
    assert store.attachment(draft_id, empty) == b""


def test_wrong_content_on_the_disk_is_reported_and_mended_by_adding_it_again(store, draft_id):
    store.attach(draft_id, SHA256, CONTENT)
    kept = store.attachments.path_of(SHA256)
    kept.write_bytes(CONTENT[:-1] + b"?")
    with pytest.raises(StoreError) as trouble:
        store.attachment(draft_id, SHA256)
    assert trouble.value.code == "attachment_damaged"
    assert str(kept) in str(trouble.value)
    store.attach(draft_id, SHA256, CONTENT)
    assert store.attachment(draft_id, SHA256) == CONTENT
    kept.unlink()
    with pytest.raises(StoreError) as trouble:
        store.attachment(draft_id, SHA256)
    assert trouble.value.code == "attachment_gone"


def test_a_name_that_is_no_digest_never_becomes_a_path(store):
    for name in ("../../evil", "", "AB" * 32, "ab" * 31):
        with pytest.raises(ValueError, match="SHA-256"):
            store.attachments.keep(name, b"x")


def test_a_folder_that_cannot_be_written_is_named(store, draft_id):
    store.attachments.folder.write_text("a file where the folder should be")
    with pytest.raises(StoreError) as trouble:
        store.attach(draft_id, SHA256, CONTENT)
    assert trouble.value.code == "store_unwritable"


def test_contents_are_read_when_they_are_asked_for(store, draft_id):
    store.attach(draft_id, SHA256, CONTENT)
    contents = store.attachments.contents([SHA256, "cd" * 32])
    assert list(contents) == [SHA256, "cd" * 32]
    assert contents[SHA256] == CONTENT
    assert "ef" * 32 not in contents
    with pytest.raises(StoreError):
        contents["cd" * 32]


def killed_while_writing(folder: Path) -> None:
    """A program that is killed when an attachment is written, but has not got its name yet."""
    script = textwrap.dedent("""
        import os, sys, time
        from pathlib import Path
        from pilotdesk.drafts.attachments_folder import AttachmentsFolder

        def stop_here(part, target):
            print("written", flush=True)
            time.sleep(60)

        Path.replace = stop_here
        content = sys.argv[2].encode() * 100_000
        import hashlib
        AttachmentsFolder(Path(sys.argv[1])).keep(hashlib.sha256(content).hexdigest(), content)
    """)
    program = subprocess.Popen(
        [sys.executable, "-c", script, str(folder), "证书"],
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[2],
    )
    assert program.stdout.readline() == "written\n"
    os.kill(program.pid, signal.SIGKILL if hasattr(signal, "SIGKILL") else signal.SIGTERM)
    program.wait()
    program.stdout.close()


def test_a_program_killed_between_writing_and_naming_leaves_no_file_of_that_name(tmp_path):
    killed_while_writing(tmp_path)
    content = "证书".encode() * 100_000
    sha256 = hashlib.sha256(content).hexdigest()
    folder = AttachmentsFolder(tmp_path)
    (left,) = files_below(folder.folder)
    assert left.endswith(".part")
    with pytest.raises(StoreError) as trouble:
        folder.content(sha256)
    assert trouble.value.code == "attachment_gone"
    folder.keep(sha256, content)
    assert folder.content(sha256) == content


def test_what_a_killed_program_left_is_swept_away_later(tmp_path):
    killed_while_writing(tmp_path)
    folder = AttachmentsFolder(tmp_path)
    folder.keep(SHA256, CONTENT)
    (left,) = folder.folder.rglob("*.part")
    folder.sweep(left.stat().st_mtime - 1)
    assert left.exists()
    folder.sweep(left.stat().st_mtime + 1)
    assert files_below(folder.folder) == [f"{SHA256[:2]}/{SHA256}"]


def test_a_copy_for_elsewhere_opens_there_with_its_attachments(store, draft_id, tmp_path):
    elsewhere = tmp_path / "U盘" / "备份"
    store.attach(draft_id, SHA256, CONTENT)
    store.attachments.copy_to(elsewhere)
    other = hashlib.sha256(b"other").hexdigest()
    store.attach(draft_id, other, b"other")
    there = elsewhere / "attachments" / SHA256[:2] / SHA256
    before = there.stat().st_ino
    seen = []
    copy_out(store.path.parent, elsewhere, lambda *counts: seen.append(counts))
    assert there.stat().st_ino == before
    assert seen == [(0, 2), (1, 2)]
    copy = DraftStore(elsewhere, SYSTEM_CLOCK)
    assert (copy.attachment(draft_id, SHA256), copy.attachment(draft_id, other)) == (CONTENT, b"other")
    copy.close()


def test_a_copy_that_finds_no_room_says_so(store, draft_id, tmp_path):
    store.attach(draft_id, SHA256, CONTENT)
    (tmp_path / "file").write_text("x")
    with pytest.raises(ExportError) as trouble:
        store.attachments.copy_to(tmp_path / "file")
    assert trouble.value.code == "folder_unwritable"
