"""``Desk``: everything that a province takes in and decides in one round, in one SQLite file.

What a unit handed in is written once and stays; decisions stand beside it. Each of them is one transaction together with its
entry in the log. Two programs do not write to one desk: the second can look, and learns who has it.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from msgspec.structs import replace

from pilotdesk.drafts.lock import FolderLock, Grip, this_machine
from pilotdesk.drafts.returned import slip_to_json
from pilotdesk.errors import DeskError, StoreError
from pilotdesk.review.desk.begun import BegunPapers
from pilotdesk.review.desk.connection import DeskConnection, make_file
from pilotdesk.review.desk.crossed_state import is_crossed, note_crossed, state_of
from pilotdesk.review.desk.deciding import RANKING, Made, Place, content_at, decide, undo
from pilotdesk.review.desk.known import known_key
from pilotdesk.review.desk.log_table import NOTHING, append
from pilotdesk.review.desk.pack_words import PackWords
from pilotdesk.review.desk.reading import DeskReading
from pilotdesk.review.desk.records import LogEntry, Verdict
from pilotdesk.review.desk.stored_submission import write_crossed
from pilotdesk.review.desk.taker import Taker
from pilotdesk.review.desk.taking_in import TakingIn

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from pilotdesk.clock import Clock
    from pilotdesk.drafts.lock import Held
    from pilotdesk.drafts.returned import ReturnSlip
    from pilotdesk.forms.round import Round
    from pilotdesk.review.beside.former import FormerPilot
    from pilotdesk.review.desk.records import Conclusion, Taken
    from pilotdesk.review.records import Finding, Submission

SETTINGS: Final = ("round", "submitter", "province", "bureau", "reviewer")
"""Settings that are always there: name of the round, code of the 推荐单位, names of the province, the bureau and the reviewer."""

POINT: Final = "point:"
"""Begins the place of an opinion on a review point."""


def file_name(province: str, round_name: str) -> str:
    """What the desk's file is called: ``审核台_江西省_2026.db``."""
    kept = "".join("_" if sign in '\\/:*?"<>|' or sign < " " else sign for sign in province).strip(" .")
    return f"审核台_{kept}_{round_name}.db" if kept else f"审核台_{round_name}.db"


def create_desk(path: Path, round_: Round, settings: Mapping[str, str]) -> None:
    """Make the file of a new desk, whole or not at all.

    Args:
        path: where; see :func:`file_name`.
        round_: of the pack; the names of its pilot fields are kept for the views.
        settings: those of :data:`SETTINGS` that are known, and others.

    Raises:
        DeskError: ``desk_there``, ``desk_full``, ``desk_unwritable``.
    """

    def fill(connection: sqlite3.Connection) -> None:
        known = dict.fromkeys(SETTINGS, "") | {"round": round_.name} | dict(settings)
        connection.executemany("INSERT INTO setting VALUES (?, ?)", known.items())
        fields = [(field.code, field.label) for field in round_.pilot_field]
        connection.executemany("INSERT INTO pilot_field VALUES (?, ?)", fields)

    make_file(path, fill)


