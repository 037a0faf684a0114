"""Taking in: the first time, again, with other content, with more files; and what a unit handed in stays as it is."""

from __future__ import annotations

import contextlib
import sqlite3
from datetime import timedelta

import msgspec
import pytest

from pilotdesk.errors import DeskError
from pilotdesk.forms.values import Row
from pilotdesk.review.desk.reading import UPLOAD
from pilotdesk.review.desk.records import Outcome, Taken, Verdict
from pilotdesk.review.records import Agreement, Kind
from pilotdesk.rules.issue import Severity
from tests.review.desk_kit import (
    PACK,
    changed,
    desk_in,
    everything,
    finding,
    opened,
    received,
    sample_submission,
    submission,
    view,
)


@pytest.fixture
def path(tmp_path):
    return desk_in(tmp_path)


def test_what_is_taken_in_comes_out_as_it_was(path):
    with opened(path) as desk:
        for one in (submission(), sample_submission()):
            assert desk.take(one) == Taken(Outcome.NEW, 1)
            assert desk.submission(one.key) == one
    with opened(path) as desk:
        assert desk.submission("k1") == submission()
        assert [row.number for row in desk.rows()] == [1, 2]
        assert desk.row("k1").facts == submission().facts
        assert desk.row("k1").points == 6


def test_the_same_again_changes_nothing(path):
    with opened(path) as desk:
        desk.take(submission())
    before = everything(path)
    with opened(path, "李工") as desk:
        assert desk.take(submission()) == Taken(Outcome.SAME, 1)
    assert everything(path) == before


def test_other_content_is_the_next_round_with_what_changed(path):
    first = submission()
    targets = (Row("r_t1", {"indicator": "满意度", "value_2028": "98"}), Row("r_t3", {"indicator": "投诉率"}))
    second = changed(first, "BBBB-BBBB", unit_name="甲县政务中心", targets=targets, contact=None)
    with opened(path) as desk:
        desk.take(first)
        desk.verdict("k1", 1, Verdict.AMEND)
        assert desk.take(second) == Taken(Outcome.NEXT, 2)
        told = desk.one("k1")
        assert [(one.label, one.before, one.after) for one in told.history[1].changed] == [
            ("2.1 单位名称", "甲县服务中心", "甲县政务中心"),
            ("9.2 量化指标表，第 1 行，2028年目标", "95", "98"),
            ("9.2 量化指标表，第 2 行", "", "投诉率"),
            ("9.2 量化指标表，第 2 行", "标准数", ""),
        ]
        assert (told.row.handed, told.row.changed, told.row.verdicts) == (2, 4, {})
        assert told.earlier[1].verdict is Verdict.AMEND
        assert [one.code for one in told.history] == ["AAAA-AAAA", "BBBB-BBBB"]
        assert desk.submission("k1", 1) == first
        assert desk.submission("k1") == second


def test_an_earlier_round_that_turns_up_again_is_no_new_one(path):
    first = submission()
    with opened(path) as desk:
        desk.take(first)
        desk.take(changed(first, "BBBB-BBBB", unit_name="乙"))
        assert desk.take(first) == Taken(Outcome.EARLIER, 1)
        assert desk.row("k1").handed == 2
        back = msgspec.structs.replace(first, revision=3)
        assert desk.take(back) == Taken(Outcome.NEXT, 3)


def test_without_a_code_answers_decide(path):
    plain = submission(code="", source=Kind.PLAIN_WORD)
    with opened(path) as desk:
        desk.take(plain)
        assert desk.take(plain).outcome is Outcome.SAME
        assert desk.take(changed(plain, "", unit_name="乙")) == Taken(Outcome.NEXT, 2)


def test_rows_of_a_file_read_by_its_labels_are_compared_by_their_places(path):
    plain = submission(code="", source=Kind.PLAIN_WORD)
    targets = (
        Row("r_x1", {"indicator": "满意度", "value_2028": "95"}),
        Row("r_x2", {"indicator": "标准的数"}),
    )
    with opened(path) as desk:
        desk.take(plain)
        desk.take(changed(plain, "", targets=targets))
        assert [one.path for one in desk.one("k1").history[1].changed] == ["targets[r_x2].indicator"]


