"""The end in the middle of long work: by the mouse, by a signal, at a shutdown, by a kill; in real processes, at random moments.

Said of each round is what is not as it should be: a process that stays, a file that is neither whole nor the old one nor
missing, something typed that is gone, something half-written that the next start and the next work of its kind leave there,
a next start that speaks of a power cut where there was none, or does not where there was one.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from pilotdesk.atomic import replacing
from pilotdesk.errors import PilotDeskError
from tests.kill.rounds import unclean

ROOT = Path(__file__).parents[2]
CHILD = ROOT / "tests" / "bench" / "endings_child.py"
KINDS = ("export", "backup", "package", "kit", "intake")
ENDS = ("close", "term", "session", "kill")
ENDS_S = 120.0
LONGEST_S = {"export": 4.0, "backup": 0.5, "package": 1.5, "kit": 1.5, "intake": 6.0}
"""About how long the work takes; the end comes somewhere in it."""
OLD = b"what stood there before"
POWER_CUT = "没有正常关闭"


class _Program:
    """A running program in a session of its own, so that whoever of it stays is found."""

    def __init__(self, room: Path, *arguments: str) -> None:
        temporary = room / "temp"
        temporary.mkdir(exist_ok=True)
        self.process = subprocess.Popen(
            [sys.executable, str(CHILD), *arguments], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=(room / "stderr.txt").open("ab"), text=True, encoding="utf-8", start_new_session=True,
            env={
                **os.environ, "PILOTDESK_DATA": str(room / "data"), "QT_QPA_PLATFORM": "offscreen",
                "PYTHONUTF8": "1", "PYTHONPATH": str(ROOT), "TMPDIR": str(temporary),
            },
        )  # fmt: skip
        self.told: list[dict[str, object]] = []
        self._heard = threading.Condition()
        self._is_over = False
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        for line in self.process.stdout or ():
            with self._heard:
                self.told.append(json.loads(line))
                self._heard.notify_all()
        with self._heard:
            self._is_over = True
            self._heard.notify_all()

    def wait_for(self, kind: str) -> dict[str, object] | None:
        """What it told of a kind; ``None`` when it ended without."""

        def found() -> dict[str, object] | None:
            return next((one for one in self.told if one["kind"] == kind), None)

        with self._heard:
            self._heard.wait_for(lambda: self._is_over or found(), ENDS_S)
            return found()

    def order(self, *words: str) -> None:
        try:
            self.process.stdin.write("\t".join(words) + "\n")
            self.process.stdin.flush()
        except OSError:  # it has ended by itself
            pass

    def ended_after(self) -> float | None:
        """Seconds until it and all that it started were gone; ``None`` when something stayed, which is killed."""
        begin = time.monotonic()
        try:
            self.process.wait(ENDS_S)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            return None
        while time.monotonic() - begin < ENDS_S:
            try:
                os.killpg(self.process.pid, 0)
            except ProcessLookupError:
                return time.monotonic() - begin
            time.sleep(0.05)
        os.killpg(self.process.pid, signal.SIGKILL)
        return None


def _make_room(room: Path) -> None:
    """A data directory with one draft and its attachments, a hand-over file of it, and a folder that came in."""
    import hashlib

    from pilotdesk.clock import SYSTEM_CLOCK
    from pilotdesk.drafts.package import write_package
    from pilotdesk.drafts.store import DraftStore
    from pilotdesk.forms.shipped import load_shipped
    from pilotdesk.projects import sample_package
    from pilotdesk.projects.handover import project_copy
    from pilotdesk.projects.handover.making import write_kit
    from pilotdesk.projects.shelf import Shelf

    sample = replace(sample_package(), practice=False)
    store = DraftStore(room / "data", SYSTEM_CLOCK)
    draft = Shelf(store, SYSTEM_CLOCK).take_in(sample)
    for _ in range(12):
        content = os.urandom(2 * 2**20)
        store.attach(draft, hashlib.sha256(content).hexdigest(), content)
    (room / "source").mkdir()
    copy = project_copy(store, store.cards()[0].project_id)
    write_kit(copy, load_shipped("2026").round, room / "source" / "交接.zip", SYSTEM_CLOCK)
    store.close()
    for number in range(8):
        own = {
            "uscc": f"9143010000{number:08}",
            "unit_name": f"第{number}单位",
            "project_name": f"第{number}试点",
        }
        place = room / "source" / "报来的" / f"单位{number}"
        place.mkdir(parents=True)
        write_package(replace(sample, values={**sample.values, **own}), place / "申报书.pilot")
    shutil.make_archive(
        str(room / "source" / "报来的" / "打包的"), "zip", room / "source" / "报来的" / "单位0"
    )


def _round(
    number: int, seed: str, made: Path, kinds: tuple[str, ...], ends: tuple[str, ...]
) -> tuple[str, list[str], float]:
    """One round: what was done, what is wrong, seconds until the end."""
    rng = random.Random(f"{seed}/{number}")
    kind, end = kinds[number % len(kinds)], ends[number // len(kinds) % len(ends)]
    with tempfile.TemporaryDirectory(prefix="endings-", ignore_cleanup_errors=True) as name:
        room = Path(name)
        shutil.copytree(made / "data", room / "data", copy_function=shutil.copyfile)
        target = room / "target"
        target.mkdir()
        stood = {}
        if rng.random() < 0.5:
            stood = {file: OLD for file in _names_written(made, kind)}
            for file in stood:
                (target / file).write_bytes(OLD)
        begun, spent, told, typed_ago = _ended(room, made / "source", target, kind, end, rng)
        if not begun:
            return f"{kind} {end}", [f"NEVER BEGAN {told}"], 0.0
        wrong = [] if spent is not None else ["A PROCESS STAYED"]
        if end == "term" and any(one["kind"] == "asked" for one in told):
            wrong.append("SOMETHING WAS ASKED")
        wrong += _wrong_files(target, kind)
        wrong += _wrong_store(room, must_be_there=end != "kill" or typed_ago > 1.5)
        wrong += _wrong_start(room, made / "source", target, kind, is_cut=unclean(room / "data"))
        noise = (room / "stderr.txt").read_text("utf-8", "replace")
        if "Traceback" in noise or "Fatal" in noise:
            wrong.append(f"SAID {noise[-600:]}")
        return f"{kind} {end}", wrong, spent or 0.0


def _names_written(made: Path, kind: str) -> list[str]:
    if kind == "package":
        return ["存出来的.pilot"]
    return (made / "exported.txt").read_text("utf-8").split("\n") if kind == "export" else []


def _ended(room: Path, source: Path, target: Path, kind: str, end: str, rng: random.Random):
    """Begin the work, end the program in the middle of it; whether it began, seconds, what it told, how long ago was typed."""
    program = _Program(room)
    program.wait_for("hears")
    program.order("open")
    program.order("type", "刚写下的名称")
    program.wait_for("typed")
    typed = time.monotonic()
    if kind != "export" and rng.random() < 0.5:
        time.sleep(rng.random())
    program.order("do", kind, str(source), str(target))
    begun = program.wait_for("begun") is not None
    time.sleep(rng.random() * LONGEST_S[kind])
    ago = time.monotonic() - typed
    if end == "term":
        program.process.send_signal(signal.SIGTERM)
    elif end == "kill":
        program.process.kill()
    else:
        program.order(end)
    spent = program.ended_after()
    return begun, spent, program.told, ago


def _wrong_files(target: Path, kind: str) -> list[str]:
    """Files that are neither whole nor the old ones."""
    wrong = []
    for file in (one for one in target.rglob("*") if one.is_file() and not one.name.startswith(".")):
        if file.read_bytes() == OLD:
            continue
        try:
            if file.suffix == ".pdf":
                import pypdfium2

                document = pypdfium2.PdfDocument(file)
                assert len(document)
                document.close()
            elif file.suffix == ".docx":
                assert ZipFile(file).testzip() is None
            elif file.suffix == ".pilot":
                from pilotdesk.drafts.package import read_package

                read_package(file)
            elif file.suffix == ".db":
                with sqlite3.connect(file) as connection:
                    assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
                connection.close()
        except (
            OSError,
            ValueError,
            AssertionError,
            RuntimeError,
            PilotDeskError,
            BadZipFile,
            sqlite3.Error,
        ) as trouble:
            wrong.append(f"{kind}: {file.name} IS NOT WHOLE: {trouble!r}")
    return wrong


def _wrong_store(room: Path, *, must_be_there: bool) -> list[str]:
    from pilotdesk.drafts.connection import FILE_NAME
    from pilotdesk.drafts.health import health_of

    database = room / "data" / FILE_NAME
    copy = room / "looked-at.db"
    for ending in ("", "-wal"):
        source = database.with_name(database.name + ending)
        if source.exists():
            shutil.copyfile(source, copy.with_name(copy.name + ending))
    wrong = [] if health_of(copy).is_sound else ["THE DATABASE IS NOT SOUND"]
    with sqlite3.connect(copy) as connection:
        found = connection.execute(
            "SELECT count(*) FROM answer WHERE value LIKE '%刚写下的名称%'"
        ).fetchone()[0]
    connection.close()
    if must_be_there and not found:
        wrong.append("WHAT WAS TYPED IS GONE")
    for ending in ("", "-wal", "-shm"):
        copy.with_name(copy.name + ending).unlink(missing_ok=True)
    return wrong


def _half(room: Path, target: Path) -> list[str]:
    """What lies there half-written."""
    left = [one for one in target.rglob("*") if one.name.startswith(".") or ".part" in one.name]
    left += [one for one in (room / "data").rglob("*") if ".part" in one.name or one.name == "closing.json"]
    left += list((room / "temp").iterdir())
    return sorted(str(one.relative_to(room)) for one in left)


def _wrong_start(room: Path, source: Path, target: Path, kind: str, *, is_cut: bool) -> list[str]:
    """What the next start says; and what is left after it, and after the same work done to its end, a month later."""
    then = time.time() - 30 * 24 * 3600
    for place in (target, room / "temp", room / "data"):
        for one in place.rglob("*"):
            if ".part" in one.name or place != room / "data":
                os.utime(one, (then, then))
    wrong = []
    program = _Program(room)
    program.wait_for("hears")
    program.order("look")
    seen = program.wait_for("seen")
    if seen is None:
        return [f"THE NEXT START DID NOT STAND {program.told}"]
    speaks = any(POWER_CUT in strip for strip in seen["strips"])
    if speaks and not is_cut:
        wrong.append("SPEAKS OF A POWER CUT")
    if is_cut and not speaks:
        wrong.append("DOES NOT SPEAK OF THE CUT")
    if any(one["kind"] == "held" for one in program.told):
        wrong.append("ASKED WHO HAS THE DATA")
    program.order("open")
    program.order("type", "再改一次")  # so that a copy is made at the end, which tidies up
    program.wait_for("typed")
    program.order("close")
    if program.ended_after() is None:
        wrong.append("THE NEXT START STAYED")
    with replacing(target / "下一份.txt") as part:  # whatever is written there next tidies up
        part.write_bytes(b"")
    wrong += [f"LEFT {_plain(one)}" for one in _half(room, target)]
    return wrong


def _plain(path: str) -> str:
    """A path without what is drawn anew each time."""
    import re

    return re.sub(r"[0-9a-f]{8}(?=\.part)|(?<=pilotdesk-)\w{8}", "*", path)


def endings(rounds: int = 40) -> None:
    """Run the rounds, two at a time; ``PILOTDESK_ENDINGS_SEED``, ``_ROUNDS``, ``_KINDS`` and ``_ENDS`` choose others."""
    seed = os.environ.get("PILOTDESK_ENDINGS_SEED") or os.urandom(3).hex()
    rounds = int(os.environ.get("PILOTDESK_ENDINGS_ROUNDS", rounds))
    kinds = tuple(os.environ.get("PILOTDESK_ENDINGS_KINDS", " ".join(KINDS)).split())
    ends = tuple(os.environ.get("PILOTDESK_ENDINGS_ENDS", " ".join(ENDS)).split())
    found: Counter[str] = Counter()
    longest = 0.0
    with tempfile.TemporaryDirectory(prefix="endings-") as name, ThreadPoolExecutor(2) as pool:
        made = Path(name)
        _make_room(made)
        (made / "exported.txt").write_text("\n".join(_exported_names(made)), "utf-8")
        for number, (done, wrong, spent) in enumerate(
            pool.map(lambda number: _round(number, seed, made, kinds, ends), range(rounds))
        ):
            found.update([f"{done}: {'; '.join(wrong) or 'as it should be'}"])
            longest = max(longest, spent)
            if wrong:
                print(f"  round {number}, {done}: {'; '.join(wrong)}", flush=True)
    print(f"endings: {rounds} rounds, the longest end {longest:.1f} s; seed {seed}")
    for words, count in sorted(found.items()):
        print(f"  {count:4} {words}")


def _exported_names(made: Path) -> list[str]:
    from pilotdesk.clock import SYSTEM_CLOCK
    from pilotdesk.drafts.package import read_package
    from pilotdesk.projects import export_session, session_of_package

    package = read_package(made / "source" / "报来的" / "单位0" / "申报书.pilot")
    values = {**package.values, "project_name": "刚写下的名称"}
    session = session_of_package(replace(package, values=values), SYSTEM_CLOCK.today())
    result = export_session(session, made / "exported", draft=True)
    return [file.path.name for file in result.files]
