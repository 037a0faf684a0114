"""The same text from Word, PDF and package, whatever was typed, and however the Word file was laid out anew."""

from __future__ import annotations

import random
import re
import shutil
import subprocess
import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pilotdesk.documents.blocks import Body, Cell, PrintedAnswer, SealBlock, Table
from pilotdesk.documents.carriers import read_carrier
from pilotdesk.documents.digest import canonical, digest_of
from pilotdesk.documents.pdf import write_pdf
from pilotdesk.documents.word import write_docx
from pilotdesk.drafts.package import read_package, write_package
from pilotdesk.forms.shipped import load_shipped
from pilotdesk.projects import outlines_of, package_of, session_of_package
from pilotdesk.session import Session
from tests.documents import outlines
from tests.documents.test_carriers import rewritten
from tests.documents.word_outlines import small

TODAY = date(2026, 6, 12)
ODD = (
    "𠮷䶮㛃", "😀👩‍💻🏛️👍🏽", "ＡＢＣ１２３", "甲\t乙", "甲   乙", "甲\n\n\n乙", "甲\u00a0乙", "零\u200b宽\u2060字\ufeff",
    "\u202eRTL\u202c\u200f阿", "□甲☑乙", "☑", "□", "☑甲；□乙", "效率ﬁrst ﬂow ﬃ ﬆ", 'A<B & C>D "引" &amp; </w:t>', "e\u0301é",
    "Å\u212b", "a-b\u2010c\u2011d\u00ade", "x" * 300 + " " + "y" * 200, "字 " * 400, "甲〓乙", "\u3000\u3000段首",
    "行末 \n 行首", "a\r\nb\rc\vd\fe", "a\u2028b\u2029c\x85d", "ﾊﾝｶｸ", "㈠①Ⅳ㎡", "豈\uf900", "\U0002f800你", "(\\)", "）(", "<>",
    "ctrl\x01\x02x", "✓✔√■☐☒", "甲\n乙" * 30, "……——“”‘’", "한국어 العربية עברית", "\ue000私用", "end\ufffe\uffff.", "a\ud800b",
    " ", "\u2003em\u2009thin", "汉" * 10_000, "无", "—", "",
    "e\u0301 甲\n乙", "☑甲；\u212b", "\U0002f800 你", "豈\uf900 \ue000", "e\u200b\u0301 甲",
)  # fmt: skip
PIECES = st.sampled_from([text for text in ODD if len(text) < 60])
TEXTS = st.lists(PIECES | st.text(max_size=12), max_size=5).map("".join)


def printed(texts):
    """An outline with each text in a cell, a long cell, running text and above a seal."""
    rows = tuple(
        (
            Cell(text, "text", path=f"t[r_{number:08x}].c"),
            Cell(text, "longtext", "justify", path=f"t[r_{number:08x}].d"),
        )
        for number, text in enumerate(texts)
    )
    table = Table("表1-1", "表", (78.0, 78.0), ("c", "d"), rows, "t")
    bodies = tuple(Body(text, f"b{number}") for number, text in enumerate(texts))
    seals = tuple(
        SealBlock("意见", (), "l", "r", answer=text, path=f"s{number}")
        for number, text in enumerate(texts)
        if len(text) < 500
    )
    answers = [PrintedAnswer(cell.path, "x", cell.text) for row in rows for cell in row]
    answers += [PrintedAnswer(body.path, "x", body.text) for body in bodies]
    answers += [PrintedAnswer(seal.path, "x", seal.answer) for seal in seals]
    made = outlines.outline((table, *bodies, *seals))
    return replace(made, answers=tuple(answers), printed=tuple(answers))


def check(texts, folder):
    outline = printed(texts)
    wanted = {answer.path: seen for answer in outline.printed if (seen := canonical(answer.text))}
    write_docx(outline, folder / "a.docx", pages=None)
    write_pdf(outline, folder / "a.pdf")
    for carrier in map(read_carrier, (folder / "a.docx", folder / "a.pdf")):
        assert carrier.answers == wanted
        assert carrier.digest == digest_of(outline)
        assert carrier.changed == ()


