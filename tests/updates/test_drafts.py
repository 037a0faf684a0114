"""What the drafts go through while packs come and go: every one stays readable, and says what it said."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings

from pilotdesk.drafts.records import DraftFacts
from pilotdesk.errors import UpdateError
from pilotdesk.forms.installed import current_pack, pack_for
from pilotdesk.projects import session_of_record
from pilotdesk.projects.migrating import migrate_draft
from pilotdesk.updates import building
from pilotdesk.updates.installing import install_pack, undo
from pilotdesk.updates.record import installed_updates
from tests.forms.migration_kit import AFTER, BEFORE, FORM, drafts, forget
from tests.updates.update_kit import CLOCK, NOW, PROVINCE, pack_at, plan_at, trust, update_at

if TYPE_CHECKING:
    from pathlib import Path

    from pilotdesk.drafts.store import DraftStore
    from pilotdesk.forms.values import Value


def read(store: DraftStore, draft_id: str) -> tuple[int, dict[str, object]]:
    """The version that a draft opens with, and everything that is kept of it."""
    record = store.load(draft_id)
    session = session_of_record(record, NOW.date())
    return session.form.head.version, dict(record.values)


@pytest.fixture
def updates(tmp_path: Path, program: Path, store: DraftStore) -> tuple[Path, Path]:
    """Both versions in files."""
    trust(PROVINCE)
    shutil.rmtree(program / "forms" / "2099")
    return update_at(tmp_path / "older.pdpack", BEFORE), update_at(tmp_path / "newer.pdpack", AFTER)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(values=drafts())
def test_whatever_is_in_a_draft_it_says_the_same_before_with_and_after_an_update(
    store: DraftStore, tmp_path: Path, values: dict[str, Value]
) -> None:
    trust(PROVINCE)
    path = tmp_path / "x.pdpack"
    if not path.exists():
        update_at(path)
    draft = store.create(current_pack("2099"), FORM, values, facts=DraftFacts(), origin="typed")
    before = read(store, draft)
    installed = install_pack(plan_at(path, store), store, CLOCK)
    assert read(store, draft) == before
    new = migrate_draft(store, draft, NOW.date())
    converted, attic = read(store, new), store.load(new).attic
    assert (before[0], converted[0]) == (1, 3)
    assert read(store, draft) == before
    undo(installed, store, CLOCK)
    assert read(store, draft) == before
    assert (read(store, new), store.load(new).attic) == (converted, attic)


def test_a_round_that_only_updates_have_brought_keeps_its_older_drafts(
    store: DraftStore, updates: tuple[Path, Path]
) -> None:
    older, newer = updates
    one = install_pack(plan_at(older, store), store, CLOCK)
    draft = store.create(
        current_pack("2099"),
        FORM,
        {"project_name": "甲", "fax": "0797"},
        facts=DraftFacts(title="甲"),
        origin="typed",
    )
    before = read(store, draft)
    plan = plan_at(newer, store)
    assert [touched.offered for touched in plan.drafts] == [True]
    two = install_pack(plan, store, CLOCK)
    assert read(store, draft) == before
    new = migrate_draft(store, draft, NOW.date())
    converted = read(store, new)
    undo(two, store, CLOCK)
    undo(one, store, CLOCK)
    assert [one.state for one in installed_updates()] == ["undone", "undone"]
    assert read(store, draft) == before
    assert read(store, new) == converted


def test_a_kept_copy_that_lost_a_file_is_not_read_as_a_form_without_a_page(
    store: DraftStore, updates: tuple[Path, Path], data_dir: Path
) -> None:
    one = install_pack(plan_at(updates[0], store), store, CLOCK)
    pack = current_pack("2099")
    store.create(pack, FORM, {}, facts=DraftFacts(), origin="typed")
    undo(one, store, CLOCK)
    (data_dir / "packs-kept" / pack.digest / "synthetic" / "02-text.toml").unlink()
    forget()
    read_with = pack_for("2099", FORM, pack.forms[FORM].head.version, pack.digest)
    assert len(read_with.forms[FORM].steps) == len(pack.forms[FORM].steps)


def test_a_draft_that_stands_open_goes_on_as_it_was_opened(store: DraftStore, tmp_path: Path) -> None:
    trust(PROVINCE)
    draft = store.create(current_pack("2099"), FORM, {"fax": "0797"}, facts=DraftFacts(), origin="typed")
    session = session_of_record(store.load(draft), NOW.date())
    install_pack(plan_at(update_at(tmp_path / "x.pdpack"), store), store, CLOCK)
    change = session.set_text("fax", "0797-2")  # typed while the update was installed beside it
    store.save(draft, {path: session.value(path) for path in change.paths}, origin="typed")
    version, values = read(store, draft)
    assert (version, values["fax"]) == (1, "0797-2")
    assert session.form.head.version == 1


def test_keys_may_go_and_what_they_signed_stays(store: DraftStore, tmp_path: Path) -> None:
    from pilotdesk.updates.keys import remove_distributor
    from pilotdesk.updates.record import of_signer
    from tests.updates.update_kit import distributor

    trust(PROVINCE)
    installed = install_pack(plan_at(update_at(tmp_path / "x.pdpack"), store), store, CLOCK)
    fingerprint = distributor(PROVINCE).fingerprint
    assert of_signer(fingerprint) == (installed,)
    remove_distributor(fingerprint)
    assert current_pack("2099").forms[FORM].head.version == 3
    assert installed_updates()[0].signer == "虚构省标准化院"
    undo(installed, store, CLOCK)
    assert of_signer(fingerprint) == ()


def test_everything_moves_along_with_the_data(
    store: DraftStore, tmp_path: Path, data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A stick with the data on it comes to another computer under another path."""
    from pilotdesk.drafts.moving import move
    from pilotdesk.updates.keys import distributors

    trust(PROVINCE)
    store.create(current_pack("2099"), FORM, {"fax": "0797"}, facts=DraftFacts(), origin="typed")
    install_pack(plan_at(update_at(tmp_path / "x.pdpack"), store), store, CLOCK)
    move(data_dir, tmp_path / "moved")
    data_dir.rename(tmp_path / "gone")
    monkeypatch.setenv("PILOTDESK_DATA", str(tmp_path / "moved"))
    assert current_pack("2099").forms[FORM].head.version == 3
    assert [one.state for one in installed_updates()] == ["active"]
    assert [one.name for one in distributors()] == ["虚构省标准化院"]
    undo(installed_updates()[0], None, CLOCK)
    assert current_pack("2099").forms[FORM].head.version == 1


