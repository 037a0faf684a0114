"""Whole projects on the start page: reminders, a form that is begun, dates, calendar, the hand-over file."""

from __future__ import annotations

import shutil
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import icalendar
import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton

from pilotdesk.clock import Clock
from pilotdesk.drafts.package import write_package
from pilotdesk.drafts.store import DraftStore
from pilotdesk.forms.shipped import load_shipped
from pilotdesk.paths import forms_dir
from pilotdesk.projects.handover import read_kit
from pilotdesk.projects.shelf import NewProject
from pilotdesk.projects.timeline_words import next_sentence
from pilotdesk.ui.components.basic import Chip
from pilotdesk.ui.components.issue import Banner
from pilotdesk.ui.components.text import WrappedLabel
from pilotdesk.ui.dialogs.asking import NewProjectDialog
from pilotdesk.ui.look import tokens
from pilotdesk.ui.look.settings import Settings
from pilotdesk.ui.look.theme import Theme
from pilotdesk.ui.start import desk as start_desk
from pilotdesk.ui.start import same_name
from pilotdesk.ui.start.project_card import PracticeCard, ProjectCard
from pilotdesk.ui.start.same_name import SameName, same_project

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from pilotdesk.ui.look.theme import Look
    from pilotdesk.ui.window.main_window import MainWindow
    from tests.ui.conftest import WindowMaker

WANTED = NewProject("南汀县居家养老服务标准化试点", "南汀县社会福利中心", "Z1")


class Hands:
    """A clock whose hands a test moves. It begins after the tests' own files were written."""

    def __init__(self) -> None:
        self.now = datetime(2027, 11, 16, 3, tzinfo=UTC)

    def read(self) -> datetime:
        return self.now


@pytest.fixture
def hands() -> Hands:
    return Hands()


@pytest.fixture
def clock(hands: Hands) -> Clock:
    return Clock(hands.read)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(tmp_path / "window.json")


@pytest.fixture
def window(open_window: WindowMaker, settings: Settings) -> MainWindow:
    return open_window(settings=settings, at_once=True)


@pytest.fixture
def project(window: MainWindow, store: DraftStore) -> str:
    """A project on the list whose application is finished."""
    draft_id = window.shelf.create(WANTED)
    store.count_revision(draft_id, 1)
    project_id = store.cards()[0].project_id
    store.projects.set_date(project_id, "admitted", date(2026, 11, 10))
    return project_id


def card(window: MainWindow) -> ProjectCard:
    (found,) = window.desk.page.findChildren(ProjectCard)
    return found


def told(window: MainWindow) -> list[str]:
    strips = window.desk.page.findChildren(Banner)
    return [f"{strip.title.plain}\n{strip.text.plain}" for strip in strips if strip.isVisibleTo(window)]


def press(qtbot: QtBot, window: MainWindow, words: str) -> None:
    (button,) = [each for each in window.desk.page.findChildren(QPushButton) if each.text() == words]
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


# --- reminders


def test_what_is_due_soon_is_told_on_the_start_page(window: MainWindow, project: str) -> None:
    window.show_start()
    assert told(window) == [
        "**有 1 件事快到期或已过期**\n南汀县居家养老服务标准化试点：提交2027年度总结，还有 14 天"
    ]


def test_nothing_is_told_when_nothing_presses(window: MainWindow, project: str, hands: Hands) -> None:
    hands.now = datetime(2027, 5, 1, 3, tzinfo=UTC)
    window.show_start()
    assert [text for text in told(window) if "快到期" in text] == []


def test_the_user_can_have_quiet_until_tomorrow(
    window: MainWindow, project: str, hands: Hands, qtbot: QtBot
) -> None:
    window.show_start()
    press(qtbot, window, "今天不再提醒")
    assert told(window) == []
    assert window.desk.pressing
    hands.now = datetime(2027, 11, 17, 3, tzinfo=UTC)
    window.desk.reminders.look()
    assert "还有 13 天" in told(window)[0]