def test_odd_texts_are_the_same_in_word_and_pdf(tmp_path):
    check(ODD, tmp_path)


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(TEXTS, min_size=4, max_size=12))
def test_any_text_is_the_same_in_word_and_pdf(tmp_path, texts):
    check(texts, tmp_path)


def test_odd_texts_are_the_same_from_a_package(tmp_path):
    session = Session(load_shipped("2026"), "application", {}, today=TODAY)
    fields = [
        field
        for field in session.form.fields.values()
        if field.type in {"text", "longtext"} and not field.calculation
    ]
    for number, text in enumerate(ODD):
        if text.strip() and "\ud800" not in text:
            session.set_value(fields[number % len(fields)].name, text, origin="test")
    write_package(package_of(session, {}), tmp_path / "a.pilot")
    again = session_of_package(read_package(tmp_path / "a.pilot"), TODAY)
    before, after = (outlines_of(one, draft=True) for one in (session, again))
    assert [digest_of(one) for one in before] == [digest_of(one) for one in after]


# -- laid out anew ---------------------------------------------------------------------------------


def split_runs(seed):
    """Every text cut into runs at random places, with the clutter that Word puts between."""
    chance = random.Random(seed)
    clutter = ('<w:proofErr w:type="spellStart"/>', "<w:lastRenderedPageBreak/>", "", "")

    def change(xml):
        def cut(match):
            properties, text = match[1] or "", match[2]
            pieces = re.findall(r"&[^;]+;|.", text, re.DOTALL)
            at = chance.randrange(1, len(pieces)) if len(pieces) > 1 else 0
            runs = ("".join(part) for part in (pieces[:at], pieces[at:]) if part)
            middle = chance.choice(clutter)
            inside, between = ("", middle) if "proofErr" in middle else (middle, "")
            return between.join(
                f'<w:r w:rsidR="00A{chance.randrange(9)}">{properties}{inside}'
                f'<w:t xml:space="preserve">{one}</w:t></w:r>'
                for one in runs
            )

        return re.sub(
            r'<w:r>(<w:rPr>(?:(?!</w:rPr>).)*</w:rPr>)?<w:t xml:space="preserve">([^<]*)</w:t></w:r>',
            cut,
            xml,
        )

    return change


