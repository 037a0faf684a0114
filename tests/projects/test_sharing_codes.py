"""Evidence that two people added apart from each other: every reference names the piece that it named before."""

from __future__ import annotations

from datetime import date
from types import MappingProxyType

import pytest

from pilotdesk.forms.evidence_ledger import ledger_pieces
from pilotdesk.forms.values import Row, cell_path
from pilotdesk.projects import package_of, sample_package, session_of_package
from pilotdesk.projects.sharing import look_into, take_over
from pilotdesk.projects.sharing_words import codes_words

TODAY = date(2027, 11, 20)


@pytest.fixture(scope="module")
def sample():
    return package_of(session_of_package(sample_package("summary_2027"), TODAY), {})


def desk(package):
    return session_of_package(package, TODAY)


def add(session, row_id, code, title):
    rows = session.rows("evidence")
    session.set_value("evidence", (*rows, Row(row_id, MappingProxyType({"code": code, "title": title}))))


def refer(session, at, *kept):
    row = session.rows("figures")[at]
    session.set_value(cell_path("figures", row.id, "proof"), tuple(kept))


def proof(session, at):
    return session.rows("figures")[at].cell("proof")


def codes(session):
    return {piece.title: piece.code for piece in ledger_pieces(session.form, session.values)}


def merged(here, there, base):
    incoming = look_into(here, package_of(there, {}), base.values)
    take_over(here, incoming, {})
    return incoming


def next_codes(session):
    highest = max(int(code[1:]) for code in codes(session).values())
    return [f"E{highest + more:02d}" for more in (1, 2, 3)]


def test_two_pieces_with_one_code_get_two_and_what_refers_to_them_follows(sample) -> None:
    here, there = desk(sample), desk(sample)
    first, second, third = next_codes(here)
    add(here, "r_1111aaaa", first, "我的台账")
    refer(here, 0, first)
    add(there, "r_2222bbbb", first, "对方的照片")
    add(there, "r_3333cccc", second, "对方的合同")
    refer(there, 1, f"{first}:2-3", second)

    incoming = merged(here, there, sample)

    assert incoming.merged.conflicts == ()
    assert dict(incoming.codes) == {first: third}
    assert f"{first} 改成 {third}" in codes_words(incoming.codes)
    told = codes(here)
    assert (told["我的台账"], told["对方的照片"], told["对方的合同"]) == (first, third, second)
    assert proof(here, 0) == (first,)
    assert proof(here, 1) == (f"{third}:2-3", second)


def test_the_same_once_more_changes_nothing_and_a_second_one_knows_the_new_codes(sample) -> None:
    here, there = desk(sample), desk(sample)
    first, second, third = next_codes(here)
    add(here, "r_1111aaaa", first, "我的台账")
    add(there, "r_2222bbbb", first, "对方的照片")
    merged(here, there, sample)
    sent = package_of(there, {})
    for known in (sent, sample):  # as it is remembered here, and as the package says
        again = look_into(here, sent, known.values)
        assert (again.came, again.merged.conflicts) == ((), ())

    refer(there, 2, f"{first}:7")
    add(there, "r_3333cccc", second, "对方的合同")
    refer(there, 3, second)
    incoming = merged(here, there, sent)

    assert incoming.merged.conflicts == ()
    assert proof(here, 2) == (f"{second}:7",)  # the photographs are second here
    assert codes(here)["对方的合同"] == third
    assert proof(here, 3) == (third,)


def test_a_piece_that_got_another_code_here_keeps_it_although_its_old_one_was_given_away(sample) -> None:
    here, there = desk(sample), desk(sample)
    piece = ledger_pieces(here.form, here.values)[0]
    new, _, _ = next_codes(here)
    here.set_value(cell_path("evidence", piece.row_id, "code"), new)
    add(here, "r_1111aaaa", piece.code, "我的台账")
    refer(here, 0, piece.code)
    refer(there, 1, piece.code)

    merged(here, there, sample)

    assert (codes(here)[piece.title], codes(here)["我的台账"]) == (new, piece.code)
    assert proof(here, 0) == (piece.code,)
    assert proof(here, 1) == (new,)


def test_codes_that_were_exchanged_or_belong_to_a_deleted_piece_are_left_alone(sample) -> None:
    here, there = desk(sample), desk(sample)
    first, second, *_ = ledger_pieces(here.form, here.values)
    here.set_value(cell_path("evidence", first.row_id, "code"), second.code)
    here.set_value(cell_path("evidence", second.row_id, "code"), first.code)
    assert look_into(here, package_of(there, {}), sample.values).codes == {}

    here = desk(sample)
    here.remove_rows("evidence", [first.row_id])
    add(here, "r_1111aaaa", first.code, "我的台账")
    incoming = look_into(here, package_of(there, {}), sample.values)
    assert (incoming.codes, incoming.came, incoming.merged.conflicts) == ({}, (), ())


def test_a_code_that_was_emptied_here_is_given_to_no_reference(sample) -> None:
    here, there = desk(sample), desk(sample)
    piece = ledger_pieces(here.form, here.values)[0]
    here.set_value(cell_path("evidence", piece.row_id, "code"), None)
    add(here, "r_1111aaaa", piece.code, "我的台账")
    refer(there, 1, f"{piece.code}:4")

    incoming = merged(here, there, sample)

    assert incoming.codes == {}
    assert proof(here, 1) == (f"{piece.code}:4",)
