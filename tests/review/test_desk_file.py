"""The desk's file: made whole, opened by one program at a time, readable for others, safe against kills and full disks."""

from __future__ import annotations

import contextlib
import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

from pilotdesk.drafts.lock import FolderLock
from pilotdesk.errors import DeskError, StoreError
from pilotdesk.review.beside.former import FormerPilot
from pilotdesk.review.desk import schema as desk_schema
from pilotdesk.review.desk.file import Desk, create_desk, file_name
from pilotdesk.review.desk.records import CONCLUSION_WORDS, Verdict
from pilotdesk.rules.issue import Severity
from tests.faults.file_calls import FileCalls
from tests.faults.instrument import FAULTS, Instrument
from tests.faults.sqlite_calls import LIBRARY, SqliteCalls
from tests.review.desk_kit import (
    PACK,
    changed,
    clock,
    desk_in,
    everything,
    finding,
    holds,
    opened,
    submission,
    view,
)

ROOT = Path(__file__).resolve().parents[2]
INSTRUMENT = Instrument()
CALLS = SqliteCalls(INSTRUMENT) if LIBRARY else None
"""Below SQLite for as long as this process lives, because files stay with it."""


@pytest.fixture
def path(tmp_path):
    return desk_in(tmp_path)


def refused(path, **how):
    with pytest.raises(DeskError) as told:
        Desk(path, clock(), **how)
    assert isinstance(told.value, StoreError)
    assert path.name in str(told.value)
    return told.value.code


@pytest.mark.parametrize(
    ("province", "name"),
    [("江西省", "审核台_江西省_2026.db"), ("a/b:c", "审核台_a_b_c_2026.db"), (" .", "审核台_2026.db")],
)
def test_the_file_is_named_by_province_and_round(province, name):
    assert file_name(province, "2026") == name


def test_a_new_desk_is_whole_and_replaces_nothing(path):
    assert [one.name for one in path.parent.iterdir() if one.name != "pilotdesk-data"] == [path.name]
    before = path.read_bytes()
    with pytest.raises(DeskError, match="已经有了"):
        create_desk(path, PACK.round, {})
    assert path.read_bytes() == before
    with contextlib.closing(sqlite3.connect(path)) as plain:
        assert plain.execute("SELECT count(*) FROM pilot_field").fetchone()[0] == len(PACK.round.pilot_field)


def test_it_is_kept_with_a_log_and_every_commit_reaches_the_disk(path):
    with opened(path) as desk:
        assert desk._connection.read("PRAGMA journal_mode") == [("wal",)]
        assert desk._connection.read("PRAGMA synchronous") == [(2,)]
        desk.take(submission())
        assert path.with_name(f"{path.name}-wal").exists()
    assert not path.with_name(f"{path.name}-wal").exists()


def _foreign(path):
    with contextlib.closing(sqlite3.connect(path)) as plain:
        plain.execute("CREATE TABLE mine (a)")
        plain.commit()


def _newer(path):
    shutil.copyfile(desk_in(path.parent / "other"), path)
    with contextlib.closing(sqlite3.connect(path)) as plain:
        plain.execute(f"PRAGMA user_version = {desk_schema.CURRENT + 1}")


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (lambda _path: None, "desk_missing"),
        (lambda path: path.mkdir(), "desk_missing"),
        (lambda path: path.write_bytes(b""), "desk_damaged"),
        (lambda path: path.write_bytes("不是数据库".encode() * 999), "desk_damaged"),
        (_foreign, "desk_foreign"),
        (_newer, "desk_too_new"),
    ],
)
def test_files_that_are_no_desk_are_refused_and_stay_as_they_are(tmp_path, make, code):
    path = tmp_path / "x.db"
    make(path)
    before = path.read_bytes() if path.is_file() else None
    assert refused(path) == code
    assert (path.read_bytes() if path.is_file() else None) == before
    assert not path.with_name("x.db.lock").exists()


def test_what_cannot_be_read_back_is_called_damage(path):
    with opened(path) as desk:
        desk.take(submission())
    with contextlib.closing(sqlite3.connect(path)) as plain:
        plain.execute("UPDATE handed_in SET agreement = '?'")
        plain.commit()
    with opened(path) as desk, pytest.raises(DeskError) as told:
        desk.rows()
    assert told.value.code == "desk_damaged"


