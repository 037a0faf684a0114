"""收件: folders, archives and files of all units, taken in and judged.

Originals are only read. One bad file stands in the news with its reason, and never stops the rest.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pilotdesk.review.intake.flow import Intake
from pilotdesk.review.intake.pool import Pool, workers_here
from pilotdesk.review.intake.records import News, Topic

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import date
    from pathlib import Path

__all__ = ["News", "Pool", "Topic", "take_in"]


def take_in(
    places: Sequence[Path],
    *,
    today: date,
    due: date | None = None,
    passwords: Sequence[str] = (),
    workers: int | None = None,
    stop: Callable[[], bool] | None = None,
    pool: Pool | None = None,
    ask: Callable[[Sequence[str]], Sequence[str]] | None = None,
) -> Iterator[News]:
    """Take in everything in these places, and tell of it as it comes.

    The work is done by processes of their own, so that a window stays awake. Ending the iteration ends them at once.

    Args:
        places: folders and files.
        today: the day on which they came.
        due: the last day for them; ``None`` where there is none.
        passwords: tried on packages that have one.
        workers: processes; ``None`` for as many as this computer has room for.
        stop: asked about ten times a second whether to stop; then nothing more is told.
        pool: workers started before somebody chose a folder, for the same day; they end with the intake.
        ask: called once, when all else is through, with the places of the packages that no password opened; gives more
            passwords to try, none to leave them. What waits in their folders waits with them. ``None`` refuses them at once.
    """
    chosen = pool or Pool(workers or workers_here(), today)
    intake = Intake(
        list(places), today=today, due=due, passwords=passwords, pool=chosen, stop=stop or (lambda: False), ask=ask,
    )  # fmt: skip
    yield from intake.run()
