"""Headers and footers that ask for something are filled; those that do not stay byte for byte."""

from __future__ import annotations

import zipfile
from datetime import date

from docx import Document

from pilotdesk.documents.filling.filling import fill
from pilotdesk.documents.filling.proposing import propose
from pilotdesk.documents.filling.saving import save_filled
from pilotdesk.documents.opened import OpenedDocx, paragraph_text
from pilotdesk.forms.aliases import read_aliases
from pilotdesk.forms.installed import current_folder
from pilotdesk.projects import sample_package, session_of_package

DAY = date(2026, 6, 20)


def filled(folder, header, footer):
    document = Document()
    document.add_paragraph("单位名称：________________")
    document.sections[0].header.paragraphs[0].text = header
    document.sections[0].footer.paragraphs[0].text = footer
    document.save(folder / "form.docx")
    session = session_of_package(sample_package("application"), DAY)
    opened = OpenedDocx.open(folder / "form.docx")
    aliases = read_aliases(current_folder("2026"), "application")
    mapping = propose(session.form, aliases, opened, round_name="2026", today=DAY)
    result = fill(opened, mapping, session.form, session.freeze(), aliases)
    save_filled(opened, result, folder / "filled.docx")
    return result, OpenedDocx.open(folder / "filled.docx")


def parts(path):
    with zipfile.ZipFile(path) as package:
        return {name: package.read(name) for name in package.namelist()}


def test_a_header_with_a_blank_is_filled_and_the_footer_stays_as_it_was(tmp_path):
    result, again = filled(tmp_path, "项目名称：______________", "第　　页　共　　页")
    texts = [paragraph_text(one) for one in again.paragraphs()]
    assert texts[0].startswith("单位名称：南汀县政务服务中心")
    assert "项目名称：南汀县政务服务“高效办成一件事”标准化试点" in texts
    assert "第　　页　共　　页" in texts
    assert {one.path for one in result.placed} == {"unit_name", "project_name"}
    before, after = parts(tmp_path / "form.docx"), parts(tmp_path / "filled.docx")
    changed = {name for name in before if before[name] != after[name]}
    assert {name.rstrip("0123456789.xml") for name in changed} == {"word/document", "word/header"}


def test_headers_without_blanks_ask_for_nothing(tmp_path):
    result, _ = filled(tmp_path, "国家标准化试点项目申报书", "— 1 —")
    assert {one.path for one in result.placed} == {"unit_name"}
    assert not result.unclaimed
    before, after = parts(tmp_path / "form.docx"), parts(tmp_path / "filled.docx")
    assert {name for name in before if before[name] != after[name]} == {"word/document.xml"}
