"""更新 in the window: files dropped and chosen, what they would change, refused, installed, taken back."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt, QTimer
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QPushButton

from pilotdesk.drafts.records import DraftFacts
from pilotdesk.errors import StoreError
from pilotdesk.forms.installed import current_pack, has_newer
from pilotdesk.projects import current_round
from pilotdesk.projects.shelf import NewProject
from pilotdesk.ui.components.text import ElidedLabel
from pilotdesk.ui.dialogs.asking import NewProjectDialog
from pilotdesk.ui.look.tokens import TypeSize
from pilotdesk.ui.start.diagnostics_dialog import DiagnosticsDialog
from pilotdesk.ui.tasks.waiting import WaitingDialog
from pilotdesk.ui.updates.card import UpdateCard
from pilotdesk.ui.updates.desk import open_update_file, updates_desk_of
from pilotdesk.ui.updates.dialog import UpdatesDialog
from pilotdesk.ui.updates.key_dialog import KeyDialog
from pilotdesk.ui.updates.plan_dialog import PlanDialog
from pilotdesk.ui.updates.words import COMPARE_NAMESAKE, versions_words
from pilotdesk.ui.window.help import HelpDialog, show_help
from pilotdesk.ui.window.start_menu import UPDATES
from pilotdesk.updates import pack_files
from pilotdesk.updates.building import build_pack
from pilotdesk.updates.keys import distributors, make_keys
from pilotdesk.updates.record import installed_updates
from tests.forms.migration_kit import AFTER, BEFORE, FORM, program_at
from tests.ui.updates_kit import (
    NAME,
    PASSWORD,
    button,
    dragged,
    drop,
    flipped,
    keys,
    next_round,
    register,
    signed_pack,
    signed_program,
    texts,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from PySide6.QtWidgets import QWidget
    from pytestqt.qtbot import QtBot

    from pilotdesk.drafts.store import DraftStore
    from pilotdesk.ui.dialogs.asking import Dialog
    from pilotdesk.ui.look.theme import Look
    from pilotdesk.ui.window.main_window import MainWindow
    from tests.ui.conftest import WindowMaker


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A program that comes with this year's pack and the older of the two synthetic ones."""
    with program_at(tmp_path / "program", monkeypatch, with_this_year=True) as root:
        yield root


@pytest.fixture
def draft(program: Path, store: DraftStore) -> str:
    return store.create(
        current_pack("2099"), FORM, {"staff": "约80"}, facts=DraftFacts(title="虚构项目"), origin="typed"
    )


@pytest.fixture
def window(open_window: WindowMaker, draft: str, qtbot: QtBot) -> MainWindow:
    made = open_window(at_once=True)
    made.show_start()
    qtbot.waitUntil(made.acceptDrops)
    return made


@pytest.fixture
def pack(program: Path, tmp_path: Path) -> Path:
    return signed_pack(AFTER, tmp_path / "U盘 更新" / "2099.pdpack", older=[BEFORE])


def shown(window: MainWindow, kind: type[Dialog], qtbot: QtBot) -> Dialog:
    qtbot.waitUntil(lambda: any(one.isVisible() for one in window.findChildren(kind)))
    return next(one for one in window.findChildren(kind) if one.isVisible())


def settled() -> None:
    """What waits for its turn is over."""
    QApplication.processEvents()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def version(draft: str, store: DraftStore) -> int:
    return store.load(draft).form_version


# --- the list


@pytest.fixture
def menu(monkeypatch: pytest.MonkeyPatch) -> list[QMenu]:
    opened: list[QMenu] = []
    monkeypatch.setattr(QMenu, "popup", lambda menu, _at: opened.append(menu))
    return opened


def test_the_start_page_has_a_menu_by_mouse_and_by_alt(
    window: MainWindow, menu: list[QMenu], qtbot: QtBot
) -> None:
    head = window.desk.page.head
    assert head.menu.accessibleName() == "更多，Alt"
    qtbot.mouseClick(head.menu, Qt.MouseButton.LeftButton)
    qtbot.keyPress(window, Qt.Key.Key_Alt)
    qtbot.keyRelease(window, Qt.Key.Key_Alt)
    assert len(menu) == 2
    words = [one.text() for one in menu[1].actions() if one.text()]
    assert words[0] == UPDATES
    assert {"从备份找回…", "字号和颜色…", "快捷键…"} <= set(words)
    menu[1].actions()[0].trigger()
    dialog = shown(window, UpdatesDialog, qtbot)
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    settled()
    assert not window.findChildren(UpdatesDialog)
    assert window.focusWidget() is head.menu