LAST = 'name = "map"\ntype = "attachment"\nnumber = "1.15"\nlabel = "平面图"'
ONE_MORE = f"""{LAST}
hint = "虚构。"
source = ["made_up"]

[[group.field]]
name = "added"
type = "text"
number = "1.16"
label = "加的一栏\""""


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (LAST, ONE_MORE),
        (LAST, LAST.replace("map", "plan")),
        ('name = "fax"\ntype = "text"', 'name = "fax"\ntype = "longtext"'),
    ],
    ids=["comes", "goes", "becomes another type"],
)
def test_fields_that_come_or_go_without_a_new_version_are_refused_whoever_signed_them(
    tmp_path: Path, program: Path, monkeypatch: pytest.MonkeyPatch, old: str, new: str
) -> None:
    """A draft has answers there, and cannot be handed on once the other pack of the same version holds again."""
    trust(PROVINCE)
    monkeypatch.setattr(building, "_all_mistakes", lambda *_given: [])
    update = update_at(
        tmp_path / "x.pdpack", pack_at(tmp_path / "c", BEFORE, **{"synthetic__01-unit": (old, new)})
    )
    with pytest.raises(UpdateError) as caught:
        plan_at(update)
    assert caught.value.code == "update_places"
    assert caught.value.context["mistakes"]
