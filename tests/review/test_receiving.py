"""A run of the intake into the desk's file: what is kept, what is said of it, and what the log tells afterwards."""

from __future__ import annotations

import dataclasses
from functools import partial

import pytest

from pilotdesk.drafts.package import write_package
from pilotdesk.review import receiving
from pilotdesk.review.desk.records import Outcome, Verdict
from pilotdesk.review.desk.unfinished import note_begun, note_ended, unfinished
from pilotdesk.review.intake import flow, walking
from pilotdesk.review.receiving import Kept, Locked, Received, Receiving
from pilotdesk.review.records import Agreement
from tests.review.desk_kit import desk_in, opened
from tests.review.intake_kit import DAY, Here, copy, sample, unit


@pytest.fixture
def desk(tmp_path):
    with opened(desk_in(tmp_path / "desk")) as desk:
        yield desk


def run(desk, *places):
    """Everything that a run told; its end is the last."""
    told = []
    Receiving(desk.taker(), today=DAY, due=None, tell=told.append).run(places, Here())
    assert isinstance(told[-1], Received)
    return told


def outcomes(told):
    return sorted(told[-1].outcomes.values(), key=list(Outcome).index)


@pytest.fixture
def three(tmp_path):
    for name in ("a.pilot", "a.docx", "a.pdf"):
        copy(name, tmp_path / "来" / name)
    return tmp_path / "来"


def test_the_first_line_does_not_wait_for_the_other_files_of_its_unit(desk, three):
    told = run(desk, three)
    assert len([one for one in told if isinstance(one, Kept)]) > 1
    assert outcomes(told) == [Outcome.NEW]
    (row,) = desk.rows()
    assert [len(desk.submission(row.key).files), row.handed] == [3, 1]


def test_the_same_files_again_leave_no_trace(desk, three):
    run(desk, three)
    before = desk.log()
    assert outcomes(run(desk, three)) == [Outcome.SAME]
    assert desk.log() == before


def test_a_file_that_came_later_is_added(desk, three):
    (three / "a.pdf").rename(three.with_name("a.pdf"))
    run(desk, three)
    three.with_name("a.pdf").rename(three / "a.pdf")
    assert outcomes(run(desk, three)) == [Outcome.GREW]
    (row,) = desk.rows()
    assert len(desk.submission(row.key).files) == 3


def test_what_comes_in_parts_on_different_days_stands_there_whole(desk, tmp_path):
    """Each day's folder has one of the three; what came before is neither gone from the list nor missed."""
    come = []
    for name in ("a.docx", "a.pilot", "a.pdf"):
        copy(name, tmp_path / name[2:] / name)
        come.append(outcomes(run(desk, tmp_path / name[2:])))
    assert come == [[Outcome.NEW], [Outcome.GREW], [Outcome.GREW]]
    (row,) = desk.rows()
    told = desk.submission(row.key)
    assert [file.place for file in told.files] == ["a.docx", "a.pdf", "a.pilot"]
    assert (row.agreement, row.handed, row.attachments) == (Agreement.ALL, 1, len(sample().files))
    assert not any(one.code.startswith("desk_only") for one in told.findings)
    assert (told.missing_attachments, desk.untouched(row.key)) == ((), True)
    before = desk.log()
    assert outcomes(run(desk, tmp_path / "pdf")) == [Outcome.SAME]
    assert desk.log() == before


def test_many_that_stand_there_are_kept_as_they_come(desk, tmp_path):
    for number in range(20):
        unit(number, tmp_path / "来" / str(number) / "a.pilot")
    run(desk, tmp_path / "来")
    for number in range(20):
        unit(number, tmp_path / "来" / str(number) / "a.pilot", staff_count=number + 100)
    told = run(desk, tmp_path / "来")
    assert told[-1].count(Outcome.NEXT) == 20
    assert {row.handed for row in desk.rows()} == {2}


def far_apart(folder):
    """In one large folder a Word file of an older version, many other units, and then the package that it belongs to."""
    copy("a.docx", folder / "a.docx")
    for number in range(3):
        unit(number, folder / f"b{number}.pilot")
    newer = dataclasses.replace(sample(), values={**sample().values, "staff_count": 99}, revision=9)
    write_package(newer, folder / "c.pilot")


@pytest.fixture
def hasty(monkeypatch):
    """Nothing is waited for, as where there are hundreds of files."""
    monkeypatch.setattr(receiving, "_MOST_HELD", 0)
    monkeypatch.setattr(walking, "SMALL", 0)
    for name in ("_SETTLED", "_SETTLED_FIRST"):
        monkeypatch.setattr(flow, name, 1)


def test_versions_that_lie_far_apart_are_no_other_round(desk, tmp_path, hasty):
    far_apart(tmp_path / "来")
    run(desk, tmp_path / "来")
    before = desk.log()
    assert [row.handed for row in desk.rows()] == [1] * 4
    told = run(desk, tmp_path / "来")
    assert set(told[-1].outcomes.values()) == {Outcome.SAME}
    assert desk.log() == before


def test_stopped_before_all_was_read_nobody_says_that_it_is_another_round(desk, tmp_path, hasty):
    far_apart(tmp_path / "来")
    Receiving(desk.taker(), today=DAY, due=None, tell=id).run([tmp_path / "来"], Here())
    before, told = desk.log(), []

    def stop_after_some(news):
        told.append(news)
        if isinstance(news, Kept):
            run.stop()

    run = Receiving(desk.taker(), today=DAY, due=None, tell=stop_after_some)
    run.run([tmp_path / "来"], Here())
    assert told[-1].stopped
    assert desk.log() == before


