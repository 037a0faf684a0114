"""历史: what was done when, what it changed, and that anything can be put back, as one more step."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtWidgets import QPushButton

from pilotdesk.drafts import history_thinning
from pilotdesk.drafts.compare import FieldChange
from pilotdesk.drafts.history import Sitting
from pilotdesk.forms.values import Attachment, Row, cell_path
from pilotdesk.ui.look.tokens import LIGHT
from pilotdesk.ui.steps.hint_panel import HintPanel
from pilotdesk.ui.versions import history_desk
from pilotdesk.ui.versions.history_desk import HISTORY_WORDS, HistoryDesk
from pilotdesk.ui.versions.history_words import ChangeWords, came_words, day_words, time_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from pilotdesk.drafts.store import DraftStore
    from pilotdesk.forms.model import Form
    from pilotdesk.session import Session
    from pilotdesk.ui.versions.history_dialog import HistoryDialog
    from pilotdesk.ui.window.main_window import MainWindow

FIRST = "南汀县政务服务“高效办成一件事”标准化试点"


@pytest.fixture
def draft_id(window: MainWindow, store: DraftStore) -> str:
    """The sample; its title was typed anew, a colleague's figure came in, and a target is gone."""
    draft = window.shelf.sample()
    assert store.load(draft).values["project_name"] == FIRST
    targets = store.load(draft).values["targets"]
    assert isinstance(targets, tuple)
    for title in ("南汀县政务服务标准", "南汀县政务服务标准化试点"):
        store.save(draft, {"project_name": title}, origin="typed")
    store.save(draft, {"targets": targets[1:]}, origin="merged")
    return draft


@pytest.fixture
def desk(qtbot: QtBot, window: MainWindow, draft_id: str) -> Iterator[HistoryDesk]:
    window.open_draft(draft_id)
    workspace = window.workspace
    assert workspace is not None
    qtbot.waitUntil(lambda: any(words == HISTORY_WORDS for words, _ in workspace.more_actions))
    found = window.findChild(HistoryDesk)
    assert found is not None
    yield found
    if found.dialog is not None:
        found.dialog.close()


def opened(window: MainWindow, desk: HistoryDesk, path: str = "") -> HistoryDialog:
    assert window.workspace is not None
    desk.open(window.workspace, path)
    assert desk.dialog is not None
    return desk.dialog


def session_of(window: MainWindow) -> Session:
    assert window.workspace is not None
    return window.workspace.session


def text(dialog: HistoryDialog) -> str:
    return dialog.text.toPlainText()


def origins(store: DraftStore, draft_id: str, path: str) -> list[str]:
    return [entry.origin for entry in store.histories.of_path(draft_id, path)]


def test_the_menu_leads_to_the_sittings_the_newest_first(window: MainWindow, desk: HistoryDesk) -> None:
    assert window.workspace is not None
    dict(window.workspace.more_actions)[HISTORY_WORDS]()
    dialog = desk.dialog
    assert dialog is not None
    shown = [dialog.list.sittings.lines(at)[2] for at in range(dialog.list.sittings.rowCount())]
    assert [words.split(" · ")[0] for words in shown] == ["合并分工", "填写", "练习样例"]
    assert shown[1] == "填写 · 1 栏"
    assert "删了第 1 行" in text(dialog)
    assert dialog.focusWidget() is dialog.list


def test_a_sitting_shows_what_it_changed_with_the_characters_marked(
    window: MainWindow, desk: HistoryDesk
) -> None:
    dialog = opened(window, desk)
    dialog.list.select(1)
    assert text(dialog).startswith("0.1 项目名称\n南汀县政务服务“高效办成一件事”标准化试点")
    html = dialog.text.toHtml()
    assert "line-through" in html
    assert html.count("underline") == 0  # nothing came, and links are not underlined


