"""Opening, saving and backing up a draft whose project has 200 MB of attachments, beside one that has none."""

from __future__ import annotations

import hashlib
import os
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from pilotdesk.clock import SYSTEM_CLOCK
from pilotdesk.drafts.backups import back_up
from pilotdesk.drafts.store import DraftStore
from pilotdesk.projects import sample_package, session_of_package
from pilotdesk.projects.life import keep_draft

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

FILES, FILE_BYTES = 40, 5 * 2**20


def attachments(today: date, report: Callable[..., None], rounds: int = 40) -> None:
    """Report the three, in turn with and without attachments."""
    with tempfile.TemporaryDirectory() as name:
        stores = [DraftStore(Path(name, kind), SYSTEM_CLOCK) for kind in ("heavy", "light")]
        drafts = [
            keep_draft(store, session_of_package(sample_package(), today), origin="sample")
            for store in stores
        ]
        for _ in range(FILES):
            content = os.urandom(FILE_BYTES)
            stores[0].attach(drafts[0], hashlib.sha256(content).hexdigest(), content)
        for store in stores:
            store.close()
        steps = {"opening": open_draft, "saving": save_draft, "backing up": back_up_draft}
        for step, work in steps.items():
            times: dict[str, list[float]] = {"heavy": [], "light": []}
            for at in range(rounds):
                for kind, draft in zip(times, drafts, strict=True):
                    times[kind].append(work(Path(name, kind), draft, at))
            megabytes = FILES * FILE_BYTES // 2**20
            report(f"{step} a draft, {megabytes} MB of attachments / none", times["heavy"], times["light"])


def open_draft(folder: Path, draft_id: str, _at: int) -> float:
    """Milliseconds from the closed file to the answers."""
    begin = time.perf_counter()
    store = DraftStore(folder, SYSTEM_CLOCK)
    store.load(draft_id)
    spent = time.perf_counter() - begin
    store.close()
    return spent * 1000


def save_draft(folder: Path, draft_id: str, at: int) -> float:
    """Milliseconds of one save."""
    store = DraftStore(folder, SYSTEM_CLOCK)
    begin = time.perf_counter()
    store.save(draft_id, {"project_name": f"南汀县试点{at}"}, origin="typed")
    spent = time.perf_counter() - begin
    store.close()
    return spent * 1000


def back_up_draft(folder: Path, _draft_id: str, _at: int) -> float:
    """Milliseconds of the copy that is made every half hour."""
    store = DraftStore(folder, SYSTEM_CLOCK)
    begin = time.perf_counter()
    made = back_up(store, SYSTEM_CLOCK)
    spent = time.perf_counter() - begin
    made.path.unlink()
    store.close()
    return spent * 1000
