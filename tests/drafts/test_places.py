"""Places that data should not lie in are recognised by name, mount and trial; moving proves itself before it counts."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import TYPE_CHECKING

import pytest

from pilotdesk import paths
from pilotdesk.clock import Clock
from pilotdesk.drafts import moving, places
from pilotdesk.drafts.backups import back_up, backups
from pilotdesk.drafts.moving import NOTE_NAME, move
from pilotdesk.drafts.places import SENTENCES, is_network_mount, wrong_name, wrong_with
from pilotdesk.drafts.records import DraftFacts
from pilotdesk.drafts.store import DraftStore
from pilotdesk.errors import ExportError, PilotDeskError, StoreError
from pilotdesk.forms.shipped import load_shipped

if TYPE_CHECKING:
    from collections.abc import Iterator

CLOCK = Clock(lambda: datetime(2026, 6, 2, 2, 32, 5, tzinfo=UTC))


@pytest.mark.parametrize(
    ("path", "kind", "name"),
    [
        (r"\\server\申报\PilotDesk", "network", ""),
        (r"C:\家\zhang\OneDrive\PilotDesk", "synchronised", "OneDrive"),
        (r"C:\家\zhang\OneDrive - 南汀县\文档\资料", "synchronised", "OneDrive"),
        (r"D:\Nutstore Files\资料", "synchronised", "坚果云"),
        (r"D:\我的坚果云\资料", "synchronised", "坚果云"),
        (r"D:\BaiduSyncdisk\资料", "synchronised", "百度网盘"),
        (r"C:\家\zhang\iCloudDrive\资料", "synchronised", "iCloud"),
        (r"C:\家\zhang\Dropbox (Personal)\资料", "synchronised", "Dropbox"),
        (r"C:\家\zhang\Documents\WeChat Files\wxid_1\FileStorage\File\2026-06", "received", "微信"),
        (r"D:\xwechat_files\wxid_1\msg\file", "received", "微信"),
        (r"C:\家\zhang\Documents\WXWork\1688\Cache\File", "received", "企业微信"),
        (r"C:\家\zhang\Documents\Tencent Files\12345\FileRecv", "received", "QQ"),
        (r"C:\家\zhang\AppData\Local\Temp\Temp1_PilotDesk.zip\PilotDesk", "unpacked", ""),
        (r"C:\家\zhang\AppData\Local\Temp\Rar$EXa0.123\PilotDesk", "unpacked", ""),
        (r"C:\家\zhang\AppData\Local\Temp\PilotDesk", "temporary", ""),
        (r"D:\资料\PilotDesk", "", ""),
        (r"C:\家\zhang\AppData\Local\PilotDesk", "", ""),
        (r"D:\微信推广资料\one drive 说明", "", ""),
        ("\\\\?\\D:\\资料", "", ""),
    ],
)
def test_windows_places_are_known_by_their_names(path: str, kind: str, name: str) -> None:
    unfit = wrong_name(PureWindowsPath(path))
    assert (unfit.kind if unfit else "") == kind
    if unfit:
        assert name in unfit.sentence
        assert unfit.sentence.count("。") == 1  # one sentence


def test_the_systems_own_folder_for_waste_is_known() -> None:
    assert wrong_name(PurePosixPath("/var/x/a"), temporary=[PurePosixPath("/var/x")]).kind == "temporary"
    assert wrong_name(PurePosixPath("/srv/zhang/.local/share/PilotDesk")) is None


MOUNTS = """\
/dev/sda1 / ext4 rw 0 0
//server/share /mnt/申报 cifs rw 0 0
server:/x /mnt/with\\040blank nfs4 rw 0 0
/dev/sdb1 /mnt/申报/local ext4 rw 0 0
broken
"""


@pytest.mark.parametrize(
    ("path", "share"),
    [
        ("/srv/zhang", False), ("/mnt/申报", True), ("/mnt/申报/a", True), ("/mnt/申报/local/a", False),
        ("/mnt/with blank/a", True), ("/mnt/申报2", False),
    ],
)  # fmt: skip
def test_a_share_of_linux_is_known_by_its_mount(path: str, share: bool) -> None:
    assert is_network_mount(PurePosixPath(path), MOUNTS) is share


def test_a_good_place_is_left_alone(tmp_path: Path) -> None:
    assert wrong_with(tmp_path / "not made yet") is None
    assert not (tmp_path / "not made yet").exists()


def test_a_full_disk_and_a_protected_one_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as full:
        full.setattr(places.shutil, "disk_usage", lambda _path: type("Usage", (), {"free": 5 * 2**20})())
        unfit = wrong_with(tmp_path)
        assert unfit.kind == "full"
        assert "5 MB" in unfit.sentence

    def refuse(**_given: object) -> None:
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr(places.tempfile, "TemporaryFile", refuse)
    assert wrong_with(tmp_path).kind == "protected"


def test_every_kind_has_its_sentence_and_a_cure() -> None:
    assert all("请" in sentence for sentence in SENTENCES.values())


# -- moving --------------------------------------------------------------------------------------


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return tmp_path / "old"


@pytest.fixture
def store(source: Path) -> Iterator[DraftStore]:
    opened = DraftStore(source, CLOCK)
    yield opened
    opened.close()


@pytest.fixture
def draft(store: DraftStore, source: Path) -> str:
    made = store.create(
        load_shipped("2026"), "application", {"unit_name": "南汀县"}, facts=DraftFacts(), origin="typed"
    )
    content = b"%PDF" * 100
    import hashlib

    store.attach(made, hashlib.sha256(content).hexdigest(), content)
    back_up(source, CLOCK)
    (source / "window.json").write_text("{}")
    (source / "packs" / "2027").mkdir(parents=True)
    (source / "packs" / "2027" / "round.toml").write_text("x = 1")
    return made


def files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and not path.name.endswith(("-wal", "-shm"))
    }


def test_everything_arrives_and_the_old_folder_stays(
    store: DraftStore, draft: str, source: Path, tmp_path: Path
) -> None:
    before = files(source)
    target = tmp_path / "new" / "PilotDesk资料"
    move(source, target)
    after = files(source)
    assert "new" in after.pop(NOTE_NAME).decode("utf-8-sig")
    assert after == before
    moved = DraftStore(target, CLOCK)
    try:
        assert moved.load(draft).values == store.load(draft).values  # what stands in the log only, too
        assert len(backups(target)) == 1
        assert [len(list((folder / "attachments").rglob("?" * 64))) for folder in (source, target)] == [1, 1]
    finally:
        moved.close()
    assert (target / "packs" / "2027" / "round.toml").read_text() == "x = 1"
    assert (target / "window.json").exists()
    assert not (target / NOTE_NAME).exists()


@pytest.mark.parametrize("inside", ["old/inside", ".", "old"])
def test_a_folder_inside_the_other_is_no_other_place(
    draft: str, source: Path, tmp_path: Path, inside: str
) -> None:
    before = files(source)
    with pytest.raises(ExportError) as trouble:
        move(source, tmp_path / inside)
    assert trouble.value.code == "move_inside"
    assert files(source) == before


def test_a_folder_with_something_in_it_is_not_taken(draft: str, source: Path, tmp_path: Path) -> None:
    (tmp_path / "new").mkdir()
    (tmp_path / "new" / "a.txt").write_text("a")
    with pytest.raises(StoreError) as trouble:
        move(source, tmp_path / "new")
    assert trouble.value.code == "move_occupied"
    assert list(files(tmp_path / "new")) == ["a.txt"]


def test_a_move_that_was_killed_half_way_goes_to_the_same_folder_again(
    draft: str, source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as dead:
        dead.setattr(moving, "_empty", lambda _folder: None)  # who is killed does not tidy up
        dead.setattr(moving, "_others", killed_after_the_database)
        with pytest.raises(KeyboardInterrupt):
            move(source, tmp_path / "D")
    assert (tmp_path / "D" / moving.FILE_NAME).exists()
    (tmp_path / "D" / "backups").mkdir()
    (tmp_path / "D" / "backups" / "half").touch()
    move(source, tmp_path / "D")
    assert not (tmp_path / "D" / moving.UNFINISHED).exists()
    assert not (tmp_path / "D" / "backups" / "half").exists()
    with pytest.raises(StoreError) as trouble:  # what is there now is no left-over
        move(source, tmp_path / "D")
    assert trouble.value.code == "move_occupied"


def killed_after_the_database(_source: Path) -> Iterator[Path]:
    raise KeyboardInterrupt


def test_what_arrives_otherwise_is_no_move(
    draft: str, source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = moving.file_sha256
    monkeypatch.setattr(
        moving, "file_sha256", lambda path: real(path) + ("x" if ".part" in path.name else "")
    )
    with pytest.raises(ExportError) as trouble:
        move(source, tmp_path / "new")
    assert trouble.value.code == "copy_differs"
    assert not (source / NOTE_NAME).exists()


# -- which folder is used ------------------------------------------------------------------------


def test_the_new_place_is_used_until_it_is_gone(data_dir: Path, tmp_path: Path) -> None:
    assert paths.data_dir() == data_dir
    (tmp_path / "new").mkdir()
    paths.remember_data_dir(tmp_path / "new")
    assert paths.data_dir() == tmp_path / "new"
    (tmp_path / "new").rmdir()
    with pytest.raises(PilotDeskError) as trouble:
        paths.data_dir()
    assert trouble.value.code == "data_folder_gone"
    assert str(tmp_path / "new") in str(trouble.value)
    os.unlink(data_dir / paths.MOVED_NAME)
    assert paths.data_dir() == data_dir
