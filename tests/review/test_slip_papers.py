"""The notice on paper says everything that the slip says, in two groups, and that it is ours."""

from __future__ import annotations

import msgspec
import pytest
from docx import Document

from pilotdesk.documents.export import safe_stem
from pilotdesk.documents.pdf import read_pdf_text
from pilotdesk.review.slips.slip_papers import REFERENCE, TITLE, notice_outline, write_notice
from pilotdesk.rules.issue import Severity
from tests.review.findings_kit import PACK, sample
from tests.review.slip_kit import slip_for

SEEDED = {"uscc": "91000000000000000X", "background": "xx", "targets": (), "unit_name": None}


@pytest.fixture(scope="module")
def slip():
    return slip_for(dict(sample("application").values) | SEEDED)


@pytest.fixture(scope="module")
def files(slip, tmp_path_factory):
    made = write_notice(slip, PACK, tmp_path_factory.mktemp("notice"))
    return {file.kind: file.path for file in made.files}


def test_the_tables_say_every_line_with_its_place_and_clause(slip, files):
    document = Document(files["docx"])
    told = [
        [cell.text for cell in row.cells]
        for table in document.tables
        if table.rows[0].cells[0].text == "序号"
        for row in table.rows[1:]
    ]
    wanted = []
    for severity in (Severity.ERROR, Severity.WARNING):
        group = [line for line in slip.lines if line.severity is severity]
        wanted += [
            [str(at), f"{line.number} {line.label}", line.sentence, line.clause]
            for at, line in enumerate(group, 1)
        ]
    assert told == wanted
    headings = [each.text for each in document.paragraphs if each.style.name.startswith("Heading")]
    counts = [sum(line.severity is severity for line in slip.lines) for severity in list(Severity)[:2]]
    assert headings == [f"一、必须改（{counts[0]} 处）", f"二、请核实（{counts[1]} 处）"]


def test_the_pdf_says_who_when_and_that_it_is_no_official_paper(slip, files):
    read = "".join(read_pdf_text(files["pdf"], whole_pages=True).text.split())
    for words in (
        TITLE,
        slip.title,
        slip.bureau,
        slip.code,
        "2026年6月15日",
        "2026年6月22日",
        "第1次报送",
        REFERENCE,
    ):
        assert "".join(words.split()) in read, words
    assert "第0版" not in read


def test_a_group_without_lines_is_left_out(slip):
    asked = tuple(line for line in slip.lines if line.severity is Severity.WARNING)
    outline = notice_outline(msgspec.structs.replace(slip, lines=asked), PACK)
    assert [block.text for block in outline.blocks if hasattr(block, "level")] == [
        f"一、请核实（{len(asked)} 处）"
    ]


def test_a_title_is_made_fit_for_a_file():
    assert safe_stem('甲/乙:"丙"\n' + "长" * 100) == ("甲乙丙" + "长" * 63)
    assert safe_stem("x" * 100) == "x" * 80
    assert safe_stem(" . ") == "未命名项目"
