"""``Sitting``: an open desk, and what its window shows; everything that is decided goes through here."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, TypeVar

from msgspec.structs import replace
from PySide6.QtCore import QObject, Signal

from pilotdesk.errors import DeskError
from pilotdesk.forms.installed import current_pack
from pilotdesk.review.desk.sources import sources_of
from pilotdesk.review.quota import quota_of

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
    from pathlib import Path

    from pilotdesk.clock import Clock
    from pilotdesk.drafts.returned import ReturnSlip
    from pilotdesk.review.beside.former import FormerPilot
    from pilotdesk.review.desk.file import Desk
    from pilotdesk.review.desk.records import Conclusion, DeskRow, Dossier, LogEntry, Verdict
    from pilotdesk.review.quota import Quota

Done = TypeVar("Done")


class Sitting(QObject):
    """What the parts of the desk's window share; they know each other only by its signals.

    Signals:
        changed: submissions came or went, or all were looked at anew: the whole table.
        row_changed: with the key of the one submission about which something was decided.
        quota_changed: after :attr:`quota`.
        shown: with the key of the submission that is looked at; empty for none.
        kept: something was stored; with the local time, 10:32:05.
        failed: a :class:`pilotdesk.errors.DeskError`; nothing was decided.

    Attributes:
        desk: open; the window closes it. pack: of its round.
        rows: key to line, in the order of their numbers. quota: of the picks.
        current: key of the submission that is looked at; empty for none.
    """

    changed = Signal()
    row_changed = Signal(str)
    quota_changed = Signal()
    shown = Signal(str)
    kept = Signal(str)
    failed = Signal(object)

    def __init__(self, desk: Desk, clock: Clock, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.clock = clock
        self.pack = current_pack(desk.settings()["round"])
        self.current = ""
        self.rows: dict[str, DeskRow] = {}
        self.quota: Quota = quota_of(self.pack.round, ())
        self._dossier: Dossier | None = None
        self.read_again()

    @property
    def is_look_only(self) -> bool:
        """Whether nothing can be decided; ``desk.access.refusal`` says why."""
        return self.desk.access.refusal is not None

    # -- looking ---------------------------------------------------------------------------------

    def read_again(self) -> None:
        """Read the whole table."""
        self._dossier = None
        self.rows = {row.key: row for row in self.desk.rows()}
        self._count()
        self.changed.emit()
        if self.current not in self.rows:
            self.show_one("")

    def show_one(self, key: str) -> None:
        """Look at a submission; empty for none."""
        if key != self.current:
            self.current = key
            self._dossier = None
            self.shown.emit(key)

    def dossier(self) -> Dossier | None:
        """Everything of the submission that is looked at; ``None`` without one.

        Raises:
            DeskError: ``desk_gone``, ``desk_damaged``.
        """
        if self._dossier is None and self.current:
            self._dossier = self.desk.one(self.current)
        return self._dossier

    def taken_from(self) -> tuple[Path, ...]:
        """Where the material was taken in from; none when that cannot be read, which is told."""
        try:
            return sources_of(self.desk)
        except DeskError as trouble:
            self.failed.emit(trouble)
            return ()

    # -- taking in -------------------------------------------------------------------------------

    def took(self, keys: Collection[str], gone: Collection[str]) -> None:
        """Read the lines of submissions that the intake has kept.

        Args:
            keys: of those that are new or have grown.
            gone: keys that became part of others.
        """
        lines = {key: row for key, row in self.rows.items() if key not in gone}
        for key in keys:
            try:
                lines[key] = self.desk.row(key)
            except DeskError as trouble:  # it became part of another one since, which is going to be told
                if trouble.code != "desk_gone":
                    raise
                lines.pop(key, None)
        self.rows = dict(sorted(lines.items(), key=lambda line: line[1].number))
        grew = self.current in keys
        if grew:
            self._dossier = None
        self._count()
        self.changed.emit()
        if self.current and self.current not in self.rows:
            self.show_one("")
        elif grew:
            self.row_changed.emit(self.current)

    def set_former_pilots(self, pilots: Iterable[FormerPilot], source: str) -> int | None:
        """Put a list of former pilots in the place of the one before; how many, ``None`` when it could not be stored."""
        return self._try(partial(self.desk.set_former_pilots, pilots, source))

    # -- deciding --------------------------------------------------------------------------------

    def verdict(self, key: str, point: int, verdict: Verdict | None) -> None:
        """See :meth:`pilotdesk.review.desk.file.Desk.verdict`; the others below likewise."""
        self._decide(key, partial(self.desk.verdict, key, point, verdict))

    def keep_verdicts(self, key: str, points: Sequence[int]) -> None:
        """沿用 of the round before."""
        self._decide(key, partial(self.desk.keep_verdicts, key, points))

    def opinion(self, key: str, where: str, text: str, phrase: str = "") -> bool:
        """给单位的话; whether it is kept."""
        return self._decide(key, partial(self.desk.opinion, key, where, text, phrase=phrase))

    def conclude(self, key: str, conclusion: Conclusion | None, reason: str = "") -> None:
        """A conclusion against the verdicts."""
        self._decide(key, partial(self.desk.conclude, key, conclusion, reason))

    def pick(self, key: str, yes: bool, reason: str = "") -> None:
        """推荐 or not."""
        self._decide(key, partial(self.desk.pick, key, yes, reason), ranks=True)

    def rank(self, keys: Sequence[str]) -> None:
        """The order of the picks."""
        self._decide("", partial(self.desk.rank, keys), ranks=True)

    def send_back(self, slips: Sequence[tuple[str, str, ReturnSlip]]) -> bool:
        """Return slips went out: key, number in words and content of each, all of them noted or none; whether they are."""

        def note() -> int:
            with self.desk.together():
                return sum(self.desk.send_back(*one) for one in slips)

        noted = self._try(note) is not None
        if noted:
            self.read_again()
        return noted

    def set_setting(self, name: str, value: str) -> None:
        """A setting of the desk."""
        self._decide("", partial(self.desk.set_setting, name, value))

    def keep_typed(self, paper: str, typed: Mapping[str, str]) -> bool:
        """What was typed for a paper, which is no decision; whether it is kept."""
        return self._try(partial(self.desk.begun.keep, paper, typed)) is not None

    def undo(self) -> LogEntry | None:
        """Take back the last decision, and look at where it was; ``None`` when there was none."""
        entry = self._try(self.desk.undo)
        if entry is not None:
            self.read_again()
            if entry.key in self.rows:
                self.show_one(entry.key)
        return entry

    # -- inside ----------------------------------------------------------------------------------

    def _decide(self, key: str, action: Callable[[], object], *, ranks: bool = False) -> bool:
        """Decide, and tell what came of it; whether it stands, be it new or as it was."""
        done = self._try(action)
        if not done:
            return done is not None
        self._dossier = None
        if ranks:
            places = {pick.key: pick.rank for pick in self.desk.picks()}
            moved = [one for one, row in self.rows.items() if row.rank != places.get(one, 0)]
            self.rows |= {one: replace(self.rows[one], rank=places.get(one, 0)) for one in moved}
            self._count()
        else:
            moved = [key] if key else []
            self.rows |= {one: self.desk.row(one) for one in moved}
        for one in moved:
            self.row_changed.emit(one)
        return True

    def _try(self, action: Callable[[], Done]) -> Done | None:
        """Do something that may meet expected trouble, which is told; ``None`` then."""
        try:
            done = action()
        except DeskError as trouble:
            self.failed.emit(trouble)
            return None
        self.kept.emit(f"{self.clock.now().astimezone():%H:%M:%S}")
        return done

    def _count(self) -> None:
        self.quota = quota_of(self.pack.round, [(pick.key, pick.field) for pick in self.desk.picks()])
        self.quota_changed.emit()
