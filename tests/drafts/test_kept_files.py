"""What any released version has written is opened by the program of today; see tests/data/README.md."""

from __future__ import annotations

import contextlib
import json
import re
import shutil
import sqlite3
from datetime import date
from pathlib import Path

import pytest

from pilotdesk.clock import SYSTEM_CLOCK
from pilotdesk.drafts import package as packages
from pilotdesk.drafts import schema, sealed
from pilotdesk.drafts.package import read_package
from pilotdesk.drafts.store import DraftStore
from pilotdesk.forms.json_values import from_json
from pilotdesk.projects import session_of_package, session_of_record
from tests.data.keep import FILES, PASSWORD, returned

KEPT = Path(__file__).parents[1] / "data"
TODAY = date(2026, 6, 12)
PACKAGES = sorted(KEPT.glob("package-*.pilot"))
DATABASES = sorted(KEPT.glob("database-*"))


def expected(path: Path) -> dict:
    return json.loads(path.read_text("utf-8"))


def values_of(told: dict) -> dict:
    return {path: from_json(value) for path, value in told["values"].items()}


def versions(pattern: str) -> set[int]:
    return {int(found[1]) for path in KEPT.iterdir() if (found := re.fullmatch(pattern, path.name))}


def test_there_is_one_of_every_version():
    assert versions(r"package-(\d+)\.pilot") == set(range(1, packages.VERSION + 1))
    assert versions(r"package-\d+-sealed-(\d+)\.pilot") == set(range(1, sealed.VERSION + 1))
    assert versions(r"database-(\d+)") == set(range(1, schema.CURRENT + 1))


@pytest.mark.parametrize("path", PACKAGES, ids=lambda path: path.stem)
def test_a_package_is_read(path):
    package = read_package(path, PASSWORD if "sealed" in path.name else None)
    version = int(path.name.split("-")[1].removesuffix(".pilot"))
    told = expected(KEPT / f"package-{version}.json")
    assert package.values == values_of(told)
    assert (package.accepted, package.revision) == (told["accepted"], told["revision"])
    assert dict(package.files) == FILES
    assert (dict(package.carried), len(package.attic)) == (
        ({"unit_name": "南汀县"}, 1) if version > 1 else ({}, 0)
    )
    assert session_of_package(package, TODAY).value("project_name") == package.values["project_name"]


@pytest.mark.parametrize("folder", DATABASES, ids=lambda folder: folder.name)
def test_a_database_is_opened(folder, tmp_path):
    home = tmp_path / "data"
    shutil.copytree(folder, home)
    (home / "pilotdesk.db.kept").rename(home / "pilotdesk.db")
    told = expected(home / "expected.json")
    with contextlib.closing(DraftStore(home, SYSTEM_CLOCK)) as store:
        record = store.load(told["draft_id"])
        assert record.values == values_of(told)
        card = record.card
        assert (record.accepted, card.revision, card.step) == (told["accepted"], told["revision"], "targets")
        assert (card.facts.title, card.facts.unit) == ("南汀县试点", "某局")
        past = store.histories.read(card.draft_id)
        assert (past.state(), [mark.seq for mark in past.exports]) == (record.values, [past.entries[-1].seq])
        assert {sha256: store.attachment(card.draft_id, sha256) for sha256 in FILES} == FILES
        version = int(folder.name.split("-")[1])
        assert [one.name for one in past.versions] == (["交第一稿前"] if version > 2 else [])
        deleted = store.deletions.acts()
        assert [card.form for one in deleted for card in one.cards] == (
            ["summary_2027"] if version > 4 else []
        )
        for one in deleted:
            store.deletions.bring_back([card.draft_id for card in one.cards])
            assert store.load(one.cards[0].draft_id).values == {"project_name": "写错了的总结"}
        dates = {"admitted": date(2026, 11, 10)} if version > 1 else {}
        assert store.projects.dates(card.project_id) == dates
        assert record.carried == ({"unit_name": "南汀县"} if version > 1 else {})
        shares = [(kept.share.person, kept.share.ancestor) for kept in store.shares.of_draft(card.draft_id)]
        assert shares == ([("王工", record.values)] if version > 3 else [])
        assert store.returns.of_draft(card.draft_id) == ((returned(),) if version > 5 else ())
        assert session_of_record(record, TODAY).value("project_name") == record.values["project_name"]
    with contextlib.closing(sqlite3.connect(home / "pilotdesk.db")) as connection:
        past = connection.execute("SELECT origin, value FROM history WHERE path = 'kept_signs' ORDER BY seq")
        (first, _), *typed, (last, _) = past
    assert (first, last) == ("imported", "restored")
    assert typed == [("typed", '"一"'), ("typed", '"一二"'), ("typed", '"一二三"')]


def test_what_is_kept_is_never_written_again(tmp_path):
    from tests.data.keep import write_once

    (tmp_path / "package-1.pilot").write_text("old")
    write_once(tmp_path / "package-1.pilot", lambda path: path.write_text("new"))
    assert (tmp_path / "package-1.pilot").read_text() == "old"
