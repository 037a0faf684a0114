"""A newer program: recognised, held against its signature, copied before it is started."""

from __future__ import annotations

import hashlib
import sys
from typing import TYPE_CHECKING

import pytest

from pilotdesk import __version__
from pilotdesk.errors import StoreError, UpdateError
from pilotdesk.updates import program
from pilotdesk.updates.building import describe_program
from pilotdesk.updates.envelope import sealed_envelope, signed
from pilotdesk.updates.manifests import ProgramManifest, written
from pilotdesk.updates.program import PIECE, newer_program, staged
from tests.updates.update_kit import CLOCK, PROVINCE, STRANGER, forged, small_manifest, trust

if TYPE_CHECKING:
    from pathlib import Path

CONTENT = b"MZ" + hashlib.shake_256(b"setup").digest(PIECE * 2)


@pytest.fixture
def setup(tmp_path: Path) -> Path:
    """A newer program for this system, with its signature."""
    trust(PROVINCE)
    path = tmp_path / "stick" / "pilotdesk_9.0_amd64.deb"
    path.parent.mkdir()
    path.write_bytes(CONTENT)
    describe_program(path, "9.0", "更快了。", PROVINCE, clock=CLOCK)
    return path


def code_of(path: Path) -> str:
    with pytest.raises(UpdateError) as caught:
        newer_program(path)
    assert str(caught.value).endswith("。")
    return caught.value.code


def beside(path: Path) -> Path:
    return path.with_name(f"{path.name}.pdsig")


def test_a_newer_one_is_recognised_by_either_file(setup: Path) -> None:
    for path in (setup, beside(setup)):
        found = newer_program(path)
        assert found is not None
        assert (found.path, found.version, found.way, found.notes) == (setup, "9.0", "deb", "更快了。")
        assert (found.sha256, found.size) == (hashlib.sha256(CONTENT).hexdigest(), len(CONTENT))
        assert found.signer.name == "虚构省标准化院"


@pytest.mark.parametrize("version", [__version__, "0.0.9", "0.1rc1"])
def test_one_that_is_not_newer_says_both_versions(setup: Path, version: str) -> None:
    describe_program(setup, version, "", PROVINCE)
    with pytest.raises(UpdateError, match=f"PilotDesk {version}，这台电脑上已经是 {__version__}，不用装"):
        newer_program(setup)


@pytest.mark.parametrize(("name", "kind"), [("PilotDesk-9.0-setup.exe", ".exe"), ("绿色 版.zip", ".zip")])
def test_one_for_another_system_says_which_one_is_wanted(setup: Path, name: str, kind: str) -> None:
    other = setup.with_name(name)
    other.write_bytes(b"MZ")
    describe_program(other, "9.0", "", PROVINCE)
    with pytest.raises(UpdateError, match=rf"（\{kind}），.*要用 Linux 的安装包（\.deb）更新"):
        newer_program(other)


