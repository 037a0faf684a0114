"""Parts of a draft go out as a package, are filled in on another computer, and come back: real files, two real stores."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING

import pytest
from msgspec import structs

from pilotdesk.clock import Clock
from pilotdesk.drafts.merge_choices import Choice
from pilotdesk.drafts.package import read_package, write_package
from pilotdesk.drafts.store import DraftStore
from pilotdesk.errors import PackageError
from pilotdesk.forms.values import Attachment, Row, cell_path
from pilotdesk.projects import package_of, sample_package, session_of_package, session_of_record
from pilotdesk.projects.life import keep_draft
from pilotdesk.projects.sharing import (
    Wanted,
    gone_again,
    hand_back,
    hand_out,
    keep_files,
    keep_received,
    look_into,
    received,
    settle,
    take_over,
)
from pilotdesk.projects.sharing_known import both_know, is_older
from pilotdesk.projects.sharing_words import (
    WHY_FILE_GONE,
    WHY_FILES,
    came_words,
    side_words,
    until_words,
    where_words,
    why_words,
)

if TYPE_CHECKING:
    from pathlib import Path

    from pilotdesk.session import Session

CLOCK = Clock(lambda: datetime(2026, 6, 2, 2, 32, 5, tzinfo=UTC))
WANTED = Wanted(
    parts=("needs_analysis", "objectives"),
    person="王工",
    sender="李主任",
    note="数字按台账",
    due=date(2026, 6, 12),
)


def test_the_day_of_a_share_is_written_as_all_days_and_one_that_is_none_stays_as_it_came() -> None:
    assert until_words("2026-06-05") == "，2026年6月5日前交回"
    assert until_words("2026-02-31") == "，2026-02-31 前交回"
    assert until_words("") == ""


@cache
def sample():
    return sample_package()


class Desk:
    """One computer: its store, its open draft, and what is typed into it."""

    def __init__(self, folder: Path) -> None:
        self.store = DraftStore(folder, CLOCK)
        self.draft = ""

    def take(self, package) -> None:
        self.draft = keep_draft(
            self.store, session_of_package(package, CLOCK.today()), origin="imported", files=package.files
        )
        keep_received(self.store, self.draft, package)

    def session(self) -> Session:
        return session_of_record(self.store.load(self.draft), CLOCK.today())

    def type(self, **values) -> None:
        self.store.save(self.draft, values, origin="typed")

    def rows(self, table: str) -> tuple[Row, ...]:
        return self.store.load(self.draft).values[table]


@pytest.fixture
def lead(tmp_path):
    desk = Desk(tmp_path / "lead")
    desk.take(sample())
    yield desk
    desk.store.close()


@pytest.fixture
def colleague(tmp_path):
    desk = Desk(tmp_path / "colleague")
    yield desk
    desk.store.close()


@pytest.fixture
def out(lead, colleague, tmp_path):
    """The share is handed out, and opened over there."""
    hand_out(lead.store, lead.draft, WANTED, tmp_path / "分工.pilot", CLOCK)
    colleague.take(read_package(tmp_path / "分工.pilot"))
    return colleague


def back(colleague: Desk, folder: Path):
    kept = received(colleague.store, colleague.draft)
    assert kept is not None
    hand_back(colleague.store, kept, folder / "交回.pilot", CLOCK)
    return read_package(folder / "交回.pilot")


def read_back_at(colleague: Desk, folder: Path, moment: datetime):
    kept = received(colleague.store, colleague.draft)
    assert kept is not None
    hand_back(colleague.store, kept, folder / "又交回.pilot", Clock(lambda: moment))
    return read_package(folder / "又交回.pilot")


def looked(lead: Desk, package):
    kept = lead.store.shares.handed_out(package.share.share_id)
    return look_into(lead.session(), package, *both_know(kept, package))


def taken(lead: Desk, incoming, choices=None) -> Session:
    keep_files(lead.store, lead.draft, incoming.package)
    session = lead.session()
    change = take_over(session, incoming, choices or {})
    changed = {path: session.value(path) for path in {*change.paths, *change.tables}}
    lead.store.save(lead.draft, changed, origin="merged", by=incoming.person)
    lead.store.accept(lead.draft, session.accepted)
    settle(lead.store, lead.draft, incoming, CLOCK)
    return session


def test_a_share_says_what_is_asked_of_whom(lead, out) -> None:
    share = received(out.store, out.draft).share

    assert (share.parts, share.person, share.sender) == (("needs_analysis", "objectives"), "王工", "李主任")
    assert (share.note, share.due, share.returned) == ("数字按台账", "2026-06-12", "")
    assert out.store.load(out.draft).values == lead.store.load(lead.draft).values


def test_nothing_changed_brings_nothing(lead, out, tmp_path) -> None:
    incoming = looked(lead, back(out, tmp_path))

    assert incoming.known
    assert (incoming.came, incoming.merged.conflicts) == ((), ())


def test_edits_of_both_sides_come_together_and_twice_is_once(lead, out, tmp_path) -> None:
    first, second = lead.rows("targets")[:2]
    out.type(unit_name="南汀县政务中心")
    out.type(**{cell_path("targets", first.id, "value_2027"): Decimal("77.0")})
    out.type(targets=(*out.rows("targets"), Row("r_00000abc", {"name": "新指标"})))
    lead.type(**{cell_path("targets", second.id, "value_2027"): Decimal("66")})
    lead.type(project_name="改过的名称")
    package = back(out, tmp_path)

    incoming = looked(lead, package)
    session = taken(lead, incoming)

    assert incoming.merged.conflicts == ()
    values = lead.store.load(lead.draft).values
    assert (values["unit_name"], values["project_name"]) == ("南汀县政务中心", "改过的名称")
    cells = {row.id: row for row in lead.rows("targets")}
    assert cells[first.id].cell("value_2027") == Decimal("77.0")
    assert cells[second.id].cell("value_2027") == Decimal("66")
    assert lead.rows("targets")[-1].id == "r_00000abc"
    again = looked(lead, package)
    assert (again.came, again.merged.conflicts) == ((), ())
    session.undo()
    assert session.value("unit_name") == "南汀县政务服务中心"
    assert session.rows("targets")[-1].id != "r_00000abc"


def test_the_history_says_that_it_was_merged_and_whose_it_was(lead, out, tmp_path) -> None:
    out.type(unit_name="南汀县政务中心")
    taken(lead, looked(lead, back(out, tmp_path)))

    found = lead.store._connection.read(
        'SELECT origin, "by" FROM history WHERE path = ? ORDER BY seq DESC LIMIT 1', ("unit_name",)
    )
    assert tuple(found[0]) == ("merged", "王工")


def test_what_both_changed_is_asked_and_only_once(lead, out, tmp_path) -> None:
    out.type(unit_name="对方写的")
    lead.type(unit_name="我写的")
    package = back(out, tmp_path)
    incoming = looked(lead, package)
    form = lead.session().form
    (one,) = incoming.merged.conflicts

    assert (one.base, one.here, one.there) == ("南汀县政务服务中心", "我写的", "对方写的")
    assert "单位名称" in where_words(form, one, incoming.merged.values)
    assert side_words(form, one, one.there) == "对方写的"
    taken(lead, incoming, {one.key: Choice("here")})
    again = looked(lead, package)
    assert (again.came, again.merged.conflicts) == ((), ())
    out.type(project_name="交回以后又改的")
    later = looked(lead, back(out, tmp_path))
    assert [one.path for one in later.came] == ["project_name"]
    assert later.merged.conflicts == ()


def test_one_package_given_to_two_people_loses_the_changes_of_neither(lead, out, tmp_path) -> None:
    second = Desk(tmp_path / "second")
    second.take(read_package(tmp_path / "分工.pilot"))
    out.type(unit_name="甲写的单位", project_name="甲写的名称", staff_count=90)
    second.type(registered_address="乙写的地址", project_name="乙写的名称")
    taken(lead, looked(lead, back(out, tmp_path)))

    incoming = looked(lead, back(second, tmp_path))

    second.store.close()
    assert [one.path for one in incoming.came] == ["registered_address"]
    (one,) = incoming.merged.conflicts
    assert (one.path, one.here, one.there) == ("project_name", "甲写的名称", "乙写的名称")
    taken(lead, incoming, {one.key: Choice("here")})
    out.type(staff_count=91)
    (later,) = looked(lead, back(out, tmp_path)).merged.conflicts
    assert (later.path, later.here, later.there) == ("staff_count", 90, 91)


def test_an_older_one_takes_back_nothing_and_what_both_know_stays(lead, out, tmp_path) -> None:
    out.type(unit_name="先写的")
    older = back(out, tmp_path)
    out.type(unit_name="后写的", project_name="后写的名称")
    later = read_back_at(out, tmp_path, datetime(2026, 6, 3, tzinfo=UTC))
    taken(lead, looked(lead, later))
    kept = lead.store.shares.handed_out(older.share.share_id)

    assert (is_older(kept, older), is_older(kept, later)) == (True, False)
    incoming = looked(lead, older)
    assert incoming.came == ()
    (one,) = incoming.merged.conflicts
    assert (one.path, one.here, one.there) == ("unit_name", "后写的", "先写的")
    taken(lead, incoming)
    assert lead.store.shares.handed_out(older.share.share_id) == kept


CONTACT = {
    "contact.name": "丁岚",
    "contact.mobile": "15170088213",
    "contact.email": "dinglan@nanting.example",
}


@pytest.mark.parametrize(
    "mine", [{"contact.name": "方宁", "contact.phone": "0794-2000139"}, {"contact.phone": "0794-2000139"}]
)
@pytest.mark.parametrize("side", ["here", "there"])
def test_nobody_gets_the_telephone_of_another(lead, out, tmp_path, mine, side) -> None:
    before = lead.store.load(lead.draft).values
    out.type(**CONTACT, **{"project_leader.phone": "0794-2000199"})
    lead.type(**mine, **{"project_leader.email": "chen@nanting.example"})
    incoming = looked(lead, back(out, tmp_path))
    (one,) = incoming.merged.conflicts
    form = lead.session().form

    assert (one.kind, one.path) == ("person", "contact")
    assert where_words(form, one, incoming.merged.values) == "2.16 联系人"
    assert side_words(form, one, one.there).startswith("丁岚，标准化科科长，15170088213，")
    assert [one.path for one in incoming.came] == ["project_leader.phone"]
    taken(lead, incoming, {one.key: Choice(side)})
    here = {path: lead.store.load(lead.draft).values[path] for path in before if path.startswith("contact.")}
    whole = {path: value for path, value in before.items() if path.startswith("contact.")}
    assert here == whole | (mine if side == "here" else CONTACT)


def test_a_person_whom_one_side_replaced_comes_as_he_is(lead, out, tmp_path) -> None:
    out.type(**CONTACT)
    incoming = looked(lead, back(out, tmp_path))

    assert incoming.merged.conflicts == ()
    assert {one.path for one in incoming.came} == set(CONTACT)


def test_a_deleted_row_that_the_other_side_changed_is_asked(lead, out, tmp_path) -> None:
    first = lead.rows("targets")[0]
    out.type(**{cell_path("targets", first.id, "value_2027"): Decimal("77")})
    lead.type(targets=lead.rows("targets")[1:])
    incoming = looked(lead, back(out, tmp_path))
    (one,) = incoming.merged.conflicts

    assert (one.kind, one.part, one.here) == ("row", first.id, None)
    assert side_words(lead.session().form, one, one.here) == "（删去了）"
    taken(lead, incoming, {one.key: Choice("here")})
    assert first.id not in {row.id for row in lead.rows("targets")}


def test_files_of_the_other_side_come_along(lead, out, tmp_path) -> None:
    import hashlib

    content = b"%PDF-1.4 scan"
    sha256 = hashlib.sha256(content).hexdigest()
    out.store.attach(out.draft, sha256, content)
    path, before = next(
        (path, value) for path, value in out.store.load(out.draft).values.items()
        if isinstance(value, tuple) and value and isinstance(value[0], Attachment)
    )  # fmt: skip
    out.type(**{path: (*before, Attachment(sha256, "新扫描.pdf", len(content)))})
    incoming = looked(lead, back(out, tmp_path))

    assert came_words(lead.session().form, incoming.came[0]) == "多了文件：新扫描.pdf"
    taken(lead, incoming)
    assert lead.store.attachment(lead.draft, sha256) == content
    assert lead.store.load(lead.draft).values[path][-1].file_name == "新扫描.pdf"


# -- answered 请核实 ------------------------------------------------------------------------------

UNIT, NAME = "too_long@unit_name", "unit_named@project_name"


def reasons_of(desk: Desk) -> dict[str, str]:
    return dict(desk.session().accepted)


def answer(desk: Desk, **reasons: str) -> None:
    desk.store.accept(desk.draft, {{"unit": UNIT, "name": NAME}[key]: text for key, text in reasons.items()})


@pytest.fixture
def answered(lead, tmp_path):
    """A share of a draft in which one 请核实 was answered before."""
    answer(lead, unit="证书上就是这样")
    hand_out(lead.store, lead.draft, WANTED, tmp_path / "分工.pilot", CLOCK)
    colleague = Desk(tmp_path / "colleague")
    colleague.take(read_package(tmp_path / "分工.pilot"))
    yield colleague
    colleague.store.close()


def test_reasons_go_along_and_come_back(lead, answered, tmp_path) -> None:
    assert reasons_of(answered) == {UNIT: "证书上就是这样"}
    answer(answered, unit="证书上就是这样", name="文件里的全称")
    package = back(answered, tmp_path)
    incoming = looked(lead, package)
    (one,) = incoming.came
    form = lead.session().form

    assert where_words(form, one, {}) == "0.1 项目名称，“请核实”的理由"
    assert came_words(form, one) == "写了理由“文件里的全称”"
    taken(lead, incoming)
    assert reasons_of(lead) == {UNIT: "证书上就是这样", NAME: "文件里的全称"}
    assert looked(lead, package).came == ()


def test_the_same_reason_twice_is_one_and_two_reasons_are_a_conflict(lead, answered, tmp_path) -> None:
    answer(answered, unit="查过公示系统", name="全称")
    answer(lead, unit="问过编办", name="全称")
    incoming = looked(lead, back(answered, tmp_path))
    (one,) = incoming.merged.conflicts
    form = lead.session().form

    assert incoming.came == ()
    assert (one.kind, one.base, one.here, one.there) == (
        "reason",
        "证书上就是这样",
        "问过编办",
        "查过公示系统",
    )
    assert [side_words(form, one, side) for side in (one.here, one.there, None)] == [
        "问过编办", "查过公示系统", "（空）",
    ]  # fmt: skip
    assert dict(taken(lead, incoming).accepted)[UNIT] == "问过编办"
    assert dict(taken(lead, incoming, {one.key: Choice("there")}).accepted)[UNIT] == "查过公示系统"


def test_a_reason_that_was_withdrawn_goes_here_too(lead, answered, tmp_path) -> None:
    answer(answered)
    package = back(answered, tmp_path)
    incoming = looked(lead, package)
    assert [came_words(lead.session().form, one) for one in incoming.came] == ["收回了理由“证书上就是这样”"]
    old = replace(package, share=structs.replace(package.share, reasons=None))
    assert look_into(lead.session(), old).came == ()  # by a program that did not note them
    change = take_over(session := lead.session(), incoming, {})

    assert dict(session.accepted) == {}
    assert change.issues == {"unit_name"}
    assert not session.steps.can_undo


def test_a_reason_for_what_is_not_there_is_left_aside(lead, answered, tmp_path) -> None:
    package = replace(
        back(answered, tmp_path), accepted={"a@gone": "x", "b@targets[r_gone].unit": "y", UNIT: "z"}
    )
    session = lead.session()
    take_over(session, look_into(session, package), {})

    assert dict(session.accepted) == {UNIT: "z"}


def test_the_package_itself_knows_from_where_it_began(lead, out, tmp_path) -> None:
    """On a computer that does not remember the share: a new one, or a project that was handed over."""
    out.type(unit_name="南汀县政务中心")
    package = back(out, tmp_path)
    lead.type(project_name="改过的名称")
    incoming = look_into(lead.session(), package)

    assert incoming.known
    assert [one.path for one in incoming.came] == ["unit_name"]
    assert incoming.merged.conflicts == ()


def test_without_an_ancestor_everything_that_differs_is_asked(lead, out, tmp_path) -> None:
    out.type(unit_name="南汀县政务中心")
    lead.type(project_name="改过的名称")
    incoming = look_into(lead.session(), replace(back(out, tmp_path), share=None))

    assert not incoming.known
    assert incoming.came == ()
    assert {one.path for one in incoming.merged.conflicts} == {"unit_name", "project_name"}


def test_calculated_cells_are_never_asked_and_are_worked_out_anew() -> None:
    """One side writes what was reached, the other what is promised: the gap between them differs on all sides."""
    package = sample_package("summary_2027")
    base = session_of_package(package, CLOCK.today())
    first, *others = base.rows("figures")
    there, here = session_of_package(package, CLOCK.today()), session_of_package(package, CLOCK.today())
    there.set_value(cell_path("figures", first.id, "achieved"), Decimal("50"))
    here.set_value(cell_path("figures", first.id, "promised_now"), Decimal("60"))
    gap = cell_path("figures", first.id, "gap")
    assert len({base.value(gap), there.value(gap), here.value(gap)}) == 3
    came = package_of(there, {})
    assert any(row.cell("gap") is not None for row in came.values["figures"])

    incoming = look_into(here, came, package_of(base, {}).values)
    take_over(here, incoming, {})

    assert incoming.merged.conflicts == ()
    assert [one.path for one in incoming.came] == [cell_path("figures", first.id, "achieved")]
    assert here.value(gap) == Decimal("50") - Decimal("60")
    assert [row.id for row in here.rows("figures")] == [first.id, *(row.id for row in others)]


@pytest.mark.parametrize(
    ("changed", "code"),
    [({"form": "summary_2027"}, "share_other_form"), ({"form_version": 99}, "share_other_version")],
)
def test_another_form_or_version_is_refused(lead, out, tmp_path, changed, code) -> None:
    with pytest.raises(PackageError) as caught:
        look_into(lead.session(), replace(back(out, tmp_path), **changed))

    assert caught.value.code == code
    assert str(caught.value)


def test_a_share_goes_through_a_package_file_unchanged(out, tmp_path) -> None:
    kept = received(out.store, out.draft)
    package = replace(package_of(out.session(), {}), files=sample().files, share=kept.share)
    write_package(package, tmp_path / "一.pilot")

    assert read_package(tmp_path / "一.pilot").share == kept.share


def test_shares_can_be_taken_off_the_list(lead, out) -> None:
    (kept,) = lead.store.shares.of_draft(lead.draft)
    lead.store.shares.forget(kept)

    assert lead.store.shares.of_draft(lead.draft) == ()


def test_two_files_of_one_name_are_asked_told_apart_and_not_told_of_as_coming(lead, out, tmp_path) -> None:
    kept = lead.store.load(lead.draft).values["legal_certificate"]
    (name,) = {file.file_name for file in kept}
    mine = Attachment("a" * 64, name, 2048, "application/pdf")
    theirs = Attachment("b" * 64, name, 4096, "application/pdf")
    package = back(out, tmp_path)
    package = replace(package, values={**package.values, "legal_certificate": (theirs,)})
    lead.type(legal_certificate=(mine,))

    incoming = looked(lead, package)

    assert incoming.came == ()
    (one,) = incoming.merged.conflicts
    assert why_words(one, known=True) == WHY_FILES
    form = lead.session().form
    assert [side_words(form, one, side) for side in (one.here, one.there)] == [
        f"{name}（2 KB）",
        f"{name}（4 KB）",
    ]
    lead.type(legal_certificate=None)
    (one,) = looked(lead, package).merged.conflicts
    assert why_words(one, known=True) == WHY_FILE_GONE
    lead.type(legal_certificate=kept)
    (one,) = looked(lead, package).came
    assert came_words(form, one).endswith(f"换成“{name}（4 KB）”")


def test_what_was_merged_and_undone_is_known_when_more_comes(lead, out, tmp_path) -> None:
    out.type(unit_name="对方的单位")
    session = taken(lead, looked(lead, back(out, tmp_path)))
    out.type(project_name="对方的名称")
    more = back(out, tmp_path)
    assert gone_again(looked(lead, more), look_into(lead.session(), more)) == ()

    session.undo()
    lead.type(unit_name=session.value("unit_name"))
    incoming = looked(lead, more)
    again = look_into(lead.session(), more)

    assert [one.path for one in incoming.came] == ["project_name"]
    assert [one.path for one in gone_again(incoming, again)] == ["unit_name"]
    assert taken(lead, again).value("unit_name") == "对方的单位"
