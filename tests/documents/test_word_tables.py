from __future__ import annotations

import io
import time
import zipfile

import pytest
from lxml import etree

from pilotdesk.documents.blocks import Cell, Grid, GridRow, Table
from pilotdesk.documents.fonts import shipped_fonts
from pilotdesk.documents.pdf.widths import fitted_widths
from pilotdesk.documents.word import write_docx
from pilotdesk.documents.word.marks import Marks
from pilotdesk.documents.word.measure import line_count, lone_end_pt, text_width
from pilotdesk.documents.word.tables import column_twips, grid_markup, list_markup, place_cells
from tests.documents import outlines
from tests.documents.word_outlines import small

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
NS = {"w": W[1:-1]}


def tables_of(markup):
    root = etree.fromstring(f'<w:body xmlns:w="{NS["w"]}">{markup}</w:body>')
    return root, root.findall("w:tbl", NS)


def kept(row):
    return all(p.find("w:pPr/w:keepNext", NS) is not None for p in row.iter(f"{W}p"))


@pytest.mark.parametrize(
    ("widths", "total"),
    [
        ((30, 18, 36, 26, 46), 8845),
        ((9.5, 14.5, 37.5, 37, 10, 13.5, 21, 13), 8845),
        ((11, 31, 38, 38, 38), 8845),
        ((22,) * 10 + (25,), 13890),
    ],
)
def test_columns_fill_the_text_area_exactly(widths, total):
    columns = column_twips(widths)
    assert sum(columns) == total
    assert all(abs(column - width * 56.693) < 4 for column, width in zip(columns, widths, strict=True))


def test_every_row_of_a_grid_covers_all_columns():
    _, (table,) = tables_of(grid_markup(outlines.unit(), Marks()))
    grid = [int(column.get(f"{W}w")) for column in table.iterfind("w:tblGrid/w:gridCol", NS)]
    for row in table.iterfind("w:tr", NS):
        widths = [int(cell.find("w:tcPr/w:tcW", NS).get(f"{W}w")) for cell in row.iterfind("w:tc", NS)]
        assert sum(widths) == sum(grid) == 8845


def test_merged_label_begins_once_and_goes_on_below():
    _, (table,) = tables_of(grid_markup(outlines.unit(), Marks()))
    merges = [
        merge.get(f"{W}val") for merge in table.iter(f"{W}vMerge") if merge.getparent().tag == f"{W}tcPr"
    ]
    assert merges.count("restart") == 4
    assert merges.count(None) == 7


def test_cells_that_do_not_fit_are_refused():
    cell = Cell("x")
    with pytest.raises(ValueError, match="does not fit"):
        list(place_cells([(cell, cell, cell)], 2))
    with pytest.raises(ValueError, match="does not fit"):
        list(place_cells([(Cell("x", span=3),)], 2))
    with pytest.raises(ValueError, match="does not fit"):
        list(place_cells([(cell, Cell("x", rows=2)), (Cell("x", span=2),)], 2))


def test_missing_cells_are_empty():
    (row,) = place_cells([(Cell("x"),)], 3)
    assert [slot.cell.text for slot in row] == ["x", "", ""]


def test_rows_of_a_person_stay_together():
    rows = tuple(GridRow((outlines.label(str(n)), outlines.value("v", f"f{n}", span=4))) for n in range(25))
    grid = Grid(
        outlines.GRID,
        (*rows, *outlines.person("项目负责人", "leader", "陈　立", "主任", "1", "2", "3"), *rows),
    )
    _, (table,) = tables_of(grid_markup(grid, Marks()))
    assert [kept(row) for row in table.iterfind("w:tr", NS)] == [False] * 25 + [True, True, False] + [
        False
    ] * 25


def test_short_grid_stays_on_one_page():
    _, (table,) = tables_of(grid_markup(outlines.basics(), Marks()))
    assert [kept(row) for row in table.iterfind("w:tr", NS)] == [True] * 5 + [False]


def test_head_row_is_repeated_and_has_its_rule():
    root, (table,) = tables_of(list_markup(outlines.standards(40), Marks()))
    rows = table.findall("w:tr", NS)
    assert [row.find("w:trPr/w:tblHeader", NS) is not None for row in rows] == [True] + [False] * 40
    rules = {
        cell.find("w:tcPr/w:tcBorders/w:bottom", NS).get(f"{W}sz") for cell in rows[0].iterfind("w:tc", NS)
    }
    assert rules == {"6"}
    borders = {
        border.tag.removeprefix(W): border.get(f"{W}sz") for border in table.find("w:tblPr/w:tblBorders", NS)
    }
    assert borders == {"top": "8", "left": "8", "bottom": "8", "right": "8", "insideH": "4", "insideV": "4"}
    assert root[0].find("w:pPr/w:keepNext", NS) is not None  # the caption stays with the table


