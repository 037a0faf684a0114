"""What ``forms/<round>/review.toml`` may say: how the province looks at what a unit handed in.

::

    [limits]
    credit_days = 30
    source = ["inferred"]

    [[sheet]]
    forms = ["application"]
    not_from_print = ["existing_by_level"]

    [sheet.facts]
    title = ["project_name"]

    [sheet.material]
    steps = ["cover"]

    [[sheet.point]]
    name = "credit"
    groups = ["credit"]
    line = [{ test = "filled(credit_queries)", say = "两网查询 {earliest(credit_queries.queried_on)}" }]

A *point* is one of the six review points of the notice. What belongs to it is named in four ways, the nearest counts:
a check by its name, a column by its path, a field, its group, its step. What belongs to no point is the form of the
material. So every check and every answer belongs to exactly one of them.

The file is read when somebody reviews, and by the lint; never at start. It is no part of the pack's digest.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pilotdesk.errors import PackError
from pilotdesk.forms.loader import REVIEW_FILE, broken_pack
from pilotdesk.forms.model import SeverityName
from pilotdesk.forms.reader import PackFile, read_file
from pilotdesk.forms.round import Entry

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from pilotdesk.forms.mistakes import Mistake


class Belongings(Entry, frozen=True, kw_only=True):
    """What belongs to a point: names of steps, groups and checks; fields by name, columns as ``table.column``."""

    steps: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    checks: tuple[str, ...] = ()


class Clause(Entry, frozen=True, kw_only=True):
    """A piece of the line that a point is shown with.

    Attributes:
        say: Chinese; ``{expression}`` inside is replaced by its printed value.
        test: the piece is shown only where this holds; unknown does not. Empty: always.
    """

    say: str
    test: str = ""


class Point(Belongings, frozen=True, kw_only=True):
    """One review point, numbered in its order from 1.

    Attributes:
        name: of a review point of the round, or another one. label: its own; empty: that of the round.
        ask: what to look at, one question each.
        line: pieces, joined by ``，``.
    """

    name: str
    label: str = ""
    ask: tuple[str, ...] = ()
    line: tuple[Clause, ...] = ()
    source: tuple[str, ...]


class Phrase(Entry, frozen=True, kw_only=True):
    """A sentence that reviewers write again and again.

    Attributes:
        point: name of the review point; empty: of any. name: two to six characters to find it by.
        text: ``{number} {label} {row}`` are those of the answer it is said of; a piece between commas goes with what is
            not known.
    """

    point: str = ""
    name: str
    text: str


class ExpectedAttachment(Entry, frozen=True, kw_only=True):
    """An attachment that a submission has.

    Attributes:
        field: the attachment field; the attachment is expected as long as it is relevant.
        words: one of them stands in the name of such a file, where it lies beside.
    """

    field: str
    words: tuple[str, ...]
    severity: SeverityName = "warning"
    source: tuple[str, ...]


class FactPlaces(Entry, frozen=True, kw_only=True):
    """For every fact of a submission the paths it is read from: ``contact.mobile``, ``participating_units.name``.

    The first path with an answer counts. Attributes are named after those of the desk's facts.
    """

    title: tuple[str, ...] = ()
    unit: tuple[str, ...] = ()
    uscc: tuple[str, ...] = ()
    unit_kind: tuple[str, ...] = ()
    region: tuple[str, ...] = ()
    field: tuple[str, ...] = ()
    directions: tuple[str, ...] = ()
    legal_representative: tuple[str, ...] = ()
    contact: tuple[str, ...] = ()
    phone: tuple[str, ...] = ()
    participants: tuple[str, ...] = ()
    pilot_before: tuple[str, ...] = ()
    credit_on: tuple[str, ...] = ()


class Sheet(Entry, frozen=True, kw_only=True):
    """How one form, or several that are alike, is reviewed.

    Attributes:
        forms: their names.
        material: what is a matter of the form of the material.
        not_from_print: checks that read columns that are never printed without naming them; they say nothing of answers that
            come from a Word file or PDF.
    """

    forms: tuple[str, ...]
    facts: FactPlaces
    point: tuple[Point, ...] = ()
    material: Belongings = Belongings()
    phrase: tuple[Phrase, ...] = ()
    attachment: tuple[ExpectedAttachment, ...] = ()
    not_from_print: tuple[str, ...] = ()


class Limits(Entry, frozen=True, kw_only=True):
    """``credit_days``: how old a query of somebody's credit may be on the day of upload."""

    credit_days: int
    source: tuple[str, ...]