MUTATIONS = {
    "fonts": lambda xml: xml.replace("<w:rPr>", '<w:rPr><w:rFonts w:ascii="宋体" w:eastAsia="微软雅黑"/>'),
    "sizes": lambda xml: xml.replace("<w:rPr>", '<w:rPr><w:sz w:val="52"/>'),
    "margins": lambda xml: re.sub(r"<w:pgMar [^>]*/>", '<w:pgMar w:top="300" w:left="300"/>', xml),
    "widths": lambda xml: re.sub(r"<w:tcW [^>]*/>", '<w:tcW w:w="900" w:type="dxa"/>', xml),
    "breaks": lambda xml: re.sub(
        r"(<w:p>(?:<w:pPr>(?:(?!</w:pPr>).)*</w:pPr>))", r'\1<w:r><w:br w:type="page"/></w:r>', xml
    ),
    "columns": lambda xml: re.sub(
        r"(<w:p>(?:<w:pPr>(?:(?!</w:pPr>).)*</w:pPr>))", r'\1<w:r><w:br w:type="column"/></w:r>', xml
    ),
    "runs 1": split_runs(1),
    "runs 2": lambda xml: split_runs(2)(split_runs(3)(xml)),
    "rsid": lambda xml: xml.replace("<w:p>", '<w:p w:rsidR="00AB12CD" w:rsidRDefault="00AB12CD">'),
    "inserted": lambda xml: re.sub(
        r"(<w:r>(?:(?!</w:r>|<w:r>).)*</w:r>)", r'<w:ins w:id="7" w:author="a">\1</w:ins>', xml
    ),
    "deleted": lambda xml: xml.replace(
        "</w:p>", '<w:del w:id="8" w:author="a"><w:r><w:delText>旧</w:delText></w:r></w:del></w:p>'
    ),
    "moved away": lambda xml: xml.replace(
        "</w:p>", '<w:moveFrom w:id="9" w:author="a"><w:r><w:t>旧</w:t></w:r></w:moveFrom></w:p>'
    ),
    "controls": lambda xml: re.sub(
        r"(<w:r>(?:(?!</w:r>|<w:r>).)*</w:r>)",
        r"<w:sdt><w:sdtPr><w:id w:val='5'/></w:sdtPr><w:sdtContent>\1</w:sdtContent></w:sdt>",
        xml,
    ),
    "comments": lambda xml: xml.replace(
        "</w:p>", '<w:commentRangeStart w:id="0"/><w:commentRangeEnd w:id="0"/></w:p>'
    ),
    "proof": lambda xml: xml.replace("<w:r>", '<w:proofErr w:type="gramStart"/><w:r>'),
    "hyperlinks": lambda xml: re.sub(
        r"(<w:r>(?:(?!</w:r>|<w:r>|fldChar|instrText).)*</w:r>)",
        r'<w:hyperlink w:anchor="x">\1</w:hyperlink>',
        xml,
    ),
    "hidden words": lambda xml: xml.replace("</w:p>", "<w:r><w:instrText>PAGE</w:instrText></w:r></w:p>"),
}


@pytest.fixture(scope="module")
def word(tmp_path_factory):
    outline = small()
    path = tmp_path_factory.mktemp("word") / "a.docx"
    write_docx(outline, path, pages=None)
    assert read_carrier(path).unchanged
    return path


@pytest.mark.parametrize("name", MUTATIONS)
def test_layout_changes_nothing(word, tmp_path, name):
    path = Path(shutil.copy(word, tmp_path))
    rewritten(path, MUTATIONS[name])
    carrier = read_carrier(path)
    assert carrier.changed == ()
    assert carrier.unchanged


def test_parts_packed_anew_change_nothing(word, tmp_path):
    with zipfile.ZipFile(word) as old, zipfile.ZipFile(tmp_path / "a.docx", "w", zipfile.ZIP_STORED) as new:
        for name in reversed(old.namelist()):
            new.writestr(name, old.read(name))
    assert read_carrier(tmp_path / "a.docx").unchanged


def test_a_pdf_written_anew_by_another_program_is_unchanged(tmp_path):
    import pikepdf

    write_pdf(small(), tmp_path / "a.pdf")
    with pikepdf.open(tmp_path / "a.pdf") as pdf:
        pdf.save(tmp_path / "b.pdf", linearize=False)
    assert read_carrier(tmp_path / "b.pdf").unchanged


KEPT = sorted((Path(__file__).parents[1] / "data" / "carriers").glob("*.docx"))


@pytest.mark.parametrize("path", KEPT, ids=lambda path: path.name)
def test_files_that_libreoffice_saved_once_are_still_unchanged(path):
    carrier = read_carrier(path)
    assert carrier.changed == ()
    assert carrier.unchanged


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_saving_in_libreoffice_through_odt_and_back_changes_nothing(word, tmp_path):
    def convert(path, kind, folder):
        command = ["soffice", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless"]
        command += ["--convert-to", kind, "--outdir", str(tmp_path / folder), str(path)]
        subprocess.run(command, check=True, capture_output=True, timeout=280)
        return tmp_path / folder / f"{path.stem}.{kind.partition(':')[0]}"

    back = convert(convert(word, "odt", "1"), "docx:MS Word 2007 XML", "2")
    carrier = read_carrier(back)
    assert carrier.changed == ()
    assert carrier.unchanged
