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


@pytest.mark.parametrize(("pack_name", "form_name"), FORMS)
def test_every_printed_answer_is_in_word_and_pdf(pack_name, form_name, tmp_path):
    session = session_of(pack_name, form_name)
    check_carriers(session, tmp_path)


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
    """300 standards, 40 targets, 10,000 characters in one cell."""
    session = session_of(pack_name, form_name, long=900)
    form = session.form
    filler = Filler(form, count=100_000)
    session.replace_rows("standards", tuple(filler.row(form.fields["standards"]) for _ in range(300)))
    session.replace_rows("targets", tuple(filler.row(form.fields["targets"]) for _ in range(40)))
    problems = form.fields["problems"]
    column = next(column for column in problems.columns if column.type in {"text", "longtext"})
    cell = "".join(chr(0x4E00 + at * 13 % 5000) for at in range(10_000)) + MARKUP + RARE + EMOJI
    rows = session.rows("problems")
    session.replace_rows(
        "problems", (Row(rows[0].id, MappingProxyType({**rows[0].cells, column.name: cell})), *rows[1:])
    )
    return session


def test_the_maximal_draft_is_whole_in_word_and_pdf(tmp_path):
    session = maximal("2026", "application")
    (outline,) = check_carriers(session, tmp_path)
    assert max(len(answer.text) for answer in outline.answers) > 10_000
    assert sum(answer.path.startswith("standards[") for answer in outline.answers) >= 300


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
