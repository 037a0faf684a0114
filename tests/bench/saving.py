"""What one saved keystroke costs beside a bare commit of SQLite, and what opening a long history costs.

Both commits go to the same disk in turn (A B A B …), with the same pragmas: WAL, ``synchronous=FULL``.
"""

from __future__ import annotations

import os
import sqlite3
import statistics
import tempfile
import time
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from pilotdesk.clock import SYSTEM_CLOCK
from pilotdesk.drafts.store import DraftStore
from pilotdesk.projects import facts_of, sample_package, session_of_record
from pilotdesk.projects.shelf import Shelf
from tests.bench.history import ROWS, in_window, written

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

FIELD = "unit_introduction"
TEXT = "南汀县政务服务中心是县政府直属单位，编制42名，" * 8 + "第{}稿"


def saving(report: Callable[..., None], today: date, rounds: int = 600, openings: int = 7) -> None:
    """One field typed and stored with its history, and a draft with a long history until it stands."""
    with tempfile.TemporaryDirectory() as name:
        spent = one_field(Path(name), today, rounds)
    print(f"cost of one saved keystroke in {FIELD}, {rounds} rounds, beside a bare commit of one row:")
    for words, part in (("answer, history row and commit", "store"), ("with its checks and the card", "all")):
        for quantile in (50, 99):
            ours, bare = (percentile(spent[kind], quantile) for kind in (part, "bare"))
            print(f"  p{quantile} {words}: {ours:.2f} ms / {bare:.2f} ms = {ours / bare:.2f}")
        report(f"  {words}, median of the pairs", spent[part], spent["bare"])
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory() as name:
        draft = written(Path(name), ROWS)
        opened = [in_window(Path(name), draft)[0] for _ in range(openings + 1)][1:]
    print(
        f"opening a project with {ROWS} history rows: {statistics.median(opened):.0f} ms, at most {max(opened):.0f}"
    )


def one_field(folder: Path, today: date, rounds: int) -> dict[str, list[float]]:
    """Milliseconds of ``bare`` commits, of the ``store``'s part of a save and of ``all`` of it; the first tenth left out."""
    store = DraftStore(folder, SYSTEM_CLOCK)
    draft = Shelf(store, SYSTEM_CLOCK).take_in(sample_package())
    session = session_of_record(store.load(draft), today)
    spent: dict[str, list[float]] = {"bare": [], "store": [], "all": []}
    with closing(sqlite3.connect(folder / "bare.db", isolation_level=None)) as bare:
        bare.execute("PRAGMA journal_mode = WAL")
        bare.execute("PRAGMA synchronous = FULL")
        bare.execute("CREATE TABLE answer (path TEXT PRIMARY KEY, value TEXT)")
        for at in range(rounds):
            text = TEXT.format(at)
            begin = time.perf_counter()
            session.set_value(FIELD, text, origin="bench")
            facts = facts_of(session)
            typed = time.perf_counter()
            store.save(draft, {FIELD: text}, origin="typed", facts=facts)
            stored = time.perf_counter()
            bare.execute("BEGIN IMMEDIATE")
            bare.execute("INSERT OR REPLACE INTO answer VALUES (?, ?)", (FIELD, text))
            bare.execute("COMMIT")
            done = time.perf_counter()
            for kind, one in (("bare", done - stored), ("store", stored - typed), ("all", stored - begin)):
                spent[kind].append(one * 1000)
    store.close()
    return {kind: times[rounds // 10 :] for kind, times in spent.items()}


def percentile(times: list[float], quantile: int) -> float:
    """The time that ``quantile`` of a hundred do not exceed."""
    return statistics.quantiles(times, n=100, method="inclusive")[quantile - 1]