def test_more_files_of_the_same_content_are_the_same_round(path):
    grown = submission(
        files=(received(), received("甲/扫描件.pdf", Kind.ATTACHMENT)),
        findings=(finding(severity=Severity.WARNING),),
        agreement=Agreement.ALL,
    )
    with opened(path) as desk:
        desk.take(submission())
        desk.verdict("k1", 1, Verdict.PASSED)
        came = desk.row("k1").taken_at
        assert desk.take(grown) == Taken(Outcome.GREW, 1)
        row = desk.row("k1")
        assert (row.must, row.ask, row.agreement, row.handed) == (0, 1, Agreement.ALL, 1)
        assert row.taken_at == came
        assert row.verdicts == {1: Verdict.PASSED}
        assert desk.submission("k1") == grown


def part(kind, name, *codes, **rest):
    """A submission of one file, with what was found about its files."""
    file = msgspec.structs.replace(received(name, kind), sha256=name)
    found = tuple(finding(code, Severity.WARNING, label=rest.pop("label", "")) for code in codes)
    told = {"files": (file,), "findings": found, "differing": (), "missing_attachments": (), **rest}
    return submission(source=kind, **told)


def test_of_two_parts_what_each_misses_is_not_asked_for(path):
    word = part(
        Kind.WORD, "d1/甲.docx", "desk_only_word", "desk_attachment_missing",
        label="法人资格证明", missing_attachments=("法人资格证明", "承诺书"), attachments=0,
    )  # fmt: skip
    package = part(
        Kind.PILOT, "d2/甲.pilot", "desk_only_package", "desk_late", missing_attachments=("承诺书",)
    )
    with opened(path) as desk:
        desk.take(word)
        assert desk.take(package) == Taken(Outcome.GREW, 1)
        told = desk.submission("k1")
        assert [file.place for file in told.files] == ["d1/甲.docx", "d2/甲.pilot"]
        assert (told.agreement, told.attachments) == (Agreement.ALL, 3)
        assert told.missing_attachments == ("承诺书",)
        assert told.findings == ()  # the first part came in time
        assert desk.take(word).outcome is Outcome.SAME


def test_what_was_against_a_file_stays_until_another_of_its_kind_comes(path):
    package, old = part(Kind.PILOT, "d1/甲.pilot"), part(Kind.PDF, "d1/甲.pdf")
    apart = part(
        Kind.PILOT, "", "desk_pdf_older", agreement=Agreement.OLDER, files=(*package.files, *old.files)
    )
    with opened(path) as desk:
        desk.take(apart)
        desk.take(part(Kind.WORD, "d2/甲.docx", "desk_only_word"))
        told = desk.submission("k1")
        assert [file.place for file in told.files] == ["d1/甲.pdf", "d1/甲.pilot", "d2/甲.docx"]
        assert (told.agreement, [one.code for one in told.findings]) == (Agreement.OLDER, ["desk_pdf_older"])
        desk.take(part(Kind.PDF, "d3/甲.pdf", "desk_only_pdf"))
        told = desk.submission("k1")
        assert [file.place for file in told.files] == ["d1/甲.pilot", "d2/甲.docx", "d3/甲.pdf"]
        assert (told.agreement, told.findings) == (Agreement.ALL, ())


def test_what_no_one_file_can_mend_is_judged_by_what_came_now(path):
    package, word = part(Kind.PILOT, "d1/甲.pilot"), part(Kind.WORD, "d1/甲.docx")
    apart = part(
        Kind.PILOT, "", "desk_differs", agreement=Agreement.DIFFERS, files=(*package.files, *word.files)
    )
    with opened(path) as desk:
        desk.take(apart)
        desk.take(part(Kind.WORD, "d2/甲.docx", "desk_only_word"))
        assert [file.place for file in desk.submission("k1").files] == ["d2/甲.docx"]


def test_a_file_in_the_place_of_another_of_its_kind_is_the_one_that_counts(path):
    both = part(Kind.WORD, "d1/甲.docx")
    both = msgspec.structs.replace(both, files=(*both.files, *part(Kind.PDF, "d1/甲.pdf").files))
    with opened(path) as desk:
        desk.take(both)
        desk.take(part(Kind.PDF, "d2/甲.pdf"))
        assert [file.place for file in desk.submission("k1").files] == ["d1/甲.docx", "d2/甲.pdf"]


