"""Archives as offices pack them, and those made to do harm."""

from __future__ import annotations

import io
import stat
import struct
import zipfile
import zlib
from pathlib import Path

import pytest

from pilotdesk.review.intake import archives, words
from pilotdesk.review.intake.archives import unpack
from pilotdesk.review.intake.records import Found
from tests.documents import hostile_docx
from tests.review.intake_kit import zipped


def opened(path, tmp_path):
    found = Found(number=0, place=path.name, folder=(), path=str(path), size=path.stat().st_size)
    return unpack(found, tmp_path / "out")


def places(unpacked):
    return [found.place for found in unpacked.files]


def written(tmp_path):
    return sorted(path for path in tmp_path.rglob("*") if path.is_file() and path.suffix != ".zip")


@pytest.mark.parametrize("code", ["", "gbk", "utf-8"])
def test_chinese_names_are_read_in_whatever_code_they_were_packed(tmp_path, code):
    names = ("南汀县/申报书.docx", "誠实乘风.jpg")  # in GBK some of these end in a backslash or a bar
    told = opened(zipped(tmp_path / "材料.zip", dict.fromkeys(names, b"x"), code), tmp_path)
    assert set(places(told)) == {f"材料.zip › {name}" for name in names}
    assert {found.folder for found in told.files} == {("材料.zip",), ("材料.zip", "南汀县")}
    assert {Path(found.path).read_bytes() for found in told.files} == {b"x"}


def test_a_name_in_utf_8_beside_the_packed_one_counts(tmp_path):
    packed = "材料.jpg".encode("big5")
    extra = struct.pack("<B", 1) + struct.pack("<L", zlib.crc32(packed)) + "材料.jpg".encode()
    entry = zipfile.ZipInfo("x" * len(packed))
    entry.extra = struct.pack("<2H", 0x7075, len(extra)) + extra
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr(entry, b"x")
    content = (tmp_path / "a.zip").read_bytes().replace(b"x" * len(packed), packed)
    (tmp_path / "a.zip").write_bytes(content)
    assert places(opened(tmp_path / "a.zip", tmp_path)) == ["a.zip › 材料.jpg"]


def test_folders_are_no_files_and_what_programs_leave_about_is_passed_over(tmp_path):
    members = {"单位/": b"", "单位/a.jpg": b"x", "__MACOSX/单位/._a.jpg": b"x", "单位/Thumbs.db": b"x"}
    told = opened(zipped(tmp_path / "a.zip", members), tmp_path)
    assert places(told) == ["a.zip › 单位/a.jpg"]
    assert told.passed_over == 2


def test_one_archive_inside_is_opened_and_no_more(tmp_path):
    third = zipped(tmp_path / "3.zip", {"d.jpg": b"4"}).read_bytes()
    second = zipped(tmp_path / "2.zip", {"c.jpg": b"3", "三.zip": third}).read_bytes()
    first = zipped(tmp_path / "1.zip", {"b.jpg": b"2", "里/二.zip": second})
    told = {found.place: found.reason for found in opened(first, tmp_path).files}
    assert told == {
        "1.zip › b.jpg": "", "1.zip › 里/二.zip › c.jpg": "", "1.zip › 里/二.zip › 三.zip": words.NESTED,
    }  # fmt: skip


def test_empty_large_and_linked_members_are_named_and_not_unpacked(tmp_path):
    linked = zipfile.ZipInfo("链接.pilot")
    linked.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr(linked, "/etc/passwd")
        archive.writestr("空.docx", b"")
        archive.writestr("a.rar", b"x")
    told = opened(tmp_path / "a.zip", tmp_path)
    reasons = {found.place: found.reason for found in told.files}
    assert reasons == {
        "a.zip › 链接.pilot": words.LINK, "a.zip › 空.docx": "", "a.zip › a.rar": words.OTHER_ARCHIVE,
    }  # fmt: skip
    assert not written(tmp_path)


@pytest.mark.parametrize(
    "name", ["../a.jpg", "/a.jpg", "C:/a.jpg", "a/../../b.jpg", "..\\a.jpg", "a//b.jpg", "./../a.jpg"]
)
def test_names_that_lead_elsewhere_refuse_the_archive(tmp_path, name):
    told = opened(zipped(tmp_path / "a.zip", {"good.jpg": b"x", name: b"x"}), tmp_path)
    assert (told.files, told.reason) == ((), words.ZIP_UNSAFE)
    assert not written(tmp_path)


def test_two_of_one_name_refuse_the_archive(tmp_path):
    told = opened(zipped(tmp_path / "a.zip", {"a.jpg": b"x", "A.jpg": b"y"}), tmp_path)
    assert told.reason == words.ZIP_TWICE


