"""Installing a pack, and undoing it: whole or not at all, whatever happens in between.

The pack is written into a folder of its own, forced to the disk and read back; then the record is replaced in one step, and
that is the installation. A program that is killed before leaves a folder that nobody looks at, which goes with the next
installation; there is nothing to be recovered. Undoing only replaces the record. No draft is touched by either: each is
read with its own version, of which a copy is kept.
"""

from __future__ import annotations

import contextlib
import os
import threading
from typing import TYPE_CHECKING, Final

from pilotdesk.atomic import DISK_FULL, ensure_folder
from pilotdesk.clock import SYSTEM_CLOCK
from pilotdesk.errors import ExportError, PackError, UpdateError
from pilotdesk.forms.installed import current_pack, keep_pack
from pilotdesk.updates.judging import refusal
from pilotdesk.updates.planning import unpack
from pilotdesk.updates.record import (
    Entry,
    InstalledUpdate,
    keep_installations,
    pack_folder,
    read_installations,
    shown,
)

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from pilotdesk.clock import Clock
    from pilotdesk.drafts.store import DraftStore
    from pilotdesk.updates.planning import UpdatePlan

PART: Final = ".part"
_ONE_AT_A_TIME: Final = threading.Lock()


def install_pack(
    plan: UpdatePlan, store: DraftStore | None = None, clock: Clock = SYSTEM_CLOCK
) -> InstalledUpdate:
    """Install what was planned.

    Args:
        plan: of :func:`pilotdesk.updates.planning.plan_of`.
        store: the drafts; when they may only be looked at, nothing is installed.
        clock: the time of the installation.

    Raises:
        UpdateError: ``update_overtaken`` when something else was installed or undone since; ``update_same``,
            ``update_not_newer``; ``update_differs`` when what was written reads back differently.
        StoreError: the reason why the drafts may only be looked at.
        ExportError: ``folder_unwritable``, ``disk_full``.
    """
    with _ONE_AT_A_TIME:
        _refuse_looking(store)
        kept = read_installations()
        if kept.active.get(plan.round, "") != plan.basis:
            raise UpdateError("update_overtaken")
        code = refusal(plan.update)
        if code:
            raise UpdateError(code, name=plan.update.name, title=plan.title)
        _keep_present(plan.round)
        sha256 = plan.update.sha256
        _put_in_place(plan.update.contents, sha256)
        entry = _entry(plan, clock)
        kept.updates.append(entry)
        kept.active[plan.round] = sha256
        kept.retired.pop(plan.round, None)
        keep_installations(kept)
        return shown(kept, entry)


def undo(
    installed: InstalledUpdate, store: DraftStore | None = None, clock: Clock = SYSTEM_CLOCK
) -> InstalledUpdate:
    """Undo an installation: what held before holds again.

    Args:
        installed: of :func:`pilotdesk.updates.record.installed_updates`.
        store: the drafts; when they may only be looked at, nothing is undone.
        clock: the time.

    Raises:
        UpdateError: ``update_gone`` when it is not on the record; ``update_undo_order`` when it does not hold now.
        StoreError: the reason why the drafts may only be looked at.
        ExportError: ``folder_unwritable``, ``disk_full``.
    """
    with _ONE_AT_A_TIME:
        _refuse_looking(store)
        kept = read_installations()
        entry = next((one for one in kept.updates if one.update_id == installed.update_id), None)
        if entry is None:
            raise UpdateError("update_gone")
        if kept.in_force(entry.round) is not entry:
            raise UpdateError("update_undo_order", title=entry.title)
        _keep_present(entry.round)
        earlier = kept.before(entry)
        entry.undone = clock.stamp()
        if earlier is not None and pack_folder(earlier.sha256).is_dir():
            kept.active[entry.round] = earlier.sha256
        else:
            del kept.active[entry.round]
            kept.retired[entry.round] = entry.sha256
        keep_installations(kept)
        return shown(kept, entry)


def _refuse_looking(store: DraftStore | None) -> None:
    if store is not None and store.access.refusal is not None:
        raise store.access.refusal


def _keep_present(round_name: str) -> None:
    """Keep a copy of what holds now, so that drafts that were written for it are read with it for ever.

    Raises:
        ExportError: ``folder_unwritable``, ``disk_full``.
    """
    with contextlib.suppress(PackError):  # a round that is new, or a pack by hand that nobody could read
        keep_pack(current_pack(round_name))


def _entry(plan: UpdatePlan, clock: Clock) -> Entry:
    signer = plan.update.signer
    return Entry(
        update_id=os.urandom(8).hex(),
        sha256=plan.update.sha256,
        round=plan.round,
        title=plan.title,
        versions={form.name: form.version for form in plan.manifest.forms},
        signer=signer.name,
        fingerprint=signer.fingerprint,
        made=plan.manifest.made,
        at=clock.stamp(),
        notes=plan.notes,
    )


# -- files -----------------------------------------------------------------------------------------


def _put_in_place(contents: Mapping[str, bytes], sha256: str) -> None:
    """Write a pack into its folder; one that is there from an earlier installation is looked at and used.

    Raises:
        UpdateError: ``update_differs``.
        ExportError: ``folder_unwritable``, ``disk_full``.
    """
    import shutil  # rarely needed

    target = pack_folder(sha256)
    ensure_folder(target.parent)
    try:
        _sweep(target.parent)
        if target.is_dir():
            if _reads_as(target, contents):
                return
            shutil.rmtree(target)
        part = target.with_name(f"{target.name}{PART}")
        unpack(contents, part)
        _force(part)
        if not _reads_as(part, contents):
            raise UpdateError("update_differs", folder=target.parent)
        part.rename(target)
        _force_folder(target.parent)
    except OSError as trouble:
        code = "disk_full" if trouble.errno in DISK_FULL else "folder_unwritable"
        raise ExportError(code, folder=target.parent) from trouble
    finally:
        shutil.rmtree(target.with_name(f"{target.name}{PART}"), ignore_errors=True)


def _sweep(folder: Path) -> None:
    """Take away what a killed program has left half-written."""
    import shutil

    for left in folder.glob(f"*{PART}"):
        shutil.rmtree(left, ignore_errors=True)


def _reads_as(folder: Path, contents: Mapping[str, bytes]) -> bool:
    """Whether a folder holds these files and no others."""
    there = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    return there == contents.keys() and all(
        (folder / path).read_bytes() == content for path, content in contents.items()
    )


def _force(folder: Path) -> None:
    """Have everything in a folder on the disk before anybody is told that it is there."""
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            with path.open("rb+") as opened:
                os.fsync(opened.fileno())
        else:
            _force_folder(path)
    _force_folder(folder)


def _force_folder(folder: Path) -> None:
    """The names in a folder; Windows writes them with the file, and some disks cannot be asked."""
    if os.name != "posix":
        return
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