@pytest.mark.parametrize("where", ["start", "draft"])
def test_the_help_leads_to_updates_and_to_the_card_from_everywhere(
    window: MainWindow, look: Look, draft: str, where: str, qtbot: QtBot
) -> None:
    if where == "draft":
        window.open_draft(draft)
    for words, kind in (("更新…", UpdatesDialog), ("诊断卡…", DiagnosticsDialog)):
        show_help(window, look)
        qtbot.mouseClick(button(shown(window, HelpDialog, qtbot), words), Qt.MouseButton.LeftButton)
        dialog = shown(window, kind, qtbot)
        settled()
        assert not window.findChildren(HelpDialog)
        qtbot.keyClick(dialog, Qt.Key.Key_Escape)
        settled()


def test_alt_in_an_open_draft_opens_only_its_own_menu(
    window: MainWindow, draft: str, menu: list[QMenu], qtbot: QtBot
) -> None:
    window.open_draft(draft)
    qtbot.keyPress(window, Qt.Key.Key_Alt)
    qtbot.keyRelease(window, Qt.Key.Key_Alt)
    assert len(menu) == 1
    assert UPDATES not in [one.text() for one in menu[0].actions()]


def test_an_empty_list_says_what_to_do_and_goes_with_enter(window: MainWindow, qtbot: QtBot) -> None:
    dialog = listed(window, qtbot)
    assert "还没有装过" in texts(dialog)
    assert "请向发放单位要 .pdkey 文件" in texts(dialog)
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    settled()
    assert not window.findChildren(UpdatesDialog)


def listed(window: MainWindow, qtbot: QtBot) -> UpdatesDialog:
    updates_desk_of(window, window._look).show()
    return shown(window, UpdatesDialog, qtbot)


# --- distributors


def test_a_distributor_is_registered_only_after_the_fingerprint_was_compared(
    window: MainWindow, qtbot: QtBot
) -> None:
    assert drop(window, [keys().public])
    dialog = shown(window, KeyDialog, qtbot)
    for group in keys().fingerprint.split():
        assert group in texts(dialog)
    assert "打电话" in texts(dialog)
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    assert dialog.isVisible()
    assert not dialog.register.isEnabled()
    assert dialog.register.toolTip()
    assert dialog.compared.hasFocus()
    qtbot.keyClick(dialog.compared, Qt.Key.Key_Space)
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    settled()
    assert [one.fingerprint for one in distributors()] == [keys().fingerprint]
    assert window.toast.accessibleName() == f"登记了{NAME}"
    assert keys().fingerprint in texts(listed(window, qtbot))


def test_esc_registers_nobody(window: MainWindow, qtbot: QtBot) -> None:
    drop(window, [keys().public])
    dialog = shown(window, KeyDialog, qtbot)
    dialog.compared.setChecked(True)
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    settled()
    assert distributors() == ()


def test_a_distributor_goes_after_it_was_said_what_stays(
    window: MainWindow, pack: Path, qtbot: QtBot
) -> None:
    installed(window, pack, qtbot)
    dialog = listed(window, qtbot)
    qtbot.mouseClick(button(dialog, "去掉…"), Qt.MouseButton.LeftButton)
    card = shown(window, UpdateCard, qtbot)
    assert "留着，照旧用" in texts(card)
    qtbot.keyClick(card, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: distributors() == ())
    assert dialog.isVisible()
    assert f"去掉了{NAME}" in texts(dialog)
    assert [one.state for one in installed_updates()] == ["active"]
    dialog.close()
    settled()
    refusal = refused(window, pack, qtbot)
    assert "没有登记过" in texts(refusal)
    refusal.close()
    settled()


