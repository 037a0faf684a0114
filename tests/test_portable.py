"""绿色版: everything stays beside the program, whatever letter its stick has today."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from pilotdesk import paths
from pilotdesk.drafts.places import is_on_stick
from pilotdesk.drafts.second_place import choose, second_place
from pilotdesk.errors import PilotDeskError
from pilotdesk.ui.look.settings import FILE_NAME, Settings
from tests.installed_kit import environment, installed, run

if TYPE_CHECKING:
    from collections.abc import Callable

LOOKS = """
import json, os, sys, tempfile
from pathlib import Path
from pilotdesk import surroundings, paths
surroundings.settle_in()
from pilotdesk.ui.dialogs.papers_place import papers_place
print(json.dumps({
    "data": str(paths.data_dir()), "papers": str(papers_place()), "temp": tempfile.gettempdir(),
    "child": os.environ.get("TEMP", ""), "root": str(paths.install_root()),
}))
"""

USES = """
import sys
from pilotdesk import __main__ as program, app
from pilotdesk.ui.safety import desk as safety_desk
from pilotdesk.ui.window.incoming import WishesOfOthers

begin = WishesOfOthers.begin

def used(wishes):
    begin(wishes)
    window = wishes._window
    window.open_sample()
    window.opening.finish()
    window.workspace.session.set_text("unit_name", "南汀县托育服务中心")
    print(window.workspace.session.identity.draft_id, flush=True)
    window.close()

