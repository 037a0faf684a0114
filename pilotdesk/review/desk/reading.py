"""What is read from the desk: the lines of its table, everything of one submission, picks, log and lists."""

from __future__ import annotations

import json
import re
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Final

from pilotdesk.drafts.returned import slip_from_json
from pilotdesk.errors import DeskError
from pilotdesk.review.desk.log_table import entries
from pilotdesk.review.desk.records import (
    Changed,
    Conclusion,
    DeskRow,
    Dossier,
    Given,
    HandedIn,
    LogEntry,
    Opinion,
    Override,
    Pick,
    Returned,
    Verdict,
)
from pilotdesk.review.desk.schema import CROSSED, RUNNING
from pilotdesk.review.desk.stored_submission import facts_from, findings_of_round, read_submission, seal_of
from pilotdesk.review.desk.views import PEOPLES
from pilotdesk.review.records import Agreement, Kind

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Mapping
    from pathlib import Path

    from pilotdesk.drafts.returned import ReturnSlip
    from pilotdesk.forms.round import Round
    from pilotdesk.review.beside.former import FormerPilot
    from pilotdesk.review.desk.connection import DeskConnection
    from pilotdesk.review.desk.pack_words import PackWords
    from pilotdesk.review.records import Submission

UPLOAD: Final = "upload"
"""Deadline of a round by which everything is in the national system."""

_OLDER: Final = {
    "desk_package_older": Kind.PILOT,
    "desk_word_older": Kind.WORD,
    "desk_pdf_older": Kind.PDF,
}
"""Which file is of an earlier version, by the code of what was found."""

_GIVEN: Final = re.compile(r"(\d+)([a-z]+)")
_PLAIN: Final = (
    "key", "form", "form_version", "project", "code", "revision", "filled", "asked", "must", "ask", "hint",
    "attachments", "points", "rank", "returned", "changed",
)  # fmt: skip


