"""Ten thousand damaged packages: each is read or refused in a sentence, in little memory, and nothing is written anywhere."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pilotdesk.drafts.package import read_package, write_package
from pilotdesk.errors import PackageError
from pilotdesk.forms.attic import AtticEntry
from tests.drafts.test_package import package
from tests.forms.values_strategies import names, texts, values

ROOT = Path(__file__).resolve().parents[2]
COUNT = 10_000
MEMORY_KIB = 64 * 1024
"""By how much the process may grow while it reads them all."""

# A process of its own: it may open files for writing in one folder only, and its memory is measured from outside Python.
CHILD = """
import json, os, sys
from pathlib import Path
folder, count = Path(sys.argv[1]), int(sys.argv[2])
from tests.drafts.package_fuzz import read_all
read_all(seed=0, count=60, folder=folder)
try:
    from resource import RUSAGE_SELF, getrusage
    peak = lambda: getrusage(RUSAGE_SELF).ru_maxrss
except ImportError:
    peak = lambda: 0
written = []
CHANGING = {"os.remove", "os.rename", "os.mkdir", "os.rmdir", "os.link", "os.symlink", "subprocess.Popen", "os.system"}
def watch(event, given):
    changes = event in CHANGING or event == "open" and given[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)
    if not changes or isinstance(given[0], int):  # a descriptor: its path was seen when it was opened
        return
    path = Path(os.fsdecode(given[0]))
    if folder not in (path, *path.parents):
        written.append(f"{event} {given[0]}")
sys.addaudithook(watch)
before = peak()
outcomes = read_all(seed=1, count=count, folder=folder)
print(json.dumps({"outcomes": outcomes, "grown": peak() - before, "written": written}))
"""


def test_ten_thousand_damaged_packages(tmp_path):
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", CHILD, str(tmp_path), str(COUNT)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert sum(told["outcomes"].values()) == COUNT
    assert told["outcomes"]["read"] < COUNT / 5
    assert len(told["outcomes"]) >= 9  # the mutants reach every part of the guard
    assert told["written"] == []
    assert told["grown"] < MEMORY_KIB
    assert list(tmp_path.iterdir()) == []


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """A sealed package, and its password."""
    path = tmp_path_factory.mktemp("sealed") / "a.pilot"
    write_package(package(), path, "八个字以上的密码")
    return path.read_bytes()


@settings(max_examples=60, deadline=None)
@given(at=st.integers(min_value=0), change=st.integers(1, 255), cut=st.booleans())
def test_a_sealed_package_is_itself_or_refused(tmp_path_factory, whole, at, change, cut):
    path = tmp_path_factory.mktemp("p") / "变.pilot"
    at %= len(whole)
    path.write_bytes(whole[:at] if cut else whole[:at] + bytes([whole[at] ^ change]) + whole[at + 1 :])
    with pytest.raises(PackageError) as refusal:
        read_package(path, "八个字以上的密码")
    # Its first 16 bytes say that it is sealed; without them it is a damaged file like another.
    assert refusal.value.code == "package_damaged"


answers = st.dictionaries(names, values, max_size=6)
attic = st.fixed_dictionaries(
    {"path": names, "label": texts, "text": texts, "value": values, "why": texts, "at": texts}
).map(lambda words: AtticEntry(**words))


@settings(max_examples=150, deadline=None)
@given(
    changes=st.fixed_dictionaries(
        {
            "values": answers,
            "carried": answers,
            "accepted": st.dictionaries(texts, texts, max_size=3),
            "attic": st.lists(attic, max_size=2).map(tuple),
            "revision": st.integers(0, 2**31 - 1),
            "practice": st.booleans(),
        }
    )
)
def test_what_comes_out_is_what_went_in(tmp_path_factory, changes):
    path = tmp_path_factory.mktemp("p") / "a.pilot"
    whole = package(**changes)
    write_package(whole, path)
    read = read_package(path)
    assert read == whole
    write_package(read, path.with_name("b.pilot"))
    assert path.with_name("b.pilot").read_bytes() == path.read_bytes()
