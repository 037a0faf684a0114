"""Installing a pack, and undoing it: whole or not at all, whatever happens in between.

The pack is written into a folder that never was, forced to the disk and read back; then the record is replaced in one step,
and that is the installation. A program that is killed before leaves a folder that nobody looks at, which goes with a later
installation; there is nothing to be recovered. Nothing that is used is ever written to, and undoing only replaces the record.
No draft is touched by either: each is read with its own version, of which a copy is kept.
"""

from __future__ import annotations

import contextlib
import os
import threading
from typing import TYPE_CHECKING, Final

from pilotdesk import __released__
from pilotdesk.clock import SYSTEM_CLOCK
from pilotdesk.errors import PackError, UpdateError
from pilotdesk.forms.added import digest_of
from pilotdesk.forms.installed import current_pack, keep_pack
from pilotdesk.updates.judging import refusal
from pilotdesk.updates.pack_files import put_in_place, sweep
from pilotdesk.updates.record import (
    Entry,
    InstalledUpdate,
    keep_installations,
    packs_folder,
    record_to_change,
    shown,
)
from pilotdesk.updates.writing import into_data

if TYPE_CHECKING:
    from collections.abc import Callable

    from pilotdesk.clock import Clock
    from pilotdesk.drafts.store import DraftStore
    from pilotdesk.updates.planning import UpdatePlan
    from pilotdesk.updates.record import Installations

_ONE_AT_A_TIME: Final = threading.Lock()


def install_pack(
    plan: UpdatePlan, store: DraftStore | None = None, clock: Clock = SYSTEM_CLOCK
) -> InstalledUpdate:
    """Install what was planned: :func:`write_pack` and :func:`hold_pack`, which raise.

    Args:
        plan: of :func:`pilotdesk.updates.planning.plan_of`.
        store: the drafts; when they may only be looked at, nothing is installed.
        clock: the time of the installation.
    """
    return hold_pack(plan, write_pack(plan, store), store, clock)


def write_pack(
    plan: UpdatePlan, store: DraftStore | None = None, progress: Callable[[int, int], object] | None = None
) -> str:
    """Write what was planned where nobody looks yet; returns the name of its folder. What takes long is here.

    Args:
        plan: of :func:`pilotdesk.updates.planning.plan_of`.
        store: the drafts; when they may only be looked at, nothing is written.
        progress: called with files on the disk and files in all; may raise to stop, and nothing is left of it.

    Raises:
        UpdateError: ``update_overtaken`` when something else was installed or undone since; ``update_same``,
            ``update_not_newer``; ``update_differs`` when what was written reads back differently; and those of
            :func:`pilotdesk.updates.record.record_to_change`.
        StoreError: the reason why the drafts may only be looked at; ``store_unwritable``.
        ExportError: ``disk_full``.
    """
    with _ONE_AT_A_TIME, into_data():
        kept = _record_for(plan, store)
        code = refusal(plan.update)
        if code:
            raise UpdateError(code, name=plan.update.name, title=plan.title)
        _keep_present(plan.round)
        if kept.updates:  # of a record that was lost nothing is known to be of no use
            sweep(packs_folder(), kept.needed())
        folder = os.urandom(32).hex()
        put_in_place(plan.update.contents, packs_folder() / folder, progress)
        return folder


def hold_pack(
    plan: UpdatePlan, folder: str, store: DraftStore | None = None, clock: Clock = SYSTEM_CLOCK
) -> InstalledUpdate:
    """Let a pack that was written hold, in one step: this is the installation.

    Args:
        plan: of :func:`pilotdesk.updates.planning.plan_of`.
        folder: of :func:`write_pack`.
        store: the drafts; when they may only be looked at, nothing is installed.
        clock: the time of the installation.

    Raises:
        UpdateError: ``update_overtaken`` when something else was installed or undone since; those of
            :func:`pilotdesk.updates.record.record_to_change`.
        StoreError: the reason why the drafts may only be looked at; ``store_unwritable``.
        ExportError: ``disk_full``.
    """
    with _ONE_AT_A_TIME, into_data():
        kept = _record_for(plan, store)
        if not (packs_folder() / folder).is_dir():
            raise UpdateError("update_overtaken")
        entry = kept.in_force(plan.round)
        if entry is not None and entry.sha256 == plan.update.sha256:
            # Its files were lost, or it is wanted although the program is newer.
            entry.folder, entry.program, entry.digest = folder, __released__, digest_of(plan.update.contents)
        else:
            entry = _entry(plan, folder, clock)
            kept.updates.append(entry)
        kept.active[plan.round] = folder
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
        UpdateError: ``update_gone`` when it is not on the record; ``update_undo_order`` when it does not hold now;
            and those of :func:`pilotdesk.updates.record.record_to_change`.
        StoreError: the reason why the drafts may only be looked at; ``store_unwritable``.
        ExportError: ``disk_full``.
    """
    with _ONE_AT_A_TIME, into_data():
        _refuse_looking(store)
        kept = record_to_change()
        entry = next((one for one in kept.updates if one.update_id == installed.update_id), None)
        if entry is None:
            raise UpdateError("update_gone")
        if kept.in_force(entry.round) is not entry:
            raise UpdateError("update_undo_order", title=entry.title)
        _keep_present(entry.round)
        earlier = kept.before(entry)
        entry.undone = clock.stamp()
        if earlier is not None and (packs_folder() / earlier.folder).is_dir():
            kept.active[entry.round] = earlier.folder
        else:
            del kept.active[entry.round]
            kept.retired[entry.round] = entry.folder
        keep_installations(kept)
        return shown(kept, entry)


def _record_for(plan: UpdatePlan, store: DraftStore | None) -> Installations:
    """The record, to be changed by an installation that was planned when it said the same of the round."""
    _refuse_looking(store)
    kept = record_to_change()
    if kept.active.get(plan.round, "") != plan.basis:
        raise UpdateError("update_overtaken")
    return kept


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


def _entry(plan: UpdatePlan, folder: str, clock: Clock) -> Entry:
    signer = plan.update.signer
    return Entry(
        update_id=os.urandom(8).hex(),
        sha256=plan.update.sha256,
        folder=folder,
        round=plan.round,
        title=plan.title,
        versions={form.name: form.version for form in plan.manifest.forms},
        signer=signer.name,
        fingerprint=signer.fingerprint,
        made=plan.manifest.made,
        at=clock.stamp(),
        notes=plan.notes,
        program=__released__,
        digest=digest_of(plan.update.contents),
    )
