"""Files that are properly signed, or say to be, and mean harm: names, lengths, sizes, depths, and forms that cannot be used."""

from __future__ import annotations

import hashlib
import json
import struct
import tracemalloc
from typing import TYPE_CHECKING

import pytest

from pilotdesk import __version__
from pilotdesk.errors import UpdateError
from pilotdesk.updates.envelope import MAGIC, MOST_MANIFEST, MOST_PAYLOAD, read_envelope, sealed_envelope
from pilotdesk.updates.manifests import (
    MOST_FILE,
    MOST_FILES,
    FileMark,
    FormMark,
    is_pack_file,
    written,
)
from pilotdesk.updates.planning import plan_of
from pilotdesk.updates.reading import read_update
from tests.updates.update_kit import (
    AFTER,
    PROVINCE,
    SMALL_PAYLOAD,
    distributor,
    forged,
    small_manifest,
    trust,
    update_at,
)

if TYPE_CHECKING:
    from pathlib import Path

KNOWN = (distributor(PROVINCE),)


def refused(path: Path) -> str:
    with pytest.raises(UpdateError) as caught:
        read_update(path, KNOWN)
    return caught.value.code


@pytest.mark.parametrize(
    "path",
    [
        "../x.toml", "a/../x.toml", "/etc/x.toml", "\\x.toml", "a\\x.toml", "C:x.toml", "C:/x.toml", "a/b/x.toml",
        "x.TOML", "con.toml", "a/nul.toml", "com1/x.toml", "aux/x.toml", "x.toml ", " x.toml", "x.toml.", "a//x.toml",
        "x.exe", "x.toml\0", "x.toml\n", "é.toml", "表.toml", "notice.txt/x.toml", "notice.toml/notice.txt", ".x.toml",
        "a/.toml", "", ".", "..", "x.toml/", "a" * 200 + ".toml", "x.toml:ads", "~x.toml", "-x.toml",
    ],
)  # fmt: skip
def test_a_file_that_would_lead_elsewhere_is_refused(tmp_path: Path, path: str) -> None:
    mark = small_manifest().files[0]
    manifest = small_manifest(files=(FileMark(path=path, size=mark.size, sha256=mark.sha256),))
    assert refused(forged(tmp_path / "x.pdpack", manifest)) == "update_damaged"


def test_names_of_our_own_packs_are_names(program: Path) -> None:
    from pilotdesk.paths import forms_dir

    names = [path.relative_to(AFTER).as_posix() for path in AFTER.rglob("*.toml")]
    names += [
        "notice.txt",
        f"templates/{'a' * 64}.toml",
        "application/00-cover.toml",
        "review.toml",
        "console.toml",
    ]
    assert all(is_pack_file(name) for name in names)
    assert forms_dir().is_dir()


@pytest.mark.parametrize(
    "changes",
    [
        {"round": "../2099"}, {"round": ""}, {"round": "con"}, {"title": ""}, {"title": "长" * 121}, {"notes": "长" * 4001},
        {"title": "好\u202e坏"}, {"notes": "看\u200b不见"}, {"title": "a\nb"}, {"forms": ()}, {"made": "昨天"},
        {"made": "2099-06-02T02:00:00+08:00"}, {"made": ""}, {"made": "2099-06-02T02:00:00Z"},
        {"made": "2099-W23-2T02:00:00.000Z"}, {"made": "9999-12-31T23:00:00Z"}, {"made": "0001-01-01T00:00:00Z"},
        {"needs_program": "x"}, {"needs_program": ""},
        {"forms": (FormMark(name="a", title="b", version=0),)}, {"forms": (FormMark(name="../a", title="b", version=1),)},
        {"forms": (FormMark(name="a", title="b", version=1),) * 2}, {"files": ()},
        {"files": (FileMark(path="round.toml", size=-1, sha256="0" * 64),)},
        {"files": (FileMark(path="round.toml", size=len(SMALL_PAYLOAD), sha256="0" * 64),)},
        {"files": (FileMark(path="round.toml", size=len(SMALL_PAYLOAD) - 1, sha256="0" * 64),)},
    ],
)  # fmt: skip
def test_a_manifest_that_makes_no_sense_is_refused_though_it_is_signed(
    tmp_path: Path, changes: dict[str, object]
) -> None:
    assert refused(forged(tmp_path / "x.pdpack", small_manifest(**changes))) == "update_damaged"


