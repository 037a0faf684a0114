"""Reads `bundled.toml`: what came in with wheels and CPython, which files it is, and which version."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from dev import Stop

if TYPE_CHECKING:
    from wheel_records import Wheel

_FILE = Path(__file__).parent / "bundled.toml"


class BuildError(Stop):
    """The tree is not what it should be; the text says which file or component."""


@dataclass(frozen=True)
class Part:
    """One `[[part]]`; see the head of `bundled.toml`. Globs of files are from the top of the tree on."""

    of: str
    name: str
    licence: str
    files: tuple[str, ...] = ()
    kind: str = "library"
    within: str = ""
    system: str = ""
    found: bool = False
    version_sbom: str = ""
    version_bytes: str = ""
    version_in: tuple[str, ...] = ()
    version_name: str = ""
    version_resource: bool = False
    version_wheel: bool = False
    version_known: tuple[str, str] = ("", "")
    version_source: str = ""
    version_why: str = ""
    texts: tuple[str, ...] = ()

    @property
    def ref(self) -> str:
        """Its name in the SBOM."""
        return f"{self.of}/{self.within}/{self.name}" if self.within else f"{self.of}/{self.name}"

    def claim(self, path: str) -> int:
        """How surely a file is of this part: the length of the fixed beginning of the glob that fits; 0 for none."""
        return max(
            (len(re.split(r"[*?\[]", glob)[0]) for glob in self.files if fnmatchcase(path, glob)), default=0
        )


class Versions(NamedTuple):
    """What is known of the version of a part.

    Attributes:
        found: one; none when it could not be found out; several when its files say different things.
        source: what says so; where nothing is found, why.
    """

    found: tuple[str, ...] = ()
    source: str = ""


def matches(path: str, patterns: str) -> bool:
    """Whether a path fits one of the globs, which are separated by `|`; `*` takes `/` too."""
    return any(fnmatchcase(path, pattern) for pattern in patterns.split("|"))


def parts_of(files: tuple[str, ...], owners: set[str], system: str) -> tuple[Part, ...]:
    """The parts that are in a tree.

    Args:
        files: of the tree.
        owners: what they may have come with.
        system: `windows` or `linux`.
    """
    return tuple(
        part
        for part in _described()
        if part.of in owners
        and part.system in {"", system}
        and (not part.found or any(part.claim(name) for name in files))
    )


@cache
def _described() -> tuple[Part, ...]:
    listed = tomllib.loads(_FILE.read_text("utf-8"))["part"]
    return tuple(_part(entry) for entry in listed)


def _part(entry: dict[str, object]) -> Part:
    """One entry, its globs made to begin at the top of the tree.

    Raises:
        TypeError: it has a key that there is not.
    """
    base = "runtime/" if entry["of"] == "cpython" else "app/site-packages/"
    read = {key: tuple(value) if isinstance(value, list) else value for key, value in entry.items()}
    for key in ("files", "version_in"):
        globs = read.get(key, ())
        read[key] = tuple(_placed(base, glob) for glob in globs) if isinstance(globs, tuple) else ()
    return Part(**read)  # type: ignore[arg-type]


def _placed(base: str, glob: str) -> str:
    return glob.removeprefix("tree:") if glob.startswith("tree:") else base + glob


def versions_of_part(tree: Path, part: Part, files: tuple[str, ...], wheel: Wheel | None) -> Versions:
    """What the first way that knows the version of a part says of it."""
    own = [name for name in files if part.claim(name)]
    if part.version_wheel and wheel:
        return Versions((wheel.version,), f"the version of {wheel.name}")
    if part.version_sbom and wheel and part.version_sbom in wheel.versions:
        found = wheel.versions[part.version_sbom].partition("-")[0]
        return Versions((found,), f"the list of components inside the wheel of {wheel.name}")
    for read in (_by_name, _by_resource, _by_bytes):
        versions = read(tree, part, files, own)
        if versions.found:
            return versions
    of, version = part.version_known
    if wheel and version and of == wheel.version:
        return Versions((version,), part.version_source)
    return Versions(source=part.version_why or "what should say it does not")


def _by_name(_tree: Path, part: Part, _files: tuple[str, ...], own: list[str]) -> Versions:
    if not part.version_name:
        return Versions()
    hits = {found[1]: name for name in own if (found := re.search(part.version_name, name))}
    return Versions(_sorted(set(hits)), f"the file name {min(hits.values())}" if hits else "")


def _by_resource(tree: Path, part: Part, _files: tuple[str, ...], own: list[str]) -> Versions:
    if not part.version_resource:
        return Versions()
    return Versions(
        _sorted({_product_version((tree / name).read_bytes()) for name in own}), "version resources"
    )


def _by_bytes(tree: Path, part: Part, files: tuple[str, ...], own: list[str]) -> Versions:
    if not part.version_bytes:
        return Versions()
    looked = [name for name in files if any(fnmatchcase(name, glob) for glob in part.version_in)] or own
    said = {name: _said(part.version_bytes, (tree / name).read_bytes()) for name in looked}
    telling = sorted(name for name, versions in said.items() if versions)
    return Versions(
        _sorted({one for versions in said.values() for one in versions}), f"the text in {', '.join(telling)}"
    )


def _sorted(versions: set[str]) -> tuple[str, ...]:
    return tuple(sorted(versions - {""}))


def _said(pattern: str, content: bytes) -> set[str]:
    """Versions that a pattern finds; several groups are put together with dots, `packed` is 21406 for 2.14.6."""
    found = set()
    for hit in re.finditer(pattern.encode(), content):
        if "packed" in hit.groupdict():
            number = int(hit["packed"])
            found.add(f"{number // 10000}.{number // 100 % 100}.{number % 100}")
        else:
            found.add(".".join(group.decode() for group in hit.groups() if group is not None))
    return found


def _product_version(content: bytes) -> str:
    """ProductVersion in the version resource of a Windows library; empty when there is none."""
    label = "ProductVersion".encode("utf-16-le") + b"\x00\x00"
    at = content.find(label)
    if at < 0:
        return ""
    text = content[at + len(label) : at + len(label) + 80].decode("utf-16-le", "ignore").lstrip("\x00")
    return text.partition("\x00")[0].strip()
