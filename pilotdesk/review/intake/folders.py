"""When a folder is complete: all in it and below it was found and looked at."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pilotdesk.review.intake.records import Folder


class Folders:
    """Counts what is under way, folder by folder."""

    def __init__(self) -> None:
        self._under_way: Counter[Folder] = Counter()
        self._known: set[Folder] = set()
        self._open: set[Folder] = set()

    def opened(self, folder: Folder) -> None:
        """Something was found in a folder: it is open until it is closed, and so are those above that nobody knew of."""
        while folder not in self._known:
            self._known.add(folder)
            self._open.add(folder)
            if not folder:
                return
            self._under_way[folder[:-1]] += 1
            folder = folder[:-1]

    def begun(self, folder: Folder) -> None:
        """One file more is under way in a folder."""
        self.opened(folder)
        self._under_way[folder] += 1

    def done(self, folder: Folder) -> Iterator[Folder]:
        """One file less; the folders that are complete by that, from below upwards."""
        self._under_way[folder] -= 1
        yield from self._complete(folder)

    def closed(self, folder: Folder) -> Iterator[Folder]:
        """Nothing more is going to be found in a folder; the folders that are complete by that."""
        self.opened(folder)
        self._open.discard(folder)
        yield from self._complete(folder)

    def _complete(self, folder: Folder) -> Iterator[Folder]:
        while folder in self._known and folder not in self._open and not self._under_way[folder]:
            del self._under_way[folder]
            self._known.discard(folder)
            yield folder
            if not folder:
                return
            folder = folder[:-1]
            self._under_way[folder] -= 1
