"""What was typed for the desk's papers and is not in a file of its own yet: kept beside the decisions, no decision itself.

It is neither in the log nor among the settings. A desk's file that was made before there was a place for it is as good as any
other: it has the place from the first words on, and a program that does not know it goes on working with that file.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from pilotdesk.record import Record
from pilotdesk.review.desk.schema import BEGUN

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pilotdesk.review.desk.connection import DeskConnection
    from pilotdesk.review.desk.deciding import Made

ASIDE: Final = "/aside"
"""Ends the name of what was put aside when a paper was begun afresh."""


class Begun(Record, frozen=True):
    """What was typed for a paper: name of the line to its text; ``at`` is the UTC stamp of the last change, ``who`` made it."""

    typed: Mapping[str, str]
    at: str
    who: str


class BegunPapers:
    """The papers of a desk that were begun.

    Args:
        connection: to its file.
        made: who writes, and when.
    """

    def __init__(self, connection: DeskConnection, made: Callable[[], Made]) -> None:
        self._connection = connection
        self._made = made

    def of(self, paper: str) -> Begun | None:
        """What was typed for a paper; ``None`` for nothing.

        Args:
            paper: its name, such as ``letter``.

        Raises:
            DeskError: ``desk_damaged``, ``desk_busy``.
        """
        if not self._connection.read("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'begun'"):
            return None
        rows = self._connection.read("SELECT typed, at, who FROM begun WHERE paper = ?", (paper,))
        with self._connection.making():
            return next(
                (
                    Begun({name: str(text) for name, text in json.loads(typed).items()}, at, who)
                    for typed, at, who in rows
                ),
                None,
            )

    def keep(self, paper: str, typed: Mapping[str, str]) -> bool:
        """Keep what was typed for a paper, in the place of what was kept of it; nothing typed is nothing kept.

        Returns:
            Whether there is something now.

        Raises:
            DeskError: the reason not to write, ``desk_full``, ``desk_unwritable``, ``desk_busy``, ``desk_damaged``.
        """
        made = self._made()
        with self._connection.writing() as writing:
            writing.execute(f"CREATE TABLE IF NOT EXISTS {BEGUN}")
            if typed:
                content = json.dumps(dict(typed), ensure_ascii=False)
                writing.execute(
                    "INSERT OR REPLACE INTO begun VALUES (?, ?, ?, ?)", (paper, content, made.at, made.who)
                )
            else:
                writing.execute("DELETE FROM begun WHERE paper = ?", (paper,))
        return bool(typed)
