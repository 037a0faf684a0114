"""A correction of the forms, and a program that comes later with forms of the same version: what was made last holds."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from pilotdesk.diagnostics import diagnose
from pilotdesk.errors import PackError, UpdateError
from pilotdesk.forms import added
from pilotdesk.forms.installed import current_folder, current_pack, is_covered, rounds_for
from pilotdesk.self_test import PROOFS
from pilotdesk.updates import installing, judging
from pilotdesk.updates.installing import install_pack, undo
from pilotdesk.updates.planning import undo_plan
from pilotdesk.updates.record import installed_updates
from tests.forms.migration_kit import AFTER, BEFORE, FORM, forget, ship
from tests.updates.update_kit import CLOCK, COUNTY, PROVINCE, at, pack_at, plan_at, trust, update_at

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def correction(tmp_path: Path, program: Path) -> Path:
    """Version 1 as the program has it, with one label put right; signed by somebody who is known here."""
    trust(PROVINCE)
    corrected = pack_at(tmp_path / "c", BEFORE, **{"synthetic__01-unit": ("传呼机", "寻呼机")})
    return update_at(tmp_path / "stick" / "2099.pdpack", corrected)


def released(day: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the program be one that was released on a day, and started anew."""
    for module in (added, judging, installing):
        monkeypatch.setattr(module, "__released__", day)
    forget()


def is_corrected() -> bool:
    return "寻呼机" in (current_folder("2099") / "synthetic" / "01-unit.toml").read_text("utf-8")


@pytest.mark.parametrize(
    ("day", "holds"), [("2099-06-01", True), ("2099-06-02", True), ("2099-06-03", False)]
)
def test_a_program_that_was_released_after_the_correction_was_made_comes_with_what_holds(
    correction: Path, program: Path, monkeypatch: pytest.MonkeyPatch, day: str, holds: bool
) -> None:
    install_pack(plan_at(correction), None, CLOCK)
    assert is_corrected()
    released(day, monkeypatch)
    assert is_corrected() is holds
    assert is_covered("2099") is not holds
    assert (current_folder("2099") == program / "forms" / "2099") is not holds
    assert [one.state for one in installed_updates()] == ["active" if holds else "covered"]
    (said,) = (line.words for line in diagnose(CLOCK).lines if line.name == "updates")
    assert said == f"1 次，{'现在用着的' if holds else '程序自带的更新、没有用的'}：2099 年，最近 2099-06-02"


