"""Packages made to do harm are refused in one sentence, in little memory, and nothing is written anywhere."""

from __future__ import annotations

import hashlib
import io
import tracemalloc
import zipfile

import pytest

from pilotdesk.drafts.package import read_package, write_package
from pilotdesk.drafts.package_guard import is_safe_name
from pilotdesk.errors import PackageError
from pilotdesk.projects.handover import is_kit, read_kit
from tests.drafts.hostile import EMPTY, HOSTILE, MIB, attachment, with_answers
from tests.drafts.test_package import package

MEMORY = 48 * MIB
"""What a refusal may need. The largest of the files unpacks to gigabytes; an honest package of 200 MB needs 1 MiB."""


def peak_of(read, path):
    """What a refusal needed in bytes, and the error."""
    tracemalloc.start()
    try:
        with pytest.raises(PackageError) as refusal:
            read(path)
        return tracemalloc.get_traced_memory()[1], refusal.value
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("name", HOSTILE)
def test_it_is_refused_in_one_sentence_and_in_little_memory(tmp_path, name):
    code, make = HOSTILE[name]
    path = tmp_path / "in" / "坏.pilot"
    path.parent.mkdir()
    path.write_bytes(make(tmp_path))
    before = sorted(tmp_path.rglob("*"))
    peak, refusal = peak_of(read_package, path)
    sentence = str(refusal)
    assert refusal.code == code
    assert "坏.pilot" in sentence
    assert "\n" not in sentence
    assert peak < MEMORY
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.parametrize("name", [name for name in HOSTILE if HOSTILE[name][0] != "package_damaged"])
def test_hand_over_files_stand_behind_the_same_guard(tmp_path, name):
    path = tmp_path / "交接包.zip"
    path.write_bytes(HOSTILE[name][1](tmp_path))
    peak, refusal = peak_of(read_kit, path)
    # Where the guard has nothing to say it is at least no hand-over file.
    assert refusal.code in {HOSTILE[name][0], "handover_foreign"}
    assert not is_kit(path)
    assert peak < MEMORY


def test_a_bomb_in_an_attachment_stays_closed(tmp_path):
    """A zip in a zip is a file like another: nobody opens it here."""
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a", b"\0" * (300 * MIB))
    content = inner.getvalue()
    digest = hashlib.sha256(content).hexdigest()
    path = tmp_path / "a.pilot"
    path.write_bytes(
        with_answers(EMPTY, [attachment(digest, packed=content)], {f"attachments/{digest}": digest})
    )
    tracemalloc.start()
    try:
        assert list(read_package(path).files) == [digest]
        assert tracemalloc.get_traced_memory()[1] < 4 * MIB
    finally:
        tracemalloc.stop()


def test_an_honest_package_with_many_scans_needs_little_memory(tmp_path):
    scans = {hashlib.sha256(piece).hexdigest(): piece for piece in (bytes([n]) * (8 * MIB) for n in range(8))}
    write_package(package(files=scans), tmp_path / "a.pilot")
    scans.clear()
    tracemalloc.start()
    try:
        read = read_package(tmp_path / "a.pilot")
        assert len(read.files) == 8
        assert tracemalloc.get_traced_memory()[1] < 2 * MIB
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize(
    "name", ["answers.json", "程序用/项目.json", "附件/1. 证书.pdf", "附件/", "a..b", "..a"]
)
def test_honest_names_are_let_through(name):
    assert is_safe_name(name)
