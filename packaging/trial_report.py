"""What a trial found: named steps, each with a figure or a reason, on the screen and in a file."""

from __future__ import annotations

import contextlib
import json
import subprocess
import time
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Final

from dev import Stop
from tools import have_tools

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

PASSED: Final = "通过"
FAILED: Final = "没通过"
SKIPPED: Final = "跳过"


def tools_or_skipped(tools: Mapping[str, str], purpose: str) -> None:
    """Have what a trial needs; arguments as of :func:`tools.have_tools`.

    Raises:
        Skipped: something is lacking and cannot be installed from here.
    """
    try:
        have_tools(tools, purpose)
    except Stop as reason:
        raise Skipped(str(reason)) from reason


class Failed(Exception):
    """The program did something else than it should; the text says what."""


class Late(Failed):
    """Something did not come in time. Here that may be the machine's doing, or of what stands in for the system."""


class Skipped(Exception):
    """A step cannot be done on this machine; the text says why."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one step ended.

    Attributes:
        name: what was tried. state: one of the three words above.
        figure: what was measured when it passed, else the reason.
        seconds: how long it took, both times when it was taken twice.
        first: what came too late the first time; empty when it was taken once.
    """

    name: str
    state: str
    figure: str
    seconds: float
    first: str = ""


class Report:
    """The outcomes of one trial, in order.

    Args:
        folder: where ``trial.json``, the last lines as ``summary.txt`` and the pictures go.
        say: called with each line as it is known.
    """

    def __init__(self, folder: Path, say: Callable[[str], object]) -> None:
        self.folder = folder
        self.outcomes: list[Outcome] = []
        self._say = say

    def take(
        self, name: str, step: Callable[[], str], before_again: Callable[[], object] | None = None
    ) -> bool:
        """Take one step; whatever the program under trial does wrong ends this step and no other.

        Args:
            name: of the step.
            step: returns its figure, which is told in one line; raises :class:`Failed` or :class:`Skipped`.
            before_again: a step that ended with :class:`Late` is taken once more after this, and the last lines name it;
                ``None``: it has failed. Everything else that is wrong is wrong the first time.

        Returns:
            Whether it passed.
        """
        begun = time.monotonic()
        state, figure, late = _ended(step)
        first = ""
        if late and before_again is not None:
            self._say(f"太慢  {name}  {figure}，再来一次")
            before_again()
            first = figure
            state, figure, _ = _ended(step)
        outcome = Outcome(name, state, figure, round(time.monotonic() - begun, 1), first)
        self.outcomes.append(outcome)
        self._say(f"{state}  {name}（{outcome.seconds:.1f} 秒）  {figure}")
        self._keep()
        return state == PASSED

    def skip(self, name: str, reason: str) -> None:
        """A step that is not begun, because one before it did not come to its end."""

        def step() -> str:
            raise Skipped(reason)

        self.take(name, step)

    def close(self, unseen: str) -> int:
        """Say what passed, what did not, what was skipped and why.

        Args:
            unseen: a line that says what no trial of this kind can see.

        Returns:
            Exit code: 1 when a step did not pass. What was skipped does not count as passed, and is named with its reason;
            so is what passed the second time only.
        """
        count = {
            state: sum(one.state == state for one in self.outcomes) for state in (PASSED, FAILED, SKIPPED)
        }
        left = [one for state in (FAILED, SKIPPED) for one in self.outcomes if one.state == state]
        lines = [unseen, *(f"{one.state}：{one.name}——{one.figure}" for one in left)]
        lines += [f"第一次太慢：{one.name}——{one.first}" for one in self.outcomes if one.first]
        lines.append("，".join(f"{state} {number}" for state, number in count.items()))
        for line in lines:
            self._say(line)
        with contextlib.suppress(OSError):
            (self.folder / "summary.txt").write_text("\n".join(lines) + "\n", "utf-8")
        return 1 if count[FAILED] else 0

    def _keep(self) -> None:
        kept = [asdict(one) for one in self.outcomes]
        with contextlib.suppress(OSError):
            (self.folder / "trial.json").write_text(json.dumps(kept, ensure_ascii=False, indent=1), "utf-8")


def _ended(step: Callable[[], str]) -> tuple[str, str, bool]:
    """How a step ended: state, figure in one line, and whether something came too late."""
    late = False
    try:
        state, figure = PASSED, step()
    except Skipped as reason:
        state, figure = SKIPPED, str(reason)
    except (Failed, OSError, subprocess.SubprocessError) as trouble:
        state, figure = FAILED, str(trouble) or type(trouble).__name__
        late = isinstance(trouble, Late)
    # what another program says has line ends, and a step has one line
    return state, "；".join(line.strip() for line in figure.splitlines() if line.strip()), late
