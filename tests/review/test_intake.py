"""Folders taken in whole, with real files and real workers."""

from __future__ import annotations

import shutil

import pytest

from pilotdesk.drafts.package import write_package
from pilotdesk.review.intake import Topic, take_in, words
from pilotdesk.review.records import Agreement, Kind, State
from tests.review.intake_kit import DAY, Told, copy, made, marks, sample, unit, zipped


@pytest.fixture(scope="module")
def county(tmp_path_factory):
    """Three units: a package, Word and PDF with attachments; a package in an archive; Word and PDF alone."""
    folder = tmp_path_factory.mktemp("county")
    for name in ("a.pilot", "a.docx", "a.pdf"):
        copy(name, folder / "甲" / f"申报书{name[1:]}")
    (folder / "甲" / "附件").mkdir()
    (folder / "甲" / "附件" / "证书.jpg").write_bytes(b"\xff\xd8\xff scan")
    inner = unit(2, folder / "x.pilot").read_bytes()
    (folder / "x.pilot").unlink()
    zipped(folder / "乙.zip", {"第二单位/申报书.pilot": inner, "第二单位/证明.pdf": b"%PDF-1.4 %%EOF"}, "gbk")
    unit(3, folder / "丙" / "申报书.pilot")
    return folder


@pytest.fixture(scope="module")
def told(county):
    before = marks(county)
    told = Told([county], workers=2)
    assert marks(county) == before
    return told


def of(told, unit):
    return next(one for one in told.submissions.values() if one.facts.unit == unit)


def test_every_unit_is_one_submission_with_all_its_files(told):
    assert len(told.submissions) == 3
    first = of(told, "南汀县政务服务中心")
    assert [file.place for file in first.files] == [
        "甲/申报书.docx", "甲/申报书.pdf", "甲/申报书.pilot", "甲/附件/证书.jpg",
    ]  # fmt: skip
    assert (first.agreement, first.source, first.revision) == (Agreement.ALL, Kind.PILOT, 1)
    assert not told.alone


def test_what_came_in_an_archive_is_told_by_its_place_there(told):
    second = of(told, "第2单位")
    assert [file.place for file in second.files] == [
        "乙.zip › 第二单位/申报书.pilot",
        "乙.zip › 第二单位/证明.pdf",
    ]
    assert second.files[1].kind is Kind.ATTACHMENT


def test_figures_are_told_and_the_last_news_is_the_end(told):
    assert told.last.topic is Topic.FINISHED
    assert (told.last.found, told.last.looked) == (8, 8)
    assert [news.topic for news in told.news].count(Topic.FINISHED) == 1


def test_values_facts_and_codes_come_with_a_submission(told):
    first = of(told, "南汀县政务服务中心")
    assert first.values["unit_name"] == "南汀县政务服务中心"
    assert first.facts.field == "F6"
    word = next(file for file in first.files if file.kind is Kind.WORD)
    assert word.code == first.code
    assert all(len(file.sha256) == 64 for file in first.files)
    assert first.attachments == 10
    assert first.filled == first.asked > 50


@pytest.mark.parametrize("name", ["a.docx", "a.pdf"])
def test_a_print_alone_has_values_too(tmp_path, name):
    copy(name, tmp_path / name)
    found = Told([tmp_path]).only
    assert found.values["unit_name"] == sample().values["unit_name"]
    assert len(found.values["standards"]) == len(sample().values["standards"])
    assert [row.parent for row in found.values["structure"]] == [
        row.parent for row in sample().values["structure"]
    ]
    assert found.facts.title == sample().values["project_name"]
    assert found.agreement is Agreement.ALONE
    assert found.filled == found.asked


def test_the_key_is_the_same_whatever_carrier_came(tmp_path):
    keys = set()
    for name in ("a.docx", "a.pdf", "a.pilot"):
        copy(name, tmp_path / name[2:] / name)
        keys |= Told([tmp_path / name[2:]]).submissions.keys()
    assert len(keys) == 1