def test_a_file_twice_or_sizes_that_do_not_add_up_are_refused(tmp_path: Path) -> None:
    mark = small_manifest().files[0]
    twice = small_manifest(files=(mark, mark))
    assert refused(forged(tmp_path / "x.pdpack", twice, SMALL_PAYLOAD * 2)) == "update_damaged"
    assert refused(forged(tmp_path / "x.pdpack", small_manifest(), SMALL_PAYLOAD + b"#")) == "update_damaged"
    assert refused(forged(tmp_path / "x.pdpack", small_manifest(), b"")) == "update_damaged"


@pytest.mark.parametrize(
    "manifest",
    [
        b"", b"null", b"[]", b"{}", b'{"kind":"pack"}', b"\xff\xfe", b"[" * 100_000, b'{"a":' * 100_000,
        b'{"kind":"pack","needs_program":"0.1"}', b'{"kind":"virus","needs_program":"0.1"}', b'{"kind":1,"needs_program":"0.1"}',
        b'{"kind":"program","needs_program":"0.1"}',
    ],
    ids=lambda content: content[:12].decode("latin-1"),
)  # fmt: skip
def test_manifests_that_are_none_are_refused(tmp_path: Path, manifest: bytes) -> None:
    assert refused(forged(tmp_path / "x.pdpack", manifest)) == "update_damaged"


def test_a_manifest_of_another_spelling_is_refused(tmp_path: Path) -> None:
    """One content, one file: keys twice, blanks, or other escapes would let two readers see two things."""
    good = written(small_manifest())
    said = json.loads(good)
    for other in (
        json.dumps(said, ensure_ascii=False).encode(),
        json.dumps(said, ensure_ascii=True, sort_keys=True, separators=(",", ":")).encode(),
        good.replace(b'"kind":"pack"', b'"kind":"pack","kind":"pack"'),
        good + b" ",
    ):
        assert refused(forged(tmp_path / "x.pdpack", other)) == "update_damaged"
    read_update(forged(tmp_path / "x.pdpack", good), KNOWN)


def test_a_pack_of_a_newer_program_says_so_and_nothing_more_of_it_is_read(tmp_path: Path) -> None:
    later = {"kind": "something_new", "needs_program": "99.1", "other": [1, 2]}
    path = forged(tmp_path / "x.pdpack", json.dumps(later).encode())
    with pytest.raises(UpdateError) as caught:
        read_update(path, KNOWN)
    assert caught.value.code == "update_needs_program"
    assert "99.1" in str(caught.value)
    assert read_update(forged(tmp_path / "y.pdpack", small_manifest(needs_program=__version__)), KNOWN)


# -- lengths ----------------------------------------------------------------------------------------


def head(manifest: int, payload: int, version: int = 1) -> bytes:
    return struct.pack(">16sHIQ", MAGIC, version, manifest, payload)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "update_foreign"),
        (b"PK\3\4" + b"x" * 200, "update_foreign"),
        (MAGIC, "update_damaged"),
        (head(0, 0), "update_damaged"),
        (head(2**32 - 1, 0) + b"x" * 500, "update_too_large"),
        (head(0, 2**64 - 1) + b"x" * 500, "update_too_large"),
        (head(0, 2**63) + b"x" * 500, "update_too_large"),
        (head(MOST_MANIFEST + 1, 0), "update_too_large"),
        (head(1, MOST_PAYLOAD + 1), "update_too_large"),
        (head(10, 10, version=2) + b"x" * 200, "update_too_new"),
        (head(10, 10, version=0) + b"x" * 104, "update_damaged"),
    ],
)
def test_lengths_are_held_against_the_file_before_anything_is_read(
    tmp_path: Path, content: bytes, code: str
) -> None:
    path = tmp_path / "x.pdpack"
    path.write_bytes(content)
    tracemalloc.start()
    try:
        assert refused(path) == code
        assert tracemalloc.get_traced_memory()[1] < 2**20
    finally:
        tracemalloc.stop()


