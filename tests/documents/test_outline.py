"""The outline decides what is printed: the form's parts, in order, from the answers as they stand."""

from __future__ import annotations

import dataclasses
from datetime import date
from types import MappingProxyType

import msgspec
import pytest

from pilotdesk.documents.blocks import (
    Body,
    Contents,
    Cover,
    Figure,
    Grid,
    Heading,
    Notes,
    Pictures,
    SealBlock,
    Table,
)
from pilotdesk.documents.outline import build_outline
from pilotdesk.documents.outline.parts import chinese_number
from pilotdesk.forms.shipped import load_shipped
from pilotdesk.forms.values import Attachment, MonthRange, Row, Unparsed
from pilotdesk.projects import outline_of, outlines_of, sample_package, session_of_package
from pilotdesk.session import Session
from tests.contract.filler import Filler

TODAY = date(2026, 6, 12)


def session_with(values=None):
    return Session(load_shipped("2026"), "application", values or {}, today=TODAY)


def outline(values=None, **how):
    return outline_of(session_with(values), draft=True, **how)


@pytest.fixture(scope="module")
def sample():
    return outline_of(session_of_package(sample_package(), TODAY), draft=True)


def blocks_of(made, kind):
    return [block for block in made.blocks if isinstance(block, kind)]


def table(made, path):
    return next(block for block in blocks_of(made, Table) if block.path == path)


def cell(made, path):
    grids = [found for grid in blocks_of(made, Grid) for row in grid.rows for found in row.cells]
    return next(found for found in grids if found.path == path)


def test_cover_notes_and_contents_come_before_the_thirteen_parts(sample):
    assert [type(block) for block in sample.blocks[:3]] == [Cover, Notes, Contents]
    parts = [block.text for block in blocks_of(sample, Heading) if block.level == 1]
    assert [part.split("、")[0] for part in parts[:-1]] == [chinese_number(number) for number in range(1, 14)]
    assert parts[-1] == "附件清单"


def test_an_answer_that_is_not_relevant_is_kept_but_not_printed():
    values = {"pilot_field": "F2", "pilot_type": "region", "participant_count": 36}
    assert "participant_count" in {answer.path for answer in outline(values).answers}
    session = session_with(values)
    session.set_value("pilot_field", "F6")
    assert "participant_count" not in {answer.path for answer in outline_of(session, draft=True).answers}
    assert session.value("participant_count") == 36


def test_a_blank_optional_field_prints_its_word_and_a_required_one_stays_blank():
    made = outline()
    assert cell(made, "registrar").text == "无"
    assert cell(made, "unit_name").text == ""


def test_what_could_not_be_read_is_printed_as_typed():
    assert cell(outline({"staff_count": Unparsed("八十多")}), "staff_count").text == "八十多"


@pytest.mark.parametrize(
    ("answered", "ticks", "text"),
    [
        ({}, [("无不良记录", False), ("有", False)], ""),
        ({"result": "clear"}, [("无不良记录", True), ("有", False)], ""),
        ({"result": "not_applicable"}, [("无不良记录", False), ("有", False), ("不适用", True)], ""),
        ({"result": "not_applicable", "remark": "机关不公示"}, [], "不适用（机关不公示）"),
        ({"remark": "机关不公示"}, [], "机关不公示"),
    ],
)
def test_the_result_of_a_credit_query_is_ticked_until_it_is_explained(answered, ticks, text):
    rows = (Row("r_00000001", MappingProxyType({"site": "credit_china", **answered})),)
    made = outline({"credit_queries": rows})
    path = "credit_queries[r_00000001].result"
    found = cell(made, path)
    assert [(tick.label, tick.taken) for tick in found.ticks] == ticks
    assert found.text == text
    printed = text or "；".join(label for label, taken in ticks if taken)
    assert [answer.text for answer in made.answers if answer.path == path] == ([printed] if printed else [])


def test_units_are_printed_once():
    assert cell(outline({"staff_count": 86}), "staff_count").text == "86人"


def test_more_than_three_participants_are_counted_on_the_cover():
    units = tuple(Row(f"r_{at:08x}", MappingProxyType({"name": f"单位{at}"})) for at in range(6))

    def cover_line(count):
        lines = blocks_of(outline({"participating_units": units[:count]}), Cover)[0].lines
        return next(line.values for line in lines if line.label == "参加单位")

    assert cover_line(0) == ("无",)
    assert cover_line(3) == ("单位0", "单位1", "单位2")
    assert cover_line(6) == ("单位0等6家（见第三部分）",)


