"""What an update says of itself: JSON of one spelling, so that one content has one file.

``kind`` and ``needs_program`` come before everything else: of an update that needs a newer program nothing more is read, and
so a later version of the program may add whatever it likes.
"""

from __future__ import annotations

import json
import re
from datetime import datetime
from typing import Final, Literal

import msgspec

from pilotdesk.clock import Clock
from pilotdesk.errors import UpdateError
from pilotdesk.forms.added import PLAIN_NAME, is_pack_file
from pilotdesk.record import decoded
from pilotdesk.updates.keys import is_plain
from pilotdesk.updates.versions import is_newer, ordered

Way = Literal["setup", "portable", "deb"]
MOST_TITLE: Final = 120
MOST_NOTES: Final = 4000
MOST_FILES: Final = 400
MOST_FORMS: Final = 40
MOST_FILE: Final = 2**20
"""Bytes of one file of a pack; the largest of 2026 has 60 thousand."""
_SHA: Final = re.compile(r"[0-9a-f]{64}")
ROUND_NAME: Final = re.compile(PLAIN_NAME)
_NAME: Final = re.compile(r"[a-z][a-z0-9_]{0,79}")
ENDINGS: Final[dict[Way, str]] = {"setup": ".exe", "portable": ".zip", "deb": ".deb"}
"""Of an installer; any other file would be opened by whatever program Windows has for it."""
_YEARS: Final = range(2000, 9000)
"""What local time can be told of, on every system."""
_PROGRAM_FILE: Final = re.compile(r"[^\x00-\x1f\x7f<>:\"/\\|?*]{1,120}")


class FileMark(msgspec.Struct, frozen=True, kw_only=True):
    """A file of a pack. ``path``: inside the pack, with ``/``; ``size``: bytes; ``sha256``: hex."""

    path: str
    size: int
    sha256: str


class FormMark(msgspec.Struct, frozen=True, kw_only=True):
    """A form of a pack: its permanent name, its title and its version."""

    name: str
    title: str
    version: int


class PackManifest(msgspec.Struct, frozen=True, kw_only=True):
    """Of a ``.pdpack``.

    Attributes:
        round: name of the round. title: of it. forms: every form. files: every file, in the order of the payload.
        needs_program: the oldest version that can use it. made: UTC stamp. notes: what changed, by the distributor.
    """

    kind: Literal["pack"] = "pack"
    round: str
    title: str
    forms: tuple[FormMark, ...]
    files: tuple[FileMark, ...]
    needs_program: str
    made: str
    notes: str = ""


class ProgramManifest(msgspec.Struct, frozen=True, kw_only=True):
    """Of a ``.pdsig`` beside an installer.

    Attributes:
        version: of the program in it. file_name, size, sha256: of the installer.
        system: what it is for. way: installer, folder to unpack, or Debian package.
        needs_program: the oldest version that can read this. made: UTC stamp. notes: what changed.
    """

    kind: Literal["program"] = "program"
    version: str
    file_name: str
    size: int
    sha256: str
    system: Literal["windows", "linux"]
    way: Way
    needs_program: str
    made: str
    notes: str = ""


Manifest = PackManifest | ProgramManifest


class _First(msgspec.Struct):
    """What is read of every manifest."""

    kind: str
    needs_program: str


def written(manifest: Manifest) -> bytes:
    """A manifest as it stands in a file."""
    return _canonical(msgspec.to_builtins(manifest))


def _canonical(content: object) -> bytes:
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def read_manifest(content: bytes, name: str) -> Manifest:
    """A manifest from a file.

    Raises:
        UpdateError: ``update_needs_program`` (needs) for one that a newer program has to read; ``update_damaged`` for one
            that is none, or says what cannot be.
    """
    try:
        first = decoded(content, _First)
        if is_newer(first.needs_program):
            raise UpdateError("update_needs_program", name=name, needs=first.needs_program)
        if _canonical(json.loads(content)) != content or ordered(first.needs_program) is None:
            raise UpdateError("update_damaged", name=name)
        kind: type[Manifest] = PackManifest if first.kind == "pack" else ProgramManifest
        manifest: Manifest = decoded(content, kind)
    except (msgspec.MsgspecError, ValueError, RecursionError) as trouble:
        raise UpdateError("update_damaged", name=name) from trouble
    if not is_sound(manifest):
        raise UpdateError("update_damaged", name=name)
    return manifest


def is_sound(manifest: Manifest) -> bool:
    """Whether a manifest says what can be: names that are names, stamps that are stamps, nothing beyond measure."""
    both = is_plain(manifest.notes, MOST_NOTES, lines=True) and is_stamp(manifest.made)
    if isinstance(manifest, ProgramManifest):
        return (
            both
            and ordered(manifest.version) is not None
            and _PROGRAM_FILE.fullmatch(manifest.file_name) is not None
            and manifest.file_name.lower().endswith(ENDINGS[manifest.way])
            and is_plain(manifest.file_name, MOST_TITLE)
            and manifest.size > 0
            and _SHA.fullmatch(manifest.sha256) is not None
        )
    return (
        both
        and ROUND_NAME.fullmatch(manifest.round) is not None
        and bool(manifest.title)
        and is_plain(manifest.title, MOST_TITLE)
        and _are_forms(manifest.forms)
        and _are_files(manifest.files)
    )


def _are_forms(forms: tuple[FormMark, ...]) -> bool:
    names = {form.name for form in forms}
    return 0 < len(forms) == len(names) <= MOST_FORMS and all(
        _NAME.fullmatch(form.name) and is_plain(form.title, MOST_TITLE) and form.version > 0 for form in forms
    )


def _are_files(files: tuple[FileMark, ...]) -> bool:
    names = {one.path for one in files}
    return 0 < len(files) == len(names) <= MOST_FILES and all(
        is_pack_file(one.path) and 0 <= one.size <= MOST_FILE and _SHA.fullmatch(one.sha256) for one in files
    )


def is_stamp(text: str) -> bool:
    """Whether a text is a UTC time stamp exactly as :meth:`pilotdesk.clock.Clock.stamp` gives it: compared as text."""
    try:
        read = datetime.fromisoformat(text)
    except ValueError:
        return False
    return read.year in _YEARS and read.tzinfo is not None and Clock(lambda: read).stamp() == text
