"""What stands where in a foreign form: proposed by the program, looked over by a person, kept as TOML.

::

    [template]
    sha256 = "…"
    file_name = "申报书.docx"
    round = "2026"
    form = "application"
    version = 3
    made_on = 2026-06-12

    [[place]]
    path = "project_name"
    at = "T0/R0/C1"
    kind = "cell"
    confidence = 0.98
    label = "项目名称"
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Final, Literal

import msgspec

from pilotdesk.atomic import replacing
from pilotdesk.documents.filling.column_rules import wrong_columns
from pilotdesk.documents.filling.places import ADDRESS
from pilotdesk.errors import PackageError
from pilotdesk.forms.reader import PackFile, read_file
from pilotdesk.forms.round import Entry

if TYPE_CHECKING:
    from pathlib import Path

    from pilotdesk.forms.model import Form

SURE: Final = 0.9
"""Confidence from which a place is filled without being asked about."""

Kind = Literal[
    "cell", "text", "date", "period", "region", "boxes", "digits", "body", "after", "rows", "keyed", "figure"
]
_SHA: Final = re.compile(r"[0-9a-f]{64}")


class Template(Entry, frozen=True, kw_only=True):
    """Which file a mapping is for: its SHA-256; for which form of which round, in which version."""

    sha256: str
    file_name: str
    round: str
    form: str
    version: int
    made_on: date


class Place(Entry, frozen=True, kw_only=True):
    """One place.

    Attributes:
        path: what stands there, as in ``pack show``; several joined by ``+``; ``participating_units[2].name`` the second
            row. Empty with ``confirmed``: a person said that nothing does.
        at: address, see :mod:`pilotdesk.documents.filling.places`.
        kind: ``cell``: all of a cell; ``text``: a blank in a line; ``date``, ``period``, ``region``: blanks to be completed;
            ``boxes``; ``digits``: a cell for each sign; ``body``: paragraphs, ``after``: new ones below a heading; ``rows``: a
            row for each row of a table, ``keyed`` rows whose first column is given; ``figure``: a picture.
        confidence: 0 to 1. confirmed: whether a person said so.
        label: as it stands in the file. why: how it was found, for people.
        unit: what the form prints behind the place or names in its label.
        count: of rows or signs. columns: paths of the columns of ``rows`` and ``keyed``, ``#`` counts, empty is nobody's.
        total: whether the row below the rows takes sums.
    """

    path: str
    at: str
    kind: Kind
    confidence: float
    confirmed: bool = False
    label: str = ""
    why: str = ""
    unit: str = ""
    count: int = 0
    columns: tuple[str, ...] = ()
    total: bool = False

    @property
    def is_sure(self) -> bool:
        """Whether it is filled without being asked about."""
        return bool(self.path) and (self.confirmed or self.confidence >= SURE)


class Mapping(Entry, frozen=True, kw_only=True):
    """A whole mapping. ``unclaimed``: labels of the template that nobody claims; they are not kept."""

    template: Template
    place: tuple[Place, ...] = ()
    unclaimed: tuple[str, ...] = ()


def read_mapping(path: Path) -> Mapping:
    """A mapping from its TOML file.

    Raises:
        PackageError: ``mapping_missing`` (name), ``mapping_broken`` (name, lines).
    """
    try:
        content = path.read_bytes()
    except OSError as trouble:
        raise PackageError("mapping_missing", name=path.name) from trouble
    read = read_file(path.name, content, "", Mapping)
    if not isinstance(read, PackFile):
        raise PackageError("mapping_broken", name=path.name, lines="\n".join(one.line_text() for one in read))
    wrong = [read.mistake(*found).line_text() for found in _wrong(read.entry)]
    if wrong:
        raise PackageError("mapping_broken", name=path.name, lines="\n".join(wrong))
    return read.entry


def _wrong(mapping: Mapping) -> list[tuple[tuple[str | int, ...], str, str]]:
    """What a well-formed file says wrongly: path of the table, key, text."""
    found: list[tuple[tuple[str | int, ...], str, str]] = []
    if not _SHA.fullmatch(mapping.template.sha256):
        found.append((("template",), "sha256", "应是64位十六进制数。"))
    for number, place in enumerate(mapping.place):
        if not ADDRESS.fullmatch(place.at):
            found.append((("place", number), "at", f"看不懂“{place.at}”这个位置。"))
        if not 0 <= place.confidence <= 1:
            found.append((("place", number), "confidence", "应在0和1之间。"))
        if columns := wrong_columns(place):
            found.append((("place", number), "columns", columns))
    return found


def require_fit(mapping: Mapping, *, sha256: str, form: Form, name: str) -> None:
    """Refuse a mapping that is for another file or form.

    Args:
        mapping: the mapping.
        sha256: of the template.
        form: of the draft.
        name: of the template's file.

    Raises:
        PackageError: ``mapping_other_file`` (name), ``mapping_other_form`` (name, title).
    """
    if mapping.template.sha256 != sha256:
        raise PackageError("mapping_other_file", name=name)
    if mapping.template.form != form.head.name:
        raise PackageError("mapping_other_form", name=name, title=form.head.title)


def write_mapping(mapping: Mapping, target: Path) -> None:
    """Write a mapping as TOML, whole or not at all.

    Raises:
        ExportError: ``target_open_elsewhere``, ``folder_unwritable``, ``disk_full``.
    """
    with replacing(target) as part:
        part.write_text(mapping_toml(mapping), "utf-8", newline="\n")


def mapping_toml(mapping: Mapping) -> str:
    """A mapping as TOML: only what differs from a plain place is written."""
    lines = ["[template]"]
    lines += [f"{key} = {_toml(value)}" for key, value in msgspec.structs.asdict(mapping.template).items()]
    defaults = msgspec.structs.asdict(Place(path="", at="", kind="cell", confidence=0.0))
    for place in mapping.place:
        lines += ["", "[[place]]"]
        for key, value in msgspec.structs.asdict(place).items():
            if key in {"path", "at", "kind", "confidence"} or value != defaults[key]:
                lines.append(f"{key} = {_toml(value)}")
    return "\n".join([*lines, ""])


def _toml(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, tuple):
        return f"[{', '.join(map(_toml, value))}]"
    if isinstance(value, str):
        return msgspec.json.encode(value).decode().replace("\x7f", "\\u007f")
    return value.isoformat() if isinstance(value, date) else str(value)
