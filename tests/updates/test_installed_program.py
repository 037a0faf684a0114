"""The installed program, a process of its own: keys beside it are trusted, and a portable one keeps its updates on the stick."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from pilotdesk.updates.keys import _key_file
from tests.installed_kit import installed, run
from tests.updates.update_kit import AFTER, PROVINCE, distributor, update_at

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("portable", [False, True])
def test_an_update_of_who_came_with_the_program_is_installed_and_undone(
    tmp_path: Path, portable: bool
) -> None:
    root, home = installed(tmp_path / "我的 程序", portable=portable), tmp_path / "家"
    home.mkdir()
    one = distributor(PROVINCE)
    path = update_at(tmp_path / "U 盘" / "2099.pdpack", AFTER)
    refused = run(root, "pack", "install", str(path), home=home)
    assert (refused.returncode, "登记" in refused.stderr) == (2, True)
    (root / "keys").mkdir()
    (root / "keys" / "院.pdkey").write_bytes(_key_file(one.name, one.key, None))
    done = run(root, "pack", "install", str(path), "--json", home=home)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["state"] == "active"
    place = root / "资料" if portable else home / "data" / "PilotDesk"
    assert (place / "updates" / "installed.json").is_file()
    shown = run(root, "pack", "show", "2099", home=home)
    assert "职工人数" in shown.stdout
    assert run(root, "pack", "undo", home=home).returncode == 0
    gone = run(root, "pack", "install", str(path.with_name("none.pdpack")), home=home)
    assert (gone.returncode, "找不到" in gone.stderr) == (2, True)
