"""Bringing a found copy into this data directory: as a whole where there is no work yet, else as further projects.

Either way the copy is first put into the folder that restores work in, brought to the present version and looked over there;
its attachments go beside the database, each compared with its SHA-256, before anything names them.
"""

from __future__ import annotations

import contextlib
import shutil
from typing import TYPE_CHECKING

from pilotdesk.atomic import ensure_folder, replacing
from pilotdesk.drafts import recovery
from pilotdesk.drafts.attachments_folder import SHA256, AttachmentsFolder, file_sha256
from pilotdesk.drafts.connection import FILE_NAME, Connection, trouble_of
from pilotdesk.drafts.copies import put_copy
from pilotdesk.drafts.health import health_of, looking_at
from pilotdesk.drafts.incoming_files import KeptFiles
from pilotdesk.drafts.store import DraftStore
from pilotdesk.drafts.stored_json import value_text
from pilotdesk.errors import ExportError, StoreError
from pilotdesk.record import Record

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from pilotdesk.clock import Clock
    from pilotdesk.drafts.copies import DraftCopy, ProjectCopy
    from pilotdesk.drafts.found_copies import FoundCopy

    Progress = Callable[[int, int], None]


class Brought(Record, frozen=True, kw_only=True):
    """What is here now.

    Attributes:
        projects: practice left out. drafts: how many. files: attachments that are whole. lost: those that are not, or not there.
        known: projects that were left where they were, because they are here already as the copy has them, or newer.
    """

    projects: int
    drafts: int
    files: int
    lost: int
    known: int = 0


def has_work(data_folder: Path) -> bool:
    """Whether there is a draft here that is no practice, one that was deleted included.

    Raises:
        StoreError: it cannot be read.
    """
    with trouble_of(data_folder), looking_at(data_folder / FILE_NAME, alone=False) as connection:
        return bool(
            connection.execute(
                "SELECT 1 FROM draft JOIN project USING (project_id) WHERE NOT practice LIMIT 1"
            ).fetchone()
        )


def make_ready(data_folder: Path, found: FoundCopy, clock: Clock, progress: Progress | None = None) -> None:
    """Have a copy ready to take the place of the database; nothing here is changed but that attachments are added.

    Args:
        data_folder: the data directory.
        found: a sound copy.
        clock: the time.
        progress: called between files with (done, total); may raise to stop.

    Raises:
        StoreError: ``found_gone`` when it was pulled out; ``found_unsound``; ``found_not_alone`` when there is work here;
            ``store_full``, ``store_unwritable``.
        ExportError: ``folder_unwritable``, ``disk_full``.
    """
    if has_work(data_folder):
        raise StoreError("found_not_alone")
    with _taken_back(data_folder) as brought:
        _unpacked(data_folder, found, clock)
        _bring_files(data_folder, found, progress, brought)


def take_place(data_folder: Path, clock: Clock) -> Brought:
    """Put what :func:`make_ready` made in the place of the database, which nobody has open, and read it back.

    Raises:
        StoreError: ``found_not_alone``, ``found_unsound``. ExportError: ``folder_unwritable``.
    """
    if has_work(data_folder):
        raise StoreError("found_not_alone")
    recovery.take_place(data_folder, clock)
    if not health_of(data_folder / FILE_NAME, alone=False).is_sound:
        raise StoreError("found_unsound", folder=data_folder)
    store = DraftStore(data_folder, clock)
    try:
        cards = [card for card in store.cards() if not card.practice]
        named = _named(data_folder)
    finally:
        store.close()
    files = sum(_is_whole(data_folder, sha256) for sha256 in named)
    return Brought(
        projects=len({card.project_id for card in cards}),
        drafts=len(cards),
        files=files,
        lost=len(named) - files,
    )


def add_projects(
    data_folder: Path, found: FoundCopy, clock: Clock, progress: Progress | None = None
) -> Brought:
    """Add the projects of a copy beside those that are here, all or none; what is here already is not added again.

    Written through a connection of its own, so any thread can do it while the program is not writing.

    Args, Raises: see :func:`make_ready`.
    """
    with _taken_back(data_folder) as brought:
        _unpacked(data_folder, found, clock)
        lost = _bring_files(data_folder, found, progress, brought)
        with (
            contextlib.closing(DraftStore(data_folder / recovery.WORK_FOLDER, clock)) as work,
            contextlib.closing(Connection(data_folder / FILE_NAME)) as here,
        ):
            listed = [_on_the_spot(one, data_folder) for one in _projects(work)]
            seen = _seen(here)
            fresh = [one for one in listed if not _is_here(seen, one)]
            with here.writing():
                ids = [put_copy(here, AttachmentsFolder(data_folder), one) for one in fresh]
            _read_back(here, fresh, ids)
    shutil.rmtree(data_folder / recovery.WORK_FOLDER, ignore_errors=True)
    return Brought(
        projects=len(fresh),
        drafts=sum(len(one.drafts) for one in fresh),
        files=len({sha256 for one in fresh for sha256 in one.files}),
        lost=lost,
        known=len(listed) - len(fresh),
    )


# -- inside --------------------------------------------------------------------------------------


