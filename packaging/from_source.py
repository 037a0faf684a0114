"""The program from the source tree, run beside an installed one: what a trial compares with."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def run_from_source(
    python: Path, root: Path, folder: Path, arguments: tuple[str | Path, ...]
) -> tuple[int, str]:
    """Run one command with data of its own; returns the exit code, and both output streams as one text.

    Args:
        python: of the environment that has the libraries.
        root: the source tree.
        folder: of the trial; the data goes into ``here`` in it.
        arguments: the command.
    """
    done = subprocess.run(
        [python, "-m", "pilotdesk", *arguments],
        cwd=root,
        env={**os.environ, "PILOTDESK_DATA": str(folder / "here"), "PYTHONUTF8": "1"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=False,
    )
    return done.returncode, done.stdout