def test_long_list_breaks_between_rows_but_not_behind_its_head_nor_before_its_note():
    _, (table,) = tables_of(list_markup(outlines.standards(40), Marks()))
    rows = table.findall("w:tr", NS)
    assert [number for number, row in enumerate(rows) if kept(row)] == [0, 1, 39, 40]
    assert all(row.find("w:trPr/w:cantSplit", NS) is not None for row in rows)


def test_sixty_millimetres_stay_with_the_heading_of_a_part():
    _, (table,) = tables_of(list_markup(outlines.standards(40), Marks(), 170))
    assert [number for number, row in enumerate(table.iterfind("w:tr", NS)) if kept(row)] == [
        0,
        1,
        2,
        3,
        4,
        39,
        40,
    ]
    _, (grid,) = tables_of(grid_markup(outlines.unit(), Marks(), 170))
    _, (free,) = tables_of(grid_markup(outlines.unit(), Marks()))
    assert [kept(row) for row in grid.iterfind("w:tr", NS)][:7] == [True] * 6 + [False]
    assert [kept(row) for row in free.iterfind("w:tr", NS)][:7] == [False] * 7


def test_a_rule_is_taken_off_the_padding():
    """Word adds it to every row, the PDF does not: seventeen rows were 3 mm taller than there."""
    _, (table,) = tables_of(list_markup(outlines.standards(3), Marks()))
    margins = table.find("w:tblPr/w:tblCellMar", NS)
    upright = sum(int(margin.get(f"{W}w")) for margin in margins if margin.tag in {f"{W}top", f"{W}bottom"})
    assert upright == 120 - 10


def test_rows_under_one_merged_cell_of_a_list_stay_together():
    """Else the rows behind a page break stand below an empty cell: whose indicators they are is not said there."""
    rows = []
    for group in range(12):
        first = Cell(f"第{group}组", rows=3)
        rows += [(first, Cell("甲")), (Cell("乙"),), (Cell("丙"),)]
    table = Table("", "", (40.0, 116.0), ("组", "项"), tuple(rows), "t")
    _, (made,) = tables_of(list_markup(table, Marks()))
    keeps = [kept(row) for row in made.iterfind("w:tr", NS)][1:]
    assert keeps[3:33] == [True, True, False] * 10


def test_totals_have_a_rule_above_and_stay_with_the_last_row():
    table = outlines.standards(40)
    totals = ((Cell("合　计", "total", "center", span=8),),)
    _, (made,) = tables_of(list_markup(Table(**{**fields_of(table), "totals": totals, "note": ""}), Marks()))
    rows = made.findall("w:tr", NS)
    assert [number for number, row in enumerate(rows) if kept(row)] == [0, 1, 39, 40]
    assert rows[-1].find("w:tc/w:tcPr/w:tcBorders/w:top", NS).get(f"{W}sz") == "6"


def fields_of(table):
    return {name: getattr(table, name) for name in Table.__dataclass_fields__}


def test_only_a_row_taller_than_the_page_allows_may_split():
    rows = tuple(
        (Cell(text, path=f"t[r_{n}].a"), Cell("x", path=f"t[r_{n}].b"))
        for n, text in enumerate(("短", "长" * 4000))
    )
    _, (table,) = tables_of(list_markup(Table("", "", (78, 78), ("甲", "乙"), rows, "t"), Marks()))
    assert [row.find("w:trPr/w:cantSplit", NS) is not None for row in table.iterfind("w:tr", NS)] == [
        True,
        True,
        False,
    ]


def test_table_without_number_and_caption_has_no_caption():
    root, _ = tables_of(list_markup(Table("", "", (156,), ("甲",), ((Cell("x"),),), "t"), Marks()))
    assert root[0].tag == f"{W}tbl"


def test_paragraphs_of_a_cell_are_paragraphs():
    _, (table,) = tables_of(
        list_markup(Table("", "", (156,), (), ((Cell("甲\n\n乙\t丙", path="a"),),), "t"), Marks())
    )
    assert [
        "".join(text.text or "\t" for text in p.iter(f"{W}t", f"{W}tab")) for p in table.iter(f"{W}p")
    ] == [
        "甲",
        "",
        "乙\t丙",
    ]


