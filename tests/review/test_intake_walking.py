"""Which files there are, and what is never opened."""

from __future__ import annotations

import itertools
import os
import sys

import pytest

from pilotdesk.review.intake import words
from pilotdesk.review.intake.records import Closed, Found, PassedOver
from pilotdesk.review.intake.walking import walk


def walked(*places):
    return list(walk(places, itertools.count()))


def found(*places):
    return [one for one in walked(*places) if isinstance(one, Found)]


def put(folder, *names, content=b"x"):
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def test_files_come_as_people_sort_them_and_folders_behind_them(tmp_path):
    put(tmp_path, "单位10/a.jpg", "单位2/a.jpg", "b.jpg", "a.jpg", "单位2/附件/c.jpg")
    places = [one.place for one in found(tmp_path)]
    assert places == ["a.jpg", "b.jpg", "单位2/a.jpg", "单位2/附件/c.jpg", "单位10/a.jpg"]


def test_documents_of_a_small_folder_come_before_attachments_and_packages_first(tmp_path):
    put(tmp_path, "1.jpg", "2.pdf", "3.docx", "4.pilot")
    assert [one.place for one in found(tmp_path)] == ["4.pilot", "3.docx", "2.pdf", "1.jpg"]


def test_in_a_large_folder_files_of_one_name_come_together(tmp_path):
    put(tmp_path, *(f"{number}号.{kind}" for number in range(1, 40) for kind in ("pdf", "docx", "pilot")))
    places = [one.place for one in found(tmp_path)]
    assert places[:6] == ["1号.pilot", "1号.docx", "1号.pdf", "2号.pilot", "2号.docx", "2号.pdf"]
    assert len(places) == 117


def test_every_folder_is_closed_behind_its_last_file_and_the_top_last(tmp_path):
    put(tmp_path, "甲/乙/1.jpg", "甲/2.jpg")
    (tmp_path / "空").mkdir()
    told = [one.folder if isinstance(one, Closed) else one.place for one in walked(tmp_path)]
    assert told == ["甲/2.jpg", "甲/乙/1.jpg", ("甲", "乙"), ("甲",), ("空",), ()]


def test_several_places_and_single_files_are_told_apart(tmp_path):
    put(tmp_path, "甲/1.jpg", "乙/1.jpg", "3.jpg")
    told = found(tmp_path / "甲", tmp_path / "乙", tmp_path / "3.jpg")
    assert [one.place for one in told] == ["甲/1.jpg", "乙/1.jpg", "3.jpg"]
    assert walked(tmp_path / "甲", tmp_path / "3.jpg")[-1] == Closed(())
    assert [one.number for one in told] == [0, 1, 2]


def test_what_programs_leave_lying_about_is_passed_over_and_counted(tmp_path):
    names = (
        "Thumbs.db",
        "desktop.ini",
        ".DS_Store",
        "._a.docx",
        "~$申报书.docx",
        ".~lock.a.docx#",
        "pilotdesk.lock",
    )
    put(tmp_path, *names, "__MACOSX/a.docx", "a.docx")
    told = walked(tmp_path)
    assert [one.place for one in told if isinstance(one, Found)] == ["a.docx"]
    assert sum(isinstance(one, PassedOver) for one in told) == len(names) + 1


@pytest.mark.skipif(sys.platform == "win32", reason="no such files there")
def test_links_pipes_and_sockets_are_named_and_never_opened(tmp_path):
    outside = tmp_path / "outside"
    put(outside, "secret.pilot")
    inside = tmp_path / "in"
    inside.mkdir()
    (inside / "a.pilot").symlink_to(outside / "secret.pilot")
    (inside / "folder").symlink_to(outside)
    (inside / "loop").symlink_to(inside)
    os.mkfifo(inside / "pipe.pilot")
    reasons = {one.place: one.reason for one in found(inside)}
    assert reasons == {
        "a.pilot": words.LINK, "folder": words.LINK, "loop": words.LINK, "pipe.pilot": words.SPECIAL,
    }  # fmt: skip


@pytest.mark.skipif(sys.platform == "win32", reason="no such names there")
def test_names_are_shown_in_one_line_and_lead_to_the_file(tmp_path):
    put(tmp_path, "第一\n第二.pilot", "\u202egpj.exe", "a\x7f\t.jpg")
    raw = os.fsencode(tmp_path) + b"/\xff\xfe.docx"
    with open(raw, "wb") as opened:
        opened.write(b"x")
    told = found(tmp_path)
    assert {one.place for one in told} == {"第一␊第二.pilot", "�gpj.exe", "a␡␉.jpg", "��.docx"}
    assert all(os.path.exists(one.path) for one in told)


def test_a_sparse_file_is_refused_by_its_size(tmp_path):
    for name in ("a.pilot", "b.zip", "c.mp4"):
        with (tmp_path / name).open("wb") as opened:
            opened.truncate(5 << 30)
    assert {one.reason for one in found(tmp_path)} == {words.too_large(5 << 30)}
    assert "5.0 GB" in words.too_large(5 << 30)


def test_other_archives_and_shortcuts_say_what_to_do(tmp_path):
    put(tmp_path, "a.rar", "b.7z", "c.lnk")
    assert [one.reason for one in found(tmp_path)] == [
        words.OTHER_ARCHIVE,
        words.OTHER_ARCHIVE,
        words.SHORTCUT,
    ]


def test_a_folder_that_cannot_be_read_is_named(tmp_path, monkeypatch):
    put(tmp_path, "甲/1.jpg", "乙/2.jpg")
    listed = os.scandir

    def scandir(path):
        if str(path).endswith("甲"):
            raise PermissionError(path)
        return listed(path)

    monkeypatch.setattr("os.scandir", scandir)
    told = {one.place: one.reason for one in found(tmp_path)}
    assert told == {"乙/2.jpg": "", "甲": words.FOLDER_UNREADABLE}


def test_a_place_that_is_gone_is_named(tmp_path):
    assert [(one.place, one.reason) for one in found(tmp_path / "nothing.pilot")] == [
        ("nothing.pilot", words.GONE)
    ]


def test_too_many_files_and_folders_too_deep_are_told_once(tmp_path, monkeypatch):
    monkeypatch.setattr("pilotdesk.review.intake.walking.MOST_FILES", 3)
    monkeypatch.setattr("pilotdesk.review.intake.walking.DEEPEST", 2)
    put(tmp_path, "a/b/c/d/1.jpg")
    assert [one.reason for one in found(tmp_path)] == [words.TOO_DEEP]
    put(tmp_path, *(f"{number}.jpg" for number in range(5)))
    assert [one.reason for one in found(tmp_path)] == ["", "", "", words.TOO_MANY]
