"""Keys: made, shown, compared, registered, taken away; and files that say to be keys."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pilotdesk.drafts import sealed
from pilotdesk.errors import PackageError, UpdateError
from pilotdesk.updates import keys
from pilotdesk.updates.keys import (
    KEY_BYTES,
    SIGNS,
    add_distributor,
    distributors,
    fingerprint_of,
    is_plain,
    key_id,
    make_keys,
    read_key,
    remove_distributor,
    same_fingerprint,
    secret_key,
)
from tests.updates.update_kit import CLOCK, COUNTY, PROVINCE, distributor

if TYPE_CHECKING:
    from pathlib import Path

PASSWORD = "一把长长的好钥匙"


@pytest.fixture
def shipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An installed program with a folder for keys."""
    root = tmp_path / "installed"
    (root / "keys").mkdir(parents=True)
    monkeypatch.setattr(keys, "install_root", lambda: root)
    return root / "keys"


def code_of(act: object, error: type[UpdateError] = UpdateError) -> str:
    with pytest.raises(error) as caught:
        act()
    assert str(caught.value).endswith("。")
    return caught.value.code


def test_a_pair_is_made_shown_registered_and_used(tmp_path: Path) -> None:
    made = make_keys(tmp_path / "新", "虚构省/标准化院", PASSWORD, CLOCK)
    assert [path.name for path in (made.public, made.secret)] == [
        "虚构省_标准化院.pdkey",
        "虚构省_标准化院.pdsecret",
    ]
    offered = read_key(made.public)
    assert (offered.name, offered.origin, offered.made) == ("虚构省/标准化院", "offered", "2099-06-02")
    assert offered.fingerprint == made.fingerprint
    assert distributors() == ()
    known = add_distributor(offered, CLOCK)
    assert (known.origin, known.added) == ("added", "2099-06-02")
    assert known.file == f"{made.fingerprint.replace(' ', '')}.pdkey"
    assert distributors() == (known,)
    assert add_distributor(offered) == known
    secret = secret_key(made.secret, PASSWORD)
    assert len(secret) == KEY_BYTES
    assert secret not in made.secret.read_bytes()


def test_the_fingerprint_stands_in_the_file_for_whoever_opens_it(tmp_path: Path) -> None:
    made = make_keys(tmp_path, "某院", PASSWORD, CLOCK)
    assert made.fingerprint in made.public.read_text("utf-8")


def test_what_was_shown_is_registered_whatever_the_file_says_by_then(tmp_path: Path) -> None:
    offered = read_key(make_keys(tmp_path, "甲", PASSWORD).public)
    other = make_keys(tmp_path / "b", "甲", PASSWORD)
    other.public.replace(tmp_path / "甲.pdkey")
    assert add_distributor(offered).fingerprint == offered.fingerprint
    assert [one.key for one in distributors()] == [offered.key]


def test_a_key_that_came_with_the_program_stays_and_is_listed_once(shipped: Path, tmp_path: Path) -> None:
    made = make_keys(tmp_path, "随程序来的", PASSWORD, CLOCK)
    made.public.replace(shipped / "a.pdkey")
    (shipped / "b.pdkey").write_bytes((shipped / "a.pdkey").read_bytes())
    (shipped / "坏的.pdkey").write_text("name = ", "utf-8")
    (one,) = distributors()
    assert (one.name, one.origin, one.added) == ("随程序来的", "installed", "")
    assert add_distributor(one) == one
    with pytest.raises(UpdateError, match=r"删去程序的 keys 文件夹里的“[ab]\.pdkey”"):
        remove_distributor(one.fingerprint)
    add_distributor(distributor(COUNTY))
    assert [known.origin for known in distributors()] == ["installed", "added"]


def test_a_registered_one_goes_and_is_told(tmp_path: Path) -> None:
    known = add_distributor(distributor(PROVINCE))
    assert remove_distributor(known.fingerprint).name == known.name
    assert distributors() == ()
    assert code_of(lambda: remove_distributor(known.fingerprint)) == "key_unknown"


def test_a_pair_is_never_written_over(tmp_path: Path) -> None:
    made = make_keys(tmp_path, "某院", PASSWORD)
    before = made.secret.read_bytes()
    assert code_of(lambda: make_keys(tmp_path, "某院", PASSWORD)) == "key_taken"
    made.public.unlink()
    assert code_of(lambda: make_keys(tmp_path, "某院", PASSWORD)) == "key_taken"
    assert made.secret.read_bytes() == before
    assert not made.public.exists()


@pytest.mark.parametrize("name", ["", "  ", "长" * 61, "a\nb", "好\u202e坏", "\u200b"])
def test_a_name_has_to_be_one(tmp_path: Path, name: str) -> None:
    assert code_of(lambda: make_keys(tmp_path, name, PASSWORD)) == "key_name"
    assert list(tmp_path.iterdir()) == []


def test_a_short_password_makes_no_key(tmp_path: Path) -> None:
    assert code_of(lambda: make_keys(tmp_path, "某院", "1234567"), PackageError) == "password_short"
    assert list(tmp_path.iterdir()) == []


