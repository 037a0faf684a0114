"""A draft with 5,000 history rows: opening it, its history and a sitting of it, beside one whose history is short.

Rows are those of two busy weeks: keystroke saves of long texts, cells, tables that were moved about.
"""

from __future__ import annotations

import os
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from pilotdesk.clock import Clock
from pilotdesk.drafts.history_thinning import ENOUGH, FULL_DAYS, surplus
from pilotdesk.drafts.store import DraftStore
from pilotdesk.forms.values import cell_path
from pilotdesk.projects import sample_package
from pilotdesk.projects.shelf import Shelf

if TYPE_CHECKING:
    from collections.abc import Callable

ROWS = 5_000
LONG = "南汀县政务服务中心编制42名，" * 60


def history(report: Callable[..., None], rounds: int = 7) -> None:
    """Report the window's and the store's part."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory() as name:
        folders = {kind: Path(name, kind) for kind in ("long", "short")}
        drafts = {kind: written(folder, ROWS if kind == "long" else 0) for kind, folder in folders.items()}
        look_through(folders["long"], drafts["long"])
        opened: dict[str, list[float]] = {kind: [] for kind in folders}
        shown: dict[str, list[float]] = {kind: [] for kind in folders}
        for _ in range(rounds + 1):
            for kind, folder in folders.items():
                window, dialog = in_window(folder, drafts[kind])
                opened[kind].append(window)
                shown[kind].append(dialog)
        report(
            f"a draft with {ROWS} history rows until it stands / with few",
            opened["long"][1:],
            opened["short"][1:],
        )
        report("  its history until it is painted / the short one", shown["long"][1:], shown["short"][1:])


def written(folder: Path, rows: int) -> str:
    """The sample with so many rows more, all of them on the last days of work, so that none of them is thinned away."""
    now = [datetime(2026, 4, 1, 1, tzinfo=UTC)]
    clock = Clock(lambda: now[0])
    store = DraftStore(folder, clock, by="陈立")
    draft = Shelf(store, clock).take_in(sample_package())
    targets = store.load(draft).values["targets"]
    for at in range(rows):
        now[0] += timedelta(minutes=4 if at % 40 else 45)
        match at % 25:
            case 0:
                targets = (*targets[1:], targets[0])
                saved = {"targets": targets}
            case 1 | 2 | 3:
                saved = {cell_path("targets", targets[at % len(targets)].id, "indicator"): f"指标{at}"}
            case _:
                saved = {"unit_introduction": f"{LONG}第{at}稿"}
        store.save(draft, saved, origin="typed")
        targets = store.load(draft).values["targets"] if at % 25 < 4 else targets
    store.close()
    return draft


def look_through(folder: Path, draft: str) -> None:
    """Print what reading, replaying, grouping and thinning take without a window."""
    store = DraftStore(folder, Clock(lambda: datetime(2026, 6, 12, tzinfo=UTC)))
    begin = time.perf_counter()
    past = store.histories.read(draft)
    read = time.perf_counter()
    past.state()
    replayed = time.perf_counter()
    count = len(past.sittings())
    grouped = time.perf_counter()
    gone = len(surplus(past, full_days=FULL_DAYS)) if len(past.entries) >= ENOUGH else 0
    spent = [
        (b - a) * 1000
        for a, b in ((begin, read), (read, replayed), (replayed, grouped), (grouped, time.perf_counter()))
    ]
    words = "read {:.1f} ms, replayed {:.1f} ms, {} sittings {:.1f} ms, {} that could go {:.1f} ms"
    print(f"{len(past.entries)} rows:", words.format(spent[0], spent[1], count, spent[2], gone, spent[3]))
    store.close()


def in_window(folder: Path, draft: str) -> tuple[float, float]:
    """Milliseconds until a draft stands, checks and menu and all, and until its history is painted after that."""
    from PySide6.QtWidgets import QApplication

    from pilotdesk.ui.look.application import make_application
    from pilotdesk.ui.look.settings import Settings
    from pilotdesk.ui.tasks.worker import TaskRunner
    from pilotdesk.ui.versions.history_desk import HistoryDesk
    from pilotdesk.ui.window.main_window import MainWindow

    clock = Clock(lambda: datetime(2026, 6, 12, tzinfo=UTC))
    settings = Settings(None)
    app, look = make_application(settings, always_shipped_font=True)
    store = DraftStore(folder, clock)
    window = MainWindow(app, look, store=store, clock=clock, settings=settings, runner=TaskRunner())
    window.show()
    begin = time.perf_counter()
    window.open_draft(draft)
    while window.workspace is None or not window.workspace.more_actions:
        QApplication.processEvents()
    stands = time.perf_counter()
    desk = window.findChild(HistoryDesk)
    desk.open(window.workspace)
    QApplication.processEvents()
    painted = time.perf_counter()
    desk.dialog.close()
    window.close()
    window.deleteLater()
    store.close()
    return (stands - begin) * 1000, (painted - stands) * 1000
