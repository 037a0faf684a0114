"""The plug is pulled at every single write of an installation and of an undoing: a round has one whole pack or the other."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING

import pytest

from pilotdesk.drafts.records import DraftFacts
from pilotdesk.drafts.store import DraftStore
from pilotdesk.forms.installed import current_folder, current_pack
from pilotdesk.forms.loader import load_pack
from pilotdesk.projects import session_of_record
from pilotdesk.updates.installing import install_pack, undo
from pilotdesk.updates.record import installed_updates
from tests.faults.file_calls import FileCalls
from tests.faults.instrument import BY_NAME, RENAME, SYNC, WRITE, Call, Fault, Instrument
from tests.forms.migration_kit import AFTER, BEFORE, FORM, forget
from tests.updates.update_kit import CLOCK, NOW, PROVINCE, plan_at, trust, update_at

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="a process is needed that can be killed")
KILLED, DONE = 9, 0
VERSIONS = {load_pack(BEFORE).digest: 1, load_pack(AFTER).digest: 3}


class Plug(Instrument):
    """Ends the process at the ``at``-th call; a write leaves its first half behind."""

    def __init__(self, at: int = -1) -> None:
        super().__init__()
        self._kill_at = at
        self._dying = False

    def meet(self, kind: str, place: str, layer: str = "files") -> Fault | None:
        """Count, and die."""
        if self._dying:
            os._exit(KILLED)
        super().meet(kind, place, layer)
        if len(self.calls) - 1 != self._kill_at:
            return None
        if kind != WRITE:
            os._exit(KILLED)
        self._dying = True
        return BY_NAME["broken"]


def killed_at(at: int, act: Callable[[], object], root: Path) -> bool:
    """Do something in a process of its own, until the ``at``-th write call; whether it got that far."""
    child = os.fork()
    if not child:
        try:
            plug = Plug(at)
            plug.start(root)
            with FileCalls(plug).installed():
                act()
            os._exit(DONE)
        except BaseException:  # noqa: BLE001  whatever it is, the parent has to hear of it
            os._exit(77)
    _, status = os.waitpid(child, 0)
    code = os.waitstatus_to_exitcode(status)
    assert code in {KILLED, DONE}, code
    return code == KILLED


def counted(act: Callable[[], object], root: Path) -> list[Call]:
    """The write calls of something that is not killed."""
    plug = Plug()
    plug.start(root)
    with FileCalls(plug).installed():
        act()
    plug.stop()
    return plug.calls


@pytest.fixture
def drafts(data_dir: Path, program: Path) -> Callable[[], dict[str, tuple[int, dict[str, object]]]]:
    """One draft of version 1, and what it says whenever it is asked."""
    store = DraftStore(data_dir, CLOCK)
    pack = current_pack("2099")
    store.create(pack, FORM, {"project_name": "虚构", "fax": "0797"}, facts=DraftFacts(), origin="typed")
    store.close()

    def read() -> dict[str, tuple[int, dict[str, object]]]:
        opened = DraftStore(data_dir, CLOCK)
        try:
            found = {}
            for card in opened.cards():
                record = opened.load(card.draft_id)
                session = session_of_record(record, NOW.date())
                values = {path: session.value(path) for path in record.values}
                found[card.draft_id] = (session.form.head.version, values)
            return found
        finally:
            opened.close()

    return read


def versions_here(data_dir: Path) -> int:
    """The version of the pack that is used, which has to be whole."""
    forget()
    folder = current_folder("2099")
    return VERSIONS[load_pack(folder).digest]


@pytest.fixture
def path(tmp_path: Path, program: Path) -> Path:
    """Version 3 in a file, signed by somebody who is known here."""
    trust(PROVINCE)
    return update_at(tmp_path / "stick" / "2099.pdpack")


def each_step(data_dir: Path, act: Callable[[], object], kept: Path) -> Iterator[int]:
    """Kill an act at each of its write calls, in a fresh copy of the data directory each time."""
    shutil.copytree(data_dir, kept)
    at = 0
    while True:
        shutil.rmtree(data_dir)
        shutil.copytree(kept, data_dir)
        if not killed_at(at, act, data_dir):
            return
        yield at
        at += 1


def test_an_installation_that_is_killed_is_there_or_not(
    path: Path, data_dir: Path, tmp_path: Path, drafts: Callable[[], object]
) -> None:
    before, plan = drafts(), plan_at(path)
    seen = []
    for _ in each_step(data_dir, lambda: install_pack(plan, None, CLOCK), tmp_path / "kept"):
        version = versions_here(data_dir)
        assert [one.state for one in installed_updates()] == (["active"] if version == 3 else [])
        assert drafts() == before
        seen.append(version)
        if version == 1:  # once more, and nothing is left of the first time
            install_pack(plan, None, CLOCK)
            assert versions_here(data_dir) == 3
            assert [one.state for one in installed_updates()] == ["active"]
            assert drafts() == before
    assert len(seen) > 20
    assert set(seen) <= {1, 3}
    assert sorted(seen) == seen


def test_an_undoing_that_is_killed_is_done_or_not(
    path: Path, data_dir: Path, tmp_path: Path, drafts: Callable[[], object]
) -> None:
    installed = install_pack(plan_at(path), None, CLOCK)
    before = drafts()
    seen = []
    for _ in each_step(data_dir, lambda: undo(installed, None, CLOCK), tmp_path / "kept"):
        version = versions_here(data_dir)
        assert [one.state for one in installed_updates()] == (["active"] if version == 3 else ["undone"])
        assert drafts() == before
        seen.append(version)
        if version == 3:
            undo(installed, None, CLOCK)
            assert versions_here(data_dir) == 1
    assert 3 in seen
    assert sorted(seen, reverse=True) == seen


def test_everything_is_on_the_disk_before_it_is_said_to_be_there(path: Path, data_dir: Path) -> None:
    """A power cut loses what was not forced out: all of the pack has to be before the record is."""
    plan = plan_at(path)
    calls = counted(lambda: install_pack(plan, None, CLOCK), data_dir)
    commit = next(
        at for at, call in enumerate(calls) if call.kind == RENAME and call.path == "updates/installed.json"
    )
    assert not [call for call in calls[commit + 1 :] if call.kind in {WRITE, RENAME}]
    written = {
        call.path: at for at, call in enumerate(calls) if call.kind == WRITE and "/packs/" in call.path
    }
    forced = {call.path: at for at, call in enumerate(calls) if call.kind == SYNC}
    assert len(written) == len(plan.update.contents)
    for name, at in written.items():
        assert at < forced[name] < commit
    folders = {name.rpartition("/")[0] for name in written} | {"updates/packs"}
    assert all(forced[folder] < commit for folder in folders)
