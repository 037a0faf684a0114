"""How a bug is described: its kind and its places in the program. Never its message, which may quote what somebody typed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from pilotdesk.errors import PilotDeskError

if TYPE_CHECKING:
    from types import TracebackType

PROGRAM = Path(__file__).parent


def describe(kind: type[BaseException], trouble: BaseException, trace: TracebackType | None) -> str:
    """Kind and places of an exception.

    Places in the program are named from its folder on: the way there may name the person at the computer.
    """
    import traceback

    code = f" {trouble.code}" if isinstance(trouble, PilotDeskError) else ""
    places = [
        f"  {_place(Path(frame.filename))}:{frame.lineno} {frame.name}"
        for frame in traceback.extract_tb(trace)
    ]
    return "\n".join((f"{kind.__name__}{code}", *places))


def _place(file: Path) -> str:
    for folder in (PROGRAM, Path(PROGRAM.name)):  # the installed program is compiled without the way to it
        if file.is_relative_to(folder):
            return file.relative_to(folder).as_posix()
    return file.name
