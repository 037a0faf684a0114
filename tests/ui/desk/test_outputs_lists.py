"""Lists of the desk's window: log, former pilots, later years, and the package of originals."""

from __future__ import annotations

import csv
import hashlib
import io
import zipfile
from datetime import date
from typing import TYPE_CHECKING

import docx
import openpyxl
import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QTabWidget

import pilotdesk.ui.desk.archive_dialog as archive_module
from pilotdesk.forms.shipped import load_shipped
from pilotdesk.projects import sample_package
from pilotdesk.review.desk.file import Desk
from pilotdesk.review.desk.records import Conclusion, Verdict
from pilotdesk.review.desk.sources import note_sources, sources_of
from pilotdesk.review.outputs.archive import GONE, LIST
from pilotdesk.review.outputs.log_lines import HEADS, log_lines
from pilotdesk.review.outputs.years import duties_of, promises_of
from pilotdesk.review.records import Kind, ReceivedFile, State
from pilotdesk.ui.desk.archive_dialog import ArchiveDialog
from pilotdesk.ui.desk.former_dialog import FormerDialog
from pilotdesk.ui.desk.log_dialog import LogDialog
from pilotdesk.ui.desk.years_dialog import DUTY_WIDTHS, WIDE, YearsDialog
from tests.review.desk_kit import submission
from tests.ui.desk.kit import handed_in, sit_at, ticking
from tests.ui.desk.outputs_kit import BUREAU, LONG_MS, Desktop, left_behind, shown

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from pilotdesk.ui.desk.page import DeskPage
    from pilotdesk.ui.desk.plain_table import PlainTable
    from pilotdesk.ui.desk.sitting import Sitting
    from pilotdesk.ui.look.theme import Look


@pytest.fixture
def desktop(qtbot: QtBot, look: Look, sitting: Sitting) -> Iterator[Desktop]:
    """A desk with a bureau and two picks."""
    made = Desktop(qtbot, look, sitting)
    made.name_bureau()
    made.pick("k3", "k2")
    yield made
    made.close()


