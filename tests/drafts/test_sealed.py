"""Packages with a password: right, wrong, damaged, cut and rearranged ones, and no plain copy on the disk."""

from __future__ import annotations

import hashlib
import io
import struct
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pilotdesk.drafts import sealed
from pilotdesk.drafts.package import read_package, write_package
from pilotdesk.drafts.sealed import CHUNK, Sealing, Unsealed, key_of, new_key, password_in
from pilotdesk.errors import ExportError, PackageError
from tests.drafts.test_package import CONTENT, SHA256, package

PASSWORD = "南汀县2027试点"
HEAD = 79
CELL = CHUNK + 16


def seal(content: bytes, password: str = PASSWORD) -> bytes:
    target = io.BytesIO()
    with Sealing(target, new_key(password)) as sealing:
        sealing.write(content)
    return target.getvalue()


def unseal(content: bytes, password: str = PASSWORD) -> bytes:
    source = io.BytesIO(content)
    return io.BufferedReader(Unsealed(source, key_of(source, password, "甲.pilot"), "甲.pilot")).read()


def refused(content: bytes, password: str = PASSWORD) -> str:
    with pytest.raises(PackageError) as trouble:
        unseal(content, password)
    assert "甲.pilot" in str(trouble.value)
    return trouble.value.code


def test_a_package_comes_back_with_its_password_and_only_with_it(tmp_path):
    path = tmp_path / "a.pilot"
    write_package(package(), path, PASSWORD)
    assert read_package(path, PASSWORD) == package()
    assert read_package(path, PASSWORD).files[SHA256] == CONTENT
    for given_, code in (
        (None, "package_locked"),
        ("x" + PASSWORD, "password_wrong"),
        ("", "password_wrong"),
    ):
        with pytest.raises(PackageError) as trouble:
            read_package(path, given_)
        assert trouble.value.code == code


def test_a_password_for_a_package_without_one_is_not_needed(tmp_path):
    write_package(package(), tmp_path / "a.pilot")
    assert read_package(tmp_path / "a.pilot", PASSWORD) == package()


def test_nothing_of_the_draft_can_be_read_in_the_file(tmp_path):
    write_package(package(), tmp_path / "a.pilot", PASSWORD)
    content = (tmp_path / "a.pilot").read_bytes()
    for plain in (CONTENT, SHA256.encode(), b"manifest", b"PK\x03\x04", "南汀县".encode()):
        assert plain not in content


def test_the_same_draft_is_sealed_anew_every_time(tmp_path):
    first, second = seal(b"x" * 100), seal(b"x" * 100)
    assert first[20:43] != second[20:43]
    assert first[HEAD:] != second[HEAD:]


def test_no_plain_copy_is_ever_written(tmp_path, monkeypatch):
    """Neither beside the package nor among temporary files: every byte that goes to the disk is looked at."""
    import tempfile
    from pathlib import Path

    monkeypatch.setattr(tempfile, "NamedTemporaryFile", None)
    monkeypatch.setattr(tempfile, "TemporaryFile", None)
    opened = []
    real = Path.open

    def noting(path, mode="r", *rest, **more):
        opened.append((path.parent, mode))
        return real(path, mode, *rest, **more)

    monkeypatch.setattr(Path, "open", noting)
    write_package(package(), tmp_path / "a.pilot", PASSWORD)
    assert dict(read_package(tmp_path / "a.pilot", PASSWORD).files)
    assert {mode for _, mode in opened} == {"xb", "rb+", "rb"}
    assert [path.name for path in tmp_path.iterdir()] == ["a.pilot"]