def test_an_older_package_is_told_and_the_newest_counts(tmp_path):
    import dataclasses

    copy("a.pilot", tmp_path / "新.pilot")
    changed = {**sample().values, "staff_count": 7}
    write_package(
        dataclasses.replace(sample(), revision=3, values=changed, files=sample().files),
        tmp_path / "更新.pilot",
    )
    found = Told([tmp_path]).only
    assert found.values["staff_count"] == 7
    assert {file.place: file.sentence for file in found.files}["新.pilot"] == words.older_package(
        "更新.pilot"
    )


def test_answers_that_differ_are_told_side_by_side(tmp_path):
    import dataclasses

    copy("a.docx", tmp_path / "a.docx")
    targets = list(sample().values["targets"])
    targets[2] = targets[2].with_cell("unit", "千件")
    changed = {**sample().values, "staff_count": 7, "targets": tuple(targets)}
    write_package(dataclasses.replace(sample(), revision=1, values=changed), tmp_path / "a.pilot")
    found = Told([tmp_path]).only
    assert found.agreement not in {Agreement.ALL, Agreement.ALONE}
    assert "staff_count" in {one.path for one in found.differing}
    texts = next(dict(one.texts) for one in found.differing if one.path == "staff_count")
    assert texts == {"a.docx": "86人", "a.pilot": "7人"}
    assert "9.2 量化指标表，第 3 行，单位" in {one.label for one in found.differing}


def test_a_package_with_a_password_is_named_and_read_once_it_is_known(tmp_path):
    write_package(sample(), tmp_path / "a.pilot", "正确的密码八个字")
    told = Told([tmp_path])
    assert told.alone["a.pilot"].kind is Kind.PILOT
    assert told.alone["a.pilot"].state is State.REFUSED
    assert "密码" in told.alone["a.pilot"].sentence
    assert Told([tmp_path], passwords=["不对的密码八个字", "正确的密码八个字"]).only.facts.unit


def test_attachments_of_two_units_in_one_folder_stand_alone(tmp_path):
    unit(1, tmp_path / "1.pilot")
    unit(2, tmp_path / "2.pilot")
    (tmp_path / "证书.jpg").write_bytes(b"\xff\xd8\xff")
    told = Told([tmp_path])
    assert len(told.submissions) == 2
    assert told.alone["证书.jpg"].sentence == words.SEVERAL_SUBMISSIONS


def test_nothing_of_a_run_is_left_in_the_temporary_folder(tmp_path, monkeypatch):
    import tempfile

    place = tmp_path / "tmp"
    place.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(place))
    zipped(tmp_path / "in" / "a.zip", {"a.jpg": b"\xff\xd8\xff"})
    Told([tmp_path / "in"])
    assert not list(place.glob("pilotdesk-intake-*"))


def test_what_a_killed_program_left_unpacked_goes_after_a_day(tmp_path, monkeypatch):
    import os
    import tempfile

    place = tmp_path / "tmp"
    for name in ("pilotdesk-intake-old", "pilotdesk-intake-new", "other"):
        (place / name / "0").mkdir(parents=True)
    for name in ("pilotdesk-intake-old", "other"):
        os.utime(place / name, (0, 0))
    monkeypatch.setattr(tempfile, "tempdir", str(place))
    zipped(tmp_path / "in" / "a.zip", {"a.jpg": b"\xff\xd8\xff"})
    Told([tmp_path / "in"])
    assert sorted(path.name for path in place.iterdir()) == ["other", "pilotdesk-intake-new"]


def test_it_stops_at_once_and_ends_its_workers(tmp_path):
    import multiprocessing

    for number in range(20):
        copy("a.pdf", tmp_path / f"{number}.pdf")
    news = take_in([tmp_path], today=DAY, workers=2)
    assert next(news).topic is Topic.PROGRESS
    news.close()
    assert not multiprocessing.active_children()
    stopped = list(take_in([tmp_path], today=DAY, workers=1, stop=lambda: True))
    assert not stopped
    assert not multiprocessing.active_children()


def test_originals_may_not_even_be_writable(tmp_path):
    shutil.copytree(made(), tmp_path / "in")
    for path in (tmp_path / "in").iterdir():
        path.chmod(0o400)
    assert Told([tmp_path / "in"]).only.agreement is Agreement.ALL
