"""What goes into an installed program and what does not; the same sources give the same bytes."""

from __future__ import annotations

import hashlib
import importlib.util
import marshal
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
import shipped_tree
from dev import Stop
from shipped_tree import is_shipped

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(
    "path",
    [
        "lxml/etree.cp311-win_amd64.pyd",
        "openpyxl/reader/excel.py",
        "pikepdf.libs/qpdf30.dll",
        "_cffi_backend.cp311-win_amd64.pyd",
        "lxml-6.1.3.dist-info/METADATA",
        "lxml-6.1.3.dist-info/licenses/LICENSES.txt",
        "cryptography-50.dist-info/sboms/sbom.json",
        "segno-1.6.dist-info/LICENSE",
        "PySide6/Qt6Svg.dll",
        "PySide6/QtWidgets.pyd",
        "PySide6/plugins/platforms/qwindows.dll",
        "PySide6/translations/qtbase_zh_CN.qm",
        "PySide6/__init__.py",
        "shiboken6/shiboken6.abi3.dll",
    ],
)
def test_shipped_for_windows(path: str) -> None:
    assert is_shipped(path, "win")


@pytest.mark.parametrize(
    "path",
    [
        "lxml/includes/etree_defs.h",
        "lxml/etree.pyx",
        "msgspec/__init__.pyi",
        "msgspec/py.typed",
        "pikepdf/tests/test_core.py",
        "openpyxl/__pycache__/cell.cpython-311.pyc",
        "reportlab/fonts/Vera.ttf",
        "PIL/_imagingtk.cp311-win_amd64.pyd",
        "cffi/parse_c_type.h",
        "segno-1.6.dist-info/WHEEL",
        "segno-1.6.dist-info/entry_points.txt",
        "segno-1.6.data/scripts/segno",
        "PySide6/Qt6Qml.dll",
        "PySide6/opengl32sw.dll",
        "PySide6/QtNetwork.pyd",
        "PySide6/QtCore.pyi",
        "PySide6/designer.exe",
        "PySide6/include/pyside.h",
        "PySide6/translations/qtbase_de.qm",
        "PySide6/plugins/tls/qschannelbackend.dll",
        "PySide6/plugins/platforms/libqxcb.so",
        "shiboken6/vcamp140.dll",
    ],
)
def test_not_shipped_for_windows(path: str) -> None:
    assert not is_shipped(path, "win")


def test_on_linux_chinese_can_be_typed() -> None:
    place = "PySide6/Qt/plugins/platforminputcontexts/libibusplatforminputcontextplugin.so"
    assert is_shipped(place, "linux")
    assert not is_shipped(place, "win")


def test_every_module_of_qt_that_the_window_imports_is_shipped() -> None:
    used = set()
    for path in (ROOT / "pilotdesk").rglob("*.py"):
        for line in path.read_text("utf-8").splitlines():
            words = line.split()
            if words[:1] in (["from"], ["import"]) and words[1].startswith("PySide6.Qt"):
                used.add(words[1].removeprefix("PySide6.Qt"))
    assert used == set(shipped_tree.QT_MODULES)


# --- our own files


def test_the_program_comes_without_what_only_its_developers_need() -> None:
    names = shipped_tree.tracked_files(ROOT)
    assert not [
        name
        for name in names
        if "__pycache__" in name or not name.startswith(("pilotdesk/", "forms/", "resources/"))
    ]


def test_the_source_of_the_font_under_the_gpl_is_shipped(tmp_path: Path) -> None:
    source = tmp_path / "source"
    for name in (
        "resources/fonts/source/F.otf.xz",
        "resources/pictures/a.png",
        "pilotdesk/m.py",
        "forms/r.toml",
    ):
        (source / name).parent.mkdir(parents=True, exist_ok=True)
        (source / name).write_bytes(b"")
    shipped_tree.copy_program(source, tmp_path / "app")
    found = sorted(
        path.relative_to(tmp_path / "app").as_posix()
        for path in (tmp_path / "app").rglob("*")
        if path.is_file()
    )
    assert found == ["forms/r.toml", "pilotdesk/m.py", "resources/fonts/source/F.otf.xz"]


# --- wheels


def made_wheel(folder: Path, files: dict[str, str]) -> Path:
    path = folder / "alpha-1.0-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as wheel:
        for name, text in files.items():
            wheel.writestr(name, text)
    return path


