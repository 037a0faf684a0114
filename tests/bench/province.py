"""Made provinces of 200 units, each from another seed, taken in and compared with the truth: found, missed, invented."""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path

UNITS = 200
SEEDS = (1, 7, 8, 11, 2026)
TODAY, DUE = date(2026, 6, 28), date(2026, 6, 30)


def province() -> None:
    """Every seed; marks that are not perfect are named."""
    for seed in SEEDS:
        with tempfile.TemporaryDirectory() as folder:
            for line in _exam(Path(folder), seed):
                print(line)


def _exam(folder: Path, seed: int) -> tuple[str, ...]:
    from pilotdesk.forms.shipped import load_shipped
    from pilotdesk.review.beside.crossing import crossed_findings
    from pilotdesk.review.beside.former import read_former
    from tests.province.exam import mark
    from tests.province.former_list import write_former
    from tests.province.province import make_province

    truth = make_province(folder / "in", UNITS, seed=seed)
    write_former(truth.former, folder / "former.xlsx")
    submissions = _taken(folder / "in")
    crossed = crossed_findings(submissions, load_shipped("2026"), read_former(folder / "former.xlsx").pilots)
    among = {one.key: {finding.code for finding in crossed.get(one.key, ())} for one in submissions}
    marks = mark(truth, submissions, among)
    seeded = sum(len(unit.seeded) for unit in truth.units)
    kinds = len({one.name for unit in truth.units for one in unit.seeded})
    return (
        f"province seed {seed}: {len(submissions)} units, {kinds} kinds of defects, found {marks.found} of {seeded},"
        f" invented {len(marks.invented)}, wrong facts {len(marks.untrue)}",
        *(f"  {text}" for text in (*marks.absent, *marks.missed, *marks.invented, *marks.untrue)),
    )


def _taken(folder: Path) -> tuple:
    from pilotdesk.review.intake import take_in

    found = {}
    for news in take_in([folder], today=TODAY, due=DUE):
        for gone in news.gone:
            found.pop(gone, None)
        if news.submission is not None:
            found[news.submission.key] = news.submission
    return tuple(found.values())
