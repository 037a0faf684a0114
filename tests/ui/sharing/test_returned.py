"""The unit's half of a return slip, through real widgets: opened, given to its draft, mended, answered, exported, sent again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from docx import Document
from msgspec.structs import replace
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication

from pilotdesk.drafts.package import read_package
from pilotdesk.drafts.returned_lines import Done
from pilotdesk.projects.returned_paper import TITLE
from pilotdesk.projects.returning import states_in, with_remark
from pilotdesk.projects.sharing import Wanted, hand_back, hand_out, received
from pilotdesk.review.slips.return_slip import write_slip
from pilotdesk.ui.components.basic import Button
from pilotdesk.ui.components.notice_strip import NoticeStrip
from pilotdesk.ui.navigation.navigator import PREVIEW, RETURNED
from pilotdesk.ui.sharing.merge_dialog import MergeDialog
from pilotdesk.ui.sharing.returned_desk import LIST_WORDS, OPEN, SEE
from pilotdesk.ui.sharing.returned_dialog import GO, OwnerDialog
from pilotdesk.ui.sharing.returned_page import ReturnedPage
from pilotdesk.ui.start.project_card import ProjectCard
from tests.projects.returning_kit import keep_sample, slip_for_draft

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from pilotdesk.clock import Clock
    from pilotdesk.drafts.store import DraftStore
    from pilotdesk.ui.window.main_window import MainWindow

GOOD_CODE = "11530000015129467M"


@pytest.fixture
def draft_id(store: DraftStore) -> str:
    return keep_sample(store)


@pytest.fixture
def slip_file(store: DraftStore, draft_id: str, tmp_path: Path) -> Path:
    """What the province sent back of the draft."""
    record = store.load(draft_id)
    slip = slip_for_draft(record.values, project=record.card.project_id)
    write_slip(slip, tmp_path / "退回单.pilotback")
    return tmp_path / "退回单.pilotback"


def shown_page(window: MainWindow, qtbot: QtBot) -> ReturnedPage:
    window.opening.finish()
    qtbot.waitUntil(lambda: window.workspace is not None and window.workspace.navigator.current == RETURNED)
    page = window.workspace.navigator.page()
    assert isinstance(page, ReturnedPage)
    return page


def strip_of(window: MainWindow) -> NoticeStrip:
    return next(one for one in window.findChildren(NoticeStrip) if one.asking.text() == SEE)


def chips(page: ReturnedPage) -> list[str]:
    return [card.chip.text for card in page.cards.values()]


def test_from_the_file_to_a_package_that_answers_it(
    window: MainWindow, store: DraftStore, draft_id: str, slip_file: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    window.open_package(slip_file)
    page = shown_page(window, qtbot)
    workspace = window.workspace
    assert workspace.session.identity.draft_id == draft_id
    assert chips(page) == ["还没改"] * 6
    assert strip_of(window).said.plain == "**退回单：还有 6 处没改**，要 6月22日 前再报。"

    qtbot.mouseClick(page.cards["1"].go, Qt.MouseButton.LeftButton)
    assert workspace.navigator.current != RETURNED
    editor = QApplication.focusWidget()
    editor.selectAll()
    qtbot.keyClicks(editor, GOOD_CODE)
    workspace.flush()
    assert workspace.session.value("uscc") == GOOD_CODE

    qtbot.mouseClick(strip_of(window).asking, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: chips(page)[0] == "已改")
    qtbot.mouseClick(page.cards["6"].say, Qt.MouseButton.LeftButton)
    assert page.cards["6"].editor.hasFocus()
    page.cards["6"].editor.insertPlainText("两份都重新导出了")
    qtbot.waitUntil(lambda: chips(page)[5] == "已说明")
    qtbot.waitUntil(lambda: not workspace.autosave.is_pending)
    assert store.returns.newest(draft_id).remarks == {"6": "两份都重新导出了"}
    assert "还有 4 处没改" in strip_of(window).said.plain

    panel = workspace.navigator.show(PREVIEW).export_panel
    panel.folder.setText(str(tmp_path / "out"))
    panel.draft.setChecked(True)
    with qtbot.waitSignal(panel.made, timeout=60_000):
        panel.export()
    tables = list((tmp_path / "out").glob(f"{TITLE}*.docx"))
    told = [row.cells[5].text for row in Document(tables[0]).tables[0].rows[1:]]
    assert (told[0], told[5]) == ("已改", "两份都重新导出了")

    from pilotdesk.drafts.package import write_package

    write_package(window.shelf.package(draft_id), tmp_path / "再报.pilot")
    again = read_package(tmp_path / "再报.pilot")
    done = [one.done for one in states_in(again.returned, workspace.session)]
    assert (done[0], done[5], again.returned.slip.slip_id) == (
        Done.CHANGED, Done.SAID, store.returns.newest(draft_id).slip.slip_id,
    )  # fmt: skip


@pytest.mark.parametrize("mended", [True, False])
def test_a_colleague_sees_the_slip_and_what_he_says_of_it_comes_back(
    window: MainWindow, store: DraftStore, draft_id: str, slip_file: Path, clock: Clock, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch, qtbot: QtBot, mended: bool,
) -> None:  # fmt: skip
    window.open_package(slip_file)
    page = shown_page(window, qtbot)
    qtbot.mouseClick(page.cards["5"].say, Qt.MouseButton.LeftButton)
    page.cards["5"].editor.insertPlainText("号码是对的")
    window.workspace.flush()
    hand_out(store, draft_id, Wanted(parts=("unit",), person="王工"), tmp_path / "分工.pilot", clock)

    window.open_package(tmp_path / "分工.pilot")
    window.opening.finish()
    session = window.workspace.session
    kept = received(store, session.identity.draft_id)
    assert "还有" in strip_of(window).said.plain
    if mended:
        session.set_value("uscc", GOOD_CODE)
    window.workspace.flush()
    said = with_remark(store.returns.newest(kept.draft_id), "6", "重新扫描了")
    store.returns.keep(kept.draft_id, with_remark(said, "5", "附了证书"))
    hand_back(store, kept, tmp_path / "交回.pilot", clock)

    monkeypatch.setattr(MergeDialog, "exec", lambda dialog: dialog._go.click())
    told: list[str] = []
    monkeypatch.setattr("pilotdesk.ui.sharing.desk.tell", lambda *said: told.append(said[2]))
    window.open_draft(draft_id)
    window.opening.finish()
    qtbot.waitUntil(lambda: LIST_WORDS in dict(window.workspace.more_actions))
    dict(window.workspace.more_actions)[LIST_WORDS]()
    page = shown_page(window, qtbot)
    for _ in range(2):
        window.open_package(tmp_path / "交回.pilot")
        remarks = store.returns.newest(draft_id).remarks
        assert remarks == {"5": "号码是对的；附了证书", "6": "重新扫描了"}
    assert (window.workspace.session.value("uscc") == GOOD_CODE) is mended
    assert told == ["没有新的改动"]  # of the second time only
    qtbot.waitUntil(lambda: page.cards["6"].editor is not None)
    assert page.cards["6"].editor.toPlainText() == "重新扫描了"
    assert page.cards["5"].editor.toPlainText() == "号码是对的；附了证书"


def handed_to_a_colleague(
    window: MainWindow, store: DraftStore, draft_id: str, clock: Clock, target: Path
) -> str:
    """The id of a colleague's copy of one part of a draft, which is closed here."""
    hand_out(store, draft_id, Wanted(parts=("unit",)), target, clock)
    window.show_start()
    return window.shelf.take_in(read_package(target))


