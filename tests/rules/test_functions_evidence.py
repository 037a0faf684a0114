"""The ledger of evidence and what points into it."""

from __future__ import annotations

from datetime import date
from types import MappingProxyType

import pytest

from pilotdesk.forms.values import Attachment, Row
from pilotdesk.rules.functions_evidence import (
    evidence_code,
    evidence_without_file,
    pages_beyond,
    repeated_evidence,
    stale_credit,
    unknown_evidence,
    unused_evidence,
)


def piece(code, pages=0, **cells):
    file = (Attachment("0" * 64, "a.pdf", 1, pages=pages),) if pages else ()
    return Row(f"r_{code or 'x'}", MappingProxyType({"code": code, "file": file, **cells}))


LEDGER = (piece("E01", 5), piece("e2", 1), piece("E03"), piece("E04", paper_only="yes"), piece(None, 3))
CODES = ("E01", "e2", "E03", "E04")


def test_codes_are_compared_as_they_are_meant():
    assert evidence_code("e3") == "E03"
    assert evidence_code("附件") is None
    assert repeated_evidence(("E01", "e1", "E02", "附件", "附件")) == ("E01",)


def test_references_to_pieces_that_are_not_there_are_named_once():
    assert unknown_evidence(("E01:5", "E02", "E09:1", "E09"), CODES) == ("E09",)
    assert unknown_evidence(("E01",), ()) == ("E01",)
    assert unknown_evidence((), CODES) == ()


def test_pages_behind_the_last_one():
    assert pages_beyond(("E01:5", "E01:1-2,6", "E02:1"), LEDGER) == ("E01 第1—2、6页（共 5 页）",)
    assert pages_beyond(("E03:9", "E04:9", "E09:9", "E01"), LEDGER) == ()


def test_pieces_that_nothing_refers_to():
    assert unused_evidence(CODES, ("E01:5",), ("E03",)) == ("E02", "E04")
    assert unused_evidence(("E01", "e1"), ()) == ("E01",)


def test_pieces_without_a_file_except_those_on_paper():
    assert evidence_without_file(LEDGER, "paper_only") == ("E03",)


@pytest.mark.parametrize(
    ("issued", "stale"), [((2028, 11, 1), False), ((2028, 10, 31), True), ((2028, 12, 24), False)]
)
def test_a_credit_query_is_stale_after_thirty_days(issued, stale):
    assert stale_credit(date(*issued), date(2028, 12, 1)) is stale