def test_in_an_open_draft_a_new_day_says_one_sentence_once(
    window: MainWindow, project: str, hands: Hands, store: DraftStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    monkeypatch.setattr(window.toast, "show_done", lambda text, *_given: said.append(text))
    window.show_start()
    window.open_draft(store.cards()[0].draft_id)
    window.desk.reminders.look()
    assert said == []
    hands.now = datetime(2027, 11, 17, 3, tzinfo=UTC)
    for _ in range(3):
        window.desk.reminders.look()
    assert said == ["南汀县居家养老服务标准化试点：提交2027年度总结，还有 13 天"]
    assert window.workspace.shell.header.due.isVisibleTo(window.workspace)
    assert window.workspace.shell.header.due.text == "1"


def test_a_reminder_comes_up_once_a_day_even_after_starting_again(
    window: MainWindow, project: str, settings: Settings
) -> None:
    window.show_start()
    assert settings.choices.reminded_on == "2027-11-16"
    assert window.desk.reminders.claim() is False


def test_a_draft_without_anything_pressing_has_no_badge(window: MainWindow, store: DraftStore) -> None:
    window.shelf.create(WANTED)
    window.show_start()
    window.open_draft(store.cards()[0].draft_id)
    assert not window.workspace.shell.header.due.isVisibleTo(window.workspace)


def test_a_wrong_clock_is_pointed_out_in_one_sentence(window: MainWindow, project: str, hands: Hands) -> None:
    hands.now = datetime(2009, 1, 1, 3, tzinfo=UTC)
    window.show_start()
    assert "2009年1月1日" in told(window)[0]


def test_a_closed_round_is_said_in_one_line_where_a_project_is_on_the_list(
    window: MainWindow, store: DraftStore, hands: Hands
) -> None:
    window.shelf.create(WANTED)
    window.show_start()
    assert "2026 年度征集已截止" in told(window)[0]
    store.projects.set_date(store.cards()[0].project_id, "admitted", date(2026, 11, 10))
    hands.now = datetime(2028, 2, 1, 3, tzinfo=UTC)
    window.show_start()
    assert not [text for text in told(window) if "征集已截止" in text]


# --- drafts of a project


def test_the_next_form_is_begun_with_one_button_and_opens(
    window: MainWindow, project: str, store: DraftStore, qtbot: QtBot, hands: Hands
) -> None:
    window.show_start()
    hands.now += timedelta(minutes=1)
    press(qtbot, window, "写2027年度工作总结")
    session = window.workspace.session
    assert session.form.head.name == "summary_2027"
    assert session.value("project_name") == WANTED.name
    assert [each.form for each in store.drafts_of(project)] == ["application", "summary_2027"]
    window.show_start()
    assert card(window).draft.form == "summary_2027"
    words = [words for words, _ in card(window).menu_actions()]
    assert words[:2] == ["打开申报书", "打开2027年度总结"]
    card(window).choose("application")
    assert window.workspace.session.form.head.name == "application"


def test_a_project_that_nobody_said_is_on_the_list_is_asked_about(
    window: MainWindow, store: DraftStore
) -> None:
    draft_id = window.shelf.create(WANTED)
    store.count_revision(draft_id, 1)
    window.show_start()
    buttons = {button.text() for button in card(window).findChildren(QPushButton)}
    assert "日期和进展" in buttons
    assert not any(words.startswith("写") for words in buttons)


def test_who_handed_in_elsewhere_can_say_so_though_there_is_no_final_version_here(
    window: MainWindow, store: DraftStore
) -> None:
    window.shelf.create(WANTED)
    window.show_start()
    assert "日期和进展" in {button.text() for button in card(window).findChildren(QPushButton)}


def test_the_form_that_is_next_opens_with_one_button_when_another_was_changed_last(
    window: MainWindow, project: str, store: DraftStore, qtbot: QtBot, hands: Hands
) -> None:
    window.show_start()
    press(qtbot, window, "写2027年度工作总结")
    hands.now += timedelta(minutes=1)
    application = next(each for each in store.drafts_of(project) if each.form == "application")
    store.save(application.draft_id, {"unit_name": "南汀县政务中心"}, origin="typed")
    window.show_start()
    assert card(window).draft.form == "application"
    press(qtbot, window, "打开2027年度总结")
    assert window.workspace.session.form.head.name == "summary_2027"


def test_the_sample_opens_with_its_application(window: MainWindow, qtbot: QtBot) -> None:
    window.open_sample()
    window.opening.finish()
    window.show_start()
    (practice,) = window.desk.page.findChildren(PracticeCard)
    with qtbot.waitSignal(practice.opened) as opened:
        next(one for one in practice.findChildren(QPushButton) if one.text() == "打开").click()
    assert opened.args == [window.shelf.sample()]


def test_two_samples_are_told_apart_by_when_they_were_changed(window: MainWindow) -> None:
    window.shelf.sample()
    window.show_start()
    (practice,) = window.desk.page.findChildren(PracticeCard)
    changed = datetime.fromisoformat(practice.project.latest.updated).astimezone()
    said = [one.text() for one in practice.findChildren(QLabel)]
    assert f"上次改动 {changed.month}月{changed.day}日 {changed:%H:%M}" in said


def test_two_samples_of_the_same_minute_have_numbers(window: MainWindow, hands: Hands) -> None:
    first = window.shelf.sample()
    hands.now += timedelta(seconds=1)
    second = window.shelf.take_in(window.shelf.package(first))
    for _ in range(2):
        window.show_start()
        cards = window.desk.page.findChildren(PracticeCard)
        titles = {
            one.draft.draft_id: label.text()
            for one in cards
            for label in one.findChildren(QLabel)
            if label.text().startswith("练习样例")
        }
        assert titles[first].startswith("练习样例 1：")
        assert titles[second].startswith("练习样例 2：")
        window.shelf.store.save(
            first, {"unit_name": "后改的"}, origin="typed"
        )  # the order of the list is another


def test_a_change_of_another_year_is_told_with_its_year(
    window: MainWindow, project: str, hands: Hands
) -> None:
    window.show_start()
    assert "上次改动 11月16日" in card_words(window)
    hands.now += timedelta(days=60)
    window.show_start()
    assert "上次改动 2027年11月16日" in card_words(window)


def test_the_next_step_is_said_whole_in_large_type(window: MainWindow, project: str, look: Look) -> None:
    look.set_theme(Theme(tokens.LIGHT, tokens.TypeSize.EXTRA))
    window.resize(1000, 697)
    window.show_start()
    shown = card(window)
    (sentence,) = shown.findChildren(WrappedLabel)
    assert sentence.plain == next_sentence(shown.project.line)
    assert sentence.height() >= sentence.heightForWidth(sentence.width())
    look.set_theme(Theme())


def test_what_was_handed_in_is_not_asked_to_be_exported_again(
    window: MainWindow, project: str, store: DraftStore
) -> None:
    draft = store.cards()[0].draft_id
    store.projects.set_date(project, "admitted", None)
    store.log_export(draft, kind="word", file_name="申报书.docx", sha256="0" * 64, check_code="7K2M-9QXD")
    store.save(draft, {"unit_name": "改过的"}, origin="typed")
    window.show_start()
    assert "申报书定稿后改过，要重新导出" in card_words(window)
    store.projects.set_date(project, "admitted", date(2026, 11, 10))
    window.show_start()
    assert "申报书已报送，定稿后又改过" in card_words(window)
    assert "重新导出" not in card_words(window)


def test_a_second_project_of_the_same_name_is_asked_about(
    window: MainWindow, project: str, store: DraftStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """First back to what was typed, then the one that is there; the other time another one."""
    wanted = NewProject(WANTED.name.replace("服务", " 服务"), WANTED.unit, "Z1", "2026")
    typed, asked = begin_new(window, monkeypatch, wanted, SameName.OTHERWISE, SameName.GO_ON)
    assert typed == [None, wanted]
    assert asked == ["已经有一个同名的项目"] * 2
    (there,) = store.cards()
    assert window.workspace is not None
    assert window.workspace.session.identity.draft_id == there.draft_id
    begin_new(window, monkeypatch, wanted, SameName.ANOTHER)
    assert len(store.cards()) == 2


@pytest.mark.parametrize(
    ("change", "asks"),
    [
        ({"unit": "北汀县社会福利中心"}, False),
        ({"round": "2027"}, False),
        ({"name": ""}, False),
        ({"unit": ""}, True),
    ],
)
def test_a_project_is_the_same_by_name_unit_and_round(
    window: MainWindow, project: str, change: dict[str, str], asks: bool
) -> None:
    wanted = replace(WANTED, **{"round": "2026", **change})
    window.show_start()
    assert (same_project(window.desk._overviews(), wanted) is not None) is asks


def test_what_was_typed_of_a_project_stands_there_again(window: MainWindow, look: Look) -> None:
    dialog = NewProjectDialog(window, look, window.shelf.rounds())
    wanted = replace(WANTED, round=window.shelf.rounds()[0].name)
    dialog.show_answer(wanted)
    assert dialog.answer() == wanted


def card_words(window: MainWindow) -> str:
    shown = [*card(window).findChildren(QLabel), *card(window).findChildren(Chip)]
    return "\n".join(one.text if isinstance(one, Chip) else one.text() for one in shown)


def begin_new(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch, wanted: NewProject, *chosen: SameName
) -> tuple[list[NewProject | None], list[str]]:
    """Make a project; gives what the first dialog showed each time, and what was asked."""
    typed: list[NewProject | None] = []
    asked: list[str] = []
    answers = iter(chosen)

    def ask_new(
        _parent: object, _look: object, _rounds: object, before: NewProject | None = None
    ) -> NewProject:
        typed.append(before)
        return wanted

    def ask(_parent: object, _look: object, title: str, _text: str, **_more: object) -> int:
        asked.append(title)
        return next(answers).value

    monkeypatch.setattr(start_desk, "ask_new_project", ask_new)
    monkeypatch.setattr(same_name, "ask_choice", ask)
    window.show_start()
    window.desk.page.new_requested.emit()
    window.opening.finish()
    return typed, asked


def test_all_drafts_of_the_sample_stand_in_its_menu(window: MainWindow) -> None:
    window.shelf.sample()
    window.show_start()
    (practice,) = window.desk.page.findChildren(PracticeCard)
    opened = [words for words, _ in practice.menu_actions() if words.startswith("打开")]
    assert len(opened) == len(practice.project.cards)


def test_deleting_a_project_takes_all_its_drafts(
    window: MainWindow, project: str, store: DraftStore, qtbot: QtBot
) -> None:
    window.show_start()
    press(qtbot, window, "写2027年度工作总结")
    window.show_start()
    card(window).delete()
    assert store.cards() == ()


# --- dates, calendar, hand-over


def test_dates_are_kept_and_shown(
    window: MainWindow, project: str, store: DraftStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    window.show_start()
    answer = {"self_assessment": date(2029, 3, 1), "summary_2027.county": date(2027, 11, 10)}
    monkeypatch.setattr("pilotdesk.ui.start.dates_dialog.ask_dates", lambda *_given: answer)
    window.desk.page.asked.emit(project, "dates")
    assert store.projects.dates(project) == answer
    assert "admitted" not in card(window).project.dates


def test_a_dialog_that_was_left_changes_nothing(
    window: MainWindow, project: str, store: DraftStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    window.show_start()
    monkeypatch.setattr("pilotdesk.ui.start.dates_dialog.ask_dates", lambda *_given: None)
    window.desk.page.asked.emit(project, "dates")
    assert set(store.projects.dates(project)) == {"admitted"}


def test_the_calendar_is_saved(
    window: MainWindow, project: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "x.ics"
    monkeypatch.setattr("pilotdesk.ui.dialogs.files.ask_calendar_target", lambda *_given: target)
    window.show_start()
    window.desk.page.asked.emit(project, "calendar")
    events = icalendar.Calendar.from_ical(target.read_bytes()).walk("VEVENT")
    assert [event.decoded("dtstart").year for event in events] == [2027, 2028, 2029]


def test_a_project_is_handed_over_and_taken_in_again(
    window: MainWindow, project: str, store: DraftStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    suggested: list[str] = []
    target = tmp_path / "kit.zip"

    def ask(_parent: object, suggestion: str) -> Path:
        suggested.append(suggestion)
        return target

    monkeypatch.setattr("pilotdesk.ui.dialogs.files.ask_kit_target", ask)
    monkeypatch.setattr("pilotdesk.ui.dialogs.files.ask_project_file", lambda _parent: target)
    window.show_start()
    window.desk.page.asked.emit(project, "kit")
    assert suggested == ["交接包_南汀县居家养老服务标准化试点_20271116.zip"]
    assert read_kit(target).dates == store.projects.dates(project)
    window.desk.page.open_requested.emit()
    assert len({each.project_id for each in store.cards()}) == 2
    assert len(window.desk.page.findChildren(ProjectCard)) >= 2


def test_a_draft_package_still_opens_from_the_same_button(
    window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft_id = window.shelf.create(WANTED)
    target = tmp_path / "x.pilot"
    write_package(window.shelf.package(draft_id), target)
    monkeypatch.setattr("pilotdesk.ui.dialogs.files.ask_project_file", lambda _parent: target)
    window.show_start()
    window.desk.page.open_requested.emit()
    assert window.workspace.session.value("project_name") == WANTED.name


def test_the_copy_on_a_stick_has_the_attachments_and_opens_as_a_data_folder(
    window: MainWindow, store: DraftStore, clock: Clock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft_id = window.shelf.sample()
    stick = tmp_path / "stick"
    monkeypatch.setattr("pilotdesk.ui.start.desk.ask_folder", lambda *_given: stick)
    window.show_start()
    for _ in range(2):
        window.desk.page.copy_requested.emit()
    (folder,) = stick.iterdir()
    assert folder.name == "PilotDesk备份-20271116"
    copied = DraftStore(folder, clock)
    assert copied.load(draft_id) == store.load(draft_id)
    names = sorted(path.name for path in store.attachments.folder.glob("??/*"))
    assert names
    assert [copied.attachments.content(name) for name in names] == [
        store.attachment(draft_id, n) for n in names
    ]
    copied.close()


def test_the_dates_on_the_start_page_come_from_the_newest_pack_here(
    window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PILOTDESK_DATA", str(tmp_path / "newer"))
    added = tmp_path / "newer" / "packs" / "2026"
    shutil.copytree(forms_dir() / "2026", added)
    text = (added / "round.toml").read_text("utf-8")
    notice = load_shipped("2026").round.notice_title
    (added / "round.toml").write_text(text.replace(notice, "改过的通知"), "utf-8")
    window.shelf.sample()
    window.show_start()
    assert window.desk._round_of("2026").notice_title == "改过的通知"
    assert window.desk._round_of("1999").notice_title == "改过的通知"  # no such pack: the current one tells
