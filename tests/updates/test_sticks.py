"""Sticks: what lies on them is found when it is signed and new, and a broken one keeps nobody waiting."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest

from pilotdesk.updates import judging, sticks
from pilotdesk.updates.building import describe_program
from pilotdesk.updates.installing import install_pack, undo
from pilotdesk.updates.sticks import MOST_ENTRIES, MOST_FILES, found_on, mounted
from tests.updates.update_kit import (
    BEFORE,
    CLOCK,
    PROVINCE,
    STRANGER,
    forged,
    pack_at,
    plan_at,
    small_manifest,
    trust,
    update_at,
)

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def stick(tmp_path: Path, program: Path) -> Path:
    """A stick with everything on it that an office finds on one."""
    trust(PROVINCE)
    root = tmp_path / "media"
    update_at(root / "2099.pdpack")
    setup = root / "新程序" / "pilotdesk_9.0_amd64.deb"
    setup.parent.mkdir()
    setup.write_bytes(b"MZ" * 999)
    describe_program(setup, "9.0", "更快了", PROVINCE)
    (root / "a.docx").write_bytes(b"x")
    (root / "坏的.pdpack").write_bytes(b"x" * 300)
    update_at(root / "别人的.pdpack", secret=STRANGER)
    return root


def test_what_is_signed_and_new_is_found_in_the_root_and_one_folder_below(stick: Path) -> None:
    update_at(stick / "a" / "b" / "deep.pdpack")
    pack, program = found_on([stick])
    assert (pack.kind, pack.round, pack.title) == ("pack", "2099", "2099年度虚构表单（仅供测试）")
    assert (program.kind, program.version, program.round) == ("program", "9.0", "")
    assert program.path == stick / "新程序" / "pilotdesk_9.0_amd64.deb.pdsig"
    assert {pack.signer, program.signer} == {"虚构省标准化院"}
    assert len(pack.sha256) == len(program.sha256) == 64


def test_what_is_installed_or_was_undone_is_not_offered_again(stick: Path) -> None:
    installed = install_pack(plan_at(stick / "2099.pdpack"), None, CLOCK)
    assert [one.kind for one in found_on([stick])] == ["program"]
    undo(installed, None, CLOCK)
    assert [one.kind for one in found_on([stick])] == ["program"]


def test_a_correction_older_than_the_program_is_not_offered(
    stick: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    corrected = pack_at(tmp_path / "c", BEFORE, **{"synthetic__01-unit": ("传呼机", "寻呼机")})
    update_at(stick / "2099.pdpack", corrected)
    assert [one.kind for one in found_on([stick])] == ["pack", "program"]
    monkeypatch.setattr(judging, "__released__", "2100-01-01")
    assert [one.kind for one in found_on([stick])] == ["program"]


def test_an_installer_that_was_changed_in_length_is_not_offered(stick: Path) -> None:
    setup = stick / "新程序" / "pilotdesk_9.0_amd64.deb"
    setup.write_bytes(b"MZ")
    assert [one.kind for one in found_on([stick])] == ["pack"]


def test_nothing_on_it_and_no_stick_at_all_are_nothing(tmp_path: Path) -> None:
    assert found_on([]) == ()
    assert found_on([tmp_path / "gone", tmp_path]) == ()


def test_a_drive_that_does_not_answer_keeps_nobody_waiting_and_is_asked_once(
    stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hold, real, asked = threading.Event(), sticks.found_in, []

    def found_in(root: Path) -> object:
        asked.append(root)
        if root.name == "dead":
            hold.wait(60)
        return real(root)

    monkeypatch.setattr(sticks, "found_in", found_in)
    dead = stick.with_name("dead")
    try:
        assert len(found_on([dead, stick], seconds=3)) == 2
        assert len(found_on([dead, stick], seconds=3)) == 2
        assert asked.count(dead) == 1
    finally:
        hold.set()
        for thread in threading.enumerate():
            if thread.name == "stick":
                thread.join()
    assert len(found_on([dead, stick])) == 2
    assert asked.count(dead) == 2


def test_a_stick_full_of_files_is_looked_at_so_far_and_no_further(tmp_path: Path, program: Path) -> None:
    trust(PROVINCE)
    root = tmp_path / "full"
    root.mkdir()
    for at in range(MOST_FILES + 9):
        forged(root / f"{at:03d}.pdpack", small_manifest(round=f"r{at}"))
    read = [one.round for one in found_on([root])]
    assert len(read) == MOST_FILES
    many = tmp_path / "many"
    many.mkdir()
    for at in range(MOST_ENTRIES + 50):
        (many / f"{at}").touch()
    assert len(sticks._entries(many)) == MOST_ENTRIES


def test_links_and_hidden_folders_are_not_followed(stick: Path, tmp_path: Path) -> None:
    (stick / "2099.pdpack").rename(tmp_path / "2099.pdpack")
    for folder in (".Trash", "$RECYCLE.BIN"):
        (stick / folder).mkdir()
        (stick / folder / "x.pdpack").write_bytes((tmp_path / "2099.pdpack").read_bytes())
    (stick / "link").symlink_to(tmp_path, target_is_directory=True)
    assert [one.kind for one in found_on([stick])] == ["program"]


def test_mounts_of_desktops_are_told_from_others() -> None:
    mounts = (
        "/dev/sda1 / ext4 rw 0 0\n/dev/sdb1 /media/li/U\\040盘 vfat rw 0 0\n/dev/sdc1 /run/media/li/X exfat rw 0 0\n"
        "/dev/sdd1 /mnt/disk ext4 rw 0 0\nbroken\n\n"
    )
    assert [str(path) for path in mounted(mounts)] == ["/media/li/U 盘", "/run/media/li/X"]


def test_asking_the_system_works_here() -> None:
    assert isinstance(sticks.sticks(), tuple)
