"""The desk's papers, made with the mouse and read back: every cell and paragraph, or one sentence why not."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import docx
import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QFileDialog,
    QLabel,
    QPushButton,
    QTabWidget,
    QWidget,
)

import pilotdesk.ui.desk.office as office_module
import pilotdesk.ui.desk.paper_target as target_module
from pilotdesk.errors import DeskError
from pilotdesk.review.desk.file import Desk
from pilotdesk.review.desk.records import Conclusion, Verdict
from pilotdesk.review.outputs.letter_facts import chosen_of
from pilotdesk.review.outputs.of_desk import figures_of, summary_of
from pilotdesk.review.outputs.summary_book import HEADS
from pilotdesk.ui.desk.archive_dialog import ArchiveDialog
from pilotdesk.ui.desk.incident_dialog import IncidentDialog
from pilotdesk.ui.desk.letter_dialog import LetterDialog
from pilotdesk.ui.desk.opinions_dialog import OpinionsDialog
from pilotdesk.ui.desk.settings_dialog import SettingsDialog
from pilotdesk.ui.desk.statistics_dialog import StatisticsDialog
from pilotdesk.ui.desk.summary_dialog import SummaryDialog
from pilotdesk.ui.look.tokens import TypeSize
from tests.ui.desk.kit import UNITS, sit_at, ticking
from tests.ui.desk.outputs_kit import BUREAU, LONG_MS, Desktop, left_behind, shown

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from pilotdesk.ui.desk.sitting import Sitting
    from pilotdesk.ui.look.theme import Look


@pytest.fixture
def bare(qtbot: QtBot, look: Look, sitting: Sitting) -> Iterator[Desktop]:
    """A desk on which nothing was decided."""
    made = Desktop(qtbot, look, sitting)
    yield made
    made.close()


@pytest.fixture
def desktop(bare: Desktop) -> Desktop:
    """A desk with a bureau and two picks that fit the quota."""
    bare.name_bureau()
    bare.pick("k3", "k2")
    return bare


@pytest.fixture
def folder(desktop: Desktop) -> Path:
    return desktop.sitting.desk.path.parent


def paragraphs(path: Path) -> list[str]:
    return [one.text for one in docx.Document(str(path)).paragraphs if one.text.strip()]


def tables(path: Path) -> list[list[list[str]]]:
    return [
        [[cell.text for cell in row.cells] for row in table.rows] for table in docx.Document(str(path)).tables
    ]


def sheet(path: Path, name: str = "") -> list[tuple[object, ...]]:
    book = openpyxl.load_workbook(path)
    return [
        tuple(cell.value for cell in row) for row in (book[name] if name else book.worksheets[0]).iter_rows()
    ]


# -- what cannot be made -------------------------------------------------------------------------


@pytest.mark.parametrize("method", ["summary", "letter", "archive", "years"])
def test_without_picks_it_says_so(bare: Desktop, method: str) -> None:
    assert "还没有勾选要推荐的项目" in shown(bare.choose(method))


@pytest.mark.parametrize("method", ["summary", "letter", "archive"])
def test_picks_that_nobody_reviewed_are_said_and_hinder_nothing(desktop: Desktop, method: str) -> None:
    for point in range(1, 7):
        desktop.sitting.verdict("k2", point, Verdict.PASSED)
    dialog = desktop.choose(method)
    assert "2 项里有 1 项还没有审：编号 03。请核实后再出。" in shown(dialog)
    assert dialog.start.isEnabled()
    desktop.sitting.conclude("k3", Conclusion.PASSED, "看过纸质材料")
    dialog.reject()
    assert "还没有审" not in shown(desktop.choose(method))


@pytest.mark.parametrize("method", ["summary", "letter", "archive"])
def test_over_the_quota_the_sentence_of_the_strip_says_why(desktop: Desktop, method: str) -> None:
    desktop.pick("k4", "k5")
    assert not desktop.sitting.quota.fits
    dialog = desktop.choose(method)
    assert desktop.sitting.quota.sentence in shown(dialog)
    assert "民政超 1 项" in shown(dialog)
    desktop.press(dialog, "知道了")
    assert not desktop.open_dialogs()


def test_a_quota_that_is_exceeded_behind_the_open_dialog_is_refused_all_the_same(desktop: Desktop) -> None:
    dialog = desktop.choose("summary", SummaryDialog)
    desktop.pick("k4", "k5")
    assert "超出了限额" in desktop.refused(dialog)
    assert not list(desktop.sitting.desk.path.parent.glob("*.xlsx"))


def test_without_a_bureau_it_leads_to_the_settings(bare: Desktop, qtbot: QtBot) -> None:
    bare.pick("k2")
    dialog = bare.choose("letter")
    assert "还没有填推荐单位全称" in shown(dialog)
    bare.press(dialog, "去设置")
    settings = next(one for one in bare.open_dialogs() if isinstance(one, SettingsDialog))
    line = settings.form.lines["bureau"]
    qtbot.mouseClick(line, Qt.MouseButton.LeftButton)
    line.insert(BUREAU)  # Chinese comes from an input method, not from keys
    bare.press(settings, "存下")
    assert bare.sitting.desk.settings()["bureau"] == BUREAU
    assert isinstance(bare.choose("letter"), LetterDialog)


def test_nothing_but_the_practice_sample_has_no_figures(
    qtbot: QtBot, look: Look, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tests.review.desk_kit import desk_in

    (tmp_path / "leer").mkdir()
    sitting = sit_at(desk_in(tmp_path / "leer"))
    desktop = Desktop(qtbot, look, sitting)
    assert "还没有申报材料" in shown(desktop.choose("statistics"))
    desktop.close()
    sitting.desk.close()


def test_a_folder_that_cannot_be_written_to_is_said(
    desktop: Desktop, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken = tmp_path / "占着"
    taken.write_text("a file where a folder should be")
    monkeypatch.setattr(target_module, "ask_folder", lambda *_asked: taken)
    dialog = desktop.choose("summary", SummaryDialog)
    desktop.press(dialog, "更改")
    assert "写不进" in desktop.refused(dialog)
    monkeypatch.setattr(target_module, "ask_folder", lambda *_asked: folder)
    desktop.press(dialog, "更改")
    assert desktop.make(dialog).folder == folder


def test_a_file_that_is_open_elsewhere_is_said_and_another_name_works(desktop: Desktop, folder: Path) -> None:
    (folder / "推荐汇总表.docx").mkdir()  # what cannot be replaced, as Word keeps an open file
    dialog = desktop.choose("summary", SummaryDialog)
    desktop.tick(dialog.target.replace)
    assert "正在别处开着" in desktop.refused(dialog)
    assert not (folder / "推荐汇总表.xlsx").exists()
    assert not left_behind(folder)
    desktop.tick(dialog.target.replace)
    assert [path.name for path in desktop.make(dialog).files] == [
        "推荐汇总表（2）.xlsx",
        "推荐汇总表（2）.docx",
    ]


def test_a_day_that_is_none_is_said(desktop: Desktop, qtbot: QtBot) -> None:
    dialog = desktop.choose("summary", SummaryDialog)
    dialog.day.clear()
    qtbot.keyClicks(dialog.day, "2026-13-45x")
    assert "看不出是哪一天" in desktop.refused(dialog)


def test_a_desk_that_has_gone_is_said(desktop: Desktop) -> None:
    dialog = desktop.choose("summary", SummaryDialog)
    path = desktop.sitting.desk.path
    path.rename(path.with_name("weg.db"))
    assert "找不到审核台文件" in desktop.refused(dialog)


# -- 推荐汇总表 ----------------------------------------------------------------------------------


def test_the_table_as_excel_and_word(desktop: Desktop, folder: Path) -> None:
    dialog = desktop.choose("summary", SummaryDialog)
    assert "1　乙县图书馆服务标准化试点（乙县图书馆" in shown(dialog)
    assert "2 项里有 2 项还没有审：编号 02、03。请核实后再出。" in shown(dialog)
    stored = desktop.make(dialog)
    assert [path.name for path in stored.files] == ["推荐汇总表.xlsx", "推荐汇总表.docx"]
    rows = sheet(folder / "推荐汇总表.xlsx")
    assert rows[0][0] == "2026年度国家标准化试点项目推荐汇总表"
    assert rows[1][0] == f"推荐单位：{BUREAU}"
    assert rows[1][7] == "共2项　2026年6月2日"
    assert rows[2] == HEADS
    table = summary_of(desktop.sitting.desk, desktop.sitting.pack, date(2026, 6, 2))
    told = [
        (row[0], row[1], row[3], row[4], row[5], row[7], row[10].date(), row[12], row[13])
        for row in rows[3:5]
    ]
    assert told == [
        (
            one.number, one.field, one.title, one.unit, one.uscc, "、".join(one.participants), one.credit_on, one.phone,
            one.note or None,
        )
        for one in table.rows
    ]  # fmt: skip
    assert [one[2] for one in told] == ["乙县图书馆服务标准化试点", "丙县居家养老服务标准化试点"]
    (listed,) = tables(folder / "推荐汇总表.docx")
    assert [row[2] for row in listed[1:]] == [one[2] for one in told]
    assert [row[4] for row in listed[1:]] == [one[4] for one in told]
    assert "已存" in shown(dialog)
    assert stored.remarks == table.gaps
    assert all(gap in shown(dialog) for gap in table.gaps)


def test_what_is_there_stays_unless_it_is_to_be_replaced(desktop: Desktop, folder: Path) -> None:
    (folder / "推荐汇总表.docx").write_bytes(b"edited by hand")
    dialog = desktop.choose("summary", SummaryDialog)
    assert "另存为“推荐汇总表（2）”" in shown(dialog)
    desktop.make(dialog)
    assert (folder / "推荐汇总表.docx").read_bytes() == b"edited by hand"
    desktop.press(dialog, "好了")
    again = desktop.choose("summary", SummaryDialog)
    desktop.tick(again.target.replace)
    assert "换掉它：“推荐汇总表”" in shown(again)
    desktop.make(again)
    assert paragraphs(folder / "推荐汇总表.docx")


def test_its_folder_and_file_are_opened(
    desktop: Desktop, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(
        office_module.QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile())
    )
    dialog = desktop.choose("statistics", StatisticsDialog)
    desktop.make(dialog)
    desktop.press(dialog, "打开文件")
    desktop.press(dialog, "打开文件夹")
    assert opened == [str(folder / "申报材料统计.xlsx"), str(folder)]


def test_where_files_went_last_is_where_the_next_go(
    desktop: Desktop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(target_module, "ask_folder", lambda *_asked: tmp_path / "公文")
    dialog = desktop.choose("statistics", StatisticsDialog)
    desktop.press(dialog, "更改")
    desktop.make(dialog)
    desktop.press(dialog, "好了")
    assert desktop.choose("summary", SummaryDialog).target.folder == tmp_path / "公文"


def test_cancelled_it_leaves_nothing(desktop: Desktop, folder: Path) -> None:
    dialog = desktop.choose("opinion_sheets", OpinionsDialog)
    desktop.tick(dialog.scopes["全部"][0])
    desktop.press(dialog, "出审核意见表")
    desktop.press(dialog, "取消")
    assert dialog.start.isVisible()
    with desktop.qtbot.waitSignal(desktop.runner.idle, timeout=LONG_MS):
        pass
    assert not (folder / "审核意见表").exists()
    assert not left_behind(folder)
    assert dialog.stored is None


# -- 起草公文 ------------------------------------------------------------------------------------


def test_a_letter_says_what_was_typed_and_what_the_desk_knows(
    desktop: Desktop, folder: Path, qtbot: QtBot
) -> None:
    for key in ("k2", "k3"):
        for point in range(1, 7):
            desktop.sitting.verdict(key, point, Verdict.PASSED)
    dialog = desktop.choose("letter", LetterDialog)
    code, number = dialog.form.lines["code"], dialog.form.lines["number"]
    qtbot.mouseClick(code, Qt.MouseButton.LeftButton)
    code.insert("赣市监标函")
    qtbot.keyClick(code, Qt.Key.Key_Tab)
    assert number.hasFocus()
    qtbot.keyClicks(number, "126")
    dialog.form.lines["copies"].insert("江西省民政厅、江西省司法厅")
    dialog.form.lines["contact"].insert("丁一帆")
    qtbot.keyClicks(dialog.form.lines["phone"], "0791-80000512")
    qtbot.waitUntil(lambda: "抄送：江西省民政厅，江西省司法厅。" in dialog.sheet.text)
    stored = desktop.make(dialog)
    name = "关于推荐2026年度国家标准化试点项目的函"
    assert [path.name for path in stored.files] == [f"{name}.docx", f"{name}_附件1_推荐汇总表.docx"]
    said = paragraphs(stored.files[0])
    assert said[0] == "赣市监标函〔2026〕126号"
    assert "".join(said[1:3]) == f"{BUREAU}关于推荐2026年度国家标准化试点项目的函"
    whole = "\n".join(said)
    assert "国家标准化管理委员会：" in said
    assert "收到申报材料6份" in whole
    assert "拟推荐乙县图书馆服务标准化试点等2个项目，其中基本公共服务领域1个，民政专项1个" in whole.replace(
        "领域专项", "专项"
    )
    assert "承担单位均具有独立法人资格" in whole
    assert "2026年6月2日" in whole
    assert "（联系人：丁一帆，联系电话：0791-80000512）" in said
    assert "抄送：江西省民政厅，江西省司法厅。" in tables(stored.files[0])[0][0]
    assert stored.remarks[0] == (
        "公文里还有 1 处标黄的要填：是否公示，公示的时间、渠道和结果；没有公示的删去本段。"
    )
    assert [row[2] for row in tables(stored.files[1])[0][1:]] == [
        title for title, _ in sorted_chosen(desktop)
    ]


def sorted_chosen(desktop: Desktop) -> list[tuple[str, str]]:
    """The picks as the table has them: special tracks last."""
    chosen = chosen_of(desktop.sitting.desk)
    return sorted(chosen, key=lambda one: one[1].startswith("Z"))


def test_a_report_has_lines_of_its_own(desktop: Desktop, qtbot: QtBot) -> None:
    dialog = desktop.choose("letter", LetterDialog)
    signer = dialog.form.lines["signer"]
    assert not signer.isVisible()
    assert dialog.form.lines["kind"].hasFocus()
    qtbot.keyClick(dialog.form.lines["kind"], Qt.Key.Key_Down)
    qtbot.waitUntil(signer.isVisible)
    signer.insert("王小明")
    desktop.tick(dialog.with_table)
    qtbot.waitUntil(lambda: "的报告" in dialog.target.stem)
    (report,) = desktop.make(dialog).files
    assert report.name == "关于推荐2026年度国家标准化试点项目的报告.docx"
    said = paragraphs(report)
    assert said[0] == f"{BUREAU}文件"
    assert "签发人：王小明" in said[1]
    assert "特此报告。" in said


@pytest.mark.parametrize(
    ("downs", "text", "found", "missing"),
    [
        (1, "", "", "是否公示"),
        (2, "6月15日至19日公示，没有异议。", "6月15日至19日公示，没有异议。", "【请填写：是否公示"),
    ],
)
def test_the_publicity_is_what_the_bureau_says(
    desktop: Desktop, qtbot: QtBot, downs: int, text: str, found: str, missing: str
) -> None:
    dialog = desktop.choose("letter", LetterDialog)
    assert "是否公示" in dialog.sheet.text
    box = dialog.form.lines["publicity"]
    box.setFocus()
    for _ in range(downs):
        qtbot.keyClick(box, Qt.Key.Key_Down)
    editor = dialog.form.lines["publicity_text"]
    qtbot.waitUntil(lambda: editor.isVisible() == bool(text))
    editor.insertPlainText(text)
    qtbot.waitUntil(lambda: missing not in dialog.sheet.text and found in dialog.sheet.text)
    said = "\n".join(paragraphs(desktop.make(dialog).files[0]))
    assert found in said
    assert missing not in said


def test_what_was_typed_is_there_the_next_time(desktop: Desktop, qtbot: QtBot) -> None:
    dialog = desktop.choose("letter", LetterDialog)
    qtbot.keyClicks(dialog.form.lines["number"], "126")
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not desktop.open_dialogs()
    assert desktop.choose("letter", LetterDialog).form.text("number") == "126"


def test_settings_stand_in_the_letter(desktop: Desktop) -> None:
    for name, text in (("office_code", "赣市监标函"), ("contact", "丁一帆"), ("phone", "0791-1")):
        desktop.sitting.set_setting(name, text)
    dialog = desktop.choose("letter", LetterDialog)
    assert [dialog.form.text(name) for name in ("code", "contact", "phone")] == [
        "赣市监标函",
        "丁一帆",
        "0791-1",
    ]


@pytest.mark.parametrize("size", [(911, 441), (1366, 697)])
def test_form_and_sheet_have_room(qtbot: QtBot, look: Look, sitting: Sitting, size: tuple[int, int]) -> None:
    desktop = Desktop(qtbot, look, sitting, size)
    desktop.name_bureau()
    desktop.pick("k2")
    dialog = desktop.choose("letter", LetterDialog)
    assert dialog.height() <= size[1]
    assert dialog.sheet.isVisible() == (size[0] > 1000)
    if dialog.see.isVisible():
        desktop.press(dialog, "看样子")
        assert dialog.sheet.isVisible()
        assert not dialog.form.isVisible()
        desktop.press(dialog, "接着填")
        assert dialog.form.isVisible()
    desktop.close()


def test_in_a_low_window_with_large_type_there_is_room_to_fill_in(
    qtbot: QtBot, look: Look, sitting: Sitting
) -> None:
    look.set_size(TypeSize.EXTRA)
    desktop = Desktop(qtbot, look, sitting, (911, 441))
    desktop.name_bureau()
    desktop.pick("k2")
    dialog = desktop.choose("letter", LetterDialog)
    assert dialog.height() <= 441
    qtbot.waitUntil(lambda: dialog._scroll.viewport().height() > 3 * look.metric("field"))
    assert dialog.asked.indexOf(dialog.target) > dialog.asked.indexOf(dialog.with_table)
    desktop.close()


# -- 失信等情况报告 ------------------------------------------------------------------------------


def test_an_incident_is_reported(desktop: Desktop, qtbot: QtBot) -> None:
    dialog = desktop.choose("incident", IncidentDialog)
    assert "还没有选是哪个项目" in desktop.refused(dialog)
    box = dialog.form.lines["key"]
    box.setFocus()
    qtbot.keyClick(box, Qt.Key.Key_Down)
    desktop.tick(dialog.causes["受到行政处罚"])
    qtbot.keyClicks(dialog.form.lines["happened"], "2027-08-03")
    dialog.form.lines["course"].insertPlainText("大厅停机。\n8月5日恢复。")
    proposal = dialog.form.lines["proposal"]
    proposal.setFocus()
    for _ in range(2):
        qtbot.keyClick(proposal, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: "大厅停机" in dialog.sheet.text)
    (report,) = desktop.make(dialog).files
    said = paragraphs(report)
    whole = "\n".join(said)
    row = min((one for one in desktop.sitting.rows.values() if one.picked), key=lambda one: one.rank)
    assert f"{row.facts.title}有关情况和我局处理意见报告如下" in whole
    assert "事由：受到行政处罚。时间：2027年8月3日。" in said
    assert "大厅停机。" in said
    assert "8月5日恢复。" in said
    assert "建议该试点项目限期整改，整改期间继续建设。" in said
    assert row.facts.title.removesuffix("项目") in report.name


# -- 审核意见表 ----------------------------------------------------------------------------------


def test_a_sheet_for_every_pick_in_a_folder_of_their_own(desktop: Desktop, folder: Path) -> None:
    desktop.sitting.verdict("k3", 5, Verdict.AMEND)
    desktop.sitting.opinion("k3", "point:5", "请写明责任人。")
    dialog = desktop.choose("opinion_sheets", OpinionsDialog)
    assert not dialog.scopes["正在看的这一件"][0].isEnabled()
    desktop.tick(dialog.scopes["推荐的"][0])
    stored = desktop.make(dialog)
    assert stored.folder == folder / "审核意见表"
    assert [path.name for path in stored.files] == [
        "审核意见表_003_丙县社会福利中心.docx", "审核意见表_002_乙县图书馆.docx",
    ]  # fmt: skip
    head, points, *_ = tables(stored.files[0])
    assert head[0][1] == "丙县居家养老服务标准化试点"
    assert [row[2] for row in points[1:]] == ["—"] * 4 + ["补正", "—"]
    assert points[5][4] == "请写明责任人。"
    listed = summary_of(
        desktop.sitting.desk, desktop.sitting.pack, None
    ).rows  # a special track stands last there
    assert [one.title for one in listed] == ["乙县图书馆服务标准化试点", head[0][1]]
    assert [tables(file)[-1][0][3] for file in stored.files] == ["推荐，排第 2", "推荐，排第 1"]
    desktop.press(dialog, "好了")
    again = desktop.choose("opinion_sheets", OpinionsDialog)
    assert desktop.make(again).folder == folder / "审核意见表（2）"


def test_the_one_that_is_looked_at(desktop: Desktop) -> None:
    desktop.sitting.show_one("k4")
    dialog = desktop.choose("opinion_sheets", OpinionsDialog)
    (one,) = desktop.make(dialog).files
    assert one.name == "审核意见表_004_丁县中心敬老院.docx"
    assert len(UNITS) > 1


# -- 推荐材料包 ----------------------------------------------------------------------------------


def test_without_a_folder_of_originals_it_asks_for_one(desktop: Desktop) -> None:
    dialog = desktop.choose("archive", ArchiveDialog)
    assert "还不知道原件放在哪里" in desktop.refused(dialog)


# -- 申报材料统计 --------------------------------------------------------------------------------


def test_the_figures_are_those_of_the_desk(desktop: Desktop, folder: Path) -> None:
    dialog = desktop.choose("statistics", StatisticsDialog)
    assert "**共 6 件**，推荐 2 件。" in shown(dialog) or "共 6 件" in shown(dialog)
    desktop.make(dialog)
    path = folder / "申报材料统计.xlsx"
    figures = figures_of(desktop.sitting.desk, desktop.sitting.pack)
    assert [row[:4] for row in sheet(path, "按领域")[3:]] == [
        (one.name, one.received, one.picked, one.most) for one in figures.fields
    ]
    assert [row[:2] for row in sheet(path, "按结论")[3:]] == list(figures.conclusions)
    assert [row[1:4] for row in sheet(path, "最常见的10个问题")[3 : 3 + len(figures.findings)]] == [
        (one.label, one.severity, one.submissions) for one in figures.findings
    ]


# -- the desk itself -----------------------------------------------------------------------------


def test_a_copy_is_a_whole_desk(desktop: Desktop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "留底"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_asked: (str(target), ""))
    desktop.do("copy")
    desktop.qtbot.waitUntil(lambda: len(desktop.said.texts) > 1, timeout=LONG_MS)
    assert desktop.said.texts[1].startswith("已存 ")
    copy = Desk(target.with_suffix(".db"), ticking(), look_only=True)
    assert [row.key for row in copy.rows()] == list(desktop.sitting.rows)
    assert [pick.key for pick in copy.picks()] == ["k3", "k2"]
    copy.close()


def test_a_copy_over_the_desk_itself_is_refused(desktop: Desktop, monkeypatch: pytest.MonkeyPatch) -> None:
    path = desktop.sitting.desk.path
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_asked: (str(path), ""))
    assert "正在用的审核台文件" in shown(desktop.choose("copy"))
    assert len(desktop.sitting.desk.rows()) == len(UNITS)


def test_all_views_as_one_excel_file(
    desktop: Desktop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "全部.xlsx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_asked: (str(target), ""))
    desktop.do("tables")
    desktop.qtbot.waitUntil(lambda: len(desktop.said.texts) > 1, timeout=LONG_MS)
    book = openpyxl.load_workbook(target)
    assert book.sheetnames == ["汇总", "疑点", "审核意见", "操作记录"]
    for name in book.sheetnames:
        heads, rows = desktop.sitting.desk.view(name)
        found = [tuple("" if cell is None else cell for cell in row) for row in sheet(target, name)]
        assert found == [heads, *(tuple("" if cell is None else cell for cell in row) for row in rows)]


def test_the_folder_of_the_desk_is_opened(
    desktop: Desktop, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(
        office_module.QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile())
    )
    desktop.do("open_folder")
    assert opened == [str(folder)]
    assert desktop.sitting.desk.path.name in desktop.said.texts[0]


def test_settings_of_a_desk_that_can_only_be_looked_at(qtbot: QtBot, look: Look, desk_path: Path) -> None:
    sitting = sit_at(desk_path, look_only=True)
    desktop = Desktop(qtbot, look, sitting)
    dialog = desktop.choose("settings", SettingsDialog)
    assert all(line.isReadOnly() for line in dialog.form.lines.values())
    assert str(sitting.desk.access.refusal) in shown(dialog)
    desktop.press(dialog, "知道了")
    desktop.close()
    sitting.desk.close()


def test_the_log_knows_who_decides_after_the_reviewer_changed(desktop: Desktop, qtbot: QtBot) -> None:
    dialog = desktop.choose("settings", SettingsDialog)
    line = dialog.form.lines["reviewer"]
    line.setFocus()
    line.selectAll()
    qtbot.keyClick(line, Qt.Key.Key_Delete)
    line.insert("李四")
    desktop.press(dialog, "存下")
    desktop.sitting.pick("k6", True)
    assert desktop.sitting.desk.log()[-1].who == "李四"
    assert [row.after for row in desktop.sitting.desk.log() if row.place == "contact"] == []


# -- while it works, and where there is little room ----------------------------------------------


def test_put_aside_it_says_when_it_is_done(desktop: Desktop, folder: Path) -> None:
    dialog = desktop.choose("opinion_sheets", OpinionsDialog)
    desktop.tick(dialog.scopes["全部"][0])
    desktop.press(dialog, "出审核意见表")
    desktop.press(dialog, "放到后台")
    assert not desktop.open_dialogs()
    desktop.qtbot.waitUntil(lambda: bool(desktop.said.texts), timeout=LONG_MS)
    assert "等 6 个文件" in desktop.said.texts[0]
    assert len(list((folder / "审核意见表").iterdir())) == len(UNITS)


def test_put_aside_it_comes_back_with_what_is_to_be_said(desktop: Desktop, folder: Path) -> None:
    (folder / "申报材料统计.xlsx").mkdir()
    dialog = desktop.choose("statistics", StatisticsDialog)
    desktop.tick(dialog.target.replace)
    desktop.press(dialog, "存成 Excel")
    desktop.press(dialog, "放到后台")
    desktop.qtbot.waitUntil(dialog.isVisible, timeout=LONG_MS)
    assert "正在别处开着" in dialog.trouble.plain


def test_enter_makes_it(desktop: Desktop, folder: Path, qtbot: QtBot) -> None:
    dialog = desktop.choose("statistics", StatisticsDialog)
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: dialog.stored is not None, timeout=LONG_MS)
    assert (folder / "申报材料统计.xlsx").is_file()


@pytest.mark.parametrize(
    ("method", "kind", "day"), [("summary", SummaryDialog, None), ("letter", LetterDialog, "dated")]
)
def test_enter_in_the_line_of_a_day_makes_it_and_nothing_half_typed(
    desktop: Desktop, qtbot: QtBot, method: str, kind: type, day: str | None
) -> None:
    dialog = desktop.choose(method, kind)
    entry = dialog.form.lines[day] if day else dialog.day
    entry.clear()
    qtbot.keyClicks(entry, "2026-06-")
    qtbot.keyClick(entry, Qt.Key.Key_Return)
    assert "“2026-06-”看不出是哪一天" in dialog.trouble.plain
    assert (dialog.isVisible(), dialog.stored) == (True, None)
    qtbot.keyClicks(entry, "12")
    qtbot.keyClick(entry, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: dialog.stored is not None, timeout=LONG_MS)


def test_a_desk_that_cannot_be_read_is_said_before_anything_is_asked(
    desktop: Desktop, monkeypatch: pytest.MonkeyPatch
) -> None:
    def damaged() -> None:
        raise DeskError("desk_damaged", name="审核台.db")

    monkeypatch.setattr(desktop.sitting.desk, "settings", damaged)
    for method in ("letter", "statistics", "settings"):
        dialog = desktop.choose(method)
        if method != "statistics":
            assert "坏了一部分" in shown(dialog)
        desktop.qtbot.keyClick(dialog, Qt.Key.Key_Escape)


METHODS = (
    "summary", "letter", "opinion_sheets", "archive", "statistics", "former", "years", "incident", "log", "settings",
)  # fmt: skip


@pytest.mark.parametrize(
    ("size", "text"),
    [((911, 441), TypeSize.STANDARD), ((1366, 697), TypeSize.STANDARD), ((1366, 697), TypeSize.EXTRA)],
)
@pytest.mark.parametrize("method", METHODS)
def test_nothing_is_cut(
    qtbot: QtBot, look: Look, sitting: Sitting, method: str, size: tuple[int, int], text: TypeSize
) -> None:
    look.set_size(text)
    desktop = Desktop(qtbot, look, sitting, size)
    desktop.name_bureau()
    desktop.pick("k3", "k2")
    dialog = desktop.choose(method)
    desktop.qtbot.waitUntil(lambda: not desktop.runner.is_busy, timeout=LONG_MS)
    assert dialog.height() <= size[1]
    assert dialog.width() <= size[0]
    for one in dialog.findChildren(QAbstractButton):
        if one.isVisible() and one.text() and isinstance(one, QPushButton):
            assert one.width() >= one.sizeHint().width(), one.text()
            assert one.height() >= one.sizeHint().height(), one.text()
    for one in dialog.findChildren(QLabel):
        if one.isVisible() and one.wordWrap():
            assert one.height() >= one.heightForWidth(one.width()), one.accessibleName()
        elif one.isVisible() and one.text():
            assert one.width() >= one.sizeHint().width(), one.text()
    desktop.close()
    look.set_size(TypeSize.STANDARD)


def test_every_editor_has_a_name(desktop: Desktop) -> None:
    for method in METHODS:
        dialog = desktop.choose(method)
        for one in dialog.findChildren(QWidget):
            if (
                one.isVisible()
                and one.focusPolicy() & Qt.FocusPolicy.TabFocus
                and not one.inherits("QScrollArea")
            ):
                inside = isinstance(one.parent(), QComboBox | QAbstractItemView | QTabWidget)
                assert one.accessibleName() or inside, (method, one)
        desktop.qtbot.keyClick(dialog, Qt.Key.Key_Escape)


def test_the_mark_of_a_letter_is_not_that_of_a_report(desktop: Desktop, qtbot: QtBot) -> None:
    desktop.sitting.set_setting("office_code", "赣市监标函")
    dialog = desktop.choose("letter", LetterDialog)
    kind = dialog.form.lines["kind"]
    qtbot.keyClick(kind, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: dialog.form.text("code") == "赣市监标")
    qtbot.keyClick(kind, Qt.Key.Key_Up)
    qtbot.waitUntil(lambda: dialog.form.text("code") == "赣市监标函")
    dialog.form.lines["code"].setText("赣市监函")
    qtbot.keyClick(kind, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: dialog.form.lines["signer"].isVisible())
    assert dialog.form.text("code") == "赣市监函"


def test_blanks_are_named(desktop: Desktop, qtbot: QtBot) -> None:
    dialog = desktop.choose("letter", LetterDialog)
    qtbot.keyClick(dialog.form.lines["kind"], Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: "的报告" in dialog.target.stem)
    remark = desktop.make(dialog).remarks[0]
    assert "发文机关代字；签发人；" in remark
    assert "印发机关" in remark
    assert "【" not in remark


def test_what_was_not_typed_is_fresh_the_next_time(desktop: Desktop, qtbot: QtBot) -> None:
    dialog = desktop.choose("letter", LetterDialog)
    assert "申报书（2份）" in dialog.form.text("annexes")
    qtbot.keyClicks(dialog.form.lines["number"], "126")
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    desktop.pick("k6")
    desktop.sitting.set_setting("contact", "丁一帆")
    again = desktop.choose("letter", LetterDialog)
    assert "申报书（3份）" in again.form.text("annexes")
    assert again.form.text("contact") == "丁一帆"
    assert again.form.text("number") == "126"


def test_a_desk_that_somebody_else_has_still_gives_its_papers(
    desktop: Desktop, qtbot: QtBot, look: Look, tmp_path: Path
) -> None:
    other = sit_at(desktop.sitting.desk.path, look_only=True)
    second = Desktop(qtbot, look, other)
    for method, kind in (
        ("summary", SummaryDialog),
        ("letter", LetterDialog),
        ("statistics", StatisticsDialog),
    ):
        dialog = second.choose(method, kind)
        assert second.make(dialog).files
        second.press(dialog, "好了")
    assert other.is_look_only
    second.close()
    other.desk.close()
