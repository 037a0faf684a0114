"""What the program promises of the data, and which promises are broken just now: one place for everybody who shows it."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QObject, Signal

from pilotdesk.record import Record


class Promise(Record, frozen=True):
    """Something that is promised.

    Attributes:
        broken: how a sentence on it begins when it is broken; ``{since}`` is a local time.
        remedy: words of the button that does something about it.
    """

    broken: str
    remedy: str


HEALTH, SAVED, BACKUP, SECOND, EXPORT = "health", "saved", "backup", "second", "export"
PROMISES: Final = {
    HEALTH: Promise("", "修复"),
    SAVED: Promise("{since}起没有存上：", "再存一次"),
    BACKUP: Promise("{since}没有备份成：", "再备份一次"),
    SECOND: Promise("第二位置没有存上：", "看看怎么办"),
    EXPORT: Promise("没有导出成：", "再导出一次"),
}
"""By name, the gravest first."""


class Breach(Record, frozen=True):
    """A broken promise: a key of :data:`PROMISES`, what is wrong and what to do, and since when, a local time or words."""

    promise: str
    sentence: str
    since: str

    @property
    def beginning(self) -> str:
        """How a sentence on it begins; may be empty."""
        since = f"{self.since} " if self.since.isascii() else self.since
        return PROMISES[self.promise].broken.format(since=since)


class Promises(QObject):
    """The promises of one window.

    Signals:
        changed: one is broken, or kept again, or something else is to be said of the copies.
    """

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._broken: dict[str, Breach] = {}

    @property
    def gravest(self) -> Breach | None:
        """The gravest of the broken ones; ``None`` when all are kept."""
        return next((self._broken[name] for name in PROMISES if name in self._broken), None)

    def breach(self, promise: str) -> Breach | None:
        """What is wrong with one of them; ``None`` when it is kept."""
        return self._broken.get(promise)

    def break_(self, promise: str, sentence: str, since: str) -> None:
        """One is broken. Whoever breaks some and keeps others says afterwards that they ``changed``."""
        self._broken[promise] = Breach(promise, sentence, since)

    def keep(self, *promises: str) -> None:
        """They are kept, or kept again."""
        for promise in promises:
            self._broken.pop(promise, None)