def test_a_huge_file_is_refused_without_reading_it(tmp_path: Path) -> None:
    path = tmp_path / "huge.pdpack"
    with path.open("wb") as opened:
        opened.write(head(10, MOST_PAYLOAD))
        opened.truncate(2**40)  # a hole, no bytes
    tracemalloc.start()
    try:
        assert refused(path) == "update_damaged"
        assert tracemalloc.get_traced_memory()[1] < 2**20
    finally:
        tracemalloc.stop()


def test_the_largest_file_that_is_read_takes_no_more_than_three_times_its_size(tmp_path: Path) -> None:
    """Nothing unpacks, so there is no bomb: what is in memory is what is in the file, and copies of its parts."""
    size = MOST_PAYLOAD // 2**20 * 2**20
    files = [b"#" * MOST_FILE] * (size // MOST_FILE)
    marks = tuple(
        FileMark(path=f"a/{at:02d}-x.toml", size=MOST_FILE, sha256=hashlib.sha256(content).hexdigest())
        for at, content in enumerate(files)
    )
    path = forged(tmp_path / "x.pdpack", small_manifest(files=marks), b"".join(files))
    tracemalloc.start()
    try:
        read_update(path, KNOWN)
        assert tracemalloc.get_traced_memory()[1] < 4 * MOST_PAYLOAD
    finally:
        tracemalloc.stop()


def test_too_many_files_or_one_too_long_are_refused(tmp_path: Path) -> None:
    empty = hashlib.sha256(b"").hexdigest()
    many = tuple(FileMark(path=f"a/x{at}.toml", size=0, sha256=empty) for at in range(MOST_FILES + 1))
    assert refused(forged(tmp_path / "x.pdpack", small_manifest(files=many), b"")) == "update_damaged"
    long = b"#" * (MOST_FILE + 1)
    mark = FileMark(path="round.toml", size=len(long), sha256=hashlib.sha256(long).hexdigest())
    assert refused(forged(tmp_path / "x.pdpack", small_manifest(files=(mark,)), long)) == "update_damaged"


def test_more_than_can_be_read_again_is_not_written() -> None:
    for manifest, payload in ((b"x" * (MOST_MANIFEST + 1), b""), (b"", b"x" * (MOST_PAYLOAD + 1))):
        with pytest.raises(UpdateError) as caught:
            sealed_envelope(manifest, payload)
        assert caught.value.code == "update_too_large"


def test_what_is_no_file_is_told(tmp_path: Path) -> None:
    for path in (tmp_path / "none.pdpack", tmp_path):
        assert refused(path) == "update_missing"
    (tmp_path / "link.pdpack").symlink_to("/dev/zero")
    assert refused(tmp_path / "link.pdpack") == "update_missing"


def test_a_file_that_grows_while_it_is_read_is_damaged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import os
    from types import SimpleNamespace

    path = forged(tmp_path / "x.pdpack", small_manifest())
    size = path.stat().st_size
    path.write_bytes(path.read_bytes() + b"more")
    monkeypatch.setattr(os, "fstat", lambda _number: SimpleNamespace(st_size=size))
    with pytest.raises(UpdateError) as caught:
        read_envelope(path)
    assert caught.value.code == "update_damaged"


# -- forms ------------------------------------------------------------------------------------------


def forged_pack(tmp_path: Path, name: str, old: str, new: str) -> Path:
    """A signed pack that nobody's lint has seen: what ``pack build`` would refuse."""
    contents = {
        path.relative_to(AFTER).as_posix(): path.read_bytes() for path in sorted(AFTER.rglob("*.toml"))
    }
    assert old.encode() in contents[name]
    contents[name] = contents[name].replace(old.encode(), new.encode())
    marks = tuple(
        FileMark(path=path, size=len(content), sha256=hashlib.sha256(content).hexdigest())
        for path, content in contents.items()
    )
    manifest = small_manifest(files=marks, forms=(FormMark(name="synthetic", title="表", version=3),))
    return forged(tmp_path / "x.pdpack", manifest, b"".join(contents.values()))


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("round.toml", 'name = "2099"', "name = "),
        ("round.toml", 'name = "2099"', 'name = "2097"'),
        ("round.toml", 'name = "2099"', "name = " + "[" * 20_000),
        ("synthetic/form.toml", "version = 3", "version = 4"),
        ("synthetic/form.toml", "version = 3", 'version = 3\nsurprise = "x"'),
        ("synthetic/form.toml", 'name = "synthetic"', 'name = "other"'),
        ("synthetic/migration.toml", "from_version = 1", "from_version = "),
        ("synthetic/01-unit.toml", 'label = "职工人数"', 'label = "职工人数"\nrelevant = "__import__(\'os\')"'),
        ("synthetic/01-unit.toml", 'label = "职工人数"', f'label = "职工人数"\nrelevant = "{"(" * 400}1{")" * 400}"'),
        ("synthetic/01-unit.toml", 'label = "职工人数"', f'label = "职工人数"\nrelevant = "{"9**" * 60}9 > 1"'),
        ("synthetic/01-unit.toml", 'label = "职工人数"', 'label = "职工人数"\nrelevant = "employees > 1"'),
    ],
)  # fmt: skip
def test_forms_that_cannot_be_used_here_are_refused_before_anything_is_installed(
    tmp_path: Path, program: Path, data_dir: Path, name: str, old: str, new: str
) -> None:
    trust(PROVINCE)
    update = read_update(forged_pack(tmp_path, name, old, new))
    with pytest.raises(UpdateError) as caught:
        plan_of(update)
    assert caught.value.code == "update_unfit"
    assert str(caught.value).endswith("。")
    assert not (data_dir / "updates").exists()