def test_rows_are_named_moved_and_changed_in_words(window: MainWindow, desk: HistoryDesk) -> None:
    session = session_of(window)
    first, second, third, *others = session.rows("targets")
    changed = second.with_cell("value_2027", Decimal("77.7"))
    session.replace_rows("targets", (third, first, changed, *others[:-1]), "carried")
    window.flush()
    shown = text(opened(window, desk)).split("\n")
    names = [row.cell("indicator") for row in (first, second, third)]
    assert shown[1] == f"第 3 行移到了第 1 行（{names[2]}）"
    assert shown[2].startswith(f"第 3 行（{names[1]}），2027年目标：")
    assert shown[2].endswith("77.7")
    assert shown[3].startswith(f"删了第 {len(others) + 3} 行：")


def test_any_two_versions_are_compared(window: MainWindow, desk: HistoryDesk) -> None:
    dialog = opened(window, desk)
    dialog.list.select(2)
    dialog.against.setCurrentIndex(dialog.against.findData("现在"))
    assert [change.path for change in dialog._changes] == ["project_name", "targets"]
    dialog.against.setCurrentIndex(2 + 1)  # the sitting in which the title was typed
    assert [change.path for change in dialog._changes] == ["project_name"]
    dialog.against.setCurrentIndex(2 + 2)  # itself
    assert "两版没有不一样的地方" in text(dialog)


def test_a_field_is_put_back_by_its_link_and_taken_back_again(
    qtbot: QtBot, window: MainWindow, desk: HistoryDesk, store: DraftStore, draft_id: str
) -> None:
    dialog = opened(window, desk)
    dialog.list.select(1)
    assert "恢复成改前的" in text(dialog)
    assert "恢复成改后的" not in text(dialog)
    dialog.text.anchorClicked.emit(QUrl("old-0"))
    assert session_of(window).value("project_name") == FIRST
    assert store.load(draft_id).values["project_name"] == FIRST
    assert origins(store, draft_id, "project_name") == ["sample", "typed", "typed", "restored"]
    assert [one.origin for one in dialog.list.sittings.sittings] == ["restored", "merged", "typed", "sample"]
    assert dialog.list.current() == dialog.list.sittings.sittings[2]
    qtbot.mouseClick(dialog.undo, Qt.MouseButton.LeftButton)
    assert store.load(draft_id).values["project_name"] == "南汀县政务服务标准化试点"
    assert dialog.undo.isHidden()


def test_the_whole_draft_goes_back_to_a_version_as_one_step(
    qtbot: QtBot, window: MainWindow, desk: HistoryDesk, store: DraftStore, draft_id: str
) -> None:
    past = store.histories.read(draft_id)
    begin = past.state(past.sittings()[0].last)
    session_of(window).insert_rows("targets", 0, [{"indicator": "新的指标"}])
    dialog = opened(window, desk)
    dialog.list.select(3)
    qtbot.mouseClick(dialog.restore, Qt.MouseButton.LeftButton)
    assert store.load(draft_id).values == begin
    assert origins(store, draft_id, "targets")[-1] == "restored"
    session_of(window).undo()
    window.flush()
    assert len(session_of(window).rows("targets")) == len(begin["targets"])  # type: ignore[arg-type]
    assert session_of(window).rows("targets")[0].cell("indicator") == "新的指标"
    dialog.list.select(0)
    assert "恢复好了" in dialog._said.text()


def test_one_field_goes_back_to_a_version_and_the_others_stay(
    qtbot: QtBot, window: MainWindow, desk: HistoryDesk, store: DraftStore, draft_id: str
) -> None:
    dialog = opened(window, desk, "project_name")
    assert dialog.restore.text() == "这一栏恢复到这一版"
    dialog.list.select(1)
    qtbot.mouseClick(dialog.restore, Qt.MouseButton.LeftButton)
    assert store.load(draft_id).values["project_name"] == FIRST
    assert origins(store, draft_id, "targets") == ["sample", "merged"]


def test_a_version_that_stands_already_is_not_written_again(
    qtbot: QtBot, window: MainWindow, desk: HistoryDesk, store: DraftStore, draft_id: str
) -> None:
    before = store.histories.last_entry(draft_id)
    dialog = opened(window, desk)
    qtbot.mouseClick(dialog.restore, Qt.MouseButton.LeftButton)
    assert store.histories.last_entry(draft_id) == before
    assert "现在就是这一版" in dialog._said.text()


