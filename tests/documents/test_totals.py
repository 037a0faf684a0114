"""小计 and 合计 of the 自评表: worked out when it is printed, no answers, and nothing that a reader takes for a row."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import msgspec
import pytest
from lxml import etree

from pilotdesk.documents.blocks import Heading, Table, is_sum
from pilotdesk.documents.edited import read_edited
from pilotdesk.documents.outline import build_outline
from pilotdesk.documents.outline.totals import SCORED_ROW_MM
from pilotdesk.documents.pdf.layout import lay_out
from pilotdesk.documents.pdf.styles import MM, SUBTOTAL_ROW
from pilotdesk.documents.web.markup import table_markup
from pilotdesk.documents.word.marks import Marks
from pilotdesk.documents.word.tables import list_markup
from pilotdesk.forms.values import Row
from pilotdesk.projects import sample_package, session_of_package
from tests.documents.edited_kit import Hand, kept_session, written

TODAY = date(2029, 1, 15)
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
NS = {"w": W[1:-1]}
PARTS = ("20", "20", "22", "8", "20", "10")


@pytest.fixture(scope="module")
def session():
    return session_of_package(sample_package("self_assessment"), TODAY)


def printed(session, scores=None):
    """The outline of the 自评表, with other scores than the sample's: row number to score, ``None`` for all of them."""
    snapshot = session.freeze()
    if scores is not None:
        rows = [
            Row(row.id, {**row.cells, "score": scores.get(at)}, row.parent)
            for at, row in enumerate(snapshot.value("indicators"))
        ]
        values = {**snapshot.values, "indicators": tuple(rows)}
        snapshot = msgspec.structs.replace(snapshot, values=values)
    return build_outline(session.pack, session.form, snapshot, document="form", watermark="草　稿")


def indicators(outline):
    return next(block for block in outline.blocks if isinstance(block, Table) and block.path == "indicators")


def sums(table):
    """Word, points and score of every row that is worked out."""
    found = (*filter(is_sum, table.rows), *table.totals)
    return [(row[0].text, row[1].text, row[3].text) for row in found]


def test_every_group_has_its_subtotal_and_the_table_its_total(session):
    table = indicators(printed(session))
    got = ("19.5", "19.5", "20.5", "7.5", "19.0", "9.0")
    assert sums(table) == [
        *(("小　计", points, score) for points, score in zip(PARTS, got, strict=True)),
        ("合　计", "100", "95.0"),
    ]
    assert [at for at, row in enumerate(table.rows) if is_sum(row)] == [4, 9, 14, 17, 21, 25]
    assert all(sum(cell.span for cell in row) == len(table.widths) for row in filter(is_sum, table.rows))


@pytest.mark.parametrize(
    ("scores", "first", "last"),
    [
        ({}, "", ""),
        ({0: Decimal(5), 1: Decimal(4)}, "9", "9"),
        ({0: Decimal(5), 19: Decimal("2.5")}, "5.0", "7.5"),
    ],
    ids=["none", "whole", "halves"],
)
def test_sums_are_blank_for_the_pen_and_have_the_decimals_of_their_column(session, scores, first, last):
    made = sums(indicators(printed(session, scores)))
    assert [points for _, points, _ in made] == [*PARTS, "100"]
    assert (made[0][2], made[-1][2]) == (first, last)


def test_sums_are_no_answers_and_do_not_count_for_the_code(session):
    outline = printed(session)
    assert any(sums(indicators(outline)))
    texts = {answer.text for answer in outline.printed}
    assert texts.isdisjoint({"小　计", "合　计", "19.5", "20.5"})


def test_word_has_low_sums_with_rules_that_stay_with_their_group(session):
    root = etree.fromstring(
        f'<w:body xmlns:w="{NS["w"]}">{list_markup(indicators(printed(session)), Marks())}</w:body>'
    )
    rows = root.find("w:tbl", NS).findall("w:tr", NS)[1:]
    places = [4, 9, 14, 17, 21, 25, 26]
    heights = [int(row.find("w:trPr/w:trHeight", NS).get(f"{W}val")) for row in rows]
    assert {height for at, height in enumerate(heights) if at not in places} == {680}
    assert [heights[at] for at in places] == [454] * 7
    for at in places[:-1]:
        borders = rows[at].find("w:tc/w:tcPr/w:tcBorders", NS)
        assert [(border.tag, border.get(f"{W}sz")) for border in borders] == [
            (f"{W}top", "6"),
            (f"{W}bottom", "6"),
        ]
    # A page may end behind a sum only.
    ends = [
        at
        for at, row in enumerate(rows)
        if any(p.find("w:pPr/w:keepNext", NS) is None for p in row.iter(f"{W}p"))
    ]
    assert ends == [4, 9, 14, 17, 21]


def test_pages_end_behind_a_sum_and_rows_have_their_heights(session):
    outline = printed(session)
    blocks = tuple(block for block in outline.blocks if isinstance(block, Heading | Table))
    at = blocks.index(indicators(outline))
    layout = lay_out(replace(outline, blocks=blocks[at - 1 : at + 1]))
    for page in layout.flow.pages:
        (box,) = page.boxes
        bottom = box.y + box.height
        level = sorted({rule.y0 for rule in page.rules if rule.y0 == rule.y1 and rule.x0 == box.x})
        heights = [low - high for high, low in zip(level, [*level[1:], bottom], strict=True)]
        assert min(heights) >= SUBTOTAL_ROW - 0.01
        assert heights[-1] == pytest.approx(SUBTOTAL_ROW)
        assert all(
            height == pytest.approx(SUBTOTAL_ROW) or height >= SCORED_ROW_MM * MM - 0.01 for height in heights
        )
    assert len(layout.flow.pages) == 3


def test_the_page_for_others_shows_them_too(session):
    markup = "".join(table_markup(indicators(printed(session))))
    assert markup.count("小　计") == 6
    assert markup.count('<td colspan="3" class="total center') == 7


def test_who_changes_a_sum_in_word_has_changed_nothing(tmp_path):
    """Nor does it become a row of the table, whether the bookmarks are still there or not."""
    session = kept_session("self_assessment")
    path = tmp_path / "own.docx"
    written(session, "form", path)
    hand = Hand(path, None, session.form, 0)
    changed = 0
    for row in hand.root.iter(f"{W}tr"):
        texts = [*row.iter(f"{W}t")]
        if texts and "".join(texts[0].text.split()) in {"小计", "合计"}:
            texts[-1].text = "3.5"
            changed += 1
    assert changed >= 7
    for marks in (True, False):
        edits = read_edited(
            session.pack, session.form, session.freeze(), hand.save(tmp_path / f"{marks}.docx", marks=marks)
        )
        assert (edits.edits, edits.rows, edits.missing, edits.leftover) == ((), (), (), ())
