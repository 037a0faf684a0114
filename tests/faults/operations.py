"""What the program does with files and the database, each as one step that can be walked.

An operation gets a world, does one thing, and raises a sentence when it could not. Adding a *call* to one of them needs nothing
here; a module that writes and that none of them reaches is found by ``test_every_line_that_writes_is_walked``.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from msgspec import structs

from pilotdesk.drafts.records import DraftFacts
from pilotdesk.errors import PilotDeskError
from pilotdesk.forms.shipped import load_shipped
from pilotdesk.forms.values import Row
from pilotdesk.projects import package_of, session_of_record
from tests.faults import worlds
from tests.faults.worlds import LETTER, LETTER_SHA256, LONG_AGO, SCAN, SCAN_SHA256, World

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@dataclass(frozen=True, kw_only=True)
class Operation:
    """One step.

    Attributes:
        name: in the tests' names. base: makes the world it begins in. prepare: done before anything is counted.
        act: the step. optional: patterns of files that it does without when they cannot be written or removed.
        partial: patterns of files (``data/pilotdesk.db`` for its rows) that may be new though the step as a whole failed:
            steps of several parts, each of them whole. again: whether a second try gives the very same state.
        silent: whether it never says that it failed, because nothing hangs on it. stepwise: whether the database may stay
            between before and after, sound: at one of several versions, say. waiting: a file that says that the step is done
            but for its end, and that it goes on from there the next time; the database may be aside until then.
        cut_short: as ``partial``, where the disk was gone for good, so that nothing could be put back either.
        stuck: patterns of files that may stay half-written where nothing could be removed any more.
        varies: patterns of files that are never twice the same.
        heavy: whether it takes so long that the tests of every day try one fault a place, and ``tests.bench`` all.
    """

    name: str
    act: Callable[[World], object]
    base: Callable[[Path], World] = worlds.small
    prepare: Callable[[World], object] = field(default=lambda world: world.draft)
    optional: tuple[str, ...] = ()
    partial: tuple[str, ...] = ()
    again: bool = True
    silent: bool = False
    stepwise: bool = False
    waiting: str = ""
    varies: tuple[str, ...] = ()
    cut_short: tuple[str, ...] = ()
    stuck: tuple[str, ...] = ()
    heavy: bool = False


OPERATIONS: list[Operation] = []


def walked(**given: Any) -> Callable[[Callable[[World], object]], Callable[[World], object]]:
    """Put a function on the list."""

    def put(act: Callable[[World], object]) -> Callable[[World], object]:
        OPERATIONS.append(Operation(name=act.__name__, act=act, **given))
        return act

    return put


def _closed(_world: World) -> None:
    """Nothing is open before."""


# -- saving --------------------------------------------------------------------------------------


@walked()
def one_answer(world: World) -> None:
    facts = DraftFacts(title="新名称", unit="某局")
    world.store.save(world.draft, {"project_name": "新名称"}, origin="typed", facts=facts)


@walked()
def a_table(world: World) -> None:
    rows = (*worlds.ROWS[::-1], Row("r_00000009", {"indicator": "新的"}))
    world.store.save(world.draft, {"targets": rows}, origin="imported")


@walked()
def a_cell(world: World) -> None:
    world.store.save(world.draft, {"targets[r_00000001].indicator": "改过"}, origin="typed")


def _session(world: World) -> Any:
    return session_of_record(world.store.load(world.draft), world.clock.today())


def _keep(world: World, session: Any, change: Any, origin: str = "typed") -> None:
    changed = {path: session.value(path) for path in {*change.paths, *change.tables}}
    typed = {path: value for path, value in changed.items() if not session.field(path).calculation}
    world.store.save(world.draft, typed, origin=origin)


def _edited(world: World) -> None:
    session = world.kept["session"] = _session(world)
    _keep(world, session, session.set_text("project_name", "要撤销的"))
    world.kept["undo"] = session.undo()


@walked(prepare=_edited)
def undo(world: World) -> None:
    _keep(world, world.kept["session"], world.kept["undo"])


def _with_a_row(world: World) -> None:
    world.kept["session"] = session = _session(world)
    world.kept["change"] = session.insert_rows("targets", 0, [{"indicator": "插进来的"}])


@walked(prepare=_with_a_row)
def adding_a_row(world: World) -> None:
    _keep(world, world.kept["session"], world.kept["change"])


def _short_of_memory(world: World) -> None:
    world.draft  # noqa: B018  opens the store
    world.store._connection._connection.execute("PRAGMA cache_size = 3")


@walked(prepare=_short_of_memory)
def more_than_memory_holds(world: World) -> None:
    """Pages go to the log in the middle of the transaction, so that statements fail and not only the commit."""
    world.store.save(world.draft, {f"note_{n}": "很长的一段" * 90 for n in range(24)}, origin="imported")


@walked()
def what_is_kept_beside_answers(world: World) -> None:
    from pilotdesk.forms.attic import AtticEntry

    entry = AtticEntry(path="old", label="旧栏", text="话", value="话", why="没有了。", at="")
    with world.store.together():
        world.store.accept(world.draft, {"a@b": "核过", "c@d": "核过"})
        world.store.keep_carried(world.draft, {"unit_name": "某局"})
        world.store.keep_attic(world.draft, [entry])
        world.store.remember_step(world.draft, "targets")
        world.store.count_revision(world.draft, 3)
        world.store.log_export(world.draft, kind="pdf", file_name="a.pdf", sha256="0" * 64, check_code="AB")


@walked()
def answered_warnings(world: World) -> None:
    world.store.accept(world.draft, {"a@b": "核过"})


@walked()
def a_date(world: World) -> None:
    from datetime import date

    world.store.projects.set_date(world.project, "admitted", date(2026, 11, 10))


# -- projects ------------------------------------------------------------------------------------


@walked()
def a_new_project(world: World) -> None:
    pack = load_shipped("2026")
    world.store.create(
        pack, "application", {"project_name": "另一个"}, facts=DraftFacts(title="另一个"), origin="typed"
    )


@walked(heavy=True)
def a_draft_with_its_files(world: World) -> None:
    from pilotdesk.projects.life import keep_draft

    session = _session(world)
    keep_draft(world.store, session, origin="imported", files={SCAN_SHA256: SCAN, LETTER_SHA256: LETTER})


@walked()
def the_next_form(world: World) -> None:
    from pilotdesk.projects.life import start_form

    start_form(world.store, world.project, "summary_2027", world.clock.today())


@walked()
def renaming(world: World) -> None:
    facts = DraftFacts(title="改名以后", unit="某局")
    world.store.save(world.draft, {"project_name": "改名以后"}, origin="typed", facts=facts)


@walked()
def deleting(world: World) -> None:
    world.store.deletions.delete([world.draft])


def _deleted(world: World) -> None:
    world.store.deletions.delete([world.draft])


@walked(prepare=_deleted)
def bringing_back(world: World) -> None:
    world.store.deletions.bring_back([world.draft])


@walked(prepare=_deleted)
def deleting_for_good(world: World) -> None:
    world.store.deletions.take_away([world.draft])


@walked()
def an_attachment(world: World) -> None:
    world.store.attach(world.draft, LETTER_SHA256, LETTER)


# -- history -------------------------------------------------------------------------------------


@walked()
def naming_a_version(world: World) -> None:
    histories = world.store.histories
    histories.name_version(
        world.draft, "交第一稿前", histories.last_entry(world.draft), at=world.clock.stamp()
    )


def _thin(world: World) -> None:
    from pilotdesk.drafts import history_thinning

    history_thinning.ENOUGH, kept = 1, history_thinning.ENOUGH  # type: ignore[misc]
    history_thinning.FULL_DAYS, days = 1, history_thinning.FULL_DAYS  # type: ignore[misc]
    try:
        assert world.store.histories.thin(world.draft)
    finally:
        history_thinning.ENOUGH, history_thinning.FULL_DAYS = kept, days  # type: ignore[misc]


walked()(_thin)


@walked()
def an_older_version(world: World) -> None:
    past = world.store.histories.read(world.draft)
    session = _session(world)
    state = past.state(past.entries[len(past.entries) // 2].seq)
    _keep(world, session, session.set_values({**dict.fromkeys(session.values), **state}), "restored")


# -- copies --------------------------------------------------------------------------------------


@walked(heavy=True, partial=("data/backups/*",), again=False)
def the_first_backup(world: World) -> None:
    from pilotdesk.drafts.backups import back_up

    back_up(world.data, world.clock)


def _with_a_stick(world: World) -> None:
    from pilotdesk.drafts.second_place import choose

    world.second.mkdir()
    choose(world.data, world.second)
    world.draft  # noqa: B018  opens the store


@walked(
    base=worlds.backed_up, prepare=_with_a_stick, again=False,
    partial=("data/backups/*", "data/second_place.json", "stick/*"), optional=("data/backups/*", "stick/*"),
    heavy=True,
)  # fmt: skip
def the_next_backup_here_and_there(world: World) -> None:
    from pilotdesk.drafts.backups import back_up
    from pilotdesk.drafts.second_place import copy_there

    copy_there(world.data, back_up(world.data, world.clock))


@walked(
    prepare=lambda world: world.second.mkdir(), partial=("stick/*",), varies=("data/second_place.json", "stick/*/whose.json")
)  # fmt: skip
def choosing_a_second_place(world: World) -> None:
    from pilotdesk.drafts.second_place import choose

    choose(world.data, world.second)


@walked(prepare=_with_a_stick)
def forgetting_the_second_place(world: World) -> None:
    from pilotdesk.drafts.second_place import forget

    forget(world.data)


@walked(
    base=worlds.damaged, prepare=_closed, partial=("data/damaged/*", "data/recovery/*"), waiting="data/recovery/ready.db",
    heavy=True,
)  # fmt: skip
def mending_a_damaged_database(world: World) -> None:
    from pilotdesk.drafts.recovery import examine, finish, restore

    if finish(world.data, world.clock):
        return
    offer = examine(world.data, world.clock)
    restore(world.data, offer, offer.differences, world.clock)


@walked(
    base=worlds.backed_up,
    prepare=_closed,
    partial=("moved/*",),
    optional=("data/资料已移走.txt",),
    again=False,
    heavy=True,
)
def moving_the_data(world: World) -> None:
    from pilotdesk.drafts.moving import move
    from pilotdesk.paths import remember_data_dir

    target = world.root / "moved"
    if target.exists() and any(
        target.iterdir()
    ):  # what could not be taken away: the sentence says to pick another
        target = world.root / "moved-2"
    move(world.data, target)
    remember_data_dir(target)


# -- opening -------------------------------------------------------------------------------------


@walked(base=worlds.empty, prepare=_closed, stepwise=True)
def the_first_opening(world: World) -> None:
    world.store.cards()


@walked(prepare=_closed)
def an_opening(world: World) -> None:
    world.store.cards()


def _waiting(world: World) -> None:
    """Something waits for the place of a database that stayed where it is."""
    ready = world.data / "recovery" / "ready.db"
    ready.parent.mkdir()
    ready.write_bytes((world.data / "pilotdesk.db").read_bytes())


@walked(prepare=_waiting, optional=("data/recovery/ready.db",))
def an_opening_where_something_waits_for_the_place(world: World) -> None:
    world.store.cards()


@walked(base=worlds.old, prepare=_closed, stepwise=True, partial=("data/*.bak",), again=False, heavy=True)
def an_old_database(world: World) -> None:
    world.store.cards()


@walked(
    prepare=lambda world: world.store.save(world.draft, {"unit_name": "关之前"}, origin="typed"), silent=True
)
def closing(world: World) -> None:
    world.close()


def _left_by_another(world: World) -> None:
    (world.data / ".pilotdesk.lock.0000000000000000.old").write_bytes(b"{}")


@walked(
    prepare=_left_by_another,
    optional=("data/.pilotdesk.lock.*",),
    partial=("data/.pilotdesk.lock.*",),
    stuck=("data/pilotdesk.lock",),
)
def taking_the_lock(world: World) -> None:
    from pilotdesk.drafts.lock import FolderLock, Grip

    lock = world.kept.setdefault("lock", FolderLock(world.data, world.clock, ("KEYUAN-3", "x")))
    held = lock.take()
    if (
        held is not None and held.grip is Grip.SILENT
    ):  # half of a lock, on a disk from which nothing could be removed
        held = lock.take(over=True)
    assert held is None


def _held(world: World) -> None:
    taking_the_lock(world)


@walked(prepare=_held, silent=True, optional=("data/pilotdesk.lock",))
def keeping_and_letting_go_of_the_lock(world: World) -> None:
    assert world.kept["lock"].beat()
    world.kept["lock"].release()


@walked(prepare=_closed, silent=True, optional=("data/running.json",))
def the_mark_of_a_running_program(world: World) -> None:
    from pilotdesk.drafts.running_mark import RunningMark

    mark = RunningMark(world.data)
    mark.set(3)
    mark.clear()


@walked()
def the_search_index(world: World) -> None:
    from pilotdesk.drafts.search_index import SearchIndex

    assert SearchIndex(world.data).catch_up() == 0


@walked(
    heavy=True,
    prepare=lambda world: (world.data / "packs-kept" / f"{load_shipped('2026').digest}.part").mkdir(
        parents=True
    ),
)
def keeping_a_pack(world: World) -> None:
    from pilotdesk.forms.installed import keep_pack

    keep_pack(load_shipped("2026"))


@walked(prepare=_closed)
def what_the_window_remembers(world: World) -> None:
    from pilotdesk.ui.look.settings import FILE_NAME, Settings

    settings = Settings(world.data / FILE_NAME)
    settings.keep(theme="dark")
    assert settings.choices.theme == "dark"


@walked(prepare=_closed, silent=True, optional=("data/pilotdesk.log",))
def the_record_of_a_crash(world: World) -> None:
    from pilotdesk.ui.window.crash_hook import CrashHook

    hook = CrashHook(world.data, world.clock, flush=lambda: None, tell=lambda _said, _entry: True)
    hook(ValueError, ValueError("x"), None)


# -- packages ------------------------------------------------------------------------------------


def _old_target(world: World) -> None:
    world.draft  # noqa: B018  opens the store
    (world.out / "稿.pilot").write_bytes(b"what stood there before")
    left = world.out / ".稿.pilot.00000000.part"  # by a program that was killed
    left.write_bytes(b"half of it")
    os.utime(left, (LONG_AGO, LONG_AGO))


def _package(world: World) -> Any:
    return package_of(_session(world), world.store.attachments.contents([SCAN_SHA256]))


@walked(prepare=_old_target)
def a_package(world: World) -> None:
    from pilotdesk.drafts.package import write_package

    write_package(_package(world), world.out / "稿.pilot")


@walked(prepare=_old_target, heavy=True)
def a_package_with_a_password(world: World) -> None:
    from pilotdesk.drafts import sealed
    from pilotdesk.drafts.package import write_package

    sealed.COST, kept = min(sealed._COSTS), sealed.COST  # type: ignore[misc]
    try:
        write_package(_package(world), world.out / "稿.pilot", "一个足够长的密码")
    finally:
        sealed.COST = kept  # type: ignore[misc]


def _packed(world: World) -> None:
    from pilotdesk.drafts.package import read_package, write_package

    package = _package(world)
    write_package(replace(package, files={**package.files, LETTER_SHA256: LETTER}), world.out / "来的.pilot")
    world.kept["package"] = read_package(world.out / "来的.pilot")


@walked(heavy=True, prepare=_packed)
def taking_a_package_in(world: World) -> None:
    from pilotdesk.projects.shelf import Shelf

    Shelf(world.store, world.clock).take_in(world.kept["package"])


def _wanted() -> Any:
    from pilotdesk.projects.sharing import Wanted

    return Wanted(parts=("objectives",), person="王工", sender="李主任")


@walked(partial=("out/分工.pilot",), again=False)
def handing_parts_out(world: World) -> None:
    from pilotdesk.projects.sharing import hand_out

    hand_out(world.store, world.draft, _wanted(), world.out / "分工.pilot", world.clock)


def _asked(world: World) -> None:
    from pilotdesk.drafts.package import read_package
    from pilotdesk.projects.sharing import hand_out, keep_received, received

    hand_out(world.store, world.draft, _wanted(), world.out / "分工.pilot", world.clock)
    keep_received(world.store, world.draft, read_package(world.out / "分工.pilot"))
    world.kept["share"] = received(world.store, world.draft)


@walked(prepare=_asked, partial=("out/交回.pilot",))
def handing_parts_back(world: World) -> None:
    from pilotdesk.projects.sharing import hand_back

    hand_back(world.store, world.kept["share"], world.out / "交回.pilot", world.clock)


def _come_back(world: World) -> None:
    from pilotdesk.drafts.package import read_package, write_package
    from pilotdesk.projects.sharing import hand_out, look_into

    hand_out(world.store, world.draft, _wanted(), world.out / "分工.pilot", world.clock)
    package = read_package(world.out / "分工.pilot")
    changed = replace(
        package,
        values={**package.values, "unit_name": "他改的"},
        files={**package.files, LETTER_SHA256: LETTER},
    )
    write_package(changed, world.out / "交回.pilot")
    came = read_package(world.out / "交回.pilot")
    world.kept["incoming"] = look_into(_session(world), came, package.values)


@walked(prepare=_come_back, stepwise=True, again=False)
def merging(world: World) -> None:
    from pilotdesk.projects.sharing import keep_files, settle, take_over

    incoming, session = world.kept["incoming"], _session(world)
    keep_files(world.store, world.draft, incoming.package)
    _keep(world, session, take_over(session, incoming, {}), "merged")
    settle(world.store, world.draft, incoming, world.clock)


def _kit(world: World) -> Path:
    from pilotdesk.projects.handover import project_copy
    from pilotdesk.projects.handover.archive import write_archive

    copy = project_copy(world.store, world.project)
    names = {SCAN_SHA256: "附件/证书.pdf"}
    write_archive(world.out / "交接包.zip", copy, [("接手人须知.html", b"<p>")], names, now=world.clock.now())
    return world.out / "交接包.zip"


@walked()
def a_hand_over_file(world: World) -> None:
    _kit(world)


@walked(prepare=lambda world: world.kept.setdefault("kit", _kit(world)))
def taking_a_project_over(world: World) -> None:
    from pilotdesk.projects.handover import read_kit

    world.store.projects.put(read_kit(world.kept["kit"]))


# -- documents -----------------------------------------------------------------------------------


def _outlines() -> list[Any]:
    from tests.documents.outlines import UNIT, cover, outline

    return [outline((cover(units=()),), name=name, unit=UNIT) for name in ("自评表", "自评报告")]


def _exported(world: World) -> None:
    from pilotdesk.documents.export import export_documents

    for file in export_documents(_outlines(), world.out).files:
        file.path.write_bytes(b"an older version of it")


@walked(prepare=_exported, cut_short=("out/*",), heavy=True)
def all_documents(world: World) -> None:
    from pilotdesk.documents.export import export_documents

    export_documents(_outlines(), world.out)


def _older(world: World) -> None:
    for name in ("二.txt", "三.txt"):
        (world.out / name).write_text("older", encoding="utf-8")


@walked(prepare=_older, cut_short=("out/*",))
def files_that_belong_together(world: World) -> None:
    from pilotdesk.atomic import replacing_together

    with replacing_together() as beside:
        for name in ("一.txt", "二.txt", "三.txt"):
            beside(world.out / name).write_text(name, encoding="utf-8")


@walked(prepare=_closed, heavy=True)
def only_word(world: World) -> None:
    from pilotdesk.documents.export import export_documents

    export_documents(_outlines()[:1], world.out, pdf=False)


def _left_by_a_killed_program(world: World) -> None:
    left = world.out / ".binding-00000000"
    left.mkdir()
    (left / "0.pdf").write_bytes(b"half of it")
    os.utime(left, (LONG_AGO, LONG_AGO))


@walked(prepare=_left_by_a_killed_program, heavy=True, varies=("out/佐证材料.pdf",))
def binding_evidence(world: World) -> None:
    from pilotdesk.documents.binding import Piece, bind
    from tests.documents.evidence_files import DOCX, picture

    pieces = [
        Piece("E01", "证书", "证书.pdf", 1, lambda: SCAN),
        Piece("E02", "照片", "照片.jpg", 1, picture),
        Piece("E03", "文件", "文件.docx", 0, lambda: DOCX),
    ]
    bind(pieces, world.out / "佐证材料.pdf")


@walked(prepare=_closed)
def a_calendar_file(world: World) -> None:
    from types import SimpleNamespace

    from pilotdesk.ui.start.project_desk import ProjectDesk

    project = SimpleNamespace(project_id="p_1", title="试点", line=SimpleNamespace(dated=()))
    desk = SimpleNamespace(_clock=world.clock)
    ProjectDesk._write_calendar(desk, project, world.out / "到期日历.ics")  # type: ignore[arg-type]


# -- what is rarer -------------------------------------------------------------------------------


def _unused(world: World) -> None:
    from pilotdesk.drafts.attachments_folder import AttachmentsFolder

    world.draft  # noqa: B018  opens the store
    files = AttachmentsFolder(world.data)
    files.keep(LETTER_SHA256, LETTER)
    os.utime(files.path_of(LETTER_SHA256), (LONG_AGO, LONG_AGO))


@walked(prepare=_unused, partial=("data/attachments/*",))
def clearing_unused_files(world: World) -> None:
    from pilotdesk.drafts.unused_files import clear, unused_files

    now = world.clock.now().timestamp()
    clear(world.store._connection, unused_files(world.data, now), now)


@walked(
    prepare=_closed,
    silent=True,
    heavy=True,
    partial=("data/backups/*",),
    optional=("data/closing.json", "data/backups/*"),
)
def the_copy_when_the_program_is_closed(world: World) -> None:
    from pilotdesk.drafts.backups import back_up
    from pilotdesk.drafts.closing import copy_at_close, forget_close, last_close

    def work(progress: Any) -> str:
        back_up(world.data, world.clock, progress)
        return ""

    copy_at_close(world.data, work)
    last_close(world.data)
    forget_close(world.data)


def _silent_lock(world: World) -> None:
    from pilotdesk.drafts.lock import FILE_NAME, FolderLock

    assert FolderLock(world.data, world.clock, ("KEYUAN-4", "y")).take() is None
    os.utime(world.data / FILE_NAME, (LONG_AGO, LONG_AGO))


@walked(
    prepare=_silent_lock,
    partial=("data/pilotdesk.lock",),
    optional=("data/.pilotdesk.lock.*", "data/pilotdesk.lock"),
)
def taking_a_silent_lock_over(world: World) -> None:
    from pilotdesk.drafts.lock import FolderLock

    lock = world.kept.setdefault("lock", FolderLock(world.data, world.clock, ("KEYUAN-3", "x")))
    assert lock.take(over=True) is None


@walked(prepare=_closed, silent=True)
def looking_whether_the_place_is_good(world: World) -> None:
    from pilotdesk.drafts.places import wrong_with

    wrong_with(world.data)


@walked(prepare=lambda world: (world.data / "search.db").write_bytes(b"no index" * 999))
def a_damaged_index(world: World) -> None:
    the_search_index(world)


@walked(heavy=True)
def a_whole_hand_over(world: World) -> None:
    from pilotdesk.projects.handover import making, project_copy

    copy = project_copy(world.store, world.project)
    kept, making._outlines = making._outlines, lambda _told: tuple(_outlines()[:1])
    try:
        making.write_kit(copy, load_shipped("2026").round, world.out / "交接包.zip", world.clock)
    finally:
        making._outlines = kept


# -- from elsewhere ------------------------------------------------------------------------------


def _found(world: World) -> Any:
    from pilotdesk.drafts.found_copies import look_for

    (lot,) = look_for(world.root / "other")
    return lot.copies[0]


_WORK = ("data/recovery/*",)


def _begun(world: World) -> None:
    world.store.cards()
    world.close()


@walked(
    base=worlds.with_another, prepare=_begun, partial=(*_WORK, "data/damaged/*"), stepwise=True, waiting="data/recovery/ready.db",
    heavy=True,
)  # fmt: skip
def bringing_everything_back(world: World) -> None:
    from pilotdesk.drafts.bringing import has_work, make_ready, take_place
    from pilotdesk.drafts.recovery import finish

    # What is in its place already, and could only not be read back just then, is offered no second time.
    if not finish(world.data, world.clock) and not has_work(world.data):
        make_ready(world.data, _found(world), world.clock)
        take_place(world.data, world.clock)


@walked(
    base=worlds.with_another,
    prepare=lambda world: world.store.cards(),
    partial=_WORK,
    optional=_WORK,
    heavy=True,
)
def adding_what_was_found(world: World) -> None:
    from pilotdesk.drafts.bringing import add_projects

    add_projects(world.data, _found(world), world.clock)


# -- documents of other kinds --------------------------------------------------------------------


@walked(prepare=_closed, heavy=True)
def a_blank_form(world: World) -> None:
    from pilotdesk.documents.blank import write_blank

    pack = load_shipped("2026")
    write_blank(pack, pack.forms["application"], world.out / "空白表.docx", parts=("basics",))


def _opened(world: World) -> None:
    from pilotdesk.documents.export import export_documents
    from pilotdesk.documents.opened import OpenedDocx

    (file,) = export_documents(_outlines()[:1], world.out, pdf=False).files
    world.kept["opened"] = OpenedDocx.open(file.path)


@walked(heavy=True, prepare=_opened)
def an_opened_document(world: World) -> None:
    world.kept["opened"].save(world.out / "模板.docx")


@walked(heavy=True, prepare=_opened)
def a_filled_template(world: World) -> None:
    from types import SimpleNamespace

    from pilotdesk.documents.filling.saving import save_filled

    filled = SimpleNamespace(written=SimpleNamespace(lines=()))
    save_filled(world.kept["opened"], filled, world.out / "填好的.docx")  # type: ignore[arg-type]


@walked(prepare=_closed)
def how_a_template_is_filled(world: World) -> None:
    from pilotdesk.documents.filling import mapping

    kept, mapping.mapping_toml = (
        mapping.mapping_toml,
        lambda _mapping: "[template]\n" * 99,
    )  # its shape is not our matter
    try:
        mapping.write_mapping(None, world.out / "对应.toml")  # type: ignore[arg-type]
    finally:
        mapping.mapping_toml = kept


@walked(optional=("data/*/d_gone.json",))
def where_copying_was_left(world: World) -> None:
    from pilotdesk.projects.copying import Place, forget_places, keep_place

    keep_place(world.data, "d_gone", Place(at="a"))
    keep_place(world.data, world.draft, Place(at="b"))
    forget_places(world.data, [world.draft])


def _planned(world: World) -> None:
    from pilotdesk.projects.upload_kit import plan_kit

    plan = plan_kit(_session(world), world.clock.today(), draft=True)
    world.kept["plan"] = structs.replace(plan, outlines=tuple(_outlines()[:1]))


@walked(prepare=_planned, heavy=True, varies=("out/*",))
def a_folder_to_upload(world: World) -> None:
    from pilotdesk.projects.upload_kit import make_kit

    make_kit(world.kept["plan"], world.store.attachments.content, world.out)


def trouble_of(act: Callable[[], object]) -> BaseException | None:
    """What an operation raised; ``None`` when it went well."""
    try:
        act()
    except (PilotDeskError, Exception) as trouble:  # noqa: BLE001  whatever it is, the walk judges it
        return trouble
    return None


from tests.faults import operations_opening, operations_updates  # noqa: E402, F401  they put their own on the list
