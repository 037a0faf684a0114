"""The record of what was installed: one that cannot be read, or is of a newer program, is never written over."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from pilotdesk.errors import UpdateError
from pilotdesk.forms.installed import current_folder
from pilotdesk.updates.installing import install_pack, undo
from pilotdesk.updates.record import DAMAGED, installed_updates, updates_folder
from tests.updates.update_kit import AFTER, PROVINCE, at, pack_at, plan_at, trust, update_at

OTHERS = {"2031": "a" * 64}
"""What holds for another round."""


@pytest.fixture
def record(program: Path, data_dir: Path, tmp_path: Path) -> Path:
    """A record of one installation, with a round besides that holds still."""
    trust(PROVINCE)
    install_pack(plan_at(update_at(tmp_path / "one.pdpack")))
    path = updates_folder() / "installed.json"
    written = json.loads(path.read_bytes())
    written["active"] |= OTHERS
    path.write_text(json.dumps(written), "utf-8")
    return path


@pytest.fixture
def later(tmp_path: Path, program: Path) -> Path:
    """A correction of the installed pack."""
    corrected = pack_at(tmp_path / "corrected", AFTER, round=("虚构", "更正的虚构"))
    return update_at(tmp_path / "two.pdpack", corrected, clock=at(5))


def test_a_record_that_somebody_else_has_just_now_is_not_written_over(
    record: Path, later: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, plan, installed = record.read_bytes(), plan_at(later), installed_updates()[0]
    read_bytes = Path.read_bytes

    def held(path: Path) -> bytes:
        if path == record:
            raise PermissionError(13, "a virus scanner has it", str(path))
        return read_bytes(path)

    monkeypatch.setattr(Path, "read_bytes", held)
    for attempt in (lambda: install_pack(plan), lambda: undo(installed)):
        with pytest.raises(UpdateError) as caught:
            attempt()
        assert caught.value.code == "update_record_unread"
    monkeypatch.undo()
    assert record.read_bytes() == before


@pytest.mark.parametrize("more", [{"channels": {"2099": "beta"}}, {"updates": {"kept": "otherwise"}}])
def test_a_record_of_a_newer_program_is_not_written_over(
    record: Path, later: Path, more: dict[str, object]
) -> None:
    plan, installed = plan_at(later), installed_updates()[0]
    newer = json.dumps(json.loads(record.read_bytes()) | {"format": 2} | more)
    record.write_text(newer, "utf-8")
    for attempt in (lambda: install_pack(plan), lambda: undo(installed)):
        with pytest.raises(UpdateError) as caught:
            attempt()
        assert caught.value.code == "update_record_new"
    assert record.read_text("utf-8") == newer


def test_a_damaged_record_is_put_aside(record: Path, later: Path) -> None:
    damaged = record.read_bytes()[:-20]
    record.write_bytes(damaged)
    install_pack(plan_at(later))
    assert record.with_name(DAMAGED).read_bytes() == damaged
    assert [one.state for one in installed_updates()] == ["active"]


@pytest.mark.parametrize("harm", ["taken away", "one file gone", "one file changed"])
def test_an_update_whose_files_were_lost_is_installed_again_and_undone_once(
    program: Path, tmp_path: Path, harm: str
) -> None:
    trust(PROVINCE)
    update = update_at(tmp_path / "one.pdpack")
    installed = install_pack(plan_at(update))
    folder = current_folder("2099")
    if harm == "taken away":
        shutil.rmtree(folder)
    elif harm == "one file gone":
        next(folder.glob("*/form.toml")).unlink()
    else:
        (folder / "round.toml").write_bytes(b"\0" * 100)
    assert install_pack(plan_at(update)) == installed
    mended = current_folder("2099")
    assert (mended.parent, mended == folder) == (folder.parent, False)
    assert [one.state for one in installed_updates()] == ["active"]
    undo(installed)
    assert current_folder("2099").parent != folder.parent
