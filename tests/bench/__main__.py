"""``python -m tests.bench``: figures and ratios, each beside a floor or a peer measured in the same run.

Not part of the tests: a busy machine is not a bug. Every pair is taken in turn (A B A B …) and compared by
the median of the ratios, so that a machine that drifts does not decide.
"""

from __future__ import annotations

import compileall
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

from tests.bench.attachments import attachments
from tests.bench.bulk import bulk
from tests.bench.carriers import carriers, installed
from tests.bench.desk import desk
from tests.bench.desk_panel import desk_panel
from tests.bench.desk_table import desk_table
from tests.bench.desk_window import desk_window
from tests.bench.endings import endings
from tests.bench.faults import faults
from tests.bench.flips import flips
from tests.bench.history import history
from tests.bench.intake import intake
from tests.bench.kill import kill
from tests.bench.packages import packages
from tests.bench.province import province
from tests.bench.saving import saving
from tests.bench.second import second
from tests.bench.verifying import verifying

ROOT = Path(__file__).parents[2]
TODAY = date(2026, 6, 12)


def main() -> None:
    """Run the parts named on the command line, or all of them."""
    parts = {
        "start": start,
        "export": export,
        "check": check,
        "keystroke": keystroke,
        "bulk": lambda: bulk(report),
        "attachments": lambda: attachments(TODAY, report),
        "history": lambda: history(report),
        "save": lambda: saving(report, TODAY),
        "packages": lambda: packages(report),
        "flips": flips,
        "kill": kill,
        "faults": faults,
        "carriers": lambda: carriers(report, TODAY, bare_content),
        "verify": lambda: verifying(TODAY),
        "intake": intake,
        "desk": desk,
        "desk_panel": desk_panel,
        "desk_table": desk_table,
        "desk_window": desk_window,
        "province": province,
        "second": second,
        "endings": endings,
    }
    for name in sys.argv[1:] or parts:
        parts[name]()


def report(name: str, ours: list[float], floor: list[float], unit: str = "ms") -> None:
    """One line: medians, and the median of the paired ratios."""
    ratio = statistics.median(a / b for a, b in zip(ours, floor, strict=True))
    print(
        f"{name}: {statistics.median(ours):.1f} {unit} / {statistics.median(floor):.1f} {unit} = {ratio:.2f}"
    )


# -- start ---------------------------------------------------------------------------------------

OUR_WINDOW = """
import time
from pilotdesk.app import run_window
run_window(sample=True, first_painted=lambda: print(time.time(), flush=True))
"""

OUR_PAGE = """
import time
from PySide6.QtWidgets import QApplication
from pilotdesk.app import run_window
from pilotdesk.ui.navigation.opening import Opening

finish = Opening.finish

def painted(opening):
    if not opening.has_page:  # nothing was held yet
        return finish(opening)
    print(time.time(), flush=True)
    QApplication.quit()

Opening.finish = painted  # called when the first page of the draft has been painted
run_window(sample=True)
"""


def first_paint(command: list[str], environment: dict[str, str]) -> float:
    """Milliseconds from the start of a process to its first painted window or page."""
    begin = time.time()
    printed = subprocess.run(
        command, env=environment, cwd=ROOT, check=True, capture_output=True, text=True
    ).stdout
    return (float(printed.split()[-1]) - begin) * 1000


def start(runs: int = 9) -> None:
    """Start to the first painted window, and to the first painted page of the sample, beside a bare window.

    The window is a frame that says what is being opened. The page is the first step with its real editors and
    values, in its place in that frame; header, sidebar, foot and the checks follow it and are not in the figure.
    """
    compileall.compile_dir(ROOT / "pilotdesk", quiet=2)
    with tempfile.TemporaryDirectory() as data:
        environment = {"QT_QPA_PLATFORM": "offscreen", **os.environ, "PILOTDESK_DATA": data}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        bare = [sys.executable, str(ROOT / "tests/bench/floors.py"), "window"]
        children = {"window": [sys.executable, "-c", OUR_WINDOW], "page": [sys.executable, "-c", OUR_PAGE]}
        for command in (*children.values(), bare):
            first_paint(
                command, environment
            )  # keeps the sample and compiles the libraries, as a first start does
        for kind, command in children.items():
            pairs = [(first_paint(command, environment), first_paint(bare, environment)) for _ in range(runs)]
            name = f"start to the first painted {kind} of the sample / bare window"
            report(name, [a for a, _ in pairs], [b for _, b in pairs])