def test_a_password_is_told(tmp_path):
    path = zipped(tmp_path / "a.zip", {"a.jpg": b"x"})
    content = bytearray(path.read_bytes())
    content[content.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(content)
    assert opened(path, tmp_path).reason == words.ZIP_LOCKED


def test_a_bomb_is_refused_before_anything_is_unpacked(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.jpg", bytes(64 << 20))
    assert opened(tmp_path / "a.zip", tmp_path).reason == words.ZIP_BOMB
    assert not written(tmp_path)


def test_archives_in_an_archive_share_their_room(tmp_path, monkeypatch):
    monkeypatch.setattr(archives, "MOST_BYTES", 1_000)
    inner = zipped(tmp_path / "i.zip", {"a.jpg": bytes(range(256)) * 2}).read_bytes()
    path = zipped(tmp_path / "a.zip", {"1.zip": inner})
    told = opened(path, tmp_path)
    assert [found.reason for found in told.files] == [""]
    monkeypatch.setattr(archives, "_Room", lambda: _small_room())
    (tmp_path / "b").mkdir()
    told = opened(path, tmp_path / "b")
    assert [found.reason for found in told.files] == [words.ZIP_BOMB]


def _small_room():
    class Room:
        left = 600

    return Room()


def test_members_that_share_bytes_and_sizes_that_lie_are_refused(tmp_path):
    path = zipped(tmp_path / "a.zip", {"a.jpg": b"1" * 500, "b.jpg": b"1" * 500})
    content = bytearray(path.read_bytes())
    second = content.rindex(b"PK\x01\x02")
    content[second + 42 : second + 46] = content[content.index(b"PK\x01\x02") + 42 :][:4]
    path.write_bytes(content)
    assert opened(path, tmp_path).reason in {words.ZIP_BOMB, words.ZIP_BROKEN}
    path = zipped(tmp_path / "b.zip", {"a.jpg": b"1" * 500})
    content = bytearray(path.read_bytes())
    at = content.index(b"PK\x01\x02") + 24
    content[at : at + 4] = struct.pack("<L", 400)
    path.write_bytes(content)
    assert opened(path, tmp_path / "b").reason == words.ZIP_BROKEN


def test_too_many_members_are_refused_before_they_are_read(tmp_path, monkeypatch):
    path = tmp_path / "a.zip"
    hostile_docx.million_entries(path)
    assert opened(path, tmp_path).reason in {words.ZIP_MANY, words.ZIP_BROKEN}
    monkeypatch.setattr(archives, "MOST_MEMBERS", 2)
    assert opened(zipped(tmp_path / "b.zip", dict.fromkeys("abc", b"x")), tmp_path).reason == words.ZIP_MANY


@pytest.mark.parametrize("content", [b"PK\x03\x04 and nothing else", b"", b"Rar!", bytes(5_000)])
def test_what_is_no_archive_is_told(tmp_path, content):
    (tmp_path / "a.zip").write_bytes(content)
    assert opened(tmp_path / "a.zip", tmp_path).reason == words.ZIP_BROKEN


def test_a_damaged_archive_never_raises(tmp_path):
    good = zipped(tmp_path / "a.zip", {"单位/a.jpg": b"hello" * 50, "b.docx": b"x" * 99}, "gbk").read_bytes()
    for at in range(len(good)):
        path = tmp_path / f"{at}.zip"
        path.write_bytes(good[:at] + bytes([good[at] ^ 0xFF]) + good[at + 1 :])
        told = opened(path, tmp_path / str(at))
        assert told.files or told.reason
        assert all(found.place.isprintable() for found in told.files)
        path.unlink()


def test_names_that_no_system_takes_are_written_under_others(tmp_path):
    names = ("ab:c?.jpg", "长" * 200 + ".jpg", "尾巴. .jpg", "con\n.jpg")
    told = opened(zipped(tmp_path / "a.zip", dict.fromkeys(names, b"x")), tmp_path)
    assert len(told.files) == len(names)
    assert all(Path(found.path).read_bytes() == b"x" for found in told.files)
    assert {found.place for found in told.files} >= {"a.zip › con␊.jpg", "a.zip › ab:c?.jpg"}


def test_the_method_of_every_program_or_a_sentence(tmp_path):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_BZIP2) as archive:
        archive.writestr("a.jpg", b"x")
    (tmp_path / "a.zip").write_bytes(made.getvalue())
    assert opened(tmp_path / "a.zip", tmp_path).reason == words.ZIP_METHOD
