"""Broken files and files made to do harm in a folder: each is named with a reason, and nothing else happens."""

from __future__ import annotations

import multiprocessing
import os
import sys
import threading
import time
from pathlib import Path
from types import SimpleNamespace

import pytest

from pilotdesk.review.intake import pool as pools
from pilotdesk.review.intake import words
from pilotdesk.review.intake.pool import Pool
from pilotdesk.review.intake.records import Looking
from pilotdesk.review.records import State
from tests.documents import hostile_docx, hostile_pdf
from tests.review.intake_kit import DAY, Told, copy, marks, unit, zipped

MAKERS = hostile_docx.MAKERS | hostile_pdf.MAKERS


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    """One good unit, and in folders of their own everything that is bad."""
    folder = tmp_path_factory.mktemp("hostile")
    unit(1, folder / "好" / "申报书.pilot")
    for name, (make, _) in MAKERS.items():
        (folder / "坏").mkdir(exist_ok=True)
        make(folder / "坏" / name)
    with (folder / "坏" / "稀疏.pilot").open("wb") as opened:
        opened.truncate(5 << 30)
    for number in range(200):
        (folder / "空").mkdir(exist_ok=True)
        (folder / "空" / f"{number}.docx").touch()
    zipped(folder / "坏" / "外面.zip", {"../../出去.txt": b"out"})
    zipped(folder / "坏" / "里面.zip", {"坏.pilot": b"PK\x03\x04", "断.pdf": b"%PDF-1.7", "空.pilot": b""})
    (folder / "坏" / "断.jpg").write_bytes(b"no picture")
    (folder / "坏" / "程序.exe").write_bytes(b"MZ")
    if sys.platform != "win32":
        os.mkfifo(folder / "坏" / "管道.docx")
        (folder / "坏" / "出去.docx").symlink_to("/etc/hosts")
        (folder / "坏" / "两\n行.pilot").write_bytes(b"PK\x05\x06")
    return folder


@pytest.fixture(scope="module")
def told(hostile):
    before, around = marks(hostile), sorted(hostile.parent.iterdir())
    told = Told([hostile], workers=2)
    assert marks(hostile) == before
    assert sorted(hostile.parent.iterdir()) == around
    return told


def test_the_good_one_is_there_and_nothing_else_was_made_of_the_others(told):
    good = [one for one in told.submissions.values() if one.facts.unit == "第1单位"]
    assert len(good) == 1
    assert not [file for file in good[0].files if file.state is State.REFUSED]


def test_every_file_is_named_with_one_sentence(told, hostile):
    named = told.places
    for name in MAKERS:
        if not (hostile / "坏" / name).stat().st_size:
            continue
        file = named[f"坏/{name}"]
        assert "\n" not in file.sentence
        assert file.state is not State.REFUSED or file.sentence
    for name in ("稀疏.pilot", "外面.zip", "断.jpg", "程序.exe", "里面.zip › 坏.pilot", "里面.zip › 断.pdf"):
        assert named[f"坏/{name}"].sentence
    assert all(place.isprintable() for place in named)
    assert (named["坏/断.jpg"].state, named["坏/断.jpg"].sentence) == (State.REFUSED, words.NOT_WHOLE)


@pytest.mark.skipif(sys.platform == "win32", reason="no such files there")
def test_links_pipes_and_names_with_newlines_are_named(told):
    assert told.alone["坏/管道.docx"].sentence == words.SPECIAL
    assert told.alone["坏/出去.docx"].sentence == words.LINK
    assert told.alone["坏/两␊行.pilot"].sentence


def test_empty_files_are_one_line_and_counted(told):
    assert told.last.empty == 203
    assert [one.sentence for one in told.alone.values() if "空文件" in one.sentence] == [
        words.empty_files(203, ["坏/空的.docx", "坏/空的.pdf", "空/0.docx"])
    ]
    assert not [place for place in told.alone if place.startswith("空/")]


def test_no_file_is_lost(told):
    archives = {"坏/里面.zip"}
    lines = {""}
    assert len(told.places.keys() - lines) == told.last.found - told.last.empty - len(archives)
    assert told.last.looked == told.last.found


def test_nothing_came_out_of_an_archive(told, hostile):
    assert not list(hostile.parent.rglob("出去.txt"))


def dies(_found, _passwords, _today):
    os._exit(3)


def hangs(found, _passwords, _today):
    with hung_in(Path(found.path).parent).open("ab") as told:
        told.write(b".")
    threading.Event().wait()


def hung_in(folder):
    """A file beside a folder, as long as a worker has hung in it often."""
    return folder.with_name(f"{folder.name}.hung")


def serve(pipe, today, **changed):
    """A worker in which one file is not to be borne."""
    from pilotdesk.review.intake import looking

    whole = looking.look

    def look(found, passwords, today):
        broken = changed.get(os.path.splitext(os.path.basename(found.path))[0])
        return (broken or whole)(found, passwords, today)

    looking.look = look
    pools.serve(pipe, today)


def dying(pipe, today):
    serve(pipe, today, dies=dies)


def hanging(pipe, today):
    serve(pipe, today, hangs=hangs)


@pytest.mark.parametrize(("name", "worker"), [("dies.jpg", dying), ("hangs.jpg", hanging)])
def test_a_file_that_brings_its_worker_down_or_never_ends_costs_only_itself(tmp_path, name, worker):
    folder = tmp_path / "in"
    copy("a.pilot", folder / "a.pilot")
    for one in (name, "1.jpg", "2.jpg"):
        (folder / one).write_bytes(b"\xff\xd8\xff")
    hung = hung_in(folder)
    hung.touch()

    def now():
        """The time; an hour goes by whenever a worker hangs, and nothing else is late on a busy computer."""
        return time.monotonic() + 3600 * hung.stat().st_size

    found = Told([folder], pool=Pool(1, DAY, seconds=1800, serve=worker, now=now)).only
    sentences = {file.place: file.sentence for file in found.files}
    assert sentences == {"a.pilot": "", "1.jpg": "", "2.jpg": "", name: words.UNFINISHED}


class Held:
    """A process that the system does not let go of: killed, and still there."""

    exitcode = None

    def __init__(self, told):
        self._told = told

    def kill(self):
        self._told.append("killed")

    def join(self, seconds):
        self._told.append(seconds)


def test_processes_that_the_system_holds_hold_nobody_for_long(monkeypatch):
    told = []
    clock = SimpleNamespace(monotonic=lambda: sum(one for one in told if one != "killed"))
    monkeypatch.setattr(pools, "time", clock)
    pools.end_all([Held(told) for _ in range(4)])
    assert told == ["killed"] * 4 + [pools._ENDING_S, 0, 0, 0]


def stopping(pipe, _today):
    pipe.close()


def test_workers_that_cannot_even_start_never_hang_the_intake(tmp_path):
    copy("a.pilot", tmp_path / "a.pilot")
    told = Told([tmp_path], pool=Pool(1, DAY, serve=stopping))
    assert told.alone["a.pilot"].sentence == words.UNFINISHED


def test_a_worker_whose_program_was_killed_ends_in_silence(capfd):
    """It was at work, and nobody is there any more to take what it found."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=pools.serve, args=(theirs, DAY), daemon=True)
    process.start()
    theirs.close()
    ours.send(Looking(()))
    ours.close()
    process.join()
    assert process.exitcode == 0
    assert capfd.readouterr().err == ""
