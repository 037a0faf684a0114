"""A 统一社会信用代码 is broken at 8 + 10 in Word as in the PDF, and reads back as it was."""

from __future__ import annotations

import re
import shutil
import zipfile

import pytest

from pilotdesk.documents.carriers import read_carrier
from pilotdesk.documents.digest import digest_of
from pilotdesk.documents.edited import read_edited
from pilotdesk.documents.joints import JOINT, with_joints, without_joints
from pilotdesk.documents.pdf.breaking import JOINT as PLACE
from pilotdesk.documents.pdf.breaking import ranks
from pilotdesk.documents.readback import compare_docx, read_docx
from tests.documents.edited_kit import kept_session, resaved, written

CODE = "12361099MB0C650180"


@pytest.fixture(scope="module")
def word(tmp_path_factory):
    session = kept_session("application")
    path = tmp_path_factory.mktemp("word") / "own.docx"
    return session, written(session, "", path), path


def codes_in(path):
    with zipfile.ZipFile(path) as archive:
        body = archive.read("word/document.xml").decode()
    return set(re.findall(rf"[0-9A-Z]{{8}}{JOINT}?[0-9A-Z]{{10}}", re.sub("<[^>]*>", " ", body)))


def agrees(session, outline, path):
    assert codes_in(path)
    assert all(JOINT in code for code in codes_in(path))
    carrier = read_carrier(path)
    assert carrier.digest == digest_of(outline)
    assert carrier.unchanged
    assert not any(JOINT in text for text in read_docx(path).values())
    edits = read_edited(session.pack, session.form, session.freeze(), path)
    assert (edits.edits, edits.rows, edits.missing, edits.leftover) == ((), (), (), ())


def test_word_may_break_a_code_where_the_pdf_does_and_gives_it_back(word):
    session, outline, path = word
    agrees(session, outline, path)
    assert compare_docx(outline, path) == ()


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_the_place_outlives_libreoffice(word, tmp_path):
    session, outline, path = word
    (saved,) = resaved([path], tmp_path / "saved", tmp_path / "profile")
    agrees(session, outline, saved)


def test_only_credit_codes_have_such_a_place():
    assert with_joints(CODE) == f"{CODE[:8]}{JOINT}{CODE[8:]}"
    assert ranks(CODE)[8] == PLACE
    for text in ("0794-2000131", "A" + CODE, CODE + "7", "统一社会信用代码", "GB/T 39735—2020", ""):
        assert with_joints(text) == text
    text = f"县局（{CODE}）和中心（{CODE}）"
    assert without_joints(with_joints(text)) == text
    assert without_joints(f"a{JOINT}b") == f"a{JOINT}b"
