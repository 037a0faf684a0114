"""A stored draft in a newer version of its form: a second draft, and nothing of the first one touched."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from pilotdesk.clock import Clock
from pilotdesk.drafts.package import Package
from pilotdesk.drafts.records import DraftFacts
from pilotdesk.drafts.returned_lines import Done
from pilotdesk.drafts.store import DraftStore
from pilotdesk.errors import PackError, StoreError
from pilotdesk.forms.attic import AtticEntry
from pilotdesk.forms.installed import current_pack, has_newer, keep_pack
from pilotdesk.forms.values import Attachment, Row
from pilotdesk.projects import session_of_record
from pilotdesk.projects.life import others_of, start_form
from pilotdesk.projects.migrating import look_ahead, migrate_draft, readable_package
from pilotdesk.projects.returning import states_in
from tests.data.keep import returned
from tests.forms.migration_kit import AFTER, FORM, forget, program_at, ship

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pilotdesk.forms.values import Value

NOW = datetime(2099, 6, 2, 2, 0, tzinfo=UTC)
VALUES: dict[str, Value] = {
    "project_name": "虚构项目",
    "unit_name": "虚构单位",
    "staff": "约80",
    "fax": "0797-1",
    "targets": (Row("r_00000001", {"indicator": "办件", "note": "问过"}),),
    "scan": (Attachment("a" * 64, "证书.pdf", 4),),
}
ACCEPTED = {"staff_odd@staff": "就是约数", "name_odd@unit_name": "证书上就是这样"}


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    with program_at(tmp_path / "program", monkeypatch) as root:
        yield root


@pytest.fixture
def store(data_dir: Path) -> Iterator[DraftStore]:
    opened = DraftStore(data_dir, Clock(lambda: NOW))
    yield opened
    opened.close()


@pytest.fixture
def draft(program: Path, store: DraftStore) -> str:
    """A draft of version 1, after the program was replaced by one that comes with version 3."""
    pack = current_pack("2099")
    draft_id = store.create(pack, FORM, VALUES, facts=DraftFacts(title="虚构项目"), origin="typed")
    store.accept(draft_id, ACCEPTED)
    store.keep_attic(
        draft_id, [AtticEntry(path="old", label="更早的一栏", text="字", value="字", why="早没有了。")]
    )
    store.keep_carried(draft_id, {"staff": "80"})
    keep_pack(pack)
    ship(program, AFTER)
    return draft_id


def convert(store: DraftStore, draft_id: str) -> str:
    return migrate_draft(store, draft_id, NOW.date())


def test_a_draft_of_an_older_version_is_told_and_still_opens_as_it_was(store: DraftStore, draft: str) -> None:
    record = store.load(draft)
    assert has_newer("2099", FORM, record.form_version)
    assert not has_newer("2099", FORM, 3)
    assert not has_newer("2097", FORM, 1)
    session = session_of_record(record, NOW.date())
    assert session.form.head.version == 1
    assert session.value("fax") == "0797-1"


def test_looking_ahead_says_what_would_change_and_writes_nothing(store: DraftStore, draft: str) -> None:
    before = store.load(draft)
    outlook = look_ahead(store, draft)
    assert outlook.title == "虚构表单（仅供测试）"
    assert "“1.3 人数”改叫“1.3 职工人数”。" in [change.words for change in outlook.migration.changes]
    assert store.load(draft) == before
    assert len(store.cards()) == 1


def test_the_conversion_makes_a_second_draft_and_leaves_the_first(store: DraftStore, draft: str) -> None:
    before = store.load(draft)
    new = store.load(convert(store, draft))
    assert store.load(draft) == before
    assert (new.card.project_id, new.form_version) == (before.card.project_id, 3)
    assert new.card.facts.title == "虚构项目"
    assert new.values["figures"] == (Row("r_00000001", {"indicator": "办件"}),)
    assert new.values["scan"] == VALUES["scan"]
    assert new.carried == {"employees": 80}
    session = session_of_record(new, NOW.date())
    assert session.form.head.version == 3


def test_what_was_sent_back_is_to_be_mended_in_the_new_draft(store: DraftStore, draft: str) -> None:
    store.returns.keep(draft, returned())
    new = convert(store, draft)
    assert store.returns.newest(new) == store.returns.newest(draft) == returned()
    session = session_of_record(store.load(new), NOW.date())
    listed = states_in(returned(), session)  # the form has no such field: only a remark closes it
    assert [(one.path, one.done) for one in listed] == [("", Done.OPEN), ("", Done.SAID)]


def test_the_new_attic_has_the_old_one_the_homeless_and_reasons_without_a_place(
    store: DraftStore, draft: str
) -> None:
    new = store.load(convert(store, draft))
    assert [(entry.label, entry.text) for entry in new.attic] == [
        ("更早的一栏", "字"),
        ("1.7 传真", "0797-1"),
        ("3.1 指标，第 1 行，备注", "问过"),
        ("1.3 人数", "就是约数"),
    ]
    assert all(entry.at for entry in new.attic)
    assert new.accepted == {"name_odd@unit_name": "证书上就是这样"}


def test_a_second_time_is_refused_until_the_new_draft_is_deleted(store: DraftStore, draft: str) -> None:
    new = convert(store, draft)
    with pytest.raises(PackError) as caught:
        convert(store, draft)
    assert caught.value.code == "migration_done"
    with pytest.raises(PackError) as caught:
        convert(store, new)
    assert caught.value.code == "migration_needless"
    store.deletions.delete([new])
    assert store.load(convert(store, draft)).form_version == 3


def test_other_forms_look_at_the_converted_draft_even_when_the_old_one_is_typed_in(
    store: DraftStore, draft: str
) -> None:
    project_id = store.load(draft).card.project_id
    new = convert(store, draft)
    store.save(draft, {"motto": "还在旧的一份里写"}, origin="typed")
    assert others_of(store, project_id, "another") == {FORM: store.load(new).values}
    assert start_form(store, project_id, FORM, NOW.date()) == new


def test_without_the_older_pack_the_conversion_still_works(
    store: DraftStore, draft: str, data_dir: Path
) -> None:
    (data_dir / "packs-kept").rename(data_dir / "elsewhere")
    forget()
    record = store.load(draft)
    with pytest.raises(PackError) as caught:
        session_of_record(record, NOW.date())
    assert caught.value.code == "pack_version_gone"
    new = store.load(convert(store, draft))
    assert "0797-1" in [entry.text for entry in new.attic]


def test_a_way_that_the_pack_does_not_know_is_refused(store: DraftStore, draft: str, program: Path) -> None:
    (program / "forms" / "2099" / FORM / "migration.toml").unlink()
    with pytest.raises(PackError) as caught:
        look_ahead(store, draft)
    assert caught.value.code == "migration_missing"


def test_a_draft_comes_into_another_round(store: DraftStore, draft: str, program: Path) -> None:
    ship(program, AFTER)
    later = program / "forms" / "2100"
    (program / "forms" / "2099").rename(later)
    round_file, steps = later / "round.toml", later / FORM / "migration.toml"
    round_file.write_text(round_file.read_text("utf-8").replace('name = "2099"', 'name = "2100"'), "utf-8")
    text = steps.read_text("utf-8").replace("from_version = 1", 'from_round = "2099"\nfrom_version = 1')
    steps.write_text(text, "utf-8")
    forget()
    new = store.load(migrate_draft(store, draft, NOW.date(), "2100"))
    assert (new.card.round, new.form_version, new.card.project_id) == (
        "2100",
        3,
        store.load(draft).card.project_id,
    )


def test_a_draft_that_is_gone_is_said(store: DraftStore, draft: str) -> None:
    store.deletions.delete([draft])
    with pytest.raises(StoreError) as caught:
        look_ahead(store, draft)
    assert caught.value.code == "draft_gone"


# --- packages from another computer


def package(version: int = 1) -> Package:
    return Package(
        round="2099", form=FORM, form_version=version, pack_digest="0" * 64, values=VALUES, accepted=ACCEPTED,
        attic=(AtticEntry(path="old", label="更早的一栏", text="字", value="字", why="早没有了。"),),
    )  # fmt: skip


def test_a_package_of_this_version_is_taken_as_it_is(program: Path) -> None:
    assert readable_package(package()) == package()


def test_a_package_of_an_older_version_is_brought_into_the_one_that_is_here(program: Path) -> None:
    ship(program, AFTER)
    brought = readable_package(package())
    assert (brought.form_version, brought.pack_digest) == (3, current_pack("2099").digest)
    assert brought.values["project_name"] == "虚构项目"
    assert [entry.text for entry in brought.attic] == ["字", "问过", "0797-1", "就是约数"]
    assert brought.accepted == {"name_odd@unit_name": "证书上就是这样"}
    assert readable_package(brought) == brought


def test_a_package_of_a_version_that_is_not_known_yet_is_refused(program: Path) -> None:
    for round_name, version, code in (("2099", 4, "pack_version_gone"), ("2097", 1, "pack_unknown")):
        with pytest.raises(PackError) as caught:
            readable_package(replace(package(version), round=round_name))
        assert caught.value.code == code


def test_a_conversion_that_breaks_off_leaves_no_half_draft(
    store: DraftStore, draft: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else the new draft would stand without its attic, and a second try would be refused."""

    def full(*_given: object) -> None:
        raise StoreError("store_full")

    with monkeypatch.context() as broken:
        broken.setattr(DraftStore, "keep_attic", full)
        with pytest.raises(StoreError):
            convert(store, draft)
    assert len(store.cards()) == 1
    assert store.load(convert(store, draft)).form_version == 3