def test_that_a_print_is_a_draft_is_said_as_long_as_it_is_there(path):
    draft = part(Kind.PDF, "d1/甲.pdf", "desk_draft_print", "desk_only_pdf")
    told = msgspec.structs.replace(draft.findings[0], sentence="“甲.pdf”带着“草稿”水印。")
    file = msgspec.structs.replace(draft.files[0], draft=True)
    draft = msgspec.structs.replace(draft, findings=(told,), files=(file,))
    with opened(path) as desk:
        desk.take(draft)
        desk.take(part(Kind.PILOT, "d2/甲.pilot", "desk_only_package"))
        assert desk.submission("k1").findings == (told,)
        desk.take(part(Kind.PDF, "d3/甲.pdf", "desk_only_pdf"))
        assert desk.submission("k1").findings == ()


def test_a_package_that_comes_later_with_the_same_code_changes_no_answer(path):
    """The answers stay as they were read from the Word file, and so does what they were read from."""
    real = sample_submission()
    word = msgspec.structs.replace(real, source=Kind.WORD, values={"project_name": real.facts.title})
    with opened(path) as desk:
        desk.take(word)
        assert desk.take(real) == Taken(Outcome.GREW, 1)
        assert (desk.submission("sample").values, desk.row("sample").source) == (word.values, Kind.WORD)
        assert desk.untouched("sample")
        assert desk.take(real).outcome is Outcome.SAME


def test_what_shows_beside_others_is_counted_and_is_not_said_to_the_unit(path):
    crossed = (finding("desk_copied", Severity.WARNING, 5), finding("desk_could_move", Severity.HINT, 3))
    with opened(path) as desk:
        desk.take(submission())
        desk.take(submission("k2", "BBBB-BBBB"))
        for _ in range(2):
            desk.set_crossed({"k1": crossed})
            assert [(row.must, row.ask, row.hint) for row in desk.rows()] == [(1, 1, 1), (1, 0, 0)]
        assert desk.one("k1").crossed == crossed
        assert desk.submission("k1") == submission()
        assert desk.take(submission()).outcome is Outcome.SAME
        assert len(view(path, "疑点")) == 4
        desk.set_crossed({})
        assert [(row.must, row.ask, row.hint) for row in desk.rows()] == [(1, 0, 0)] * 2
        assert desk.one("k1").crossed == ()


def test_while_an_intake_goes_on_its_submissions_grow_and_merge(path):
    word = submission("k1", "AAAA-AAAA")
    package = changed(word, "CCCC-CCCC", unit_name="甲县政务中心")
    with opened(path) as desk:
        desk.take(word, intake="run 1")
        desk.take(submission("folder", "DDDD-DDDD"), intake="run 1")
        assert desk.take(package, intake="run 1", gone=["folder"]) == Taken(Outcome.GREW, 1)
        assert [row.key for row in desk.rows()] == ["k1"]
        assert desk.submission("k1") == package
        assert desk.one("k1").history[0].changed == ()
        assert desk.untouched("k1")
        with pytest.raises(DeskError, match="没有这一件"):
            desk.row("folder")
        # the next run finds it settled
        assert desk.take(changed(package, "EEEE-EEEE", unit_name="丙"), intake="run 2") == Taken(
            Outcome.NEXT, 2
        )
        assert desk.one("k1").history[1].changed[0].before == "甲县政务中心"


def test_answers_of_a_unit_are_never_changed_and_the_file_sees_to_it(path):
    with opened(path) as desk:
        desk.take(submission())
        desk.take(changed(submission(), "BBBB-BBBB", unit_name="乙"), intake="run 1")
        desk.take(submission("k2"), intake="run 2")
    with contextlib.closing(sqlite3.connect(path)) as plain:
        for statement in (
            "UPDATE answers SET answers = '{}' WHERE key = 'k1'",
            "DELETE FROM answers WHERE key = 'k1'",
        ):
            with pytest.raises(sqlite3.IntegrityError, match="never changed"):
                plain.execute(statement)
        for statement in ("UPDATE log SET who = ''", "DELETE FROM log"):
            with pytest.raises(sqlite3.IntegrityError, match="only added to"):
                plain.execute(statement)


