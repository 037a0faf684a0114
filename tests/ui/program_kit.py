"""A real program in a process of its own, for tests: it is given orders, and tells what it does; see ``window_child.py``."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import signal

ROOT = Path(__file__).parents[2]


class Program:
    """A running program and what it tells."""

    def __init__(self, data: Path, *arguments: str, cwd: Path | None = None) -> None:
        self._process = subprocess.Popen(
            [sys.executable, str(ROOT / "tests" / "ui" / "window_child.py"), *arguments],
            cwd=cwd or ROOT,
            env={
                **os.environ, "PILOTDESK_DATA": str(data), "QT_QPA_PLATFORM": "offscreen", "PYTHONUTF8": "1",
                "PYTHONPATH": str(ROOT),
            },
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8",
        )  # fmt: skip
        self.heard: list[dict[str, Any]] = []

    def wait_for(self, kind: str) -> dict[str, Any]:
        """The next thing of a kind that it tells; a program that ends before does not tell it any more."""
        for line in self._process.stdout:
            self.heard.append(json.loads(line))
            if self.heard[-1]["kind"] == kind:
                return self.heard[-1]
        raise AssertionError(f"never told: {kind}; only {self.heard}")

    def order(self, line: str) -> None:
        self._process.stdin.write(f"{line}\n")
        self._process.stdin.flush()

    def end(self) -> int:
        """Wait for its end; whatever it told until then is in ``heard``."""
        out, _ = self._process.communicate(timeout=280)
        self.heard += [json.loads(line) for line in out.splitlines()]
        return self._process.returncode

    def close(self) -> int:
        self.order("close")
        return self.end()

    def tell(self, number: signal.Signals) -> int:
        """Send a signal and wait for the end."""
        self._process.send_signal(number)
        return self.end()

    def kill(self) -> None:
        self._process.kill()
        self._process.communicate()
