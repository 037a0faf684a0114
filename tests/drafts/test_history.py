"""Every value ever saved is there: by field, by draft, at any moment; what is thinned takes no promise away."""

from __future__ import annotations

import contextlib
import json
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pilotdesk.clock import Clock
from pilotdesk.drafts import history_thinning
from pilotdesk.drafts.history import Entry, Past
from pilotdesk.drafts.history_thinning import surplus
from pilotdesk.drafts.records import WHOLE_DRAFT, DraftFacts, ExportMark, NamedVersion
from pilotdesk.drafts.store import DraftStore
from pilotdesk.forms.json_values import to_json
from pilotdesk.forms.values import Attachment, Row, Unparsed
from tests.drafts.history_kit import as_saved, entries_of, writings
from tests.drafts.test_store import PACK, SteppingClock

START = datetime(2026, 6, 2, 2, 0, tzinfo=UTC)
GAPS = st.lists(st.sampled_from([0.01, 0.4, 3, 9, 30, -5]), min_size=1, max_size=6)


@pytest.fixture
def store(tmp_path):
    with contextlib.closing(DraftStore(tmp_path / "data", Clock(SteppingClock().now), by="陈立")) as opened:
        yield opened


def begun(store, values=None):
    return store.create(PACK, "application", values or {}, facts=DraftFacts(), origin="typed")


# -- the state at any moment -----------------------------------------------------------------------


@given(written=writings)
def test_replaying_the_history_gives_the_draft_as_it_was_after_every_save(tmp_path_factory, written):
    store = DraftStore(tmp_path_factory.mktemp("store"), Clock(SteppingClock().now))
    with contextlib.closing(store):
        draft_id = begun(store, {"a": "最初"})
        was = [(store.histories.last_entry(draft_id), store.load(draft_id).values)]
        for one in written:
            saved = as_saved(one, was[-1][1])
            if saved is not None:
                store.save(draft_id, saved, origin="typed")
                was.append((store.histories.last_entry(draft_id), store.load(draft_id).values))
        past = store.histories.read(draft_id)
    assert [past.state(seq) for seq, _ in was] == [values for _, values in was]
    assert past.state() == was[-1][1]
    assert past.state(0) == {}


def test_the_first_entry_is_the_original_and_restoring_appends(store):
    draft_id = begun(store, {"a": "原文"})
    store.save(draft_id, {"a": "改过"}, origin="typed")
    store.save(draft_id, {"a": "原文"}, origin="restored")
    entries = store.histories.read(draft_id).of_field("a")
    assert [(entry.value, entry.origin, entry.by) for entry in entries] == [
        ("原文", "typed", "陈立"),
        ("改过", "typed", "陈立"),
        ("原文", "restored", "陈立"),
    ]


def test_deleted_answers_rows_files_and_drafts_are_in_it(store):
    first, second = Row("r_1", {"name": "甲"}), Row("r_2", {"name": "乙"})
    scan = (Attachment("0" * 64, "证书.pdf", 3),)
    draft_id = begun(store, {"a": "原文", "t": (first, second), "scan": scan})
    begin = store.histories.last_entry(draft_id)
    for gone in ({"a": None}, {"t": (second,)}, {"scan": None}):
        store.save(draft_id, gone, origin="typed")
    before = store.histories.last_entry(draft_id)
    store.deletions.delete([draft_id])
    past = store.histories.read(draft_id)
    assert past.state(begin) == {"a": "原文", "t": (first, second), "scan": scan}
    assert past.state(before) == {"t": (second,)}
    assert past.state() == {"t": (second,)}  # it is only put away
    assert (past.entries[-1].origin, past.entries[-1].path) == ("deleted", WHOLE_DRAFT)


def test_what_came_in_another_way_says_so_in_the_same_save(store):
    draft_id = begun(store)
    store.save(draft_id, {"a": "1", "b": "2"}, origin="typed", origins={"b": "carried"})
    entries = store.histories.read(draft_id).entries
    assert [(entry.path, entry.origin) for entry in entries] == [("a", "typed"), ("b", "carried")]
    assert entries[0].at == entries[1].at


def test_an_entry_that_damage_has_made_no_value_of_is_shown_as_it_stands():
    past = Past([entry(1, 0, "a"), Entry(2, "b", '{"$decimal": "1.5', "typed", entry(2, 1).at, "")])
    assert past.state() == {"a": "x", "b": Unparsed('{"$decimal": "1.5')}


# -- sittings ----------------------------------------------------------------------------------------