def test_the_second_program_can_look_and_learns_who_has_it(path):
    other = FolderLock(path.parent, clock(), ("KEYUAN-3", "b"), name=f"{path.name}.lock")
    with opened(path) as desk:
        desk.take(submission())
    assert other.take() is None
    with opened(path) as second:
        assert second.held.holder.host == "KEYUAN-3"
        assert second.access.refusal.code == "desk_held"
        assert [row.key for row in second.rows()] == ["k1"]
        assert second.one("k1").submission == submission()
        with pytest.raises(DeskError, match="“KEYUAN-3”打开着"):
            second.verdict("k1", 1, Verdict.PASSED)
        with pytest.raises(DeskError, match="只能看"):
            second.take(submission("k2"))
    other.release()
    with opened(path) as desk:
        assert (desk.held, desk.access.refusal) == (None, None)
        assert desk.verdict("k1", 1, Verdict.PASSED)


def test_two_desks_of_this_program_on_one_file_and_two_files_in_one_folder(path):
    other = path.with_name("审核台_湖南省_2026.db")
    create_desk(other, PACK.round, {})
    with opened(path) as desk, opened(path) as second, opened(other) as third:
        desk.take(submission())
        assert "另一个窗口" in str(second.access.refusal)
        assert [row.key for row in second.rows()] == ["k1"]
        third.take(submission("k2"))
        assert [row.key for row in third.rows()] == ["k2"]
    assert not list(path.parent.glob("*.lock"))


def test_a_computer_that_slept_for_too_long_writes_no_more(path):
    with opened(path) as desk:
        desk.take(submission())
        assert desk.beat()
        path.with_name(f"{path.name}.lock").write_text(
            '{"host":"B","since":"2026-07-01T00:00:00.000Z","token":"t"}'
        )
        assert not desk.beat()
        with pytest.raises(DeskError, match="由别的电脑接着用"):
            desk.pick("k1", True)


def test_a_desk_can_be_opened_just_to_look(path):
    with opened(path, look_only=True) as desk:
        assert desk.rows() == ()
        assert not path.with_name(f"{path.name}.lock").exists()
        with pytest.raises(DeskError, match="写不进"):
            desk.take(submission())


def test_people_can_read_it_with_any_program_for_sqlite(path):
    """Views with Chinese names and columns, and nothing but plain tables below them."""
    with opened(path) as desk:
        desk.take(
            submission(findings=(finding(), finding("pdf_old", Severity.WARNING, 0, label="", number="")))
        )
        desk.take(changed(submission(), "BBBB-BBBB", unit_name="甲县政务中心"))
        desk.verdict("k1", 5, Verdict.AMEND)
        desk.opinion("k1", "point:5", "请补责任人。")
        desk.opinion("k1", "uscc", "请核对。")
        desk.pick("k1", True, "基础好")
        desk.returned("k1", "第 1 号", 2)
    (summary,) = view(path, "汇总")
    assert {name: summary[name] for name in ("编号", "承担单位", "方向", "领域", "必须改", "三份核对", "缺的附件")} == {
        "编号": 1, "承担单位": "甲县服务中心", "方向": "甲、乙、丙", "领域": "社会管理与公共服务领域", "必须改": 1,
        "三份核对": "只有一份", "缺的附件": "法人资格证明、承诺书",
    }  # fmt: skip
    assert [summary[name] for name in ("第几次报来", "改动处数", "结论", "推荐", "推荐排序", "退回单")] == [
        2, 1, "退回", "是", 1, "第 1 号",
    ]  # fmt: skip
    assert [(one["程度"], one["审核要点"], one["栏目编号"]) for one in view(path, "疑点")] == [
        ("必须改", "信用情况", "2.2")
    ]
    assert [
        (one["审核要点"], one["审核"], one["位置"], one["给单位的话"]) for one in view(path, "审核意见")
    ] == [
        ("", "", "uscc", "请核对。"),
        ("试点任务", "补正", "", ""),
        ("试点任务", "", "", "请补责任人。"),
    ]
    with contextlib.closing(sqlite3.connect(path)) as plain:
        sql = [
            text
            for (text,) in plain.execute(
                "SELECT sql FROM sqlite_master WHERE type = 'table' AND name <> 'sqlite_sequence'"
            )
        ]
        assert all(text.startswith("CREATE TABLE") and text.endswith("STRICT") for text in sql)
        assert plain.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert plain.execute("PRAGMA foreign_key_check").fetchall() == []


def test_the_words_of_the_views_are_those_of_the_program(path):
    with opened(path) as desk:
        for at, conclusion in enumerate(CONCLUSION_WORDS):
            desk.take(submission(f"k{at}"))
            desk.conclude(f"k{at}", conclusion, "议定")
    assert [one["结论"] for one in view(path, "汇总")] == list(CONCLUSION_WORDS.values())


def test_a_copy_is_one_whole_file(path, tmp_path):
    with opened(path) as desk:
        desk.take(submission())
        desk.copy_to(tmp_path / "copy.db")
        assert everything(tmp_path / "copy.db") == everything(path)
    with opened(tmp_path / "copy.db") as copy:
        assert copy.submission("k1") == submission()


