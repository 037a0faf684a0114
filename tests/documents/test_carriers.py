"""What a Word file or PDF says of itself, and whether it is still what it was."""

from __future__ import annotations

import re
import shutil
import subprocess
import zipfile
from datetime import date

import pytest

from pilotdesk.documents.carriers import read_carrier
from pilotdesk.documents.digest import canonical, digest_of, is_code
from pilotdesk.documents.export import export_documents
from pilotdesk.documents.pdf import write_pdf
from pilotdesk.documents.word import write_docx
from pilotdesk.errors import ExportError, PackageError
from pilotdesk.projects import outlines_of, sample_package, session_of_package
from tests.documents import outlines
from tests.documents.word_outlines import maximal, small

TODAY = date(2026, 6, 12)
FORMS = ("application", "summary_2027", "summary_2028", "self_assessment")


def written(outline, folder):
    word, pdf = folder / "form.docx", folder / "form.pdf"
    write_docx(outline, word, pages=None)
    write_pdf(outline, pdf)
    return word, pdf


def rewritten(path, change, *, part="word/document.xml"):
    """The file with one part changed by a function from text to text."""
    with zipfile.ZipFile(path) as source:
        parts = {name: source.read(name) for name in source.namelist()}
    before = parts[part].decode()
    parts[part] = change(before).encode()
    assert parts[part].decode() != before
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in parts.items():
            target.writestr(name, content)
    return path


@pytest.fixture(scope="module", params=FORMS)
def exported(request, tmp_path_factory):
    """Outlines of a form of the sample, and the files made of them: document by document, Word and PDF."""
    session = session_of_package(sample_package(request.param), TODAY)
    made = outlines_of(session, draft=False)
    result = export_documents(made, tmp_path_factory.mktemp("kit"))
    return [(outline, file.path) for outline in made for file in result.files if _is_of(file, outline)]


def _is_of(file, outline):
    return file.path.name.startswith(f"{outline.name}_")


def test_every_document_of_the_sample_gives_its_answers_and_code_back_from_both_carriers(exported):
    assert {path.suffix for _, path in exported} == {".docx", ".pdf"}
    for outline, path in exported:
        carrier = read_carrier(path)
        expected = {answer.path: seen for answer in outline.printed if (seen := canonical(answer.text))}
        assert carrier.answers == expected
        assert carrier.digest == digest_of(outline)
        assert carrier.unchanged
        assert carrier.changed == ()
        assert is_code(carrier.digest)
        assert (carrier.identity.form, carrier.identity.document) == (
            outline.origin.form,
            outline.origin.document,
        )
        assert carrier.identity.draft  # the sample is never a final version
        assert carrier.identity.code == ""


@pytest.mark.parametrize(
    "outline", [small(), outlines.draft(small()), maximal()], ids=["final", "draft", "maximal"]
)
def test_word_and_pdf_hold_the_same_text(outline, tmp_path):
    word, pdf = map(read_carrier, written(outline, tmp_path))
    assert word.answers == pdf.answers
    assert word.digest == pdf.digest == digest_of(outline)
    assert word.identity == pdf.identity
    assert word.identity.code == outline.check_code


def test_a_changed_word_is_seen_and_named(tmp_path):
    word, _ = written(small(), tmp_path)
    rewritten(word, lambda text: text.replace("省级试点", "国家级试点", 1))
    carrier = read_carrier(word)
    assert not carrier.unchanged
    assert carrier.changed == ("earlier",)
    assert carrier.answers["earlier"] == "国家级试点"


def test_a_deleted_answer_is_seen_and_named(tmp_path):
    word, _ = written(small(), tmp_path)
    rewritten(word, lambda text: text.replace("省级试点", "", 1))
    assert read_carrier(word).changed == ("earlier",)


def test_layout_does_not_count(tmp_path):
    word, _ = written(small(), tmp_path)
    rewritten(word, lambda text: text.replace("<w:p>", '<w:p><w:pPr><w:jc w:val="right"/></w:pPr>'))
    rewritten(word, lambda text: re.sub(r"<w:tcW [^>]*/>", '<w:tcW w:w="900" w:type="dxa"/>', text))
    rewritten(word, lambda text: text.replace("仿宋", "微软雅黑"), part="word/styles.xml")
    assert read_carrier(word).unchanged


def test_attachments_and_the_version_of_the_form_count(tmp_path):
    from dataclasses import replace

    plain = small()
    codes = {
        digest_of(plain),
        digest_of(replace(plain, origin=replace(plain.origin, version=2))),
        digest_of(replace(plain, origin=replace(plain.origin, attachments=("ab" * 32,)))),
    }
    assert len(codes) == 3


def test_a_property_that_was_turned_does_not_help(tmp_path):
    """Who changes the text and forgets the properties, or the other way round, is found."""
    word, _ = written(small(), tmp_path)
    other = read_carrier(word).digest
    rewritten(word, lambda text: text.replace(other, "K7Q4-2M9X"), part="docProps/custom.xml")
    assert not read_carrier(word).unchanged


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_saving_in_libreoffice_changes_neither_answers_nor_code(exported, tmp_path):
    words = [path for _, path in exported if path.suffix == ".docx"]
    command = ["soffice", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless"]
    command += [
        "--convert-to",
        "docx:MS Word 2007 XML",
        "--outdir",
        str(tmp_path / "saved"),
        *map(str, words),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=280)
    for path in words:
        before, after = read_carrier(path), read_carrier(tmp_path / "saved" / path.name)
        assert after.unchanged
        assert after.answers == before.answers


# -- files of others -------------------------------------------------------------------------------


def test_files_of_others_are_refused_by_name(tmp_path):
    from reportlab.pdfgen.canvas import Canvas

    pdf = tmp_path / "letter.pdf"
    canvas = Canvas(str(pdf))
    canvas.drawString(72, 72, "letter")
    canvas.save()
    (tmp_path / "a.txt").write_text("x")
    (tmp_path / "b.pdf").write_bytes(b"%PDF-1.7 torn")
    with pytest.raises(PackageError) as caught:
        read_carrier(pdf)
    assert caught.value.code == "pdf_foreign"
    assert "letter.pdf" in str(caught.value)
    with pytest.raises(PackageError) as caught:
        read_carrier(tmp_path / "a.txt")
    assert caught.value.code == "carrier_kind"
    with pytest.raises(ExportError):
        read_carrier(tmp_path / "b.pdf")
