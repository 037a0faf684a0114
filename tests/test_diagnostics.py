"""The 诊断卡: every line is there, true, numbered; and nothing of a person, a unit, a project or a path is on it."""

from __future__ import annotations

import getpass
import json
import socket
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pilotdesk import __version__, trouble_journal
from pilotdesk.cli.main import run
from pilotdesk.clock import Clock
from pilotdesk.diagnostics import Screen, card_file, card_json, card_text, diagnose, meaning_of
from pilotdesk.drafts.backups import back_up
from pilotdesk.drafts.second_place import choose
from pilotdesk.drafts.store import DraftStore
from pilotdesk.errors import StoreError
from pilotdesk.projects import facts_of, sample_package, session_of_package
from pilotdesk.trouble_journal import note, number_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pilotdesk.diagnostics import Card

NOW = datetime(2026, 12, 2, 2, 31, 5, tzinfo=UTC)
CLOCK = Clock(lambda: NOW)
SCREEN = Screen(
    width=911, height=512, scale=1.5, platform="windows", theme="深色", text="特大字", families={"宋体": True}
)


@pytest.fixture(autouse=True)
def run_of_its_own() -> Iterator[None]:
    trouble_journal.forget()
    yield
    trouble_journal.forget()


def words(card: Card) -> dict[str, str]:
    return {line.name: line.words for line in card.lines}


def tones(card: Card) -> dict[str, str]:
    return {line.name: line.tone for line in card.lines}


def filled(folder: Path) -> set[str]:
    """Put the sample into a data directory; returns every text of it that could name somebody or something."""
    package = sample_package()
    session = session_of_package(package, CLOCK.today())
    store = DraftStore(folder, CLOCK)
    store.create(session.pack, package.form, package.values, facts=facts_of(session), origin="typed")
    store.close()
    found: set[str] = set()
    for value in package.values.values():
        _texts(msgspec.to_builtins(value, enc_hook=str), found)
    return {text for text in found if len(text) > 3 and not text.isascii()}


def _texts(value: object, found: set[str]) -> None:
    if isinstance(value, str):
        found.add(value)
    elif isinstance(value, dict):
        for each in value.values():
            _texts(each, found)
    elif isinstance(value, list | tuple):
        for each in value:
            _texts(each, found)


def test_a_computer_on_which_nothing_was_done_yet() -> None:
    card = diagnose(CLOCK)
    said = words(card)
    assert said["program"].startswith(f"PilotDesk {__version__}，")
    assert said["program"].endswith("源代码")
    assert said["database"] == "还没有"
    assert said["backups"] == "还没有"
    assert said["second"] == "没有选"
    assert said["screen"] == "没有开窗口"
    assert said["packs"].startswith("2026 年（申报书 ")
    assert [line.number for line in card.lines] == list(range(1, len(card.lines) + 1))


def test_a_computer_in_use(data_dir: Path, tmp_path: Path) -> None:
    filled(data_dir)
    back_up(data_dir, CLOCK)
    stick = tmp_path / "stick"
    stick.mkdir()
    choose(data_dir, stick)
    said, tone = words(diagnose(CLOCK, SCREEN)), tones(diagnose(CLOCK, SCREEN))
    assert said["database"].startswith("完好，")
    assert said["database"].endswith("1 个项目")
    assert tone["database"] == "ok"
    assert said["backups"].startswith("今天 1 份，共 1 份，最近 2026-12-02")
    assert said["second"].startswith("现在连着")
    assert said["screen"] == "1366×768，缩放 150%，字号 特大字，颜色 深色，windows"
    assert "电脑上有 宋体；没有 黑体、仿宋" in said["fonts"]


def test_a_damaged_database_is_called_so(data_dir: Path) -> None:
    filled(data_dir)
    database = next(data_dir.glob("*.db"))
    database.write_bytes(database.read_bytes()[:5000] + b"\0" * 4000)
    card = diagnose(CLOCK)
    assert words(card)["database"].split("，")[0] in {"打不开", "坏了一部分"}
    assert tones(card)["database"] == "warn"


