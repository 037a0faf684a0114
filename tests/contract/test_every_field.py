"""Every field of every pack reaches every carrier: package, Word, PDF; and comes back."""

from __future__ import annotations

import bisect
import zipfile
from datetime import date
from types import MappingProxyType
from xml.etree import ElementTree

import pytest

from pilotdesk.documents.digest import normal_text
from pilotdesk.documents.export import export_documents
from pilotdesk.documents.pdf import read_pdf_text
from pilotdesk.drafts.package import read_package, write_package
from pilotdesk.forms.shipped import load_shipped, shipped_packs
from pilotdesk.forms.values import Row
from pilotdesk.projects import outlines_of, package_of, sample_package, session_of_package
from pilotdesk.session import Session
from tests.contract.filler import EMOJI, MARKUP, RARE, Filler

TODAY = date(2026, 6, 12)
FORMS = [(pack, form) for pack in shipped_packs() for form in load_shipped(pack).forms]
NEVER_PRINTED = {"statement", "signature"}

# Columns of the ledger of standards that only the rows of one 本次作用 print, in a table of their own.
PRINTED_BY_NEED = {("standards", "need_code"), ("standards", "remark")}

# Form to the rows of its longest tables, and the table and column of its longest cell.
SUMMARY = {"tasks_done": 60, "figures": 40, "found_needs": 40, "evidence": 300}
MAXIMAL = {
    "application": ({"standards": 300, "targets": 40}, ("problems", "problem")),
    "summary_2027": (SUMMARY, ("tasks_done", "reason")),
    "summary_2028": (SUMMARY, ("tasks_done", "reason")),
    "self_assessment": (
        {"standards_done": 300, "results": 40, "outcomes_done": 40, "evidence": 300},
        ("indicators", "narrative"),
    ),
}


def session_of(pack_name, form_name, **how):
    pack = load_shipped(pack_name)
    filler = Filler(pack.forms[form_name], **how)
    return Session(pack, form_name, filler.values(), today=TODAY)


def variants(pack_name, form_name):
    codes = [field.code for field in load_shipped(pack_name).round.pilot_field]
    for pick, code in enumerate(codes):
        for yes in (True, False):
            yield session_of(pack_name, form_name, pilot_field=code, yes=yes, pick=pick)


@pytest.mark.parametrize(("pack_name", "form_name"), FORMS)
def test_every_field_can_become_relevant(pack_name, form_name):
    """In one of the form's editions at least: the first year has a plan for the next, the last year none."""
    form = load_shipped(pack_name).forms[form_name]
    left = set(form.fields)
    for edition in form.head.edition or [form_name]:
        for session in variants(pack_name, edition):
            left -= {name for name in left if session.is_relevant(name)}
    assert left == set()


@pytest.mark.parametrize(("pack_name", "form_name"), FORMS)
def test_every_relevant_answer_is_in_the_outline(pack_name, form_name):
    for session in variants(pack_name, form_name):
        printed = {
            answer.path.split("[")[0]
            for outline in outlines_of(session, draft=True)
            for answer in outline.answers
        }
        for name, field in session.form.fields.items():
            if not session.is_relevant(name) or field.type in NEVER_PRINTED or field.print.layout == "none":
                continue
            group = next(g for s in session.form.steps for g in s.group if field in g.field)
            if not session.is_relevant(f"group:{group.name}"):
                continue
            if field.calculation and not session.value(name):
                continue
            paths = {f"{name}.{part.name}" for part in field.parts} or {name}
            assert paths <= printed, (name, field.type)


def variants_that_ask_everything(pack_name, form_name):
    """The fewest variants, greedily, in which every field that any variant asks is asked once."""
    asked = [
        (session, {name for name in session.form.fields if session.is_relevant(name)})
        for session in variants(pack_name, form_name)
    ]
    left = set().union(*(names for _, names in asked))
    while left:
        session, names = max(asked, key=lambda one: len(one[1] & left))
        left -= names
        yield session


@pytest.mark.parametrize(("pack_name", "form_name"), FORMS)
def test_every_printed_answer_is_in_word_and_pdf(pack_name, form_name, tmp_path):
    for number, session in enumerate(variants_that_ask_everything(pack_name, form_name)):
        check_carriers(session, tmp_path / str(number))