def lines(table: PlainTable) -> list[list[str]]:
    """What is shown, cell by cell."""
    model = table.model()
    return [
        [str(model.index(row, column).data()) for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def sheet(path: Path, name: str = "") -> list[tuple[object, ...]]:
    book = openpyxl.load_workbook(path)
    return [
        tuple(cell.value for cell in row) for row in (book[name] if name else book.worksheets[0]).iter_rows()
    ]


# -- 操作记录 ------------------------------------------------------------------------------------


@pytest.fixture
def log(desktop: Desktop) -> LogDialog:
    """The log after some decisions, one of them taken back."""
    sitting = desktop.sitting
    sitting.verdict("k2", 5, Verdict.AMEND)
    sitting.opinion("k2", "point:5", "请写明责任人。")
    sitting.opinion("k3", "unit_name", "与证书不一致。")
    sitting.conclude("k3", Conclusion.REFUSED, "不在征集范围")
    sitting.undo()
    sitting.show_one("k2")
    dialog = desktop.choose("log", LogDialog)
    desktop.qtbot.waitUntil(lambda: dialog.table.model().rowCount() > 0, timeout=LONG_MS)
    return dialog


def test_what_was_done_is_chosen_in_whole_words(log: LogDialog) -> None:
    metrics = log.what.fontMetrics()
    longest = max(metrics.horizontalAdvance(log.what.itemText(at)) for at in range(log.what.count()))
    assert log.what.width() > longest + log.what.height() // 2  # the arrow


def test_the_log_says_in_words_who_did_what_where_and_why(log: LogDialog) -> None:
    found = lines(log.table)
    assert len(found) == len(log.office.sitting.desk.log())
    undone, concluded, on_field, on_point, verdict = found[:5]
    assert undone[3:] == ["撤销：结论", "3", "丙县社会福利中心", "1", "", "不推荐", "", ""]
    assert concluded[3:] == ["结论", "3", "丙县社会福利中心", "1", "", "", "不推荐", "不在征集范围"]
    assert on_field[7] == "2.1 单位名称"
    assert on_field[9] == "与证书不一致。"
    assert on_point[7] == verdict[7] == "5 试点任务"
    assert verdict[8:10] == ["", "补正"]
    assert verdict[2] == "王工"
    assert verdict[1].startswith("2026-06-02 ")


def test_the_log_is_filtered_by_words_kind_and_submission(log: LogDialog, qtbot: QtBot) -> None:
    assert log.search.hasFocus()
    log.search.insert("不在征集范围")
    assert [line[3] for line in lines(log.table)] == ["结论"]
    log.search.clear()
    log.what.setFocus()
    while log.what.currentText() != "结论":
        qtbot.keyClick(log.what, Qt.Key.Key_Down)
    assert [line[3] for line in lines(log.table)] == ["撤销：结论", "结论"]
    qtbot.keyClick(log.what, Qt.Key.Key_Home)
    qtbot.mouseClick(log.only, Qt.MouseButton.LeftButton, pos=log.only.rect().center())
    assert {line[5] for line in lines(log.table)} == {"乙县图书馆"}
    assert "条，共" in log.count.text()


def test_a_filter_that_leaves_nothing_has_nothing_to_store(log: LogDialog) -> None:
    log.search.insert("没有这样的字")
    assert not log.start.isEnabled()
    assert log.start.toolTip() == "没有可以存的"


def test_what_is_shown_of_the_log_is_stored(log: LogDialog, desktop: Desktop) -> None:
    log.search.insert("乙县图书馆")
    wanted = lines(log.table)
    (path,) = desktop.make(log).files
    rows = sheet(path)
    assert rows[2] == HEADS
    told = [["" if cell is None else str(cell) for cell in row] for row in rows[3:]]
    assert told == wanted
    assert BUREAU in str(rows[1][0])


def test_numbers_are_sorted_as_numbers(log: LogDialog, qtbot: QtBot) -> None:
    head = log.table.horizontalHeader()
    place = head.sectionViewportPosition(4) + 10
    from PySide6.QtCore import QPoint

    qtbot.mouseClick(head.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(place, head.height() // 2))
    numbers = [int(line[4] or -1) for line in lines(log.table)]
    assert numbers == sorted(numbers)


def test_a_pick_taken_back_is_no_longer_recommended(desktop: Desktop) -> None:
    sitting = desktop.sitting
    sitting.pick("k4", True)
    sitting.pick("k4", False)
    last = log_lines(sitting.desk, sitting.pack)[0]
    assert (last.what, last.after) == ("推荐", "不再推荐")
    assert last.before.startswith("第 ")


def test_every_kind_of_entry_has_words(desktop: Desktop) -> None:
    sitting = desktop.sitting
    sitting.rank(["k2", "k3"])
    sitting.desk.returned("k6", "退〔2026〕1号", 3, date(2026, 6, 30))
    sitting.set_setting("contact", "丁一帆")
    sitting.set_former_pilots((), "名单.xlsx")
    found = {line.what: line for line in reversed(log_lines(sitting.desk, sitting.pack))}
    assert found["排序"].after == "2 件的先后"
    assert (found["退回单"].place, found["退回单"].after) == ("退〔2026〕1号", "3 处，2026-06-30 前")
    assert (found["设置"].place, found["设置"].after) == ("联系人", "丁一帆")
    assert (found["已承担过试点的名单"].place, found["已承担过试点的名单"].after) == ("名单.xlsx", "0 行")
    assert found["收件"].unit
    assert not any(sign in line.place for line in found.values() for sign in "[]_")


# -- 已承担过试点的名单 --------------------------------------------------------------------------


def excel_list(path: Path) -> Path:
    book = openpyxl.Workbook()
    for row in (
        ("历年试点单位",),
        ("承担单位", "统一社会信用代码", "项目名称", "年份"),
        ("乙县图书馆", "", "乙县图书馆服务标准化试点", 2019),
        ("辛县农机站", "91360000000000009X", "辛县试点", 2021),
    ):
        book.active.append(row)
    book.save(path)
    return path


def word_list(path: Path) -> Path:
    document = docx.Document()
    rows = [("序号", "承担单位", "项目名称", "年度"), ("1", "丙县社会福利中心", "丙县试点", "2018")]
    table = document.add_table(rows=2, cols=4)
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    document.save(path)
    return path


def read(desktop: Desktop, path: Path, monkeypatch: pytest.MonkeyPatch) -> FormerDialog:
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_asked: (str(path), ""))
    dialog = desktop.choose("former", FormerDialog)
    desktop.press(dialog, "读入名单")
    desktop.qtbot.waitUntil(lambda: dialog.keep.isVisible() or dialog.trouble.isVisible(), timeout=LONG_MS)
    return dialog


def test_without_a_list_the_keyboard_is_where_one_is_read(desktop: Desktop) -> None:
    dialog = desktop.choose("former", FormerDialog)
    assert dialog.focusWidget() is dialog.choose
    assert dialog.choose.isDefault()


def test_a_list_shows_who_stands_in_it_before_it_counts(
    desktop: Desktop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog = read(desktop, excel_list(tmp_path / "名单.xlsx"), monkeypatch)
    assert "“名单.xlsx”里读到 2 行。申报单位有 1 家在里面。还没有用上" in shown(dialog)
    assert dialog.leave.text() == "不用它"
    assert lines(dialog.table) == [
        ["2", "乙县图书馆", "乙县图书馆", "2019", "乙县图书馆服务标准化试点", "名称一样", "Sheet 第 3 行"]
    ]
    assert desktop.sitting.desk.former_pilots() == ()
    with desktop.qtbot.waitSignal(desktop.menu.former_changed):
        desktop.press(dialog, "用这份名单")
    assert [one.unit for one in desktop.sitting.desk.former_pilots()] == ["乙县图书馆", "辛县农机站"]
    assert "换上了新名单，2 行" in desktop.said.texts[-1]
    now = shown(desktop.choose("former", FormerDialog))
    assert "现在的名单有 2 行" in now
    assert "还没有用上" not in now


def test_another_list_is_laid_beside_everything(
    page: DeskPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    path = excel_list(tmp_path / "名单.xlsx")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_asked: (str(path), ""))
    page.outputs.former()
    dialog = page.findChild(FormerDialog)
    qtbot.mouseClick(dialog.choose, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(dialog.keep.isVisible)
    with qtbot.waitSignal(page.intake.crossed, timeout=LONG_MS):
        qtbot.mouseClick(dialog.keep, Qt.MouseButton.LeftButton)
    crossed = page.sitting.desk.one("k2").crossed
    assert [one.code for one in crossed if one.code == "desk_former"] == ["desk_former"]


def test_a_list_in_word(desktop: Desktop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    dialog = read(desktop, word_list(tmp_path / "名单.docx"), monkeypatch)
    assert [line[1:4] for line in lines(dialog.table)] == [["丙县社会福利中心", "丙县社会福利中心", "2018"]]


def test_a_list_that_is_left_changes_nothing(
    desktop: Desktop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog = read(desktop, excel_list(tmp_path / "名单.xlsx"), monkeypatch)
    desktop.qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert desktop.sitting.desk.former_pilots() == ()


def test_an_old_excel_file_is_told_how_it_can_be_read(
    desktop: Desktop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "名单.xls"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    dialog = read(desktop, path, monkeypatch)
    assert "另存为" in dialog.trouble.plain
    assert ".xlsx" in dialog.trouble.plain
    assert not dialog.keep.isVisible()
    assert dialog.choose.isEnabled()


def test_a_desk_to_look_at_takes_no_list(qtbot: QtBot, look: Look, desk_path: Path) -> None:
    sitting = sit_at(desk_path, look_only=True)
    desktop = Desktop(qtbot, look, sitting)
    dialog = desktop.choose("former", FormerDialog)
    assert not dialog.choose.isEnabled()
    assert str(sitting.desk.access.refusal) == dialog.trouble.plain
    desktop.close()
    sitting.desk.close()


# -- 以后年度 ------------------------------------------------------------------------------------


@pytest.fixture
def later(qtbot: QtBot, look: Look, desk_path: Path) -> Iterator[Desktop]:
    """A desk of 2028 with one summary that came late, and its promises."""
    pack = load_shipped("2026")
    package = sample_package("summary_2027")
    clock = ticking()
    clock.now.moment = clock.now().replace(year=2027, month=12, day=9)
    desk = Desk(desk_path, clock)
    desk.pick("k2", yes=True)
    desk.pick("sample", yes=True)
    one = submission(
        "s1", form="summary_2027", form_version=pack.forms["summary_2027"].head.version, values=package.values
    )
    first = handed_in(1)
    desk.take(
        replace(
            one,
            project=first.project,
            facts=replace(one.facts, unit=first.facts.unit, title=first.facts.title),
        )
    )
    desk.close()
    sitting = sit_at(desk_path)
    desktop = Desktop(qtbot, look, sitting)
    desktop.name_bureau()
    yield desktop
    desktop.close()
    sitting.desk.close()


def opened(later: Desktop) -> YearsDialog:
    dialog = later.choose("years", YearsDialog)
    later.qtbot.waitUntil(lambda: dialog.duties.model().rowCount() > 0, timeout=LONG_MS)
    return dialog


def test_who_owes_what_and_what_was_promised(later: Desktop) -> None:
    dialog = opened(later)
    duties = duties_of(later.sitting.desk, later.sitting.pack, later.sitting.clock.today())
    promises = promises_of(later.sitting.desk.submissions(), later.sitting.pack)
    assert [line[:3] for line in lines(dialog.duties)] == [[one.title, one.unit, one.paper] for one in duties]
    assert [line[5] for line in lines(dialog.duties)] == [one.standing.value for one in duties]
    assert promises
    assert [line[4] for line in lines(dialog.promises)] == [one.indicator for one in promises]
    assert "收到 1 份" in shown(dialog)


def test_whom_to_call_stands_in_view_beside_a_scroll_bar() -> None:
    margins, frame_and_bar = 2 * 24, 24
    assert sum(DUTY_WIDTHS) <= WIDE - margins - frame_and_bar


def test_a_small_screen_has_one_scroll_bar_not_one_in_another(later: Desktop) -> None:
    later.page.resize(911, 441)
    dialog = opened(later)
    assert dialog.height() <= 441
    assert dialog._scroll.verticalScrollBar().maximum() == 0
    tables = dialog.findChild(QTabWidget)
    assert tables.geometry().bottom() <= dialog._scroll.viewport().height()
    assert dialog.duties.viewport().height() >= 2 * dialog.look.metric("table_row")


def test_the_day_that_the_notice_does_not_give_is_the_bureaus(later: Desktop, qtbot: QtBot) -> None:
    dialog = opened(later)
    (entry,) = dialog.days.values()
    entry.setFocus()
    qtbot.keyClicks(entry, "2026-06-01")
    qtbot.keyClick(entry, Qt.Key.Key_Tab)
    qtbot.waitUntil(
        lambda: any(line[2] == "自评表" and line[3] == "2026-06-01" for line in lines(dialog.duties))
    )
    assert {line[5] for line in lines(dialog.duties) if line[2] == "自评表"} == {"逾期未报"}
    later.qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    again = opened(later)
    assert [one.text() for one in again.days.values()] == ["2026-06-01"]


def test_a_day_that_is_none_is_not_dropped_in_silence(later: Desktop, qtbot: QtBot) -> None:
    dialog = opened(later)
    (entry,) = dialog.days.values()
    entry.setFocus()
    qtbot.keyClicks(entry, "2026-06-")
    qtbot.keyClick(entry, Qt.Key.Key_Return)
    assert "“2026-06-”看不出是哪一天" in shown(dialog)
    assert dialog.isVisible()
    qtbot.keyClicks(entry, "01")
    qtbot.keyClick(entry, Qt.Key.Key_Return)
    assert "看不出" not in shown(dialog)
    assert later.sitting.desk.settings()["due.self_assessment"] == "2026-06-01"


def test_both_tables_are_one_file(later: Desktop) -> None:
    dialog = opened(later)
    (path,) = later.make(dialog).files
    assert [row[1:4] for row in sheet(path, "报送情况")[3:]] == [
        tuple(line[:3]) for line in lines(dialog.duties)
    ]
    assert [row[5] for row in sheet(path, "承诺与完成")[3:]] == [line[4] for line in lines(dialog.promises)]


# -- 推荐材料包 ----------------------------------------------------------------------------------


@pytest.fixture
def originals(desktop: Desktop, tmp_path: Path) -> dict[str, bytes]:
    """Originals of both picks in a folder that the desk knows."""
    contents = {"乙/申报书.pilot": b"pilot" * 500, "乙/证书.jpg": b"\xff\xd8", "丙/申报书.docx": b"word" * 90}
    files: dict[str, list[ReceivedFile]] = {"乙": [], "丙": []}
    for place, content in contents.items():
        path = tmp_path / "收件" / place
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        digest = hashlib.sha256(content).hexdigest()
        kept = ReceivedFile(
            place=place, size=len(content), sha256=digest, kind=Kind.ATTACHMENT, state=State.KEPT
        )
        files[place[0]].append(kept)
    for at, name in ((1, "乙"), (2, "丙")):
        # Other answers: what came before stays with its own round.
        again = replace(handed_in(at), code="CCCC-CCCC", files=tuple(files[name]))
        desktop.sitting.desk.take(again)
    note_sources(desktop.sitting.desk, [tmp_path / "收件"])
    return contents


def test_originals_are_packed_byte_for_byte(desktop: Desktop, originals: dict[str, bytes]) -> None:
    dialog = desktop.choose("archive", ArchiveDialog)
    (path,) = desktop.make(dialog).files
    assert path.name == "江西省推荐材料包_20260602.zip"
    with zipfile.ZipFile(path) as packed:
        assert packed.testzip() is None
        told = list(csv.DictReader(io.StringIO(packed.read(LIST).decode("utf-8-sig"))))
        assert {row["收到时的位置"] for row in told} == set(originals)
        for row in told:
            assert packed.read(f"{row['文件夹']}/{row['文件']}") == originals[row["收到时的位置"]]
        ordered = [
            (row["推荐顺序"], row["承担单位"]) for row in told
        ]  # as in the 推荐汇总表: special tracks last
        assert ordered == [("1", "乙县图书馆"), ("1", "乙县图书馆"), ("2", "丙县社会福利中心")]


def test_what_has_gone_is_said_and_left_out_only_when_wanted(
    desktop: Desktop, originals: dict[str, bytes], tmp_path: Path
) -> None:
    (tmp_path / "收件" / "乙/证书.jpg").unlink()
    dialog = desktop.choose("archive", ArchiveDialog)
    assert not dialog.incomplete.isVisible()
    sentence = desktop.refused(dialog)
    assert "乙/证书.jpg" in sentence
    assert GONE in sentence
    folder = desktop.sitting.desk.path.parent
    assert not list(folder.glob("*.zip"))
    assert not left_behind(folder)
    desktop.tick(dialog.incomplete)
    stored = desktop.make(dialog)
    assert stored.remarks == (f"没有打包：乙/证书.jpg，{GONE}。",)
    assert "没有打包：乙/证书.jpg" in shown(dialog)


def test_another_folder_of_originals_can_be_named(
    desktop: Desktop, originals: dict[str, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    moved = tmp_path / "移走了"
    (tmp_path / "收件").rename(moved)
    dialog = desktop.choose("archive", ArchiveDialog)
    assert "都不在了" in desktop.refused(dialog)
    monkeypatch.setattr(archive_module, "ask_folder", lambda *_asked: moved)
    desktop.press(dialog, "加文件夹")
    assert desktop.make(dialog).remarks == ()


def test_where_material_came_from_is_known_once(desktop: Desktop, tmp_path: Path) -> None:
    desk = desktop.sitting.desk
    entries = len(desk.log())
    for _ in range(2):
        note_sources(desk, [tmp_path / "甲", tmp_path / "乙"])
    assert sources_of(desk) == (tmp_path / "甲", tmp_path / "乙")
    assert len(desk.log()) == entries