@pytest.mark.parametrize("what", ["answers", "code", "seal"])
def test_an_answer_that_was_changed_behind_our_back_is_found(path, what):
    with opened(path) as desk:
        desk.take(sample_submission())
        desk.take(submission())
        assert desk.untouched("sample")
        assert desk.untouched("k1")
    with contextlib.closing(sqlite3.connect(path)) as plain:
        plain.execute("DROP TRIGGER answers_stay_UPDATE")
        plain.execute(
            {
                "answers": "UPDATE answers SET answers = replace(answers, '南汀', '北汀') WHERE key = 'sample'",
                "code": "UPDATE handed_in SET code = 'ZZZZ-ZZZZ' WHERE key = 'sample'",
                "seal": "UPDATE answers SET seal = '' WHERE key = 'sample'",
            }[what]
        )
        plain.commit()
    with opened(path) as desk:
        assert not desk.untouched("sample")
        assert desk.untouched("k1")


def test_the_code_is_worked_out_anew_not_only_the_seal(path):
    """Somebody who knows how the seal is made cannot make it fit other answers under the same 校验码."""
    real = sample_submission()
    forged = msgspec.structs.replace(real, values={**real.values, "project_name": "别的项目"})
    with opened(path) as desk:
        desk.take(forged)
        assert not desk.untouched("sample")


def test_half_a_character_of_a_damaged_file_stops_nothing(path):
    facts = msgspec.structs.replace(submission().facts, title="甲\ud800乙", directions=("一\n二",))
    odd = submission(
        values={"project_name": "甲\ud800乙"}, facts=facts, findings=(finding(sentence="\udfff。"),)
    )
    with opened(path) as desk:
        desk.take(odd)
        assert desk.submission("k1").values == odd.values
        assert desk.row("k1").facts.title == "甲?乙"
        assert desk.row("k1").facts.directions == ("一 二",)
        assert desk.take(odd).outcome is Outcome.SAME


def test_a_form_that_no_pack_here_has_is_taken_in_by_its_paths(path):
    other = submission(round="2031", form="unknown")
    with opened(path) as desk:
        desk.take(other)
        desk.take(changed(other, "BBBB-BBBB", unit_name="乙"))
        assert desk.row("k1").points == 0
        assert [(one.label, one.after) for one in desk.one("k1").history[1].changed] == [("unit_name", "乙")]
        assert desk.untouched("k1")


def test_only_a_desk_that_was_at_work_before_the_last_day_knows_what_came_after_it(path):
    last = next(one.day for one in PACK.round.deadline if one.name == UPLOAD)
    after = last + timedelta(days=1)
    with opened(path) as desk:
        assert (desk.last_day(PACK.round, last), desk.last_day(PACK.round, after)) == (last, None)
        desk.take(submission())
        for first, known in ((last, last), (after, None)):
            with desk.together() as writing:
                writing.execute("UPDATE handed_in SET at = ?", (f"{first}T02:00:00Z",))
            assert desk.last_day(PACK.round, after) == known


def test_the_line_knows_which_file_is_old(path):
    pdf, word = (finding(f"desk_{kind}_older", Severity.WARNING, 0, path="") for kind in ("pdf", "word"))
    old = msgspec.structs.replace(submission(), agreement=Agreement.OLDER, findings=(word, finding(), pdf))
    other = msgspec.structs.replace(changed(old, "CCCC-CCCC"), findings=(pdf,))
    fits = msgspec.structs.replace(
        submission("k2", "DDDD-DDDD"), agreement=Agreement.CHANGED, findings=(pdf,)
    )
    with opened(path) as desk:
        desk.take(old)
        desk.take(fits)
        assert [row.older for row in desk.rows()] == [(Kind.WORD, Kind.PDF), ()]
        assert desk.row(old.key).older == (Kind.WORD, Kind.PDF)
        desk.take(other)
        assert desk.row(old.key).older == (Kind.PDF,)
