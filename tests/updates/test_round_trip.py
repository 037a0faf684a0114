"""From a folder to a signed file, onto another computer, into its drafts, and back again."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

from pilotdesk.drafts.records import DraftFacts
from pilotdesk.errors import StoreError, UpdateError
from pilotdesk.forms.installed import current_folder, current_pack, has_newer, rounds
from pilotdesk.forms.loader import load_pack
from pilotdesk.forms.values import Row
from pilotdesk.projects import session_of_record
from pilotdesk.projects.migrating import migrate_draft
from pilotdesk.updates.installing import install_pack, undo
from pilotdesk.updates.keys import add_distributor
from pilotdesk.updates.planning import undo_plan
from pilotdesk.updates.record import installed_updates
from tests.forms.migration_kit import AFTER, BEFORE, FORM, forget, ship
from tests.updates.update_kit import (
    CLOCK,
    COUNTY,
    NOW,
    PROVINCE,
    at,
    distributor,
    pack_at,
    plan_at,
    trust,
    update_at,
)

if TYPE_CHECKING:
    from pathlib import Path

    from pilotdesk.drafts.store import DraftStore

VALUES = {
    "project_name": "虚构项目",
    "unit_name": "虚构单位",
    "staff": "约80",
    "fax": "0797-1",
    "targets": (Row("r_00000001", {"indicator": "办件", "note": "问过"}),),
}


@pytest.fixture
def draft(store: DraftStore) -> str:
    """A draft of version 1."""
    return store.create(
        current_pack("2099"), FORM, VALUES, facts=DraftFacts(title="虚构项目"), origin="typed"
    )


@pytest.fixture
def update(tmp_path: Path, program: Path) -> Path:
    """Version 3 in a file, signed by somebody who is known here."""
    trust(PROVINCE)
    return update_at(tmp_path / "stick" / "2099.pdpack")


def install(path: Path, store: DraftStore | None = None) -> object:
    return install_pack(plan_at(path, store), store, CLOCK)


def version_of(session: object) -> int:
    return session.form.head.version


def read(store: DraftStore, draft_id: str) -> tuple[int, dict[str, object]]:
    """The version that a draft opens with, and everything that it says."""
    record = store.load(draft_id)
    session = session_of_record(record, NOW.date())
    return version_of(session), {path: session.value(path) for path in record.values}


def test_the_whole_way_there_and_back_with_every_draft_readable_and_the_same(
    store: DraftStore, draft: str, update: Path
) -> None:
    before = read(store, draft)
    assert before[0] == 1
    installed = install(update, store)
    assert current_pack("2099").forms[FORM].head.version == 3  # no restart, no cache to be emptied
    assert read(store, draft) == before
    assert has_newer("2099", FORM, 1)
    new = migrate_draft(store, draft, NOW.date())
    converted = read(store, new)
    assert converted[0] == 3
    assert read(store, draft) == before
    made = store.create(
        current_pack("2099"), FORM, {"project_name": "新建的"}, facts=DraftFacts(), origin="typed"
    )
    undone = undo(installed, store, at(5))
    assert (undone.state, undone.undone) == ("undone", at(5).stamp())
    assert current_pack("2099").digest == load_pack(BEFORE).digest
    assert read(store, draft) == before
    assert read(store, new) == converted
    assert read(store, made)[0] == 3
    again = install(update, store)
    assert read(store, new) == converted
    assert [one.state for one in installed_updates()] == ["active", "undone"]
    assert again.undoable


def test_undoing_and_installing_are_not_undone_by_a_program_that_brings_another_pack(
    store: DraftStore, draft: str, update: Path, program: Path, tmp_path: Path
) -> None:
    installed = install(update, store)
    new = migrate_draft(store, draft, NOW.date())
    before = read(store, draft), read(store, new)
    ship(program, pack_at(tmp_path, BEFORE, synthetic__form=("version = 1", "version = 1")))
    assert (read(store, draft), read(store, new)) == before
    undo(installed, store, CLOCK)
    assert (read(store, draft), read(store, new)) == before


def test_a_new_round_comes_and_goes_and_its_drafts_stay(
    store: DraftStore, update: Path, program: Path
) -> None:
    shutil.rmtree(program / "forms" / "2099")
    ship(program, BEFORE.with_name("2099"))
    (program / "forms" / "2099").rename(program / "forms" / "2098")
    text = (program / "forms" / "2098" / "round.toml").read_text("utf-8")
    (program / "forms" / "2098" / "round.toml").write_text(
        text.replace('name = "2099"', 'name = "2098"'), "utf-8"
    )
    plan = plan_at(update, store)
    assert plan.is_new_round
    assert [form.old for form in plan.forms] == [None]
    assert rounds() == ("2098",)
    installed = install_pack(plan, store, CLOCK)
    assert rounds() == ("2098", "2099")
    draft = store.create(current_pack("2099"), FORM, VALUES, facts=DraftFacts(title="新一年"), origin="typed")
    before = read(store, draft)
    said = undo_plan(installed, store.cards())
    assert "不能再新建“2099年度虚构表单（仅供测试）”的草稿" in said.sentence
    assert [(touched.title, touched.form) for touched in said.drafts] == [("新一年", "虚构表单（仅供测试）")]
    undo(installed, store, CLOCK)
    assert rounds() == ("2098",)
    assert read(store, draft) == before
    assert current_pack("2099").round.name == "2099"  # its drafts have dates, and forms of later years


def test_a_corrected_label_of_the_same_version_reaches_the_drafts(
    store: DraftStore, draft: str, tmp_path: Path
) -> None:
    trust(PROVINCE)
    corrected = pack_at(
        tmp_path / "a",
        BEFORE,
        **{"synthetic__01-unit": ("传呼机", "寻呼机"), "round": ("quota_total = 2", "quota_total = 3")},
    )
    path = update_at(tmp_path / "x.pdpack", corrected)
    plan = plan_at(path, store)
    assert plan.round_lines == ("推荐限额：2 → 3。",)
    assert [touched.offered for touched in plan.drafts] == [False]
    assert "下次打开就照改过的表填" in plan.drafts[0].line
    installed = install_pack(plan, store, CLOCK)
    session = session_of_record(store.load(draft), NOW.date())
    assert session.form.fields["leader"].parts[2].label == "寻呼机"
    assert undo_plan(installed, store.cards()).drafts == ()  # it is of the version that will hold again
    undo(installed, store, CLOCK)
    session = session_of_record(store.load(draft), NOW.date())
    assert session.form.fields["leader"].parts[2].label == "传呼机"


def test_the_plan_says_who_signed_what_changes_and_which_drafts(
    store: DraftStore, draft: str, update: Path
) -> None:
    plan = plan_at(update, store)
    assert plan.update.signer.name == "虚构省标准化院"
    assert (plan.round, plan.notes, plan.is_new_round) == ("2099", "改了几栏。", False)
    (form,) = plan.forms
    assert (form.form, form.old, form.new) == (FORM, 1, 3)
    assert "“1.3 人数”改叫“1.3 职工人数”。" in form.lines
    assert any(line.startswith("新增") for line in form.lines)
    assert len(form.lines) == len(set(form.lines))
    (touched,) = plan.drafts
    assert (touched.draft_id, touched.title, touched.offered) == (draft, "虚构项目", True)
    assert "第 3 版" in touched.line
    assert "照新的来" not in plan.effect  # it stays with its version, whether it stands open or not
    assert plan.warnings == ()
    assert not installed_updates()  # a plan is no deed


def test_the_same_update_twice_and_an_older_one_are_refused(
    store: DraftStore, update: Path, tmp_path: Path
) -> None:
    older = update_at(tmp_path / "old.pdpack", pack_at(tmp_path / "o", AFTER), clock=at(-60), notes="早一些")
    corrected = pack_at(tmp_path / "c", AFTER, **{"synthetic__01-unit": ("职工人数", "在职人数")})
    before, same, after = (
        update_at(tmp_path / f"c{minutes}.pdpack", corrected, clock=at(minutes)) for minutes in (-60, 0, 60)
    )
    install(update, store)
    for path, code in (
        (update, "update_same"),
        (older, "update_same"),
        (before, "update_not_newer"),
        (same, "update_not_newer"),
    ):
        with pytest.raises(UpdateError) as caught:
            plan_at(path, store)
        assert caught.value.code == code
    install(after, store)
    assert [one.state for one in installed_updates()] == ["active", "replaced"]


def test_an_older_version_is_refused_unless_it_is_undone(
    store: DraftStore, update: Path, tmp_path: Path
) -> None:
    corrected = pack_at(tmp_path / "c", BEFORE, **{"synthetic__01-unit": ("传呼机", "寻呼机")})
    first = update_at(tmp_path / "first.pdpack", corrected)
    one = install(first, store)
    two = install(update, store)
    with pytest.raises(UpdateError) as caught:
        plan_at(first, store)
    assert caught.value.code == "update_same" or caught.value.code == "update_not_newer"
    with pytest.raises(UpdateError) as caught:
        undo(one, store, CLOCK)
    assert caught.value.code == "update_undo_order"
    undo(two, store, CLOCK)
    assert current_pack("2099").forms[FORM].fields["leader"].parts[2].label == "寻呼机"
    undo(one, store, CLOCK)
    assert current_pack("2099").forms[FORM].fields["leader"].parts[2].label == "传呼机"
    with pytest.raises(UpdateError) as caught:
        undo(one, store, CLOCK)
    assert caught.value.code == "update_undo_order"


def test_two_distributors_for_one_round_are_spoken_of(
    store: DraftStore, update: Path, tmp_path: Path
) -> None:
    install(update, store)
    trust(COUNTY)
    other = pack_at(tmp_path / "o", AFTER, **{"synthetic__01-unit": ("职工人数", "在职人数")})
    plan = plan_at(update_at(tmp_path / "o.pdpack", other, secret=COUNTY, clock=at(-60)), store)
    assert "“虚构省标准化院”" in plan.warnings[0]
    assert "“虚构县市场局”" in plan.warnings[0]


def test_another_key_under_the_name_of_who_signed_what_holds_may_be_forged(
    store: DraftStore, update: Path, tmp_path: Path
) -> None:
    install(update, store)
    add_distributor(replace(distributor(COUNTY), name="虚构省 标准化院"), CLOCK)
    other = pack_at(tmp_path / "o", AFTER, **{"synthetic__01-unit": ("职工人数", "在职人数")})
    plan = plan_at(update_at(tmp_path / "o.pdpack", other, secret=COUNTY, clock=at(60 * 24)), store)
    assert "公钥却不一样" in plan.warnings[0]
    assert "2099-06-02 做的" in plan.warnings[0]
    assert "2099-06-03 做的" in plan.warnings[0]


def test_a_pack_by_hand_comes_back_with_the_undoing(
    store: DraftStore, update: Path, data_dir: Path, program: Path
) -> None:
    shutil.copytree(BEFORE, data_dir / "packs" / "2099")
    shutil.rmtree(program / "forms" / "2099")
    ship(program, AFTER)
    (program / "forms" / "2099").rename(program / "forms" / "2098")
    assert current_folder("2099") == data_dir / "packs" / "2099"
    plan = plan_at(update, store)
    assert "手工放进资料文件夹" in "".join(plan.warnings)
    installed = install_pack(plan, store, CLOCK)
    assert current_pack("2099").forms[FORM].head.version == 3
    assert "手工放进资料文件夹" in undo_plan(installed, store.cards()).sentence
    undo(installed, store, CLOCK)
    assert current_folder("2099") == data_dir / "packs" / "2099"


def test_who_planned_and_was_overtaken_plans_again(store: DraftStore, update: Path, tmp_path: Path) -> None:
    plan = plan_at(update, store)
    corrected = pack_at(tmp_path / "c", BEFORE, **{"synthetic__01-unit": ("传呼机", "寻呼机")})
    install(update_at(tmp_path / "c.pdpack", corrected), store)
    with pytest.raises(UpdateError) as caught:
        install_pack(plan, store, CLOCK)
    assert caught.value.code == "update_overtaken"
    assert current_pack("2099").forms[FORM].head.version == 1


def test_who_may_only_look_installs_nothing(
    store: DraftStore, update: Path, data_dir: Path, draft: str
) -> None:
    installed = install(update, store)
    plan = plan_at(
        update_at(
            update.with_name("n.pdpack"),
            pack_at(update.parent, AFTER, **{"synthetic__01-unit": ("职工人数", "在职人数")}),
            clock=at(9),
        ),
        store,
    )
    store.access.refusal = StoreError("store_held", who="别的电脑")
    for act in (lambda: install_pack(plan, store, CLOCK), lambda: undo(installed, store, CLOCK)):
        with pytest.raises(StoreError) as caught:
            act()
        assert caught.value.code == "store_held"
    store.access.refusal = None
    assert [one.state for one in installed_updates()] == ["active"]


def test_a_record_that_cannot_be_read_is_no_record(update: Path, data_dir: Path) -> None:
    install(update)
    record = data_dir / "updates" / "installed.json"
    for content in (b"", b"{", b"[]", b'{"active": {"2099": "../../etc"}}', b'{"active": 3}', b"\xff"):
        record.write_bytes(content)
        assert current_pack("2099").forms[FORM].head.version == 1
        assert rounds() == ("2099",)
        assert installed_updates() == ()
    install(update)
    assert current_pack("2099").forms[FORM].head.version == 3


@pytest.mark.parametrize("name", ["round.toml", "synthetic/form.toml", "synthetic/migration.toml"])
def test_a_pack_that_a_bad_disk_has_changed_is_mended_by_installing_it_again(update: Path, name: str) -> None:
    installed = install(update)
    (current_folder("2099") / name).write_text("x = ", "utf-8")
    forget()
    mended = install(update)
    assert (mended.update_id, mended.state) == (installed.update_id, "active")
    assert current_pack("2099").digest == load_pack(AFTER).digest
    assert [one.state for one in installed_updates()] == ["active"]
    undo(mended, None, CLOCK)
    assert current_pack("2099").forms[FORM].head.version == 1


def test_folders_of_what_was_undone_go_with_the_next_installation(update: Path, data_dir: Path) -> None:
    for minutes in range(3):
        undo(install_pack(plan_at(update), None, at(minutes)), None, CLOCK)
    install(update)
    there = list((data_dir / "updates" / "packs").iterdir())
    assert current_folder("2099") in there
    assert len(there) == 2  # and the one that drafts of the round were read with until now
    assert [one.state for one in installed_updates()] == ["active", "undone", "undone", "undone"]


def test_of_a_record_that_nobody_can_read_no_folder_is_taken_away(update: Path, data_dir: Path) -> None:
    install(update)
    before = current_folder("2099")
    (data_dir / "updates" / "installed.json").write_bytes(b"{")
    install(update)
    assert before.is_dir()
    assert current_folder("2099") != before


def test_the_desk_of_the_province_has_the_new_forms_without_a_restart(
    store: DraftStore, draft: str, tmp_path: Path
) -> None:
    from pilotdesk.review.intake.packs import form_for, points_for, review_for
    from pilotdesk.review.records import Kind

    trust(PROVINCE)
    before = points_for("2099", FORM, Kind.PILOT)
    assert (review_for("2099"), form_for("2099", FORM)[1].head.version) == (None, 1)
    installed = install(update_at(tmp_path / "x.pdpack"), store)
    assert form_for("2099", FORM)[1].head.version == 3
    assert points_for("2099", FORM, Kind.PILOT) is not before
    undo(installed, store, CLOCK)
    assert points_for("2099", FORM, Kind.PILOT) is before


def test_a_data_folder_that_takes_nothing_is_told_as_everywhere(
    store: DraftStore, update: Path, data_dir: Path
) -> None:
    plan = plan_at(update, store)
    (data_dir / "updates").write_text("a file where the folder should be", "utf-8")
    with pytest.raises(StoreError) as caught:
        install_pack(plan, store, CLOCK)
    assert caught.value.code == "store_unwritable"
    assert current_pack("2099").forms[FORM].head.version == 1


def test_what_a_killed_program_has_left_goes_with_a_later_installation(update: Path, data_dir: Path) -> None:
    install(update)
    for name in ("0" * 64, "f" * 64):
        left = data_dir / "updates" / "packs" / name / "synthetic"
        left.mkdir(parents=True)
        (left / "form.toml").write_bytes(b"half of it")
    undo(installed_updates()[0], None, CLOCK)
    install(update)
    there = {path.name for path in (data_dir / "updates" / "packs").iterdir()}
    assert current_folder("2099").name in there
    assert not there & {"0" * 64, "f" * 64}
