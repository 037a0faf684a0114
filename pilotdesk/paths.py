"""Where things live: packs and resources in the source tree, a wheel or the installed program; user data."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path
from typing import Final

from pilotdesk.errors import PilotDeskError

ROOT_VARIABLE: Final = "PILOTDESK_ROOT"
DATA_VARIABLE: Final = "PILOTDESK_DATA"
MOVED_NAME: Final = "moved-to.txt"
"""In the first data directory: the path of the one that is used."""

LAUNCHERS: Final = ("PilotDesk.exe", "pilotdesk")
"""What an installed program is started by, on Windows and elsewhere."""
PORTABLE_MARK: Final = "绿色版.txt"
"""Beside the launcher of an installed program: it keeps everything beside itself."""
PORTABLE_DATA: Final = "资料"
"""The data directory of such a program, and in it where its papers go as long as nothing else is chosen."""
PORTABLE_PAPERS: Final = "文档"

_HERE, _DRIVE = "<绿色版>", "<U盘>"
"""How a stored path begins that lies in the folder of a portable program, or elsewhere on its drive. No name of a file on
Windows can have these signs, and on Linux no absolute path begins with them."""


def install_root() -> Path | None:
    """The folder of the launcher of an installed program; ``None`` when it runs from the source tree or a wheel.

    Told by its shape (``<root>/app/pilotdesk`` beside ``<root>/runtime`` and a launcher): a variable could come from another
    program, and a source tree may lie in a folder of that name.
    """
    app = _code_folder().parent
    root = app.parent
    is_installed = app.name == "app" and (root / "runtime").is_dir()
    return root if is_installed and any((root / name).is_file() for name in LAUNCHERS) else None


def portable_root() -> Path | None:
    """The folder of the launcher of a portable program (绿色版); ``None`` for every other."""
    root = install_root()
    return root if root is not None and (root / PORTABLE_MARK).is_file() else None


def program_root() -> Path:
    """The folder that holds ``forms/`` and ``resources/``.

    Looked for in this order: ``PILOTDESK_ROOT``, the wheel's ``_data``, the source tree or the installed ``app``.

    Raises:
        PilotDeskError: ``program_incomplete`` when none of them has both folders.
    """
    return _root_of(os.environ.get(ROOT_VARIABLE))


def _code_folder() -> Path:
    """The folder of this package, by the way it was found: resolving would turn a drive letter into its share."""
    return Path(os.path.abspath(__file__)).parent


@cache
def _root_of(named: str | None) -> Path:
    here = _code_folder()
    places = [Path(named)] if named else []
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
    """The user's data directory, not created here: where it was moved to, or :func:`first_data_dir`.

    Raises:
        PilotDeskError: ``data_folder_gone`` when the place that it was moved to is not there; a new one would look as if
            everything were lost.
    """
    place = first_data_dir()
    try:
        stored = (place / MOVED_NAME).read_text(encoding="utf-8-sig").strip()
    except (OSError, UnicodeDecodeError):
        return place
    moved = found(stored)
    if not (
        stored and moved.is_absolute() and moved.is_dir()
    ):  # else it would be wherever the program was started
        raise PilotDeskError("data_folder_gone", folder=moved)
    return moved


def first_data_dir() -> Path:
    """Where the data is as long as nobody moved it, and where it is remembered to which place somebody did.

    ``PILOTDESK_DATA``, beside a portable program, or the platform's own.
    """
    named = os.environ.get(DATA_VARIABLE)
    if named:
        return Path(named)
    portable = portable_root()
    if portable is not None:
        return portable / PORTABLE_DATA
    from platformdirs import user_data_path

    return user_data_path("PilotDesk", appauthor=False)


def remember_data_dir(folder: Path) -> None:
    """Use another data directory from the next start on.

    Raises:
        ExportError: ``folder_unwritable``, ``disk_full``.
    """
    from pilotdesk.atomic import replacing

    with replacing(first_data_dir() / MOVED_NAME) as part:
        part.write_text(f"{kept(folder.absolute())}\n", encoding="utf-8")


def papers_dir() -> Path | None:
    """Where a portable program suggests to put papers; ``None`` for every other, which suggests the user's documents."""
    return first_data_dir() / PORTABLE_PAPERS if portable_root() is not None else None


# -- paths that are stored -----------------------------------------------------------------------


def kept(path: Path) -> str:
    """A path as it is to be stored.

    On the drive of a portable program it is told from there on: tomorrow the stick may have another letter.

    Args:
        path: absolute; a relative one is stored as it is.
    """
    root = portable_root()
    if root is None:
        return str(path)
    if path.is_relative_to(root):
        return f"{_HERE}/{path.relative_to(root).as_posix()}"
    drive = _drive_of(root)
    if drive is not None and path.is_relative_to(drive):
        return f"{_DRIVE}/{path.relative_to(drive).as_posix()}"
    return str(path)


def found(stored: str) -> Path:
    """The path that :func:`kept` stored, where it is today."""
    root = portable_root()
    start, _, rest = stored.partition("/")
    if root is None or start not in {_HERE, _DRIVE}:
        return Path(stored)
    return (root if start == _HERE else _drive_of(root) or root) / rest


def _drive_of(root: Path) -> Path | None:
    """Where the disk begins that a portable program is on; ``None`` for the system's own, which has no letter of its own."""
    drive = next((place for place in (root, *root.parents) if os.path.ismount(place)), None)
    return None if drive is None or drive == Path("/") else drive
