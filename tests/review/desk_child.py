"""A program at the desk that is going to be killed: ``python -m tests.review.desk_child FILE``; tells what it has decided."""

from __future__ import annotations

import itertools
import sys
from pathlib import Path

from pilotdesk.clock import SYSTEM_CLOCK
from pilotdesk.review.desk.file import Desk
from pilotdesk.review.desk.records import Verdict
from tests.review.desk_kit import submission


def main() -> None:
    desk = Desk(Path(sys.argv[1]), SYSTEM_CLOCK)
    for number in itertools.count():
        key = f"k{number % 7}"
        desk.take(submission(key, f"AAAA-{number % 3:04}", number + 1, values={"unit_name": str(number % 3)}))
        desk.verdict(key, number % 6 + 1, list(Verdict)[number % 3])
        desk.pick(key, number % 2 == 0)
        print(desk.log()[-1].seq, flush=True)


if __name__ == "__main__":
    main()