def test_captions_count_within_their_part(sample):
    numbers = [block.number for block in sample.blocks if isinstance(block, Table | Figure) and block.number]
    assert "图6-1" in numbers
    assert "表9-1" in numbers
    assert len(set(numbers)) == len(numbers)


def test_a_table_that_is_the_whole_part_repeats_no_heading(sample):
    assert (table(sample, "participating_units").number, table(sample, "participating_units").caption) == (
        "",
        "",
    )


def test_every_table_is_as_wide_as_its_page(sample):
    for block in blocks_of(sample, Table):
        assert sum(block.widths) == pytest.approx(245 if block.landscape else 156)
        assert len(block.head) == len(block.widths)
        assert all(
            sum(found.span for found in row) == len(block.widths) for row in (*block.rows, *block.totals)
        )


def test_grid_rows_fill_all_five_columns():
    for code in ("F2", "F6", "Z2"):
        session = session_with(Filler(load_shipped("2026").forms["application"], pilot_field=code).values())
        for grid in blocks_of(outline_of(session, draft=True), Grid):
            covered = [0] * len(grid.rows)
            for at, row in enumerate(grid.rows):
                for found in row.cells:
                    for below in range(found.rows):
                        covered[at + below] += found.span
            assert covered == [5] * len(grid.rows)


def test_dates_and_periods_are_short_in_tables(sample):
    starts = {row[6].text for row in table(sample, "standards").rows}
    assert "2021-03-01" in starts or any(len(text) == 10 and text[4] == "-" for text in starts)
    assert cell(sample, "founded_on").text.endswith("日")


def test_a_period_in_a_table_stands_on_two_lines():
    row = Row("r_00000001", MappingProxyType({"period": MonthRange("2027-01", "2027-03")}))
    made = table(outline({"schedule": (row,)}), "schedule")
    assert any(found.text == "2027年1月\n至3月" for found in made.rows[0])


def test_a_name_of_two_characters_is_spread():
    made = outline({"project_leader.name": "陈立", "legal_representative.name": "周明远"})
    assert cell(made, "project_leader.name").text == "陈　立"
    assert cell(made, "legal_representative.name").text == "周明远"


def test_an_empty_table_has_one_blank_row_for_the_pen():
    made = table(outline(), "targets")
    assert [found.text for found in made.rows[0]] == [""] * len(made.widths)


@pytest.mark.parametrize(
    ("form", "titles"),
    [
        ("application", ["国家标准化试点项目申报书"]),
        (
            "summary_2028",
            ["国家标准化试点项目2028年度工作总结", "国家标准化试点项目2028年度工作总结佐证材料目录"],
        ),
        (
            "self_assessment",
            ["国家标准化试点项目自评表", "国家标准化试点项目自评报告", "国家标准化试点项目自评佐证材料目录"],
        ),
    ],
)
def test_files_of_two_years_call_themselves_by_their_year(form, titles):
    made = outlines_of(session_of_package(sample_package(form), TODAY), draft=True)
    assert [one.title for one in made] == titles


def test_a_computed_table_without_rows_says_so():
    """A whole landscape page with an empty row for a pen that nobody may use looked unfinished."""
    standard = Row("r_a", MappingProxyType({"name": "窗口服务规范", "status": "current"}))
    needs = table(outline({"standards": (standard,)}), "standards_by_need")
    ((only,),) = needs.rows
    assert (only.text, only.span) == ("无", len(needs.widths))


def test_every_participating_unit_has_a_seal_block_of_its_own(sample):
    labels = [block.label for block in blocks_of(sample, SealBlock)]
    assert labels.count("参加单位意见") == 3
    named = [block for block in blocks_of(sample, SealBlock) if block.label == "参加单位意见"]
    assert all("单位（南汀县" in block.paragraphs[0] for block in named)


def test_the_province_checks_six_points_and_recommends(sample):
    block = next(block for block in blocks_of(sample, SealBlock) if block.checks)
    assert next(point for point, _ in block.checks) == "信用情况"
    assert len(block.checks) == 6
    assert "同意推荐" in block.paragraphs[-1]


