"""读回改过的 Word and 空白 Word 表 in the window: looked at, ticked, taken over as one step; nothing without a tick."""

from __future__ import annotations

import sqlite3
import zipfile
from contextlib import closing
from typing import TYPE_CHECKING, TypeVar

import pytest
from PySide6.QtCore import QPoint, Qt

from pilotdesk.documents.edited import Edit
from pilotdesk.projects import export_session
from pilotdesk.ui.carriers.blank_dialog import BlankDialog
from pilotdesk.ui.carriers.readback_desk import BLANK_WORDS, WORDS, ReadbackDesk
from pilotdesk.ui.carriers.readback_dialog import ReadbackDialog
from pilotdesk.ui.carriers.readback_words import short_words
from pilotdesk.ui.carriers.verify_desk import WORDS as VERIFY_WORDS
from pilotdesk.ui.carriers.verify_desk import VerifyDesk
from pilotdesk.ui.carriers.verify_dialog import VerifyDialog
from pilotdesk.ui.components.basic import Button
from tests.documents.test_edited_notes import annotated

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QWidget
    from pytestqt.qtbot import QtBot

    from pilotdesk.ui.window.main_window import MainWindow

Kind = TypeVar("Kind", bound="QWidget")
ADDRESS = "江西省抚州市南汀县政务路8号"
NEW_ADDRESS = "江西省抚州市南汀县政务路18号"


@pytest.fixture
def opened(window: MainWindow, qtbot: QtBot) -> MainWindow:
    window.open_sample()
    window.opening.finish()
    qtbot.waitUntil(lambda: any(words == WORDS for words, _ in window.workspace.more_actions))
    return window


@pytest.fixture
def word(opened: MainWindow, tmp_path: Path) -> Path:
    """The Word file of the open draft, in which two answers were changed."""
    made = export_session(opened.workspace.session, tmp_path / "out", draft=True, pdf=False).files[0].path
    edit(made, {ADDRESS: NEW_ADDRESS, "南汀县事业单位登记管理局": "南汀县登记管理局"})
    return made


def edit(path: Path, words: dict[str, str]) -> None:
    with zipfile.ZipFile(path) as source:
        parts = {name: source.read(name) for name in source.namelist()}
    body = parts["word/document.xml"].decode()
    for old, new in words.items():
        assert body.count(old) == 1, old
        body = body.replace(old, new)
    parts["word/document.xml"] = body.encode()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in parts.items():
            target.writestr(name, content)


def go(main: MainWindow, words: str) -> None:
    next(action for each, action in main.workspace.more_actions if each == words)()


def shown(main: MainWindow, kind: type[Kind], qtbot: QtBot) -> Kind:
    qtbot.waitUntil(lambda: any(one.isVisible() for one in main.findChildren(kind)))
    return next(one for one in main.findChildren(kind) if one.isVisible())