@settings(max_examples=40, deadline=None)
@given(
    size=st.one_of(st.integers(0, 300), st.integers(-2, 2).map(lambda n: CHUNK + n), st.just(3 * CHUNK + 7)),
    parts=st.integers(1, 5),
)
def test_content_of_any_length_in_any_parts_comes_back(size, parts):
    content = bytes(range(256)) * (size // 256 + 1)
    content = content[:size]
    target = io.BytesIO()
    step = max(1, -(-size // parts))
    with Sealing(target, new_key(PASSWORD)) as sealing:
        for at in range(0, size, step):
            sealing.write(content[at : at + step])
    assert unseal(target.getvalue()) == content
    assert len(target.getvalue()) == HEAD + size + 16 * max(1, -(-size // CHUNK))


@pytest.mark.parametrize("at", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 2 * CHUNK + 99])
def test_it_can_be_read_anywhere(at):
    content = bytes(n % 251 for n in range(2 * CHUNK + 100))
    source = io.BytesIO(seal(content))
    plain = io.BufferedReader(Unsealed(source, key_of(source, PASSWORD, "a"), "a"))
    assert plain.seek(at) == at
    assert plain.read(70_000) == content[at : at + 70_000]
    assert plain.seek(-3, io.SEEK_END) == len(content) - 3
    assert plain.read() == content[-3:]
    assert plain.seek(10**9) == 10**9
    assert plain.read() == b""
    with pytest.raises(ValueError, match="before"):
        plain.raw.seek(-1)


def three() -> bytes:
    """Three chunks, the last one short."""
    return seal(b"a" * CHUNK + b"b" * CHUNK + b"c" * 10)


def cells(content: bytes) -> list[bytes]:
    return [content[at : at + CELL] for at in range(HEAD, len(content), CELL)]


@pytest.mark.parametrize(
    "change",
    [
        lambda c: [c[1], c[0], c[2]], lambda c: [c[0], c[0], c[2]], lambda c: [c[0], c[2]], lambda c: [c[0], c[1]],
        lambda c: [c[0]], lambda c: [c[2]], lambda c: [*c, c[2]], lambda c: [c[0], c[1], c[2][:-1]],
        lambda c: [c[0], c[1], c[2] + b"x"], lambda _: [], lambda c: [c[0][:15]],
        lambda c: [c[0], c[1][:99] + bytes([c[1][99] ^ 1]) + c[1][100:], c[2]],
    ],
)  # fmt: skip
def test_chunks_changed_moved_left_out_or_cut_are_damage_and_no_wrong_password(change):
    content = three()
    assert unseal(content[:HEAD] + b"".join(cells(content)))
    assert refused(content[:HEAD] + b"".join(change(cells(content)))) == "package_damaged"


def test_a_chunk_of_another_file_with_the_same_password_is_damage():
    one, other = three(), three()
    assert (
        refused(one[:HEAD] + b"".join([cells(one)[0], cells(other)[1], cells(one)[2]])) == "package_damaged"
    )
    assert refused(one[:HEAD] + other[HEAD:]) == "package_damaged"


@pytest.mark.parametrize("at", range(16, HEAD))
def test_a_damaged_header_is_not_taken_for_a_wrong_password(at):
    content = bytearray(seal(b"x"))
    content[at] ^= 0x10
    assert refused(bytes(content)) == "package_damaged"


def forged(at: int, value: int | None = None) -> bytes:
    """A header with another number in it (None: any other than the one that stands there), its check made right again."""
    content = bytearray(seal(b"x"))
    content[at] = content[at] ^ 1 if value is None else value
    content[HEAD - 4 : HEAD] = struct.pack(">I", zlib.crc32(content[: HEAD - 4]))
    return bytes(content)


@pytest.mark.parametrize(
    ("at", "value", "code"),
    [
        (16, 2, "package_too_new"), (16, 0, "package_damaged"), (17, 31, "package_damaged"), (17, 19, "package_damaged"),
        (17, 1, "package_damaged"), (18, 255, "package_damaged"), (19, 255, "package_damaged"), (20, None, "password_wrong"),
    ],
)  # fmt: skip
def test_a_header_that_asks_for_too_much_is_refused_before_anything_is_derived(at, value, code):
    assert refused(forged(at, value)) == code


def test_full_width_letters_of_an_input_method_are_the_same_password():
    assert unseal(seal(b"x", "ａｂｃ１２３４５"), "abc12345") == b"x"


@pytest.mark.parametrize("password", ["", "1234567", "七个字的密码啊"])
def test_a_short_password_is_not_taken(tmp_path, password):
    with pytest.raises(PackageError, match="8") as trouble:
        write_package(package(), tmp_path / "a.pilot", password)
    assert trouble.value.code == "password_short"
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_while_sealing_leaves_nothing_behind(tmp_path, monkeypatch):
    def full(_sealing, _plain, *, last):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Sealing, "_put", full)
    with pytest.raises(ExportError) as trouble:
        write_package(package(), tmp_path / "a.pilot", PASSWORD)
    assert (trouble.value.code, list(tmp_path.iterdir())) == ("disk_full", [])


def test_what_stands_in_the_header_is_what_the_module_says_and_opens_at_that_cost(monkeypatch, true_cost):
    monkeypatch.setattr(sealed, "COST", true_cost)
    header = new_key(PASSWORD).header
    assert (header[:16], list(header[16:20]), len(header)) == (b"PILOTDESK-SEAL\r\n", [1, 17, 8, 1], HEAD)
    assert key_of(io.BytesIO(header), PASSWORD, "a").header == header


def test_any_program_with_a_library_can_open_it():
    """The layout of the module's docstring, followed with nothing but scrypt and AES-GCM."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    content = three()
    header, cost, salt, prefix = content[:HEAD], content[17], content[20:36], content[36:43]
    made = hashlib.scrypt(PASSWORD.encode(), salt=salt, n=2**cost, r=8, p=1, dklen=64)
    plain = b"".join(
        AESGCM(made[:32]).decrypt(prefix + n.to_bytes(4, "big") + bytes([n == 2]), cell, header)
        for n, cell in enumerate(cells(content))
    )
    assert plain == b"a" * CHUNK + b"b" * CHUNK + b"c" * 10


@pytest.mark.parametrize(
    ("content", "code"),
    [(b"", "password_short"), (b"\n\n", "password_short"), (b"\xff\xfe", "password_file_missing")],
)
def test_a_password_file_without_a_password_says_so(tmp_path, content, code):
    (tmp_path / "密码.txt").write_bytes(content)
    with pytest.raises(PackageError) as trouble:
        password_in(tmp_path / "密码.txt")
    assert trouble.value.code == code
    assert str(trouble.value)


def test_the_first_line_of_a_password_file_counts(tmp_path):
    (tmp_path / "密码.txt").write_bytes("\ufeff 密码 1234 \r\n第二行\r\n".encode())
    assert password_in(tmp_path / "密码.txt") == " 密码 1234 "
    with pytest.raises(PackageError):
        password_in(tmp_path / "没有.txt")
