"""``python -m pilotdesk``: the window, or one of the commands."""

from __future__ import annotations

import gc
import sys


def main() -> None:
    """Run the command line and leave with its exit code."""
    from pilotdesk.cli import run

    code = run(sys.argv[1:])
    if "PySide6" not in sys.modules:
        # All is written and closed. Looking for garbage once more takes as long as ten pages of an export.
        gc.freeze()
    sys.exit(code)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--multiprocessing-fork"]:  # a worker of the intake, started by the packed program
        from multiprocessing.spawn import freeze_support

        freeze_support()
    main()