def test_a_wrong_password_a_damaged_file_and_another_file_are_told_apart(tmp_path: Path) -> None:
    made = make_keys(tmp_path, "某院", PASSWORD)
    assert code_of(lambda: secret_key(made.secret, "另一把长长的好钥匙"), PackageError) == "password_wrong"
    whole = made.secret.read_bytes()
    made.secret.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
    assert code_of(lambda: secret_key(made.secret, PASSWORD), PackageError) == "package_damaged"
    assert code_of(lambda: secret_key(made.public, PASSWORD)) == "secret_foreign"
    assert code_of(lambda: secret_key(tmp_path / "none", PASSWORD)) == "secret_missing"
    with made.secret.open("wb") as opened, sealed.Sealing(opened, sealed.new_key(PASSWORD)) as sealing:
        sealing.write(b"something else under a password")
    assert code_of(lambda: secret_key(made.secret, PASSWORD)) == "secret_foreign"
    cut = make_keys(tmp_path / "cut", "某院", PASSWORD).secret
    with cut.open("rb") as opened:
        plain = sealed.Unsealed(opened, sealed.key_of(opened, PASSWORD, "x"), "x").read(200)
    for length in (len(plain) - 1, len(plain) + 1):
        with cut.open("wb") as opened, sealed.Sealing(opened, sealed.new_key(PASSWORD)) as sealing:
            sealing.write((plain + b"\0")[:length])
        assert code_of(lambda: secret_key(cut, PASSWORD)) == "secret_foreign"


KEY = base64.b64encode(bytes(32)).decode()


@pytest.mark.parametrize(
    "content",
    [
        "", "name", f'name = "甲"\npublic = "{KEY}x"', f'name = ""\npublic = "{KEY}"', f'name = 3\npublic = "{KEY}"',
        'name = "甲"\npublic = "AAAA"', 'name = "甲"', f'name = "好\u202e坏"\npublic = "{KEY}"', f'public = "{KEY}"',
        f'name = "{"长" * 61}"\npublic = "{KEY}"', f'name = "甲"\npublic = "{KEY}"\n' + "#" * 5000, "x = " + "[" * 3000,
        f'name = "甲"\npublic = "{KEY}"\nmade = "昨天"', f'name = "甲\\nb"\npublic = "{KEY}"',
    ],
    ids=range(14),
)  # fmt: skip
def test_a_file_that_is_no_key_is_refused(tmp_path: Path, data_dir: Path, content: str) -> None:
    path = data_dir / "keys" / "x.pdkey"
    path.parent.mkdir(parents=True)
    path.write_text(content, "utf-8")
    assert code_of(lambda: read_key(path)) == "key_foreign"
    assert distributors() == ()


def test_bytes_that_are_no_text_and_files_that_are_none(tmp_path: Path) -> None:
    path = tmp_path / "x.pdkey"
    path.write_bytes(b"\xff\xfe\0")
    assert code_of(lambda: read_key(path)) == "key_foreign"
    assert code_of(lambda: read_key(tmp_path / "none.pdkey")) == "key_missing"
    assert code_of(lambda: read_key(tmp_path)) == "key_missing"


@given(st.binary(min_size=32, max_size=32))
def test_a_fingerprint_can_be_read_out_and_typed_again(key: bytes) -> None:
    words = fingerprint_of(key_id(key))
    groups = words.split(" ")
    assert [len(group) for group in groups] == [4] * 8
    assert set("".join(groups)) <= set(SIGNS)
    for typed in (
        words,
        words.lower(),
        words.replace(" ", ""),
        words.replace(" ", "-"),
        words.replace("0", "O"),
        f"\t{words}\r\n",
        words.replace(" ", "\n"),
    ):
        assert same_fingerprint(typed, words)
    assert same_fingerprint(words.replace("1", "l"), words)
    assert not same_fingerprint(words[:-1], words)
    assert not same_fingerprint("", words)


@given(st.binary(min_size=32, max_size=32), st.integers(0, 255))
def test_another_key_has_another_fingerprint(key: bytes, bit: int) -> None:
    other = (int.from_bytes(key) ^ 1 << bit).to_bytes(32)
    assert fingerprint_of(key_id(key)) != fingerprint_of(key_id(other))


@pytest.mark.parametrize("name", ["一", "a\u00adb", "\ufeffa", "\ue000"])
def test_signs_that_nobody_sees_are_no_plain_text(name: str) -> None:
    assert is_plain(name, 60) == (name == "一")


def test_a_disk_that_takes_nothing_is_told_and_leaves_no_half_key(tmp_path: Path, data_dir: Path) -> None:
    from pilotdesk.errors import StoreError

    data_dir.mkdir(parents=True)
    (data_dir / "keys").write_text("a file where the folder should be", "utf-8")
    with pytest.raises(StoreError) as caught:
        add_distributor(distributor(PROVINCE))
    assert caught.value.code == "store_unwritable"
    assert distributors() == ()
