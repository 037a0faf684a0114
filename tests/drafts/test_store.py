"""The store keeps every value exactly, in one transaction with its history, through anything expected."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import textwrap
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType, SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pilotdesk.clock import Clock
from pilotdesk.drafts import schema
from pilotdesk.drafts.backups import back_up
from pilotdesk.drafts.records import DraftFacts
from pilotdesk.drafts.store import FILE_NAME, DraftStore
from pilotdesk.errors import StoreError
from pilotdesk.forms.attic import AtticEntry
from pilotdesk.forms.values import MonthRange, Row, Unparsed

PACK = SimpleNamespace(
    round=SimpleNamespace(name="2026"),
    forms={
        name: SimpleNamespace(head=SimpleNamespace(version=1)) for name in ("application", "summary_2027")
    },
    digest="d" * 64,
)


class SteppingClock:
    """A clock that goes one minute on with every look."""

    def __init__(self, start: datetime = datetime(2026, 6, 2, 2, 0, tzinfo=UTC)) -> None:
        self.moment = start

    def now(self) -> datetime:
        self.moment += timedelta(minutes=1)
        return self.moment


@pytest.fixture
def clock():
    return Clock(SteppingClock().now)


@pytest.fixture
def store(tmp_path, clock):
    opened = DraftStore(tmp_path / "data", clock)
    yield opened
    opened.close()


def rows(*texts):
    return tuple(Row(f"r_{at:08x}", MappingProxyType({"name": text})) for at, text in enumerate(texts))


SCALARS = st.one_of(
    st.text(max_size=40),
    st.integers(),
    st.decimals(allow_nan=False, allow_infinity=False),
    st.dates(),
    st.builds(Unparsed, st.text(max_size=10)),
    st.builds(MonthRange, st.just("2027-01"), st.none() | st.just("2028-12")),
    st.lists(st.text(min_size=1, max_size=5), min_size=1, max_size=3).map(tuple),
)


@settings(max_examples=30, deadline=None)
@given(values=st.dictionaries(st.sampled_from(["a", "b.name", "c", "d"]), SCALARS, max_size=4))
def test_every_value_comes_back_as_it_was(tmp_path_factory, values):
    folder = tmp_path_factory.mktemp("store")
    store = DraftStore(folder, Clock(SteppingClock().now))
    draft_id = store.create(PACK, "application", values, facts=DraftFacts(), origin="typed")
    store.close()
    reopened = DraftStore(folder, Clock(SteppingClock().now))
    read = dict(reopened.load(draft_id).values)
    reopened.close()
    assert read == values
    assert {k: type(v) for k, v in read.items()} == {k: type(v) for k, v in values.items()}


def test_rows_keep_their_ids_order_and_parents(store):
    tree = (Row("r_1", {"code": "100"}), Row("r_2", {"code": "101"}, "r_1"), Row("r_3", {}, "r_1"))
    draft_id = store.create(
        PACK, "application", {"targets": rows("甲", "乙"), "tree": tree}, facts=DraftFacts(), origin="typed"
    )
    store.save(draft_id, {"targets": tuple(reversed(rows("甲", "乙")))}, origin="typed")
    values = store.load(draft_id).values
    assert [row.cells["name"] for row in values["targets"]] == ["乙", "甲"]
    assert [(row.id, row.parent) for row in values["tree"]] == [("r_1", None), ("r_2", "r_1"), ("r_3", "r_1")]


def test_one_cell_is_written_without_touching_its_neighbours(store):
    table = (Row("r_1", {"name": "甲", "value": Decimal("1.50")}),)
    draft_id = store.create(PACK, "application", {"t": table}, facts=DraftFacts(), origin="typed")
    store.save(draft_id, {"t[r_1].name": None, "t[r_1].due": date(2027, 1, 2)}, origin="typed")
    assert store.load(draft_id).values["t"][0].cells == {"value": Decimal("1.50"), "due": date(2027, 1, 2)}


def test_none_takes_an_answer_or_a_table_away(store):
    draft_id = store.create(
        PACK, "application", {"a": "x", "t": rows("甲")}, facts=DraftFacts(), origin="typed"
    )
    store.save(draft_id, {"a": None, "t": None}, origin="typed")
    assert dict(store.load(draft_id).values) == {}


def test_every_saved_value_stays_in_the_history(store):
    draft_id = store.create(PACK, "application", {"a": "一"}, facts=DraftFacts(), origin="sample")
    for value in ("二", Unparsed("三？"), None):
        store.save(draft_id, {"a": value}, origin="typed")
    entries = store.histories.of_path(draft_id, "a")
    assert [entry.value for entry in entries] == ["一", "二", Unparsed("三？"), None]
    assert [entry.origin for entry in entries] == ["sample", "typed", "typed", "typed"]
    assert [entry.at for entry in entries] == sorted(entry.at for entry in entries)


def test_a_save_is_kept_whole_or_not_at_all(store):
    draft_id = store.create(PACK, "application", {"a": "旧"}, facts=DraftFacts(), origin="typed")
    with pytest.raises(ValueError, match="object"):
        store.save(draft_id, {"a": "新", "b": object()}, origin="typed")
    assert dict(store.load(draft_id).values) == {"a": "旧"}
    assert len(store.histories.of_path(draft_id, "a")) == 1


def test_facts_step_and_accepted_reasons_are_kept(store):
    facts = DraftFacts(title="南汀县", unit="中心", percent=64, errors=2)
    draft_id = store.create(PACK, "application", {}, facts=DraftFacts(), origin="typed", practice=True)
    store.save(draft_id, {}, origin="typed", facts=facts)
    store.remember_step(draft_id, "targets")
    store.accept(draft_id, {"uscc_check_char@uscc": "证书上就是这样"})
    record = store.load(draft_id)
    assert (record.card.facts, record.card.step, record.card.practice) == (facts, "targets", True)
    assert record.accepted == {"uscc_check_char@uscc": "证书上就是这样"}


def test_drafts_of_the_same_moment_stand_as_they_were_begun(tmp_path):
    store = DraftStore(tmp_path / "data", Clock(lambda: datetime(2026, 6, 2, tzinfo=UTC)))
    begun = [store.create(PACK, "application", {}, facts=DraftFacts(), origin="typed") for _ in range(8)]
    project_id = store.cards()[-1].project_id
    begun += [
        store.add_draft(project_id, PACK, "summary_2027", {}, carried={}, facts=DraftFacts(), origin="typed")
        for _ in range(8)
    ]  # fmt: skip
    # What a later version may have, and SQLite then goes through in the order of the ids.
    store._connection._connection.execute("CREATE INDEX by_change ON draft (updated DESC, draft_id)")
    store._connection._connection.execute("CREATE INDEX by_begin ON draft (project_id, created, draft_id)")
    assert [card.draft_id for card in store.cards()] == begun
    assert [card.draft_id for card in store.drafts_of(project_id)] == begun[7:]
    assert [card.draft_id for card in store.cards(deleted=True)] == begun
    store.close()


def test_the_draft_changed_last_comes_first(store):
    first = store.create(PACK, "application", {}, facts=DraftFacts(), origin="typed")
    second = store.create(PACK, "application", {}, facts=DraftFacts(), origin="typed")
    store.save(first, {"a": "x"}, origin="typed")
    assert [card.draft_id for card in store.cards()] == [first, second]


def test_a_deleted_draft_is_gone_and_says_so(store):
    draft_id = store.create(PACK, "application", {"a": "x"}, facts=DraftFacts(), origin="typed")
    store.deletions.delete([draft_id])
    assert store.cards() == ()
    for call in (store.load, lambda gone: store.save(gone, {"a": "y"}, origin="typed")):
        with pytest.raises(StoreError) as trouble:
            call(draft_id)
        assert trouble.value.code == "draft_gone"


def test_a_project_holds_a_draft_of_every_form(store):
    first = store.create(PACK, "application", {"a": "x"}, facts=DraftFacts(title="甲"), origin="typed")
    (card,) = store.drafts_of(store.load(first).card.project_id)
    carried = {"a": "x", "t": rows("甲"), "n": Decimal("1.50")}
    second = store.add_draft(
        card.project_id,
        PACK,
        "summary_2027",
        {"a": "x"},
        carried=carried,
        facts=DraftFacts(),
        origin="carried",
    )
    assert [one.draft_id for one in store.drafts_of(card.project_id)] == [first, second]
    record = store.load(second)
    assert (record.card.form, record.card.project_id, record.carried) == (
        "summary_2027",
        card.project_id,
        carried,
    )
    assert store.load(first).carried == {}
    store.keep_carried(second, {"a": "y"})
    assert store.load(second).carried == {"a": "y"}


def test_a_draft_cannot_be_added_to_a_project_that_is_gone(store):
    with pytest.raises(StoreError) as trouble:
        store.add_draft("p_gone", PACK, "summary_2027", {}, carried={}, facts=DraftFacts(), origin="typed")
    assert trouble.value.code == "project_gone"


def test_the_attic_keeps_values_and_words_in_order(store):
    draft_id = store.create(PACK, "application", {}, facts=DraftFacts(), origin="typed")
    first = AtticEntry(path="a", label="甲", text="八十多", value=Unparsed("八十多"), why="没有这一栏了。")
    table = AtticEntry(
        path="t", label="乙", value=rows("甲"), why="没有这张表了。", at="2027-01-01T00:00:00.000Z"
    )
    store.keep_attic(draft_id, [first])
    store.keep_attic(draft_id, [table])
    kept = store.load(draft_id).attic
    assert kept[1] == table
    assert (kept[0].value, kept[0].text, kept[0].why) == (first.value, first.text, first.why)
    assert kept[0].at.startswith("2026-06-02T")


def test_dates_of_a_project_are_set_changed_and_taken_away(store):
    project_id = store.load(
        store.create(PACK, "application", {}, facts=DraftFacts(), origin="typed")
    ).card.project_id
    assert store.projects.dates(project_id) == {}
    store.projects.set_date(project_id, "self_assessment", date(2029, 1, 31))
    store.projects.set_date(project_id, "summary_2027", date(2027, 11, 20))
    store.projects.set_date(project_id, "self_assessment", date(2029, 3, 1))
    assert store.projects.dates(project_id) == {
        "self_assessment": date(2029, 3, 1),
        "summary_2027": date(2027, 11, 20),
    }
    store.projects.set_date(project_id, "summary_2027", None)
    assert store.projects.dates(project_id) == {"self_assessment": date(2029, 3, 1)}
    with pytest.raises(StoreError) as trouble:
        store.projects.set_date("p_gone", "x", date(2029, 1, 1))
    assert trouble.value.code == "project_gone"


def test_the_history_says_who_wrote(tmp_path, clock):
    first = DraftStore(tmp_path, clock, by="陈立")
    draft_id = first.create(PACK, "application", {"a": "x"}, facts=DraftFacts(), origin="typed")
    first.close()
    second = DraftStore(tmp_path, clock, by="刘敏")
    second.save(draft_id, {"a": "y"}, origin="typed")
    assert [(entry.value, entry.by) for entry in second.histories.of_path(draft_id, "a")] == [
        ("x", "陈立"),
        ("y", "刘敏"),
    ]
    second.close()


def test_a_killed_program_loses_nothing_that_was_saved(tmp_path):
    script = textwrap.dedent("""
        import sys, itertools
        from pathlib import Path
        from pilotdesk.clock import SYSTEM_CLOCK
        from pilotdesk.drafts.records import DraftFacts
        from pilotdesk.drafts.store import DraftStore
        from tests.drafts.test_store import PACK
        store = DraftStore(Path(sys.argv[1]), SYSTEM_CLOCK)
        draft = store.create(PACK, "application", {}, facts=DraftFacts(), origin="typed")
        print(draft, flush=True)
        for number in itertools.count():
            store.save(draft, {"a": number}, origin="typed")
            print(number, flush=True)
    """)
    program = subprocess.Popen(
        [sys.executable, "-c", script, str(tmp_path)],
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[2],
    )
    draft_id = program.stdout.readline().strip()
    acknowledged = -1
    while acknowledged < 25:
        acknowledged = int(program.stdout.readline())
    os.kill(program.pid, signal.SIGKILL if hasattr(signal, "SIGKILL") else signal.SIGTERM)
    acknowledged = max([acknowledged, *(int(line) for line in program.stdout.read().split())])
    program.stdout.close()
    program.wait()
    store = DraftStore(tmp_path, Clock(SteppingClock().now))
    assert store.load(draft_id).values["a"] >= acknowledged
    store.close()


def test_a_newer_database_is_refused_untouched(tmp_path, clock):
    DraftStore(tmp_path, clock).close()
    with sqlite3.connect(tmp_path / FILE_NAME) as connection:
        connection.execute(f"PRAGMA user_version = {schema.CURRENT + 1}")
    connection.close()
    with pytest.raises(StoreError) as trouble:
        DraftStore(tmp_path, clock)
    assert trouble.value.code == "store_too_new"
    assert f"格式版本是 {schema.CURRENT + 1}，" in str(trouble.value)
    assert f"只认到 {schema.CURRENT}。" in str(trouble.value)


def test_a_file_that_is_no_database_is_named_and_kept(tmp_path, clock):
    (tmp_path / FILE_NAME).write_bytes("不是数据库".encode() * 100)
    with pytest.raises(StoreError) as trouble:
        DraftStore(tmp_path, clock)
    assert trouble.value.code == "store_damaged"
    assert "backups" in str(trouble.value)
    assert (tmp_path / FILE_NAME).read_bytes().startswith("不是".encode())


def test_a_second_writer_is_told_to_close_the_other_window(store, monkeypatch, clock):
    monkeypatch.setattr("pilotdesk.drafts.connection.BUSY_MS", 1)
    second = DraftStore(store.path.parent, clock)
    other = sqlite3.connect(store.path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreError) as trouble:
        second.create(PACK, "application", {}, facts=DraftFacts(), origin="typed")
    other.execute("ROLLBACK")
    other.close()
    second.close()
    assert trouble.value.code == "store_busy"


def test_a_folder_that_is_a_file_is_said_to_be_unwritable(tmp_path, clock):
    (tmp_path / "data").write_text("x")
    with pytest.raises(StoreError) as trouble:
        DraftStore(tmp_path / "data", clock)
    assert trouble.value.code == "store_unwritable"


def test_backups_are_whole_databases_that_open(store, tmp_path, clock):
    draft_id = store.create(PACK, "application", {"a": "x"}, facts=DraftFacts(), origin="typed")
    made = back_up(store.path.parent, clock)
    (tmp_path / "other").mkdir()
    made.path.rename(tmp_path / "other" / FILE_NAME)
    copy = DraftStore(tmp_path / "other", clock)
    assert dict(copy.load(draft_id).values) == {"a": "x"}
    copy.close()


def test_a_draft_written_in_after_its_final_version_says_so(store):
    """Somebody may hand in the file of before."""
    draft = store.create(PACK, "application", {"a": "一"}, facts=DraftFacts(), origin="typed")
    assert not store.load(draft).card.edited
    store.log_export(draft, kind="pdf", file_name="a.pdf", sha256="0" * 64, check_code="ABCD-EFGH")
    store.count_revision(draft, 1)
    assert not store.load(draft).card.edited
    store.save(draft, {"a": "二"}, origin="typed")
    assert store.load(draft).card.edited
    assert [card.edited for card in store.cards() if card.draft_id == draft] == [True]
    store.log_export(draft, kind="docx", file_name="a.docx", sha256="1" * 64, check_code="")
    assert store.load(draft).card.edited, "a draft print is no final version"
    store.log_export(draft, kind="pdf", file_name="b.pdf", sha256="2" * 64, check_code="WXYZ-2345")
    assert not store.load(draft).card.edited