def entry(seq, minutes, path="a", origin="typed", by="陈立"):
    at = START + timedelta(minutes=minutes)
    return Entry(seq, path, '"x"', origin, at.isoformat(timespec="milliseconds").replace("+00:00", "Z"), by)


def spans(past, field=""):
    return [(one.first, one.last) for one in past.sittings(field)]


def test_a_pause_another_person_another_way_and_a_clock_put_back_begin_a_sitting():
    assert spans(Past([entry(1, 0), entry(2, 29), entry(3, 58), entry(4, 89)])) == [(1, 3), (4, 4)]
    assert spans(Past([entry(1, 0), entry(2, 1, by="刘敏")])) == [(1, 1), (2, 2)]
    assert spans(Past([entry(1, 0), entry(2, 1, origin="restored"), entry(3, 2)])) == [(1, 1), (2, 2), (3, 3)]
    assert spans(Past([entry(1, 10), entry(2, 0)])) == [(1, 1), (2, 2)]
    assert spans(Past([entry(1, 0, origin="carried"), entry(2, 0, origin="carried")])) == [(1, 2)]
    assert spans(Past([entry(1, 0, origin="carried"), entry(2, 1, origin="carried")])) == [(1, 1), (2, 2)]


def test_named_versions_and_exports_end_a_sitting():
    version = NamedVersion(version_id=1, name="交第一稿前", seq=2, at="")
    export = ExportMark(seq=3, at="2026-06-02T02:03:00.000Z", kind="word", check_code="")
    entries = [entry(number, number) for number in range(1, 6)]
    assert spans(Past(entries, [version], [export])) == [(1, 2), (3, 3), (4, 5)]


def past_of(written):
    stamps = [START + timedelta(minutes=number) for number in range(len(written))]
    return Past(
        [
            Entry(number, path, json.dumps(to_json(value), ensure_ascii=False), "typed", at.isoformat(), "")
            for number, ((path, value), at) in enumerate(zip(written, stamps, strict=True), 1)
        ]
    )


def test_what_was_written_and_replaced_within_the_hour_can_be_seen_in_its_field():
    first, second = "省里要求做，本县从茶叶做起，先建体系。", "完全不同的一段，从政务服务写起，写得也不短。"
    written = [first[:6], first, first + "再推广。", second, second[:-2] + "长。", None, "12", "15"]
    past = past_of([("a", one) for one in written])
    kept = [past.state(one.last).get("a") for one in past.sittings("a")]
    assert kept == [first + "再推广。", second[:-2] + "长。", None, "12", "15"]
    assert len(past.sittings()) == 1


def test_rows_that_were_removed_within_the_hour_can_be_seen_in_their_table():
    rows = (Row("r_1", {"name": "甲"}), Row("r_2", {"name": "乙"}))
    past = past_of([("t", rows), ("t[r_1].name", "丙"), ("t", rows[:1]), ("t", rows[:1])])
    assert next(past.state(one.last).get("t") for one in past.sittings("t"))[1] == rows[1]


def test_a_field_has_the_sittings_that_touched_its_parts_rows_or_cells():
    entries = [
        entry(1, 0, "leader.mobile"), entry(2, 60, "leader_note"), entry(3, 120, "leader"),
        entry(4, 180, "leader[r_1].name"),
    ]  # fmt: skip
    past = Past(entries)
    assert spans(past, "leader") == [(1, 1), (3, 3), (4, 4)]
    assert [one.seq for one in past.of_field("leader")] == [1, 3, 4]
    assert past.sittings()[3].paths == {"leader"}


def test_a_version_gets_another_name_and_loses_it(store):
    draft_id = begun(store, {"a": "x"})
    seq = store.histories.last_entry(draft_id)
    for name, expected in (("交第一稿前", ["交第一稿前"]), (" 交稿前 ", ["交稿前"]), ("  ", [])):
        store.histories.name_version(draft_id, name, seq, at="2026-06-02T02:00:00.000Z")
        assert [one.name for one in store.histories.read(draft_id).versions] == expected


def test_an_export_says_which_entry_was_its_last(store):
    draft_id = begun(store, {"a": "x"})
    store.log_export(draft_id, kind="word", file_name="a.docx", sha256="0" * 64, check_code="AB")
    store.save(draft_id, {"a": "y"}, origin="typed")
    past = store.histories.read(draft_id)
    assert [past.state(export.seq) for export in past.exports] == [{"a": "x"}]


