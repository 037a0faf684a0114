"""Makes sure that every library which a shipped program file names at its start is found, or part of Windows.

Windows looks in the folder of the one who asks, and in those that were registered: the launcher registers `runtime`, some
packages one of their own. What it does not find is noticed on a user's computer at the earliest: Wine, and a Windows where
other programs are installed, have the libraries of Microsoft's compiler anyway.
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, Final

from dev import Stop

if TYPE_CHECKING:
    from pathlib import Path

# What every Windows 10 1809 has in System32, of the libraries that ours name.
OF_WINDOWS: Final = frozenset(
    (
        *(
            "advapi32",
            "authz",
            "bcrypt",
            "bcryptprimitives",
            "comctl32",
            "comdlg32",
            "crypt32",
            "d3d9",
            "d3d11",
            "d3d12",
        ),
        *(
            "dwmapi",
            "dwrite",
            "dxgi",
            "gdi32",
            "imm32",
            "iphlpapi",
            "kernel32",
            "mpr",
            "msvcrt",
            "ncrypt",
            "netapi32",
        ),
        *(
            "ntdll",
            "ole32",
            "oleaut32",
            "propsys",
            "rpcrt4",
            "secur32",
            "setupapi",
            "shcore",
            "shell32",
            "shlwapi",
        ),
        *(
            "uiautomationcore",
            "user32",
            "userenv",
            "uxtheme",
            "version",
            "winmm",
            "winspool",
            "ws2_32",
            "wtsapi32",
        ),
    )
)
SITE: Final = "app/site-packages"
REGISTERED: Final = {
    f"{SITE}/PySide6": (f"{SITE}/PySide6", f"{SITE}/shiboken6"),
    f"{SITE}/pikepdf": (f"{SITE}/pikepdf.libs",),
}
"""Folders that a package of `site-packages` registers when it is imported."""
IMPORT_TABLE: Final = 1


def check_imports(tree: Path) -> None:
    """Follow the imports of every program file of an installed tree.

    Raises:
        Stop: libraries that nobody brings; each with the one who asks for it.
    """
    programs = [path for path in sorted(tree.rglob("*")) if path.suffix.lower() in {".exe", ".dll", ".pyd"}]
    shipped = {path.relative_to(tree).as_posix().lower() for path in programs}
    lost = []
    for path in programs:
        asking = path.relative_to(tree).as_posix()
        folders = [asking.rpartition("/")[0], "runtime"]
        folders += [
            one for package, more in REGISTERED.items() if asking.startswith(f"{package}/") for one in more
        ]
        for name in imported(path.read_bytes()):
            found = any(f"{folder}/{name}".lower() in shipped for folder in folders)
            if not found and not is_of_windows(name):
                lost.append(f"{asking} → {name}")
    if lost:
        raise Stop(f"有库没有装进来：{'；'.join(lost)}")


def is_of_windows(name: str) -> bool:
    """Whether a library comes with Windows."""
    stem = name.lower().rsplit(".", 1)[0]
    return stem.startswith(("api-ms-win-", "ext-ms-win-")) or stem in OF_WINDOWS


def imported(content: bytes) -> tuple[str, ...]:
    """The libraries that a program file (PE32+) names in its import table and asks for at once, sorted.

    Those it asks for later, when it needs them, are left out: Qt does without them.
    """
    header = struct.unpack_from("<I", content, 0x3C)[0]
    if content[header : header + 4] != b"PE\0\0":
        return ()
    sections, optional_size = struct.unpack_from("<2xH12xH", content, header + 4)
    optional = header + 24
    table = struct.unpack_from("<I", content, optional + 112 + 8 * IMPORT_TABLE)[0]
    spans = [
        struct.unpack_from("<IIII", content, optional + optional_size + 40 * place + 8)
        for place in range(sections)
    ]
    if not table:
        return ()
    names = set()
    entry = _offset(table, spans)
    while any(content[entry : entry + 20]):
        place = _offset(struct.unpack_from("<I", content, entry + 12)[0], spans)
        names.add(content[place : content.index(b"\0", place)].decode("ascii"))
        entry += 20
    return tuple(sorted(names))


def _offset(address: int, spans: list[tuple[int, int, int, int]]) -> int:
    """Where in the file lies what is at an address in memory; spans are size, address, size in the file, place in the file."""
    for size, start, stored, place in spans:
        if start <= address < start + max(size, stored):
            return address - start + place
    raise Stop("程序文件的导入表看不懂。")
