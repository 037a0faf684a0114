"""A return slip comes out of its file as it went in, and a file that was touched is refused in one sentence."""

from __future__ import annotations

import json
from decimal import Decimal

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pilotdesk.drafts.returned import MOST_LINES, Returned, returned_from_json, returned_to_json, seen_sign
from pilotdesk.errors import PackageError
from pilotdesk.forms.json_values import to_json
from pilotdesk.forms.values import Row, attachments_in
from pilotdesk.review.records import Finding
from pilotdesk.review.slips import return_slip
from pilotdesk.review.slips.return_slip import read_slip, slip_bytes, slip_of, slip_of_bytes, write_slip
from pilotdesk.rules.issue import Severity
from tests.review.findings_kit import sample
from tests.review.slip_kit import SENDER, slip_for, slips, submission_of


def seeded():
    """The sample with a wrong code, and without what it is for."""
    return dict(sample("application").values) | {
        "uscc": "91000000000000000X",
        "necessity": None,
        "unit_name": None,
    }


def refused(content):
    with pytest.raises(PackageError) as trouble:
        slip_of_bytes(content, "退回.pilotback")
    assert "退回.pilotback" in str(trouble.value)
    return trouble.value.code


@given(slips)
def test_a_slip_comes_out_as_it_went_in(slip):
    assert slip_of_bytes(slip_bytes(slip), "x") == slip


@given(slips, st.data())
def test_a_changed_byte_is_refused_wherever_it_is(slip, chosen):
    content = bytearray(slip_bytes(slip))
    at = chosen.draw(st.integers(0, len(content) - 1))
    content[at] ^= chosen.draw(st.integers(1, 255))
    assert refused(bytes(content)) in {"slip_damaged", "slip_foreign", "package_too_new"}


def test_every_byte_of_one_slip_is_held_fast():
    content = slip_bytes(slip_for(seeded()))
    for at in range(len(content)):
        for flip in (1, 32):
            refused(content[:at] + bytes([content[at] ^ flip]) + content[at + 1 :])


def test_a_cut_and_a_longer_file_are_refused():
    content = slip_bytes(slip_for(seeded()))
    for other in (
        content[:-1],
        content + b"\n",
        content[: len(content) // 2],
        b"",
        content.replace(b"\n", b"\r\n"),
    ):
        refused(other)


def test_a_file_of_a_newer_program_says_both_versions():
    told = json.loads(slip_bytes(slip_for(seeded()))) | {"version": 7, "more": {"x": [1]}}
    with pytest.raises(PackageError) as trouble:
        slip_of_bytes(json.dumps(told).encode(), "退回.pilotback")
    assert trouble.value.code == "package_too_new"
    assert "7" in str(trouble.value)
    assert f"只认到 {return_slip.VERSION}" in str(trouble.value)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "slip_foreign"),
        (b"PK\x03\x04 no json", "slip_foreign"),
        (b"[]", "slip_foreign"),
        (b'{"format": "other", "version": 1}', "slip_foreign"),
        (b'{"format": "pilotdesk-return-slip", "version": true}', "slip_foreign"),
        (b'{"format": "pilotdesk-return-slip", "version": 0}', "slip_foreign"),
        (b'{"format": "pilotdesk-return-slip", "version": 1e99}', "slip_foreign"),
        (b'{"format": "pilotdesk-return-slip", "version": 1}', "slip_damaged"),
        (b'{"format": "pilotdesk-return-slip", "version": 1, "x": ' + b"[" * 200_000, "slip_foreign"),
        (b"[" * 900_000, "slip_foreign"),
        (b" " * (return_slip.LARGEST + 1), "slip_too_large"),
        (b'{"format": "\\ud800", "version": 1}', "slip_foreign"),
    ],
)  # fmt: skip
def test_what_is_no_slip_is_refused_in_one_sentence(content, code):
    assert refused(content) == code


