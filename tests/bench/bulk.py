"""Ten thousand projects: the start page, a search, and one saved keystroke beside a bare commit on the same disk."""

from __future__ import annotations

import json
import os
import random
import sqlite3
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from pilotdesk.clock import SYSTEM_CLOCK

if TYPE_CHECKING:
    from collections.abc import Callable

    from pilotdesk.drafts.store import DraftStore
    from pilotdesk.ui.window.main_window import MainWindow

PROJECTS = 10_000
CHARACTERS = 2_000
"""Of text in each of them."""

SEARCHES = ("桥", "白桥", "政务", "满意度", "政务服务", "石汀县政务", "GB/T 1.1", "标准体系 白桥")


def bulk(report: Callable[..., None]) -> None:
    """Make the projects, then measure."""
    from pilotdesk.drafts.store import DraftStore

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        store = DraftStore(folder, SYSTEM_CLOCK)
        print(
            f"{PROJECTS} projects of {CHARACTERS} characters made in {timed(lambda: fill(store, folder)):.0f} ms"
        )
        try:
            start_page(store, folder)
            search(folder)
            keystroke(store, folder, report)
        finally:
            store.close()


def timed(work: Callable[[], object]) -> float:
    """Milliseconds."""
    begin = time.perf_counter()
    work()
    return (time.perf_counter() - begin) * 1000


