"""The generator of a province: its clean units are clean, its defects are there, and the same seed gives the same."""

from __future__ import annotations

import hashlib
import zipfile
from collections import Counter
from functools import cache
from random import Random

import pytest

from pilotdesk.documents.attachments import attachment_of
from pilotdesk.documents.opened import OpenedDocx
from pilotdesk.drafts.package import read_package
from pilotdesk.errors import PackageError
from pilotdesk.forms.regions import region_label
from pilotdesk.rules.issue import Severity
from pilotdesk.rules.uscc import check_character
from tests.province import defects_desk, defects_pack
from tests.province.hostile import SECRET, make_hostile
from tests.province.placing import INTO, zipped
from tests.province.province import KINDS, make_cases, make_province, seed_defects, stage
from tests.province.spinning import Clauses
from tests.province.truth import FORMER_HEADS
from tests.province.writing import facts_of, package_of, session_of, values_of

PACKAGES = {"pilot": 1.0}


def cases(count, seed=5, carriers=PACKAGES):
    return make_cases(count, seed=seed, carriers=carriers, attachments=10, small=True, clauses=Clauses())


@cache
def ten():
    return tuple(cases(10))


def issues(case):
    """Code and path of everything that the checks of the pack find, with how grave it is."""
    return {(one.code, one.path): one.severity.value for one in session_of(case.draft).all_issues()}


def digests(folder):
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


# -- clean units -----------------------------------------------------------------------------------


@pytest.mark.parametrize("number", range(10))
def test_a_unit_without_a_defect_has_no_finding_at_all(number):
    assert issues(ten()[number]) == {}


def test_units_with_long_texts_and_lists_have_nothing_to_mend_either():
    long = make_cases(4, seed=3, carriers=PACKAGES, attachments=2, small=False, clauses=Clauses())
    for case in long:
        assert {severity for severity in issues(case).values()} <= {Severity.HINT.value}
        assert len(case.answers["standards"]) > 20


def test_no_two_units_share_a_name_a_code_a_number_or_a_sentence():
    clauses = Clauses()
    many = make_cases(120, seed=8, carriers=PACKAGES, attachments=0, small=True, clauses=clauses)
    for name in ("unit_name", "project_name", "uscc"):
        assert len({case.answers[name] for case in many}) == len(many)
    people = [
        case.answers[who] for case in many for who in ("legal_representative", "project_leader", "contact")
    ]
    assert len({one["name"] for one in people}) == len(people)
    phones = [one["mobile"] for one in people if "mobile" in one]
    assert len(set(phones)) == len(phones)
    sentences = Counter(
        sentence
        for case in many
        for name in ("background", "supervision", "replication", "unit_introduction")
        for sentence in set(case.answers[name].replace("\n", "").split("。"))
        if len(sentence) > 12
    )
    assert sentences.most_common(1)[0][1] == 1


def test_regions_are_counties_of_the_province_and_codes_are_right():
    for case in ten():
        region = str(values_of(case.draft)["region"])
        assert region.startswith("43")
        assert (region_label(region) or "").startswith("湖南省")
        assert case.answers["uscc"][2:8] == region
        assert check_character(case.answers["uscc"]) == case.answers["uscc"][17]


def test_a_province_has_all_fields_and_several_kinds_of_units():
    many = cases(60, seed=1)
    assert {case.answers["pilot_field"] for case in many} == {"F1", "F2", "F3", "F4", "F5", "F6", "Z1", "Z2"}
    assert len({case.answers["unit_kind"] for case in many}) >= 5
    assert len({case.answers["region"] for case in many}) >= 30


def test_attachments_are_sound_and_no_two_are_the_same():
    files = [file for case in ten() for file in case.draft.files.values()]
    assert all(len(case.draft.files) == 10 for case in ten())
    assert len({attached.sha256 for attached, _ in files}) == len(files)
    for attached, content in files[:20]:
        assert attachment_of(attached.file_name, content) == attached


# -- defects ---------------------------------------------------------------------------------------


@cache
def seeded():
    """Units with all kinds of defects, each once or twice."""
    made = cases(130, seed=21)
    seed_defects(made, KINDS, Random(4))
    return tuple(made)


def test_there_are_more_than_forty_kinds_of_defects_and_clean_units_remain():
    names = {one.name for case in seeded() for one in case.seeded}
    assert names == set(KINDS)
    assert len(names) >= 40
    assert sum(not case.seeded for case in seeded()) >= 130 // 3 - 2


@pytest.mark.parametrize("name", [one.__name__ for one in defects_pack.DEFECTS])
def test_a_seeded_defect_is_what_the_checks_find_and_nothing_else(name):
    case = next(case for case in seeded() if any(one.name == name for one in case.seeded))
    found = issues(case)
    allowed = {code for one in case.seeded for code in one.also}
    wanted = {(one.code, one.path): one.severity for seed in case.seeded for one in seed.expected}
    assert wanted.keys() <= found.keys()
    assert all(not severity or found[where] == severity for where, severity in wanted.items())
    assert {code for code, path in found.keys() - wanted.keys()} <= allowed


