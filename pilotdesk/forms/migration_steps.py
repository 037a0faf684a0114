"""What ``forms/<round>/<form>/migration.toml`` may say: how a draft of an older version comes into this form.

One ``[[step]]`` leads from one version to a later one; several are gone through one after the other::

    [[step]]
    from_version = 1
    to_version = 2

    [[step.rename]]
    from = "staff"
    to = "staff_count"

A place is written as ``pack show`` lists it: ``uscc``, ``leader.mobile``, ``targets[].value_2027``, and ``targets`` or
``leader`` for a whole table or person. ``from`` and ``path`` are places of the older version, ``to`` of the later one;
all entries of a step happen at once, so that two fields may change names. What no entry names stays where it is.
``label`` is the older form's wording, for the day when its pack is no longer at hand.

The file is read when a draft is to be migrated, and by the lint; never at start.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, Literal

import msgspec

from pilotdesk.errors import PackError
from pilotdesk.forms.loader import FORM_FILE, MIGRATION_FILE, broken_pack, editions_in, with_words
from pilotdesk.forms.reader import PackFile, read_file
from pilotdesk.forms.round import Entry

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from pilotdesk.forms.mistakes import Mistake

PLACE: Final = re.compile(
    r"(?P<owner>[a-z][a-z0-9_]*)(?:\[\]\.(?P<column>[a-z][a-z0-9_]*)|\.(?P<part>[a-z][a-z0-9_]*))?"
)


class Rename(Entry, frozen=True, kw_only=True):
    """The same answer under another name: a field, a table or person as a whole, a column, a part."""

    source: str = msgspec.field(name="from")
    to: str
    label: str = ""


class Move(Entry, frozen=True, kw_only=True):
    """An answer that stands elsewhere now.

    From column to column the rows keep their ids; rows that the other table does not have are added to it. From a
    field to a column a row is made, one for all moves with the same ``row`` word. From a column to a field the
    cells become one text, a line each.
    """

    source: str = msgspec.field(name="from")
    to: str
    row: str = ""
    label: str = ""


class Split(Entry, frozen=True, kw_only=True):
    """One text that becomes several.

    Attributes:
        by: ``headings``: cut before the lines that are one of ``headings``, one for each place of ``to``, empty for a
            text before the first heading; ``lines``: a line each, the last takes the rest; ``sign``: cut at ``sign``;
            ``first``: everything into the first place, and a copy into the attic, to be shared out by hand.
    """

    source: str = msgspec.field(name="from")
    to: tuple[str, ...]
    by: Literal["headings", "lines", "sign", "first"] = "headings"
    headings: tuple[str, ...] = ()
    sign: str = ""
    label: str = ""


class Merge(Entry, frozen=True, kw_only=True):
    """Several answers that become one text; ``labels`` puts the older form's words in front of each."""

    source: tuple[str, ...] = msgspec.field(name="from")
    to: str
    separator: str = "\n"
    labels: bool = True


class Delete(Entry, frozen=True, kw_only=True):
    """An answer that is no longer asked for; it goes into the attic. ``why``: Chinese, a sentence without its stop."""

    path: str
    why: str
    label: str = ""


class ChoiceChange(Entry, frozen=True, kw_only=True):
    """A choice with another name, in every place of ``path``; ``to`` is empty where there is no such choice any more."""

    path: tuple[str, ...]
    source: str = msgspec.field(name="from")
    to: str = ""
    label: str = ""


class Retype(Entry, frozen=True, kw_only=True):
    """A place whose type is another now: the answer is read anew; what cannot be read stays as it was typed."""

    path: str


class VersionStep(Entry, frozen=True, kw_only=True):
    """From one version of a form to a later one.

    Attributes:
        from_round, from_form: where the older version comes from; empty: this round, the form of this name.
        from_version, to_version: ``FormHead.version`` there and here.
    """

    from_round: str = ""
    from_form: str = ""
    from_version: int
    to_version: int
    rename: tuple[Rename, ...] = ()
    move: tuple[Move, ...] = ()
    split: tuple[Split, ...] = ()
    merge: tuple[Merge, ...] = ()
    delete: tuple[Delete, ...] = ()
    choice: tuple[ChoiceChange, ...] = ()
    retype: tuple[Retype, ...] = ()


class MigrationFile(Entry, frozen=True, kw_only=True):
    """A whole ``migration.toml``."""

    step: tuple[VersionStep, ...]


Read = PackFile[MigrationFile] | list["Mistake"]
"""A file, or everything that is wrong with it."""


def migration_files(folder: Path) -> Iterator[tuple[str, Read]]:
    """Every migration file of a pack with the name of its form, once for each edition of a form.

    Raises:
        PackError: ``pack_missing`` (folder) when a file cannot be read.
    """
    for source in sorted(folder.glob(f"*/{MIGRATION_FILE}")):
        path, head = source.relative_to(folder).as_posix(), source.with_name(FORM_FILE)
        try:
            content = source.read_bytes()
            contents = {f"{source.parent.name}/{FORM_FILE}": head.read_bytes()} if head.is_file() else {}
        except OSError as trouble:
            raise PackError("pack_missing", folder=folder) from trouble
        for edition, words in editions_in(contents, path).items():
            spoken = with_words(content, words)
            yield edition or source.parent.name, read_file(path, spoken, "migration", MigrationFile)


def read_steps(folder: Path, form_name: str) -> tuple[VersionStep, ...]:
    """The steps that lead into a form of a pack; none when the pack has no such file.

    Raises:
        PackError: ``pack_missing`` (folder); ``pack_broken`` (folder, count, lines, mistakes).
    """
    for name, read in migration_files(folder):
        if name != form_name:
            continue
        if isinstance(read, PackFile):
            return read.entry.step
        raise broken_pack(folder, read)
    return ()


def chain(
    steps: Iterable[VersionStep], *, here: tuple[str, str, int], there: tuple[str, str, int]
) -> tuple[VersionStep, ...]:
    """The steps to go, one after the other; none when both are the same.

    Args:
        steps: of the form's migration file.
        here: round, form and version of the newer form.
        there: the same of the draft.

    Raises:
        PackError: ``migration_missing`` (round, version) when no steps lead here.
    """
    left, way, at = list(steps), [], there
    while at != here:
        found = next((step for step in left if _start(step, here) == at), None)
        if found is None:
            raise PackError("migration_missing", round=there[0], version=there[2])
        left.remove(found)
        way.append(found)
        at = (here[0], here[1], found.to_version)
    return tuple(way)


def _start(step: VersionStep, here: tuple[str, str, int]) -> tuple[str, str, int]:
    return step.from_round or here[0], step.from_form or here[1], step.from_version
