"""The packs that come with the program, read part by part: a window opens one form of four, and at every start.

They have passed the lint before they were shipped, so nothing is lost by not reading everything at once.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, cached_property
from typing import TYPE_CHECKING, Final

from pilotdesk.errors import PackError
from pilotdesk.forms.lazy_pattern import LazyPattern
from pilotdesk.forms.loader import (
    FORM_FILE,
    ROUND_FILE,
    SOURCES_FILE,
    broken_pack,
    made_forms,
    pack_contents,
    pack_digest,
    read_files,
)
from pilotdesk.forms.mistakes import suggested
from pilotdesk.paths import forms_dir

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pilotdesk.forms.loader import PackFiles
    from pilotdesk.forms.model import Form, FormPack, Source
    from pilotdesk.forms.round import Round

_EDITION: Final = LazyPattern(r"(?m)^\[edition\.([a-z0-9_]+)\]")


def shipped_packs() -> tuple[str, ...]:
    """Names of the rounds that come with the program, oldest first."""
    return tuple(sorted(path.parent.name for path in forms_dir().glob(f"*/{ROUND_FILE}")))


@cache
def load_shipped(round_name: str) -> FormPack:
    """A pack that comes with the program; its parts are read with the first question for them.

    Raises:
        PackError: ``pack_unknown`` (name, suggestion). A part that cannot be read raises those of
            :func:`pilotdesk.forms.loader.load_pack` when it is asked for.
    """
    known = shipped_packs()
    if round_name not in known:
        raise PackError("pack_unknown", name=round_name, suggestion=suggested(round_name, known))
    return ShippedPack(forms_dir() / round_name)


class ShippedPack:
    """See :class:`pilotdesk.forms.model.FormPack`."""

    def __init__(self, folder: Path) -> None:
        self._folder: Final = folder
        self.forms: Final = FormsOnDemand(self, folder)

    @cached_property
    def round(self) -> Round:
        """What the notice sets."""
        round_ = self.read({ROUND_FILE: self._content(ROUND_FILE)}).round
        if round_ is None:
            raise broken_pack(self._folder, ())
        return round_.entry

    @cached_property
    def sources(self) -> Mapping[str, Source]:
        """Every source by its key."""
        sources = self.read({SOURCES_FILE: self._content(SOURCES_FILE)}).sources
        if sources is None:
            raise broken_pack(self._folder, ())
        return sources.entry

    @cached_property
    def digest(self) -> str:
        """The SHA-256 of all files."""
        return pack_digest(pack_contents(self._folder))

    def read(self, contents: Mapping[str, bytes]) -> PackFiles:
        """Some of the files.

        Raises:
            PackError: ``pack_broken`` when one of them has mistakes.
        """
        files = read_files(contents)
        if files.mistakes:
            raise broken_pack(self._folder, files.mistakes)
        return files

    def _content(self, name: str) -> bytes:
        try:
            return (self._folder / name).read_bytes()
        except OSError as trouble:
            raise PackError("pack_missing", folder=self._folder) from trouble


class FormsOnDemand(Mapping[str, "Form"]):
    """The forms of a pack by name; a folder is read with the first question for one of its forms."""

    def __init__(self, pack: ShippedPack, folder: Path) -> None:
        self._pack = pack
        self._folder = folder
        self._read: dict[str, Form] = {}

    @cached_property
    def _folders(self) -> dict[str, str]:
        """Name of every form to the folder it is in; an edition has a name of its own."""
        folders: dict[str, str] = {}
        for head in sorted(self._folder.glob(f"*/{FORM_FILE}")):
            editions = _EDITION.findall(head.read_text(encoding="utf-8-sig"))
            folders |= dict.fromkeys(editions or [head.parent.name], head.parent.name)
        return folders

    def __getitem__(self, name: str) -> Form:
        """One form.

        Raises:
            KeyError: the pack has no such form.
            PackError: ``pack_broken``.
        """
        if name not in self._read:
            files = self._pack.read(pack_contents(self._folder, self._folders[name]))
            self._read |= made_forms(files, self._pack.round)
        return self._read[name]

    def __iter__(self) -> Iterator[str]:
        """Names in the order of their folders."""
        return iter(self._folders)

    def __len__(self) -> int:
        """How many forms there are."""
        return len(self._folders)
