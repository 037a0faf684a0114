"""What was installed on this computer, by whom it was signed, and what of it was undone.

All of it is in one file, ``<data>/updates/installed.json``, together with which pack holds for a round
(:mod:`pilotdesk.forms.added` reads that part). It is replaced in one step: that is the moment of an installation.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

import msgspec

from pilotdesk.atomic import replacing
from pilotdesk.errors import StoreError, UpdateError
from pilotdesk.forms.added import PACKS, RECORD, UPDATES, is_spoilt
from pilotdesk.forms.installed import is_covered
from pilotdesk.paths import data_dir
from pilotdesk.record import Record, decoded

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

FORMAT: Final = 1
DAMAGED: Final = "installed.damaged.json"
"""Beside the record: the last one that could not be read, for who helps."""
State = Literal["active", "covered", "spoilt", "replaced", "undone"]


class _Written(msgspec.Struct):
    """What is read of every record."""

    format: int = FORMAT


class Entry(msgspec.Struct, kw_only=True):
    """One installation, as kept.

    Attributes:
        update_id: of this installation. sha256: of the .pdpack file. folder: name of the one that its pack is in.
        versions: form to version. fingerprint, signer: of the key, and its name on that day.
        made, at, undone: UTC stamps; the last empty as long as it is not undone.
        program: day on which the program that installed it was released; empty where not known.
        digest: of the files in the folder; empty where not known.
    """

    update_id: str
    sha256: str
    folder: str
    round: str
    title: str
    versions: dict[str, int]
    signer: str
    fingerprint: str
    made: str
    at: str
    undone: str = ""
    notes: str = ""
    program: str = ""
    digest: str = ""


class Installations(msgspec.Struct, kw_only=True):
    """The whole record; ``active`` and ``retired`` as in :class:`pilotdesk.forms.added.Holding`."""

    format: int = FORMAT
    active: dict[str, str] = {}
    retired: dict[str, str] = {}
    updates: list[Entry] = []

    def in_force(self, round_name: str) -> Entry | None:
        """What holds for a round; ``None`` when nothing that was installed does."""
        folder = self.active.get(round_name)
        same = (one for one in reversed(self.updates) if one.round == round_name and not one.undone)
        return next((one for one in same if one.folder == folder), None)

    def before(self, entry: Entry) -> Entry | None:
        """What held before an installation and would again without it."""
        earlier = self.updates[: self.updates.index(entry)]
        return next((one for one in reversed(earlier) if one.round == entry.round and not one.undone), None)

    def needed(self) -> frozenset[str]:
        """Names of the folders that are used, or would be after an undoing."""
        kept = {entry.folder for entry in self.updates if not entry.undone}
        return frozenset({*kept, *self.active.values(), *self.retired.values()})


class InstalledUpdate(Record, frozen=True, kw_only=True):
    """One installation, for people.

    Attributes:
        update_id, sha256: see :class:`Entry`. round, title: of the pack. versions: form to version.
        signer, fingerprint: who signed it. made, at, undone: UTC stamps. notes: what changed.
        state: ``active`` holds now, ``covered`` by what a newer program brought along, ``spoilt`` when its files are not there
            as they were installed, ``replaced`` by a later one, ``undone``.
    """

    update_id: str
    sha256: str
    round: str
    title: str
    versions: Mapping[str, int]
    signer: str
    fingerprint: str
    made: str
    at: str
    undone: str
    notes: str
    state: State

    @property
    def undoable(self) -> bool:
        """Whether it can be undone now: of a round only what was installed last."""
        return self.state in {"active", "covered", "spoilt"}


def updates_folder() -> Path:
    """Where all of this is kept."""
    return data_dir() / UPDATES


def packs_folder() -> Path:
    """Where the packs of updates are, each in a folder of its own."""
    return updates_folder() / PACKS


def read_installations() -> Installations:
    """The record; an empty one where nothing was ever installed, or what is there cannot be read."""
    try:
        read = decoded((updates_folder() / RECORD).read_bytes(), Installations)
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError):
        return Installations()
    return read


def record_to_change() -> Installations:
    """The record, to be replaced by another: nothing of it may be lost because it could not be read just now.

    One that is damaged is put aside.

    Raises:
        UpdateError: ``update_record_unread`` when somebody else has it; ``update_record_new`` when a newer program wrote it.
        StoreError: ``store_unwritable``.
    """
    path = updates_folder() / RECORD
    try:
        content = path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return Installations()
    except OSError as trouble:
        raise UpdateError("update_record_unread") from trouble
    try:
        if decoded(content, _Written).format > FORMAT:
            raise UpdateError("update_record_new")
        return decoded(content, Installations)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        _put_aside(path)
        return Installations()


def _put_aside(path: Path) -> None:
    try:
        path.replace(path.with_name(DAMAGED))
    except OSError as trouble:
        raise StoreError("store_unwritable", folder=data_dir()) from trouble


def keep_installations(kept: Installations) -> None:
    """Replace the record in one step.

    Raises:
        ExportError: ``folder_unwritable``, ``disk_full``.
    """
    with replacing(updates_folder() / RECORD) as part:
        part.write_bytes(msgspec.json.format(msgspec.json.encode(kept), indent=1))


def shown(kept: Installations, entry: Entry) -> InstalledUpdate:
    """An installation for people."""
    in_force = kept.in_force(entry.round)
    state: State = "undone" if entry.undone else "replaced"
    if entry is in_force:
        state = "spoilt" if is_spoilt(entry.round) else "covered" if is_covered(entry.round) else "active"
    words = msgspec.structs.asdict(entry)
    del words["folder"], words["program"], words["digest"]
    return InstalledUpdate(**words, state=state)


def installed_updates() -> tuple[InstalledUpdate, ...]:
    """What was ever installed here, the last one first."""
    kept = read_installations()
    return tuple(shown(kept, entry) for entry in reversed(kept.updates))


def of_signer(fingerprint: str) -> tuple[InstalledUpdate, ...]:
    """What holds here and was signed with a key: it stays when the key goes."""
    return tuple(one for one in installed_updates() if one.fingerprint == fingerprint and one.undoable)
