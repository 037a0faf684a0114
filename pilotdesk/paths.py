"""Where things live: packs and resources in the source tree, a wheel or the installed program; user data."""

from __future__ import annotations

import os
import sys
from functools import cache
from pathlib import Path
from typing import Final

from pilotdesk.errors import PilotDeskError

ROOT_VARIABLE: Final = "PILOTDESK_ROOT"
DATA_VARIABLE: Final = "PILOTDESK_DATA"
MOVED_NAME: Final = "moved-to.txt"
"""In the first data directory: the path of the one that is used."""


def program_root() -> Path:
    """The folder that holds ``forms/`` and ``resources/``.

    Looked for in this order: ``PILOTDESK_ROOT``, the frozen program, the wheel's ``_data``, the source tree.

    Raises:
        PilotDeskError: ``program_incomplete`` when none of them has both folders.
    """
    return _root_of(os.environ.get(ROOT_VARIABLE), getattr(sys, "_MEIPASS", None))


@cache
def _root_of(named: str | None, frozen: str | None) -> Path:
    here = Path(__file__).resolve().parent
    places = [Path(named)] if named else []
    places += [Path(frozen)] if frozen else []
    places += [here / "_data", here.parent]
    for place in places:
        if (place / "forms").is_dir() and (place / "resources").is_dir():
            return place
    raise PilotDeskError("program_incomplete", folder=here.parent)


def forms_dir() -> Path:
    """The folder of the shipped packs."""
    return program_root() / "forms"


def resources_dir() -> Path:
    """The folder of fonts, icons and region data."""
    return program_root() / "resources"


def data_dir() -> Path:
    """The user's data directory, not created here: ``PILOTDESK_DATA``, where the data was moved to, or the platform's own.

    Raises:
        PilotDeskError: ``data_folder_gone`` when the place that it was moved to is not there; a new one would look as if
            everything were lost.
    """
    place = first_data_dir()
    try:
        moved = Path((place / MOVED_NAME).read_text(encoding="utf-8").strip())
    except (OSError, UnicodeDecodeError):
        return place
    if not moved.is_dir():
        raise PilotDeskError("data_folder_gone", folder=moved)
    return moved


def first_data_dir() -> Path:
    """Where the data is as long as nobody moved it, and where it is remembered to which place somebody did."""
    named = os.environ.get(DATA_VARIABLE)
    if named:
        return Path(named)
    from platformdirs import user_data_path

    return user_data_path("PilotDesk", appauthor=False)


def remember_data_dir(folder: Path) -> None:
    """Use another data directory from the next start on.

    Raises:
        ExportError: ``folder_unwritable``, ``disk_full``.
    """
    from pilotdesk.atomic import replacing

    with replacing(first_data_dir() / MOVED_NAME) as part:
        part.write_text(f"{folder.absolute()}\n", encoding="utf-8")
