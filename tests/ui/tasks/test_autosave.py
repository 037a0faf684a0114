"""Every change reaches the store; a broken promise is said until it is kept."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QTimer

from pilotdesk.documents.export import ExportedFile, ExportResult
from pilotdesk.errors import StoreError
from pilotdesk.projects import session_of_record
from pilotdesk.projects.shelf import Shelf
from pilotdesk.ui.tasks.autosave import Autosave
from pilotdesk.ui.tasks.unfinished import Unfinished

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from pilotdesk.clock import Clock
    from pilotdesk.drafts.package import Package
    from pilotdesk.drafts.store import DraftStore


@pytest.fixture
def draft_id(store: DraftStore, clock: Clock, sample: Package) -> str:
    return Shelf(store, clock).take_in(sample)


@pytest.fixture
def autosave(qtbot: QtBot, store: DraftStore, clock: Clock, draft_id: str) -> Iterator[Autosave]:
    session = session_of_record(store.load(draft_id), clock.today())
    made = Autosave(session, store, draft_id, clock)
    yield made
    made.close()


def test_a_change_is_stored_after_a_pause(
    qtbot: QtBot, autosave: Autosave, store: DraftStore, draft_id: str
) -> None:
    with qtbot.waitSignal(autosave.saved):
        autosave._session.set_text("project_name", "南汀县居家养老服务标准化试点")
    assert store.load(draft_id).values["project_name"] == "南汀县居家养老服务标准化试点"
    assert store.cards()[0].facts.title == "南汀县居家养老服务标准化试点"
    assert not autosave.is_pending


def test_cells_rows_and_their_removal_are_stored(
    autosave: Autosave, store: DraftStore, draft_id: str
) -> None:
    session = autosave._session
    first = session.rows("targets")[0]
    session.set_text(f"targets[{first.id}].indicator", "改过的指标")
    assert autosave.flush()
    session.insert_rows("targets", 0, [{"indicator": "新的指标"}])
    session.set_text(f"targets[{session.rows('targets')[0].id}].indicator", "又改了")
    session.remove_rows("targets", [first.id])
    assert autosave.flush()
    stored = store.load(draft_id).values["targets"]
    assert stored == session.rows("targets")


def test_an_answered_warning_is_stored(autosave: Autosave, store: DraftStore, draft_id: str) -> None:
    autosave._session.accept("uscc_check_char", "uscc", "证书上就是这样")
    assert autosave.flush()
    assert store.load(draft_id).accepted["uscc_check_char@uscc"] == "证书上就是这样"


def gone_out(code: str) -> ExportResult:
    file = ExportedFile(kind="docx", path=Path("申报书.docx"), sha256="0" * 64, check_code=code)
    return ExportResult(files=(file,), pages=1, answers=1, check_codes=(("申报书", code),))


def test_a_final_version_that_goes_out_again_unchanged_is_no_new_one(
    autosave: Autosave, store: DraftStore, clock: Clock, draft_id: str
) -> None:
    session, shelf = autosave._session, Shelf(store, clock)
    for code, revision in (("AB", 1), ("AB", 1), ("CD", 2), ("AB", 3)):
        session.set_text("project_name", f"改到 {code} 的标准化试点")
        autosave.remember_export(gone_out(code), final=True)
        assert session.identity.revision == store.cards()[0].revision == revision
        opened = shelf.open(draft_id).identity
        assert (opened.revision, opened.final_codes) == (revision, {code})


def test_what_could_not_be_stored_is_said_and_stored_later(
    qtbot: QtBot, autosave: Autosave, store: DraftStore, draft_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as broken:

        def refuse(*_given: object, **_named: object) -> str:
            raise StoreError("store_full", folder="D:")

        broken.setattr(store, "save", refuse)
        autosave._session.set_text("project_name", "还没有存上的名称")
        with qtbot.waitSignal(autosave.broken) as said:
            assert not autosave.flush()
        assert "满" in said.args[0]
        assert autosave.is_pending
    with qtbot.waitSignal(autosave.saved):
        assert autosave.flush()
    assert store.load(draft_id).values["project_name"] == "还没有存上的名称"


def test_what_could_not_be_stored_and_was_taken_back_ends_the_trouble(
    qtbot: QtBot, autosave: Autosave, store: DraftStore, draft_id: str
) -> None:
    session = autosave._session
    store.access.refusal = StoreError("moving")
    session.accept("uscc_check_char", "uscc", "证书上就是这样")
    assert not autosave.flush()
    session.accept("uscc_check_char", "uscc", None)
    store.access.refusal = None
    with qtbot.waitSignal(autosave.saved):  # the red bar goes
        assert autosave.flush()
    with qtbot.waitSignal(autosave.saved):  # by itself, after the pause
        session.set_text("project_name", "后来写的名称")
    assert store.load(draft_id).values["project_name"] == "后来写的名称"


def test_what_the_start_page_shows_is_stored_later_where_it_could_not_be(
    autosave: Autosave, store: DraftStore, draft_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    save = store.save

    def refuse(*given: Any, **named: Any) -> str:
        if "facts" in named:
            raise StoreError("store_busy")
        return save(*given, **named)

    with monkeypatch.context() as busy:
        busy.setattr(store, "save", refuse)
        autosave._session.set_text("project_name", "改了的名称")
        assert autosave.flush()
    assert store.load(draft_id).values["project_name"] == "改了的名称"
    assert store.cards()[0].facts.title != "改了的名称"
    assert autosave.flush()
    assert store.cards()[0].facts.title == "改了的名称"


BESIDE = {
    "facts": "pilotdesk.projects.facts_of",
    "page": "pilotdesk.drafts.store.DraftStore.remember_step",
    "answered warnings": "pilotdesk.drafts.store.DraftStore.accept",
    "exports": "pilotdesk.drafts.store.DraftStore.log_export",
}


@pytest.mark.parametrize("beside", BESIDE)
def test_a_bug_in_what_is_stored_beside_keeps_no_answer_from_it(
    qtbot: QtBot, autosave: Autosave, store: DraftStore, draft_id: str, monkeypatch: pytest.MonkeyPatch, beside: str
) -> None:  # fmt: skip
    said: list[str] = []
    autosave.broken.connect(lambda sentence, _since: said.append(sentence))
    session = autosave._session

    def fail(*_given: object, **_named: object) -> None:
        raise ZeroDivisionError

    with monkeypatch.context() as broken, qtbot.capture_exceptions() as bugs:
        broken.setattr(BESIDE[beside], fail)
        session.set_text("project_name", "照样存上的名称")
        session.accept("uscc_check_char", "uscc", "证书上就是这样")
        autosave.remember_page("objectives")
        autosave.remember_export(gone_out("AB"), final=True)
        is_whole = beside in {"facts", "page"}  # of what was typed
        assert autosave.flush() is is_whole
    assert {kind for kind, *_ in bugs} == {ZeroDivisionError}
    assert store.load(draft_id).values["project_name"] == "照样存上的名称"
    assert ("自动再存" in " ".join(said)) is not is_whole
    session.set_text("project_name", "后来的名称")
    with qtbot.waitSignal(autosave.saved):
        assert autosave.flush()
    assert store.load(draft_id).accepted["uscc_check_char@uscc"] == "证书上就是这样"
    assert store.left_at(draft_id) == "objectives"
    assert store.cards()[0].facts.title == "后来的名称"
    assert store.cards()[0].revision == 1


def test_a_bug_in_an_open_editor_keeps_nothing_else_from_being_stored(
    qtbot: QtBot, autosave: Autosave, store: DraftStore, draft_id: str
) -> None:
    unfinished = Unfinished()
    autosave.gather(unfinished)
    unfinished.begin(lambda: {}["gone"])
    autosave._session.set_text("project_name", "照样存上的名称")
    with qtbot.capture_exceptions() as bugs:
        assert autosave.flush()
    assert [kind for kind, *_ in bugs] == [KeyError]
    assert store.load(draft_id).values["project_name"] == "照样存上的名称"
    unfinished.begin(lambda: None)


def test_whoever_never_pauses_is_stored_all_the_same(
    qtbot: QtBot, autosave: Autosave, store: DraftStore, draft_id: str
) -> None:
    session, typing = autosave._session, QTimer(interval=20)
    typing.timeout.connect(lambda: session.set_text("project_name", f"{session.value('project_name')}字"))
    with qtbot.waitSignal(autosave.saved):
        typing.start()
    assert typing.isActive()
    typing.stop()
    assert store.load(draft_id).values["project_name"].endswith("字")


def test_what_stands_in_an_open_editor_is_stored_too(
    qtbot: QtBot, autosave: Autosave, store: DraftStore, draft_id: str
) -> None:
    unfinished = Unfinished()
    autosave.gather(unfinished)
    with qtbot.waitSignal(autosave.saved):
        unfinished.begin(lambda: autosave._session.set_text("project_name", "还没按回车的名称"))
    assert store.load(draft_id).values["project_name"] == "还没按回车的名称"