class Desk(DeskReading):
    """The open desk.

    Args:
        path: of its file.
        clock: gives the time stamps.
        who: who decides, for the log; the setting ``reviewer`` when empty.
        look_only: whether it is opened for reading only.
        over: whether to take over a desk whose computer has gone away, because the user said so.

    Attributes:
        path: of its file. who: may be changed when another person sits down.
        held: who has it, when that is somebody else: then everything can be read and nothing written.
        access: ``access.refusal`` says why nothing can be written; ``None`` when everything can.
        together: several decisions, all kept or none.
        begun: what was typed for papers that are not made yet.

    Raises:
        DeskError: ``desk_missing``, ``desk_foreign``, ``desk_too_new``, ``desk_damaged``, ``desk_busy``, ``desk_full``,
            ``desk_unwritable``.
    """

    def __init__(
        self, path: Path, clock: Clock, who: str = "", *, look_only: bool = False, over: bool = False
    ) -> None:
        self.path: Final = path
        self._clock = clock
        if not path.is_file():
            raise DeskError("desk_missing", name=path.name)
        self._lock: FolderLock | None = None
        self.held: Held | None = None
        refusal = (
            DeskError("desk_unwritable", name=path.name, folder=path.parent)
            if look_only
            else self._take_lock(over=over)
        )
        try:
            super().__init__(DeskConnection(path, refusal), PackWords())
        except BaseException:
            self._release()
            raise
        self.access: Final = self._connection.access
        self.together: Final = self._connection.writing
        self.begun: Final = BegunPapers(self._connection, self._made)
        self.who = who or self.settings().get("reviewer", "")

    def _take_lock(self, *, over: bool) -> DeskError | None:
        """Why nothing may be written; ``None`` when the lock is ours."""
        lock = FolderLock(self.path.parent, self._clock, name=f"{self.path.name}.lock")
        try:
            self.held = lock.take(over=over)
        except StoreError as trouble:  # a protected disk: there is nobody to fear, and nothing to write
            code = trouble.code.replace("store_", "desk_", 1)
            return DeskError(code, name=self.path.name, folder=self.path.parent)
        if self.held is not None:
            return DeskError("desk_held", name=self.path.name, who=holder_words(self.held))
        self._lock = lock
        return None

    def _release(self) -> None:
        lock, self._lock = self._lock, None
        if lock is not None:
            lock.release()

    def close(self) -> None:
        """Fold everything into the one file, and let go of it."""
        self._connection.close()
        self._release()

    def beat(self) -> bool:
        """Touch the lock, every few minutes; ``False`` when another computer has taken over: nothing is written from then."""
        if self._lock is None or self._lock.beat():
            return True
        self.access.refusal = DeskError("desk_taken_over", name=self.path.name)
        return False

    # -- taking in -------------------------------------------------------------------------------

    def take(self, submission: Submission, *, intake: str = "", gone: Iterable[str] = ()) -> Taken:
        """Take in what was handed in.

        The first time it gets the next number; with other content it is the next round of handing in, and what changed is
        worked out; the same again changes nothing.

        Args:
            submission: as it was read.
            intake: name of the run of the intake, see :class:`pilotdesk.review.desk.taking_in.TakingIn`.
            gone: keys told before in this run whose files belong to this submission now.
        """
        words = self._words.of(submission.round, submission.form)
        known = replace(submission, key=self.known_key(submission))
        return TakingIn(self._connection, known, words, self._made(), intake=intake).take(gone)

    def known_key(self, submission: Submission) -> str:
        """The key under which a submission stands here, or is going to."""
        return known_key(self._connection, submission)

    def set_crossed(self, found: Mapping[str, Sequence[Finding]]) -> None:
        """What shows beside other submissions and lists, for all of them.

        See :func:`pilotdesk.review.beside.crossing.crossed_findings`.
        """
        with self.together() as writing:
            for row in self._connection.read_named("SELECT key, latest AS number FROM submission"):
                write_crossed(writing, row, found.get(row["key"], ()))
            note_crossed(writing, state_of(self._connection))

    def is_crossed(self) -> bool:
        """Whether everything that stands here now has been laid side by side, by this program."""
        return is_crossed(self._connection)

    # -- deciding --------------------------------------------------------------------------------

    def verdict(self, key: str, point: int, verdict: Verdict | None, why: str = "") -> bool:
        """What is said of a point in the latest round; ``None`` takes it back. Point 0 is the form of the material.

        Returns:
            Whether it is new; so does every other decision.

        Raises:
            DeskError: ``desk_gone``, ``desk_point_unknown``, and those of writing.
        """
        number, points = self._latest(key)
        if not 0 <= point <= points:
            raise DeskError("desk_point_unknown", point=point, known=points)
        content = {"verdict": verdict.value} if verdict else None
        return self._decide(Place("verdict", key, number, str(point)), content, why)

    def keep_verdicts(self, key: str, points: Collection[int]) -> int:
        """沿用: what was passed in the round before stays passed in this one, where nothing was said yet; how many."""
        number, _ = self._latest(key)
        before, now = self.verdicts(key, number - 1), self.verdicts(key, number)
        kept = [
            point
            for point, given in before.items()
            if point in points and point not in now and given.verdict is Verdict.PASSED
        ]
        with self.together():
            return sum(self.verdict(key, point, Verdict.PASSED, "沿用上次审核") for point in kept)

    def opinion(self, key: str, where: str, text: str, *, phrase: str = "") -> bool:
        """Words for the unit on the latest round.

        Args:
            key: of the submission.
            where: path of an answer, ``point:5``, or empty for the whole.
            text: empty takes away what was there.
            phrase: name of the phrase that it began with.
        """
        place = Place("opinion", key, self._latest(key)[0], where)
        content = {"text": text.strip(), "phrase": phrase} if text.strip() else None
        with self.together() as writing:
            before = content_at(self._connection, place) or {}
            is_new = self._decide(place, content)
            if (
                is_new and content and phrase and before.get("phrase") != phrase
            ):  # once, however it is worded on
                writing.execute(
                    "INSERT INTO phrase_used VALUES (?, 1) ON CONFLICT (phrase) DO UPDATE SET times = times + 1",
                    (phrase,),
                )
        return is_new

    def conclude(self, key: str, conclusion: Conclusion | None, reason: str = "") -> bool:
        """Draw a conclusion against the verdicts of the latest round; ``None`` goes back to what follows from them.

        Raises:
            DeskError: ``desk_reason_missing``, ``desk_gone``.
        """
        number, _ = self._latest(key)
        if conclusion is not None and not reason.strip():
            raise DeskError("desk_reason_missing")
        content = {"conclusion": conclusion.value, "reason": reason.strip()} if conclusion else None
        return self._decide(Place("conclusion", key, number), content, reason.strip())

    def pick(self, key: str, yes: bool, reason: str = "") -> bool:
        """Recommend a submission, after those that are; or no longer."""
        self._latest(key)
        place = Place("pick", key)
        before = content_at(self._connection, place)
        if not yes:
            return self._decide(place, None, reason)
        rank = before["rank"] if before else self._last_rank() + 1
        kept = reason or (before["reason"] if before else "")
        return self._decide(place, {"rank": rank, "reason": kept}, reason)

    def rank(self, keys: Sequence[str], reason: str = "") -> bool:
        """Put these picks first, in this order; the others follow as they were.

        Raises:
            DeskError: ``desk_not_picked``.
        """
        picked = [pick.key for pick in self.picks()]
        wanted = list(dict.fromkeys(keys))
        if not set(wanted) <= set(picked):
            raise DeskError("desk_not_picked")
        order = [*wanted, *(key for key in picked if key not in wanted)]
        merged = [key for key in content_at(self._connection, Place(RANKING)) or {} if key not in picked]
        ranks = {key: at for at, key in enumerate([*order, *merged], 1)}
        return self._decide(Place(RANKING), ranks, reason)

    def returned(self, key: str, slip: str, wanted: int, due: date | None = None, *, number: int = 0) -> bool:
        """Note that a return slip went out.

        Args:
            key: of the submission.
            slip: number of the slip, in words.
            wanted: how many things it asks to mend.
            due: until when; ``None`` for no date.
            number: of the round of handing in that it speaks of; 0 for the latest.
        """
        place = Place("returned", key, number or self._latest(key)[0], slip)
        return self._decide(place, {"wanted": wanted, "due": due.isoformat() if due else ""})

    def send_back(self, key: str, name: str, slip: ReturnSlip) -> bool:
        """Note that a return slip went out, and keep what it says: it can be given out again, word for word.

        Args:
            key: of the submission.
            name: number of the slip, in words.
            slip: what it says.
        """
        content = json.dumps(slip_to_json(slip), ensure_ascii=False)
        number = slip.handing  # another round may have come in while it was written
        with self.together() as writing:
            writing.execute("INSERT OR REPLACE INTO slip VALUES (?, ?, ?, ?)", (key, number, name, content))
            return self.returned(key, name, len(slip.lines), slip.due, number=number)

    def set_setting(self, name: str, value: str) -> bool:
        """Change a setting."""
        return self._decide(Place("setting", place=name), {"value": value})

    def undo(self) -> LogEntry:
        """Take back the last decision that still stands; what was taken in stays.

        Returns:
            The entry of the log that was taken back.

        Raises:
            DeskError: ``desk_nothing_to_undo``.
        """
        return undo(self._connection, self._made())

    def set_former_pilots(self, pilots: Iterable[FormerPilot], source: str = "") -> int:
        """Put a list in the place of the one before.

        Args:
            pilots: the list.
            source: name of the file that it comes from, for the log.

        Returns:
            How many there are.
        """
        listed = [
            (at, one.unit, "\n".join(one.earlier), one.uscc, one.project, one.year, one.result, one.place)
            for at, one in enumerate(pilots, 1)
        ]
        made = self._made()
        with self.together() as writing:
            before = writing.execute("SELECT count(*) FROM former_pilot").fetchone()[0]
            writing.execute("DELETE FROM former_pilot")
            writing.executemany("INSERT INTO former_pilot VALUES (?,?,?,?,?,?,?,?)", listed)
            entry = LogEntry(
                seq=0, at=made.at, who=made.who, what="former", key="", number=0, place=source,
                before=str(before) if before else NOTHING, after=str(len(listed)), why="", undoes=0,
            )  # fmt: skip
            append(writing, entry)
        return len(listed)

    def taker(self) -> Taker:
        """Takes in from another thread."""
        return Taker(self.path, self.access, self._made)

    # -- inside ----------------------------------------------------------------------------------

    def _made(self, why: str = "") -> Made:
        return Made(self._clock.stamp(), self.who, why)

    def _decide(self, place: Place, content: dict[str, Any] | None, why: str = "") -> bool:
        return decide(self._connection, place, content, self._made(why))

    def _last_rank(self) -> int:
        return int(self._connection.read("SELECT coalesce(max(rank), 0) FROM pick")[0][0])


def holder_words(held: Held) -> str:
    """Who has a desk, in words: ``“KEYUAN-3”``."""
    holder = held.holder
    if holder is None:
        return "另一个 PilotDesk "
    if held.grip is Grip.HELD and (holder.host, holder.machine) == this_machine():
        return "这台电脑上的另一个窗口"
    return f"“{holder.host}”"
