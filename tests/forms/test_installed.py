"""Several packs side by side: shipped, added, and kept for the drafts that were written for them."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from pilotdesk.errors import ExportError, PackError
from pilotdesk.forms.installed import current_folder, current_pack, keep_pack, pack_for, rounds
from pilotdesk.forms.loader import load_pack
from tests.forms.migration_kit import AFTER, BEFORE, FORM, forget, ship

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A program that comes with version 1."""
    root = tmp_path / "program"
    (root / "resources").mkdir(parents=True)
    monkeypatch.setenv("PILOTDESK_ROOT", str(root))
    ship(root, BEFORE)
    yield root
    forget()


def add(data_dir: Path, pack: Path, name: str = "2099") -> None:
    shutil.copytree(pack, data_dir / "packs" / name)
    forget()


def version(of: object) -> int:
    return of.forms[FORM].head.version


def digest(folder: Path) -> str:
    return load_pack(folder).digest


@pytest.mark.usefixtures("program")
def test_packs_of_the_program_and_of_the_data_folder_stand_side_by_side(data_dir: Path) -> None:
    assert rounds() == ("2099",)
    add(data_dir, BEFORE, "2098")
    assert rounds() == ("2098", "2099")
    assert current_pack("2098").digest == digest(BEFORE)
    assert current_folder("2098") == data_dir / "packs" / "2098"
    with pytest.raises(PackError) as caught:
        current_pack("2097")
    assert caught.value.code == "pack_unknown"


def test_the_newer_pack_of_a_round_is_the_present_one(program: Path, data_dir: Path) -> None:
    assert (version(current_pack("2099")), current_folder("2099")) == (1, program / "forms" / "2099")
    add(data_dir, AFTER)
    assert (version(current_pack("2099")), current_folder("2099")) == (3, data_dir / "packs" / "2099")
    ship(program, AFTER)
    assert current_folder("2099") == data_dir / "packs" / "2099"  # as new: somebody has put it there
    shutil.rmtree(data_dir / "packs")
    add(data_dir, BEFORE)
    assert version(current_pack("2099")) == 3


def test_an_added_pack_that_cannot_be_read_is_not_in_the_way(program: Path, data_dir: Path) -> None:
    add(data_dir, AFTER)
    (data_dir / "packs" / "2099" / "round.toml").write_text("name = ", "utf-8")
    assert current_folder("2099") == program / "forms" / "2099"
    shutil.rmtree(program / "forms" / "2099")
    forget()
    with pytest.raises(PackError) as caught:
        current_pack("2099")
    assert caught.value.code == "pack_broken"


def test_a_draft_is_read_with_its_own_version_after_an_update(program: Path) -> None:
    keep_pack(current_pack("2099"))
    ship(program, AFTER)
    assert version(pack_for("2099", FORM, 1, digest(BEFORE))) == 1
    assert version(pack_for("2099", FORM, 3, digest(AFTER))) == 3


def test_a_corrected_label_reaches_the_drafts_of_the_same_version(program: Path) -> None:
    keep_pack(current_pack("2099"))
    step = program / "forms" / "2099" / FORM / "01-unit.toml"
    step.write_text(step.read_text("utf-8").replace("传呼机", "寻呼机"), "utf-8")
    forget()
    pack = pack_for("2099", FORM, 1, digest(BEFORE))
    assert pack.forms[FORM].fields["leader"].parts[2].label == "寻呼机"


def test_the_shipped_version_stays_in_use_beside_a_newer_added_one(data_dir: Path, program: Path) -> None:
    add(data_dir, AFTER)
    assert version(pack_for("2099", FORM, 1, "")) == 1


def test_a_version_that_is_gone_is_said(program: Path, data_dir: Path) -> None:
    for kept in ("", digest(BEFORE)):
        ship(program, AFTER)
        with pytest.raises(PackError) as caught:
            pack_for("2099", FORM, 1, kept)
        assert caught.value.code == "pack_version_gone"
    # a copy that somebody has changed is not what the draft was written for
    shutil.copytree(AFTER, data_dir / "packs-kept" / digest(BEFORE))
    with pytest.raises(PackError):
        pack_for("2099", FORM, 1, digest(BEFORE))


def test_drafts_of_a_round_that_is_gone_are_read_with_the_kept_copy(program: Path, data_dir: Path) -> None:
    add(data_dir, BEFORE, "2098")
    round_file = data_dir / "packs" / "2098" / "round.toml"
    round_file.write_text(round_file.read_text("utf-8").replace('name = "2099"', 'name = "2098"'), "utf-8")
    forget()
    pack = current_pack("2098")
    keep_pack(pack)
    shutil.rmtree(data_dir / "packs")
    forget()
    assert pack_for("2098", FORM, 1, pack.digest).round.name == "2098"


def test_a_copy_is_kept_once_and_whole_or_not_at_all(
    program: Path, data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pack = current_pack("2099")

    def refuse(*_given: object) -> None:
        raise OSError

    with monkeypatch.context() as broken:
        broken.setattr(shutil, "copyfile", refuse)
        with pytest.raises(ExportError) as caught:
            keep_pack(pack)
    assert caught.value.code == "folder_unwritable"
    kept = data_dir / "packs-kept" / pack.digest
    assert not kept.exists()
    keep_pack(pack)
    before = {path: path.stat().st_mtime_ns for path in kept.rglob("*")}
    keep_pack(pack)
    assert {path: path.stat().st_mtime_ns for path in kept.rglob("*")} == before
    assert load_pack(kept).digest == pack.digest
    ship(program, AFTER)
    keep_pack(pack)  # its folder is gone: nothing to copy from
    assert [path.name for path in (data_dir / "packs-kept").iterdir()] == [pack.digest]