def test_width_counts_latin_half():
    assert text_width("标准GB/T 1") == 2 + 3
    assert line_count("甲" * 21 + "\n\n乙", 10) == 3 + 1 + 1


def test_time_grows_with_the_rows_only():
    """Ten times the rows may not take a hundred times as long; no clock figure is asserted."""

    def seconds(count):
        best = 9.0
        for _ in range(3):
            start = time.process_time()
            write_docx(outlines.outline((outlines.standards(count),)), io.BytesIO(), pages=None)
            best = min(best, time.process_time() - start)
        return best

    seconds(10)  # imports
    assert seconds(1000) < 25 * seconds(100)


def test_bookmarks_are_paired_and_unique():
    stream = io.BytesIO()
    write_docx(small(), stream, pages=None)
    with zipfile.ZipFile(stream) as archive:
        document = etree.fromstring(archive.read("word/document.xml"))
    starts = {mark.get(f"{W}id"): mark.get(f"{W}name") for mark in document.iter(f"{W}bookmarkStart")}
    ends = [mark.get(f"{W}id") for mark in document.iter(f"{W}bookmarkEnd")]
    assert sorted(starts) == sorted(ends)
    assert len(set(starts.values())) == len(starts)
    assert max(len(name) for name in starts.values()) <= 40


def test_columns_and_heads_are_those_of_the_pdf():
    widths = (9.0, 20.0, 57.0, 70.0)
    rows = (("1", "DB36/T 1512—2021", "文字", "文字"),)
    table = outlines.table("", "", widths, ("序号", "标准号", "甲", "数据来源和计算方法" * 3), rows, "codes")
    _, (drawn,) = tables_of(list_markup(table, Marks()))
    columns = [int(column.get(f"{W}w")) for column in drawn.iter(f"{W}gridCol")]
    assert columns == list(column_twips(fitted_widths(table, shipped_fonts())))
    assert columns != list(column_twips(widths))
    heads = [
        ["".join(p.itertext()) for p in cell.iter(f"{W}p")]
        for cell in next(drawn.iter(f"{W}tr")).iter(f"{W}tc")
    ]
    assert heads[0] == ["序号"]
    assert len(heads[3]) > 1
    assert min(map(len, heads[3])) > 1


@pytest.mark.parametrize(
    ("text", "few"),
    [
        ("标准化科", 2),  # 3 + 1
        ("标准化科室的人", 0),  # 3 + 3 + 1: two in a line would make a line more
        ("标准化科室", 0),  # 3 + 2
        ("标准化", 0),
        ("标准化3", 0),
    ],
)
def test_a_last_character_does_not_stand_alone(text, few):
    assert lone_end_pt(text, 32.2, 10.5) == pytest.approx(32.2 - (few + 0.5) * 10.5 if few else 0.0)


def test_long_cells_lose_a_character_in_each_line_only_as_far_as_needed():
    assert lone_end_pt("企业变更登记办事指南", 100.3, 10.5) == pytest.approx(100.3 - 8.5 * 10.5)  # 9 + 1
    assert lone_end_pt("企" * 46, 100.3, 10.5) == 0.0  # six lines: text that runs


def test_cells_are_narrowed_by_indents_on_their_own_sides():
    cells = (Cell("标准化科", "text", "left"), Cell("标准化科", "text", "center"), Cell("标准化", "text"))
    table = Table("", "", (13.0, 13.0, 130.0), ("甲", "乙", "丙"), (cells,), "t", padding_pt=2.3)
    _, (made,) = tables_of(list_markup(table, Marks()))
    found = [cell.find("w:p/w:pPr/w:ind", NS) for cell in made.findall("w:tr", NS)[1].iterfind("w:tc", NS)]
    sides = [part is not None and (int(part.get(f"{W}left")), int(part.get(f"{W}right"))) for part in found]
    assert sides[2] is False
    assert sides[0][0] == 0 < sides[0][1]
    assert sum(sides[1]) == sides[0][1]
    assert abs(sides[1][0] - sides[1][1]) <= 1
    room = 13 * 72 / 25.4 - 2 * 2.3 - sides[0][1] / 20
    assert 2 * 10.5 < room < 3 * 10.5