def test_a_wheel_is_unpacked_with_a_record_of_what_came_out(tmp_path: Path) -> None:
    wheel = made_wheel(
        tmp_path,
        {
            "alpha/__init__.py": "",
            "alpha/alpha.h": "",
            "alpha-1.0.data/purelib/beta.py": "",
            "alpha-1.0.data/scripts/alpha": "",
            "alpha-1.0.dist-info/RECORD": "alpha/__init__.py,sha256=a,0\nalpha/alpha.h,,\n"
            "alpha-1.0.data/purelib/beta.py,,\nalpha-1.0.data/scripts/alpha,,\nalpha-1.0.dist-info/RECORD,,\n",
        },
    )
    shipped_tree.unpack(wheel, tmp_path / "site", "win")
    site = tmp_path / "site"
    files = sorted(path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file())
    assert files == ["alpha-1.0.dist-info/RECORD", "alpha/__init__.py", "beta.py"]
    record = (site / "alpha-1.0.dist-info/RECORD").read_text("utf-8").splitlines()
    assert [line.split(",")[0] for line in record] == [
        "alpha/__init__.py",
        "alpha-1.0.data/purelib/beta.py",
        "alpha-1.0.dist-info/RECORD",
    ]


@pytest.mark.parametrize("place", ["../beyond.py", "/etc/beyond.py", "alpha\\beyond.py", "C:/beyond.py"])
def test_a_wheel_cannot_write_elsewhere(tmp_path: Path, place: str) -> None:
    with pytest.raises(Stop, match=r"beyond\.py"):
        shipped_tree.unpack(made_wheel(tmp_path, {place: ""}), tmp_path / "site", "win")


# --- compiling

on_3_11 = pytest.mark.skipif(sys.version_info[:2] != (3, 11), reason="compiles for Python 3.11 only")
MODULE = "import os\nNAMES = {'b', 'a', 'c'}\n\ndef call(x):\n    return x in {'p', 'q', 'r', 's'}\n"


def compiled(folder: Path, shown: str = "", readable: tuple[str, ...] = ()) -> dict[str, str]:
    for name in ("alpha/one.py", "PySide6/__init__.py", "two.py"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(MODULE + f"HERE = {name!r}\n", "utf-8")
    shipped_tree.compile_folder(folder, shown, readable)
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@on_3_11
def test_the_same_modules_give_the_same_bytes_wherever_they_lie(tmp_path: Path) -> None:
    first = compiled(tmp_path / "os", "shown/")
    assert first == compiled(tmp_path / "a" / "longer way", "shown/")
    assert sorted(first) == ["PySide6/__init__.pyc", "alpha/one.pyc", "two.pyc"]


@on_3_11
def test_what_may_be_replaced_stays_readable(tmp_path: Path) -> None:
    files = compiled(tmp_path, readable=("PySide6",))
    assert sorted(files) == [
        "PySide6/__init__.py",
        "PySide6/__pycache__/__init__.cpython-311.pyc",
        "alpha/one.pyc",
        "two.pyc",
    ]
    flags = (tmp_path / "PySide6/__pycache__/__init__.cpython-311.pyc").read_bytes()[4:8]
    assert int.from_bytes(flags, "little") == 0b11, "a changed source would be ignored"


@on_3_11
def test_a_compiled_module_runs_without_its_source_and_names_no_place_of_the_builder(tmp_path: Path) -> None:
    compiled(tmp_path, "pilotdesk/")
    content = (tmp_path / "alpha" / "one.pyc").read_bytes()
    assert content[:4] == importlib.util.MAGIC_NUMBER
    assert marshal.loads(content[16:]).co_filename == "pilotdesk/alpha/one.py"
    assert str(tmp_path).encode() not in content
    done = subprocess.run(
        [
            sys.executable,
            "-I",
            "-B",
            "-c",
            f"import sys; sys.path.insert(0, {str(tmp_path)!r}); import two; print(two.HERE)",
        ],
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert done.stdout.strip() == "two.py"


@on_3_11
def test_a_module_that_does_not_compile_stops_the_build(tmp_path: Path) -> None:
    (tmp_path / "bad.py").write_text("def (:\n", "utf-8")
    with pytest.raises(Stop, match=r"bad\.py"):
        shipped_tree.compile_folder(tmp_path)


# --- modes and times


@pytest.mark.skipif(os.name == "nt", reason="modes are those of Linux")
def test_every_file_gets_the_same_mode_and_time(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir(mode=0o700)
    program, text = tmp_path / "folder" / "run.sh", tmp_path / "text.txt"
    program.touch(0o777)
    text.touch(0o600)
    shipped_tree.settle(tmp_path, 1_700_000_000)
    modes = {path.name: oct(path.stat().st_mode & 0o777) for path in (program, text, program.parent)}
    assert modes == {"run.sh": "0o755", "text.txt": "0o644", "folder": "0o755"}
    assert {path.stat().st_mtime for path in (program, text, program.parent, tmp_path)} == {1_700_000_000}


def test_the_time_can_be_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1234567890")
    assert shipped_tree.commit_time(ROOT) == 1234567890
    monkeypatch.delenv("SOURCE_DATE_EPOCH")
    with pytest.raises(Stop, match="SOURCE_DATE_EPOCH"):
        shipped_tree.commit_time(tmp_path)
