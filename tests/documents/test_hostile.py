"""Files made to do harm: each gets one sentence with its name, and costs no more memory than a good one."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from pilotdesk.documents.carriers import read_carrier
from pilotdesk.documents.opened import OpenedDocx
from pilotdesk.drafts.package import read_package
from pilotdesk.errors import PilotDeskError
from pilotdesk.projects.verifying import verify
from tests.documents import hostile_docx, hostile_pdf

MORE_BYTES = 300 << 20
"""Address space that a hostile file may take beyond what the program has."""

MAKERS = hostile_docx.MAKERS | hostile_pdf.MAKERS
PROPERTIES_ONLY = {"属性里的实体.docx", "路径炸弹.docx", "路径太深.docx", "路径是数.docx"}
"""Whose harm is in our own properties, which filling a foreign form never reads."""

CHILD = """
import json, sys
from pathlib import Path
from pilotdesk.documents.carriers import read_carrier
from pilotdesk.documents.opened import OpenedDocx
from pilotdesk.drafts.package import read_package
from pilotdesk.errors import PilotDeskError
read_carrier(Path(sys.argv[3])), read_carrier(Path(sys.argv[4]))  # everything is imported, and the allocator warm
if sys.platform == "linux":
    import resource
    now = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (now + int(sys.argv[2]), now + int(sys.argv[2])))
told = {}
for path in sorted(Path(sys.argv[1]).iterdir()):
    readers = {"pdf": [read_carrier], "pilot": [read_package]}.get(path.suffix[1:], [read_carrier, OpenedDocx.open])
    told[path.name] = []
    for reader in readers:
        try:
            reader(path)
            told[path.name].append(["ok", ""])
        except PilotDeskError as trouble:
            told[path.name].append([trouble.code, str(trouble)])
print(json.dumps(told))
"""


def pilot_bomb(path):
    hostile_docx.ours(path)
    hostile_docx.with_packed(path, "answers.json", b"".join(hostile_docx.zeros(1536 << 20)), told=1536 << 20)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    """A folder with all of them."""
    folder = tmp_path_factory.mktemp("hostile")
    for name, (make, _) in MAKERS.items():
        make(folder / name)
    pilot_bomb(folder / "炸弹.pilot")
    (folder / "百万成员.pilot").hardlink_to(folder / "百万成员.docx")
    return folder


@pytest.fixture(scope="module")
def good(tmp_path_factory):
    folder = tmp_path_factory.mktemp("good")
    return hostile_docx.ours(folder / "好的.docx"), hostile_pdf.ours(folder / "好的.pdf")


@pytest.fixture(scope="module")
def told(hostile, good):
    """What a program with little memory says of each: code and sentence by reader."""
    command = [sys.executable, "-c", CHILD, str(hostile), str(MORE_BYTES), *map(str, good)]
    root = Path(__file__).parents[2]
    run = subprocess.run(command, capture_output=True, text=True, cwd=root, timeout=280)
    assert run.returncode == 0, run.stderr[-2_000:]
    return json.loads(run.stdout)


@pytest.mark.parametrize("name", MAKERS)
def test_a_hostile_file_gets_one_sentence_within_bounded_memory(told, name):
    codes = MAKERS[name][1].split()
    first, *others = told[name]
    assert first[0] in codes
    for code, sentence in (first, *others):
        if code != "ok":
            assert name in sentence
            assert "\n" not in sentence
    for code, _ in others:
        assert code in codes or name in PROPERTIES_ONLY


def test_hostile_packages_are_refused_too(told):
    assert {name for name in told if name.endswith(".pilot")} == {"炸弹.pilot", "百万成员.pilot"}
    for name in ("炸弹.pilot", "百万成员.pilot"):
        assert told[name][0][0] != "ok"
        assert name in told[name][0][1]


def test_nothing_of_another_file_comes_in(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text(hostile_docx.SECRET)
    path = tmp_path / "外部实体.docx"
    declared = f'<!ENTITY x SYSTEM "{secret.as_uri()}">'
    late = f"?><!--{'-x' * 20_000}-->"
    change = hostile_docx.entity(declared, "x")
    hostile_docx.changed(
        hostile_docx.DOCUMENT, lambda content: change(content).replace(b"?>", late.encode(), 1)
    )(path)
    for reader in (read_carrier, OpenedDocx.open):
        with pytest.raises(PilotDeskError) as caught:
            reader(path)
        assert hostile_docx.SECRET not in str(caught.value)


def test_good_files_are_compared_among_hostile_ones(hostile, good):
    cheap = [path for path in sorted(hostile.iterdir()) if path.stat().st_size < 1 << 20]
    files = [good[0], *cheap, good[1]]
    found = verify(files, read=read_package, today=date(2026, 6, 12))
    assert len(found.findings) == len(files)
    assert not found.readable
    for path, finding in zip(files, found.findings, strict=True):
        assert finding.documents or path.name in finding.sentence
    assert any({0, len(files) - 1} <= set(group.files) for group in found.groups)
    assert {found.findings[0].state, found.findings[-1].state} == {"unchanged"}


def test_a_pdf_that_was_turned_is_told_as_changed(tmp_path):
    """Who changes the words of the marks, the digest or the attachments, is found."""

    def other(pdf):
        pdf.docinfo["/pilotdesk.attachments"] = "0123456789abcdef"

    path = tmp_path / "改过.pdf"
    hostile_pdf.edited(other)(path)
    assert not read_carrier(path).unchanged

    def longer(pdf):
        pdf.docinfo["/pilotdesk.title"] = "长" * 3_000

    hostile_pdf.edited(longer)(path)
    with pytest.raises(PilotDeskError) as caught:
        read_carrier(path)
    assert caught.value.code == "pdf_foreign"


def test_marks_that_tell_other_words_than_one_sees_do_not_count(tmp_path):
    import pikepdf

    def turn(pdf):
        for page in pdf.pages:
            content = page.Contents.read_bytes()
            made = content.replace(b"/T <", b"/T <E58187", 1)
            if made != content:
                page.Contents = pdf.make_stream(made)
                return
        raise AssertionError("no mark tells its answer")

    path = tmp_path / "假话.pdf"
    with pikepdf.open(hostile_pdf.ours(tmp_path / "a.pdf")) as pdf:
        turn(pdf)
        pdf.save(path)
    carrier = read_carrier(path)
    assert len(carrier.changed) == 1
    assert not carrier.unchanged
