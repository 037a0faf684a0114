"""What the shared libraries and programs of a tree ask of the system: other libraries, and how new a glibc."""

from __future__ import annotations

import re
import subprocess
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from dev import Stop

if TYPE_CHECKING:
    from collections.abc import Iterable

SYSTEM_LIBRARIES: Final = Path(__file__).with_name("system_libraries.toml")
MAGIC: Final = b"\x7fELF"
_FILE: Final = re.compile(r"^(?P<path>/.*):\s+file format \S+$")
_NEEDED: Final = re.compile(r"^\s+NEEDED\s+(?P<name>\S+)$")
_VERSION: Final = re.compile(r"\bGLIBC_(?P<number>[0-9.]+)$")


class ElfError(Stop):
    """The tree asks for something that the oldest desktops do not have; the text names the files."""


class Elf(NamedTuple):
    """One library or program.

    Attributes:
        path: the file.
        needed: names (SONAMEs) of the libraries it asks for.
        glibc: newest version of glibc's symbols that it asks for; ``(0,)`` for none.
    """

    path: Path
    needed: tuple[str, ...]
    glibc: tuple[int, ...]


def elves(tree: Path) -> list[Elf]:
    """Every library and program below a folder, sorted by path."""
    paths = sorted(
        path for path in tree.rglob("*") if path.is_file() and not path.is_symlink() and _is_elf(path)
    )
    command = ["objdump", "--private-headers", *(str(path.absolute()) for path in paths)]
    told = (
        subprocess.run(command, stdout=subprocess.PIPE, encoding="utf-8", check=True).stdout if paths else ""
    )
    return parsed(told)


def _is_elf(path: Path) -> bool:
    with path.open("rb") as content:
        return content.read(4) == MAGIC


def parsed(told: str) -> list[Elf]:
    """What ``objdump --private-headers`` told of some files."""
    found: list[tuple[Path, list[str], list[tuple[int, ...]]]] = []
    for line in told.splitlines():
        if new := _FILE.match(line):
            found.append((Path(new["path"]), [], [(0,)]))
        elif needed := _NEEDED.match(line):
            found[-1][1].append(needed["name"])
        elif version := _VERSION.search(line):
            found[-1][2].append(numbers(version["number"]))
    return [Elf(path, tuple(needed), max(versions)) for path, needed, versions in found]


def numbers(version: str) -> tuple[int, ...]:
    """``2.28`` as ``(2, 28)``, which can be compared."""
    return tuple(int(part) for part in version.split("."))


def newest_glibc(found: Iterable[Elf], floor: str) -> str:
    """The newest version that anything asks for.

    Raises:
        ElfError: it is newer than ``floor``.
    """
    newest, late = max((elf.glibc for elf in found), default=(0,)), numbers(floor)
    if newest > late:
        names = ", ".join(f"{elf.path.name} ({_shown(elf.glibc)})" for elf in found if elf.glibc > late)
        raise ElfError(f"要比 glibc {floor} 更新的系统：{names}")
    return _shown(newest)


def _shown(version: tuple[int, ...]) -> str:
    return ".".join(str(part) for part in version)


def dependencies(found: Iterable[Elf], floor: str, known: Path = SYSTEM_LIBRARIES) -> list[str]:
    """The Debian packages for what is asked for and not shipped, as they stand in ``Depends:``, sorted.

    Args:
        found: everything that is shipped.
        floor: the oldest glibc.
        known: SONAME → alternatives of packages; where it says nothing the build stops, instead of a desktop later.

    Raises:
        ElfError: a library is neither shipped nor known.
    """
    found = list(found)
    packages: dict[str, str] = tomllib.loads(known.read_text("utf-8"))["packages"]
    shipped = {elf.path.name for elf in found}
    wanted = {name: elf.path.name for elf in found for name in elf.needed if name not in shipped}
    if unknown := sorted(set(wanted) - set(packages)):
        names = ", ".join(f"{name} (for {wanted[name]})" for name in unknown)
        raise ElfError(f"既没有带上、{known.name} 里也没有的库：{names}")
    return sorted({packages[name] for name in wanted} - {""} | {f"libc6 (>= {floor})"})
