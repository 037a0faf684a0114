"""Facts of a submission, how far it has got, and everything found in one go."""

from __future__ import annotations

from datetime import date

import pytest

from pilotdesk.forms.values import Row, Unparsed
from pilotdesk.review.checking.facts import completeness_of, facts_of, is_credit_old
from pilotdesk.review.checking.formal_checks import Received
from pilotdesk.review.checking.judging import judge
from pilotdesk.review.records import Agreement, Facts, Kind
from pilotdesk.rules.completeness import progress_now
from tests.packs.test_seeded_defects import TODAYS
from tests.review.findings_kit import PACK, REVIEW, as_printed, engine_of, found_in, handed, points_of, sample


def facts(form_name, values):
    points = points_of(form_name)
    return facts_of(points.form, points.sheet, values)


def test_the_facts_of_the_sample():
    assert facts("application", sample("application").values) == Facts(
        title="南汀县政务服务“高效办成一件事”标准化试点",
        unit="南汀县政务服务中心",
        uscc="12361099MB1K23456F",
        unit_kind="事业单位",
        region="江西省抚州市南汀县",
        field="F6",
        directions=("政务服务“高效办成一件事”",),
        legal_representative="周明远",
        contact="吴小舟",
        phone="13800000035",
        participants=("南汀县市场监督管理局", "南汀县数据发展服务中心", "南汀县人力资源和社会保障局"),
        pilot_before="否",
        credit_on=date(2026, 6, 2),
    )


def test_an_empty_form_has_no_facts():
    for form_name in TODAYS:
        assert facts(form_name, {}) == Facts()


def test_a_second_place_is_looked_at_when_the_first_is_empty():
    values = dict(sample("application").values) | {"contact.mobile": " ", "contact.phone": "0794-1"}
    assert facts("application", values).phone == "0794-1"


def test_the_oldest_query_counts_and_what_cannot_be_read_does_not():
    rows = tuple(
        Row(f"r_{at}", {"queried_on": day})
        for at, day in enumerate([date(2026, 6, 5), date(2026, 4, 11), Unparsed("五月"), None])
    )
    assert facts("application", {"credit_queries": rows}).credit_on == date(2026, 4, 11)
    assert facts("application", {"credit_queries": rows[2:]}).credit_on is None


@pytest.mark.parametrize(
    ("queried", "old"),
    [(date(2026, 5, 31), False), (date(2026, 5, 30), True), (date(2026, 7, 9), False), (None, False)],
)
def test_a_query_is_old_as_the_check_of_the_pack_has_it(queried, old):
    upload = next(one.day for one in PACK.round.deadline if one.name == "upload")
    assert is_credit_old(queried, upload, REVIEW) is old
    assert not is_credit_old(queried, None, REVIEW)
    assert not is_credit_old(queried, upload, None)
    if queried and queried < date(2026, 6, 20):
        session = sample("application")
        rows = tuple(row.with_cell("queried_on", queried) for row in session.rows("credit_queries"))
        found = found_in("application", dict(session.values) | {"credit_queries": rows})
        assert ("credit_query_old" in {one.code for one in found}) is old


def test_what_cannot_be_read_shows_as_it_was_typed():
    told = facts(
        "application",
        {
            "uscc": " 1236\n1099 ",
            "unit_kind": Unparsed("县属"),
            "directions": ("other:夜间办", "f6_one_matter"),
        },
    )
    assert told.uscc == "1236 1099"
    assert told.unit_kind == "县属"
    assert told.directions == ("其他：夜间办", "政务服务“高效办成一件事”")


def test_a_printed_list_of_participants_is_taken_apart():
    assert facts("summary_2027", {"participant_names": "甲局、乙中心"}).participants == ("甲局", "乙中心")


@pytest.mark.parametrize("form_name", TODAYS)
@pytest.mark.parametrize("source", [Kind.PILOT, Kind.WORD])
def test_a_full_form_is_complete_whatever_brings_it(form_name, source):
    values = sample(form_name).values
    brought = values if source is Kind.PILOT else as_printed(form_name, values)
    filled, asked = completeness_of(engine_of(form_name, brought, source=source))
    assert filled == asked > 15


def test_completeness_is_what_progress_is_made_of():
    values = {path: value for at, (path, value) in enumerate(sample("application").values.items()) if at % 3}
    engine = engine_of("application", values)
    filled, asked = completeness_of(engine)
    assert 0 < filled < asked
    assert progress_now(engine) == filled * 100 // asked


def judged(values, documents, source=Kind.PILOT, accepted=None, **how):
    received = Received(
        documents=tuple(documents), source=source, form_version=1, received_on=TODAYS["application"], **how
    )
    points = points_of("application", source)
    return judge(received, values, accepted or {}, points=points, pack=PACK)


def test_a_clean_submission_has_nothing_said_of_it():
    told = judged(sample("application").values, [handed(Kind.PILOT), handed(Kind.WORD), handed(Kind.PDF)])
    assert (told.findings, told.agreement, told.missing_attachments) == ((), Agreement.ALL, ())
    assert told.filled == told.asked
    assert told.facts.field == "F6"


def test_answers_and_form_of_the_material_stand_in_one_list():
    values = {
        path: value
        for path, value in sample("application").values.items()
        if path not in {"uscc", "legal_certificate"}
    }
    told = judged(values, [handed(Kind.PILOT, 2, "B"), handed(Kind.WORD, 2, "B"), handed(Kind.PDF, 1, "A")])
    assert [(one.code, one.point) for one in told.findings] == [
        ("desk_pdf_older", 0),
        ("required", 2),
        ("required", 2),
    ]
    assert told.agreement is Agreement.OLDER
    assert told.missing_attachments == ("法人资格证明",)
    assert told.filled == told.asked - 2


def test_a_word_file_alone_is_told_of_its_form_only():
    values = as_printed("application", sample("application").values)
    listed = dict.fromkeys(
        ("legal_certificate", "credit_reports", "participant_consents", "participant_certificates"), "甲"
    )
    told = judged(values, [handed(Kind.WORD)], Kind.WORD, printed=listed)
    assert [one.code for one in told.findings] == ["desk_only_word"]
    assert told.agreement is Agreement.ALONE


def test_of_somebody_elses_word_file_all_that_was_not_read_counts():
    told = judged({"unit_name": "甲中心"}, [], Kind.PLAIN_WORD, filled=19, asked=54)
    assert (told.filled, told.asked) == (19, 54)


def test_a_reason_reaches_the_desk():
    values = dict(sample("application").values) | {"postcode": "12"}
    told = judged(
        values, [handed(Kind.PILOT), handed(Kind.WORD)], accepted={"postcode_form@postcode": "港区"}
    )
    assert ["单位已说明：“港区”。" in one.sentence for one in told.findings] == [True]
