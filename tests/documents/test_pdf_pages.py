"""Pages of the sample and of extremes: what stands where, measured before it is drawn."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import pytest

from pilotdesk.documents.blocks import Body, Cell, Contents, Grid, GridRow, Heading, SealBlock
from pilotdesk.documents.fonts import shipped_fonts
from pilotdesk.documents.pdf.layout import lay_out
from pilotdesk.documents.pdf.styles import LANDSCAPE, MM, PORTRAIT
from tests.documents import outlines
from tests.documents.outlines import label, value


@pytest.fixture(scope="module")
def sample():
    return lay_out(outlines.sample())


@pytest.fixture(scope="module", params=["sample", "draft", "extreme", "assessment"])
def layout(request):
    made = {
        "sample": outlines.sample,
        "draft": lambda: outlines.draft(outlines.sample()),
        "extreme": outlines.extreme,
        "assessment": outlines.assessment,
    }[request.param]()
    return lay_out(made)


def words(placed):
    return "".join(span.text for span in placed.line.spans)


def page_text(page):
    return "".join(words(line) for line in page.lines)


def pages_with(layout, text):
    return [page for page in layout.flow.pages if text in page_text(page)]


def in_area(page, placed):
    """Lines of the text area, without header and footer."""
    return page.shape.top - 1 <= placed.top + placed.leading / 2 <= page.shape.bottom


def test_text_stays_inside_the_text_area(layout):
    for page in layout.flow.pages:
        shape = page.shape
        for placed in page.lines:
            assert placed.x >= shape.left - 0.1
            assert placed.x + placed.line.width <= shape.right + 6.1  # a bracket's blank half may hang out
            if in_area(page, placed):
                half = max(placed.leading, placed.line.size) / 2
                assert placed.top + placed.leading / 2 + half <= shape.bottom + 0.1
        outside = [words(placed) for placed in page.lines if not in_area(page, placed)]
        assert len(outside) <= 4, outside


def test_no_words_stand_on_other_words(layout):
    for page in layout.flow.pages:
        boxes = []
        for placed in page.lines:
            middle, half = placed.top + placed.leading / 2, placed.line.size * 0.45
            boxes.append(
                (placed.x, placed.x + placed.line.width, middle - half, middle + half, words(placed))
            )
        for a, b in combinations(boxes, 2):
            apart = a[1] <= b[0] + 1 or b[1] <= a[0] + 1 or a[3] <= b[2] or b[3] <= a[2]
            assert apart, (a, b)


def test_every_table_is_as_wide_as_the_measure(layout):
    for page in layout.flow.pages:
        for box in page.boxes:
            if box.weight == 1.0 and page.shape is PORTRAIT and "体系（" not in page_text(page):
                assert box.width == pytest.approx(156 * MM, abs=0.1 * MM)
                assert box.x == pytest.approx(PORTRAIT.left)


def test_every_table_on_a_page_has_more_than_a_head(layout):
    for page in layout.flow.pages:
        for box in page.boxes:
            if box.weight == 1.0 and page.shape is PORTRAIT:
                inner = [
                    r
                    for r in page.rules
                    if r.y0 == r.y1 and box.y < r.y0 < box.y + box.height and r.weight == 0.75
                ]
                assert not inner or box.y + box.height - inner[0].y0 >= 8 * MM - 0.1


def test_no_heading_or_caption_stands_at_the_foot(layout):
    for page in layout.flow.pages:
        for anchor in page.anchors:
            if page.number is not None:
                assert anchor.y <= page.shape.bottom - 60, anchor
        for placed in page.lines:
            if words(placed).startswith("表") and placed.line.spans[0].face == "hei" and placed.leading == 18:
                assert placed.top <= page.shape.bottom - 60


def test_inner_rules_do_not_leave_the_outer_one(layout):
    for page in layout.flow.pages:
        if page.shape is LANDSCAPE:
            continue
        for rule in page.rules:
            assert page.shape.left - 0.1 <= min(rule.x0, rule.x1)
            assert max(rule.x0, rule.x1) <= page.shape.right + 0.1
            assert rule.y1 <= page.shape.bottom + 0.1


def test_footers_alternate_also_over_landscape_pages(layout):
    numbers = []
    for page in layout.flow.pages:
        assert page.qr == (page.shape.left, page.shape.bottom + 7 * MM)
        if page.number is None:
            continue
        numbers.append(page.number)
        shown = next(
            placed for placed in page.lines if words(placed) == f"— {page.number} —" and placed.leading == 0
        )
        right = placed_right(shown)
        if page.number % 2:
            assert right == pytest.approx(page.shape.right - 14)
        else:
            assert shown.x == pytest.approx(page.shape.left + 12.5 * MM + 14)
    assert numbers == list(range(1, layout.numbered + 1))


def placed_right(placed):
    return placed.x + placed.line.width


def test_the_sample_has_landscape_pages_between_portrait_ones(sample):
    shapes = [page.shape for page in sample.flow.pages]
    assert LANDSCAPE in shapes
    (turned,) = [page for page in sample.flow.pages if page.shape is LANDSCAPE]
    assert "（一）标准体系结构图" in page_text(turned)
    assert "图6-1　南汀县政务服务标准体系结构图" in page_text(turned)


def test_contents_say_where_the_parts_are(sample):
    contents = page_text(pages_with(sample, "目　　录")[0])
    for text, number, _ in sample.flow.headings:
        page = next(page for page in sample.flow.pages if page.number == number)
        assert text in page_text(page)
        assert f"{text}{number}" in contents
    links = {link.anchor for page in sample.flow.pages for link in page.links}
    assert links <= {anchor.name for page in sample.flow.pages for anchor in page.anchors}
    assert len(links) == len(sample.flow.headings)


def test_answers_know_their_page(sample):
    assert sample.flow.page_of["summary"] == 2
    assert sample.flow.page_of["contact.name"] == 3
    assert sample.flow.page_of["standards[r0].c2"] < sample.flow.page_of["standards[r195].c2"]


def test_a_person_is_not_parted_by_a_page_break(sample):
    first, second = (page_text(pages_with(sample, mark)[0]) for mark in ("chenli@", "wuxz@"))
    assert "项目负责人" in first
    assert "陈　立" in first
    assert "联系人" in second
    assert "吴小舟" in second


def test_the_head_comes_again_on_every_page_of_a_table(sample):
    pages = pages_with(sample, "Q/NTZW")
    assert len(pages) > 8
    assert all("标准名称" in page_text(page) for page in pages)
    assert sum("表6-2" in page_text(page) for page in pages) == 1


def test_the_last_rows_of_a_table_keep_its_note(sample):
    (page,) = pages_with(sample, "按体系编号排序")
    assert "504.16" in page_text(page)


def test_a_label_and_its_value_stand_level():
    blocks = (Grid(outlines.GRID, (GridRow((label("国国"), value("国国", "a", span=4))),)),)
    (page,) = lay_out(outlines.outline(blocks)).flow.pages
    cells = [placed for placed in page.lines if words(placed) == "国国"]
    middles = []
    for placed in cells:
        face = shipped_fonts().face(placed.line.spans[0].face)
        ink = face.file.bounds(face.file.glyph(ord("国")))
        baseline = placed.top + placed.leading / 2 + face.middle * placed.line.size
        middles.append(baseline - (ink[1] + ink[3]) / 2 * placed.line.size)
    assert {placed.line.spans[0].face for placed in cells} == {"song", "fang"}
    assert middles[0] == pytest.approx(middles[1], abs=0.3)


def test_a_cell_longer_than_pages_goes_on_between_lines():
    text = outlines.long_text(10_000)
    rows = (
        GridRow((label("名　称"), value("短", "a", span=4))),
        GridRow((label("简　介"), value(text, "b", span=4, role="longtext"))),
        GridRow((label("备　注"), value("尾", "c", span=4))),
    )
    layout = lay_out(outlines.outline((Grid(outlines.GRID, rows),)))
    parts = [
        [placed for placed in page.lines if placed.mark and placed.mark.path == "b"]
        for page in layout.flow.pages
    ]
    assert len(parts) > 8
    assert all(len(part) >= 3 for part in parts)
    assert "".join("".join(map(words, part)) for part in parts) == text.replace("\n", "")
    assert all("简　介" in page_text(page) for page in layout.flow.pages)
    assert len({placed.mark for part in parts for placed in part}) == 1
    assert page_text(layout.flow.pages[0]).startswith("名　称短")


def test_a_row_of_ordinary_height_is_not_cut():
    rows = tuple(
        GridRow((label(f"第{n}栏"), value(outlines.SUMMARY * 3, f"f{n}", span=4, role="longtext")))
        for n in range(9)
    )
    layout = lay_out(outlines.outline((Grid(outlines.GRID, rows),)))
    places = {}
    for page in layout.flow.pages:
        for placed in page.lines:
            if placed.mark:
                places.setdefault(placed.mark.path, set()).add(page.number)
    assert len(layout.flow.pages) > 2
    assert all(len(numbers) == 1 for numbers in places.values())


@pytest.mark.parametrize("before", [0, 10, 21, 22, 23])
def test_a_merged_answer_longer_than_pages_goes_on(before):
    text = outlines.long_text(3000)
    filler = [GridRow((label(f"{n}"), value("值", f"f{n}", span=4))) for n in range(before)]
    long = value(text, "long", span=3, role="longtext")
    merged = [
        GridRow((label("组", rows=2), replace(long, rows=2), value("右", "r0"))),
        GridRow((value("", "r1"),)),
        GridRow((label("后"), value("尾", "end", span=4))),
    ]
    layout = lay_out(outlines.outline((Grid(outlines.GRID, (*filler, *merged)),)))
    lines = [
        placed
        for page in layout.flow.pages
        for placed in page.lines
        if placed.mark and placed.mark.path == "long"
    ]
    assert "".join(map(words, lines)) == text.replace("\n", "")
    for page in layout.flow.pages:
        assert all(in_area(page, placed) for placed in page.lines if placed.mark)
        assert all(box.height > 0 for box in page.boxes)


def test_rows_under_one_merged_cell_stay_on_one_page():
    filler = tuple(GridRow((label(f"{n}"), value("值", f"f{n}", span=4))) for n in range(24))
    merged = [GridRow((label("组", rows=4), value("甲", "m0", span=4)))]
    merged += [GridRow((value("乙", f"m{n}", span=4),)) for n in range(1, 4)]
    layout = lay_out(outlines.outline((Grid(outlines.GRID, (*filler, *merged)),)))
    pages = {layout.flow.page_of[f"m{n}"] for n in range(4)}
    assert pages == {2}


@pytest.mark.parametrize("count", range(22, 34))
def test_the_note_stands_below_the_last_row(count):
    rows = tuple((str(n), "文字") for n in range(count))
    table = outlines.table("", "", (56.0, 100.0), ("甲", "乙"), rows, "t", note="按行排列。")
    layout = lay_out(outlines.outline((table,)))
    (page,) = pages_with(layout, "注：按行排列。")
    assert page.number == layout.flow.page_of[f"t[r{count - 1}].c1"]
    note = next(placed for placed in page.lines if words(placed).startswith("注："))
    assert note.top + note.leading <= page.shape.bottom


@pytest.mark.parametrize("count", range(24, 36))
def test_a_total_stays_with_the_row_above_it(count):
    rows = tuple((str(n), "文字") for n in range(count))
    total = (Cell("合　计", "total", "center"), Cell("9", "total", "center", path="t[sum]"))
    layout = lay_out(
        outlines.outline((outlines.table("", "", (56.0, 100.0), ("甲", "乙"), rows, "t", totals=(total,)),))
    )
    assert layout.flow.page_of["t[sum]"] == layout.flow.page_of[f"t[r{count - 1}].c1"]


def test_rules_have_their_weights():
    (page,) = lay_out(outlines.outline((outlines.statistics(),))).flow.pages
    level = [rule.weight for rule in page.rules if rule.y0 == rule.y1]
    assert level == [0.75, 0.5, 0.5, 0.5, 0.5, 0.75]  # below the head, between rows, above the total
    assert {rule.weight for rule in page.rules if rule.x0 == rule.x1} == {0.5}
    assert [box.weight for box in page.boxes] == [1.0]


def test_a_merged_label_is_drawn_anew_on_every_page():
    cells = [value(outlines.SUMMARY * 3, f"f{n}", span=4, role="longtext") for n in range(9)]
    rows = [GridRow((label("组", rows=9), cells[0]))] + [GridRow((cell,)) for cell in cells[1:]]
    layout = lay_out(outlines.outline((Grid(outlines.GRID, tuple(rows)),)))
    assert len(layout.flow.pages) > 2
    for page in layout.flow.pages:
        assert [words(placed) for placed in page.lines if placed.mark is None and in_area(page, placed)] == [
            "组"
        ]


def test_a_part_that_does_not_fit_starts_a_page():
    lines = "\n".join(["一行。"] * 20)
    blocks = (Body(lines, "a"), Heading(1, "二、后一部分", "x"), Body("一句。", "b"))
    layout = lay_out(outlines.outline(blocks))
    assert [place.page for place in layout.flow.headings] == [2]
    nearer = lay_out(outlines.outline((Body("一行。\n" * 12, "a"), *blocks[1:])))
    assert [place.page for place in nearer.flow.headings] == [1]


@pytest.mark.parametrize("count", range(20, 30))
def test_paragraphs_have_neither_widow_nor_orphan(count):
    blocks = (Body("一行。\n" * count, "a"), Body(outlines.SUMMARY, "b"))
    layout = lay_out(outlines.outline(blocks))
    for page in layout.flow.pages:
        lines = [placed for placed in page.lines if placed.mark and placed.mark.path == "b"]
        assert len(lines) != 1


def test_a_seal_block_is_not_parted_and_has_room_for_a_seal():
    block = SealBlock(
        "参加单位承诺", ("同意参加。" * 30,), "法定代表人（签字）：", "参加单位（盖章）", height=20
    )
    layout = lay_out(outlines.outline((block,) * 5))
    for page in layout.flow.pages:
        text = page_text(page)
        assert text.count("法定代表人（签字）：") == text.count("年　　月　　日")
        statement = [placed for placed in page.lines if "参加。" in words(placed)]
        dates = [placed for placed in page.lines if "日" in words(placed)]
        for date in dates:
            above = max(placed.top + 21 for placed in statement if placed.top < date.top)
            assert date.top + date.leading - above >= 38 * MM


def test_pledge_and_review_share_a_page_as_in_the_picture(sample):
    (page,) = pages_with(sample, "经审核，审核结论如下：")
    assert "法定代表人（签字）：" in page_text(page)


def test_seals_that_fit_on_one_page_together_stand_on_one():
    unit = SealBlock("单位", ("真实、准确。",), "法人（签字）：", "单位（盖章）", height=60)
    province = SealBlock("省里", ("意见如下：",), "审核人（签字）：", "省里（盖章）", height=90)
    before = Body("一行。\n" * 12, "a")
    layout = lay_out(outlines.outline((before, Heading(1, "二、盖章", "x"), unit, province)))
    assert [place.page for place in layout.flow.headings] == [2]
    assert [page_text(page).count("（签字）：") for page in layout.flow.pages] == [0, 2]
    higher = lay_out(outlines.outline((before, Heading(1, "二、盖章", "x"), *(unit,) * 4)))
    assert page_text(higher.flow.pages[0]).count("（签字）：") == 1  # no page takes them all


def test_a_very_long_opinion_goes_on_and_its_last_lines_stand_with_the_seal():
    block = SealBlock(
        "意见", ("意见如下：",), "签字：", "盖章", answer=outlines.long_text(3000), path="opinion"
    )
    layout = lay_out(outlines.outline((block,)))
    assert len(layout.flow.pages) > 2
    last = [placed for placed in layout.flow.pages[-1].lines if placed.mark]
    assert len(last) >= 3
    assert "签字：" in page_text(layout.flow.pages[-1])
    assert sum("签字：" in page_text(page) for page in layout.flow.pages) == 1


def test_a_narrow_column_is_widened_for_a_code_that_must_stay_whole(caplog):
    widths = (11.0, 20.0, 55.0, 70.0)
    table = outlines.table(
        "", "", widths, ("序", "号", "甲", "乙"), (("1", "DB36/T 1512—2021", "文字", "文字"),), "codes"
    )
    with caplog.at_level("INFO", logger="pilotdesk"):
        (page,) = lay_out(outlines.outline((table,))).flow.pages
    assert "DB36/T 1512—2021" in [words(placed) for placed in page.lines]
    assert "codes" in caplog.text
    assert "1512" not in caplog.text
    assert page.boxes[0].width == pytest.approx(156 * MM)


@pytest.mark.parametrize(("rows", "parted"), [(9, False), (30, True)])
def test_a_table_lower_than_half_a_page_is_not_parted(rows, parted):
    text = Body("\n".join(["一行文字"] * 18), None)
    listed = tuple((str(n), "文字") for n in range(rows))
    table = outlines.table("表1-1", "表", (56.0, 100.0), ("甲", "乙"), listed, "t")
    laid = lay_out(outlines.outline((text, table))).flow.pages
    cells = [sum(words(placed) == "文字" for placed in page.lines) for page in laid]
    assert (cells[0] > 0) is parted
    assert sum(cells) == rows


@pytest.mark.parametrize("before", range(6))
def test_no_row_of_a_list_stands_alone_on_the_last_page(before):
    """Whatever stands above it: one row below a repeated head looks like a mistake."""
    text = Body("\n".join(["一行文字"] * (6 + before)), None)
    for count in range(15, 20):
        listed = tuple((str(n), "文字") for n in range(count))
        table = outlines.table("表1-1", "表", (56.0, 100.0), ("甲", "乙"), listed, "t")
        pages = lay_out(outlines.outline((text, table))).flow.pages
        cells = [sum(words(placed) == "文字" for placed in page.lines) for page in pages]
        assert sum(cells) == count
        assert all(found != 1 for found in cells)


def test_an_empty_draft_keeps_its_grids():
    rows = tuple(GridRow((label("名　称"), value("", f"f{n}", span=4))) for n in range(3))
    empty = outlines.table("表1-1", "空表", (56.0, 100.0), ("甲", "乙"), (), "t")
    blocks = (
        Heading(1, "一、空", "x"),
        Grid(outlines.GRID, rows),
        Body("", "b"),
        empty,
        Grid(outlines.GRID, ()),
    )
    (page,) = lay_out(outlines.outline(blocks, answers=())).flow.pages
    assert page.boxes[0].height == pytest.approx(3 * 9 * MM)
    assert page.boxes[1].height == pytest.approx(9 * MM + 8 * MM)


def test_an_outline_without_blocks_is_one_page():
    assert lay_out(outlines.outline(())).numbered == 1


def test_a_contents_alone_lists_nothing():
    assert lay_out(outlines.outline((Contents(),))).numbered == 1


def test_the_reference_line_vanishes_with_the_official_pack():
    official = lay_out(outlines.sample(reference_line=None, standard_count=5))
    assert not pages_with(official, "参考稿")
    assert len(pages_with(lay_out(outlines.sample(standard_count=5)), "参考稿")) == len(official.flow.pages)


def test_a_draft_has_its_watermark_everywhere_and_no_check_code():
    layout = lay_out(replace(outlines.draft(outlines.sample(standard_count=5)), check_code="K7Q4-2M9X"))
    assert all(page.watermark is not None for page in layout.flow.pages)
    assert not pages_with(layout, "校验码")
    assert len(pages_with(layout, "第 3 版（草稿）")) == len(layout.flow.pages)


def test_a_very_long_project_name_is_cut_in_its_middle():
    long = "很长的项目名称" * 12
    layout = lay_out(replace(outlines.sample(standard_count=2), project=long))
    footer = next(
        placed for placed in layout.flow.pages[3].lines if "…" in words(placed) and placed.leading == 0
    )
    assert words(footer).startswith("很长")
    assert words(footer).endswith("名称")
    assert footer.line.size == 8