def test_the_hints_of_a_field_lead_to_its_history_only(
    qtbot: QtBot, window: MainWindow, desk: HistoryDesk, draft_id: str
) -> None:
    workspace = window.workspace
    assert workspace is not None
    qtbot.waitUntil(lambda: workspace.findChild(HintPanel) is not None)
    hints = workspace.findChild(HintPanel)
    hints.show_field(cell_path("targets", session_of(window).rows("targets")[0].id, "indicator"))
    hints.refresh()
    button = next(one for one in hints.findChildren(QPushButton) if one.text() == "看这一栏的历史")
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    dialog = desk.dialog
    assert dialog is not None
    assert [one.origin for one in dialog.list.sittings.sittings] == ["merged", "sample"]
    dialog.list.select(1)
    assert {change.path for change in dialog._changes} == {"targets"}
    qtbot.mouseClick(dialog.whole, Qt.MouseButton.LeftButton)
    assert len(dialog.list.sittings.sittings) == 3


def test_a_version_gets_a_name_that_stands_out_and_is_kept(
    qtbot: QtBot, window: MainWindow, desk: HistoryDesk, store: DraftStore, draft_id: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    dialog = opened(window, desk)
    dialog.list.select(1)
    for wanted, expected in ((None, ""), ("交第一稿前", "交第一稿前"), ("", "")):
        monkeypatch.setattr(history_desk, "ask_version_name", lambda *_given, name=wanted: name)
        qtbot.mouseClick(dialog.name, Qt.MouseButton.LeftButton)
        assert dialog.list.sittings.lines(1)[0] == expected
        assert [one.name for one in store.histories.read(draft_id).versions] == (
            [expected] if expected else []
        )
        assert dialog.list.currentIndex().row() == 1


def marked_lines(form: Form, change: FieldChange) -> list[str]:
    return ChangeWords(form, LIGHT).lines(change, full=True)[0]


def test_every_paragraph_that_came_or_went_is_marked(window: MainWindow, desk: HistoryDesk) -> None:
    form = session_of(window).form
    change = FieldChange(path="background", before="留下的。\n第一段。\n\n第二段。", after="留下的。")
    kept, *gone = marked_lines(form, change)
    assert "留下的。" in kept
    assert [("line-through" in line, "段。" in line) for line in gone] == [
        (True, True), (False, False), (True, True),
    ]  # fmt: skip


def test_a_file_that_was_replaced_by_one_of_its_name_is_marked_as_gone_and_come(
    window: MainWindow, desk: HistoryDesk
) -> None:
    form = session_of(window).form
    old, new, kept = (
        Attachment(sign * 64, name, 1) for sign, name in (("1", "证.pdf"), ("2", "证.pdf"), ("3", "册.pdf"))
    )
    lines = marked_lines(form, FieldChange(path="legal_certificate", before=(kept, old), after=(kept, new)))
    assert [("line-through" in line, "underline" in line) for line in lines] == [
        (True, False), (False, False), (False, True),
    ]  # fmt: skip


def test_changes_stand_in_the_order_of_the_form(
    window: MainWindow, desk: HistoryDesk, store: DraftStore, draft_id: str
) -> None:
    for path in (
        "participant_list",
        "failed_pilot",
    ):  # neither is in the sample: they came last into its state
        store.save(draft_id, {path: "补上的"}, origin="imported")
    dialog = opened(window, desk)
    dialog.against.setCurrentIndex(dialog.against.findData(dialog.list.sittings.sittings[-1].last))
    names = list(session_of(window).form.fields)
    places = [names.index(change.path) for change in dialog._changes]
    assert len(places) > 2
    assert places == sorted(places)


def test_a_long_text_and_a_long_table_are_shown_in_full_when_asked(
    window: MainWindow, desk: HistoryDesk
) -> None:
    session = session_of(window)
    session.set_value("unit_introduction", "一" * 400 + "甲", "imported")
    window.flush()
    session.replace_rows("targets", tuple(Row(f"r_{at:08x}", {"indicator": f"指标{at}"}) for at in range(60)))
    session.set_value("unit_introduction", "一" * 400 + "乙")
    dialog = opened(window, desk)
    assert len(dialog._changes) == 2
    for at, change in enumerate(dialog._changes):
        before = len(text(dialog))
        dialog.text.anchorClicked.emit(QUrl(f"full-{at}"))
        assert len(text(dialog)) > before + 200, change.path


def test_the_history_says_where_a_change_came_from(
    window: MainWindow, desk: HistoryDesk, store: DraftStore, draft_id: str
) -> None:
    session = session_of(window)
    session.set_value("unit_name", "带入的名称", "carried")
    session.set_value("legal_representative", "张三", desk)
    session.set_values({"project_name": "合并的名称"}, "merged")
    session.set_text("project_name", "又改了")
    window.flush()
    last = store.histories.read(draft_id).entries[-3:]
    assert {entry.path: entry.origin for entry in last} == {
        "unit_name": "carried", "legal_representative": "typed", "project_name": "typed",
    }  # fmt: skip


def test_a_long_history_is_thinned_when_its_draft_is_opened(
    qtbot: QtBot, window: MainWindow, draft_id: str, store: DraftStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(history_thinning, "ENOUGH", 3)
    monkeypatch.setattr(history_thinning, "FULL_DAYS", 0)
    window.open_draft(draft_id)
    workspace = window.workspace
    assert workspace is not None
    qtbot.waitUntil(lambda: bool(workspace.more_actions))
    assert len(store.histories.of_path(draft_id, "project_name")) == 2
    assert store.load(draft_id).values == store.histories.read(draft_id).state()


def sitting(began: str, ended: str) -> Sitting:
    paths = frozenset({"leader.name", "leader.mobile", "targets"})
    return Sitting(first=1, last=2, began=began, ended=ended, origin="typed", by="陈立", paths=paths)


def test_times_are_said_as_people_say_them() -> None:
    today = date(2026, 6, 12)
    days = ("2026-06-12", "2026-06-11", "2026-06-02", "2025-12-31")
    assert [day_words(f"{day}T12:00:00.000+00:00", today) for day in days] == [
        "今天", "昨天", "6月2日", "2025年12月31日",
    ]  # fmt: skip
    one = sitting("2026-06-12T02:00:00.000Z", "2026-06-12T02:31:00.000Z")
    words = time_words(one, today)
    assert words.startswith("今天 ")
    assert words.count(":") == 2
    assert time_words(sitting(one.began, one.began), today).count(":") == 1
    assert came_words(one) == "填写 · 陈立 · 2 栏"


@pytest.mark.parametrize("origin", ["restored", "carried", "merged", "imported"])
def test_taking_a_step_back_is_told_as_that_and_doing_it_again_as_the_step(
    window: MainWindow, desk: HistoryDesk, store: DraftStore, draft_id: str, origin: str
) -> None:
    session = session_of(window)
    session.set_values({"project_name": "别处来的名称"}, origin)
    window.flush()
    for step in (session.undo, session.redo):
        step()
        window.flush()
    assert origins(store, draft_id, "project_name")[-3:] == [origin, f"undone_{origin}", origin]
    said = [came_words(one) for one in store.histories.read(draft_id).sittings("project_name")[-3:]]
    assert said[1] == f"撤销了“{said[0].partition(' · ')[0]}” · 1 栏"
    session.set_text("project_name", "自己打的")
    window.flush()
    session.undo()
    window.flush()
    assert (
        origins(store, draft_id, "project_name")[-1] == "typed"
    )  # nobody looks for single keys in a history


def test_a_deletion_and_a_return_are_told_without_a_number_of_fields(
    window: MainWindow, desk: HistoryDesk, store: DraftStore, draft_id: str
) -> None:
    store.deletions.delete([draft_id])
    store.deletions.bring_back([draft_id])
    said = [came_words(one) for one in store.histories.read(draft_id).sittings()[-2:]]
    assert said == ["删去这份草稿", "从“已删除”找回"]
    assert text(opened(window, desk)) == "删去和找回都不改填的内容，一栏也没有动。"
