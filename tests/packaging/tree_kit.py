"""A small installed tree of Windows: two wheels, a runtime, Qt, fonts; enough of each to tell their files apart."""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
if str(ROOT / "packaging") not in sys.path:
    sys.path.append(str(ROOT / "packaging"))  # its scripts find their neighbours there

EPOCH = 1_780_000_000
SITE = "app/site-packages"

FONTS = """
[[font]]
file = "NotoSansSC-Regular.ttf"
family = "Noto Sans SC"
style = "Regular"
licence = "OFL-1.1"
licence_file = "LICENSE-NotoSansSC.txt"
source = "npm:@expo-google-fonts/noto-sans-sc@0.4.3"

[[font]]
file = "PilotFang-Regular.ttf"
family = "PilotFang"
style = "Regular"
licence = "GPL-3.0-only WITH GPL font exception"
licence_file = "LICENSE-PilotFang.txt"
source = "apt:texlive-lang-chinese@2022.20230122-1"
"""


def wheel(tree: Path, name: str, version: str, licence: str, files: dict[str, bytes], **texts: str) -> None:
    """Unpack a made-up wheel; ``texts`` are files of its dist-info, ``_`` for ``/`` and ``__`` for ``.``."""
    folder = f"{name.replace('-', '_')}-{version}.dist-info"
    listed = {
        f"{folder}/{key.replace('__', '.').replace('_', '/')}": text.encode() for key, text in texts.items()
    }
    listed[f"{folder}/METADATA"] = (
        f"Metadata-Version: 2.4\nName: {name}\nVersion: {version}\n{licence}\n\n".encode()
    )
    listed |= files
    for path, content in listed.items():
        put(tree, f"{SITE}/{path.replace('.py', '.pyc') if path.endswith('.py') else path}", content)
    record = "".join(f"{path},,\n" for path in [*listed, f"{folder}/RECORD"])
    put(tree, f"{SITE}/{folder}/RECORD", record.encode())


def put(tree: Path, path: str, content: bytes = b"x") -> None:
    """One file of the tree."""
    place = tree / path
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(content)


def small_tree(tree: Path) -> Path:
    """Make the tree."""
    plain = (
        "PilotDesk.exe",
        "app/pilotdesk/cli.pyc",
        "app/forms/2026/round.toml",
        "说明.txt",
        "keys/省局.pdkey",
    )
    for path in (*plain, "runtime/_ssl.pyd", "runtime/python311.zip", "runtime/LICENSE.txt"):
        put(tree, path, path.encode())
    put(tree, "runtime/python311.dll", b"..\x003.11.9\x00..\x001.3.1\x00")
    put(tree, "runtime/libssl-3.dll", b"OpenSSL 3.0.13 30 Jan 2024")
    put(tree, "runtime/sqlite3.dll", b"2024-01-30 3.45.1 etc")
    for name in (
        "fonts/NotoSansSC-Regular.ttf",
        "fonts/PilotFang-Regular.ttf",
        "fonts/source/FandolFang.otf.xz",
    ):
        put(tree, f"app/resources/{name}", name.encode())
    for name in ("fonts/LICENSE-NotoSansSC.txt", "fonts/LICENSE-PilotFang.txt", "icons/LICENSE-tabler.txt"):
        put(tree, f"app/resources/{name}", name.encode())
    put(tree, "app/resources/fonts/fonts.toml", FONTS.encode())
    put(
        tree,
        "app/resources/icons/icons.toml",
        b'[tabler]\nsource = "npm:@tabler/icons@3.51.0"\nlicence = "MIT"\n',
    )
    put(tree, "app/resources/icons/check.svg")
    put(tree, "app/resources/regions.json")
    put(tree, "app/resources/regions-LICENSE.txt")
    wheel(
        tree, "PySide6_Essentials", "6.8.3", "License: LGPL-3.0-only OR GPL-3.0-only",
        {"PySide6/Qt6Core.dll": b"Qt", "PySide6/QtCore.pyd": b"binding", "PySide6/pyside6.abi3.dll": b"binding",
         "PySide6/plugins/platforms/qwindows.dll": b"Qt"},
    )  # fmt: skip
    wheel(
        tree, "shiboken6", "6.8.3", "License: LGPL-3.0-only OR GPL-3.0-only", {"shiboken6/Shiboken.pyd": b"b"}
    )
    wheel(
        tree, "lxml", "6.1.3", "License: BSD-3-Clause",
        {"lxml/etree.cp311-win_amd64.pyd": b"\x0021109\x00\x0010145\x00", "lxml/html.py": b""},
        licenses_LICENSE__txt="BSD", licenses_LICENSES__txt="libxml2: MIT",
    )  # fmt: skip
    crates = (
        '{"components": [{"type": "library", "name": "winnow", "version": "1.0.4", "author": "Ed",'
        ' "purl": "pkg:cargo/winnow@1.0.4?x=y", "licenses": [{"expression": "MIT"}]}]}'
    )
    wheel(tree, "rtoml", "0.14.0", "License: MIT", {"rtoml/_rtoml.pyd": b"rust"},
          licenses_LICENSE="MIT", sboms_rtoml__cyclonedx__json=crates)  # fmt: skip
    return tree
