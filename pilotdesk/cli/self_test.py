"""The command ``self-test``: one line a proof, and a report as JSON for whoever is not at the computer."""

from __future__ import annotations

import json
import locale
import os
import platform
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from pilotdesk import __version__

if TYPE_CHECKING:
    import argparse
    from types import TracebackType

    from pilotdesk.cli.adding import AddCommand
    from pilotdesk.self_test import ProofResult


def add_self_test(add: AddCommand) -> None:
    """The command ``self-test``."""
    test = add("self-test", _self_test, "检查这份程序装得全不全")
    test.add_argument("--json", type=Path, metavar="OUT.json", help="结果另存为 JSON")
    test.add_argument(
        "--platform", help="页面画在哪种窗口上：windows、xcb、offscreen；不写就是这台电脑自己的"
    )


def _self_test(asked: argparse.Namespace) -> int:
    from pilotdesk.self_test import self_test
    from pilotdesk.ui.window.self_test_page import draw_sample, on_platform

    on_platform(asked.platform)
    tell = _Told(asked.json)
    usual = sys.excepthook
    # what draws is on this thread: a bug there ends the program, and the hook has the last word
    sys.excepthook = tell.on_bug
    results = self_test(tell, draw_sample)
    sys.excepthook = usual
    for result in results:
        print(f"{'通过' if result.passed else '没通过'}  {result.name}  {result.detail}")
    return 0 if all(result.passed for result in results) else 1


class _Told:
    """Keeps the report on the disk up to date."""

    def __init__(self, target: Path | None) -> None:
        self._target = target
        self._last: tuple[ProofResult, ...] = ()

    def __call__(self, results: tuple[ProofResult, ...]) -> None:
        """Write what is known so far.

        Raises:
            ExportError: ``folder_unwritable``, ``disk_full``.
        """
        self._last = results
        if self._target is None:
            return
        from pilotdesk.atomic import replacing

        with replacing(self._target) as part:
            part.write_text(json.dumps(report(results), ensure_ascii=False, indent=1), encoding="utf-8")

    def on_bug(self, kind: type[BaseException], trouble: BaseException, trace: TracebackType | None) -> None:
        """Take the place of ``sys.excepthook``: write the bug into the report as the failure of the proof under way."""
        from pilotdesk.bug_words import describe

        described = describe(kind, trouble, trace)
        *before, at = self._last
        self((*before, msgspec.structs.replace(at, detail=described)))
        print(f"没通过  {at.name}  {described}", file=sys.stderr)


def report(results: tuple[ProofResult, ...]) -> dict[str, Any]:
    """The report as a value; its keys stay."""
    from pilotdesk.paths import install_root, portable_root
    from pilotdesk.ui.window.self_test_page import qt_facts

    encoding = (
        f"{sys.getfilesystemencoding()}, {locale.getencoding()}{', utf8 mode' if sys.flags.utf8_mode else ''}"
    )
    return {
        "program": "PilotDesk",
        "version": __version__,
        "python": platform.python_version(),
        **qt_facts(),
        "system": f"{platform.system()} {platform.version()}",
        "encoding": encoding,
        "executable": sys.executable,
        "paths": sys.path,
        "root": str(install_root() or ""),
        "portable": portable_root() is not None,
        "frozen": bool(getattr(sys, "frozen", False)),
        "isolated": bool(sys.flags.isolated),
        "environment": sorted(name for name in os.environ if name.startswith(("QT_", "PYTHON"))),
        "proofs": [msgspec.structs.asdict(result) for result in results],
        "ok": all(result.passed for result in results),
    }