@pytest.mark.parametrize(
    "name", [NAME, "江西省 市场监督管理局", "江西省市场监督管理局.", "江西省市场监督管理局（）"]
)
def test_another_key_under_a_name_that_is_known_is_warned_of_and_enter_leaves_it(
    window: MainWindow, tmp_path: Path, name: str, qtbot: QtBot
) -> None:
    drop(window, [keys().public])
    first = shown(window, KeyDialog, qtbot)
    assert COMPARE_NAMESAKE not in texts(first)
    first.close()
    settled()
    register()
    drop(window, [make_keys(tmp_path, name, PASSWORD).public])
    second = shown(window, KeyDialog, qtbot)
    assert second.windowTitle() == f"名字一样，指纹不一样：{name}"
    assert COMPARE_NAMESAKE in texts(second)
    assert keys().fingerprint in texts(second)  # to be held against the other
    qtbot.keyClick(second.compared, Qt.Key.Key_Space)
    assert second.register.isEnabled()
    qtbot.keyClick(second, Qt.Key.Key_Return)
    settled()
    assert [one.fingerprint for one in distributors()] == [keys().fingerprint]


def test_the_fingerprint_stands_there_whole_in_the_smallest_window(
    window: MainWindow, look: Look, tmp_path: Path, qtbot: QtBot
) -> None:
    look.set_size(TypeSize.EXTRA)
    window.showNormal()
    window.resize(911, 441)
    register()
    for path in (
        make_keys(tmp_path / "a", "别的单位", PASSWORD).public,
        make_keys(tmp_path, NAME, PASSWORD).public,
    ):
        drop(window, [path])
        dialog = shown(window, KeyDialog, qtbot)
        assert dialog.height() <= 441
        groups = [one for one in dialog.findChildren(QLabel) if len(one.text()) == 4 and one.text().isascii()]
        assert len(groups) == 8
        assert all(one.height() >= one.sizeHint().height() for one in groups)
        dialog.close()
        settled()


def test_a_key_that_is_known_says_so(window: MainWindow, qtbot: QtBot) -> None:
    register()
    drop(window, [keys().public])
    card = shown(window, UpdateCard, qtbot)
    assert "已经登记过" in texts(card)
    qtbot.keyClick(card, Qt.Key.Key_Return)
    settled()


# --- what is refused


def refused(window: MainWindow, path: Path, qtbot: QtBot) -> UpdateCard:
    assert drop(window, [path])
    card = shown(window, UpdateCard, qtbot)
    assert path.name in texts(card)
    return card


@pytest.mark.parametrize("at", [0, 40, 400, -200, -70, -1])
def test_a_changed_file_is_refused_with_its_reason(
    window: MainWindow, pack: Path, at: int, qtbot: QtBot
) -> None:
    register()
    card = refused(window, flipped(pack, at), qtbot)
    assert "没有装" in card.windowTitle() or "不是更新文件" in card.windowTitle()
    qtbot.keyClick(card, Qt.Key.Key_Return)
    settled()
    assert installed_updates() == ()


def test_an_unsigned_file_is_refused(window: MainWindow, program: Path, tmp_path: Path, qtbot: QtBot) -> None:
    register()
    build_pack(AFTER, tmp_path / "2099.pdpack", "", older=[BEFORE], needs_program="0.1")
    card = refused(window, tmp_path / "2099.pdpack", qtbot)
    assert card.windowTitle() == "这个文件没有签名，没有装"
    card.close()
    settled()