# -- export --------------------------------------------------------------------------------------

OUR_EXPORT = """
import sys
from datetime import date
from pathlib import Path
from pilotdesk.drafts.package import read_package
from pilotdesk.projects import export_session, session_of_package
session = session_of_package(read_package(Path(sys.argv[1])), date(2026, 6, 12))
export_session(session, Path(sys.argv[2]), draft=True)
"""


def timed(command: list[str]) -> tuple[float, float]:
    """Milliseconds and peak memory (MiB) of a process."""
    begin = time.perf_counter()
    program = subprocess.Popen(command, cwd=ROOT, env=installed(), stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(program.pid, 0)
    assert status == 0, command
    return (time.perf_counter() - begin) * 1000, usage.ru_maxrss / 1024


def export(runs: int = 5) -> None:
    """Export of the sample and of the maximal draft to both files, beside bare library scripts."""
    from pilotdesk.drafts.package import write_package
    from pilotdesk.projects import outline_of, package_of, sample_package, session_of_package
    from tests.contract.test_every_field import maximal

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        sessions = {
            "sample": session_of_package(sample_package(), TODAY),
            "maximal": maximal("2026", "application"),
        }
        for kind, session in sessions.items():
            package, content = folder / f"{kind}.pilot", folder / f"{kind}.json"
            write_package(package_of(session, {}), package)
            content.write_text(json.dumps(bare_content(outline_of(session, draft=True))), "utf-8")
            ours = [sys.executable, "-c", OUR_EXPORT, str(package), name]
            bare = [sys.executable, str(ROOT / "tests/bench/floors.py"), "documents", str(content), name]
            pairs = [(timed(ours), timed(bare)) for _ in range(runs)]
            report(f"export of the {kind} / bare scripts", [a[0] for a, _ in pairs], [b[0] for _, b in pairs])
            report(f"  peak memory of the {kind}", [a[1] for a, _ in pairs], [b[1] for _, b in pairs], "MiB")
            characters = sum(len(answer.text) for answer in outline_of(session, draft=True).answers)
            print(
                f"  {characters} characters, {statistics.median(a[0] for a, _ in pairs) / characters * 1000:.0f} µs each"
            )


def bare_content(outline) -> list:
    """The outline's words without its layout: texts, and tables as rows of texts."""
    from pilotdesk.documents import blocks as kinds

    def words(cell) -> str:
        return cell.text or "　".join(tick.label for tick in cell.ticks)

    pieces: list = []
    for block in outline.blocks:
        match block:
            case kinds.Grid():
                pieces.append(("table", [[words(cell) for cell in row.cells] for row in block.rows]))
            case kinds.Table():
                rows = [list(block.head), *([words(cell) for cell in row] for row in block.rows)]
                pieces += [("text", block.caption), ("table", rows)]
            case kinds.SealBlock():
                pieces.append(
                    ("table", [[block.label, "\n".join((*block.paragraphs, block.answer, block.right))]])
                )
            case kinds.Cover():
                pieces += [("text", f"{line.label} {''.join(line.values)}") for line in block.lines]
            case kinds.Notes():
                pieces += [("text", entry) for entry in block.entries]
            case kinds.Heading() | kinds.Body():
                pieces.append(("text", block.text))
            case kinds.Pledge():
                pieces += [("text", paragraph) for paragraph in block.paragraphs]
            case _:
                pass
    return pieces


# -- check ---------------------------------------------------------------------------------------

KEYS = {
    "unit_name": "南汀县政务服务中心{}",
    "unit_introduction": "南汀县政务服务中心是县政府直属单位，编制42名，" * 20 + "{}",
    "overall_target": "到2028年底，服务对象满意度由90.3%提高到96%。" * 20 + "{}",
    "targets[{row}].value_2027": "{}",
    "standards[{row}].number": "GB/T {}—2020",
    "standards[{row}].system_code": "202.{}",
}
"""Where somebody types, and what: the round of the bench is put in for ``{}``."""


def check(runs: int = 15, keys: int = 40) -> None:
    """The full check of 300 standards and 40 targets, and the check after one keystroke, beside a bare loop.

    Time of this process only: a check neither waits nor writes.
    """
    from pilotdesk.rules.engine import Engine
    from tests.contract.test_every_field import maximal

    session = maximal("2026", "application")
    full, bare = [], []
    for at in range(runs + 1):
        if at == 0:
            forget_texts()
        engine = Engine(session.form, session.round, TODAY)
        engine.start(dict(session.values), {}, check_later=True)
        if at == 0:
            print(f"first full check, with no text looked at before: {processor_ms(engine.check):.1f} ms")
            continue
        full.append(processor_ms(engine.check))
        bare.append(processor_ms(lambda: bare_loop(session.values)))
    report("full check, 300 standards, 40 targets / bare loop over the same rows", full, bare)
    session.check()
    for path, text in KEYS.items():
        table = path.partition("[")[0]
        place = path.format(row=session.rows(table)[0].id) if "[" in path else path
        typed, floor = [], []
        for at in range(keys):
            value = text.format(at + 10)
            typed.append(processor_ms(lambda v=value, p=place: session.set_text(p, v, origin="bench")))
            floor.append(processor_ms(lambda: bare_loop(session.values)))
        report(f"check after a keystroke in {path} / the same loop", typed, floor)


def forget_texts() -> None:
    """Takes away what the scans remember of texts, as when a draft has just been opened."""
    from pilotdesk.rules import scan_copied, scan_figures, scan_phrases, scan_standards, scan_units

    for module in (scan_copied, scan_figures, scan_phrases, scan_standards, scan_units):
        for known in vars(module).values():
            if hasattr(known, "cache_clear"):
                known.cache_clear()


def processor_ms(work) -> float:
    """Milliseconds of processor time."""
    begin = time.process_time()
    work()
    return (time.process_time() - begin) * 1000


def bare_loop(values) -> int:
    """Every text and cell looked at once: whether it is empty, and how often it stands in its column."""
    seen: dict[tuple[str, object], int] = {}
    for path, value in values.items():
        for row in value if isinstance(value, tuple) else ():
            for name, cell in getattr(row, "cells", {}).items():
                key = (f"{path}.{name}", str(cell).strip())
                seen[key] = seen.get(key, 0) + 1
        if isinstance(value, str) and value.strip():
            seen[(path, value)] = 1
    return sum(count > 1 for count in seen.values())


# -- keystroke -----------------------------------------------------------------------------------


def keystroke(rounds: int = 400) -> None:
    """One character typed into a field and into a cell: with 300 standards loaded and with none.

    The two drafts are never given the same text: what a scan finds in one is remembered for the process, and whoever came
    second would be spared it.
    """
    from tests.contract.test_every_field import maximal

    full, empty = maximal("2026", "application"), maximal("2026", "application")
    empty.replace_rows("standards", ())
    typed = {
        "unit_name": "南汀县政务服务中心{}",
        "unit_introduction": "南汀县政务服务中心{}",
        "summary": "按GB/T 19001—2016和GB/T 24421.1—2023办事的第{}处",  # looked up in the table of standards
        "targets[{row}].value_2027": "{}",
    }
    for path, text in typed.items():
        times: dict[int, list[float]] = {id(full): [], id(empty): []}
        for at in range(rounds):
            for place, session in enumerate((full, empty) if at % 2 else (empty, full)):
                target = path.format(row=session.rows("targets")[0].id)
                begin = time.process_time_ns()
                session.set_text(target, text.format(2 * at + place), origin="bench")
                times[id(session)].append((time.process_time_ns() - begin) / 1000)
        report(f"keystroke in {path}, 300 standards / none", times[id(full)], times[id(empty)], "µs")


if __name__ == "__main__":
    main()
