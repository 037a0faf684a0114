"""A Word file of somebody else, filled in by hand: what stands beside the labels that we know."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pilotdesk.record import Record

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from pilotdesk.review.intake.records import Kept


class ByLabels(Record, frozen=True, kw_only=True):
    """What was read.

    Attributes:
        round, form, form_version: which form the labels are of.
        uscc, unit, title: whose it is; empty where that was not found.
        filled: answers read. asked: answers of the form that a print has.
        kept: the answers.
    """

    round: str
    form: str
    form_version: int
    uscc: str
    unit: str
    title: str
    filled: int
    asked: int
    kept: Kept


def read_labels(path: Path, place: str, today: date) -> ByLabels | None:
    """Read a Word file by its labels; ``None`` when it is no application, but something that came along."""
    del path, place, today
    return None
