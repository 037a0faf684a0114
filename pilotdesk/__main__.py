"""``python -m pilotdesk``: the window, or one of the commands."""

from __future__ import annotations

import gc
import sys
from typing import TYPE_CHECKING, Final

from pilotdesk.surroundings import settle_in

if TYPE_CHECKING:
    from types import TracebackType


MOST_S: Final = 5.0
"""How long threads are waited for that are still at work when the window is gone and everything is stored."""


def main() -> None:
    """Run the command line and leave with its exit code."""
    settle_in()
    if sys.__stderr__ is None:
        sys.excepthook = _show_bug
    from pilotdesk.cli.main import run

    code = run(sys.argv[1:])
    if "PySide6" not in sys.modules:
        # All is written and closed. Looking for garbage once more takes as long as ten pages of an export.
        gc.freeze()
    else:
        _end_in_time(code)
    sys.exit(code)


def _end_in_time(code: int) -> None:
    """Python waits for every thread; one that hangs on a dead share or stick would keep a program without a window for good."""
    import os
    import threading

    last = threading.Timer(MOST_S, os._exit, [code])
    last.daemon = True
    last.start()


def _show_bug(kind: type[BaseException], trouble: BaseException, trace: TracebackType | None) -> None:
    """Without a console a bug before the window stands would be a double click that does nothing."""
    from pilotdesk.bug_words import describe
    from pilotdesk.cli.window import show_message

    show_message(
        f"PilotDesk 没有打开，请重新安装一遍；还不行，请把下面的话发给我们。\n\n{describe(kind, trouble, trace)}"
    )


if __name__ == "__main__":
    if sys.argv[1:2] == ["--multiprocessing-fork"]:  # a worker of the intake, started by the packed program
        settle_in()
        from multiprocessing.spawn import freeze_support

        freeze_support()
    main()
