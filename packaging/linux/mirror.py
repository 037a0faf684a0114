"""Where this machine gets its Debian packages, and pinned source files from there.

No mirror is named here: the one that the machine's own apt uses is used, or ``PILOTDESK_DEBIAN_MIRROR``.
"""

from __future__ import annotations

import hashlib
import os
import platform
import re
import shutil
import urllib.request
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from dev import Stop

if TYPE_CHECKING:
    from collections.abc import Iterator

VARIABLE: Final = "PILOTDESK_DEBIAN_MIRROR"
APT: Final = Path("/etc/apt")
_ONE_LINE: Final = re.compile(r"deb\s+(?:\[[^]]*\]\s+)?(?P<uri>https?://\S+)\s+(?P<suite>\S+)\s+(?P<rest>.*)")
BLOCK: Final = 1 << 20


class MirrorError(Stop):
    """No mirror, or not the file that was pinned."""


class Pin(NamedTuple):
    """A source file of Debian's archive.

    Attributes:
        path: below the mirror, ``pool/main/…``.
        sha256: of its bytes.
    """

    path: str
    sha256: str


def mirror(apt: Path = APT, codename: str | None = None) -> str:
    """The address of the Debian archive, without a slash at its end.

    Args:
        apt: the folder of apt's settings.
        codename: of the system that runs here; ``None``: asked for. Other archives (of a vendor, of security
            updates) have other suites, and so are told apart from Debian's own.

    Raises:
        MirrorError: apt names none for this system, for example because it is not a Debian.
    """
    named = os.environ.get(VARIABLE)
    if named:
        return named.rstrip("/")
    codename = codename or platform.freedesktop_os_release().get("VERSION_CODENAME", "")
    for uri, suites, components in _entries(apt):
        if codename in suites and "main" in components:
            return uri.rstrip("/")
    raise MirrorError(
        f"{apt} 里没有 {codename} 的 Debian 软件源，请在变量 {VARIABLE} 里写一个地址再运行一次。"
    )


def _entries(apt: Path) -> Iterator[tuple[str, list[str], list[str]]]:
    """Address, suites and components of every archive that apt knows, in the order of the files."""
    for listed in [apt / "sources.list", *sorted((apt / "sources.list.d").glob("*.list"))]:
        for line in listed.read_text("utf-8").splitlines() if listed.is_file() else ():
            if found := _ONE_LINE.match(line.strip()):
                yield found["uri"], [found["suite"]], found["rest"].split()
    for listed in sorted((apt / "sources.list.d").glob("*.sources")):
        for stanza in re.split(r"\n\s*\n", listed.read_text("utf-8")):
            fields = dict(re.findall(r"(?m)^([A-Za-z-]+):[ \t]*(.*)$", stanza))
            if "deb" not in fields.get("Types", "").split() or fields.get("Enabled", "yes") == "no":
                continue
            for uri in fields.get("URIs", "").split():
                if uri.startswith(("http://", "https://")):
                    yield uri, fields.get("Suites", "").split(), fields.get("Components", "").split()


def fetched(pin: Pin, folder: Path) -> Path:
    """The pinned file in this folder, fetched from the mirror when it is not there.

    Raises:
        MirrorError: it cannot be had, or is not what was pinned; then nothing is kept of it.
    """
    target = folder / Path(pin.path).name
    if target.is_file() and sha256_of(target) == pin.sha256:
        return target
    folder.mkdir(parents=True, exist_ok=True)
    part = target.with_name(f"{target.name}.part")
    address = f"{mirror()}/{pin.path}"
    try:
        with urllib.request.urlopen(address, timeout=60) as source, part.open("wb") as copy:  # noqa: S310
            shutil.copyfileobj(source, copy, BLOCK)
    except OSError as trouble:
        raise MirrorError(f"没能取得 {pin.path}（{trouble}），请检查网络后再运行一次。") from trouble
    found = sha256_of(part)
    if found != pin.sha256:
        part.unlink()
        raise MirrorError(
            f"{pin.path} 和 pins.toml 记录的不一致（sha256 是 {found}），没有使用；请换一个可信的软件源。"
        )
    return part.replace(target)


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()
