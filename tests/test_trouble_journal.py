"""Codes and times of what went wrong, never more than a few, and never what was typed or where it lies."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from pilotdesk import trouble_journal
from pilotdesk.clock import Clock
from pilotdesk.errors import StoreError
from pilotdesk.messages import SENTENCES
from pilotdesk.trouble_journal import (
    FILE_NAME,
    MOST,
    bug_code,
    keep_code,
    note,
    note_code,
    number_of,
    troubles,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NOW = datetime(2026, 6, 2, 2, 31, 5, tzinfo=UTC)


def at(minutes: int) -> Clock:
    return Clock(lambda: NOW + timedelta(minutes=minutes))


@pytest.fixture(autouse=True)
def run_of_its_own() -> Iterator[None]:
    trouble_journal.forget()
    yield
    trouble_journal.forget()


@pytest.fixture
def folder(data_dir: Path) -> Path:
    data_dir.mkdir()
    return data_dir


def test_it_counts_and_knows_the_last_time_beyond_the_run(folder: Path) -> None:
    note(StoreError("store_full", folder=folder), at(0))
    note(StoreError("package_damaged", name="张三.pilot"), at(1))
    note(StoreError("store_full", folder=folder), at(2))
    trouble_journal.forget()  # another start of the program
    assert [(met.code, met.times, met.last) for met in troubles()] == [
        ("store_full", 2, "2026-06-02T02:33:05.000Z"),
        ("package_damaged", 1, "2026-06-02T02:32:05.000Z"),
    ]
    assert "张三" not in (folder / FILE_NAME).read_text("utf-8")


def test_the_same_trouble_that_comes_by_twice_counts_once(folder: Path) -> None:
    trouble = StoreError("store_full", folder=folder)
    note(trouble, at(0))
    note(trouble, at(1))
    assert [met.times for met in troubles()] == [1]


def test_only_so_many_are_kept_the_oldest_goes(folder: Path) -> None:
    for number in range(MOST + 5):
        keep_code(f"code_{number}", at(number))
    kept = [met.code for met in troubles()]
    assert len(kept) == MOST
    assert kept[0] == f"code_{MOST + 4}"
    assert "code_4" not in kept


def test_without_a_folder_this_run_is_remembered_and_none_is_made(data_dir: Path) -> None:
    note(StoreError("store_unwritable", folder="x"), at(0))
    assert [met.code for met in troubles()] == ["store_unwritable"]
    assert not data_dir.exists()


def test_a_folder_that_cannot_be_written_makes_no_further_trouble(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / FILE_NAME).mkdir()
    note(StoreError("store_full", folder="x"), at(0))
    assert [met.code for met in troubles()] == ["store_full"]


@pytest.mark.parametrize(
    "text",
    ["", "no JSON", "{}", "[1]", '[["store_full", 1]]', '[["store_full", "x", "2026-06-02T02:33:05Z"]]',
     '[["张三的单位", 1, "2026-06-02T02:33:05Z"]]', '[["store_full", 1, "张三"]]',
     json.dumps([["a/b", 1, "2026-06-02T02:33:05Z"]]), json.dumps([["x" * 65, 1, "2026-06-02T02:33:05Z"]])],
)  # fmt: skip
def test_a_file_that_is_none_of_ours_says_nothing_and_is_replaced(folder: Path, text: str) -> None:
    (folder / FILE_NAME).write_text(text, "utf-8")
    assert troubles() == ()
    keep_code("store_full", at(0))
    assert [met.code for met in troubles()] == ["store_full"]


def test_every_code_has_a_number_of_its_own() -> None:
    numbers = {number_of(code) for code in SENTENCES}
    assert len(numbers) == len(SENTENCES)
    assert all(len(number) == 7 and number.replace(" ", "").isdecimal() for number in numbers)
    assert number_of("store_full") == number_of("store_full")


def test_a_bug_has_a_code_that_says_nothing() -> None:
    code = bug_code("ValueError\n  ui/navigation/page.py:12 show")
    note_code(code, at(0))
    assert code.startswith("bug_")
    assert "page" not in code
    assert [met.code for met in troubles()] == [code]
