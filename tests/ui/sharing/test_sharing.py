"""分工 in the window: parts go out, come back, what both changed is decided side by side, one step takes it back."""

from __future__ import annotations

import re
from hashlib import sha256
from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt

from pilotdesk.forms.values import Attachment
from pilotdesk.projects import sample_package
from pilotdesk.projects.sharing import Wanted, received
from pilotdesk.ui.components.basic import Button
from pilotdesk.ui.components.notice_strip import NoticeStrip
from pilotdesk.ui.components.text import WrappedLabel
from pilotdesk.ui.sharing.desk import BACK_WORDS, RETURN_WORDS, SHARE_WORDS, desk_of
from pilotdesk.ui.sharing.dialog import ShareDialog
from pilotdesk.ui.sharing.merge_dialog import BOTH, MINE, OPEN_PLACES, THEIRS, WRITE, MergeDialog

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from pilotdesk.clock import Clock
    from pilotdesk.drafts.store import DraftStore
    from pilotdesk.ui.look.theme import Look
    from pilotdesk.ui.window.main_window import MainWindow

WANTED = Wanted(parts=("objectives",), person="王工", sender="李主任", note="按台账")


def open_draft(window: MainWindow, draft_id: str, qtbot: QtBot) -> None:
    window.open_draft(draft_id)
    window.opening.finish()
    words = {SHARE_WORDS, RETURN_WORDS}
    qtbot.waitUntil(lambda: any(one in words for one, _ in window.workspace.more_actions))


def do(window: MainWindow, words: str) -> None:
    dict(window.workspace.more_actions)[words]()


def button(dialog: object, words: str) -> Button:
    return next(one for one in dialog.findChildren(Button) if one.text() == words)


def click(qtbot: QtBot, widget: object) -> None:
    qtbot.mouseClick(widget, Qt.MouseButton.LeftButton)