def spread(times: list[float]) -> str:
    """``p50 1.0 ms, p99 2.0 ms``, the first one apart, as it is cold."""
    first, ordered = times[0], sorted(times)
    p50, p99 = ordered[len(ordered) // 2], ordered[len(ordered) * 99 // 100]
    return f"first {first:.1f} ms, p50 {p50:.1f} ms, p99 {p99:.1f} ms"


def sentences() -> list[str]:
    """Sentences of the sample."""
    from pilotdesk.projects import sample_package

    texts = [value for value in sample_package().values.values() if isinstance(value, str)]
    return [sentence for text in texts for sentence in text.replace("；", "。").split("。") if sentence]


def fill(store: DraftStore, folder: Path) -> None:
    """Put the projects in, each with sentences of the sample under names of its own."""
    from pilotdesk.drafts.records import DraftFacts
    from pilotdesk.forms.shipped import load_shipped

    pack, chance, known = load_shipped("2026"), random.Random(1), sentences()
    pattern = store.create(pack, "application", {}, facts=DraftFacts(), origin="typed")
    store.deletions.delete([pattern])
    with sqlite3.connect(folder / store.path.name) as db:
        columns = [row[1] for row in db.execute("PRAGMA table_info(draft)")]
        for at in range(PROJECTS):
            town = (
                chance.choice("南北东西青白黄石金银云海") + chance.choice("汀溪川阳州宁桥岭湾陵泉湖") + "县"
            )
            texts: list[str] = []
            while sum(map(len, texts)) < CHARACTERS:
                texts.append(chance.choice(known).replace("南汀县", town))
            project_id, draft_id = f"p_{at:012x}", f"d_{at:012x}"
            stamp = f"2026-05-{at % 28 + 1:02d}T{at % 24:02d}:{at % 60:02d}:00.000Z"
            facts = {"title": f"{town}第{at}个试点", "unit": f"{town}中心", "pilot_field": "", "percent": at % 100,
                     "errors": 0, "warnings": 0}  # fmt: skip
            draft = {"draft_id": draft_id, "project_id": project_id, "form": "application", "round": "2026",
                     "form_version": pack.forms["application"].head.version, "pack_digest": pack.digest,
                     "revision": 0, "step": "", "facts": json.dumps(facts, ensure_ascii=False),
                     "created": stamp, "updated": stamp, "carried": "{}"}  # fmt: skip
            db.execute(
                "INSERT INTO project (project_id, practice, created) VALUES (?, 0, ?)", (project_id, stamp)
            )
            named = [column for column in columns if column in draft]
            db.execute(
                f"INSERT INTO draft ({', '.join(named)}) VALUES ({', '.join('?' * len(named))})",
                [draft[column] for column in named],
            )
            db.executemany(
                "INSERT INTO answer (draft_id, path, value) VALUES (?, ?, ?)",
                [
                    (draft_id, f"text_{n}", json.dumps(text, ensure_ascii=False))
                    for n, text in enumerate(texts)
                ],
            )


def start_page(store: DraftStore, folder: Path, runs: int = 40) -> None:
    """From asking for the start page to its painted widgets, as when a draft is closed; the first one is cold."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from pilotdesk.ui.look.application import make_application
    from pilotdesk.ui.look.settings import Settings
    from pilotdesk.ui.tasks.worker import TaskRunner
    from pilotdesk.ui.window.main_window import MainWindow

    settings = Settings(None)
    app, look = make_application(settings)
    window = MainWindow(app, look, store=store, clock=SYSTEM_CLOCK, settings=settings, runner=TaskRunner())
    window.resize(1366, 697)
    window.show()
    app.processEvents()

    def shown() -> None:
        window.show_start()
        window.grab()

    print(f"start page with {PROJECTS} projects: {spread([timed(shown) for _ in range(runs)])}")
    from pilotdesk.projects.overview import Order
    from pilotdesk.ui.start.project_list import ProjectList

    projects = window.desk.page.findChildren(ProjectList)[-1]
    for at, order in enumerate(Order):
        projects.order.setCurrentIndex(at)
        print(f"  sorted by {order.value}: {timed(lambda: projects.order.activated.emit(0)):.0f} ms")
    searched(window)
    window.close()
    window.deleteLater()
    app.processEvents()


def searched(window: MainWindow, runs: int = 10) -> None:
    """From the end of the pause after the last key to the painted results, with the text around each hit."""
    from pilotdesk.drafts.search_index import SearchIndex
    from pilotdesk.ui.start.project_list import ProjectList

    index = SearchIndex(window.shelf.store.path.parent)
    took = timed(lambda: [None for _ in iter(index.catch_up, 0)])
    print(f"index of everything: {took / 1000:.0f} s")
    projects = window.desk.page.findChildren(ProjectList)[-1]
    times = []
    for words in SEARCHES * runs:
        projects.field.setText(words)
        times.append(timed(lambda: (projects.field.returnPressed.emit(), window.grab())))
        window.application.processEvents()
    print(f"search as it is shown: {spread(times)}")


def search(folder: Path, runs: int = 100) -> None:
    """Searches of the index: what an answer takes."""
    from pilotdesk.drafts.search_index import INDEX_NAME, SearchIndex

    index = SearchIndex(folder)
    sizes = [(folder / name).stat().st_size / 1e6 for name in ("pilotdesk.db", INDEX_NAME)]
    print(f"index of {sizes[1]:.0f} MB beside {sizes[0]:.0f} MB of drafts")
    for words in SEARCHES:
        times = [timed(lambda w=words: index.find(w)) for _ in range(runs)]
        print(f"  search {words}: {len(index.find(words))} drafts, {spread(times)}")


def keystroke(store: DraftStore, folder: Path, report: Callable[..., None], rounds: int = 400) -> None:
    """One save of one answer, with its history, beside a bare commit; and reading the changed draft again."""
    from pilotdesk.drafts.search_index import SearchIndex

    bare = sqlite3.connect(folder / "bare.db", isolation_level=None)
    bare.execute("PRAGMA journal_mode = WAL")
    bare.execute("PRAGMA synchronous = FULL")
    bare.execute("CREATE TABLE answer (path TEXT PRIMARY KEY, value TEXT)")

    def commit(text: str) -> None:
        bare.execute("BEGIN IMMEDIATE")
        bare.execute("INSERT OR REPLACE INTO answer VALUES ('unit_name', ?)", (text,))
        bare.execute("COMMIT")

    draft_id, index = "d_000000000007", SearchIndex(folder)
    with_index, without, floor = [], [], []
    for at in range(rounds):
        text = f"南汀县政务服务中心{at}"
        if at % 4 == 0:
            index.catch_up()  # somebody searches in between
        ours = with_index if at % 2 == 0 else without
        ours.append(timed(lambda t=text: store.save(draft_id, {"unit_name": t}, origin="typed")))
        floor.append(timed(lambda t=text: commit(t)))
    bare.close()
    for name, times in (("save after a search", with_index), ("save", without), ("bare commit", floor)):
        times.sort()
        print(f"{name}: p50 {times[len(times) // 2]:.2f} ms, p99 {times[len(times) * 99 // 100]:.2f} ms")
    again = [timed(lambda: store.save(draft_id, {"unit_name": "南"}, origin="typed")) for _ in range(3)]
    print(f"reading one changed draft again: {timed(index.catch_up):.0f} ms, after {len(again)} saves")
