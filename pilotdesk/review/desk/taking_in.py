"""Taking a submission in: the first time, again with other content, or with more files than before."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from pilotdesk.drafts.stored_json import values_of_text
from pilotdesk.review.desk import stored_submission as stored
from pilotdesk.review.desk.joined import with_what_came_before
from pilotdesk.review.desk.log_table import NOTHING, append
from pilotdesk.review.desk.records import LogEntry, Outcome, Taken
from pilotdesk.review.desk.rounds_compared import changes
from pilotdesk.review.desk.schema import RUNNING

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable

    from pilotdesk.review.desk.connection import DeskConnection
    from pilotdesk.review.desk.deciding import Made
    from pilotdesk.review.desk.pack_words import FormWords
    from pilotdesk.review.desk.records import Changed
    from pilotdesk.review.records import Submission

Header = dict[str, Any]


class TakingIn:
    """One submission on its way into the file.

    Args:
        connection: to the desk's file.
        submission: what was handed in; under the key by which the desk knows it, see :mod:`pilotdesk.review.desk.known`.
        words: of its form.
        made: by whom, and when.
        intake: name of the run of the intake that it comes from; as long as that goes on, the same key again is the same
            round of handing in, which grew. Empty for one that comes alone.
    """

    def __init__(
        self, connection: DeskConnection, submission: Submission, words: FormWords, made: Made, *, intake: str
    ) -> None:
        self._connection = connection
        self._submission = submission = with_what_came_before(connection, submission, intake)
        self._words = words
        self._made = made
        self._intake = intake
        self._answers = stored.answers_text(submission.values)
        self._material = stored.material_of(submission)

    def take(self, gone: Iterable[str] = ()) -> Taken:
        """Write it, in one transaction.

        Args:
            gone: keys of this intake whose files belong to this submission now.

        Raises:
            DeskError: see :class:`pilotdesk.review.desk.connection.DeskConnection`.
        """
        with self._connection.writing() as writing:
            rounds = self._rounds()
            taken = self._outcome(rounds)
            self._merge(writing, gone)
            if taken.outcome in {Outcome.SAME, Outcome.EARLIER}:
                self._show_again(writing)
                return taken
            latest = rounds[-1] if rounds else None
            if taken.outcome is Outcome.GREW and latest is not None:
                self._grow(writing, latest)
            else:
                self._begin(writing, taken.number)
                self._write(writing, taken.number, self._submission.code)
            self._log(writing, taken, latest)
            return taken

    def expected(self) -> Outcome:
        """What :meth:`take` would make of it now; nothing is written.

        Raises:
            DeskError: the file cannot be read.
        """
        return self._outcome(self._rounds()).outcome

    def _rounds(self) -> list[Header]:
        return self._connection.read_named(
            "SELECT number, at, who, code, source, revision, h.intake, changed, material, answers"
            " FROM handed_in h JOIN answers USING (key, number) WHERE key = ? ORDER BY number",
            (self._submission.key,),
        )

    def _outcome(self, rounds: list[Header]) -> Taken:
        if not rounds:
            return Taken(Outcome.NEW, 1)
        latest = rounds[-1]
        number = int(latest["number"])
        if self._is_growing(latest) or self._is_same(latest):
            unchanged = latest["material"] == self._material and self._is_same(latest)
            return Taken(Outcome.SAME if unchanged else Outcome.GREW, number)
        for one in rounds:
            if self._is_same(one) and one["revision"] == self._submission.revision:
                return Taken(Outcome.EARLIER, int(one["number"]))
        return Taken(Outcome.NEXT, number + 1)

    def _is_growing(self, one: Header) -> bool:
        return bool(self._intake) and one["intake"] == self._intake

    def _is_same(self, one: Header) -> bool:
        """By the 校验码, which counts what is printed; without one by the answers."""
        if one["code"] and self._submission.code:
            return bool(one["code"] == self._submission.code)
        return bool(one["answers"] == self._answers)

    def _begin(self, writing: sqlite3.Connection, number: int) -> None:
        self._name_running(writing)
        writing.execute(
            "INSERT INTO submission (key, number, latest) VALUES (?, (SELECT coalesce(max(number), 0) + 1 FROM submission), ?)"
            " ON CONFLICT (key) DO UPDATE SET latest = excluded.latest, merged_into = ''",
            (self._submission.key, number),
        )
        writing.executemany(
            "INSERT OR REPLACE INTO review_point VALUES (?, ?, ?)",
            [(self._submission.form, at, label) for at, label in enumerate(self._words.points, 1)],
        )

    def _name_running(self, writing: sqlite3.Connection) -> None:
        """Let answers of this intake be replaced; it may go on with what one before it began."""
        if self._intake:
            writing.execute("INSERT OR REPLACE INTO setting VALUES (?, ?)", (RUNNING, self._intake))

    def _grow(self, writing: sqlite3.Connection, latest: Header) -> None:
        """More files of a round that is there; answers stay as they were read, unless its intake still goes on."""
        number = int(latest["number"])
        self._show_again(writing)
        if self._is_growing(latest) and latest["answers"] != self._answers:
            self._name_running(writing)
            writing.execute(
                "DELETE FROM answers WHERE key = ? AND number = ?", (self._submission.key, number)
            )
            writing.execute(
                "DELETE FROM changed WHERE key = ? AND number = ?", (self._submission.key, number)
            )
            self._write(writing, number, self._submission.code)
            return
        kept = {name: latest[name] for name in ("at", "who", "code", "source", "intake", "changed")}
        self._write_header(writing, number, **kept)
        stored.write_material(writing, number, self._submission)

    def _write(self, writing: sqlite3.Connection, number: int, code: str) -> None:
        key = self._submission.key
        found = self._changes(number) if number > 1 else ()
        self._write_header(
            writing,
            number,
            code=code,
            intake=self._intake,
            changed=len(found),
            at=self._made.at,
            who=self._made.who,
        )
        seal = stored.seal_of(key, number, code, self._answers)
        writing.execute(
            "INSERT INTO answers VALUES (?,?,?,?,?)", (key, number, self._intake, self._answers, seal)
        )
        stored.write_material(writing, number, self._submission)
        writing.executemany(
            "INSERT INTO changed VALUES (?,?,?,?,?,?,?)",
            [
                tuple(map(stored.storable, (key, number, at, one.path, one.label, one.before, one.after)))
                for at, one in enumerate(found)
            ],
        )

    def _write_header(self, writing: sqlite3.Connection, number: int, **kept: object) -> None:
        own = {
            "key": self._submission.key, "number": number, "points": len(self._words.points), "material": self._material,
            "pack_digest": self._words.pack.digest if self._words.pack else "",
        }  # fmt: skip
        stored.write_header(writing, {**stored.header_of(self._submission), **own, **kept})

    def _changes(self, number: int) -> tuple[Changed, ...]:
        """What is other than in the round before."""
        before = self._connection.read(
            "SELECT answers FROM answers WHERE key = ? AND number = ?", (self._submission.key, number - 1)
        )
        with self._connection.making():
            was = values_of_text(before[0][0]) if before else {}
        return changes(was, self._submission.values, self._words.form)

    def _show_again(self, writing: sqlite3.Connection) -> None:
        writing.execute("UPDATE submission SET merged_into = '' WHERE key = ?", (self._submission.key,))

    def _merge(self, writing: sqlite3.Connection, gone: Iterable[str]) -> None:
        for key in gone:
            if key == self._submission.key:
                continue
            done = writing.execute(
                "UPDATE submission SET merged_into = ? WHERE key = ? AND merged_into = ''",
                (self._submission.key, key),
            )
            if done.rowcount:
                self._append(writing, key, 0, NOTHING, {"merged_into": self._submission.key})

    def _log(self, writing: sqlite3.Connection, taken: Taken, latest: Header | None) -> None:
        before = json.dumps({"number": latest["number"], "code": latest["code"]}) if latest else NOTHING
        after = {
            "number": taken.number, "code": self._submission.code, "outcome": taken.outcome.value,
            "files": len(self._submission.files),
        }  # fmt: skip
        self._append(writing, self._submission.key, taken.number, before, after)

    def _append(self, writing: sqlite3.Connection, key: str, number: int, before: str, after: Header) -> None:
        entry = LogEntry(
            seq=0, at=self._made.at, who=self._made.who, what="take", key=key, number=number, place="", before=before,
            after=json.dumps(after), why="", undoes=0,
        )  # fmt: skip
        append(writing, entry)