class DeskReading:
    """The reading side of the desk.

    Args:
        connection: to its file.
        words: of the packs.
    """

    def __init__(self, connection: DeskConnection, words: PackWords) -> None:
        self._connection = connection
        self._words = words

    # -- the table -------------------------------------------------------------------------------

    def rows(self) -> tuple[DeskRow, ...]:
        """A line for every submission, by their numbers; one query."""
        return tuple(self._lines(""))

    def row(self, key: str) -> DeskRow:
        """The line of one submission.

        Raises:
            DeskError: ``desk_gone``.
        """
        for found in self._lines(key):
            return found
        raise DeskError("desk_gone")

    def picks(self) -> tuple[Pick, ...]:
        """What is recommended, in its order; key and field of each are what the quota asks for."""
        rows = self._connection.read(
            "SELECT p.key, h.field, p.reason FROM pick p JOIN submission s ON s.key = p.key AND s.merged_into = ''"
            " JOIN handed_in h ON h.key = s.key AND h.number = s.latest ORDER BY p.rank, p.key"
        )
        return tuple(Pick(key, field, at, reason) for at, (key, field, reason) in enumerate(rows, 1))

    # -- one submission --------------------------------------------------------------------------

    def one(self, key: str) -> Dossier:
        """Everything of one submission.

        Raises:
            DeskError: ``desk_gone``, ``desk_damaged``.
        """
        row = self.row(key)
        with self._connection.making():
            override = self._connection.read(
                "SELECT conclusion, reason, at, who FROM conclusion WHERE key = ? AND number = ?",
                (key, row.handed),
            )
            return Dossier(
                row=row,
                submission=self.submission(key),
                crossed=findings_of_round(self._connection, (key, row.handed), crossed=True),
                point_labels=self._labels(row.form),
                verdicts=self.verdicts(key, row.handed),
                earlier=self.verdicts(key, row.handed - 1),
                opinions=self.opinions(key),
                override=next((Override(Conclusion(one[0]), *one[1:]) for one in override), None),
                pick=next((pick for pick in self.picks() if pick.key == key), None),
                returned=self.returned_slips(key),
                history=tuple(self._history(key)),
            )

    def submission(self, key: str, number: int = 0) -> Submission:
        """What was handed in.

        Args:
            key: of the submission.
            number: of the round of handing in; 0 for the latest.

        Raises:
            DeskError: ``desk_gone``, ``desk_damaged``.
        """
        header = self._header(key, number)
        return read_submission(self._connection, header)

    def submissions(self) -> Iterator[Submission]:
        """The latest round of every submission, by their numbers; read one by one."""
        for header in self._connection.read_named(
            "SELECT h.* FROM submission s JOIN handed_in h ON h.key = s.key AND h.number = s.latest"
            " WHERE s.merged_into = '' ORDER BY s.number"
        ):
            yield read_submission(self._connection, header)

    def verdicts(self, key: str, number: int) -> Mapping[int, Given]:
        """The verdicts of a round of handing in, by point."""
        rows = self._connection.read(
            "SELECT point, verdict, at, who FROM verdict WHERE key = ? AND number = ? ORDER BY point",
            (key, number),
        )
        with self._connection.making():
            return {point: Given(Verdict(verdict), at, who) for point, verdict, at, who in rows}

    def opinions(self, key: str) -> tuple[Opinion, ...]:
        """All opinions on a submission, oldest round first; in a round by place."""
        rows = self._connection.read(
            "SELECT number, place, text, phrase, at, who FROM opinion WHERE key = ? ORDER BY number, place",
            (key,),
        )
        return tuple(Opinion(*row) for row in rows)

    def returned_slips(self, key: str) -> tuple[Returned, ...]:
        """The return slips of a submission, oldest first."""
        rows = self._connection.read(
            "SELECT number, slip, wanted, due, at, who FROM returned WHERE key = ? ORDER BY number, at, slip",
            (key,),
        )
        with self._connection.making():
            return tuple(
                Returned(number, slip, wanted, date.fromisoformat(due) if due else None, at, who)
                for number, slip, wanted, due, at, who in rows
            )

    def slip(self, key: str, name: str) -> ReturnSlip | None:
        """What a return slip said; ``None`` when it was only noted that one went out.

        Args:
            key: of the submission.
            name: number of the slip, in words.
        """
        rows = self._connection.read(
            "SELECT content FROM slip WHERE key = ? AND slip = ? ORDER BY number DESC", (key, name)
        )
        with self._connection.making():
            return slip_from_json(json.loads(rows[0][0])) if rows else None

    def untouched(self, key: str) -> bool:
        """Whether the answers of the latest round are what the unit handed in.

        Their seal is worked out anew; and for a package, while the form is the one it was judged by, its 校验码 as well.

        Raises:
            DeskError: ``desk_gone``.
        """
        header = self._header(key, 0)
        stored = self._connection.read(
            "SELECT answers, seal FROM answers WHERE key = ? AND number = ?", (key, header["number"])
        )
        if not stored or seal_of(key, header["number"], header["code"], stored[0][0]) != stored[0][1]:
            return False
        words = self._words.of(header["round"], header["form"])
        if words.pack is None or words.form is None or words.pack.digest != header["pack_digest"]:
            return True
        if header["source"] != Kind.PILOT.value or not header["code"]:
            return True
        from pilotdesk.review.checking.check_again import code_again

        with self._connection.making():
            received_on = datetime.fromisoformat(header["at"]).astimezone().date()
            code = code_again(words.pack, words.form, self.submission(key).values, received_on)
        return code == str(header["code"])

    # -- of the whole desk -----------------------------------------------------------------------

    def log(self, key: str = "") -> tuple[LogEntry, ...]:
        """What was done, oldest first; of one submission, or with an empty key everything."""
        return entries(self._connection, key)

    def settings(self) -> Mapping[str, str]:
        """Names and values; those of :data:`pilotdesk.review.desk.file.SETTINGS` are always there."""
        return dict(
            self._connection.read(
                "SELECT name, value FROM setting WHERE name NOT IN (?, ?) ORDER BY name", (RUNNING, CROSSED)
            )
        )

    def former_pilots(self) -> tuple[FormerPilot, ...]:
        """The list of those that have had a pilot, in its order."""
        from pilotdesk.review.beside.former import FormerPilot

        columns = FormerPilot.__struct_fields__
        rows = self._connection.read_named(f"SELECT {', '.join(columns)} FROM former_pilot ORDER BY position")  # noqa: S608
        return tuple(FormerPilot(**{**row, "earlier": tuple(row["earlier"].splitlines())}) for row in rows)

    def last_day(self, round_: Round, today: date) -> date | None:
        """The day by which submissions have to be here; ``None`` when this desk cannot say what came later.

        A desk where the first thing is taken in after that day knows nothing of when units handed in.

        Args:
            round_: has its deadlines.
            today: on which something is to be taken in.
        """
        last = next((one.day for one in round_.deadline if one.name == UPLOAD), None)
        (first,) = self._connection.read("SELECT min(at) FROM handed_in")[0]
        began = datetime.fromisoformat(first).astimezone().date() if first else today
        return last if last and began <= last else None

    def phrases_used(self) -> Mapping[str, int]:
        """How often each phrase was used here, so that the usual ones can be offered first."""
        return dict(
            self._connection.read("SELECT phrase, times FROM phrase_used ORDER BY times DESC, phrase")
        )

    def view(self, name: str) -> tuple[tuple[str, ...], list[tuple[Any, ...]]]:
        """Heads and rows of one of :data:`pilotdesk.review.desk.views.PEOPLES`.

        Raises:
            ValueError: there is no such view.
        """
        if name not in PEOPLES:
            raise ValueError(f"no view {name!r}")
        heads = tuple(told for _, told, *_ in self._connection.read(f"PRAGMA table_info({name})"))
        return heads, self._connection.read(f"SELECT * FROM {name}")  # noqa: S608

    def copy_to(self, target: Path) -> None:
        """A copy of the whole desk in one file, to keep or to hand on.

        Raises:
            DeskError: ``desk_full``, ``desk_unwritable``, ``desk_busy``, ``desk_damaged``.
        """
        self._connection.copy_to(target)

    # -- inside ----------------------------------------------------------------------------------

    def _latest(self, key: str) -> tuple[int, int]:
        """The latest round of a submission, and how many review points its form has.

        Raises:
            DeskError: ``desk_gone``.
        """
        rows = self._connection.read(
            "SELECT h.number, h.points FROM submission s JOIN handed_in h ON h.key = s.key AND h.number = s.latest"
            " WHERE s.key = ? AND s.merged_into = ''",
            (key,),
        )
        if not rows:
            raise DeskError("desk_gone")
        return int(rows[0][0]), int(rows[0][1])

    def _header(self, key: str, number: int) -> dict[str, Any]:
        rows = self._connection.read_named(
            "SELECT h.* FROM handed_in h JOIN submission s ON s.key = h.key"
            " WHERE h.key = ? AND h.number = CASE ? WHEN 0 THEN s.latest ELSE ? END",
            (key, number, number),
        )
        if not rows:
            raise DeskError("desk_gone")
        return rows[0]

    def _labels(self, form: str) -> tuple[str, ...]:
        rows = self._connection.read("SELECT label FROM review_point WHERE form = ? ORDER BY number", (form,))
        return tuple(label for (label,) in rows)

    def _lines(self, key: str) -> Iterator[DeskRow]:
        where = "WHERE key = ?" if key else "ORDER BY place"
        rows = self._connection.read_named(f"SELECT * FROM standing {where}", (key,) if key else ())  # noqa: S608
        with self._connection.making():
            older = self._older(key)
            yield from [_line(row, older.get(row["key"], set())) for row in rows]

    def _older(self, key: str) -> Mapping[str, set[str]]:
        """What was found of files of an earlier version, of the latest round of one submission or of all: key to codes."""
        found: dict[str, set[str]] = {}
        codes = ", ".join(f"'{code}'" for code in _OLDER)
        for one, code in self._connection.read(
            "SELECT h.key, f.code FROM submission s JOIN handed_in h ON h.key = s.key AND h.number = s.latest"  # noqa: S608
            " JOIN finding f ON f.key = h.key AND f.number = h.number"
            f" WHERE h.agreement = '{Agreement.OLDER.value}' AND f.code IN ({codes}) AND ? IN ('', h.key)",
            (key,),
        ):
            found.setdefault(one, set()).add(code)
        return found

    def _history(self, key: str) -> Iterator[HandedIn]:
        changed: dict[int, list[Changed]] = {}
        for number, *rest in self._connection.read(
            "SELECT number, path, label, before, after FROM changed WHERE key = ? ORDER BY number, position",
            (key,),
        ):
            changed.setdefault(number, []).append(Changed(*rest))
        for number, at, who, code, revision, source in self._connection.read(
            "SELECT number, at, who, code, revision, source FROM handed_in WHERE key = ? ORDER BY number",
            (key,),
        ):
            yield HandedIn(
                number=number, at=at, who=who, code=code, revision=revision, source=Kind(source),
                changed=tuple(changed.get(number, ())),
            )  # fmt: skip


def _line(row: Mapping[str, Any], older: Container[str]) -> DeskRow:
    return DeskRow(
        **{name: row[name] for name in _PLAIN},
        number=row["place"],
        handed=row["number"],
        taken_at=row["at"],
        facts=facts_from(row),
        source=Kind(row["source"]),
        practice=bool(row["practice"]),
        agreement=Agreement(row["agreement"]),
        older=tuple(kind for code, kind in _OLDER.items() if code in older),
        missing_attachments=tuple(row["missing_attachments"].splitlines()),
        verdicts={int(point): Verdict(verdict) for point, verdict in sorted(_GIVEN.findall(row["verdicts"]))},
        conclusion=Conclusion(row["conclusion"]),
        overridden=bool(row["overridden"]),
        due=date.fromisoformat(row["due"]) if row["due"] else None,
    )
