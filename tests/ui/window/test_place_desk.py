"""A bad place for the data is told on the start page, and left with one button."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

import pytest

from pilotdesk import paths
from pilotdesk.drafts.places import Unfit
from pilotdesk.drafts.store import DraftStore
from pilotdesk.errors import StoreError
from pilotdesk.ui.components.issue import Banner
from pilotdesk.ui.components.notice_strip import NoticeStrip
from pilotdesk.ui.window import place_desk
from pilotdesk.ui.window.place_desk import FOLDER, PlaceDesk

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from pilotdesk.clock import Clock
    from pilotdesk.ui.look.theme import Look
    from pilotdesk.ui.window.main_window import MainWindow
    from tests.ui.conftest import WindowMaker

BAD = Unfit("synchronised", "资料放在OneDrive会同步的文件夹里，请移到不同步的地方。")


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    said: list[str] = []
    monkeypatch.setattr(place_desk, "tell", lambda _window, _look, _title, text: said.append(text))
    monkeypatch.setattr(place_desk, "tell_trouble", lambda _window, _look, trouble: said.append(trouble.code))
    return said


@pytest.fixture
def window(open_window: WindowMaker) -> MainWindow:
    made = open_window(at_once=True)
    made.show_start()
    return made


@pytest.fixture
def desk(window: MainWindow, look: Look, store: DraftStore) -> PlaceDesk:
    return PlaceDesk(window, look, store)


def strips(window: MainWindow) -> list[Banner]:
    return [strip for strip in window.desk.page.findChildren(Banner) if BAD.sentence in strip.title.text()]


def test_a_good_place_is_not_spoken_of(window: MainWindow, desk: PlaceDesk) -> None:
    desk.look_around()
    assert window.desk.place == ""


def test_a_bad_place_is_told_and_left_with_one_button(
    window: MainWindow, desk: PlaceDesk, store: DraftStore, told: list[str], tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch, qtbot: QtBot,
) -> None:  # fmt: skip
    old = store.path.parent
    monkeypatch.setattr(place_desk, "wrong_with", lambda folder: BAD if folder == old else None)
    monkeypatch.setattr(place_desk, "ask_folder", lambda *_args: tmp_path / "D")
    desk.look_around()
    strip = strips(window)[-1]
    with qtbot.waitSignal(window.reading.again_requested):
        strip.action_chosen.emit()
    assert paths.data_dir() == tmp_path / "D" / FOLDER
    assert (tmp_path / "D" / FOLDER / store.path.name).exists()
    assert store.path.exists()
    assert str(tmp_path / "D" / FOLDER) in told[0]


def test_a_place_that_is_no_better_is_not_taken(
    window: MainWindow, desk: PlaceDesk, told: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(place_desk, "wrong_with", lambda _folder: BAD)
    monkeypatch.setattr(place_desk, "ask_folder", lambda *_args: tmp_path / "D")
    desk.ask()
    assert told == [BAD.sentence]
    assert not (tmp_path / "D").exists()


def test_after_a_move_that_failed_the_old_place_goes_on(
    window: MainWindow, desk: PlaceDesk, store: DraftStore, told: list[str], tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    (tmp_path / "D" / FOLDER).mkdir(parents=True)
    (tmp_path / "D" / FOLDER / "a").touch()
    monkeypatch.setattr(place_desk, "ask_folder", lambda *_args: tmp_path / "D")
    desk.ask()
    assert told == ["move_occupied"]
    assert store.access.refusal is None
    assert paths.data_dir() != tmp_path / "D" / FOLDER


def test_nothing_is_written_while_it_moves(
    window: MainWindow, desk: PlaceDesk, store: DraftStore, told: list[str], tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    seen: list[str] = []

    def moving(_source: Path, _target: Path, _progress: object) -> None:
        with pytest.raises(StoreError) as trouble:
            window.shelf.sample()
        seen.append(trouble.value.code)

    monkeypatch.setattr(place_desk, "move", moving)
    monkeypatch.setattr(place_desk, "ask_folder", lambda *_args: tmp_path / "D")
    (tmp_path / "D" / FOLDER).mkdir(parents=True)
    desk.ask()
    assert seen == ["moving"]


@pytest.mark.parametrize("fails", [False, True])
def test_what_is_typed_while_it_moves_does_not_stay_behind(
    window: MainWindow, desk: PlaceDesk, store: DraftStore, told: list[str], tmp_path: Path, clock: Clock,
    monkeypatch: pytest.MonkeyPatch, qtbot: QtBot, fails: bool,
) -> None:  # fmt: skip
    """The copy is made by then: it would only be stored where nobody looks any more."""
    draft_id = window.shelf.sample()
    window.open_draft(draft_id)
    copied = place_desk.move

    def moving(source: Path, target: Path, _progress: object) -> None:
        copied(source, target)
        assert not window.workspace.session.set_text("project_name", "移的时候写的")
        assert [strip.asking.isHidden() for strip in window.workspace.findChildren(NoticeStrip)] == [True]
        if fails:
            raise StoreError("store_full", folder=target)

    monkeypatch.setattr(place_desk, "move", moving)
    monkeypatch.setattr(place_desk, "wrong_with", lambda _folder: None)
    monkeypatch.setattr(place_desk, "ask_folder", lambda *_args: tmp_path / "D")
    with qtbot.waitSignal(window.reading.again_requested):  # which opens it again, to be written
        desk.ask()
    assert window.may_leave()
    assert store.access.refusal is None
    with contextlib.closing(DraftStore(tmp_path / "D" / FOLDER, clock)) as there:
        assert there.load(draft_id).values == store.load(draft_id).values