@pytest.mark.parametrize("name", sorted(defects_desk.TWO_UNITS))
def test_a_defect_between_two_units_stands_with_both(name):
    first = next(case for case in seeded() if any(one.name == name for one in case.seeded))
    second = next(one for one in first.seeded if one.name == name).others[0]
    pair = (first, next(case for case in seeded() if case.number == second))
    seeds = [next(one for one in case.seeded if one.name == name) for case in pair]
    assert {seeds[0].others, seeds[1].others} == {(pair[0].number,), (pair[1].number,)}
    what = {
        "same_code_twice": lambda case: case.answers["uscc"],
        "same_representative": lambda case: case.answers["legal_representative"]["name"],
        "same_phone_twice": lambda case: case.answers["contact"]["mobile"],
        "copied_from_another": lambda case: case.answers["feedback"][-40:],
    }[name]
    assert what(pair[0]) == what(pair[1])


@pytest.mark.parametrize("name", sorted(defects_desk.TWO_UNITS))
def test_a_defect_between_two_units_is_none_for_the_checks_of_one(name):
    for case in [case for case in seeded() if any(one.name == name for one in case.seeded)][:2]:
        allowed = {code for one in case.seeded for code in one.also}
        assert {code for code, _ in issues(case)} <= allowed


# -- what is handed in -----------------------------------------------------------------------------


def test_the_same_seed_gives_the_same_files_and_another_seed_gives_others(tmp_path):
    kinds = ("wrong_check_character", "former_pilot", "two_packages")
    made = {
        name: make_province(tmp_path / name, 8, seed=seed, carriers=PACKAGES, attachments=3, defects=kinds)
        for name, seed in (("a", 1), ("b", 1), ("c", 2))
    }
    assert made["a"] == made["b"]
    assert digests(tmp_path / "a") == digests(tmp_path / "b")
    assert not digests(tmp_path / "a").keys() & digests(tmp_path / "c").keys()


def test_the_truth_names_every_file_and_the_facts_of_every_package(tmp_path):
    truth = make_province(tmp_path / "in", 6, carriers=PACKAGES, attachments=10, defects=False)
    places = {place.partition(INTO)[0] for unit in truth.units for place in unit.files}
    assert places == digests(tmp_path / "in").keys()
    for unit in truth.units:
        if INTO in unit.files[0]:
            continue
        package = read_package(tmp_path / "in" / unit.files[0])
        assert facts_of(package.values) == unit.facts
        assert len(package.files) == unit.attachments == 10
    assert len(truth.former) == 60
    assert len(FORMER_HEADS) == 5


def test_names_in_archives_are_gbk_or_utf_8(tmp_path):
    for gbk in (True, False):
        target = tmp_path / "a.zip"
        target.write_bytes(zipped({"单位/申报书.docx": b"content"}, gbk=gbk))
        with zipfile.ZipFile(target) as archive:
            one = archive.infolist()[0]
            assert bool(one.flag_bits & 0x800) is not gbk
            name = one.filename.encode("cp437").decode("gbk") if gbk else one.filename
            assert name == "单位/申报书.docx"
            assert archive.read(one) == b"content"


def test_printed_foreign_and_spoiled_files_are_what_they_are_said_to_be(tmp_path):
    case, other, *_ = cases(3, seed=13)
    defects_desk.word_edited(case, [other])
    staged, (code, _) = stage(case, tmp_path)
    word = next(content for name, content in staged.items() if name.endswith(".docx"))
    (tmp_path / "edited.docx").write_bytes(word)
    assert OpenedDocx.open(tmp_path / "edited.docx")
    assert "2027年度工作小结" in zipfile.ZipFile(tmp_path / "edited.docx").read("word/document.xml").decode()
    assert len(code) == 9
    assert stage(case, tmp_path)[0].keys() == staged.keys()  # from the cache
    other.kind = "foreign"
    staged, (_, placed) = stage(other)
    (tmp_path / "foreign.docx").write_bytes(next(iter(staged.values())))
    with zipfile.ZipFile(tmp_path / "foreign.docx") as archive:
        assert all(b"pilotdesk" not in archive.read(name).lower() for name in archive.namelist())
    assert "unit_name" in placed
    assert len(staged) >= 5


def test_damaged_locked_and_double_packages(tmp_path):
    first, second, third, *others = cases(6, seed=17)
    defects_desk.package_locked(first, others)
    defects_desk.two_packages(second, others)
    first.kind = "pilot"
    (tmp_path / "locked.pilot").write_bytes(next(iter(stage(first)[0].values())))
    with pytest.raises(PackageError) as caught:
        read_package(tmp_path / "locked.pilot")
    assert caught.value.code == "package_locked"
    assert read_package(tmp_path / "locked.pilot", first.password).values == package_of(first.draft).values
    for name, content in stage(second)[0].items():
        (tmp_path / name).write_bytes(content)
    assert sorted(read_package(tmp_path / name).revision for name in stage(second)[0]) == [1, 2]
    defects_desk.attachment_damaged(third, others)
    broken = [content for _, content in third.draft.files.values() if content.startswith(b"%PDF-1.7\nunit")]
    assert len(broken) == 1


def test_the_hostile_folder_has_its_traps_and_touches_nothing_outside(tmp_path):
    made = make_hostile(tmp_path / "in", empty_files=20)
    assert made.outside.read_text("utf-8") == SECRET
    places = {path.relative_to(tmp_path / "in").as_posix() for path in (tmp_path / "in").iterdir()}
    assert {trap.place.partition("/")[0] for trap in made.traps} <= places
    assert len(made.traps) >= 35
    assert read_package(tmp_path / "in" / made.sound).values
    with pytest.raises(zipfile.BadZipFile):
        zipfile.ZipFile(tmp_path / "in" / "断了的.zip")
    (tmp_path / "in" / "读不了.pilot").chmod(0o600)
