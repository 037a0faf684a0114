"""Every visible answer of every form counts in the 校验码, and nothing else does."""

from __future__ import annotations

from functools import partial
from types import MappingProxyType

import msgspec
import pytest

from pilotdesk.documents.carriers import read_carrier
from pilotdesk.documents.digest import canonical, digest_of
from pilotdesk.documents.pdf import write_pdf
from pilotdesk.documents.word import write_docx
from pilotdesk.forms.values import Attachment, Row, cell_path
from pilotdesk.projects import outlines_of
from pilotdesk.session import Session
from tests.contract.filler import Filler
from tests.contract.test_every_field import (
    FORMS,
    NEVER_PRINTED,
    PRINTED_BY_NEED,
    TODAY,
    session_of,
    variants,
    variants_that_ask_everything,
)


def decides(part, path):
    """Whether other fields may be asked by this answer; a cell decides within its row at most."""
    return part.type in {"choice", "dependent_choice", "multi_choice"} and "[" not in path


def codes(session):
    """The code of every document of a session."""
    return {outline.origin.document: digest_of(outline) for outline in outlines_of(session, draft=True)}


def other(filler, field, value):
    """A value of the field that reads differently."""
    if field.type in {"choice", "dependent_choice", "multi_choice"}:
        names = [choice.name for choice in filler.form.lists[field.choices]]
        if field.type == "choice":
            return next((name for name in names if name != value), None)
        return value[:-1] or tuple(name for name in names if name not in value)[:1]
    if field.type == "region":
        return "110101"
    if field.type == "month_range":
        return msgspec.structs.replace(value, start="2026-11")
    for _ in range(3):
        made = filler.scalar(field)
        if made != value:
            return made
    raise AssertionError(field.name)


def places(session, name):
    """Field, value, path, and how to put another value: for a field, each of its parts, or each column of its last row."""
    field = session.form.fields[name]
    if field.parts:
        for part in field.parts:
            path = f"{name}.{part.name}"
            yield part, session.values.get(path), path, partial(put_plain, path)
    elif field.columns:
        rows = session.rows(name)
        for column in field.columns if rows else ():
            if not (column.calculation or column.fixed):
                path = cell_path(name, rows[-1].id, column.name)
                yield column, rows[-1].cells.get(column.name), path, partial(put_cell, name, column.name)
    else:
        yield field, session.values.get(name), name, partial(put_plain, name)


def put_plain(path, value, _values):
    return {path: value}


def put_cell(table, column, value, values):
    *rows, last = values[table]
    return {table: (*rows, Row(last.id, MappingProxyType({**last.cells, column: value}), last.parent))}


def printed(session):
    """Path to canonical text, and the documents that print it together, of everything that is printed."""
    found = {}
    for outline in outlines_of(session, draft=True):
        for answer in outline.printed:
            found.setdefault(answer.path, set()).add((outline.origin.document, canonical(answer.text)))
    return found


def with_values(session, values):
    return Session(session.pack, session.form.head.name, values, today=TODAY)


def is_asked(session, name):
    field = session.form.fields[name]
    group = next(g for s in session.form.steps for g in s.group if field in g.field)
    return session.is_relevant(name) and session.is_relevant(f"group:{group.name}")


def is_seen(session, name, part):
    field = session.form.fields[name]
    if field.type in NEVER_PRINTED or "none" in {field.print.layout, part.print.layout}:
        return False
    return (name, part.name) not in PRINTED_BY_NEED


@pytest.mark.parametrize(("pack_name", "form_name"), FORMS)
def test_every_answer_that_is_printed_changes_the_code(pack_name, form_name):
    """All that does not decide over others is changed at once, and seen where it stands; the rest one by one."""
    kept = []
    for session in variants_that_ask_everything(pack_name, form_name):
        filler, before = Filler(session.form, count=50_000), printed(session)
        seen = [
            (part, value, path, put)
            for name, field in session.form.fields.items()
            if not field.calculation and is_asked(session, name)
            for part, value, path, put in places(session, name)
            if value is not None and is_seen(session, name, part)
        ]
        values = dict(session.values)
        for part, value, path, put in seen:
            if not decides(part, path):
                values |= put(other(filler, part, value), values)
        after = printed(with_values(session, values))
        codes_before = codes(session)
        for part, value, path, put in seen:
            if not decides(part, path) and path in before and before[path] != after.get(path):
                continue
            changed = with_values(
                session, {**session.values, **put(other(filler, part, value), session.values)}
            )
            if codes(changed) == codes_before:
                kept.append((path, part.type))
    assert kept == []


@pytest.mark.parametrize(("pack_name", "form_name"), FORMS)
def test_what_is_not_asked_does_not_count(pack_name, form_name):
    tried = 0
    for session in variants(pack_name, form_name):
        values, filler = dict(session.values), Filler(session.form, count=70_000)
        for name, field in session.form.fields.items():
            if field.calculation or session.is_relevant(name):
                continue
            for part, value, _, put in places(session, name):
                if value is not None:
                    values |= put(other(filler, part, value), values)
                    tried += 1
        again = with_values(session, values)
        irrelevant = {name for name in session.form.fields if not session.is_relevant(name)}
        if irrelevant == {name for name in session.form.fields if not again.is_relevant(name)}:
            assert codes(again) == codes(session)
    assert tried or form_name != "application"


@pytest.mark.parametrize(("pack_name", "form_name"), FORMS)
def test_rows_added_deleted_and_swapped_change_the_code(pack_name, form_name):
    session = session_of(pack_name, form_name)
    filler, before = Filler(session.form, count=90_000), codes(session)
    for name, field in session.form.fields.items():
        rows = session.rows(name) if field.columns else ()
        if (
            field.calculation
            or field.fixed_rows
            or field.type == "tree"
            or len(rows) < 2
            or not is_asked(session, name)
            or field.print.layout == "none"
        ):
            continue
        for changed in ((rows[1], rows[0], *rows[2:]), rows[:-1], (*rows, filler.row(field))):
            again = Session(session.pack, form_name, {**session.values, name: changed}, today=TODAY)
            assert codes(again) != before, name


@pytest.mark.parametrize(("pack_name", "form_name"), FORMS)
def test_every_attached_file_counts(pack_name, form_name):
    session = session_of(pack_name, form_name)
    before = codes(session)
    for name, field in session.form.fields.items():
        value = session.values.get(name)
        if field.type != "attachment" or not value or not is_asked(session, name):
            continue
        old = value[0]
        same_name = Attachment("ff" * 32, old.file_name, old.size, old.media_type, "", old.pages)
        again = Session(session.pack, form_name, {**session.values, name: (same_name,)}, today=TODAY)
        assert codes(again) != before, name


@pytest.mark.parametrize(("pack_name", "form_name"), FORMS)
def test_word_and_pdf_give_the_code_of_their_own_answers(pack_name, form_name, tmp_path):
    word, pdf = tmp_path / "a.docx", tmp_path / "a.pdf"
    found = []
    for count in (0, 4_000):
        for outline in outlines_of(session_of(pack_name, form_name, count=count), draft=False):
            write_docx(outline, word, pages=None)
            write_pdf(outline, pdf)
            read = read_carrier(word), read_carrier(pdf)
            assert read[0].answers == read[1].answers
            assert {carrier.digest for carrier in read} == {digest_of(outline)}
            assert all(carrier.unchanged for carrier in read)
            found.append(read[0].digest)
    assert len(set(found)) == len(found)