@contextlib.contextmanager
def _taken_back(data_folder: Path) -> Iterator[list[str]]:
    """Around what may not come to its end: it gives back its room, or what is typed next has none on a disk that is full.

    Gives a list for the SHA-256s of files that were not here before; those that nothing names go again.
    """
    brought: list[str] = []
    try:
        yield brought
    except BaseException:
        shutil.rmtree(data_folder / recovery.WORK_FOLDER, ignore_errors=True)
        with contextlib.suppress(StoreError):  # then they lie there unused
            AttachmentsFolder(data_folder).remove(set(brought) - set(_named(data_folder)))
        raise


def _unpacked(data_folder: Path, found: FoundCopy, clock: Clock) -> None:
    """The copy in the folder to work in, at the present version, sound."""
    work = data_folder / recovery.WORK_FOLDER
    shutil.rmtree(work, ignore_errors=True)
    ensure_folder(work)
    for suffix in ("", *recovery.WRITTEN):
        source = found.database.with_name(f"{found.database.name}{suffix}")
        if not suffix or source.exists():
            with _there(found), replacing(work / f"{FILE_NAME}{suffix}") as part:
                shutil.copyfile(source, part)
    try:
        DraftStore(work, clock).close()
    except StoreError as trouble:
        if trouble.code == "store_damaged":
            raise StoreError("found_unsound", folder=found.database.parent) from trouble
        raise
    if not health_of(work / FILE_NAME).is_sound:
        raise StoreError("found_unsound", folder=found.database.parent)


def _bring_files(data_folder: Path, found: FoundCopy, progress: Progress | None, brought: list[str]) -> int:
    """Put the attachments beside the database, note which were not here; returns how many are nowhere whole."""
    work = data_folder / recovery.WORK_FOLDER
    here, lost = AttachmentsFolder(data_folder), 0
    named = _named(work)
    for at, sha256 in enumerate(named):
        if progress is not None:
            progress(at, len(named))
        if not here.path_of(sha256).exists():
            brought.append(sha256)
        with _there(found):
            # An old copy had them inside; bringing it to the present version put them beside it.
            lost += not any(here.bring(sha256, AttachmentsFolder(home)) for home in (work, *found.homes))
    return lost


@contextlib.contextmanager
def _there(found: FoundCopy) -> Iterator[None]:
    """Around reading from where the copy is: when that is gone, it is no trouble of the disk here."""
    try:
        yield
    except (OSError, ExportError) as trouble:
        if not found.database.is_file():
            raise StoreError("found_gone", folder=found.database.parent) from trouble
        raise


def _named(folder: Path) -> list[str]:
    """SHA-256s that a database names."""
    with trouble_of(folder), looking_at(folder / FILE_NAME, alone=False) as connection:
        rows = connection.execute("SELECT DISTINCT sha256 FROM attachment ORDER BY sha256").fetchall()
    return [sha256 for (sha256,) in rows if SHA256.fullmatch(sha256)]


def _is_whole(data_folder: Path, sha256: str) -> bool:
    try:
        return file_sha256(AttachmentsFolder(data_folder).path_of(sha256)) == sha256
    except OSError:
        return False


def _projects(work: DraftStore) -> Iterator[ProjectCopy]:
    """The projects of a copy, without practice and without what was deleted."""
    for project_id in dict.fromkeys(card.project_id for card in work.cards() if not card.practice):
        records = tuple(work.load(card.draft_id) for card in work.drafts_of(project_id))
        yield work.projects.copy(project_id, records)


def _on_the_spot(copy: ProjectCopy, data_folder: Path) -> ProjectCopy:
    """The same with the files that stand here already."""
    from msgspec.structs import replace

    here = AttachmentsFolder(data_folder)
    paths = {sha256: here.path_of(sha256) for sha256 in copy.files if SHA256.fullmatch(sha256)}
    sizes = {sha256: path.stat().st_size for sha256, path in paths.items() if path.is_file()}
    return replace(copy, files=KeptFiles(here, sizes))


def _seen(here: Connection) -> dict[str, set[int]]:
    """What stands in the history of each draft here, by a number for each entry."""
    seen: dict[str, set[int]] = {}
    for draft_id, *entry in here.read("SELECT draft_id, path, at, value FROM history"):
        seen.setdefault(draft_id, set()).add(hash(tuple(entry)))
    return seen


def _is_here(seen: Mapping[str, set[int]], copy: ProjectCopy) -> bool:
    """Whether each draft of a project has been here in the state that the copy has.

    It has when the last entry stands in the history under the same id. Under another id, which it got because its own was
    taken, all entries must: drafts that begin alike are not the same.
    """
    return all(_has_been(seen, draft) for draft in copy.drafts)


def _has_been(seen: Mapping[str, set[int]], draft: DraftCopy) -> bool:
    entries = [hash((entry.path, entry.at, value_text(entry.value))) for entry in draft.history]
    if not entries:
        return False
    under_its_id = seen.get(draft.record.card.draft_id, set())
    return entries[-1] in under_its_id or any(known.issuperset(entries) for known in seen.values())


def _read_back(here: Connection, fresh: list[ProjectCopy], ids: list[str]) -> None:
    """Compare what is in the database now with what was put in.

    Raises:
        StoreError: ``found_unsound``.
    """
    written: Mapping[str, int] = dict(
        here.read("SELECT project_id, count(*) FROM history JOIN draft USING (draft_id) GROUP BY project_id")
    )
    for project_id, copy in zip(ids, fresh, strict=True):
        if written.get(project_id, 0) != sum(len(draft.history) for draft in copy.drafts):
            raise StoreError("found_unsound", folder=here.path.parent)