@pytest.mark.parametrize(
    "change",
    [
        {"slip_id": "../../evil"},
        {"handing": 0},
        {"handing": "1"},
        {"lines": []},
        {"title": "甲\u202e乙"},
        {"title": "甲" * 301},
        {"on": "2026-13-01"},
        {"form": "a/b"},
        {"extra": 1},
    ],
)
def test_a_slip_that_says_what_ours_never_say_is_refused_although_its_digest_fits(change):
    told = json.loads(slip_bytes(slip_for(seeded())))["slip"] | change
    assert refused(return_slip._file_bytes(told)) == "slip_damaged"


def test_two_lines_of_one_id_and_too_many_lines_are_refused():
    told = json.loads(slip_bytes(slip_for(seeded())))["slip"]
    assert refused(return_slip._file_bytes(told | {"lines": [told["lines"][0]] * 2})) == "slip_damaged"
    many = [told["lines"][0] | {"id": str(at)} for at in range(MOST_LINES + 1)]
    assert refused(return_slip._file_bytes(told | {"lines": many})) == "slip_damaged"


def test_a_slip_says_what_is_wrong_and_where_but_no_answer(tmp_path):
    values = seeded()
    slip = slip_for(values)
    assert {line.severity for line in slip.lines} <= {Severity.ERROR, Severity.WARNING}
    assert [line.severity.rank for line in slip.lines] == sorted(line.severity.rank for line in slip.lines)
    assert all(line.sentence for line in slip.lines)
    write_slip(slip, tmp_path / "退回单.pilotback")
    content = (tmp_path / "退回单.pilotback").read_text("utf-8")
    assert read_slip(tmp_path / "退回单.pilotback") == slip
    for path in ("uscc", "legal_representative.name", "contact.mobile", "address"):
        told = to_json(values.get(path))
        assert not (isinstance(told, str) and told in content), path
    assert not any(file.sha256 in content for file in attachments_in(values))


def test_nothing_to_send_back_is_said():
    hint = Finding(code="c", severity=Severity.HINT, point=1, sentence="可以再写细些。", clause="")
    submission = submission_of(sample("application").values)
    with pytest.raises(PackageError) as trouble:
        slip_of(submission, [hint], SENDER)
    assert trouble.value.code == "slip_empty"


def test_what_a_reviewer_pastes_is_made_fit_to_be_read():
    odd = Finding(
        code="c",
        severity=Severity.ERROR,
        point=1,
        sentence="请\u202e改\x07。\n第二行" + "长" * 5_000,
        clause="",
    )
    slip = slip_of(submission_of(sample("application").values), [odd], SENDER)
    assert slip_of_bytes(slip_bytes(slip), "x") == slip
    assert slip.lines[0].sentence.startswith("请改。 第二行长")


def test_the_sign_of_an_answer_does_not_know_ids_of_rows_and_tells_other_answers_apart():
    one = (Row("r_1", {"a": "x", "b": Decimal("1.50")}), Row("r_2", {"a": "y"}))
    other = (Row("r_8", {"b": Decimal("1.50"), "a": "x", "c": None}), Row("r_9", {"a": "y"}))
    assert seen_sign("b_1", "t", one) == seen_sign("b_1", "t", other)
    assert seen_sign("b_1", "t", one) != seen_sign("b_1", "t", one[:1])
    assert seen_sign("b_1", "t", None) == seen_sign("b_1", "t", ())


def test_a_slip_in_the_hands_of_the_unit_is_kept_with_what_it_says():
    slip = slip_for(seeded())
    first = slip.lines[0].id
    returned = Returned(slip=slip, at="2026-06-16T00:00:00.000Z", places={first: "uscc"}, before={first: "91"},
                        remarks={first: "照证书写的"})  # fmt: skip
    stored = json.loads(json.dumps(returned_to_json(returned)))
    assert returned_from_json(stored) == returned
    for wrong in (
        {"places": {"x": "uscc"}},
        {"slip": None},
        {"remarks": {first: 1}},
        {"before": {first: {"$x": 1}}},
    ):
        with pytest.raises(ValueError, match=r"."):
            returned_from_json(stored | wrong)
    with pytest.raises(ValueError, match=r"."):
        returned_from_json([])
    assert msgspec.structs.replace(returned, at="") != returned