def read(main: MainWindow, path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> ReadbackDialog:
    monkeypatch.setattr("pilotdesk.ui.carriers.readback_desk.ask_word", lambda *_given: path)
    go(main, WORDS)
    return shown(main, ReadbackDialog, qtbot)


def click(qtbot: QtBot, button: Button) -> None:
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def rows(dialog: ReadbackDialog) -> dict[str, int]:
    """Path of every change to its row."""
    lines = enumerate(dialog.changes.changes.lines)
    return {line.change.path: at for at, line in lines if line.change is not None}


def test_what_is_ticked_is_taken_over_as_one_step(
    opened: MainWindow, word: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = opened.workspace.session
    before = session.values["registrar"]
    dialog = read(opened, word, qtbot, monkeypatch)
    assert not dialog.go.isEnabled()
    assert set(rows(dialog)) == {"registered_address", "registrar"}
    assert "去了" not in dialog.text.toPlainText()
    dialog.changes.select(rows(dialog)["registered_address"])
    text = dialog.text.toPlainText()
    assert ADDRESS in text
    assert NEW_ADDRESS in text
    assert "underline" in dialog.text.toHtml()
    qtbot.keyClick(dialog.changes, Qt.Key.Key_Space)
    assert dialog.go.text() == "采用选的 1 处"
    click(qtbot, dialog.go)
    assert session.value("registered_address") == NEW_ADDRESS
    assert session.value("registrar") == before
    assert opened.toast.isVisible()
    with closing(sqlite3.connect(opened.shelf.store.path)) as kept:
        origins = kept.execute("SELECT origin FROM history WHERE path = 'registered_address'").fetchall()
    assert origins[-1] == ("read_back",)
    click(qtbot, next(one for one in opened.toast.findChildren(Button) if "撤销" in one.text()))
    assert session.value("registered_address") == ADDRESS


def test_what_ctrl_z_took_back_is_offered_no_more(
    opened: MainWindow, word: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog = read(opened, word, qtbot, monkeypatch)
    click(qtbot, dialog.every)
    click(qtbot, dialog.go)
    session = opened.workspace.session
    session.set_text("unit_name", "别的单位")
    opened.workspace.undo()  # what was typed after it; the message speaks of what still stands
    assert opened.toast.isVisible()
    opened.workspace.undo()
    assert session.value("registered_address") == ADDRESS
    assert not opened.toast.isVisible()


def test_several_changes_in_one_text_are_counted() -> None:
    before = "本县设服务窗口三处，配工作人员八名。每月走访企业一次，做好台账。"

    def said(*changes: tuple[str, str]) -> str:
        after = before
        for old, new in changes:
            after = after.replace(old, new)
        return short_words(
            Edit(
                path="a", step="b", label="c", before=before, after=after, values={}, chars=(0, 0),
                how="bookmark", confidence=1.0,
            )
        )  # fmt: skip

    assert said(("三处", "五处")) == "“三”改成“五”"
    assert said(("三处", "五处"), ("每月", "每季度"), ("企业", "")) == "“三”改成“五”等 3 处"
    assert said(("本县", ""), ("一次", "一次以上")) == "去了“本县”等 2 处"
    assert said(("走访", "上门走访"), ("，做好台账", "")) == "添了“上门”等 2 处"


def test_all_and_none(opened: MainWindow, word: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    dialog = read(opened, word, qtbot, monkeypatch)
    click(qtbot, dialog.every)
    assert dialog.count.text() == "选了 2 处，可以采用的有 2 处"
    click(qtbot, dialog.none)
    assert not dialog.go.isEnabled()
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    assert opened.workspace.session.value("registered_address") == ADDRESS


def test_a_click_at_the_mark_ticks_and_beside_it_only_shows(
    opened: MainWindow, word: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog = read(opened, word, qtbot, monkeypatch)
    at = rows(dialog)["registered_address"]
    box = dialog.changes.visualRect(dialog.changes.changes.index(at))
    left = Qt.MouseButton.LeftButton
    qtbot.mouseClick(dialog.changes.viewport(), left, pos=QPoint(box.right() - 20, box.center().y()))
    assert dialog.wanted() == ()
    assert NEW_ADDRESS in dialog.text.toPlainText()
    qtbot.mouseClick(dialog.changes.viewport(), left, pos=QPoint(box.left() + 12, box.center().y()))
    assert [one.path for one in dialog.wanted()] == ["registered_address"]
    dialog.reject()


def test_what_both_changed_is_left_out_of_all(
    opened: MainWindow, word: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened.workspace.session.set_value("registered_address", "江西省抚州市南汀县新城路1号")
    dialog = read(opened, word, qtbot, monkeypatch)
    click(qtbot, dialog.every)
    assert [one.path for one in dialog.wanted()] == ["registrar"]
    dialog.changes.select(rows(dialog)["registered_address"])
    text = dialog.text.toPlainText()
    assert "新城路1号" in text
    assert "Word 里的" in text
    assert "两边不一样" in text
    model = dialog.changes.changes
    assert "两边都改了" in model.data(model.index(rows(dialog)["registered_address"]))
    dialog.reject()


def test_what_cannot_be_read_is_flagged_and_kept(
    opened: MainWindow, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = export_session(opened.workspace.session, tmp_path / "out", draft=True, pdf=False).files[0].path
    edit(made, {"2016年4月18日": "二〇一六年春"})
    dialog = read(opened, made, qtbot, monkeypatch)
    assert "没有看懂" in dialog.text.toPlainText()
    click(qtbot, dialog.every)
    click(qtbot, dialog.go)
    assert opened.workspace.session.value("founded_on").text == "二〇一六年春"


def test_a_file_of_another_project_is_said_to_be_one(
    opened: MainWindow, word: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert all("不是从这个项目" not in one.text() for one in labels(read(opened, word, qtbot, monkeypatch)))
    shown(opened, ReadbackDialog, qtbot).reject()
    monkeypatch.setattr("pilotdesk.ui.carriers.readback_desk.is_of", lambda *_given: False)
    qtbot.waitUntil(lambda: not any(one.isVisible() for one in opened.findChildren(ReadbackDialog)))
    dialog = read(opened, word, qtbot, monkeypatch)
    assert any("不是从这个项目" in one.text() for one in labels(dialog))
    dialog.reject()


def labels(dialog: ReadbackDialog) -> list:
    from PySide6.QtWidgets import QLabel

    return [one for one in dialog.findChildren(QLabel) if one.isVisible()]


def test_nothing_changed_and_foreign_files_are_answered(
    opened: MainWindow, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    for place in ("dialogs.asking.tell", "dialogs.asking.tell_trouble", "tasks.waiting.tell_trouble"):
        monkeypatch.setattr(
            f"pilotdesk.ui.{place}", lambda *given: said.append(" ".join(map(str, given[2:])))
        )
    session = opened.workspace.session
    attached = [name for name, field in session.form.fields.items() if field.type == "attachment"]
    session.set_values(dict.fromkeys(attached))  # pictures have captions that belong to no answer
    made = export_session(opened.workspace.session, tmp_path / "out", draft=True, pdf=False).files[0].path
    desk = opened.workspace.findChild(ReadbackDesk)
    desk.read(made)
    assert "没有改动" in said[-1]
    (tmp_path / "别的.docx").write_bytes(b"x")
    desk.read(tmp_path / "别的.docx")
    assert "别的.docx" in said[-1]
    assert len(said) == 2
    assert not opened.findChildren(ReadbackDialog)


def test_one_changed_file_that_is_verified_can_be_read_back_at_once(
    opened: MainWindow, word: Path, qtbot: QtBot
) -> None:
    opened.findChild(VerifyDesk).verify([word])
    verified = shown(opened, VerifyDialog, qtbot)
    click(qtbot, next(one for one in verified.findChildren(Button) if one.text() == "把改动读回来"))
    dialog = shown(opened, ReadbackDialog, qtbot)
    assert len(rows(dialog)) == 2
    dialog.reject()


def test_an_unchanged_or_foreign_file_offers_no_reading_back(
    opened: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    made = export_session(opened.workspace.session, tmp_path / "out", draft=True, pdf=False).files[0].path
    opened.findChild(VerifyDesk).verify([made])
    verified = shown(opened, VerifyDialog, qtbot)
    assert all(one.text() != "把改动读回来" for one in verified.findChildren(Button))
    verified.accept()
    assert any(words == VERIFY_WORDS for words, _ in opened.workspace.more_actions)


# -- blank forms ---------------------------------------------------------------------------------


def test_a_blank_form_of_some_parts_comes_back_filled(
    opened: MainWindow, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "空白表.docx"
    monkeypatch.setattr("pilotdesk.ui.carriers.readback_desk.ask_blank_target", lambda *_given: target)
    go(opened, BLANK_WORDS)
    dialog = shown(opened, BlankDialog, qtbot)
    assert not dialog.go.isEnabled()
    part = next(one for one in dialog.parts if one.text().startswith("二、"))
    qtbot.mouseClick(part, Qt.MouseButton.LeftButton, pos=QPoint(12, part.height() // 2))
    click(qtbot, dialog.go)
    qtbot.waitUntil(target.exists)
    with zipfile.ZipFile(target) as made:
        body = made.read("word/document.xml").decode()
    assert "通讯地址" in body
    assert "项目摘要" not in body
    assert ADDRESS not in body
    assert opened.toast.isVisible()


def test_parts_of_two_documents_are_not_put_into_one_blank_form(
    window: MainWindow, look: object, qtbot: QtBot
) -> None:
    from pilotdesk.forms.shipped import load_shipped

    dialog = BlankDialog(window, look, load_shipped("2026").forms["self_assessment"])
    qtbot.addWidget(dialog)
    dialog.show()
    click(qtbot, dialog.every)
    assert dialog.trouble.isVisible()
    assert not dialog.go.isEnabled()
    click(qtbot, dialog.none)
    dialog.parts[0].setChecked(True)
    assert dialog.go.isEnabled()


def test_comments_are_listed_and_cannot_be_ticked(
    opened: MainWindow, word: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = annotated(word, word.with_name("批注.docx"), [("comment", NEW_ADDRESS, "门牌号再核一下")])
    dialog = read(opened, path, qtbot, monkeypatch)
    lines = dialog.changes.changes.lines
    head = next(at for at, line in enumerate(lines) if line.title == "1 条批注，读回时不采用")
    note = lines[head + 1]
    assert lines[head].head
    assert note.title == "门牌号再核一下"
    assert "王处长" in note.remark
    assert "地址" in note.remark
    assert not dialog.changes.changes.can_tick(head + 1)
    dialog.changes.select(head + 1)
    assert "读回时不采用" in dialog.text.toPlainText()
    dialog.reject()