@pytest.fixture
def target(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Where every package is put and taken from."""
    path = tmp_path / "分工.pilot"
    monkeypatch.setattr("pilotdesk.ui.sharing.desk.ask_package_target", lambda *_given: (path, ""))
    monkeypatch.setattr("pilotdesk.ui.sharing.desk.ask_package", lambda *_given: path)
    monkeypatch.setattr("pilotdesk.ui.sharing.dialog.ask_share", lambda *_given: WANTED)
    return path


@pytest.fixture
def lead(window: MainWindow, target: Path, qtbot: QtBot) -> str:
    """The draft of the lead, of which a part is out."""
    draft = window.shelf.sample()
    open_draft(window, draft, qtbot)
    do(window, SHARE_WORDS)
    return draft


@pytest.fixture
def colleague(window: MainWindow, lead: str, target: Path, store: DraftStore, qtbot: QtBot) -> str:
    """The draft of the colleague, opened from the package."""
    window.open_package(target)
    window.opening.finish()
    qtbot.waitUntil(lambda: any(one == RETURN_WORDS for one, _ in window.workspace.more_actions))
    return window.workspace.session.identity.draft_id


def answering(monkeypatch: pytest.MonkeyPatch, answer: Callable[[MergeDialog], None]) -> list[MergeDialog]:
    shown: list[MergeDialog] = []

    def exec_(dialog: MergeDialog) -> int:
        shown.append(dialog)
        dialog.show()
        answer(dialog)
        return 0

    monkeypatch.setattr(MergeDialog, "exec", exec_)
    return shown


def test_what_was_handed_out_is_opened_at_its_part_and_the_rest_is_held_still(
    window: MainWindow, lead: str, colleague: str, store: DraftStore
) -> None:
    workspace = window.workspace
    assert colleague != lead
    assert received(store, colleague).share.parts == ("objectives",)
    assert workspace.navigator.current == "objectives"
    assert workspace.navigator.page().view.widget().isEnabled()
    asked, others = workspace.findChildren(NoticeStrip)[:2]
    strips = {strip: strip.isVisible() for strip in (asked, others)}
    assert list(strips.values()).count(True) == 1
    workspace.navigator.show("cover")
    assert not workspace.navigator.page().view.widget().isEnabled()
    assert asked.isVisible()
    assert others.isVisible()
    assert BACK_WORDS not in dict(workspace.more_actions)


def test_what_comes_back_finds_its_draft_and_is_merged_as_one_step(
    window: MainWindow, lead: str, colleague: str, target: Path, store: DraftStore,
    monkeypatch: pytest.MonkeyPatch, qtbot: QtBot,
) -> None:  # fmt: skip
    window.workspace.session.set_value("unit_name", "王工写的单位")
    window.workspace.session.set_value("project_name", "王工写的名称")
    do(window, RETURN_WORDS)
    store.save(lead, {"project_name": "我写的名称"}, origin="typed")

    def answer(dialog: MergeDialog) -> None:
        assert not button(dialog, "并进来").isEnabled()
        assert not any(option.isChecked() for option in dialog.cards[0].options.values())
        click(qtbot, dialog.cards[0].options[THEIRS])
        assert button(dialog, "并进来").isEnabled()
        click(qtbot, button(dialog, "并进来"))

    shown = answering(monkeypatch, answer)
    window.open_package(target)
    session = window.workspace.session
    assert session.identity.draft_id == lead
    assert [card.conflict.path for card in shown[0].cards] == ["project_name"]
    assert (session.value("unit_name"), session.value("project_name")) == ("王工写的单位", "王工写的名称")
    assert store.load(lead).values["unit_name"] == "王工写的单位"
    entry = store.histories.of_path(lead, "unit_name")[-1]
    assert (entry.origin, entry.by) == ("merged", "王工")
    window.workspace.commands.undo()
    assert (session.value("unit_name"), session.value("project_name")) == (
        "南汀县政务服务中心", "我写的名称",
    )  # fmt: skip


def test_of_a_long_text_both_sides_show_what_each_changed_and_not_all_of_it(
    window: MainWindow, lead: str, colleague: str, target: Path, store: DraftStore,
    monkeypatch: pytest.MonkeyPatch, qtbot: QtBot,
) -> None:  # fmt: skip
    text = store.load(lead).values["overall_target"]
    window.workspace.session.set_value("overall_target", f"{text}王工加的一句。")
    do(window, RETURN_WORDS)
    store.save(lead, {"overall_target": f"{text}我加的一句。"}, origin="typed")
    said: list[str] = []

    def answer(dialog: MergeDialog) -> None:
        (card,) = dialog.cards
        said.extend(one.text() for one in card.findChildren(WrappedLabel))
        click(qtbot, button(dialog, "先不收"))

    answering(monkeypatch, answer)
    window.open_package(target)
    mine, theirs = (next(one for one in said if words in one) for words in ("我加的一句", "王工加的一句"))
    middle = text[len(text) // 2 :][:12]
    for shown in (mine, theirs):
        assert text[:20] in shown
        assert "text-decoration:underline" in shown
        assert middle not in shown
    assert any("都还在" in one for one in said)


def test_the_same_package_twice_says_so_and_after_an_undo_it_is_offered_again(
    window: MainWindow, lead: str, colleague: str, target: Path,
    monkeypatch: pytest.MonkeyPatch, qtbot: QtBot,
) -> None:  # fmt: skip
    window.workspace.session.set_value("unit_name", "王工写的单位")
    do(window, RETURN_WORDS)
    shown = answering(monkeypatch, lambda dialog: click(qtbot, button(dialog, "并进来")))
    said: list[str] = []
    monkeypatch.setattr(
        "pilotdesk.ui.sharing.desk.tell", lambda _window, _look, title, _text: said.append(title)
    )
    asked: list[str] = []

    def choose(_window: object, _look: object, title: str, _text: str, *, actions: object) -> int:
        asked.append(title)
        return 1

    monkeypatch.setattr("pilotdesk.ui.sharing.desk.ask_choice", choose)
    window.open_package(target)
    window.open_package(target)
    assert (len(shown), said, asked) == (1, ["没有新的改动"], [])
    session = window.workspace.session
    session.set_value("unit_name", "南汀县政务服务中心")
    window.open_package(target)
    assert asked == ["这一份收回过了"]
    assert len(shown) == 2
    assert window.workspace.session.value("unit_name") == "王工写的单位"


def test_leaving_the_preview_changes_nothing(
    window: MainWindow, lead: str, colleague: str, target: Path, store: DraftStore,
    monkeypatch: pytest.MonkeyPatch, qtbot: QtBot,
) -> None:  # fmt: skip
    window.workspace.session.set_value("unit_name", "王工写的单位")
    do(window, RETURN_WORDS)
    before = store.load(lead).values
    answering(monkeypatch, lambda dialog: click(qtbot, button(dialog, "先不收")))
    window.open_package(target)
    assert store.load(lead).values == before
    assert not store.shares.of_draft(lead)[0].share.returned


def test_both_may_stay_and_be_written_into_one(
    window: MainWindow, lead: str, colleague: str, target: Path, store: DraftStore,
    monkeypatch: pytest.MonkeyPatch, qtbot: QtBot,
) -> None:  # fmt: skip
    window.workspace.session.set_value("project_name", "乙")
    window.workspace.session.set_value("unit_name", "王工写的单位")
    do(window, RETURN_WORDS)
    store.save(lead, {"project_name": "甲"}, origin="typed")

    def answer(dialog: MergeDialog) -> None:
        (card,) = dialog.cards
        assert list(card.options) == [MINE, THEIRS, WRITE]
        click(qtbot, card.options[WRITE])
        assert card.own.toPlainText() == "甲；乙"
        card.own.selectAll()
        qtbot.keyClick(card.own, Qt.Key.Key_Delete)
        assert not button(dialog, "并进来").isEnabled()
        qtbot.keyClicks(card.own, "A and B")
        click(qtbot, button(dialog, "并进来"))

    answering(monkeypatch, answer)
    window.open_package(target)
    assert window.workspace.session.value("project_name") == "A and B"
    assert store.load(lead).values["project_name"] == "A and B"
    mine, theirs = (
        next(one for one in store.histories.of_path(lead, path) if one.value == value)
        for path, value in (("project_name", "A and B"), ("unit_name", "王工写的单位"))
    )
    assert (theirs.origin, theirs.by) == ("merged", "王工")
    assert mine.origin == "typed"
    assert mine.by != "王工"


def test_of_a_long_text_only_the_places_that_differ_are_left_to_decide(
    window: MainWindow, lead: str, colleague: str, target: Path, store: DraftStore,
    monkeypatch: pytest.MonkeyPatch, qtbot: QtBot,
) -> None:  # fmt: skip
    text = store.load(lead).values["background"]
    window.workspace.session.set_value("background", f"{text}收到对方一句。".replace("41.6", "41.7"))
    do(window, RETURN_WORDS)
    store.save(lead, {"background": text.replace("41.6", "41.8")}, origin="typed")

    def answer(dialog: MergeDialog) -> None:
        (card,) = dialog.cards
        go = button(dialog, "并进来")
        hint = next(one for one in card.findChildren(WrappedLabel) if one.plain == OPEN_PLACES)
        click(qtbot, card.options[WRITE])
        assert card.own.textCursor().selectedText() == "〔我的："
        assert hint.isVisible()
        assert not go.isEnabled()
        written = card.own.toPlainText()
        card.own.setPlainText(re.sub("〔我的：(.*?)／对方的：.*?〕", r"\1", written))
        assert not hint.isVisible()
        click(qtbot, go)

    answering(monkeypatch, answer)
    window.open_package(target)
    assert window.workspace.session.value("background") == f"{text}收到对方一句。".replace("41.6", "41.8")


def test_the_dialog_wants_a_part_and_a_day_that_can_be_read(
    window: MainWindow, lead: str, look: Look, store: DraftStore, qtbot: QtBot
) -> None:
    form = window.workspace.session.form
    dialog = ShareDialog(window, look, form, store.shares.of_draft(lead))
    qtbot.addWidget(dialog)
    dialog.show()
    go = button(dialog, "选存到哪里")
    assert not go.isEnabled()
    click(qtbot, dialog.parts[2])
    assert go.isEnabled()
    qtbot.keyClicks(dialog.due, "soon")
    assert not go.isEnabled()
    dialog.due.clear()
    qtbot.keyClicks(dialog.due, "2026-6-12")
    qtbot.keyClicks(dialog.person, "Wang")
    answer = dialog.answer()
    assert (answer.parts, answer.person, str(answer.due)) == ((form.steps[2].name,), "Wang", "2026-06-12")


def test_who_left_the_question_where_to_begins_with_what_was_said(
    window: MainWindow, look: Look, store: DraftStore, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch, qtbot: QtBot,
) -> None:  # fmt: skip
    targets = [None, (tmp_path / "一.pilot", ""), None]
    monkeypatch.setattr("pilotdesk.ui.sharing.desk.ask_package_target", lambda *_given: targets.pop(0))
    shown: list[Wanted] = []

    def exec_(dialog: ShareDialog) -> int:
        dialog.show()
        if not shown:
            click(qtbot, dialog.parts[2])
            qtbot.keyClicks(dialog.person, "Wang")
            qtbot.keyClicks(dialog.due, "2026-6-12")
            qtbot.keyClicks(dialog.note, "as told")
        shown.append(dialog.answer())
        click(qtbot, button(dialog, "选存到哪里"))
        return 0

    monkeypatch.setattr(ShareDialog, "exec", exec_)
    open_draft(window, window.shelf.sample(), qtbot)
    for _ in range(3):
        do(window, SHARE_WORDS)
    assert shown[1] == shown[0]
    assert (shown[2].parts, shown[2].person) == ((), "")  # it was written: the next one is for somebody else


def test_a_window_has_one_desk(window: MainWindow, lead: str, look: Look, clock: Clock) -> None:
    assert desk_of(window, look, clock) is desk_of(window, look, clock)


def test_two_files_of_one_name_can_be_looked_into_and_both_may_stay(
    window: MainWindow, lead: str, colleague: str, target: Path, store: DraftStore,
    monkeypatch: pytest.MonkeyPatch, qtbot: QtBot,
) -> None:  # fmt: skip
    mine, theirs = (
        Attachment(sha256(words.encode()).hexdigest(), "名单.pdf", 12) for words in ("我的一份", "王工的一份")
    )
    store.attach(lead, mine.sha256, "我的一份".encode())
    store.attach(colleague, theirs.sha256, "王工的一份".encode())
    window.workspace.session.set_value("participant_list", (theirs,))
    do(window, RETURN_WORDS)
    store.save(lead, {"participant_list": (mine,)}, origin="typed")
    opened: list[str] = []
    monkeypatch.setattr(
        "pilotdesk.ui.editors.attachment.open_file",
        lambda path: opened.append(path.read_text("utf-8")) or True,
    )

    def answer(dialog: MergeDialog) -> None:
        (card,) = dialog.cards
        assert list(card.options) == [MINE, THEIRS, BOTH]
        for opener in card.findChildren(Button):
            click(qtbot, opener)
        click(qtbot, card.options[BOTH])
        click(qtbot, button(dialog, "并进来"))

    answering(monkeypatch, answer)
    window.open_package(target)
    assert opened == ["我的一份", "王工的一份"]
    assert set(window.workspace.session.value("participant_list")) == {mine, theirs}


@pytest.mark.parametrize("left", [True, False])
def test_what_was_decided_is_not_left_by_a_slip(
    window: MainWindow, lead: str, colleague: str, target: Path, store: DraftStore,
    monkeypatch: pytest.MonkeyPatch, qtbot: QtBot, left: bool,
) -> None:  # fmt: skip
    window.workspace.session.set_value("project_name", "乙")
    do(window, RETURN_WORDS)
    store.save(lead, {"project_name": "甲"}, origin="typed")
    asked: list[str] = []

    def choose(_window: object, _look: object, title: str, _text: str, *, actions: object) -> int:
        asked.append(title)
        return 0 if left else 1

    monkeypatch.setattr("pilotdesk.ui.sharing.merge_dialog.ask_choice", choose)

    def answer(dialog: MergeDialog) -> None:
        (card,) = dialog.cards
        click(qtbot, card.options[WRITE])
        qtbot.keyClicks(card.own, "both")
        qtbot.keyClick(dialog, Qt.Key.Key_Escape)
        assert dialog.isVisible() is not left
        if not left:
            click(qtbot, button(dialog, "并进来"))

    answering(monkeypatch, answer)
    window.open_package(target)
    assert asked == ["先不收吗？"]
    merged = window.workspace.session.value("project_name")
    assert merged == "甲" if left else "both" in merged


@pytest.mark.parametrize("chosen", [-1, 0, 1])
def test_what_was_merged_and_undone_may_come_again_with_what_is_new(
    window: MainWindow, lead: str, colleague: str, target: Path, store: DraftStore,
    monkeypatch: pytest.MonkeyPatch, qtbot: QtBot, chosen: int,
) -> None:  # fmt: skip
    before = store.load(lead).values
    window.workspace.session.set_value("unit_name", "王工写的单位")
    do(window, RETURN_WORDS)
    answering(monkeypatch, lambda dialog: click(qtbot, button(dialog, "并进来")))
    window.open_package(target)
    window.workspace.commands.undo()
    store.save(colleague, {"project_name": "王工写的名称"}, origin="typed")
    open_draft(window, colleague, qtbot)
    do(window, RETURN_WORDS)
    asked: list[str] = []

    def choose(_window: object, _look: object, title: str, _text: str, *, actions: object) -> int:
        asked.append(title)
        return chosen

    monkeypatch.setattr("pilotdesk.ui.sharing.desk.ask_choice", choose)
    window.open_package(target)
    assert asked == ["以前收回的，有 1 处这里又是原来的了"]
    values = store.load(lead).values
    assert values["unit_name"] == ("王工写的单位" if chosen == 1 else before["unit_name"])
    assert values["project_name"] == ("王工写的名称" if chosen >= 0 else before["project_name"])


@pytest.mark.parametrize("chosen", [-1, 0, 1])
def test_what_is_older_than_what_was_taken_in_is_asked_about_and_takes_back_nothing(
    window: MainWindow, lead: str, colleague: str, target: Path, store: DraftStore,
    monkeypatch: pytest.MonkeyPatch, qtbot: QtBot, chosen: int,
) -> None:  # fmt: skip
    window.workspace.session.set_value("unit_name", "先写的")
    do(window, RETURN_WORDS)
    kept = store.shares.handed_out(received(store, colleague).share.share_id)
    store.shares.keep(replace(kept, share=replace(kept.share, returned="2999-01-01T00:00:00.000Z")))
    store.save(lead, {"unit_name": "后来收回的"}, origin="typed")
    asked: list[str] = []

    def choose(_window: object, _look: object, title: str, _text: str, *, actions: object) -> int:
        asked.append(title)
        return chosen

    monkeypatch.setattr("pilotdesk.ui.sharing.desk.ask_choice", choose)
    shown = answering(monkeypatch, lambda dialog: click(qtbot, button(dialog, "先不收")))
    window.open_package(target)
    assert asked == ["这一份比收回过的旧"]
    assert [len(dialog.cards) for dialog in shown] == ([1] if chosen == 1 else [])
    assert window.workspace.session.value("unit_name") == "后来收回的"


@pytest.mark.parametrize("anyway", [False, True])
def test_a_package_of_another_project_is_asked_about(
    window: MainWindow, lead: str, colleague: str, target: Path, store: DraftStore,
    monkeypatch: pytest.MonkeyPatch, qtbot: QtBot, anyway: bool,
) -> None:  # fmt: skip
    do(window, RETURN_WORDS)
    other = window.shelf.take_in(sample_package())
    store.save(other, {"project_name": "别的项目"}, origin="typed")
    open_draft(window, other, qtbot)
    asked: list[str] = []

    def choose(_window: object, _look: object, title: str, text: str, *, actions: object) -> int:
        asked.append(title + text)
        return int(anyway)

    monkeypatch.setattr("pilotdesk.ui.sharing.desk.ask_choice", choose)
    monkeypatch.setattr("pilotdesk.ui.sharing.desk.tell", lambda *said: asked.append(said[2]))
    do(window, BACK_WORDS)
    assert len(asked) == 1 + anyway
    assert asked[0].startswith("像是别的项目的一份")
    assert "别的项目" in asked[0]