WishesOfOthers.begin = used
program.main()
"""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    place = tmp_path / "别人的电脑"
    place.mkdir()
    return place


def told(root: Path, home: Path, **given: str) -> dict[str, Any]:
    """What a program in the tree says of its places."""
    done = subprocess.run(
        [sys.executable, "-c", LOOKS], cwd=home, capture_output=True, encoding="utf-8", check=True,
        env=environment(HOME=str(home), XDG_DATA_HOME=str(home / "data"), PYTHONPATH=str(root / "app"), **given),
    )  # fmt: skip
    return json.loads(done.stdout)


def everything(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_all_places_of_a_portable_program_are_beside_it(tmp_path: Path, home: Path) -> None:
    root = installed(tmp_path / "U 盘" / "PilotDesk", portable=True)
    places = told(root, home)
    assert places["root"] == str(root)
    assert places["data"] == str(root / "资料")
    assert places["papers"] == str(root / "资料" / "文档")
    assert places["temp"] == places["child"] == str(root / "资料" / ".temp")


def test_without_the_mark_the_data_is_the_users(tmp_path: Path, home: Path) -> None:
    root = installed(tmp_path / "PilotDesk")
    places = told(root, home)
    assert places["data"] == str(home / "data" / "PilotDesk")
    assert not Path(places["temp"]).is_relative_to(root)


def test_a_day_of_work_leaves_nothing_elsewhere(tmp_path: Path, home: Path) -> None:
    root = installed(tmp_path / "U 盘", portable=True)
    given = environment(
        HOME=str(home), XDG_DATA_HOME=str(home / "data"), PYTHONPATH=str(root / "app"), TMPDIR=str(home / "tmp"),
    )  # fmt: skip
    (home / "tmp").mkdir()
    done = subprocess.run(
        [sys.executable, "-c", USES], cwd=home, env=given, capture_output=True, encoding="utf-8"
    )
    assert done.returncode == 0, done.stderr
    there = everything(root / "资料")
    assert {"pilotdesk.db", FILE_NAME} <= there
    assert any(name.startswith("backups/") for name in there)
    assert everything(home) == set()


def test_a_folder_that_cannot_be_written_is_said_in_a_window(tmp_path: Path, home: Path) -> None:
    root = installed(tmp_path / "U 盘", portable=True)
    (root / "资料").write_text("", encoding="utf-8")  # stands for a stick with its switch at read-only
    script = (
        "from pilotdesk import __main__ as program\n"
        "from pilotdesk.ui.start import trouble\n"
        "trouble.ask_choice = lambda _parent, _look, *said, **_more: print(*said) or -1\n"
        "program.main()\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=home, capture_output=True, encoding="utf-8",
        env=environment(HOME=str(home), XDG_DATA_HOME=str(home / "data"), PYTHONPATH=str(root / "app")),
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "绿色版的资料存在程序旁边" in done.stdout
    assert "写保护" in done.stdout
    assert everything(home) == set()


def test_the_portable_program_proves_itself_and_leaves_no_data(tmp_path: Path, home: Path) -> None:
    root = installed(tmp_path / "U 盘", portable=True)
    done = run(root, "--self-test", str(home / "r.json"), home=home)
    assert done.returncode == 0, done.stdout
    assert json.loads((home / "r.json").read_text("utf-8"))["portable"]
    assert everything(root / "资料") == set()
    assert everything(home) == {"r.json"}


# -- another letter tomorrow ---------------------------------------------------------------------


@pytest.fixture
def stick(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Path]:
    """A stick with the program on it, plugged in under a name; its folder is a disk of its own."""
    monkeypatch.delenv("PILOTDESK_DATA", raising=False)
    state = {"at": tmp_path / "E"}
    installed(tmp_path / "E" / "工具" / "PilotDesk", portable=True)

    def plug(letter: str) -> Path:
        state["at"] = state["at"].rename(tmp_path / letter)
        root = state["at"] / "工具" / "PilotDesk"
        monkeypatch.setattr(paths, "install_root", lambda: root)
        monkeypatch.setattr(os.path, "ismount", lambda place: Path(place) in {state["at"], Path("/")})
        return root

    return plug


def test_stored_paths_hold_under_another_letter(stick: Callable[[str], Path], tmp_path: Path) -> None:
    root = stick("E")
    drive = root.parents[1]
    beside, inside, away = drive / "审核 台.db", root / "资料" / "x.db", tmp_path / "D" / "x.db"
    stored = [paths.kept(place) for place in (beside, inside, away)]
    assert [paths.found(text) for text in stored] == [beside, inside, away]
    root = stick("F")
    drive = root.parents[1]
    assert [paths.found(text) for text in stored] == [drive / "审核 台.db", root / "资料" / "x.db", away]


def test_what_was_chosen_yesterday_is_found_today(stick: Callable[[str], Path], tmp_path: Path) -> None:
    data = stick("E") / "资料"
    drive = tmp_path / "E"
    Settings(data / FILE_NAME).keep(
        desk_file=str(drive / "审核台.db"), export_folder=str(data / "文档"), desk_folder=str(tmp_path / "D")
    )
    data.mkdir(exist_ok=True)
    (drive / "备份处").mkdir()
    assert choose(data, drive / "备份处").is_there
    data = stick("G") / "资料"
    chosen = Settings(data / FILE_NAME).choices
    assert chosen.desk_file == str(tmp_path / "G" / "审核台.db")
    assert chosen.export_folder == str(data / "文档")
    assert chosen.desk_folder == str(tmp_path / "D")
    place = second_place(data)
    assert place is not None
    assert place.is_there
    assert place.path.parent == tmp_path / "G" / "备份处"


def test_data_that_was_moved_on_the_stick_is_found_again(
    stick: Callable[[str], Path], tmp_path: Path
) -> None:
    stick("E")
    (tmp_path / "E" / "大资料").mkdir()
    paths.remember_data_dir(tmp_path / "E" / "大资料")
    stick("H")
    assert paths.data_dir() == tmp_path / "H" / "大资料"


@pytest.mark.parametrize("written", [b"", b"\r\n", b".", "资料".encode(), b"\0" * 20])
def test_a_note_of_a_move_that_names_no_place_is_not_the_folder_one_happens_to_be_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, written: bytes
) -> None:
    """What was in there, keys of distributors among it, would be believed."""
    first = tmp_path / "first"
    first.mkdir()
    (tmp_path / "资料").mkdir()
    monkeypatch.setenv(paths.DATA_VARIABLE, str(first))
    monkeypatch.chdir(tmp_path)
    (first / paths.MOVED_NAME).write_bytes(written)
    with pytest.raises(PilotDeskError) as caught:
        paths.data_dir()
    assert caught.value.code == "data_folder_gone"


def test_a_note_of_a_move_that_somebody_wrote_with_the_editor_of_windows_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(paths.DATA_VARIABLE, str(tmp_path))
    (tmp_path / "资料").mkdir()
    (tmp_path / paths.MOVED_NAME).write_text(f"{tmp_path / '资料'}\r\n", "utf-8-sig")
    assert paths.data_dir() == tmp_path / "资料"


@pytest.mark.parametrize(
    ("mount", "plugged"),
    [("/media/zhang/UDISK", True), ("/run/media/zhang/U 盘", True), ("/", False), ("/mnt/x", False)],
)
def test_a_stick_is_known_by_where_it_is_plugged_in(
    monkeypatch: pytest.MonkeyPatch, mount: str, plugged: bool
) -> None:
    monkeypatch.setattr(os.path, "ismount", lambda place: str(place) in {mount, "/"})
    assert is_on_stick(Path(mount) / "PilotDesk" / "资料") is plugged


def test_a_program_that_is_not_portable_stores_paths_as_they_are(tmp_path: Path) -> None:
    assert paths.kept(tmp_path / "x.db") == str(tmp_path / "x.db")
    assert paths.found(str(tmp_path / "x.db")) == tmp_path / "x.db"
