"""The Linux package: mirror and sources, the old system it is made in, what its libraries ask for, what it lays where."""

from __future__ import annotations

import configparser
import hashlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from tests.packaging.tree_kit import ROOT

import tools  # isort: skip
from linux import chroot, deb, elf, lay_out_python, mirror, runtime  # isort: skip

PACKAGING = ROOT / "packaging"
LINUX = PACKAGING / "linux"

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="made on Debian")


# --- mirror


def apt(folder: Path, files: dict[str, str]) -> Path:
    """Settings of apt: file → text."""
    for name, text in files.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    return folder


@pytest.fixture(autouse=True)
def _no_named_mirror(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(mirror.VARIABLE, raising=False)


def test_the_mirror_is_the_one_of_the_system_and_not_of_a_vendor(tmp_path: Path) -> None:
    debian = (
        "Types: deb\n# a remark\nURIs: http://mirror.example/debian/\nSuites: bookworm bookworm-updates\n"
        "Components: main\n\nTypes: deb\nURIs: http://other.example/security\nSuites: bookworm-security\n"
        "Components: main\n"
    )
    vendor = "deb [arch=amd64] https://vendor.example/apt stable main\n"
    folder = apt(tmp_path, {"sources.list.d/a.list": vendor, "sources.list.d/debian.sources": debian})
    assert mirror.mirror(folder, "bookworm") == "http://mirror.example/debian"


def test_the_old_one_line_form_is_read_too(tmp_path: Path) -> None:
    text = (
        "# deb http://no.example/debian bookworm main\ndeb-src http://no.example/debian bookworm main\n"
        "deb [signed-by=/k.gpg] https://one.example/debian bookworm main contrib\n"
    )
    folder = apt(tmp_path, {"sources.list": text})
    assert mirror.mirror(folder, "bookworm") == "https://one.example/debian"


@pytest.mark.parametrize(
    "stanza",
    [
        "Types: deb-src\nURIs: http://m.example\nSuites: bookworm\nComponents: main\n",
        "Types: deb\nEnabled: no\nURIs: http://m.example\nSuites: bookworm\nComponents: main\n",
        "Types: deb\nURIs: http://m.example\nSuites: sid\nComponents: main\n",
        "Types: deb\nURIs: cdrom:[disc]\nSuites: bookworm\nComponents: main\n",
    ],
)
def test_without_a_mirror_it_is_said_how_to_name_one(tmp_path: Path, stanza: str) -> None:
    with pytest.raises(mirror.MirrorError, match=mirror.VARIABLE):
        mirror.mirror(apt(tmp_path, {"sources.list.d/some.sources": stanza}), "bookworm")


def test_a_named_mirror_goes_before_everything(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(mirror.VARIABLE, "https://named.example/debian/")
    assert mirror.mirror(tmp_path, "bookworm") == "https://named.example/debian"


# --- sources


@pytest.fixture
def archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A mirror in a folder with one source archive."""
    place = tmp_path / "mirror" / "pool" / "source.tar.gz"
    place.parent.mkdir(parents=True)
    place.write_bytes(b"the source")
    monkeypatch.setenv(mirror.VARIABLE, (tmp_path / "mirror").as_uri())
    return place


def test_a_pinned_source_is_fetched_once(archive: Path, tmp_path: Path) -> None:
    pin = mirror.Pin("pool/source.tar.gz", hashlib.sha256(b"the source").hexdigest())
    kept = mirror.fetched(pin, tmp_path / "kept")
    archive.unlink()
    assert mirror.fetched(pin, tmp_path / "kept").read_bytes() == kept.read_bytes() == b"the source"


def test_another_source_than_the_pinned_one_is_not_used_and_not_kept(archive: Path, tmp_path: Path) -> None:
    pin = mirror.Pin("pool/source.tar.gz", hashlib.sha256(b"what was pinned").hexdigest())
    with pytest.raises(mirror.MirrorError, match="不一致"):
        mirror.fetched(pin, tmp_path / "kept")
    assert list((tmp_path / "kept").iterdir()) == []


def test_a_source_that_was_changed_on_the_disk_is_fetched_anew(archive: Path, tmp_path: Path) -> None:
    pin = mirror.Pin("pool/source.tar.gz", hashlib.sha256(b"the source").hexdigest())
    mirror.fetched(pin, tmp_path).write_bytes(b"something else")
    assert mirror.fetched(pin, tmp_path).read_bytes() == b"the source"


def test_a_source_that_cannot_be_had_is_said(archive: Path, tmp_path: Path) -> None:
    with pytest.raises(mirror.MirrorError, match="检查网络"):
        mirror.fetched(mirror.Pin("pool/gone.tar.gz", ""), tmp_path / "kept")


def test_whatever_goes_into_the_interpreter_is_in_its_key(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(LINUX, tmp_path / "linux", ignore=shutil.ignore_patterns("__pycache__"))
    pinned = runtime.pins()
    assert runtime.key_of(pinned) != runtime.key_of(pinned._replace(base="trixie"))
    assert runtime.key_of(pinned) != runtime.key_of(pinned._replace(python=mirror.Pin("pool/other", "0")))
    before = runtime.key_of(pinned)
    monkeypatch.setattr(runtime, "HERE", tmp_path / "linux")
    assert runtime.key_of(pinned) == before
    for name in runtime.SCRIPTS:
        with (tmp_path / "linux" / name).open("a") as script:
            script.write("\n")
        assert runtime.key_of(pinned) != before
        before = runtime.key_of(pinned)


# --- the old system


def test_a_system_in_which_something_is_mounted_is_not_deleted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    system = tmp_path / "an old system"
    (system / "proc").mkdir(parents=True)
    place = str(system / "proc").replace(" ", "\\040")
    told = f"36 35 98:0 / {place} rw - proc proc rw\n40 35 98:0 / {tmp_path}/other rw - proc proc rw\n"
    real = Path.read_text
    monkeypatch.setattr(
        Path, "read_text", lambda path, *a, **k: told if path.name == "mountinfo" else real(path, *a, **k)
    )
    inside = chroot.Chroot(system)
    assert inside.mounted() == [str(system / "proc")]
    with pytest.raises(chroot.ChrootError, match="proc"):
        inside.remove()
    assert system.is_dir()


def test_a_system_is_deleted_when_nothing_is_mounted(tmp_path: Path) -> None:
    (tmp_path / "system" / "etc").mkdir(parents=True)
    chroot.Chroot(tmp_path / "system").remove()
    assert not (tmp_path / "system").exists()


def test_what_runs_inside_gets_no_variables_of_the_machine(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PYTHONPATH", "x")
    monkeypatch.setenv("https_proxy", "http://proxy.example")
    variables = chroot.Chroot(tmp_path).environment({"HOME": "/srv"})
    assert "PYTHONPATH" not in variables
    assert variables["https_proxy"] == "http://proxy.example"
    assert variables["HOME"] == "/srv"


def test_programs_and_files_that_are_missing_are_named_by_their_packages(tmp_path: Path) -> None:
    (tmp_path / "keys.gpg").touch()
    needed = {
        "sh": "dash",
        "no-such-program": "some",
        f"{tmp_path}/keys.gpg": "keys",
        f"{tmp_path}/none": "more",
    }
    assert tools.lacking({**needed, "no-such-other": "more"}) == ("more", "some")
    assert "debian-archive-keyring" in chroot.TOOLS.values()


INTERRUPTED = """
import sys
from pathlib import Path
from ending import Ended, clean_up_on_signals
from linux.chroot import Chroot

class Room(Chroot):
    def __enter__(self):  # whoever is not root mounts nothing
        return self

    def leave(self):
        print("left", flush=True)

clean_up_on_signals()
try:
    with Room(Path(sys.argv[1])) as room:
        room._run(["sh", "-c", 'exec 9>"$0"; sleep 60 & echo ready >&9; wait', sys.argv[2]])
except Ended as end:
    sys.exit(end.code)
"""


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_whoever_ends_a_run_leaves_nothing_behind(tmp_path: Path, number: signal.Signals) -> None:
    fifo = tmp_path / "fifo"
    os.mkfifo(fifo)
    with subprocess.Popen(
        [sys.executable, "-c", INTERRUPTED, tmp_path, fifo],
        env={**os.environ, "PYTHONPATH": str(PACKAGING)},
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        with fifo.open() as told:
            assert told.readline() == "ready\n"
            process.send_signal(number)
            assert (
                told.read() == ""
            )  # comes to its end when the last process that holds the other end has ended
        said, _ = process.communicate()
    assert (said, process.returncode) == ("left\n", 128 + number)


# --- libraries

TOLD = """
/tree/lib/libone.so.1:     file format elf64-x86-64

Dynamic Section:
  NEEDED               libz.so.1
  NEEDED               libtwo.so
  SONAME               libone.so.1

Version References:
  required from libc.so.6:
    0x06969197 0x00 03 GLIBC_2.17
    0x09691a75 0x00 02 GLIBC_2.2.5

/tree/lib/libtwo.so:     file format elf64-x86-64
  NEEDED               libc.so.6

Version References:
  required from libstdc++.so.6:
    0x0297f861 0x00 08 GLIBCXX_3.4.30
  required from libc.so.6:
    0x06969188 0x00 04 GLIBC_2.28
/tree/lib/plain.so:     file format elf64-x86-64
"""


def test_what_libraries_ask_for_is_read() -> None:
    one, two, plain = elf.parsed(TOLD)
    assert (one.path.name, one.needed, one.glibc) == ("libone.so.1", ("libz.so.1", "libtwo.so"), (2, 17))
    assert (two.needed, two.glibc) == (("libc.so.6",), (2, 28))  # that of C++ is none of glibc's
    assert (plain.needed, plain.glibc) == ((), (0,))


def test_a_library_for_a_newer_glibc_is_named() -> None:
    found = elf.parsed(TOLD)
    assert elf.newest_glibc(found, "2.28") == "2.28"
    with pytest.raises(elf.ElfError, match=r"libtwo\.so（?.*2\.28"):
        elf.newest_glibc(found, "2.27")


def test_versions_are_compared_as_numbers() -> None:
    assert elf.numbers("2.9") < elf.numbers("2.28")


def test_the_dependencies_are_those_that_are_not_shipped(tmp_path: Path) -> None:
    known = tmp_path / "known.toml"
    known.write_text('[packages]\n"libz.so.1" = "zlib1g"\n"libc.so.6" = ""\n"libx.so" = "x"\n', "utf-8")
    assert elf.dependencies(elf.parsed(TOLD), "2.28", known) == ["libc6 (>= 2.28)", "zlib1g"]


def test_a_library_of_no_known_package_stops_the_build(tmp_path: Path) -> None:
    known = tmp_path / "known.toml"
    known.write_text('[packages]\n"libc.so.6" = ""\n', "utf-8")
    with pytest.raises(elf.ElfError, match=r"libz\.so\.1 \(for libone\.so\.1\)"):
        elf.dependencies(elf.parsed(TOLD), "2.28", known)


def test_programs_are_found_by_their_content(tmp_path: Path) -> None:
    if not shutil.which("objdump"):
        pytest.skip("binutils is not installed")
    shutil.copyfile(Path(sys.executable).resolve(), tmp_path / "program without ending")
    (tmp_path / "text.so").write_text("no library", "utf-8")
    (found,) = elf.elves(tmp_path)
    assert found.path == tmp_path / "program without ending"
    assert "libc.so.6" in found.needed


# --- the interpreter


@pytest.mark.parametrize(
    ("name", "is_kept"),
    [
        ("os.py", True),
        ("email/mime/text.py", True),
        ("ctypes/util.py", True),
        ("ctypes/test/test_a.py", False),
        ("test/test_os.py", False),
        ("idlelib/run.py", False),
        ("ssl.py", False),
        ("sqlite3/dbapi2.py", True),
        ("pydoc_data/topics.py", False),
        ("LICENSE.txt", False),
    ],
)
def test_the_library_is_shipped_without_what_no_program_needs(name: str, is_kept: bool) -> None:
    assert lay_out_python.kept(Path(name)) is is_kept


def test_nothing_that_the_program_imports_is_left_out() -> None:
    absent = lay_out_python.LEFT_OUT | {"_ssl", "_hashlib", "bz2", "lzma", "readline"}
    pattern = re.compile(r"(?m)^\s*(?:import|from) (\w+)")
    wrong = {
        (path.relative_to(ROOT).as_posix(), name)
        for path in (ROOT / "pilotdesk").rglob("*.py")
        for name in pattern.findall(path.read_text("utf-8"))
        if name in absent
    }
    assert wrong == set()


# --- the launcher


@pytest.fixture
def program(tmp_path: Path) -> Path:
    """An installed tree whose Python writes down how it was called."""
    tree = tmp_path / "安装 在这里"
    python = tree / "runtime" / "bin" / "python3.11"
    python.parent.mkdir(parents=True)
    python.write_text(
        '#!/bin/sh\nfor word; do printf "%s\\n" "$word"; done\nenv | grep ^LD_ || :\nexit 7\n', "utf-8"
    )
    python.chmod(0o755)
    shutil.copyfile(LINUX / "launcher.sh", tree / "pilotdesk")
    (tree / "pilotdesk").chmod(0o755)
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "pilotdesk").symlink_to(tree / "pilotdesk")
    return tmp_path / "bin" / "pilotdesk"


def test_the_launcher_hands_on_every_word_and_the_exit_code(program: Path) -> None:
    variables = {**os.environ, "LD_LIBRARY_PATH": "/elsewhere"}
    done = subprocess.run(
        [program, "样例 一.pilot", "--to", "", "a'b"],
        env=variables,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 7
    words = ["-I", "-B", "-X", "utf8", "-m", "pilotdesk", "样例 一.pilot", "--to", "", "a'b"]
    assert done.stdout.splitlines() == words


# --- what lies where


def test_the_desktop_entry_opens_every_kind_of_file_that_is_declared() -> None:
    entry = configparser.ConfigParser(interpolation=None)
    entry.optionxform = str  # type: ignore[assignment, method-assign]
    entry.read(LINUX / f"{deb.APP}.desktop", "utf-8")
    shown = entry["Desktop Entry"]
    assert shown["Exec"] == f"/{deb.OPT}/files/pilotdesk %F"
    space = "{http://www.freedesktop.org/standards/shared-mime-info}"
    declared = ET.parse(LINUX / f"{deb.APP}.xml").getroot().findall(f"{space}mime-type")
    assert [kind for kind in shown["MimeType"].split(";") if kind] == [kind.get("type") for kind in declared]
    patterns = [glob.get("pattern") for kind in declared for glob in kind.findall(f"{space}glob")]
    assert patterns == ["*.pilot", "*.pilotback", "*.pdpack"]


def test_every_link_into_the_system_leads_to_something_that_is_shipped(tmp_path: Path) -> None:
    files = tmp_path / deb.OPT / "files"
    files.mkdir(parents=True)
    deb._lay_launcher(files, "1.2.3")
    deb._lay_entries(ROOT, tmp_path, "1.2.3")
    links = [path for path in tmp_path.rglob("*") if path.is_symlink()]
    assert len(links) == len(deb.ICON_SIZES) + 4
    for link in links:
        assert (tmp_path / str(link.readlink()).lstrip("/")).is_file(), link
    assert json.loads((tmp_path / deb.OPT / "info").read_text("utf-8"))["version"] == "1.2.3"
    assert os.access(files / "pilotdesk", os.X_OK)
    assert "licences" in (tmp_path / "usr/share/doc" / deb.APP / "copyright").read_text("utf-8")
    assert "1.2.3" in (files / "说明.txt").read_text("utf-8")


def test_the_check_sums_are_those_of_every_file(tmp_path: Path) -> None:
    (tmp_path / "DEBIAN").mkdir()
    (tmp_path / "DEBIAN" / "control").write_text("Package: x\n", "utf-8")
    (tmp_path / "opt").mkdir()
    (tmp_path / "opt" / "文件").write_bytes(b"abc")
    (tmp_path / "link").symlink_to("/opt/文件")
    assert deb._md5sums(tmp_path) == "900150983cd24fb0d6963f7d28e17f72  opt/文件\n"


def test_the_same_tree_packs_to_the_same_bytes(tmp_path: Path) -> None:
    if not shutil.which("dpkg-deb"):
        pytest.skip("dpkg is not installed")
    made = []
    for name in ("one", "two"):
        tree = tmp_path / name
        (tree / "DEBIAN").mkdir(parents=True)
        control = (LINUX / "control.in").read_text("utf-8").format(version="1.2", size=1, depends="libc6")
        (tree / "DEBIAN" / "control").write_text(control, "utf-8")
        (tree / "opt").mkdir()
        (tree / "opt" / "a").write_bytes(b"a")
        deb.settle(tree, 1_700_000_000)
        deb._pack(tree, tmp_path / f"{name}.deb", 1_700_000_000, deb.SMALL)
        made.append((tmp_path / f"{name}.deb").read_bytes())
    assert made[0] == made[1]