def test_a_clock_that_was_ahead_does_not_cover_a_newer_program_for_years(
    correction: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ahead = pack_at(tmp_path / "a", BEFORE, **{"synthetic__01-unit": ("传呼机", "寻呼机")})
    install_pack(plan_at(update_at(tmp_path / "a.pdpack", ahead, clock=at(60 * 24 * 900))), None, CLOCK)
    released("2099-06-03", monkeypatch)
    assert not is_corrected()


def test_who_wants_the_correction_under_the_newer_program_is_warned_and_has_it(
    correction: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = install_pack(plan_at(correction), None, CLOCK)
    released("2099-06-03", monkeypatch)
    plan = plan_at(correction)
    assert "程序自己又更新过" in "".join(plan.warnings)
    again = install_pack(plan, None, at(60 * 24 * 3))
    assert is_corrected()
    assert [one.update_id for one in installed_updates()] == [first.update_id]
    assert again.state == "active"
    released("2099-07-01", monkeypatch)  # and the next one is newer again
    assert not is_corrected()


def test_a_covered_correction_can_be_undone_and_nobody_is_said_to_have_been_replaced(
    correction: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    installed = install_pack(plan_at(correction), None, CLOCK)
    released("2099-06-03", monkeypatch)
    trust(COUNTY)
    other = pack_at(tmp_path / "o", BEFORE, **{"synthetic__01-unit": ("传呼机", "呼机")})
    plan = plan_at(update_at(tmp_path / "o.pdpack", other, secret=COUNTY, clock=at(60 * 24 * 9)))
    assert "现在用的是" not in "".join(plan.warnings)
    later = install_pack(plan, None, at(60 * 24 * 9))
    assert undo_plan(later).back_to == "还用程序自带的表单"
    undo(later, None, CLOCK)
    assert not is_corrected()
    assert undo(installed, None, CLOCK).state == "undone"


def test_forms_of_a_newer_version_are_not_covered_by_a_program_that_has_none(
    tmp_path: Path, program: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    trust(PROVINCE)
    install_pack(plan_at(update_at(tmp_path / "x.pdpack")), None, CLOCK)
    released("2100-01-01", monkeypatch)
    assert current_pack("2099").forms[FORM].head.version == 3
    assert [one.state for one in installed_updates()] == ["active"]
    ship(program, AFTER)
    assert [one.state for one in installed_updates()] == ["covered"]


def test_the_first_page_reads_the_round_of_an_update_and_none_of_its_forms(
    tmp_path: Path, program: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    trust(PROVINCE)
    install_pack(plan_at(update_at(tmp_path / "x.pdpack")), None, CLOCK)
    forget()

    def refuse(folder: Path) -> None:
        raise AssertionError(folder)

    monkeypatch.setattr("pilotdesk.forms.installed.load_pack", refuse)
    assert [one.name for one in rounds_for(FORM)] == ["2099"]


def test_a_round_whose_files_were_taken_away_says_how_they_come_back(
    tmp_path: Path, program: Path, data_dir: Path
) -> None:
    import shutil

    trust(PROVINCE)
    update = update_at(tmp_path / "x.pdpack")
    shutil.rmtree(program / "forms" / "2099")
    install_pack(plan_at(update), None, CLOCK)
    (current_folder("2099") / "synthetic" / "01-unit.toml").write_text("x = ", "utf-8")
    forget()
    with pytest.raises(PackError) as caught:
        current_pack("2099")
    assert caught.value.code == "pack_update_spoilt"
    assert ".pdpack" in str(caught.value)
    install_pack(plan_at(update), None, CLOCK)
    assert current_pack("2099").forms[FORM].head.version == 3


@pytest.mark.parametrize("lost", ["synthetic/02-text.toml", "synthetic", "."])
def test_an_update_that_lost_a_file_is_not_used_as_a_form_without_a_page_and_is_told_of(
    correction: Path, data_dir: Path, lost: str
) -> None:
    import shutil

    from pilotdesk.updates.sticks import told_here

    install_pack(plan_at(correction), None, CLOCK)
    assert (is_corrected(), told_here()) == (True, ())
    place = current_folder("2099") / lost
    if place.is_dir():
        shutil.rmtree(place)
    else:
        place.unlink()
    forget()
    assert not is_corrected()  # the one that comes with the program has all of them
    assert len(current_pack("2099").forms[FORM].steps) == 4
    assert [one.state for one in installed_updates()] == ["spoilt"]
    assert [(one.kind, one.is_here) for one in told_here()] == [("spoilt", True)]
    (said,) = (line for line in diagnose(CLOCK).lines if line.name == "updates")
    assert (said.tone, "没有用的：2099 年" in said.words, "都撤销了" in said.words) == ("warn", True, False)
    with pytest.raises(PackError, match="再装一次"):
        PROOFS["表单包"](data_dir)
    install_pack(plan_at(correction), None, CLOCK)
    assert is_corrected()
    assert [one.state for one in installed_updates()] == ["active"]


def test_what_a_system_leaves_beside_its_files_spoils_no_update(correction: Path) -> None:
    install_pack(plan_at(correction), None, CLOCK)
    for name in ("desktop.ini", "synthetic/.DS_Store"):
        (current_folder("2099") / name).write_bytes(b"x")
    forget()
    assert is_corrected()
    assert [one.state for one in installed_updates()] == ["active"]


def test_what_was_installed_before_digests_were_kept_goes_on(correction: Path, data_dir: Path) -> None:
    install_pack(plan_at(correction), None, CLOCK)
    record = data_dir / "updates" / "installed.json"
    kept = json.loads(record.read_bytes())
    assert kept["updates"][0].pop("digest")
    record.write_text(json.dumps(kept), "utf-8")
    forget()
    assert is_corrected()
    assert [one.state for one in installed_updates()] == ["active"]


def test_an_installation_that_is_stopped_leaves_nothing(correction: Path, data_dir: Path) -> None:
    class Left(BaseException):
        pass

    def stop(done: int, of: int) -> None:
        if done == of // 2:
            raise Left

    with pytest.raises(Left):
        installing.write_pack(plan_at(correction), None, stop)
    assert list((data_dir / "updates" / "packs").iterdir()) == []
    assert installed_updates() == ()
    assert not is_corrected()


def test_a_pack_that_was_written_and_swept_away_is_not_held(correction: Path, data_dir: Path) -> None:
    import shutil

    plan = plan_at(correction)
    folder = installing.write_pack(plan)
    shutil.rmtree(data_dir / "updates" / "packs" / folder)
    with pytest.raises(UpdateError) as caught:
        installing.hold_pack(plan, folder)
    assert caught.value.code == "update_overtaken"
    assert installed_updates() == ()
