"""Which mapping a template gets and where it comes from, and installing one that somebody sent."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from pilotdesk.documents.filling.installed import KEPT, mapping_for
from pilotdesk.documents.filling.mapping import Mapping, read_mapping, write_mapping
from pilotdesk.documents.filling.proposing import propose
from pilotdesk.errors import PackageError
from pilotdesk.forms.aliases import read_aliases
from pilotdesk.forms.installed import current_folder
from pilotdesk.forms.loader import TEMPLATES_FOLDER
from pilotdesk.paths import data_dir
from pilotdesk.record import Record

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from pilotdesk.documents.opened import OpenedDocx
    from pilotdesk.forms.model import Form

Origin = Literal["kept", "pack", "given", "proposed", "broken"]
"""Kept from the last time, part of the pack, of a file that somebody gave, found just now, found because the kept one
cannot be read."""


class Known(Record, frozen=True, kw_only=True):
    """A mapping and where it comes from. ``name``: of the file, for one that was given."""

    mapping: Mapping
    origin: Origin
    name: str = ""


def known_mapping(opened: OpenedDocx, form: Form, *, round_name: str, today: date) -> Known:
    """The kept mapping of exactly this template, else the pack's, else a proposal.

    Args:
        opened: the template.
        form: the form of the draft.
        round_name: its round.
        today: the day, for a proposal.

    Raises:
        PackError: the pack's aliases cannot be read.
    """
    places: tuple[tuple[Origin, Path], ...] = (
        ("kept", kept_path(opened.sha256)),
        ("pack", current_folder(round_name) / TEMPLATES_FOLDER / f"{opened.sha256}.toml"),
    )
    is_broken = False
    for origin, path in places:
        if not path.is_file():
            continue
        try:
            if read_mapping(path).template.form == form.head.name:
                mapping = mapping_for(opened, form, round_name=round_name, today=today, given=path)
                return Known(mapping=mapping, origin=origin)
        except PackageError:
            is_broken = True
    found = found_anew(opened, form, round_name=round_name, today=today)
    return Known(mapping=found, origin="broken" if is_broken else "proposed")


def found_anew(opened: OpenedDocx, form: Form, *, round_name: str, today: date) -> Mapping:
    """A proposal, whatever is kept; takes what :func:`known_mapping` takes and raises what it raises."""
    aliases = read_aliases(current_folder(round_name), form.head.name)
    return propose(form, aliases, opened, round_name=round_name, today=today)


def kept_path(sha256: str) -> Path:
    """Where the mapping of a template is kept."""
    return data_dir() / KEPT / f"{sha256}.toml"


def install_mapping(path: Path) -> Mapping:
    """Keep a mapping that somebody sent, for the template that it names; it is used when that template is filled.

    Raises:
        PackageError: ``mapping_missing``, ``mapping_broken``.
        ExportError: ``folder_unwritable``, ``disk_full``.
    """
    mapping = read_mapping(path)
    write_mapping(mapping, kept_path(mapping.template.sha256))
    return mapping
