"""A made province goes through the desk: everything that was put in is found, and nothing else."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace

from pilotdesk.forms.shipped import load_shipped
from pilotdesk.review.beside.crossing import crossed_findings
from pilotdesk.review.beside.former import read_former
from pilotdesk.review.intake import Topic, take_in
from pilotdesk.rules.issue import Severity
from tests.province.case import CARRIERS
from tests.province.exam import mark
from tests.province.former_list import write_former
from tests.province.hostile import SECRET, make_hostile
from tests.province.province import KINDS, make_province

TODAY, DUE = date(2026, 6, 28), date(2026, 6, 30)
PACK = load_shipped("2026")
ALL_KINDS = 80
"""Units among which every kind of defect finds one that it fits, a fifth of them left clean."""


def taken(folder):
    """Submissions as they stand at the end, and places of files that stand alone with their reasons."""
    submissions, alone = {}, {}
    for news in take_in([folder], today=TODAY, due=DUE, workers=2):
        for gone in news.gone:
            submissions.pop(gone, None)
        if news.submission is not None:
            submissions[news.submission.key] = news.submission
        if news.topic is Topic.ALONE:
            alone[news.file.place] = news.file.sentence
    return list(submissions.values()), alone


def among(submissions, former):
    """Key to the codes of what shows only beside other submissions and beside the list of former pilots."""
    found = crossed_findings(submissions, PACK, former)
    return {one.key: {finding.code for finding in found.get(one.key, ())} for one in submissions}


def former_of(truth, folder):
    """The list of the province, read from the table that somebody keeps of it."""
    write_former(truth.former, folder / "former.xlsx")
    return read_former(folder / "former.xlsx").pilots


def blame(marks):
    return "\n".join((*marks.absent, *marks.missed, *marks.invented, *marks.untrue))


@pytest.fixture(scope="module")
def defective(tmp_path_factory):
    """Packages with all kinds of defects; Word and PDF only where a defect is between them."""
    folder = tmp_path_factory.mktemp("province")
    truth = make_province(folder, ALL_KINDS, seed=6, carriers={"pilot": 1})
    return truth, *taken(folder)


@pytest.mark.timeout(300)
def test_every_seeded_defect_is_found_and_none_is_invented(defective, tmp_path):
    truth, submissions, _ = defective
    assert {one.name for unit in truth.units for one in unit.seeded} == set(KINDS)
    marks = mark(truth, submissions, among(submissions, former_of(truth, tmp_path)))
    assert marks.is_perfect, blame(marks)
    assert marks.found == sum(len(unit.seeded) for unit in truth.units)


def test_a_file_stands_alone_only_where_the_truth_says_so(defective):
    _, _, alone = defective
    assert alone == {}


@pytest.mark.timeout(300)
def test_all_kinds_of_carriers_are_taken_and_say_whose_they_are(tmp_path):
    mix = {"full": 3, "papers": 2, "docx": 1, "pdf": 1, "foreign": 5, "pilot": 1}
    truth = make_province(tmp_path / "in", 14, seed=13, carriers=mix, defects=False)
    assert {unit.carriers for unit in truth.units} == set(CARRIERS.values())
    submissions, alone = taken(tmp_path / "in")
    marks = mark(truth, submissions)
    assert marks.is_perfect, blame(marks)
    assert alone == {}


@pytest.mark.timeout(300)
def test_a_hostile_folder_is_named_and_the_sound_unit_in_it_is_taken(tmp_path):
    made = make_hostile(tmp_path / "in", empty_files=300)
    submissions, alone = taken(tmp_path / "in")
    assert made.sound in {file.place for one in submissions for file in one.files}
    assert made.outside.read_text("utf-8") == SECRET
    told = {*alone, *(file.place for one in submissions for file in one.files)}
    refused = {
        trap.place
        for trap in made.traps
        if trap.refused and trap.what not in {"empty files", "no right to read"}
    }
    assert {place for place in refused if not any(one.startswith(place) for one in told)} == set()
    assert all(alone.values())
    assert not any(SECRET in sentence for sentence in alone.values())


def test_the_exam_sees_what_was_missed_invented_wrong_and_lost(defective):
    truth, submissions, _ = defective
    unit = truth.with_defect("wrong_check_character")[0]
    place = unit.files[0]
    at = next(at for at, one in enumerate(submissions) if place in {file.place for file in one.files})
    one = submissions[at]

    def marks_with(**changes):
        changed = [*submissions[:at], replace(one, **changes), *submissions[at + 1 :]]
        return mark(truth, changed)

    finding = next(found for found in one.findings if found.code == "uscc_check_char")
    assert len(marks_with(findings=()).missed) == 1
    assert len(marks_with(findings=(replace(finding, severity=Severity.HINT),)).missed) == 1
    assert len(marks_with(findings=(*one.findings, replace(finding, code="uscc_form"))).invented) == 1
    assert len(marks_with(facts=replace(one.facts, unit="别的单位")).untrue) == 1
    assert len(mark(truth, [*submissions[:at], *submissions[at + 1 :]]).absent) == 1
    wrongly = mark(truth, submissions, {one.key: {"desk_copied"}}, frozenset({"desk_copied"}))
    assert len(wrongly.invented) == 1
    assert wrongly.missed