def test_an_unknown_signer_can_be_registered_from_the_refusal_and_the_file_comes_back(
    window: MainWindow, pack: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    card = refused(window, pack, qtbot)
    assert keys().fingerprint in texts(card)
    assert "要公钥" in texts(card)
    monkeypatch.setattr("pilotdesk.ui.updates.desk.ask_update_file", lambda *_given: keys().public)
    qtbot.keyClick(card, Qt.Key.Key_Return)
    dialog = shown(window, KeyDialog, qtbot)
    qtbot.mouseClick(dialog.compared, Qt.MouseButton.LeftButton)
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    plan = shown(window, PlanDialog, qtbot)
    qtbot.keyClick(plan, Qt.Key.Key_Escape)
    settled()
    assert installed_updates() == ()


def test_the_key_that_lies_beside_the_refused_file_is_taken_without_asking_for_it(
    window: MainWindow, pack: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    make_keys(pack.parent, "别的单位", PASSWORD)  # lies there too, and has not signed it
    (pack.parent / "公钥.pdkey").write_bytes(keys().public.read_bytes())
    card = refused(window, pack, qtbot)
    assert "旁边放着签它的公钥" in texts(card)
    qtbot.keyClick(card, Qt.Key.Key_Return)
    dialog = shown(window, KeyDialog, qtbot)
    assert NAME in dialog.windowTitle()
    assert distributors() == ()  # the phone call is still to be made
    dialog.close()
    settled()


def test_what_may_only_be_looked_at_installs_nothing(
    window: MainWindow, pack: Path, store: DraftStore, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    monkeypatch.setattr(
        "pilotdesk.ui.updates.desk.tell_trouble", lambda _parent, _look, trouble: said.append(trouble.code)
    )
    register()
    store.access.refusal = StoreError("store_look_only", folder=store.path.parent)
    drop(window, [pack])
    dialog = shown(window, PlanDialog, qtbot)
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: said == ["store_look_only"])
    assert installed_updates() == ()


def test_where_one_may_only_look_nobody_is_asked_whether_to_undo_or_remove(
    window: MainWindow, pack: Path, store: DraftStore, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    for place in ("updates.desk", "dialogs.asking"):
        monkeypatch.setattr(
            f"pilotdesk.ui.{place}.tell_trouble", lambda _parent, _look, trouble: said.append(trouble.code)
        )
    installed(window, pack, qtbot)
    store.access.refusal = StoreError("store_look_only", folder=store.path.parent)
    dialog = listed(window, qtbot)
    for words in ("撤销…", "去掉…"):
        qtbot.mouseClick(button(dialog, words), Qt.MouseButton.LeftButton)
    settled()
    assert said == ["store_look_only"] * 2
    assert not [one for one in window.findChildren(UpdateCard) if one.isVisible()]
    dialog.close()
    settled()


def test_what_may_only_be_looked_at_registers_nobody(
    window: MainWindow, store: DraftStore, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    monkeypatch.setattr(
        "pilotdesk.ui.dialogs.asking.tell_trouble", lambda _parent, _look, trouble: said.append(trouble.code)
    )
    store.access.refusal = StoreError("store_look_only", folder=store.path.parent)
    drop(window, [keys().public])
    dialog = shown(window, KeyDialog, qtbot)
    dialog.compared.click()
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: said == ["store_look_only"])
    assert distributors() == ()


# --- what is installed


def installed(window: MainWindow, pack: Path, qtbot: QtBot) -> None:
    register()
    assert drop(window, [pack])
    dialog = shown(window, PlanDialog, qtbot)
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(installed_updates()))
    settled()


def test_a_pack_shows_whose_it_is_what_changes_and_which_drafts_it_touches(
    window: MainWindow, pack: Path, draft: str, store: DraftStore, qtbot: QtBot
) -> None:
    register()
    drop(window, [pack])
    dialog = shown(window, PlanDialog, qtbot)
    said = texts(dialog)
    assert f"{NAME} 签发，签名对得上" in said
    assert "按通知把“人数”改叫“职工人数”" in said
    assert "第 1 版 → 第 3 版" in said
    assert "虚构项目" in said
    assert dialog.focusWidget() is dialog.area  # so that the keys scroll what there is to read
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    settled()
    assert not has_newer("2099", FORM, 1)


def test_enter_installs_the_draft_stays_and_is_offered_and_undo_brings_everything_back(
    window: MainWindow, pack: Path, draft: str, store: DraftStore, qtbot: QtBot
) -> None:
    installed(window, pack, qtbot)
    assert window.toast.accessibleName().startswith("装上了：")
    assert has_newer("2099", FORM, 1)
    qtbot.waitUntil(lambda: "看看会怎样" in buttons(window))
    window.open_draft(draft)
    assert window.workspace.session.form.head.version == 1
    window.show_start()
    qtbot.waitUntil(lambda: "看看会怎样" in buttons(window))
    window.toast._on_action()
    assert not has_newer("2099", FORM, 1)
    assert [one.state for one in installed_updates()] == ["undone"]
    assert version(draft, store) == 1
    qtbot.waitUntil(lambda: "看看会怎样" not in buttons(window))


def test_a_pack_is_written_off_the_thread_of_the_window(
    window: MainWindow, pack: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    forced: list[bool] = []
    force = pack_files._force

    def noted(*given: object) -> None:
        forced.append(threading.current_thread() is threading.main_thread())
        force(*given)

    monkeypatch.setattr(pack_files, "_force", noted)
    installed(window, pack, qtbot)
    assert forced == [False]


def test_leaving_an_installation_on_a_slow_disk_leaves_nothing_of_it(
    window: MainWindow, pack: Path, data_dir: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    left = threading.Event()
    force = pack_files._force

    def slow(*given: object) -> None:
        left.wait(60)
        force(*given)

    monkeypatch.setattr(pack_files, "_force", slow)
    register()
    drop(window, [pack])
    qtbot.keyClick(shown(window, PlanDialog, qtbot), Qt.Key.Key_Return)
    QTimer.singleShot(0, window, lambda: leave(window, left, qtbot))
    qtbot.waitUntil(left.is_set)
    packs = data_dir / "updates" / "packs"
    qtbot.waitUntil(lambda: not list(packs.iterdir()))
    assert installed_updates() == ()
    assert not has_newer("2099", FORM, 1)


def leave(window: MainWindow, left: threading.Event, qtbot: QtBot) -> None:
    """Press Esc once the waiting can be seen; the disk goes on only then."""
    seen = [
        one for one in window.findChildren(WaitingDialog) if one.isVisible() and "正在装" in one.windowTitle()
    ]
    if not seen:
        QTimer.singleShot(20, window, lambda: leave(window, left, qtbot))
        return
    qtbot.keyClick(seen[0], Qt.Key.Key_Escape)
    left.set()


def buttons(window: MainWindow) -> set[str]:
    settled()
    return {one.text() for one in window.desk.page.findChildren(QPushButton) if one.isVisible()}


def test_the_list_says_what_undo_does_to_drafts_before_it_is_done(
    window: MainWindow, pack: Path, draft: str, store: DraftStore, qtbot: QtBot
) -> None:
    from pilotdesk.projects.migrating import migrate_draft

    installed(window, pack, qtbot)
    converted = migrate_draft(store, draft, window._clock.today())
    dialog = listed(window, qtbot)
    assert f"第 3 版 · {NAME} 签发 · " in texts(dialog)
    qtbot.mouseClick(button(dialog, "撤销…"), Qt.MouseButton.LeftButton)
    card = shown(window, UpdateCard, qtbot)
    assert "其中 1 份是照这一版填的，仍旧照这一版打开" in texts(card)
    qtbot.keyClick(card, Qt.Key.Key_Escape)
    settled()
    assert [one.state for one in installed_updates()] == ["active"]
    qtbot.mouseClick(button(dialog, "撤销…"), Qt.MouseButton.LeftButton)
    qtbot.keyClick(shown(window, UpdateCard, qtbot), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: [one.state for one in installed_updates()] == ["undone"])
    assert "撤销了：" in texts(dialog)
    dialog.close()
    settled()
    window.open_draft(converted)
    assert window.workspace.session.form.head.version == 3


def test_a_new_round_is_there_for_new_projects_without_a_restart_and_goes_with_undo(
    window: MainWindow, tmp_path: Path, look: Look, qtbot: QtBot, store: DraftStore
) -> None:
    assert [one.name for one in window.shelf.rounds()] == ["2026"]
    installed(window, next_round(tmp_path / "2027.pdpack"), qtbot)
    assert [one.name for one in window.shelf.rounds()] == ["2027", "2026"]
    assert current_round().name == "2027"  # also what a new desk of the province is made for
    dialog = NewProjectDialog(window, look, window.shelf.rounds())
    dialog.show()
    assert [dialog.round.itemText(at) for at in range(dialog.round.count())] == ["2027 年度", "2026 年度"]
    assert dialog.answer() == NewProject("", "", "", "2027")
    qtbot.keyClick(dialog.round, Qt.Key.Key_Down)
    assert dialog.answer().round == "2026"
    dialog.close()
    made = window.shelf.create(NewProject("下一轮的项目", "某单位", "Z1", "2027"))
    assert store.load(made).card.round == "2027"
    window.toast._on_action()
    assert [one.name for one in window.shelf.rounds()] == ["2026"]
    window.open_draft(made)
    assert window.workspace.session.round.name == "2027"


def test_with_one_round_there_is_nothing_to_choose(window: MainWindow, look: Look) -> None:
    dialog = NewProjectDialog(window, look, window.shelf.rounds())
    dialog.show()
    assert not dialog.round.isVisible()
    assert dialog.answer() == NewProject("", "", "", "2026")
    dialog.close()


# --- from wherever one is


def test_an_update_dropped_on_a_field_for_files_is_the_windows(
    window: MainWindow, pack: Path, qtbot: QtBot
) -> None:
    from pilotdesk.ui.editors.attachment import AttachmentEditor

    register()
    window.open_sample()
    window.opening.finish()
    window.workspace.navigator.show("unit")
    qtbot.waitUntil(lambda: any(one.isVisible() for one in window.findChildren(AttachmentEditor)))
    editor = next(one for one in window.findChildren(AttachmentEditor) if one.isVisible())
    before = texts(editor)
    assert drop(editor, [pack])
    dialog = shown(window, PlanDialog, qtbot)
    assert texts(editor) == before
    dialog.close()
    settled()


def test_an_update_dropped_on_the_desk_is_not_taken_in_as_material(pack: Path, tmp_path: Path) -> None:
    from pilotdesk.ui.desk.intake_desk import places_in

    assert places_in(dragged([pack])) == ()
    assert places_in(dragged([pack, tmp_path])) == (pack, tmp_path)


def test_a_file_opened_with_the_program_leads_to_the_same_dialog(
    window: MainWindow, pack: Path, look: Look, qtbot: QtBot
) -> None:
    register()
    open_update_file(window, look, pack)
    dialog = shown(window, PlanDialog, qtbot)
    dialog.close()
    window.open_package(keys().public)
    card = shown(window, UpdateCard, qtbot)
    card.close()
    settled()


# --- on small screens


def cut(widget: QWidget) -> list[str]:
    """Labels and buttons that have less room than their words need."""
    found = []
    for each in (*widget.findChildren(QLabel), *widget.findChildren(QPushButton)):
        if not each.isVisible() or isinstance(each, ElidedLabel) or not each.text():
            continue
        wraps = isinstance(each, QLabel) and each.wordWrap()
        needed = each.heightForWidth(each.width()) if wraps else each.sizeHint().height()
        wide = not wraps and each.width() < each.sizeHint().width() - 1
        if wide or each.height() < needed - 1:
            found.append(f"{each.text()[-60:]} {each.size().toTuple()}, needs {needed}")
    return found


@pytest.mark.parametrize(
    ("size", "width", "height"),
    [(TypeSize.STANDARD, 911, 441), (TypeSize.EXTRA, 1366, 697), (TypeSize.EXTRA, 911, 441)],
)
def test_every_dialog_fits_into_the_smallest_window_with_nothing_cut(
    window: MainWindow,
    pack: Path,
    look: Look,
    size: TypeSize,
    width: int,
    height: int,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("pilotdesk.updates.program._fits", lambda _manifest: True)
    look.set_size(size)
    window.showNormal()
    window.resize(width, height)
    settled()

    def looked_at(kind: type[Dialog]) -> None:
        dialog = shown(window, kind, qtbot)
        settled()
        assert dialog.height() <= height
        assert dialog.width() <= width
        assert cut(dialog) == []
        dialog.close()
        settled()

    desk = updates_desk_of(window, look)
    desk.show()
    looked_at(UpdatesDialog)
    desk.open(pack)
    looked_at(UpdateCard)
    desk.open(keys().public)
    looked_at(KeyDialog)
    installed(window, pack, qtbot)
    desk.show()
    desk._ask_undo(installed_updates()[0])
    looked_at(UpdateCard)
    looked_at(UpdatesDialog)
    desk.open(next_round(pack.with_name("2027.pdpack")))
    looked_at(PlanDialog)
    desk.open(signed_program(pack.parent, "cn.pilotdesk.app_99.1_amd64.deb"))
    looked_at(UpdateCard)


@pytest.mark.parametrize(
    ("versions", "words"),
    [
        ({}, ""),
        ({"application": 2}, "第 2 版"),
        ({"application": 1, "self_assessment": 1}, "各表都是第 1 版"),
        ({"application": 2, "summary_2027": 1, "self_assessment": 1}, "申报书第 2 版，其余第 1 版"),
    ],
)
def test_versions_in_few_words(versions: dict[str, int], words: str) -> None:
    assert versions_words(versions) == words
