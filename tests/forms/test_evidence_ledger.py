"""The ledger read from answers, and the places that point into it."""

from __future__ import annotations

from types import MappingProxyType

import pytest

from pilotdesk.forms.evidence_codecs import EvidenceRef
from pilotdesk.forms.evidence_ledger import (
    LedgerPiece,
    brought_pieces,
    ledger_pieces,
    next_code,
    proof_places,
    renamed_refs,
)
from pilotdesk.forms.loader import load_pack
from pilotdesk.forms.shipped import load_shipped
from pilotdesk.forms.values import Attachment, Row, Unparsed
from tests.forms.conftest import UNIT_FILE

FILE = Attachment("0" * 64, "清单.pdf", 10, pages=3)


def row(row_id, **cells):
    return Row(row_id, MappingProxyType(cells))


@pytest.fixture(scope="module")
def form():
    return load_shipped("2026").forms["summary_2027"]


def test_pieces_have_the_code_that_all_are_written_with(form):
    values = {
        "evidence": (
            row("r_1", code="e1", title=" 清单 ", file=(FILE,)),
            row("r_2", code="附件"),
            row("r_3", title="无号"),
        )
    }
    assert ledger_pieces(form, values) == (
        LedgerPiece("r_1", "E01", "清单", FILE),
        LedgerPiece("r_2", "附件", "", None),
        LedgerPiece("r_3", "", "无号", None),
    )
    assert ledger_pieces(form, {}) == ()
    assert ledger_pieces(load_shipped("2026").forms["application"], values) == ()


def test_the_next_code_follows_the_highest_also_where_one_is_gone():
    pieces = tuple(LedgerPiece("r", code, "", None) for code in ("E01", "E07", "附件", ""))
    assert next_code(pieces) == "E08"
    assert next_code(()) == "E01"


def test_every_row_with_an_answer_is_a_place_for_proof(form):
    values = {
        "figures": (
            row("r_a", indicator="一件事办理时长", proof=("E01:2", "E03")),
            row("r_b", indicator="覆盖率", proof=Unparsed("见附件")),
            row("r_c"),
            row("r_d", achieved=3),
        )
    }
    found = {place.path: place for place in proof_places(form, values)}
    assert list(found) == ["figures[r_a].proof", "figures[r_b].proof", "figures[r_d].proof"]
    first, unread, bare = found.values()
    assert first.refs == (EvidenceRef("E01", ((2, 2),)), EvidenceRef("E03"))
    assert first.words == "3.1 量化指标完成情况 第1行 一件事办理时长"
    assert (unread.refs, unread.is_filled) == ((), True)
    assert (bare.refs, bare.is_filled, bare.words) == ((), False, "3.1 量化指标完成情况 第4行")
    assert first.field == "figures"


def test_a_field_for_references_is_a_place_too(mini_pack):
    mini_pack.change(UNIT_FILE, 'type = "integer"', 'type = "evidence"').change(
        UNIT_FILE, 'unit = "人"\n', ""
    )
    form = load_pack(mini_pack.folder).forms["application"]
    (place,) = proof_places(form, {"staff": ("E03:5-6",)})
    assert (place.path, place.words, place.refs) == ("staff", "1.3 人数", (EvidenceRef("E03", ((5, 6),)),))


def test_long_names_of_rows_are_cut(form):
    values = {"figures": (row("r_a", indicator="很" * 40),)}
    (place,) = proof_places(form, values)
    assert place.words.endswith("很" * 15 + "…")


RENAMED = {
    "figures": (
        row("r_a", indicator="时长", proof=("E01:2", "E03")),
        row("r_b", indicator="覆盖率", proof=("E03:4-5,7",)),
        row("r_c", indicator="满意度", proof=Unparsed("E01，见附件")),
    ),
    "evidence": (row("r_1", code="e1"), row("r_3", code="E03")),
}


def test_references_follow_a_piece_with_their_pages(form):
    assert renamed_refs(form, RENAMED, "E03", "E12") == {
        "figures[r_a].proof": ("E01:2", "E12"),
        "figures[r_b].proof": ("E12:4-5,7",),
    }
    assert renamed_refs(form, RENAMED, "E01", "E02") == {"figures[r_a].proof": ("E02:2", "E03")}


@pytest.mark.parametrize(
    ("old", "new"), [("E03", "E03"), ("E03", "E01"), ("E03", ""), ("", "E03"), ("E09", "E10")]
)
def test_nothing_follows_where_it_is_not_sure_which_piece_is_meant(form, old, new):
    assert renamed_refs(form, RENAMED, old, new) == {}
    twice = RENAMED | {"evidence": (row("r_1", code="E03"), row("r_3", code="E03"))}
    assert renamed_refs(form, twice, "E03", "E12") == {}


def test_pieces_of_another_ledger_come_with_the_next_codes_and_none_comes_twice(form):
    other = Attachment("1" * 64, "台账.pdf", 10, pages=2)
    values = {
        "evidence": (row("r_1", code="E04", title="清单", file=(FILE,)), row("r_2", code="E02", title="纸质"))
    }
    elsewhere = [
        {"code": "E01", "title": "改了名的清单", "file": (FILE,)},
        {"code": "E02", "title": "台账", "file": (other,), "kind": "record", "unknown": "x"},
        {"code": "E03", "title": "纸质"},
        {"code": "E09", "title": "台账又一次", "file": (other,)},
        {"code": "E10", "title": "会议纪要"},
    ]
    assert brought_pieces(form, values, elsewhere) == [
        {"code": "E05", "title": "台账", "file": (other,), "kind": "record"},
        {"code": "E06", "title": "会议纪要"},
    ]
