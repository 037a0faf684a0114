"""Word and PDF of every document of every form, sample and maximal: valid, whole, embedded, named, the same every time."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import date
from functools import cache
from itertools import chain

import pikepdf
import pytest
from openxml_audit import OpenXmlValidator

from pilotdesk.documents.carriers import read_carrier
from pilotdesk.documents.export import export_documents
from pilotdesk.documents.pdf import read_pdf_text
from pilotdesk.drafts.package import write_package
from pilotdesk.forms.shipped import load_shipped, shipped_packs
from pilotdesk.projects import outlines_of, sample_package, session_of_package
from tests.contract.test_every_field import maximal

TODAY = date(2026, 6, 12)
FORMS = [
    pytest.param((pack, form, kind), id=f"{form}-{kind}")
    for pack in shipped_packs()
    for form in load_shipped(pack).forms
    for kind in ("sample", "maximal")
]
IN_FRONT = {"封面", "目录", "填写说明"}
FONT_FILES = ("/FontFile", "/FontFile2", "/FontFile3")


@pytest.fixture(scope="module", params=FORMS)
def exported(request, tmp_path_factory):
    """Outlines and their files, by kind of file."""
    pack, form, kind = request.param
    if kind == "sample":
        package = sample_package(form)
        session, content = session_of_package(package, TODAY), package.files.get
    else:
        session, content = maximal(pack, form), None
    outlines = outlines_of(session, draft=kind == "sample")
    made = export_documents(outlines, tmp_path_factory.mktemp(form), content=content)
    return outlines, {kind: [f.path for f in made.files if f.kind == kind] for kind in ("docx", "pdf")}


@pytest.fixture
def pdfs(exported):
    opened = [pikepdf.open(path) for path in exported[1]["pdf"]]
    yield opened
    for pdf in opened:
        pdf.close()


@cache
def carried(path):
    """What a file of :func:`exported` says when it is read back; several tests look at it."""
    return read_carrier(path)


def fonts_of(resources):
    """Every font that a page, a form or a pattern of these resources may show text in."""
    yield from resources.get("/Font", {}).values()
    for inner in chain(resources.get("/XObject", {}).values(), resources.get("/Pattern", {}).values()):
        if "/Resources" in inner:
            yield from fonts_of(inner.Resources)


def test_word_files_are_valid(exported):
    for path in exported[1]["docx"]:
        assert [str(error) for error in OpenXmlValidator().validate(str(path)).errors] == []


def test_pdf_files_have_no_fault(pdfs):
    for pdf in pdfs:
        assert pdf.check_pdf_syntax() == []


def test_every_font_is_embedded_and_says_which_signs_it_shows(pdfs):
    for pdf in pdfs:
        fonts = [font for page in pdf.pages for font in fonts_of(page.get("/Resources", {}))]
        assert fonts
        for font in fonts:
            inner = font.DescendantFonts[0] if "/DescendantFonts" in font else font
            assert any(name in inner.FontDescriptor for name in FONT_FILES), font.BaseFont
            assert "/ToUnicode" in font


def test_bookmarks_lead_to_every_part(exported, pdfs):
    for outline, pdf in zip(exported[0], pdfs, strict=True):
        with pdf.open_outline() as tree:
            titles = [entry.title for entry in tree.root]
        parts = [block.text for block in outline.blocks if getattr(block, "level", 0) == 1]
        assert [title for title in titles if title not in IN_FRONT] == parts


def test_files_say_what_they_are(exported, pdfs):
    for n, (outline, pdf) in enumerate(zip(exported[0], pdfs, strict=True)):
        assert str(pdf.docinfo["/Title"]).strip()
        assert str(pdf.docinfo["/Author"]) == outline.unit
        assert pdf.Root.Lang == "zh-CN"
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        identities = [carried(path).identity for path in (exported[1]["docx"][n], exported[1]["pdf"][n])]
        assert identities[0] is not None
        assert {(one.round, one.form, one.document, one.code) for one in identities} == {
            (outline.origin.round, outline.origin.form, outline.origin.document, outline.check_code)
        }


def test_text_is_that_of_the_answers(exported):
    for n, outline in enumerate(exported[0]):
        carriers = [carried(exported[1][kind][n]) for kind in ("docx", "pdf")]
        assert carriers[0].answers.keys() >= {answer.path for answer in outline.answers}
        assert dict(carriers[0].answers) == dict(carriers[1].answers)
        assert all(carrier.unchanged for carrier in carriers)


def test_only_final_versions_carry_a_code(exported):
    for outline, path in zip(exported[0], exported[1]["pdf"], strict=True):
        with pikepdf.open(path) as pdf:
            pages = len(pdf.pages)
        text = read_pdf_text(path).text
        if outline.draft:
            assert "校验码" not in text
            assert not outline.check_code
        else:
            assert text.count(f"校验码 {outline.check_code}") >= pages


HASHES = """
import hashlib, sys
from datetime import date
from pathlib import Path
from pilotdesk.documents.export import export_documents
from pilotdesk.drafts.package import read_package
from pilotdesk.projects import outlines_of, session_of_package
for name in sys.argv[2:]:
    package = read_package(Path(name))
    session = session_of_package(package, date(2026, 6, 12))
    folder = Path(sys.argv[1], Path(name).stem)
    made = export_documents(outlines_of(session, draft=True), folder, content=package.files.get)
    for file in made.files:
        print(file.path.name, hashlib.sha256(file.path.read_bytes()).hexdigest())
"""
PLACES = (
    {"PYTHONHASHSEED": "1", "LC_ALL": "C", "TZ": "Pacific/Kiritimati"},
    {"PYTHONHASHSEED": "77", "LC_ALL": "C.UTF-8", "TZ": "America/Los_Angeles"},
)


def test_bytes_depend_on_the_answers_only(tmp_path):
    """Two programs with other seeds, languages and clocks write the same files."""
    forms = [tmp_path / f"{form}.pilot" for form in load_shipped("2026").forms]
    for file in forms:
        write_package(sample_package(file.stem), file)
    running = [
        subprocess.Popen(
            [sys.executable, "-X", "utf8", "-c", HASHES, str(tmp_path / str(n)), *map(str, forms)],
            env={**os.environ, **place},
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )
        for n, place in enumerate(PLACES)
    ]
    printed = [program.communicate()[0] for program in running]
    assert printed[0] == printed[1]
    assert printed[0].count("\n") >= 2 * len(forms)