def test_windows_takes_the_installer_or_the_folder_as_it_came(
    setup: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    for portable, fits in ((None, "setup"), (setup.parent, "portable")):
        monkeypatch.setattr(program, "portable_root", lambda portable=portable: portable)
        for name, way in (("a.exe", "setup"), ("a.zip", "portable"), (setup.name, "deb")):
            path = setup.with_name(name)
            path.write_bytes(b"MZ")
            describe_program(path, "9.0", "", PROVINCE)
            if way == fits:
                assert newer_program(path).way == way
            else:
                assert code_of(path) == "program_other"


def test_every_way_of_changing_it_is_found(setup: Path) -> None:
    last = bytes([CONTENT[-1] ^ 1])
    for content in (CONTENT[:-1], CONTENT + b"\0", b"X" + CONTENT[1:], CONTENT[:-1] + last, b""):
        setup.write_bytes(content)
        assert code_of(setup) == "program_changed"
    middle = bytearray(CONTENT)
    middle[PIECE] ^= 1
    setup.write_bytes(middle)
    assert code_of(setup) == "program_changed"
    setup.unlink()
    assert code_of(setup) == "program_missing"


def test_without_a_signature_or_with_a_bad_one_it_is_nothing(setup: Path) -> None:
    signature = beside(setup)
    good = signature.read_bytes()
    signature.write_bytes(good[:-1] + bytes([good[-1] ^ 1]))
    assert code_of(setup) == "update_changed"
    describe_program(setup, "9.0", "", STRANGER)
    assert code_of(setup) == "update_signer_unknown"
    forged(signature, small_manifest(), b"")
    assert code_of(setup) == "update_damaged"
    forged(signature, small_manifest())
    assert code_of(setup) == "update_too_large"
    signature.unlink()
    assert code_of(setup) == "program_unsigned"


def test_what_is_not_there_or_no_installer_is_not_called_unsigned(setup: Path) -> None:
    assert code_of(setup.with_name("gone.deb")) == "program_missing"
    assert code_of(setup.with_name("gone.deb.pdsig")) == "update_missing"
    table = setup.with_name("推荐表.xlsx")
    table.write_bytes(b"PK")
    assert code_of(table) == "program_kind"
    setup.write_bytes(b"")
    with pytest.raises(UpdateError, match="是空的"):
        describe_program(setup, "9.0", "", PROVINCE)


def test_a_signature_that_names_a_file_elsewhere_is_refused(setup: Path) -> None:
    from msgspec.structs import replace

    from pilotdesk.updates.reading import read_update

    manifest = read_update(beside(setup)).manifest
    for name in ("../x.deb", "/etc/passwd", "C:\\x.exe", "a/b.deb", "", "x\u202e.deb", "a:b"):
        forged(beside(setup), replace(manifest, file_name=name), b"")
        assert code_of(beside(setup)) == "update_damaged"


def test_progress_is_told_and_may_stop_it(setup: Path) -> None:
    told: list[tuple[int, int]] = []
    newer_program(setup, lambda done, of: told.append((done, of)))
    assert [done for done, _ in told] == [PIECE, 2 * PIECE, len(CONTENT)]
    assert {of for _, of in told} == {len(CONTENT)}

    class StopError(Exception):
        pass

    def stop(_done: int, _of: int) -> None:
        raise StopError

    with pytest.raises(StopError):
        newer_program(setup, stop)


def test_what_is_started_is_a_copy_whose_every_byte_was_looked_at(setup: Path, data_dir: Path) -> None:
    found = newer_program(setup)
    (data_dir / "updates" / "program").mkdir(parents=True)
    (data_dir / "updates" / "program" / "old.exe").write_bytes(b"of last time")
    copy = staged(found)
    assert copy == data_dir / "updates" / "program" / setup.name
    assert copy.read_bytes() == CONTENT
    assert [path.name for path in copy.parent.iterdir()] == [setup.name]
    setup.write_bytes(b"X" + CONTENT[1:])  # the stick changes its mind after the look
    with pytest.raises(UpdateError) as caught:
        staged(found)
    assert caught.value.code == "program_changed"
    assert list(copy.parent.iterdir()) == []
    setup.unlink()
    with pytest.raises(UpdateError) as caught:
        staged(found)
    assert caught.value.code == "program_missing"
    assert list(copy.parent.iterdir()) == []


def test_nothing_lies_beside_what_is_started(setup: Path, data_dir: Path) -> None:
    """Windows takes libraries from the folder of a program first."""
    folder = data_dir / "updates" / "program"
    (folder / "a folder").mkdir(parents=True)
    (folder / "a folder" / "x.dll").write_bytes(b"")
    (folder / "version.dll").write_bytes(b"put there by somebody")
    (folder / "nowhere.dll").symlink_to(folder / "gone")
    assert list(staged(newer_program(setup)).parent.iterdir()) == [folder / setup.name]


@pytest.mark.parametrize("name", [".", "..", "x.bat", "x.deb.lnk", "x.exe", "x.zip"])
def test_a_signature_names_an_installer_of_its_kind_and_nothing_else(setup: Path, name: str) -> None:
    manifest = ProgramManifest(
        version="9.0", file_name=name, size=1, sha256="0" * 64, system="linux", way="deb", needs_program="0",
        made=CLOCK.stamp(),
    )  # fmt: skip
    beside(setup).write_bytes(signed(sealed_envelope(written(manifest), b""), PROVINCE))
    assert code_of(setup) == "update_damaged"


def test_a_copy_that_cannot_be_written_is_told(setup: Path, data_dir: Path) -> None:
    found = newer_program(setup)
    (data_dir / "updates").mkdir(parents=True)
    (data_dir / "updates" / "program").write_bytes(b"")
    with pytest.raises(StoreError) as caught:
        staged(found)
    assert caught.value.code == "store_unwritable"


@pytest.mark.parametrize(
    ("name", "version", "notes", "code"),
    [
        ("x.msi", "9.0", "", "program_kind"),
        ("x.exe", "neun", "", "update_version"),
        ("x.exe", "9.0", "长" * 4001, "update_words"),
        ("none.exe", "9.0", "", "program_missing"),
    ],
)
def test_what_cannot_be_described_is_told(
    tmp_path: Path, name: str, version: str, notes: str, code: str
) -> None:
    if name != "none.exe":
        (tmp_path / name).write_bytes(b"MZ")
    with pytest.raises(UpdateError) as caught:
        describe_program(tmp_path / name, version, notes, PROVINCE)
    assert caught.value.code == code
    assert not list(tmp_path.glob("*.pdsig"))
