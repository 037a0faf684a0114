"""An installed program made of links to the source tree: the shape that the builds give it, run with this Python."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

ROOT = Path(__file__).parents[1]


def installed(root: Path, *, portable: bool = False) -> Path:
    """Make an installed tree at ``root``; returns it."""
    app = root / "app"
    app.mkdir(parents=True)
    (root / "runtime").mkdir()
    (root / "pilotdesk").touch()  # the launcher; the tests start this Python themselves
    for name in ("pilotdesk", "forms", "resources"):
        (app / name).symlink_to(ROOT / name)
    (app / "site-packages").symlink_to(sysconfig.get_path("purelib"))
    if portable:
        (root / "绿色版.txt").write_text("", encoding="utf-8")
    return root


def environment(**more: str) -> dict[str, str]:
    """What a program of its own finds: no data directory named, a home of its own where one is given."""
    named = {name: text for name, text in os.environ.items() if name not in {"PILOTDESK_DATA", "PYTHONPATH"}}
    return {**named, "PYTHONUTF8": "1", "QT_QPA_PLATFORM": "offscreen", **more}


def start(
    root: Path, *arguments: str, home: Path, given: Mapping[str, str] | None = None, cwd: Path | None = None
) -> subprocess.Popen[str]:
    """Start the installed program; its output is piped."""
    return subprocess.Popen(
        [sys.executable, "-m", "pilotdesk", *arguments],
        cwd=cwd or home,
        env=environment(HOME=str(home), XDG_DATA_HOME=str(home / "data"), PYTHONPATH=str(root / "app"), **(given or {})),
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8",
    )  # fmt: skip


def run(
    root: Path, *arguments: str, home: Path, given: Mapping[str, str] | None = None, cwd: Path | None = None
) -> subprocess.CompletedProcess[str]:
    """Run the installed program to its end."""
    process = start(root, *arguments, home=home, given=given, cwd=cwd)
    out, err = process.communicate(timeout=280)
    return subprocess.CompletedProcess(process.args, process.returncode, out, err)