def test_a_place_that_is_gone(data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data_dir.mkdir()
    (data_dir / "moved-to.txt").write_text(str(data_dir / "张三的盘"), "utf-8")
    said = words(diagnose(CLOCK))
    assert said["place"] == "移到过别处，那里现在找不到"
    assert "张三" not in card_file(diagnose(CLOCK))


def test_a_program_that_lacks_a_library_still_tells_the_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    """A virus scanner took a file: just then the card is needed."""
    monkeypatch.setitem(sys.modules, "pilotdesk.forms.installed", None)
    card = diagnose(CLOCK)
    assert words(card)["packs"] == "看不出来（ModuleNotFoundError）"
    assert tones(card)["packs"] == "warn"
    assert words(card)["database"] == "还没有"


def test_what_was_met_is_spelled_in_figures(data_dir: Path) -> None:
    data_dir.mkdir()
    note(StoreError("store_full", folder=data_dir), CLOCK)
    note(StoreError("store_full", folder=data_dir), CLOCK)
    card = diagnose(CLOCK)
    assert card.lines[-1].words.startswith(f"{number_of('store_full')}，2 次，最后 12 月 2 日 ")
    told = json.loads(card_json(card))
    assert told["troubles"] == [
        {
            "number": number_of("store_full"),
            "code": "store_full",
            "times": 2,
            "last": "2026-12-02T02:31:05.000Z",
        }
    ]


def test_what_a_number_means() -> None:
    assert meaning_of(number_of("store_full")) == ("store_full", meaning_of(number_of("store_full"))[1])
    assert meaning_of(number_of("store_full").replace(" ", "")) == meaning_of(number_of("store_full"))
    assert meaning_of("000 000 1") is None


def test_the_same_as_a_file_and_on_the_command_line(capsys: pytest.CaptureFixture[str]) -> None:
    card = diagnose(CLOCK, SCREEN)
    assert card_file(card).startswith(card_text(card))
    assert json.loads(card_file(card).partition("以下给程序看：\n")[2])["lines"][0]["number"] == 1
    assert run(["diagnose"]) == 0
    assert "\n 1. 程序：PilotDesk " in capsys.readouterr().out
    assert run(["diagnose", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["card"] == "pilotdesk-diagnosis"
    assert run(["diagnose", "--meaning", number_of("store_full")]) == 0
    assert capsys.readouterr().out.startswith("store_full：")
    assert run(["diagnose", "--meaning", "000 0001"]) == 1


# --- nothing leaks -----------------------------------------------------------------------------------------------


def test_no_answer_no_project_and_no_unit_is_on_it(data_dir: Path, tmp_path: Path) -> None:
    texts = filled(data_dir)
    assert len(texts) > 100
    back_up(data_dir, CLOCK)
    stick = tmp_path / "某某县市场监督管理局的U盘"
    stick.mkdir()
    choose(data_dir, stick)
    shown = card_file(diagnose(CLOCK, SCREEN))
    assert not [text for text in texts if text in shown]
    assert "某某县" not in shown


names = st.text(st.characters(categories=["L", "N"]), min_size=5, max_size=12).filter(
    lambda text: not text.isdecimal()
)


@settings(max_examples=6, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(user=names, unit=names, stick=names, computer=names)
def test_neither_user_nor_path_nor_computer_is_on_it(
    tmp_path: Path, user: str, unit: str, stick: str, computer: str
) -> None:
    """Whatever the user, his home, the folders, the stick, the computer and the variables are called."""
    secrets = {f"甲{each}乙" for each in (user, unit, stick, computer)}
    first, second, third, fourth = (
        sorted(secrets) if len(secrets) == 4 else ("甲一乙", "甲二乙", "甲三乙", "甲四乙")
    )
    with pytest.MonkeyPatch.context() as patch:
        home = tmp_path / first
        data = home / second / "PilotDesk"
        data.mkdir(parents=True, exist_ok=True)
        place = tmp_path / third
        place.mkdir(exist_ok=True)
        for name in ("HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA", "XDG_DATA_HOME"):
            patch.setenv(name, str(home))
        for name in ("USER", "USERNAME", "LOGNAME", "USERDOMAIN"):
            patch.setenv(name, first)
        for name in ("COMPUTERNAME", "HOSTNAME"):
            patch.setenv(name, fourth)
        patch.setattr(socket, "gethostname", lambda: fourth)
        patch.setenv("PILOTDESK_DATA", str(data))
        choose(data, place)
        note(StoreError("store_unwritable", folder=data), CLOCK)
        shown = card_file(diagnose(CLOCK, SCREEN))
        assert getpass.getuser() == first
    for secret in (first, second, third, fourth, str(tmp_path), str(Path(__file__).parents[1])):
        assert secret not in shown


def test_packs_and_keys_of_others_are_counted_not_named(data_dir: Path) -> None:
    from pilotdesk.updates.keys import make_keys

    (data_dir / "keys").mkdir(parents=True)
    made = make_keys(data_dir / "keys", "某某省市场监督管理局", "一个很长的密码1234")
    said = words(diagnose(CLOCK))["distributors"]
    assert said.startswith("1 个：")
    assert "某某省" not in card_file(diagnose(CLOCK))
    assert made is not None
