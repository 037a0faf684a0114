"""What was changed after it was signed is refused, wherever and however; so is what nobody known has signed."""

from __future__ import annotations

import struct
from collections import Counter
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pilotdesk.errors import UpdateError
from pilotdesk.updates.envelope import SIGNATURE_BYTES
from pilotdesk.updates.keys import ID_BYTES
from pilotdesk.updates.reading import read_update
from tests.updates.update_kit import (
    COUNTY,
    PROVINCE,
    SMALL_PAYLOAD,
    STRANGER,
    distributor,
    forged,
    small_manifest,
    trust,
    update_at,
)

if TYPE_CHECKING:
    from pathlib import Path

TAIL = ID_BYTES + SIGNATURE_BYTES
HEAD = 30
KNOWN = (distributor(PROVINCE), distributor(COUNTY))


def refused(path: Path) -> str:
    """The code that a file is refused with; fails when it is taken."""
    with pytest.raises(UpdateError) as caught:
        read_update(path, KNOWN)
    said = str(caught.value)
    assert said.endswith("。"), said
    return caught.value.code


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A real pack, signed, as it stands in its file."""
    return update_at(tmp_path_factory.mktemp("whole") / "a.pdpack").read_bytes()


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """The smallest file that is read."""
    path = forged(tmp_path / "small.pdpack", small_manifest())
    assert read_update(path, KNOWN).contents == {"round.toml": SMALL_PAYLOAD}
    return path


def test_every_single_byte_of_a_small_file_counts_whatever_it_is_changed_into(small: Path) -> None:
    """Each byte in four ways; the trade is that between trying all of 255 and being done in seconds."""
    good = small.read_bytes()
    codes: Counter[str] = Counter()
    for at in range(len(good)):
        for change in (0x01, 0x20, 0x80, 0xFF):
            small.write_bytes(good[:at] + bytes([good[at] ^ change]) + good[at + 1 :])
            codes[refused(small)] += 1
    assert codes.total() == 4 * len(good)
    assert {"update_foreign", "update_damaged", "update_changed", "update_signer_unknown"} <= codes.keys()
    small.write_bytes(good)
    assert read_update(small, KNOWN).signer == KNOWN[0]


def test_every_single_byte_of_a_real_pack_counts(whole: bytes, tmp_path: Path) -> None:
    path = tmp_path / "a.pdpack"
    path.write_bytes(whole)
    with path.open("rb+", buffering=0) as opened:
        for at, byte in enumerate(whole):
            for put in (byte ^ 0x10, byte):
                opened.seek(at)
                opened.write(bytes([put]))
                if put != byte:
                    refused(path)
    assert read_update(path, KNOWN).signer == KNOWN[0]


def test_every_truncation_of_a_small_file_is_refused(small: Path) -> None:
    good = small.read_bytes()
    for length in range(len(good)):
        small.write_bytes(good[:length])
        assert refused(small) in {"update_foreign", "update_damaged"}


@pytest.mark.parametrize("more", [b"\0", b"x" * TAIL, b"\n" * 4096])
def test_what_is_put_behind_is_refused(small: Path, more: bytes) -> None:
    good = small.read_bytes()
    for content in (good + more, good + good, good[:-TAIL] + more + good[-TAIL:], more + good):
        small.write_bytes(content)
        assert refused(small) in {"update_foreign", "update_damaged"}


def test_payloads_manifests_and_signatures_of_two_good_files_do_not_mix(tmp_path: Path) -> None:
    one = forged(tmp_path / "1.pdpack", small_manifest()).read_bytes()
    other_manifest = small_manifest(notes="别")
    two = forged(tmp_path / "2.pdpack", other_manifest, secret=COUNTY).read_bytes()
    path = tmp_path / "mixed.pdpack"
    for mixed, code in (
        (one[:-TAIL] + two[-TAIL:], "update_changed"),
        (two[:-TAIL] + one[-TAIL:], "update_changed"),
        (one[:-SIGNATURE_BYTES] + two[-SIGNATURE_BYTES:], "update_changed"),
        (one[:-TAIL] + two[-TAIL:-SIGNATURE_BYTES] + one[-SIGNATURE_BYTES:], "update_changed"),
    ):
        path.write_bytes(mixed)
        assert refused(path) == code


def test_bytes_pushed_from_manifest_to_payload_are_refused(small: Path) -> None:
    """The lengths are signed too: the same bytes cut elsewhere are another content."""
    good = small.read_bytes()
    magic, version, manifest, payload = struct.unpack(">16sHIQ", good[:HEAD])
    for shift in (-1, 1, 8):
        head = struct.pack(">16sHIQ", magic, version, manifest + shift, payload - shift)
        small.write_bytes(head + good[HEAD:])
        assert refused(small) == "update_changed"


def test_an_unsigned_one_and_one_of_a_stranger_say_what_they_are(tmp_path: Path) -> None:
    assert refused(forged(tmp_path / "u.pdpack", small_manifest(), secret=None)) == "update_unsigned"
    path = forged(tmp_path / "s.pdpack", small_manifest(), secret=STRANGER)
    with pytest.raises(UpdateError) as caught:
        read_update(path, KNOWN)
    assert caught.value.code == "update_signer_unknown"
    assert caught.value.context["fingerprint"] == distributor(STRANGER).fingerprint
    assert distributor(STRANGER).fingerprint in str(caught.value)


def test_a_stripped_signature_makes_it_unsigned_and_not_good(small: Path) -> None:
    good = small.read_bytes()
    small.write_bytes(good[:-TAIL] + bytes(TAIL))
    assert refused(small) == "update_unsigned"


def test_a_stranger_cannot_sign_in_the_name_of_somebody_known(tmp_path: Path) -> None:
    whole = forged(tmp_path / "s.pdpack", small_manifest(), secret=STRANGER).read_bytes()
    named = forged(tmp_path / "p.pdpack", small_manifest()).read_bytes()[-TAIL:-SIGNATURE_BYTES]
    path = tmp_path / "x.pdpack"
    path.write_bytes(whole[:-TAIL] + named + whole[-SIGNATURE_BYTES:])
    assert refused(path) == "update_changed"


@pytest.mark.parametrize("signature", [bytes(63) + b"\1", b"\xff" * 64, bytes(32) + b"\1" + bytes(31)])
def test_signatures_that_are_none_are_refused(small: Path, signature: bytes) -> None:
    small.write_bytes(small.read_bytes()[:-64] + signature)
    assert refused(small) == "update_changed"


def test_a_signature_may_be_read_in_one_way_only(small: Path) -> None:
    """Ed25519 lets S + L pass where nobody looks: a second file with the same meaning would have another digest."""
    order = 2**252 + 27742317777372353535851937790883648493
    good = small.read_bytes()
    s = int.from_bytes(good[-32:], "little")
    small.write_bytes(good[:-32] + (s + order).to_bytes(32, "little"))
    assert refused(small) == "update_changed"


def test_whoever_is_not_registered_any_more_is_a_stranger(small: Path, data_dir: Path) -> None:
    from pilotdesk.updates.keys import remove_distributor

    with pytest.raises(UpdateError):
        read_update(small)
    trust(PROVINCE)
    assert read_update(small).signer.name == "虚构省标准化院"
    remove_distributor(distributor(PROVINCE).fingerprint)
    with pytest.raises(UpdateError) as caught:
        read_update(small)
    assert caught.value.code == "update_signer_unknown"


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    changes=st.lists(
        st.tuples(st.floats(0, 0.999), st.binary(max_size=6), st.integers(0, 6)), min_size=1, max_size=4
    )
)
def test_no_way_of_changing_a_real_pack_is_taken(
    whole: bytes, tmp_path: Path, changes: list[tuple[float, bytes, int]]
) -> None:
    content = whole
    for where, put, cut in changes:
        at = int(where * len(content))
        content = content[:at] + put + content[at + cut :]
    path = tmp_path / "p.pdpack"
    path.write_bytes(content)
    if content == whole:
        read_update(path, KNOWN)
    else:
        refused(path)