@pytest.mark.parametrize(("pack_name", "form_name"), FORMS)
def test_every_text_typed_into_a_table_is_printed(pack_name, form_name):
    """A column may be left out of its own table on paper, if another one has it: who changed a promise, and why."""
    for session in variants_that_ask_everything(pack_name, form_name):
        printed = "\n".join(
            answer.text for outline in outlines_of(session, draft=True) for answer in outline.answers
        )
        for name, field in session.form.fields.items():
            if not session.is_relevant(name) or field.calculation or field.print.layout == "none":
                continue
            for column in field.columns:
                typed = column.type in {"text", "longtext"} and not (column.fixed or column.calculation)
                if typed and (name, column.name) not in PRINTED_BY_NEED:
                    missing = [row.id for row in session.rows(name) if row.cells[column.name] not in printed]
                    assert missing == [], (name, column.name)


def check_carriers(session, folder):
    """Export, then look for every answer in both files by other means than the export's own read-back."""
    outlines = outlines_of(session, draft=True)
    files = iter([file.path for file in export_documents(outlines, folder).files])
    for outline in outlines:
        word_text = normal_text(word_words(next(files)))
        pdf_text = normal_text(read_pdf_text(next(files)).text)
        for answer in outline.answers:
            for line in map(normal_text, answer.text.split("\n")):
                assert line in word_text, answer.label
                assert pieces(line, pdf_text) <= 1 + len(line) // 250, answer.label
    return outlines


def word_words(docx):
    """The text of a Word file, and the descriptions of its figures, by nothing but a zip and an XML parser."""
    with zipfile.ZipFile(docx) as archive:
        document = ElementTree.fromstring(archive.read("word/document.xml"))
    words = (part.text or "" for part in document.iter() if part.tag.endswith("}t"))
    figures = (part.get("descr", "") for part in document.iter() if part.tag.endswith("}docPr"))
    return "".join(words) + "".join(figures)


def pieces(line, text):
    """Into how many runs the pages have broken a line: each page break may put a footer in between."""
    count = 0
    while line:
        longest = bisect.bisect_left(range(1, len(line) + 1), True, key=lambda size: line[:size] not in text)
        assert longest, line[:20]
        line = line[longest:]
        count += 1
    return count


def maximal(pack_name, form_name):
    """The rows of `MAXIMAL`, 10,000 characters in one cell, 900 in every long text."""
    rows, (table, column) = MAXIMAL[form_name]
    form = load_shipped(pack_name).forms[form_name]
    values = Filler(form, long=900).values()
    filler = Filler(form, count=100_000)
    values |= {
        name: tuple(filler.row(form.fields[name]) for _ in range(count)) for name, count in rows.items()
    }
    cell = "".join(chr(0x4E00 + at * 13 % 5000) for at in range(10_000)) + MARKUP + RARE + EMOJI
    first, *others = values[table]
    values[table] = (Row(first.id, MappingProxyType({**first.cells, column: cell})), *others)
    return Session(load_shipped(pack_name), form_name, values, today=TODAY)


def test_every_form_has_a_maximal_draft():
    assert {form_name for _, form_name in FORMS} == set(MAXIMAL)


@pytest.mark.parametrize(("pack_name", "form_name"), FORMS)
def test_the_maximal_draft_is_whole_in_word_and_pdf(pack_name, form_name, tmp_path):
    session = maximal(pack_name, form_name)
    answers = [answer for outline in check_carriers(session, tmp_path) for answer in outline.answers]
    assert max(len(answer.text) for answer in answers) > 10_000
    for name, count in MAXIMAL[form_name][0].items():
        printed = {answer.path.split("]")[0] for answer in answers if answer.path.startswith(f"{name}[")}
        assert len(printed) == count, name


@pytest.mark.parametrize(("pack_name", "form_name"), FORMS)
def test_a_package_brings_every_answer_back(pack_name, form_name, tmp_path):
    session = session_of(pack_name, form_name)
    write_package(package_of(session, {}), tmp_path / "a.pilot")
    again = session_of_package(read_package(tmp_path / "a.pilot"), TODAY)
    assert dict(again.values) == dict(session.values)
    assert again.all_issues() == session.all_issues()


def test_the_sample_has_nothing_to_mend():
    session = session_of_package(sample_package(), TODAY)
    assert [
        (issue.path, issue.what) for issue in session.all_issues() if issue.severity.value != "hint"
    ] == []


def test_the_sample_answers_every_field_that_is_asked():
    session = session_of_package(sample_package(), TODAY)
    answered = {path.split(".")[0] for path in session.values}
    unanswered = [
        name
        for name, field in session.form.fields.items()
        if session.is_relevant(name) and field.required is True and name not in answered
    ]
    assert unanswered == []
