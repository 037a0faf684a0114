"""The mapping of a template: the one that is given, one that was kept or came with the pack, or a proposal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec.structs import replace

from pilotdesk.documents.filling.mapping import Mapping, read_mapping, require_fit, write_mapping
from pilotdesk.documents.filling.proposing import propose
from pilotdesk.documents.filling.words import exists
from pilotdesk.errors import PackageError
from pilotdesk.forms.aliases import read_aliases
from pilotdesk.forms.installed import current_folder
from pilotdesk.forms.loader import TEMPLATES_FOLDER
from pilotdesk.paths import data_dir

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from pilotdesk.documents.opened import OpenedDocx
    from pilotdesk.forms.model import Form

KEPT: Final = "templates"
"""In the data directory: mappings that a person looked over, named by the SHA-256 of their template."""


def mapping_for(
    opened: OpenedDocx, form: Form, *, round_name: str, today: date, given: Path | None = None
) -> Mapping:
    """The mapping of a template for a form: the given file, else a kept one, else the pack's, else a proposal.

    Args:
        opened: the template.
        form: the form of the draft.
        round_name: its round.
        today: the day, for a proposal.
        given: a mapping file that somebody named.

    Raises:
        PackageError: ``mapping_missing``, ``mapping_broken``, ``mapping_other_file``, ``mapping_other_form``; only for a
            given file the last two.
        PackError: the pack's aliases cannot be read.
    """
    if given is not None:
        mapping = read_mapping(given)
        require_fit(mapping, sha256=opened.sha256, form=form, name=opened.name)
        return _fitting(mapping, form, given.name)
    folder = current_folder(round_name)
    for place in (data_dir() / KEPT, folder / TEMPLATES_FOLDER):
        path = place / f"{opened.sha256}.toml"
        if path.is_file():
            mapping = read_mapping(path)
            if (mapping.template.sha256, mapping.template.form) == (opened.sha256, form.head.name):
                return _fitting(mapping, form, path.name)
    aliases = read_aliases(folder, form.head.name)
    return propose(form, aliases, opened, round_name=round_name, today=today)


def keep_mapping(mapping: Mapping) -> Path:
    """Keep a mapping for the next time its template is filled; returns where it is.

    Raises:
        ExportError: ``folder_unwritable``, ``disk_full``.
    """
    path = data_dir() / KEPT / f"{mapping.template.sha256}.toml"
    write_mapping(mapping, path)
    return path


def _fitting(mapping: Mapping, form: Form, name: str) -> Mapping:
    """The places whose fields the form has; in a mapping for the same version all of them must be there."""
    known = [
        place
        for place in mapping.place
        if all(exists(form, one) for path in (place.path, *place.columns) for one in path.split("+"))
    ]
    if mapping.template.version == form.head.version and len(known) < len(mapping.place):
        lost = next(place for place in mapping.place if place not in known)
        lines = f"{name}：{lost.at} 写的“{lost.path}”，表单里没有这一栏。"
        raise PackageError("mapping_broken", name=name, lines=lines)
    return replace(mapping, place=tuple(known))
