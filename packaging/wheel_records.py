"""What unpacked wheels say about themselves: METADATA, RECORD, licence files, and the SBOMs that some bring along."""

from __future__ import annotations

import csv
import json
import re
from dataclasses import dataclass
from email.parser import Parser
from pathlib import Path, PurePosixPath
from typing import Any

_TEXT = re.compile(r"(^|/)(licen[cs]e|copying|notice|authors)[^/]*$|^licenses?/", re.IGNORECASE)
_CACHED = re.compile(r"(?:__pycache__/)?([^/]+?)(?:\.cpython-\d+)?(?:\.opt-\d)?\.pyc$")
_SPDX = re.compile(r"[\w.+-]+(?: (?:AND|OR|WITH) [\w.+-]+)*")
_KNOWN_ROUGHLY = {
    "apache 2.0": "Apache-2.0",
    "apache license, version 2.0": "Apache-2.0",
    "mit license": "MIT",
}


@dataclass(frozen=True)
class Crate:
    """A library of Rust that was compiled into a wheel."""

    name: str
    version: str
    licence: str
    purl: str
    author: str


@dataclass(frozen=True)
class Wheel:
    """One unpacked wheel.

    Attributes:
        name, version: as in METADATA. folder: its `.dist-info`.
        licence: SPDX expression, empty when the metadata has none.
        recorded: paths of its RECORD. crates, versions: of its own SBOMs; `versions` is name → version of all else.
    """

    name: str
    version: str
    folder: str
    licence: str
    recorded: frozenset[str]
    crates: tuple[Crate, ...]
    versions: dict[str, str]

    @property
    def key(self) -> str:
        """The name in lower case."""
        return self.name.lower()

    @property
    def ref(self) -> str:
        """Its name in the SBOM."""
        return f"wheel:{self.key}"

    @property
    def purl(self) -> str:
        """Package URL."""
        return f"pkg:pypi/{self.key.replace('_', '-')}@{self.version}"

    def owns(self, path: str) -> bool:
        """Whether a file below site-packages came with it; a compiled module belongs to its source."""
        return path in self.recorded or path.startswith(f"{self.folder}/") or _source(path) in self.recorded

    def is_text(self, path: str) -> bool:
        """Whether a file of its dist-info is a licence text."""
        return bool(_TEXT.search(path))


def _source(path: str) -> str:
    """`a/__pycache__/b.cpython-311.pyc` and `a/b.pyc` → `a/b.py`."""
    pure = PurePosixPath(path)
    found = _CACHED.fullmatch(pure.name)
    if found is None:
        return path
    folder = pure.parent.parent if pure.parent.name == "__pycache__" else pure.parent
    return (folder / f"{found[1]}.py").as_posix()


def wheels_in(site: Path) -> tuple[Wheel, ...]:
    """Every wheel below site-packages, by name."""
    found = [_read(folder) for folder in sorted(site.glob("*.dist-info"))]
    return tuple(sorted(found, key=lambda wheel: wheel.key))


def _read(folder: Path) -> Wheel:
    metadata = Parser().parsestr((folder / "METADATA").read_text("utf-8", "replace"), headersonly=True)
    record = csv.reader((folder / "RECORD").read_text("utf-8").splitlines())
    crates, versions = _boms(folder / "sboms")
    return Wheel(
        metadata["Name"], metadata["Version"], folder.name,
        _licence(metadata["License-Expression"], metadata["License"]),
        frozenset(row[0] for row in record if row), crates, versions,
    )  # fmt: skip


def _licence(expression: str | None, words: str | None) -> str:
    if expression:
        return expression
    said = (words or "").strip()
    if _SPDX.fullmatch(said) and said.upper() not in {"BSD", "LGPL", "GPL", "PSF", "PYTHON"}:
        return said
    return _KNOWN_ROUGHLY.get(said.lower(), "")


def _boms(folder: Path) -> tuple[tuple[Crate, ...], dict[str, str]]:
    """Crates, and name → version of whatever else the SBOMs of a wheel name."""
    crates: dict[str, Crate] = {}
    versions: dict[str, str] = {}
    for path in sorted(folder.glob("*.json")):
        for listed in json.loads(path.read_text("utf-8")).get("components", ()):
            if listed.get("purl", "").startswith("pkg:cargo/"):
                crate = _crate(listed)
                crates[f"{crate.name}@{crate.version}"] = crate
            elif listed.get("version"):
                versions[listed["name"]] = str(listed["version"])
    return tuple(crates[key] for key in sorted(crates)), versions


def _crate(listed: dict[str, Any]) -> Crate:
    said = [each.get("expression") or each["license"].get("id", "") for each in listed.get("licenses", ())]
    purl = str(listed["purl"]).partition("?")[0]  # what follows names the folder that it was built in
    return Crate(
        listed["name"], str(listed["version"]), " AND ".join(said) or "NOASSERTION", purl, listed.get("author", "")
    )  # fmt: skip
