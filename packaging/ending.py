"""An end that cleans up: Ctrl-C, `kill` and a closed terminal all end a run by way of every `with` and `finally`."""

from __future__ import annotations

import contextlib
import signal
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType

SIGNALS: Final = tuple(
    getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)
)


class Ended(BaseException):
    """Somebody wants this run to end; no trouble of a step, so that nothing takes it for one.

    Attributes:
        code: exit code, as a shell gives it.
    """

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.code = 128 + number


class _Signals:
    """What to do with a signal that comes: ``put_off`` while it is not convenient, ``came`` holds its number until then."""

    def __init__(self) -> None:
        self.put_off = False
        self.came = 0

    def take(self, number: int, _frame: FrameType | None = None) -> None:
        """End, now or as soon as it is convenient; the signals after it do not disturb the cleaning up."""
        for each in SIGNALS:
            signal.signal(each, signal.SIG_IGN)
        if not self.put_off:
            raise Ended(number)
        self.came = number


_SIGNALS: Final = _Signals()


def clean_up_on_signals() -> None:
    """From now on the first such signal raises :class:`Ended`."""
    for number in SIGNALS:
        signal.signal(number, _SIGNALS.take)


@contextlib.contextmanager
def undisturbed() -> Iterator[None]:
    """A few steps that belong together, as starting a process and remembering it; a signal waits for their end."""
    _SIGNALS.put_off = True
    try:
        yield
    finally:
        _SIGNALS.put_off = False
    if _SIGNALS.came:
        raise Ended(_SIGNALS.came)
