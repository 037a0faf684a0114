"""Search over all drafts: words of any length, kept up to date lazily, and thrown away when damaged."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pilotdesk.clock import Clock
from pilotdesk.drafts import search_index
from pilotdesk.drafts.backups import copy_out
from pilotdesk.drafts.records import DraftFacts
from pilotdesk.drafts.search_index import INDEX_NAME, SearchIndex
from pilotdesk.drafts.store import DraftStore
from pilotdesk.errors import StoreError
from pilotdesk.forms.shipped import load_shipped
from pilotdesk.forms.values import Attachment, Row

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NOW = datetime(2026, 6, 2, 2, 32, 5, tzinfo=UTC)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[DraftStore]:
    opened = DraftStore(tmp_path, Clock(lambda: NOW))
    yield opened
    opened.close()


@pytest.fixture
def index(tmp_path: Path) -> SearchIndex:
    return SearchIndex(tmp_path)


def make(store: DraftStore, title: str = "", **values: object) -> str:
    return store.create(
        load_shipped("2026"), "application", values, facts=DraftFacts(title=title), origin="typed"
    )


@pytest.mark.parametrize(
    "words",
    [
        "南",
        "南汀",
        "南汀县",
        "政务服务",
        "县政务",
        "务",
        "南汀 服务",
        "服务　标准化",
        "gb/t",
        "ＧＢ／Ｔ 1.1",
        "2020",
        "佐证.pdf",
    ],
)
def test_words_of_any_length_are_found_anywhere_in_a_draft(
    store: DraftStore, index: SearchIndex, words: str
) -> None:
    rows = (Row("r_1", {"number": "GB/T 1.1—2020", "name": "标准化工作导则"}),)
    files = (Attachment(sha256="0" * 64, file_name="佐证.pdf", size=1, media_type="application/pdf"),)
    draft = make(store, unit_name="南汀县\n政务服务中心", standards=rows, proofs=files)
    make(store, unit_name="别的单位")
    assert index.catch_up() == 0
    assert index.find(words) == {draft}


@pytest.mark.parametrize(
    "words", ["", "  ", "北汀", "县中心", "南汀 北汀", "心县", "务政", '"', "application", "0" * 9]
)
def test_what_is_nowhere_is_not_found(store: DraftStore, index: SearchIndex, words: str) -> None:
    files = (Attachment(sha256="0" * 64, file_name="甲.pdf", size=1, media_type="application/pdf"),)
    make(store, unit_name="南汀县", unit_introduction="政务服务中心", proofs=files)
    index.catch_up()
    assert index.find(words) == frozenset()


@given(st.text(min_size=1, max_size=12), st.data())
def test_every_piece_of_a_text_is_asked_for_in_its_own_words(text: str, data: st.DataObject) -> None:
    folded = search_index.folded(text)
    if not folded:
        return
    begin = data.draw(st.integers(0, len(folded) - 1))
    piece = folded[begin : data.draw(st.integers(begin + 1, len(folded)))]
    pairs = search_index._pairs([text]).split()
    wanted = search_index._asked(piece).rstrip("*").strip('"').split()
    if len(piece) == 1:
        assert any(pair.startswith(piece) for pair in pairs)
    else:
        assert any(pairs[at : at + len(wanted)] == wanted for at in range(len(pairs)))


def test_two_texts_are_not_read_as_one(store: DraftStore, index: SearchIndex) -> None:
    make(store, unit_name="甲乙", unit_introduction="乙丙")
    index.catch_up()
    assert not index.find("甲乙丙")


def test_what_was_saved_since_is_found_and_what_went_is_not(store: DraftStore, index: SearchIndex) -> None:
    draft, other = make(store, unit_name="南汀县"), make(store, unit_name="北汀县")
    index.catch_up()
    store.save(draft, {"unit_name": "石汀县"}, origin="typed")
    store.deletions.delete([other])
    assert index.find("北汀") == {other}  # lazily
    assert index.catch_up() == 0
    assert index.find("石汀") == {draft}
    assert not index.find("南汀")
    assert not index.find("北汀")


def test_a_great_many_drafts_are_read_piece_by_piece(store: DraftStore, index: SearchIndex) -> None:
    drafts = {make(store, unit_name="南汀县") for _ in range(5)}
    told: list[tuple[int, int]] = []
    assert index.catch_up(lambda *at: told.append(at), most=2) == 3
    assert told == [(0, 5), (1, 5)]
    assert len(index.find("南汀")) == 2
    assert index.catch_up(most=2) == 1
    assert index.catch_up(most=2) == 0
    assert index.find("南汀") == drafts


def test_a_stopped_reading_leaves_the_index_as_it_was(store: DraftStore, index: SearchIndex) -> None:
    first = make(store, unit_name="南汀县")
    index.catch_up()
    store.save(first, {"unit_name": "石汀县"}, origin="typed")

    def stop(_done: int, _total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        index.catch_up(stop)
    assert index.find("南汀") == {first}
    index.catch_up()
    assert index.find("石汀") == {first}


def test_a_database_put_back_from_a_copy_is_read_anew(store: DraftStore, tmp_path: Path) -> None:
    draft = make(store, unit_name="南汀县")
    elsewhere = tmp_path / "elsewhere"
    copy_out(tmp_path, elsewhere)
    store.save(draft, {"unit_name": "石汀县"}, origin="typed")
    SearchIndex(tmp_path).catch_up()
    shutil.copy(tmp_path / INDEX_NAME, elsewhere)
    index = SearchIndex(elsewhere)
    assert index.find("石汀")
    index.catch_up()
    assert index.find("南汀") == {draft}
    assert not index.find("石汀")


@pytest.mark.parametrize("damage", [b"no database at all" * 400, b"SQLite format 3\0" + b"\xff" * 4000])
def test_a_damaged_index_is_made_anew(
    store: DraftStore, index: SearchIndex, tmp_path: Path, damage: bytes
) -> None:
    draft = make(store, unit_name="南汀县")
    index.catch_up()
    for left in tmp_path.glob(f"{INDEX_NAME}-*"):
        left.unlink()
    (tmp_path / INDEX_NAME).write_bytes(damage)
    assert index.find("南汀") == frozenset()
    assert index.catch_up() == 0
    assert index.find("南汀") == {draft}


def test_an_index_that_mostly_points_nowhere_begins_anew(
    store: DraftStore, index: SearchIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search_index, "_STALE", 3)
    draft, other = make(store, unit_name="南汀县0"), make(store, unit_name="北汀县")
    for at in range(1, 8):
        store.save(draft, {"unit_name": f"南汀县{at}"}, origin="typed")
        index.catch_up()
        assert index.find(f"南汀县{at}") == {draft}
        assert index.find("北汀") == {other}
        with index._writing() as db:
            assert db.execute("SELECT max(doc) FROM text").fetchone()[0] in {None, 2, 3, 4, 5, 6}


def test_where_nothing_can_be_written_a_sentence_says_so(store: DraftStore, tmp_path: Path) -> None:
    make(store, unit_name="南汀县")
    (tmp_path / INDEX_NAME).mkdir()
    with pytest.raises(StoreError) as trouble:
        SearchIndex(tmp_path).catch_up()
    assert trouble.value.code == "store_unwritable"


def test_a_save_writes_nothing_of_the_index(store: DraftStore, index: SearchIndex, tmp_path: Path) -> None:
    draft = make(store, unit_name="南汀县")
    index.catch_up()
    before = (tmp_path / INDEX_NAME).read_bytes()
    store.save(draft, {"unit_name": "石汀县"}, origin="typed")
    assert (tmp_path / INDEX_NAME).read_bytes() == before
