"""A hundred thousand damaged packages, ten times what the tests read; and what a password costs beside the bare functions."""

from __future__ import annotations

import hashlib
import os
import resource
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from tests.drafts.package_fuzz import read_all

if TYPE_CHECKING:
    from collections.abc import Callable

DAMAGED, LOT = 100_000, 10_000
MEGABYTES = 64


def packages(report: Callable[..., None]) -> None:
    """Report the outcomes of the damaged ones, then sealing and opening beside scrypt and AES-GCM alone."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        outcomes: dict[str, int] = {}
        begin, peak = time.perf_counter(), 0
        for seed in range(DAMAGED // LOT):
            for outcome, count in read_all(100 + seed, LOT, folder).items():
                outcomes[outcome] = outcomes.get(outcome, 0) + count
            peak = peak or resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        spent = (time.perf_counter() - begin) / DAMAGED * 1e6
        grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - peak
        print(
            f"{DAMAGED} damaged packages, {spent:.0f} µs each, memory grown by {grown / 1024:.1f} MiB after the first tenth"
        )
        print("  " + ", ".join(f"{outcome} {count}" for outcome, count in sorted(outcomes.items())))
        password(report, folder)


def password(report: Callable[..., None], folder: Path, rounds: int = 5) -> None:
    """A package of 64 MB under a password, beside scrypt and one AES-GCM of the same bytes."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    from pilotdesk.drafts.package import read_package, write_package
    from pilotdesk.drafts.sealed import COST
    from tests.drafts.test_package import package

    content = os.urandom(MEGABYTES * 2**20)
    made = package(files={hashlib.sha256(content).hexdigest(): content})
    times: dict[str, list[float]] = {"write": [], "read": [], "bare": []}
    for _ in range(rounds):
        begin = time.perf_counter()
        write_package(made, folder / "a.pilot", "八个字以上的密码")
        times["write"].append((time.perf_counter() - begin) * 1000)
        begin = time.perf_counter()
        read_package(folder / "a.pilot", "八个字以上的密码")
        times["read"].append((time.perf_counter() - begin) * 1000)
        begin = time.perf_counter()
        key = hashlib.scrypt(b"x" * 24, salt=b"s" * 16, n=2**COST, r=8, p=1, maxmem=2**28, dklen=32)
        AESGCM(key).encrypt(b"n" * 12, content, None)
        times["bare"].append((time.perf_counter() - begin) * 1000)
    for step in ("write", "read"):
        report(
            f"{step} a package of {MEGABYTES} MB with a password / scrypt and AES-GCM alone",
            times[step],
            times["bare"],
        )
