"""Who is late, and what was promised against what was achieved."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime
from decimal import Decimal

import openpyxl
import pytest
from msgspec.structs import replace

from pilotdesk.clock import Clock
from pilotdesk.forms.shipped import load_shipped
from pilotdesk.forms.values import Row, Unparsed
from pilotdesk.projects import sample_package
from pilotdesk.review.desk.file import Desk
from pilotdesk.review.outputs.years import Standing, duties_of, paper_name, promises_of
from pilotdesk.review.outputs.years_book import DUTIES, DUTY_COLUMNS, PROMISE_COLUMNS, PROMISES, years_book
from tests.review.desk_kit import desk_in, submission

PACK = load_shipped("2026")
LATER = ["summary_2027", "summary_2028", "self_assessment"]


def paper(form, key, project, **rest):
    return submission(key, form=form, form_version=PACK.forms[form].head.version, project=project, **rest)


def named(one, unit, title):
    return replace(one, facts=replace(one.facts, unit=unit, title=title))


@pytest.fixture
def desk(tmp_path):
    path = desk_in(tmp_path)
    now = [datetime(2026, 6, 20, tzinfo=UTC)]
    desk = Desk(path, Clock(lambda: now[0]))
    desk.moment = now
    for number in (1, 2, 3):
        desk.take(
            named(paper("application", f"a{number}", f"p{number}"), f"{number}号单位", f"{number}号试点")
        )
    for key in ("a2", "a1"):
        desk.pick(key, yes=True)
    yield desk
    desk.close()


def take_at(desk, moment, one):
    desk.moment[0] = moment
    desk.take(one)


def states(desk, today, **days):
    duties = duties_of(desk, PACK, today, days)
    return [(one.key, one.form, one.standing, one.days) for one in duties]


def test_only_recommended_projects_owe_and_not_before_the_day(desk):
    found = states(desk, date(2027, 11, 30))
    assert [one[:2] for one in found] == [(key, form) for key in ("a2", "a1") for form in LATER]
    assert {one[2] for one in found if one[1] != "self_assessment"} == {Standing.OPEN}
    assert {one[2:] for one in found if one[1] == "self_assessment"} == {(Standing.NO_DAY, 0)}


def test_the_day_is_over_at_midnight_in_china(desk):
    take_at(desk, datetime(2027, 11, 30, 15, 59, tzinfo=UTC), paper("summary_2027", "s1", "p1"))
    take_at(desk, datetime(2027, 11, 30, 16, 0, tzinfo=UTC), paper("summary_2027", "s2", "p2"))
    found = {one[0]: one[2:] for one in states(desk, date(2028, 1, 1)) if one[1] == "summary_2027"}
    assert found == {"a1": (Standing.IN_TIME, 0), "a2": (Standing.LATE, 1)}


def test_a_second_handing_in_does_not_make_it_late(desk):
    one = paper("summary_2027", "s1", "p1")
    take_at(desk, datetime(2027, 11, 1, tzinfo=UTC), one)
    take_at(desk, datetime(2027, 12, 9, tzinfo=UTC), replace(one, code="BBBB-BBBB", revision=2))
    assert ("a1", "summary_2027", Standing.IN_TIME, 0) in states(desk, date(2028, 1, 1))


def test_missing_ones_are_counted_in_days(desk):
    found = states(desk, date(2027, 12, 10), self_assessment=date(2027, 12, 1))
    assert ("a1", "summary_2027", Standing.MISSING, 10) in found
    assert ("a2", "self_assessment", Standing.MISSING, 9) in found


def test_without_an_id_unit_and_title_tell_the_project(desk):
    take_at(
        desk, datetime(2027, 11, 1, tzinfo=UTC), named(paper("summary_2027", "s", ""), "1号 单位", "1号试点")
    )
    found = {one[0]: one[2] for one in states(desk, date(2028, 1, 1)) if one[1] == "summary_2027"}
    assert found == {"a1": Standing.IN_TIME, "a2": Standing.MISSING}


# -- promises --------------------------------------------------------------------------------------


def row(number, **cells):
    return Row(f"r_{number:08x}", cells)


TARGETS = (
    row(1, indicator="满意度", unit="%", base_value=Decimal("90.3"), value_2027=Decimal("94.0"), value_2028=Decimal("96.0")),
    row(2, indicator="时长", unit="小时", base_value=Decimal("18.5"), value_2027=Decimal("12.0"), value_2028=Decimal("8.0")),
)  # fmt: skip
FIGURES = (
    row(1, indicator="满意度", unit="%", base_value=Decimal("90.3"), promised=Decimal("94.0"), achieved=Decimal("94.6"),
        estimated="estimated"),
    row(2, indicator="时长", unit="小时", base_value=Decimal("18.5"), promised=Decimal("12.0"), promised_now=Decimal(13),
        achieved=Decimal(14), estimated="actual", reason="设备晚到"),
)  # fmt: skip


def told(figures=FIGURES, targets=TARGETS):
    application = paper("application", "a", "p1", values={"targets": targets})
    return promises_of([paper("summary_2027", "s", "p1", values={"figures": figures}), application], PACK)


def test_promise_and_what_became_of_it():
    good, short = told()
    assert (good.paper, good.year, good.indicator, good.measure) == (
        "2027年度工作总结",
        "2027",
        "满意度",
        "%",
    )
    assert (good.base, good.promised, good.changed, good.achieved) == (
        Decimal("90.3"), Decimal("94.0"), None, Decimal("94.6"),
    )  # fmt: skip
    assert (good.gap, good.kept, good.estimated, good.in_application) == (Decimal("0.6"), True, True, None)
    assert (short.changed, short.gap, short.kept, short.reason) == (
        Decimal(13),
        Decimal(1),
        False,
        "设备晚到",
    )
    assert round(short.share, 1) == Decimal("92.9")


def test_a_promise_that_is_not_the_applications_is_told():
    figures = (FIGURES[0], row(2, **{**FIGURES[1].cells, "promised": Decimal(15)}))
    good, other = told(figures)
    assert good.in_application is None
    assert (other.promised, other.in_application) == (Decimal(15), Decimal("12.0"))


def test_what_cannot_be_read_is_no_number():
    figures = (
        row(1, indicator=Unparsed("满意"), promised=Unparsed("很高"), achieved=None),
        row(9, indicator="别的"),
    )
    first, other = told(figures)
    assert (first.indicator, first.promised, first.gap, first.share, first.kept) == (
        "满意",
        Decimal("94.0"),
        None,
        None,
        None,
    )
    assert (other.promised, other.achieved) == (None, None)


@pytest.mark.parametrize("form", LATER)
def test_samples_tell_their_promises(form):
    package = sample_package(form)
    application = sample_package("application")
    one = paper(form, "s", "p", values=package.values)
    promises = promises_of([one, paper("application", "a", "p", values=application.values)], PACK)
    targets = application.values["targets"]
    assert [promise.indicator for promise in promises] == [target.cell("indicator") for target in targets]
    year = "2027" if form == "summary_2027" else "2028"
    assert {promise.year for promise in promises} == {year}
    assert [promise.promised for promise in promises] == [target.cell(f"value_{year}") for target in targets]
    assert all(promise.in_application is None for promise in promises)
    assert all(promise.kept is not None and promise.gap is not None for promise in promises)


def test_order_does_not_depend_on_the_order_of_papers():
    papers = [
        named(
            paper(form, f"{form}{n}", f"p{n}", values={"figures": FIGURES, "results": FIGURES}),
            f"{n}",
            f"{n}",
        )
        for form in LATER
        for n in (2, 1)
    ]
    found = promises_of(papers, PACK)
    assert found == promises_of(papers[::-1], PACK)
    assert [(one.unit, one.paper) for one in found[::2]] == [
        (unit, paper_name(PACK.forms[form])) for unit in "12" for form in LATER
    ]


def test_the_book_says_the_same(desk):
    take_at(desk, datetime(2027, 12, 2, tzinfo=UTC), paper("summary_2027", "s2", "p2"))
    duties = duties_of(desk, PACK, date(2027, 12, 10))
    promises = told((FIGURES[0], row(2, **{**FIGURES[1].cells, "reason": "=1+1", "promised": Decimal(15)})))
    content = years_book(duties, promises, "江西省市场监督管理局", date(2027, 12, 10))
    assert content == years_book(duties, promises, "江西省市场监督管理局", date(2027, 12, 10))
    book = openpyxl.load_workbook(io.BytesIO(content))
    assert book.sheetnames == [DUTIES, PROMISES]
    owed = [[cell.value for cell in line] for line in book[DUTIES].iter_rows(min_row=3)]
    assert owed[0] == list(DUTY_COLUMNS)
    assert owed[1][:4] == [1, "2号试点", "2号单位", "2027年度工作总结"]
    assert [value.date() for value in owed[1][4:6]] == [date(2027, 11, 30), date(2027, 12, 2)]
    assert owed[1][6:8] == ["逾期报送", 2]
    assert owed[4][6:8] == ["逾期未报", 10]
    assert owed[3][3:8] == ["自评表", None, None, "未报，未定日期", None]
    figures = [[cell.value for cell in line] for line in book[PROMISES].iter_rows(min_row=3)]
    assert figures[0] == list(PROMISE_COLUMNS)
    assert figures[1][4:] == [
        "2027",
        "满意度",
        "%",
        90.3,
        94,
        None,
        94.6,
        0.6,
        100.6383,
        "达到",
        None,
        "完成值含预计",
    ]
    assert figures[2][7:] == [18.5, 15, 13, 14, 1, 92.8571, "没有达到", "=1+1", "申报书承诺的是12.0，请核实"]
    assert book[PROMISES].cell(5, 15).data_type == "s"
    assert not any(word in str(figures) + str(owed) for word in ("督导", "考核", "验收"))