def test_what_a_colleague_says_comes_though_the_draft_was_not_open(
    window: MainWindow, store: DraftStore, draft_id: str, slip_file: Path, clock: Clock, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch, qtbot: QtBot,
) -> None:  # fmt: skip
    window.open_package(slip_file)
    shown_page(window, qtbot)
    other = handed_to_a_colleague(window, store, draft_id, clock, tmp_path / "分工.pilot")
    store.returns.keep(other, with_remark(store.returns.newest(other), "6", "重新扫描了"))
    hand_back(store, received(store, other), tmp_path / "交回.pilot", clock)
    monkeypatch.setattr("pilotdesk.ui.sharing.desk.tell", lambda *_said: None)
    window.open_package(tmp_path / "交回.pilot")
    assert store.returns.newest(draft_id).remarks == {"6": "重新扫描了"}


def test_what_a_colleague_says_later_comes_though_his_answers_were_taken_in_and_changed_since(
    window: MainWindow, store: DraftStore, draft_id: str, slip_file: Path, clock: Clock, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch, qtbot: QtBot,
) -> None:  # fmt: skip
    window.open_package(slip_file)
    shown_page(window, qtbot)
    other = handed_to_a_colleague(window, store, draft_id, clock, tmp_path / "分工.pilot")
    store.save(other, {"uscc": GOOD_CODE}, origin="typed")
    hand_back(store, received(store, other), tmp_path / "交回.pilot", clock)
    monkeypatch.setattr(MergeDialog, "exec", lambda dialog: dialog._go.click())
    window.open_package(tmp_path / "交回.pilot")
    window.opening.finish()
    assert window.workspace.session.value("uscc") == GOOD_CODE
    window.workspace.session.set_value("uscc", "")
    store.returns.keep(other, with_remark(store.returns.newest(other), "6", "重新扫描了"))
    hand_back(store, received(store, other), tmp_path / "又交回.pilot", clock)
    monkeypatch.setattr("pilotdesk.ui.sharing.desk.ask_choice", lambda *_asked, **_rest: 0)
    window.open_package(tmp_path / "又交回.pilot")
    assert store.returns.newest(draft_id).remarks == {"6": "重新扫描了"}
    assert window.workspace.session.value("uscc") is None