class Elsewhere(Entry, frozen=True, kw_only=True):
    """Where two pilot fields touch: a project of one that could stand in another as well.

    Attributes:
        fields: codes of the fields it is in now.
        directions: names of the directions, one of which it has chosen; none: any.
        words: one of them stands in its title, its unit's name or another text that is looked at; none: any text will do.
        other: code of the field where it could stand.
        say: how the two touch, a sentence.
    """

    fields: tuple[str, ...]
    directions: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    other: str
    say: str
    source: tuple[str, ...]


class ReviewFile(Entry, frozen=True, kw_only=True):
    """A whole ``review.toml``."""

    limits: Limits
    sheet: tuple[Sheet, ...]
    elsewhere: tuple[Elsewhere, ...] = ()


PLACEHOLDERS: Final = ("number", "label", "row")
"""Words in braces that a phrase may have."""
NO_SHEET: Final = Sheet(forms=(), facts=FactPlaces())
"""Of a form that no file speaks of: everything is a matter of the form of the material, and no fact is known."""


def review_file(folder: Path) -> PackFile[ReviewFile] | list[Mistake] | None:
    """The file of a pack, or what is wrong with it; ``None`` when the pack has none.

    Raises:
        PackError: ``pack_missing`` (folder) when it cannot be read.
    """
    source = folder / REVIEW_FILE
    if not source.is_file():
        return None
    try:
        content = source.read_bytes()
    except OSError as trouble:
        raise PackError("pack_missing", folder=folder) from trouble
    return read_file(REVIEW_FILE, content, "review", ReviewFile)


def read_review(folder: Path) -> ReviewFile | None:
    """The review file of a pack; ``None`` when it has none.

    Raises:
        PackError: ``pack_missing`` (folder); ``pack_broken`` (folder, count, lines, mistakes).
    """
    read = review_file(folder)
    if isinstance(read, list):
        raise broken_pack(folder, read)
    return read.entry if read else None


def sheet_of(review: ReviewFile | None, form_name: str) -> Sheet:
    """The sheet of a form; :data:`NO_SHEET` when there is none."""
    sheets = review.sheet if review else ()
    return next((sheet for sheet in sheets if form_name in sheet.forms), NO_SHEET)


def homes_of(sheet: Sheet) -> dict[str, int]:
    """Number of the point that a name belongs to, 0 for the form of the material.

    Keys are ``step cover``, ``group credit``, ``field targets.unit``, ``check text_years``.
    """
    return {
        f"{key[:-1]} {name}": number
        for number, part in enumerate((sheet.material, *sheet.point))
        for key in Belongings.__struct_fields__
        for name in getattr(part, key)
    }


def home_of(homes: Mapping[str, int], path: str, *, group: str, step: str, check: str = "") -> int | None:
    """Where an answer, or what a check says of it, belongs; the nearest name counts. ``None``: nowhere.

    Args:
        homes: of :func:`homes_of`.
        path: of the answer without its row: ``uscc``, ``contact.mobile``, ``targets.unit``.
        group: that its field stands in.
        step: that the group stands in.
        check: code of the check; empty for the answer itself.
    """
    names = _near_to_far(path, group, step, check)
    return next((homes[name] for name in names if name in homes), None)


def _near_to_far(path: str, group: str, step: str, check: str) -> Iterator[str]:
    yield f"check {check}"
    yield f"field {path}"
    yield f"field {path.partition('.')[0]}"
    yield f"group {group}"
    yield f"step {step}"
