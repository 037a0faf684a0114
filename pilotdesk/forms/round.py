"""The typed form of ``round.toml``: what the notice of one year sets for every form of the pack."""

from __future__ import annotations

from datetime import date

import msgspec


class Entry(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Base of everything that is read from a pack."""


class Direction(Entry, frozen=True, kw_only=True):
    """One direction of a pilot field; ``group`` keeps the two lists of 消费品 apart, ``hint`` is what a bracket adds."""

    name: str
    label: str
    group: str = ""
    hint: str = ""


class PilotField(Entry, frozen=True, kw_only=True):
    """领域: one field of the notice's annex, with its directions.

    Attributes:
        code: F1…F6, Z1, Z2. special: whether it has a quota of its own. quota: projects a province may recommend.
        scope: the annex's sentence. boundary: advice where fields touch.
    """

    code: str
    label: str
    special: bool = False
    quota: int
    scope: str
    boundary: str = ""
    open_ended: bool = False
    direction: tuple[Direction, ...]
    source: tuple[str, ...]


class Submitter(Entry, frozen=True, kw_only=True):
    """推荐单位: provincial authority. ``province`` is the GB/T 2260 code, ``XPCC`` for the 兵团."""

    code: str
    label: str
    province: str


class Activity(Entry, frozen=True, kw_only=True):
    """One of the six standardization activities, in the notice's order."""

    name: str
    label: str
    hint: str = ""


class ReviewPoint(Entry, frozen=True, kw_only=True):
    """One of the six points a province must check; ``evidence`` are field names of the application."""

    name: str
    label: str
    ask: str
    evidence: tuple[str, ...] = ()


class Deadline(Entry, frozen=True, kw_only=True):
    """A date of the round's calendar. ``day`` is ``None`` where the notice gives none."""

    name: str
    label: str
    day: date | None = None
    source: tuple[str, ...]


class KitRules(Entry, frozen=True, kw_only=True):
    """上报材料包: names and limits of what is uploaded.

    Attributes:
        folder, file: names without their ending; ``{province} {field} {unit} {project} {form} {material} {number} {day}``
            are filled in, and a part that is not known goes with its ``_``.
        largest_file_mb, largest_total_mb: what the system takes; 0 where nobody knows, and nothing is refused then.
        kinds: endings that the system takes; none where nobody knows.
        by_hand: what has to be done outside the program, for the checklist.
    """

    folder: str = "{province}_{field}_{unit}_{form}_{day}"
    file: str = "{number}_{material}"
    largest_file_mb: int = 0
    largest_total_mb: int = 0
    kinds: tuple[str, ...] = ()
    by_hand: tuple[str, ...] = ()
    source: tuple[str, ...] = ("inferred",)


class Round(Entry, frozen=True, kw_only=True):
    """``round.toml``. ``cycle`` are the first and last month of the build period, ``YYYY-MM``."""

    name: str
    title: str
    notice_title: str
    notice_number: str
    issued: date
    system_name: str
    system_address: str
    cycle: tuple[str, str]
    quota_total: int
    quota_special: int
    deadline: tuple[Deadline, ...]
    pilot_field: tuple[PilotField, ...]
    submitter: tuple[Submitter, ...]
    activity: tuple[Activity, ...]
    review_point: tuple[ReviewPoint, ...]
    kit: KitRules = KitRules()