def test_what_is_said_is_stored_without_leaving_and_is_there_the_next_time(
    window: MainWindow, store: DraftStore, draft_id: str, slip_file: Path, qtbot: QtBot
) -> None:
    window.open_package(slip_file)
    page = shown_page(window, qtbot)
    qtbot.mouseClick(page.cards["5"].say, Qt.MouseButton.LeftButton)
    page.cards["5"].editor.insertPlainText("号码是对的")
    assert window.workspace.autosave.is_pending
    qtbot.waitUntil(lambda: store.returns.newest(draft_id).remarks == {"5": "号码是对的"})
    window.show_start()
    window.open_package(slip_file)
    page = shown_page(window, qtbot)
    assert page.cards["5"].editor.toPlainText() == "号码是对的"
    assert page.cards["5"].editor.isVisible()
    assert chips(page)[4] == "已说明"


def test_what_cannot_be_stored_is_said_and_tried_again(
    window: MainWindow, store: DraftStore, draft_id: str, slip_file: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:  # fmt: skip
    from pilotdesk.errors import StoreError

    window.open_package(slip_file)
    page = shown_page(window, qtbot)

    def refuse(*_given: object) -> None:
        raise StoreError("store_full", folder="资料")

    with monkeypatch.context() as broken:
        broken.setattr(store.returns, "keep", refuse)
        with qtbot.waitSignal(window.workspace.autosave.broken):
            page.cards["5"].say.click()
            page.cards["5"].editor.setPlainText("号码是对的")
    assert window.workspace.autosave.flush()
    assert store.returns.newest(draft_id).remarks == {"5": "号码是对的"}


def test_the_card_says_how_many_are_open_and_leads_to_the_list(
    window: MainWindow, draft_id: str, slip_file: Path, qtbot: QtBot
) -> None:
    window.open_package(slip_file)
    shown_page(window, qtbot)
    window.show_start()
    card = window.desk.page.findChild(ProjectCard)
    found: list[Button] = []

    def is_told() -> bool:
        found[:] = [one for one in window.desk.page.findChildren(Button) if one.text() == OPEN]
        return bool(found)

    qtbot.waitUntil(is_told)
    assert card is not None
    said = [one.text() for one in found[0].parentWidget().findChildren(type(card.findChildren(Button)[0]))]
    assert OPEN in said
    qtbot.mouseClick(found[0], Qt.MouseButton.LeftButton)
    page = shown_page(window, qtbot)
    assert chips(page) == ["还没改"] * 6


def test_where_the_project_does_not_tell_it_is_asked_for(
    window: MainWindow, store: DraftStore, draft_id: str, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:  # fmt: skip
    other = keep_sample(store, project_name="另一个试点")
    slip = replace(slip_for_draft(store.load(draft_id).values), title="改过名的试点")
    write_slip(slip, tmp_path / "a.pilotback")
    asked: list[bool] = []

    def answer(dialog: OwnerDialog) -> int:
        asked.append(dialog.go.isEnabled())
        at = [option.text() for option in dialog.options].index("另一个试点")
        dialog.options[at].click()
        next(one for one in dialog.findChildren(Button) if one.text() == GO).click()
        return 0

    monkeypatch.setattr(OwnerDialog, "exec", answer)
    window.open_package(tmp_path / "a.pilotback")
    shown_page(window, qtbot)
    assert asked == [False]
    assert store.returns.drafts() == {other}


def test_a_slip_of_nobody_here_and_a_broken_one_are_told_in_a_sentence(
    window: MainWindow, store: DraftStore, slip_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    monkeypatch.setattr(
        "pilotdesk.ui.dialogs.asking.tell",
        lambda _parent, _look, title, text: said.append(f"{title}：{text}"),
    )
    broken = tmp_path / "坏.pilotback"
    broken.write_bytes(slip_file.read_bytes().replace(b"2.2", b"2.3"))
    window.open_package(broken)
    assert "和发出来的时候不一样了" in said[0]
    for card in store.cards():
        store.deletions.delete([card.draft_id])
    window.open_package(slip_file)
    assert said[1].startswith("没有找到退的是哪一份")
    assert store.returns.drafts() == frozenset()


def test_a_slip_is_dropped_on_the_start_page(
    window: MainWindow, store: DraftStore, draft_id: str, slip_file: Path, qtbot: QtBot
) -> None:
    window.show_start()
    qtbot.waitUntil(window.acceptDrops)
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(slip_file))])
    given = (Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    entered = QDragEnterEvent(QPoint(50, 50), *given)
    QApplication.sendEvent(window, entered)
    assert entered.isAccepted()
    QApplication.sendEvent(window, QDropEvent(QPoint(50, 50), *given))
    qtbot.waitUntil(lambda: bool(store.returns.drafts()))
    shown_page(window, qtbot)
    assert store.returns.drafts() == {draft_id}


def test_the_menu_leads_to_the_list_and_a_draft_that_was_not_sent_back_has_none(
    window: MainWindow, store: DraftStore, draft_id: str, slip_file: Path, qtbot: QtBot
) -> None:
    other = keep_sample(store)
    window.open_package(slip_file)
    shown_page(window, qtbot)
    window.workspace.navigator.show_first()
    dict(window.workspace.more_actions)[LIST_WORDS]()
    assert window.workspace.navigator.current == RETURNED
    window.open_draft(other)
    window.opening.finish()
    qtbot.waitUntil(lambda: bool(window.workspace.more_actions))
    assert LIST_WORDS not in dict(window.workspace.more_actions)
