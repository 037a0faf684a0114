"""Word and PDF of the sample application together, beside LibreOffice's conversion of that Word file, and bare scripts.

Every command is a new process, as LibreOffice's is; "in the running program" is the second time in one process.
"""

from __future__ import annotations

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

ROOT = Path(__file__).parents[2]

OUR_CARRIERS = """
import sys
from datetime import date
from pathlib import Path
from pilotdesk.documents.export import export_documents
from pilotdesk.drafts.package import read_package
from pilotdesk.projects import outlines_of, session_of_package
package = read_package(Path(sys.argv[1]))
session = session_of_package(package, date(2026, 6, 12), check_later=True)
outlines = outlines_of(session, draft=True)
def write():
    from pilotdesk.documents.pdf import write_pdf
    from pilotdesk.documents.pictures import Album
    from pilotdesk.documents.word import write_docx
    for n, outline in enumerate(outlines):
        album = Album(package.files.get)
        made = write_pdf(outline, Path(sys.argv[2], f"ours{n}.pdf"), None, album)
        write_docx(outline, Path(sys.argv[2], f"ours{n}.docx"), pages=made.pages, contents=made.headings, album=album)

def export():
    export_documents(outlines, Path(sys.argv[2]), content=package.files.get)

work = export if sys.argv[3] == "export" else write
work()
if sys.argv[4:]:  # once more, in the running program
    import time
    wall, processor = time.perf_counter(), time.process_time()
    work()
    print((time.perf_counter() - wall) * 1000, (time.process_time() - processor) * 1000)
"""


def installed() -> dict[str, str]:
    """The environment of an installed program, whose modules are compiled once."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def spent(command: list[str]) -> tuple[float, float]:
    """Milliseconds on the wall, and of processor time, of a whole process with its children."""
    begin = time.perf_counter()
    program = subprocess.Popen(
        command, cwd=ROOT, env=installed(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    _, status, usage = os.wait4(program.pid, 0)
    assert status == 0, command
    return (time.perf_counter() - begin) * 1000, (usage.ru_utime + usage.ru_stime) * 1000


def spent_again(command: list[str]) -> tuple[float, float]:
    """The same of the second time in one process, as it says itself: what somebody waits for in the open program."""
    run = subprocess.run(command, cwd=ROOT, env=installed(), check=True, capture_output=True, text=True)
    printed = run.stdout
    wall, processor = map(float, printed.split())
    return wall, processor


def carriers(
    report: Callable[..., None], today: date, bare_content: Callable[..., list], runs: int = 7
) -> None:
    """Paired runs: written only; the command line's export, read back and compared; LibreOffice; the bare libraries."""
    from pilotdesk.drafts.package import write_package
    from pilotdesk.projects import outline_of, package_of, sample_package, session_of_package

    with tempfile.TemporaryDirectory() as name:
        package, content = Path(name, "sample.pilot"), Path(name, "sample.json")
        sample = sample_package()
        session = session_of_package(sample, today)
        write_package(package_of(session, sample.files), package)
        content.write_text(json.dumps(bare_content(outline_of(session, draft=True))), "utf-8")
        ours = [sys.executable, "-c", OUR_CARRIERS, str(package), name]
        commands = {
            "written": [*ours, "write"],
            "export": [sys.executable, "-m", "pilotdesk", "export", str(package), "--to", name, "--draft"],
            "bare": [sys.executable, str(ROOT / "tests/bench/floors.py"), "documents", str(content), name],
        }
        office = shutil.which("soffice")
        if office:
            profile = f"-env:UserInstallation=file://{name}/profile"
            convert = [office, profile, "--headless", "--convert-to", "pdf", "--outdir", f"{name}/lo"]
            commands["office"] = [*convert, f"{name}/ours0.docx"]
        for command in commands.values():
            spent(command)  # compiles, makes LibreOffice's profile
        found = {kind: [] for kind in (*commands, "written again", "export again")}
        for _ in range(runs):
            for kind, command in commands.items():
                found[kind].append(spent(command))
            for kind in ("written", "export"):
                found[f"{kind} again"].append(spent_again([*ours, kind, "again"]))
        _tell(report, found)


def _tell(report: Callable[..., None], found: dict[str, list[tuple[float, float]]]) -> None:
    for at, clock in enumerate(("wall", "processor")):
        times = {kind: [pair[at] for pair in pairs] for kind, pairs in found.items()}
        report(f"Word and PDF written / bare scripts, {clock}", times["written"], times["bare"])
        report(
            f"Word and PDF written, read back, compared / bare scripts, {clock}",
            times["export"],
            times["bare"],
        )
        if "office" not in times:
            print("LibreOffice is not installed here")
            continue
        for kind, words in (
            ("written", "written"),
            ("written again", "written in the running program"),
            ("export", "written, read back, compared"),
            ("export again", "written, read back, compared in the running program"),
        ):
            ratio = statistics.median(a / b for a, b in zip(times["office"], times[kind], strict=True))
            office = statistics.median(times["office"])
            print(
                f"LibreOffice docx to pdf / Word and PDF {words}, {clock}: {office:.0f} ms = {ratio:.1f} times ours"
            )
