"""Updates from the command line: what it makes, says and answers; passwords are never shown."""

from __future__ import annotations

import getpass
import json
from typing import TYPE_CHECKING, Any

import pytest

from pilotdesk.cli.main import run
from pilotdesk.cli.passwords import KEY_VARIABLE
from pilotdesk.drafts.lock import FolderLock
from pilotdesk.updates.keys import read_key
from tests.updates.update_kit import AFTER, BEFORE, CLOCK, PROVINCE, pack_at, trust, update_at

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

PASSWORD = "一把长长的好钥匙"


@pytest.fixture(autouse=True)
def nobody_at_the_keyboard(monkeypatch: pytest.MonkeyPatch) -> None:
    """A password that is asked for is a failure."""
    monkeypatch.setattr(getpass, "getpass", lambda _asked: pytest.fail("asked for a password"))


@pytest.fixture
def pilotdesk(capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    """Run a command; returns exit code, output and errors, in none of which the password may stand."""

    def command(*given: object) -> tuple[int, str, str]:
        code = run([str(one) for one in given])
        said = capsys.readouterr()
        assert PASSWORD not in said.out + said.err
        assert "Traceback" not in said.err
        return code, said.out, said.err

    return command


def as_json(answer: tuple[int, str, str]) -> Any:
    code, out, err = answer
    assert code == 0, err
    return json.loads(out)


@pytest.fixture
def key(tmp_path: Path, pilotdesk: Any, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The secret key of a distributor, the public one beside it."""
    monkeypatch.setenv(KEY_VARIABLE, PASSWORD)
    code, out, _ = pilotdesk("pack", "key", "--name", "虚构省标准化院", "--to", tmp_path / "keys")
    assert code == 0
    assert "指纹：" in out
    return tmp_path / "keys" / "虚构省标准化院.pdsecret"


def fingerprint_in(public: Path) -> str:
    return public.read_text("utf-8").splitlines()[1].removeprefix("# ")


def test_the_whole_way(tmp_path: Path, program: Path, pilotdesk: Any, key: Path) -> None:
    pack, public = tmp_path / "2099.pdpack", key.with_suffix(".pdkey")
    code, out, _ = pilotdesk("pack", "build", AFTER, "--to", pack, "--notes", "改了几栏。")
    assert (code, "还没有签名" in out) == (0, True)
    code, _, err = pilotdesk("pack", "install", pack)
    assert (code, "没有签名" in err) == (2, True)
    signed = as_json(pilotdesk("pack", "sign", pack, "--key", key, "--json"))
    assert (signed["kind"], signed["notes"]) == ("pack", "改了几栏。")
    code, _, err = pilotdesk("pack", "install", pack)
    assert (code, fingerprint_in(public) in err) == (2, True)
    code, _, err = pilotdesk("pack", "trust", public, "--fingerprint", "0000")
    assert (code, "指纹对不上" in err) == (2, True)
    known = as_json(
        pilotdesk("pack", "trust", public, "--fingerprint", fingerprint_in(public).lower(), "--json")
    )
    assert known["name"] == "虚构省标准化院"
    seen = as_json(pilotdesk("pack", "verify", pack, "--json"))
    assert (seen["round"], seen["signer"]["name"], seen["forms"][0]["new"]) == ("2099", "虚构省标准化院", 3)
    code, out, _ = pilotdesk("pack", "install", pack)
    assert code == 0
    assert all(words in out for words in ("虚构省标准化院 签名", "改了几栏。", "第 1 版 → 第 3 版", "装好了"))
    listed = as_json(pilotdesk("pack", "list", "--json"))
    assert [one["state"] for one in listed["updates"]] == ["active"]
    code, out, _ = pilotdesk("pack", "list")
    assert all(words in out for words in ("正在用", "虚构省标准化院", fingerprint_in(public)))
    code, _, err = pilotdesk("pack", "install", pack)
    assert (code, "已经装着" in err) == (2, True)
    code, out, _ = pilotdesk("pack", "undo")
    assert (code, "还用程序自带的表单" in out) == (0, True)
    code, _, err = pilotdesk("pack", "undo", "2099")
    assert (code, "没有可以撤销的" in err) == (2, True)


def test_a_bad_pack_is_refused_with_all_its_mistakes(tmp_path: Path, program: Path, pilotdesk: Any) -> None:
    folder = pack_at(
        tmp_path,
        AFTER,
        round=('name = "2099"', 'nam = "2099"'),
        synthetic__form=("version = 3", "versio = 3"),
    )
    code, _, err = pilotdesk("pack", "build", folder, "--to", tmp_path / "x.pdpack")
    assert code == 2
    assert "nam" in err
    assert "versio" in err
    assert not (tmp_path / "x.pdpack").exists()
    code, _, err = pilotdesk("pack", "build", BEFORE, "--old", AFTER, "--to", tmp_path / "x.pdpack")
    assert (code, "新的反而是第 1 版" in err) == (2, True)


def test_what_is_there_is_not_replaced_and_what_stays_behind_is_said(
    tmp_path: Path, program: Path, pilotdesk: Any
) -> None:
    folder = pack_at(tmp_path)
    (folder / "说明.docx").write_bytes(b"x")
    target = tmp_path / "x.pdpack"
    target.write_bytes(b"mine")
    code, _, err = pilotdesk("pack", "build", folder, "--to", target)
    assert (code, target.read_bytes()) == (2, b"mine")
    (tmp_path / "n.txt").write_text("\ufeff写在文件里的说明", "utf-8")
    code, _, err = pilotdesk(
        "pack", "build", folder, "--to", target, "--force", "--notes-file", tmp_path / "n.txt"
    )
    assert (code, "没有带上：说明.docx" in err) == (0, True)
    assert "写在文件里的说明".encode() in target.read_bytes()
    assert (
        pilotdesk("pack", "build", folder, "--to", target, "--force", "--notes-file", tmp_path / "none")[0]
        == 2
    )
    assert "请核实" not in err
    dates = folder / "round.toml"
    dates.write_text(dates.read_text("utf-8").replace("day = 2099-06-30", "day = 2098-06-30"), "utf-8")
    code, _, err = pilotdesk("pack", "build", folder, "--to", target, "--force")
    assert (code, "请核实：round.toml：2099 年这一轮" in err, "上传 2098-06-30" in err) == (0, True, True)
    assert "印发日期" not in err
    (tmp_path / "n.txt").write_bytes("记事本存成了 ANSI".encode("gbk"))
    code, _, err = pilotdesk(
        "pack", "build", folder, "--to", target, "--force", "--notes-file", tmp_path / "n.txt"
    )
    assert (code, "编码选 UTF-8" in err, "U 盘" in err) == (2, True, False)


def test_a_password_comes_from_a_file_the_environment_or_a_hidden_line(
    tmp_path: Path, program: Path, pilotdesk: Any, key: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pack, listed = tmp_path / "x.pdpack", tmp_path / "pass.txt"
    pilotdesk("pack", "build", AFTER, "--to", pack)
    assert pilotdesk("pack", "sign", pack, "--key", key)[0] == 0
    monkeypatch.delenv(KEY_VARIABLE)
    listed.write_text(f"{PASSWORD}\n", "utf-8")
    assert pilotdesk("pack", "sign", pack, "--key", key, "--password-file", listed)[0] == 0
    monkeypatch.setattr(getpass, "getpass", lambda _asked: PASSWORD)
    assert pilotdesk("pack", "sign", pack, "--key", key)[0] == 0
    monkeypatch.setattr(getpass, "getpass", lambda _asked: "不是这个不是这个")
    code, _, err = pilotdesk("pack", "sign", pack, "--key", key)
    assert (code, "密码不对" in err) == (2, True)
    answers = iter(["一把长长的好钥匙", "打错了的一把钥匙"])
    monkeypatch.setattr(getpass, "getpass", lambda _asked: next(answers))
    code, _, err = pilotdesk("pack", "key", "--name", "乙", "--to", tmp_path / "b")
    assert (code, "两次输的密码不一样" in err) == (2, True)
    assert not (tmp_path / "b").exists()

    def nobody(_asked: str) -> str:
        raise EOFError

    for asking in (nobody, getpass.fallback_getpass):  # the latter is what there is without a terminal
        monkeypatch.setattr(getpass, "getpass", asking)
        code, _, err = pilotdesk("pack", "sign", pack, "--key", key)
        assert (code, "没有人输私钥的密码" in err) == (2, True)


def test_the_next_step_that_signing_names_can_be_taken_by_who_is_not_registered(
    tmp_path: Path, program: Path, pilotdesk: Any, key: Path
) -> None:
    pack = tmp_path / "x.pdpack"
    pilotdesk("pack", "build", AFTER, "--to", pack)
    code, out, _ = pilotdesk("pack", "sign", pack, "--key", key)
    assert (code, f"pack verify {pack} --key" in out) == (0, True)
    (public,) = key.parent.glob("*.pdkey")
    assert pilotdesk("pack", "verify", pack)[0] == 2  # nobody is registered on the distributor's own computer
    assert pilotdesk("pack", "verify", pack, "--key", public)[0] == 0


def test_another_key_under_a_known_name_is_told_of(
    tmp_path: Path, program: Path, pilotdesk: Any, key: Path
) -> None:
    (public,) = key.parent.glob("*.pdkey")
    assert pilotdesk("pack", "trust", public, "--fingerprint", fingerprint_in(public))[2] == ""
    pilotdesk("pack", "key", "--name", read_key(public).name, "--to", tmp_path / "forged")
    (forged,) = (tmp_path / "forged").glob("*.pdkey")
    _, _, err = pilotdesk("pack", "trust", forged, "--fingerprint", fingerprint_in(forged))
    assert "注意：已经登记过" in err
    assert fingerprint_in(public) in err


def test_nothing_is_installed_while_the_window_has_the_data(
    tmp_path: Path, program: Path, pilotdesk: Any, data_dir: Path
) -> None:
    trust(PROVINCE)
    path = update_at(tmp_path / "x.pdpack")
    lock = FolderLock(data_dir, CLOCK, ("办公室的电脑", "x"))
    assert lock.take() is None
    for command in (("install", path), ("undo",)):
        code, _, err = pilotdesk("pack", *command)
        assert (code, "办公室的电脑" in err) == (2, True)
    lock.release()
    assert pilotdesk("pack", "install", path)[0] == 0
    assert not (data_dir / "pilotdesk.lock").exists()


def test_verify_may_ask_one_key_only(tmp_path: Path, program: Path, pilotdesk: Any, key: Path) -> None:
    trust(PROVINCE)
    path = update_at(tmp_path / "x.pdpack")
    assert pilotdesk("pack", "verify", path)[0] == 0
    code, _, err = pilotdesk("pack", "verify", path, "--key", key.with_suffix(".pdkey"))
    assert (code, "不是登记过的" in err) == (2, True)


def test_a_program_is_signed_and_verified(tmp_path: Path, pilotdesk: Any, key: Path) -> None:
    setup = tmp_path / "pilotdesk_9.0_amd64.deb"
    setup.write_bytes(b"MZ" * 500)
    assert pilotdesk("program", "verify", setup)[0] == 2
    made = as_json(
        pilotdesk("program", "sign", setup, "--version", "9.0", "--notes", "更快了", "--key", key, "--json")
    )
    assert (made["version"], made["way"], made["size"]) == ("9.0", "deb", 1000)
    assert pilotdesk("program", "verify", setup)[0] == 2
    public = key.with_suffix(".pdkey")
    pilotdesk("pack", "trust", public, "--fingerprint", fingerprint_in(public))
    code, out, _ = pilotdesk("program", "verify", setup)
    assert (code, "第 9.0 版" in out, "更快了" in out) == (0, True, True)
    seen = as_json(pilotdesk("program", "verify", setup, "--json"))
    assert (seen["newer"], seen["version"], seen["signer"]["name"]) == (True, "9.0", "虚构省标准化院")
    pilotdesk("program", "sign", setup, "--version", "0.0.1", "--key", key)
    code, out, _ = pilotdesk("program", "verify", setup)
    assert (code, "签名是真的" in out, "0.0.1" in out) == (1, True, True)
    code, out, _ = pilotdesk("program", "verify", setup, "--json")
    assert (code, json.loads(out)) == (1, {"newer": False, "code": "program_not_newer"})
    setup.write_bytes(b"MZ" * 500 + b"x")
    pilotdesk("program", "sign", setup, "--version", "9.1", "--key", key)
    setup.write_bytes(b"MZ" * 500 + b"y")
    code, _, err = pilotdesk("program", "verify", setup)
    assert (code, "被改过" in err) == (2, True)


def test_an_empty_list_says_so(pilotdesk: Any) -> None:
    code, out, _ = pilotdesk("pack", "list")
    assert (code, out.strip()) == (0, "没有装过更新，也没有登记发放单位。")
