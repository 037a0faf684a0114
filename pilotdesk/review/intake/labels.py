"""A Word file of somebody else, filled in by hand: what stands beside the labels that we know.

Only labels that are known word for word count, for what is read here is held against a unit. Labels that were found
without an answer are told from those that were not there at all: the one is missing, of the other nobody knows.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

from pilotdesk.documents.filling.words import Words
from pilotdesk.documents.opened import OpenedDocx
from pilotdesk.forms.aliases import read_aliases
from pilotdesk.forms.installed import current_folder, current_pack, rounds
from pilotdesk.record import Record
from pilotdesk.review.checking.carried_form import has_answer, is_printed
from pilotdesk.review.checking.facts import facts_of
from pilotdesk.review.intake.label_reading import LabelReading
from pilotdesk.review.intake.label_values import values_beside
from pilotdesk.review.intake.packs import sheet_for
from pilotdesk.review.intake.records import Kept

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pilotdesk.forms.model import Form

LEAST: Final = 6
"""Answers from which a file is one of these forms; rules and reports of a unit have a few words of ours too."""


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


def read_labels(path: Path) -> ByLabels | None:
    """Read a Word file by its labels; ``None`` when it is no form of ours, but something that came along.

    Raises:
        PackageError: those of :meth:`pilotdesk.documents.opened.OpenedDocx.open`.
        PackError: the pack cannot be read.
    """
    opened = OpenedDocx.open(path)
    round_name = rounds()[-1]
    best: ByLabels | None = None
    for name in current_pack(round_name).forms:
        read = _as_form(opened, round_name, name)
        if read is not None and (best is None or read.filled > best.filled):
            best = read
    return best


@cache
def _words(folder: Path, round_name: str, form_name: str) -> Words:
    """Remembered by the folder: an update brings another one while the program runs."""
    return Words(current_pack(round_name).forms[form_name], read_aliases(folder, form_name))


def _as_form(opened: OpenedDocx, round_name: str, form_name: str) -> ByLabels | None:
    words = _words(current_folder(round_name), round_name, form_name)
    form = words.form
    reading = LabelReading(words, opened)
    if form.head.unit_name not in reading.texts and form.head.project_name not in reading.texts:
        return None
    values = values_beside(words, reading)
    fields = [field for field in form.fields.values() if is_printed(field)]
    filled = sum(has_answer(field, values) for field in fields)
    if filled < min(LEAST, len(fields)):
        return None
    facts = facts_of(form, sheet_for(round_name, form_name), values)
    kept = Kept(
        values=values, accepted={}, printed={}, documents=(), unread=tuple(sorted(_unread(form, reading)))
    )  # fmt: skip
    return ByLabels(
        round=round_name, form=form_name, form_version=form.head.version, uscc=facts.uscc, unit=facts.unit,
        title=facts.title, filled=filled, asked=len(fields), kept=kept,
    )  # fmt: skip


def _unread(form: Form, reading: LabelReading) -> Iterator[str]:
    """Answers that had no place in the file: names, ``person.part``, ``table.column``."""
    for field in form.fields.values():
        if field.parts:
            paths = [f"{field.name}.{part.name}" for part in field.parts]
            gone = [path for path in paths if path not in reading.texts]
            yield from [field.name] if len(gone) == len(paths) else gone
        elif field.type == "table":
            columns = reading.columns.get(field.name)
            if columns is None:
                yield field.name
            else:
                yield from (f"{field.name}.{one.name}" for one in field.columns if one.name not in columns)
        elif field.name not in reading.texts:
            yield field.name