def test_a_killed_program_leaves_all_that_it_has_said_and_nothing_half(path):
    child = subprocess.Popen(
        [sys.executable, "-m", "tests.review.desk_child", str(path)],
        cwd=ROOT, stdout=subprocess.PIPE, env={**os.environ, "PYTHONPATH": str(ROOT)}, text=True,
    )  # fmt: skip
    said = [int(child.stdout.readline()) for _ in range(25)]
    child.kill()
    child.wait()
    said += [int(line) for line in child.stdout if line.endswith("\n")]
    child.stdout.close()
    with opened(path) as desk:
        assert (desk.held, desk.access.refusal) == (None, None)
        assert desk.log()[-1].seq >= said[-1]
        assert holds(desk)
        assert all(desk.untouched(row.key) for row in desk.rows())


ACTS = {
    "take": lambda desk: desk.take(changed(submission(), "BBBB-BBBB", unit_name="乙")),
    "new": lambda desk: desk.take(submission("k2")),
    "verdict": lambda desk: desk.verdict("k1", 1, Verdict.PASSED),
    "opinion": lambda desk: desk.opinion("k1", "", "请补。", phrase="补"),
    "rank": lambda desk: desk.rank(["k1"]),
    "former": lambda desk: desk.set_former_pilots([FormerPilot(unit="甲厂")]),
    "undo": lambda desk: desk.undo(),
}


@pytest.mark.skipif(CALLS is None, reason="SQLite cannot be reached from outside here")
@pytest.mark.parametrize("name", ACTS)
def test_trouble_at_any_write_leaves_the_old_state_or_the_new_one_and_is_said(tmp_path, name):
    base = desk_in(tmp_path / "base")
    with opened(base) as desk:
        for key in ("k1", "k3"):
            desk.take(submission(key))
            desk.pick(key, True)
        desk.rank(["k3"])
    before = _content(base)
    count, after = _walked(base, tmp_path / "dry", name, None, 0)
    assert count > 2
    assert after != before
    for fault in FAULTS:
        for at in range(count):
            _, held = _walked(base, tmp_path / "world", name, fault, at)
            assert held in (before, after), (fault.name, at)


def _walked(base, folder, name, fault, at):
    """Do it with one write that fails; how many there were, and what is in the file afterwards."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    path = folder / base.name
    shutil.copyfile(base, path)
    with CALLS.installed():
        desk = Desk(path, clock())
        INSTRUMENT.start(folder, fault, at)
        trouble = None
        try:
            ACTS[name](desk)
        except DeskError as told:
            trouble = told
        finally:
            struck, count = INSTRUMENT.struck, len(INSTRUMENT.calls)
            INSTRUMENT.stop()
        desk.close()
    held = _content(path)
    if trouble is not None:
        assert trouble.code in {"desk_full", "desk_busy", "desk_unwritable", "desk_damaged"}
        assert str(trouble).endswith("。")
    elif not struck:
        assert held != _content(base)
    return count, held


def _content(path):
    """All tables without the times, which go on."""
    return {name: [tuple(map(str, row)) for row in rows] for name, rows in everything(path).items()}


@pytest.mark.skipif(CALLS is None, reason="SQLite cannot be reached from outside here")
def test_trouble_while_a_desk_is_made_leaves_no_file(tmp_path):
    files = FileCalls(INSTRUMENT)
    count, _ = _made_with(files, tmp_path / "dry", None, 0)
    for fault in FAULTS:
        for at in range(count):
            _, code = _made_with(files, tmp_path / "world", fault, at)
            assert code in {"", "desk_full", "desk_unwritable", "desk_busy"}, (fault.name, at)


def _made_with(files, folder, fault, at):
    """Make a desk with one write that fails; how many there were, and how it is called; a file is there or is not."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    path, code = folder / "审核台.db", ""
    with files.installed(), CALLS.installed():
        INSTRUMENT.start(folder, fault, at)
        try:
            create_desk(path, PACK.round, {})
        except DeskError as told:
            code = told.code
        finally:
            count = len(INSTRUMENT.calls)
            INSTRUMENT.stop()
    assert path.exists() is not bool(code)
    if not code:
        with opened(path) as desk:
            assert desk.settings()["round"] == "2026"
    return count, code


def test_rows_of_records_survive_any_facts(path):
    bare = msgspec.structs.replace(
        submission(), facts=msgspec.structs.replace(submission().facts, credit_on=None, field="")
    )
    with opened(path) as desk:
        desk.take(bare)
        assert desk.row("k1").facts == bare.facts
        assert view(path, "汇总")[0]["领域"] == ""
