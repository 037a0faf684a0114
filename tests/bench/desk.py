"""The province's desk takes in made provinces: time by count, first row, memory."""

from __future__ import annotations

import resource
import tempfile
import time
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from pilotdesk.review.intake import Topic, take_in
from tests.province.exam import mark
from tests.province.province import make_province

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pilotdesk.review.records import Submission
    from tests.province.truth import Truth

COUNTS = (20, 200, 1000)
TODAY = date(2026, 6, 28)
WORKERS = 2


def desk(counts: tuple[int, ...] = COUNTS) -> None:
    """One line for each count of clean packages with 10 attachments, and one for a mixed province of 200 with defects."""
    with tempfile.TemporaryDirectory() as folder:
        for count in counts:
            made = _made(Path(folder) / str(count), count, carriers={"pilot": 1}, defects=False)
            _line(f"{count} packages", *made)
        made = _made(Path(folder) / "mixed", 200)
        _line("200 mixed", *made)


def _made(
    folder: Path, count: int, *, carriers: Mapping[str, float] | None = None, defects: bool = True
) -> tuple[Path, Truth, float]:
    begun = time.perf_counter()
    truth = make_province(folder, count, carriers=carriers, defects=defects)
    return folder, truth, time.perf_counter() - begun


def _line(name: str, folder: Path, truth: Truth, making: float) -> None:
    begun, first = time.perf_counter(), 0.0
    submissions: dict[str, Submission] = {}
    for news in take_in([folder], today=TODAY, due=None, workers=WORKERS):
        for gone in news.gone:
            submissions.pop(gone, None)
        if news.topic is Topic.SUBMISSION and news.submission is not None:
            submissions[news.submission.key] = news.submission
            first = first or time.perf_counter() - begun
    took = time.perf_counter() - begun
    marks = mark(truth, submissions.values())
    own, below = (
        resource.getrusage(who).ru_maxrss // 1024 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    print(
        f"desk, {name}: {took:.1f} s, {took / len(truth.units) * 1000:.0f} ms each, first row after {first:.1f} s, "
        f"at most {own} MB here and {below} MB in a worker; made in {making:.0f} s; "
        f"{len(marks.missed)} missed, {len(marks.invented)} invented, {len(marks.untrue)} untrue, {len(marks.absent)} absent",
        flush=True,
    )