def test_the_last_row_of_what_is_counted_is_its_total(sample):
    counted = table(sample, "standard_statistics")
    assert [[one.text for one in row] for row in counted.totals] == [
        ["合\u3000计", "196", "172", "87.8", "24"]
    ]
    assert "合\u3000计" not in {row[0].text for row in counted.rows}


def test_of_the_files_of_a_field_that_shows_pictures_only_pictures_are_shown():
    files = (
        Attachment("a" * 64, "查询.png", 1, media_type="image/png"),
        Attachment("b" * 64, "报告.pdf", 1, media_type="application/pdf"),
    )
    (block,) = blocks_of(outline({"credit_reports": files}), Pictures)
    assert [(one.number, one.caption, one.sha256) for one in block.pictures] == [("图2-1", "查询", "a" * 64)]


def test_the_figure_counts_every_standard_once(sample):
    (figure,) = blocks_of(sample, Figure)
    assert sum(root.count for root in figure.roots) == len(table(sample, "standards").rows)
    assert sum(root.planned for root in figure.roots) == 24


def test_all_choices_are_printed_with_their_boxes():
    made = cell(outline({"prior_pilot_level": "province"}), "prior_pilot_level")
    assert [(tick.label, tick.taken) for tick in made.ticks] == [
        ("无", False),
        ("市级试点", False),
        ("省级试点", True),
    ]


def test_long_text_keeps_its_paragraphs():
    made = outline({"background": "第一段。\n第二段。"})
    assert Body("第一段。\n第二段。", "background") in made.blocks


def test_a_final_version_carries_the_code_and_a_draft_does_not():
    session = session_with({"project_name": "甲标准化试点"})
    final = build_outline(session.pack, session.form, session.freeze())
    assert len(final.check_code) == 9
    assert final.token.endswith(final.check_code.replace("-", ""))
    assert not final.draft
    draft = outline_of(session, draft=True)
    assert (draft.check_code, draft.draft, draft.token.split(";")[-1]) == ("", True, "DRAFT")


def test_the_token_fits_the_small_code():
    session = session_with()
    snapshot = msgspec.structs.replace(session.freeze(), project_id="p_0123456789ab", revision=98)
    assert len(build_outline(session.pack, session.form, snapshot).token.encode()) <= 42


def test_the_practice_sample_is_never_final():
    session = session_of_package(sample_package(), TODAY)
    made = outline_of(session, draft=False)
    assert (made.draft, made.watermark, made.check_code) == (True, "样　张", "")


def test_the_reference_line_goes_only_with_an_official_pack():
    session = session_with()
    assert "参考稿" in (outline_of(session, draft=True).reference_line or "")
    head = msgspec.structs.replace(session.form.head, official=True)
    form = msgspec.structs.replace(session.form, head=head)
    assert build_outline(session.pack, form, session.freeze()).reference_line is None


@pytest.mark.parametrize("form", ["application", "self_assessment"])
def test_what_was_not_changed_since_the_last_final_version_is_that_version(form):
    session = session_of_package(dataclasses.replace(sample_package(form), practice=False), TODAY)
    first = outlines_of(session, draft=False)
    codes = frozenset(one.check_code for one in first)
    session.identity = msgspec.structs.replace(session.identity, revision=1, final_codes=codes)
    again = outlines_of(session, draft=False)
    assert again == first
    assert {one.revision for one in again} == {1}
    assert outline_of(session, draft=False, document=first[-1].origin.document) == first[-1]
    assert {one.revision for one in outlines_of(session, draft=True)} == {2}
    session.set_value(session.form.head.unit_name, "改过的单位")
    changed = outlines_of(session, draft=False)
    assert {one.revision for one in changed} == {2}
    assert all(one.token.split(";")[4] == "2" for one in changed)
    assert outline_of(session, draft=False) == changed[0]


def test_one_changed_document_makes_a_new_version_of_all():
    package = dataclasses.replace(sample_package("self_assessment"), practice=False)
    session = session_of_package(package, TODAY)
    first = outlines_of(session, draft=False)
    known = frozenset(one.check_code for one in first[1:])
    session.identity = msgspec.structs.replace(session.identity, revision=1, final_codes=known)
    assert {one.revision for one in outlines_of(session, draft=False)} == {2}
