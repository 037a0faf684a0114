"""A file is written whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from pilotdesk import atomic
from pilotdesk.atomic import folder_in_place, replacing, using
from pilotdesk.errors import ExportError


def test_the_new_file_takes_the_place_of_the_old(tmp_path):
    target = tmp_path / "sub" / "a.txt"
    for text in ("旧", "新"):
        with replacing(target) as part:
            part.write_text(text, "utf-8")
    assert target.read_text("utf-8") == "新"
    assert [path.name for path in target.parent.iterdir()] == ["a.txt"]


def test_a_block_that_breaks_leaves_the_old_file_and_no_rest(tmp_path):
    target = tmp_path / "a.txt"
    target.write_text("旧", "utf-8")

    def broken() -> None:
        with replacing(target) as part:
            part.write_text("半", "utf-8")
            raise KeyError

    with pytest.raises(KeyError):
        broken()
    assert target.read_text("utf-8") == "旧"
    assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]


def test_a_target_that_cannot_be_replaced_is_named(tmp_path):
    (tmp_path / "a.docx").mkdir()
    (tmp_path / "a.docx" / "inside").write_text("x")
    with pytest.raises(ExportError) as trouble, replacing(tmp_path / "a.docx") as part:
        part.write_text("新")
    assert trouble.value.code == "target_open_elsewhere"
    assert "a.docx" in str(trouble.value)
    assert [path.name for path in tmp_path.iterdir()] == ["a.docx"]


on_linux = pytest.mark.skipif(os.name == "nt", reason="Windows counts the whole path")


@on_linux
@pytest.mark.parametrize("name", ["x" * 251 + ".txt", "长" * 83 + ".txt"])
def test_a_name_as_long_as_linux_takes_is_written_and_its_rests_are_swept(tmp_path, name):
    with replacing(tmp_path / name) as part:
        part.write_text("旧", "utf-8")
    left = part
    left.write_text("半", "utf-8")
    os.utime(left, (0, 0))
    with replacing(tmp_path / name) as part:
        part.write_text("新", "utf-8")
    assert [path.name for path in tmp_path.iterdir()] == [name]
    assert (tmp_path / name).read_text("utf-8") == "新"


@on_linux
def test_a_name_that_is_too_long_is_said_to_be(tmp_path):
    with pytest.raises(ExportError) as trouble, replacing(tmp_path / ("x" * 256)) as part:
        part.write_text("新", "utf-8")
    assert trouble.value.code == "name_too_long"
    assert not list(tmp_path.iterdir())


@on_linux
def test_a_folder_in_use_of_which_the_disk_says_nothing_is_no_bug(tmp_path):
    """Like a share that went away: asked whether it is there, the system answers with an error of its own."""
    share = tmp_path / ("x" * 256)
    with using(share), pytest.raises(ExportError), replacing(share / "window.json") as part:
        part.write_text("新", "utf-8")


@pytest.fixture
def scanned(monkeypatch):
    """Renaming is refused the first two times, as on Windows while a virus scanner looks at what was just written."""
    left = {"replace": 2, "rename": 2}

    def refusing(name):
        renamed = getattr(Path, name)

        def act(path, target):
            if left[name]:
                left[name] -= 1
                raise PermissionError(13, "sharing violation")
            return renamed(path, target)

        return act

    for name in left:
        monkeypatch.setattr(Path, name, refusing(name))
    return left


def test_a_file_that_is_being_looked_at_gets_its_name_a_moment_later(tmp_path, scanned, monkeypatch):
    monkeypatch.setattr(atomic, "WAITS_S", (0, 0, 0))
    with replacing(tmp_path / "申报书.docx") as part:
        part.write_text("新", encoding="utf-8")
    assert (tmp_path / "申报书.docx").read_text("utf-8") == "新"
    (tmp_path / "work").mkdir()
    assert folder_in_place(tmp_path / "work", tmp_path / "材料包").is_dir()
    assert scanned == {"replace": 0, "rename": 0}


def test_a_file_that_stays_open_elsewhere_is_named(tmp_path, scanned, monkeypatch):
    monkeypatch.setattr(atomic, "WAITS_S", (0,))
    with pytest.raises(ExportError) as trouble, replacing(tmp_path / "申报书.docx") as part:
        part.write_text("新", encoding="utf-8")
    assert trouble.value.code == "target_open_elsewhere"
    assert list(tmp_path.iterdir()) == []
    assert scanned["replace"] == 0


def test_what_a_scanner_holds_is_written_through_a_moment_later(tmp_path, monkeypatch):
    monkeypatch.setattr(atomic, "WAITS_S", (0, 0))
    opened, left = Path.open, [2]

    def refusing(path, mode="r", *given, **named):
        if mode == "rb+" and left[0]:
            left[0] -= 1
            raise PermissionError(13, "sharing violation")
        return opened(path, mode, *given, **named)

    monkeypatch.setattr(Path, "open", refusing)
    with replacing(tmp_path / "申报书.docx") as part:
        part.write_text("新", encoding="utf-8")
    assert (tmp_path / "申报书.docx").read_text("utf-8") == "新"
    assert left == [0]
