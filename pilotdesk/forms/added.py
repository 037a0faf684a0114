"""Which folder the added pack of a round is in: one that an update has put there, or one that somebody copied by hand.

Each update that is installed gets a folder of its own, which is never written to again; which of them holds is said by one
small file that is replaced in one step. So there is no moment at which a round has half a pack, and what was read of a folder
stays true as long as the program runs.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import msgspec

from pilotdesk import __released__
from pilotdesk.forms.loader import ROUND_FILE
from pilotdesk.paths import data_dir
from pilotdesk.record import decoded

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

BY_HAND: Final = "packs"
UPDATES: Final = "updates"
"""Folders in the data directory."""
RECORD: Final = "installed.json"
"""In :data:`UPDATES`: what was put there, and what holds now."""
PACKS: Final = "packs"
"""In :data:`UPDATES`: a folder for each installation."""
_NAME: Final = re.compile(r"[0-9a-f]{64}")
PLAIN_NAME: Final = r"(?!(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\.|/|$))[a-z0-9][a-z0-9_-]{0,79}"
"""Names that mean the same on every system; those that Windows keeps for devices are none."""
_FILE: Final = re.compile(rf"(?:{PLAIN_NAME}/)?{PLAIN_NAME}\.toml|notice\.txt")


class Origin(msgspec.Struct):
    """Where the pack of a folder comes from.

    ``made`` by the distributor, put there ``at`` (UTC stamps) by the ``program`` that was released on that day; ``digest`` of
    its files; empty where not known.
    """

    folder: str = ""
    made: str = ""
    at: str = ""
    program: str = ""
    digest: str = ""


class Holding(msgspec.Struct):
    """What of the record says which pack is used: round to folder in :data:`PACKS`.

    ``retired``: rounds whose last update was undone; drafts of them are there still, new ones are not begun.
    """

    active: dict[str, str] = {}
    retired: dict[str, str] = {}
    updates: list[Origin] = []


def added_rounds() -> frozenset[str]:
    """Names of the rounds that there is an added pack for."""
    by_hand = {path.parent.name for path in (data_dir() / BY_HAND).glob(f"*/{ROUND_FILE}")}
    return frozenset(by_hand | {name for name in _holding().active if update_folder(name) is not None})


def added_folder(round_name: str) -> Path | None:
    """The folder of the added pack of a round: the update's, else the one that was copied by hand; ``None`` for neither."""
    by_hand = data_dir() / BY_HAND / round_name
    return update_folder(round_name) or (by_hand if by_hand.is_dir() else None)


def is_overtaken(round_name: str) -> bool:
    """Whether the program has been replaced since the update of a round came, by one released after the update was made.

    Who installs it under the newer program, warned, wants it: then it is not.
    """
    holding = _holding()
    folder = holding.active.get(round_name, "")
    if _in_place(folder) is None:
        return False
    origin = next((one for one in reversed(holding.updates) if one.folder == folder), Origin())
    return is_before_program(origin.made, origin.at, origin.program)


def is_before_program(made: str, at: str, program: str) -> bool:
    """Whether an update was made, and installed, before this program was released; see :class:`Origin`.

    One that says that it was made after it was installed comes from a clock that was ahead.
    """
    return min(made, at or made)[:10] < __released__ and program < __released__


def is_spoilt(round_name: str) -> bool:
    """Whether the pack that an update has put there for a round is not what was put there: a virus scanner takes single files.

    A form without one of its files can be read, and lacks a page. Files are read; what they say is not.
    """
    holding = _holding()
    name = holding.active.get(round_name, "") or holding.retired.get(round_name, "")
    folder = _in_place(name)
    if folder is None:
        return bool(_NAME.fullmatch(name))
    digest = digest_said(folder)
    return bool(digest) and digest_in(folder) != digest


def digest_said(folder: Path) -> str:
    """The digest of the files of an update as it was installed; empty where not known, and for packs by hand."""
    return next((one.digest for one in reversed(_holding().updates) if one.folder == folder.name), "")


def digest_in(folder: Path) -> str:
    """The digest of the files of a pack in a folder now; empty when they cannot be read.

    What a system or a backup program leaves beside them (desktop.ini, .DS_Store) spoils nothing.
    """
    try:
        there = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
        return digest_of({name: path.read_bytes() for name, path in there.items() if is_pack_file(name)})
    except OSError:
        return ""


def is_pack_file(path: str) -> bool:
    """Whether a file may be in a pack: TOML below one folder at most, by a name that leads nowhere else, and the notice."""
    return _FILE.fullmatch(path) is not None


def digest_of(contents: Mapping[str, bytes]) -> str:
    """Of the files of an update, path inside the pack to content, whatever their order."""
    import hashlib

    whole = hashlib.sha256()
    for path, content in sorted(contents.items()):
        whole.update(f"{path}\0{len(content)}\0".encode() + content)
    return whole.hexdigest()


def retired_folder(round_name: str) -> Path | None:
    """The folder of the pack of a round that was only ever here as an update, and was undone; ``None`` when there is none."""
    return _in_place(_holding().retired.get(round_name, ""))


def update_folder(round_name: str) -> Path | None:
    """The folder of the pack that an update has put there for a round; ``None`` when none has."""
    return _in_place(_holding().active.get(round_name, ""))


def _in_place(name: str) -> Path | None:
    """The folder of an update; a record that names anything else leads nowhere."""
    if not _NAME.fullmatch(name):
        return None
    folder = data_dir() / UPDATES / PACKS / name
    return folder if folder.is_dir() else None


def _holding() -> Holding:
    """What holds; nothing where no update was ever installed, or the record cannot be read."""
    try:
        return decoded((data_dir() / UPDATES / RECORD).read_bytes(), Holding)
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError):
        return Holding()
