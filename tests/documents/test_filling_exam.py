"""The examiner itself is examined: truths agree with their templates, a perfect filler gets full marks, a bad one none."""

from __future__ import annotations

from copy import deepcopy

import pytest
from lxml import etree

from tests.data.templates.answers import accepted, answers
from tests.documents import filling_exam as exam
from tests.documents import filling_kit as kit

PATHS = exam.templates()
NAMES = [path.stem for path in PATHS]
W = kit.W


def expected(form: str, place: dict, number: int = 0) -> str:
    writings = place.get("accept") or accepted(form, place["path"].partition("#")[0])
    return writings[number] if writings else place.get("shown", "")


def with_text(element: etree._Element, text: str) -> None:
    """Put a text into a cell or paragraph, whatever stood there."""
    par = kit.paragraphs_of(element)[0] if element.tag == kit.TC else element
    for child in list(par):
        if not child.tag.endswith("}pPr"):
            par.remove(child)
    run = etree.SubElement(par, f"{{{W}}}r")
    etree.SubElement(run, f"{{{W}}}t").text = text
    for other in kit.paragraphs_of(element)[1:] if element.tag == kit.TC else []:
        other.getparent().remove(other)


def filled_by_the_truth(truth: exam.Truth) -> bytes:
    root = kit.root_of(truth.content)
    places = [(kit.at(root, container["at"]), container) for container in truth.containers]
    tables = [(kit.at(root, rows["at"]), rows) for rows in truth.rows]
    for element, container in places:
        text = container["text"]
        for number, place in enumerate(container["place"]):
            text = text.replace(f"{{{number}}}", expected(truth.form, place))
        with_text(element, text)
    for first, rows in tables:
        all_rows = kit.rows_of(kit.nearest(first, kit.TBL))
        ready = all_rows[all_rows.index(first) :][: rows["blank"]]
        for number in range(len(answers(truth.form)[rows["path"]])):
            if number >= len(ready):
                ready.append(deepcopy(ready[-1]))
                ready[-2].addnext(ready[-1])
            for cell, column in zip(kit.cells_of(ready[number]), rows["columns"], strict=True):
                writings = accepted(truth.form, f"{rows['path']}.{column}", number) if column else []
                with_text(cell, str(number + 1) if column == "#" else writings[0] if writings else "")
    return kit.replaced(truth.content, root)


@pytest.mark.parametrize("path", PATHS, ids=NAMES)
def test_a_truth_says_what_stands_in_its_template(path):
    truth = exam.Truth.read(path)
    root = kit.root_of(truth.content)
    for container in truth.containers:
        text = container["text"]
        for number, place in enumerate(container["place"]):
            text = text.replace(f"{{{number}}}", place.get("shown", ""))
        assert kit.norm(text) == kit.norm(kit.text_of(kit.at(root, container["at"]))), container["at"]
    for rows in truth.rows:
        first = kit.at(root, rows["at"])
        assert len(kit.cells_of(first)) == len(rows["columns"])


@pytest.mark.timeout(300)
@pytest.mark.parametrize("path", PATHS, ids=NAMES)
def test_a_perfect_filler_gets_full_marks_and_an_idle_one_none(path):
    truth = exam.Truth.read(path)
    perfect = exam.examine(truth, filled_by_the_truth(truth))
    assert perfect.states().keys() == {exam.RIGHT}, [
        one for one in perfect.counted() if one.state != exam.RIGHT
    ]
    assert perfect.skeleton
    assert not perfect.touched
    assert set(perfect.parts) == truth.margins.keys()  # the perfect filler only knows the body
    idle = exam.examine(truth, truth.content)
    assert idle.states().keys() == {exam.MISSING}, [
        one for one in idle.counted() if one.state != exam.MISSING
    ]
    assert idle.skeleton


def test_a_value_in_a_place_of_nobody_is_seen():
    truth = exam.Truth.read(exam.TEMPLATES / "01-plain-pairs.docx")
    root = kit.root_of(filled_by_the_truth(truth))
    with_text(kit.at(root, "T0/R9/C1"), "13800000035")  # 银行账号
    report = exam.examine(truth, kit.replaced(truth.content, root))
    assert len(report.touched) == 1
    assert not report.skeleton


def test_two_values_that_changed_places_are_seen():
    truth = exam.Truth.read(exam.TEMPLATES / "02-six-columns-lo.docx")
    root = kit.root_of(filled_by_the_truth(truth))
    leader, contact = (next(one["at"] for one in truth.containers if one["place"][0]["path"] == f"{who}.mobile")
                       for who in ("project_leader", "contact"))  # fmt: skip
    with_text(kit.at(root, leader), "13800000035")
    with_text(kit.at(root, contact), "13800000021")
    report = exam.examine(truth, kit.replaced(truth.content, root))
    assert {one.path for one in report.wrong()} == {"project_leader.mobile", "contact.mobile"}


def test_a_border_that_changed_is_seen():
    truth = exam.Truth.read(exam.TEMPLATES / "18-heads-of-two-rows.docx")
    root = kit.root_of(filled_by_the_truth(truth))
    next(root.iter(f"{{{W}}}tblBorders"))[0].set(f"{{{W}}}sz", "12")
    assert not exam.examine(truth, kit.replaced(truth.content, root)).skeleton


def test_a_row_that_was_lost_is_seen():
    truth = exam.Truth.read(exam.TEMPLATES / "17-repeating-rows.docx")
    root = kit.root_of(filled_by_the_truth(truth))
    row = kit.at(root, truth.rows[1]["at"])
    row.getparent().remove(row.getnext())
    states = exam.examine(truth, kit.replaced(truth.content, root)).states()
    assert states[exam.WRONG] + states[exam.UNTIDY] >= 4
