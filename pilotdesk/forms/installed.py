"""Which packs are on this computer, and which of them a draft is read with.

Three places: the packs that come with the program; those that were added, by an update or by hand, newer ones or for
another round (:mod:`pilotdesk.forms.added`); and ``<data>/packs-kept/<digest>``, copies of packs that drafts were written
for. A draft keeps to the version of its form: once the program or somebody brings a newer one, the kept copy is what the
draft is still read with, until its user decides to have it converted.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

from pilotdesk.atomic import DISK_FULL, ensure_folder
from pilotdesk.errors import PackError
from pilotdesk.forms.added import (
    added_folder,
    added_rounds,
    digest_in,
    digest_said,
    is_overtaken,
    retired_folder,
    update_folder,
)
from pilotdesk.forms.lazy_pattern import LazyPattern
from pilotdesk.forms.loader import FORM_FILE, load_pack
from pilotdesk.forms.shipped import ShippedPack, load_shipped, shipped_packs
from pilotdesk.paths import data_dir, forms_dir

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pilotdesk.forms.model import FormPack
    from pilotdesk.forms.round import Round

KEPT: Final = "packs-kept"
"""Folder in the data directory."""
_VERSION: Final = LazyPattern(r"(?m)^version\s*=\s*(\d{1,9})\b")


def rounds() -> tuple[str, ...]:
    """Names of all rounds that there is a pack for, oldest first."""
    return tuple(sorted({*shipped_packs(), *added_rounds()}))


def rounds_for(form_name: str) -> Iterator[Round]:
    """The rounds whose packs have a form, the newest first, one by one as they are asked for.

    A pack that somebody put in and that cannot be read is left out: the program has to start nevertheless.
    """
    for name in reversed(rounds()):
        if newest_version(name, form_name):
            try:
                yield _round(name)
            except PackError:
                continue


def _round(round_name: str) -> Round:
    """The round of the present pack.

    Of an update's, which was read through before it came, nothing else is read: the first page needs no more, and the forms
    of a pack take longer than the page.
    """
    folder = update_folder(round_name)
    if folder is None or is_covered(round_name):
        return current_pack(round_name).round
    try:
        return ShippedPack(folder).round
    except PackError:
        return current_pack(round_name).round


def current_pack(round_name: str) -> FormPack:
    """The pack of a round as it stands today: the one with the newest forms.

    Where both are as new it is the added one, unless the program is newer than that. An added pack that cannot be read does
    not get in the way of the one that comes with the program.

    Raises:
        PackError: ``pack_unknown`` (name, suggestion), ``pack_update_spoilt`` (round), and those of
            :func:`pilotdesk.forms.loader.load_pack`.
    """
    return _current(round_name)[0]


def current_folder(round_name: str) -> Path:
    """The folder of :func:`current_pack`, for its migration files; raises as that does."""
    return _current(round_name)[1]


def is_covered(round_name: str) -> bool:
    """Whether there is an added pack of a round, and the one that comes with the program is used nevertheless.

    Its forms are newer, or as new and the program was released after the update was made.
    """
    added, shipped = added_folder(round_name), forms_dir() / round_name
    if added is None or round_name not in shipped_packs():
        return False
    here, there = _newest_in(added), _newest_in(shipped)
    return here < there or (here == there and is_overtaken(round_name))


def has_newer(round_name: str, form_name: str, version: int) -> bool:
    """Whether there is a newer version of a form for the same round; reads nothing but the head of the form."""
    return newest_version(round_name, form_name) > version


def newest_version(round_name: str, form_name: str) -> int:
    """The newest version of a form that there is here, 0 for none; reads nothing but the head of the form."""
    folders = (added_folder(round_name), forms_dir() / round_name)
    return max(_version_in(folder, form_name) for folder in folders if folder is not None)


def _version_in(folder: Path, form_name: str) -> int:
    """The version of a form in the pack of a folder; 0 where there is none."""
    for head in sorted(folder.glob(f"*/{FORM_FILE}")):
        text = head.read_text(encoding="utf-8-sig", errors="replace")
        if head.parent.name == form_name or f"[edition.{form_name}]" in text:
            found = _VERSION.search(text)
            return int(found[1]) if found else 0
    return 0


def pack_for(round_name: str, form_name: str, version: int, digest: str) -> FormPack:
    """The pack that a draft is read with.

    That is the round's present one as long as the form has the draft's version; corrected labels and hints then reach
    the draft. Otherwise it is the copy that was kept of the draft's own pack.

    Args:
        round_name: of the draft.
        form_name: of the draft.
        version: the version of the form that the draft was written for.
        digest: of the pack that it was written for.

    Raises:
        PackError: ``pack_unknown`` when there is no pack of the round at all, ``pack_version_gone`` (round, version)
            when there is none with this version.
    """
    folder = data_dir() / KEPT / digest
    if round_name not in shipped_packs() and added_folder(round_name) is None and folder.is_dir():
        pack = _loaded(folder)
        if pack.digest == digest:
            return pack
    for pack in (current_pack(round_name), *_shipped(round_name)):
        form = pack.forms.get(form_name)
        if form is not None and form.head.version == version:
            return pack
    if digest and folder.is_dir():
        pack = _loaded(folder)
        if pack.digest == digest:
            return pack
    raise PackError("pack_version_gone", round=round_name, version=version)


def keep_pack(pack: FormPack) -> None:
    """Keep a copy of a pack that drafts are written for, unless there is one.

    Raises:
        ExportError: ``folder_unwritable``, ``disk_full``.
        PackError: as :func:`current_pack`.
    """
    import shutil  # rarely needed, and the window does not wait for it

    target = data_dir() / KEPT / pack.digest
    source = current_folder(pack.round.name)
    if target.is_dir() or _loaded(source).digest != pack.digest:
        return
    ensure_folder(target.parent)
    part = target.with_name(f"{target.name}.part")
    shutil.rmtree(part, ignore_errors=True)
    try:
        for path in sorted(source.rglob("*.toml")):
            ensure_folder((part / path.relative_to(source)).parent)
            shutil.copyfile(path, part / path.relative_to(source))
        part.replace(target)
    except OSError as trouble:
        from pilotdesk.errors import ExportError

        code = "disk_full" if trouble.errno in DISK_FULL else "folder_unwritable"
        raise ExportError(code, folder=target.parent) from trouble
    finally:
        shutil.rmtree(part, ignore_errors=True)


def _current(round_name: str) -> tuple[FormPack, Path]:
    shipped = _shipped(round_name)
    folder = added_folder(round_name) or (None if shipped else retired_folder(round_name))
    if folder is None or is_covered(round_name):
        return load_shipped(round_name), forms_dir() / round_name
    try:
        digest = digest_said(folder)
        added = _whole(folder, digest, round_name) if digest else _loaded(folder)
    except PackError as trouble:
        if not shipped and folder == update_folder(round_name):
            raise PackError("pack_update_spoilt", round=round_name) from trouble
        if not shipped:
            raise
        return shipped[0], forms_dir() / round_name
    return added, folder


def _shipped(round_name: str) -> tuple[FormPack, ...]:
    """The pack of the round that comes with the program, if one does."""
    return (load_shipped(round_name),) if round_name in shipped_packs() else ()


def _newest_in(folder: Path) -> int:
    """The newest version of all forms in a folder; reads nothing but the heads, 0 when they cannot be read."""
    try:
        texts = [
            path.read_text(encoding="utf-8-sig", errors="replace") for path in folder.glob(f"*/{FORM_FILE}")
        ]
    except OSError:
        return 0
    return max((int(found[1]) for text in texts if (found := _VERSION.search(text))), default=0)


@cache
def _whole(folder: Path, digest: str, round_name: str) -> FormPack:
    """The pack of an update, only as it was installed: one that lost a file would be read as a form without a page."""
    if digest_in(folder) != digest:
        raise PackError("pack_update_spoilt", round=round_name)
    return _loaded(folder)


@cache
def _loaded(folder: Path) -> FormPack:
    return load_pack(folder)
