"""Attachments that must be there: with a package, listed in a print, or lying beside a Word file of somebody else."""

from __future__ import annotations

from datetime import date

import pytest

from pilotdesk.review.checking.expected_files import missing_files, missing_findings, missing_labels
from pilotdesk.review.checking.formal_checks import Received
from pilotdesk.review.records import Kind, ReceivedFile, State
from pilotdesk.rules.issue import Severity
from tests.review.findings_kit import PACK, as_printed, engine_of, points_of, sample

NAMES = ("证照/事业单位法人证书.pdf", "信用中国查询.png", "同意函.jpg", "参加单位营业执照.pdf")


def missing(values, source, *, printed=(), names=()):
    """Fields that are missing, their labels and findings."""
    engine = engine_of("application", values, source=source)
    points = points_of("application", source)
    files = tuple(
        ReceivedFile(place=name, size=1, sha256="", kind=Kind.ATTACHMENT, state=State.KEPT) for name in names
    )
    received = Received(
        documents=(),
        files=files,
        source=source,
        form_version=1,
        printed=dict(printed),
        received_on=date(2026, 6, 20),
    )
    found = missing_files(engine, points, received)
    return (
        [one.field for one in found],
        missing_labels(found, points),
        missing_findings(found, engine, points, PACK, source),
    )


def test_a_package_with_everything_misses_nothing():
    assert missing(sample("application").values, Kind.PILOT) == ([], (), ())


def test_what_a_package_lacks_is_named_once_by_the_rules_and_counted_here():
    values = {
        path: value for path, value in sample("application").values.items() if path != "legal_certificate"
    }
    fields, labels, found = missing(values, Kind.PILOT)
    assert (fields, labels) == (["legal_certificate"], ("法人资格证明",))
    assert found == ()  # the rules say so already


def test_what_is_not_relevant_is_not_missing():
    values = dict(sample("application").values) | {"participating_units": None, "participant_consents": None}
    assert missing(values, Kind.PILOT)[0] == []


@pytest.mark.parametrize("source", [Kind.WORD, Kind.PDF])
def test_a_print_has_what_it_lists(source):
    values = as_printed("application", sample("application").values, source)
    listed = {name: "甲.pdf" for name in ("legal_certificate", "credit_reports", "participant_consents")}
    fields, labels, found = missing(values, source, printed=listed)
    assert fields == ["participant_certificates"]
    assert labels == ("参加单位法人资格证明和信用查询结果",)
    (one,) = found
    assert (one.code, one.severity, one.path, one.number) == (
        "desk_attachment_missing",
        Severity.WARNING,
        "participant_certificates",
        "3.3",
    )
    assert one.sentence == "没有附“参加单位法人资格证明和信用查询结果”。请补上扫描件。"
    assert one.clause == "通知第三条"


@pytest.mark.parametrize("gone", range(4))
def test_beside_a_foreign_word_file_names_count(gone):
    names = [name for at, name in enumerate(NAMES) if at != gone]
    values = as_printed("application", sample("application").values, Kind.PLAIN_WORD)
    fields, _, found = missing(values, Kind.PLAIN_WORD, names=names)
    expected = ["legal_certificate", "credit_reports", "participant_consents", "participant_certificates"][
        gone
    ]
    assert fields == [expected]
    assert [(one.code, one.severity) for one in found] == [("desk_attachment_unseen", Severity.HINT)]


def test_the_name_of_a_folder_is_no_name_of_a_file():
    values = as_printed("application", sample("application").values, Kind.PLAIN_WORD)
    assert "legal_certificate" in missing(values, Kind.PLAIN_WORD, names=["法人证书/甲.pdf"])[0]
