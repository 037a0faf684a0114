"""A file that is clicked again: mostly the draft that it became is wanted, with all that was filled in since."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from pilotdesk.drafts import opened_files
from pilotdesk.drafts.opened_files import FILE_NAME, digest_of, draft_of, remember
from pilotdesk.drafts.package import write_package
from pilotdesk.projects import sample_package
from pilotdesk.ui.carriers import package_desk

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pilotdesk.ui.window.main_window import MainWindow

UNIT = "南汀县托育服务中心"


@pytest.fixture
def sent(tmp_path: Path) -> Path:
    target = tmp_path / "发来的.pilot"
    write_package(sample_package(), target)
    return target


@pytest.fixture
def answering(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], list[str]]:
    def answer(chosen: int) -> list[str]:
        asked: list[str] = []

        def ask(_parent: object, _look: object, _title: str, text: str, *, actions: tuple[str, ...]) -> int:
            assert actions == ("另开一份", "接着填")
            asked.append(text)
            return chosen

        monkeypatch.setattr(package_desk, "ask_choice", ask)
        return asked

    return answer


def opened(window: MainWindow, file: Path) -> str:
    """Open a file; returns the id of the draft that stands open then."""
    window.open_package(file)
    return window.workspace.session.identity.draft_id


def change(window: MainWindow) -> None:
    window.workspace.session.set_text("unit_name", UNIT)
    assert window.workspace.autosave.flush()


def test_what_was_filled_in_since_is_gone_on_with(
    window: MainWindow, sent: Path, answering: Callable[[int], list[str]]
) -> None:
    first = opened(window, sent)
    change(window)
    window.show_start()
    asked = answering(1)
    moved = sent.rename(sent.with_name("桌面上的.pilot"))  # the same file under another name
    assert opened(window, moved) == first
    assert window.workspace.session.value("unit_name") == UNIT
    assert "南汀县政务服务" in asked[0]
    assert re.search(r"最后改在 \d{1,2}月\d{1,2}日 \d\d:\d\d。", asked[0])  # as all other days are written


def test_another_one_can_be_had_and_is_the_one_that_is_asked_about_next(
    window: MainWindow, sent: Path, answering: Callable[[int], list[str]]
) -> None:
    first = opened(window, sent)
    change(window)
    answering(0)
    second = opened(window, sent)
    assert second != first
    assert window.workspace.session.value("unit_name") != UNIT
    change(window)
    answering(1)
    assert opened(window, sent) == second


def test_leaving_the_question_opens_nothing_and_makes_nothing(
    window: MainWindow, sent: Path, answering: Callable[[int], list[str]]
) -> None:
    first = opened(window, sent)
    change(window)
    answering(-1)
    assert opened(window, sent) == first  # stands as it stood
    assert len(window.shelf.cards()) == 1


def test_where_nothing_was_changed_nothing_is_asked(
    window: MainWindow, sent: Path, answering: Callable[[int], list[str]]
) -> None:
    asked = answering(-1)
    first = opened(window, sent)
    window.show_start()
    assert opened(window, sent) == first
    assert asked == []
    assert len(window.shelf.cards()) == 1


def test_a_draft_that_was_deleted_is_not_asked_about(
    window: MainWindow, sent: Path, answering: Callable[[int], list[str]]
) -> None:
    first = opened(window, sent)
    change(window)
    window.show_start()
    window.shelf.store.deletions.delete([first])
    asked = answering(-1)
    assert opened(window, sent) != first
    assert asked == []


# -- what is remembered --------------------------------------------------------------------------


def test_the_latest_files_are_remembered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opened_files, "MOST", 2)
    for name in "abca":
        remember(tmp_path, name, f"draft-{name}")
    assert [draft_of(tmp_path, name) for name in "abcd"] == ["draft-a", "", "draft-c", ""]


@pytest.mark.parametrize("content", [b"", b"[1]", b"{", b"\xff"])
def test_what_cannot_be_read_remembers_nothing(tmp_path: Path, content: bytes) -> None:
    (tmp_path / FILE_NAME).write_bytes(content)
    assert draft_of(tmp_path, "a") == ""
    remember(tmp_path, "a", "draft")
    assert draft_of(tmp_path, "a") == "draft"


def test_a_disk_that_takes_nothing_and_a_file_that_is_gone_are_no_trouble(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("", encoding="utf-8")
    remember(tmp_path / "data", "a", "draft")
    assert draft_of(tmp_path / "data", "a") == ""
    assert digest_of(tmp_path / "没有") == ""
    remember(tmp_path, "", "draft")
    assert not (tmp_path / FILE_NAME).exists()