def test_the_codes_of_the_last_final_version_are_known_and_no_older_ones(store):
    draft_id = begun(store, {"a": "x"})
    assert store.histories.final_codes(draft_id) == frozenset()
    for kind, code in (("docx", "AB"), ("pdf", "AB"), ("docx", "CD"), ("pdf", "CD")):
        store.log_export(draft_id, kind=kind, file_name=f"a.{kind}", sha256="0" * 64, check_code=code)
    assert store.histories.final_codes(draft_id) == {"AB", "CD"}  # two documents
    store.save(draft_id, {"a": "y"}, origin="typed")
    store.log_export(draft_id, kind="docx", file_name="b.docx", sha256="1" * 64, check_code="EF")
    store.log_export(draft_id, kind="docx", file_name="c.docx", sha256="2" * 64, check_code="")
    assert store.histories.final_codes(draft_id) == {"EF"}


# -- thinning ----------------------------------------------------------------------------------------


@given(
    written=writings,
    gaps=GAPS,
    named=st.sets(st.integers(0, 24), max_size=3),
    exported=st.sets(st.integers(0, 24), max_size=2),
    full_days=st.integers(0, 2),
)
def test_thinning_keeps_now_the_originals_named_versions_exports_and_a_state_a_day(
    written, gaps, named, exported, full_days
):
    entries, states = entries_of(written, START, gaps)
    seen = {at % len(entries) for at in named | exported}
    versions = [
        NamedVersion(version_id=at, name="x", seq=entries[at % len(entries)].seq, at="") for at in named
    ]
    exports = [
        ExportMark(seq=entries[at % len(entries)].seq, at=entries[at % len(entries)].at, kind="word", check_code="")
        for at in exported
    ]  # fmt: skip
    gone = set(surplus(Past(entries, versions, exports), full_days=full_days))
    thinned = Past([one for one in entries if one.seq not in gone], versions, exports)
    days = [datetime.fromisoformat(one.at).astimezone().date() for one in entries]
    seen |= {at for at, day in enumerate(days) if at + 1 == len(days) or days[at + 1] != day}
    assert {at: thinned.state(entries[at].seq) for at in seen} == {at: states[at] for at in seen}
    assert thinned.state() == states[-1]
    firsts = {one.path: one for one in reversed(entries)}
    assert {one.path: one for one in reversed(thinned.entries)} == firsts
    assert surplus(thinned, full_days=full_days) == ()


def test_a_day_of_typing_becomes_its_last_state_and_the_newest_days_stay_as_they_are():
    entries = [entry(number, number) for number in range(1, 9)]
    entries += [entry(number, 60 * 48 + number) for number in range(9, 13)]
    assert surplus(Past(entries), full_days=1) == (2, 3, 4, 5, 6, 7)
    assert surplus(Past(entries), full_days=2) == ()


def test_what_was_typed_while_an_export_ran_is_kept_apart():
    entries = [entry(number, number) for number in range(1, 31)]
    export = ExportMark(seq=25, at=entries[24].at, kind="word", check_code="")
    kept = set(range(1, 31)) - set(surplus(Past(entries, (), [export]), full_days=0))
    assert kept == {1, *range(15, 26), 30}


def test_an_old_export_without_a_number_is_found_by_its_time():
    entries = [entry(number, number * 20) for number in range(1, 9)]
    export = ExportMark(seq=0, at=entry(0, 75).at, kind="word", check_code="")
    assert 3 not in surplus(Past(entries, (), [export]), full_days=0)
    assert surplus(Past(entries), full_days=0)[1] == 3


def test_a_long_history_is_thinned_in_the_store_and_the_draft_stays(store, monkeypatch):
    monkeypatch.setattr(history_thinning, "ENOUGH", 40)
    monkeypatch.setattr(history_thinning, "FULL_DAYS", 1)
    draft_id, other = begun(store), begun(store, {"a": "另一份"})
    for number in range(38):
        store.save(draft_id, {"a": number}, origin="typed")
    assert store.histories.thin(draft_id) == 0
    for number in range(1500):  # two days of the stepping clock
        store._clock.now()
        if number % 100 == 0:
            store.save(draft_id, {"a": f"第二天{number}"}, origin="typed")
    before = store.histories.read(draft_id)
    assert store.histories.thin(draft_id) > 30
    after = store.histories.read(draft_id)
    assert after.state() == before.state() == store.load(draft_id).values
    assert (after.entries[0], len(store.histories.read(other).entries)) == (before.entries[0], 1)
