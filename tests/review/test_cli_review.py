"""``pilotdesk review``: a folder becomes a desk, and again only tells what is new."""

from __future__ import annotations

import json
import re
from datetime import date

import pytest

from pilotdesk.cli.main import run
from pilotdesk.drafts.lock import FolderLock
from pilotdesk.review.desk.sources import sources_of
from pilotdesk.review.intake import Topic, take_in
from tests.review.desk_kit import clock, desk_in, everything, opened, view
from tests.review.intake_kit import DAY, copy, unit, zipped


@pytest.fixture
def folder(tmp_path):
    """Two units, one in an archive, and a file of nobody."""
    place = tmp_path / "报来"
    unit(1, place / "1" / "一.pilot", organisation_and_rules=None)
    zipped(place / "2.zip", {"二.pilot": unit(2, tmp_path / "二.pilot").read_bytes()})
    return place


def review(folder, out, *more):
    return run(["review", str(folder), "--to", str(out), *more])


def told(capsys):
    return json.loads(capsys.readouterr().out)


def test_a_folder_becomes_a_desk_with_a_line_for_every_unit(folder, tmp_path, capsys):
    out = tmp_path / "out"
    assert review(folder, out, "--province", "江西省", "--reviewer", "王工") == 1
    said = capsys.readouterr().out
    assert re.search(r"1 +第1单位 +第1单位标准化试点 +F6 +[1-9].* 未审 +新收", said)
    assert "共 2 件" in said
    assert sorted(path.name for path in out.iterdir()) == ["审核台_江西省_2026.db", "申报材料统计.xlsx"]
    with opened(out / "审核台_江西省_2026.db") as desk:
        assert [row.facts.unit for row in desk.rows()] == ["第1单位", "第2单位"]
        assert all(desk.untouched(row.key) for row in desk.rows())
        assert desk.log()[0].who == "王工"
        assert sources_of(desk) == (folder,)


def test_again_only_what_is_new_is_told(folder, tmp_path, capsys):
    out = tmp_path / "out"
    review(folder, out)
    capsys.readouterr()
    before = everything(out / "审核台_2026.db")["log"]
    assert review(folder, out, "--json") == 1
    first = told(capsys)
    assert [one["taken"] for one in first["submissions"]] == ["same", "same"]
    assert everything(out / "审核台_2026.db")["log"] == before
    unit(1, folder / "1" / "一.pilot", organisation_and_rules=None, mailing_address="别处")
    review(folder, out, "--json")
    again = told(capsys)["submissions"]
    assert [(one["taken"], one["handed"], one["changed"]) for one in again] == [
        ("next", 2, 1),
        ("same", 1, 0),
    ]
    assert [one["after"] for one in again[0]["changes"]] == ["别处"]
    assert {finding["code"] for finding in again[0]["findings"]} >= {"required"}


def test_what_was_picked_is_listed_unless_it_is_too_much(folder, tmp_path, capsys):
    out = tmp_path / "out"
    unit(3, folder / "3" / "三.pilot")
    for picked in (("第1单位", "第2单位"), ("第3单位",)):
        review(folder, out)
        capsys.readouterr()
        with opened(out / "审核台_2026.db") as desk:
            for row in desk.rows():
                if row.facts.unit in picked:
                    desk.pick(row.key, True, "基础好")
        for name in ("推荐汇总表.xlsx", "推荐汇总表.docx"):
            (out / name).unlink(missing_ok=True)
        review(folder, out)
        said = capsys.readouterr().out
        fits = "第3单位" not in picked
        assert [(out / name).exists() for name in ("推荐汇总表.xlsx", "推荐汇总表.docx")] == [fits, fits]
        assert ("超出了限额" in said) is not fits


def test_those_that_had_a_pilot_are_pointed_out_and_the_list_stays(folder, tmp_path, capsys):
    listed = tmp_path / "名单.csv"
    listed.write_text("承担单位,项目名称,年份\n第2单位,某试点,2019\n", "utf-8")
    for more in (("--former", str(listed)), ()):
        review(folder, tmp_path / "out", "--json", *more)
        found = [{one["code"] for one in unit["findings"]} for unit in told(capsys)["submissions"]]
        assert ["desk_former" in codes for codes in found] == [False, True]


def test_a_file_of_nobody_is_told_with_its_reason(folder, tmp_path, capsys):
    (folder / "坏.pilot").write_bytes(b"PK\x03\x04 and no more")
    assert review(folder, tmp_path / "out") == 1
    said = capsys.readouterr().out
    assert "没有归到哪一件的文件 1 个" in said
    assert "坏.pilot：" in said


def test_what_cannot_be_done_is_said_in_a_sentence(folder, tmp_path, capsys):
    out = tmp_path / "out"
    assert review(tmp_path / "nowhere", out) == 2
    assert "找不到" in capsys.readouterr().err
    assert not out.exists()
    assert review(folder, folder / "审核") == 2
    assert "另选一个文件夹" in capsys.readouterr().err
    assert not (folder / "审核").exists()
    assert review(folder, out, "--former", str(tmp_path / "none.xlsx")) == 2
    capsys.readouterr()
    path = desk_in(out)
    lock = FolderLock(out, clock(), ("KEYUAN-3", "b"), name=f"{path.name}.lock")
    assert lock.take() is None
    assert review(folder, out) == 2
    assert "“KEYUAN-3”打开着" in capsys.readouterr().err
    assert view(path, "汇总") == []


def test_news_can_be_taken_in_as_it_comes(tmp_path):
    """Submissions that grow, and those that turn out to be part of another, end as if they had come at once."""
    place = tmp_path / "报来"
    copy("a.docx", place / "1" / "a.docx")
    copy("a.pdf", place / "2" / "a.pdf")
    unit(1, place / "3" / "b.pilot")
    copy("a.pilot", place / "4" / "a.pilot")
    found = {}
    with opened(desk_in(tmp_path)) as desk:
        for news in take_in([place], today=DAY, due=date(2026, 6, 30), workers=1):
            if news.topic is Topic.SUBMISSION:
                for gone in news.gone:
                    found.pop(gone, None)
                found[news.submission.key] = news.submission
                desk.take(news.submission, intake="run", gone=news.gone)
        assert {row.key: desk.submission(row.key) for row in desk.rows()} == found
        assert {row.handed for row in desk.rows()} == {1}
        assert all(desk.untouched(row.key) for row in desk.rows())
