"""What the desk's table shows without its window: filters, search, cells, order, and what there is to say of a pick."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pilotdesk.review.desk.cells import CellWords, Column, Standing, row_words
from pilotdesk.review.desk.filtering import Filter, Finder, filters_of, is_reviewed, sieve
from pilotdesk.review.desk.records import Conclusion, DeskRow
from pilotdesk.review.desk.remarks import not_passed, picks_of, remarks_on
from pilotdesk.review.quota import quota_of, short_name
from pilotdesk.review.records import Agreement, Facts, Kind
from pilotdesk.rules.issue import Severity
from tests.review.desk_kit import PACK

CODES = [field.code for field in PACK.round.pilot_field]
WORDS = CellWords(PACK)
VERSION = PACK.forms["application"].head.version


def line(key="k1", number=1, **rest):
    """A line of the table; facts by their names, everything else as in the record."""
    facts = {
        "title": "甲县养老服务标准化试点",
        "unit": "甲县社会福利中心",
        "field": "Z2",
        "uscc": "12361099MB1K23456F",
    }
    facts["credit_on"] = date(2026, 6, 2)
    facts |= {name: rest.pop(name) for name in Facts.__struct_fields__ if name in rest}
    told = {
        "handed": 1, "taken_at": "2026-06-20T02:00:00.000Z", "changed": 0, "form": "application", "form_version": 1,
        "project": "p", "source": Kind.PILOT, "code": "K7Q4-2M9X", "revision": 1, "practice": False,
        "agreement": Agreement.ALL, "filled": 50, "asked": 55, "must": 0, "ask": 0, "hint": 0, "attachments": 3,
        "missing_attachments": (), "points": 6, "verdicts": {}, "conclusion": Conclusion.PASSED, "overridden": False,
        "rank": 0, "returned": "", "due": None,
    }  # fmt: skip
    return DeskRow(key=key, number=number, facts=Facts(**facts), **{**told, **rest})


lines = st.builds(
    line,
    number=st.integers(1, 300),
    title=st.sampled_from(["甲县养老服务标准化试点", "Ａ区机器人试点", "", "乙市户厕管护 2 期"]),
    field=st.sampled_from([*CODES, "", "F9"]),
    must=st.integers(0, 2), ask=st.integers(0, 2), handed=st.integers(1, 3), rank=st.integers(0, 4),
    conclusion=st.sampled_from(Conclusion), returned=st.sampled_from(["", "2026-1"]),
    agreement=st.sampled_from(Agreement), credit_on=st.none() | st.dates(date(2025, 1, 1), date(2026, 6, 30)),
    missing_attachments=st.sampled_from([(), ("承诺书",)]), source=st.sampled_from(Kind),
    older=st.sampled_from([(), (Kind.PDF,), (Kind.WORD, Kind.PDF)]), form_version=st.integers(0, 3),
    directions=st.sampled_from([(), ("养老家政",), ("养老家政", "商贸物流")]), filled=st.integers(0, 60),
)  # fmt: skip


# -- filters -------------------------------------------------------------------------------------


@given(lines)
def test_filters_say_what_their_words_say(row):
    done = row.conclusion in {Conclusion.PASSED, Conclusion.RETURNED, Conclusion.REFUSED}
    assert is_reviewed(row) is done
    assert filters_of(row) == tuple(sieve(one)(row) for one in Filter)
    assert sieve(Filter.ALL)(row)
    assert sieve(Filter.OPEN)(row) is not done
    assert sieve(Filter.DOUBTS)(row) is (row.must + row.ask > 0)
    assert sieve(Filter.PICKED)(row) is (row.rank > 0)
    assert sieve(Filter.AGAIN)(row) is (row.handed > 1)
    assert sieve(Filter.TO_RETURN)(row) is (row.conclusion is Conclusion.RETURNED and row.returned == "")


# -- search --------------------------------------------------------------------------------------

ROWS = {
    row.key: row
    for row in (
        line("a", 7, title="柳塘市图书馆服务标准化试点", unit="柳塘市图书馆", uscc="91360000000000007X"),
        line("b", 17, title="Ａ市机器人试点", unit="江口机器人有限公司", uscc="91360000000000017X"),
        line("c", 107, title="青禾智慧农业试点", unit="青禾合作社", uscc="913600001234561078"),
    )
}


@pytest.mark.parametrize(
    ("typed", "keys"),
    [
        ("", "abc"),
        ("  ", "abc"),
        ("图书馆", "a"),
        ("试点", "abc"),
        ("试点 合作", "c"),
        ("７", "a"),
        ("07", "a"),
        ("017", "b"),
        ("107", "c"),
        ("a市", "b"),
        ("ltstsg", "a"),
        ("QHHZS", "c"),
        ("913600001234561078", "c"),
        ("k7q4", "abc"),
        ("没有", ""),
        ("试点\n", "abc"),
    ],
)
def test_words_numbers_codes_and_initials_find_their_lines(typed, keys):
    assert Finder().found(ROWS, typed) == set(keys)


def test_a_finder_forgets_when_lines_have_changed():
    finder = Finder()
    assert finder.found(ROWS, "图书馆") == {"a"}
    renamed = {**ROWS, "a": line("a", 7, title="文化馆", unit="柳塘市文化馆")}
    finder.forget()
    assert finder.found(renamed, "图书馆") == set()
    assert finder.found(renamed, "whg") == {"a"}


# -- cells ---------------------------------------------------------------------------------------


@given(lines)
def test_every_cell_has_a_text_and_what_stands_badly_says_so(row):
    for column in Column:
        cell = WORDS.cell(row, column)
        assert cell.text or column in {Column.PICK, Column.RANK}
    assert (WORDS.cell(row, Column.MUST).standing is Standing.WRONG) is (row.must > 0)
    assert (WORDS.cell(row, Column.FIELD).standing is Standing.DOUBT) is (row.facts.field not in CODES)


def test_credit_queries_are_old_by_the_day_of_upload():
    assert WORDS.cell(line(credit_on=date(2026, 6, 2)), Column.CREDIT).text == "6月02日"
    assert WORDS.cell(line(credit_on=date(2026, 6, 2)), Column.CREDIT).standing is Standing.PLAIN
    old = WORDS.cell(line(credit_on=date(2026, 4, 11)), Column.CREDIT)
    assert (old.text, old.standing) == ("4月11日", Standing.DOUBT)
    assert "80 天" in old.said
    assert WORDS.cell(line(credit_on=date(2025, 6, 2)), Column.CREDIT).text == "2025-06-02"
    assert WORDS.cell(line(credit_on=None), Column.CREDIT).standing is Standing.DOUBT
    assert WORDS.cell(line(credit_on=None, form="annual_summary"), Column.CREDIT).standing is Standing.PLAIN


@pytest.mark.parametrize(
    ("agreement", "missing", "text", "standing"),
    [
        (Agreement.ALL, (), "一致", Standing.PLAIN),
        (Agreement.ALONE, (), "只有一份", Standing.PLAIN),
        (Agreement.OLDER, (), "有旧版", Standing.DOUBT),
        (Agreement.OLDER, ("承诺书",), "有旧版", Standing.DOUBT),
        (Agreement.ALL, ("承诺书", "批文"), "缺附件 2", Standing.DOUBT),
    ],
)
def test_carriers_and_missing_attachments_share_a_cell(agreement, missing, text, standing):
    cell = WORDS.cell(line(agreement=agreement, missing_attachments=missing), Column.AGREEMENT)
    assert (cell.text, cell.standing) == (text, standing)
    assert all(one in cell.said for one in missing)


@pytest.mark.parametrize(
    ("older", "text", "said"),
    [
        ((), "有旧版", ""),
        ((Kind.PDF,), "PDF 旧版", "PDF 是旧版"),
        ((Kind.PILOT,), ".pilot 旧版", ".pilot 是旧版"),
        ((Kind.WORD, Kind.PDF), "有旧版", "Word、PDF 是旧版"),
    ],
)
def test_the_cell_says_which_file_is_old(older, text, said):
    cell = WORDS.cell(line(agreement=Agreement.OLDER, older=older), Column.AGREEMENT)
    assert (cell.text, cell.standing, cell.said) == (text, Standing.DOUBT, said)
    lacking = line(agreement=Agreement.OLDER, older=older, missing_attachments=("承诺书",))
    assert WORDS.cell(lacking, Column.AGREEMENT).said == f"{said or '有旧版'}，缺承诺书"


@pytest.mark.parametrize(
    ("column", "rest", "text", "standing"),
    [
        (Column.COMPLETE, {"filled": 55, "asked": 56}, "55/56", Standing.DOUBT),
        (Column.COMPLETE, {"filled": 56, "asked": 56}, "56/56", Standing.PLAIN),
        (Column.ASK, {"ask": 2}, "2", Standing.DOUBT),
        (Column.ASK, {"ask": 0}, "0", Standing.PLAIN),
        (Column.ATTACHMENTS, {"attachments": 10, "missing_attachments": ("承诺书",)}, "10，缺 1", Standing.DOUBT),
        (Column.ATTACHMENTS, {"attachments": 10}, "10", Standing.PLAIN),
        (Column.VERSION, {"form_version": VERSION}, f"第 {VERSION} 版", Standing.PLAIN),
        (Column.VERSION, {"form_version": VERSION - 1}, f"第 {VERSION - 1} 版，旧", Standing.DOUBT),
        (Column.VERSION, {"form_version": VERSION + 8}, f"第 {VERSION + 8} 版，新", Standing.DOUBT),
        (Column.VERSION, {"form_version": 3, "form": "gone"}, "第 3 版", Standing.PLAIN),
        (Column.VERSION, {"source": Kind.PLAIN_WORD}, "—", Standing.PLAIN),
        (Column.SOURCE, {"source": Kind.PILOT}, ".pilot", Standing.PLAIN),
        (Column.SOURCE, {"source": Kind.PLAIN_WORD}, "别的 Word 文件", Standing.DOUBT),
        (Column.HANDED, {"handed": 2}, "第 2 次 · 6月20日", Standing.PLAIN),
        (Column.HANDED, {"taken_at": "2027-01-20T02:00:00.000Z"}, "第 1 次 · 2027-01-20", Standing.PLAIN),
        (Column.REGION, {"region": "湖南省衡阳市耒阳市"}, "湖南省衡阳市耒阳市", Standing.PLAIN),
        (Column.REGION, {}, "没填", Standing.DOUBT),
        (Column.DIRECTION, {"directions": ("家电家具", "数字智能")}, "家电家具、数字智能", Standing.PLAIN),
        (Column.DIRECTION, {}, "—", Standing.PLAIN),
    ],
)  # fmt: skip
def test_what_else_may_be_shown(column, rest, text, standing):
    cell = WORDS.cell(line(**rest), column)
    assert (cell.text, cell.standing) == (text, standing)


@pytest.mark.parametrize(
    ("column", "first", "second"),
    [
        (Column.COMPLETE, {"filled": 50, "asked": 56}, {"filled": 30, "asked": 31}),
        (Column.ASK, {"ask": 3}, {"ask": 1, "must": 9}),
        (Column.ATTACHMENTS, {"attachments": 9, "missing_attachments": ("承诺书",)}, {"attachments": 2}),
        (Column.VERSION, {"form_version": 1}, {"form_version": 10}),
        (Column.VERSION, {"form_version": 9}, {"form_version": 1, "source": Kind.PLAIN_WORD}),
        (Column.SOURCE, {"source": Kind.WORD}, {"source": Kind.PDF}),
        (Column.HANDED, {"taken_at": "2026-06-02T02:00:00.000Z"}, {"taken_at": "2026-06-11T02:00:00.000Z"}),
        (Column.REGION, {"region": "湖南省常德市"}, {"region": "湖南省郴州市"}),
        (Column.DIRECTION, {"directions": ("商贸物流",)}, {"directions": ()}),
        (Column.AGREEMENT, {"agreement": Agreement.OLDER, "older": (Kind.WORD,)},
         {"agreement": Agreement.OLDER, "older": (Kind.PDF,)}),
    ],
)  # fmt: skip
def test_what_is_to_be_looked_at_comes_first(column, first, second):
    rows = [line("b", 1, **second), line("a", 2, **first)]
    assert [row.key for row in sorted(rows, key=WORDS.order(column))] == ["a", "b"]


def test_a_slip_that_went_out_shows_in_the_conclusion():
    row = line(conclusion=Conclusion.RETURNED)
    assert WORDS.cell(row, Column.CONCLUSION).text == "退回"
    sent = msgspec.structs.replace(row, returned="退〔2026〕1 号", due=date(2026, 6, 20))
    assert WORDS.cell(sent, Column.CONCLUSION).text == "已退回"
    assert "2026-06-20" in WORDS.cell(sent, Column.CONCLUSION).said


def test_fields_are_short_where_there_is_little_room():
    short = [short_name(field) for field in PACK.round.pilot_field]
    assert short == [
        "农业农村",
        "消费品",
        "高新技术",
        "服务业",
        "基本公共服务",
        "社会管理",
        "司法行政",
        "民政",
    ]


@given(st.lists(lines, max_size=12), st.sampled_from(Column))
def test_every_column_sorts_and_the_number_decides_between_equals(rows, column):
    order = WORDS.order(column)
    ordered = sorted(rows, key=order)
    for before, after in pairwise(ordered):
        assert order(before) <= order(after)
        if order(before)[0] == order(after)[0]:
            assert before.number <= after.number


def test_gravest_first_and_picks_by_their_rank():
    rows = [line("a", 1, must=1), line("b", 2, must=3), line("c", 3, rank=2), line("d", 4, rank=1)]
    by = {column: [row.key for row in sorted(rows, key=WORDS.order(column))] for column in Column}
    assert by[Column.MUST] == ["b", "a", "c", "d"]
    assert by[Column.RANK] == ["d", "c", "a", "b"]
    assert by[Column.NUMBER] == ["a", "b", "c", "d"]


def test_the_line_below_the_table_says_how_it_stands():
    words = row_words(line(number=7, handed=2, changed=4, must=1, ask=2))
    assert words == "07 · 第 2 次报来，改了 4 处 · 填了 50 / 55 栏 · 附件 3 个 · 必须改 1 · 请核实 2"


def test_of_somebody_elses_word_file_it_is_said_how_much_was_read():
    row = line(source=Kind.PLAIN_WORD, filled=19, asked=54, credit_on=None)
    assert "读到 19 栏，共 54 栏" in row_words(row)
    assert "填了" not in row_words(row)
    assert WORDS.cell(row, Column.MUST).said.endswith("只查了读到的，读到 19 栏，共 54 栏")
    assert WORDS.cell(row, Column.COMPLETE).said == "还有 35 栏没有读到，请看原件"
    assert WORDS.cell(row, Column.CREDIT).said == "没有读到查询日期，请看原件"


# -- remarks -------------------------------------------------------------------------------------


def remarks(rows, key):
    by_key = {row.key: row for row in rows}
    return remarks_on(by_key[key], by_key, quota_of(PACK.round, picks_of(rows)), WORDS)


def test_a_pick_that_does_not_fit_names_those_that_do():
    rows = [line("a", 21, rank=2, uscc="a"), line("b", 22, rank=1, uscc="b"), line("c", 30, rank=3, uscc="c")]
    assert remarks(rows, "a") == ()
    (said,) = remarks(rows, "c")
    assert said.severity is Severity.ERROR
    assert said.sentence.startswith("推荐第 3 名：民政不超 2 项")
    assert said.sentence.endswith("占着名额的是编号 22、21。")


def test_the_total_is_broken_by_all_six_fields_together():
    rows = [line(f"k{at}", at, rank=at, field=f"F{(at + 1) // 2}", uscc=f"u{at}") for at in range(1, 10)]
    (said,) = remarks(rows, "k9")
    assert "六领域总数不超 8 项" in said.sentence
    assert said.sentence.endswith("占着名额的是编号 01、02、03、04、05、06、07、08。")


def test_what_speaks_against_a_pick_is_asked_about():
    rows = [
        line("a", 1, rank=1, conclusion=Conclusion.RETURNED, must=2, field="F1"),
        line("b", 2, rank=2, practice=True, uscc="91360000000000002X", field="F2"),
        line("c", 3, rank=3, field="F3", conclusion=Conclusion.REVIEWING),
        line("d", 4, conclusion=Conclusion.REFUSED, must=1, field="F1"),
        line("e", 5, rank=4, uscc="", field="F5"),
        line("f", 6, rank=5, uscc="", field="F6", conclusion=Conclusion.UNSEEN),
    ]
    said = {key: [one.sentence for one in remarks(rows, key)] for key in "abcdef"}
    ending = "。请核实后再出汇总表。"
    assert said == {
        "a": [f"勾了推荐，但是结论是“退回”，还有 2 处必须改，编号 03 是同一个单位的，也勾了{ending}"],
        "b": [f"勾了推荐，但是这是练习用的样例{ending}"],
        "c": [f"勾了推荐，但是还没有审完，编号 01 是同一个单位的，也勾了{ending}"],
        "d": [], "e": [],
        "f": [f"勾了推荐，但是还没有审{ending}"],
    }  # fmt: skip
    assert {one.severity for key in "abcf" for one in remarks(rows, key)} == {Severity.WARNING}


def test_picks_that_did_not_pass_are_counted_for_whoever_makes_a_paper_of_them():
    rows = [
        line("a", 1, rank=2),
        line("b", 12, rank=1),
        line("c", 3, rank=3, conclusion=Conclusion.UNSEEN),
        line("d", 14, rank=4, conclusion=Conclusion.UNSEEN),
        line("e", 5, rank=5, conclusion=Conclusion.REFUSED),
        line("f", 6, conclusion=Conclusion.UNSEEN),
    ]
    assert not_passed(rows) == (
        "5 项里有 2 项还没有审：编号 03、14。请核实后再出。",
        "5 项里有 1 项结论是“不推荐”：编号 05。请核实后再出。",
    )
    assert not_passed(rows[:2]) == ()


def test_care_of_the_elderly_could_stand_in_the_special_track_and_what_that_does_is_worked_out_live():
    home = line("a", field="F4", directions=("养老家政",))
    care = [line("z1", 2, rank=1, uscc="a"), line("z2", 3, rank=2, uscc="b")]
    assert [other.field for other in WORDS.others(home)] == ["Z2"]
    (said,) = remarks([home], "a")
    assert said.severity is Severity.HINT
    assert said.sentence.endswith("如果推荐，改报民政专项后，民政 0→1 项，符合限额。")
    (said,) = remarks([home, *care], "a")
    assert said.sentence.endswith("如果推荐，改报民政专项后，民政 2→3 项，民政超 1 项。")
    picked = msgspec.structs.replace(home, rank=1)
    (said,) = remarks([picked], "a")
    assert "六领域合计 1→0 项，服务业 1→0 项，民政 0→1 项，符合限额。" in said.sentence
    assert "也可以报民政专项" in WORDS.cell(home, Column.FIELD).said
