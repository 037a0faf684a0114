"""Everything at a desk laid side by side by a process of its own: a window would wait for seconds of Python."""

from __future__ import annotations

import contextlib
import multiprocessing
import signal
from pathlib import Path
from typing import TYPE_CHECKING, Final

from pilotdesk.errors import DeskError
from pilotdesk.review.intake.pool import end_all, give_way

if TYPE_CHECKING:
    from collections.abc import Callable
    from multiprocessing.connection import Connection

    from pilotdesk.review.records import Finding

    Crossed = dict[str, tuple[Finding, ...]]

_LISTEN_S: Final = 0.1


def crossed_apart(path: Path, stop: Callable[[], bool]) -> Crossed | None:
    """What shows only beside other submissions and lists, of all that stand in a desk's file.

    Args:
        path: of the file; it is only read.
        stop: asked about ten times a second whether to stop.

    Returns:
        Findings by key; ``None`` when it was stopped.

    Raises:
        DeskError: the file cannot be read; ``desk_uncrossed`` when the process came to an end without an answer, as one does
            that the system takes the memory from.
    """
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_serve, args=(theirs, str(path)), daemon=True)
    process.start()
    theirs.close()  # so that its death is heard
    try:
        while not ours.poll(_LISTEN_S):
            if stop():
                return None
        answer: Crossed | DeskError = ours.recv()
    except (EOFError, OSError) as trouble:
        raise DeskError("desk_uncrossed", name=path.name) from trouble
    finally:
        end_all([process])
        ours.close()
    if isinstance(answer, DeskError):
        raise answer
    return answer


def _serve(pipe: Connection, path: str) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever started it ends it
    give_way()
    try:
        answer: Crossed | DeskError = _crossed(Path(path))
    except DeskError as trouble:
        answer = trouble
    with contextlib.suppress(OSError):
        pipe.send(answer)


def _crossed(path: Path) -> Crossed:
    from pilotdesk.forms.installed import current_pack
    from pilotdesk.review.beside.crossing import crossed_findings
    from pilotdesk.review.desk.connection import DeskConnection
    from pilotdesk.review.desk.pack_words import PackWords
    from pilotdesk.review.desk.reading import DeskReading

    looking = DeskError("desk_unwritable", name=path.name, folder=path.parent)
    connection = DeskConnection(path, looking)
    with contextlib.closing(connection):
        desk = DeskReading(connection, PackWords())
        pack = current_pack(desk.settings()["round"])
        return crossed_findings(tuple(desk.submissions()), pack, desk.former_pilots())
