"""A folder of submissions taken in: the first row, what each takes from 20 to 1,000, and the memory of all processes together."""

from __future__ import annotations

import dataclasses
import json
import subprocess
import sys
import tempfile
from pathlib import Path

COUNTS = (20, 200, 1_000)
WITH_PRINTS = 20
"""Of so many submissions one has its Word file and PDF with it."""
ROOT = Path(__file__).parents[2]

TAKE_IN = """
import json, os, sys, threading, time
from datetime import date
from pathlib import Path
from pilotdesk.review.intake import Topic, take_in

def resident(pid):
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGESIZE") >> 10
    except (OSError, IndexError):
        return 0

def children():
    try:
        return Path(f"/proc/self/task/{os.getpid()}/children").read_text().split()
    except OSError:
        return []

def main():
    peak, over = [0], threading.Event()
    def watch():
        while not over.wait(0.1):
            peak[0] = max(peak[0], resident("self") + sum(map(resident, children())))
    threading.Thread(target=watch, daemon=True).start()
    begin = time.perf_counter()
    first, rows, told, findings = 0.0, set(), 0, 0
    for news in take_in([Path(sys.argv[1])], today=date(2026, 6, 12)):
        if news.topic is Topic.SUBMISSION:
            first = first or time.perf_counter() - begin
            rows = rows - set(news.gone) | {news.submission.key}
            told += 1
            findings += len(news.submission.findings)
        assert news.topic is not Topic.ALONE, news.file
    spent = time.perf_counter() - begin
    over.set()
    print(json.dumps([first, spent, sum(os.times()[:4]), len(rows), told, findings, peak[0] / 1024]))

if __name__ == "__main__":
    main()
"""


def intake() -> None:
    """Packages with ten attachments each, of units of their own, each in its folder."""
    with tempfile.TemporaryDirectory() as name:
        script = Path(name, "take_in.py")
        script.write_text(TAKE_IN, "utf-8")
        for count in COUNTS:
            folder = Path(name, str(count))
            make_submissions(folder, count)
            command = [sys.executable, str(script), str(folder)]
            environment = {"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", "PILOTDESK_DATA": name}
            run = subprocess.run(
                command, cwd=ROOT, env=environment, check=True, capture_output=True, text=True
            )
            first, spent, processor, rows, told, findings, peak = json.loads(run.stdout)
            assert rows == count, (rows, count)
            print(
                f"{count} submissions: first row {first:.1f} s, all {spent:.1f} s, {spent / count * 1000:.0f} ms each"
                f" ({processor / count * 1000:.0f} ms of processors),"
                f" told {told} times, {findings} findings, peak of all processes {peak:.0f} MiB"
            )


def make_submissions(folder: Path, count: int) -> None:
    """The sample under other names; every so often with its Word file and PDF, which are those of a copy."""
    from pilotdesk.drafts.package import write_package
    from pilotdesk.projects import export_session, sample_package, session_of_package
    from tests.bench.__main__ import TODAY

    sample = dataclasses.replace(sample_package(), practice=False)
    files = {sha256: sample.files[sha256] for sha256 in sample.files}
    for number in range(count):
        own = {
            "uscc": f"9143010000{number:08}",
            "unit_name": f"第{number}单位",
            "project_name": f"第{number}单位标准化试点",
            "staff_count": 40 + number,
        }
        package = dataclasses.replace(sample, values={**sample.values, **own}, files=files, revision=0)
        place = folder / f"单位{number}"
        place.mkdir(parents=True)
        write_package(package, place / "申报书.pilot")
        if number % WITH_PRINTS == 0 and number < 10 * WITH_PRINTS:
            export_session(session_of_package(package, TODAY), place, content=files.get, draft=True)
