"""Statistics of a batch: counted right, written as native tables and charts."""

from __future__ import annotations

import io
from collections import Counter
from datetime import date

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pilotdesk.forms.shipped import load_shipped
from pilotdesk.review.outputs.statistics import NO_FIELD, NO_REGION, STEPS, city_of, statistics_of
from pilotdesk.review.outputs.statistics_book import statistics_book
from pilotdesk.review.quota import line_name
from pilotdesk.review.records import Agreement, Facts, Finding, Kind, Submission
from pilotdesk.rules.issue import Severity

ROUND = load_shipped("2026").round
CODES = [field.code for field in ROUND.pilot_field]
ORDER = ("未审", "审核中", "通过", "退回", "不推荐")


def submission(
    key, *findings, field="F1", region="江西省抚州市南汀县", filled=100, asked=100, practice=False
):
    return Submission(
        key=key, round="2026", form="application", form_version=1, project="", facts=Facts(field=field, region=region),
        values={}, source=Kind.PILOT, code="", revision=1, practice=practice, files=(), agreement=Agreement.ALL,
        filled=filled, asked=asked, findings=findings,
    )  # fmt: skip


def finding(code, number="2.3", severity=Severity.WARNING, label="统一社会信用代码"):
    return Finding(
        code=code,
        severity=severity,
        point=1,
        sentence=f"{code} 要改。",
        clause="",
        number=number,
        label=label,
    )


@pytest.mark.parametrize(
    ("region", "city"),
    [
        ("江西省抚州市南汀县", "抚州市"), ("北京市海淀区", "北京市"), ("湖南省湘西自治州凤凰县", "湘西自治州"),
        ("内蒙古自治区锡林郭勒盟多伦县", "锡林郭勒盟"), ("海南省琼海市", "琼海市"), ("", NO_REGION),
    ],
)  # fmt: skip
def test_regions_are_cities(region, city):
    assert city_of(region) == city


@given(st.lists(st.sampled_from([*CODES, "", "F9"]), max_size=30))
def test_every_submission_counts_once_by_field_region_and_completeness(codes):
    some = [submission(str(at), field=code, filled=at * 4 % 101) for at, code in enumerate(codes)]
    figures = statistics_of(ROUND, some, {}, ["0"], ORDER)
    counts = {line.name: line.received for line in figures.fields}
    assert sum(counts.values()) == figures.total == len(codes)
    assert counts.get(NO_FIELD, 0) == sum(code not in CODES for code in codes)
    for field in ROUND.pilot_field:
        assert counts[line_name(field)] == codes.count(field.code)
    assert sum(count for _, count in figures.completeness) == len(codes)
    assert dict(figures.conclusions)["未审"] == len(codes)
    assert sum(line.picked for line in figures.fields) == (bool(codes) and codes[0] in CODES)


@pytest.mark.parametrize(
    ("filled", "asked", "step"),
    [(100, 100, "100%"), (999, 1000, "95%～99%"), (95, 100, "95%～99%"), (94, 100, "90%～94%"), (59, 100, "不到60%")],
)  # fmt: skip
def test_steps_of_completeness(filled, asked, step):
    figures = statistics_of(ROUND, [submission("a", filled=filled, asked=asked)], {})
    assert [name for name, count in figures.completeness if count] == [step]


def test_what_units_say_of_an_earlier_slip_is_no_frequent_finding():
    some = [submission("a", finding("desk_answer_said", severity=Severity.HINT), finding("x"))]
    assert [one.code for one in statistics_of(ROUND, some, {}).findings] == ["x"]


def test_the_most_frequent_findings_once_a_submission_graver_first():
    twice = finding("uscc_form"), finding("uscc_form")
    some = [submission(str(at), *twice) for at in range(3)]
    some += [submission(f"b{at}", finding("required", "2.1", Severity.ERROR)) for at in range(3)]
    some += [submission(f"c{at}", finding(f"rare_{at}", str(at))) for at in range(12)]
    some.append(submission("sample", *twice, practice=True))
    most = statistics_of(ROUND, some, {}).findings
    assert len(most) == 10
    assert [(one.code, one.submissions, one.severity) for one in most[:3]] == [
        ("required", 3, "必须改"), ("uscc_form", 3, "请核实"), ("rare_0", 1, "请核实"),
    ]  # fmt: skip


def batch():
    some = [
        submission(
            str(at),
            finding("required", f"{at % 4}.1"),
            field=CODES[at % 8],
            region=f"江西省甲{at % 3}市乙县",
            filled=60 + at,
        )
        for at in range(41)
    ]
    ends = {str(at): ORDER[at % 4] for at in range(30)}
    return statistics_of(ROUND, some, ends, ["0", "1"], ORDER)


def read_back():
    return openpyxl.load_workbook(
        io.BytesIO(statistics_book(batch(), "江西省市场监督管理局", date(2026, 6, 24)))
    )


def rows_of(sheet, columns):
    return [
        tuple(cell.value for cell in row[:columns])
        for row in sheet.iter_rows(min_row=4)
        if row[0].value is not None
    ]


def test_every_sheet_cell_by_cell():
    figures, book = batch(), read_back()
    assert book.sheetnames == ["按领域", "按地区", "按结论", "最常见的10个问题", "完成度"]
    assert rows_of(book["按领域"], 4) == [
        (one.name, one.received, one.picked, one.most) for one in figures.fields
    ]
    for title, counts in (
        ("按地区", figures.regions),
        ("按结论", figures.conclusions),
        ("完成度", figures.completeness),
    ):
        rows = rows_of(book[title], 3)
        assert [row[:2] for row in rows] == list(counts)
        assert [row[2] for row in rows] == pytest.approx([count / 41 for _, count in counts])
    assert rows_of(book["最常见的10个问题"], 5) == [
        (at, one.label, one.severity, one.submissions, one.sentence)
        for at, one in enumerate(figures.findings, 1)
    ]
    assert Counter(dict(figures.conclusions)).total() == 41
    assert [name for name, _ in figures.completeness] == [name for name, _ in STEPS]


def test_every_sheet_has_a_chart_of_its_own_cells():
    for sheet in read_back():
        (chart,) = sheet._charts
        last = max(row[0].row for row in sheet.iter_rows(min_row=4) if row[0].value is not None)
        for series in chart.series:
            reference = series.val.numRef.f
            assert sheet.title in reference
            assert reference.endswith(f"${last}")


def test_a_share_takes_one_line_however_many_figures_it_has():
    sheet = read_back()["按地区"]
    shares = [row for row in range(4, sheet.max_row + 1) if isinstance(sheet.cell(row, 3).value, float)]
    assert any(len(str(sheet.cell(row, 3).value)) > 9 for row in shares)
    assert {sheet.row_dimensions[row].height for row in shares} == {20}


def test_an_empty_batch_has_sheets_and_the_same_bytes_every_time():
    nothing = statistics_of(ROUND, [], {}, (), ORDER)
    book = openpyxl.load_workbook(io.BytesIO(statistics_book(nothing, "江西省市场监督管理局", None)))
    assert len(book.sheetnames) == 5
    assert statistics_book(batch(), "甲局", None) == statistics_book(batch(), "甲局", None)
