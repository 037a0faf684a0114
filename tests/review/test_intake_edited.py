"""Word files of ours that somebody changed: what stands in them now is what counts."""

from __future__ import annotations

import copy as copies

import docx
import pytest
from docx.oxml.ns import qn

from pilotdesk.documents.word.marks import mark_name
from pilotdesk.review.records import Agreement
from tests.review.intake_kit import Told, copy, sample

TABLE = "policy_basis"


def rows_of(root, row_ids, column):
    """The rows of a table in the file, by the bookmarks of one column."""
    marks = {mark_name(f"{TABLE}[{row_id}].{column}"): row_id for row_id in row_ids}
    found = {}
    for start in root.iter(qn("w:bookmarkStart")):
        row_id = marks.get(start.get(qn("w:name")))
        if row_id:
            found[row_id] = next(start.iterancestors(qn("w:tr")))
    return found


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    """A file with one row taken out, one put in, and the number of staff changed."""
    folder = tmp_path_factory.mktemp("edited")
    path = copy("a.docx", folder / "a.docx")
    document = docx.Document(path)
    root = document.element.body
    ids = [row.id for row in sample().values[TABLE]]
    column = next(iter(sample().values[TABLE][0].cells))
    rows = rows_of(root, ids, column)
    added = copies.deepcopy(rows[ids[0]])
    for mark in [*added.iter(qn("w:bookmarkStart"), qn("w:bookmarkEnd"))]:
        mark.getparent().remove(mark)
    max(added.iter(qn("w:t")), key=lambda text: len(text.text or "")).text = "新添的一行"
    rows[ids[0]].addnext(added)
    rows[ids[1]].getparent().remove(rows[ids[1]])
    start = next(
        one for one in root.iter(qn("w:bookmarkStart")) if one.get(qn("w:name")) == mark_name("staff_count")
    )
    texts = [*next(start.iterancestors(qn("w:tc"))).iter(qn("w:t"))]
    texts[0].text = "91人"
    for text in texts[1:]:
        text.text = ""
    document.save(path)
    return Told([folder]).only


def test_changed_answers_and_rows_put_in_and_taken_out_are_read(told):
    before = sample().values[TABLE]
    now = told.values[TABLE]
    assert told.values["staff_count"] == 91
    assert before[1].id not in {row.id for row in now}
    assert len(now) == len(before)
    assert now[0].id == before[0].id
    assert any("新添的一行" in str(cell) for cell in now[1].cells.values())


def test_what_nobody_touched_is_as_it_was(told):
    values = sample().values
    for name in ("unit_name", "uscc", "directions", "build_period", "summary"):
        assert told.values[name] == values[name]
    assert len(told.values["standards"]) == len(values["standards"])


def test_it_is_told_that_somebody_changed_it(told):
    assert told.agreement is Agreement.CHANGED
    assert told.findings
