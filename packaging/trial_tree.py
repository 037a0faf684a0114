"""What lies in an installed tree: every file with its digest, what must not be there, and whose signature is missing."""

from __future__ import annotations

import hashlib
import json
import re
import struct
from typing import TYPE_CHECKING, Final

from trial_report import Failed

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

SBOM: Final = "sbom.cdx.json"
MADE_THERE: Final = frozenset({"uninstall.exe", SBOM})
"""Written by the installer itself, and the list that cannot list itself."""
KEYS: Final = "keys/"
"""What lay beside the installer goes there."""
SIGNED_PARTS: Final = ("runtime/", "app/site-packages/PySide6/", "app/site-packages/shiboken6/")
"""Folders whose programs and libraries carry the signature of who made them."""
UNWANTED: Final = {
    "测试": r"(^|/)(tests?|testing|conftest\.py|test_[^/]*\.py|[^/]*_test\.py)(/|$)",
    "头文件": r"\.(h|hpp|hxx|pxd|pxi|pyx|c|cpp|lib|a|def|pdb)$",
    "缓存": r"(^|/)(\.[a-z]+_cache|\.pytest_cache|__pycache__/[^/]*\.(pyo|opt-[^/]*))|\.(pyo|tmp|part|log|orig|bak)$",
    "开发用的": r"(^|/)(pip|setuptools|wheel|pkg_resources|_distutils_hack|pytest|mypy|ruff)(/|$)|\.pyi$|py\.typed$",
}
"""Kind → pattern of a path below the program folder, with ``/``."""


def files_of(tree: Path) -> dict[str, str]:
    """Path below the tree → SHA-256, for every file."""
    found = {}
    for path in sorted(tree.rglob("*")):
        if path.is_file():
            with path.open("rb") as opened:
                found[path.relative_to(tree).as_posix()] = hashlib.file_digest(opened, "sha256").hexdigest()
    return found


def difference(before: Mapping[str, str], after: Mapping[str, str]) -> str:
    """What came, went and changed, in words; empty when nothing did."""
    told = []
    for words, names in (
        ("多了", after.keys() - before.keys()),
        ("少了", before.keys() - after.keys()),
        ("变了", {name for name in before.keys() & after.keys() if before[name] != after[name]}),
    ):
        if names:
            told.append(f"{words} {len(names)} 个：{'、'.join(sorted(names)[:5])}")
    return "；".join(told)


def unwanted(files: Mapping[str, str]) -> str:
    """What lies in a tree that nobody needs who only uses the program, in words; empty when nothing does."""
    told = []
    for kind, pattern in UNWANTED.items():
        found = sorted(name for name in files if re.search(pattern, name))
        if found:
            told.append(f"{kind} {len(found)} 个：{'、'.join(found[:5])}")
    return "；".join(told)


def signatures(tree: Path) -> tuple[list[str], list[str]]:
    """The programs and libraries of a tree: those that carry an Authenticode signature, and those that do not."""
    signed: list[str] = []
    bare: list[str] = []
    for path in sorted(tree.rglob("*")):
        if path.is_file() and path.suffix.lower() in {".exe", ".dll", ".pyd"}:
            (signed if has_signature(path.read_bytes()) else bare).append(path.relative_to(tree).as_posix())
    return signed, bare


def has_signature(content: bytes) -> bool:
    """Whether a PE file has something in its certificate table; the build has verified what of it can be.

    Source: PE format, optional header: the fifth directory holds place and size of the table.
    """
    if content[:2] != b"MZ":
        return False
    head = struct.unpack_from("<I", content, 0x3C)[0]
    wide = struct.unpack_from("<H", content, head + 24)[0] == 0x20B  # PE32+
    place, size = struct.unpack_from("<II", content, head + 24 + (112 if wide else 96) + 4 * 8)
    return bool(place and size and place + size <= len(content))


def unlisted(tree: Path, files: Mapping[str, str]) -> str:
    """How the tree differs from the list of its contents (CycloneDX), in words; empty when it does not.

    Raises:
        Failed: there is no such list, or it has no files.
    """
    try:
        listed = json.loads((tree / SBOM).read_text("utf-8"))
    except (OSError, ValueError) as trouble:
        raise Failed(f"{SBOM} 读不出来：{trouble}") from trouble
    own = listed.get("metadata", {}).get("component", {})
    known = dict(_listed([own, *listed.get("components", [])]))
    if not known:
        raise Failed(f"{SBOM} 里一个文件也没有列")
    ours = {
        name: digest for name, digest in files.items() if name not in MADE_THERE and not name.startswith(KEYS)
    }
    return difference(known, ours)


def _listed(components: list[dict[str, object]]) -> list[tuple[str, str]]:
    found = []
    for one in components:
        hashes = one.get("hashes")
        if one.get("type") == "file" and isinstance(hashes, list):
            digests = [each["content"] for each in hashes if each["alg"] == "SHA-256"]
            found += [(str(one["name"]), str(digest)) for digest in digests]
        below = one.get("components")
        if isinstance(below, list):
            found += _listed(below)
    return found