def test_the_same_pack_untouched_is_taken(tmp_path: Path, program: Path) -> None:
    trust(PROVINCE)
    plan = plan_of(read_update(forged_pack(tmp_path, "round.toml", 'name = "2099"', 'name = "2099"')))
    assert plan.forms[0].new == 3


def test_a_program_is_no_pack(tmp_path: Path, program: Path) -> None:
    from pilotdesk.updates.building import describe_program

    setup = tmp_path / "PilotDesk-9.0-setup.exe"
    setup.write_bytes(b"MZ")
    built = describe_program(setup, "9.0", "新", PROVINCE)
    with pytest.raises(UpdateError) as caught:
        plan_of(read_update(built.path, KNOWN))
    assert caught.value.code == "update_not_pack"


def test_the_time_of_a_plan_does_not_depend_on_who_wrote_it(tmp_path: Path, program: Path) -> None:
    """Fields and their expressions are bounded by the size of the file, and what one expression may be by the language."""
    trust(PROVINCE)
    field = '\n[[group.field]]\nname = "f{n}"\ntype = "text"\nlabel = "栏{n}"\nrelevant = "{e}"\nsource = ["made_up"]\n'
    expression = " and ".join(f"given(f{n})" for n in range(9))
    many = "".join(field.format(n=n, e=expression if n > 9 else "") for n in range(300))
    path = forged_pack(tmp_path, "synthetic/01-unit.toml", 'label = "职工人数"', 'label = "职工人数"')
    contents = dict(read_update(path, KNOWN).contents)
    contents["synthetic/01-unit.toml"] += many.encode()
    marks = tuple(
        FileMark(path=name, size=len(content), sha256=hashlib.sha256(content).hexdigest())
        for name, content in contents.items()
    )
    path = forged(
        path,
        small_manifest(files=marks, forms=(FormMark(name="synthetic", title="表", version=3),)),
        b"".join(contents.values()),
    )
    with pytest.raises(UpdateError) as caught:  # there is no function of this name, and it says so 290 times
        plan_of(read_update(path))
    assert len(caught.value.context["mistakes"]) >= 290


def test_a_good_one_for_comparison(tmp_path: Path, program: Path) -> None:
    trust(PROVINCE)
    assert read_update(update_at(tmp_path / "x.pdpack")).kind == "pack"
