"""Where the material was taken in from, so that its originals can be found again for the package of the chosen.

No decision, so it is neither logged nor taken back.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pilotdesk.review.desk.file import Desk
    from pilotdesk.review.desk.reading import DeskReading

TAKEN_FROM: Final = "taken_from"
"""Setting with the paths, one a line."""


def sources_of(desk: DeskReading) -> tuple[Path, ...]:
    """Folders and files that were taken in, as they were given to the intake; those that have gone too."""
    return tuple(Path(line) for line in desk.settings().get(TAKEN_FROM, "").splitlines() if line)


def note_sources(desk: Desk, paths: Iterable[Path]) -> None:
    """Add to them; what is there already stays in its place.

    Raises:
        DeskError: those of writing.
    """
    before = sources_of(desk)
    known = tuple(dict.fromkeys((*before, *(path.absolute() for path in paths))))
    if known == before:
        return
    with desk.together() as writing:
        told = "\n".join(str(path) for path in known)
        writing.execute("INSERT OR REPLACE INTO setting VALUES (?, ?)", (TAKEN_FROM, told))
