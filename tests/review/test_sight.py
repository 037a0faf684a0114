"""A submission by its points, and where its answers stand on paper."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from pilotdesk.errors import DeskError
from pilotdesk.review.checking.points import MATERIAL
from pilotdesk.review.desk.looking import NOT_READ, desk_looked_at, look_closer
from pilotdesk.review.desk.material import Box, Drawn, draw_material
from pilotdesk.review.desk.records import Verdict
from pilotdesk.review.desk.sight import MATERIAL_LABEL, place_words, point_of, sight_of
from pilotdesk.review.intake.packs import points_for
from pilotdesk.review.records import Kind
from pilotdesk.rules.issue import Severity
from tests.review.desk_kit import PACK, changed, desk_in, finding, opened, sample_submission, submission

if TYPE_CHECKING:
    from pathlib import Path

FORM = PACK.forms["application"]
LATE = finding("desk_late", Severity.WARNING, MATERIAL, path="", number="", label="")
TIP = finding("text_short", Severity.HINT, 2)
MUST = finding("uscc_form", Severity.ERROR, 2)


def sighted(desk, key="k1"):
    return sight_of(desk.one(key), points_for("2026", "application", Kind.WORD))


@pytest.fixture
def desk(tmp_path):
    path = desk_in(tmp_path)
    with opened(path) as made:
        made.take(submission(findings=(LATE, TIP, MUST)))
        yield made


def test_the_points_of_the_notice_come_first_and_the_material_last(desk):
    sight = sighted(desk)
    assert [point.number for point in sight.points] == [1, 2, 3, 4, 5, 6, MATERIAL]
    assert sight.points[0].label == "信用情况"
    assert sight.points[-1].label == MATERIAL_LABEL
    assert [one.code for one in sight.point(2).findings] == ["uscc_form", "text_short"], "gravest first"
    assert sight.point(2).gravest is Severity.ERROR
    assert sight.point(1).gravest is None


def test_doubts_are_what_must_be_mended_or_confirmed(desk):
    assert sighted(desk).doubts() == ((2, 0), (MATERIAL, 0))


def test_one_begins_where_nothing_was_said_yet(desk):
    assert sighted(desk).first_open() == 1
    desk.verdict("k1", 1, Verdict.PASSED)
    assert sighted(desk).first_open() == 2
    for point in range(7):
        desk.verdict("k1", point, Verdict.PASSED)
    assert sighted(desk).first_open() == 1


def test_the_next_point_ends_at_the_last(desk):
    sight = sighted(desk)
    assert [sight.after(1), sight.after(6), sight.after(MATERIAL)] == [2, MATERIAL, MATERIAL]
    assert [sight.after(2, -1), sight.after(1, -1)] == [1, 1]


def test_opinions_belong_to_the_point_of_their_place(desk):
    points = points_for("2026", "application", Kind.WORD)
    found = (finding("uscc_form", point=1),)
    assert point_of("uscc", points, found) == 1, "where something was found there, the point of that"
    assert point_of("unit_name", points, found) == 2
    places = {"": MATERIAL, "point:5": 5, "uscc": 2, "credit_queries[r_1].result": 1, "point:9": MATERIAL}
    assert {place: point_of(place, points) for place in places} == places


def test_another_round_has_the_opinions_of_the_one_before_apart(desk):
    desk.opinion("k1", "uscc", "请改成 18 位。")
    desk.verdict("k1", 2, Verdict.PASSED)
    desk.verdict("k1", 3, Verdict.REFUSED)
    desk.take(changed(submission(findings=(MUST,)), "BBBB-BBBB", unit_name="乙县服务中心"))
    desk.opinion("k1", "point:2", "名称请核对。")
    point = sighted(desk).point(2)
    assert [one.text for one in point.opinions] == ["名称请核对。"]
    assert [one.text for one in point.before] == ["请改成 18 位。"]
    assert point.given is None
    assert point.earlier.verdict is Verdict.PASSED
    assert sighted(desk).keepable() == (2,), "only what passed is kept"
    assert sighted(desk).opinion_at("point:2").text == "名称请核对。"
    assert sighted(desk).opinion_at("uscc") is None


def test_places_have_words(desk):
    sight, values = sighted(desk), desk.one("k1").submission.values
    assert place_words("", sight, FORM, values) == "整份材料"
    assert place_words("point:1", sight, FORM, values) == "1 信用情况"
    assert place_words("uscc", sight, FORM, values) == "2.2 统一社会信用代码"
    assert place_words("targets[r_t2].value_2028", sight, FORM, values).startswith("9.2 量化指标表，第 2 行")
    assert place_words("of_another_form", sight, FORM, values) == "of_another_form"


def test_a_second_look_reads_what_is_stored_meanwhile_and_writes_nothing(desk):
    with desk_looked_at(desk.path) as reading:
        desk.opinion("k1", "", "请补材料。")
        assert [one.text for one in reading.opinions("k1")] == ["请补材料。"]
        with pytest.raises(DeskError), reading._connection.writing():
            pass


def test_a_closer_look_has_a_line_for_every_point_and_the_seal(desk):
    desk.take(sample_submission())
    dossier = desk.one("sample")
    points = points_for("2026", "application", Kind.PILOT)
    closer = look_closer(desk.path, dossier.submission, dossier.row.taken_at, points, PACK)
    assert len(closer.lines) == 6
    assert "无不良记录" in closer.lines[0]
    assert closer.untouched


def test_of_somebody_elses_form_only_what_was_read_is_told(desk):
    one = submission("k7", "DDDD-DDDD", source=Kind.PLAIN_WORD)
    desk.take(one)
    dossier = desk.one("k7")
    points = points_for("2026", "application", Kind.PLAIN_WORD)
    lines = look_closer(desk.path, dossier.submission, dossier.row.taken_at, points, PACK).lines
    assert lines[0] == NOT_READ
    assert not any("没有填" in line for line in lines[:4])


def test_where_nothing_was_read_of_a_point_nothing_was_checked(desk):
    read = submission("k7", "DDDD-DDDD", source=Kind.PLAIN_WORD, findings=())
    desk.take(read)
    points = points_for("2026", "application", Kind.PLAIN_WORD)
    sight = sight_of(desk.one("k7"), points)
    assert sight.point(1).blind
    assert not sight.point(2).blind, "the unit's name was read"
    assert sight.point(2).unread > 0
    assert not any(point.blind or point.unread for point in sighted(desk).points), (
        "a package brings everything"
    )


# -- on paper --------------------------------------------------------------------------------------


def drawn(**boxes):
    paths = {path: (Box(*box),) for path, box in boxes["boxes"].items()}
    return Drawn(
        file=None, pages=2, numbered=1, boxes=paths, order=("first", "table", "blank", "last"), irrelevant=()
    )


PAPER = drawn(
    boxes={
        "first": (0, 0.3, 0.10, 0.5, 0.12),
        "table[r_1].name": (0, 0.3, 0.50, 0.4, 0.52),
        "table[r_2].name": (0, 0.3, 0.54, 0.4, 0.56),
    }
)


def test_an_answer_is_where_it_was_printed():
    assert PAPER.spot("first").exact
    assert PAPER.spot("table[r_2].name").boxes[0].top == 0.54


def test_an_answer_that_was_not_given_is_beside_its_row_its_table_or_what_came_before():
    row = PAPER.spot("table[r_2].unit")
    assert (row.boxes[0].top, row.exact) == (0.54, False)
    assert len(PAPER.spot("table[r_9].unit").boxes) == 2
    assert PAPER.spot("table").exact, "a whole table is its rows"
    blank = PAPER.spot("blank")
    assert (blank.boxes[0].top, blank.exact) == (0.54, False)
    assert drawn(boxes={}).spot("blank") is None
    assert PAPER.spot("of_another_form") is None


def test_a_place_on_paper_gives_its_answer():
    assert PAPER.at(0, 0.45, 0.505) == "table[r_1].name"
    assert PAPER.at(0, 0.45, 0.80) == ""
    assert PAPER.at(1, 0.45, 0.505) == ""


def test_the_material_is_drawn_from_the_answers_with_the_code_it_came_with(tmp_path: Path):
    one = sample_submission()
    pages: list[tuple[int, int]] = []
    made = draw_material(
        PACK, one, date(2026, 7, 1), tmp_path / "a.pdf", progress=lambda *page: pages.append(page)
    )
    assert made.pages > made.numbered > 20
    assert pages
    spot = made.spot("uscc")
    assert spot.exact
    assert made.at(spot.boxes[0].page, spot.boxes[0].left, spot.boxes[0].top) == "uscc"
    from pilotdesk.documents.pdf import read_pdf_text

    assert one.code in "".join(read_pdf_text(made.file).pages)
