"""The libraries that are shipped: the runtime part of requirements.lock, as wheels for a target system.

Which those are follows from pyproject's dependencies and from what the installed packages require in turn,
with the markers of the *target*. The lock says which versions and hashes they have. `pip` fetches them; every
file is compared with the lock again each time it is used, so a cache may lie anywhere.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
import zipfile
from dataclasses import dataclass
from email.parser import HeaderParser
from importlib import metadata
from pathlib import Path

from dev import Environment, Stop, pip_sentence, say
from packaging.requirements import Requirement
from packaging.utils import InvalidWheelFilename, canonicalize_name, parse_wheel_filename

ROOT = Path(__file__).resolve().parent.parent
PYTHON_VERSION = "3.11"
PIN_LINE = re.compile(r"(?P<name>[a-z0-9._-]+)==(?P<version>\S+)")
LOCK_HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")

# Named by a library for something that the program never does: installing plug-ins (sqlite-utils), other countries' time
# zones (python-dateutil; 600 files).
NEVER_NEEDED = frozenset({"pip", "tzdata"})


@dataclass(frozen=True)
class Target:
    """A system for which the program is packed.

    Attributes:
        name: `win` or `linux`.
        tags: what pip calls its platforms, newest first.
        markers: the variables that a requirement's marker may ask for.
    """

    name: str
    tags: tuple[str, ...]
    markers: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Pin:
    """One package of the lock: its version, and the sha256 of each file that may stand for it."""

    name: str
    version: str
    hashes: frozenset[str]

    def requirement(self) -> str:
        """The pin as pip reads it; without marker, because pip would ask this machine instead of the target."""
        return " ".join(
            [f"{self.name}=={self.version}", *(f"--hash=sha256:{one}" for one in sorted(self.hashes))]
        )


def _markers(system: str, platform: str, os_name: str, machine: str) -> tuple[tuple[str, str], ...]:
    return (
        ("implementation_name", "cpython"),
        ("implementation_version", "3.11.0"),
        ("os_name", os_name),
        ("platform_machine", machine),
        ("platform_python_implementation", "CPython"),
        ("platform_release", ""),
        ("platform_system", system),
        ("platform_version", ""),
        ("python_full_version", "3.11.0"),
        ("python_version", PYTHON_VERSION),
        ("sys_platform", platform),
    )


WINDOWS = Target("win", ("win_amd64",), _markers("Windows", "win32", "nt", "AMD64"))
# pip takes these literally: a wheel for glibc 2.17 fits 2.28, but only when it is named here too.
LINUX = Target(
    "linux",
    (
        *(f"manylinux_2_{minor}_x86_64" for minor in range(28, 4, -1)),
        "manylinux2014_x86_64",
        "manylinux2010_x86_64",
        "manylinux1_x86_64",
    ),
    _markers("Linux", "linux", "posix", "x86_64"),
)


def required(lines: list[str], target: Target, extras: frozenset[str] = frozenset()) -> list[Requirement]:
    """Those requirements that hold on the target.

    Args:
        lines: requirements as in `Requires-Dist`.
        target: asked for the markers.
        extras: which extras of the package were asked for.
    """
    variables = dict(target.markers)
    wanted = []
    for line in lines:
        requirement = Requirement(line)
        marker = requirement.marker
        if marker is None or any(marker.evaluate({**variables, "extra": extra}) for extra in extras | {""}):
            wanted.append(requirement)
    return [one for one in wanted if canonicalize_name(one.name) not in NEVER_NEEDED]


def shipped_names(target: Target) -> tuple[str, ...]:
    """What the program needs on the target, directly and in turn; sorted, without network.

    A package that is not installed here belongs to the target alone (colorama on Windows); what it requires is looked
    at by `check_complete` as soon as its wheel is there.
    """
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    names: set[str] = set()
    waiting = required(project["dependencies"], target)
    while waiting:
        requirement = waiting.pop()
        name = canonicalize_name(requirement.name)
        if name in names and not requirement.extras:
            continue
        names.add(name)
        try:
            lines = metadata.requires(name) or []
        except metadata.PackageNotFoundError:
            lines = []
        waiting += [
            one
            for one in required(lines, target, frozenset(requirement.extras))
            if canonicalize_name(one.name) not in names
        ]
    return tuple(sorted(names))


def read_lock(text: str) -> dict[str, Pin]:
    """The packages of a lock file by name; markers are left out."""
    pins: dict[str, Pin] = {}
    for block in re.split(r"\n(?=[a-z])", text):
        found = PIN_LINE.match(block)
        if found:
            hashes = frozenset(LOCK_HASH.findall(block))
            pins[found["name"]] = Pin(found["name"], found["version"], hashes)
    return pins


def shipped_pins(target: Target) -> tuple[Pin, ...]:
    """The shipped part of requirements.lock, sorted by name.

    Raises:
        Stop: the lock does not know one of them.
    """
    lock = read_lock((ROOT / "packaging" / "requirements.lock").read_text("utf-8"))
    names = shipped_names(target)
    missing = [name for name in names if name not in lock]
    if missing:
        raise Stop(f"requirements.lock 里没有 {'、'.join(missing)}，请先运行 python3 packaging/lock.py。")
    return tuple(lock[name] for name in names)


def fetch_wheels(target: Target, cache: Path) -> tuple[Path, ...]:
    """One wheel for each shipped package, fetched when it is not in the cache.

    Args:
        target: the system they are for.
        cache: folder for what was downloaded; whatever else lies there is not looked at.

    Returns:
        Their paths, sorted by file name.

    Raises:
        Stop: they cannot be had, are not the ones of the lock, or one requires what is not shipped.
    """
    folder = cache / f"wheels-{target.name}"
    folder.mkdir(parents=True, exist_ok=True)
    pins = shipped_pins(target)
    if any(_cached(pin, folder) is None for pin in pins):
        _download(pins, target, folder)
    found = {pin.name: _cached(pin, folder) for pin in pins}
    missing = [name for name, path in found.items() if path is None]
    if missing:
        raise Stop(
            f"软件源里没有适合 {target.name} 的 {'、'.join(missing)}（与 requirements.lock 一致的 .whl）。"
        )
    wheels = tuple(sorted((path for path in found.values() if path), key=lambda path: path.name))
    check_complete(wheels, target)
    return wheels


def _cached(pin: Pin, folder: Path) -> Path | None:
    for path in sorted(folder.glob("*.whl")):
        try:
            name, version, _, _ = parse_wheel_filename(path.name)
        except InvalidWheelFilename:  # somebody's own file
            continue
        if name == pin.name and str(version) == pin.version and _sha256(path) in pin.hashes:
            return path
    return None


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _download(pins: tuple[Pin, ...], target: Target, folder: Path) -> None:
    say(f"正在下载 {len(pins)} 个依赖（{target.name}）……")
    listed = folder / "requirements.txt"
    listed.write_text("".join(f"{pin.requirement()}\n" for pin in pins), "utf-8")
    platforms = [word for tag in target.tags for word in ("--platform", tag)]
    code, output = Environment(ROOT).ask(
        *("-m", "pip", "download", "--require-hashes", "--no-deps", "--only-binary=:all:"),
        *("--disable-pip-version-check", "--no-input", "--quiet"),
        *platforms,
        *("--python-version", PYTHON_VERSION, "--implementation", "cp"),
        *("--abi", f"cp{PYTHON_VERSION.replace('.', '')}", "--abi", "abi3"),
        *("-r", str(listed), "-d", str(folder)),
    )
    if code:
        raise Stop(pip_sentence(output))


def check_complete(wheels: tuple[Path, ...], target: Target) -> None:
    """Make sure that nothing is required on the target that is not among the wheels.

    Raises:
        Stop: something is; the packages are named.
    """
    names = {parse_wheel_filename(path.name)[0] for path in wheels}
    lost = set()
    for path in wheels:
        headers = HeaderParser().parsestr(wheel_text(path, "METADATA"))
        for requirement in required(headers.get_all("Requires-Dist") or [], target):
            if canonicalize_name(requirement.name) not in names:
                lost.add(f"{path.name.split('-')[0]} → {requirement.name}")
    if lost:
        raise Stop(f"有依赖没有装进来：{'；'.join(sorted(lost))}。请先运行 python3 packaging/lock.py。")


def wheel_text(path: Path, name: str) -> str:
    """A text file of the wheel's own `.dist-info` folder."""
    with zipfile.ZipFile(path) as wheel:
        inside = next(
            entry for entry in wheel.namelist() if re.fullmatch(rf"[^/]+\.dist-info/{re.escape(name)}", entry)
        )
        return wheel.read(inside).decode("utf-8")
