"""A newer version of a form in the window: the strip, what would change, the conversion, and the attic."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QMenu, QPushButton, QWidget

from pilotdesk.drafts.package import Package
from pilotdesk.drafts.records import DraftFacts
from pilotdesk.forms.attic import AtticEntry
from pilotdesk.forms.installed import current_pack
from pilotdesk.projects.migrating import look_ahead, migrate_draft
from pilotdesk.ui.components.notice_strip import NoticeStrip
from pilotdesk.ui.start.project_card import ProjectCard
from pilotdesk.ui.versions.attic_dialog import AtticDialog
from pilotdesk.ui.versions.migration_dialog import MigrationDialog
from pilotdesk.ui.versions.version_desk import ATTIC_WORDS, OFFER, OUTDATED
from tests.forms.migration_kit import AFTER, FORM, program_at, ship

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from pilotdesk.clock import Clock
    from pilotdesk.drafts.store import DraftStore
    from pilotdesk.ui.look.theme import Look
    from pilotdesk.ui.window.main_window import MainWindow
    from tests.ui.conftest import WindowMaker

VALUES = {"project_name": "虚构项目", "unit_name": "虚构单位", "staff": "约80", "fax": "0797-1"}
ENTRIES = (
    AtticEntry(
        path="fax", label="1.7 传真", text="0797-1\n0797-2", value="0797-1\n0797-2", why="不再要传真。"
    ),
    AtticEntry(
        path="note",
        label="3.1 指标，第 1 行，备注",
        text="问过 Zhang",
        value="问过 Zhang",
        why="不再要备注。",
    ),
)


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    with program_at(tmp_path / "program", monkeypatch, with_this_year=True) as root:
        yield root


@pytest.fixture
def draft(program: Path, store: DraftStore) -> str:
    return store.create(
        current_pack("2099"), FORM, VALUES, facts=DraftFacts(title="虚构项目"), origin="typed"
    )


@pytest.fixture
def window(open_window: WindowMaker, draft: str) -> MainWindow:
    return open_window()


def update(window: MainWindow, draft: str, program: Path, data_dir: Path, qtbot: QtBot) -> None:
    """Open the draft once, so that its pack is kept, and let the program come with the newer one."""
    window.open_draft(draft)
    qtbot.waitUntil(lambda: any((data_dir / "packs-kept").glob("[0-9a-f]*[0-9a-f]")))
    window.show_start()
    ship(program, AFTER)


def strip(window: MainWindow) -> NoticeStrip | None:
    return window.workspace.findChild(NoticeStrip) if window.workspace else None


def offered(window: MainWindow) -> list[str]:
    """What the menu has of versions, among what is there for every draft."""
    known = {OFFER.menu, OUTDATED.menu, ATTIC_WORDS}
    return [words for words, _ in window.workspace.more_actions if words in known]


def test_a_draft_of_the_present_version_is_not_spoken_to(
    window: MainWindow, draft: str, qtbot: QtBot, data_dir: Path
) -> None:
    window.open_draft(draft)
    qtbot.waitUntil((data_dir / "packs-kept").is_dir)
    assert strip(window) is None
    assert offered(window) == []


def test_an_older_draft_opens_as_it_was_with_a_calm_strip_that_can_be_put_away(
    window: MainWindow,
    draft: str,
    program: Path,
    data_dir: Path,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    update(window, draft, program, data_dir, qtbot)
    window.open_draft(draft, "unit")
    qtbot.waitUntil(lambda: strip(window) is not None)
    assert window.workspace.session.form.head.version == 1
    shown = strip(window)
    assert shown.isVisible()
    assert offered(window) == ["换到新版表单…"]
    qtbot.mouseClick(shown.findChildren(QPushButton)[-1], Qt.MouseButton.LeftButton)
    assert not shown.isVisible()
    opened: list[str] = []
    monkeypatch.setattr(QMenu, "popup", lambda menu, _at: opened.extend(one.text() for one in menu.actions()))
    window.workspace.commands.open_menu()
    assert "换到新版表单…" in opened


@pytest.mark.parametrize("wanted", [True, False])
def test_the_strip_leads_to_the_new_draft_or_leaves_everything(
    window: MainWindow, draft: str, program: Path, data_dir: Path, qtbot: QtBot, store: DraftStore,
    monkeypatch: pytest.MonkeyPatch, wanted: bool,
) -> None:  # fmt: skip
    asked: list[str] = []

    def answer(_parent: QWidget, _look: Look, title: str, _migration: object) -> bool:
        asked.append(title)
        return wanted

    monkeypatch.setattr("pilotdesk.ui.versions.migration_dialog.ask_migration", answer)
    update(window, draft, program, data_dir, qtbot)
    window.open_draft(draft, "unit")
    qtbot.waitUntil(lambda: strip(window) is not None)
    window.workspace.session.set_text("fax", "0797-9")  # not stored yet
    before = len(store.cards())
    qtbot.mouseClick(strip(window).asking, Qt.MouseButton.LeftButton)
    assert asked == ["虚构表单（仅供测试）"]
    opened = window.workspace.session.identity.draft_id
    assert len(store.cards()) == before + wanted
    assert (opened == draft) is not wanted
    if wanted:
        assert window.workspace.session.form.head.version == 3
        assert [entry.text for entry in store.load(opened).attic] == ["0797-9"]
        assert store.load(draft).values["fax"] == "0797-9"
        qtbot.waitUntil(lambda: offered(window) == ["旧版里的内容…"])
        assert strip(window) is None


def test_an_older_draft_leads_to_the_one_that_was_made_of_it(
    window: MainWindow,
    draft: str,
    program: Path,
    data_dir: Path,
    qtbot: QtBot,
    store: DraftStore,
    clock: Clock,
) -> None:
    update(window, draft, program, data_dir, qtbot)
    made = migrate_draft(store, draft, clock.today())
    window.open_draft(draft)
    qtbot.waitUntil(lambda: strip(window) is not None)
    assert strip(window).asking.text() == "打开新版的"
    qtbot.mouseClick(strip(window).asking, Qt.MouseButton.LeftButton)
    assert window.workspace.session.identity.draft_id == made


def test_what_cannot_be_converted_is_said_and_the_draft_stays_open(
    window: MainWindow,
    draft: str,
    program: Path,
    data_dir: Path,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    said: list[str] = []
    monkeypatch.setattr("pilotdesk.ui.dialogs.asking.tell", lambda *given: said.append(given[-1]))
    update(window, draft, program, data_dir, qtbot)
    (program / "forms" / "2099" / FORM / "migration.toml").unlink()
    window.open_draft(draft)
    qtbot.waitUntil(lambda: strip(window) is not None)
    strip(window).chosen.emit()
    assert [text.startswith("这一版表单没有写明怎样从 2099 年第 1 版转过来") for text in said] == [True]
    assert window.workspace.session.identity.draft_id == draft


def texts(dialog: QWidget) -> list[str]:
    return [label.accessibleName() or label.text() for label in dialog.findChildren(QLabel)]


def test_changes_stand_in_groups_and_those_that_touch_nothing_wait(
    window: MainWindow, draft: str, program: Path, look: Look, store: DraftStore, qtbot: QtBot
) -> None:
    ship(program, AFTER)
    outlook = look_ahead(store, draft)
    dialog = MigrationDialog(window, look, outlook.title, outlook.migration)
    qtbot.addWidget(dialog)
    dialog.show()
    shown = texts(dialog)
    assert shown.index("改名　1") < shown.index("“1.3 人数”改叫“1.3 职工人数”。") < shown.index("不再要　1")
    assert not any("传呼机" in text for text in shown)
    more = next(button for button in dialog.findChildren(QPushButton) if "也列出来" in button.text())
    qtbot.mouseClick(more, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: any("传呼机" in text for text in texts(dialog)))
    assert not more.isVisible()
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.chosen == -1


@pytest.fixture
def attic(qtbot: QtBot, look: Look) -> Iterator[AtticDialog]:
    window = QWidget()
    window.resize(1200, 700)
    qtbot.addWidget(window)
    dialog = AtticDialog(window, look, ENTRIES)
    dialog.show()
    yield dialog
    dialog.close()


def found(dialog: AtticDialog) -> list[str]:
    model = dialog.list.model()
    return [model.index(at, 0).data() for at in range(model.rowCount())]


def test_the_attic_is_searched_by_words_of_label_and_text(attic: AtticDialog, qtbot: QtBot) -> None:
    assert found(attic) == ["1.7 传真：0797-1 0797-2", "3.1 指标，第 1 行，备注：问过 Zhang"]
    qtbot.keyClicks(attic.search, "zhang 3.1")
    assert found(attic) == ["3.1 指标，第 1 行，备注：问过 Zhang"]
    assert attic.text.toPlainText() == "问过 Zhang"
    attic.search.insert("没有")
    assert found(attic) == []
    assert (attic.text.toPlainText(), attic.copy_one.isEnabled()) == ("", False)
    assert "没有找到。换一个词试试。" in texts(attic)
    attic.search.clear()
    assert len(found(attic)) == 2


def test_an_entry_is_read_whole_with_its_reason_and_copied_as_it_was(
    attic: AtticDialog, qtbot: QtBot
) -> None:
    assert attic.text.toPlainText() == "0797-1\n0797-2"
    assert {"1.7 传真", "不再要传真。"} <= set(texts(attic))
    qtbot.mouseClick(attic.copy_one, Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == "0797-1\n0797-2"
    qtbot.keyClick(attic.list, Qt.Key.Key_Down)
    assert attic.text.toPlainText() == "问过 Zhang"
    assert attic.text.isReadOnly()
    qtbot.mouseClick(attic.copy_all, Qt.MouseButton.LeftButton)
    assert (
        QGuiApplication.clipboard().text()
        == "1.7 传真\n0797-1\n0797-2\n\n3.1 指标，第 1 行，备注\n问过 Zhang"
    )


def test_the_attic_of_a_draft_stands_beside_the_window_and_goes_with_it(
    window: MainWindow, draft: str, store: DraftStore, qtbot: QtBot
) -> None:
    store.keep_attic(draft, ENTRIES)
    window.open_draft(draft)
    qtbot.waitUntil(lambda: offered(window) == ["旧版里的内容…"])
    dict(window.workspace.more_actions)["旧版里的内容…"]()
    (dialog,) = window.findChildren(AtticDialog)
    assert dialog.windowModality() is Qt.WindowModality.NonModal
    assert len(found(dialog)) == 2
    dialog.close()


# --- on the start page


def test_a_card_says_that_there_is_a_newer_version_and_its_menu_leads_on(
    window: MainWindow,
    draft: str,
    program: Path,
    data_dir: Path,
    store: DraftStore,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("pilotdesk.ui.versions.migration_dialog.ask_migration", lambda *_given: True)
    window.show_start()
    (card,) = window.desk.page.findChildren(ProjectCard)
    assert [words for words, _ in card.more_actions()] == []
    update(window, draft, program, data_dir, qtbot)
    window.show_start()
    qtbot.waitUntil(lambda: bool(asking(window)))
    (card,) = window.desk.page.findChildren(ProjectCard)
    assert [words for words, _ in card.more_actions()] == ["换到新版表单…"]
    qtbot.mouseClick(asking(window)[0], Qt.MouseButton.LeftButton)
    made = window.workspace.session.identity.draft_id
    assert store.load(made).form_version == 3
    window.show_start()
    (card,) = window.desk.page.findChildren(ProjectCard)
    assert card.draft.draft_id == made
    assert not asking(window)
    assert "旧版里的内容…" in [words for words, _ in card.more_actions()]
    assert [older.draft_id for older in card.project.older()] == [draft]
    assert sum(words.startswith("打开旧的") for words, _ in card.menu_actions()) == 1


def asking(window: MainWindow, words: str = "看看会怎样") -> list[QPushButton]:
    return [button for button in window.desk.page.findChildren(QPushButton) if button.text() == words]


def test_a_package_of_an_older_version_is_taken_in_with_what_lost_its_place(
    window: MainWindow, program: Path, store: DraftStore
) -> None:
    ship(program, AFTER)
    older = Package(round="2099", form=FORM, form_version=1, pack_digest="0" * 64, values=VALUES)
    taken = store.load(window.shelf.take_in(older))
    assert (taken.form_version, taken.values["unit_name"]) == (3, "虚构单位")
    assert [(entry.label, entry.text) for entry in taken.attic] == [("1.7 传真", "0797-1")]
