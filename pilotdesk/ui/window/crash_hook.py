"""The last border: a bug is described without any answer text, the draft is stored, and the user is told.

The description holds kinds, codes and places in the program. Nothing of it is written anywhere before the user has seen
it and wants it saved.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from pilotdesk.atomic import ensure_folder
from pilotdesk.bug_words import describe
from pilotdesk.errors import ExportError, PilotDeskError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from types import TracebackType

    from pilotdesk.clock import Clock

LOG_NAME = "pilotdesk.log"
KEPT_BYTES = 200_000
STORED = "刚才这一步没有做成。填的内容已经存好，可以接着用；要是又遇到，请把记录发给我们。"
UNSTORED = "刚才这一步没有做成，最后改的几处也没有存上。先别关，照窗口底下红条里说的做。"


class CrashHook:
    """Takes the place of ``sys.excepthook``; slots that raise end up here as well.

    Args:
        folder: where the log is kept.
        clock: the time of an entry.
        flush: stores what is pending, and returns whether everything is stored; called first. What fails in it again is
            not handled anew.
        tell: shows a sentence and what would be saved, and returns whether it may be; called once per kind of bug.
    """

    def __init__(
        self, folder: Path, clock: Clock, *, flush: Callable[[], bool], tell: Callable[[str, str], bool]
    ) -> None:
        self._log = folder / LOG_NAME
        self._clock = clock
        self._flush = flush
        self._tell = tell
        self._told: set[str] = set()
        self._is_flushing = False

    def install(self) -> None:
        """Put it in place."""
        sys.excepthook = self

    def __call__(
        self, kind: type[BaseException], trouble: BaseException, trace: TracebackType | None
    ) -> None:
        """Handle one exception that nobody handled."""
        from pilotdesk.trouble_journal import bug_code, keep_code, note_code  # a bug is rare

        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, trouble, trace)
            return
        entry = f"{self._clock.stamp()}\n{describe(kind, trouble, trace)}"
        if self._is_flushing:
            note_code(bug_code(entry.partition("\n")[2]), self._clock)
            return
        said, second = self._stored()
        entry += second
        known = entry.partition("\n")[2]
        code = bug_code(known)
        note_code(code, self._clock)
        if known not in self._told:
            self._told.add(known)
            if self._tell(said, entry):
                keep_code(code, self._clock)
                self._write(entry)

    def _stored(self) -> tuple[str, str]:
        """Store what is pending: what is to be said of that, and what the description says of it."""
        self._is_flushing = True
        try:
            stored = self._flush()
        except PilotDeskError as second:
            return f"刚才这一步没有做成，最后改的几处也没有存上：{second}", f"\nflush: {second.code}"
        except Exception as second:  # noqa: BLE001  # this is the border: nobody else could say it
            return UNSTORED, f"\nflush: {describe(type(second), second, second.__traceback__)}"
        finally:
            self._is_flushing = False
        return (STORED, "") if stored else (UNSTORED, "\nflush: not stored")

    def _write(self, entry: str) -> None:
        try:
            ensure_folder(self._log.parent)
            kept = self._log.read_bytes()[-KEPT_BYTES:] if self._log.exists() else b""
            self._log.write_bytes(kept + f"{entry}\n\n".encode())
        except (OSError, ExportError):
            sys.stderr.write(entry)
