"""Lines of Chinese: where they end, how marks give way, how they are justified."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pilotdesk.documents.blocks import Cell, Table, Tick
from pilotdesk.documents.fonts import printable, shipped_fonts
from pilotdesk.documents.pdf.breaking import FREE, JOINT, NO_END, NO_START, ranks
from pilotdesk.documents.pdf.lines import Paragraph, Typesetter, choices
from pilotdesk.documents.pdf.styles import BODY, GRID_CELLS, MM, TABLE_CELLS
from pilotdesk.documents.pdf.widths import fitted_widths

VALUE, TEXT = GRID_CELLS["value"], TABLE_CELLS["text"]
WORDS = st.sampled_from(
    ["国家", "标准化", "，", "。", "“", "”", "（", "）", "《", "》", "——", "……", "、", "2026年6月12日", "41.6万件", " ", "word",
     "GB/T 39735—2020", "96%", "；", "！", "𠮷", "😀", "12361099MB1K23456F", "a.b@c.example", "\n"]
)  # fmt: skip


@pytest.fixture(scope="module")
def setter():
    return Typesetter(shipped_fonts())


def words(line):
    return "".join(span.text for span in line.spans)


def texts(lines):
    return [words(line) for line in lines]


@given(st.lists(WORDS, max_size=60).map("".join), st.floats(60, 450), st.sampled_from([BODY, VALUE, TEXT]))
def test_nothing_is_lost_and_nothing_sticks_out(text, width, style):
    lines = Typesetter(shipped_fonts()).lines(
        text, style, width, align="justify" if style.justify else "left"
    )
    assert "".join("".join(texts(lines)).split()) == "".join(printable(text).split())
    assert all(line.width <= width + 0.01 for line in lines)


@given(st.lists(WORDS, max_size=60).map("".join), st.floats(60, 450))
def test_a_line_ends_at_a_bad_place_only_when_it_has_no_good_one(text, width):
    for part in text.split("\n"):
        paragraph = Paragraph(shipped_fonts(), part.strip(), VALUE)
        cuts = paragraph.cuts(width)
        for line, after in pairwise(cuts):
            good = [
                n
                for n in range(line.start + 1, line.end + 1)
                if n < len(part.strip()) and paragraph.ranks[n] == FREE
            ]
            assert paragraph.ranks[after.start] >= JOINT or not good


@given(st.lists(WORDS, max_size=60).map("".join))
def test_no_good_place_is_before_or_after_a_forbidden_mark(text):
    for place, rank in enumerate(ranks(text)):
        if rank == FREE:
            assert text[place] not in NO_START
            assert text[place - 1] not in NO_END


@pytest.mark.parametrize("mark", "，。、；：！？）》】”’%—…／")
def test_a_closing_mark_begins_no_line(setter, mark):
    for count in range(4, 20):
        for line in texts(setter.lines("国" * count + mark + "国" * 9, VALUE, 100))[1:]:
            assert line[0] != mark


@pytest.mark.parametrize("mark", "（《【“‘")
def test_an_opening_mark_ends_no_line(setter, mark):
    for width in range(96, 110):
        for line in texts(setter.lines("国" * 7 + mark + "国" * 60, VALUE, width))[:-1]:
            assert line[-1] != mark


@pytest.mark.parametrize(
    "whole",
    [
        "2026年6月12日",
        "41.6万件",
        "1 286份",
        "GB/T 39735—2020",
        "DB36/T 1512—2021",
        "0794-0000126",
        "2026-06-02",
        "96.5%",
        "8小时",
        "standard",
        "第1部分",
        "第2—3页",
        "第12行",
    ],
)
def test_numbers_dates_and_words_stay_whole(setter, whole):
    for count in range(1, 14):
        lines = texts(setter.lines("满" * count + whole + "满" * 9, BODY, 200, align="justify"))
        assert any(whole in line for line in lines), lines


def test_a_period_is_torn_only_where_it_must_be(setter):
    period = "2027年1月—2028年12月"
    assert texts(setter.lines(period, VALUE, 54 * MM - 10.8)) == [period]
    assert texts(setter.lines(period, VALUE, 80)) == ["2027年1月—", "2028年12月"]


def test_the_second_line_of_a_period_in_a_table_is_not_torn(setter):
    """至 stood alone on a line where the column was half a millimetre too narrow; now the column gives way."""
    cells = (Cell("流转时限、转办交接、超时预警", "text"), Cell("2027年10月\n至2028年1月", "text"))
    table = Table("", "", (132.0, 22.0), ("培训内容", "时间"), (cells,), "t")
    room = fitted_widths(table, setter.fonts)[1] * MM - 2 * table.padding_pt
    assert room > 22 * MM - 2 * table.padding_pt
    assert texts(setter.lines(cells[1].text, TEXT, room)) == ["2027年10月", "至2028年1月"]


def test_a_credit_code_breaks_at_its_joint(setter):
    assert texts(setter.lines("12361099MB1K23456F", TEXT, 26 * MM - 6)) == ["12361099", "MB1K23456F"]


def test_a_long_address_breaks_after_its_marks(setter):
    address = "https://www.example.gov.cn/govern/standard/list?year=2026&kind=pilot"
    lines = texts(setter.lines(address, VALUE, 150))
    assert "".join(lines) == address
    assert all(line[-1] in "/._?&=" for line in lines[:-1])


def test_a_word_wider_than_the_line_is_cut_rather_than_lost(setter):
    lines = texts(setter.lines("x" * 100, VALUE, 100))
    assert "".join(lines) == "x" * 100


def test_adjoining_marks_give_up_half(setter):
    plain = setter.single("》", VALUE).width + setter.single("（", VALUE).width
    assert setter.single("》（", VALUE).width == pytest.approx(plain - 6, abs=1)
    assert setter.single("（《", VALUE).width == pytest.approx(24 - 6, abs=1.5)
    assert setter.single("国《", VALUE).width == pytest.approx(24)


def test_a_closing_mark_at_the_end_gives_up_its_blank_instead_of_moving_on(setter):
    text = "国" * 9 + "，" + "国" * 4
    lines = setter.lines(text, BODY.__class__("fang", 12, 20), 115)
    assert words(lines[0]) == "国" * 9 + "，"
    assert lines[0].width <= 115


def test_justified_lines_fill_the_measure_except_the_last(setter):
    lines = setter.lines("标准化工作的组织机构和制度建设情况" * 6, BODY, 156 * MM, align="justify")
    for line in lines[:-1]:
        assert line.width == pytest.approx(156 * MM, abs=0.01)
    assert lines[-1].width < 156 * MM


def test_space_is_added_between_ideographs_only_and_never_too_much(setter):
    lines = setter.lines("受理standard流转" * 20, BODY, 156 * MM, align="justify")
    for line in lines:
        for span in line.spans:
            shifts = dict(zip(span.text, span.shifts or [0] * len(span.text), strict=False))
            assert all(abs(shift) < 0.01 for char, shift in shifts.items() if char.isascii())
            assert all(shift <= 0.3 * 14 + 0.01 for shift in shifts.values())


def test_a_line_that_would_become_too_loose_stays_ragged(setter):
    lines = setter.lines(
        "国家标准化管理InformationSharing GovernmentServiceStandardPlatforms " * 3,
        BODY,
        156 * MM,
        align="justify",
    )
    assert lines[0].width < 300  # six gaps would have to grow by 30 pt each
    assert all(span.shifts is None for span in lines[0].spans)


@pytest.mark.parametrize("before", range(12, 27))
def test_a_date_is_parted_rather_than_a_line_pulled_apart(setter, before):
    """A bracketed date that no longer fits left gaps of a quarter of a character before it, or a ragged line."""
    text = (
        "与" * before
        + "（2026年5月），由其三名人员协助标准查新、文本审查和满意度调查，每个季度不少于五个工作日，"
    )
    lines = setter.lines(text, BODY, 28 * BODY.size, align="justify")
    assert "".join(texts(lines)) == text
    gaps = [max(span.shifts or (0.0,)) for line in lines[:-1] for span in line.spans]
    assert max(gaps) < 0.2 * BODY.size
    assert all(line.width > 27 * BODY.size for line in lines[:-1])


def test_two_dashes_touch(setter):
    spans = [span for span in setter.single("参考稿——以", VALUE).spans if "—" in span.text]
    assert [span.text for span in spans] == ["——"]
    assert spans[0].face == "kai"  # the dash of 宋 has white at both ends
    assert spans[0].shifts is None


@pytest.mark.parametrize("length", range(8, 40))
def test_no_cell_ends_with_a_line_of_one_character(setter, length):
    text = "国家标准化试点项目管理信息系统申报材料" * 3
    for align in ("left", "center"):
        lines = setter.lines(text[:length], TEXT, 9.3 * 10.5, align=align)
        if 2 <= len(lines) <= 4:
            assert len(words(lines[-1])) >= 2, texts(lines)


def test_a_column_of_four_characters_gives_one_to_the_last_line(setter):
    assert texts(setter.lines("就业社保主题标准起草和实施", TEXT, 43.6)) == [
        "就业社保",
        "主题标准",
        "起草和",
        "实施",
    ]


@pytest.mark.parametrize("length", range(30, 64))
def test_no_justified_paragraph_ends_with_one_character(setter, length):
    lines = setter.lines(
        ("国家标准化试点项目管理信息系统申报材料" * 4)[:length], BODY, 156 * MM, align="justify"
    )
    assert len(words(lines[-1])) >= 2
    assert all(line.width >= 0.9 * (156 * MM - 28) for line in lines[:-1])


def test_choices_break_between_choices(setter):
    ticks = [Tick(label, label == "省级试点") for label in ("无", "市级试点", "省级试点", "国家级试点")]
    lines = setter.lines(choices(ticks), VALUE, 200, gap=16)
    assert [line[0] for line in texts(lines)] == ["□"] * len(lines)
    assert [box.ticked for line in lines for box in line.boxes] == [False, False, True, False]
    one = setter.lines(choices(ticks), VALUE, 400, gap=16)
    assert len(one) == 1
    assert one[0].boxes[1].x - one[0].boxes[0].x == pytest.approx(1.15 * 12 + 12 + 16)


def test_a_label_is_spread_over_its_width(setter):
    line = setter.spread("项目名称", VALUE, 128)
    last = line.spans[-1]
    assert line.width == 128
    assert last.x + sum(last.shifts or ()) + 4 * 12 == pytest.approx(128, abs=0.1)


def test_a_character_nobody_has_is_printed_as_geta(setter):
    assert words(setter.single("好\u0e01的", VALUE)) == "好〓的"


def test_the_longest_word_is_measured(setter):
    paragraph = Paragraph(setter.fonts, "时间2026-06-02止", TEXT)
    assert paragraph.widest_word() == pytest.approx(setter.single("2026-06-02", TEXT).width)
    assert 19 * MM < paragraph.widest_word() < 20 * MM


def test_a_very_long_paragraph_is_set_whole(setter):
    lines = setter.lines("国家标准化试点，" * 1300, BODY, 156 * MM, align="justify")
    assert sum(len(words(line)) for line in lines) == 10_400


def test_what_is_as_long_as_a_book_is_not_added_up_anew_for_every_line():
    added = 0

    class Counted(float):
        def __radd__(self, other: float) -> float:
            nonlocal added
            added += 1
            return float(other) + float(self)

    paragraph = Paragraph(
        shipped_fonts(), "南汀县政务服务中心编制四十二名，办理事项一千二百余项。" * 300, VALUE
    )
    paragraph.advances = [Counted(advance) for advance in paragraph.advances]
    cuts = paragraph.cuts(200)
    assert len(cuts) > 300
    assert len(paragraph.text) < added < 10 * len(paragraph.text)