class Killed(BaseException):
    """The program goes in the middle, as with a pulled plug."""


def cut_off(desk, folder):
    """The first line is there, of the first file of its unit; then the program is gone."""

    def go(news):
        if isinstance(news, Kept):
            raise Killed

    runs = note_begun(desk, [folder])
    with pytest.raises(Killed):
        Receiving(desk.taker(), today=DAY, due=None, tell=go, runs=runs).run([folder], Here())
    (row,) = desk.rows()
    assert (row.handed, len(desk.submission(row.key).files)) == (1, 1)
    return row.key


def gone_on_with(desk, folder):
    told = []
    runs = note_begun(desk, [folder])
    Receiving(desk.taker(), today=DAY, due=None, tell=told.append, runs=runs).run([folder], Here())
    note_ended(desk, [folder])
    return told[-1].outcomes


def test_what_was_cut_off_between_two_files_of_a_unit_is_no_other_round(desk, tmp_path, hasty):
    folder = tmp_path / "来"
    far_apart(folder)
    key = cut_off(desk, folder)
    unit(9, tmp_path / "别" / "d.pilot")
    run(desk, tmp_path / "别")  # something else meanwhile
    assert gone_on_with(desk, folder)[key] is Outcome.GREW
    assert (desk.row(key).handed, desk.submission(key).values["staff_count"]) == (1, 99)
    assert desk.untouched(key)
    write_package(dataclasses.replace(sample(), revision=10), folder / "c.pilot")
    assert gone_on_with(desk, folder)[key] is Outcome.NEXT  # that one had come to its end


def test_what_was_stopped_goes_on_when_it_is_taken_in_again(desk, tmp_path, hasty):
    folder = tmp_path / "来"
    far_apart(folder)
    key = cut_off(desk, folder)
    note_ended(desk, [folder], whole=False)
    assert unfinished(desk) == ()
    assert gone_on_with(desk, folder)[key] is Outcome.GREW


def test_what_was_cut_off_and_decided_about_since_is_another_round(desk, tmp_path, hasty):
    folder = tmp_path / "来"
    far_apart(folder)
    key = cut_off(desk, folder)
    desk.verdict(key, 1, Verdict.PASSED)
    assert gone_on_with(desk, folder)[key] is Outcome.NEXT
    assert desk.row(key).handed == 2


def test_a_file_that_was_changed_after_the_cut_is_another_round(desk, tmp_path, hasty):
    folder = tmp_path / "来"
    unit(1, folder / "a.pilot")
    key = cut_off(desk, folder)
    unit(1, folder / "a.pilot", staff_count=101)
    assert gone_on_with(desk, folder) == {key: Outcome.NEXT}


def test_another_round_is_there_before_somebody_has_found_the_passwords(desk, tmp_path):
    folder = tmp_path / "来"
    unit(1, folder / "一" / "a.pilot")
    run(desk, folder)
    unit(1, folder / "一" / "a.pilot", staff_count=101)
    write_package(sample(), folder / "二.pilot", "a long password")
    rounds, told = [], []

    def answer(news):
        told.append(news)
        if isinstance(news, Locked):
            rounds.extend(row.handed for row in desk.rows())
            asking.unlock(())

    asking = Receiving(desk.taker(), today=DAY, due=None, tell=answer)
    asking.run([folder], Here())
    assert rounds == [2]
    assert (told[-1].count(Outcome.NEXT), told[-1].locked) == (1, 1)


def test_beside_a_locked_package_that_is_known_nothing_is_told_before_it_was_read_again(desk, three):
    whole = sample()
    write_package(whole, three / "a.pilot", "a long password")

    def with_password():
        told = []

        def answer(news):
            told.append(news)
            if isinstance(news, Locked):
                asking.unlock(["a long password"])

        asking = Receiving(desk.taker(), today=DAY, due=None, tell=answer)
        asking.run([three], Here())
        return told[-1]

    with_password()
    before = desk.log()
    assert set(with_password().outcomes.values()) == {Outcome.SAME}
    assert desk.log() == before


def test_what_was_told_under_a_new_title_becomes_part_of_what_is_known_by_its_project(desk, tmp_path):
    """A package of an older program is read first and stands alone for a moment; then another one says whose it is."""
    written = partial(write_package, target=tmp_path / "前" / "a.pilot")
    (tmp_path / "前").mkdir()
    written(dataclasses.replace(sample(), project="k7q42m9x0abc", revision=0))
    run(desk, tmp_path / "前")
    (known,) = desk.rows()
    other = {**sample().values, "project_name": "另一个名字标准化试点"}
    folder = tmp_path / "后"
    (folder / "一").mkdir(parents=True)
    write_package(dataclasses.replace(sample(), values=other, revision=0), folder / "一" / "a.pilot")
    (folder / "二").mkdir()
    write_package(
        dataclasses.replace(sample(), values={**other, "staff_count": 9}, project="k7q42m9x0abc", revision=1),
        folder / "二" / "a.pilot",
    )
    told = run(desk, folder)
    (row,) = desk.rows()
    assert (row.key, row.handed, row.facts.title) == (known.key, 2, "另一个名字标准化试点")
    assert told[-1].outcomes == {known.key: Outcome.NEXT}
    assert [one.gone for one in told if isinstance(one, Kept) and one.gone] != []
